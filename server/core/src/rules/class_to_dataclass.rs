//! A class whose `__init__` does nothing but keep its arguments.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported_name};
use crate::subject::Subject;
use crate::syntax::function::{
    Parameter, ParameterKind, docstring, is_async, parameters, statements,
};
use crate::vocabulary::Word;
use crate::walk;

use super::code::{bare, callee_name};
use super::edit::merged_imports;
use super::shared::{break_of, indentation};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

pub static RULE: Rule = Rule {
    id: "class-to-dataclass",
    kinds: &[Kind::ClassDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["make-dataclass", "make-dataclass-equal"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("fields", SlotKind::Codes, "its fields"),
];

/// What such a class consists of.
struct Record<'a> {
    name: Node<'a>,
    fields: Vec<Parameter<'a>>,
    /// The methods that a dataclass has by itself.
    methods: Vec<Node<'a>>,
    has_eq: bool,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(record) = record(subject) else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("class", subject.text(record.name));
    facts.codes("fields", record.fields.iter().map(|field| subject.text(field.name)));
    let at = record.name.byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

fn record<'a>(subject: &Subject<'a>) -> Option<Record<'a>> {
    let class = subject.node();
    let is_decorated =
        subject.ancestors().next().is_some_and(|node| kind(node) == Kind::DecoratedDefinition);
    let bases = Field::Superclasses.of(class).map(statements).unwrap_or_default();
    let is_plain = !is_decorated && bases.is_empty() && Field::TypeParameters.of(class).is_none();
    let name = Field::Name.of(class).filter(|_| is_plain)?;
    let body = Field::Body.of(class)?;
    let doc = docstring(class, subject.item_text());
    let methods: Vec<Node<'a>> =
        statements(body).into_iter().skip(usize::from(doc.is_some())).collect();
    let (mut fields, mut has_eq) = (None, false);
    let mut others: Vec<(Node<'a>, &str)> = Vec::new();
    for method in &methods {
        (kind(*method) == Kind::FunctionDefinition && !is_async(*method)).then_some(())?;
        match subject.text(Field::Name.of(*method)?) {
            "__init__" if fields.is_none() => fields = Some(kept(subject, *method)?),
            text @ ("__repr__" | "__eq__") => others.push((*method, text)),
            _ => return None,
        }
    }
    let fields = fields?;
    for (method, text) in others {
        let is_same = match text {
            "__repr__" => is_usual_repr(subject, method, subject.text(name), &fields),
            _ => {
                has_eq = true;
                is_usual_eq(subject, method, &fields)
            }
        };
        is_same.then_some(())?;
    }
    (fields.len() >= 2).then_some(Record { name, fields, methods, has_eq })
}

/// The parameters of an `__init__` that assigns each to the attribute of its name, and that is all.
pub(crate) fn kept<'a>(subject: &Subject<'a>, init: Node<'a>) -> Option<Vec<Parameter<'a>>> {
    let mut all = parameters(init)?;
    all.iter().all(|one| one.kind == ParameterKind::PositionalOrKeyword).then_some(())?;
    (!all.is_empty()).then_some(())?;
    let own = subject.text(all.remove(0).name);
    let body = statements(Field::Body.of(init)?);
    (body.len() == all.len()).then_some(())?;
    let mut seen: Vec<&str> = Vec::new();
    for statement in body {
        let assignment = expression(statement).filter(|it| kind(*it) == Kind::Assignment)?;
        let (left, right) = (Field::Left.of(assignment)?, Field::Right.of(assignment)?);
        let object = Field::Object.of(left).filter(|_| kind(left) == Kind::Attribute)?;
        let name = subject.text(Field::Attribute.of(left)?);
        let keeps = subject.text(object) == own
            && kind(right) == Kind::Identifier
            && subject.text(right) == name
            && all.iter().any(|one| subject.text(one.name) == name)
            && !seen.contains(&name);
        keeps.then_some(())?;
        seen.push(name);
    }
    // `__x` has another name outside the class.
    all.iter().all(|one| !subject.text(one.name).starts_with("__")).then_some(all)
}

/// The expression that a method returns and the name of its first parameter, if it has `count` and
/// does nothing else.
fn returned<'a>(
    subject: &Subject<'a>,
    method: Node<'a>,
    count: usize,
) -> Option<(Vec<&'a str>, Node<'a>, Vec<Node<'a>>)> {
    let all = parameters(method)?;
    (all.len() == count).then_some(())?;
    let mut body = statements(Field::Body.of(method)?);
    let last = body.pop().filter(|node| kind(*node) == Kind::ReturnStatement)?;
    let names = all.iter().map(|one| subject.text(one.name)).collect();
    Some((names, last.named_child(0)?, body))
}

