use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn returns_of_another_type() {
    check_hover(
        "\
from typing import List

def names(rows) -> List[st$0r]:
    if not rows:
        return
    if rows == 1:
        return 'one'
    return [row.name for row in rows]
",
        expect![[r#"
            def names(rows) -> List[str]:
                               ▔▔▔▔▔▔▔▔▔

            A call of `names` is meant to give `List[str]`; the interpreter does not check
            it. Spelled for Python `3.9` and later: `list[str]`.

            **Here**

            - The `return` on line 5 gives `None`, which is of another type: nothing
              compares the two.
            - The `return` on line 7 gives `'one'`, which is of another type: nothing
              compares the two.
            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `names.__annotations__['return']`.

            **Say in the interview**

            A result is best annotated with the specific type, a parameter with the general
            one: `list[str]` out, `Iterable[str]` in.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
    check_hover(
        "def f(x) -> in$0t:\n    print(x)\n",
        expect![[r#"
            def f(x) -> int:
                        ▔▔▔

            A call of `f` is meant to give `int`; the interpreter does not check it.

            **Here**

            - No `return` gives a value, so a call that returns gives `None`.
            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `f.__annotations__['return']`.

            **Say in the interview**

            A result is best annotated with the specific type, a parameter with the general
            one: `list[str]` out, `Iterable[str]` in.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
}

#[test]
fn coroutines_and_generators() {
    check_hover(
        "async def load(url) -> byt$0es:\n    return await get(url)\n",
        expect![[r#"
            async def load(url) -> bytes:
                                   ▔▔▔▔▔

            `await load(…)` is meant to give `bytes`; a call of `load` alone gives a
            coroutine.

            **Here**

            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `load.__annotations__['return']`.

            **Say in the interview**

            A result is best annotated with the specific type, a parameter with the general
            one: `list[str]` out, `Iterable[str]` in.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
    check_hover(
        "\
from __future__ import annotations
def count(n) -> in$0t:
    for i in range(n):
        yield i
",
        expect![[r#"
            def count(n) -> int:
                            ▔▔▔

            A call of `count` gives a generator, which is meant to be `int`. But a generator
            is none: write `Iterator[…]`.

            **Here**

            - It is a generator function because of the `yield` on line 4.
            - The future import keeps the annotation as a string; it is not evaluated.
            - It is kept in `count.__annotations__['return']`.

            **Say in the interview**

            A result is best annotated with the specific type, a parameter with the general
            one: `list[str]` out, `Iterable[str]` in.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
    check_hover(
        "from typing import NoReturn\ndef fail(text) -> NoRetur$0n:\n    raise ValueError(text)\n",
        expect![[r#"
            def fail(text) -> NoReturn:
                              ▔▔▔▔▔▔▔▔

            `NoReturn`: no value has this type. A call of `fail` is meant never to return.

            **Say in the interview**

            `NoReturn` for functions that always raise, `Never` for what cannot be reached:
            to checkers they are the same type.

            [Special forms](https://docs.python.org/3/library/typing.html#special-forms) · [PEP 586](https://peps.python.org/pep-0586/) · [PEP 591](https://peps.python.org/pep-0591/) · [PEP 593](https://peps.python.org/pep-0593/)
        "#]],
    );
}

#[test]
fn what_cannot_be_told_is_not_said() {
    // A stub of a body, an unknown name, a class with unknown bases, a name that is hidden.
    for source in [
        "def f(x) -> in$0t: ...\n",
        "def f(x) -> in$0t:\n    'Docs.'\n",
        "def f(x) -> in$0t:\n    raise NotImplementedError\n",
        "def f(x) -> Thin$0g:\n    return 1\n",
        "from m import Base\nclass A(Base): ...\ndef f(x) -> $0A:\n    return 1\n",
        "int = str\ndef f(x) -> in$0t:\n    return 'a'\n",
        "from m import *\ndef f(x) -> in$0t:\n    return 'a'\n",
        "def f(x) -> floa$0t:\n    return 1\n",
        "def f(x) -> list[in$0t]:\n    return ['a']\n",
    ] {
        assert_eq!(card_at(source), "return-annotation", "{source}");
        let card = crate::cards::testing::snapshot(
            crate::content::testing::builtin(),
            &crate::Settings::default(),
            source,
        );
        assert!(!card.contains("another type") && !card.contains("No `return`"), "{card}");
    }
}

#[test]
fn silent_on_broken_code_and_without_an_annotation() {
    for source in ["def f(x) -> in$0t:\n    return (\n", "def f$0(x):\n    return 1\n"] {
        assert_eq!(card_at(source), "", "{source}");
    }
}

#[test]
fn what_a_decorator_makes_of_it_is_left_open() {
    check_hover(
        "\
from contextlib import contextmanager
from typing import Iterator

@contextmanager
def opened(path) -> Iterator[in$0t]:
    yield 1
",
        expect![[r#"
            def opened(path) -> Iterator[int]:
                                ▔▔▔▔▔▔▔▔▔▔▔▔▔

            `opened` itself is meant to give `Iterator[int]`; what callers get is made by
            `contextmanager`.

            **Here**

            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - Deprecated aliases stand here for `collections.abc.Iterator`.

            **Say in the interview**

            A result is best annotated with the specific type, a parameter with the general
            one: `list[str]` out, `Iterable[str]` in.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
    check_hover(
        "from typing import TypeGuard\ndef f(x) -> TypeGuard[in$0t]:\n    return True\n",
        expect![[r#"
            def f(x) -> TypeGuard[int]:
                        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A call of `f` gives a `bool`; `True` tells checkers what the argument is, as
            `TypeGuard[int]` says.

            **Here**

            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `f.__annotations__['return']`.

            **Say in the interview**

            A result is best annotated with the specific type, a parameter with the general
            one: `list[str]` out, `Iterable[str]` in.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
}
