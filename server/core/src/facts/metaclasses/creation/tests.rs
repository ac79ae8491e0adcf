use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

const META: &str = "\
class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        return {}
    def __new__(mcs, name, bases, namespace, **kw):
        return super().__new__(mcs, name, bases, namespace, **kw)
    def __init__(cls, name, bases, namespace, **kw):
        super().__init__(name, bases, namespace)
    def __call__(cls, *args):
        return super().__call__(*args)
class Field:
    def __set_name__(self, owner, name): ...
class Base:
    def __init_subclass__(cls, tag=None, **kw): ...
";

#[test]
fn the_order_of_calls_with_a_metaclass() {
    check_hover(
        &format!(
            "{META}@register\ncla$0ss Model(Base, metaclass=Meta, tag='m'):\n    size = Field()\n    def __init__(self): ...\n"
        ),
        expect![[r#"
            class Model(Base, metaclass=Meta, tag='m'):
            ▔▔▔▔▔

            The body of `Model` runs once; then the class is what
            `Meta('Model', (Base,), namespace, tag='m')` returns.

            In this order:

            - `__prepare__` of `Meta` on line 3 supplies the namespace for the body.
            - `__new__` of `Meta` on line 5 gets the filled namespace.
            - `__set_name__` of `size`, on line 12: an instance of `Field` learns its name.
            - `__init_subclass__` of `Base` on line 14 gets the new class.
            - `__init__` of `Meta` on line 7 gets the finished class.
            - Decorators last: `register`.

            **Here**

            - Method resolution order: `Model`, `Base`, `object`.
            - Calling `Model` goes through `__call__` of `Meta` on line 9.

            **Say in the interview**

            A class is an object, made when the `class` statement runs. Its metaclass is the
            most derived of `metaclass=` and the types of the bases; without any it is
            `type`.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
    check_hover(
        &format!(
            "{META}class Model(Base, meta$0class=Meta):\n    size = Field()\nclass Sub(Model): ...\n"
        ),
        expect![[r#"
            class Model(Base, metaclass=Meta):
                              ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `Meta` makes `Model`: `Meta('Model', (Base,), namespace)` is called when the
            body has run.

            In this order:

            - `__prepare__` of `Meta` on line 3 supplies the namespace for the body.
            - `__new__` of `Meta` on line 5 gets the filled namespace.
            - `__set_name__` of `size`, on line 12: an instance of `Field` learns its name.
            - `__init_subclass__` of `Base` on line 14 gets the new class.
            - `__init__` of `Meta` on line 7 gets the finished class.

            **Here**

            - Inherited without asking by `Sub`.
            - Calling `Model` goes through `__call__` of `Meta` on line 9.

            **Say in the interview**

            A metaclass is the class of a class. It is inherited, and two that do not derive
            from each other cannot meet in one class. For a registry, a check or a default
            attribute `__init_subclass__` of a base is enough.

            [Determining the appropriate metaclass](https://docs.python.org/3/reference/datamodel.html#determining-the-appropriate-metaclass) · [PEP 3115](https://peps.python.org/pep-3115/)
        "#]],
    );
}

#[test]
fn an_inherited_metaclass() {
    check_hover(
        &format!("{META}class A(metaclass=Meta): ...\nclass B$0(A): ...\n"),
        expect![[r#"
        class B(A): ...
              ▔

        The body of `B` runs once; then the class is what `Meta('B', (A,), namespace)`
        returns.

        In this order:

        - `__prepare__` of `Meta` on line 3 supplies the namespace for the body.
        - `__new__` of `Meta` on line 5 gets the filled namespace.
        - `__init__` of `Meta` on line 7 gets the finished class.

        **Here**

        - The metaclass is `Meta`, inherited from `A`.
        - Method resolution order: `B`, `A`, `object`.
        - Calling `B` goes through `__call__` of `Meta` on line 9.

        **Say in the interview**

        A class is an object, made when the `class` statement runs. Its metaclass is the
        most derived of `metaclass=` and the types of the bases; without any it is
        `type`.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
    check_hover(
        "from abc import ABC\nclass Shape$0(ABC):\n    def __init__(self, x): ...\n",
        expect![[r#"
            class Shape(ABC):
                  ▔▔▔▔▔

            The body of `Shape` runs once; then the class is what
            `ABCMeta('Shape', (ABC,), namespace)` returns.

            **Here**

            - The metaclass is `ABCMeta`, inherited from `ABC`.
            - Method resolution order: `Shape`, `ABC`, `object`.
            - A new instance is filled by `__init__` of `Shape` on line 3.

            **Say in the interview**

            A class is an object, made when the `class` statement runs. Its metaclass is the
            most derived of `metaclass=` and the types of the bases; without any it is
            `type`.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
}

#[test]
fn plain_classes() {
    check_hover(
        "class A$0:\n    def __init__(self): ...\nclass B(A): ...\n",
        expect![[r#"
        class A:
              ▔

        The body of `A` runs once; then the class is what `type('A', (), namespace)`
        returns.

        **Here**

        - Nothing else is named, so the metaclass is `type` and the base `object`.
        - Deriving from it here: `B`.
        - A new instance is filled by `__init__` of `A` on line 2.

        **Say in the interview**

        A class is an object, made when the `class` statement runs. Its metaclass is the
        most derived of `metaclass=` and the types of the bases; without any it is
        `type`.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
    check_hover(
        "class A: ...\nclass B(A): ...\nclass C(A): ...\nclass D$0(B, C): ...\n",
        expect![[r#"
            class D(B, C): ...
                  ▔

            The body of `D` runs once; then the class is what `type('D', (B, C), namespace)`
            returns.

            **Here**

            - Method resolution order: `D`, `B`, `C`, `A`, `object`.

            **Say in the interview**

            A class is an object, made when the `class` statement runs. Its metaclass is the
            most derived of `metaclass=` and the types of the bases; without any it is
            `type`.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
    check_hover(
        "from m import Base\nclass A$0(Base): ...\n",
        expect![[r#"
        class A(Base): ...
              ▔

        The body of `A` runs once; then its metaclass is called with name, bases and
        what the body has bound. Which one that is depends on `Base`.

        **Say in the interview**

        A class is an object, made when the `class` statement runs. Its metaclass is the
        most derived of `metaclass=` and the types of the bases; without any it is
        `type`.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
}

#[test]
fn classes_that_cannot_be_made() {
    check_hover(
        "class A: ...\nclass B(A): ...\nclass C$0(A, B): ...\n",
        expect![[r#"
        class C(A, B): ...
              ▔

        Making `C` raises `TypeError`: `A`, `B` have no common method resolution order.

        **Say in the interview**

        A class is an object, made when the `class` statement runs. Its metaclass is the
        most derived of `metaclass=` and the types of the bases; without any it is
        `type`.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
    "#]],
    );
    check_hover(
        "class M(type): ...\nclass N(type): ...\nclass A(metaclass=M): ...\nclass B$0(A, metaclass=N): ...\n",
        expect![[r#"
            class B(A, metaclass=N): ...
                  ▔

            Making `B` raises `TypeError`: metaclass conflict between `N` and `M`.

            **Say in the interview**

            A class is an object, made when the `class` statement runs. Its metaclass is the
            most derived of `metaclass=` and the types of the bases; without any it is
            `type`.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
}

/// What may be something else is not named.
#[test]
fn uncertain_hooks_are_left_out() {
    for source in [
        "class Base:\n    if x:\n        def __init_subclass__(cls): ...\nclass A$0(Base): ...\n",
        "class Base:\n    def __init_subclass__(cls): ...\nBase.__init_subclass__ = f\nclass A$0(Base): ...\n",
        "class Base:\n    def __init_subclass__(cls): ...\n    del __init_subclass__\nclass A$0(Base): ...\n",
        "class F:\n    def __set_name__(self, o, n): ...\nclass A$0:\n    x = F()\n    x = 1\n",
        "class F:\n    def __new__(cls): return 1\n    def __set_name__(self, o, n): ...\nclass A$0:\n    x = F()\n",
        "class F:\n    def __set_name__(self, o, n): ...\nF = f(F)\nclass A$0:\n    x = F()\n",
        "class Meta(type):\n    def __init__(cls, *a): ...\n    def __new__(mcs, *a): ...\nclass Base:\n    def __init_subclass__(cls): ...\nclass A(Base, meta$0class=None): ...\n",
        "from m import Base\nclass F:\n    def __set_name__(self, o, n): ...\nclass A$0(Base):\n    x = [F()]\n",
    ] {
        let snapshot = crate::cards::testing::snapshot_of(source);
        assert!(!snapshot.contains("In this order"), "{source}{snapshot}");
    }
}

/// A `__new__` that may give back something else leaves the rest open.
#[test]
fn steps_behind_an_unusual_new_are_left_out() {
    for body in [
        "        pass",
        "        return registry[name]",
        "        if x:\n            return None\n        return super().__new__(mcs, name, bases, ns)",
        "        cls = super().__new__(mcs, name, bases, ns)\n        cls = wrap(cls)\n        return cls",
        "        super().__new__(mcs, name, bases, ns)",
    ] {
        let source = format!(
            "class Meta(type):\n    def __new__(mcs, name, bases, ns):\n{body}\n    def __init__(cls, *a): ...\n\
             class Base:\n    def __init_subclass__(cls): ...\nclass A(Base, meta$0class=Meta): ...\n"
        );
        let snapshot = crate::cards::testing::snapshot_of(&source);
        assert!(snapshot.contains("`__new__` of `Meta` on line 2"), "{snapshot}");
        assert!(!snapshot.contains("`__init_subclass__` of `Base`"), "{source}{snapshot}");
        assert!(!snapshot.contains("`__init__` of `Meta`"), "{source}{snapshot}");
    }
}

#[test]
fn silent_on_other_things() {
    for source in [
        "@d\nclass A$0: ...\n",
        "class A:\n    pa$0ss\n",
        "class A(\n    def f$0(:\n",
        "f(meta$0class=M)\n",
        "class A(tag$0=1): ...\n",
        "def f(): cla$0\n",
    ] {
        assert!(
            !["class-statement", "metaclass-keyword"].contains(&card_at(source).as_str()),
            "{source}"
        );
    }
}
