//! A loop runs the same `INSERT` for each row.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule};
use crate::subject::Subject;
use crate::walk;

use super::code::{bare, contains, method, plain_arguments};
use super::sql::execution;
use super::sql::statement::read;
use crate::syntax::{Field, Kind, Node, expression::expression, function::statements, kind};

pub static RULE: Rule = Rule {
    id: "sql-insert-loop",
    kinds: &[Kind::ForStatement],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-executemany"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("statement", SlotKind::Code, "the first word of the statement: `INSERT`"),
    Slot::new("rows", SlotKind::Code, "what the loop goes over"),
];

/// `for target in rows: receiver.execute(statement, values)`, and a `commit` perhaps.
struct Loop<'a> {
    target: Node<'a>,
    rows: Node<'a>,
    receiver: Node<'a>,
    word: String,
    statement: Node<'a>,
    values: Node<'a>,
    commit: Option<Node<'a>>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(one) = read_loop(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("statement", &one.word).code("rows", subject.text(one.rows));
    let callee = Span::new(one.receiver.start_byte(), one.statement.start_byte());
    let text = &subject.item_text()[callee.range()];
    let end = callee.start + text.find('(').unwrap_or(text.len());
    let at = Span::new(callee.start, end);
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

fn read_loop<'a>(subject: &Subject<'a>) -> Option<Loop<'a>> {
    let node = subject.node();
    let is_plain = node.child(0)?.kind() == "for" && Field::Alternative.of(node).is_none();
    let body = Field::Body.of(node).filter(|_| is_plain)?;
    let (first, commit) = match statements(body)[..] {
        [first] => (first, None),
        [first, second] => (first, Some(second)),
        _ => return None,
    };
    let call = expression(first)?;
    let execution = execution(subject, call)?;
    // The module of the driver is known, so its cursors have `executemany` (PEP 249).
    execution.database.as_ref()?.placeholder.as_ref()?;
    let (positional, keywords) = plain_arguments(call)?;
    let [statement, values] = positional[..] else { return None };
    let is_simple = execution.method == "execute" && keywords.is_empty();
    let word = changing(subject, statement).filter(|_| is_simple)?;
    let (target, rows) = (Field::Left.of(node)?, Field::Right.of(node)?);
    let targets = identifiers(subject, target)?;
    let uses = |node: Node<'a>| names_in(subject, node);
    let receiver = uses(execution.receiver);
    let commits = match commit {
        None => true,
        Some(commit) => {
            let (object, name) = expression(commit).and_then(method)?;
            subject.text(name) == "commit" && names_in(subject, object).is_disjoint(&targets)
        }
    };
    let fits = commits
        && receiver.is_disjoint(&targets)
        && !uses(values).is_disjoint(&targets)
        && matches!(kind(values), Kind::Tuple | Kind::List | Kind::Dictionary | Kind::Identifier)
        && !contains(values, &[Kind::Await, Kind::Yield, Kind::NamedExpression, Kind::ListSplat])
        && !asks_for_each(subject, execution.receiver);
    fits.then_some(())?;
    Some(Loop { target, rows, receiver: execution.receiver, word, statement, values, commit })
}

/// The first word of a constant statement that changes rows and returns none.
fn changing(subject: &Subject<'_>, statement: Node<'_>) -> Option<String> {
    let node = crate::names::node_with(subject.node(), statement.byte_range().into())?;
    let read = read(subject, bare(node)).filter(|read| read.holes.is_empty())?;
    let text: String =
        read.symbols.iter().filter_map(super::sql::statement::Symbol::char).collect();
    let text = text.to_ascii_uppercase();
    let word = text.split_whitespace().next()?;
    let changes = matches!(word, "INSERT" | "UPDATE" | "REPLACE" | "DELETE");
    (changes && !text.contains("RETURNING")).then(|| word.to_owned())
}

type Names<'a> = std::collections::BTreeSet<&'a str>;

fn names_in<'a>(subject: &Subject<'a>, node: Node<'_>) -> Names<'a> {
    let mut found = Names::new();
    walk::until(node, |node| {
        if kind(node) == Kind::Identifier {
            found.insert(subject.text(node));
        }
        false
    });
    found
}

/// The names that the loop binds; nothing when it binds anything else.
fn identifiers<'a>(subject: &Subject<'a>, target: Node<'_>) -> Option<Names<'a>> {
    let mut plain = true;
    walk::until(target, |node| {
        let is_list = matches!(kind(node), Kind::PatternList | Kind::TuplePattern);
        plain &= !node.is_named() || is_list || kind(node) == Kind::Identifier;
        !plain
    });
    plain.then(|| names_in(subject, target))
}

/// True when the function reads what a single `execute` leaves: `lastrowid`, `rowcount`, rows.
fn asks_for_each(subject: &Subject<'_>, receiver: Node<'_>) -> bool {
    let name = subject.text(receiver);
    let around = subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition);
    let around = around.unwrap_or(subject.path()[0]);
    let mut asks = false;
    walk::until(around, |node| {
        asks |= kind(node) == Kind::Attribute
            && Field::Object.of(node).is_some_and(|object| subject.text(object) == name)
            && Field::Attribute
                .of(node)
                .is_some_and(|it| matches!(subject.text(it), "lastrowid" | "rowcount"));
        asks
    });
    asks
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let one = read_loop(subject)?;
    let text = |node: Node<'_>| subject.text(node);
    // A generator reads what it needs while the statement runs, so rows must not be a query of the
    // same cursor.
    let is_same = names_in(subject, one.rows).contains(text(one.receiver));
    (!is_same && kind(one.rows) != Kind::ExpressionList).then_some(())?;
    let rows = if text(one.values) == text(one.target) {
        text(one.rows).to_owned()
    } else {
        format!("({} for {} in {})", text(one.values), text(one.target), text(one.rows))
    };
    let many = format!("{}.executemany({}, {rows})", text(one.receiver), text(one.statement));
    let node = subject.span(subject.node());
    let mut edits = Vec::new();
    match one.commit {
        None => edits.push((node, many)),
        Some(commit) => {
            let indent = super::shared::indentation(subject, subject.node())?;
            let line = super::shared::break_of(subject);
            edits.push((node, format!("{many}{line}{indent}{}", text(commit))));
        }
    }
    let facts = found.facts.clone();
    Some(Plan { fix: "use-executemany", safety: Safety::Review, facts, edits })
}
