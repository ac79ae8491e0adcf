//! A value becomes part of the text of an SQL statement.

mod inverse;
mod rewrite;

use crate::facts::{Facts, Slot, SlotKind};
use crate::lint::{Found, Rule};
use crate::names::Bound;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::value::{self, Builtin};

use super::code::{bare, callee_name, is_call_of, plain_arguments};
use super::sql::places::{Place, Scan, scan};
use super::sql::statement::{Hole, Statement, read};
use super::sql::{Execution, execution};

pub use inverse::INVERSE;

pub static RULE: Rule = Rule {
    id: "sql-string-format",
    kinds: &[Kind::Call],
    slots: SLOTS,
    cases: &[],
    fixes: &["use-parameters"],
    related: &[],
    check,
    fix: rewrite::fix,
};

static SLOTS: &[Slot] = &[
    Slot::new("value", SlotKind::Code, "the first value in the text"),
    Slot::new("values", SlotKind::Codes, "all of them"),
    Slot::new("placeholder", SlotKind::Code, "what stands for a value in a statement"),
    Slot::new("module", SlotKind::Code, "the driver that writes it so"),
];

/// A call that runs a statement with values in its text.
struct Injection<'a> {
    execution: Execution<'a>,
    /// The argument.
    argument: Node<'a>,
    /// Where the text is put together: the argument, or what is assigned to it.
    text: Node<'a>,
    statement: Statement<'a>,
    scan: Scan,
    /// The places in [`Scan::places`] with a value that is not harmless.
    open: Vec<usize>,
}

fn check(subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.settings().is_test {
        return;
    }
    let Some(injection) = injection(subject) else { return };
    let mut values = injection.values();
    let Some(first) = values.next() else { return };
    let mut facts = Facts::of(SLOTS);
    facts.code("value", subject.text(first));
    let others: Vec<_> = std::iter::once(first).chain(values).map(|it| subject.text(it)).collect();
    facts.codes("values", others);
    if let Some(database) = &injection.execution.database
        && let Some(placeholder) = &database.placeholder
    {
        facts.code("placeholder", placeholder).code("module", &database.module);
    }
    let at = first.byte_range().into();
    found.push(Found { at, case: None, facts, related: Vec::new() });
}

impl<'a> Injection<'a> {
    fn places(&self) -> impl Iterator<Item = &Place> {
        self.open.iter().map(|place| &self.scan.places[*place])
    }

    fn values(&self) -> impl Iterator<Item = Node<'a>> {
        let holes = self.places().flat_map(|place| &place.holes);
        holes.filter_map(|hole| self.statement.holes[*hole].value)
    }
}

fn injection<'a>(subject: &Subject<'a>) -> Option<Injection<'a>> {
    let call = subject.node();
    let execution = execution(subject, call)?;
    let (positional, _) = plain_arguments(call)?;
    let argument = *positional.first()?;
    let text = text_of(subject, argument)?;
    let statement = read(subject, text).filter(|statement| !statement.holes.is_empty())?;
    let scan = scan(&statement.symbols)?;
    let is_open = |place: &Place| {
        let holes = || place.holes.iter().map(|hole| &statement.holes[*hole]);
        holes().all(|hole| hole.value.is_some())
            && holes().any(|hole| may_be_any_text(subject, hole, place.quoted))
    };
    let open: Vec<_> = (0..scan.places.len()).filter(|at| is_open(&scan.places[*at])).collect();
    (!open.is_empty()).then_some(Injection { execution, argument, text, statement, scan, open })
}

/// Where the text of the statement is put together.
fn text_of<'a>(subject: &Subject<'a>, argument: Node<'a>) -> Option<Node<'a>> {
    let argument = bare(argument);
    if kind(argument) == Kind::Call
        && is_call_of(subject, argument, &["sqlalchemy.text", "sqlalchemy.sql.text"])
    {
        return plain_arguments(argument)?.0.first().copied();
    }
    if kind(argument) != Kind::Identifier {
        return Some(argument);
    }
    let bound = assigned(subject, argument)?;
    Field::Right.of(subject.names().node(bound)?)
}

