//! Groups of `itertools.groupby` that are kept, and empty by the time they are read.
//!
//! Source: Library Reference, itertools, `groupby()`: when the iterator advances, the previous group
//! is no longer visible.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Inverse, Plan, Rule};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

use super::code::{bare, callee_name, method};

pub static RULE: Rule = Rule {
    id: "groupby-group-reuse",
    kinds: &[
        Kind::ForStatement,
        Kind::Call,
        Kind::ListComprehension,
        Kind::DictionaryComprehension,
    ],
    slots: SLOTS,
    cases: &["all"],
    fixes: &["make-list"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("group", SlotKind::Code, "the name of the group"),
    Slot::new("kept", SlotKind::Code, "what keeps it"),
    Slot::new("consumer", SlotKind::Code, "what reads all groups: `list`"),
    Slot::new("list", SlotKind::Code, "the list of the group: `list(group)`"),
];

const CONSUMERS: &[&str] =
    &["builtins.dict", "builtins.list", "builtins.sorted", "builtins.tuple", "collections.deque"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let node = subject.node();
    if kind(node) == Kind::Call {
        let Some(name) = subject.callee().filter(|name| CONSUMERS.contains(&&**name)) else {
            return;
        };
        let all = arguments(node);
        let Some(first) = all.first().copied() else { return };
        let is_direct = kind(bare(first)) == Kind::Call && is_groupby(subject, bare(first));
        if !is_direct || name == "builtins.sorted" && all.len() > 1 {
            return;
        }
        let mut facts = Facts::of(SLOTS);
        if let Some(callee) = Field::Function.of(node) {
            facts.code("consumer", one_line(subject, callee));
        }
        let at = node.byte_range().into();
        found.push(Found { at, case: Some("all"), facts, related: Vec::new() });
        return;
    }
    for (use_of, kept) in kept(subject) {
        let group = subject.text(use_of);
        let mut facts = Facts::of(SLOTS);
        facts.code("group", group).code("kept", one_line(subject, kept));
        facts.code("list", format!("list({group})"));
        found.push(Found {
            at: use_of.byte_range().into(),
            case: None,
            facts,
            related: Vec::new(),
        });
    }
}

fn is_groupby(subject: &Subject<'_>, node: Node<'_>) -> bool {
    callee_name(subject, node).as_deref() == Some("itertools.groupby")
}

/// Uses of the group that keep it as it is, each with what keeps it.
fn kept<'a>(subject: &Subject<'a>) -> Vec<(Node<'a>, Node<'a>)> {
    let node = subject.node();
    let mut found = Vec::new();
    if kind(node) == Kind::ForStatement {
        let Some(group) = group(subject, node) else { return found };
        let Some(body) = Field::Body.of(node) else { return found };
        each_use(subject, body, group, |path| {
            let [.., around, parent, name] = path[..] else { return };
            found.extend(keeper(subject, around, parent, name).map(|kept| (name, kept)));
        });
        return found;
    }
    let parts = statements(node);
    let Some(clause) = parts.iter().find(|part| kind(**part) == Kind::ForInClause) else {
        return found;
    };
    let (Some(group), Some(element)) = (group(subject, *clause), parts.first().copied()) else {
        return found;
    };
    let values = match kind(element) {
        Kind::Pair => Field::Value.of(element).into_iter().collect(),
        Kind::Tuple => statements(element),
        _ => vec![element],
    };
    let is_it =
        |value: &Node<'a>| kind(*value) == Kind::Identifier && subject.text(*value) == group;
    found.extend(values.into_iter().filter(is_it).map(|value| (value, node)));
    found
}

/// The second name of the target of a loop over `groupby(…)`.
fn group<'a>(subject: &Subject<'a>, clause: Node<'a>) -> Option<&'a str> {
    let right = bare(Field::Right.of(clause)?);
    is_groupby(subject, right).then_some(())?;
    let [_, group] = statements(Field::Left.of(clause)?)[..] else { return None };
    (kind(group) == Kind::Identifier).then(|| subject.text(group))
}

/// Calls `visit` with the path to each identifier of that name which runs with the body.
fn each_use<'a>(
    subject: &Subject<'a>,
    body: Node<'a>,
    name: &str,
    mut visit: impl FnMut(Vec<Node<'a>>),
) {
    let (mut found, mut is_bound) = (Vec::new(), false);
    walk::until(body, |node| {
        if kind(node) == Kind::Identifier && subject.text(node) == name {
            found.push(node);
        }
        let target = match kind(node) {
            Kind::Assignment => Field::Left.of(node),
            _ => None,
        };
        is_bound |= target.is_some_and(|left| subject.text(left) == name);
        matches!(kind(node), Kind::FunctionDefinition | Kind::ClassDefinition | Kind::Lambda)
    });
    if is_bound {
        return;
    }
    for node in found {
        if let Some(path) = walk::path_to(body, node.start_byte(), node.end_byte()) {
            visit(path);
        }
    }
}

/// What keeps the group: an assignment to a subscript or attribute, or a call of `append`.
fn keeper<'a>(
    subject: &Subject<'a>,
    around: Node<'a>,
    parent: Node<'a>,
    name: Node<'a>,
) -> Option<Node<'a>> {
    match kind(parent) {
        Kind::Assignment => {
            let left = Field::Left.of(parent)?;
            let is_stored = matches!(kind(left), Kind::Subscript | Kind::Attribute);
            (is_stored && Field::Right.of(parent) == Some(name)).then_some(parent)
        }
        Kind::Argument => {
            let (_, method) = method(around)?;
            let adds = matches!(subject.text(method), "append" | "add" | "appendleft");
            (adds && statements(parent).len() == 1).then_some(around)
        }
        _ => None,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let (group, _) =
        kept(subject).into_iter().find(|(group, _)| found.at == group.byte_range().into())?;
    let names = subject.names();
    let is_free = !names.is_hidden_at(subject.item(), group.start_byte(), "list")
        && names.module_bindings("list").is_empty();
    is_free.then_some(())?;
    let edits = vec![(subject.span(group), format!("list({})", subject.text(group)))];
    Some(Plan { fix: "make-list", safety: Safety::Review, facts: found.facts.clone(), edits })
}

pub static INVERSE: Inverse = Inverse { rule: &RULE, kinds: &[Kind::Call], edits: without_list };

fn without_list(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let [only] = arguments(subject.node())[..] else { return None };
    let is_list = kind(only) == Kind::Identifier && subject.callee()? == "builtins.list";
    let is_group = |it: Node<'_>| {
        let clauses = statements(it).into_iter().filter(|one| kind(*one) == Kind::ForInClause);
        clauses.chain([it]).any(|one| group(subject, one) == Some(subject.text(only)))
    };
    let is_it = is_list && subject.ancestors().any(is_group);
    is_it.then(|| vec![(subject.span(subject.node()), subject.text(only).to_owned())])
}
