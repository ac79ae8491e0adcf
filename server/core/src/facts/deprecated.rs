//! `warnings.deprecated`.
//!
//! Source: Library Reference, warnings, `deprecated`; PEP 702: a call of the function, or making an
//! instance or a subclass of the class, emits `DeprecationWarning`, unless `category` is `None`.

use super::classes::Class;
use super::decoration::{Arguments, Decorated};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind, Value};
use crate::names::{Bound, Use};
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "deprecated",
    doc: "`warnings.deprecated` above a function or a class; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("function", SlotKind::Code, "the function, if calls of it warn"),
    Slot::new("class", SlotKind::Code, "the class, if making instances of it warns"),
    Slot::new("message", SlotKind::Code, "the message, as it is written"),
    Slot::new("category", SlotKind::Code, "the argument for `category`"),
    Slot::new("silent", SlotKind::Flag, "`category=None`: nothing happens at run time"),
    Slot::new("bare", SlotKind::Flag, "the decorator is not called: `TypeError`"),
    Slot::new("lines", SlotKind::Lines, "lines of this file with calls"),
    Slot::new("not-called", SlotKind::Flag, "this file does not call it"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["warnings.deprecated"])?;
    let mut facts = Facts::of(SLOTS);
    let Some(call) = decorated.all[at].call else {
        facts.flag("bare", true);
        return Some(facts);
    };
    let arguments = Arguments::of(call, subject.item_text());
    let message = arguments.positional.first().copied();
    if let Some(message) = message {
        facts.code("message", one_line(subject, message));
    }
    let category = arguments.keyword("category");
    if arguments.spread || message.is_none() {
        return None;
    }
    let name = decorated.name(subject)?;
    match category {
        Some(none) if kind(none) == Kind::None => {
            facts.flag("silent", true);
        }
        Some(other) if !is_category(subject, other) => return None,
        _ => {
            facts.code(if decorated.function().is_some() { "function" } else { "class" }, name);
            if let Some(category) = category {
                facts.code("category", one_line(subject, category));
            }
        }
    }
    // What is called is known only if nothing else replaces it.
    let in_class = decorated.around.is_some_and(|around| kind(around) == Kind::ClassDefinition);
    let plain = decorated.all.len() == 1 && !in_class;
    if let Some(lines) = plain.then(|| calls(subject, decorated.definition)).flatten() {
        facts.flag("not-called", lines.is_empty());
        facts.set("lines", Value::Lines(lines));
    }
    Some(facts)
}

/// True for a warning class of Python or a class of the workspace, so surely not `None`.
fn is_category(subject: &Subject<'_>, node: Node<'_>) -> bool {
    let names = subject.names();
    let builtin = names.qualified(subject.item(), node);
    builtin.is_some_and(|path| path.starts_with("builtins."))
        || Class::anywhere(names, subject.item(), node).is_some()
}

/// The lines that call the name of the definition; nothing if the name can mean something else.
fn calls(subject: &Subject<'_>, definition: Node<'_>) -> Option<Vec<usize>> {
    let names = subject.names();
    let item = subject.item();
    let binding = names.scopes(item)?.definition(definition.byte_range().into())?;
    let line = |found: Use<'_>| {
        let root = names.item(found.item).tree()?.root_node();
        let at = found.reference.at;
        let path = walk::path_to(root, at.start, at.end)?;
        let [.., call, name] = path[..] else { return None };
        let is_call = kind(call) == Kind::Call && call.child_in(Field::Function) == Some(name);
        let start = subject.document().start_of(found.item) + at.start;
        is_call.then(|| subject.document().text().line_of(start))
    };
    let mut lines: Vec<_> =
        names.uses(Bound { item, binding })?.into_iter().filter_map(line).collect();
    lines.dedup();
    Some(lines)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn a_function_and_its_callers() {
        check_hover(
            "from warnings import deprecated\n@depre$0cated('use g')\ndef f(): ...\ndef h():\n    return f() + f()\nprint(f())\n",
            expect![[r#"
                @deprecated('use g')
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                A call of `f` emits a warning with the message `'use g'`; type checkers report
                it as well.

                **Here**

                - Called in this file on lines 5, 6.

                **Say in the interview**

                The message is also kept in `__deprecated__`. By default Python shows a
                `DeprecationWarning` only when `__main__` triggers it; test runners show them
                all.

                **Version**

                - 3.13: `warnings.deprecated` is new; `typing_extensions` has it for older
                  versions.

                For Python `3.9`, as no file says which ·
                [warnings.deprecated](https://docs.python.org/3/library/warnings.html#warnings.deprecated) · [PEP 702](https://peps.python.org/pep-0702/)
            "#]],
        );
    }

    #[test]
    fn a_class_for_type_checkers_only() {
        check_hover(
            "import typing_extensions as te\n@te.depre$0cated('use D', category=None)\nclass C: ...\n",
            expect![[r#"
                @te.deprecated('use D', category=None)
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                With `category=None` only type checkers report it, with the message `'use D'`;
                at run time nothing happens.

                **Here**

                - This file does not call it.

                **Say in the interview**

                The message is also kept in `__deprecated__`. By default Python shows a
                `DeprecationWarning` only when `__main__` triggers it; test runners show them
                all.

                **Version**

                - 3.13: `warnings.deprecated` is new; `typing_extensions` has it for older
                  versions.

                For Python `3.9`, as no file says which ·
                [warnings.deprecated](https://docs.python.org/3/library/warnings.html#warnings.deprecated) · [PEP 702](https://peps.python.org/pep-0702/)
            "#]],
        );
    }

    #[test]
    fn without_a_message() {
        check_hover(
            "import warnings\n@warnings.depre$0cated\ndef f(): ...\n",
            expect![[r#"
                @warnings.deprecated
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                This raises `TypeError`: the decorator must be called with a message.

                **Say in the interview**

                The message is also kept in `__deprecated__`. By default Python shows a
                `DeprecationWarning` only when `__main__` triggers it; test runners show them
                all.

                **Version**

                - 3.13: `warnings.deprecated` is new; `typing_extensions` has it for older
                  versions.

                For Python `3.9`, as no file says which ·
                [warnings.deprecated](https://docs.python.org/3/library/warnings.html#warnings.deprecated) · [PEP 702](https://peps.python.org/pep-0702/)
            "#]],
        );
    }

    #[test]
    fn callers_of_a_name_that_is_bound_twice_are_left_out() {
        check_hover(
            "import warnings\n@warnings.depre$0cated('x')\ndef f(): ...\nf()\nf = g\n",
            expect![[r#"
                @warnings.deprecated('x')
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                A call of `f` emits a warning with the message `'x'`; type checkers report it as
                well.

                **Say in the interview**

                The message is also kept in `__deprecated__`. By default Python shows a
                `DeprecationWarning` only when `__main__` triggers it; test runners show them
                all.

                **Version**

                - 3.13: `warnings.deprecated` is new; `typing_extensions` has it for older
                  versions.

                For Python `3.9`, as no file says which ·
                [warnings.deprecated](https://docs.python.org/3/library/warnings.html#warnings.deprecated) · [PEP 702](https://peps.python.org/pep-0702/)
            "#]],
        );
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "from deprecated import deprecated\n@depre$0cated('x')\ndef f(): ...\n",
            "from warnings import *\n@depre$0cated('x')\ndef f(): ...\n",
            "import warnings\n@warnings.depre$0cated(*x)\ndef f(): ...\n",
            "import warnings\n@warnings.depre$0cated('x', category=KIND)\ndef f(): ...\n",
        ] {
            assert_ne!(card_at(source), "deprecated", "{source}");
        }
    }
}
