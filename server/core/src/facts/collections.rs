//! Facts about the `collections` module and its choices.

mod abc_base;
mod builtin_subclass;
mod changed_iterable;
mod container;
mod counter;
mod defaultdict;
mod deque;
mod dict_display;
pub(super) mod fresh;
mod from_keys;
mod made;
mod namedtuple;
mod operation;
mod ordered;
mod removed_name;
mod repeated_list;
mod uses;

use super::Provider;

pub use abc_base::ABSTRACT_BASES;
pub use builtin_subclass::BYPASS;
pub use container::CONTAINERS;
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
];
