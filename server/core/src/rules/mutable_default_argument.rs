//! A default that can change, and that the function changes or hands out.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::robustness::{MutableDefault, mutable_default};
use crate::facts::source_text::one_line;
use crate::facts::type_hints::annotation::{head, inner, members, subscripted};
use crate::facts::{Facts, Slot, SlotKind, Value};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::scope::Resolution;
use crate::subject::Subject;
use crate::syntax::function::{docstring, parameters, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::version::PythonVersion;
use crate::walk;

use super::code::contains;
use super::shared::{break_of, indentation};

pub static RULE: Rule = Rule {
    id: "mutable-default-argument",
    kinds: &[Kind::DefaultParameter, Kind::TypedDefaultParameter],
    slots: SLOTS,
    cases: &["handed-out", "memory"],
    fixes: &["one-for-each-call"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("parameter", SlotKind::Code, "the parameter"),
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("type", SlotKind::Code, "the type of the default"),
    Slot::new("lines", SlotKind::Lines, "where it is changed or handed out"),
];

/// Words in the name of a parameter that keeps something from call to call on purpose.
const MEMORIES: &[&str] = &["cache", "memo", "registry"];

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    // A test keeps its state wherever that is short.
    if subject.settings().is_test {
        return;
    }
    let Some(read) = mutable_default(subject) else { return };
    let Some(name) = Field::Name.of(read.function) else { return };
    let parameter = subject.text(read.parameter);
    let is_memory = parameter.starts_with('_')
        || MEMORIES.iter().any(|word| parameter.to_lowercase().contains(word))
        || is_nested(subject, &read)
        || is_cell(subject, &read);
    let handed_out = || read.returned.iter().chain(&read.kept).copied().collect();
    let (case, places): (_, Vec<Node<'_>>) = match (read.changed.is_empty(), is_memory) {
        (false, false) => (None, read.changed.clone()),
        (false, true) => (Some("memory"), read.changed.clone()),
        (true, _) => (Some("handed-out"), handed_out()),
    };
    if places.is_empty() {
        return;
    }
    let mut lines: Vec<usize> = places.iter().map(|node| subject.line(*node)).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut facts = Facts::of(SLOTS);
    facts.code("parameter", parameter).code("function", subject.text(name));
    facts.code("type", read.type_name()).set("lines", Value::Lines(lines));
    let at = read.default.byte_range().into();
    found.push(Found { at, case, facts, related: Vec::new() });
}

/// True for a function in a function: its default is made with it, and lives no longer.
fn is_nested(subject: &Subject<'_>, read: &MutableDefault<'_>) -> bool {
    let around = subject.ancestors().skip_while(|node| *node != read.function).skip(1);
    around
        .take_while(|node| kind(*node) != Kind::ClassDefinition)
        .any(|node| kind(node) == Kind::FunctionDefinition)
}

/// True for `x=[0]` of which only elements are replaced: a variable that outlives the call.
fn is_cell(subject: &Subject<'_>, read: &MutableDefault<'_>) -> bool {
    let replaces = |node: &Node<'_>| {
        let index = Field::Left.of(*node).and_then(|left| Field::Subscript.of(left));
        index.is_some_and(|index| subject.text(index).parse::<usize>().is_ok())
    };
    kind(read.default) == Kind::List
        && !statements(read.default).is_empty()
        && read.changed.iter().all(replaces)
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    let wanted = found.case != Some("memory");
    mutable_default(subject)
        .filter(|_| wanted)
        .and_then(|read| plan(subject, &read, found))
        .into_iter()
        .collect()
}

