use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};

#[test]
fn generators_of_the_file() {
    check_hover(
        "def numbers():\n    yield 1\n    yield 2\n\nf$0or n in numbers():\n    if n:\n        break\n",
        expect![[r#"
            for n in numbers():
            ▔▔▔

            Calls `iter` once on `numbers()`, then `next` before each turn, which binds `n`.
            Each `next` runs the body of `numbers`, defined on line 1, to its next `yield`.

            ```python
            iterator = iter(numbers())
            while True:
                try:
                    n = next(iterator)
                except StopIteration:
                    break
                ...
            ```

            **Here**

            - After the `break` on line 7 the generator stays paused; it is closed when it
              is collected.

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "def numbers():\n    yield 1\n\nones = numbers()\nprint(sum(ones))\nfor n $0in ones:\n    print(n)\n",
        expect![[r#"
            for n in ones:
                  ▔▔

            It runs zero times: the iterator was read to its end on line 5. Calls `iter`
            once on `ones`, then `next` before each turn, which binds `n`. Each `next` runs
            the body of `numbers`, defined on line 1, to its next `yield`.

            ```python
            iterator = iter(ones)
            while True:
                try:
                    n = next(iterator)
                except StopIteration:
                    break
                ...
            ```

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
}

#[test]
fn classes_of_the_file() {
    check_hover(
        "class Countdown:\n    def __init__(self, n):\n        self.n = n\n    def __iter__(self):\n        return self\n    def __next__(self):\n        if not self.n:\n            raise StopIteration\n        self.n -= 1\n        return self.n\n\nf$0or x in Countdown(3):\n    print(x)\n",
        expect![[r#"
            for x in Countdown(3):
            ▔▔▔

            Calls `iter` once on `Countdown(3)`, then `next` before each turn, which binds
            `x`. It reads an instance of `Countdown`: `__iter__` on line 4 returns the
            object itself; each turn calls `__next__` on line 6.

            ```python
            iterator = iter(Countdown(3))
            while True:
                try:
                    x = next(iterator)
                except StopIteration:
                    break
                ...
            ```

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "class Tree:\n    def __iter__(self):\n        yield self\n\ntree = Tree()\nf$0or x in tree:\n    print(x)\nelse:\n    print(1)\n",
        expect![[r#"
            for x in tree:
            ▔▔▔

            Calls `iter` once on `tree`, then `next` before each turn, which binds `x`. It
            reads an instance of `Tree`: `__iter__` on line 2 makes a new generator for this
            loop.

            **Here**

            - The `else` on line 8 runs at the end: there is no `break` to skip it.

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "class Old:\n    def __getitem__(self, i):\n        return i\n\nf$0or x in Old():\n    break\nelse:\n    print(1)\n",
        expect![[r#"
            for x in Old():
            ▔▔▔

            Calls `iter` once on `Old()`, then `next` before each turn, which binds `x`. It
            reads an instance of `Old` without `__iter__`: each turn calls `__getitem__` on
            line 2 with the next number.

            **Here**

            - The `else` on line 7 runs at the end, and not after the `break` on line 6.

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "class C:\n    pass\n\nf$0or x in C():\n    print(x)\n",
        expect![[r#"
        for x in C():
        ▔▔▔

        Calls `iter` once on `C()`, then `next` before each turn, which binds `x`. That
        fails with `TypeError`: an instance of `C` is not iterable.

        ```python
        iterator = iter(C())
        while True:
            try:
                x = next(iterator)
            except StopIteration:
                break
            ...
        ```

        **Say in the interview**

        `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
        So it runs over lists, files, generators and classes of your own alike.

        [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
    "#]],
    );
}

#[test]
fn known_types() {
    check_hover(
        "with open(path) as file:\n    f$0or line in file:\n        print(line)\n",
        expect![[r#"
                for line in file:
                ▔▔▔

            Calls `iter` once on `file`, then `next` before each turn, which binds `line`.
            `open` gives the lines of the file, one at a time, each with its line end.

            ```python
            iterator = iter(file)
            while True:
                try:
                    line = next(iterator)
                except StopIteration:
                    break
                ...
            ```

            **Here**

            - It can be read once: a second loop over the same object runs zero times.

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            **Watch for**

            - Iterator used after it was used up (`generator-reused`)

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "d = {'a': 1}\nfor k, v$0 in d.items():\n    print(k)\n",
        expect![[r#"
            for k, v in d.items():
                ▔▔▔▔

            Calls `iter` once on `d.items()`, then `next` before each turn, which binds
            `k, v`. `dict.items` gives pairs of a key and a value.

            ```python
            iterator = iter(d.items())
            while True:
                try:
                    k, v = next(iterator)
                except StopIteration:
                    break
                ...
            ```

            **Here**

            - Each loop over it starts from the beginning.

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "f$0or i, x in enumerate(data):\n    print(i)\n",
        expect![[r#"
            for i, x in enumerate(data):
            ▔▔▔

            Calls `iter` once on `enumerate(data)`, then `next` before each turn, which
            binds `i, x`. `enumerate` gives pairs of a number and an item.

            ```python
            iterator = iter(enumerate(data))
            while True:
                try:
                    i, x = next(iterator)
                except StopIteration:
                    break
                ...
            ```

            **Here**

            - It can be read once: a second loop over the same object runs zero times.

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            **Watch for**

            - Iterator used after it was used up (`generator-reused`)

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "async def f():\n    async f$0or x in source():\n        print(x)\n",
        expect![[r#"
                async for x in source():
                      ▔▔▔

            Calls `__aiter__` once on `source()`, then awaits `__anext__` before each turn,
            which binds `x`.

            ```python
            iterator = aiter(source())
            while True:
                try:
                    x = await anext(iterator)
                except StopAsyncIteration:
                    break
                ...
            ```

            **Say in the interview**

            Other tasks run while `__anext__` waits, but the turns of the loop come one
            after the other: an `async for` starts nothing in parallel.

            **Version**

            - 3.10: `contextlib.aclosing`, `aiter()` and `anext()`.

            For Python `3.9`, as no file says which ·
            [The async for statement](https://docs.python.org/3/reference/compound_stmts.html#the-async-for-statement) · [PEP 525](https://peps.python.org/pep-0525/)
        "#]],
    );
    check_hover(
        "f$0or x in a, b:\n    print(x)\n",
        expect![[r#"
            for x in a, b:
            ▔▔▔

            Calls `iter` once on `a, b`, then `next` before each turn, which binds `x`.
            `tuple` gives its items in order.

            ```python
            iterator = iter((a, b))
            while True:
                try:
                    x = next(iterator)
                except StopIteration:
                    break
                ...
            ```

            **Here**

            - Each loop over it starts from the beginning.

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
}

/// Facts that must not be stated.
#[test]
fn what_is_not_certain_is_not_told() {
    for (source, line) in [
        // The class may get the method elsewhere.
        ("class C(Base):\n    pass\nf$0or x in C():\n    pass\n", "not iterable"),
        ("class C(metaclass=M):\n    pass\nf$0or x in C():\n    pass\n", "not iterable"),
        ("class C:\n    pass\nC.__iter__ = f\nf$0or x in C():\n    pass\n", "not iterable"),
        ("@d\nclass C:\n    pass\nf$0or x in C():\n    pass\n", "not iterable"),
        ("if c:\n    class C:\n        pass\nf$0or x in C():\n    pass\n", "not iterable"),
        // Something else than the builtin.
        ("from m import *\nf$0or i, x in enumerate(data):\n    pass\n", "pairs"),
        ("def enumerate(x): ...\nf$0or i, x in enumerate(data):\n    pass\n", "pairs"),
        // Not read to the end, or read later.
        ("g = map(f, x)\nfor a in g:\n    if a: break\nf$0or b in g:\n    pass\n", "It runs zero"),
        ("g = map(f, x)\nf$0or b in g:\n    pass\nprint(list(g))\n", "It runs zero"),
        ("g = map(f, x)\nnext(g)\nf$0or b in g:\n    pass\n", "It runs zero"),
        ("g = [1]\nprint(sum(g))\nf$0or b in g:\n    pass\n", "It runs zero"),
        ("def f(g):\n    print(sum(g))\n    f$0or b in g:\n        pass\n", "It runs zero"),
        // A decorator may return something else.
        ("@d\ndef g():\n    yield 1\nf$0or b in g():\n    pass\n", "runs the body"),
    ] {
        let card =
            snapshot(crate::content::testing::builtin(), &crate::Settings::default(), source);
        assert!(card.contains("Calls `iter` once"), "{source}{card}");
        assert!(!card.contains(line), "{source}{card}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "for x in y:\n    pri$0nt(x)\n",
        "for x in y$0:\n    pass\n",
        "f$0or x in y z:\n    pass\n",
        "f$0or x in (\n",
        "iterator = it = items = 1\nf$0or x in y(iterator, it, items):\n    pass\n",
    ] {
        assert_ne!(card_at(source), "for-loop", "{source}");
    }
}
