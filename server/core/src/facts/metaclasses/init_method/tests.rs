use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn what_a_call_runs_and_sets() {
    check_hover(
        "class A:\n    def __in$0it__(self, x, y=1):\n        self.x, self.y = x, y\n        self.items = []\na = A(1)\n",
        expect![[r#"
                def __init__(self, x, y=1):
                    ▔▔▔▔▔▔▔▔

            `A(x, y=1)` makes the instance by `object.__new__`, then fills it by this
            method. It sets `x`, `y`, `items`.

            **Here**

            - `A` is called on line 5.

            **Say in the interview**

            `__new__` makes the object and returns it; `__init__` gets it and fills it in.
            The call of the class runs both, and `__init__` only if `__new__` returned an
            instance of the class.

            [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__) · [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__)
        "#]],
    );
}

#[test]
fn the_overridden_one() {
    check_hover(
        "class A:\n    def __init__(self): ...\nclass B(A):\n    def __init$0__(self):\n        super().__init__()\n",
        expect![[r#"
                def __init__(self):
                    ▔▔▔▔▔▔▔▔

            `B()` makes the instance by `object.__new__`, then fills it by this method.

            **Here**

            - It overrides `__init__` of `A` on line 2.
            - It calls that one, by `super()`, on line 5.

            **Say in the interview**

            `__new__` makes the object and returns it; `__init__` gets it and fills it in.
            The call of the class runs both, and `__init__` only if `__new__` returned an
            instance of the class.

            [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__) · [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__)
        "#]],
    );
    check_hover(
        "class A:\n    def __init__(self): ...\nclass B(A):\n    def __init$0__(self):\n        self.x = 1\n",
        expect![[r#"
                def __init__(self):
                    ▔▔▔▔▔▔▔▔

            `B()` makes the instance by `object.__new__`, then fills it by this method. It
            sets `x`.

            **Here**

            - It overrides `__init__` of `A` on line 2.
            - It names no other `__init__`: that of `A` is not run from here.

            **Say in the interview**

            `__new__` makes the object and returns it; `__init__` gets it and fills it in.
            The call of the class runs both, and `__init__` only if `__new__` returned an
            instance of the class.

            [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__) · [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__)
        "#]],
    );
}

#[test]
fn a_value_is_refused() {
    check_hover(
        "class A:\n    def __init$0__(self):\n        return True\n",
        expect![[r#"
            def __init__(self):
                ▔▔▔▔▔▔▔▔

        `A()` makes the instance by `object.__new__`, then fills it by this method.
        Returning `True` on line 3 raises `TypeError`: `__init__` must return `None`.

        **Say in the interview**

        `__new__` makes the object and returns it; `__init__` gets it and fills it in.
        The call of the class runs both, and `__init__` only if `__new__` returned an
        instance of the class.

        [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__) · [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__)
    "#]],
    );
    check_hover(
        "class A:\n    async def __init$0__(self): ...\n",
        expect![[r#"
                async def __init__(self): ...
                          ▔▔▔▔▔▔▔▔

            `A()` makes the instance by `object.__new__`, then fills it by this method. That
            raises `TypeError`: this `__init__` returns a coroutine or a generator, and must
            return `None`.

            **Say in the interview**

            `__new__` makes the object and returns it; `__init__` gets it and fills it in.
            The call of the class runs both, and `__init__` only if `__new__` returned an
            instance of the class.

            [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__) · [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__)
        "#]],
    );
}

#[test]
fn uncertain_things_are_left_out() {
    for (source, absent) in [
        ("class A:\n    def __new__(cls): return 1\n    def __init$0__(self, x): ...\n", "A(x)"),
        ("class A(metaclass=M):\n    def __init$0__(self, x): ...\n", "A(x)"),
        ("class A(B):\n    def __init$0__(self, x): ...\n", "A(x)"),
        ("class A:\n    def __init$0__(self, *, x): ...\n", "A(x)"),
        ("class A:\n    def __init$0__(self): return f()\n", "TypeError"),
        ("class A:\n    def __init$0__(self): return None\n", "TypeError"),
        ("class A:\n    def __init$0__(self):\n        def f(): return 1\n", "TypeError"),
        (
            "class A:\n    def __init__(self): ...\nclass B(A):\n    def __init$0__(self):\n        A.__init__(self)\n",
            "not run from here",
        ),
        (
            "class A:\n    def __init__(self): ...\nclass B(A):\n    def __init$0__(self):\n        s = super\n",
            "not run from here",
        ),
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("fill"), "{source}{snapshot}");
        assert!(!snapshot.contains(absent), "{source}{snapshot}");
    }
}

#[test]
fn silent_on_other_functions() {
    for source in [
        "def __in$0it__(self): ...\n",
        "class A:\n    def f(self):\n        def __in$0it__(self): ...\n",
        "class A:\n    if x:\n        def __in$0it__(self): ...\n",
        "class A:\n    def __in$0it__(self): ...\n    __init__ = None\n",
        "class A:\n    @d\n    def __in$0it__(self): ...\n",
        "class A:\n    def __in$0it__(self): ...\nA.__init__ = f\n",
        "class A(type):\n    def __in$0it__(cls, *args): ...\n",
        "class A:\n    def __in$0it__(*args): ...\n",
    ] {
        assert_ne!(card_at(source), "init-method", "{source}");
    }
}
