//! `try` and `finally: x.close()`, where a `with` says the same.
//!
//! Source: PEP 343; Library Reference, contextlib, `closing()`.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::context_managers::{CONTEXT_MANAGER, by_hand};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported};
use crate::subject::Subject;
use crate::syntax::expression::{expression, method};
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::value;

use super::edit::{ends_line, indent_at};

pub static RULE: Rule = Rule {
    id: "close-in-finally",
    kinds: &[Kind::TryStatement],
    slots: SLOTS,
    cases: &["closing"],
    fixes: &["use-with"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call in the `finally`"),
    Slot::new("object", SlotKind::Code, "what it closes"),
    Slot::new("with", SlotKind::Code, "the head of the `with`"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(call) = statements(subject.node()).last().and_then(|last| closing_call(*last)) else {
        return;
    };
    // A method that closes its own object would have to be the one that enters it.
    let is_own = method(call)
        .is_some_and(|(object, _)| subject.names().receiver(subject.item(), object).is_some());
    if is_own {
        return;
    }
    // What acquires by hand is the matter of `lock-without-with`.
    let Some(with) = with_instead(subject).filter(|with| !with.acquires) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("call", one_line(subject, call)).code("with", with.head.trim_end_matches(':'));
    facts.code("object", with.object);
    let case = with.is_wrapped.then_some("closing");
    found.push(Found { at: call.byte_range().into(), case, facts, related: Vec::new() });
}

/// The `with` that does what a `try` statement does.
pub(crate) struct With {
    /// `with open(path) as file:`
    pub head: String,
    /// The edits of the file that write it.
    pub edits: Vec<(Span, String)>,
    object: String,
    /// `contextlib.closing` makes the context manager.
    is_wrapped: bool,
    /// It also stands for a call of `acquire()`.
    acquires: bool,
    /// Nothing runs between the call that makes the object and the block, or nothing is entered.
    is_certain: bool,
}

/// The `with` in place of the subject, a `try` whose only clause is a `finally` that closes something.
pub(crate) fn with_instead(subject: &Subject<'_>) -> Option<With> {
    let tried = subject.node();
    let found = by_hand(subject)?;
    let [body, last] = statements(tried)[..] else { return None };
    let document = subject.document();
    let (own, body) = (subject.span(tried), subject.span(body));
    let indent = indent_at(document, own.start)?;
    (ends_line(document, own.end) && indent_at(document, subject.span(last).start)? == indent)
        .then_some(())?;
    let object = method(closing_call(last)?)?.0;
    let name = one_line(subject, object);
    let is_wrapped = found.get("closing").is_some();
    let (mut edits, mut acquires, mut is_certain) = (Vec::new(), false, is_wrapped);
    let head = if is_wrapped {
        let import = imported(subject, tried, "contextlib", "closing");
        edits.extend(import.edit);
        format!("with {}({name}):", import.expression)
    } else {
        let row = value::of(subject.names(), subject.item(), object)
            .and_then(|made| subject.row(&CONTEXT_MANAGER, made.made_by()?))?;
        row.get("passes")?;
        let before = before(subject);
        acquires = row.get("acquire").is_some();
        let opened = before
            .filter(|_| !acquires && row.get("closes").is_some())
            .and_then(|before| Some((before, opened(subject, before, object)?)));
        if acquires {
            edits.push(removal(subject, before?)?);
        }
        match opened {
            Some((before, call)) => {
                edits.push(removal(subject, before)?);
                is_certain = true;
                format!("with {} as {name}:", one_line(subject, call))
            }
            None => format!("with {name}:"),
        }
    };
    // The body keeps its place and its indentation.
    let colon = tried.child(1).filter(|token| token.kind() == ":")?;
    edits.push((Span::new(own.start, subject.span(colon).end), head.clone()));
    edits.push((Span::new(body.end, own.end), String::new()));
    Some(With { head, edits, object: name, is_wrapped, acquires, is_certain })
}

/// The one call in the clause.
fn closing_call(finally: Node<'_>) -> Option<Node<'_>> {
    let block = statements(finally).into_iter().find(|node| kind(*node) == Kind::Block)?;
    let [only] = statements(block)[..] else { return None };
    expression(only).filter(|it| kind(*it) == Kind::Call)
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

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let Some(with) = with_instead(subject) else { return Vec::new() };
    // What was closed on the way to the block cannot be entered.
    let safety = if with.is_certain { Safety::Safe } else { Safety::Review };
    vec![Plan { fix: "use-with", safety, facts: found.facts.clone(), edits: with.edits }]
}
