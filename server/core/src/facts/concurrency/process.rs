//! `multiprocessing.Process`.
//!
//! Source: Library Reference, multiprocessing, Contexts and start methods and Programming
//! guidelines; What's New In Python 3.14.

use super::code::{Around, callee, is_guarded, line_of, name_of, place, run_with, short};
use super::held::Held;
use super::shared_state::module_variable;
use super::started::{Started, call_text, callee_text, is_nested};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, Tree, kind};
use crate::value::{self, Builtin, Definition, Object};
use crate::version::PythonVersion;

pub static PROVIDER: Provider = Provider {
    name: "process",
    doc: "a call of `multiprocessing.Process` with a `target`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("runs", SlotKind::Code, "what the process runs: `f(1)`"),
    Slot::new("function", SlotKind::Code, "the function of the file that it runs"),
    Slot::new("function-line", SlotKind::Line, "its line"),
    Slot::new("called", SlotKind::Code, "a call in place of the function: it runs here and now"),
    Slot::new("unpicklable", SlotKind::Code, "a lambda or nested function as target"),
    Slot::new("copies", SlotKind::Records(COPIES), "changes of what the parent does not share"),
    Slot::new("name", SlotKind::Code, "the name that keeps the process"),
    Slot::new("started", SlotKind::Lines, "where it is started"),
    Slot::new("joined", SlotKind::Lines, "where it is joined"),
    Slot::new("unguarded", SlotKind::Flag, "it is made whenever the module is imported"),
    Slot::new("start-method", SlotKind::Code, "the method that the file sets"),
    Slot::new("fork-first", SlotKind::Flag, "the code runs on a Python older than 3.14"),
    Slot::new("forkserver", SlotKind::Flag, "it runs on 3.14 and later only"),
];

