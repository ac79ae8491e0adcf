//! `*args` and `**kwargs` among parameters: what calls in this file collect there.
//!
//! Source: Python Language Reference, Compound statements, Function definitions; Expressions,
//! Calls.

use super::around::{decorator_with, function_around, name_of, names_of, wrapped};
use super::call_sites::{Site, calls_of, calls_of_name};
use super::collect::collect;
use super::source_text::one_line_in;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{Parameter, ParameterKind, parameters};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "star-parameter",
    doc: "`*args` or `**kwargs` among the parameters of a function or lambda; `@target` is the \
          `list_splat_pattern` or `dictionary_splat_pattern`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the parameter, without stars"),
    Slot::new("function", SlotKind::Code, "the function, or `lambda`"),
    Slot::new("tuple", SlotKind::Flag, "the parameter has one star"),
    Slot::new("dictionary", SlotKind::Flag, "the parameter has two stars"),
    Slot::new(
        "taken",
        SlotKind::Codes,
        "the parameters that are filled before it: by position, or for two stars by keyword",
    ),
    Slot::new("keyword-only", SlotKind::Codes, "the parameters behind one star"),
    Slot::new(
        "lone",
        SlotKind::Flag,
        "the function has no parameter with the other number of stars",
    ),
    Slot::new("sites", SlotKind::Records(SITES), "calls in this file, at most three"),
    Slot::new("wrapper", SlotKind::Flag, "the function is the wrapper of a decorator"),
    Slot::new(
        "through",
        SlotKind::Codes,
        "the decorated functions whose names stand for this wrapper",
    ),
];

static SITES: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("value", SlotKind::Code, "what the parameter collects: a tuple or a dictionary"),
];

const MAX_SITES: usize = 3;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let function = function_around(subject)?;
    let all = parameters(function)?;
    let at = subject.node().start_byte();
    let this = all.iter().find(|parameter| {
        parameter.node.start_byte() == at && parameter.name.parent() == Some(subject.node())
    })?;
    let is_tuple = this.kind == ParameterKind::VarPositional;
    if function.child_in(Field::Parameters).is_none_or(|list| list.is_broken()) {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("name", subject.text(this.name)).code("function", name_of(subject, function));
    facts.flag("tuple", is_tuple).flag("dictionary", !is_tuple);
    let named = |wanted: &[ParameterKind]| -> Vec<&str> {
        let wanted = all.iter().filter(|parameter| wanted.contains(&parameter.kind));
        wanted.map(|parameter| subject.text(parameter.name)).collect()
    };
    let (before, other) = if is_tuple {
        facts.codes("keyword-only", named(&[ParameterKind::KeywordOnly]));
        let before = [ParameterKind::PositionalOnly, ParameterKind::PositionalOrKeyword];
        (before, ParameterKind::VarKeyword)
    } else {
        let before = [ParameterKind::PositionalOrKeyword, ParameterKind::KeywordOnly];
        (before, ParameterKind::VarPositional)
    };
    facts.codes("taken", named(&before));
    facts.flag("lone", all.iter().all(|parameter| parameter.kind != other));
    if kind(function) == Kind::FunctionDefinition && !function.is_broken() {
        let mut sites = calls_of(subject.names(), subject.item(), function);
        sites.extend(through(subject, function, &mut facts));
        facts.records("sites", records(subject, &all, this, &sites));
    }
    Some(facts)
}

/// The calls of the functions that the function around the subject stands for as their wrapper.
fn through<'a>(subject: &Subject<'a>, function: Node<'_>, facts: &mut Facts) -> Vec<Site<'a>> {
    let names = subject.names();
    let decorator = decorator_with(subject, function)
        .filter(|decorator| decorator.wrapper.id() == function.id());
    let Some(decorator) = decorator else { return Vec::new() };
    facts.flag("wrapper", true);
    let users = wrapped(names, &decorator);
    facts.codes("through", names_of(names, &users));
    users.iter().flat_map(|user| calls_of_name(names, user.item, user.definition)).collect()
}

fn records(
    subject: &Subject<'_>,
    all: &[Parameter<'_>],
    this: &Parameter<'_>,
    sites: &[Site<'_>],
) -> Vec<Facts> {
    let collected = sites.iter().filter_map(|site| {
        let text = subject.names().item(site.item).text();
        let value = collect(subject.item_text(), all, text, site.call)?.of(this.kind)?;
        let mut record = Facts::of(SITES);
        record.code("call", one_line_in(text, site.call)).code("value", value);
        record.line("line", site.line(subject.document()));
        Some(record)
    });
    collected.take(MAX_SITES).collect()
}

#[cfg(test)]
mod tests;
