//! `counter.value += 1` on a `multiprocessing.Value`, without its lock.
//!
//! Source: Library Reference, multiprocessing, Shared ctypes Objects: operations like `+=` which
//! involve a read and write are not atomic.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::concurrency::{Around, Model, callee, name_of, starts};
use crate::facts::context_managers::items;
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::names::{Bound, Names};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Definition, Value};
use crate::walk;

use super::code::{mentions, method};
use super::edit::unit;
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "shared-value-race",
    kinds: &[Kind::AugmentedAssignment],
    slots: SLOTS,
    cases: &[],
    fixes: &["hold-lock"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("statement", SlotKind::Code, "the statement"),
    Slot::new("value", SlotKind::Code, "the shared value"),
    Slot::new("function", SlotKind::Code, "the function that processes run"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let has_processes = || mentions(subject, &["multiprocessing", "mp", "Process"]);
    if subject.settings().is_test || !has_processes() {
        return;
    }
    let Some((object, function, _)) = race(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("statement", one_line(subject, subject.node()));
    facts.code("value", one_line(subject, object));
    facts.code("function", name_of(subject.names(), function));
    let at = subject.node().byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// The shared object that the subject changes, the function around, and the call that made it.
fn race<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Definition<'a>, Value<'a>)> {
    let left = Field::Left.of(subject.node())?;
    let (object, maker) = match kind(left) {
        Kind::Attribute if subject.text(Field::Attribute.of(left)?) == "value" => {
            (Field::Object.of(left)?, "multiprocessing.Value")
        }
        Kind::Subscript => (Field::Value.of(left)?, "multiprocessing.Array"),
        _ => return None,
    };
    (kind(object) == Kind::Identifier).then_some(())?;
    let Around::Function(node) = Around::of(subject.path()) else { return None };
    let function = Definition { item: subject.item(), node };
    if is_careful(subject, node) {
        return None;
    }
    let names = subject.names();
    let made = value::of(names, subject.item(), object)
        .or_else(|| handed_over(names, function, object))
        .filter(|made| made.made_by() == Some(maker))?;
    let text = names.item(made.item).text();
    let lock = Arguments::of(made.call()?, text).keyword("lock");
    if lock.is_some_and(|lock| kind(lock) != Kind::True) {
        return None;
    }
    let starts = starts(subject, function);
    let mut processes = starts.iter().filter(|start| start.model == Model::Process);
    let overlap = processes.clone().any(|start| start.repeated) || processes.nth(1).is_some();
    overlap.then_some((object, function, made))
}

/// True when a lock of any kind may be held.
fn is_careful(subject: &Subject<'_>, function: Node<'_>) -> bool {
    let in_with = subject
        .ancestors()
        .take_while(|node| *node != function)
        .any(|node| kind(node) == Kind::WithStatement);
    in_with || subject.text(function).contains("acquire")
}

/// The value that `multiprocessing.Process(target=function, args=(…))` gives to the parameter.
fn handed_over<'a>(
    names: Names<'a>,
    function: Definition<'a>,
    object: Node<'a>,
) -> Option<Value<'a>> {
    let text = names.item(function.item).text();
    let bound = names.binding(function.item, object)?;
    (bound.binding.kind == BindingKind::Parameter).then_some(())?;
    let all = parameters(function.node)?;
    let name = &text[object.byte_range()];
    let place = all.iter().position(|one| &text[one.name.byte_range()] == name)?;
    let scopes = names.scopes(function.item)?;
    let binding = scopes.definition(function.node.byte_range().into())?;
    for used in names.uses(Bound { item: function.item, binding })? {
        let root = names.item(used.item).tree()?.root_node();
        let at = used.reference.at;
        let path = walk::path_to(root, at.start, at.end)?;
        let call = path.iter().rev().find(|node| kind(**node) == Kind::Call);
        let Some(call) = call.copied() else { continue };
        if callee(names, used.item, call).as_deref() != Some("multiprocessing.Process") {
            continue;
        }
        let arguments = Arguments::of(call, names.item(used.item).text());
        let given = arguments.keyword("args").filter(|args| kind(*args) == Kind::Tuple)?;
        return value::of(names, used.item, *statements(given).get(place)?);
    }
    None
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (object, function, _) = race(subject)?;
    let statement = subject.ancestors().next()?;
    let indent = indentation(subject, statement)?;
    let is_whole_line = subject.text(statement) == subject.text(subject.node())
        && !subject.text(statement).contains(['\n', '\r']);
    is_whole_line.then_some(())?;
    let step = unit(subject, function.node)?;
    let head =
        format!("with {}.get_lock():{}{indent}{step}", subject.text(object), break_of(subject));
    let edits = vec![(Span::empty(subject.span(statement).start), head)];
    Some(Plan { fix: "hold-lock", safety: Safety::Safe, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse =
    Inverse { rule: &RULE, kinds: &[Kind::WithStatement], edits: without_lock };

fn without_lock(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let with = subject.node();
    let [only] = &items(with)?[..] else { return None };
    let (_, name) = method(only.expression)?;
    let [statement] = statements(Field::Body.of(with)?)[..] else { return None };
    let is_it = subject.text(name) == "get_lock"
        && kind(statement.named_child(0)?) == Kind::AugmentedAssignment;
    is_it.then(|| vec![(subject.span(with), subject.text(statement).to_owned())])
}
