//! A loop groups values in a plain dictionary, and makes each group by hand.

use tree_sitter::Node;

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, kind};

use super::code::{callee_name, method};
use super::dict_loop::{
    branches, empty_dictionary, expression, is_element, membership, next_statement, span_in, stored,
};
use super::typing_name_unimported::is_builtin_at;

pub static RULE: Rule = Rule {
    id: "dict-grouping",
    kinds: &[Kind::IfStatement],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-defaultdict"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("dictionary", SlotKind::Code, "the dictionary"),
    Slot::new("key", SlotKind::Code, "the key of the group"),
    Slot::new("factory", SlotKind::Code, "what makes an empty group: `list` or `set`"),
];

struct Grouping<'a> {
    dictionary: Node<'a>,
    key: Node<'a>,
    factory: &'static str,
    /// The statement that puts the value into its group.
    puts: Node<'a>,
    /// It stands behind the `if`, not in a branch of it.
    behind: bool,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(grouping) = grouping(subject) else { return };
    if empty_dictionary(subject, grouping.dictionary).is_none() {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts
        .code("dictionary", subject.text(grouping.dictionary))
        .code("key", subject.text(grouping.key))
        .code("factory", grouping.factory);
    let at = Field::Condition.of(subject.node()).unwrap_or(subject.node());
    found.push(Found { at: at.byte_range().into(), case: None, facts, related: Vec::new() });
}

fn grouping<'a>(subject: &Subject<'a>) -> Option<Grouping<'a>> {
    let node = subject.node();
    let test = membership(Field::Condition.of(node)?)?;
    let (dictionary, key) = (subject.text(test.dictionary), subject.text(test.key));
    let (first, otherwise) = branches(node)?;
    let value = |statement| stored(subject, statement, dictionary, key);
    let grouping = |factory, puts, behind| Grouping {
        dictionary: test.dictionary,
        key: test.key,
        factory,
        puts,
        behind,
    };
    match (test.negated, otherwise) {
        (true, None) => {
            let factory = empty(subject, value(first)?)?;
            let puts = next_statement(node)?;
            put(subject, puts, dictionary, key, factory)?;
            Some(grouping(factory, puts, true))
        }
        (negated, Some(second)) => {
            let (absent, present) = if negated { (first, second) } else { (second, first) };
            let start = value(absent)?;
            let factory = match kind(start) {
                Kind::List => "list",
                Kind::Set => "set",
                _ => return None,
            };
            let [only] = statements(start)[..] else { return None };
            let given = put(subject, present, dictionary, key, factory)?;
            (subject.text(only) == subject.text(given)).then_some(())?;
            is_single(subject, present).then(|| grouping(factory, present, false))
        }
        _ => None,
    }
}

/// What makes such an empty group.
fn empty(subject: &Subject<'_>, value: Node<'_>) -> Option<&'static str> {
    match kind(value) {
        Kind::List if statements(value).is_empty() => Some("list"),
        Kind::Call if arguments(value).is_empty() => match callee_name(subject, value)?.as_str() {
            "builtins.list" => Some("list"),
            "builtins.set" => Some("set"),
            _ => None,
        },
        _ => None,
    }
}

/// `dictionary[key].append(value)` or its like as a statement: the value.
fn put<'a>(
    subject: &Subject<'a>,
    statement: Node<'a>,
    dictionary: &str,
    key: &str,
    factory: &str,
) -> Option<Node<'a>> {
    let call = expression(statement)?;
    let (object, name) = method(call)?;
    let [value] = arguments(call)[..] else { return None };
    let fits = match factory {
        "list" => matches!(subject.text(name), "append" | "extend"),
        _ => matches!(subject.text(name), "add" | "update"),
    };
    (fits && is_element(subject, object, dictionary, key)).then_some(value)
}

/// True for `append` and `add`, which take one value.
fn is_single(subject: &Subject<'_>, statement: Node<'_>) -> bool {
    let name = expression(statement).and_then(method).map(|(_, name)| subject.text(name));
    matches!(name, Some("append" | "add"))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let grouping = grouping(subject)?;
    let (bound, value) = empty_dictionary(subject, grouping.dictionary)?;
    is_builtin_at(subject, subject.node(), grouping.factory).then_some(())?;
    let import = imported_name(subject, subject.node(), "collections", "defaultdict")?;
    let new = format!("{}({})", import.expression, grouping.factory);
    let (start, puts) = (subject.span(subject.node()), subject.span(grouping.puts));
    let edit = if grouping.behind {
        (Span::new(start.start, puts.start), String::new())
    } else {
        (start, subject.text(grouping.puts).to_owned())
    };
    let mut edits = vec![(span_in(subject, bound, value), new), edit];
    edits.extend(import.edit);
    let facts = found.facts.clone();
    Some(Plan { fix: "use-defaultdict", safety: Safety::Review, facts, edits })
}
