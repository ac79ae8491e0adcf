//! A container that changes while a loop walks over it.
//!
//! Sources: Library Reference, Built-in Types, Dictionary view objects, and collections, deque
//! objects; Language Reference, The for statement. What sets and lists do is CPython's behaviour.

use super::container::Container;
use super::uses::{Access, Role};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::Bound;
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "changed-iterable",
    doc: "an operation that changes a list, dictionary, set or deque in a `for` over it, unless \
          the loop is left at once; `@target` is the `call` or `subscript`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("raises", SlotKind::Code, "the operation, if it makes the next round raise"),
    Slot::new("may-raise", SlotKind::Code, "the operation, if it does where it adds or removes"),
    Slot::new("skips", SlotKind::Code, "the operation, if the element behind is passed over"),
    Slot::new("may-skip", SlotKind::Code, "the operation, if that depends on the place"),
    Slot::new("grows", SlotKind::Code, "the operation, if the loop also meets what it adds"),
    Slot::new("again", SlotKind::Code, "the operation, if elements may be met twice"),
    Slot::new("ends", SlotKind::Code, "the operation, if the loop finds nothing more after it"),
    Slot::new("container", SlotKind::Code, "the container"),
    Slot::new("type", SlotKind::Code, "its type"),
    Slot::new("loop", SlotKind::Line, "the line of the loop"),
    Slot::new("copy", SlotKind::Code, "what to walk over instead: `list(d.items())`"),
    Slot::new("dict", SlotKind::Flag, "it is a dictionary"),
    Slot::new("list", SlotKind::Flag, "it is a list"),
    Slot::new("guarded", SlotKind::Flag, "it is none, and notices the change"),
];

/// What an operation does to a loop over the container.
#[derive(Clone, Copy, PartialEq)]
enum Effect {
    Raises,
    MayRaise,
    Skips,
    MaySkip,
    Grows,
    Again,
    Ends,
}

impl Effect {
    fn slot(self) -> &'static str {
        match self {
            Self::Raises => "raises",
            Self::MayRaise => "may-raise",
            Self::Skips => "skips",
            Self::MaySkip => "may-skip",
            Self::Grows => "grows",
            Self::Again => "again",
            Self::Ends => "ends",
        }
    }
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let change = Change::of(subject)?;
    if kind(change.object) != Kind::Identifier {
        return None;
    }
    let (at, walked) = loop_over(subject, change.object)?;
    if leaves_at_once(subject, at) {
        return None;
    }
    let container = Container::of(subject, change.object)?;
    let each = Field::Left.of(subject.path()[at])?;
    let effect = match container.key.as_str() {
        "builtins.list" => in_list(subject, &change, each, walked.counted)?,
        // An `OrderedDict` does not notice when its last pair goes.
        "builtins.dict" | "collections.defaultdict" | "collections.Counter" => {
            in_dict(subject, &change, each, walked.view)?
        }
        "builtins.set" => in_set(subject, &change, each)?,
        "collections.deque" => in_deque(subject, &change)?,
        _ => return None,
    };
    let mut facts = Facts::of(SLOTS);
    facts.code(effect.slot(), one_line(subject, change.whole));
    facts.code("container", subject.text(change.object)).code("type", &container.name);
    facts.line("loop", subject.line(subject.path()[at]));
    let is_list = container.key == "builtins.list";
    facts.flag("list", is_list).flag("guarded", !is_list);
    facts.flag("dict", !matches!(&*container.name, "list" | "set" | "deque"));
    if !walked.counted {
        facts.code("copy", format!("list({})", one_line(subject, walked.iterable)));
    }
    Some(facts)
}

/// An operation that changes a container.
struct Change<'a> {
    /// The container.
    object: Node<'a>,
    /// What is shown of it.
    whole: Node<'a>,
    /// The method, or `del` and `=` for subscripts.
    method: &'a str,
    /// Arguments of the method, or the index.
    given: Vec<Node<'a>>,
}