static COPIES: &[Slot] = &[
    Slot::new("variable", SlotKind::Code, "the module's variable"),
    Slot::new("line", SlotKind::Line, "where the function changes it"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let function = call.child_in(Field::Function)?;
    if names.qualified(item, function).as_deref() != Some("multiprocessing.Process") {
        return None;
    }
    let arguments = Arguments::of(call, subject.item_text());
    let target = arguments.keyword("target").filter(|_| !arguments.spread)?;
    let mut facts = Facts::of(SLOTS);
    let started = Started::of(names, item, target);
    if let Started::Result(_) = started {
        facts.code("called", short(names, item, target)?);
        return Some(facts);
    }
    let runs = call_text(subject, target, arguments.keyword("args"), arguments.keyword("kwargs"));
    let unread = || Some(format!("{}(…)", callee_text(subject, target)?));
    facts.code("runs", runs.or_else(unread)?);
    match started {
        Started::Lambda => {
            facts.code("unpicklable", short(names, item, target)?);
        }
        Started::Function(function) => {
            facts.code("function", name_of(names, function));
            facts.line("function-line", line_of(subject, function));
            if is_nested(names, function) {
                facts.code("unpicklable", name_of(names, function));
            }
            facts.records("copies", copies(subject, function));
        }
        _ => {}
    }
    if let Some(held) = Held::of(subject) {
        facts.code("name", held.name.as_str());
        facts.set("started", Value::Lines(held.calls(subject, &["start"])));
        facts.set("joined", Value::Lines(held.calls(subject, &["join"])));
    }
    let guarded = is_guarded(subject.path(), subject.item_text());
    facts.flag("unguarded", Around::of(subject.path()) == Around::Module && !guarded);
    match start_method(names) {
        StartMethod::Set(method) => facts.code("start-method", method),
        StartMethod::Unknown => &mut facts,
        StartMethod::Default if subject.settings().target < PythonVersion::py3(14) => {
            facts.flag("fork-first", true)
        }
        StartMethod::Default => facts.flag("forkserver", true),
    };
    Some(facts)
}

pub(crate) enum StartMethod {
    /// The file sets this one.
    Set(String),
    /// The file does not set one.
    Default,
    /// It sets one that is not known.
    Unknown,
}

/// Calls of `multiprocessing.set_start_method` in the file.
pub(crate) fn start_method(names: Names<'_>) -> StartMethod {
    const SETS: &str = "set_start_method";
    if !names.mentions_any(&[SETS]) {
        return StartMethod::Default;
    }
    for (index, item) in names.all_items().iter().enumerate() {
        if !item.text().contains(SETS) {
            continue;
        }
        let Some(root) = item.tree().map(Tree::root_node) else {
            return StartMethod::Unknown;
        };
        let mut calls = Vec::new();
        crate::walk::until(root, |node| {
            if kind(node) == Kind::Call {
                calls.push(node);
            }
            false
        });
        let set = calls.into_iter().find(|call| {
            callee(names, index, *call).as_deref() == Some("multiprocessing.set_start_method")
        });
        let Some(call) = set else { return StartMethod::Unknown };
        let first = crate::syntax::function::arguments(call).first().copied();
        let text =
            first.filter(|it| kind(*it) == Kind::String).map(|it| &item.text()[it.byte_range()]);
        return match text.map(|text| text.trim_matches(['"', '\''])) {
            Some(method @ ("fork" | "spawn" | "forkserver")) => StartMethod::Set(method.to_owned()),
            _ => StartMethod::Unknown,
        };
    }
    StartMethod::Default
}

/// Methods that change a list, dict or set.
const CHANGING: &[&str] =
    &["append", "extend", "insert", "add", "update", "setdefault", "pop", "clear", "remove"];

/// Where the function changes variables of the module: rebinds them under `global`, or changes the
/// list, dict or set that they hold.
fn copies<'a>(subject: &Subject<'a>, function: Definition<'a>) -> Vec<Facts> {
    let names = subject.names();
    let item = function.item;
    let mut found: Vec<(&'a str, Node<'a>)> = Vec::new();
    let Some(body) = Field::Body.of(function.node) else { return Vec::new() };
    let mut nodes = Vec::new();
    run_with(body, |node| nodes.push(node));
    let is_container = |object: Node<'a>| {
        value::of(names, item, object).is_some_and(|value| match value.object {
            Object::Builtin(kind) => kind.is_mutable() && kind != Builtin::Bytearray,
            _ => false,
        })
    };
    let container = |object: Node<'a>| {
        let name =
            module_variable(names, item, object).filter(|_| kind(object) == Kind::Identifier);
        name.filter(|_| is_container(object))
    };
    for node in nodes {
        match kind(node) {
            Kind::Call => {
                let Some(attribute) =
                    node.child_in(Field::Function).filter(|it| kind(*it) == Kind::Attribute)
                else {
                    continue;
                };
                let method = Field::Attribute.of(attribute);
                let text = names.item(item).text();
                let changes = method.is_some_and(|it| CHANGING.contains(&&text[it.byte_range()]));
                let name = Field::Object.of(attribute).filter(|_| changes).and_then(container);
                found.extend(name.map(|name| (name, node)));
            }
            Kind::Assignment | Kind::AugmentedAssignment => {
                let Some(left) = Field::Left.of(node) else { continue };
                if kind(left) == Kind::Subscript {
                    let name = Field::Value.of(left).and_then(container);
                    found.extend(name.map(|name| (name, node)));
                } else if kind(left) == Kind::Identifier && is_global(names, function, left) {
                    let name = &names.item(item).text()[left.byte_range()];
                    found.push((name, node));
                }
            }
            _ => {}
        }
    }
    let records = found.into_iter().map(|(name, node)| {
        let mut record = Facts::of(COPIES);
        record.code("variable", name).line("line", place(subject, item, node));
        record
    });
    records.collect()
}

/// True when the function declares the name `global`.
fn is_global(names: Names<'_>, function: Definition<'_>, name: Node<'_>) -> bool {
    let Some(scopes) = names.scopes(function.item) else { return false };
    let text = &names.item(function.item).text()[name.byte_range()];
    let here = scopes.scope_of(function.node.byte_range().into());
    here.zip(scopes.number(text))
        .is_some_and(|(here, number)| scopes.scopes()[here].globals().contains(&number))
}

#[cfg(test)]
mod tests;
