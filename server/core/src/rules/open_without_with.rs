//! A file, socket or the like is opened, and no `with` closes it.

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Plan, Rule};
use crate::scope::{MODULE, ScopeKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, expression::expression, function::statements, kind};

use super::code::{callee_name, method};
use super::open_use::{READING, Use, is_given, what};
use super::open_with_fix as with_fix;

pub static RULE: Rule = Rule {
    id: "open-without-with",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["skipped", "at-once"],
    fixes: &["use-with", "use-with-early", "use-with-at-once", "use-with-and-close"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "what is called"),
    Slot::new("name", SlotKind::Code, "the name of what it returns"),
    Slot::new("line", SlotKind::Line, "the line of the `close()`"),
    Slot::new("with", SlotKind::Code, "the head of the statement that closes it"),
];

/// Something open.
pub(super) enum Open<'a> {
    /// `open(…).read()` and `json.load(open(…))`.
    AtOnce,
    /// `for line in open(…):`, the statement.
    Loop(Node<'a>),
    /// `f = open(…)`.
    Named(Named<'a>),
}

/// `f = open(…)`, which no `with` and no `finally` closes.
pub(super) struct Named<'a> {
    pub name: Node<'a>,
    /// Where it is used, as paths from the item's root.
    pub uses: Vec<Vec<Node<'a>>>,
    /// The statement `f.close()` in the same block, if there is one.
    pub close: Option<Node<'a>>,
    /// It is closed in one place at most.
    pub closed_once: bool,
    /// All uses are over when their statement is: nothing that hangs on the object is left.
    pub is_done: bool,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test || row(subject).is_none() {
        return;
    }
    let Some(open) = open(subject) else { return };
    let Some(callee) = subject.node().child_in(Field::Function) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("call", subject.text(callee));
    let case = match &open {
        Open::AtOnce | Open::Loop(_) => Some("at-once"),
        Open::Named(named) => {
            facts.code("name", subject.text(named.name));
            named.close.map(|close| {
                facts.line("line", subject.line(close));
                "skipped"
            })
        }
    };
    found.push(Found { at: callee.byte_range().into(), case, facts, related: Vec::new() });
}

/// What is known about what the subject, a call, opens.
pub(super) fn row<'a>(subject: &Subject<'a>) -> Option<&'a Facts> {
    let row = subject.resource(&callee_name(subject, subject.node())?)?;
    let closes = |value: &Value| *value == Value::Code("close".to_owned());
    row.get("release").is_some_and(closes).then_some(row)
}

pub(super) fn open<'a>(subject: &Subject<'a>) -> Option<Open<'a>> {
    let call = subject.node();
    let mut around = subject.ancestors();
    let parent = around.next()?;
    match kind(parent) {
        Kind::Attribute => {
            let outer = around.next().filter(|outer| kind(*outer) == Kind::Call)?;
            let (object, name) = method(outer)?;
            (object == call && READING.contains(&subject.text(name))).then_some(Open::AtOnce)
        }
        Kind::ForStatement => (Field::Right.of(parent) == Some(call)).then_some(Open::Loop(parent)),
        Kind::Argument => {
            let outer = around.next().filter(|outer| kind(*outer) == Kind::Call)?;
            is_given(subject, outer, call).then_some(Open::AtOnce)
        }
        Kind::Assignment => named(subject, parent).map(Open::Named),
        _ => None,
    }
}

fn named<'a>(subject: &Subject<'a>, assignment: Node<'a>) -> Option<Named<'a>> {
    let (names, item) = (subject.names(), subject.item());
    let name = Field::Left.of(assignment).filter(|left| kind(*left) == Kind::Identifier)?;
    (Field::Right.of(assignment) == Some(subject.node())).then_some(())?;
    let scopes = names.scopes(item)?;
    let binding = scopes.binding_at(name.byte_range().into())?;
    let is_local = binding.scope != MODULE
        && binding.scope == binding.from
        && scopes.scopes()[binding.scope].kind == ScopeKind::Function;
    is_local.then_some(())?;
    let block = subject.ancestors().find(|node| kind(*node) == Kind::Block)?;
    let (mut uses, mut closes) = (Vec::new(), Vec::new());
    let (mut is_kept, mut is_done) = (false, true);
    for found in names.uses(crate::names::Bound { item, binding })? {
        (found.item == item && found.reference.scope == binding.scope).then_some(())?;
        let root = names.item(item).tree()?.root_node();
        let path = crate::walk::path_to(root, found.reference.at.start, found.reference.at.end)?;
        match what(subject, &path)? {
            Use::Done => {}
            Use::Asked => is_done = false,
            Use::Given => (is_kept, is_done) = (true, false),
            Use::Close => closes.push(path.clone()),
        }
        uses.push(path);
    }
    let is_way_out =
        |node: &Node<'_>| matches!(kind(*node), Kind::FinallyClause | Kind::ExceptClause);
    if closes.iter().flatten().any(is_way_out) {
        return None;
    }
    if closes.is_empty() {
        let named = Named { name, uses, close: None, closed_once: true, is_done };
        return (!is_kept && !named.uses.is_empty()).then_some(named);
    }
    let all = statements(block);
    let opened = all.iter().position(|one| one.byte_range().contains(&name.start_byte()))?;
    let mut close = closes.iter().filter_map(|path| {
        let at = path.iter().position(|node| *node == block)?;
        let statement = *path.get(at + 1)?;
        (kind(statement) == Kind::ExpressionStatement).then_some(statement)
    });
    let close = close.next_back()?;
    let closed = all.iter().position(|one| *one == close)?;
    let closed_once = closes.len() == 1;
    let named = Named { name, uses, close: Some(close), closed_once, is_done };
    let between = &all[opened + 1..closed.max(opened + 1)];
    (!between.iter().all(|one| only_number(subject, *one, name))).then_some(named)
}

/// True for `number = f.fileno()`, which cannot fail right behind the opening.
fn only_number(subject: &Subject<'_>, statement: Node<'_>, file: Node<'_>) -> bool {
    let value = expression(statement).and_then(|it| Field::Right.of(it));
    value.and_then(method).is_some_and(|(object, name)| {
        subject.text(object) == subject.text(file) && subject.text(name) == "fileno"
    })
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let Some((open, row)) = open(subject).zip(row(subject)) else { return Vec::new() };
    // Whether `with` closes it is not always known.
    let closes = row.get("closes").is_some();
    let plan = match open {
        Open::AtOnce | Open::Loop(_) if !closes => None,
        Open::AtOnce => with_fix::at_once(subject, found),
        Open::Loop(statement) => with_fix::in_loop(subject, statement, found),
        Open::Named(named) => with_fix::named(subject, &named, row, found),
    };
    plan.into_iter().collect()
}

/// The head of the statement that closes what the call opens.
pub(super) fn head(subject: &Subject<'_>, name: &str) -> String {
    format!("with {} as {name}:", one_line(subject, subject.node()))
}
