//! Facts about the `collections` module and its choices.

mod abc_base;
mod builtin_subclass;
pub(crate) mod by_hand;
mod changed_iterable;
pub(crate) mod container;
mod counter;
pub(crate) mod counting;
mod defaultdict;
mod deque;
mod dict_display;
mod filled_by_hand;
pub(super) mod fresh;
mod from_keys;
mod frozen;
pub(crate) mod grouping;
mod in_order;
mod list_queue;
mod made;
mod namedtuple;
pub(super) mod operation;
mod ordered;
mod removed_name;
mod repeated_list;
mod tuple_place;
pub(crate) mod uses;

use super::Provider;

pub use abc_base::ABSTRACT_BASES;
pub use builtin_subclass::BYPASS;
pub(crate) use changed_iterable::PROVIDER as CHANGED_ITERABLE;
pub use container::CONTAINERS;
pub use in_order::FUNCTIONS as ORDER_FUNCTIONS;
pub use operation::OPERATIONS;
pub use removed_name::REMOVED_NAMES;

pub static PROVIDERS: &[&Provider] = &[
    &operation::PROVIDER,
    &defaultdict::PROVIDER,
    &counter::PROVIDER,
    &deque::PROVIDER,
    &ordered::ORDERED,
    &ordered::CHAIN,
    &namedtuple::PROVIDER,
    &dict_display::DUPLICATES,
    &dict_display::MERGE,
    &repeated_list::PROVIDER,
    &from_keys::PROVIDER,
    &changed_iterable::PROVIDER,
    &builtin_subclass::PROVIDER,
    &abc_base::PROVIDER,
    &removed_name::PROVIDER,
    &filled_by_hand::PROVIDER,
    &filled_by_hand::RANKED,
    &list_queue::PROVIDER,
    &tuple_place::PROVIDER,
    &in_order::PROVIDER,
    &frozen::PROVIDER,
];
