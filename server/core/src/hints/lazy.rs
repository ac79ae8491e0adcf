//! What an assigned call returns that has run nothing of the function yet.
//!
//! Sources: Language Reference, Yield expressions, Coroutine function definition.

use super::{Add, CALL};
use crate::facts::Facts;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, kind};
use crate::value::{self, Object};

pub(super) fn look(subject: &Subject<'_>, add: &mut Add<'_>) {
    if kind(subject.node()) != Kind::Assignment {
        return;
    }
    let Some(call) = Field::Right.of(subject.node()).filter(|node| kind(*node) == Kind::Call)
    else {
        return;
    };
    let names = subject.names();
    let Some(value) = value::of(names, subject.item(), call) else { return };
    let (name, function) = match value.object {
        Object::Generator(function) => ("generator", function),
        Object::AsyncGenerator(function) => ("async-generator", function),
        Object::Coroutine(function) => ("coroutine", function),
        _ => return,
    };
    // A generator that a name stands for may come from an expression, which is no call.
    if kind(function.node) != Kind::FunctionDefinition {
        return;
    }
    let Some(written) = Field::Name.of(function.node) else { return };
    let document = subject.document();
    let start = document.start_of(function.item) + function.node.start_byte();
    let mut facts = Facts::of(CALL);
    facts.code("function", &names.item(function.item).text()[written.byte_range()]);
    facts.line("line", document.text().line_of(start));
    add(name, call, &facts);
}
