//! `r[0]` of a tuple that a function of the file returns.
//!
//! Source: Library Reference, collections, `namedtuple`.

use crate::facts::source_text::{one_line, one_line_in};
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{returned, returns, statements};
use crate::syntax::{Field, Kind, Node, expression::bare, flow::never_ends, kind};
use crate::value::{self, Definition, Object};

pub static PROVIDER: Provider = Provider {
    name: "tuple-place",
    doc: "a subscript with a number of what a function of the file returns, if that is always a \
          tuple of the same length; `@target` is the `subscript`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("subscript", SlotKind::Code, "the subscript, if there is such a place"),
    Slot::new("failing", SlotKind::Code, "the subscript, if there is none"),
    Slot::new("element", SlotKind::Code, "what the function returns in that place"),
    Slot::new("count", SlotKind::Number, "how many elements the tuple has"),
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("line", SlotKind::Line, "the line of its first `return`"),
    Slot::new("unpacked", SlotKind::Code, "the names that the `return` has for all places"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (object, index) = (Field::Value.of(node)?, Field::Subscript.of(node)?);
    let object = crate::names::node_with(subject.path()[0], object.byte_range().into())?;
    let found = value::of(subject.names(), subject.item(), object)?;
    let Object::Returned(function) = found.object else { return None };
    let tuples = tuples(function)?;
    let first = tuples.first()?;
    let count = first.len();
    let text = subject.text(index);
    let place = match (kind(index), text.strip_prefix('-')) {
        (Kind::Integer, _) => text.parse::<usize>().ok()?,
        (Kind::UnaryOperator, Some(digits)) => {
            // Before the first place there is none: too large a number.
            count.checked_sub(digits.trim().parse::<usize>().ok()?).unwrap_or(usize::MAX)
        }
        _ => return None,
    };
    let names = subject.names();
    let source = names.item(function.item).text();
    let mut facts = Facts::of(SLOTS);
    facts.number("count", count);
    facts.code("function", &source[Field::Name.of(function.node)?.byte_range()]);
    let line = *returns(function.node).first()?;
    facts.line("line", names.line(function.item, line));
    if place >= count {
        facts.code("failing", one_line(subject, node));
        return Some(facts);
    }
    facts.code("subscript", one_line(subject, node));
    let texts: Vec<_> = tuples.iter().map(|it| one_line_in(source, it[place])).collect();
    if texts.iter().all(|text| *text == texts[0]) {
        facts.code("element", &texts[0]);
    }
    let are_names = first.iter().all(|node| kind(*node) == Kind::Identifier);
    if are_names && tuples.len() == 1 {
        let names: Vec<_> = first.iter().map(|node| &source[node.byte_range()]).collect();
        facts.code("unpacked", names.join(", "));
    }
    Some(facts)
}

/// The elements of each tuple that the function returns; nothing when it may return anything else.
fn tuples(function: Definition<'_>) -> Option<Vec<Vec<Node<'_>>>> {
    let body = Field::Body.of(function.node)?;
    (kind(function.node) == Kind::FunctionDefinition && never_ends(body)).then_some(())?;
    let mut found = Vec::new();
    for statement in returns(function.node) {
        let value = bare(returned(statement)?);
        let is_tuple = matches!(kind(value), Kind::Tuple | Kind::ExpressionList);
        let parts = statements(value);
        let is_plain = parts.iter().all(|part| kind(*part) != Kind::ListSplat);
        (is_tuple && is_plain && !parts.is_empty()).then_some(())?;
        found.push(parts);
    }
    let count = found.first()?.len();
    found.iter().all(|parts| parts.len() == count).then_some(found)
}

#[cfg(test)]
mod tests;
