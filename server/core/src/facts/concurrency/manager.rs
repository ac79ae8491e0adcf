//! `multiprocessing.Manager()` and the dictionaries and lists that it makes.
//!
//! Source: Library Reference, multiprocessing, Managers and Proxy Objects: a change inside an item
//! of a proxy is not seen, unless the item is a proxy or is assigned again.

use super::code::{callee, short};
use super::held::{Held, Place, sorted};
use super::passed::places;
use crate::builtins::CHANGING_METHODS;
use crate::facts::context_managers::items;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Names;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "manager",
    doc: "a call of `multiprocessing.Manager`, or of `dict` or `list` of what it returns; \
          `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("manager", SlotKind::Code, "the call that starts the manager"),
    Slot::new("made", SlotKind::Lines, "where the manager makes dictionaries and lists"),
    Slot::new("proxy", SlotKind::Code, "the call that makes a dictionary or list"),
    Slot::new("kind", SlotKind::Words(KINDS), "which of the two"),
    Slot::new("name", SlotKind::Code, "the name of the proxy"),
    Slot::new("nested", SlotKind::Lines, "statements that change an item in place"),
    Slot::new("updates", SlotKind::Lines, "`+=` on an item, with no `with` around"),
];

static KINDS: &[&str] = &["dictionary", "list"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let (names, item, call) = (subject.names(), subject.item(), subject.node());
    let mut facts = Facts::of(SLOTS);
    let of = match callee(names, item, call)?.as_str() {
        "multiprocessing.Manager" => {
            facts.code("manager", short(names, item, call)?);
            if let Some(held) = Held::of(subject) {
                facts.set("made", Value::Lines(held.calls(subject, &["dict", "list"])));
            }
            return Some(facts);
        }
        "multiprocessing.Manager.dict" => "dictionary",
        "multiprocessing.Manager.list" => "list",
        _ => return None,
    };
    facts.code("proxy", short(names, item, call)?).word("kind", of);
    let Some(held) = Held::of(subject) else { return Some(facts) };
    facts.code("name", held.name.as_str());
    let (mut nested, mut updates) = (Vec::new(), Vec::new());
    for place in places(subject, &held) {
        match change(names, &place) {
            Some(Change::Inside) => nested.push(place.line(subject)),
            Some(Change::Update) => updates.push(place.line(subject)),
            None => {}
        }
    }
    facts.set("nested", Value::Lines(sorted(nested.into_iter())));
    facts.set("updates", Value::Lines(sorted(updates.into_iter())));
    Some(facts)
}

enum Change {
    /// `d[k].append(x)`, `d[k][i] = x`, `d[k].x = y`.
    Inside,
    /// `d[k] += x`.
    Update,
}

fn change(names: Names<'_>, place: &Place<'_>) -> Option<Change> {
    let [.., statement, outer, subscript, node] = place.path[..] else { return None };
    let is_item = kind(subscript) == Kind::Subscript && Field::Value.of(subscript) == Some(node);
    is_item.then_some(())?;
    let text = names.item(place.item).text();
    if kind(outer) == Kind::AugmentedAssignment && Field::Left.of(outer) == Some(subscript) {
        return (!may_be_locked(place, text)).then_some(Change::Update);
    }
    let is_target = |part: Node<'_>| {
        matches!(kind(statement), Kind::Assignment | Kind::AugmentedAssignment)
            && Field::Left.of(statement) == Some(part)
    };
    match kind(outer) {
        Kind::Subscript => (Field::Value.of(outer) == Some(subscript) && is_target(outer))
            .then_some(Change::Inside),
        Kind::Attribute => {
            let name = &text[Field::Attribute.of(outer)?.byte_range()];
            let is_call = kind(statement) == Kind::Call
                && Field::Function.of(statement) == Some(outer)
                && CHANGING_METHODS.contains(&name);
            (is_call || is_target(outer)).then_some(Change::Inside)
        }
        _ => None,
    }
}

/// True when a `with` of the function, other than the manager's own, may hold a lock.
fn may_be_locked(place: &Place<'_>, text: &str) -> bool {
    let mut around = place
        .path
        .iter()
        .rev()
        .take_while(|node| !matches!(kind(**node), Kind::FunctionDefinition | Kind::Lambda));
    around.any(|node| {
        kind(*node) == Kind::WithStatement
            && items(*node).is_none_or(|all| {
                all.iter().any(|item| !text[item.expression.byte_range()].contains("Manager("))
            })
    })
}

#[cfg(test)]
mod tests;
