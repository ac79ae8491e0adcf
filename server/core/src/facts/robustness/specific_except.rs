//! An `except` clause that names exceptions, and what the code that it guards can raise.
//!
//! Source: Language Reference, The try statement; the table says what calls raise.

use super::hierarchy::catches;
use super::raises;
use crate::facts::concurrency::exceptions;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "specific-except",
    doc: "an `except` clause that names exceptions and guards calls with a row in `raises`; \
          `@target` is the `except_clause`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("clause", SlotKind::Code, "the exceptions that it names"),
    Slot::new("call", SlotKind::Records(CALL), "the calls that are known to raise"),
    Slot::new("covered", SlotKind::Codes, "these calls, if all that they raise is caught"),
    Slot::new("leaky", SlotKind::Codes, "those that can raise what no clause catches"),
    Slot::new("left", SlotKind::Codes, "what they can raise, wholly or in part"),
    Slot::new("some", SlotKind::Codes, "the calls, if it is not known whether all is caught"),
    Slot::new("decoding", SlotKind::Code, "`json.JSONDecodeError`, if the clause names that"),
];

static CALL: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("line", SlotKind::Line, "its line"),
    Slot::new("errors", SlotKind::Codes, "the exceptions"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let clause = subject.node();
    let tried = subject.ancestors().next().filter(|it| kind(*it) == Kind::TryStatement)?;
    let is_clause = |node: &Node<'_>| kind(*node) == Kind::ExceptClause;
    let clauses: Vec<Node<'_>> = statements(tried).into_iter().filter(is_clause).collect();
    let caught =
        clauses.iter().map(|clause| names(subject, *clause)).collect::<Option<Vec<_>>>()?;
    let own = exceptions(clause);
    // A broad one has a card of its own.
    let mine = names(subject, clause)?;
    if mine.iter().any(|name| matches!(&**name, "builtins.Exception" | "builtins.BaseException")) {
        return None;
    }
    let caught: Vec<String> = caught.concat();
    let mut facts = Facts::of(SLOTS);
    let written: Vec<&str> = own.iter().map(|node| subject.text(*node)).collect();
    facts.code("clause", written.join(", "));
    let (mut calls, mut is_sure) = (Vec::new(), true);
    let (mut names, mut leaky, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for call in guarded(subject, Field::Body.of(tried)?) {
        let Some(row) = raises::row(subject, call) else { continue };
        let Some(Value::Codes(errors)) = row.get("errors") else { continue };
        let name = one_line(subject, Field::Function.of(call)?);
        // Whether one class of a package is a kind of another one is not known.
        is_sure &= errors.iter().all(|it| !it.contains('.') || caught.contains(it));
        let missed = errors.iter().filter(|error| {
            !error.contains('.') && !caught.iter().any(|caught| catches(caught, error))
        });
        for error in missed {
            add(&mut left, error);
            add(&mut leaky, &name);
        }
        add(&mut names, &name);
        let mut record = Facts::of(CALL);
        record.code("call", name).line("line", subject.line(call)).codes("errors", errors.clone());
        // Two calls on one line would be told twice.
        if !calls.contains(&record) {
            calls.push(record);
        }
    }
    (!calls.is_empty()).then_some(())?;
    if leaky.is_empty() {
        facts.codes(if is_sure { "covered" } else { "some" }, names);
    }
    facts.codes("leaky", leaky).codes("left", left).records("call", calls);
    let decoding = own.iter().zip(&mine).find(|(_, name)| {
        matches!(&***name, "json.JSONDecodeError" | "json.decoder.JSONDecodeError")
    });
    if let Some((node, _)) = decoding {
        facts.code("decoding", subject.text(*node));
    }
    Some(facts)
}

/// The dotted names of what a clause catches; nothing unless all are known. A bare one catches all.
fn names(subject: &Subject<'_>, clause: Node<'_>) -> Option<Vec<String>> {
    if clause.child(1).is_some_and(|token| token.kind() == "*") || clause.is_broken() {
        return None;
    }
    let all = exceptions(clause);
    if all.is_empty() {
        return Some(vec!["builtins.BaseException".to_owned()]);
    }
    all.into_iter().map(|node| subject.names().qualified(subject.item(), node)).collect()
}

fn add(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|it| it == text) {
        list.push(text.to_owned());
    }
}

/// The calls that run in the block: not those of functions that are defined in it, nor those that an
/// inner `try` or a `with` guards.
fn guarded<'t>(subject: &Subject<'_>, body: Node<'t>) -> Vec<Node<'t>> {
    let mut calls = Vec::new();
    let mut open = vec![body];
    while let Some(node) = open.pop() {
        for child in statements(node) {
            match kind(child) {
                Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda => {}
                Kind::TryStatement | Kind::GeneratorExpression => {}
                Kind::WithStatement if !passes(subject, child) => {}
                _ => open.push(child),
            }
            if kind(child) == Kind::Call {
                calls.push(child);
            }
        }
    }
    calls.sort_by_key(Node::start_byte);
    calls
}

/// Whether a `with` is known to let all exceptions pass, as files do.
fn passes(subject: &Subject<'_>, with: Node<'_>) -> bool {
    let clause = statements(with).into_iter().find(|node| kind(*node) == Kind::WithClause);
    clause.into_iter().flat_map(statements).all(|item| {
        let value = Field::Value.of(item);
        let value = value.and_then(|it| match kind(it) {
            Kind::AsPattern => it.named_child(0),
            _ => Some(it),
        });
        let callee =
            value.filter(|it| kind(*it) == Kind::Call).and_then(|it| Field::Function.of(it));
        let name = callee.and_then(|it| subject.names().qualified(subject.item(), it));
        name.is_some_and(|name| matches!(&*name, "builtins.open" | "io.open"))
    })
}

#[cfg(test)]
mod tests;
