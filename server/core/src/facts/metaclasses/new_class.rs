//! `types.new_class`, `types.prepare_class` and `__mro_entries__`.
//!
//! Source: Library Reference, types, Dynamic Type Creation; PEP 560: a base that is no class may
//! name the classes to take in its place.

use super::super::classes::Class;
use super::super::decoration::Arguments;
use super::super::source_text::one_line;
use super::super::{Facts, Provider, Slot, SlotKind, Value};
use super::method::OwnMethod;
use crate::subject::Subject;
use crate::syntax::function::{Parameter, returned, returns, statements};
use crate::syntax::{Field, Kind, Node, expression::plain_string, kind};
use crate::value::{self, Object};
use crate::walk;

pub static CALL: Provider = Provider {
    name: "new-class",
    doc: "a call of `types.new_class` or `types.prepare_class`; `@target` is the `call`",
    slots: CALL_SLOTS,
    run: call,
};

pub static ENTRIES: Provider = Provider {
    name: "mro-entries",
    doc: "the method `__mro_entries__`; `@target` is the `function_definition`",
    slots: ENTRY_SLOTS,
    run: entries,
};

static CALL_SLOTS: &[Slot] = &[
    Slot::new("call", SlotKind::Code, "the call of `new_class`, with its name only"),
    Slot::new("statement", SlotKind::Block, "the class statement that does the same"),
    Slot::new("body", SlotKind::Code, "what fills the namespace"),
    Slot::new("empty", SlotKind::Flag, "nothing fills it"),
    Slot::new("module", SlotKind::Flag, "it is `new_class`"),
    Slot::new("prepare", SlotKind::Code, "the call of `prepare_class`, with its name only"),
];

static ENTRY_SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("bases", SlotKind::Code, "the parameter that gets the bases as they are written"),
    Slot::new("returned", SlotKind::Code, "the only expression that it returns"),
    Slot::new("no-tuple", SlotKind::Code, "the same, if that is no tuple"),
    Slot::new("open", SlotKind::Flag, "it returns one thing or another"),
    Slot::new("users", SlotKind::Records(USERS), "classes of the file with such a base"),
];

static USERS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("base", SlotKind::Code, "the base as it is written"),
    Slot::new("line", SlotKind::Line, "its line"),
];

fn call(subject: &Subject<'_>) -> Option<Facts> {
    let name = subject.callee()?;
    let arguments = Arguments::of(subject.node(), subject.item_text());
    let title = arguments.get(0, "name").filter(|_| !arguments.spread)?;
    let title = plain_string(title, subject.item_text())?;
    let mut facts = Facts::of(CALL_SLOTS);
    match &*name {
        "types.prepare_class" => {
            facts.code("prepare", format!("prepare_class('{title}', …)"));
            return Some(facts);
        }
        "types.new_class" => {}
        _ => return None,
    }
    facts.code("call", format!("new_class('{title}', …)")).flag("module", true);
    let mut heads = Vec::new();
    match arguments.get(1, "bases") {
        Some(bases) if kind(bases) == Kind::Tuple => {
            heads.extend(statements(bases).iter().map(|node| one_line(subject, *node)));
        }
        Some(bases) => heads.push(format!("*{}", one_line(subject, bases))),
        None => {}
    }
    match arguments.get(2, "kwds") {
        Some(keywords) if kind(keywords) == Kind::Dictionary => {
            for pair in statements(keywords) {
                let key = Field::Key.of(pair).filter(|_| kind(pair) == Kind::Pair)?;
                let key = plain_string(key, subject.item_text())?;
                heads.push(format!("{key}={}", one_line(subject, Field::Value.of(pair)?)));
            }
        }
        Some(keywords) if kind(keywords) == Kind::None => {}
        Some(keywords) => heads.push(format!("**{}", one_line(subject, keywords))),
        None => {}
    }
    match arguments.get(3, "exec_body").filter(|body| kind(*body) != Kind::None) {
        Some(body) => facts.code("body", one_line(subject, body)),
        None => facts.flag("empty", true),
    };
    let is_identifier = title.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
        && !title.starts_with(|char: char| char.is_ascii_digit());
    if is_identifier {
        let head = if heads.is_empty() { String::new() } else { format!("({})", heads.join(", ")) };
        facts.set("statement", Value::Block(format!("class {title}{head}:\n    ...")));
    }
    Some(facts)
}

fn entries(subject: &Subject<'_>) -> Option<Facts> {
    let method = OwnMethod::of(subject).filter(|method| method.name == "__mro_entries__")?;
    if method.decorated.is_some() {
        return None;
    }
    // It is called with the tuple of the bases and nothing else.
    let is_fit = method.parameters.iter().skip(2).all(Parameter::is_optional);
    let bases = method.positional(1).filter(|_| is_fit)?;
    let mut facts = Facts::of(ENTRY_SLOTS);
    facts.code("class", method.class.name()).code("bases", bases);
    if let [one] = returns(method.node)[..]
        && let Some(value) = returned(one)
    {
        let found = value::of(subject.names(), subject.item(), value);
        let is_other = match found.map(|found| found.object) {
            Some(Object::Builtin(kind)) => kind != value::Builtin::Tuple,
            Some(Object::Named(name)) => name.starts_with("builtins."),
            Some(Object::Class(_) | Object::Function(_)) => true,
            _ => false,
        };
        facts.code(if is_other { "no-tuple" } else { "returned" }, one_line(subject, value));
    }
    let is_told = ["returned", "no-tuple"].iter().any(|slot| facts.get(slot).is_some());
    facts.flag("open", !is_told);
    facts.records("users", users(subject, method.class));
    Some(facts)
}

/// The classes of the file that have an instance of `class` among their bases.
fn users(subject: &Subject<'_>, class: Class<'_>) -> Vec<Facts> {
    let names = subject.names();
    let mut found = Vec::new();
    for (item, content) in names.all_items().iter().enumerate() {
        let Some(tree) = content.tree() else { continue };
        let mut classes: Vec<Node<'_>> = Vec::new();
        walk::until(tree.root_node(), |node| {
            if kind(node) == Kind::ClassDefinition {
                classes.push(node);
            }
            kind(node) == Kind::ExpressionStatement
        });
        for other in classes {
            for base in Arguments::of(other, content.text()).positional {
                let is_it = value::of(names, item, base).is_some_and(|value| {
                    matches!(value.object, Object::Instance(made) if made.node == class.node)
                });
                let Some(name) = Field::Name.of(other).filter(|_| is_it) else { continue };
                let text = content.text();
                let mut record = Facts::of(USERS);
                record.code("class", &text[name.byte_range()]);
                record.code("base", super::super::source_text::one_line_in(text, base));
                let start = subject.document().start_of(item) + other.start_byte();
                record.line("line", subject.document().text().line_of(start));
                found.push(record);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
