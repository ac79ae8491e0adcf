//! A list that is cut back to a fixed length after each `append`.
//!
//! Source: Library Reference, collections, deque objects: `maxlen`.

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::names::Receiver;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};
use crate::value::{self, Builtin};
use crate::walk;

use super::code::{callee_name, contains, method};

pub static RULE: Rule = Rule {
    id: "bounded-list",
    kinds: &[Kind::IfStatement, Kind::WhileStatement],
    slots: SLOTS,
    cases: &[],
    fixes: &[],
    related: &[],
    check,
    fix: |_, _| Vec::new(),
};

static SLOTS: &[Slot] = &[
    Slot::new("list", SlotKind::Code, "the list"),
    Slot::new("limit", SlotKind::Code, "how long it may get"),
    Slot::new("cut", SlotKind::Code, "the statement that makes it shorter"),
];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some((list, limit)) = limited(subject) else { return };
    let Some(body) = Field::Consequence.of(subject.node()).or(Field::Body.of(subject.node()))
    else {
        return;
    };
    let [cut] = statements(body)[..] else { return };
    if !is_cut(subject, cut, list)
        || !follows_append(subject, list)
        || !is_list(subject, list)
        || needs_list(subject, list, cut)
    {
        return;
    }
    let mut facts = Facts::of(SLOTS);
    facts.code("list", subject.text(list)).code("limit", one_line(subject, limit));
    facts.code("cut", one_line(subject, cut));
    found.push(Found { at: cut.byte_range().into(), case: None, facts, related: Vec::new() });
}

/// `list` and `limit` in `len(list) > limit`, where the limit is a number or a constant.
fn limited<'a>(subject: &Subject<'a>) -> Option<(Node<'a>, Node<'a>)> {
    let condition = Field::Condition.of(subject.node())?;
    (kind(condition) == Kind::ComparisonOperator).then_some(())?;
    let [length, limit] = statements(condition)[..] else { return None };
    (Field::Operators.of(condition)?.kind() == ">").then_some(())?;
    (callee_name(subject, length)? == "builtins.len").then_some(())?;
    let [list] = arguments(length)[..] else { return None };
    let text = subject.text(limit);
    let last = text.rsplit('.').next().unwrap_or(text);
    let is_constant = match kind(limit) {
        Kind::Integer => true,
        Kind::Identifier | Kind::Attribute => {
            !last.is_empty()
                && last.chars().all(|it| it.is_ascii_uppercase() || "_0123456789".contains(it))
        }
        _ => false,
    };
    let has_else = statements(subject.node())
        .iter()
        .any(|it| matches!(kind(*it), Kind::ElseClause | Kind::ElifClause));
    (is_constant && !has_else).then_some((list, limit))
}

/// `list.pop(0)`, `del list[0]` or `del list[:-limit]`.
fn is_cut(subject: &Subject<'_>, statement: Node<'_>, list: Node<'_>) -> bool {
    let name = subject.text(list);
    if kind(statement) == Kind::DeleteStatement {
        let text: String = one_line(subject, statement).split_whitespace().collect();
        return text == format!("del{name}[0]") || text.starts_with(&format!("del{name}[:-"));
    }
    let call = expression(statement).and_then(|call| Some((method(call)?, arguments(call))));
    call.is_some_and(|((object, word), given)| {
        let is_first = matches!(given[..], [only] if subject.text(only) == "0");
        subject.text(object) == name && subject.text(word) == "pop" && is_first
    })
}

/// True when the statement before appends to the list.
fn follows_append(subject: &Subject<'_>, list: Node<'_>) -> bool {
    let mut before = subject.node().prev_named_sibling();
    while before.is_some_and(|node| node.is_extra()) {
        before = before.and_then(|node| node.prev_named_sibling());
    }
    let call = before.and_then(expression).and_then(method);
    call.is_some_and(|(object, word)| {
        subject.text(object) == subject.text(list) && subject.text(word) == "append"
    })
}

/// True for a list of a function or of the instance, which is made in one place.
fn is_list<'a>(subject: &Subject<'a>, list: Node<'a>) -> bool {
    let value = value::of(subject.names(), subject.item(), list);
    value.is_some_and(|value| value.is(Builtin::List))
}

/// True when the function or class around does with the list what a deque does not do, or gives it
/// away.
fn needs_list(subject: &Subject<'_>, list: Node<'_>, cut: Node<'_>) -> bool {
    let names = subject.names();
    let owner = match kind(list) {
        Kind::Attribute => Field::Object.of(list).and_then(|object| {
            match names.receiver(subject.item(), object)? {
                Receiver::Instance(class) => Some(class),
                _ => None,
            }
        }),
        _ => subject.ancestors().find(|node| kind(*node) == Kind::FunctionDefinition),
    };
    let Some(owner) = owner else { return true };
    let name = subject.text(list);
    let mut needs = false;
    walk::until(owner, |node| {
        if node == cut {
            return true;
        }
        let is_it = |part: Option<Node<'_>>| part.is_some_and(|part| subject.text(part) == name);
        needs |= match kind(node) {
            Kind::Subscript => is_it(Field::Value.of(node)) && contains(node, &[Kind::Slice]),
            Kind::Attribute => {
                is_it(Field::Object.of(node))
                    && !Field::Attribute.of(node).is_some_and(|word| {
                        matches!(
                            subject.text(word),
                            "append" | "clear" | "count" | "extend" | "pop" | "remove" | "reverse"
                        )
                    })
            }
            Kind::BinaryOperator => is_it(Field::Left.of(node)) || is_it(Field::Right.of(node)),
            Kind::ReturnStatement | Kind::Yield | Kind::Pair | Kind::KeywordArgument => {
                statements(node).iter().any(|part| is_it(Some(*part)))
            }
            Kind::Argument => {
                let callee = node.prev_named_sibling().map(|callee| subject.text(callee));
                let reads = matches!(
                    callee,
                    Some(
                        "len"
                            | "sum"
                            | "min"
                            | "max"
                            | "any"
                            | "all"
                            | "sorted"
                            | "list"
                            | "tuple"
                            | "set"
                    )
                );
                !reads && statements(node).iter().any(|part| is_it(Some(*part)))
            }
            Kind::Assignment => is_it(Field::Right.of(node)),
            _ => false,
        };
        needs
    });
    needs
}
