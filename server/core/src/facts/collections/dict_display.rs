//! Dictionaries that are written out, with a key twice, and dictionaries put together.
//!
//! Sources: Language Reference, Dictionary displays; PEP 448; PEP 584.

use rustc_hash::FxHashMap;

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};
use crate::value::{self, Builtin};

pub static DUPLICATES: Provider = Provider {
    name: "duplicate-key",
    doc: "a dictionary display in which a key stands twice; `@target` is the `dictionary`, or the \
          `pair` in it with such a key",
    slots: DUPLICATE_SLOTS,
    run: duplicates,
};

static DUPLICATE_SLOTS: &[Slot] = &[
    Slot::new("keys", SlotKind::Records(KEYS), "keys that stand there twice or more, at most two"),
    Slot::new("more", SlotKind::Number, "how many other keys do"),
    Slot::new("dropped", SlotKind::Lines, "the lines of the values that are dropped"),
];

static KEYS: &[Slot] = &[
    Slot::new("key", SlotKind::Code, "the key"),
    Slot::new("count", SlotKind::Number, "how many times"),
    Slot::new("lines", SlotKind::Lines, "its lines"),
    Slot::new("value", SlotKind::Code, "the value that it has in the end"),
];

/// More than these are counted, not shown.
const MAX_KEYS: usize = 2;

fn duplicates(subject: &Subject<'_>) -> Option<Facts> {
    let display = display(subject)?;
    let asked = match kind(subject.node()) {
        Kind::Pair => Some(Key::of(subject, Field::Key.of(subject.node())?)?),
        _ => None,
    };
    let mut places: FxHashMap<Key, Vec<Node<'_>>> = FxHashMap::default();
    let mut order = Vec::new();
    for (constant, part) in constant_keys(subject, display, asked.as_ref()) {
        let found = places.entry(constant.clone()).or_default();
        found.push(part);
        if found.len() == 2 {
            order.push(constant);
        }
    }
    if let Some(asked) = asked {
        order.retain(|other| *other == asked);
    }
    let mut records = Vec::new();
    let mut dropped = Vec::new();
    for key in &order {
        let pairs = &places[key];
        let (last, others) = pairs.split_last()?;
        dropped.extend(others.iter().map(|pair| subject.line(*pair)));
        if records.len() < MAX_KEYS {
            let mut record = Facts::of(KEYS);
            let mut lines: Vec<_> = pairs.iter().map(|pair| subject.line(*pair)).collect();
            lines.dedup();
            record.code("key", one_line(subject, Field::Key.of(*last)?));
            record.number("count", pairs.len()).set("lines", Value::Lines(lines));
            record.code("value", one_line(subject, Field::Value.of(*last)?));
            records.push(record);
        }
    }
    let more = order.len().saturating_sub(MAX_KEYS);
    let mut facts = Facts::of(DUPLICATE_SLOTS);
    dropped.sort_unstable();
    dropped.dedup();
    (!records.is_empty()).then_some(())?;
    facts.records("keys", records).set("dropped", Value::Lines(dropped));
    if more > 0 {
        facts.number("more", more);
    }
    Some(facts)
}

/// The dictionary display that the subject is, or a part of which it is.
fn display<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let node = match kind(subject.node()) {
        Kind::Pair | Kind::DictionarySplat => subject.ancestors().next()?,
        _ => subject.node(),
    };
    (kind(node) == Kind::Dictionary).then_some(node)
}

/// In a display with more names than these as keys, only those are resolved that are written twice:
/// two names of one object are rare there, and to resolve thousands takes long.
const MAX_NAMES: usize = 100;

/// The keys that can be told equal, with their pairs; of those that surely differ from `asked` not
/// all.
fn constant_keys<'a>(
    subject: &Subject<'a>,
    display: Node<'a>,
    asked: Option<&Key>,
) -> Vec<(Key, Node<'a>)> {
    let is_name = |key: Node<'_>| matches!(kind(key), Kind::Identifier | Kind::Attribute);
    let pairs = statements(display).into_iter().filter(|part| kind(*part) == Kind::Pair);
    let pairs: Vec<_> = pairs.filter_map(|pair| Some((Field::Key.of(pair)?, pair))).collect();
    let mut names: FxHashMap<&str, usize> = FxHashMap::default();
    for (key, _) in pairs.iter().filter(|(key, _)| is_name(*key)) {
        *names.entry(subject.text(*key)).or_default() += 1;
    }
    let is_wanted = |key: Node<'_>| {
        let text = subject.text(key);
        let is_asked = match asked {
            Some(Key::Text(asked) | Key::Number(asked)) => text.contains(asked.as_str()),
            Some(Key::Name(_)) => is_name(key),
            None => true,
        };
        is_asked && (!is_name(key) || names.len() <= MAX_NAMES || names[text] > 1)
    };
    let wanted = pairs.into_iter().filter(|(key, _)| is_wanted(*key));
    wanted.filter_map(|(key, pair)| Some((Key::of(subject, key)?, pair))).collect()
}

/// A key that can be told equal to another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// A string without escapes, by its text.
    Text(String),
    /// A decimal integer, by its digits.
    Number(String),
    /// A name that is bound once, or a dotted name.
    Name(String),
}

