//! Decorators that register a definition and return it as it is.
//!
//! Sources: Library Reference, atexit, `register`; abc, `ABCMeta.register`; typing,
//! `no_type_check` and `runtime_checkable`.

use super::decoration::{Decorated, Decoration, qualified};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::names::{Bound, Meaning, Names};
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::function::{is_async, is_generator, parameters};
use crate::syntax::{Field, Kind, Node, kind};

pub static PROVIDER: Provider = Provider {
    name: "registering-decorator",
    doc: "a decorator of the standard library that is known to return what it gets: \
          `atexit.register`, `register` of an abstract class of `collections.abc`; `@target` is \
          the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the decorated name"),
    Slot::new("decorator", SlotKind::Code, "the expression after `@`"),
    Slot::new("at-exit", SlotKind::Flag, "the function runs when the interpreter ends"),
    Slot::new("required", SlotKind::Codes, "its parameters without default, which get no argument"),
    Slot::new("coroutine", SlotKind::Flag, "it is an `async def`"),
    Slot::new("generator", SlotKind::Flag, "it is a generator function"),
    Slot::new("abstract", SlotKind::Code, "the abstract class it becomes a virtual subclass of"),
    Slot::new("mark", SlotKind::Flag, "it only sets an attribute for type checkers or checks"),
];

const MARKS: &[&str] = &["typing.no_type_check", "typing.runtime_checkable"];

/// True for a decorator of the standard library that returns what it gets.
pub(super) fn returns_its_argument(decoration: &Decoration<'_>) -> bool {
    const MORE: &[&str] = &["abc.abstractmethod", "enum.unique", "typing.final", "typing.override"];
    let Some(name) = decoration.name.as_deref().filter(|_| decoration.call.is_none()) else {
        return false;
    };
    name == "atexit.register"
        || MARKS.contains(&name)
        || MORE.contains(&name)
        || (name.starts_with("collections.abc.") && name.ends_with(".register"))
}

/// Modules of the standard library whose decorators are known.
const KNOWN: &[&str] =
    &["abc", "atexit", "builtins", "contextlib", "dataclasses", "enum", "functools", "typing"];

/// True when what the decorator expression calls is imported, made by something imported, handed in,
/// or not bound at all, so that this file cannot tell what it returns.
pub(super) fn is_from_elsewhere(names: Names<'_>, item: usize, callee: Node<'_>) -> bool {
    if let Some(path) = names.qualified(item, callee) {
        return !KNOWN.contains(&path.split('.').next().unwrap_or_default());
    }
    let mut root = callee;
    while kind(root) == Kind::Attribute {
        let Some(object) = root.child_in(Field::Object) else { return false };
        root = object;
    }
    if kind(root) != Kind::Identifier {
        return false;
    }
    match names.meaning(item, root) {
        Meaning::Unknown | Meaning::Star(_) => true,
        Meaning::Builtin => false,
        Meaning::Local(_, bindings) | Meaning::Module(bindings) => {
            let [bound] = bindings[..] else { return false };
            match bound.binding.kind {
                BindingKind::Parameter => true,
                BindingKind::Assignment | BindingKind::AnnotatedAssignment => {
                    made_elsewhere(names, bound)
                }
                _ => false,
            }
        }
    }
}

/// True for `x = imported(…)`.
fn made_elsewhere(names: Names<'_>, bound: Bound<'_>) -> bool {
    let value = names.node(bound).and_then(|node| node.child_in(Field::Right));
    let callee = value.filter(|value| kind(*value) == Kind::Call);
    let callee = callee.and_then(|call| call.child_in(Field::Function));
    let path = callee.and_then(|callee| names.qualified(bound.item, callee));
    path.is_some_and(|path| !path.starts_with("builtins."))
}

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let decoration = &decorated.all[decorated.at?];
    returns_its_argument(decoration).then_some(())?;
    let name = decoration.name.as_deref()?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", decorated.name(subject)?);
    facts.code("decorator", one_line(subject, decoration.expression));
    if MARKS.contains(&name) {
        facts.flag("mark", true);
    } else if name == "atexit.register" {
        let function = decorated.function()?;
        facts.flag("at-exit", true);
        // What a decorator below makes of the function may take other arguments.
        if decorated.at == Some(decorated.all.len() - 1) {
            let all = parameters(function)?;
            let required = all.iter().filter(|one| !one.is_optional());
            facts.codes("required", required.map(|one| subject.text(one.name)));
            facts.flag("coroutine", is_async(function) && !is_generator(function));
            facts.flag("generator", is_generator(function));
        }
    } else {
        decorated.function().is_none().then_some(())?;
        let base = decoration.callee.child_in(Field::Object)?;
        qualified(subject.names(), subject.item(), base)?;
        facts.code("abstract", one_line(subject, base));
    }
    Some(facts)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn a_function_for_the_end() {
        check_hover(
            "import atexit\n@atexit.reg$0ister\ndef close(pool): ...\n",
            expect![[r#"
            @atexit.register
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `atexit.register` returns what it gets: it puts nothing in the place of `close`.

            **Here**

            - `close` is called when the interpreter ends normally, the last one registered
              first, without arguments.
            - That call raises `TypeError`, as no argument is given for `pool`.

            **Say in the interview**

            A decorator need not wrap: many only put the function into a table and return it
            as it is. Whether one does is up to that decorator; the `@` syntax says nothing
            about it.

            [atexit.register](https://docs.python.org/3/library/atexit.html#atexit.register) · [ABCMeta.register](https://docs.python.org/3/library/abc.html#abc.ABCMeta.register) · [typing](https://docs.python.org/3/library/typing.html)
        "#]],
        );
    }

    #[test]
    fn a_virtual_subclass() {
        check_hover(
            "import collections.abc as cabc\n@cabc.Sized.reg$0ister\nclass Box: ...\n",
            expect![[r#"
                @cabc.Sized.register
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                `cabc.Sized.register` returns what it gets: it puts nothing in the place of
                `Box`.

                **Here**

                - `Box` becomes a virtual subclass of `cabc.Sized`: `issubclass` says yes,
                  nothing is inherited or checked.

                **Say in the interview**

                A decorator need not wrap: many only put the function into a table and return it
                as it is. Whether one does is up to that decorator; the `@` syntax says nothing
                about it.

                [atexit.register](https://docs.python.org/3/library/atexit.html#atexit.register) · [ABCMeta.register](https://docs.python.org/3/library/abc.html#abc.ABCMeta.register) · [typing](https://docs.python.org/3/library/typing.html)
            "#]],
        );
    }

    #[test]
    fn of_others_nothing_is_known() {
        for source in [
            "import pytest\n@pytest.fix$0ture\ndef f(): ...\n",
            "@app.g$0et('/')\ndef f(): ...\n",
            "from atexit import *\n@reg$0ister\ndef f(): ...\n",
            "import atexit\n@atexit.reg$0ister(f)\ndef f(): ...\n",
            "import mylib as atexit\n@atexit.reg$0ister\ndef f(): ...\n",
        ] {
            assert_ne!(card_at(source), "registering-decorator", "{source}");
        }
    }
}
