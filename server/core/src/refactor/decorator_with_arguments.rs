//! A decorator to a function that makes it: `@d` to `@d()`.

use super::text::{indent_at, step};
use super::{Answer, Conversion, Draft};
use crate::decorator::{self, Gives};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::line_break;
use crate::names::{Bound, Use};
use crate::rules::edit::{has_long_string, indented};
use crate::subject::Subject;
use crate::syntax::function::{Parameter, arguments, docstring, parameters, statements};
use crate::syntax::{Field, Kind, Node, expression::is_constant, kind};
use crate::{Span, walk};

pub static CONVERSION: Conversion = Conversion {
    id: "decorator-with-arguments",
    kinds: &[Kind::FunctionDefinition],
    calls: &[],
    slots: SLOTS,
    titles: &["used", "unused"],
    reasons: &["decorated", "default", "string", "uses"],
    convert,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the decorator"),
    Slot::new("before", SlotKind::Code, "how it is used: `@d`"),
    Slot::new("after", SlotKind::Code, "how it is used then: `@d()`"),
];

/// Names for the decorator itself, the first that the statement around does not have.
const NAMES: &[&str] = &["decorate", "decorator", "apply"];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let function = subject.node();
    let found = decorator::read(subject.names(), subject.item(), function)?;
    let is_plain = found.factory.is_none()
        && found.gives == Gives::Wrapper
        && found.function == function
        && !makes_it(subject);
    is_plain.then_some(())?;
    let name = Field::Name.of(function)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", subject.text(name));
    facts.code("before", format!("@{}", subject.text(name)));
    facts.code("after", format!("@{}()", subject.text(name)));
    let around = subject.ancestors().next()?;
    if kind(around) == Kind::DecoratedDefinition {
        return Some(Answer::Refused("decorated", facts));
    }
    let is_made = |parameter: &Parameter<'_>| parameter.default.is_some_and(|it| !is_constant(it));
    if parameters(function)?.iter().any(is_made) {
        return Some(Answer::Refused("default", facts));
    }
    if has_long_string_in_code(subject) {
        return Some(Answer::Refused("string", facts));
    }
    let Some(uses) = uses(subject) else { return Some(Answer::Refused("uses", facts)) };
    let title = Some(if uses.is_empty() { "unused" } else { "used" });
    let mut edits = factory(subject)?;
    let document = subject.document();
    let calls = uses.iter().map(|found| {
        let at = found.reference.at.end + document.start_of(found.item);
        (Span::empty(at), "()".to_owned())
    });
    edits.extend(calls);
    let blank = Some((0, Span::empty(1)));
    Some(Answer::Draft(Draft { title, blank, ..Draft::new(facts, edits) }))
}

/// True in a class, and in a function that makes decorators already.
fn makes_it(subject: &Subject<'_>) -> bool {
    subject.ancestors().any(|node| match kind(node) {
        Kind::ClassDefinition => true,
        Kind::FunctionDefinition => {
            let found = decorator::read(subject.names(), subject.item(), node);
            found.is_some_and(|found| found.function == subject.node())
        }
        _ => false,
    })
}

/// The uses of the name, if each is `@d` or a call `d(f)`; nothing if one is another.
fn uses<'a>(subject: &Subject<'a>) -> Option<Vec<Use<'a>>> {
    let names = subject.names();
    let span = Span::from(subject.node().byte_range());
    let binding = names.scopes(subject.item())?.definition(span)?;
    let uses = names.uses(Bound { item: subject.item(), binding })?;
    let is_fit = |found: &Use<'a>| {
        let at = found.reference.at;
        let path = walk::path_to(names.item(found.item).tree()?.root_node(), at.start, at.end)?;
        let [.., parent, name] = path[..] else { return None };
        Some(match kind(parent) {
            Kind::Decorator => true,
            Kind::Call => Field::Function.of(parent) == Some(name) && arguments(parent).len() == 1,
            _ => false,
        })
    };
    uses.iter().all(|found| is_fit(found).unwrap_or(false)).then_some(uses)
}

/// The body without the docstring.
fn code<'a>(subject: &Subject<'a>) -> Option<Vec<Node<'a>>> {
    let function = subject.node();
    let doc = docstring(function, subject.item_text());
    let all = statements(Field::Body.of(function)?);
    Some(all.into_iter().skip(usize::from(doc.is_some())).collect())
}

fn has_long_string_in_code(subject: &Subject<'_>) -> bool {
    let code = code(subject).unwrap_or_default();
    let (Some(first), Some(last)) = (code.first(), code.last()) else { return false };
    has_long_string(subject, *first, *last)
}

/// The edits that put a function around the decorator.
fn factory(subject: &Subject<'_>) -> Option<Vec<(Span, String)>> {
    let function = subject.node();
    let document = subject.document();
    let scopes = subject.names().scopes(subject.item())?;
    let inner = NAMES.iter().find(|name| scopes.number(name).is_none())?;
    let name = Field::Name.of(function)?;
    let colon = function.children().find(|node| node.kind() == ":")?;
    let signature = &subject.item_text()[name.end_byte()..colon.start_byte()];
    let code = code(subject)?;
    let (first, last) = (*code.first()?, *code.last()?);
    let (step, line_break) = (step(subject), line_break(document));
    let indent = indent_at(document, subject.span(first).start)?;
    let body = indented(subject, first, last, &step)?;
    let signature = signature.replace('\n', &format!("\n{step}"));
    let text = format!("def {inner}{signature}:{line_break}{indent}{step}{body}");
    let head = Span::new(subject.span(name).end, subject.span(colon).start);
    let (start, end) = (subject.span(first).start, subject.span(last).end);
    let line = document.text().line_content(document.text().line_of(end));
    let tail = format!("{line_break}{line_break}{indent}return {inner}");
    Some(vec![
        (head, "()".to_owned()),
        (Span::new(start, end), text),
        (Span::empty(line.end), tail),
    ])
}