/// `None` as default, and the object made first thing in the body.
fn plan(subject: &Subject<'_>, read: &MutableDefault<'_>, found: &Found) -> Option<Plan> {
    means_the_same_inside(subject, read).then_some(())?;
    let body = Field::Body.of(read.function)?;
    let all = statements(body);
    let doc = docstring(read.function, subject.item_text());
    let first = *all.get(usize::from(doc.is_some()))?;
    let (parameter, value) = (subject.text(read.parameter), one_line(subject, read.default));
    let line_break = break_of(subject);
    let mut edits = vec![(subject.span(read.default), "None".to_owned())];
    let lines = |indent: &str, step: &str| {
        format!(
            "if {parameter} is None:{line_break}{indent}{step}{parameter} = {value}{line_break}{indent}"
        )
    };
    match indentation(subject, first) {
        Some(indent) => {
            let step = if indent.contains('\t') { "\t" } else { "    " };
            edits.push((Span::empty(subject.span(first).start), lines(indent, step)));
        }
        // The body stands on the line of the `def`.
        None => {
            let indent = format!("{}    ", indentation(subject, read.function)?);
            let head = body.prev_sibling().filter(|token| token.kind() == ":")?;
            let gap = Span::new(subject.span(head).end, subject.span(first).start);
            doc.is_none().then_some(())?;
            edits.push((gap, format!("{line_break}{indent}{}", lines(&indent, "    "))));
        }
    }
    edits.extend(annotation(subject, read)?);
    let facts = found.facts.clone();
    Some(Plan { fix: "one-for-each-call", safety: Safety::Review, facts, edits })
}

/// True when each name in the default means in the body what it means in front of it.
fn means_the_same_inside(subject: &Subject<'_>, read: &MutableDefault<'_>) -> bool {
    let Some(scopes) = subject.names().scopes(subject.item()) else { return false };
    let mut same = true;
    walk::until(read.default, |node| {
        if kind(node) == Kind::Identifier
            && let Some(reference) = scopes.reference_at(node.start_byte())
        {
            let name = subject.text(node);
            same &= scopes.resolve(reference.scope, reference.name) == Resolution::Module
                && subject.names().bindings_in(subject.item(), read.function, name).is_empty();
        }
        same &= !matches!(kind(node), Kind::Lambda | Kind::Comment | Kind::NamedExpression);
        !same
    });
    same
}

/// The edits that let the annotation allow `None`; nothing when it cannot be told how.
fn annotation(subject: &Subject<'_>, read: &MutableDefault<'_>) -> Option<Vec<(Span, String)>> {
    let all = parameters(read.function)?;
    let own = all.iter().find(|one| one.name == read.parameter)?;
    let Some(annotation) = own.annotation else { return Some(Vec::new()) };
    if allows_none(subject, annotation)? {
        return Some(Vec::new());
    }
    let span = subject.span(annotation);
    if subject.settings().target >= PythonVersion::py3(10) {
        return Some(vec![(Span::empty(span.end), " | None".to_owned())]);
    }
    let import = imported_name(subject, annotation, "typing", "Optional")?;
    let mut edits = vec![
        (Span::empty(span.start), format!("{}[", import.expression)),
        (Span::empty(span.end), "]".to_owned()),
    ];
    edits.extend(import.edit);
    Some(edits)
}

/// True when the type has `None` as a member, false when it has not. Nothing when that cannot be
/// told, or a member cannot be an operand of `|`.
fn allows_none(subject: &Subject<'_>, annotation: Node<'_>) -> Option<bool> {
    let (names, item) = (subject.names(), subject.item());
    let (members, optional) =
        members(names, item, annotation).unwrap_or_else(|| (vec![inner(annotation)], false));
    let has_none = members.iter().any(|member| {
        let takes_all = |name: String| matches!(&*name, "typing.Any" | "builtins.object");
        kind(*member) == Kind::None || head(names, item, *member).is_some_and(takes_all)
    });
    let can_be_operand = |member: &Node<'_>| {
        matches!(kind(*member), Kind::Identifier | Kind::Attribute)
            || subscripted(*member).is_some()
    };
    let is_plain = members.iter().all(can_be_operand) && !contains(annotation, &[Kind::String]);
    (optional || has_none || is_plain).then_some(optional || has_none)
}
