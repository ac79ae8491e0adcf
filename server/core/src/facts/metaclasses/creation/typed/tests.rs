use expect_test::expect;

use crate::cards::testing::{check_hover, snapshot_of};

#[test]
fn named_tuples_and_typed_dictionaries() {
    check_hover(
        "from typing import NamedTuple\ncla$0ss Point(NamedTuple):\n    x: int\n",
        expect![[r#"
            class Point(NamedTuple):
            ▔▔▔▔▔

            The body of `Point` runs once; then `typing.NamedTuple` makes a subclass of
            `tuple` from its annotations. The type of that class is `type`, as if there were
            no metaclass.

            **Here**

            - Method resolution order: `Point`, `tuple`, `object`.
            - `NamedTuple` is a function and no base of `Point`: `__mro_entries__` puts
              another one there while the statement runs.

            **Say in the interview**

            A class is an object, made when the `class` statement runs. Its metaclass is the
            most derived of `metaclass=` and the types of the bases; without any it is
            `type`.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
    check_hover(
        "from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\nclass Q$0(P): ...\n",
        expect![[r#"
            class Q(P): ...
                  ▔

            The body of `Q` runs once; then the class is what `type('Q', (P,), namespace)`
            returns.

            **Here**

            - Method resolution order: `Q`, `P`, `tuple`, `object`.

            **Say in the interview**

            A class is an object, made when the `class` statement runs. Its metaclass is the
            most derived of `metaclass=` and the types of the bases; without any it is
            `type`.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
    check_hover(
        "import typing_extensions as te\nclass T(te.TypedDict, total=False):\n    a: int\n\
         class D$0(T):\n    b: int\n",
        expect![[r#"
            class D(T):
                  ▔

            The body of `D` runs once; then the metaclass `_TypedDictMeta` makes a class
            that describes dictionaries: calling it gives a plain `dict`.

            **Here**

            - Method resolution order: `D`, `dict`, `object`.
            - `isinstance` with `D` raises `TypeError`: at run time nothing tells its
              instances from other dictionaries.

            **Say in the interview**

            A class is an object, made when the `class` statement runs. Its metaclass is the
            most derived of `metaclass=` and the types of the bases; without any it is
            `type`.

            [Customizing class creation](https://docs.python.org/3/reference/datamodel.html#customizing-class-creation) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
}

#[test]
fn what_another_named_tuple_does_is_not_told() {
    for source in [
        "from lib import NamedTuple\ncla$0ss P(NamedTuple):\n    x: int\n",
        "from lib import TypedDict\ncla$0ss T(TypedDict):\n    x: int\n",
        "from typing import NamedTuple\ncla$0ss P(NamedTuple, Mixin):\n    x: int\n",
        "from typing import TypedDict\ncla$0ss T(TypedDict, metaclass=M):\n    x: int\n",
        "from typing import NamedTuple\nif x:\n    NamedTuple = y\ncla$0ss P(NamedTuple):\n    x: int\n",
    ] {
        let card = snapshot_of(source);
        assert!(!card.contains("`tuple`") && !card.contains("_TypedDictMeta"), "{source}: {card}");
    }
}
