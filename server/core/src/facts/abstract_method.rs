//! `abc.abstractmethod`.
//!
//! Source: Library Reference, abc: it marks the function; only a class whose metaclass is
//! `ABCMeta` refuses to be instantiated while a marked method is not overridden. Over `property`,
//! `classmethod` and `staticmethod` it fails, since their mark cannot be written.

use super::classes::{Base, Class, Own};
use super::decoration::{Decorated, qualified};
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;

pub static PROVIDER: Provider = Provider {
    name: "abstract-method",
    doc: "`abc.abstractmethod` above a method; `@target` is the `decorator`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the method"),
    Slot::new("class", SlotKind::Code, "its class"),
    Slot::new("abc", SlotKind::Code, "what makes the metaclass `ABCMeta`: a base or `metaclass=`"),
    Slot::new("no-abc", SlotKind::Flag, "the metaclass is `type`: nothing is refused"),
    Slot::new("marks", SlotKind::Flag, "the decorator can do its work"),
    Slot::new("wrong-order", SlotKind::Code, "the decorator below that must stand above"),
    Slot::new("implemented", SlotKind::Records(IMPLEMENTED), "subclasses that define the method"),
    Slot::new("missing", SlotKind::Codes, "subclasses that do not define it, and derive only here"),
];

static IMPLEMENTED: &[Slot] = &[
    Slot::new("class", SlotKind::Code, "the subclass"),
    Slot::new("line", SlotKind::Line, "the line of its definition of the name"),
];

/// Bases of bases are followed this far.
const MAX_BASES: usize = 20;

/// Decorators whose objects have a mark that cannot be written.
const FIXED: &[&str] = &["builtins.property", "builtins.classmethod", "builtins.staticmethod"];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let at = decorated.find(&["abc.abstractmethod"])?;
    decorated.function()?;
    let class = decorated.class(subject.names())?;
    if decorated.all[at].call.is_some() {
        return None;
    }
    let name = decorated.name(subject)?;
    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("class", class.name());
    if let Some(below) = decorated.all.get(at + 1).filter(|one| one.is(FIXED)) {
        facts.code("wrong-order", one_line(subject, below.expression));
        return Some(facts);
    }
    // A name that is bound again is no longer this method.
    decorated.stays_in(class).then_some(())?;
    facts.flag("marks", true);
    match metaclass(class, 0) {
        Metaclass::Abc(by) => {
            facts.code("abc", by);
            let mut implemented = Vec::new();
            let mut missing = Vec::new();
            for sub in class.subclasses() {
                match sub.own(name) {
                    Own::Yes(binding) => {
                        let start = subject.document().start_of(sub.item) + binding.node.start;
                        let mut record = Facts::of(IMPLEMENTED);
                        record.code("class", sub.name());
                        record.line("line", subject.document().text().line_of(start));
                        implemented.push(record);
                    }
                    Own::No
                        if sub.arguments().positional.len() == 1
                            && !sub.arguments().spread
                            && sub.decorated().is_none() =>
                    {
                        missing.push(sub.name());
                    }
                    _ => {}
                }
            }
            facts.records("implemented", implemented).codes("missing", missing);
        }
        Metaclass::Type => {
            facts.flag("no-abc", true);
        }
        Metaclass::Unknown => {}
    }
    Some(facts)
}

/// The metaclass of a class, as far as it matters here.
enum Metaclass {
    /// `ABCMeta` or derived from it, because of this expression.
    Abc(String),
    Type,
    Unknown,
}

