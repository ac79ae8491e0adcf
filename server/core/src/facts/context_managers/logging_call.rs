//! Calls that write to a log.
//!
//! Source: Library Reference, logging, `Logger.debug()` and `Logger.exception()`; Logging HOWTO,
//! Optimization.

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Object};

pub static PROVIDER: Provider = Provider {
    name: "logging-call",
    doc: "a call of a function of `logging` or of a method of a logger that logs a message; \
          `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the function or method: `log.info`"),
    Slot::new("level", SlotKind::Code, "the level: `INFO`"),
    Slot::new("eager", SlotKind::Code, "the message, if it is formatted before the call"),
    Slot::new("lazy", SlotKind::Code, "the call with arguments that are formatted when needed"),
    Slot::new("traceback", SlotKind::Line, "the line of the `except` whose exception it logs"),
    Slot::new("lost", SlotKind::Line, "the line of an `except` whose traceback it does not log"),
    Slot::new("logger", SlotKind::Code, "the call that made the logger"),
    Slot::new("root", SlotKind::Flag, "it is the root logger"),
];

const LEVELS: &[&str] = &["debug", "info", "warning", "error", "critical", "exception"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let callee = call.child_in(Field::Function)?;
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    let method = match names.qualified(subject.item(), callee) {
        Some(name) => {
            facts.flag("root", true);
            name.strip_prefix("logging.")?.to_owned()
        }
        None => {
            let object = callee.child_in(Field::Object)?;
            let made = value::of(names, subject.item(), object)?;
            if made.object != Object::Called("logging.getLogger".to_owned()) {
                return None;
            }
            let text = subject.document().items()[made.item].text();
            facts.code("logger", crate::facts::source_text::one_line_in(text, made.node));
            subject.text(callee.child_in(Field::Attribute)?).to_owned()
        }
    };
    let level = LEVELS.iter().find(|level| **level == method)?;
    let shown = if *level == "exception" { "error" } else { level };
    facts.code("call", one_line(subject, callee)).code("level", shown.to_uppercase());
    let given = arguments(call);
    let first = *given.first()?;
    if given.iter().all(|it| kind(*it) != Kind::ListSplat) {
        eager(subject, callee, first, &given, &mut facts);
    }
    let handler = subject
        .ancestors()
        .take_while(|it| !matches!(kind(*it), Kind::FunctionDefinition | Kind::Lambda))
        .find(|it| kind(*it) == Kind::ExceptClause);
    let has_info = given.iter().any(|it| {
        kind(*it) == Kind::DictionarySplat
            || kind(*it) == Kind::KeywordArgument
                && it.child_in(Field::Name).is_some_and(|name| subject.text(name) == "exc_info")
    });
    match handler {
        Some(handler) if *level == "exception" && !has_info => {
            facts.line("traceback", subject.line(handler));
        }
        Some(handler) if *level == "error" && !has_info => {
            facts.line("lost", subject.line(handler));
        }
        _ => {}
    }
    let is_told = ["eager", "traceback", "lost"].iter().any(|slot| facts.get(slot).is_some());
    is_told.then_some(facts)
}

/// A message that is put together before the level is looked at.
fn eager(
    subject: &Subject<'_>,
    callee: Node<'_>,
    first: Node<'_>,
    given: &[Node<'_>],
    facts: &mut Facts,
) {
    let is_formatted = match kind(first) {
        Kind::String => statements(first).iter().any(|it| kind(*it) == Kind::Interpolation),
        Kind::BinaryOperator => {
            first.child_in(Field::Operator).is_some_and(|it| it.kind() == "%")
                && first.child_in(Field::Left).is_some_and(|it| kind(it) == Kind::String)
        }
        Kind::Call => first.child_in(Field::Function).is_some_and(|it| {
            kind(it) == Kind::Attribute
                && it.child_in(Field::Object).is_some_and(|it| kind(it) == Kind::String)
                && it.child_in(Field::Attribute).is_some_and(|it| subject.text(it) == "format")
        }),
        _ => false,
    };
    if !is_formatted {
        return;
    }
    facts.code("eager", one_line(subject, first));
    if let [_] = given
        && let Some((message, values)) = lazy(subject, first)
    {
        facts.code(
            "lazy",
            format!("{}({message}, {})", one_line(subject, callee), values.join(", ")),
        );
    }
}

/// The f-string as a message with `%s`, and the values for them.
fn lazy(subject: &Subject<'_>, string: Node<'_>) -> Option<(String, Vec<String>)> {
    if kind(string) != Kind::String {
        return None;
    }
    let mut message = String::new();
    let mut values = Vec::new();
    for part in string.children() {
        match kind(part) {
            Kind::Interpolation => {
                let value = part.child_in(Field::Expression)?;
                // With a conversion, a format or `=` it is something else.
                if part.child_count() != 3 {
                    return None;
                }
                message.push_str("%s");
                values.push(one_line(subject, value));
            }
            Kind::StringStart => {
                let start = subject.text(part);
                if !matches!(start, "f\"" | "f'") {
                    return None;
                }
                message.push_str(&start[1..]);
            }
            Kind::StringContent | Kind::StringEnd => {
                let text = subject.text(part);
                if text.contains(['%', '{', '}', '\\']) {
                    return None;
                }
                message.push_str(text);
            }
            _ => return None,
        }
    }
    Some((message, values))
}

#[cfg(test)]
mod tests;
