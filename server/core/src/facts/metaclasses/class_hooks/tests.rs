use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn the_subclasses_it_runs_for() {
    check_hover(
        "class Plugin:\n    def __init_sub$0class__(cls, tag=None, **kw):\n        names.append(cls)\nclass A(Plugin, tag=1): ...\nclass B(A): ...\n",
        expect![[r#"
                def __init_subclass__(cls, tag=None, **kw):
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            It runs whenever a subclass of `Plugin` is made, with the subclass as `cls`; not
            for `Plugin` itself.

            - For `A` on line 4.
            - For `B` on line 5.

            **Here**

            - Keywords of the class statement go to `tag`.
            - It does not call `super().__init_subclass__()`: with several bases, the hook
              of the next class does not run.

            **Say in the interview**

            It is a class method without a decorator, called at the end of `type.__new__`.
            It registers, checks or completes subclasses without a metaclass, so it cannot
            conflict.

            **Watch for**

            - An exception in it prevents the class.

            [object.\_\_init\_subclass\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init_subclass__) · [PEP 487](https://peps.python.org/pep-0487/)
        "#]],
    );
    check_hover(
        "class Plugin:\n    @classmethod\n    def __init_sub$0class__(cls):\n        super().__init_subclass__()\n",
        expect![[r#"
                def __init_subclass__(cls):
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            It runs whenever a subclass of `Plugin` is made, with the subclass as `cls`; not
            for `Plugin` itself. No class of this file derives from `Plugin`.

            **Say in the interview**

            It is a class method without a decorator, called at the end of `type.__new__`.
            It registers, checks or completes subclasses without a metaclass, so it cannot
            conflict.

            **Watch for**

            - An exception in it prevents the class.

            [object.\_\_init\_subclass\_\_](https://docs.python.org/3/reference/datamodel.html#object.__init_subclass__) · [PEP 487](https://peps.python.org/pep-0487/)
        "#]],
    );
}

#[test]
fn where_a_keyword_goes() {
    let base = "class Plugin:\n    def __init_subclass__(cls, *, tag=None): ...\n";
    check_hover(
        &format!("{base}class A(Plugin, ta$0g='x'): ...\n"),
        expect![[r#"
        class A(Plugin, tag='x'): ...
                        ▔▔▔▔▔▔▔

        `tag='x'` goes to `tag` of `__init_subclass__` of `Plugin` on line 2.

        **Say in the interview**

        All keywords but `metaclass` are handed to `__prepare__`, `__new__` and
        `__init__` of the metaclass; `type.__new__` hands them on to `__init_subclass__`
        of the parent, and `object.__init_subclass__` takes none.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [PEP 487](https://peps.python.org/pep-0487/)
    "#]],
    );
    check_hover(
        &format!("{base}class A(Plugin, na$0me='x'): ...\n"),
        expect![[r#"
            class A(Plugin, name='x'): ...
                            ▔▔▔▔▔▔▔▔

            Making `A` raises `TypeError`: `__init_subclass__` of `Plugin` on line 2 takes
            no keyword `name`.

            **Say in the interview**

            All keywords but `metaclass` are handed to `__prepare__`, `__new__` and
            `__init__` of the metaclass; `type.__new__` hands them on to `__init_subclass__`
            of the parent, and `object.__init_subclass__` takes none.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [PEP 487](https://peps.python.org/pep-0487/)
        "#]],
    );
    check_hover(
        "class A(na$0me='x'): ...\n",
        expect![[r#"
        class A(name='x'): ...
                ▔▔▔▔▔▔▔▔

        Making `A` raises `TypeError`: nobody takes `name`, as no base has an
        `__init_subclass__` of its own.

        **Say in the interview**

        All keywords but `metaclass` are handed to `__prepare__`, `__new__` and
        `__init__` of the metaclass; `type.__new__` hands them on to `__init_subclass__`
        of the parent, and `object.__init_subclass__` takes none.

        [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [PEP 487](https://peps.python.org/pep-0487/)
    "#]],
    );
    check_hover(
        "class M(type):\n    def __new__(mcs, name, bases, ns): ...\nclass A(metaclass=M, na$0me='x'): ...\n",
        expect![[r#"
            class A(metaclass=M, name='x'): ...
                                 ▔▔▔▔▔▔▔▔

            `name='x'` goes to `__new__` of the metaclass `M` on line 2, and to its
            `__init__` and `__prepare__`. That raises `TypeError`: it takes no keyword
            `name`.

            **Say in the interview**

            All keywords but `metaclass` are handed to `__prepare__`, `__new__` and
            `__init__` of the metaclass; `type.__new__` hands them on to `__init_subclass__`
            of the parent, and `object.__init_subclass__` takes none.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [PEP 487](https://peps.python.org/pep-0487/)
        "#]],
    );
}

#[test]
fn uncertain_subclasses_are_left_out() {
    for source in [
        "class P:\n    def __init_sub$0class__(cls): ...\nclass A(P, Other): ...\n",
        "class P:\n    def __init_sub$0class__(cls): ...\nclass Q(P):\n    def __init_subclass__(cls): ...\nclass A(Q): ...\n",
        "class P:\n    def __init_sub$0class__(cls): ...\nclass A(P, metaclass=M): ...\n",
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("__init_subclass__"), "{snapshot}");
        assert!(!snapshot.contains("`A`"), "{source}{snapshot}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def __init_sub$0class__(cls): ...\n",
        "class P:\n    @staticmethod\n    def __init_sub$0class__(): ...\n",
        "class P:\n    if x:\n        def __init_sub$0class__(cls): ...\n",
        "class P:\n    def __init_sub$0class__(cls): ...\nP.__init_subclass__ = f\n",
        "class A(Base, ta$0g=1): ...\n",
        "class A(metaclass=M, ta$0g=1): ...\n",
        "class A(f(ta$0g=1)): ...\n",
        "f(ta$0g=1)\n",
        "from typing import TypedDict\nclass A(TypedDict, tot$0al=False): ...\n",
        "from typing import Generic\nclass A(Generic[T], ta$0g=False): ...\n",
    ] {
        let card = card_at(source);
        assert!(!["init-subclass", "class-keyword"].contains(&card.as_str()), "{source}");
    }
}
