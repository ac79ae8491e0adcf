use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn what_runs_when() {
    check_hover(
        "from contextlib import contextmanager\n@contextmanager\ndef st$0ep(name):\n    print(name)\n    yield name\n    print(1)\nwith step(1): pass\n",
        expect![[r#"
            def step(name):
                ▔▔▔▔

            A call of `step` behind `with` runs it up to the `yield` on line 5, then the
            block, then the rest. `as` receives `name`. An exception of the block is raised
            at the `yield` and passes on.

            **Here**

            - Entered on line 7.
            - **If the block raises, the code from line 6 on is skipped**: put the `yield`
              into a `try` and that code into its `finally`.

            **Say in the interview**

            The generator must yield exactly once: no `yield` on the way and a second one
            are both a `RuntimeError`.

            **Watch for**

            - `@contextmanager` without `try` and `finally` (`contextmanager-no-finally`)

            [contextlib.contextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager)
        "#]],
    );
    check_hover(
        "from contextlib import contextmanager\n@contextmanager\ndef quiet$0():\n    try:\n        yield\n    except KeyError:\n        pass\n    finally:\n        done()\n",
        expect![[r#"
            def quiet():
                ▔▔▔▔▔

            A call of `quiet` behind `with` runs it up to the `yield` on line 5, then the
            block, then the rest. `as` receives `None`: the `yield` has no value.

            - **`except` on line 6 catches `KeyError` of the block and does not raise
              again**: it is dropped.

            **Here**

            - The `finally` on line 8 runs also when the block raises.

            **Say in the interview**

            The generator must yield exactly once: no `yield` on the way and a second one
            are both a `RuntimeError`.

            **Watch for**

            - `@contextmanager` without `try` and `finally` (`contextmanager-no-finally`)

            [contextlib.contextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager)
        "#]],
    );
    check_hover(
        "from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def ses$0sion():\n    s = await make()\n    try:\n        yield s\n    finally:\n        await s.close()\nasync def main():\n    async with session() as s: pass\n",
        expect![[r#"
            async def session():
                      ▔▔▔▔▔▔▔

            A call of `session` behind `async with` runs it up to the `yield` on line 6,
            then the block, then the rest. `as` receives `s`. An exception of the block is
            raised at the `yield` and passes on.

            **Here**

            - Entered on line 10.
            - The `finally` on line 7 runs also when the block raises.

            **Say in the interview**

            The generator must yield exactly once: no `yield` on the way and a second one
            are both a `RuntimeError`.

            **Watch for**

            - `@contextmanager` without `try` and `finally` (`contextmanager-no-finally`)

            [contextlib.contextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager)
        "#]],
    );
}

#[test]
fn silent_for_other_functions() {
    for source in [
        "def st$0ep():\n    yield\n",
        "from m import contextmanager\n@contextmanager\ndef st$0ep():\n    yield\n",
        "from contextlib import contextmanager\n@other\n@contextmanager\ndef st$0ep():\n    yield\n",
        "from contextlib import contextmanager\n@contextmanager\ndef st$0ep():\n    return x\n",
        "from contextlib import contextmanager\n@contextmanager\nasync def st$0ep():\n    yield\n",
        "from contextlib import contextmanager\n@contextmanager\ndef st$0ep():\n    yield 1\n    yield 2\n",
        "from contextlib import contextmanager\n@contextmanager\ndef st$0ep():\n    yield from x\n",
        "from contextlib import contextmanager\n@contextmanager()\ndef st$0ep():\n    yield\n",
    ] {
        assert_ne!(card_at(source), "context-generator", "{source}");
    }
}

/// A clause that raises on some way, or something else, neither drops nor passes on for sure.
#[test]
fn nothing_is_said_of_exceptions_that_may_pass() {
    for clause in [
        "except E:\n        if x: raise",
        "except E as e:\n        raise X from e",
        "except E:\n        log()\n        raise X",
    ] {
        let source = format!(
            "from contextlib import contextmanager\n@contextmanager\ndef st$0ep():\n    try:\n        \
             yield\n    {clause}\n"
        );
        let library = crate::content::testing::builtin();
        let card = crate::cards::testing::snapshot(library, &crate::Settings::default(), &source);
        assert!(card.contains("up to the `yield` on line 5"), "{card}");
        assert!(!card.contains("drops") && !card.contains("passes on"), "{card}");
    }
}
