use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn instances_without_a_dict() {
    check_hover(
        "class A:\n    __sl$0ots__ = ('x', 'y')\n    def __init__(self):\n        self.x = 1\n        self.z = 2\nclass B(A): ...\n",
        expect![[r#"
                __slots__ = ('x', 'y')
                ▔▔▔▔▔▔▔▔▔

            Instances of `A` have no `__dict__`, only slots. `A` makes slots for `x`, `y`.

            **Here**

            - Assigning `z` on line 5 raises `AttributeError` for an instance of `A`.
            - Their instances have a `__dict__` again: `B`.

            **Say in the interview**

            A slot is a descriptor on the class, so instances are smaller and typos in
            attribute names are found. It works only if every class behind has slots as
            well.

            **Watch for**

            - No `functools.cached_property`, and no weak references unless `__weakref__` is
              listed.

            [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
        "#]],
    );
}

#[test]
fn a_base_with_a_dict() {
    check_hover(
        "class A: ...\nclass B(A):\n    __sl$0ots__ = ['x']\n",
        expect![[r#"
                __slots__ = ['x']
                ▔▔▔▔▔▔▔▔▔

            Instances of `B` have a `__dict__` all the same, and so any attribute: `A` on
            line 1 has no `__slots__`. `B` makes slots for `x`.

            **Say in the interview**

            A slot is a descriptor on the class, so instances are smaller and typos in
            attribute names are found. It works only if every class behind has slots as
            well.

            **Watch for**

            - No `functools.cached_property`, and no weak references unless `__weakref__` is
              listed.

            [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
        "#]],
    );
}

#[test]
fn conflicts_and_empty_ones() {
    check_hover(
        "class A:\n    __sl$0ots__ = ('x',)\n    x = 0\n",
        expect![[r#"
                __slots__ = ('x',)
                ▔▔▔▔▔▔▔▔▔

            Instances of `A` have no `__dict__`, only slots. `A` makes slots for `x`. Making
            `A` raises `ValueError`: `x` is listed and bound in the body.

            **Say in the interview**

            A slot is a descriptor on the class, so instances are smaller and typos in
            attribute names are found. It works only if every class behind has slots as
            well.

            **Watch for**

            - No `functools.cached_property`, and no weak references unless `__weakref__` is
              listed.

            [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
        "#]],
    );
    check_hover(
        "class A:\n    __sl$0ots__ = ()\n",
        expect![[r#"
                __slots__ = ()
                ▔▔▔▔▔▔▔▔▔

            Instances of `A` have no `__dict__`, only slots. `A` adds no attribute to its
            instances.

            **Say in the interview**

            A slot is a descriptor on the class, so instances are smaller and typos in
            attribute names are found. It works only if every class behind has slots as
            well.

            **Watch for**

            - No `functools.cached_property`, and no weak references unless `__weakref__` is
              listed.

            [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
        "#]],
    );
    check_hover(
        "class A:\n    __sl$0ots__ = 'x'\n",
        expect![[r#"
                __slots__ = 'x'
                ▔▔▔▔▔▔▔▔▔

            Instances of `A` have no `__dict__`, only slots. `A` makes slots for `x`.

            **Say in the interview**

            A slot is a descriptor on the class, so instances are smaller and typos in
            attribute names are found. It works only if every class behind has slots as
            well.

            **Watch for**

            - No `functools.cached_property`, and no weak references unless `__weakref__` is
              listed.

            [\_\_slots\_\_](https://docs.python.org/3/reference/datamodel.html#slots)
        "#]],
    );
}

#[test]
fn what_may_succeed_is_not_called_failing() {
    for source in [
        "class A(Base):\n    __sl$0ots__ = ('x',)\n    def f(self): self.z = 2\n",
        "class A:\n    __slots__ = ('z',)\nclass B(A):\n    __sl$0ots__ = ('x',)\n    def f(self): self.z = 2\n",
        "class A:\n    __sl$0ots__ = ('x', '__dict__')\n    def f(self): self.z = 2\n",
        "class A:\n    __sl$0ots__ = ('x',)\n    @property\n    def z(self): ...\n    def f(self): self.z = 2\n",
        "class A:\n    __sl$0ots__ = ('x',)\n    def __setattr__(self, n, v): ...\n    def f(self): self.z = 2\n",
        "class A:\n    __sl$0ots__ = ('x',)\n    def f(self, other): other.z = 2\n",
        "class A:\n    __slots__ = names\nclass B(A):\n    __sl$0ots__ = ('x',)\n    def f(self): self.z = 2\n",
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("`x`"), "{source}{snapshot}");
        assert!(!snapshot.contains("`z`"), "{source}{snapshot}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "__sl$0ots__ = ('x',)\n",
        "class A:\n    __sl$0ots__ = names\n",
        "class A:\n    __sl$0ots__ = ('x', name)\n",
        "class A:\n    __sl$0ots__ = {'x': 'doc'}\n",
        "class A:\n    if x:\n        __sl$0ots__ = ('x',)\n",
        "class A(int):\n    __sl$0ots__ = ('x',)\n",
        "class A:\n    def f(self):\n        __sl$0ots__ = ('x',)\n",
    ] {
        assert_ne!(card_at(source), "slots", "{source}");
    }
}
