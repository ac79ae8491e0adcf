use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn the_finished_class() {
    check_hover(
        "class Meta(type):\n    def __in$0it__(cls, name, bases, ns):\n        ns['late'] = 1\n        cls.x = 1\nclass A(metaclass=Meta): ...\n",
        expect![[r#"
                def __init__(cls, name, bases, ns):
                    ▔▔▔▔▔▔▔▔

            When it runs, the class exists: `cls` is the finished class, made by `Meta` or a
            metaclass derived from it. It runs for `A`. Changing `ns` on line 3 has no
            effect: the class has a copy.

            **Here**

            - `__set_name__` of the attributes and `__init_subclass__` of the parent have
              run before it, inside `type.__new__`; set attributes on `cls`.

            **Say in the interview**

            `__new__` of a metaclass makes the class and may change name, bases and
            namespace before; `__init__` can only work on the result.

            [Creating the class object](https://docs.python.org/3/reference/datamodel.html#creating-the-class-object)
        "#]],
    );
}

#[test]
fn a_singleton() {
    check_hover(
        "class Single(type):\n    _all = {}\n    def __ca$0ll__(cls, *args):\n        if cls not in cls._all:\n            cls._all[cls] = super().__call__(*args)\n        return cls._all[cls]\nclass A(metaclass=Single): ...\nA()\n",
        expect![[r#"
                def __call__(cls, *args):
                    ▔▔▔▔▔▔▔▔

            Every call of a class made by `Single` runs this instead of `type.__call__`,
            with the class as `cls`. It decides what calling `A` gives.

            **Here**

            - Such calls: line 8.
            - `cls._all` keeps one object per class, on line 5: a later call gets it,
              whatever its arguments, and `__init__` does not run again.
            - Two threads may both find `cls._all` without `cls`, and make two objects: no
              lock guards it.

            **Say in the interview**

            `type.__call__` runs `__new__` and then `__init__`. Overriding it in a metaclass
            makes a singleton that stays a class, so `isinstance` and subclassing work. One
            object at module level is simpler.

            [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup) · [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__)
        "#]],
    );
    check_hover(
        "class Never(type):\n    def __ca$0ll__(cls):\n        raise TypeError\n",
        expect![[r#"
                def __call__(cls):
                    ▔▔▔▔▔▔▔▔

            Every call of a class made by `Never` runs this instead of `type.__call__`, with
            the class as `cls`. It makes no instance: neither `super()` nor a `__new__` is
            called.

            **Say in the interview**

            `type.__call__` runs `__new__` and then `__init__`. Overriding it in a metaclass
            makes a singleton that stays a class, so `isinstance` and subclassing work. One
            object at module level is simpler.

            [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup) · [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__)
        "#]],
    );
}

#[test]
fn the_namespace() {
    check_hover(
        "class Meta(type):\n    @classmethod\n    def __pre$0pare__(mcs, name, bases, **kw):\n        return {}\nclass A(metaclass=Meta): ...\n",
        expect![[r#"
                def __prepare__(mcs, name, bases, **kw):
                    ▔▔▔▔▔▔▔▔▔▔▔

            The body of a class made by `Meta` runs in the mapping that this returns. It
            returns `{}`. In this file that is so for `A`.

            **Here**

            - `name` is the name of the class to be, `bases` the tuple of its bases;
              keywords of the class statement come on top.

            **Say in the interview**

            It is the only hook that runs before the body, so it can see every assignment
            there, as `enum` does to refuse double names. `type.__new__` copies the mapping
            into a dict.

            [Preparing the class namespace](https://docs.python.org/3/reference/datamodel.html#preparing-the-class-namespace) · [PEP 3115](https://peps.python.org/pep-3115/)
        "#]],
    );
    check_hover(
        "class Meta(type):\n    def __pre$0pare__(self, name, bases):\n        return dict()\n",
        expect![[r#"
                def __prepare__(self, name, bases):
                    ▔▔▔▔▔▔▔▔▔▔▔

            The body of a class made by `Meta` runs in the mapping that this returns. It
            returns `dict()`. It must be a class method: it is called on the metaclass with
            name and bases, so as it stands `self` gets the name.

            **Say in the interview**

            It is the only hook that runs before the body, so it can see every assignment
            there, as `enum` does to refuse double names. `type.__new__` copies the mapping
            into a dict.

            [Preparing the class namespace](https://docs.python.org/3/reference/datamodel.html#preparing-the-class-namespace) · [PEP 3115](https://peps.python.org/pep-3115/)
        "#]],
    );
}

#[test]
fn uncertain_things_are_left_out() {
    for (source, absent) in [
        (
            "class M(type):\n    def __in$0it__(cls, n, b, ns):\n        ns = {}\n        ns['x'] = 1\n",
            "line 4",
        ),
        ("class M(type):\n    def __in$0it__(cls, n, b, ns):\n        other['x'] = 1\n", "line 3"),
        (
            "class M(type):\n    def __ca$0ll__(cls): ...\nclass N(M):\n    def __call__(cls): ...\nclass A(metaclass=N): ...\nA()\n",
            "`A`",
        ),
        (
            "class M(type):\n    def __ca$0ll__(cls):\n        count[cls] = 1\n        return count[cls]\n",
            "keeps",
        ),
        (
            "class M(type):\n    def __ca$0ll__(cls):\n        with lock:\n            d[cls] = super().__call__()\n        return d[cls]\n",
            "threads",
        ),
        (
            "class M(type):\n    def __ca$0ll__(cls):\n        return type.__call__(cls)\n",
            "no instance",
        ),
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("`M`"), "{source}{snapshot}");
        assert!(!snapshot.contains(absent), "{source}{snapshot}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "class A:\n    def __pre$0pare__(mcs, n, b): ...\n",
        "class A(Base):\n    def __ca$0ll__(cls): ...\n",
        "class M(type):\n    @d\n    def __ca$0ll__(cls): ...\n",
        "class M(type):\n    @d\n    def __pre$0pare__(cls, n, b): ...\n",
        "class M(type):\n    if x:\n        def __in$0it__(cls, n, b, ns): ...\n",
        "class M(type):\n    def __in$0it__(*a): ...\n",
        "def __prepa$0re__(mcs): ...\n",
    ] {
        let card = card_at(source);
        assert!(
            !["metaclass-init", "metaclass-call", "prepare-method"].contains(&card.as_str()),
            "{source}"
        );
    }
}
