//! `task.add_done_callback(done)` and `loop.call_later(1, done)` to an `await` and a call.
//!
//! Source: Library Reference, asyncio, Task Object and Event Loop.

use super::text::indent_of;
use super::{Answer, COMMENT, Conversion, Draft};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{imported, line_break};
use crate::rules::code::{
    callee_name, function_called, is_coroutine_function, is_made_by, method, own_function,
    plain_arguments, runs_in_async, uses_other_loop,
};
use crate::subject::Subject;
use crate::syntax::function::{parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static CONVERSION: Conversion = Conversion {
    id: "callback-to-await",
    kinds: &[Kind::Call],
    calls: &["add_done_callback", "call_later"],
    slots: SLOTS,
    titles: &["done", "later"],
    reasons: &["background", COMMENT, "function", "loop", "names"],
    convert,
};

static SLOTS: &[Slot] = &[
    Slot::new("callback", SlotKind::Code, "what is called back"),
    Slot::new("task", SlotKind::Code, "the task"),
];

const TASKS: &[&str] = &["asyncio.create_task", "asyncio.ensure_future"];
const LOOPS: &[&str] =
    &["asyncio.get_event_loop", "asyncio.get_running_loop", "asyncio.new_event_loop"];

/// The name of a task that had none.
const NAME: &str = "task";

/// A callback that is registered.
struct Registered<'a> {
    /// What it is called back for: a task, or nothing but the time.
    task: Option<Node<'a>>,
    delay: Option<Node<'a>>,
    callback: Node<'a>,
    given: Vec<Node<'a>>,
}

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let statement = subject.ancestors().next()?;
    let is_all = kind(statement) == Kind::ExpressionStatement && statements(statement).len() == 1;
    let found = registered(subject).filter(|_| is_all && !uses_other_loop(subject))?;
    let mut facts = Facts::of(SLOTS);
    facts.code("callback", one_line(subject, found.callback));
    if is_forgetting(subject, found.callback) {
        return Some(Answer::Refused("background", facts));
    }
    if !runs_in_async(subject) {
        return Some(Answer::Refused("function", facts));
    }
    if is_in_loop(subject) {
        return Some(Answer::Refused("loop", facts));
    }
    let indent = indent_of(subject, statement)?;
    let (module, mut lines) = ("asyncio", Vec::new());
    let (title, import, called) = if let Some(task) = found.task {
        let is_named = kind(task) == Kind::Identifier;
        let name = if is_named { subject.text(task) } else { NAME };
        if !is_named {
            let scopes = subject.names().scopes(subject.item())?;
            if scopes.number(NAME).is_some() {
                return Some(Answer::Refused("names", facts));
            }
            lines.push(format!("{NAME} = {}", one_line(subject, task)));
        }
        facts.code("task", name);
        let import = imported(subject, subject.node(), module, "wait");
        lines.push(format!("await {}([{name}])", import.expression));
        ("done", import, called_with(subject, found.callback, name)?)
    } else {
        let import = imported(subject, subject.node(), module, "sleep");
        lines.push(format!("await {}({})", import.expression, one_line(subject, found.delay?)));
        let given: Vec<_> = found.given.iter().map(|it| one_line(subject, *it)).collect();
        let is_plain = matches!(kind(found.callback), Kind::Identifier | Kind::Attribute);
        is_plain.then_some(())?;
        let called = format!("{}({})", subject.text(found.callback), given.join(", "));
        ("later", import, called)
    };
    lines.push(called);
    let text = lines.join(&format!("{}{indent}", line_break(subject.document())));
    let edits = import.edit.into_iter().chain([(subject.span(statement), text)]).collect();
    Some(Answer::Draft(Draft { title: Some(title), ..Draft::new(facts, edits) }))
}

