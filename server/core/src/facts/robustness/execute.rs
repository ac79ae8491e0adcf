//! `execute`, `executemany` and `executescript` of a database connection or cursor.
//!
//! Sources: PEP 249; Library Reference, sqlite3, How to use placeholders, and Transaction control.

use super::database::{Connected, connected};
use crate::facts::collections::operation::loop_around;
use crate::facts::collections::uses::Role;
use crate::facts::source_text::{one_line, one_line_in};
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::names::{Bound, Names};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::expression::{bare, method};
use crate::syntax::function::{arguments, statements};
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "execute",
    doc: "a call of `execute`, `executemany` or `executescript` of a connection or cursor whose \
          driver has a row in `database`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("module", SlotKind::Code, "the driver"),
    Slot::new("placeholder", SlotKind::Code, "what stands for a value in a statement"),
    Slot::new("inserted", SlotKind::Codes, "what becomes part of the text of the statement"),
    Slot::new("line", SlotKind::Line, "the line on which that text is put together, if another"),
    Slot::new("passed", SlotKind::Code, "values that are handed over beside the text"),
    Slot::new("rows", SlotKind::Code, "the rows of `executemany`"),
    Slot::new("fixed", SlotKind::Code, "the first word of a fixed statement without values"),
    Slot::new("script", SlotKind::Flag, "it is `executescript`"),
    Slot::new("marks", SlotKind::Number, "how many placeholders there are, if that is wrong"),
    Slot::new("given", SlotKind::Number, "how many values are given then"),
    Slot::new("loop", SlotKind::Line, "the loop around, if each round changes one row"),
    Slot::new("uncommitted", SlotKind::Code, "the connection, if nothing in the file commits"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let (receiver, name) = method(call)?;
    let name = subject.text(name);
    matches!(name, "execute" | "executemany" | "executescript").then_some(())?;
    let receiver = same(subject, receiver)?;
    let Connected::To(database) = connected(subject, receiver) else { return None };
    let given = arguments(call);
    let is_plain = |node: &Node<'_>| {
        !matches!(kind(*node), Kind::ListSplat | Kind::DictionarySplat | Kind::KeywordArgument)
    };
    let [statement, values @ ..] = &given[..] else { return None };
    (given.iter().all(is_plain) && values.len() <= 1).then_some(())?;
    let is_sqlite = database.module == "sqlite3";
    let mut facts = Facts::of(SLOTS);
    facts.code("module", &database.module);
    facts.code("placeholder", database.placeholder.clone().unwrap_or_default());
    let text = Text::of(subject, *statement);
    match &text {
        Some(text) if !text.values.is_empty() => {
            let source = subject.names().item(text.item).text();
            facts.codes("inserted", text.values.iter().map(|it| one_line_in(source, *it)));
            let line = subject.names().line(text.item, text.node);
            if line.number != subject.line(call) {
                facts.line("line", line);
            }
        }
        _ if name == "executescript" => {}
        Some(text) if values.is_empty() => {
            facts.code("fixed", text.word());
        }
        _ => {}
    }
    facts.flag("script", name == "executescript" && is_sqlite);
    if let Some(passed) = values.first() {
        let slot = if name == "executemany" { "rows" } else { "passed" };
        facts.code(slot, one_line(subject, *passed));
        if let Some(text) = text.as_ref().filter(|_| is_sqlite && name == "execute") {
            mismatch(text, *passed, &mut facts);
        }
    }
    let word = text.as_ref().map(Text::word).unwrap_or_default();
    let changes = matches!(&*word, "INSERT" | "UPDATE" | "DELETE" | "REPLACE");
    if changes
        && name == "execute"
        && facts.get("passed").is_some()
        && let Some(around) = loop_around(subject).filter(|it| kind(*it) == Kind::ForStatement)
    {
        facts.line("loop", subject.line(around));
    }
    if changes
        && is_sqlite
        && let Some(connection) = never_commits(subject, receiver)
    {
        facts.code("uncommitted", connection);
    }
    let says_something = ["inserted", "passed", "rows", "fixed", "script"];
    says_something.iter().any(|slot| facts.get(slot).is_some()).then_some(facts)
}

fn same<'a>(subject: &Subject<'a>, node: Node<'_>) -> Option<Node<'a>> {
    crate::names::node_with(subject.path()[0], node.byte_range().into())
}

/// The text of a statement.
struct Text<'a> {
    item: usize,
    node: Node<'a>,
    /// What is written out of it, without what stands between values.
    literal: String,
    /// What is put in.
    values: Vec<Node<'a>>,
}

impl<'a> Text<'a> {
    fn of(subject: &Subject<'a>, argument: Node<'_>) -> Option<Self> {
        let names = subject.names();
        let (mut item, mut node) = (subject.item(), bare(same(subject, argument)?));
        if kind(node) == Kind::Identifier {
            let bound = names.binding(item, node)?;
            let assignment = names.node(bound)?;
            let left = Field::Left.of(assignment)?;
            let is_plain = bound.binding.kind == BindingKind::Assignment
                && bound.binding.at == left.byte_range().into();
            item = bound.item;
            node = bare(Field::Right.of(assignment).filter(|_| is_plain)?);
        }
        let mut text = Self { item, node, literal: String::new(), values: Vec::new() };
        text.read(names, node)?;
        Some(text)
    }

