use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn what_is_inherited_is_not_seen() {
    check_hover(
        "class Meta(type):\n    def __new__(mcs, name, bases, attrs):\n        if 'version' not$0 in attrs:\n            attrs['version'] = '1'\n        return super().__new__(mcs, name, bases, attrs)\nclass Base(metaclass=Meta):\n    version = '2'\nclass Child(Base): ...\n",
        expect![[r#"
                    if 'version' not in attrs:
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            It asks whether the body of the class binds `version`: `attrs` holds nothing
            that is inherited.

            - `Child` binds none itself, though it inherits that of `Base` on line 7.

            **Say in the interview**

            A default that is put into the namespace hides what a base has set. Set it in
            the base class, or look with `hasattr` when the class exists.

            [Creating the class object](https://docs.python.org/3/reference/datamodel.html#creating-the-class-object) · [PEP 749](https://peps.python.org/pep-0749/)
        "#]],
    );
}

#[test]
fn annotations_are_not_there() {
    check_hover(
        "class Meta(type):\n    def __new__(mcs, name, bases, ns):\n        for x in ns['__anno$0tations__']: ...\n",
        expect![[r#"
                    for x in ns['__annotations__']: ...
                             ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            From 3.14 on `ns` has no such entry, unless the file of the class has
            `from __future__ import annotations`.

            **Say in the interview**

            A default that is put into the namespace hides what a base has set. Set it in
            the base class, or look with `hasattr` when the class exists.

            [Creating the class object](https://docs.python.org/3/reference/datamodel.html#creating-the-class-object) · [PEP 749](https://peps.python.org/pep-0749/)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def f(a, b, c, ns):\n    'x' i$0n ns\n",
        "class A:\n    def __new__(mcs, name, bases, ns):\n        'x' i$0n ns\n",
        "class M(Base):\n    def __new__(mcs, name, bases, ns):\n        'x' i$0n ns\n",
        "class M(type):\n    def __new__(mcs, name, bases, ns):\n        'x' i$0n bases\n",
        "class M(type):\n    def __new__(mcs, name, bases, ns):\n        ns = {}\n        'x' i$0n ns\n",
        "class M(type):\n    def f(mcs, name, bases, ns):\n        'x' i$0n ns\n",
        "class M(type):\n    def __new__(mcs, name, bases, ns):\n        ns['x'$0]\n",
        "class M(type):\n    def __new__(mcs, name, bases, ns):\n        key i$0n ns\n",
        "class M(type):\n    def __new__(mcs, name, bases, ns):\n        'x' =$0= ns\n",
    ] {
        assert_ne!(card_at(source), "namespace-check", "{source}");
    }
}
