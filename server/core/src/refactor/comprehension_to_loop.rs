//! A comprehension that is assigned or returned to a loop that fills a list, set or dictionary.

use super::comprehension::{is_async_clause, makes_functions};
use super::names::{self, Variable, calls_nothing_unknown, mentions, scope_of, targets};
use super::text::{indent_of, step};
use super::{Answer, COMMENT, Conversion, Draft};
use crate::facts::source_text::one_line;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::line_break;
use crate::rules::code::is_quiet;
use crate::rules::typing_name_unimported::is_builtin_at;
use crate::scope::{ScopeId, ScopeKind};
use crate::subject::Subject;
use crate::syntax::function::{returned, statements};
use crate::syntax::{Field, Kind, Node, kind};

pub static CONVERSION: Conversion = Conversion {
    id: "comprehension-to-loop",
    kinds: &[Kind::ListComprehension, Kind::SetComprehension, Kind::DictionaryComprehension],
    calls: &[],
    slots: SLOTS,
    titles: &["leaves"],
    reasons: &["class", COMMENT, "function", "itself", "order", "partial", "seen", "variable"],
    convert,
};

static SLOTS: &[Slot] = &[
    Slot::new("variable", SlotKind::Code, "a variable of the comprehension that is taken"),
    Slot::new("variables", SlotKind::Codes, "its variables, which a loop leaves bound"),
];

/// Names for what is returned, the first that is free.
const NAMES: &[&str] = &["result", "items", "found"];

/// The comprehension and the statement around it.
struct Made<'a> {
    statement: Node<'a>,
    /// What stands before `=`, or nothing behind `return`.
    head: Option<String>,
    name: &'a str,
    element: Node<'a>,
    clauses: Vec<Node<'a>>,
}

fn convert(subject: &Subject<'_>) -> Option<Answer> {
    let (scope, scope_kind) = scope_of(subject)?;
    let made = read(subject, scope)?;
    let mut facts = Facts::of(SLOTS);
    if let Some(reason) = refusal(subject, (scope, scope_kind), &made, &mut facts) {
        return Some(Answer::Refused(reason, facts));
    }
    let targets = made.clauses.iter().filter_map(|clause| Field::Left.of(*clause));
    let variables: Vec<&str> =
        targets.flat_map(|target| names::targets(subject, target).unwrap_or_default()).collect();
    facts.codes("variables", variables);
    let text = text(subject, &made)?;
    let edits = vec![(subject.span(made.statement), text)];
    // Not the variable alone: the last item lives on with it.
    Some(Answer::Draft(Draft { title: Some("leaves"), ..Draft::new(facts, edits) }))
}

fn read<'a>(subject: &Subject<'a>, scope: ScopeId) -> Option<Made<'a>> {
    let node = subject.node();
    let parts = statements(node);
    let (element, clauses) = parts.split_first()?;
    let is_plain = !matches!(kind(*element), Kind::ListSplat | Kind::DictionarySplat)
        && clauses.iter().all(|it| matches!(kind(*it), Kind::ForInClause | Kind::IfClause));
    is_plain.then_some(())?;
    let around = subject.ancestors().next()?;
    let made = |statement, head, name| {
        let (element, clauses) = (*element, clauses.to_vec());
        Some(Made { statement, head, name, element, clauses })
    };
    if kind(around) == Kind::ReturnStatement && returned(around) == Some(node) {
        let is_free = |name: &&&str| Variable::new(subject, scope, name).is_free();
        return made(around, None, NAMES.iter().find(is_free)?);
    }
    let statement = subject.ancestors().nth(1)?;
    let left = Field::Left.of(around).filter(|left| kind(*left) == Kind::Identifier)?;
    let is_whole = kind(around) == Kind::Assignment
        && kind(statement) == Kind::ExpressionStatement
        && Field::Right.of(around) == Some(node);
    is_whole.then_some(())?;
    let head = &subject.item_text()[statement.start_byte()..node.start_byte()];
    made(statement, Some(head.to_owned()), subject.text(left))
}

/// Why a loop would do something else.
fn refusal(
    subject: &Subject<'_>,
    (scope, scope_kind): (ScopeId, ScopeKind),
    made: &Made<'_>,
    facts: &mut Facts,
) -> Option<&'static str> {
    let node = subject.node();
    if scope_kind == ScopeKind::Class {
        return Some("class");
    }
    if makes_functions(node) {
        return Some("function");
    }
    if made.head.is_some() && mentions(subject, node, made.name) {
        return Some("itself");
    }
    if kind(made.element) == Kind::Pair {
        let (key, value) = (Field::Key.of(made.element)?, Field::Value.of(made.element)?);
        if !is_quiet(key) && !is_quiet(value) {
            return Some("order");
        }
    }
    for clause in &made.clauses {
        let Some(target) = Field::Left.of(*clause) else { continue };
        for name in targets(subject, target).unwrap_or_default() {
            if !Variable::new(subject, scope, name).is_free() {
                facts.code("variable", name);
                return Some("variable");
            }
        }
    }
    let list = Variable::new(subject, scope, made.name);
    if made.head.is_some() && !calls_nothing_unknown(subject, node) && list.is_read_elsewhere() {
        return Some("seen");
    }
    (made.head.is_some() && list.outlives_exception(made.statement)).then_some("partial")
}

fn text(subject: &Subject<'_>, made: &Made<'_>) -> Option<String> {
    let (indent, step) = (indent_of(subject, made.statement)?, step(subject));
    let line_break = line_break(subject.document());
    let empty = match kind(subject.node()) {
        Kind::ListComprehension => "[]",
        Kind::SetComprehension if is_builtin_at(subject, subject.node(), "set") => "set()",
        Kind::SetComprehension => return None,
        _ => "{}",
    };
    let name = made.name;
    let head = made.head.clone().unwrap_or_else(|| format!("{name} = "));
    let mut lines = vec![format!("{head}{empty}")];
    let mut depth = String::new();
    for clause in &made.clauses {
        let line = match kind(*clause) {
            Kind::ForInClause => {
                let (target, source) = (Field::Left.of(*clause)?, Field::Right.of(*clause)?);
                targets(subject, target)?;
                let word = if is_async_clause(*clause) { "async for" } else { "for" };
                let (target, source) = (one_line(subject, target), one_line(subject, source));
                format!("{indent}{depth}{word} {target} in {source}:")
            }
            _ => {
                let condition = one_line(subject, *statements(*clause).first()?);
                format!("{indent}{depth}if {condition}:")
            }
        };
        lines.push(line);
        depth.push_str(&step);
    }
    let put = match kind(subject.node()) {
        Kind::DictionaryComprehension => {
            let (key, value) = (Field::Key.of(made.element)?, Field::Value.of(made.element)?);
            format!("{name}[{}] = {}", one_line(subject, key), one_line(subject, value))
        }
        Kind::SetComprehension => format!("{name}.add({})", one_line(subject, made.element)),
        _ => format!("{name}.append({})", one_line(subject, made.element)),
    };
    lines.push(format!("{indent}{depth}{put}"));
    if made.head.is_none() {
        lines.push(format!("{indent}return {name}"));
    }
    Some(lines.join(line_break))
}
