//! A loop takes from the front of a list, or puts there.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule, imported_name};
use crate::names::Bound;
use crate::scope::{BindingKind, MODULE, ScopeKind};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::method;

pub static RULE: Rule = Rule {
    id: "list-as-queue",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-deque"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] =
    &[Slot::new("call", SlotKind::Code, "the call"), Slot::new("list", SlotKind::Code, "the list")];

/// Methods that lists and deques have alike.
const SHARED: &[&str] = &["append", "clear", "count", "extend", "remove"];

/// Functions that do with a deque what they do with a list.
const READERS: &[&str] = &[
    "builtins.all",
    "builtins.any",
    "builtins.bool",
    "builtins.len",
    "builtins.max",
    "builtins.min",
    "builtins.set",
    "builtins.sorted",
    "builtins.sum",
];

/// What a use of the list must become.
enum Use {
    Same,
    PopLeft,
    AppendLeft,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let call = subject.node();
    // Most methods are called something else.
    let name = method(call).map(|(_, name)| subject.text(name));
    if !matches!(name, Some("pop" | "insert")) {
        return;
    }
    if !matches!(front(subject.item_text(), call), Some(Use::PopLeft | Use::AppendLeft)) {
        return;
    }
    let Some((object, _)) = method(call) else { return };
    if kind(object) != Kind::Identifier || list(subject, object).is_none() {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts
        .code("call", crate::facts::source_text::one_line(subject, call))
        .code("list", subject.text(object));
    let at = call.byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

/// `x.pop(0)` or `x.insert(0, …)`, or another method call.
fn front(text: &str, call: Node<'_>) -> Option<Use> {
    let (_, name) = method(call)?;
    let given = arguments(call);
    let words: Vec<_> = given.iter().map(|node| &text[node.byte_range()]).collect();
    match (&text[name.byte_range()], &words[..]) {
        ("pop", ["0"]) => Some(Use::PopLeft),
        ("pop", []) => Some(Use::Same),
        ("insert", ["0", value]) if !value.starts_with('*') => Some(Use::AppendLeft),
        (name, _) if SHARED.contains(&name) => Some(Use::Same),
        _ => None,
    }
}

/// A list that could as well be a deque: where it is made, and each use that must change.
struct List<'a> {
    bound: Bound<'a>,
    value: Node<'a>,
    calls: Vec<(usize, Node<'a>, Use)>,
}

fn list<'a>(subject: &Subject<'a>, name: Node<'a>) -> Option<List<'a>> {
    let names = subject.names();
    let bound = names.binding(subject.item(), name)?;
    let plain =
        bound.binding.kind == BindingKind::Assignment && bound.binding.from == bound.binding.scope;
    let assignment = names.node(bound).filter(|_| plain)?;
    let alone =
        Field::Left.of(assignment).is_some_and(|it| bound.binding.at == it.byte_range().into());
    let value = Field::Right.of(assignment).filter(|_| alone)?;
    let is_list = match kind(value) {
        Kind::List | Kind::ListComprehension => true,
        Kind::Call => {
            let callee = Field::Function.of(value)?;
            names.qualified(bound.item, callee).as_deref() == Some("builtins.list")
        }
        _ => false,
    };
    (is_list && repeats(subject, bound)).then_some(())?;
    let scopes = names.scopes(bound.item)?;
    let mut calls = Vec::new();
    for found in names.uses(bound)? {
        let scope = &names.scopes(found.item)?.scopes()[found.reference.scope];
        let own = found.reference.scope == bound.binding.scope
            && (bound.binding.scope == MODULE || found.item == bound.item)
            || scope.kind == ScopeKind::Comprehension;
        own.then_some(())?;
        let root = names.item(found.item).tree()?.root_node();
        let at = found.reference.at;
        let path = walk::path_to(root, at.start, at.end)?;
        match what(subject, found.item, &path)? {
            Use::Same => {}
            other => calls.push((found.item, path[path.len() - 3], other)),
        }
    }
    // A module's variable may be used by others.
    (scopes.scopes()[bound.binding.scope].kind == ScopeKind::Function
        || bound.binding.scope == MODULE)
        .then_some(List { bound, value, calls })
}

/// True when the subject runs again and again for one list.
fn repeats(subject: &Subject<'_>, bound: Bound<'_>) -> bool {
    for pair in subject.path().windows(2).rev() {
        let (parent, child) = (pair[0], pair[1]);
        match kind(parent) {
            Kind::ForStatement | Kind::WhileStatement if Field::Body.of(parent) == Some(child) => {
                let inside = bound.item == subject.item()
                    && parent.byte_range().contains(&bound.binding.at.start);
                return !inside;
            }
            Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition => return false,
            _ => {}
        }
    }
    false
}

/// What the use at the end of `path` must become; nothing for one that needs a list.
fn what(subject: &Subject<'_>, item: usize, path: &[Node<'_>]) -> Option<Use> {
    let [.., around, parent, name] = path[..] else { return None };
    let names = subject.names();
    let text = names.item(item).text();
    let same = |holds: bool| holds.then_some(Use::Same);
    match kind(parent) {
        Kind::Attribute => {
            let called = Field::Function.of(around) == Some(parent);
            if called { front(text, around) } else { None }
        }
        Kind::Argument => {
            let callee = Field::Function.of(around)?;
            let reads =
                names.qualified(item, callee).is_some_and(|name| READERS.contains(&name.as_str()));
            same(reads)
        }
        Kind::WhileStatement | Kind::IfStatement | Kind::ElifClause => {
            same(Field::Condition.of(parent) == Some(name))
        }
        Kind::NotOperator => Some(Use::Same),
        Kind::BooleanOperator => same(
            matches!(kind(around), Kind::WhileStatement | Kind::IfStatement | Kind::ElifClause)
                && Field::Condition.of(around) == Some(parent),
        ),
        Kind::Subscript => {
            let index = Field::Subscript.of(parent).map(|index| &text[index.byte_range()]);
            same(Field::Value.of(parent) == Some(name) && matches!(index, Some("0" | "-1")))
        }
        Kind::ForStatement => {
            // A deque refuses to change while a loop walks over it.
            let mut changes = false;
            walk::until(Field::Body.of(parent)?, |node| {
                changes |= kind(node) == Kind::Identifier
                    && text[node.byte_range()] == text[name.byte_range()];
                changes
            });
            same(Field::Right.of(parent) == Some(name) && !changes)
        }
        Kind::ForInClause => same(Field::Right.of(parent) == Some(name)),
        Kind::ComparisonOperator => {
            let operator = Field::Operators.of(parent)?.kind();
            let [_, right] = statements(parent)[..] else { return None };
            same(right == name && matches!(operator, "in" | "not in"))
        }
        _ => None,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (object, _) = method(subject.node())?;
    let list = list(subject, object)?;
    let import = imported_name(subject, subject.node(), "collections", "deque")?;
    let document = subject.document();
    let span = |item: usize, node: Node<'_>| {
        Span::from(node.byte_range()).shifted(document.start_of(item))
    };
    let text = subject.names().item(list.bound.item).text();
    let inner = match kind(list.value) {
        Kind::List if statements(list.value).is_empty() => "",
        Kind::Call => {
            let arguments = Field::Arguments.of(list.value)?;
            text[arguments.byte_range()].strip_prefix('(')?.strip_suffix(')')?
        }
        _ => &text[list.value.byte_range()],
    };
    let new = format!("{}({inner})", import.expression);
    let mut edits = vec![(span(list.bound.item, list.value), new)];
    for (item, call, change) in &list.calls {
        let (_, name) = method(*call)?;
        let arguments = span(*item, Field::Arguments.of(*call)?);
        match change {
            Use::PopLeft => {
                let all = Span::new(span(*item, name).start, arguments.end);
                edits.push((all, "popleft()".to_owned()));
            }
            Use::AppendLeft => {
                let value = span(*item, *self::arguments(*call).get(1)?);
                let head = Span::new(span(*item, name).start, value.start);
                edits.push((head, "appendleft(".to_owned()));
            }
            Use::Same => {}
        }
    }
    edits.extend(import.edit);
    let safety = if list.bound.binding.scope == MODULE { Safety::Review } else { Safety::Safe };
    Some(Plan { fix: "use-deque", safety, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Assignment], edits: with_list };

/// A list in place of a deque, and what takes from its front.
fn with_list(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let (names, item) = (subject.names(), subject.item());
    let (left, right) = (Field::Left.of(subject.node())?, Field::Right.of(subject.node())?);
    let callee = Field::Function.of(right).filter(|_| kind(right) == Kind::Call)?;
    (names.qualified(item, callee)? == "collections.deque").then_some(())?;
    let made = match arguments(right)[..] {
        [] => "[]".to_owned(),
        [only] if kind(only) == Kind::List => subject.text(only).to_owned(),
        [only] if matches!(kind(only), Kind::Identifier | Kind::Attribute | Kind::Call) => {
            format!("list({})", subject.text(only))
        }
        _ => return None,
    };
    let scopes = names.scopes(item)?;
    let binding = scopes.binding_at(left.byte_range().into())?;
    let mut edits = vec![(subject.span(right), made)];
    for found in names.uses(Bound { item, binding })? {
        (found.item == item).then_some(())?;
        let at = found.reference.at;
        let path = walk::path_to(names.item(item).tree()?.root_node(), at.start, at.end)?;
        let Some(call) = path.len().checked_sub(3).map(|at| path[at]) else { continue };
        let Some((_, name)) = method(call) else { continue };
        let (start, end) = (subject.span(name).start, subject.span(call).end);
        match (subject.text(name), &arguments(call)[..]) {
            ("popleft", []) => edits.push((Span::new(start, end), "pop(0)".to_owned())),
            ("appendleft", [value]) => {
                let head = Span::new(start, subject.span(*value).start);
                edits.push((head, "insert(0, ".to_owned()));
            }
            _ => {}
        }
    }
    edits.sort();
    (edits.len() > 1).then_some(edits)
}