/// `return f"Point(x={self.x!r}, y={self.y!r})"`, what a dataclass writes.
fn is_usual_repr(
    subject: &Subject<'_>,
    method: Node<'_>,
    class: &str,
    fields: &[Parameter<'_>],
) -> bool {
    let Some((names, value, others)) = returned(subject, method, 1) else { return false };
    let parts: Vec<String> = fields
        .iter()
        .map(|field| {
            let name = subject.text(field.name);
            format!("{name}={{{}.{name}!r}}", names[0])
        })
        .collect();
    let wanted = format!("{class}({})", parts.join(", "));
    let text = subject.text(value);
    let inner = text.strip_prefix(['f', 'F']).map(|text| text.trim_matches(['"', '\'']));
    others.is_empty() && inner == Some(&wanted)
}

/// `return (self.x, self.y) == (other.x, other.y)` or the same with `and`, behind a check of the
/// other's class.
fn is_usual_eq(subject: &Subject<'_>, method: Node<'_>, fields: &[Parameter<'_>]) -> bool {
    let Some((names, value, others)) = returned(subject, method, 2) else { return false };
    let of = |object: &str| -> Vec<String> {
        fields.iter().map(|field| format!("{object}.{}", subject.text(field.name))).collect()
    };
    let (mine, theirs) = (of(names[0]), of(names[1]));
    let is_check = |text: &str| text.contains("isinstance") || text.contains("__class__");
    if !others.iter().all(|one| kind(*one) == Kind::IfStatement && is_check(subject.text(*one))) {
        return false;
    }
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = squeezed(subject.text(bare(value)));
    let text = match text.split_once(" and ") {
        Some((first, rest)) if first.starts_with("isinstance(") => rest.to_owned(),
        _ => text,
    };
    let pairs: Vec<String> =
        mine.iter().zip(&theirs).map(|(mine, theirs)| format!("{mine} == {theirs}")).collect();
    text == pairs.join(" and ")
        || text == format!("({}) == ({})", mine.join(", "), theirs.join(", "))
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let record = record(subject)?;
    let (first, last) = (*record.methods.first()?, *record.methods.last()?);
    let edits = edits(subject, &record.fields, (first, last))?;
    let fix = if record.has_eq { "make-dataclass" } else { "make-dataclass-equal" };
    Some(Plan { fix, safety: Safety::Review, facts: found.facts.clone(), edits })
}

/// The edits that put a decorator above the class that the subject is, and the fields in place of
/// what stands from `first` to `last`.
pub(crate) fn edits(
    subject: &Subject<'_>,
    fields: &[Parameter<'_>],
    (first, last): (Node<'_>, Node<'_>),
) -> Option<Vec<(Span, String)>> {
    let class = subject.node();
    (!names_a_field(subject, fields)).then_some(())?;
    let (outer, inner) = (indentation(subject, class)?, indentation(subject, first)?);
    let line_break = break_of(subject);
    let dataclass = imported_name(subject, class, "dataclasses", "dataclass")?;
    let mut imports = vec![dataclass.edit.clone()];
    let mut lines = Vec::new();
    for field in fields {
        let annotation = match field.annotation {
            Some(annotation) => subject.text(annotation).to_owned(),
            None => {
                let any = imported_name(subject, class, "typing", "Any")?;
                imports.push(any.edit);
                any.expression
            }
        };
        let mut line = format!("{}: {annotation}", subject.text(field.name));
        if let Some(default) = field.default {
            line.push_str(" = ");
            match kind(default) {
                Kind::List | Kind::Dictionary if statements(default).is_empty() => {
                    let made = imported_name(subject, class, "dataclasses", "field")?;
                    imports.push(made.edit);
                    let factory = if kind(default) == Kind::List { "list" } else { "dict" };
                    line.push_str(&format!("{}(default_factory={factory})", made.expression));
                }
                Kind::Integer
                | Kind::Float
                | Kind::String
                | Kind::None
                | Kind::True
                | Kind::False
                | Kind::UnaryOperator
                | Kind::Attribute => line.push_str(subject.text(default)),
                Kind::Call if is_immutable(subject, default) => {
                    line.push_str(subject.text(default));
                }
                _ => return None,
            }
        }
        (!line.contains(['\n', '\r'])).then_some(())?;
        lines.push(line);
    }
    let text = lines.join(&format!("{line_break}{inner}"));
    // In a file that begins with the class the imports come before what is put in front of it.
    let mut edits = merged_imports(imports.into_iter().flatten(), line_break);
    let decorator = format!("@{}{line_break}{outer}", dataclass.expression);
    edits.push((Span::empty(subject.span(class).start), decorator));
    edits.push((Span::new(subject.span(first).start, subject.span(last).end), text));
    Some(edits)
}

/// True for a call of which the reader says that it makes something that cannot change.
fn is_immutable(subject: &Subject<'_>, call: Node<'_>) -> bool {
    let name = callee_name(subject, call);
    name.is_some_and(|name| subject.settings().vocabulary.says(Word::Immutable, &name))
}

/// True when an annotation or a default has the name of a field, which in the body of the class
/// would be that field's default.
fn names_a_field(subject: &Subject<'_>, fields: &[Parameter<'_>]) -> bool {
    let mut found = false;
    for part in fields.iter().flat_map(|field| [field.annotation, field.default]).flatten() {
        walk::until(part, |node| {
            found |= kind(node) == Kind::Identifier
                && fields.iter().any(|field| subject.text(field.name) == subject.text(node));
            found
        });
    }
    found
}
