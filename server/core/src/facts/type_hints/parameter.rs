//! The annotation of a parameter.
//!
//! Sources: Language Reference, Function definitions; PEP 484; typing, `Optional`; mypy and typing
//! specification for what checkers make of a default that does not fit.

use super::super::call_sites::calls_of;
use super::super::source_text::{one_line, one_line_in};
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{
    EAGER, IMPORTS, LATER, LAZY, MODERN, TARGET, TEXT, describe, inner, members, subscripted,
};
use super::fits::{Literal, builtin, fits, is_mutable_display, literal};
use super::owner::Owner;
use super::usage;
use crate::subject::Subject;
use crate::syntax::function::{Parameter, ParameterKind, arguments, parameters};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "parameter-annotation",
    doc: "the annotation of a parameter; `@target` is the `typed_parameter` or \
          `typed_default_parameter`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("parameter", SlotKind::Code, "the parameter, if it takes one argument"),
    Slot::new("annotation", SlotKind::Code, "its annotation as it is written"),
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("stored", SlotKind::Code, "where the annotation is kept: `f.__annotations__['x']`"),
    Slot::new("collector", SlotKind::Code, "the parameter with its stars: `*args`"),
    Slot::new("collected", SlotKind::Code, "what that is in the body: `tuple[int, ...]`"),
    EAGER,
    LAZY,
    TEXT,
    MODERN,
    TARGET,
    LATER,
    IMPORTS,
    Slot::new("decorators", SlotKind::Codes, "decorators that may check arguments"),
    Slot::new("required", SlotKind::Flag, "`None` is allowed, and there is no default"),
    Slot::new("implicit", SlotKind::Code, "the type with `None`, if only the default is `None`"),
    Slot::new("misfit", SlotKind::Code, "a default that is not of the type"),
    Slot::new("shared", SlotKind::Code, "a default that is a list, dict or the like"),
    Slot::new("calls", SlotKind::Records(CALLS), "calls that pass a literal of another type"),
    Slot::new("wider", SlotKind::Code, "a type that is enough for what the body does with it"),
    Slot::new("bare", SlotKind::Code, "what a builtin class without brackets means"),
];

