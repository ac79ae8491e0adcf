//! Type parameters in brackets behind the name of a function or class.
//!
//! Source: PEP 695; Language Reference, Type parameter lists: they live in a scope of their own
//! around the definition.

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::scope::{BindingKind, ItemScopes, Resolution};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::version::PythonVersion;

pub static PROVIDER: Provider = Provider {
    name: "type-parameters",
    doc: "the type parameters of a function or class; `@target` is the `function_definition` or \
          `class_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("names", SlotKind::Codes, "the parameters, as they are written"),
    Slot::new("function", SlotKind::Code, "the function that they belong to"),
    Slot::new("class", SlotKind::Code, "the class that they belong to"),
    Slot::new("too-old", SlotKind::Code, "the oldest Python of the code, if that is before 3.12"),
    Slot::new("bounds", SlotKind::Records(BOUND), "parameters with a bound"),
    Slot::new("constraints", SlotKind::Records(BOUND), "parameters with constraints"),
    Slot::new("tuples", SlotKind::Codes, "parameters for several types, `*Ts`"),
    Slot::new("signatures", SlotKind::Codes, "parameters for the parameters of a call, `**P`"),
    Slot::new(
        "once",
        SlotKind::Codes,
        "parameters of a function that only its head names, and once",
    ),
    Slot::new("unused", SlotKind::Codes, "parameters that nothing names"),
    Slot::new("uses", SlotKind::Lines, "where they are named"),
];

static BOUND: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the parameter"),
    Slot::new("type", SlotKind::Code, "the bound, or the tuple of constraints"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let owner = subject.node();
    let list = Field::TypeParameters.of(owner).filter(|list| !list.is_broken())?;
    let is_function = kind(owner) == Kind::FunctionDefinition;
    let mut facts = Facts::of(SLOTS);
    let name = subject.text(Field::Name.of(owner)?);
    facts.code(if is_function { "function" } else { "class" }, name);
    let target = subject.settings().target;
    if target < PythonVersion::py3(12) {
        facts.code("too-old", target.to_string());
    }
    let scopes = subject.names().scopes(subject.item())?;
    let (mut names, mut tuples, mut signatures) = (Vec::new(), Vec::new(), Vec::new());
    let (mut bounds, mut constraints) = (Vec::new(), Vec::new());
    let (mut once, mut unused, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    let body = Field::Body.of(owner)?;
    for parameter in statements(list) {
        let written = one_line(subject, parameter);
        let identifier = name_of(parameter)?;
        let name = subject.text(identifier);
        if written.starts_with("**") {
            signatures.push(name);
        } else if written.starts_with('*') {
            tuples.push(name);
        } else if let Some(limit) = limit(parameter, identifier) {
            let mut record = Facts::of(BOUND);
            record.code("name", name).code("type", one_line(subject, limit));
            let is_tuple = kind(super::annotation::inner(limit)) == Kind::Tuple;
            if is_tuple { &mut constraints } else { &mut bounds }.push(record);
        }
        let uses = uses(scopes, identifier)?;
        match uses[..] {
            [] => unused.push(name),
            [only] if is_function && only < body.start_byte() && !written.starts_with('*') => {
                once.push(name);
            }
            _ => {}
        }
        let start = subject.document().start_of(subject.item());
        lines.extend(uses.iter().map(|at| subject.document().text().line_of(start + at)));
        names.push(written);
    }
    lines.sort_unstable();
    lines.dedup();
    facts.codes("names", names).codes("tuples", tuples).codes("signatures", signatures);
    facts.records("bounds", bounds).records("constraints", constraints);
    facts.codes("once", once).codes("unused", unused).set("uses", Value::Lines(lines));
    Some(facts)
}

/// The identifier of a parameter, inside `*T` and `T: bound`.
fn name_of(parameter: Node<'_>) -> Option<Node<'_>> {
    let mut node = parameter;
    while kind(node) != Kind::Identifier {
        node = node.named_child(0)?;
    }
    Some(node)
}

/// What stands behind the colon.
fn limit<'a>(parameter: Node<'a>, identifier: Node<'a>) -> Option<Node<'a>> {
    let mut node = parameter;
    while node != identifier {
        if let Some(second) = node.named_child(1) {
            return Some(second);
        }
        node = node.named_child(0)?;
    }
    None
}

/// Where a parameter is used, in bytes of the item.
fn uses(scopes: &ItemScopes, identifier: Node<'_>) -> Option<Vec<usize>> {
    let binding = scopes.all_bindings().iter().find(|binding| {
        binding.kind == BindingKind::TypeParameter && binding.at == identifier.byte_range().into()
    })?;
    let found = scopes.references().iter().filter(|found| {
        found.name == binding.name
            && scopes.resolve(found.scope, found.name) == Resolution::Local(binding.scope)
    });
    Some(found.map(|found| found.at.start).collect())
}

#[cfg(test)]
mod tests;
