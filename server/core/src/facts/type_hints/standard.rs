//! Types of the standard library by name: deprecated aliases, abstract classes, `Callable`, `tuple`.
//!
//! Sources: Library Reference, typing, Deprecated aliases, `Callable` and `Tuple`; collections.abc;
//! PEP 585; typing specification, Tuples.

use super::super::decoration::qualified;
use super::super::source_text::one_line;
use super::super::tables::Table;
use super::super::{Facts, Provider, Slot, SlotKind};
use super::annotation::{IMPORTS, LATER, MODERN, TARGET, inner, respell, subscripted};
use super::spelling::instead;
use crate::subject::Subject;
use crate::syntax::{Kind, Node, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "standard-type",
    doc: "the name of a type with a row in `typing-alias` or `abstract-type`; `@target` is the \
          `identifier` or `attribute`",
    slots: SLOTS,
    run,
};

pub static ABSTRACT: Table = Table {
    name: "abstract-type",
    doc: "abstract classes that annotations name",
    columns: &[
        Slot::new("accepts", SlotKind::Text, "what belongs to it: `anything that …`"),
        Slot::new("lacks", SlotKind::Text, "what code that gets one cannot count on"),
        Slot::new("rather", SlotKind::Text, "when to take another type"),
    ],
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name as it is written"),
    Slot::new("alias", SlotKind::Code, "the same, if it is a deprecated alias"),
    Slot::new("instead", SlotKind::Code, "the dotted name of what it is an alias of"),
    Slot::new("whole", SlotKind::Code, "the type with its brackets"),
    MODERN,
    TARGET,
    LATER,
    IMPORTS,
    Slot::new("accepts", SlotKind::Text, "what belongs to it, from the table"),
    Slot::new("lacks", SlotKind::Text, "what one cannot count on, from the table"),
    Slot::new("rather", SlotKind::Text, "when to take another type, from the table"),
    Slot::new("abstract", SlotKind::Flag, "there is a row in `abstract-type`"),
    Slot::new("aliased", SlotKind::Flag, "it is a deprecated alias"),
    Slot::new("fixed", SlotKind::Flag, "it is a tuple with brackets"),
    Slot::new("bare", SlotKind::Code, "what it means without brackets"),
    Slot::new("called", SlotKind::Code, "what `Callable` says of a call: `f(int, str)`"),
    Slot::new("any-arguments", SlotKind::Flag, "`Callable[..., X]`"),
    Slot::new("gives", SlotKind::Code, "what such a call gives"),
    Slot::new("no-list", SlotKind::Code, "an argument type of `Callable` that is in no list"),
    Slot::new("length", SlotKind::Number, "how many elements the tuple has"),
    Slot::new("elements", SlotKind::Codes, "their types"),
    Slot::new("any-length", SlotKind::Code, "the type of all elements of a tuple of any length"),
    Slot::new("yields", SlotKind::Code, "what a `Generator` yields"),
    Slot::new("sent", SlotKind::Code, "what its `yield` receives"),
    Slot::new("returned", SlotKind::Code, "what its `return` gives"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let name = qualified(subject.names(), subject.item(), node)?;
    let around = subject.ancestors().find(|node| kind(*node) != Kind::ParenthesizedExpression)?;
    if kind(around) == Kind::Attribute && kind(node) == Kind::Identifier {
        return None;
    }
    let parts = subscripted(around).filter(|parts| parts.base == node);
    let instead = instead(subject, &name);
    let real = instead.as_deref().unwrap_or(&name);
    let in_annotation = subject.ancestors().any(|node| kind(node) == Kind::Type);

    let mut facts = Facts::of(SLOTS);
    facts.code("name", one_line(subject, node));
    if let Some(instead) = &instead {
        facts.code("alias", one_line(subject, node)).code("instead", instead);
    }
    let whole = if parts.is_some() { around } else { node };
    if parts.is_some() {
        facts.code("whole", one_line(subject, around));
    }
    if instead.is_some() {
        respell(subject, whole, &mut facts);
    }
    let row = subject.row(&ABSTRACT, real).filter(|_| in_annotation);
    for column in ["accepts", "lacks", "rather"] {
        if let Some(value) = row.and_then(|row| row.get(column)) {
            facts.set(column, value.clone());
        }
    }
    facts.flag("abstract", row.is_some()).flag("aliased", instead.is_some());
    let is_told = match (real, &parts) {
        ("collections.abc.Callable", Some(parts)) => {
            callable(subject, &parts.arguments, &mut facts)
        }
        ("collections.abc.Generator", Some(parts)) => {
            if let [yields, sent, returned] = parts.arguments[..] {
                facts.code("yields", one_line(subject, yields));
                facts.code("sent", one_line(subject, sent));
                facts.code("returned", one_line(subject, returned));
            }
            true
        }
        ("builtins.tuple" | "tuple", Some(parts)) => tuple(subject, &parts.arguments, &mut facts),
        (_, None) if in_annotation => bare(real, &mut facts),
        _ => false,
    };
    (instead.is_some() || row.is_some() || is_told).then_some(facts)
}

fn callable(subject: &Subject<'_>, arguments: &[Node<'_>], facts: &mut Facts) -> bool {
    let [list, result] = arguments else { return false };
    facts.code("gives", one_line(subject, *result));
    match kind(inner(*list)) {
        Kind::Ellipsis => drop(facts.flag("any-arguments", true)),
        Kind::List => {
            let types: Vec<_> =
                statements(inner(*list)).iter().map(|node| one_line(subject, *node)).collect();
            facts.code("called", format!("f({})", types.join(", ")));
        }
        _ => {
            let name = qualified(subject.names(), subject.item(), inner(*list));
            // A `ParamSpec` or `Concatenate` may stand there, a class may not.
            if name.is_some_and(|name| name.starts_with("builtins.")) {
                facts.code("no-list", one_line(subject, *list));
            }
        }
    }
    true
}

