//! Imports that may fail: `try: import x` with `except ImportError`.
//!
//! Source: Library Reference, Built-in Exceptions (`ImportError`, `ModuleNotFoundError`); Language
//! Reference, The import statement.

use super::import::{bound, handler};
use crate::Span;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::{Bound, Use, dotted};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, flow::never_ends, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "optional-import",
    doc: "A `try` that holds imports and little else, with an `except` for `ImportError` or \
          `ModuleNotFoundError`; `@target` is the `try_statement`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("modules", SlotKind::Codes, "the imported modules, if the code goes on without"),
    Slot::new("needed", SlotKind::Codes, "the imported modules, if it does not"),
    Slot::new(
        "fallback",
        SlotKind::Records(FALLBACK),
        "imported names that the `except` binds too",
    ),
    Slot::new("noted", SlotKind::Codes, "its other assignments"),
    Slot::new("raised", SlotKind::Code, "what its last line raises"),
    Slot::new("missing", SlotKind::Codes, "names that stay unbound where the import fails"),
    Slot::new("used", SlotKind::Lines, "lines that use them"),
    Slot::new("any", SlotKind::Flag, "every `ImportError` is caught"),
    Slot::new("absent", SlotKind::Flag, "only `ModuleNotFoundError` is caught"),
];

static FALLBACK: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("value", SlotKind::Code, "the value it is assigned"),
    Slot::new("module", SlotKind::Code, "the module it is imported from, or that it is"),
    Slot::new("line", SlotKind::Line, "the line"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let tried = subject.node();
    let body = Field::Body.of(tried).filter(|_| kind(tried) == Kind::TryStatement)?;
    let body = statements(body);
    let imports: Vec<_> = body.iter().copied().filter(|node| is_import(*node)).collect();
    let is_plain = body.iter().all(|node| is_import(*node) || assigned(*node).is_some());
    if imports.is_empty() || !is_plain {
        return None;
    }
    let (clause, any) = handler(subject, tried)?;
    let mut facts = Facts::of(SLOTS);
    facts.flag("any", any).flag("absent", !any);

    let suite = statements(clause).into_iter().find(|node| kind(*node) == Kind::Block)?;
    let is_needed = never_ends(suite);
    let slot = if is_needed { "needed" } else { "modules" };
    facts.codes(slot, imports.iter().flat_map(|node| modules(subject, *node)));
    let names: Vec<_> = imports.iter().flat_map(|node| bound(*node)).collect();
    let (mut fallback, mut noted) = (Vec::new(), Vec::new());
    for statement in statements(suite) {
        if is_import(statement) {
            for name in bound(statement) {
                let is_same = names.iter().any(|it| subject.text(*it) == subject.text(name));
                let module = modules(subject, statement).into_iter().next();
                if let Some(module) = module.filter(|_| is_same) {
                    let mut record = record(subject, name);
                    record.code("module", module);
                    fallback.push(record);
                }
            }
        } else if let Some((target, value)) = assigned(statement) {
            if names.iter().any(|it| subject.text(*it) == subject.text(target)) {
                let mut record = record(subject, target);
                record.code("value", one_line(subject, value));
                fallback.push(record);
            } else {
                noted.push(one_line(subject, statement));
            }
        }
    }
    facts.records("fallback", fallback).codes("noted", noted);

    if is_needed {
        let last = statements(suite).into_iter().next_back()?;
        let raised = last.named_child(0).filter(|_| kind(last) == Kind::RaiseStatement);
        if let Some(raised) = raised {
            facts.code("raised", one_line(subject, raised));
        }
        return Some(facts);
    }
    let unbound = names.into_iter().filter_map(|name| Some((name, uses(subject, name)?)));
    let unbound: Vec<_> = unbound.collect();
    facts.codes("missing", unbound.iter().map(|(name, _)| subject.text(*name)));
    let mut lines: Vec<usize> = unbound.into_iter().flat_map(|(_, lines)| lines).collect();
    lines.sort_unstable();
    lines.dedup();
    facts.lines("used", lines.into_iter().map(Into::into));
    Some(facts)
}

fn is_import(statement: Node<'_>) -> bool {
    matches!(kind(statement), Kind::ImportStatement | Kind::ImportFromStatement)
}

/// Target and value of `name = value`.
fn assigned(statement: Node<'_>) -> Option<(Node<'_>, Node<'_>)> {
    let node = statement.named_child(0).filter(|_| kind(statement) == Kind::ExpressionStatement)?;
    let target = Field::Left.of(node).filter(|_| kind(node) == Kind::Assignment)?;
    let value = Field::Right.of(node)?;
    (kind(target) == Kind::Identifier).then_some((target, value))
}

/// The modules that an import statement names.
fn modules(subject: &Subject<'_>, statement: Node<'_>) -> Vec<String> {
    if let Some(module) = Field::ModuleName.of(statement) {
        return vec![dotted(subject.text(module))];
    }
    let names = statement.children_in(Field::Name);
    let names = names.map(|name| Field::Name.of(name).unwrap_or(name));
    names.map(|name| dotted(subject.text(name))).collect()
}

fn record(subject: &Subject<'_>, name: Node<'_>) -> Facts {
    let mut facts = Facts::of(FALLBACK);
    facts.code("name", subject.text(name)).line("line", subject.line(name));
    facts
}

/// The lines that use the name, if the import is all that binds it.
fn uses(subject: &Subject<'_>, name: Node<'_>) -> Option<Vec<usize>> {
    let names = subject.names();
    let at = Span::from(name.byte_range());
    let scopes = names.scopes(subject.item())?;
    let binding = scopes.binding_at(at)?;
    matches!(binding.kind, BindingKind::Import | BindingKind::ImportFrom).then_some(())?;
    let uses = names.uses(Bound { item: subject.item(), binding })?;
    let document = subject.document();
    let line = |used: &Use<'_>| {
        document.text().line_of(document.start_of(used.item) + used.reference.at.start)
    };
    Some(uses.iter().map(line).collect())
}

#[cfg(test)]
mod tests;