impl<'a> Change<'a> {
    fn of(subject: &Subject<'a>) -> Option<Self> {
        let node = subject.node();
        if kind(node) == Kind::Call {
            let callee = Field::Function.of(node).filter(|it| kind(*it) == Kind::Attribute)?;
            let object = Field::Object.of(callee)?;
            let method = subject.text(Field::Attribute.of(callee)?);
            return Some(Self { object, whole: node, method, given: arguments(node) });
        }
        let Role::Subscript { index, access, .. } = Role::of_subscript(subject.path())? else {
            return None;
        };
        let object = Field::Value.of(node)?;
        let around = subject.ancestors().next()?;
        let (method, whole) = match access {
            Access::Delete if kind(around) == Kind::DeleteStatement => ("del", around),
            Access::Delete => ("del", node),
            Access::Store if kind(around) == Kind::Assignment => ("=", around),
            Access::Store => ("=", node),
            _ => return None,
        };
        Some(Self { object, whole, method, given: vec![index?] })
    }
}

/// What a loop walks over.
struct Walked<'a> {
    /// `d.items()`.
    iterable: Node<'a>,
    /// `enumerate(x)`: the first target is the index.
    counted: bool,
    /// `keys`, `values` or `items`; empty for the container itself.
    view: &'a str,
}

/// Where the `for` around the subject stands in its path that walks over the container, and what it
/// walks over.
fn loop_over<'a>(subject: &Subject<'a>, object: Node<'a>) -> Option<(usize, Walked<'a>)> {
    let names = subject.names();
    let bound = names.binding(subject.item(), object)?;
    let is_it = |node: Node<'_>| {
        let other =
            (kind(node) == Kind::Identifier).then(|| names.binding(subject.item(), node)).flatten();
        other.is_some_and(|other: Bound<'_>| {
            other.item == bound.item && other.binding.at == bound.binding.at
        })
    };
    let path = subject.path();
    for at in (0..path.len() - 1).rev() {
        match kind(path[at]) {
            Kind::FunctionDefinition | Kind::Lambda | Kind::ClassDefinition => return None,
            Kind::ForStatement if Field::Body.of(path[at]) == Some(path[at + 1]) => {
                let iterable = Field::Right.of(path[at])?;
                let is_async = path[at].child(0)?.kind() == "async";
                let made_inside = bound.item == subject.item()
                    && path[at].byte_range().contains(&bound.binding.at.start);
                let Some(walked) = walked(subject, iterable, &is_it) else { continue };
                return (!is_async && !made_inside).then_some((at, walked));
            }
            _ => {}
        }
    }
    None
}

fn walked<'a>(
    subject: &Subject<'a>,
    iterable: Node<'a>,
    is_it: &impl Fn(Node<'_>) -> bool,
) -> Option<Walked<'a>> {
    if is_it(iterable) {
        return Some(Walked { iterable, counted: false, view: "" });
    }
    let callee = Field::Function.of(iterable).filter(|_| kind(iterable) == Kind::Call)?;
    if kind(callee) == Kind::Attribute {
        let view = subject.text(Field::Attribute.of(callee)?);
        let is_view =
            matches!(view, "keys" | "values" | "items") && is_it(Field::Object.of(callee)?);
        return is_view.then_some(Walked { iterable, counted: false, view });
    }
    let name = subject.names().qualified(subject.item(), callee)?;
    let first = *arguments(iterable).first()?;
    (name == "builtins.enumerate" && is_it(first)).then_some(Walked {
        iterable,
        counted: true,
        view: "",
    })
}

