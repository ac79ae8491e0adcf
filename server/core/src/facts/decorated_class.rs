//! A class with decorators.
//!
//! Source: Python Language Reference, Compound statements, Class definitions: the class is made,
//! by its metaclass, and then goes through the decorators from the bottom up.

use super::classes::Class;
use super::decorated_function::assignment;
use super::decoration::Decorated;
use super::registering::is_from_elsewhere;
use super::source_text::one_line;
use super::{Facts, Provider, Slot, SlotKind};
use crate::decorator::{Given, given};
use crate::subject::Subject;
use crate::syntax::{Kind, kind};

pub static PROVIDER: Provider = Provider {
    name: "decorated-class",
    doc: "a class with at least one decorator; `@target` is the `decorated_definition`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("name", SlotKind::Code, "the name of the class"),
    Slot::new(
        "assignment",
        SlotKind::Code,
        "the assignment that the decorators stand for: `C = a(b(C))`",
    ),
    Slot::new("line", SlotKind::Line, "the line of the `class`"),
    Slot::new("decorator", SlotKind::Code, "the expression after `@`, if there is one decorator"),
    Slot::new(
        "evaluated",
        SlotKind::Codes,
        "the decorator expressions from the top down, if more than one",
    ),
    Slot::new(
        "applied",
        SlotKind::Codes,
        "the decorator expressions from the bottom up, if more than one",
    ),
    Slot::new(
        "unknown",
        SlotKind::Codes,
        "the decorator expressions of which is not known what they return",
    ),
    Slot::new("same", SlotKind::Records(GIVERS), "decorators that return the class they get"),
    Slot::new(
        "functions",
        SlotKind::Records(GIVERS),
        "decorators that return a function of their own instead",
    ),
    Slot::new("classes", SlotKind::Records(GIVERS), "decorators that return a class of their own"),
    Slot::new("nothing", SlotKind::Records(GIVERS), "decorators that return `None`"),
    Slot::new("metaclass", SlotKind::Code, "what `metaclass=` names"),
    Slot::new(
        "subclasses",
        SlotKind::Codes,
        "classes of the file that derive from it and have no decorator",
    ),
];