fn tuple(subject: &Subject<'_>, arguments: &[Node<'_>], facts: &mut Facts) -> bool {
    let is_starred = |node: &&Node<'_>| matches!(kind(**node), Kind::SplatType | Kind::ListSplat);
    facts.flag("fixed", true);
    match arguments {
        _ if arguments.iter().any(|node| is_starred(&node)) => return false,
        [only] if kind(inner(*only)) == Kind::Tuple => {
            if !statements(inner(*only)).is_empty() {
                return false;
            }
            facts.number("length", 0);
        }
        [element, more] if kind(inner(*more)) == Kind::Ellipsis => {
            facts.code("any-length", one_line(subject, *element));
        }
        _ => {
            let types = arguments.iter().map(|node| one_line(subject, *node));
            facts.number("length", arguments.len()).codes("elements", types);
        }
    }
    true
}

/// A generic class without brackets is one of `Any` (PEP 484, The `Any` type).
fn bare(name: &str, facts: &mut Facts) -> bool {
    let means = match name.strip_prefix("builtins.").unwrap_or(name) {
        "list" => "list[Any]",
        "dict" => "dict[Any, Any]",
        "set" => "set[Any]",
        "frozenset" => "frozenset[Any]",
        "tuple" => "tuple[Any, ...]",
        "type" => "type[Any]",
        "collections.abc.Callable" => "Callable[..., Any]",
        "collections.abc.Iterable" => "Iterable[Any]",
        "collections.abc.Iterator" => "Iterator[Any]",
        "collections.abc.Sequence" => "Sequence[Any]",
        "collections.abc.Mapping" => "Mapping[Any, Any]",
        "collections.deque" => "deque[Any]",
        "collections.defaultdict" => "defaultdict[Any, Any]",
        _ => return false,
    };
    facts.code("bare", means);
    true
}

#[cfg(test)]
mod tests;
