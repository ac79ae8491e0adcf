//! The annotation of a variable.
//!
//! Sources: Language Reference, Annotated assignment statements; PEP 526; dataclasses; typing,
//! `NamedTuple`, `TypedDict`, `Protocol`.

use super::super::call_sites::is_only_meaning;
use super::super::classes::{Base, Class, adds_nothing};
use super::super::decoration::{Decorated, surroundings};
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{
    EAGER, IMPORTS, LATER, LAZY, MODERN, TARGET, TEXT, describe, head, inner, respell,
};
use super::fits::{fits, literal};
use super::owner::is_private;
use crate::builtins::is_builtin;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "variable-annotation",
    doc: "`x: T` or `x: T = value`; `@target` is the `assignment`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("variable", SlotKind::Code, "the name or the attribute"),
    Slot::new("annotation", SlotKind::Code, "its annotation as it is written"),
    Slot::new("unbound", SlotKind::Code, "the name, if no value is given"),
    Slot::new("local", SlotKind::Code, "the function whose variable it is, without a value"),
    Slot::new("module", SlotKind::Flag, "it is a variable of the module, without a value"),
    Slot::new("class", SlotKind::Code, "the class that gets no such attribute, without a value"),
    Slot::new("never", SlotKind::Flag, "it stands in a function: neither evaluated nor kept"),
    Slot::new("attribute", SlotKind::Flag, "it is `self.x` or the like"),
    Slot::new("stored", SlotKind::Code, "where it is kept"),
    Slot::new("field-of", SlotKind::Code, "the data class or named tuple whose field it is"),
    Slot::new("key-of", SlotKind::Code, "the `TypedDict` whose key it is"),
    Slot::new("model", SlotKind::Code, "the Pydantic model whose field it is"),
    Slot::new("unknown-bases", SlotKind::Codes, "bases and decorators that may make use of it"),
    Slot::new("member-of", SlotKind::Code, "the protocol whose member it is"),
    EAGER,
    LAZY,
    TEXT,
    MODERN,
    TARGET,
    LATER,
    IMPORTS,
    Slot::new("misfit", SlotKind::Code, "a value that is not of the type"),
    Slot::new("others", SlotKind::Records(OTHERS), "assignments of a literal of another type"),
];

