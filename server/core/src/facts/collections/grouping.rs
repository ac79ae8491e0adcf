//! Groups that are made by hand in a plain dictionary.

use super::by_hand::{branches, called, is_element, membership, stored};
use crate::subject::Subject;
use crate::syntax::expression::{expression, method, next_statement};
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

/// Values that are put into groups, each made by hand.
pub(crate) struct Grouping<'a> {
    pub dictionary: Node<'a>,
    pub key: Node<'a>,
    /// What makes an empty group: `list` or `set`.
    pub factory: &'static str,
    /// The statement that puts the value into its group.
    pub puts: Node<'a>,
    /// It stands behind the `if`, not in a branch of it.
    pub behind: bool,
}

/// Reads an `if_statement`.
pub(crate) fn grouping<'a>(subject: &Subject<'a>) -> Option<Grouping<'a>> {
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
        Kind::Call if arguments(value).is_empty() => match called(subject, value)?.as_str() {
            "builtins.list" => Some("list"),
            "builtins.set" => Some("set"),
            _ => None,
        },
        _ => None,
    }
}

/// `dictionary[key].append(value)` or its like as a statement: the value.
pub(super) fn put<'a>(
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
pub(super) fn is_single(subject: &Subject<'_>, statement: Node<'_>) -> bool {
    let name = expression(statement).and_then(method).map(|(_, name)| subject.text(name));
    matches!(name, Some("append" | "add"))
}
