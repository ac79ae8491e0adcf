//! `@staticmethod` and `@classmethod`.
//!
//! Sources: Library Reference, Built-in Functions; What's New In Python 3.10 (static methods can be
//! called), 3.11 and 3.13 (`classmethod` over other descriptors); Data model, `__new__`,
//! `__init_subclass__`, `__class_getitem__`.

use super::decoration::Decorated;
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::names::Meaning;
use crate::subject::Subject;
use crate::syntax::function::{ParameterKind, own_nodes, parameters};
use crate::syntax::{Kind, Node, kind};

pub static STATIC: Provider = Provider {
    name: "static-method",
    doc: "`@staticmethod` above a method; `@target` is the `decorator`",
    slots: SLOTS,
    run: |subject| run(subject, "builtins.staticmethod"),
};

pub static CLASS: Provider = Provider {
    name: "class-method",
    doc: "`@classmethod` above a method; `@target` is the `decorator`",
    slots: SLOTS,
    run: |subject| run(subject, "builtins.classmethod"),
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the method"),
    Slot::new("class", SlotKind::Code, "its class"),
    Slot::new("first", SlotKind::Code, "the first parameter"),
    Slot::new("call", SlotKind::Code, "`C.f(…)`"),
    Slot::new("named-self", SlotKind::Code, "the first parameter if it has a misleading name"),
    Slot::new("no-parameter", SlotKind::Flag, "no parameter can take a positional argument"),
    Slot::new("unbound-name", SlotKind::Code, "`self` or `cls` in the body, which nothing binds"),
    Slot::new("unbound-line", SlotKind::Line, "the line of that"),
    Slot::new("above", SlotKind::Codes, "decorators above, which get the method object"),
    Slot::new("over-property", SlotKind::Flag, "a property stands right below"),
    Slot::new("implicit", SlotKind::Flag, "the method is such a one without the decorator"),
];

/// Methods that are static or class methods by themselves.
const IMPLICIT: &[(&str, &str)] = &[
    ("builtins.staticmethod", "__new__"),
    ("builtins.classmethod", "__init_subclass__"),
    ("builtins.classmethod", "__class_getitem__"),
];

/// Decorators that take any object as it is.
const TAKE_ANY: &[&str] = &["typing.final", "typing.override", "typing.overload"];

