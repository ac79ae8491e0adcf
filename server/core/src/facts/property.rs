//! `@property` and its `.setter`, `.deleter` and `.getter`.
//!
//! Source: Library Reference, Built-in Functions, `property`; Descriptor Guide, Properties.

use super::decoration::Decorated;
use super::properties::{Property, Role, properties, role};
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::{own_nodes, parameters};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "property",
    doc: "`@property` above a method; `@target` is the `decorator`",
    slots: SLOTS,
    run: run_property,
};

pub static ACCESSOR: Provider = Provider {
    name: "property-accessor",
    doc: "`@x.setter`, `@x.deleter` or `@x.getter`, where `x` is a property of the same class; \
          `@target` is the `decorator`",
    slots: SLOTS,
    run: run_accessor,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name that the class binds"),
    Slot::new("read", SlotKind::Code, "`obj.x`"),
    Slot::new("of", SlotKind::Code, "the property that the accessor is added to"),
    Slot::new("accessor", SlotKind::Words(&["getter", "setter", "deleter"]), "which accessor"),
    Slot::new("use", SlotKind::Code, "what calls the accessor: `obj.x = value`"),
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("getter-line", SlotKind::Line, "the line of the function that reads"),
    Slot::new("setter-line", SlotKind::Line, "the line of the function that sets"),
    Slot::new("deleter-line", SlotKind::Line, "the line of the function that deletes"),
    Slot::new("read-only", SlotKind::Flag, "the class gives it neither setter nor deleter"),
    Slot::new("others", SlotKind::Records(OTHERS), "the other properties of the class"),
    Slot::new(
        "copies",
        SlotKind::Records(COPIES),
        "properties of the class that were copied from this one under another name",
    ),
    Slot::new("split", SlotKind::Flag, "the function has another name than the property"),
    Slot::new(
        "lacks",
        SlotKind::Words(&["setter", "deleter", "getter"]),
        "the accessor that the first property does not get, as the function has another name",
    ),
    Slot::new(
        "recursion",
        SlotKind::Line,
        "the line on which the accessor does to the attribute what it is called for",
    ),
];

static OTHERS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name"),
    Slot::new("access", SlotKind::Words(ACCESS), "what can be done"),
    Slot::new("lines", SlotKind::Lines, "the lines of its functions"),
];

static COPIES: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the copy"),
    Slot::new("line", SlotKind::Line, "the line of the function that made it"),
];

const ACCESS: &[&str] = &[
    "read",
    "read and set",
    "read and deleted",
    "read, set and deleted",
    "set",
    "deleted",
    "set and deleted",
];

fn run_property(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["builtins.property"])?;
    let class = decorated.class(subject.names())?;
    let function = decorated.function()?;
    if decorated.all[at].call.is_some() {
        return None;
    }
    let name = decorated.name(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("read", format!("obj.{name}")).code("class", class.name());
    let all = properties(class);
    // Anything else and the name is rebound, or may be.
    let own = all.iter().find(|one| one.name == name && one.getter == Some(function))?;
    set_lines(subject, own, &mut facts);
    facts.flag("read-only", own.setter.is_none() && own.deleter.is_none());
    let copies = all.iter().filter(|one| one.copied_from == Some(name)).map(|copy| {
        let mut record = Facts::of(COPIES);
        let made = copy.setter.or(copy.deleter).or(copy.getter).unwrap_or(function);
        record.code("name", copy.name).line("line", subject.line(made));
        record
    });
    facts.records("copies", copies.collect());
    let copies = all.iter().filter(|one| one.copied_from == Some(name)).map(|copy| copy.name);
    let shown: Vec<_> = copies.chain([name]).collect();
    set_others(subject, &all, &shown, &mut facts);
    if let Some(line) = recursion(subject, function, name, "getter") {
        facts.line("recursion", line);
    }
    Some(facts)
}

