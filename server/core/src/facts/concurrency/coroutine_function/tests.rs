use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

const FETCH: &str = "\
import asyncio, time

async def fetch(page):
    await asyncio.sleep(1)
    time.sleep(1)
    return page

async def main():
    first = await fetch(1)
    fetch(2)
    later = fetch(3)
    await asyncio.gather(fetch(4), *(fetch(n) for n in range(9)))

asyncio.run(main())
";

#[test]
fn who_awaits_it_and_where_it_waits() {
    check_hover(
        &FETCH.replace("def fetch", "def fe$0tch"),
        expect![[r#"
            async def fetch(page):
                      ▔▔▔▔▔

            A call of `fetch` runs nothing: it makes a coroutine, which runs when it is
            awaited or becomes a task.

            - Dropped on line 10: there nothing of `fetch` runs, and Python warns that it
              was never awaited.
            - `time.sleep(1)` on line 5 blocks: while it runs, no other task does.

            **Here**

            - Awaited where it is made: line 9.
            - Passed to `asyncio.gather` on line 12.
            - Kept in a name, not yet running: line 11.
            - Other tasks can get a turn on line 4 only; between those places nothing else
              of the event loop runs.

            **Say in the interview**

            `async def` makes a coroutine function. One thread runs all coroutines of an
            event loop, one at a time, and they hand over control themselves where they
            await.

            **Watch for**

            - Coroutine that is never awaited (`coroutine-not-awaited`)

            [Coroutine function definition](https://docs.python.org/3/reference/compound_stmts.html#coroutine-function-definition) · [Coroutines](https://docs.python.org/3/library/asyncio-task.html#coroutines)
        "#]],
    );
}

#[test]
fn one_that_never_waits() {
    check_hover(
        "async def f$0():\n    return 1\n",
        expect![[r#"
            async def f():
                      ▔

            A call of `f` runs nothing: it makes a coroutine, which runs when it is awaited
            or becomes a task.

            - It contains no `await`, so it runs to its end without letting another task
              run.

            **Say in the interview**

            `async def` makes a coroutine function. One thread runs all coroutines of an
            event loop, one at a time, and they hand over control themselves where they
            await.

            **Watch for**

            - Coroutine that is never awaited (`coroutine-not-awaited`)

            [Coroutine function definition](https://docs.python.org/3/reference/compound_stmts.html#coroutine-function-definition) · [Coroutines](https://docs.python.org/3/library/asyncio-task.html#coroutines)
        "#]],
    );
}

#[test]
fn calls_of_a_method() {
    check_hover(
        "\
class Client:
    async def ge$0t(self, url):
        await self.connect()

    async def both(self):
        await self.get('a')
        self.get('b')
",
        expect![[r#"
                async def get(self, url):
                          ▔▔▔

            A call of `get` runs nothing: it makes a coroutine, which runs when it is
            awaited or becomes a task.

            - Dropped on line 7: there nothing of `get` runs, and Python warns that it was
              never awaited.

            **Here**

            - Awaited where it is made: line 6.
            - Other tasks can get a turn on line 3 only; between those places nothing else
              of the event loop runs.

            **Say in the interview**

            `async def` makes a coroutine function. One thread runs all coroutines of an
            event loop, one at a time, and they hand over control themselves where they
            await.

            **Watch for**

            - Coroutine that is never awaited (`coroutine-not-awaited`)

            [Coroutine function definition](https://docs.python.org/3/reference/compound_stmts.html#coroutine-function-definition) · [Coroutines](https://docs.python.org/3/library/asyncio-task.html#coroutines)
        "#]],
    );
}

#[test]
fn a_decorated_one_on_the_word() {
    check_hover(
        "@app.get('/')\nas$0ync def index():\n    await x\n",
        expect![[r#"
            async def index():
            ▔▔▔▔▔

            `index` is a coroutine function: a call of the function below the decorators
            runs nothing, it makes a coroutine.

            **Here**

            - Other tasks can get a turn on line 3 only; between those places nothing else
              of the event loop runs.

            **Say in the interview**

            `async def` makes a coroutine function. One thread runs all coroutines of an
            event loop, one at a time, and they hand over control themselves where they
            await.

            **Watch for**

            - Coroutine that is never awaited (`coroutine-not-awaited`)

            [Coroutine function definition](https://docs.python.org/3/reference/compound_stmts.html#coroutine-function-definition) · [Coroutines](https://docs.python.org/3/library/asyncio-task.html#coroutines)
        "#]],
    );
}

#[test]
fn silent() {
    // No coroutine function.
    assert_eq!(card_at("def f$0():\n    return 1\n"), "");
    assert_eq!(card_at("async def f$0():\n    yield 1\n"), "generator-function");
    // The decorator may make anything of the name.
    assert_eq!(card_at("@app.get('/')\nasync def ind$0ex():\n    await x\n"), "decorated-function");
    // A method that Python calls.
    assert_eq!(card_at("class A:\n    async def __age$0t__(self): ...\n"), "");
    // Broken code.
    assert_eq!(card_at("async def f$0():\n    x = (\n"), "");
}

/// The lines of the card that speak of calls.
fn calls(source: &str) -> String {
    super::super::testing::lines(source, &["Dropped", "Awaited", "Passed", "Kept"])
}

#[test]
fn calls_of_something_else_are_not_counted() {
    // Another binding.
    assert_eq!(calls("async def f$0(): ...\nf = g\nf()\n"), "");
    assert_eq!(calls("async def f$0(): ...\ndef g(f):\n    f()\n"), "");
    assert_eq!(calls("from m import *\nasync def f$0(): ...\nf()\n"), "");
    // A subclass may make `go` something else.
    assert_eq!(
        calls(
            "class A:\n    async def g$0o(self): ...\n    def x(self):\n        self.go()\n\
             class B(A):\n    def go(self): ...\n"
        ),
        ""
    );
    // Returned, stored or awaited later: nothing is said.
    assert_eq!(calls("async def f$0(): ...\ndef g():\n    return f()\n"), "");
    assert_eq!(calls("async def f$0(): ...\nxs = [f()]\n"), "");
    assert_eq!(calls("async def f$0(): ...\nf\n"), "");
}