fn run(subject: &Subject<'_>, which: &str) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&[which])?;
    let function = decorated.function()?;
    let class = decorated.class(subject.names())?;
    if decorated.all[at].call.is_some() {
        return None;
    }
    let name = decorated.name(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("class", class.name());
    facts.code("call", format!("{}.{name}(…)", class.name()));
    facts.flag("implicit", IMPLICIT.contains(&(which, name)));
    let above = decorated.all[..at].iter().filter(|one| !one.is(TAKE_ANY));
    facts.codes("above", above.map(|one| one_line(subject, one.expression)));
    let below = decorated.all.get(at + 1);
    let over_property = below.is_some_and(|one| one.is(&["builtins.property"]));
    facts.flag("over-property", over_property);
    // A decorator below may change the parameters.
    if below.is_none() {
        first_parameter(subject, function, which, &mut facts);
    }
    let is_static = which == "builtins.staticmethod";
    if let Some((node, word)) = unbound(subject, function).filter(|_| is_static) {
        facts.code("unbound-name", word).line("unbound-line", subject.line(node));
    }
    Some(facts)
}

fn first_parameter(subject: &Subject<'_>, function: Node<'_>, which: &str, facts: &mut Facts) {
    let Some(all) = parameters(function) else { return };
    let takes = |kind: ParameterKind| {
        matches!(
            kind,
            ParameterKind::PositionalOnly
                | ParameterKind::PositionalOrKeyword
                | ParameterKind::VarPositional
        )
    };
    match all.first().filter(|one| takes(one.kind)) {
        Some(first) if first.kind != ParameterKind::VarPositional => {
            let name = subject.text(first.name);
            let misleading = match which {
                "builtins.staticmethod" => name == "self" || name == "cls",
                _ => name == "self",
            };
            facts.code("first", name);
            if misleading {
                facts.code("named-self", name);
            }
        }
        Some(_) => {}
        None => {
            facts.flag("no-parameter", true);
        }
    }
}

/// The first `self` or `cls` in the body that no scope of the file binds.
fn unbound<'a>(subject: &Subject<'a>, function: Node<'a>) -> Option<(Node<'a>, &'a str)> {
    let document = subject.document();
    if document.has_star_import() || document.is_dynamic() {
        return None;
    }
    let mut found = None;
    own_nodes(function, |node| {
        let word = subject.text(node);
        if found.is_some() || kind(node) != Kind::Identifier || !matches!(word, "self" | "cls") {
            return;
        }
        let used = subject
            .names()
            .scopes(subject.item())
            .is_some_and(|scopes| scopes.reference_at(node.start_byte()).is_some());
        let meaning = subject.names().meaning(subject.item(), node);
        if used && matches!(meaning, Meaning::Unknown) {
            found = Some((node, word));
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn a_static_method_that_wants_self() {
        check_hover(
            "class C:\n    @static$0method\n    def f(self, x):\n        return x\n    @staticmethod\n    def g(x):\n        return self.x\n",
            expect![[r#"
                    @staticmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔

                `f` gets neither the instance nor the class: it is called with just what the
                caller passes.

                **Here**

                - The first argument of `C.f(…)` goes to `self`.
                - `self` is a name like any other here: nothing is passed for it, the caller
                  must.

                **Say in the interview**

                A static method is a plain function in the namespace of a class. If it needs the
                class, for instance to make instances of a subclass, it should be a class
                method.

                **Watch for**

                - A module-level function is often simpler.

                **Version**

                - 3.10: static method objects can be called, so decorators above that call them
                  work.

                For Python `3.9`, as no file says which ·
                [staticmethod](https://docs.python.org/3/library/functions.html#staticmethod) · [Descriptor guide: static methods](https://docs.python.org/3/howto/descriptor.html#static-methods)
            "#]],
        );
        check_hover(
            "class C:\n    @static$0method\n    def g(x):\n        return self.x\n",
            expect![[r#"
                    @staticmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔

                `g` gets neither the instance nor the class: it is called with just what the
                caller passes.

                **Here**

                - The first argument of `C.g(…)` goes to `x`.
                - `self` on line 4 is no parameter, and nothing in this file binds it: reading
                  it raises `NameError`.

                **Say in the interview**

                A static method is a plain function in the namespace of a class. If it needs the
                class, for instance to make instances of a subclass, it should be a class
                method.

                **Watch for**

                - A module-level function is often simpler.

                **Version**

                - 3.10: static method objects can be called, so decorators above that call them
                  work.

                For Python `3.9`, as no file says which ·
                [staticmethod](https://docs.python.org/3/library/functions.html#staticmethod) · [Descriptor guide: static methods](https://docs.python.org/3/howto/descriptor.html#static-methods)
            "#]],
        );
    }

    #[test]
    fn class_methods_under_and_over_others() {
        check_hover(
            "class C:\n    @log\n    @class$0method\n    def f(cls, x): ...\n",
            expect![[r#"
                    @classmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔

                `f` gets the class it is called on: `C`, or the subclass.

                **Here**

                - `C.f(…)` puts `C` into `cls`; the caller's arguments follow.
                - These get the class method object, which cannot be called: `log`.

                **Say in the interview**

                Class methods make alternative constructors: `cls(…)` builds an instance of the
                class that was asked, so subclasses inherit them and get their own kind.

                **Watch for**

                - Other decorators belong below `@classmethod`, where they get a function.

                **Version**

                - 3.11: `classmethod` over a property or another descriptor is deprecated.
                - 3.13: `classmethod` no longer wraps other descriptors.

                For Python `3.9`, as no file says which ·
                [classmethod](https://docs.python.org/3/library/functions.html#classmethod) · [Descriptor guide: class methods](https://docs.python.org/3/howto/descriptor.html#class-methods)
            "#]],
        );
        check_hover(
            "class C:\n    @class$0method\n    @property\n    def f(cls): ...\n",
            expect![[r#"
                    @classmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔

                `f` gets the class it is called on: `C`, or the subclass.

                **Here**

                - Over a property it works in 3.9 to 3.12 only.

                **Say in the interview**

                Class methods make alternative constructors: `cls(…)` builds an instance of the
                class that was asked, so subclasses inherit them and get their own kind.

                **Watch for**

                - Other decorators belong below `@classmethod`, where they get a function.

                **Version**

                - 3.11: `classmethod` over a property or another descriptor is deprecated.
                - 3.13: `classmethod` no longer wraps other descriptors.

                For Python `3.9`, as no file says which ·
                [classmethod](https://docs.python.org/3/library/functions.html#classmethod) · [Descriptor guide: class methods](https://docs.python.org/3/howto/descriptor.html#class-methods)
            "#]],
        );
        check_hover(
            "class C:\n    @class$0method\n    def __init_subclass__(): ...\n",
            expect![[r#"
                    @classmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔

                `__init_subclass__` gets the class it is called on: `C`, or the subclass.

                **Here**

                - There is no parameter to take the class: every call raises `TypeError`.
                - `__init_subclass__` is a class method even without this decorator.

                **Say in the interview**

                Class methods make alternative constructors: `cls(…)` builds an instance of the
                class that was asked, so subclasses inherit them and get their own kind.

                **Watch for**

                - Other decorators belong below `@classmethod`, where they get a function.

                **Version**

                - 3.11: `classmethod` over a property or another descriptor is deprecated.
                - 3.13: `classmethod` no longer wraps other descriptors.

                For Python `3.9`, as no file says which ·
                [classmethod](https://docs.python.org/3/library/functions.html#classmethod) · [Descriptor guide: class methods](https://docs.python.org/3/howto/descriptor.html#class-methods)
            "#]],
        );
    }

    #[test]
    fn a_static_method_under_another_decorator() {
        check_hover(
            "class C:\n    @log\n    @static$0method\n    def f(*args): ...\n",
            expect![[r#"
                    @staticmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔

                `f` gets neither the instance nor the class: it is called with just what the
                caller passes.

                **Here**

                - These get the static method object instead of the function: `log`.

                **Say in the interview**

                A static method is a plain function in the namespace of a class. If it needs the
                class, for instance to make instances of a subclass, it should be a class
                method.

                **Watch for**

                - A module-level function is often simpler.

                **Version**

                - 3.10: static method objects can be called, so decorators above that call them
                  work.

                For Python `3.9`, as no file says which ·
                [staticmethod](https://docs.python.org/3/library/functions.html#staticmethod) · [Descriptor guide: static methods](https://docs.python.org/3/howto/descriptor.html#static-methods)
            "#]],
        );
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "@static$0method\ndef f(): ...\n",
            "from m import *\nclass C:\n    @static$0method\n    def f(): ...\n",
            "def staticmethod(f): ...\nclass C:\n    @static$0method\n    def f(): ...\n",
            "class C:\n    @class$0method(1)\n    def f(): ...\n",
        ] {
            assert!(!card_at(source).ends_with("-method"), "{source}");
        }
    }
}
