//! A call of `functools.update_wrapper`.
//!
//! Source: Library Reference, functools, `update_wrapper`: the attributes named in `assigned` are
//! copied, those in `updated` are updated, `__wrapped__` is set, and the wrapper is returned.

use super::decoration::{Arguments, qualified};
use super::source_text::{one_line, one_line_in};
use super::{Facts, Provider, Slot, SlotKind};
use crate::names::Names;
use crate::scope::BindingKind;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::walk;

pub static PROVIDER: Provider = Provider {
    name: "update-wrapper",
    doc: "a call of `functools.update_wrapper`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("wrapper", SlotKind::Code, "the object that is changed and returned"),
    Slot::new("source", SlotKind::Code, "where the metadata comes from"),
    Slot::new("wrapped", SlotKind::Code, "`wrapper.__wrapped__`"),
    Slot::new("assigned", SlotKind::Code, "the argument for `assigned`, if it is given"),
    Slot::new("updated", SlotKind::Code, "the argument for `updated`, if it is given"),
    Slot::new("all", SlotKind::Flag, "the usual attributes are copied"),
    Slot::new("incomplete", SlotKind::Flag, "`wrapped` is missing"),
    Slot::new("itself", SlotKind::Flag, "both arguments are the same name"),
    Slot::new("signature", SlotKind::Code, "the parameters of the source, if it is in this file"),
    Slot::new("line", SlotKind::Line, "the line of its `def`"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    (kind(call) == Kind::Call).then_some(())?;
    let names = subject.names();
    let callee = qualified(names, subject.item(), call.child_in(Field::Function)?)?;
    (callee == "functools.update_wrapper").then_some(())?;
    let arguments = Arguments::of(call, subject.item_text());
    (!arguments.spread).then_some(())?;
    let wrapper = one_line(subject, arguments.get(0, "wrapper")?);
    let mut facts = Facts::of(SLOTS);
    let Some(source) = arguments.get(1, "wrapped") else {
        facts.code("wrapper", wrapper).flag("incomplete", true);
        return Some(facts);
    };
    let shown = one_line(subject, source);
    if shown == wrapper {
        facts.code("wrapper", wrapper).flag("itself", true);
        return Some(facts);
    }
    facts.code("wrapped", format!("{wrapper}.__wrapped__"));
    facts.code("wrapper", wrapper).code("source", shown);
    let assigned = arguments.get(2, "assigned");
    let updated = arguments.get(3, "updated");
    facts.flag("all", assigned.is_none() && updated.is_none());
    for (slot, node) in [("assigned", assigned), ("updated", updated)] {
        if let Some(node) = node {
            facts.code(slot, one_line(subject, node));
        }
    }
    let bound = names.definition(subject.item(), source);
    let bound = bound.filter(|bound| bound.binding.kind == BindingKind::Function);
    if let Some(bound) = bound.filter(|bound| !bound.binding.conditional) {
        let function = names.node(bound)?;
        let document = subject.document();
        let start = document.start_of(bound.item) + function.start_byte();
        facts.line("line", document.text().line_of(start));
        // Decorators may change what `inspect.signature` sees.
        let text = names.item(bound.item).text();
        let list = function.child_in(Field::Parameters);
        if let Some(list) = list.filter(|_| !is_decorated(names, bound.item, function)) {
            facts.code("signature", one_line_in(text, list));
        }
    }
    Some(facts)
}

fn is_decorated(names: Names<'_>, item: usize, function: Node<'_>) -> bool {
    let root = names.item(item).tree().map(|tree| tree.root_node());
    let path =
        root.and_then(|root| walk::path_to(root, function.start_byte(), function.end_byte()));
    path.is_none_or(|path| {
        path.iter().any(|node| {
            kind(*node) == Kind::DecoratedDefinition
                && node.child_in(Field::Definition) == Some(function)
        })
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn metadata_of_a_function_of_this_file() {
        check_hover(
            "import functools\ndef load(url, *, timeout=5): ...\ndef fast(*a): ...\nfunctools.update_wrap$0per(fast, load)\n",
            expect![[r#"
                functools.update_wrapper(fast, load)
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                `fast` gets the metadata of `load` and is returned; `fast.__wrapped__` is set to
                `load`.

                **Here**

                - Copied: `__module__`, `__name__`, `__qualname__`, `__doc__` and the
                  annotations; `__dict__` is updated.
                - `inspect.signature` follows `__wrapped__` and shows `(url, *, timeout=5)`,
                  from line 2.

                **Say in the interview**

                `functools.wraps(func)` is this call as a decorator. It copies metadata; what
                the wrapper accepts and returns stays as it is.

                **Version**

                - 3.12: `__type_params__` is copied, too.
                - 3.14: `__annotate__` is copied instead of `__annotations__` (PEP 649).

                For Python `3.9`, as no file says which ·
                [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.signature](https://docs.python.org/3/library/inspect.html#inspect.signature)
            "#]],
        );
    }

    #[test]
    fn chosen_attributes_of_a_parameter() {
        check_hover(
            "from functools import update_wrapper\ndef d(f):\n    def w(*a): ...\n\
             \x20   return update_wrap$0per(w, f, assigned=('__name__',))\n",
            expect![[r#"
                    return update_wrapper(w, f, assigned=('__name__',))
                           ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                `w` gets the metadata of `f` and is returned; `w.__wrapped__` is set to `f`.

                **Here**

                - Copied are the attributes named in `('__name__',)`.

                **Say in the interview**

                `functools.wraps(func)` is this call as a decorator. It copies metadata; what
                the wrapper accepts and returns stays as it is.

                **Version**

                - 3.12: `__type_params__` is copied, too.
                - 3.14: `__annotate__` is copied instead of `__annotations__` (PEP 649).

                For Python `3.9`, as no file says which ·
                [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.signature](https://docs.python.org/3/library/inspect.html#inspect.signature)
            "#]],
        );
    }

    #[test]
    fn calls_that_fail() {
        check_hover(
            "import functools\nfunctools.update_wrap$0per(w)\n",
            expect![[r#"
                functools.update_wrapper(w)
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                This call raises `TypeError`: the function to copy from is missing.

                **Say in the interview**

                `functools.wraps(func)` is this call as a decorator. It copies metadata; what
                the wrapper accepts and returns stays as it is.

                **Version**

                - 3.12: `__type_params__` is copied, too.
                - 3.14: `__annotate__` is copied instead of `__annotations__` (PEP 649).

                For Python `3.9`, as no file says which ·
                [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.signature](https://docs.python.org/3/library/inspect.html#inspect.signature)
            "#]],
        );
    }

    #[test]
    fn what_a_decorated_source_takes_is_left_out() {
        let source =
            "import functools\n@other\ndef load(url): ...\nfunctools.update_wrap$0per(w, load)\n";
        let settings = crate::Settings::default();
        let builtin = crate::content::testing::builtin();
        let card = crate::cards::testing::snapshot(builtin, &settings, source);
        assert!(card.contains("metadata of `load`") && !card.contains("(url)"), "{card}");
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "from m import update_wrapper\nupdate_wrap$0per(w, f)\n",
            "from functools import *\nupdate_wrap$0per(w, f)\n",
            "from functools import update_wrapper\nupdate_wrap$0per(*both)\n",
            "from functools import update_wrapper\nupdate_wrap$0per()\n",
        ] {
            assert_ne!(card_at(source), "update-wrapper", "{source}");
        }
    }
}
