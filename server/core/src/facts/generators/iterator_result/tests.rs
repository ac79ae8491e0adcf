use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn an_iterable_that_is_a_generator() {
    check_hover(
        "\
from collections.abc import Iterable

def squares(n: int) -> Iter$0able[int]:
    for i in range(n):
        yield i * i
",
        expect![[r#"
            def squares(n: int) -> Iterable[int]:
                                   ▔▔▔▔▔▔▔▔

            `Iterable[int]` is what `squares` promises; because of the `yield` on line 5 a
            call gives a generator, which can be read once.

            **Here**

            - `Iterable` does not tell callers that a second pass finds nothing; `Iterator`
              does.

            **Say in the interview**

            An iterable can be asked for an iterator, an iterator for the next item. A list
            is the first, a generator both; so annotate a generator function with
            `Iterator`.

            [Annotating generators](https://docs.python.org/3/library/typing.html#annotating-generators-and-coroutines) · [collections.abc](https://docs.python.org/3/library/collections.abc.html)
        "#]],
    );
}

#[test]
fn a_list_is_no_iterator() {
    check_hover(
        "\
from typing import Iterator

def squares(n: int) -> Iter$0ator[int]:
    return [i * i for i in range(n)]
",
        expect![[r#"
            def squares(n: int) -> Iterator[int]:
                                   ▔▔▔▔▔▔▔▔

            `Iterator[int]` is what `squares` promises, but `return` on line 4 gives a
            `list`, which is none.

            **Say in the interview**

            An iterable can be asked for an iterator, an iterator for the next item. A list
            is the first, a generator both; so annotate a generator function with
            `Iterator`.

            [Annotating generators](https://docs.python.org/3/library/typing.html#annotating-generators-and-coroutines) · [collections.abc](https://docs.python.org/3/library/collections.abc.html)
        "#]],
    );
}

#[test]
fn async_and_plain_do_not_mix() {
    let card = |head: &str, result: &str, body: &str| {
        snapshot_of(&format!(
            "import collections.abc as c\n{head} f() -> c.{result}:\n    {body}\n"
        ))
    };
    assert!(card("async def", "Async$0Iterator[int]", "return other()").contains("coroutine"));
    assert!(card("async def", "Iter$0ator[int]", "yield 1").contains("`AsyncIterator`"));
    assert!(card("def", "Async$0Iterator[int]", "yield 1").contains("is not asynchronous"));
    assert!(
        card("async def", "Async$0Iterable[int]", "yield 1").contains("asynchronous generator")
    );
    let kept = card("def", "Iter$0able[int]", "return [1]");
    assert!(kept.contains("`list`") && !kept.contains("TypeError"), "{kept}");
}

#[test]
fn silent() {
    for source in [
        // The decorator decides what callers get.
        "from typing import Iterator\n@deco\ndef f() -> Iter$0ator[int]:\n    yield 1\n",
        "from typing import Iterator\ndef f(x: Iter$0ator[int]): ...\n",
        "from typing import Iterator\ndef f(x) -> Iter$0ator[int]:\n    return x\n",
        "from typing import Iterator\ndef f() -> list[Iter$0ator[int]]:\n    yield 1\n",
        "from m import *\ndef f() -> Iter$0ator[int]:\n    yield 1\n",
        "from m import Iterator\ndef f() -> Iter$0ator[int]:\n    yield 1\n",
        "from typing import Iterator\ndef f() -> Iter$0ator[int]:\n    ...\n",
    ] {
        assert_ne!(card_at(source), "iterator-result", "{source}");
    }
}
