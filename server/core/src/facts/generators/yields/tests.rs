use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn what_a_yield_does() {
    check_hover(
        "def read(path):\n    with open(path) as file:\n        for line in file:\n            yi$0eld line.strip()\n",
        expect![[r#"
                        yield line.strip()
                        ▔▔▔▔▔

            Here a generator of `read` hands out `line.strip()` and pauses, with all its
            variables. Asked for the next item, it goes on with the loop on line 3.

            **Here**

            - The `with` on line 2 stays open while it pauses, until it is read to the end
              or closed.

            **Say in the interview**

            A `yield` returns a value and keeps the frame: position and variables stay. That
            is how a generator holds its state without a class.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods)
        "#]],
    );
    check_hover(
        "def average():\n    total = count = 0\n    value = None\n    while True:\n        try:\n            value = yie$0ld value\n        finally:\n            print('done')\n        total += value\n",
        expect![[r#"
                        value = yield value
                                ▔▔▔▔▔

            Here a generator of `average` hands out `value` and pauses, with all its
            variables.

            **Here**

            - `value` gets what the caller passes to `send()`, and `None` after `next()`.
            - Closed while it pauses here, it still runs `finally` on line 7.

            **Say in the interview**

            A `yield` returns a value and keeps the frame: position and variables stay. That
            is how a generator holds its state without a class.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods)
        "#]],
    );
    check_hover(
        "async def f():\n    yield 1\n    yie$0ld\n",
        expect![[r#"
                yield
                ▔▔▔▔▔

            Here an asynchronous generator of `f` hands out `None` and pauses, with all its
            variables. Asked for the next item, it ends: nothing stands behind this `yield`.

            **Here**

            - The function has 2 `yield`; each item comes from the one that is met next.

            **Say in the interview**

            A `yield` returns a value and keeps the frame: position and variables stay. That
            is how a generator holds its state without a class.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods)
        "#]],
    );
    check_hover(
        "def rows():\n    row = []\n    for n in range(3):\n        row.append(n)\n        yie$0ld row\n",
        expect![[r#"
                    yield row
                    ▔▔▔▔▔

            Here a generator of `rows` hands out `row` and pauses, with all its variables.
            Asked for the next item, it goes on with the loop on line 3.

            **Here**

            - It is the same object `row` each time: who keeps the items keeps one object,
              as it is in the end.

            **Say in the interview**

            A `yield` returns a value and keeps the frame: position and variables stay. That
            is how a generator holds its state without a class.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods)
        "#]],
    );
}

#[test]
fn delegation() {
    check_hover(
        "def inner():\n    yield 1\n    return 2\n\ndef outer():\n    got = yield fr$0om inner()\n    print(got)\n",
        expect![[r#"
                got = yield from inner()
                            ▔▔▔▔

            `outer` hands out everything that `inner()` gives, one by one, and then goes on.
            For a reader that only asks for the next item it is the same as:

            ```python
            for item in inner():
                yield item
            ```

            **Here**

            - It reads a generator of `inner`, from line 1: `send()` and `throw()` go
              straight to it.
            - `got` gets what `inner` returns on line 3.

            **Say in the interview**

            `yield from` is more than a loop: it passes on values from `send()` and
            exceptions from `throw()`, and its own value is what the inner generator
            returns.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [PEP 380](https://peps.python.org/pep-0380/)
        "#]],
    );
    check_hover(
        "def walk(tree):\n    yield tree\n    for child in tree:\n        yiel$0d from walk(child)\n",
        expect![[r#"
                    yield from walk(child)
                    ▔▔▔▔▔

            `walk` hands out everything that `walk(child)` gives, one by one, and then goes
            on. For a reader that only asks for the next item it is the same as:

            ```python
            for item in walk(child):
                yield item
            ```

            **Here**

            - It reads a generator of `walk`, from line 1: `send()` and `throw()` go
              straight to it.
            - That is the function itself: each level of recursion passes every item on
              once.

            **Say in the interview**

            `yield from` is more than a loop: it passes on values from `send()` and
            exceptions from `throw()`, and its own value is what the inner generator
            returns.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [PEP 380](https://peps.python.org/pep-0380/)
        "#]],
    );
    check_hover(
        "def f():\n    yie$0ld from [1, 2]\n",
        expect![[r#"
                yield from [1, 2]
                ▔▔▔▔▔

            `f` hands out everything that `[1, 2]` gives, one by one, and then goes on. For
            a reader that only asks for the next item it is the same as:

            ```python
            for item in [1, 2]:
                yield item
            ```

            **Say in the interview**

            `yield from` is more than a loop: it passes on values from `send()` and
            exceptions from `throw()`, and its own value is what the inner generator
            returns.

            [Yield expressions](https://docs.python.org/3/reference/expressions.html#yield-expressions) · [PEP 380](https://peps.python.org/pep-0380/)
        "#]],
    );
}

#[test]
fn return_in_a_generator() {
    check_hover(
        "def inner():\n    for n in data:\n        if not n:\n            ret$0urn n\n        yield n\n\ndef outer():\n    x = yield from inner()\n\nfor n in inner():\n    pass\n",
        expect![[r#"
                        return n
                        ▔▔▔▔▔▔

            This ends a generator of `inner`; `n` goes into `StopIteration.value`, where no
            `for` sees it.

            **Here**

            - `yield from` on line 8 gets it as its value.
            - The `for` on line 10 does not see it.

            **Say in the interview**

            `return` is how a generator ends itself; `raise StopIteration` in its body
            becomes `RuntimeError` since Python 3.7.

            [The return statement](https://docs.python.org/3/reference/simple_stmts.html#the-return-statement) · [PEP 380](https://peps.python.org/pep-0380/)
        "#]],
    );
    check_hover(
        "def inner():\n    if not data:\n        ret$0urn\n    yield from data\n",
        expect![[r#"
                    return
                    ▔▔▔▔▔▔

            This ends a generator of `inner`: who asks for the next item gets
            `StopIteration`, or the end of its loop.

            **Say in the interview**

            `return` is how a generator ends itself; `raise StopIteration` in its body
            becomes `RuntimeError` since Python 3.7.

            [The return statement](https://docs.python.org/3/reference/simple_stmts.html#the-return-statement) · [PEP 380](https://peps.python.org/pep-0380/)
        "#]],
    );
    check_hover(
        "async def f():\n    yield 1\n    ret$0urn 1\n",
        expect![[r#"
            return 1
            ▔▔▔▔▔▔

        A value is not allowed here: `f` is an asynchronous generator, and this is a
        `SyntaxError`.

        **Say in the interview**

        `return` is how a generator ends itself; `raise StopIteration` in its body
        becomes `RuntimeError` since Python 3.7.

        [The return statement](https://docs.python.org/3/reference/simple_stmts.html#the-return-statement) · [PEP 380](https://peps.python.org/pep-0380/)
    "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "@contextmanager\ndef f():\n    yie$0ld 1\n",
        "@pytest.fixture\ndef f():\n    yie$0ld 1\n",
        "f = lambda: (yie$0ld)\n",
        "yie$0ld 1\n",
        "class C:\n    yie$0ld 1\n",
        "async def f():\n    yie$0ld from g()\n",
        "def f():\n    ret$0urn 1\n",
        "def f():\n    yield 1\n    def g():\n        ret$0urn 1\n",
        "@contextmanager\ndef f():\n    yield 1\n    ret$0urn\n",
        "def f():\n    yie$0ld (\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
