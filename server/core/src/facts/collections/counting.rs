//! Counts that are kept by hand in a plain dictionary.

use super::by_hand::{branches, is_element, membership, stored};
use crate::subject::Subject;
use crate::syntax::expression::{expression, is_quiet, method, next_statement};
use crate::syntax::{Field, Kind, Node, function::arguments, kind};

/// Counting one key.
pub(crate) struct Count<'a> {
    pub dictionary: Node<'a>,
    pub key: Node<'a>,
    /// What the increment takes the place of.
    pub from: Node<'a>,
    /// The statement behind it that is an increment already.
    pub kept: Option<Node<'a>>,
}

/// Reads an `if_statement` or `assignment`.
pub(crate) fn count<'a>(subject: &Subject<'a>) -> Option<Count<'a>> {
    match kind(subject.node()) {
        Kind::IfStatement => by_membership(subject),
        _ => by_get(subject),
    }
}

fn by_membership<'a>(subject: &Subject<'a>) -> Option<Count<'a>> {
    let node = subject.node();
    let test = membership(Field::Condition.of(node)?)?;
    let (dictionary, key) = (subject.text(test.dictionary), subject.text(test.key));
    let is_stored = |statement: Node<'a>, number: &str| {
        stored(subject, statement, dictionary, key)
            .is_some_and(|value| subject.text(value) == number)
    };
    let (first, otherwise) = branches(node)?;
    let count = |kept| Count { dictionary: test.dictionary, key: test.key, from: node, kept };
    match (test.negated, otherwise) {
        (true, None) => {
            let next = next_statement(node)?;
            let counts = is_stored(first, "0") && is_increment(subject, next, dictionary, key);
            counts.then(|| count(Some(next)))
        }
        (negated, Some(second)) => {
            let (absent, present) = if negated { (first, second) } else { (second, first) };
            let counts = is_stored(absent, "1") && is_increment(subject, present, dictionary, key);
            counts.then(|| count(None))
        }
        _ => None,
    }
}

/// True for `dictionary[key] += 1`, and for the same in full.
pub(super) fn is_increment(
    subject: &Subject<'_>,
    statement: Node<'_>,
    dictionary: &str,
    key: &str,
) -> bool {
    let Some(node) = expression(statement) else { return false };
    let (Some(left), Some(right)) = (Field::Left.of(node), Field::Right.of(node)) else {
        return false;
    };
    is_element(subject, left, dictionary, key)
        && match kind(node) {
            Kind::AugmentedAssignment => {
                let operator = Field::Operator.of(node);
                operator.is_some_and(|it| it.kind() == "+=") && subject.text(right) == "1"
            }
            Kind::Assignment => plus_one(subject, right)
                .is_some_and(|value| is_element(subject, value, dictionary, key)),
            _ => false,
        }
}

/// The other operand of `… + 1` or `1 + …`.
fn plus_one<'a>(subject: &Subject<'a>, node: Node<'a>) -> Option<Node<'a>> {
    let adds = Field::Operator.of(node).is_some_and(|it| it.kind() == "+");
    let (left, right) = (Field::Left.of(node)?, Field::Right.of(node)?);
    (kind(node) == Kind::BinaryOperator && adds).then_some(())?;
    match (subject.text(left), subject.text(right)) {
        (_, "1") => Some(left),
        ("1", _) => Some(right),
        _ => None,
    }
}

/// `dictionary[key] = dictionary.get(key, 0) + 1`.
fn by_get<'a>(subject: &Subject<'a>) -> Option<Count<'a>> {
    let node = subject.node();
    let statement = subject.ancestors().next()?;
    let element = Field::Left.of(node).filter(|left| kind(*left) == Kind::Subscript)?;
    let dictionary = Field::Value.of(element).filter(|it| kind(*it) == Kind::Identifier)?;
    let key = Field::Subscript.of(element)?;
    stored(subject, statement, subject.text(dictionary), subject.text(key))?;
    let call = plus_one(subject, Field::Right.of(node)?)?;
    let (object, name) = method(call)?;
    let [given, zero] = arguments(call)[..] else { return None };
    let same = subject.text(object) == subject.text(dictionary)
        && subject.text(name) == "get"
        && subject.text(given) == subject.text(key)
        && subject.text(zero) == "0"
        && is_quiet(key);
    same.then_some(Count { dictionary, key, from: statement, kept: None })
}
