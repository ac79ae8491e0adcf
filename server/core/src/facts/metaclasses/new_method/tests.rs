use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_singleton_runs_init_again() {
    check_hover(
        "class A:\n    _it = None\n    def __ne$0w__(cls):\n        if cls._it is None:\n            cls._it = super().__new__(cls)\n        return cls._it\n    def __init__(self):\n        self.x = []\n",
        expect![[r#"
                def __new__(cls):
                    ▔▔▔▔▔▔▔

            Calling `A` runs this first, with the class as `cls`; what it returns is the
            result of the call.

            **Here**

            - `__init__` on line 7 then gets the object and the same arguments, if the
              object is an instance of `A`.
            - `cls._it` may be an older object, on line 6: `__init__` runs for it again.

            **Say in the interview**

            `__new__` is a static method without a decorator: it gets the class and returns
            the object. It is needed for immutable types and for instances that are not new;
            everything else belongs in `__init__`.

            [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__) · [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__)
        "#]],
    );
}

#[test]
fn a_new_object() {
    check_hover(
        "class Celsius(float):\n    def __new$0__(cls, value):\n        return super().__new__(cls, round(value))\n",
        expect![[r#"
                def __new__(cls, value):
                    ▔▔▔▔▔▔▔

            Calling `Celsius` runs this first: it makes a new object by the `__new__` above
            and returns it.

            **Here**

            - A `float` cannot be changed later: its value is decided here.

            **Say in the interview**

            `__new__` is a static method without a decorator: it gets the class and returns
            the object. It is needed for immutable types and for instances that are not new;
            everything else belongs in `__init__`.

            [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__) · [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__)
        "#]],
    );
    check_hover(
        "class A:\n    def __new$0__(cls, x):\n        self = super().__new__(cls, x)\n        return self\n",
        expect![[r#"
                def __new__(cls, x):
                    ▔▔▔▔▔▔▔

            Calling `A` runs this first, with the class as `cls`; what it returns is the
            result of the call. `super().__new__(cls, x)` on line 3 raises `TypeError`:
            `object.__new__` takes the class only.

            **Say in the interview**

            `__new__` is a static method without a decorator: it gets the class and returns
            the object. It is needed for immutable types and for instances that are not new;
            everything else belongs in `__init__`.

            [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__) · [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__)
        "#]],
    );
    check_hover(
        "class A:\n    def __new$0__(cls):\n        super().__new__(cls)\n",
        expect![[r#"
            def __new__(cls):
                ▔▔▔▔▔▔▔

        Calling `A` gives `None`: this `__new__` returns nothing.

        **Say in the interview**

        `__new__` is a static method without a decorator: it gets the class and returns
        the object. It is needed for immutable types and for instances that are not new;
        everything else belongs in `__init__`.

        [object.\_\_new\_\_](https://docs.python.org/3/reference/datamodel.html#object.__new__) · [object.\_\_init\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init__)
    "#]],
    );
}

#[test]
fn the_arguments_of_a_metaclass() {
    check_hover(
        "class Meta(type):\n    def __new$0__(mcs, name, bases, attrs):\n        attrs['a'] = 1\n        cls = super().__new__(mcs, name, bases, attrs)\n        attrs['b'] = 2\n        return cls\nclass A(metaclass=Meta): ...\nclass B(A): ...\n",
        expect![[r#"
                def __new__(mcs, name, bases, attrs):
                    ▔▔▔▔▔▔▔

            It makes `A`, `B`, one call for each `class` statement. The class statement
            calls it: `mcs` is `Meta` or derived, `name` the new name, `bases` the tuple of
            bases, `attrs` what the body has bound.

            **Here**

            - Without effect: `attrs` is changed on line 5, after `type.__new__` has copied
              it. Set attributes of the class instead.
            - It takes no keywords, so a class with one, as `tag=1`, raises `TypeError`.

            **Say in the interview**

            Change the namespace before `super().__new__`, the class after it. `bases` holds
            what was written, without `object`; `attrs` holds nothing inherited.
            `__set_name__` and `__init_subclass__` run inside `type.__new__`.

            **Version**

            - 3.13: `attrs` also holds `__static_attributes__` and `__firstlineno__`.
            - 3.14: `attrs` holds no `__annotations__`; see `annotationlib`.

            For Python `3.9`, as no file says which ·
            [Creating the class object](https://docs.python.org/3/reference/datamodel.html#creating-the-class-object) · [PEP 3115](https://peps.python.org/pep-3115/)
        "#]],
    );
    check_hover(
        "from abc import ABCMeta\nclass Meta(ABCMeta):\n    def __new$0__(mcls, n, b, ns, **kw):\n        super().__new__(mcls, n, b, ns)\n",
        expect![[r#"
                def __new__(mcls, n, b, ns, **kw):
                    ▔▔▔▔▔▔▔

            The class statement calls it: `mcls` is `Meta` or derived, `n` the new name, `b`
            the tuple of bases, `ns` what the body has bound. Classes made by `Meta` are
            `None`: it returns nothing.

            **Say in the interview**

            Change the namespace before `super().__new__`, the class after it. `b` holds
            what was written, without `object`; `ns` holds nothing inherited. `__set_name__`
            and `__init_subclass__` run inside `type.__new__`.

            **Version**

            - 3.13: `ns` also holds `__static_attributes__` and `__firstlineno__`.
            - 3.14: `ns` holds no `__annotations__`; see `annotationlib`.

            For Python `3.9`, as no file says which ·
            [Creating the class object](https://docs.python.org/3/reference/datamodel.html#creating-the-class-object) · [PEP 3115](https://peps.python.org/pep-3115/)
        "#]],
    );
}

#[test]
fn uncertain_things_are_left_out() {
    for (source, absent) in [
        ("class A:\n    def __new$0__(cls): return make()\n", "makes a new"),
        ("class A:\n    def __new$0__(cls): raise E\n", "`None`"),
        (
            "class A:\n    def __new$0__(cls):\n        if cls is A: raise E\n        return super().__new__(cls)\n",
            "makes a new",
        ),
        ("class A:\n    def __new$0__(cls): ...\n", "`None`"),
        ("class A:\n    def __new$0__(cls, *a): return super().__new__(cls, *a)\n", "TypeError"),
        (
            "class A:\n    def __new$0__(cls, x): return super().__new__(cls, x)\nclass B(A, X): ...\n",
            "TypeError",
        ),
        (
            "class M(type):\n    def __new$0__(m, n, b, ns):\n        ns['x'] = 1\n        return super().__new__(m, n, b, ns)\n",
            "line 3",
        ),
        (
            "class M(type):\n    def __new$0__(m, n, b, ns):\n        c = super().__new__(m, n, b, ns)\n        ns = {}\n        c.x = 1\n        return c\n",
            "line 5",
        ),
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("__new__"), "{source}{snapshot}");
        assert!(!snapshot.contains(absent), "{source}{snapshot}");
    }
}

#[test]
fn silent_on_other_functions() {
    for source in [
        "def __ne$0w__(cls): ...\n",
        "class A(B):\n    def __ne$0w__(cls, x): return super().__new__(cls, x)\n",
        "class A:\n    if x:\n        def __ne$0w__(cls): ...\n",
        "class A:\n    def __ne$0w__(cls): ...\n    __new__ = None\n",
        "class A:\n    @d\n    def __ne$0w__(cls): ...\n",
        "class A:\n    def __ne$0w__(cls): return super().__new__(cls)\ntry:\n    from _a import A\nexcept ImportError: pass\n",
        "def f():\n    class A:\n        def __ne$0w__(cls): return super().__new__(cls)\n    A = d(A)\n",
        "class A:\n    def __ne$0w__(*args): ...\n",
        "class M(type):\n    def __ne$0w__(mcs, *args): ...\n",
        "class M(type):\n    def __ne$0w__(mcs, name, bases): ...\n",
    ] {
        let card = card_at(source);
        assert!(!["new-method", "metaclass-new"].contains(&card.as_str()), "{source}{card}");
    }
}

#[test]
fn silent_where_a_call_of_the_class_may_not_run_it() {
    let card = |head: &str| {
        card_at(&format!(
            "import enum\nfrom base import Base\nclass Meta(type):\n    def __call__(cls): ...\nclass A({head}):\n    \
             def __n$0ew__(cls, value):\n        return object.__new__(cls)\n"
        ))
    };
    assert_eq!(card(""), "new-method");
    assert_ne!(card("enum.Enum"), "new-method", "only the members are made by it");
    assert_ne!(card("metaclass=Meta"), "new-method");
    assert_ne!(card("Base"), "new-method", "its metaclass is not known");
}
