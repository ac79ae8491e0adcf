//! A function fills a list and returns it, and those who call it only walk over it.
//!
//! Source: PEP 255; Glossary, generator.

use crate::Span;
use crate::analysis::Safety;
use crate::facts::generators::{CONSUMER, Place, Role};
use crate::facts::type_hints::annotation::{inner, subscripted};
use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Plan, Rule, imported};
use crate::names::{Bound, Use, node_with};
use crate::subject::Subject;
use crate::syntax::function::{
    arguments, docstring, is_async, is_generator, returned, returns, statements,
};
use crate::syntax::{Field, Kind, Node, expression::expression, kind};

use super::code::{callee_name, method, path_in};
use super::shared::{indentation, name_span};

pub static RULE: Rule = Rule {
    id: "list-builder-to-generator",
    kinds: &[Kind::FunctionDefinition],
    slots: SLOTS,
    cases: &[],
    fixes: &["yield-items"],
    related: &[],
    check,
    fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function"),
    Slot::new("list", SlotKind::Code, "the list that it fills"),
    Slot::new("line", SlotKind::Line, "where the first caller walks over it"),
];

/// A function that fills a list.
struct Builder<'a> {
    /// `found = []`
    made: Node<'a>,
    name: Node<'a>,
    puts: Vec<Put<'a>>,
    /// `return found`, the last statement.
    end: Node<'a>,
    /// The annotation of what it returns.
    annotation: Option<Node<'a>>,
}

/// `found.append(item)`
struct Put<'a> {
    statement: Node<'a>,
    given: Node<'a>,
    /// `extend`
    several: bool,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test || subject.settings().is_stub {
        return;
    }
    let Some(builder) = builder(subject) else { return };
    let Some(line) = first_walk(subject, &builder) else { return };
    let at = name_span(subject.node());
    let mut facts = Facts::of(SLOTS);
    facts.code("function", &subject.item_text()[at.range()]);
    facts.code("list", subject.text(builder.name)).line("line", line);
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

fn builder<'a>(subject: &Subject<'a>) -> Option<Builder<'a>> {
    let function = subject.node();
    let around = subject.ancestors().next()?;
    let body = statements(Field::Body.of(function)?);
    // Cheap to find out, and seldom so.
    let end = body.last().copied().filter(|it| kind(*it) == Kind::ReturnStatement)?;
    let name = returned(end).filter(|it| kind(*it) == Kind::Identifier)?;
    let is_plain = matches!(kind(around), Kind::Module | Kind::Block)
        && !subject.ancestors().any(|node| kind(node) == Kind::ClassDefinition)
        && !is_async(function)
        && returns(function)[..] == [end]
        && !is_generator(function);
    is_plain.then_some(())?;
    let (names, item) = (subject.names(), subject.item());
    let bound = names.binding(item, name)?;
    let made = *body.iter().find(|it| Span::from(it.byte_range()).contains(bound.binding.at))?;
    let assignment = expression(made).filter(|it| kind(*it) == Kind::Assignment)?;
    let value = Field::Right.of(assignment)?;
    let is_empty = match kind(value) {
        Kind::List => statements(value).is_empty(),
        Kind::Call => {
            callee_name(subject, value)? == "builtins.list" && arguments(value).is_empty()
        }
        _ => false,
    };
    (is_empty && kind(Field::Left.of(assignment)?) == Kind::Identifier).then_some(())?;
    let scope = names.scopes(item)?.scope_of(function.byte_range().into())?;
    let mut puts = Vec::new();
    for used in names.uses(bound)? {
        (used.item == item && used.reference.scope == scope).then_some(())?;
        if Span::from(end.byte_range()).contains(used.reference.at) {
            continue;
        }
        puts.push(put(subject, function, &used)?);
    }
    let in_loop = |put: &Put<'_>| {
        let path = path_in(subject, item, put.statement).unwrap_or_default();
        let inside = path.iter().skip_while(|node| **node != function);
        inside.clone().any(|it| matches!(kind(*it), Kind::ForStatement | Kind::WhileStatement))
    };
    puts.iter().any(in_loop).then_some(())?;
    // Who reads that may index it.
    let promised = docstring(function, subject.item_text());
    let promised = promised.map_or("", |it| subject.text(it));
    let mut words = promised.split(|char: char| !char.is_alphanumeric());
    (!words.any(|word| word.eq_ignore_ascii_case("list"))).then_some(())?;
    let annotation = Field::ReturnType.of(function);
    annotation.is_none_or(|it| items_of(subject, it).is_some()).then_some(())?;
    Some(Builder { made, name, puts, end, annotation })
}

