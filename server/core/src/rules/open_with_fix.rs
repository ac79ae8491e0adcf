//! The fixes of `open-without-with`.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Value};
use crate::lint::{Found, Plan, imported};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::walk;

use super::code::{contains, statement};
use super::edit::{has_long_string, indented};
use super::open_without_with::{Named, head};
use super::shared::{break_of, indentation};

/// Names for what is open, the first that is free.
const NAMES: &[&str] = &["file", "f"];

/// `text = open(…).read()`: the statement goes into a `with`.
pub(super) fn at_once(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let (path, statement) = statement(subject)?;
    let at = path.iter().position(|node| *node == statement)?;
    let is_plain = matches!(kind(statement), Kind::ExpressionStatement | Kind::ReturnStatement);
    let only_once = path[at..].iter().all(|node| {
        !matches!(
            kind(*node),
            Kind::Lambda
                | Kind::GeneratorExpression
                | Kind::ListComprehension
                | Kind::SetComprehension
                | Kind::DictionaryComprehension
                | Kind::ConditionalExpression
                | Kind::BooleanOperator
                | Kind::AugmentedAssignment
        )
    });
    (is_plain && only_once && is_first(statement, call)).then_some(())?;
    (!has_long_string(subject, statement, statement)).then_some(())?;
    let name = free_name(subject)?;
    let (before, after) = (statement.start_byte()..call.start_byte(), call.end_byte());
    let text = subject.item_text();
    let inner = format!("{}{name}{}", &text[before], &text[after..statement.end_byte()]);
    (!inner.contains(['\n', '\r'])).then_some(())?;
    wrap(subject, statement, name, &inner, found)
}

/// True when nothing is called or awaited in the statement before the call.
fn is_first(statement: Node<'_>, call: Node<'_>) -> bool {
    let mut first = true;
    walk::until(statement, |node| {
        let before = node.end_byte() <= call.start_byte();
        first &= !(before && matches!(kind(node), Kind::Call | Kind::Await | Kind::Subscript));
        node.start_byte() >= call.start_byte()
    });
    first
}

/// `for line in open(…):`: the loop goes into a `with`.
pub(super) fn in_loop(subject: &Subject<'_>, statement: Node<'_>, found: &Found) -> Option<Plan> {
    let call = subject.node();
    let name = free_name(subject)?;
    let step = step(subject, statement)?;
    let text = indented(subject, statement, statement, step)?;
    let (start, end) =
        (call.start_byte() - statement.start_byte(), call.end_byte() - statement.start_byte());
    // The head must stand on one line, so that its bytes are where they were.
    let own = &subject.text(statement)[..end];
    (!own.contains(['\n', '\r'])).then_some(())?;
    let inner = format!("{}{name}{}", &text[..start], &text[end..]);
    wrap(subject, statement, name, &inner, found)
}

fn wrap(
    subject: &Subject<'_>,
    statement: Node<'_>,
    name: &str,
    inner: &str,
    found: &Found,
) -> Option<Plan> {
    let indent = indentation(subject, statement)?;
    let step = step(subject, statement)?;
    let head = head(subject, name);
    let text = format!("{head}{}{indent}{step}{inner}", break_of(subject));
    let mut facts = found.facts.clone();
    facts.code("with", head);
    let edits = vec![(subject.span(statement), text)];
    Some(Plan { fix: "use-with-at-once", safety: Safety::Review, facts, edits })
}

fn step<'a>(subject: &Subject<'a>, statement: Node<'_>) -> Option<&'a str> {
    Some(if indentation(subject, statement)?.starts_with('\t') { "\t" } else { "    " })
}

fn free_name(subject: &Subject<'_>) -> Option<&'static str> {
    let names = subject.names();
    let scopes = names.scopes(subject.item())?;
    NAMES
        .iter()
        .copied()
        .find(|name| scopes.number(name).is_none() && names.module_bindings(name).is_empty())
}

/// `f = open(…)` and what uses it.
pub(super) fn named(
    subject: &Subject<'_>,
    named: &Named<'_>,
    row: &Facts,
    found: &Found,
) -> Option<Plan> {
    let (_, opening) = statement(subject)?;
    let assignment = opening.named_child(0).filter(|it| kind(*it) == Kind::Assignment)?;
    (Field::Type.of(assignment).is_none()).then_some(())?;
    let block = subject.ancestors().find(|node| kind(*node) == Kind::Block)?;
    let all = statements(block);
    let opened = all.iter().position(|one| *one == opening)?;
    let mut last = opened;
    for path in &named.uses {
        let at = path.iter().position(|node| *node == block)?;
        let used = all.iter().position(|one| Some(one) == path.get(at + 1))?;
        // In a loop, what is used above is what the round before opened.
        (used > opened).then_some(())?;
        last = last.max(used);
    }
    let (inside, end) = match named.close {
        Some(close) => (last.checked_sub(1)?, close),
        None => (last, all[last]),
    };
    (all[last] == end && inside > opened).then_some(())?;
    let has = |kinds: &[Kind]| all[opened..=last].iter().any(|one| contains(*one, kinds));
    // What hangs on the object and leaves the block would be cut off from it.
    let leaves = named.close.is_none() || has(&[Kind::ReturnStatement, Kind::Yield]);
    (named.is_done || !leaves).then_some(())?;
    // Comments in between come along.
    let first = opening.next_named_sibling()?;
    let indent = indentation(subject, opening)?;
    let step = step(subject, opening)?;
    let body = indented(subject, first, all[inside], step)?;
    let name = subject.text(named.name);
    let mut edits = Vec::new();
    // What the end of `with` does is what `close()` does, and nobody else could see the difference.
    let is_same = named.closed_once
        && named.is_done
        && row.get("method") == Some(&Value::Code("close".to_owned()))
        && !has(&[Kind::Yield, Kind::Await]);
    let (fix, head, safety) = if row.get("closes").is_none() {
        let import = imported(subject, opening, "contextlib", "closing");
        edits.extend(import.edit);
        let call = subject.text(subject.node());
        let head = format!("with {}({call}) as {name}:", import.expression);
        ("use-with-and-close", head, Safety::Review)
    } else {
        let head = head(subject, name);
        match named.close {
            Some(_) if is_same => ("use-with", head, Safety::Safe),
            Some(_) => ("use-with-early", head, Safety::Review),
            None => ("use-with-at-once", head, Safety::Review),
        }
    };
    (!head.contains(['\n', '\r'])).then_some(())?;
    let text = format!("{head}{}{indent}{step}{body}", break_of(subject));
    edits.push((Span::new(subject.span(opening).start, subject.span(end).end), text));
    let mut facts = found.facts.clone();
    facts.code("with", head);
    Some(Plan { fix, safety, facts, edits })
}
