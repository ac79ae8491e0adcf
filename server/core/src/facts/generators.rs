//! Facts about generators, iterators and comprehensions.

mod clauses;
mod comprehension;
mod consumers;
mod function;
mod generator_expression;
mod place;
mod returns;
mod takes;
mod yields;

pub use takes::{CONSUMER, LAZY};

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[
    &function::PROVIDER,
    &yields::YIELD,
    &yields::YIELD_FROM,
    &returns::PROVIDER,
    &comprehension::PROVIDER,
    &generator_expression::PROVIDER,
];
