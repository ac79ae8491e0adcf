//! `Any` and `object` as annotations.
//!
//! Sources: Library Reference, typing, The `Any` type; PEP 484.

use super::super::call_sites::calls_of;
use super::super::decoration::qualified;
use super::super::{Facts, Provider, Slot, SlotKind, Value};
use super::annotation::{inner, subscripted};
use crate::scope::Resolution;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::parameters, kind};

pub static PROVIDER: Provider = Provider {
    name: "any-type",
    doc: "`typing.Any` or `object` in an annotation; `@target` is the `identifier` or `attribute`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("any", SlotKind::Code, "`Any` as it is written"),
    Slot::new("object", SlotKind::Code, "`object` as it is written"),
    Slot::new("any-alone", SlotKind::Code, "the same, if none of the places below is known"),
    Slot::new("object-alone", SlotKind::Code, "the same for `object`"),
    Slot::new("parameter", SlotKind::Code, "the parameter whose whole type it is"),
    Slot::new("function", SlotKind::Code, "its function"),
    Slot::new("uses", SlotKind::Lines, "where the function uses the parameter"),
    Slot::new("result-of", SlotKind::Code, "the function whose result it is"),
    Slot::new("calls", SlotKind::Lines, "where the file calls that function"),
    Slot::new("part-of", SlotKind::Code, "the type in whose brackets it stands"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let name = qualified(subject.names(), subject.item(), node)?;
    let mut facts = Facts::of(SLOTS);
    let written = subject.text(node);
    match name.as_str() {
        "typing.Any" => facts.code("any", written),
        "builtins.object" => facts.code("object", written),
        _ => return None,
    };
    subject.ancestors().find(|node| kind(*node) == Kind::Type)?;
    let mut around = subject
        .ancestors()
        .skip_while(|node| matches!(kind(*node), Kind::Type | Kind::ParenthesizedExpression));
    let owner = around.next()?;
    match kind(owner) {
        Kind::TypedParameter | Kind::TypedDefaultParameter => {
            let function = around.nth(1).filter(|node| kind(*node) == Kind::FunctionDefinition)?;
            parameter(subject, function, owner, &mut facts)?;
        }
        Kind::FunctionDefinition => {
            let is_result =
                Field::ReturnType.of(owner).is_some_and(|it| inner(it) == inner(subject.node()));
            is_result.then_some(())?;
            let calls = calls_of(subject.names(), subject.item(), owner);
            let mut lines: Vec<_> =
                calls.iter().map(|site| site.line(subject.document())).collect();
            lines.dedup();
            facts.code("result-of", subject.text(Field::Name.of(owner)?));
            facts.set("calls", Value::Lines(lines));
        }
        Kind::TypeParameter | Kind::Subscript | Kind::GenericType => {
            let whole = match kind(owner) {
                Kind::TypeParameter => around.next()?,
                _ => owner,
            };
            subscripted(whole).filter(|parts| parts.base != subject.node())?;
            facts.code("part-of", super::super::source_text::one_line(subject, whole));
        }
        _ => {}
    }
    let is_placed =
        ["parameter", "result-of", "part-of"].iter().any(|slot| facts.get(slot).is_some());
    match (name.as_str(), is_placed) {
        (_, true) => {}
        ("typing.Any", _) => drop(facts.code("any-alone", written)),
        _ => drop(facts.code("object-alone", written)),
    }
    Some(facts)
}

fn parameter(
    subject: &Subject<'_>,
    function: Node<'_>,
    owner: Node<'_>,
    facts: &mut Facts,
) -> Option<()> {
    let parameter = parameters(function)?.into_iter().find(|one| one.node == owner)?;
    facts.code("function", subject.text(Field::Name.of(function)?));
    let name = subject.text(parameter.name);
    facts.code("parameter", name);
    let scopes = subject.names().scopes(subject.item())?;
    let here = scopes.scope_of(function.byte_range().into())?;
    let number = scopes.number(name)?;
    let start = subject.document().start_of(subject.item());
    let mut lines: Vec<_> = scopes
        .references()
        .iter()
        .filter(|found| {
            found.name == number && scopes.resolve(found.scope, number) == Resolution::Local(here)
        })
        .map(|found| subject.document().text().line_of(start + found.at.start))
        .collect();
    lines.dedup();
    facts.set("uses", Value::Lines(lines));
    Some(())
}

#[cfg(test)]
mod tests;
