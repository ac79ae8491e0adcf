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
pub(crate) use place::{Place, Role};
pub(crate) use takes::read_before;
pub use takes::{CONSUMER, ITERABLE, LAZY};

use crate::syntax::Node;

use super::Provider;
use crate::subject::Subject;

/// What takes the items of an expression.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Taker<'a> {
    /// A `for` statement, and whether it runs to the end of the items.
    Loop(Node<'a>, bool),
    /// A call that takes all items before it returns.
    Call(Node<'a>),
    /// A call whose object grows with each item that it takes.
    Growing(Node<'a>),
    /// A call, or `in`, that may stop before the end.
    Early(Option<Node<'a>>),
    /// `*` or the targets of an assignment.
    Unpacking,
}

/// What takes the items of the subject right where it stands. Nothing when that cannot be told.
pub(crate) fn taker<'a>(subject: &Subject<'a>) -> Option<Taker<'a>> {
    let place = place::Place::of(subject);
    Some(match place.role() {
        place::Role::For(statement) => Taker::Loop(statement, !takes::leaves_early(statement)),
        place::Role::Unpacked => Taker::Unpacking,
        place::Role::Membership => Taker::Early(None),
        place::Role::Argument { call, position } => {
            let name = place.callee(call)?;
            let row = takes::consumer(subject, &place, call, &name, position)?;
            match ["early", "grows"].map(|flag| row.get(flag).is_some()) {
                [true, _] => Taker::Early(Some(call)),
                [_, true] => Taker::Growing(call),
                _ => Taker::Call(call),
            }
        }
        _ => return None,
    })
}

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
