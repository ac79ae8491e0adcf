//! `collections.namedtuple(…)`.
//!
//! Source: Library Reference, collections, namedtuple(); field names are identifiers, no keywords,
//! start with no underscore and differ from each other.

use super::made::Made;
use crate::facts::environments::plain_string;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "namedtuple",
    doc: "A call of `collections.namedtuple` whose field names are written out; `@target` is the \
          `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the class, as its `repr` shows it"),
    Slot::new("fields", SlotKind::Codes, "its fields, in their order"),
    Slot::new("count", SlotKind::Number, "how many fields there are"),
    Slot::new("optional", SlotKind::Codes, "the fields with a default value"),
    Slot::new("variable", SlotKind::Code, "the variable, if it has another name than the class"),
    Slot::new("failing", SlotKind::Code, "the call, if it raises because of a field's name"),
    Slot::new("bad", SlotKind::Codes, "the names that are not allowed"),
];

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let made = Made::of(subject, "collections.namedtuple")?;
    let arguments = &made.arguments;
    // `rename=True` gives bad names another one.
    if arguments.spread || arguments.keyword("rename").is_some() {
        return None;
    }
    let name = plain_string(subject, arguments.get(0, "typename")?)?;
    let fields = fields(subject, arguments.get(1, "field_names")?)?;
    let mut facts = Facts::of(SLOTS);
    let bad: Vec<&str> = fields
        .iter()
        .enumerate()
        .filter(|(at, field)| !is_allowed(field) || fields[..*at].contains(field))
        .map(|(_, field)| *field)
        .collect();
    if !bad.is_empty() {
        facts.code("failing", one_line(subject, subject.node())).codes("bad", bad);
        return Some(facts);
    }
    facts.code("name", name).number("count", fields.len());
    facts.codes("fields", fields.iter().copied());
    if let Some(defaults) = arguments.keyword("defaults").and_then(written_out) {
        let first = fields.len().checked_sub(defaults)?;
        facts.codes("optional", fields[first..].iter().copied());
    }
    let assignment = subject.ancestors().next().filter(|node| kind(*node) == Kind::Assignment);
    let left = assignment.and_then(|node| Field::Left.of(node));
    if let Some(left) = left.filter(|left| kind(*left) == Kind::Identifier) {
        let variable = subject.text(left);
        if variable != name {
            facts.code("variable", variable);
        }
    }
    Some(facts)
}

/// The field names, in one string or in a list of strings.
fn fields<'a>(subject: &Subject<'a>, node: Node<'_>) -> Option<Vec<&'a str>> {
    if let Some(text) = plain_string(subject, node) {
        let is_gap = |char: char| char == ',' || char.is_whitespace();
        return Some(text.split(is_gap).filter(|name| !name.is_empty()).collect());
    }
    matches!(kind(node), Kind::List | Kind::Tuple).then_some(())?;
    statements(node).into_iter().map(|part| plain_string(subject, part)).collect()
}

fn is_allowed(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(char::is_alphabetic)
        && chars.all(|char| char.is_alphanumeric() || char == '_')
        && !KEYWORDS.contains(&name)
}

/// How many elements a list or tuple writes out.
fn written_out(node: Node<'_>) -> Option<usize> {
    let parts = statements(node);
    let is_plain = matches!(kind(node), Kind::List | Kind::Tuple)
        && parts.iter().all(|part| kind(*part) != Kind::ListSplat);
    is_plain.then_some(parts.len())
}

#[cfg(test)]
mod tests;
