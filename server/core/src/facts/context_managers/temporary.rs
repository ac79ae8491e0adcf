//! `tempfile.TemporaryDirectory` and `tempfile.NamedTemporaryFile`: until when their paths lead
//! somewhere.
//!
//! Source: Library Reference, tempfile: both are removed when their block ends or they are closed,
//! else when the object is collected.

use crate::Span;
use crate::facts::concurrency::{Around, Held, Place};
use crate::facts::decoration::Arguments;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::Bound;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::arguments, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "temporary",
    doc: "a call of `tempfile.TemporaryDirectory` or `tempfile.NamedTemporaryFile`; `@target` is \
          the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("directory", SlotKind::Code, "what `as` names, if it is a directory"),
    Slot::new("file", SlotKind::Code, "the same, if it is a file"),
    Slot::new("kept-directory", SlotKind::Code, "the directory, if `delete=False`"),
    Slot::new("kept-file", SlotKind::Code, "the file, if `delete=False`"),
    Slot::new("open-directory", SlotKind::Code, "the name that it is assigned to, without `with`"),
    Slot::new("open-file", SlotKind::Code, "the same, if it is a file"),
    Slot::new("lost", SlotKind::Code, "`….name` of the call itself, which nothing keeps"),
    Slot::new("end", SlotKind::Line, "the last line of the block"),
    Slot::new("after", SlotKind::Lines, "uses of the path behind the block"),
    Slot::new("derived", SlotKind::Records(DERIVED), "paths made from it that are used behind it"),
    Slot::new("returned", SlotKind::Lines, "`return` in the block that hands out such a path"),
    Slot::new("cleaned", SlotKind::Lines, "where `cleanup()` or `close()` removes it"),
];

static DERIVED: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the path"),
    Slot::new("lines", SlotKind::Lines, "where it is used"),
];

/// Functions that make a path of a path.
const JOINS: &[&str] = &["builtins.str", "os.fspath", "os.path.join", "pathlib.Path"];

/// Names made from names are followed this many steps.
const MAX_STEPS: usize = 4;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let is_directory = match &*subject.callee()? {
        "tempfile.TemporaryDirectory" => true,
        "tempfile.NamedTemporaryFile" => false,
        _ => return None,
    };
    let given = Arguments::of(call, subject.item_text());
    let delete = given.keyword("delete").map(kind);
    if given.spread || !matches!(delete, None | Some(Kind::True | Kind::False)) {
        return None;
    }
    let is_kept = delete == Some(Kind::False);
    let mut facts = Facts::of(SLOTS);
    let above = subject.ancestors().next()?;
    if kind(above) == Kind::Attribute && !is_kept {
        let is_name = subject.text(Field::Attribute.of(above)?) == "name";
        is_name.then_some(())?;
        facts.code("lost", one_line(subject, above));
        return Some(facts);
    }
    let held = Held::of(subject).filter(|held| held.is_variable)?;
    if kind(above) == Kind::Assignment {
        if is_kept {
            return None;
        }
        facts.code(if is_directory { "open-directory" } else { "open-file" }, held.name.as_str());
        let method = if is_directory { "cleanup" } else { "close" };
        facts.set("cleaned", Value::Lines(held.calls(subject, &[method])));
        return Some(facts);
    }
    let with = subject.ancestors().find(|node| kind(*node) == Kind::WithStatement)?;
    let slot = match (is_directory, is_kept) {
        (true, false) => "directory",
        (false, false) => "file",
        (true, true) => "kept-directory",
        (false, true) => "kept-file",
    };
    facts.code(slot, held.name.as_str());
    let last = subject.span(with).end.saturating_sub(1);
    facts.line("end", subject.document().text().line_of(last));
    if is_kept {
        return Some(facts);
    }
    let direct = held
        .uses
        .iter()
        .filter(|place| is_directory || place.attribute(subject).is_some_and(|it| it.0 == "name"))
        .filter(|place| is_beside(subject, place))
        .cloned()
        .collect();
    let (mut after, mut returned) = (Vec::new(), Vec::new());
    let mut records = Vec::new();
    let mut pending: Vec<(Option<&str>, Vec<Place<'_>>)> = vec![(None, direct)];
    let mut steps = 0;
    while let Some((name, places)) = pending.pop() {
        steps += 1;
        let mut lines = Vec::new();
        for place in &places {
            let (here, start) = (subject.item(), place.node().start_byte());
            if (place.item, start) >= (here, with.end_byte()) {
                lines.push(place.line(subject));
            } else if place.item == here && start > call.end_byte() && steps <= MAX_STEPS {
                match becomes(subject, &place.path) {
                    Some(Becomes::Returned(statement)) => returned.push(subject.line(statement)),
                    Some(Becomes::Named(target)) => {
                        let uses = uses(subject, target);
                        pending.extend(uses.map(|uses| (Some(subject.text(target)), uses)));
                    }
                    None => {}
                }
            }
        }
        lines.dedup();
        match name {
            None => after = lines,
            Some(name) if !lines.is_empty() => {
                let mut record = Facts::of(DERIVED);
                record.code("name", name).set("lines", Value::Lines(lines));
                records.push(record);
            }
            Some(_) => {}
        }
    }
    facts.set("after", Value::Lines(after)).records("derived", records);
    facts.set("returned", Value::Lines(returned));
    Some(facts)
}

