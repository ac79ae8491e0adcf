use expect_test::expect;

use crate::cards::testing::check_hover;

#[test]
fn a_class_of_the_file() {
    check_hover(
        "import sqlite3\nclass Database:\n    def __init__(self, path):\n        self.path = path\n\n    def __enter__(self):\n        self.conn = sqlite3.connect(self.path)\n        return self.conn\n\n    def __exit__(self, exc_type, exc_val, exc_tb):\n        if self.conn:\n            self.conn.close()\n        if exc_type:\n            print(exc_val)\n        return False\n\ndef load(path):\n    with Data$0base(path) as db:\n        for row in db:\n            if row:\n                break\n        return db.execute(\"x\")\n",
        expect![[r#"
                with Database(path) as db:
                     ▔▔▔▔▔▔▔▔

            `Database.__enter__` on line 6 runs, then the block, then `Database.__exit__` on
            line 10, however the block ends. `db` is `self.conn`, which `__enter__` returns.
            An exception of the block passes on.

            **Here**

            - `return`, `break` or `continue` on line 22 leave the block through `__exit__`
              as well.

            ```python
            manager = Database(path)
            value = manager.__enter__()
            try:
                db = value
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
        "class Quiet:\n    def __enter__(self):\n        return self\n    def __exit__(self, *exc):\n        return True\nw$0ith Quiet() as quiet:\n    pass\n",
        expect![[r#"
            with Quiet() as quiet:
            ▔▔▔▔

            `Quiet.__enter__` on line 2 runs, then the block, then `Quiet.__exit__` on line
            4, however the block ends. `quiet` is the instance: `__enter__` returns `self`.
            **Every exception of the block is dropped**: `Quiet.__exit__` returns a true
            value on line 5.

            **Here**

            ```python
            manager = Quiet()
            value = manager.__enter__()
            try:
                quiet = value
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

#[test]
fn an_exit_that_drops_some() {
    check_hover(
        "class Some:\n    def __enter__(self):\n        self.depth += 1\n    def __exit__(self, kind, error, tb):\n        if kind is KeyError:\n            return True\n        if kind is None:\n            return True\n        return self.handle(error)\nsome = Some()\nwith so$0me as nothing:\n    pass\n",
        expect![[r#"
            with some as nothing:
                 ▔▔▔▔

            `Some.__enter__` on line 2 runs, then the block, then `Some.__exit__` on line 4,
            however the block ends. `nothing` is `None`: `__enter__` returns nothing. **An
            exception of the block may be dropped**:

            - `Some.__exit__` returns `True` on line 6, in the branch for
              `kind is KeyError`.
            - `Some.__exit__` returns `self.handle(error)` on line 9: if that is true, it is
              dropped.

            **Here**

            - `some` is `Some()`, made on line 10.

            ```python
            value = some.__enter__()
            try:
                nothing = value
                ...
            finally:
                some.__exit__(…)  # if true: no exception
            ```

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
}

#[test]
fn an_exit_that_raises_another() {
    check_hover(
        "class Wrap:\n    def __enter__(self):\n        return self\n    def __exit__(self, kind, error, tb):\n        if error is not None:\n            raise RuntimeError from error\nw$0ith Wrap():\n    pass\n",
        expect![[r#"
            with Wrap():
            ▔▔▔▔

            `Wrap.__enter__` on line 2 runs, then the block, then `Wrap.__exit__` on line 4,
            however the block ends. `Wrap.__exit__` raises on every way, in place of an
            exception of the block.

            **Here**

            ```python
            manager = Wrap()
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
}

#[test]
fn generators() {
    check_hover(
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    try:\n        yield name.upper()\n    except (KeyError, OSError) as error:\n        log(error)\n    finally:\n        done(name)\nwith st$0ep(\"a\") as label:\n    pass\n",
        expect![[r#"
            with step("a") as label:
                 ▔▔▔▔

            `step` runs up to its `yield` on line 5, then the block, then the rest of
            `step`. `label` is `name.upper()`, which is yielded.

            - `except` on line 6 catches `(KeyError, OSError)` of the block and does not
              raise again: it is dropped.

            **Here**

            - The `finally` on line 8 runs also when the block raises.

            ```python
            manager = step("a")
            value = manager.__enter__()
            try:
                label = value
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
        "from contextlib import contextmanager\nclass C:\n    @contextmanager\n    def changed(self):\n        self.on = True\n        yield\n        self.on = False\n    def run(self):\n        with self.ch$0anged() as on:\n            work()\n",
        expect![[r#"
                    with self.changed() as on:
                         ▔▔▔▔▔▔▔▔▔▔▔▔

            `changed` runs up to its `yield` on line 6, then the block, then the rest of
            `changed`. `on` is `None`: the `yield` has no value. An exception of the block
            passes on.

            **Here**

            - If the block raises, the code of `changed` from line 7 on is skipped: there is
              no `try` around its `yield`.

            ```python
            manager = self.changed()
            value = manager.__enter__()
            try:
                on = value
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
