//! A method of `dict` or `list` that a subclass overrides, and the methods that do not call it.
//!
//! Source: CPython, Objects/dictobject.c and Objects/listobject.c; Library Reference, collections,
//! `UserDict` and `UserList` objects.

use super::fresh::last_part;
use crate::facts::classes::{Base, Class, Own};
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "builtin-override",
    doc: "a method of a class that derives from one builtin type alone, if that type's method has \
          a row in `bypass`; `@target` is the `function_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("base", SlotKind::Code, "the builtin type"),
    Slot::new("method", SlotKind::Code, "the method"),
    Slot::new("bypasses", SlotKind::Codes, "methods that the class inherits and that go past it"),
    Slot::new("overridden", SlotKind::Codes, "those that the class has taken over, too"),
    Slot::new("instead", SlotKind::Text, "of which class they do call it, from the table"),
];

/// Which methods of builtin types do not call each other.
pub static BYPASS: Table = Table {
    name: "bypass",
    doc: "A method of a builtin type that other methods of the type do not call. Read by \
          `builtin-override`",
    columns: &[
        Slot::new("methods", SlotKind::Codes, "these other methods"),
        Slot::new("instead", SlotKind::Text, "of which class they do, in a sentence"),
    ],
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let function = subject.node();
    let class = class_around(subject)?;
    let name = subject.text(Field::Name.of(function)?);
    let [Base::Known(base)] = &class.bases()[..] else { return None };
    let is_last = matches!(class.own(name), Own::Yes(binding)
        if binding.node == function.byte_range().into());
    let row = subject.row(&BYPASS, &format!("{base}.{name}")).filter(|_| is_last)?;
    let Some(Value::Codes(methods)) = row.get("methods") else { return None };
    let is_own = |method: &&String| !matches!(class.own(method), Own::No);
    let (own, inherited): (Vec<_>, Vec<_>) = methods.iter().partition(is_own);
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).code("base", last_part(base)).code("method", name);
    facts.codes("bypasses", inherited).codes("overridden", own).take("instead", row, "instead");
    facts.get("bypasses").is_some().then_some(facts)
}

/// The class whose body the subject stands in directly.
fn class_around<'a>(subject: &Subject<'a>) -> Option<Class<'a>> {
    let is_between =
        |node: &Node<'_>| matches!(kind(*node), Kind::Block | Kind::DecoratedDefinition);
    let class = subject.ancestors().find(|node| !is_between(node))?;
    Class::new(subject.names(), subject.item(), class)
}

#[cfg(test)]
mod tests;
