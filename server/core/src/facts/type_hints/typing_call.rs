//! Functions of `typing` that are there for type checkers: `cast`, `assert_never`, `assert_type`,
//! `reveal_type`.
//!
//! Source: Library Reference, typing, Functions and decorators.

use super::super::decoration::Arguments;
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::inner;
use super::fits::{builtin, callee, fits, literal};
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "typing-call",
    doc: "a call of `typing.cast`, `assert_never`, `assert_type` or `reveal_type`; `@target` is \
          the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("cast", SlotKind::Code, "the call of `cast`"),
    Slot::new("value", SlotKind::Code, "the object that comes back"),
    Slot::new("casts", SlotKind::Flag, "it is `cast`"),
    Slot::new("checks", SlotKind::Flag, "it is one of the others"),
    Slot::new("type", SlotKind::Code, "the type that `cast` claims"),
    Slot::new("expected", SlotKind::Code, "the type that `assert_type` expects"),
    Slot::new("convert", SlotKind::Code, "the call that would convert: `int(x)`"),
    Slot::new("misfit", SlotKind::Code, "a literal that is not of the type"),
    Slot::new("evaluated", SlotKind::Flag, "the type is no string and so is evaluated each time"),
    Slot::new("never", SlotKind::Code, "what `assert_never` gets"),
    Slot::new("branch", SlotKind::Line, "the line of the `else` or `case` that it stands in"),
    Slot::new("asserted", SlotKind::Code, "what `assert_type` gets and gives back"),
    Slot::new("revealed", SlotKind::Code, "what `reveal_type` gets and gives back"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let (names, item) = (subject.names(), subject.item());
    let function = callee(names, item, call)?;
    let arguments = Arguments::of(call, subject.item_text());
    if arguments.spread {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    match function.as_str() {
        "typing.cast" => {
            let (kind_of, value) = (arguments.get(0, "typ")?, arguments.get(1, "val")?);
            facts.code("cast", one_line(subject, call)).code("value", one_line(subject, value));
            facts.code("type", one_line(subject, kind_of)).flag("casts", true);
            facts.flag("evaluated", kind(inner(kind_of)) != Kind::String);
            let name = builtin(names, item, kind_of);
            let converts = ["int", "float", "str", "list", "tuple", "set", "bool"];
            if let Some(name) = name.filter(|name| converts.contains(&name.as_str())) {
                facts.code("convert", format!("{name}({})", one_line(subject, value)));
            }
            let found = literal(subject.item_text(), value);
            if found.is_some_and(|found| fits(names, item, kind_of, found) == Some(false)) {
                facts.code("misfit", one_line(subject, value));
            }
        }
        "typing.assert_never" => {
            facts.code("never", one_line(subject, *arguments.positional.first()?));
            let branch = subject
                .ancestors()
                .take_while(|node| kind(*node) != Kind::FunctionDefinition)
                .find(|node| matches!(kind(*node), Kind::ElseClause | Kind::CaseClause));
            if let Some(branch) = branch {
                facts.line("branch", subject.line(branch));
            }
        }
        "typing.assert_type" => {
            let (value, kind_of) = (arguments.get(0, "val")?, arguments.get(1, "typ")?);
            facts.code("asserted", one_line(subject, value));
            facts.code("expected", one_line(subject, kind_of));
        }
        "typing.reveal_type" => {
            facts.code("revealed", one_line(subject, *arguments.positional.first()?));
        }
        _ => return None,
    }
    let casts = facts.get("casts").is_some();
    facts.flag("checks", !casts);
    Some(facts)
}

#[cfg(test)]
mod tests;
