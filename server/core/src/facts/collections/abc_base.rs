//! A class of `collections.abc` as a base.
//!
//! Source: Library Reference, collections.abc, Collections Abstract Base Classes.

use crate::syntax::Node;

use crate::facts::classes::{Base, Class, Own, adds_nothing};
use crate::facts::source_text::one_line;
use crate::facts::tables::Table;
use crate::facts::{Facts, Provider, Slot, SlotKind, Value};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "abc-base",
    doc: "a base with a row in `abc-base`; `@target` is the `class_definition`, `@base` the \
          base without brackets",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class"),
    Slot::new("base", SlotKind::Code, "the base as it is written"),
    Slot::new("asks", SlotKind::Code, "the base, if the class is not known to have all of that"),
    Slot::new("abstract", SlotKind::Codes, "methods that the base leaves to be defined"),
    Slot::new("mixins", SlotKind::Codes, "methods that the base defines with them"),
    Slot::new("replaced", SlotKind::Codes, "those of them that the class defines itself"),
    Slot::new("missing", SlotKind::Codes, "abstract methods that no class of the file defines"),
    Slot::new("call", SlotKind::Code, "the call that fails for that"),
    Slot::new("complete", SlotKind::Flag, "no abstract method is missing"),
];

/// What abstract base classes ask for and give.
pub static ABSTRACT_BASES: Table = Table {
    name: "abc-base",
    doc: "Abstract classes that a class can derive from. Read by `abc-base`",
    columns: &[
        Slot::new(
            "asks",
            SlotKind::Code,
            "the base, if the class is not known to have all of that",
        ),
        Slot::new("abstract", SlotKind::Codes, "methods that must be defined"),
        Slot::new("mixins", SlotKind::Codes, "methods that the class gives"),
    ],
};

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let node = subject.node();
    let base = subject.capture("base")?;
    let class = Class::new(subject.names(), subject.item(), node)?;
    let name = subject.names().qualified(subject.item(), base)?;
    let row = subject.row(&ABSTRACT_BASES, &name)?;
    let Some(Value::Codes(wanted)) = row.get("abstract") else { return None };
    let mut facts = Facts::of(SLOTS);
    facts.code("class", class.name()).code("base", one_line(subject, base));
    facts.codes("abstract", wanted.clone()).code("asks", one_line(subject, base));
    if let Some(Value::Codes(mixins)) = row.get("mixins") {
        let (kept, replaced): (Vec<_>, Vec<_>) =
            mixins.iter().partition(|name| matches!(class.own(name), Own::No));
        // What stands in front of the base may define them as well.
        if is_first(&class, base) {
            facts.codes("mixins", kept);
        }
        facts.codes("replaced", replaced);
    }
    let mut seen = Seen { known: true, ..Seen::default() };
    seen.look_at(subject, class, 0);
    let has_new = !matches!(class.own("__new__"), Own::No);
    if !seen.known || has_new || class.decorated().is_some() {
        return Some(facts);
    }
    let given = |name: &String| {
        seen.classes.iter().any(|class| !matches!(class.own(name), Own::No))
            || seen.mixins.contains(name)
    };
    let missing: Vec<_> = wanted.iter().filter(|name| !given(name)).cloned().collect();
    if missing.is_empty() {
        facts.flag("complete", true).code("asks", "");
    } else {
        facts.code("call", format!("{}()", class.name())).codes("missing", missing);
    }
    Some(facts)
}

/// True when no base in front of `base` brings methods.
fn is_first(class: &Class<'_>, base: Node<'_>) -> bool {
    let nodes = class.arguments().positional;
    let in_front = nodes.iter().take_while(|node| node.end_byte() <= base.start_byte()).count();
    let mut bases = class.bases().into_iter().take(in_front);
    bases.all(|base| matches!(base, Base::Known(name) if adds_nothing(&name)))
}

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

/// The classes of the file that a class derives from, itself included.
#[derive(Default)]
struct Seen<'a> {
    classes: Vec<Class<'a>>,
    /// What the other bases define.
    mixins: Vec<String>,
    /// No other base is unknown.
    known: bool,
}

impl<'a> Seen<'a> {
    fn look_at(&mut self, subject: &Subject<'a>, class: Class<'a>, depth: usize) {
        self.classes.push(class);
        let is_plain = class.metaclass().is_none() && !class.arguments().spread;
        self.known &= is_plain && depth < MAX_BASES;
        for base in class.bases() {
            match base {
                Base::Here(base) if self.known => self.look_at(subject, base, depth + 1),
                Base::Known(name) if adds_nothing(&name) => {}
                Base::Known(name) => match subject.row(&ABSTRACT_BASES, &name) {
                    Some(row) => {
                        if let Some(Value::Codes(mixins)) = row.get("mixins") {
                            self.mixins.extend(mixins.iter().cloned());
                        }
                    }
                    None => self.known = false,
                },
                _ => self.known = false,
            }
        }
    }
}

#[cfg(test)]
mod tests;