fn run_accessor(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let class = decorated.class(subject.names())?;
    let function = decorated.function()?;
    let Role::Accessor(of, accessor) = role(subject.item_text(), &decorated.all[decorated.at?])?
    else {
        return None;
    };
    let (name, of) = (decorated.name(subject)?, subject.text(of));
    let all = properties(class);
    let first = all.iter().find(|one| one.name == of)?;
    let made = all.iter().find(|one| one.name == name)?;
    let has_it = [made.getter, made.setter, made.deleter].contains(&Some(function));
    if !has_it || decorated.conditional {
        return None;
    }
    let mut facts = Facts::of(SLOTS);
    let (word, does) = match accessor {
        "setter" => ("setter", format!("obj.{name} = value")),
        "deleter" => ("deleter", format!("del obj.{name}")),
        _ => ("getter", format!("obj.{name}")),
    };
    facts.code("name", name).code("read", format!("obj.{name}")).code("class", class.name());
    facts.code("of", of).word("accessor", word).code("use", does);
    set_lines(subject, made, &mut facts);
    if name != of {
        facts.flag("split", true);
        let lacks = match word {
            "setter" => first.setter.is_none(),
            "deleter" => first.deleter.is_none(),
            _ => first.getter.is_none(),
        };
        if lacks {
            facts.word("lacks", word);
        }
    }
    set_others(subject, &all, &[name, of], &mut facts);
    if let Some(line) = recursion(subject, function, name, word) {
        facts.line("recursion", line);
    }
    Some(facts)
}

fn set_lines(subject: &Subject<'_>, property: &Property<'_>, facts: &mut Facts) {
    let lines = [
        ("getter-line", property.getter),
        ("setter-line", property.setter),
        ("deleter-line", property.deleter),
    ];
    for (slot, node) in lines {
        if let Some(node) = node {
            facts.line(slot, subject.line(node));
        }
    }
}

fn set_others(subject: &Subject<'_>, all: &[Property<'_>], but: &[&str], facts: &mut Facts) {
    let others = all.iter().filter(|one| !but.contains(&one.name)).filter_map(|one| {
        let word = match (one.getter, one.setter, one.deleter) {
            (Some(_), None, None) => "read",
            (Some(_), Some(_), None) => "read and set",
            (Some(_), None, Some(_)) => "read and deleted",
            (Some(_), Some(_), Some(_)) => "read, set and deleted",
            (None, Some(_), None) => "set",
            (None, None, Some(_)) => "deleted",
            (None, Some(_), Some(_)) => "set and deleted",
            (None, None, None) => return None,
        };
        let nodes = [one.getter, one.setter, one.deleter];
        let lines = nodes.into_iter().flatten().map(|node| subject.line(node)).collect();
        let mut record = Facts::of(OTHERS);
        record.code("name", one.name).word("access", word);
        record.set("lines", super::Value::Lines(lines));
        Some(record)
    });
    facts.records("others", others.collect());
}

/// The line on which an accessor's own body uses `self.name` in the way that calls the accessor.
fn recursion(
    subject: &Subject<'_>,
    function: Node<'_>,
    name: &str,
    accessor: &str,
) -> Option<usize> {
    let this = parameters(function)?.first().map(|one| subject.text(one.name))?;
    let mut found = None;
    let mut targets = Vec::new();
    own_nodes(function, |node| match kind(node) {
        Kind::Assignment | Kind::AugmentedAssignment => {
            targets.extend(node.child_in(Field::Left).map(|left| (left.id(), "setter")));
        }
        Kind::DeleteStatement => {
            targets.extend(node.named_child(0).map(|target| (target.id(), "deleter")));
        }
        Kind::Attribute => {
            let is = |field: Field, text: &str| {
                node.child_in(field).is_some_and(|it| subject.text(it) == text)
            };
            let does = targets.iter().find(|(id, _)| *id == node.id());
            let does = does.map_or("getter", |(_, does)| *does);
            if found.is_none()
                && is(Field::Object, this)
                && is(Field::Attribute, name)
                && does == accessor
            {
                found = Some(subject.line(node));
            }
        }
        _ => {}
    });
    found
}

#[cfg(test)]
mod tests;
