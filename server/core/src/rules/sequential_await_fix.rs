//! The fixes of `sequential-await`.

use crate::analysis::Safety;
use crate::facts::source_text::one_line;
use crate::lint::{Found, Plan, imported};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::{PythonVersion, Span};

use super::gather_unbounded::{BOUNDED, bounded, is_few};
use super::sequential_await::{Each, Sequence, Step, sequence};
use super::shared::{break_of, indentation};

/// PEP 8 has 79, most formatters 88.
const MAX_COLUMNS: usize = 88;

pub(super) fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    match sequence(subject) {
        Some(Sequence::Steps(steps)) => {
            [gathered(subject, &steps, found), grouped(subject, &steps, found)]
                .into_iter()
                .flatten()
                .collect()
        }
        Some(Sequence::Each(each)) => for_each(subject, &each, found).into_iter().collect(),
        None => Vec::new(),
    }
}

/// From the first statement to the last.
fn whole(subject: &Subject<'_>, steps: &[Step<'_>]) -> Option<Span> {
    let (first, last) = (steps.first()?.statement, steps.last()?.statement);
    indentation(subject, first)?;
    Some(Span::new(subject.span(first).start, subject.span(last).end))
}

fn names(subject: &Subject<'_>, steps: &[Step<'_>]) -> String {
    let names: Vec<&str> = steps.iter().map(|step| subject.text(step.name)).collect();
    names.join(", ")
}

fn gathered(subject: &Subject<'_>, steps: &[Step<'_>], found: &Found) -> Option<Plan> {
    let span = whole(subject, steps)?;
    let import = imported(subject, subject.node(), "asyncio", "gather");
    let indent = indentation(subject, steps.first()?.statement)?;
    let calls: Vec<String> = steps.iter().map(|step| one_line(subject, step.call)).collect();
    let head = format!("{} = await {}(", names(subject, steps), import.expression);
    let short = format!("{head}{})", calls.join(", "));
    let text = if indent.len() + short.chars().count() <= MAX_COLUMNS {
        short
    } else {
        let line_break = break_of(subject);
        let step = if indent.starts_with('\t') { "\t" } else { "    " };
        let lines: String =
            calls.iter().map(|call| format!("{line_break}{indent}{step}{call},")).collect();
        format!("{head}{lines}{line_break}{indent})")
    };
    let edits = [(span, text)].into_iter().chain(import.edit).collect();
    Some(Plan { fix: "gather", safety: Safety::Review, facts: found.facts.clone(), edits })
}

/// With a group of tasks, which takes coroutines only.
fn grouped(subject: &Subject<'_>, steps: &[Step<'_>], found: &Found) -> Option<Plan> {
    let can = subject.settings().target >= PythonVersion::py3(11)
        && steps.iter().all(|step| step.asks.is_coroutine);
    can.then_some(())?;
    let span = whole(subject, steps)?;
    let scopes = subject.names().scopes(subject.item())?;
    let tasks: Vec<String> =
        steps.iter().map(|step| format!("{}_task", subject.text(step.name))).collect();
    let mut bound = tasks.iter().map(String::as_str).chain(["group"]);
    bound.all(|name| scopes.number(name).is_none()).then_some(())?;
    let import = imported(subject, subject.node(), "asyncio", "TaskGroup");
    let indent = indentation(subject, steps.first()?.statement)?;
    let step = if indent.starts_with('\t') { "\t" } else { "    " };
    let mut lines = vec![format!("async with {}() as group:", import.expression)];
    for (one, task) in steps.iter().zip(&tasks) {
        lines.push(format!("{step}{task} = group.create_task({})", one_line(subject, one.call)));
    }
    for (one, task) in steps.iter().zip(&tasks) {
        lines.push(format!("{} = {task}.result()", subject.text(one.name)));
    }
    let text = lines.join(&format!("{}{indent}", break_of(subject)));
    let edits = [(span, text)].into_iter().chain(import.edit).collect();
    Some(Plan { fix: "task-group", safety: Safety::Review, facts: found.facts.clone(), edits })
}

fn for_each(subject: &Subject<'_>, each: &Each<'_>, found: &Found) -> Option<Plan> {
    let items = super::code::path_in(subject, subject.item(), each.items)?.pop()?;
    let is_bounded = each.asks.request.is_some() && !is_few(subject, items);
    let import = imported(subject, subject.node(), "asyncio", "gather");
    let mut edits: Vec<(Span, String)> = import.edit.into_iter().collect();
    let (start, mut call, mut before) =
        (subject.span(each.statement).start, one_line(subject, each.call), String::new());
    if is_bounded {
        let scopes = subject.names().scopes(subject.item())?;
        let is_free = BOUNDED.iter().all(|name| scopes.number(name).is_none());
        (is_free && kind(each.target) == Kind::Identifier).then_some(())?;
        let import = imported(subject, subject.node(), "asyncio", "Semaphore");
        before = bounded(subject, each.statement, &import.expression, each.target, each.call)?;
        edits.extend(import.edit.filter(|edit| !edits.contains(edit)));
        call = format!("bounded({})", subject.text(each.target));
    }
    let all = format!("await {}(*[{call} {}])", import.expression, each.clauses);
    match each.place {
        Ok(list) => {
            let around = subject.ancestors().nth(1)?;
            let all = if needs_parentheses(around, list) { format!("({all})") } else { all };
            edits.push((subject.span(list), all));
            if !before.is_empty() {
                edits.push((Span::empty(start), before));
            }
        }
        Err(made) => {
            let made_at = subject.span(made);
            indentation(subject, made)?;
            let assignment = made.named_child(0)?;
            let value = subject.span(Field::Right.of(assignment)?);
            let head = subject.document().text().slice(Span::new(made_at.start, value.start));
            let end = subject.span(each.statement).end;
            edits.push((Span::new(made_at.start, end), format!("{before}{head}{all}")));
        }
    }
    let fix = if is_bounded { "gather-bounded" } else { "gather" };
    Some(Plan { fix, safety: Safety::Review, facts: found.facts.clone(), edits })
}

/// True where an `await` in place of the list needs parentheses.
fn needs_parentheses(around: Node<'_>, list: Node<'_>) -> bool {
    match kind(around) {
        Kind::Attribute | Kind::Subscript | Kind::UnaryOperator | Kind::BinaryOperator => true,
        Kind::Call => Field::Function.of(around) == Some(list),
        _ => false,
    }
}
