use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn the_entry() {
    check_hover(
        "\
import asyncio

async def main():
    await asyncio.sleep(1)

if __name__ == \"__main__\":
    asyncio.ru$0n(main())
",
        expect![[r#"
                asyncio.run(main())
                ▔▔▔▔▔▔▔▔▔▔▔

            Makes an event loop, runs `main` (line 3) in it to its end, cancels what is left
            and closes the loop. The calling thread waits until then.

            **Say in the interview**

            `asyncio.run` is the one entry from plain code into coroutines, called once,
            near the top of the program. Everything below it runs in one thread.

            **Watch for**

            - `asyncio.run` inside a coroutine (`asyncio-run-in-async`)

            [asyncio.run](https://docs.python.org/3/library/asyncio-runner.html#asyncio.run)
        "#]],
    );
}

#[test]
fn on_import_and_in_a_loop() {
    check_hover(
        "\
import asyncio

async def once():
    print(1)

while True:
    asyncio.ru$0n(once())
",
        expect![[r#"
                asyncio.run(once())
                ▔▔▔▔▔▔▔▔▔▔▔

            Makes an event loop, runs `once` (line 3) in it to its end, cancels what is left
            and closes the loop. The calling thread waits until then.

            **Here**

            - It runs on every import of this module, too: nothing guards it with
              `if __name__ == "__main__":`.
            - The loop on line 6 makes and closes an event loop in every turn. Objects tied
              to one loop, as connections and locks, do not survive into the next.
            - `once` contains no `await`: as it is, it gains nothing from the event loop.

            **Say in the interview**

            `asyncio.run` is the one entry from plain code into coroutines, called once,
            near the top of the program. Everything below it runs in one thread.

            **Watch for**

            - `asyncio.run` inside a coroutine (`asyncio-run-in-async`)

            [asyncio.run](https://docs.python.org/3/library/asyncio-runner.html#asyncio.run)
        "#]],
    );
}

#[test]
fn in_a_coroutine() {
    check_hover(
        "\
import asyncio

async def inner(): ...

async def main():
    asyncio.ru$0n(inner())
",
        expect![[r#"
                asyncio.run(inner())
                ▔▔▔▔▔▔▔▔▔▔▔

            Raises `RuntimeError`: in `main`, an `async def`, a loop runs already in this
            thread. Write `await` instead.

            **Say in the interview**

            `asyncio.run` is the one entry from plain code into coroutines, called once,
            near the top of the program. Everything below it runs in one thread.

            **Watch for**

            - `asyncio.run` inside a coroutine (`asyncio-run-in-async`)

            [asyncio.run](https://docs.python.org/3/library/asyncio-runner.html#asyncio.run)
        "#]],
    );
}

#[test]
fn not_called() {
    check_hover(
        "\
import asyncio

async def main(): ...

asyncio.ru$0n(main)
",
        expect![[r#"
            asyncio.run(main)
            ▔▔▔▔▔▔▔▔▔▔▔

            Fails: `main` is not called. `asyncio.run` takes a coroutine, the result of the
            call.

            **Say in the interview**

            `asyncio.run` is the one entry from plain code into coroutines, called once,
            near the top of the program. Everything below it runs in one thread.

            **Watch for**

            - `asyncio.run` inside a coroutine (`asyncio-run-in-async`)

            [asyncio.run](https://docs.python.org/3/library/asyncio-runner.html#asyncio.run)
        "#]],
    );
}

#[test]
fn the_running_loop() {
    check_hover(
        "\
import asyncio

async def main():
    loop = asyncio.get_event_lo$0op()
",
        expect![[r#"
                loop = asyncio.get_event_loop()
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            In `main`, an `async def`, this is the loop that runs;
            `asyncio.get_running_loop()` says so and cannot be anything else.

            **Say in the interview**

            New code calls `asyncio.run(main())` and, in a coroutine,
            `asyncio.get_running_loop()`. For another kind of loop there is
            `asyncio.Runner(loop_factory=…)` (3.11).

            [asyncio.get\_event\_loop](https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop) · [What's New In Python 3.14](https://docs.python.org/3/whatsnew/3.14.html)
        "#]],
    );
}

#[test]
fn a_loop_in_a_plain_function() {
    check_hover(
        "\
import asyncio

def start():
    return asyncio.get_event_lo$0op()
",
        expect![[r#"
                return asyncio.get_event_loop()
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            In `start`, a plain function, this is the running loop if a coroutine called it.
            Without one the answer depends on the Python version: 3.14 raises
            `RuntimeError`.

            **Here**

            - Before 3.14 it then made and set a loop in the main thread; from 3.12 on with
              a `DeprecationWarning`.

            **Say in the interview**

            New code calls `asyncio.run(main())` and, in a coroutine,
            `asyncio.get_running_loop()`. For another kind of loop there is
            `asyncio.Runner(loop_factory=…)` (3.11).

            For Python `3.9`, as no file says which ·
            [asyncio.get\_event\_loop](https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop) · [What's New In Python 3.14](https://docs.python.org/3/whatsnew/3.14.html)
        "#]],
    );
}

#[test]
fn policies() {
    check_hover(
        "\
import asyncio

asyncio.set_event_loop_pol$0icy(asyncio.WindowsSelectorEventLoopPolicy())
",
        expect![[r#"
            asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `asyncio.set_event_loop_policy` belongs to the event loop policies: deprecated
            since 3.14, to be removed in 3.16.

            **Say in the interview**

            New code calls `asyncio.run(main())` and, in a coroutine,
            `asyncio.get_running_loop()`. For another kind of loop there is
            `asyncio.Runner(loop_factory=…)` (3.11).

            [asyncio.get\_event\_loop](https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop) · [What's New In Python 3.14](https://docs.python.org/3/whatsnew/3.14.html)
        "#]],
    );
}

#[test]
fn silent() {
    // Something else of that name.
    assert_eq!(card_at("import anyio as asyncio\nasyncio.ru$0n(main)\n"), "");
    assert_eq!(card_at("def f(asyncio):\n    asyncio.ru$0n(main())\n"), "");
    assert_eq!(card_at("from m import *\nru$0n(main())\n"), "");
    // The argument cannot be told.
    assert_eq!(card_at("import asyncio\nasyncio.ru$0n(*args)\n"), "");
    assert_eq!(card_at("import asyncio\nasyncio.ru$0n()\n"), "");
    // Other loops.
    assert_eq!(card_at("import asyncio, trio\ndef f():\n    asyncio.get_event_lo$0op()\n"), "");
    assert_eq!(card_at("import asyncio\nx = lambda: asyncio.get_event_lo$0op()\n"), "");
}

#[test]
fn what_is_not_certain_is_left_out() {
    let import = |rest: &str| lines(&format!("import asyncio\n{rest}"), &["every import"]);
    assert!(!import("asyncio.ru$0n(f())\n").is_empty());
    assert_eq!(import("def g():\n    asyncio.ru$0n(f())\n"), "");
    assert_eq!(import("if '__main__' == __name__:\n    asyncio.ru$0n(f())\n"), "");
    let uncalled = |rest: &str| lines(&format!("import asyncio\n{rest}"), &["not called"]);
    assert_eq!(uncalled("def f(): ...\nasyncio.ru$0n(f)\n"), "");
    assert_eq!(uncalled("async def f(): ...\nf = g\nasyncio.ru$0n(f)\n"), "");
}