/// What is put into the list where its name is used.
fn put<'a>(subject: &Subject<'a>, function: Node<'a>, used: &Use<'_>) -> Option<Put<'a>> {
    let root = subject.names().item(used.item).tree()?.root_node();
    let node = node_with(root, used.reference.at)?;
    let path = path_in(subject, used.item, node)?;
    let [.., statement, call, _, _] = path[..] else { return None };
    let (object, word) = method(call)?;
    let several = match subject.text(word) {
        "append" => false,
        "extend" => true,
        _ => return None,
    };
    let [given] = arguments(call)[..] else { return None };
    let is_it = object == node
        && expression(statement) == Some(call)
        && !matches!(kind(given), Kind::ListSplat | Kind::KeywordArgument | Kind::DictionarySplat);
    // What is held or caught around a `yield` is so while the caller does something else.
    let at = path.iter().position(|it| *it == function)?;
    let is_held = path[at + 1..]
        .iter()
        .any(|it| matches!(kind(*it), Kind::WithStatement | Kind::TryStatement));
    (is_it && !is_held).then_some(Put { statement, given, several })
}

/// The text of the type of the items, with brackets, in the annotation of a list.
fn items_of(subject: &Subject<'_>, annotation: Node<'_>) -> Option<String> {
    let node = inner(annotation);
    let (base, items) = match subscripted(node) {
        Some(parts) => (parts.base, &subject.text(node)[subject.text(parts.base).len()..]),
        None => (node, ""),
    };
    let name = subject.names().qualified(subject.item(), base)?;
    matches!(&*name, "builtins.list" | "typing.List").then(|| items.to_owned())
}

/// The line on which a caller walks over the list; nothing unless all that use the function do.
fn first_walk(subject: &Subject<'_>, builder: &Builder<'_>) -> Option<usize> {
    let (names, item) = (subject.names(), subject.item());
    let own = Span::from(subject.node().byte_range());
    let binding = names.scopes(item)?.definition(own)?;
    let mut first = None;
    for used in names.uses(Bound { item, binding })? {
        let root = names.item(used.item).tree()?.root_node();
        let callee = node_with(root, used.reference.at)?;
        let path = path_in(subject, used.item, callee)?;
        let call = *path.get(path.len().checked_sub(2)?)?;
        (Field::Function.of(call) == Some(callee)).then_some(())?;
        if used.item == item && own.contains(used.reference.at) {
            // A list that is made of its own lists.
            let is_it = builder.puts.iter().any(|put| put.several && put.given == call);
            is_it.then_some(())?;
            continue;
        }
        let place = Place::at(names, used.item, call)?;
        walks(subject, &place).then_some(())?;
        first.get_or_insert(place.line(subject));
    }
    first
}

/// True when the code around the call takes the items in order and keeps no list.
fn walks(subject: &Subject<'_>, place: &Place<'_>) -> bool {
    match place.role() {
        Role::For(_) | Role::YieldFrom => true,
        Role::Clause(around, _) => kind(around) != Kind::GeneratorExpression,
        Role::Argument { call, position: 0 } => {
            let name = place.callee(call);
            let row = name.and_then(|name| subject.row(&CONSUMER, &name));
            arguments(call).len() == 1 && row.is_some_and(|row| row.get("argument").is_none())
        }
        _ => false,
    }
}

fn fix(subject: &Subject<'_>, found: &Found) -> Vec<Plan> {
    plan(subject, found).into_iter().collect()
}

fn plan(subject: &Subject<'_>, found: &Found) -> Option<Plan> {
    let builder = builder(subject)?;
    let body = statements(Field::Body.of(subject.node())?);
    let at = body.iter().position(|it| *it == builder.made)?;
    let next = *body.get(at + 1)?;
    let before_end = *body.get(body.len().checked_sub(2)?)?;
    (before_end != builder.made).then_some(())?;
    indentation(subject, builder.made)?;
    indentation(subject, builder.end)?;
    let mut edits = vec![
        (Span::new(subject.span(builder.made).start, subject.span(next).start), String::new()),
        (Span::new(subject.span(before_end).end, subject.span(builder.end).end), String::new()),
    ];
    for put in &builder.puts {
        let (statement, given) = (subject.span(put.statement), subject.span(put.given));
        let word = if put.several { "yield from " } else { "yield " };
        let text = subject.text(put.given);
        // Without the brackets of the call a line break would end the statement.
        let is_open = kind(put.given) == Kind::NamedExpression
            || text.contains(['\n', '\r']) && !text.ends_with([')', ']', '}']);
        let (open, close) = if is_open { ("(", ")") } else { ("", "") };
        edits.push((Span::new(statement.start, given.start), format!("{word}{open}")));
        edits.push((Span::new(given.end, statement.end), close.to_owned()));
    }
    if let Some(annotation) = builder.annotation {
        let items = items_of(subject, annotation)?;
        let import = imported(subject, subject.node(), "collections.abc", "Iterator");
        edits.push((subject.span(inner(annotation)), format!("{}{items}", import.expression)));
        edits.extend(import.edit);
    }
    let facts = found.facts.clone();
    Some(Plan { fix: "yield-items", safety: Safety::Review, facts, edits })
}
