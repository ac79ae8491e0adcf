//! `typing.overload`.
//!
//! Source: Library Reference, typing, `overload`: for type checkers only; at run time each
//! overload is a function that raises `NotImplementedError`, and the implementation, which comes
//! last, takes its name.

use crate::syntax::{Field, Node};

use super::decoration::Decorated;
use super::source_text::one_line_in;
use super::{Facts, Provider, Slot, SlotKind};
use crate::names::{Bound, Names};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "overload",
    doc: "`typing.overload` above a function; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the function"),
    Slot::new("number", SlotKind::Number, "which of the overloads this is, from 1"),
    Slot::new("count", SlotKind::Number, "how many overloads there are"),
    Slot::new("overloads", SlotKind::Records(OVERLOADS), "all overloads in order"),
    Slot::new("implementation", SlotKind::Line, "the line of the implementation"),
    Slot::new("no-implementation", SlotKind::Flag, "an overload is what the name is bound to"),
];

static OVERLOADS: &[Slot] = &[
    Slot::new("signature", SlotKind::Code, "its parameters and result"),
    Slot::new("line", SlotKind::Line, "its line"),
];

const NAMES: &[&str] = &["typing.overload"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    decorated.find(NAMES)?;
    let function = decorated.function()?;
    let name = decorated.name(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name);
    let Some(group) = group(subject, &decorated, name) else { return Some(facts) };
    let overloads: Vec<_> = group.iter().filter(|one| one.is_overload).collect();
    let number =
        overloads.iter().position(|one| one.item == subject.item() && one.function == function)?;
    facts.number("number", number + 1).number("count", overloads.len());
    let document = subject.document();
    let line = |one: &Member<'_>| {
        document.text().line_of(document.start_of(one.item) + one.function.start_byte())
    };
    let records = overloads.iter().map(|one| {
        let text = document.items()[one.item].text();
        let mut record = Facts::of(OVERLOADS);
        record.code("signature", signature(text, one.function)).line("line", line(one));
        record
    });
    facts.records("overloads", records.collect());
    let last = group.last()?;
    if last.is_overload {
        facts.flag("no-implementation", !subject.settings().is_stub);
    } else if group.len() == overloads.len() + 1 {
        facts.line("implementation", line(last));
    }
    Some(facts)
}

struct Member<'a> {
    item: usize,
    function: Node<'a>,
    is_overload: bool,
}

/// All definitions of the name in its scope; nothing if one of them is no plain definition.
fn group<'a>(
    subject: &Subject<'a>,
    decorated: &Decorated<'a>,
    name: &str,
) -> Option<Vec<Member<'a>>> {
    let names = subject.names();
    let bindings: Vec<Bound<'a>> = match decorated.around {
        None => names.module_bindings(name),
        Some(around) => names
            .bindings_in(subject.item(), around, name)
            .into_iter()
            .map(|binding| Bound { item: subject.item(), binding })
            .collect(),
    };
    bindings
        .into_iter()
        .map(|bound| {
            let plain = bound.binding.kind == BindingKind::Function && !bound.binding.conditional;
            plain.then_some(())?;
            let function = names.node(bound)?;
            let is_overload = is_overload(names, bound.item, function)?;
            Some(Member { item: bound.item, function, is_overload })
        })
        .collect()
}

fn is_overload(names: Names<'_>, item: usize, function: Node<'_>) -> Option<bool> {
    let root = names.item(item).tree()?.root_node();
    let path = walk::path_to(root, function.start_byte(), function.end_byte())?;
    let at = path.iter().position(|node| *node == function)?;
    let parent = *path.get(at.checked_sub(1)?)?;
    let decorated = Decorated::read(names, item, parent);
    Some(decorated.is_some_and(|decorated| decorated.all.iter().any(|one| one.is(NAMES))))
}