static GIVERS: &[Slot] = &[
    Slot::new("decorator", SlotKind::Code, "the expression after `@`"),
    Slot::new("defined", SlotKind::Line, "the line of the function that it names"),
    Slot::new("other", SlotKind::Code, "the function or class that comes back instead"),
    Slot::new("line", SlotKind::Line, "its line"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let decorated = Decorated::of(subject)?;
    let node = decorated.definition;
    if kind(node) != Kind::ClassDefinition {
        return None;
    }
    let name = decorated.name(subject)?;
    let expressions: Vec<_> = decorated.all.iter().map(|one| one.expression).collect();
    let texts: Vec<_> = expressions.iter().map(|node| one_line(subject, *node)).collect();

    let mut facts = Facts::of(SLOTS);
    facts.code("name", name).code("assignment", assignment(subject, name, &expressions));
    facts.line("line", subject.line(node));
    if let [one] = texts.as_slice() {
        facts.code("decorator", one);
    } else {
        facts.codes("evaluated", texts.iter().cloned());
        facts.codes("applied", texts.iter().rev().cloned());
    }
    gives(subject, &decorated, &texts, &mut facts);
    if let Some(class) = Class::new(subject.names(), subject.item(), node) {
        if let Some(metaclass) = class.metaclass() {
            facts.code("metaclass", one_line(subject, metaclass));
        }
        let plain = class.subclasses().into_iter().filter(|sub| sub.decorated().is_none());
        facts.codes("subclasses", plain.map(|sub| sub.name()));
    }
    Some(facts)
}

/// What comes back from which decorator, applied from the bottom up.
fn gives(subject: &Subject<'_>, decorated: &Decorated<'_>, texts: &[String], facts: &mut Facts) {
    let (names, item) = (subject.names(), subject.item());
    let mut found = SLOT_OF_GIVEN.map(|slot| (slot, Vec::new()));
    let mut unknown = Vec::new();
    for (one, text) in decorated.all.iter().zip(texts) {
        let Some(giver) = given(names, item, one.node) else {
            if is_from_elsewhere(names, item, one.callee) {
                unknown.push(text.clone());
            }
            continue;
        };
        let mut record = Facts::of(GIVERS);
        record.code("decorator", text).line("defined", giver.function.line());
        let place = match giver.gives {
            Given::Same => 0,
            Given::Nested(_) => 1,
            Given::Class(_) => 2,
            Given::Nothing => 3,
        };
        if let Given::Nested(other) | Given::Class(other) = giver.gives {
            record.code("other", other.name()).line("line", other.line());
        }
        found[place].1.push(record);
    }
    for (slot, records) in found {
        facts.records(slot, records);
    }
    facts.codes("unknown", unknown);
}

/// In the order of the kinds of what comes back.
const SLOT_OF_GIVEN: [&str; 4] = ["same", "functions", "classes", "nothing"];

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::cards::testing::{card_at, check_hover};

    #[test]
    fn a_class_with_subclasses() {
        check_hover(
            "@registry.add('shape')\nclass Sh$0ape(metaclass=Meta):\n    pass\n\n\
             class Circle(Shape): ...\n\n@registry.add('s')\nclass Square(Shape): ...\n",
            expect![[r#"
                class Shape(metaclass=Meta):
                      ▔▔▔▔▔

                `Shape = registry.add('shape')(Shape)`

                The `class` on line 2 runs first; the finished class goes in, once, and `Shape`
                is whatever comes back.

                **Here**

                - The metaclass `Meta` makes the class before any decorator sees it.
                - Whether the class itself or another object comes back cannot be told from this
                  file for `registry.add('shape')`.
                - Not decorated themselves: `Circle`. They derive from what `Shape` is bound to;
                  the decorator ran for `Shape` alone.

                **Say in the interview**

                A class decorator gets the class when it is complete, and runs for that class
                only. What must also happen for subclasses belongs in `__init_subclass__` or a
                metaclass.

                **Watch for**

                - A decorator that returns a function or an instance in place of the class: then
                  `isinstance(x, C)` and `class D(C)` fail.

                [Class definitions](https://docs.python.org/3/reference/compound_stmts.html#class-definitions) · [PEP 3129](https://peps.python.org/pep-3129/)
            "#]],
        );
    }

    #[test]
    fn a_stack_with_a_name_that_is_bound_twice() {
        check_hover(
            "if x:\n    @a\n    @b\n    class C$0: ...\nelse:\n    class C: ...\nclass D(C): ...\n",
            expect![[r#"
                    class C: ...
                          ▔

                `C = a(b(C))`

                The `class` on line 4 runs first; the finished class goes in, once, and `C` is
                whatever comes back.

                **Here**

                - Evaluated from the top down, before the class exists: `a`, `b`.
                - Applied from the bottom up: `b`, `a`.
                - Whether the class itself or another object comes back cannot be told from this
                  file for `a`, `b`.

                **Say in the interview**

                A class decorator gets the class when it is complete, and runs for that class
                only. What must also happen for subclasses belongs in `__init_subclass__` or a
                metaclass.

                **Watch for**

                - A decorator that returns a function or an instance in place of the class: then
                  `isinstance(x, C)` and `class D(C)` fail.

                [Class definitions](https://docs.python.org/3/reference/compound_stmts.html#class-definitions) · [PEP 3129](https://peps.python.org/pep-3129/)
            "#]],
        );
    }

    #[test]
    fn broken_and_undecorated_classes_have_no_card() {
        assert_eq!(card_at("class C$0: ...\n"), "class-statement");
        check_hover("@d\nclass C$0:\n    def f(:\n", expect![["no card\n"]]);
    }
}
