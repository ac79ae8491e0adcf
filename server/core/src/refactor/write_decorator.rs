//! The usual body of a decorator, for a function that has none and for a name that nobody defines.

use super::decorator_text::{Skeleton, blank_in, deeper};
use super::text::{indent_at, step};
use super::{Answer, Conversion, Draft};
use crate::builtins::is_builtin;
use crate::decorator::uses_as_decorator;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{imported, line_break};
use crate::names::Meaning;
use crate::subject::Subject;
use crate::syntax::function::{
    ParameterKind, arguments, docstring, is_async, parameters, statements,
};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};
use crate::{Document, Span};

pub static CONVERSION: Conversion = Conversion {
    id: "write-decorator",
    kinds: &[Kind::FunctionDefinition, Kind::Decorator],
    calls: &[],
    slots: SLOTS,
    titles: &["unknown"],
    reasons: &[],
    convert,
};

static SLOTS: &[Slot] = &[Slot::new("name", SlotKind::Code, "the decorator")];

/// Names of parameters that say that a function is given. Nothing but an offer hangs on them.
const FUNCTIONS: &[&str] = &["fn", "func", "function", "method", "wrapped"];

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let draft = match kind(subject.node()) {
        Kind::Decorator => unknown(subject),
        _ => stub(subject),
    };
    draft.map(Answer::Draft)
}

/// `def log(func): ...`
fn stub(subject: &Subject<'_>) -> Option<Draft> {
    let function = subject.node();
    let around = subject
        .ancestors()
        .find(|node| matches!(kind(*node), Kind::ClassDefinition | Kind::FunctionDefinition));
    let is_decorated =
        subject.ancestors().next().is_some_and(|node| kind(node) == Kind::DecoratedDefinition);
    let is_method = around.is_some_and(|node| kind(node) == Kind::ClassDefinition);
    (!is_async(function) && !is_method && !is_decorated).then_some(())?;
    let [parameter] = parameters(function)?[..] else { return None };
    let is_plain = parameter.kind != ParameterKind::VarPositional
        && parameter.kind != ParameterKind::VarKeyword;
    (is_plain && parameter.default.is_none()).then_some(())?;
    let users = uses_as_decorator(subject.names(), subject.item(), function);
    let is_meant = !users.is_empty() || FUNCTIONS.contains(&subject.text(parameter.name));
    (is_meant && users.iter().all(|user| user.is_function() && !user.called)).then_some(())?;
    let doc = docstring(function, subject.item_text());
    let body = Field::Body.of(function)?;
    let rest: Vec<_> = statements(body).into_iter().skip(usize::from(doc.is_some())).collect();
    let import = imported(subject, body, "functools", "wraps");
    let step = step(subject);
    let skeleton = Skeleton {
        func: subject.text(parameter.name),
        wraps: &import.expression,
        is_async: !users.is_empty() && users.iter().all(|user| is_async(user.definition)),
    };
    let span = match (&rest[..], doc) {
        ([only], _) if is_placeholder(*only) => subject.span(*only),
        ([], Some(doc)) => Span::empty(subject.span(doc).end),
        _ => return None,
    };
    let document = subject.document();
    let outer = indent_at(document, subject.span(function).start)?;
    let (inner, line_break) = (format!("{outer}{step}"), line_break(document));
    let lines = deeper(&skeleton.body(&step), &inner);
    // On the line of the head or behind the docstring the body begins a new line.
    let begins = !span.is_empty() && indent_at(document, span.start).is_some();
    let mut text = lines.join(line_break);
    let span = if begins {
        text.drain(..inner.len());
        span
    } else {
        text.insert_str(0, line_break);
        let before = document.text().slice(Span::new(subject.span(function).start, span.start));
        Span::new(span.start - (before.len() - before.trim_end().len()), span.end)
    };
    Some(draft(Facts::of(SLOTS), import.edit, (span, text)))
}

/// True for `pass` and `...`.
fn is_placeholder(statement: Node<'_>) -> bool {
    kind(statement) == Kind::PassStatement
        || expression(statement).is_some_and(|it| kind(it) == Kind::Ellipsis)
}

