use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_dictionary_with_checks() {
    check_hover(
        "class Lower(dict):\n    def __set$0item__(self, key, value):\n        super().__setitem__(key.lower(), value)\n\n    def update(self, other):\n        for key in other:\n            self[key] = other[key]\n",
        expect![[r#"
                def __setitem__(self, key, value):
                    ▔▔▔▔▔▔▔▔▔▔▔

            In `Lower`, a `dict`, this `__setitem__` is bypassed by `__init__`,
            `setdefault`, `__ior__`: the `dict` is read or changed directly.

            **Here**

            - Defined here as well: `update`.
            - In a subclass of `collections.UserDict` it is called, except by `|=`.

            **Say in the interview**

            The methods of the builtin types are written in C and do not call each other,
            for speed: an overridden method changes what its own syntax does, no more.

            [collections.UserDict](https://docs.python.org/3/library/collections.html#userdict-objects) · [collections.UserList](https://docs.python.org/3/library/collections.html#userlist-objects)
        "#]],
    );
}

#[test]
fn a_list() {
    check_hover(
        "class Log(list):\n    def app$0end(self, line):\n        super().append(line.strip())\n",
        expect![[r#"
                def append(self, line):
                    ▔▔▔▔▔▔

            In `Log`, a `list`, this `append` is bypassed by `__init__`, `extend`, `insert`,
            `__iadd__`: the `list` is read or changed directly.

            **Say in the interview**

            The methods of the builtin types are written in C and do not call each other,
            for speed: an overridden method changes what its own syntax does, no more.

            [collections.UserDict](https://docs.python.org/3/library/collections.html#userdict-objects) · [collections.UserList](https://docs.python.org/3/library/collections.html#userlist-objects)
        "#]],
    );
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "class dict: ...\nclass A(dict):\n    def __set$0item__(self, k, v): ...\n",
        "class A(dict, Mixin):\n    def __set$0item__(self, k, v): ...\n",
        "class A:\n    def __set$0item__(self, k, v): ...\n",
        "from collections import UserDict\nclass A(UserDict):\n    def __set$0item__(self, k, v): ...\n",
        "class A(dict):\n    def app$0end(self, v): ...\n",
        "class A(dict):\n    def __set$0item__(self, k, v): ...\n    __setitem__ = f\n",
        "class A(dict):\n    class B:\n        def __set$0item__(self, k, v): ...\n",
        "class A(dict):\n    def __del$0item__(self, k): ...\n    pop = popitem = clear = None\n",
    ] {
        assert_ne!(card_at(source), "builtin-override", "{source}");
    }
}
