//! A file, socket or the like is opened, and no `with` closes it.

use tree_sitter::Node;

use crate::facts::context_managers::{CONTEXT_MANAGER, FILE_FUNCTION};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Plan, Rule};
use crate::scope::{MODULE, ScopeKind};
use crate::subject::Subject;
use crate::syntax::function::statements;
use crate::syntax::{Field, Kind, kind};

use super::code::{callee_name, method, path_in, plain_arguments};
use super::open_with_fix as with_fix;

pub static RULE: Rule = Rule {
    id: "open-without-with",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &["skipped", "at-once"],
    fixes: &["use-with", "use-with-and-close"],
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

/// Methods whose result is data, so that nothing keeps the object behind the call.
const READING: &[&str] =
    &["extractall", "getnames", "namelist", "read", "readline", "readlines", "write", "writelines"];

/// Methods that hand the resource on.
const HANDING_ON: &[&str] = &[
    "__enter__",
    "__iter__",
    "accept",
    "backup",
    "cursor",
    "detach",
    "extractfile",
    "fileno",
    "makefile",
    "open",
];

/// Methods that take over the duty to close their argument.
const TAKING_OVER: &[&str] = &["callback", "closing", "enter_context", "push", "register"];

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
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test || row(subject).is_none() {
        return;
    }
    let Some(open) = open(subject) else { return };
    let Some(callee) = subject.node().child_by_field_name("function") else { return };
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
    let row = subject.row(&CONTEXT_MANAGER, &callee_name(subject, subject.node())?)?;
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

/// True when the call does its work on the open file and leaves it open.
fn is_given(subject: &Subject<'_>, call: Node<'_>, file: Node<'_>) -> bool {
    let row = callee_name(subject, call).and_then(|name| subject.row(&FILE_FUNCTION, &name));
    let place = row.and_then(|row| row.get("argument"));
    let given = plain_arguments(call).map(|(positional, _)| positional).unwrap_or_default();
    place.is_some_and(|place| match place {
        Value::Number(place) => given.get(*place) == Some(&file),
        _ => false,
    })
}

fn named<'a>(subject: &Subject<'a>, assignment: Node<'a>) -> Option<Named<'a>> {
    let (names, item) = (subject.names(), subject.item());
    let name = Field::Left.of(assignment).filter(|left| kind(*left) == Kind::Identifier)?;
    (Field::Right.of(assignment) == Some(subject.node())).then_some(())?;
    let scopes = names.scopes(item)?;
    let binding = scopes.all_bindings().iter().find(|one| one.at == name.byte_range().into())?;
    let is_local = binding.scope != MODULE
        && binding.scope == binding.from
        && scopes.scopes()[binding.scope].kind == ScopeKind::Function;
    is_local.then_some(())?;
    let block = subject.ancestors().find(|node| kind(*node) == Kind::Block)?;
    let (mut uses, mut closes) = (Vec::new(), Vec::new());
    let mut is_kept = false;
    for found in names.uses(crate::names::Bound { item, binding })? {
        (found.item == item && found.reference.scope == binding.scope).then_some(())?;
        let root = names.item(item).tree()?.root_node();
        let path = crate::walk::path_to(root, found.reference.at.start, found.reference.at.end)?;
        match what(subject, &path)? {
            Use::Plain => {}
            Use::Given => is_kept = true,
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
        return (!is_kept && !uses.is_empty()).then_some(Named { name, uses, close: None });
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
    (closed > opened + 1).then_some(Named { name, uses, close: Some(close) })
}

enum Use {
    Plain,
    Given,
    Close,
}

/// What the code at the end of `path` does with the object; nothing when it goes on to others.
fn what(subject: &Subject<'_>, path: &[Node<'_>]) -> Option<Use> {
    let [.., around, parent, name] = path[..] else { return None };
    match kind(parent) {
        Kind::Attribute if Field::Object.of(parent) == Some(name) => {
            let method = subject.text(Field::Attribute.of(parent)?);
            let called = kind(around) == Kind::Call
                && around.child_by_field_name("function") == Some(parent);
            match method {
                "close" => called.then_some(Use::Close),
                // It closes the connection, too (smtplib, ftplib).
                "quit" => None,
                _ if HANDING_ON.contains(&method) => Some(Use::Given),
                _ => Some(if called { Use::Plain } else { Use::Given }),
            }
        }
        Kind::ForStatement | Kind::ForInClause => {
            (Field::Right.of(parent) == Some(name)).then_some(Use::Plain)
        }
        Kind::Argument | Kind::KeywordArgument => {
            let call = path.iter().rev().find(|node| kind(**node) == Kind::Call)?;
            if is_given(subject, *call, name) {
                return Some(Use::Plain);
            }
            let callee = call.child_by_field_name("function")?;
            let last = Field::Attribute.of(callee).unwrap_or(callee);
            (!TAKING_OVER.contains(&subject.text(last))).then_some(Use::Given)
        }
        _ => None,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let Some((open, row)) = open(subject).zip(row(subject)) else { return Vec::new() };
    let plan = match open {
        Open::AtOnce => with_fix::at_once(subject, found),
        Open::Loop(statement) => with_fix::in_loop(subject, statement, found),
        Open::Named(named) => with_fix::named(subject, &named, row, found),
    };
    plan.into_iter().collect()
}

/// The statement around the subject and the path to it.
pub(super) fn statement<'a>(subject: &Subject<'a>) -> Option<(Vec<Node<'a>>, Node<'a>)> {
    let path = path_in(subject, subject.item(), subject.node())?;
    let at =
        path.windows(2).rposition(|pair| matches!(kind(pair[0]), Kind::Block | Kind::Module))?;
    let statement = path[at + 1];
    Some((path, statement))
}

/// The head of the statement that closes what the call opens.
pub(super) fn head(subject: &Subject<'_>, name: &str) -> String {
    format!("with {} as {name}:", one_line(subject, subject.node()))
}
