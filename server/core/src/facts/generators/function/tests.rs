use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn what_runs_at_the_call_and_who_reads() {
    check_hover(
        "def num$0bers(n):\n    \"\"\"Doc.\"\"\"\n    if n < 0:\n        raise ValueError(n)\n    i = 0\n    while i < n:\n        yield i\n        i += 1\n\nones = numbers(3)\nprint(sum(ones))\nprint(list(ones))\nfor x in numbers(2):\n    print(x)\nnumbers(9)\n",
        expect![[r#"
            def numbers(n):
                ▔▔▔▔▔▔▔

            A call of `numbers` runs none of its body: it returns a generator. Asked for the
            first item, that starts on line 3 and stops at the first `yield` it meets, on
            line 7.

            **Here**

            - `ones` is read to its end on line 11: `list(ones)` on line 12 gets nothing.
            - The call on line 15 is a statement of its own: nothing of the body runs.
            - `for x in …` on line 13 reads a generator of its own.
            - `ones` on line 10 holds a generator; `sum(ones)` on line 11 reads it.
            - The check on line 4 is made with the first item, not at the call.

            **Say in the interview**

            The function makes generators; the generator is the iterator. Each call makes a
            new one, and each can be read once. Its variables live on from one `yield` to
            the next.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [Glossary: generator](https://docs.python.org/3/glossary.html#term-generator)
        "#]],
    );
}

#[test]
fn the_first_yield_is_certain() {
    check_hover(
        "def fibo$0nacci():\n    a, b = 0, 1\n    while True:\n        yield a\n        a, b = b, a + b\n\nprint(list(fibonacci()))\nprint(max(fibonacci()), 9 in fibonacci())\nfor n in fibonacci():\n    if n > 10:\n        break\n",
        expect![[r#"
            def fibonacci():
                ▔▔▔▔▔▔▔▔▔

            A call of `fibonacci` runs none of its body: it returns a generator. Asked for
            the first item, that starts on line 2 and stops at the `yield` on line 4,
            handing out `a`.

            **Here**

            - `list(fibonacci())` on line 7 never returns: the generator has no end.
            - `max(fibonacci())` on line 8 never returns: the generator has no end.
            - `in fibonacci()` on line 8 reads a generator of its own.
            - `for n in …` on line 9 reads a generator of its own.
            - The loop on line 3 never ends by itself: who reads must stop.

            **Say in the interview**

            The function makes generators; the generator is the iterator. Each call makes a
            new one, and each can be read once. Its variables live on from one `yield` to
            the next.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [Glossary: generator](https://docs.python.org/3/glossary.html#term-generator)
        "#]],
    );
    check_hover(
        "class Log:\n    async def li$0nes(self, path):\n        async with opened(path) as file:\n            yield file.name\n            async for line in file:\n                yield line\n",
        expect![[r#"
                async def lines(self, path):
                          ▔▔▔▔▔

            A call of `lines` runs none of its body: it returns an asynchronous generator.
            Asked for the first item, that starts on line 3 and stops at the `yield` on line
            4, handing out `file.name`.

            **Here**

            - The `with` on line 3 is entered with the first item, not at the call.

            **Say in the interview**

            The function makes generators; the generator is the iterator. Each call makes a
            new one, and each can be read once. Its variables live on from one `yield` to
            the next.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [Glossary: generator](https://docs.python.org/3/glossary.html#term-generator)
        "#]],
    );
    check_hover(
        "d$0ef log():\n    total = 0\n    for n in range(3):\n        total += yield n\n    return total\n",
        expect![[r#"
            def log():
            ▔▔▔

            A call of `log` runs none of its body: it returns a generator. Asked for the
            first item, that starts on line 2 and stops at the first `yield` it meets, on
            line 4.

            **Here**

            - What `return` gives on line 5 no `for` sees: it goes to `yield from`, and into
              `StopIteration.value`.

            **Say in the interview**

            The function makes generators; the generator is the iterator. Each call makes a
            new one, and each can be read once. Its variables live on from one `yield` to
            the next.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [Glossary: generator](https://docs.python.org/3/glossary.html#term-generator)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def f$0():\n    def g():\n        yield 1\n    return g\n",
        "def f$0():\n    return lambda: (yield)\n",
        "@contextmanager\ndef f$0():\n    yield 1\n",
        "@fixture\nd$0ef f():\n    yield 1\n",
        "def f$0():\n    yield (\n",
    ] {
        assert_ne!(card_at(source), "generator-function", "{source}");
    }
}

#[test]
fn a_yield_behind_a_raise_is_not_said_to_be_met() {
    let stop = |body: &str| {
        snapshot_of(&format!("def f$0(flag):\n{body}    yield 1\n")).contains("handing out")
    };
    assert!(stop("    if flag:\n        raise ValueError\n"));
    assert!(!stop("    raise NotImplementedError\n"));
    assert!(!stop("    if flag:\n        raise ValueError\n    else:\n        raise KeyError\n"));
    assert!(!stop("    with suppress(ValueError):\n        raise ValueError\n        yield 0\n"));
    assert!(!stop("    while True:\n        flag()\n"));
}