/// The one assignment to a local variable.
fn assigned<'a>(subject: &Subject<'a>, name: Node<'a>) -> Option<Bound<'a>> {
    let bound = subject.names().binding(subject.item(), name)?;
    let node = subject.names().node(bound)?;
    let plain = bound.item == subject.item()
        && bound.binding.kind == BindingKind::Assignment
        && bound.binding.from == bound.binding.scope
        && Field::Left.of(node).is_some_and(|it| bound.binding.at == it.byte_range().into());
    plain.then_some(bound)
}

/// Parts of names of what is part of a statement, not a value.
const PARTS: &[&str] = &[
    "bind",
    "clause",
    "col",
    "cond",
    "escape",
    "expr",
    "field",
    "ident",
    "mark",
    "op",
    "order",
    "param",
    "part",
    "placeholder",
    "query",
    "quote",
    "schema",
    "sql",
    "suffix",
    "table",
    "where",
];

/// False for what is known to be a number or a constant, and for what may be a piece of SQL.
fn may_be_any_text(subject: &Subject<'_>, hole: &Hole<'_>, quoted: bool) -> bool {
    let Some(value) = hole.value.map(bare).filter(|_| !hole.number) else { return false };
    if is_number(subject, value) || is_constant(subject, value) {
        return false;
    }
    match kind(value) {
        Kind::Identifier => quoted || !is_part(subject.text(value)),
        Kind::Attribute | Kind::Subscript => {
            let name = Field::Attribute.of(value).unwrap_or(value);
            quoted || !is_part(subject.text(name))
        }
        Kind::Call => {
            let callee = value.child_in(Field::Function);
            let text = callee.map(|callee| subject.text(callee)).unwrap_or_default();
            let is_plain = callee_name(subject, value).as_deref() == Some("builtins.str")
                && plain_arguments(value).is_some_and(|(arguments, _)| match arguments[..] {
                    [argument] => {
                        !is_number(subject, argument)
                            && !is_constant(subject, argument)
                            && !is_part(subject.text(argument))
                    }
                    _ => false,
                });
            is_plain
                || quoted
                    && !is_part(text)
                    && !text.ends_with(".join")
                    && !text.ends_with(".replace")
        }
        _ => false,
    }
}

fn is_part(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    PARTS.iter().any(|part| name.contains(part))
}

fn is_number(subject: &Subject<'_>, value: Node<'_>) -> bool {
    let names = subject.names();
    if let Some(node) = crate::names::node_with(subject.path()[0], value.byte_range().into())
        && let Some(value) = value::of(names, subject.item(), node)
    {
        return [Builtin::Int, Builtin::Float, Builtin::Bool].iter().any(|kind| value.is(*kind));
    }
    let binding = Some(value)
        .filter(|value| kind(*value) == Kind::Identifier)
        .and_then(|value| names.binding(subject.item(), value))
        .filter(|bound| bound.binding.kind == BindingKind::Parameter);
    let annotation = binding.and_then(|bound| Field::Type.of(names.node(bound)?));
    annotation.is_some_and(|it| {
        let words = subject.text(it).split(|char: char| !char.is_alphanumeric());
        let is_word =
            |word: &str| matches!(word, "int" | "float" | "bool" | "Decimal" | "datetime");
        words.into_iter().any(is_word)
    })
}

/// True for a constant, by what is assigned to it or by the way it is written.
fn is_constant(subject: &Subject<'_>, value: Node<'_>) -> bool {
    let last = match kind(value) {
        Kind::Attribute => Field::Attribute.of(value),
        _ => Some(value),
    };
    let text = last.map(|last| subject.text(last)).unwrap_or_default();
    if !text.contains(|char: char| char.is_lowercase()) {
        return true;
    }
    let names = subject.names();
    let bound = Some(value).filter(|value| kind(*value) == Kind::Identifier);
    let bound = bound.and_then(|value| names.binding(subject.item(), value));
    bound.is_some_and(|bound| {
        let is_loop = matches!(bound.binding.kind, BindingKind::For);
        let right = names.node(bound).and_then(|node| Field::Right.of(node));
        let is_literal = right.is_some_and(|right| {
            matches!(
                kind(right),
                Kind::String
                    | Kind::ConcatenatedString
                    | Kind::Integer
                    | Kind::ConditionalExpression
            )
        });
        let is_list = right.is_some_and(|right| matches!(kind(right), Kind::Tuple | Kind::List));
        is_loop && is_list || !is_loop && is_literal
    })
}