impl Key {
    fn of(subject: &Subject<'_>, node: Node<'_>) -> Option<Self> {
        let text = subject.text(node);
        match kind(node) {
            Kind::String => {
                let parts = statements(node);
                let [start, .., end] = parts[..] else { return None };
                let is_plain = kind(start) == Kind::StringStart
                    && !subject.text(start).contains(['b', 'B', 'f', 'F', 't', 'T'])
                    && !text.contains('\\')
                    && parts.len() <= 3;
                let inner = &subject.item_text()[start.end_byte()..end.start_byte()];
                is_plain.then(|| Self::Text(inner.to_owned()))
            }
            Kind::Integer => {
                let plain = text.bytes().all(|byte| byte.is_ascii_digit());
                plain.then(|| Self::Number(text.to_owned()))
            }
            Kind::Identifier | Kind::Attribute => {
                let names = subject.names();
                let is_fixed = match kind(node) {
                    Kind::Identifier => names.binding(subject.item(), node).is_some(),
                    _ => false,
                };
                let qualified = names.qualified(subject.item(), node);
                match qualified {
                    Some(name) => Some(Self::Name(name)),
                    None => is_fixed.then(|| Self::Name(text.to_owned())),
                }
            }
            _ => None,
        }
    }
}

pub static MERGE: Provider = Provider {
    name: "dict-merge",
    doc: "a dictionary display with `**`, or `|` between dictionaries; `@target` is the \
          `dictionary`, a `dictionary_splat` in it, or the `binary_operator`",
    slots: MERGE_SLOTS,
    run: merge,
};

static MERGE_SLOTS: &[Slot] = &[
    Slot::new("merged", SlotKind::Flag, "there is more than one part"),
    Slot::new("copied", SlotKind::Code, "what is copied, if it is the only part"),
    Slot::new("maps", SlotKind::Codes, "the dictionaries among the parts that have a name"),
    Slot::new("last", SlotKind::Code, "the last part, if it is a dictionary: its values win"),
    Slot::new("over", SlotKind::Codes, "keys behind the last `**`: their values win"),
    Slot::new("under", SlotKind::Codes, "keys in front of the first `**`"),
    Slot::new("first-map", SlotKind::Code, "what stands behind the first `**`"),
    Slot::new("union", SlotKind::Code, "the same with `|`, if all parts are dictionaries"),
];

fn merge(subject: &Subject<'_>) -> Option<Facts> {
    let mut facts = Facts::of(MERGE_SLOTS);
    let node = subject.node();
    if kind(node) == Kind::BinaryOperator {
        let maps = operands(subject)?;
        facts.flag("merged", true);
        facts.code("last", one_line(subject, *maps.last()?));
        facts.codes("maps", named(subject, &maps));
        return Some(facts);
    }
    let parts = statements(display(subject)?);
    let is_splat = |part: &&Node<'_>| kind(**part) == Kind::DictionarySplat;
    let maps: Vec<_> =
        parts.iter().filter(is_splat).filter_map(|part| part.named_child(0)).collect();
    let (first, last) = (*maps.first()?, *maps.last()?);
    let texts: Vec<_> = maps.iter().map(|map| one_line(subject, *map)).collect();
    let keys = |part: &Node<'_>| Field::Key.of(*part).map(|key| one_line(subject, key));
    let over: Vec<_> = parts.iter().rev().take_while(|part| !is_splat(part)).collect();
    let under: Vec<_> = parts.iter().take_while(|part| !is_splat(part)).collect();
    if parts.len() == 1 {
        facts.code("copied", one_line(subject, first));
        return Some(facts);
    }
    facts.flag("merged", true);
    facts.codes("over", over.iter().rev().filter_map(|part| keys(part)));
    if !under.is_empty() {
        facts.codes("under", under.iter().filter_map(|part| keys(part)));
        facts.code("first-map", one_line(subject, first));
    }
    if over.is_empty() {
        facts.code("last", one_line(subject, last));
    }
    let is_operand = |map: &Node<'_>| {
        matches!(kind(*map), Kind::Identifier | Kind::Attribute | Kind::Subscript | Kind::Call)
    };
    let is_dict = |map: &Node<'_>| {
        let found = value::of(subject.names(), subject.item(), *map);
        found.is_some_and(|value| value.is(Builtin::Dict))
    };
    if maps.len() == parts.len() && maps.iter().all(|map| is_operand(map) && is_dict(map)) {
        facts.code("union", texts.join(" | "));
    }
    facts.codes("maps", named(subject, &maps));
    Some(facts)
}

/// Those that a name or attribute stands for.
fn named(subject: &Subject<'_>, maps: &[Node<'_>]) -> Vec<String> {
    let has_name = |map: &&Node<'_>| matches!(kind(**map), Kind::Identifier | Kind::Attribute);
    maps.iter().filter(has_name).map(|map| one_line(subject, *map)).collect()
}

/// More operands are not looked at.
const MAX_OPERANDS: usize = 20;

/// The operands of `a | b | c`, if each is a dictionary. Nothing for a part of a longer chain.
fn operands<'a>(subject: &Subject<'a>) -> Option<Vec<Node<'a>>> {
    let is_union = |node: Node<'_>| {
        kind(node) == Kind::BinaryOperator
            && Field::Operator.of(node).is_some_and(|sign| sign.kind() == "|")
    };
    let mut node = subject.node();
    let mut found = Vec::new();
    while is_union(node) && found.len() < MAX_OPERANDS {
        found.push(Field::Right.of(node)?);
        node = Field::Left.of(node)?;
    }
    found.push(node);
    found.reverse();
    let is_dict = |node: &Node<'a>| {
        let value = value::of(subject.names(), subject.item(), *node);
        value.is_some_and(|value| value.is(Builtin::Dict))
    };
    (found.len() > 1 && found.iter().all(is_dict)).then_some(found)
}

#[cfg(test)]
mod tests;
