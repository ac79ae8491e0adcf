//! `await asyncio.gather(…)` to `async with asyncio.TaskGroup()` (Python 3.11).

use super::text::{indent_of, step};
use super::{Answer, COMMENT, Conversion, Draft};
use crate::PythonVersion;
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{imported, line_break};
use crate::rules::code::{callee_name, function_called, is_coroutine_function};
use crate::subject::Subject;
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static CONVERSION: Conversion = Conversion {
    id: "gather-to-task-group",
    kinds: &[Kind::Await],
    calls: &[],
    slots: SLOTS,
    titles: &["groups"],
    reasons: &[COMMENT, "coroutine", "exceptions", "names", "version"],
    convert,
};

static SLOTS: &[Slot] = &[
    Slot::new("code", SlotKind::Code, "an argument that may be no coroutine"),
    Slot::new("target", SlotKind::Code, "the oldest Python that the code must run on"),
];

/// The names that are needed.
const NAMES: &[&str] = &["group", "task", "tasks"];

/// What is gathered.
enum Gathered<'a> {
    /// These coroutines.
    Each(Vec<Node<'a>>),
    /// One for each turn of this comprehension: the coroutine, and the comprehension.
    All(Node<'a>, Node<'a>),
}

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let call = subject.node().named_child(0).filter(|it| kind(*it) == Kind::Call)?;
    (callee_name(subject, call)? == "asyncio.gather").then_some(())?;
    let statement = whole(subject)?;
    let given = arguments(call);
    let mut facts = Facts::of(SLOTS);
    if given.iter().any(|it| kind(*it) == Kind::KeywordArgument) {
        return Some(Answer::Refused("exceptions", facts));
    }
    let gathered = gathered(&given)?;
    let coroutines = match &gathered {
        Gathered::Each(all) => all.clone(),
        Gathered::All(one, _) => vec![*one],
    };
    if let Some(other) = coroutines.iter().find(|it| !is_coroutine(subject, **it)) {
        facts.code("code", one_line(subject, *other));
        return Some(Answer::Refused("coroutine", facts));
    }
    let target = subject.settings().target;
    if target < PythonVersion::py3(11) {
        facts.code("target", target.to_string());
        return Some(Answer::Refused("version", facts));
    }
    let scopes = subject.names().scopes(subject.item())?;
    if NAMES.iter().any(|name| scopes.number(name).is_some()) {
        return Some(Answer::Refused("names", facts));
    }
    let import = imported(subject, call, "asyncio", "TaskGroup");
    let text = text(subject, statement, &gathered, &import.expression)?;
    let edits = import.edit.into_iter().chain([(subject.span(statement), text)]).collect();
    Some(Answer::Draft(Draft { title: Some("groups"), ..Draft::new(facts, edits) }))
}

/// The statement that is the `await`, returns it or assigns it.
fn whole<'a>(subject: &Subject<'a>) -> Option<Node<'a>> {
    let mut around = subject.ancestors();
    let parent = around.next()?;
    match kind(parent) {
        Kind::ExpressionStatement | Kind::ReturnStatement if statements(parent).len() == 1 => {
            Some(parent)
        }
        Kind::Assignment => {
            let statement = around.next()?;
            let is_whole = kind(statement) == Kind::ExpressionStatement
                && Field::Right.of(parent) == Some(subject.node());
            is_whole.then_some(statement)
        }
        _ => None,
    }
}

fn gathered<'a>(given: &[Node<'a>]) -> Option<Gathered<'a>> {
    if let [only] = given
        && kind(*only) == Kind::ListSplat
    {
        let all = only.named_child(0)?;
        let is_plain = matches!(kind(all), Kind::ListComprehension | Kind::GeneratorExpression);
        let coroutine = *statements(all).first().filter(|_| is_plain)?;
        return Some(Gathered::All(coroutine, all));
    }
    let is_plain = !given.is_empty() && given.iter().all(|it| kind(*it) == Kind::Call);
    is_plain.then(|| Gathered::Each(given.to_vec()))
}

/// True for a call that surely gives a coroutine, which a group takes. Futures it does not.
fn is_coroutine(subject: &Subject<'_>, node: Node<'_>) -> bool {
    let Some(callee) = Field::Function.of(node).filter(|_| kind(node) == Kind::Call) else {
        return false;
    };
    callee_name(subject, node).as_deref() == Some("asyncio.sleep")
        || function_called(subject, subject.item(), callee)
            .is_some_and(|(_, function)| is_coroutine_function(function))
}

fn text(
    subject: &Subject<'_>,
    statement: Node<'_>,
    gathered: &Gathered<'_>,
    group: &str,
) -> Option<String> {
    let (indent, step) = (indent_of(subject, statement)?, step(subject));
    let started = |node: Node<'_>| format!("group.create_task({})", one_line(subject, node));
    let own = subject.item_text();
    let head = &own[statement.start_byte()..subject.node().start_byte()];
    let is_dropped = head.is_empty();
    let mut lines = vec![format!("async with {group}() as group:")];
    match gathered {
        Gathered::Each(all) if is_dropped => {
            lines.extend(all.iter().map(|one| format!("{step}{}", started(*one))));
        }
        Gathered::Each(all) => {
            let all: Vec<_> = all.iter().map(|one| started(*one)).collect();
            lines.push(format!("{step}tasks = [{}]", all.join(", ")));
        }
        Gathered::All(coroutine, all) => {
            let clauses = statements(*all).into_iter().skip(1);
            let clauses: Vec<_> = clauses.map(|clause| one_line(subject, clause)).collect();
            let made = format!("[{} {}]", started(*coroutine), clauses.join(" "));
            lines.push(format!("{step}tasks = {made}"));
        }
    }
    if !is_dropped {
        lines.push(format!("{head}[task.result() for task in tasks]"));
    }
    Some(lines.join(&format!("{}{indent}", line_break(subject.document()))))
}
