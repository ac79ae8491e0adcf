//! `typing.final`.
//!
//! Source: Library Reference, typing, `final`; PEP 591: for type checkers; at run time nothing is
//! refused, and `__final__` is set from 3.11 on.

use super::classes::{Class, Own};
use super::decoration::Decorated;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "final",
    doc: "`typing.final` above a class or a method; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the class that must not be subclassed"),
    Slot::new("method", SlotKind::Code, "the method that must not be overridden"),
    Slot::new("of", SlotKind::Code, "its class"),
    Slot::new("violations", SlotKind::Records(VIOLATIONS), "subclasses here that do so anyway"),
];

static VIOLATIONS: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the subclass"),
    Slot::new("line", SlotKind::Line, "the line of its `class` or of its method"),
];

/// Most classes that are looked at.
const MAX_CLASSES: usize = 200;

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["typing.final"])?;
    (decorated.all[at].call.is_none()).then_some(())?;
    let names = subject.names();
    let mut facts = Facts::of(SLOTS);
    let name = decorated.name(subject)?;
    let record = |class: Class<'_>, offset: usize| {
        let start = subject.document().start_of(class.item) + offset;
        let mut record = Facts::of(VIOLATIONS);
        record.code("class", class.name());
        record.line("line", subject.document().text().line_of(start));
        record
    };
    let mut found = Vec::new();
    if decorated.function().is_some() {
        let class = decorated.class(names)?;
        facts.code("method", name).code("of", class.name());
        let mut pending = class.subclasses();
        let mut seen = 0;
        while let Some(sub) = pending.pop().filter(|_| seen < MAX_CLASSES) {
            seen += 1;
            if let Own::Yes(binding) = sub.own(name) {
                found.push((sub, binding.node.start));
            }
            pending.extend(sub.subclasses());
        }
    } else {
        let class = Class::new(names, subject.item(), decorated.definition)?;
        facts.code("class", name);
        found.extend(class.subclasses().into_iter().map(|sub| (sub, sub.node.start_byte())));
    }
    found.sort_by_key(|(class, offset)| (class.item, *offset));
    found.dedup_by_key(|(class, offset)| (class.item, *offset));
    facts.records("violations", found.into_iter().map(|(sub, at)| record(sub, at)).collect());
    Some(facts)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn a_method_that_is_overridden_further_down() {
        check_hover(
            "from typing import final\nclass A:\n    @fin$0al\n    def run(self): ...\nclass B(A): ...\nclass C(B):\n    def run(self): ...\n",
            expect![[r#"
                    @final
                    ▔▔▔▔▔▔

                For type checkers, no subclass may override `run` of `A`; at run time nothing
                refuses it.

                **Here**

                - `C` on line 7 does so.

                **Say in the interview**

                `final` returns what it gets: it is a promise that a type checker holds you to,
                no lock. To refuse subclasses at run time, raise in `__init_subclass__`.

                **Version**

                - 3.11: `__final__ = True` is set on the object.

                For Python `3.9`, as no file says which ·
                [typing.final](https://docs.python.org/3/library/typing.html#typing.final) · [PEP 591](https://peps.python.org/pep-0591/)
            "#]],
        );
    }

    #[test]
    fn a_class_with_a_subclass() {
        check_hover(
            "import typing\n@typing.fin$0al\nclass A: ...\nclass B(A): ...\n",
            expect![[r#"
                @typing.final
                ▔▔▔▔▔▔▔▔▔▔▔▔▔

                For type checkers, `A` must have no subclasses; at run time nothing refuses
                them.

                **Here**

                - `B` on line 4 does so.

                **Say in the interview**

                `final` returns what it gets: it is a promise that a type checker holds you to,
                no lock. To refuse subclasses at run time, raise in `__init_subclass__`.

                **Version**

                - 3.11: `__final__ = True` is set on the object.

                For Python `3.9`, as no file says which ·
                [typing.final](https://docs.python.org/3/library/typing.html#typing.final) · [PEP 591](https://peps.python.org/pep-0591/)
            "#]],
        );
    }

    #[test]
    fn nothing_is_said_about_names_that_are_bound_twice() {
        check_hover(
            "import typing\n@typing.fin$0al\nclass A: ...\nclass B(A): ...\nA = other\n",
            expect![[r#"
                @typing.final
                ▔▔▔▔▔▔▔▔▔▔▔▔▔

                For type checkers, `A` must have no subclasses; at run time nothing refuses
                them.

                **Say in the interview**

                `final` returns what it gets: it is a promise that a type checker holds you to,
                no lock. To refuse subclasses at run time, raise in `__init_subclass__`.

                **Version**

                - 3.11: `__final__ = True` is set on the object.

                For Python `3.9`, as no file says which ·
                [typing.final](https://docs.python.org/3/library/typing.html#typing.final) · [PEP 591](https://peps.python.org/pep-0591/)
            "#]],
        );
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "from m import final\n@fin$0al\nclass C: ...\n",
            "from typing import final\n@fin$0al\ndef f(self): ...\n",
            "from typing import *\n@fin$0al\nclass C: ...\n",
        ] {
            assert_ne!(card_at(source), "final", "{source}");
        }
    }
}