/// `@log` and `@log(…)` where nothing in the file is named `log`.
fn unknown(subject: &Subject<'_>) -> Option<Draft> {
    let decorated = subject.ancestors().next()?;
    let definition = Field::Definition.of(decorated)?;
    (kind(definition) == Kind::FunctionDefinition).then_some(())?;
    let expression = *statements(subject.node()).first()?;
    let called = kind(expression) == Kind::Call;
    let name = if called { Field::Function.of(expression)? } else { expression };
    (kind(name) == Kind::Identifier && is_unknown(subject, name)).then_some(())?;
    let given = if called { Some(parameters_for(subject, expression)?) } else { None };
    let top = *subject.path().get(1)?;
    let import = imported(subject, name, "functools", "wraps");
    let skeleton =
        Skeleton { func: "func", wraps: &import.expression, is_async: is_async(definition) };
    let document = subject.document();
    let line_break = line_break(document);
    let lines = skeleton.definition(subject.text(name), given.as_deref(), &step(subject));
    let at = above(subject, top)?;
    let is_first = import.edit.as_ref().is_some_and(|(span, _)| span.start == at);
    let gap = if is_first { 0 } else { missing_blanks(document, at) };
    let (before, after) = (line_break.repeat(gap), line_break.repeat(3));
    let text = format!("{before}{}{after}", lines.join(line_break));
    let mut facts = Facts::of(SLOTS);
    facts.code("name", subject.text(name));
    let draft = draft(facts, import.edit, (Span::empty(at), text));
    Some(Draft { title: Some("unknown"), ..draft })
}

fn is_unknown(subject: &Subject<'_>, name: Node<'_>) -> bool {
    let (names, document) = (subject.names(), subject.document());
    let text = subject.text(name);
    matches!(names.meaning(subject.item(), name), Meaning::Unknown)
        && names.module_bindings(text).is_empty()
        && !names.is_hidden_at(subject.item(), name.start_byte(), text)
        && !is_builtin(text)
        && !document.has_star_import()
        && !document.is_dynamic()
}

/// Names of parameters for the arguments of a call.
fn parameters_for(subject: &Subject<'_>, call: Node<'_>) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for argument in arguments(call) {
        let name = match kind(argument) {
            Kind::KeywordArgument => subject.text(Field::Name.of(argument)?),
            Kind::Identifier => subject.text(argument),
            Kind::ListSplat | Kind::DictionarySplat => return None,
            _ => "value",
        };
        let is_taken = |name: &str| {
            names.iter().any(|other| other == name) || matches!(name, "func" | "args" | "kwargs")
        };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut free = std::iter::once(name.to_owned()).chain(numbered);
        names.push(free.find(|name| !is_taken(name))?);
    }
    Some(names)
}

/// The begin of a top-level statement, or of the comments right above it.
fn above(subject: &Subject<'_>, top: Node<'_>) -> Option<usize> {
    let text = subject.document().text();
    let mut line = text.line_of(subject.span(top).start);
    indent_at(subject.document(), subject.span(top).start)?;
    while line > 0 && text.slice(text.line_content(line - 1)).starts_with('#') {
        line -= 1;
    }
    // What begins the file stays there: `#!`, a coding, a licence.
    (line > 0 || text.line_of(subject.span(top).start) == 0).then(|| text.line_start(line))
}

/// How many blank lines there should be more in front of a definition that begins at `at` (PEP 8).
fn missing_blanks(document: &Document, at: usize) -> usize {
    let text = document.text();
    let line = text.line_of(at);
    let is_blank = |line: usize| text.slice(text.line_content(line)).trim().is_empty();
    let blanks = (0..line).rev().take(2).take_while(|line| is_blank(*line)).count();
    if line == 0 { 0 } else { 2 - blanks }
}

fn draft(facts: Facts, import: Option<(Span, String)>, edit: (Span, String)) -> Draft {
    let blank = blank_in(&edit.1);
    let edits: Vec<_> = import.into_iter().chain([edit]).collect();
    let blank = blank.map(|blank| (edits.len() - 1, blank));
    Draft { blank, ..Draft::new(facts, edits) }
}
