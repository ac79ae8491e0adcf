use expect_test::expect;

use crate::cards::testing::check_hover;

#[test]
fn objects_from_elsewhere() {
    check_hover(
        "w$0ith open(\"a\") as f:\n    print(f)\n",
        expect![[r#"
        with open("a") as f:
        ▔▔▔▔

        `open("a")`: however the block ends, the file is closed. `f` is the file object.
        An exception of the block passes on.

        **Here**

        ```python
        manager = open("a")
        value = manager.__enter__()
        try:
            f = value
            ...
        finally:
            manager.__exit__(…)
        ```

        **Say in the interview**

        A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
        way out. A true value of `__exit__` drops the exception.

        [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
    "#]],
    );
    check_hover(
        "import contextlib as c\nwith c.sup$0press(KeyError, OSError):\n    del d[1]\n",
        expect![[r#"
            with c.suppress(KeyError, OSError):
                 ▔▔▔▔▔▔▔▔▔▔

            An exception of the block is dropped if it is one of `KeyError`, `OSError`.

            **Here**

            - The statement that raises is the last of the block to run; keep the block to
              the one that may.

            ```python
            manager = c.suppress(KeyError, OSError)
            manager.__enter__()
            try:
                ...
            finally:
                manager.__exit__(…)  # if true: no exception
            ```

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
    check_hover(
        "import threading\nclass C:\n    def __init__(self):\n        self._lock = threading.Lock()\n    def f(self):\n        while True:\n            with self._lo$0ck:\n                break\n",
        expect![[r#"
                        with self._lock:
                             ▔▔▔▔▔▔▔▔▔▔

            `self._lock`: however the block ends, the lock is released. An exception of the
            block passes on.

            **Here**

            - `self._lock` is `threading.Lock()`, made on line 4.
            - `return`, `break` or `continue` on line 8 leave the block through `__exit__`
              as well.
            - A thread that enters a `Lock` it already holds waits for ever.

            ```python
            manager = self._lock
            manager.__enter__()
            try:
                ...
            finally:
                manager.__exit__(…)
            ```

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
    check_hover(
        "import asyncio\nasync def f():\n    async w$0ith asyncio.TaskGroup() as tg:\n        yield 1\n",
        expect![[r#"
                async with asyncio.TaskGroup() as tg:
                      ▔▔▔▔

            `asyncio.TaskGroup()`: however the block ends, all tasks of the group are
            awaited; if the block or a task fails, the other tasks are cancelled first. `tg`
            is the group. Exceptions of the tasks, and of the block, arrive together as an
            `ExceptionGroup`: catch them with `except*`.

            **Here**

            - The block yields on line 4: until it is resumed or closed,
              `asyncio.TaskGroup()` stays open.
            - It needs Python `3.11`, and this code must run on older ones.

            ```python
            manager = asyncio.TaskGroup()
            value = await manager.__aenter__()
            try:
                tg = value
                ...
            finally:
                await manager.__aexit__(…)  # if true: no exception
            ```

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            For Python `3.9`, as no file says which ·
            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
    check_hover(
        "import sqlite3\ndb = sqlite3.connect(\"x\")\nw$0ith db:\n    pass\n",
        expect![[r#"
            with db:
            ▔▔▔▔

            When the block ends, the open transaction of `db` is committed; if an exception
            leaves the block, it is rolled back. **The connection stays open.**

            **Say in the interview**

            A connection of `sqlite3` brackets a transaction;
            `contextlib.closing(connect(…))` brackets the connection. A whole program wants
            both.

            **Watch for**

            - `with sqlite3.connect(…)` does not close (`sqlite-with-leak`)

            **Version**

            - 3.12: `autocommit=`.
            - 3.13: a connection that is collected without `close()` gives a
              `ResourceWarning`.

            For Python `3.9`, as no file says which ·
            [The connection context manager](https://docs.python.org/3/library/sqlite3.html#how-to-use-the-connection-context-manager) · [Transaction control](https://docs.python.org/3/library/sqlite3.html#transaction-control)
        "#]],
    );
}

#[test]
fn methods_of_a_base_from_elsewhere() {
    check_hover(
        "import unittest\nclass Base(unittest.TestCase): ...\nclass T(Base):\n    def test(self):\n        with self.assert$0RaisesRegex(KeyError, \"x\") as caught:\n            f()\n",
        expect![[r#"
                    with self.assertRaisesRegex(KeyError, "x") as caught:
                         ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `self.assertRaisesRegex(KeyError, "x")`: however the block ends, the test fails
            unless the block has raised such an exception, with a message that matches.
            `caught` is the context; its `exception` is the exception, once the block has
            ended. An exception of the block is dropped if it is one of `KeyError`.

            **Here**

            - The statement that raises is the last of the block to run: put assertions
              about the exception behind the block.

            ```python
            manager = self.assertRaisesRegex(KeyError, "x")
            value = manager.__enter__()
            try:
                caught = value
                ...
            finally:
                manager.__exit__(…)  # if true: no exception
            ```

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
    for source in [
        "class T(Base):\n    def test(self):\n        with self.assert$0Raises(E): pass\n",
        "import unittest\nclass T(Mixin, unittest.TestCase):\n    def test(self):\n        with self.assert$0Raises(E): pass\n",
        "import unittest\nclass T(unittest.TestCase):\n    def assertRaises(self, e): ...\n    def test(self):\n        with self.assert$0Raises(E): pass\n",
        "import unittest\nclass T(unittest.TestCase):\n    def test(self, other):\n        with other.assert$0Raises(E): pass\n",
        "import unittest\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertRaises = x\n        with self.assert$0Raises(E): pass\n",
    ] {
        let library = crate::content::testing::builtin();
        let card = crate::cards::testing::snapshot(library, &crate::Settings::default(), source);
        assert!(!card.contains("the test fails"), "{source}{card}");
    }
}

#[test]
fn what_cannot_be_entered() {
    check_hover(
        "import asyncio\nasync def f():\n    w$0ith asyncio.Lock():\n        pass\n",
        expect![[r#"
                with asyncio.Lock():
                ▔▔▔▔

            `asyncio.Lock()` works behind `async with` only: this raises `TypeError`.

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
    check_hover(
        "class A:\n    async def __enter__(self): return self\n    async def __exit__(self, *a): ...\ndef f():\n    with A$0() as a:\n        pass\n",
        expect![[r#"
                with A() as a:
                     ▔

            `A` has `__enter__`, `__exit__` as `async def`: `with` awaits nothing, so a call
            only makes a coroutine. A coroutine counts as true, so every exception of the
            block is dropped.

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
    check_hover(
        "class A:\n    def __enter__(self): return self\n    def close(self): pass\nwith A$0() as a: pass\n",
        expect![[r#"
            with A() as a: pass
                 ▔

            `A()` is an instance of `A`, which has no `__exit__`: this raises `TypeError`.

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            **Version**

            - 3.11: `__exit__` missing is a `TypeError`; before, an `AttributeError`.

            For Python `3.9`, as no file says which ·
            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
    check_hover(
        "class A:\n    def __enter__(self): return self\n    def __exit__(self, *a): pass\nwith A$0 as a: pass\n",
        expect![[r#"
            with A as a: pass
                 ▔

            `A` is the class `A`, not an instance of it: this raises `TypeError`.

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
    check_hover(
        "class A:\n    def __aenter__(self): return self\n    async def __aexit__(self, *a): pass\nasync def f():\n    async with A$0() as a: pass\n",
        expect![[r#"
                async with A() as a: pass
                           ▔

            `A` has `__aenter__` without `async`: what it returns cannot be awaited, which
            raises `TypeError`.

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
}

#[test]
fn a_base_from_elsewhere() {
    check_hover(
        "from contextlib import AbstractContextManager\nclass A(AbstractContextManager):\n    def __exit__(self, *exc):\n        self.close()\nwith A$0() as a: pass\n",
        expect![[r#"
            with A() as a: pass
                 ▔

            However the block ends, `A.__exit__` on line 3 runs; `__enter__` is that of
            `contextlib.AbstractContextManager`. `a` is the object itself. An exception of
            the block passes on.

            **Here**

            ```python
            manager = A()
            value = manager.__enter__()
            try:
                a = value
                ...
            finally:
                manager.__exit__(…)
            ```

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
}

#[test]
fn nothing_is_known() {
    check_hover(
        "with fa$0ctory() as (a, b): pass\n",
        expect![[r#"
            with factory() as (a, b): pass
                 ▔▔▔▔▔▔▔

            `factory()` is evaluated and entered; however the block ends, its `__exit__`
            runs.

            **Here**

            ```python
            manager = factory()
            value = manager.__enter__()
            try:
                (a, b) = value
                ...
            finally:
                manager.__exit__(…)  # if true: no exception
            ```

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
}
