use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn only_what_is_missing() {
    check_hover(
        "class A:\n    def __init__(self):\n        self.data = {}\n    def __geta$0ttr__(self, name):\n        return self.data[name]\n",
        expect![[r#"
                def __getattr__(self, name):
                    ▔▔▔▔▔▔▔▔▔▔▔

            It is called for an object of `A` when the usual search for an attribute fails,
            and only then.

            **Here**

            - Found without it, once `__init__` has run: `data`.

            **Say in the interview**

            `__getattr__` is the fallback, `__getattribute__` the whole search; there is no
            such pair for writing. To do the usual thing inside, call `super()`, not `self`.

            **Watch for**

            - Special methods that operators use are looked up on the type, past both.

            [Customizing attribute access](https://docs.python.org/3/reference/datamodel.html#customizing-attribute-access)
        "#]],
    );
}

#[test]
fn everything_and_endless_calls() {
    check_hover(
        "class A:\n    def __getattri$0bute__(self, name):\n        return self.data[name]\n",
        expect![[r#"
                def __getattribute__(self, name):
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            It is called for every attribute that is read of an object of `A`, also for
            methods. On line 3 it calls itself again without end: `RecursionError`.

            **Say in the interview**

            `__getattr__` is the fallback, `__getattribute__` the whole search; there is no
            such pair for writing. To do the usual thing inside, call `super()`, not `self`.

            **Watch for**

            - Special methods that operators use are looked up on the type, past both.

            [Customizing attribute access](https://docs.python.org/3/reference/datamodel.html#customizing-attribute-access)
        "#]],
    );
    check_hover(
        "class A:\n    def __init__(self):\n        self.x = 1\n    def __seta$0ttr__(self, name, value):\n        self.count += 1\n        super().__setattr__(name, value)\n",
        expect![[r#"
                def __setattr__(self, name, value):
                    ▔▔▔▔▔▔▔▔▔▔▔

            It is called for every attribute that is set on an object of `A`. On line 5 it
            calls itself again without end: `RecursionError`.

            **Here**

            - Such assignments: line 3.

            **Say in the interview**

            `__getattr__` is the fallback, `__getattribute__` the whole search; there is no
            such pair for writing. To do the usual thing inside, call `super()`, not `self`.

            **Watch for**

            - Special methods that operators use are looked up on the type, past both.

            [Customizing attribute access](https://docs.python.org/3/reference/datamodel.html#customizing-attribute-access)
        "#]],
    );
    check_hover(
        "class M(type):\n    def __dela$0ttr__(cls, name): ...\n",
        expect![[r#"
                def __delattr__(cls, name): ...
                    ▔▔▔▔▔▔▔▔▔▔▔

            It is called for every attribute that is deleted from an object of `M`.

            **Here**

            - `M` is a metaclass, so this is about attributes of classes.

            **Say in the interview**

            `__getattr__` is the fallback, `__getattribute__` the whole search; there is no
            such pair for writing. To do the usual thing inside, call `super()`, not `self`.

            **Watch for**

            - Special methods that operators use are looked up on the type, past both.

            [Customizing attribute access](https://docs.python.org/3/reference/datamodel.html#customizing-attribute-access)
        "#]],
    );
}

#[test]
fn what_does_not_loop() {
    for source in [
        "class A:\n    def __getattri$0bute__(self, name):\n        return super().data\n",
        "class A:\n    def __getattri$0bute__(self, name):\n        self.x = 1\n",
        "class A:\n    def __getattri$0bute__(self, name):\n        return other.data\n",
        "class A:\n    def __seta$0ttr__(self, name, value):\n        if name == 'x':\n            self.y = 1\n",
        "class A:\n    def __getattri$0bute__(self, name):\n        if name == 'x':\n            return 1\n        return self.x\n",
        "class A:\n    def __getattri$0bute__(self, name):\n        return name == 'x' or self.x\n",
        "class A:\n    def __seta$0ttr__(self, name, value):\n        self.__dict__[name] = value\n",
        "class A:\n    def __seta$0ttr__(self, name, value):\n        def f(self): self.x = 1\n",
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("`A`"), "{source}{snapshot}");
        assert!(!snapshot.contains("Recursion"), "{source}{snapshot}");
    }
}

#[test]
fn brackets_behind_a_class() {
    check_hover(
        "class Box:\n    def __class_get$0item__(cls, item):\n        return cls\nBox[int]\nx: Box[str] = 1\n",
        expect![[r#"
                def __class_getitem__(cls, item):
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            It answers brackets behind the class `Box`: `cls` is the class, `item` what
            stands in them.

            - `Box[int]` on line 4 calls it.

            **Say in the interview**

            A class method without a decorator, for generic classes: before it, `C[int]`
            needed a metaclass with `__getitem__`. Such a metaclass still comes first.

            **Watch for**

            - For other purposes than type hints, a class method with a name says more.

            [object.\_\_class\_getitem\_\_](https://docs.python.org/3/reference/datamodel.html#object.__class_getitem__) · [PEP 560](https://peps.python.org/pep-0560/)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def __geta$0ttr__(name): ...\n",
        "class A:\n    if x:\n        def __geta$0ttr__(self, n): ...\n",
        "class A:\n    @d\n    def __geta$0ttr__(self, n): ...\n",
        "class A:\n    def __geta$0ttr__(self, n): ...\n    __getattr__ = None\n",
        "class A:\n    @staticmethod\n    def __class_get$0item__(item): ...\n",
        "class A:\n    def __class_get$0item__(cls): ...\n",
    ] {
        let card = card_at(source);
        assert!(!["attribute-hook", "class-getitem"].contains(&card.as_str()), "{source}");
    }
}