static CALLS: &[Slot] = &[
    Slot::new("value", SlotKind::Code, "the argument"),
    Slot::new("line", SlotKind::Line, "the line of the call"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let function = subject.ancestors().nth(1)?;
    if kind(function) != Kind::FunctionDefinition || function.is_broken() {
        return None;
    }
    let all = parameters(function)?;
    let at = all.iter().position(|one| one.node == subject.node())?;
    let parameter = all[at];
    let annotation = parameter.annotation?;
    let owner = Owner::of(subject, function);

    let mut facts = Facts::of(SLOTS);
    let written = one_line(subject, inner(annotation));
    let name = subject.text(parameter.name);
    facts.code("annotation", &*written).code("function", owner.name);
    let collected = match parameter.kind {
        ParameterKind::VarPositional if kind(inner(annotation)) == Kind::SplatType => None,
        ParameterKind::VarPositional => {
            Some((format!("*{name}"), format!("tuple[{written}, ...]")))
        }
        // `**kwargs: Unpack[Options]` (PEP 692) and `P.kwargs` (PEP 612) mean something else.
        ParameterKind::VarKeyword if subscripted(annotation).is_some() => None,
        ParameterKind::VarKeyword => Some((format!("**{name}"), format!("dict[str, {written}]"))),
        _ => {
            facts.code("parameter", name);
            None
        }
    };
    let is_paramspec = written.ends_with(".args") || written.ends_with(".kwargs");
    if let Some((collector, collected)) = collected.filter(|_| !is_paramspec) {
        facts.code("collector", collector).code("collected", collected);
    }
    if facts.get("parameter").is_none() && facts.get("collector").is_none() {
        return None;
    }
    if let Some(stored) = owner.stored(subject, name) {
        facts.code("stored", stored);
    }
    facts.codes("decorators", owner.decorators(subject));
    describe(subject, annotation, &mut facts);
    bare(subject, annotation, &mut facts);
    default(subject, parameter, annotation, &mut facts);
    calls(subject, function, &all, at, &mut facts);
    if let Some(wider) = usage::wider(subject, function, parameter) {
        facts.code("wider", wider);
    }
    Some(facts)
}

/// `list` alone is `list[Any]` (PEP 484, The `Any` type).
fn bare(subject: &Subject<'_>, annotation: Node<'_>, facts: &mut Facts) {
    if kind(inner(annotation)) != Kind::Identifier {
        return;
    }
    let means = match builtin(subject.names(), subject.item(), annotation).as_deref() {
        Some("list") => "list[Any]",
        Some("dict") => "dict[Any, Any]",
        Some("set") => "set[Any]",
        Some("frozenset") => "frozenset[Any]",
        Some("tuple") => "tuple[Any, ...]",
        _ => return,
    };
    facts.code("bare", means);
}

fn default(
    subject: &Subject<'_>,
    parameter: Parameter<'_>,
    annotation: Node<'_>,
    facts: &mut Facts,
) {
    let (names, item) = (subject.names(), subject.item());
    let Some(default) = parameter.default else {
        let takes_one = facts.get("parameter").is_some();
        let union = members(names, item, annotation);
        let has_none = union.is_some_and(|(types, optional)| {
            optional || types.iter().any(|one| kind(*one) == Kind::None)
        });
        facts.flag("required", has_none && takes_one);
        return;
    };
    if is_mutable_display(names, item, subject.item_text(), default) {
        facts.code("shared", one_line(subject, default));
    }
    let Some(found) = literal(subject.item_text(), default) else { return };
    if fits(names, item, annotation, found) != Some(false) {
        return;
    }
    if found == Literal::None {
        let written = one_line(subject, inner(annotation));
        let optional = match subject.settings().target.minor >= 10 {
            true => format!("{written} | None"),
            false => format!("Optional[{written}]"),
        };
        facts.code("implicit", optional);
    } else {
        facts.code("misfit", one_line(subject, default));
    }
}

/// Calls of the function that pass a literal of another type.
fn calls(
    subject: &Subject<'_>,
    function: Node<'_>,
    all: &[Parameter<'_>],
    at: usize,
    facts: &mut Facts,
) {
    let names = subject.names();
    let parameter = all[at];
    let Some(annotation) = parameter.annotation else { return };
    let by_place = matches!(
        parameter.kind,
        ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword
    );
    let by_name =
        matches!(parameter.kind, ParameterKind::PositionalOrKeyword | ParameterKind::KeywordOnly);
    let mut found = Vec::new();
    for site in calls_of(names, subject.item(), function) {
        let text = names.item(site.item).text();
        let mut place = 0;
        for argument in arguments(site.call) {
            let value = match kind(argument) {
                Kind::ListSplat => {
                    place = usize::MAX;
                    continue;
                }
                Kind::DictionarySplat => continue,
                Kind::KeywordArgument => {
                    let name = Field::Name.of(argument).map(|name| &text[name.byte_range()]);
                    let is_it = by_name && name == Some(subject.text(parameter.name));
                    Field::Value.of(argument).filter(|_| is_it)
                }
                _ => {
                    let is_it = by_place && place == at;
                    place = place.saturating_add(1);
                    Some(argument).filter(|_| is_it)
                }
            };
            let Some(value) = value else { continue };
            let Some(of) = literal(text, value) else { continue };
            if fits(names, subject.item(), annotation, of) == Some(false) {
                let mut record = Facts::of(CALLS);
                record.code("value", one_line_in(text, value));
                record.line("line", site.line(subject.document()));
                found.push(record);
            }
        }
    }
    facts.records("calls", found);
}

#[cfg(test)]
mod tests;
