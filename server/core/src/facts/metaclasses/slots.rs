//! `__slots__`.
//!
//! Source: Python Language Reference, Data model, `__slots__`.

use super::super::classes::{Class, Own};
use super::super::{Facts, Provider, Slot, SlotKind};
use super::attributes::{Access, writes};
use super::body_attribute::BodyAttribute;
use super::mro::{Link, Orders};
use crate::subject::Subject;
use crate::syntax::{Kind, Node, expression::plain_string, function::statements, kind};

pub static PROVIDER: Provider = Provider {
    name: "slots",
    doc: "an assignment to `__slots__` in a class body; `@target` is the `assignment`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("names", SlotKind::Codes, "the names that are listed"),
    Slot::new("empty", SlotKind::Code, "the class, if none is listed"),
    Slot::new("strict", SlotKind::Code, "the class, if its instances surely have no `__dict__`"),
    Slot::new("loose", SlotKind::Code, "the class, if its instances have one nevertheless"),
    Slot::new("base", SlotKind::Code, "the base without `__slots__`"),
    Slot::new("base-line", SlotKind::Line, "its line"),
    Slot::new("dict", SlotKind::Flag, "`__dict__` is listed itself"),
    Slot::new("missing", SlotKind::Records(MISSING), "assignments that fail"),
    Slot::new("conflict", SlotKind::Codes, "listed names that the body binds as well"),
    Slot::new("subclasses", SlotKind::Codes, "subclasses of the file without `__slots__`"),
];

static MISSING: &[Slot] = &[
    Slot::new("attribute", SlotKind::Code, "the attribute"),
    Slot::new("line", SlotKind::Line, "the line of the assignment"),
];

/// Bases of the standard library that have empty `__slots__`, or are written in C without a
/// `__dict__`.
const WITHOUT_DICT: &[&str] = &[
    "builtins.object",
    "abc.ABC",
    "typing.Generic",
    "builtins.int",
    "builtins.str",
    "builtins.float",
    "builtins.tuple",
    "builtins.list",
    "builtins.dict",
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let attribute = BodyAttribute::of(subject).filter(|found| found.name == "__slots__")?;
    let class = attribute.class;
    let names = listed(class, attribute.value)?;
    let mut orders = Orders::across_files(subject);
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).codes("names", names.iter().copied());
    if names.is_empty() {
        facts.code("empty", class.name());
    }
    let has_dict = names.contains(&"__dict__");
    facts.flag("dict", has_dict);
    let conflict = names.iter().filter(|name| !matches!(class.own(name), Own::No));
    facts.codes("conflict", conflict.copied());
    let open = class
        .subclasses()
        .into_iter()
        .filter(|sub| matches!(sub.own("__slots__"), Own::No) && sub.decorated().is_none());
    facts.codes("subclasses", open.map(|sub| sub.name()));

    let links = orders.of(class).complete().unwrap_or_default();
    // Of these types only subclasses with empty slots can be made.
    let is_fixed = |link: &Link<'_>| {
        ["builtins.int", "builtins.tuple", "builtins.bytes"].iter().any(|name| link.is(name))
    };
    if links.iter().any(is_fixed) && !names.is_empty() {
        return None;
    }
    let mut all = names.clone();
    let mut strict = !has_dict && !links.is_empty();
    for link in links.iter().skip(1) {
        match link {
            Link::Here(base) => match base.own("__slots__") {
                Own::Yes(binding) => match base.value_of(binding).and_then(|v| listed(*base, v)) {
                    Some(more) => {
                        strict &= !more.contains(&"__dict__");
                        all.extend(more);
                    }
                    None => strict = false,
                },
                Own::No if base.decorated().is_none() => {
                    if facts.get("loose").is_none() {
                        facts.code("loose", class.name()).code("base", base.name());
                        facts.line("base-line", base.line_at(base.node.start_byte()));
                    }
                    strict = false;
                }
                _ => strict = false,
            },
            Link::Known(name) => strict &= WITHOUT_DICT.contains(&name.as_str()),
        }
    }
    if !strict {
        return Some(facts);
    }
    facts.code("strict", class.name());
    let mut missing: Vec<Facts> = Vec::new();
    let mut seen = Vec::new();
    for write in writes(class) {
        let is_bound = links
            .iter()
            .filter_map(Link::here)
            .any(|base| !matches!(base.own(write.name), Own::No));
        let fails = write.access == Access::Assigned
            && !all.contains(&write.name)
            && !is_bound
            && !write.name.starts_with("__");
        if fails && !seen.contains(&write.name) {
            seen.push(write.name);
            let mut record = Facts::of(MISSING);
            record.code("attribute", write.name).line("line", subject.line(write.node));
            missing.push(record);
        }
    }
    let usual = matches!(orders.lookup(&links, "__setattr__"), super::mro::Found::Nowhere);
    if usual {
        facts.records("missing", missing);
    }
    Some(facts)
}

/// The names in a display of plain strings, or the only one.
fn listed<'a>(class: Class<'a>, value: Node<'a>) -> Option<Vec<&'a str>> {
    match kind(value) {
        Kind::String => Some(vec![plain_string(value, class.text())?]),
        Kind::Tuple | Kind::List => {
            statements(value).into_iter().map(|node| plain_string(node, class.text())).collect()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
