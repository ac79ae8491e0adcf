//! `args` or `kwargs` handed to the decorated function as they are, without stars.
//!
//! Source: Python Language Reference, Expressions, Calls.

use super::around::{decorator_with, name_of};
use super::source_text::one_line;
use super::star_argument::{decorated, star_parameter};
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, arguments};
use crate::syntax::{Field, Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "missing-star",
    doc: "the name of a wrapper's `*args` or `**kwargs` as a whole argument of its call of the \
          decorated function; `@target` is the `identifier`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("callee", SlotKind::Code, "the parameter that holds the decorated function"),
    Slot::new("wrapper", SlotKind::Code, "the wrapper"),
    Slot::new("tuple", SlotKind::Flag, "the parameter has one star"),
    Slot::new("dictionary", SlotKind::Flag, "the parameter has two stars"),
    Slot::new("spread", SlotKind::Code, "the call with the stars"),
    Slot::new("decorated", SlotKind::Codes, "the functions of the file that are called so"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (function, parameter, _) = star_parameter(subject, node)?;
    let decorator = decorator_with(subject, function)
        .filter(|decorator| decorator.wrapper.id() == function.id())?;
    let list = subject.ancestors().next().filter(|list| kind(*list) == Kind::Argument)?;
    let call = decorator.calls.iter().map(|inner| inner.node).find(|call| {
        call.child_in(Field::Arguments).is_some_and(|other| other.id() == list.id())
    })?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", subject.text(node)).code("callee", decorator.func);
    facts.code("wrapper", name_of(subject, function));
    let is_tuple = parameter.kind == ParameterKind::VarPositional;
    facts.flag("tuple", is_tuple).flag("dictionary", !is_tuple);
    let written: Vec<String> = arguments(call)
        .into_iter()
        .map(|argument| {
            let stars = match star_parameter(subject, argument) {
                Some((_, parameter, _)) if parameter.kind == ParameterKind::VarPositional => "*",
                Some(_) => "**",
                None => "",
            };
            format!("{stars}{}", one_line(subject, argument))
        })
        .collect();
    facts.code("spread", format!("{}({})", decorator.func, written.join(", ")));
    facts.codes("decorated", decorated(subject, call));
    Some(facts)
}

#[cfg(test)]
mod tests;
