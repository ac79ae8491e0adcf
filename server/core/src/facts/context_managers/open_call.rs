//! `open()` that no `with` enters: who closes the file.
//!
//! Source: Library Reference, io, `IOBase.close()`; What's New In Python 3.2, `ResourceWarning`.

use super::describe::line_in;
use crate::facts::call_sites::path_of;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Bound;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "open-call",
    doc: "a call of `open` that no `with` enters and whose file is not handed on; `@target` is the \
          `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call"),
    Slot::new("name", SlotKind::Code, "the name that the file object is assigned to"),
    Slot::new("method", SlotKind::Code, "the method that is called on it at once: `read`"),
    Slot::new("never", SlotKind::Flag, "a variable that nothing in the file closes or hands on"),
    Slot::new("close", SlotKind::Line, "the line of the only `close()`"),
    Slot::new("finally", SlotKind::Line, "the line of a `finally` it stands in, which always runs"),
    Slot::new("between", SlotKind::Lines, "statements between the call and `close()`"),
    Slot::new("conditional", SlotKind::Flag, "the `close()` stands in the branch of an `if`"),
    Slot::new("with", SlotKind::Code, "`with open(…) as f:`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let callee = call.child_in(Field::Function)?;
    let name = subject.names().qualified(subject.item(), callee)?;
    if !matches!(name.as_str(), "builtins.open" | "io.open") {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let text = one_line(subject, call);
    facts.code("call", text.as_str());
    let parent = subject.ancestors().next()?;
    match kind(parent) {
        Kind::Attribute => {
            let around = subject.ancestors().nth(1)?;
            let is_called =
                kind(around) == Kind::Call && around.child_in(Field::Function) == Some(parent);
            let method = subject.text(parent.child_in(Field::Attribute)?);
            if !is_called || !matches!(method, "read" | "readlines" | "readline" | "write") {
                return None;
            }
            facts.code("method", format!("{method}()"));
            facts.code("with", format!("with {text} as f:"));
        }
        Kind::Assignment => {
            let left = parent.child_in(Field::Left)?;
            let is_plain =
                kind(left) == Kind::Identifier && parent.child_in(Field::Right) == Some(call);
            is_plain.then_some(())?;
            assigned(subject, parent, left, &mut facts)?;
            facts.code("name", subject.text(left));
            facts.code("with", format!("with {text} as {}:", subject.text(left)));
        }
        _ => return None,
    }
    Some(facts)
}

/// What the file does with the name.
fn assigned<'a>(
    subject: &Subject<'a>,
    assignment: Node<'a>,
    left: Node<'_>,
    facts: &mut Facts,
) -> Option<()> {
    let (names, item) = (subject.names(), subject.item());
    let scopes = names.scopes(item)?;
    let binding = scopes.binding_at(left.byte_range().into())?;
    if binding.scope != binding.from {
        return None;
    }
    let mut closes = Vec::new();
    for found in names.uses(Bound { item, binding })? {
        if found.reference.scope != binding.scope {
            return None;
        }
        let path = path_of(names, &found).filter(|_| found.item >= item)?;
        let text = names.item(found.item).text();
        let [.., around, parent, name] = path[..] else { return None };
        match kind(parent) {
            Kind::Attribute if parent.child_in(Field::Object) == Some(name) => {
                let is_called =
                    kind(around) == Kind::Call && around.child_in(Field::Function) == Some(parent);
                let method = &text[parent.child_in(Field::Attribute)?.byte_range()];
                match method {
                    "close" if is_called => closes.push((found.item, path)),
                    // They give the file itself, or something that keeps it open.
                    "detach" | "__enter__" | "__iter__" => return None,
                    _ if is_called => {}
                    _ => return None,
                }
            }
            Kind::ForStatement | Kind::ForInClause
                if parent.child_in(Field::Right) == Some(name) => {}
            _ => return None,
        }
    }
    match &closes[..] {
        [] => drop(facts.flag("never", true)),
        [(item, path)] => closed(subject, assignment, *item, path, facts)?,
        _ => return None,
    }
    Some(())
}

/// Whether the only `close()`, at the end of `path` in the item `place`, runs on every way.
fn closed<'a>(
    subject: &Subject<'a>,
    assignment: Node<'a>,
    place: usize,
    path: &[Node<'a>],
    facts: &mut Facts,
) -> Option<()> {
    let line = |(item, node): (usize, Node<'_>)| line_in(subject, item, node);
    let call = path.get(path.len().checked_sub(3)?)?;
    facts.line("close", line((place, *call)));
    let suite = subject.ancestors().find(|node| kind(*node) == Kind::Block);
    let (all, depth): (Vec<(usize, Node<'a>)>, usize) = match suite {
        Some(suite) => {
            let depth = path.iter().position(|node| *node == suite)?;
            (statements(suite).into_iter().map(|node| (place, node)).collect(), depth)
        }
        // Each statement of the module has a tree of its own.
        None => (top_level(subject, place), 0),
    };
    let statement = *path.get(depth + 1)?;
    let is_opening =
        |(item, node): &(usize, Node<'_>)| *item == subject.item() && holds(*node, assignment);
    let opened = all.iter().position(is_opening)?;
    let closing = all.iter().position(|it| *it == (place, statement))?;
    if closing <= opened {
        return None;
    }
    let between = || Value::Lines(all[opened + 1..closing].iter().map(|it| line(*it)).collect());
    match &path[depth + 1..] {
        [one, ..] if kind(*one) == Kind::ExpressionStatement => {
            facts.set("between", between());
        }
        [tried, clause, block, statement, ..]
            if kind(*tried) == Kind::TryStatement
                && kind(*clause) == Kind::FinallyClause
                && kind(*block) == Kind::Block
                && kind(*statement) == Kind::ExpressionStatement =>
        {
            if closing == opened + 1 {
                facts.line("finally", line((place, *clause)));
            } else {
                facts.set("between", between());
            }
        }
        [branch, block, statement, ..]
            if kind(*branch) == Kind::IfStatement
                && kind(*block) == Kind::Block
                && kind(*statement) == Kind::ExpressionStatement =>
        {
            facts.flag("conditional", true);
        }
        _ => return None,
    }
    Some(())
}

fn holds(statement: Node<'_>, node: Node<'_>) -> bool {
    statement.byte_range().contains(&node.start_byte())
}

/// The statements of the module, from the item of the subject up to the item `last`.
fn top_level<'a>(subject: &Subject<'a>, last: usize) -> Vec<(usize, Node<'a>)> {
    let names = subject.names();
    let mut all = Vec::new();
    for item in subject.item()..=last {
        let Some(tree) = names.item(item).tree() else { continue };
        all.extend(statements(tree.root_node()).into_iter().map(|node| (item, node)));
    }
    all
}

#[cfg(test)]
mod tests;
