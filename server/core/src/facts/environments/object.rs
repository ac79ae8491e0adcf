//! What tells a program about its interpreter and its environment.

use crate::facts::source_text::one_line;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "environment-object",
    doc: "An object with a row in the table `environment-object`, or the variable `VIRTUAL_ENV` of \
          `os.environ`; `@target` is the `attribute`, `identifier`, `call` or `subscript`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the object as the file names it"),
    Slot::new("says", SlotKind::Text, "what it tells"),
    Slot::new("watch", SlotKind::Text, "what is easily overlooked"),
    Slot::new("inside", SlotKind::Code, "the comparison that is true in an environment"),
    Slot::new("outside", SlotKind::Code, "the comparison that is true outside of environments"),
    Slot::new("variable", SlotKind::Code, "the expression that reads `VIRTUAL_ENV`"),
    Slot::new("raises", SlotKind::Code, "that expression, if it raises without the variable"),
];

/// What tells about interpreter and environment.
pub static OBJECTS: Table = Table {
    name: "environment-object",
    doc: "A function or variable that tells a program about its interpreter, environment or \
          packages. Read by `environment-object`",
    columns: &[
        Slot::new("says", SlotKind::Text, "what it tells"),
        Slot::new("watch", SlotKind::Text, "what is easily overlooked"),
    ],
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    variable(subject).or_else(|| object(subject))
}

fn object(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    if !matches!(kind(node), Kind::Attribute | Kind::Identifier) {
        return None;
    }
    let name = subject.names().qualified(subject.item(), node)?;
    let row = subject.row(&OBJECTS, &name)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", one_line(subject, node));
    for column in ["says", "watch"] {
        if let Some(value) = row.get(column) {
            facts.set(column, value.clone());
        }
    }
    if let Some((slot, text)) = comparison(subject) {
        facts.code(slot, text);
    }
    Some(facts)
}

/// `sys.prefix != sys.base_prefix`, either way round.
fn comparison(subject: &Subject<'_>) -> Option<(&'static str, String)> {
    let around = subject.ancestors().next()?;
    if kind(around) != Kind::ComparisonOperator {
        return None;
    }
    let [left, right] = statements(around)[..] else { return None };
    let name = |node| subject.names().qualified(subject.item(), node);
    let both = (name(left)?, name(right)?);
    let is_test = [("sys.prefix", "sys.base_prefix"), ("sys.base_prefix", "sys.prefix")]
        .contains(&(both.0.as_str(), both.1.as_str()));
    let operator = around.children_in(Field::Operators).next()?.kind();
    let slot = match operator {
        "!=" => "inside",
        "==" => "outside",
        _ => return None,
    };
    is_test.then(|| (slot, one_line(subject, around)))
}

/// `os.environ["VIRTUAL_ENV"]`, `os.environ.get("VIRTUAL_ENV")`, `os.getenv("VIRTUAL_ENV")`.
fn variable(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let (of, key) = match kind(node) {
        Kind::Subscript => {
            let key = node.child_in(Field::Subscript)?;
            (Field::Value.of(node)?, key)
        }
        Kind::Call => {
            let arguments = crate::facts::decoration::Arguments::of(node, subject.item_text());
            (node.child_in(Field::Function)?, *arguments.positional.first()?)
        }
        _ => return None,
    };
    let name = subject.names().qualified(subject.item(), of)?;
    let is_subscript = kind(node) == Kind::Subscript && name == "os.environ";
    let is_call =
        kind(node) == Kind::Call && matches!(name.as_str(), "os.getenv" | "os.environ.get");
    let is_variable = super::interpreter::plain_string(subject, key) == Some("VIRTUAL_ENV");
    if !(is_subscript || is_call) || !is_variable {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let text = one_line(subject, node);
    if is_subscript {
        facts.code("raises", text.clone());
    }
    facts.code("variable", text);
    Some(facts)
}

#[cfg(test)]
mod tests;
