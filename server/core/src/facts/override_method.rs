//! `typing.override`.
//!
//! Source: Library Reference, typing, `override`; PEP 698: for type checkers; at run time it sets
//! `__override__` and returns the method.

use super::classes::{Base, Lookup, adds_nothing};
use super::decoration::Decorated;
use super::source_text::one_line_in;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "override",
    doc: "`typing.override` above a method; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the method"),
    Slot::new("class", SlotKind::Code, "its class"),
    Slot::new("base", SlotKind::Code, "the class whose method it overrides"),
    Slot::new("base-line", SlotKind::Line, "the line of that method"),
    Slot::new("nothing", SlotKind::Flag, "no base has the method, and all of them are known"),
    Slot::new("open", SlotKind::Flag, "it cannot be told whether a base has it"),
    Slot::new("unknown-bases", SlotKind::Codes, "bases that may have it"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["typing.override"])?;
    let class = decorated.class(subject.names())?;
    if decorated.all[at].call.is_some() {
        return None;
    }
    let name = decorated.name(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("class", class.name());
    // Special methods may override those of `object`.
    let special = name.starts_with("__") && name.ends_with("__");
    match class.inherited_anywhere(name) {
        Lookup::Found(base, binding) => {
            facts.code("base", base.name());
            facts.line("base-line", base.line_at(binding.node.start));
        }
        Lookup::Absent => {
            let nothing = !special && class.metaclass().is_none();
            facts.flag("nothing", nothing).flag("open", !nothing);
        }
        Lookup::Unknown => {
            facts.flag("open", true);
            let bases = class.bases_anywhere().into_iter().zip(class.arguments().positional);
            let unknown = bases.filter(|(base, _)| match base {
                Base::Here(_) => false,
                Base::Known(name) => !adds_nothing(name),
                Base::Unknown => true,
            });
            let text = class.text();
            facts.codes("unknown-bases", unknown.map(|(_, node)| one_line_in(text, node)));
        }
    }
    Some(facts)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn the_overridden_method() {
        check_hover(
            "from typing import override\nclass A:\n    def run(self): ...\nclass B(A): ...\nclass C(B):\n    @over$0ride\n    def run(self): ...\n",
            expect![[r#"
                    @override
                    ▔▔▔▔▔▔▔▔▔

                `run` overrides that of `A` on line 3.

                **Say in the interview**

                At run time `override` sets `__override__ = True` and returns the method. Its
                use is the rename: when the method of the base gets another name, the checker
                reports every override that is left behind.

                **Version**

                - 3.12: `typing.override` is new; `typing_extensions` has it for older versions.

                For Python `3.9`, as no file says which ·
                [typing.override](https://docs.python.org/3/library/typing.html#typing.override) · [PEP 698](https://peps.python.org/pep-0698/)
            "#]],
        );
    }

    #[test]
    fn nothing_to_override() {
        check_hover(
            "from typing_extensions import override\nclass A:\n    def run(self): ...\nclass C(A):\n    @over$0ride\n    def runs(self): ...\n",
            expect![[r#"
                    @override
                    ▔▔▔▔▔▔▔▔▔

                No base of `C` has a `runs` to override: type checkers report it, Python does
                not.

                **Say in the interview**

                At run time `override` sets `__override__ = True` and returns the method. Its
                use is the rename: when the method of the base gets another name, the checker
                reports every override that is left behind.

                **Version**

                - 3.12: `typing.override` is new; `typing_extensions` has it for older versions.

                For Python `3.9`, as no file says which ·
                [typing.override](https://docs.python.org/3/library/typing.html#typing.override) · [PEP 698](https://peps.python.org/pep-0698/)
            "#]],
        );
    }

    #[test]
    fn a_base_from_elsewhere() {
        check_hover(
            "import typing as t\nfrom m import A\nclass C(A):\n    @t.over$0ride\n    def runs(self): ...\n",
            expect![[r#"
                    @t.override
                    ▔▔▔▔▔▔▔▔▔▔▔

                For type checkers: they report it when no base of `C` has `runs`.

                **Here**

                - Whether `A` has it is not known from this file.

                **Say in the interview**

                At run time `override` sets `__override__ = True` and returns the method. Its
                use is the rename: when the method of the base gets another name, the checker
                reports every override that is left behind.

                **Version**

                - 3.12: `typing.override` is new; `typing_extensions` has it for older versions.

                For Python `3.9`, as no file says which ·
                [typing.override](https://docs.python.org/3/library/typing.html#typing.override) · [PEP 698](https://peps.python.org/pep-0698/)
            "#]],
        );
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "from m import override\nclass C(A):\n    @over$0ride\n    def f(self): ...\n",
            "from typing import override\n@over$0ride\ndef f(self): ...\n",
            "from typing import *\nclass C(A):\n    @over$0ride\n    def f(self): ...\n",
        ] {
            assert_ne!(card_at(source), "override", "{source}");
        }
    }
}
