use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, check_hover_with, snapshot};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn deprecated_aliases() {
    check_hover(
        "from typing import List, Optional\ndef f() -> Li$0st[Optional[int]]: ...\n",
        expect![[r#"
            def f() -> List[Optional[int]]: ...
                       ▔▔▔▔

            `List` is a deprecated alias of `list` since 3.9; it works as before. Spelled
            for Python `3.9` and later: `list[Optional[int]]`.

            **Here**

            - From 3.10 on it can be written `list[int | None]`.

            **Say in the interview**

            The aliases of `typing` give no warning, and their removal is not planned.

            For Python `3.9`, as no file says which ·
            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
    let settings = Settings { target: PythonVersion::py3(12), ..Settings::default() };
    check_hover_with(
        builtin(),
        &settings,
        "import typing\ndef f(x: typing.Itera$0ble[typing.Optional[int]]): ...\n",
        expect![[r#"
            def f(x: typing.Iterable[typing.Optional[int]]): ...
                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `typing.Iterable` is a deprecated alias of `collections.abc.Iterable` since 3.9;
            it works as before. Spelled for Python `3.12` and later: `Iterable[int | None]`.
            `typing.Iterable` takes anything that `for` can go through: a list, a string, a
            generator.

            **Here**

            - Not to be counted on: `len()`, an index, or a second pass, since an iterator
              is used up by the first.
            - Rather `Collection` or `Sequence`, if the code goes through it twice.

            **Say in the interview**

            Accept general types, return specific ones: a parameter of type `Iterable` takes
            more than one of type `list`, a result of type `list` says more than one of type
            `Iterable`. The aliases of `typing` give no warning, and their removal is not
            planned.

            For Python `3.12`, as no file says which ·
            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
    check_hover(
        "from typing import Deque\nx = De$0que[int]()\n",
        expect![[r#"
            x = Deque[int]()
                ▔▔▔▔▔

            `Deque` is a deprecated alias of `collections.deque` since 3.9; it works as
            before. Spelled for Python `3.9` and later: `deque[int]`.

            **Say in the interview**

            The aliases of `typing` give no warning, and their removal is not planned.

            For Python `3.9`, as no file says which ·
            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
}

#[test]
fn callables() {
    let source =
        "from collections.abc import Callable\ndef f(x: Callable[[int, str], bool]): ...\n";
    check_hover(
        &source.replacen(": Call", ": Ca$0ll", 1),
        expect![[r#"
            def f(x: Callable[[int, str], bool]): ...
                     ▔▔▔▔▔▔▔▔

            `Callable[[int, str], bool]` is called like `f(int, str)` and gives `bool`.
            `Callable` takes what can be called: a function, a class, an object with
            `__call__`.

            **Here**

            - Not to be counted on: names of parameters and defaults, which a `Protocol`
              with `__call__` can state.

            **Say in the interview**

            Accept general types, return specific ones: a parameter of type `Iterable` takes
            more than one of type `list`, a result of type `list` says more than one of type
            `Iterable`.

            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
    check_hover(
        &source.replacen(": Call", ": Ca$0ll", 1).replace("[int, str]", "int"),
        expect![[r#"
            def f(x: Callable[int, bool]): ...
                     ▔▔▔▔▔▔▔▔

            `Callable` takes what can be called: a function, a class, an object with
            `__call__`.

            **Here**

            - `int` must stand in a list: `Callable[[…], …]`.
            - Not to be counted on: names of parameters and defaults, which a `Protocol`
              with `__call__` can state.

            **Say in the interview**

            Accept general types, return specific ones: a parameter of type `Iterable` takes
            more than one of type `list`, a result of type `list` says more than one of type
            `Iterable`.

            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
    check_hover(
        &source.replacen(": Call", ": Ca$0ll", 1).replace("[int, str]", "..."),
        expect![[r#"
            def f(x: Callable[..., bool]): ...
                     ▔▔▔▔▔▔▔▔

            `Callable[..., bool]` can be called with any arguments, unchecked, and gives
            `bool`. `Callable` takes what can be called: a function, a class, an object with
            `__call__`.

            **Here**

            - Not to be counted on: names of parameters and defaults, which a `Protocol`
              with `__call__` can state.

            **Say in the interview**

            Accept general types, return specific ones: a parameter of type `Iterable` takes
            more than one of type `list`, a result of type `list` says more than one of type
            `Iterable`.

            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
}

#[test]
fn tuples_and_generators() {
    check_hover(
        "def f() -> tu$0ple[int, str]: ...\n",
        expect![[r#"
            def f() -> tuple[int, str]: ...
                       ▔▔▔▔▔

            `tuple[int, str]` is a tuple with exactly 2 elements.

            **Here**

            - The elements, in order: `int`, `str`.

            **Say in the interview**

            A tuple has a type for each place, a list one for all its elements; `tuple[int]`
            is a tuple of one, `tuple[int, ...]` one of any length.

            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
    check_hover(
        "from typing import Tuple\ndef f() -> Tu$0ple[int, ...]: ...\n",
        expect![[r#"
            def f() -> Tuple[int, ...]: ...
                       ▔▔▔▔▔

            `Tuple` is a deprecated alias of `tuple` since 3.9; it works as before. Spelled
            for Python `3.9` and later: `tuple[int, ...]`. `Tuple[int, ...]` is a tuple of
            any length, also of none; each element is `int`.

            **Say in the interview**

            A tuple has a type for each place, a list one for all its elements; `tuple[int]`
            is a tuple of one, `tuple[int, ...]` one of any length. The aliases of `typing`
            give no warning, and their removal is not planned.

            For Python `3.9`, as no file says which ·
            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
    check_hover(
        "from collections.abc import Generator\ndef f() -> Gene$0rator[int, str, None]: ...\n",
        expect![[r#"
            def f() -> Generator[int, str, None]: ...
                       ▔▔▔▔▔▔▔▔▔

            `Generator` takes what a call of a function with `yield` gives.

            **Here**

            - It yields `int`, `yield` receives `str`, and `return` gives `None`.
            - Not to be counted on: a second pass, since it is used up by the first.
            - Rather `Iterator`, if nothing is sent in and the returned value is of no
              interest.

            **Say in the interview**

            Accept general types, return specific ones: a parameter of type `Iterable` takes
            more than one of type `list`, a result of type `list` says more than one of type
            `Iterable`.

            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
}

#[test]
fn a_bare_class_says_nothing_of_what_is_in_it() {
    check_hover(
        "def f() -> di$0ct: ...\n",
        expect![[r#"
            def f() -> dict: ...
                       ▔▔▔▔

            `dict` alone means `dict[Any, Any]`: what is in it goes unchecked.

            [Deprecated aliases](https://docs.python.org/3/library/typing.html#deprecated-aliases) · [collections.abc](https://docs.python.org/3/library/collections.abc.html) · [PEP 585](https://peps.python.org/pep-0585/)
        "#]],
    );
}

#[test]
fn a_name_that_is_hidden_has_no_modern_spelling() {
    let source = "\
from typing import List
class Shop:
    def list(self): ...
    def items(self) -> Li$0st[int]: ...
";
    let card = snapshot(builtin(), &Settings::default(), source);
    assert!(card.contains("deprecated alias") && !card.contains("Spelled"), "{card}");
}

#[test]
fn silent_on_other_names() {
    for source in [
        "from m import List\nx: Li$0st[int]\n",
        "from typing import *\nx: Li$0st[int]\n",
        "class List: ...\nx: Li$0st[int]\n",
        "x = li$0st(y)\n",
        "list = y\ndef f(x: li$0st): ...\n",
        "from collections.abc import Iterable\nisinstance(x, Iter$0able)\n",
        "from typing import List\ndef f(x: List[$0): ...\n",
        "def f(x: tup$0le[int, *Ts]): ...\n",
        "def f(x: in$0t): ...\n",
    ] {
        assert_ne!(card_at(source), "standard-type", "{source}");
    }
}