fn registered<'a>(subject: &Subject<'a>) -> Option<Registered<'a>> {
    let call = subject.node();
    let (object, name) = method(call)?;
    let (given, keywords) = plain_arguments(call)?;
    keywords.is_empty().then_some(())?;
    match (subject.text(name), &given[..]) {
        ("add_done_callback", [callback]) => {
            let is_task = matches!(kind(object), Kind::Identifier | Kind::Call)
                && is_made_by(subject, subject.item(), object, TASKS);
            let task = is_task.then_some(object)?;
            Some(Registered {
                task: Some(task),
                delay: None,
                callback: *callback,
                given: Vec::new(),
            })
        }
        ("call_later", [delay, callback, given @ ..]) => {
            is_made_by(subject, subject.item(), object, LOOPS).then_some(())?;
            // Its coroutine would never run.
            let is_coroutine = function_called(subject, subject.item(), *callback)
                .is_some_and(|(_, function)| is_coroutine_function(function));
            (!is_coroutine).then_some(())?;
            let given = given.to_vec();
            Some(Registered { task: None, delay: Some(*delay), callback: *callback, given })
        }
        _ => None,
    }
}

/// True for `tasks.discard`, by which a task in the background is let go.
fn is_forgetting(subject: &Subject<'_>, callback: Node<'_>) -> bool {
    let word = Field::Attribute.of(callback).filter(|_| kind(callback) == Kind::Attribute);
    word.is_some_and(|word| matches!(subject.text(word), "discard" | "remove" | "pop"))
}

fn is_in_loop(subject: &Subject<'_>) -> bool {
    let own = own_function(subject);
    subject
        .ancestors()
        .take_while(|node| Some(*node) != own)
        .any(|node| matches!(kind(node), Kind::ForStatement | Kind::WhileStatement))
}

/// The call of a callback with the task of this name.
fn called_with(subject: &Subject<'_>, callback: Node<'_>, task: &str) -> Option<String> {
    match kind(callback) {
        Kind::Identifier | Kind::Attribute => Some(format!("{}({task})", subject.text(callback))),
        Kind::Lambda => {
            let own = parameters(callback)?;
            let [parameter] = &own[..] else { return None };
            let body = Field::Body.of(callback)?;
            renamed(subject, body, subject.text(parameter.name), task)
        }
        Kind::Call if callee_name(subject, callback)? == "functools.partial" => {
            let (positional, keywords) = plain_arguments(callback)?;
            let (function, given) = positional.split_first()?;
            matches!(kind(*function), Kind::Identifier | Kind::Attribute).then_some(())?;
            let given = given.iter().map(|it| one_line(subject, *it)).chain([task.to_owned()]);
            let all: Vec<_> =
                given.chain(keywords.iter().map(|it| one_line(subject, *it))).collect();
            Some(format!("{}({})", subject.text(*function), all.join(", ")))
        }
        _ => None,
    }
}

/// The text of an expression with another name for a variable; nothing where the new one means
/// something already, or the old one is bound again.
fn renamed(subject: &Subject<'_>, body: Node<'_>, old: &str, new: &str) -> Option<String> {
    let mut text = String::new();
    let (mut at, mut is_plain) = (body.start_byte(), true);
    walk::until(body, |node| {
        match kind(node) {
            Kind::Lambda
            | Kind::NamedExpression
            | Kind::ListComprehension
            | Kind::SetComprehension
            | Kind::DictionaryComprehension
            | Kind::GeneratorExpression
            | Kind::Yield => is_plain = false,
            Kind::Identifier if is_variable(subject, node) => {
                let own = subject.text(node);
                is_plain &= own == old || own != new;
                if own == old {
                    text.push_str(&subject.item_text()[at..node.start_byte()]);
                    text.push_str(new);
                    at = node.end_byte();
                }
            }
            _ => {}
        }
        !is_plain
    });
    text.push_str(&subject.item_text()[at..body.end_byte()]);
    (is_plain && !text.contains(['\n', '\r'])).then_some(text)
}

/// Not the name of an attribute or a keyword.
fn is_variable(subject: &Subject<'_>, identifier: Node<'_>) -> bool {
    let scopes = subject.names().scopes(subject.item());
    scopes.is_some_and(|scopes| scopes.reference_at(identifier.start_byte()).is_some())
}
