//! `try` and `finally: x.close()` to `with`.

use tree_sitter::Node;

use super::text::{ends_line, indent_at};
use super::{Answer, COMMENT, Conversion, Draft};
use crate::Span;
use crate::facts::context_managers::{CONTEXT_MANAGER, by_hand};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::imported;
use crate::subject::Subject;
use crate::syntax::expression::{expression, method};
use crate::syntax::function::statements;
use crate::syntax::{Field, Kind, kind};
use crate::value;

pub static CONVERSION: Conversion = Conversion {
    id: "finally-to-with",
    kinds: &[Kind::TryStatement],
    slots: SLOTS,
    titles: &["with"],
    reasons: &[COMMENT],
    convert,
};

static SLOTS: &[Slot] = &[Slot::new("with", SlotKind::Code, "the head of the `with`")];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let tried = subject.node();
    let found = by_hand(subject)?;
    let [body, last] = statements(tried)[..] else { return None };
    let document = subject.document();
    let (own, body) = (subject.span(tried), subject.span(body));
    let indent = indent_at(document, own.start)?;
    (ends_line(document, own.end) && indent_at(document, subject.span(last).start)? == indent)
        .then_some(())?;
    let object = closed(last)?;
    let mut edits = Vec::new();
    let head = if found.get("closing").is_some() {
        let import = imported(subject, tried, "contextlib", "closing");
        edits.extend(import.edit);
        format!("with {}({}):", import.expression, one_line(subject, object))
    } else {
        let row = value::of(subject.names(), subject.item(), object)
            .and_then(|made| subject.row(&CONTEXT_MANAGER, made.made_by()?));
        row?.get("passes")?;
        let before = before(subject);
        if row?.get("acquire").is_some() {
            edits.push(removal(subject, before?)?);
            format!("with {}:", one_line(subject, object))
        } else {
            let opened = before
                .filter(|_| row.is_some_and(|row| row.get("closes").is_some()))
                .and_then(|before| Some((before, opened(subject, before, object)?)));
            match opened {
                Some((before, call)) => {
                    edits.push(removal(subject, before)?);
                    format!("with {} as {}:", one_line(subject, call), one_line(subject, object))
                }
                None => format!("with {}:", one_line(subject, object)),
            }
        }
    };
    // The body keeps its place and its indentation.
    let colon = tried.child(1).filter(|token| token.kind() == ":")?;
    edits.push((Span::new(own.start, subject.span(colon).end), head.clone()));
    edits.push((Span::new(body.end, own.end), String::new()));
    let mut facts = Facts::of(SLOTS);
    facts.code("with", head.trim_end_matches(':'));
    Some(Answer::Draft(Draft { title: Some("with"), ..Draft::new(facts, edits) }))
}

/// What the one call in the clause is a method of.
fn closed(finally: Node<'_>) -> Option<Node<'_>> {
    let block = statements(finally).into_iter().find(|node| kind(*node) == Kind::Block)?;
    let [only] = statements(block)[..] else { return None };
    Some(method(expression(only)?)?.0)
}

/// The statement right before the `try`.
fn before<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let mut previous = subject.node().prev_named_sibling();
    while previous.is_some_and(|node| node.is_extra()) {
        previous = previous?.prev_named_sibling();
    }
    previous
}

/// The call in `x = open(…)`, if the statement is that.
fn opened<'a>(subject: &Subject<'a>, statement: Node<'a>, object: Node<'a>) -> Option<Node<'a>> {
    let assignment = expression(statement).filter(|it| kind(*it) == Kind::Assignment)?;
    let (left, right) = (Field::Left.of(assignment)?, Field::Right.of(assignment)?);
    let is_it = Field::Type.of(assignment).is_none()
        && kind(right) == Kind::Call
        && one_line(subject, left) == one_line(subject, object);
    is_it.then_some(right)
}

/// The edit that takes a statement away, and the white space behind it.
fn removal(subject: &Subject<'_>, statement: Node<'_>) -> Option<(Span, String)> {
    let document = subject.document();
    let span = subject.span(statement);
    indent_at(document, span.start)?;
    let gap = document.text().slice(Span::new(span.end, subject.span(subject.node()).start));
    gap.contains(['\n', '\r']).then_some(())?;
    let end = span.end + gap.len() - gap.trim_start().len();
    Some((Span::new(span.start, end), String::new()))
}
