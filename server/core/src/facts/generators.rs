//! Facts about generators, iterators and comprehensions.

mod async_for;
mod clauses;
mod closing_call;
mod comprehension;
mod consume;
mod consumers;
mod for_loop;
mod function;
mod generator_expression;
mod iteration;
mod iterator_result;
mod late_lambda;
mod lazy_call;
mod loop_variables;
mod methods;
mod next_call;
mod place;
mod range_call;
mod resume;
mod returns;
mod stop;
mod takes;
mod tee_call;
mod variable;
mod yields;

pub(crate) use loop_variables::{changed_by, function_name, loop_around, outlives_turn};
pub(crate) use place::Place;
pub(crate) use takes::read_before;
pub use takes::{CONSUMER, ITERABLE, LAZY};

use super::Provider;

pub static PROVIDERS: &[&Provider] = &[
    &function::PROVIDER,
    &yields::YIELD,
    &yields::YIELD_FROM,
    &returns::PROVIDER,
    &comprehension::PROVIDER,
    &generator_expression::PROVIDER,
    &for_loop::PROVIDER,
    &async_for::PROVIDER,
    &variable::PROVIDER,
    &next_call::NEXT,
    &next_call::ITER,
    &range_call::PROVIDER,
    &lazy_call::PROVIDER,
    &tee_call::PROVIDER,
    &consume::PROVIDER,
    &consume::MEMBERSHIP,
    &methods::ITER,
    &methods::NEXT,
    &methods::GETITEM,
    &stop::PROVIDER,
    &resume::PROVIDER,
    &closing_call::PROVIDER,
    &iterator_result::PROVIDER,
    &late_lambda::PROVIDER,
];
