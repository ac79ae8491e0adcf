//! `print` in a module that has a logger.
//!
//! Source: Logging HOWTO, When to use logging; Library Reference, logging.

use crate::facts::source_text::one_line;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::arguments, kind};
use crate::value;

pub static PROVIDER: Provider = Provider {
    name: "print-call",
    doc: "A call of `print` in a file with a logger, outside of its main block; `@target` is the \
          `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("logger", SlotKind::Code, "the logger of the module"),
    Slot::new("line", SlotKind::Line, "where it is made"),
    Slot::new("handler", SlotKind::Line, "the `except` in which it is printed"),
    Slot::new("exception", SlotKind::Code, "the exception that is printed there"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let names = subject.names();
    let is_print = subject.callee()? == "builtins.print" && !subject.settings().is_test;
    // What goes to a file, or is written for a terminal, is not for a log.
    let given = arguments(subject.node());
    let is_plain = |name: &str| matches!(name, "sep");
    let is_output = given.iter().any(|it| match kind(*it) {
        Kind::KeywordArgument => {
            Field::Name.of(*it).is_none_or(|name| !is_plain(subject.text(name)))
        }
        Kind::DictionarySplat => true,
        _ => false,
    });
    if !is_print || is_output || given.is_empty() {
        return None;
    }
    let function = subject.ancestors().find(|it| kind(*it) == Kind::FunctionDefinition)?;
    let called = subject.text(Field::Name.of(function)?);
    // A program's own output.
    if called.contains("main") || called.contains("print") || called.contains("cli") {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let (name, line) = LOGGERS.iter().find_map(|name| {
        let [bound] = names.module_bindings(name)[..] else { return None };
        let made = Field::Right.of(names.node(bound)?)?;
        let value = value::of(names, bound.item, made)?;
        (value.made_by()? == "logging.getLogger").then_some(())?;
        let is_hidden = names.is_hidden_at(subject.item(), subject.node().start_byte(), name);
        let start = subject.document().start_of(bound.item) + bound.binding.at.start;
        (!is_hidden).then(|| (*name, subject.document().text().line_of(start)))
    })?;
    facts.code("logger", name).line("line", line);
    let handler = subject
        .ancestors()
        .take_while(|it| !matches!(kind(*it), Kind::FunctionDefinition | Kind::Lambda))
        .find(|it| kind(*it) == Kind::ExceptClause);
    if let Some(handler) = handler {
        facts.line("handler", subject.line(handler));
        let alias = handler
            .named_child(0)
            .filter(|it| kind(*it) == Kind::AsPattern)
            .and_then(|it| it.child_in(Field::Alias)?.named_child(0));
        let printed = given
            .iter()
            .find(|it| alias.is_some_and(|alias| subject.text(**it) == subject.text(alias)));
        if let Some(printed) = printed {
            facts.code("exception", one_line(subject, *printed));
        }
    }
    Some(facts)
}

/// The usual names of a module's logger.
const LOGGERS: &[&str] = &["logger", "log", "LOGGER", "LOG", "_logger", "_log", "_LOGGER", "_LOG"];

#[cfg(test)]
mod tests;