/// True when, once the subject has run, the loop at `at` is left before it goes on: a `break`,
/// `return` or `raise` follows in one of the blocks around it.
fn leaves_at_once(subject: &Subject<'_>, at: usize) -> bool {
    let path = subject.path();
    let is_loop =
        |node: &Node<'_>| matches!(kind(*node), Kind::ForStatement | Kind::WhileStatement);
    for place in (at + 1..path.len() - 1).rev() {
        match kind(path[place]) {
            Kind::ReturnStatement | Kind::RaiseStatement => return true,
            Kind::Block => {
                let in_inner_loop = path[at + 1..place].iter().any(is_loop);
                let rest = statements(path[place]);
                let behind = rest.iter().skip_while(|it| **it != path[place + 1]).skip(1);
                for statement in behind {
                    match kind(*statement) {
                        Kind::ReturnStatement | Kind::RaiseStatement => return true,
                        Kind::BreakStatement if !in_inner_loop => return true,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    false
}

/// The `place`th name that the loop binds; the only one at place 0.
fn target<'a>(subject: &Subject<'a>, each: Node<'_>, place: usize) -> Option<&'a str> {
    let node = match kind(each) {
        Kind::Identifier if place == 0 => each,
        Kind::PatternList | Kind::TuplePattern => *statements(each).get(place)?,
        _ => return None,
    };
    (kind(node) == Kind::Identifier).then(|| subject.text(node))
}

fn in_list(
    subject: &Subject<'_>,
    change: &Change<'_>,
    each: Node<'_>,
    counted: bool,
) -> Option<Effect> {
    let element = target(subject, each, usize::from(counted));
    let index = counted.then(|| target(subject, each, 0)).flatten();
    let given = change.given.first().map(|node| subject.text(*node));
    Some(match (change.method, given) {
        ("append" | "extend", Some(_)) => Effect::Grows,
        ("clear", None) => Effect::Ends,
        ("remove", Some(what)) if Some(what) == element => Effect::Skips,
        ("pop" | "del", Some(what)) if Some(what) == index || what == "0" => Effect::Skips,
        ("remove" | "pop" | "del", Some(_)) => Effect::MaySkip,
        ("insert", Some("0")) => Effect::Again,
        ("insert", Some(what)) if Some(what) == index => Effect::Again,
        _ => return None,
    })
}

fn in_dict(
    subject: &Subject<'_>,
    change: &Change<'_>,
    each: Node<'_>,
    view: &str,
) -> Option<Effect> {
    let key = match view {
        "values" => None,
        _ => target(subject, each, 0),
    };
    let given = change.given.first().map(|node| subject.text(*node));
    let is_own = given.is_some() && given == key;
    Some(match (change.method, given) {
        ("del" | "pop", Some(_)) if is_own => Effect::Raises,
        ("del", Some(_)) | ("popitem" | "clear", _) => Effect::Raises,
        ("pop", Some(_)) if change.given.len() == 1 => Effect::Raises,
        ("pop", Some(_)) | ("update", Some(_)) => Effect::MayRaise,
        ("=" | "setdefault", Some(_)) if !is_own => Effect::MayRaise,
        _ => return None,
    })
}

fn in_set(subject: &Subject<'_>, change: &Change<'_>, each: Node<'_>) -> Option<Effect> {
    let element = target(subject, each, 0);
    let given = change.given.first().map(|node| subject.text(*node));
    let is_own = given.is_some() && given == element;
    Some(match (change.method, given) {
        ("remove", Some(_)) | ("pop" | "clear", None) => Effect::Raises,
        ("discard", Some(_)) if is_own => Effect::Raises,
        ("discard" | "update" | "difference_update" | "intersection_update", Some(_)) => {
            Effect::MayRaise
        }
        ("add", Some(_)) if !is_own => Effect::MayRaise,
        _ => return None,
    })
}

fn in_deque(subject: &Subject<'_>, change: &Change<'_>) -> Option<Effect> {
    let given = change.given.len();
    let is_slice = change.given.first().is_some_and(|node| subject.text(*node).contains(':'));
    Some(match (change.method, given) {
        ("append" | "appendleft" | "remove" | "insert", 1..) => Effect::Raises,
        ("pop" | "popleft" | "clear", 0) => Effect::Raises,
        ("del", 1) if !is_slice => Effect::Raises,
        ("extend" | "extendleft", 1) => Effect::MayRaise,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
