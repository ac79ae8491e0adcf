use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn hooks_and_the_classes_made() {
    check_hover(
        "class Me$0ta(type):\n    def __new__(mcs, name, bases, ns):\n        return super().__new__(mcs, name, bases, ns)\n\
         class A(metaclass=Meta): ...\nclass B(A): ...\n",
        expect![[r#"
            class Meta(type):
                  ▔▔▔▔

            `Meta` derives from `type`: its instances are classes. In this file it makes
            `A`, `B`.

            - `__new__` on line 2 runs to make the class.

            **Here**

            - It has none of the methods that only a metaclass can have: to act on each new
              class, `__init_subclass__` of a base class may do, and that never conflicts.

            **Say in the interview**

            A metaclass is inherited by subclasses. It is needed for `__prepare__`, for
            `__call__` and for operators on the class; what only looks at new classes is the
            work of `__init_subclass__`.

            [Metaclasses](https://docs.python.org/3/reference/datamodel.html#metaclasses) · [PEP 487](https://peps.python.org/pep-0487/)
        "#]],
    );
}

#[test]
fn what_needs_a_metaclass() {
    check_hover(
        "class Me$0ta(type):\n    def __call__(cls, *args): ...\n    def __len__(cls): ...\n    def names(cls): ...\n",
        expect![[r#"
            class Meta(type):
                  ▔▔▔▔

            `Meta` derives from `type`: its instances are classes. No class of this file is
            known to be made by `Meta`.

            - `__call__` on line 2 runs when a class is called.

            **Here**

            - Operators on the classes themselves, not on their instances: `__len__`.
            - Only the classes have `names`; their instances do not.

            **Say in the interview**

            A metaclass is inherited by subclasses. It is needed for `__prepare__`, for
            `__call__` and for operators on the class; what only looks at new classes is the
            work of `__init_subclass__`.

            [Metaclasses](https://docs.python.org/3/reference/datamodel.html#metaclasses) · [PEP 487](https://peps.python.org/pep-0487/)
        "#]],
    );
    check_hover(
        "from abc import ABCMeta\nclass Me$0ta(ABCMeta):\n    def __init__(cls, *a): ...\n",
        expect![[r#"
            class Meta(ABCMeta):
                  ▔▔▔▔

            `Meta` derives from `type`: its instances are classes. No class of this file is
            known to be made by `Meta`.

            - `__init__` on line 3 runs with the finished class.

            **Say in the interview**

            A metaclass is inherited by subclasses. It is needed for `__prepare__`, for
            `__call__` and for operators on the class; what only looks at new classes is the
            work of `__init_subclass__`.

            [Metaclasses](https://docs.python.org/3/reference/datamodel.html#metaclasses) · [PEP 487](https://peps.python.org/pep-0487/)
        "#]],
    );
}

#[test]
fn classes_are_not_taken_for_made_ones() {
    for source in [
        "class Me$0ta(type): ...\nclass A(Meta): ...\n",
        "class Me$0ta(type): ...\nclass A(x=Meta): ...\n",
        "class Me$0ta(type): ...\nMeta = f(Meta)\nclass A(metaclass=Meta): ...\n",
        "class Me$0ta(type): ...\nclass A(B, metaclass=Meta): ...\n",
    ] {
        let snapshot = snapshot_of(source);
        assert!(!snapshot.contains("`A`"), "{source}{snapshot}");
    }
}

#[test]
fn silent_on_classes_that_may_be_none() {
    for source in [
        "class Me$0ta(Base): ...\n",
        "type = f()\nclass Me$0ta(type): ...\n",
        "class Me$0ta(type(x)): ...\n",
        "class Me$0ta: ...\n",
    ] {
        assert_ne!(card_at(source), "metaclass-definition", "{source}");
    }
}