static OTHERS: &[Slot] = &[
    Slot::new("value", SlotKind::Code, "what is assigned"),
    Slot::new("line", SlotKind::Line, "the line"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (target, annotation) = (Field::Left.of(node)?, Field::Type.of(node)?);
    let value = Field::Right.of(node);
    let above = &subject.path()[..subject.path().len() - 1];
    let (around, _) = surroundings(above);
    let name = subject.text(target);

    let mut facts = Facts::of(SLOTS);
    facts.code("variable", one_line(subject, target));
    facts.code("annotation", one_line(subject, inner(annotation)));
    let in_function = around.filter(|node| kind(*node) == Kind::FunctionDefinition);
    match kind(target) {
        Kind::Identifier => {}
        Kind::Attribute if in_function.is_some() => drop(facts.flag("attribute", true)),
        _ => return None,
    }
    if let Some(function) = in_function {
        facts.flag("never", true);
        respell(subject, annotation, &mut facts);
        if value.is_none() && kind(target) == Kind::Identifier {
            let name = Field::Name.of(function).map(|name| subject.text(name))?;
            facts.code("unbound", subject.text(target)).code("local", name);
        }
    } else {
        describe(subject, annotation, &mut facts);
        match around {
            Some(class) => in_class(subject, class, name, value.is_some(), &mut facts)?,
            None => {
                if !is_private(name) && !subject.settings().is_stub {
                    facts.code("stored", format!("__annotations__['{name}']"));
                }
                let is_free = value.is_none() && !is_builtin(name);
                if is_free && !subject.settings().is_stub {
                    facts.code("unbound", name).flag("module", true);
                }
            }
        }
    }
    values(subject, target, annotation, value, &mut facts);
    Some(facts)
}

fn in_class(
    subject: &Subject<'_>,
    node: Node<'_>,
    name: &str,
    has_value: bool,
    facts: &mut Facts,
) -> Option<()> {
    let (names, item) = (subject.names(), subject.item());
    let node = subject.path().iter().copied().find(|other| *other == node)?;
    let class = Class::new(names, item, node)?;
    let text = class.name();
    let is_plain = is_only_meaning(names, item, node) && !is_private(name);
    if is_plain && !subject.settings().is_stub {
        facts.code("stored", format!("{text}.__annotations__['{name}']"));
    }
    let annotation = head(names, item, Field::Type.of(subject.node())?);
    if annotation.as_deref() == Some("typing.ClassVar") {
        return Some(());
    }
    let bases = class.bases();
    let derives = |wanted: &str| {
        bases.iter().any(|base| matches!(base, Base::Known(known) if known == wanted))
    };
    let is_data = decorated(subject, node).is_some_and(|decorated| {
        decorated.all.iter().any(|one| one.is(&["dataclasses.dataclass"]))
    });
    if is_data || derives("typing.NamedTuple") {
        facts.code("field-of", text);
    } else if derives("typing.TypedDict") {
        facts.code("key-of", text);
    } else if derives("typing.Protocol") {
        facts.code("member-of", text);
    } else if derives("pydantic.BaseModel") {
        facts.code("model", text);
    } else if !class.is_plain_anywhere() || decorated(subject, node).is_some() {
        facts.codes("unknown-bases", others(subject, class, node));
    } else if !has_value {
        facts.code("unbound", name).code("class", text);
    }
    Some(())
}

/// The bases from elsewhere and the decorators of a class.
fn others(subject: &Subject<'_>, class: Class<'_>, node: Node<'_>) -> Vec<String> {
    let decorated = decorated(subject, node);
    let decorators = decorated.iter().flat_map(|decorated| decorated.all.iter());
    let mut found: Vec<_> = decorators.map(|one| one_line(subject, one.callee)).collect();
    let bases = class.arguments().positional.into_iter().zip(class.bases_anywhere());
    let unknown = bases.filter(|(_, base)| match base {
        Base::Here(base) => !base.is_plain_anywhere(),
        Base::Known(name) => !adds_nothing(name),
        Base::Unknown => true,
    });
    found.extend(unknown.map(|(node, _)| one_line(subject, node)));
    found
}

fn decorated<'a>(subject: &Subject<'a>, class: Node<'_>) -> Option<Decorated<'a>> {
    let at = subject.path().iter().position(|node| *node == class)?;
    Decorated::read(subject.names(), subject.item(), *subject.path().get(at.checked_sub(1)?)?)
}

/// Literals of another type that the name is bound to.
fn values(
    subject: &Subject<'_>,
    target: Node<'_>,
    annotation: Node<'_>,
    value: Option<Node<'_>>,
    facts: &mut Facts,
) {
    let (names, item) = (subject.names(), subject.item());
    let is_other = |value: Node<'_>| {
        literal(subject.item_text(), value)
            .is_some_and(|found| fits(names, item, annotation, found) == Some(false))
    };
    if let Some(value) = value.filter(|value| is_other(*value)) {
        facts.code("misfit", one_line(subject, value));
    }
    if kind(target) != Kind::Identifier || facts.get("never").is_none() {
        return;
    }
    let Some(scopes) = names.scopes(item) else { return };
    let here = scopes.binding_at(target.byte_range().into());
    let Some(here) = here else { return };
    let mut records = Vec::new();
    for binding in scopes.bindings(here.scope, here.name) {
        let is_assignment = binding.kind == BindingKind::Assignment && binding.from == here.from;
        let bound = crate::names::Bound { item, binding };
        let node = names.node(bound).filter(|_| is_assignment);
        let is_plain = |node: &Node<'_>| {
            Field::Left.of(*node).is_some_and(|left| binding.at == left.byte_range().into())
        };
        let Some(value) = node.filter(is_plain).and_then(|node| Field::Right.of(node)) else {
            continue;
        };
        if is_other(value) {
            let mut record = Facts::of(OTHERS);
            record.code("value", one_line(subject, value)).line("line", subject.line(value));
            records.push(record);
        }
    }
    facts.records("others", records);
}

#[cfg(test)]
mod tests;
