//! Changes of a SQLite database that nothing commits.
//!
//! Source: Library Reference, sqlite3, Transaction control: `sqlite3` opens a transaction before
//! `INSERT`, `UPDATE`, `DELETE` and `REPLACE`, and `close()` does not commit it.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::{Held, Place};
use crate::facts::decoration::Arguments;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::names::Bound;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};
use crate::walk;

use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "sqlite-no-commit",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["commit"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("connection", SlotKind::Code, "the connection"),
    Slot::new("statement", SlotKind::Code, "the first word of what is executed: `INSERT`"),
    Slot::new("line", SlotKind::Line, "where it is executed"),
];

const CHANGES: &[&str] = &["INSERT", "UPDATE", "DELETE", "REPLACE"];

/// What is done with a connection.
struct Use<'a> {
    name: String,
    /// The word and the line of the first change.
    change: (&'static str, usize),
    /// The statement that closes it.
    close: Option<Node<'a>>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(done) = lost(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("connection", done.name).code("statement", done.change.0);
    facts.line("line", done.change.1);
    let at = subject.node().byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// What is done with the connection that the subject opens, if it changes a file and never commits.
fn lost<'a>(subject: &Subject<'a>) -> Option<Use<'a>> {
    (subject.callee()? == "sqlite3.connect").then_some(())?;
    let given = Arguments::of(subject.node(), subject.item_text());
    let path = given.get(0, "database").filter(|_| !given.spread)?;
    let commits_itself = ["isolation_level", "autocommit", "factory"]
        .iter()
        .any(|keyword| given.keyword(keyword).is_some());
    // A database in memory is lost anyway.
    let in_memory = subject.text(path).contains("memory") || given.keyword("uri").is_some();
    if commits_itself || in_memory || kind(subject.ancestors().next()?) != Kind::Assignment {
        return None;
    }
    let held = Held::of(subject).filter(|held| held.is_variable)?;
    let mut change = None;
    let mut close = None;
    for place in &held.uses {
        (place.item == subject.item() || is_module(subject, &held)).then_some(())?;
        let (method, call) = place.method(subject)?;
        match method {
            "execute" | "executemany" => look(subject, place.item, call, &mut change)?,
            "cursor" => cursor(subject, place, call, &mut change)?,
            "close" => close = close.or_else(|| statement(place)),
            "create_function" | "rollback" | "set_trace_callback" => {}
            _ => return None,
        }
    }
    Some(Use { name: held.name.clone(), change: change?, close })
}

fn is_module(subject: &Subject<'_>, held: &Held<'_>) -> bool {
    held.uses.iter().all(|place| {
        place.path.iter().all(|node| {
            !matches!(kind(*node), Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition)
        })
    }) && subject.path().iter().all(|node| kind(*node) != Kind::FunctionDefinition)
}

/// Notes a change; nothing when the statement is not known, or one that ends a transaction.
fn look(
    subject: &Subject<'_>,
    item: usize,
    call: Node<'_>,
    change: &mut Option<(&'static str, usize)>,
) -> Option<()> {
    let first = *arguments(call).first()?;
    matches!(kind(first), Kind::String | Kind::ConcatenatedString).then_some(())?;
    let text = &subject.names().item(item).text()[first.byte_range()];
    let words = text.trim_start_matches(|char: char| char.is_ascii_alphabetic());
    let words = words.trim_start_matches(['"', '\'', '(']).trim_start();
    let word: String =
        words.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_uppercase();
    match CHANGES.iter().find(|known| **known == word) {
        Some(known) => {
            let document = subject.document();
            let line = document.text().line_of(document.start_of(item) + call.start_byte());
            change.get_or_insert((known, line));
            Some(())
        }
        None => matches!(&*word, "SELECT" | "CREATE" | "DROP" | "PRAGMA" | "ALTER").then_some(()),
    }
}

/// The statements of `cursor = connection.cursor()`, or of `connection.cursor().execute(…)`.
fn cursor<'a>(
    subject: &Subject<'a>,
    place: &Place<'a>,
    call: Node<'a>,
    change: &mut Option<(&'static str, usize)>,
) -> Option<()> {
    let names = subject.names();
    let at = place.path.iter().position(|node| *node == call)?;
    let parent = *place.path.get(at.checked_sub(1)?)?;
    (kind(parent) == Kind::Assignment).then_some(())?;
    let left = Field::Left.of(parent).filter(|left| kind(*left) == Kind::Identifier)?;
    let span = Span::from(left.byte_range());
    let scopes = names.scopes(place.item)?;
    let binding = scopes.binding_at(span)?;
    for used in names.uses(Bound { item: place.item, binding })? {
        let root = names.item(used.item).tree()?.root_node();
        let at = used.reference.at;
        let path = walk::path_to(root, at.start, at.end)?;
        let used = Place { item: used.item, path };
        let (method, call) = used.method(subject)?;
        match method {
            "execute" | "executemany" => look(subject, used.item, call, change)?,
            "fetchone" | "fetchall" | "fetchmany" | "close" => {}
            _ => return None,
        }
    }
    Some(())
}

/// The statement that is nothing but the use of the connection at `place`.
fn statement<'a>(place: &Place<'a>) -> Option<Node<'a>> {
    let at = place.path.len().checked_sub(4)?;
    let statement = place.path[at];
    (kind(statement) == Kind::ExpressionStatement).then_some(statement)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

/// `commit()` on a line before `close()`, in the block that opens the connection.
fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let done = lost(subject)?;
    let close = done.close?;
    let opened = subject.ancestors().find(|node| kind(*node) == Kind::ExpressionStatement)?;
    let mut next = opened.next_named_sibling();
    while next.is_some_and(|node| node != close) {
        next = next?.next_named_sibling();
    }
    next?;
    let indent = indentation(subject, close)?;
    let line = format!("{}.commit(){}{indent}", done.name, break_of(subject));
    let edits = vec![(Span::empty(subject.span(close).start), line)];
    Some(Plan { fix: "commit", safety: Safety::Review, facts: found.facts.clone(), edits })
}