    fn read(&mut self, names: Names<'a>, node: Node<'a>) -> Option<()> {
        let source = names.item(self.item).text();
        match kind(node) {
            Kind::String | Kind::ConcatenatedString => {
                let mut values = Vec::new();
                let mut literal = String::new();
                walk::until(node, |inner| match kind(inner) {
                    Kind::Interpolation => {
                        values.extend(Field::Expression.of(inner).or(inner.named_child(0)));
                        true
                    }
                    Kind::StringContent => {
                        literal.push_str(source.get(inner.byte_range()).unwrap_or_default());
                        false
                    }
                    _ => false,
                });
                self.values.append(&mut values);
                self.literal.push_str(&literal);
                Some(())
            }
            Kind::BinaryOperator => {
                let (left, right) = (bare(Field::Left.of(node)?), bare(Field::Right.of(node)?));
                let is_text =
                    |node: Node<'_>| matches!(kind(node), Kind::String | Kind::ConcatenatedString);
                match Field::Operator.of(node)?.kind() {
                    "%" if is_text(left) => {
                        self.read(names, left)?;
                        match kind(right) {
                            Kind::Tuple => self.values.extend(statements(right)),
                            _ => self.values.push(right),
                        }
                        Some(())
                    }
                    "+" => {
                        let mut operands = vec![right];
                        let mut at = left;
                        while kind(at) == Kind::BinaryOperator && operands.len() < MAX_OPERANDS {
                            (Field::Operator.of(at)?.kind() == "+").then_some(())?;
                            operands.push(bare(Field::Right.of(at)?));
                            at = bare(Field::Left.of(at)?);
                        }
                        operands.push(at);
                        operands.reverse();
                        operands.iter().any(|it| is_text(*it)).then_some(())?;
                        for operand in operands {
                            if is_text(operand) {
                                self.read(names, operand)?;
                            } else {
                                self.values.push(operand);
                            }
                        }
                        Some(())
                    }
                    _ => None,
                }
            }
            Kind::Call => {
                let (object, name) = method(node)?;
                let is_format = source.get(name.byte_range()) == Some("format")
                    && matches!(kind(object), Kind::String | Kind::ConcatenatedString);
                is_format.then_some(())?;
                self.read(names, object)?;
                for argument in arguments(node) {
                    let value = match kind(argument) {
                        Kind::KeywordArgument => Field::Value.of(argument)?,
                        _ => argument,
                    };
                    self.values.push(value);
                }
                Some(())
            }
            _ => None,
        }
    }

    /// The first word of the statement, in capitals; nothing when a value stands before it.
    fn word(&self) -> String {
        let first = self.literal.split_whitespace().next().unwrap_or_default();
        let is_word = first.chars().all(char::is_alphabetic);
        if is_word { first.to_ascii_uppercase() } else { String::new() }
    }
}

/// More operands are no statement that someone wrote.
const MAX_OPERANDS: usize = 100;

/// `?` in the text and elements of the tuple or list that are not as many.
fn mismatch(text: &Text<'_>, passed: Node<'_>, facts: &mut Facts) {
    let parts = statements(passed);
    let is_sequence = matches!(kind(passed), Kind::Tuple | Kind::List)
        && parts.iter().all(|part| kind(*part) != Kind::ListSplat);
    let is_clear = text.values.is_empty()
        && !text.literal.contains(['\'', '"', '`', '[', '\\', ':', '@', '$'])
        && !text.literal.contains("--")
        && !text.literal.contains("/*");
    let marks = text.literal.matches('?').count();
    let is_numbered = text
        .literal
        .split('?')
        .skip(1)
        .any(|rest| rest.starts_with(|char: char| char.is_ascii_digit()));
    if is_sequence && is_clear && !is_numbered && marks != parts.len() {
        facts.number("marks", marks).number("given", parts.len());
    }
}

/// The connection of `sqlite3` that the file makes and uses for nothing but statements, if the file
/// never commits.
fn never_commits<'a>(subject: &Subject<'a>, receiver: Node<'a>) -> Option<&'a str> {
    let names = subject.names();
    let speaks_of_it =
        ["commit", "executescript", "isolation_level", "autocommit", "COMMIT", "BEGIN"];
    if names.mentions_any(&speaks_of_it) {
        return None;
    }
    let mut bound = made_once(names, subject.item(), receiver)?;
    for _ in 0..2 {
        let value = Field::Right.of(names.node(bound)?)?;
        let uses = names.uses(bound)?;
        let only_statements = uses.iter().all(|found| {
            let path = crate::facts::call_sites::path_of(names, found);
            path.is_some_and(|path| match Role::of(&path) {
                Role::Method { name, .. } => {
                    let name = &names.item(found.item).text()[name.byte_range()];
                    name.starts_with("execute")
                        || name.starts_with("fetch")
                        || matches!(name, "close" | "cursor")
                }
                Role::Iterated => true,
                _ => false,
            })
        });
        only_statements.then_some(())?;
        let callee = Field::Function.of(value).filter(|_| kind(value) == Kind::Call)?;
        if names.qualified(bound.item, callee).as_deref() == Some("sqlite3.connect") {
            return names.item(bound.item).text().get(bound.binding.at.range());
        }
        let (object, _) = method(value)?;
        bound = made_once(names, bound.item, object)?;
    }
    None
}

/// The plain assignment that is the only one to a name.
fn made_once<'a>(names: Names<'a>, item: usize, node: Node<'a>) -> Option<Bound<'a>> {
    let bound = (kind(node) == Kind::Identifier).then(|| names.binding(item, node))??;
    let left = Field::Left.of(names.node(bound)?)?;
    let is_plain = bound.binding.kind == BindingKind::Assignment
        && bound.binding.at == left.byte_range().into();
    is_plain.then_some(bound)
}

#[cfg(test)]
mod tests;