/// `(x: int) -> str`.
fn signature(text: &str, function: Node<'_>) -> String {
    let part = |field| function.child_in(field).map(|node| one_line_in(text, node));
    let mut out = part(Field::Parameters).unwrap_or_default();
    if let Some(result) = part(Field::ReturnType) {
        out.push_str(" -> ");
        out.push_str(&result);
    }
    out
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    const GET: &str = "\
from typing import overload

class Box:
    @overload
    def get(self, key: int) -> int: ...
    @overload
    def get(self, key: str, default: str = '') -> str: ...
    def get(self, key, default=None): ...
";

    #[test]
    fn the_group_and_its_implementation() {
        check_hover(
            &GET.replacen("@overload", "@over$0load", 1),
            expect![[r#"
                    @overload
                    ▔▔▔▔▔▔▔▔▔

                Overload 1 of 2 of `get`, for type checkers only. A call runs the implementation
                on line 8, whatever the overloads say. An overload describes one way to call
                `get` to type checkers; its body never runs.

                **Here**

                - `(self, key: int) -> int` on line 5.
                - `(self, key: str, default: str = '') -> str` on line 7.

                **Say in the interview**

                Python has no overloading at run time: the last `def` of a name wins. `overload`
                gives type checkers several signatures for that one; `singledispatch` is what
                chooses at run time.

                **Watch for**

                - The first overload that fits counts, so the narrower ones come first.

                **Version**

                - 3.11: `typing.get_overloads` returns the overloads at run time.

                For Python `3.9`, as no file says which ·
                [typing.overload](https://docs.python.org/3/library/typing.html#typing.overload) · [PEP 484: function/method overloading](https://peps.python.org/pep-0484/#function-method-overloading)
            "#]],
        );
    }

    #[test]
    fn without_an_implementation() {
        check_hover(
            "import typing_extensions as te\n@te.overload\ndef f(x: int) -> int: ...\n@te.over$0load\ndef f(x: str) -> str: ...\n",
            expect![[r#"
                @te.overload
                ▔▔▔▔▔▔▔▔▔▔▔▔

                Overload 2 of 2 of `f`, for type checkers only. No implementation follows: `f`
                is bound to an overload, and calling it raises `NotImplementedError`. An
                overload describes one way to call `f` to type checkers; its body never runs.

                **Here**

                - `(x: int) -> int` on line 3.
                - `(x: str) -> str` on line 5.

                **Say in the interview**

                Python has no overloading at run time: the last `def` of a name wins. `overload`
                gives type checkers several signatures for that one; `singledispatch` is what
                chooses at run time.

                **Watch for**

                - The first overload that fits counts, so the narrower ones come first.

                **Version**

                - 3.11: `typing.get_overloads` returns the overloads at run time.

                For Python `3.9`, as no file says which ·
                [typing.overload](https://docs.python.org/3/library/typing.html#typing.overload) · [PEP 484: function/method overloading](https://peps.python.org/pep-0484/#function-method-overloading)
            "#]],
        );
    }

    #[test]
    fn a_group_that_is_not_clear() {
        check_hover(
            "from typing import overload\n@over$0load\ndef f(x: int) -> int: ...\nif a:\n    def f(x): ...\n",
            expect![[r#"
                @overload
                ▔▔▔▔▔▔▔▔▔

                An overload describes one way to call `f` to type checkers; its body never runs.

                **Say in the interview**

                Python has no overloading at run time: the last `def` of a name wins. `overload`
                gives type checkers several signatures for that one; `singledispatch` is what
                chooses at run time.

                **Watch for**

                - The first overload that fits counts, so the narrower ones come first.

                **Version**

                - 3.11: `typing.get_overloads` returns the overloads at run time.

                For Python `3.9`, as no file says which ·
                [typing.overload](https://docs.python.org/3/library/typing.html#typing.overload) · [PEP 484: function/method overloading](https://peps.python.org/pep-0484/#function-method-overloading)
            "#]],
        );
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "from m import overload\n@over$0load\ndef f(x: int) -> int: ...\n",
            "from typing import *\n@over$0load\ndef f(x: int) -> int: ...\n",
            "from typing import overload\n@over$0load\nclass C: ...\n",
        ] {
            assert_ne!(card_at(source), "overload", "{source}");
        }
    }
}
