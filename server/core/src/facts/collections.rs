//! Facts about the `collections` module and its choices.

mod container;
mod counter;
mod defaultdict;
mod deque;
mod made;
mod namedtuple;
mod operation;
mod ordered;
mod uses;

use super::Provider;

pub use container::CONTAINERS;
pub use operation::OPERATIONS;

pub static PROVIDERS: &[&Provider] = &[
    &operation::PROVIDER,
    &defaultdict::PROVIDER,
    &counter::PROVIDER,
    &deque::PROVIDER,
    &ordered::ORDERED,
    &ordered::CHAIN,
    &namedtuple::PROVIDER,
];
