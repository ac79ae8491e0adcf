use expect_test::expect;

use super::super::testing::{lines, lines_with};
use crate::Settings;
use crate::cards::testing::{card_at, check_hover};
use crate::version::PythonVersion;

#[test]
fn a_function_that_waits() {
    check_hover(
        "\
import asyncio, time

def load(path, mode):
    time.sleep(1)

async def main():
    data = await asyncio.to_thr$0ead(load, \"x\", mode=\"r\")
",
        expect![[r#"
                data = await asyncio.to_thread(load, "x", mode="r")
                             ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A thread of the loop's pool makes the call `load("x", mode="r")`; the event loop
            goes on, and the `await` gives its result.

            **Here**

            - It runs `load` (line 3), in another thread than all coroutines.

            **Say in the interview**

            `to_thread` is the bridge to blocking libraries. It helps where the function
            waits, not where it computes in Python.

            **Watch for**

            - Cancelling the `await` does not stop the thread.

            [asyncio.to\_thread](https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread)
        "#]],
    );
}

#[test]
fn one_that_computes() {
    check_hover(
        "\
import asyncio

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

async def main():
    return await asyncio.to_thr$0ead(fib, 30)
",
        expect![[r#"
                return await asyncio.to_thread(fib, 30)
                             ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A thread of the loop's pool makes the call `fib(30)`; the event loop goes on,
            and the `await` gives its result.

            **Here**

            - It runs `fib` (line 3), in another thread than all coroutines.
            - `fib` only computes. Python `3.9` has a GIL in every build: it takes turns
              with the event loop, and slows it down. A process pool does not.

            **Say in the interview**

            `to_thread` is the bridge to blocking libraries. It helps where the function
            waits, not where it computes in Python.

            **Watch for**

            - Cancelling the `await` does not stop the thread.

            For Python `3.9`, as no file says which ·
            [asyncio.to\_thread](https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread)
        "#]],
    );
}

#[test]
fn called_too_early() {
    check_hover(
        "\
import asyncio

def load():
    return 1

async def main():
    await asyncio.to_thr$0ead(load())
",
        expect![[r#"
                await asyncio.to_thread(load())
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `load()` is a call: it runs here, in the thread of the event loop, before there
            is another. Give the function and its arguments separately.

            **Say in the interview**

            `to_thread` is the bridge to blocking libraries. It helps where the function
            waits, not where it computes in Python.

            **Watch for**

            - Cancelling the `await` does not stop the thread.

            [asyncio.to\_thread](https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread)
        "#]],
    );
}

#[test]
fn not_awaited() {
    check_hover(
        "\
import asyncio

async def main(load):
    asyncio.to_thr$0ead(load)
",
        expect![[r#"
                asyncio.to_thread(load)
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A thread of the loop's pool makes the call `load()`; the event loop goes on, and
            the `await` gives its result.

            - Nothing runs: without `await` this only makes a coroutine.

            **Say in the interview**

            `to_thread` is the bridge to blocking libraries. It helps where the function
            waits, not where it computes in Python.

            **Watch for**

            - Cancelling the `await` does not stop the thread.

            [asyncio.to\_thread](https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread)
        "#]],
    );
}

#[test]
fn the_gil_depends_on_the_version() {
    let source = "import asyncio\ndef f():\n    while True: ...\nasync def g():\n    await asyncio.to_thr$0ead(f)\n";
    let gil = |minor| {
        let settings = Settings { target: PythonVersion::py3(minor), ..Settings::default() };
        lines_with(&settings, source, &["only computes"])
    };
    assert!(gil(12).contains("Python `3.12` has a GIL in every build"));
    assert!(gil(14).contains("in `python3.14t` both run"));
}

#[test]
fn silent() {
    let card = |call: &str| card_at(&format!("import asyncio\nasync def f(a):\n    {call}\n"));
    assert_eq!(card("await asyncio.to_thr$0ead()"), "");
    assert_eq!(card("await asyncio.to_thr$0ead(*a)"), "");
    assert_eq!(card("await a.to_thr$0ead(f)"), "");
    let part = |function: &str, word: &str| {
        let source = format!(
            "import asyncio\n{function}\nasync def g():\n    await asyncio.to_thr$0ead(f)\n"
        );
        lines(&source, &[word])
    };
    // It may wait.
    assert_eq!(part("def f():\n    for x in y: print(x)", "only computes"), "");
    assert_eq!(part("def f():\n    for x in y: x.read()", "only computes"), "");
    assert_eq!(part("def f(): return 1", "only computes"), "");
    assert_eq!(part("@d\ndef f():\n    while 1: ...", "only computes"), "");
    assert_eq!(part("f = h()", "before there is another"), "");
}
