use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_method_is_missing() {
    check_hover(
        "from collections.abc import Mapping\n\nclass Row(Map$0ping):\n    def __getitem__(self, key):\n        return self.values[key]\n\n    def __len__(self):\n        return 3\n",
        expect![[r#"
            class Row(Mapping):
                      ▔▔▔▔▔▔▔

            `Row` lacks `__iter__`, abstract in `Mapping`: `Row()` raises `TypeError`.
            `Mapping` asks for `__iter__`, `__len__`, `__getitem__`.

            **Here**

            - Given by `Mapping`, with these: `get`, `keys`, `items`, `values`,
              `__contains__`, `__eq__`.

            **Say in the interview**

            An abstract base class asks for a few methods and gives the others; `isinstance`
            then recognises the class, without a metaclass of one's own.

            [collections.abc](https://docs.python.org/3/library/collections.abc.html#collections-abstract-base-classes)
        "#]],
    );
}

#[test]
fn all_is_there() {
    check_hover(
        "import collections.abc as abc\n\nclass Words(abc.Se$0quence[str]):\n    def __getitem__(self, i): return self.all[i]\n    def __len__(self): return len(self.all)\n    def __contains__(self, word): return word in self.set\n",
        expect![[r#"
            class Words(abc.Sequence[str]):
                        ▔▔▔▔▔▔▔▔▔▔▔▔

            `Words` has all that `abc.Sequence` asks for: `__len__`, `__getitem__`.

            **Here**

            - Given by `abc.Sequence`, with these: `index`, `count`, `__iter__`,
              `__reversed__`.
            - Defined here instead: `__contains__`.

            **Say in the interview**

            An abstract base class asks for a few methods and gives the others; `isinstance`
            then recognises the class, without a metaclass of one's own.

            [collections.abc](https://docs.python.org/3/library/collections.abc.html#collections-abstract-base-classes)
        "#]],
    );
}

#[test]
fn what_can_be_told() {
    let head = "from collections.abc import Iterator, Mapping, Sized\nfrom m import Other\n";
    for (body, says) in [
        ("class A(Iter$0ator):\n    def __next__(self): ...\n", "has all"),
        ("class B(Sized):\n    def __len__(self): ...\nclass A(B, Si$0zed): ...\n", "has all"),
        ("class A(Other, Si$0zed): ...\n", "`Sized` asks for"),
        ("class A(Sized, metaclass=M): ...\nclass B(A, Si$0zed): ...\n", "`Sized` asks for"),
        ("class A(Si$0zed):\n    if x:\n        def __len__(self): ...\n", "has all"),
        ("class A(Iterator, Si$0zed): ...\n", "lacks `__len__`"),
    ] {
        let card = snapshot_of(&format!("{head}{body}"));
        assert!(card.contains(says), "{body}{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "from m import Mapping\nclass A(Map$0ping): ...\n",
        "class Mapping: ...\nclass A(Map$0ping): ...\n",
        "from collections.abc import *\nclass A(Map$0ping): ...\n",
        "from collections.abc import KeysView\nclass A(Keys$0View): ...\n",
    ] {
        assert_ne!(card_at(source), "abc-base", "{source}");
    }
}

#[test]
fn a_base_in_front_may_define_what_the_abstract_one_gives() {
    let card = |bases: &str| {
        snapshot_of(&format!(
            "from collections.abc import MutableMapping\nfrom jar import Jar\nclass A({bases}):\n    pass\n"
        ))
    };
    assert!(!card("Jar, Mutable$0Mapping").contains("Given by"));
    assert!(card("Mutable$0Mapping, Jar").contains("Given by"));
}