/// True for a use by the function, or module, that makes it.
fn is_beside(subject: &Subject<'_>, place: &Place<'_>) -> bool {
    Around::of(&place.path) == Around::of(subject.path())
}

enum Becomes<'a> {
    Returned(Node<'a>),
    /// The name that it is assigned to.
    Named(Node<'a>),
}

/// What becomes of a path that is made from the one at the end of `path`.
fn becomes<'a>(subject: &Subject<'a>, path: &[Node<'a>]) -> Option<Becomes<'a>> {
    let mut child = *path.last()?;
    for node in path.iter().rev().skip(1).copied() {
        match kind(node) {
            Kind::ReturnStatement => return Some(Becomes::Returned(node)),
            Kind::Assignment => {
                let left = Field::Left.of(node).filter(|it| kind(*it) == Kind::Identifier)?;
                return (Field::Right.of(node) == Some(child)).then_some(Becomes::Named(left));
            }
            Kind::BinaryOperator if Field::Left.of(node) == Some(child) => {
                (Field::Operator.of(node)?.kind() == "/").then_some(())?;
            }
            Kind::Attribute => {
                let is_name = subject.text(Field::Attribute.of(node)?) == "name";
                (is_name && path.last() == Some(&child)).then_some(())?;
            }
            Kind::ParenthesizedExpression => {}
            Kind::Argument => {}
            Kind::Call => {
                let name = subject.names().qualified(subject.item(), Field::Function.of(node)?)?;
                let is_first = arguments(node).first().is_some_and(|first| {
                    first.start_byte() <= path[path.len() - 1].start_byte()
                        && path[path.len() - 1].end_byte() <= first.end_byte()
                });
                (is_first && JOINS.contains(&name.as_str())).then_some(())?;
            }
            _ => return None,
        }
        child = node;
    }
    None
}

/// Every use of the name that an assignment binds, and nothing else does, in the function that the
/// subject stands in.
fn uses<'a>(subject: &Subject<'a>, target: Node<'a>) -> Option<Vec<Place<'a>>> {
    let (names, item) = (subject.names(), subject.item());
    let at = Span::from(target.byte_range());
    let binding = names.scopes(item)?.binding_at(at)?;
    let mut found = Vec::new();
    for used in names.uses(Bound { item, binding })? {
        let span = used.reference.at;
        let root = names.item(used.item).tree()?.root_node();
        let path = walk::path_to(root, span.start, span.end)?;
        found.push(Place { item: used.item, path });
    }
    found.retain(|place| is_beside(subject, place));
    Some(found)
}

#[cfg(test)]
mod tests;