fn metaclass(class: Class<'_>, depth: usize) -> Metaclass {
    if depth > MAX_BASES || class.arguments().spread {
        return Metaclass::Unknown;
    }
    let mut found = None;
    if let Some(node) = class.metaclass() {
        if qualified(class.names, class.item, node).as_deref() != Some("abc.ABCMeta") {
            return Metaclass::Unknown;
        }
        found = Some(format!("metaclass={}", &class.text()[node.byte_range()]));
    }
    for (base, node) in class.bases_anywhere().into_iter().zip(class.arguments().positional) {
        let is_abc = match base {
            Base::Here(base) => match metaclass(base, depth + 1) {
                Metaclass::Abc(_) => true,
                Metaclass::Type => false,
                Metaclass::Unknown => return Metaclass::Unknown,
            },
            Base::Known(name) => match name.as_str() {
                "abc.ABC" | "typing.Protocol" => true,
                "typing.Generic" | "builtins.object" => false,
                name if name.starts_with("collections.abc.") => true,
                // One with a `__new__` of its own, as `dict`, does not refuse instances.
                _ => return Metaclass::Unknown,
            },
            Base::Unknown => return Metaclass::Unknown,
        };
        if is_abc && found.is_none() {
            found = Some(class.text()[node.byte_range()].to_owned());
        }
    }
    found.map_or(Metaclass::Type, Metaclass::Abc)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn an_abstract_class_and_its_subclasses() {
        check_hover(
            "from abc import ABC, abstractmethod\nclass Shape(ABC):\n    @abstract$0method\n    def area(self): ...\n\n\
             class Circle(Shape):\n    def area(self): ...\nclass Blob(Shape): ...\nclass Other(Shape, Mixin): ...\n",
            expect![[r#"
                    @abstractmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                `Shape` and its subclasses cannot be instantiated until `area` is overridden:
                through `ABC` the metaclass is `ABCMeta`. The decorator marks `area` as abstract
                and returns it unchanged; only the metaclass `ABCMeta` acts on the mark.

                **Here**

                - `Circle` defines it on line 7.
                - Not defined in `Blob`: no instances of these either.

                **Say in the interview**

                The check happens when an instance is made, not when the class is: `ABCMeta`
                collects the marked names in `__abstractmethods__`, and `object.__new__` refuses
                while any is left.

                **Watch for**

                - An abstract method may have a body; an override can call it with `super()`.
                - With `property`, `classmethod` or `staticmethod` it is the innermost
                  decorator.

                [abc.abstractmethod](https://docs.python.org/3/library/abc.html#abc.abstractmethod) · [PEP 3119](https://peps.python.org/pep-3119/)
            "#]],
        );
    }

    #[test]
    fn without_the_metaclass_nothing_is_refused() {
        check_hover(
            "import abc\nclass Shape(object):\n    @abc.abstract$0method\n    def area(self): ...\n",
            expect![[r#"
                    @abc.abstractmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Nothing enforces it: the metaclass of `Shape` is `type`, so `Shape` can be
                instantiated although `area` is abstract. The decorator marks `area` as abstract
                and returns it unchanged; only the metaclass `ABCMeta` acts on the mark.

                **Say in the interview**

                The check happens when an instance is made, not when the class is: `ABCMeta`
                collects the marked names in `__abstractmethods__`, and `object.__new__` refuses
                while any is left.

                **Watch for**

                - An abstract method may have a body; an override can call it with `super()`.
                - With `property`, `classmethod` or `staticmethod` it is the innermost
                  decorator.

                [abc.abstractmethod](https://docs.python.org/3/library/abc.html#abc.abstractmethod) · [PEP 3119](https://peps.python.org/pep-3119/)
            "#]],
        );
    }

    #[test]
    fn above_a_property_it_fails() {
        check_hover(
            "import abc\nclass Shape(abc.ABC):\n    @abc.abstract$0method\n    @property\n    def area(self): ...\n",
            expect![[r#"
                    @abc.abstractmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                Making `Shape` raises `AttributeError`: `@abstractmethod` must stand below
                `property`, not above.

                **Say in the interview**

                The check happens when an instance is made, not when the class is: `ABCMeta`
                collects the marked names in `__abstractmethods__`, and `object.__new__` refuses
                while any is left.

                **Watch for**

                - An abstract method may have a body; an override can call it with `super()`.
                - With `property`, `classmethod` or `staticmethod` it is the innermost
                  decorator.

                [abc.abstractmethod](https://docs.python.org/3/library/abc.html#abc.abstractmethod) · [PEP 3119](https://peps.python.org/pep-3119/)
            "#]],
        );
    }

    #[test]
    fn an_unknown_base_leaves_the_metaclass_open() {
        check_hover(
            "import abc\nclass Shape(Base):\n    @abc.abstract$0method\n    def area(self): ...\n",
            expect![[r#"
                    @abc.abstractmethod
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

                The decorator marks `area` as abstract and returns it unchanged; only the
                metaclass `ABCMeta` acts on the mark.

                **Say in the interview**

                The check happens when an instance is made, not when the class is: `ABCMeta`
                collects the marked names in `__abstractmethods__`, and `object.__new__` refuses
                while any is left.

                **Watch for**

                - An abstract method may have a body; an override can call it with `super()`.
                - With `property`, `classmethod` or `staticmethod` it is the innermost
                  decorator.

                [abc.abstractmethod](https://docs.python.org/3/library/abc.html#abc.abstractmethod) · [PEP 3119](https://peps.python.org/pep-3119/)
            "#]],
        );
    }

    #[test]
    fn silent_elsewhere() {
        for source in [
            "from m import abstractmethod\nclass C:\n    @abstract$0method\n    def f(self): ...\n",
            "from abc import abstractmethod\n@abstract$0method\ndef f(self): ...\n",
            "from abc import abstractmethod\nclass C:\n    @abstract$0method\n    def f(self): ...\n    f = 1\n",
            "from abc import *\nclass C:\n    @abstract$0method\n    def f(self): ...\n",
        ] {
            assert_ne!(card_at(source), "abstract-method", "{source}");
        }
    }
}
