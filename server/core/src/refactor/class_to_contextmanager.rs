//! A class with `__enter__` and `__exit__` to a generator function under `contextlib.contextmanager`.

mod parts;

use super::text::{indent_at, step};
use super::{Answer, COMMENT, Conversion, Draft};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{imported, line_break};
use crate::names::{Bound, Use};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, function::docstring, kind};
use crate::{Span, walk};
use parts::Parts;

pub static CONVERSION: Conversion = Conversion {
    id: "class-to-contextmanager",
    kinds: &[Kind::ClassDefinition],
    calls: &[],
    slots: SLOTS,
    titles: &["function"],
    reasons: &[COMMENT, "itself", "names", "used"],
    convert,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("name", SlotKind::Code, "a name that would mean two things"),
];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let class = subject.node();
    let around = subject.ancestors().next()?;
    (kind(around) != Kind::DecoratedDefinition).then_some(())?;
    let name = Field::Name.of(class)?;
    let parts = Parts::read(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("class", subject.text(name));
    let Some(targets) = entries(subject) else { return Some(Answer::Refused("used", facts)) };
    let gives_itself = parts.gives_itself(subject);
    if gives_itself && targets {
        return Some(Answer::Refused("itself", facts));
    }
    if let Some(taken) = parts.collision(subject) {
        facts.code("name", taken);
        return Some(Answer::Refused("names", facts));
    }
    let import = imported(subject, class, "contextlib", "contextmanager");
    let text = text(subject, &parts, &import.expression, gives_itself)?;
    let edits = import.edit.into_iter().chain([(subject.span(class), text)]).collect();
    Some(Answer::Draft(Draft { title: Some("function"), ..Draft::new(facts, edits) }))
}

/// True if a `with` binds what the manager gives, when each use of the definition is a call behind `with`;
/// nothing when one is not.
pub(super) fn entries<'a>(subject: &Subject<'a>) -> Option<bool> {
    let names = subject.names();
    let span = Span::from(subject.node().byte_range());
    let binding = names.scopes(subject.item())?.definition(span)?;
    let uses = names.uses(Bound { item: subject.item(), binding })?;
    let entered = |found: &Use<'a>| {
        let at = found.reference.at;
        let path = walk::path_to(names.item(found.item).tree()?.root_node(), at.start, at.end)?;
        let [.., around, call, name] = path[..] else { return None };
        let is_call = kind(call) == Kind::Call && Field::Function.of(call) == Some(name);
        match kind(around) {
            Kind::WithItem => is_call.then_some(false),
            Kind::AsPattern => (is_call && around.named_child(0) == Some(call)).then_some(true),
            _ => None,
        }
    };
    let all: Option<Vec<bool>> = uses.iter().map(entered).collect();
    Some(all?.contains(&true))
}

fn text(
    subject: &Subject<'_>,
    parts: &Parts<'_>,
    contextmanager: &str,
    gives_itself: bool,
) -> Option<String> {
    let class = subject.node();
    let (step, br) = (step_of(subject), line_break(subject.document()));
    let outer = indent_at(subject.document(), subject.span(class).start)?;
    let name = subject.text(Field::Name.of(class)?);
    let inner = format!("{outer}{step}");
    let mut lines = vec![
        format!("@{contextmanager}"),
        format!("{outer}def {name}({}):", parts.parameters(subject)),
    ];
    if let Some(doc) = docstring(class, subject.item_text()) {
        lines.push(format!("{inner}{}", subject.text(doc)));
    }
    for text in parts.setup(subject, &step)? {
        lines.push(format!("{inner}{text}"));
    }
    let given = match parts.given {
        Some(value) if !gives_itself => format!(" {}", parts.local(subject, value)),
        _ => String::new(),
    };
    lines.push(format!("{inner}try:"));
    lines.push(format!("{inner}{step}yield{given}"));
    lines.push(format!("{inner}finally:"));
    lines.push(format!("{inner}{step}{}", parts.cleanup(subject)?));
    Some(lines.join(br))
}

/// One step of indentation, as the methods have it.
fn step_of(subject: &Subject<'_>) -> String {
    crate::rules::edit::unit(subject, subject.node()).unwrap_or_else(|| step(subject))
}

/// The text of the nodes from `first` to `last`, with these replacements in bytes of the item.
pub(super) fn replaced(
    subject: &Subject<'_>,
    (first, last): (Node<'_>, Node<'_>),
    edits: &[(Span, String)],
) -> String {
    let start = first.start_byte();
    let mut text = subject.item_text()[start..last.end_byte()].to_owned();
    for (span, new) in edits.iter().rev() {
        if start <= span.start && span.end <= last.end_byte() {
            text.replace_range(span.start - start..span.end - start, new);
        }
    }
    text
}
