use expect_test::expect;

use super::super::testing::{lines, lines_with};
use crate::Settings;
use crate::cards::testing::{card_at, check_hover};
use crate::version::PythonVersion;

#[test]
fn wait_for() {
    check_hover(
        "\
import asyncio

async def load():
    await asyncio.sleep(9)

async def main():
    try:
        return await asyncio.wait_f$0or(load(), timeout=1.5)
    except asyncio.TimeoutError:
        return None
",
        expect![[r#"
                    return await asyncio.wait_for(load(), timeout=1.5)
                                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Waits at most `1.5` s for `load()`; then it cancels that and raises
            `TimeoutError`.

            **Here**

            - It runs `load` (line 3), in which `CancelledError` is raised at the `await`
              that waits.
            - The exception is caught on line 9.

            **Say in the interview**

            A limit works by cancelling: `CancelledError` is raised where the coroutine
            waits, and comes out as `TimeoutError`. A coroutine that swallows the
            cancellation, or never waits, does not stop.

            **Version**

            - 3.11: `asyncio.TimeoutError` is the builtin `TimeoutError`; `asyncio.timeout`.

            For Python `3.9`, as no file says which ·
            [asyncio.wait\_for](https://docs.python.org/3/library/asyncio-task.html#asyncio.wait_for) · [asyncio.timeout](https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout)
        "#]],
    );
}

#[test]
fn what_cannot_be_interrupted() {
    check_hover(
        "\
import asyncio, time

async def load():
    time.sleep(9)

async def main():
    await asyncio.wait_f$0or(load(), 1)
",
        expect![[r#"
                await asyncio.wait_for(load(), 1)
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Waits at most `1` s for `load()`; then it cancels that and raises
            `TimeoutError`.

            - `time.sleep(9)` on line 4 cannot be interrupted: it blocks the event loop, and
              the limit only works where the coroutine waits.

            **Here**

            - No `try` in `main` stands around it, so the exception leaves `main`.

            **Say in the interview**

            A limit works by cancelling: `CancelledError` is raised where the coroutine
            waits, and comes out as `TimeoutError`. A coroutine that swallows the
            cancellation, or never waits, does not stop.

            **Version**

            - 3.11: `asyncio.TimeoutError` is the builtin `TimeoutError`; `asyncio.timeout`.

            For Python `3.9`, as no file says which ·
            [asyncio.wait\_for](https://docs.python.org/3/library/asyncio-task.html#asyncio.wait_for) · [asyncio.timeout](https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout)
        "#]],
    );
}

#[test]
fn a_block() {
    check_hover(
        "\
import asyncio

async def main(get):
    async with asyncio.time$0out(3):
        await get()
",
        expect![[r#"
                async with asyncio.timeout(3):
                           ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            After `3` s what the block awaits is cancelled, and the block ends with a
            `TimeoutError`.

            - Not on Python `3.9`: `asyncio.timeout` is new in 3.11.

            **Here**

            - No `try` in `main` stands around it, so the exception leaves `main`.

            **Say in the interview**

            A limit works by cancelling: `CancelledError` is raised where the coroutine
            waits, and comes out as `TimeoutError`. A coroutine that swallows the
            cancellation, or never waits, does not stop.

            **Version**

            - 3.11: `asyncio.TimeoutError` is the builtin `TimeoutError`; `asyncio.timeout`.

            For Python `3.9`, as no file says which ·
            [asyncio.wait\_for](https://docs.python.org/3/library/asyncio-task.html#asyncio.wait_for) · [asyncio.timeout](https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout)
        "#]],
    );
}

#[test]
fn no_limit() {
    check_hover(
        "\
import asyncio

async def main(get):
    await asyncio.wait_f$0or(get(), None)
",
        expect![[r#"
                await asyncio.wait_for(get(), None)
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            With `None` there is no limit.

            **Say in the interview**

            A limit works by cancelling: `CancelledError` is raised where the coroutine
            waits, and comes out as `TimeoutError`. A coroutine that swallows the
            cancellation, or never waits, does not stop.

            **Version**

            - 3.11: `asyncio.TimeoutError` is the builtin `TimeoutError`; `asyncio.timeout`.

            For Python `3.9`, as no file says which ·
            [asyncio.wait\_for](https://docs.python.org/3/library/asyncio-task.html#asyncio.wait_for) · [asyncio.timeout](https://docs.python.org/3/library/asyncio-task.html#asyncio.timeout)
        "#]],
    );
}

fn with(minor: u8, clause: &str, word: &str) -> String {
    let settings = Settings { target: PythonVersion::py3(minor), ..Settings::default() };
    let source = format!(
        "import asyncio\nasync def f(g):\n    try:\n        await asyncio.wait_f$0or(g(), 1)\n    \
         {clause}\n        pass\n"
    );
    lines_with(&settings, &source, &[word])
}

#[test]
fn the_class_depends_on_the_version() {
    assert!(with(10, "except TimeoutError:", "from 3.11 on").contains("line 5"));
    assert_eq!(with(11, "except TimeoutError:", "from 3.11 on"), "");
    assert!(with(11, "except TimeoutError:", "is caught").contains("line 5"));
    assert!(with(9, "except Exception as e:", "is caught").contains("line 5"));
    assert_eq!(with(9, "except TimeoutError:", "is caught"), "");
}

#[test]
fn silent() {
    let card = |call: &str| card_at(&format!("import asyncio\nasync def f(a):\n    {call}\n"));
    assert_eq!(card("await a.wait_f$0or(b(), 1)"), "");
    assert_eq!(card("await asyncio.wait_f$0or(b())"), "");
    assert_eq!(card("await asyncio.wait_f$0or(*b)"), "");
    assert_eq!(card("await asyncio.wai$0t(b)"), "");
    // Something else may take the exception.
    let uncaught = |rest: &str| {
        lines(&format!("import asyncio\nasync def f(g, s):\n    {rest}\n"), &["No `try`"])
    };
    assert!(!uncaught("await asyncio.wait_f$0or(g(), 1)").is_empty());
    assert!(!uncaught("async with asyncio.time$0out(1): ...").is_empty());
    assert_eq!(uncaught("with s:\n        await asyncio.wait_f$0or(g(), 1)"), "");
    assert_eq!(uncaught("async with s, asyncio.time$0out(1): ..."), "");
    assert_eq!(uncaught("with s:\n        async with asyncio.time$0out(1): ..."), "");
    // A class that is not known may be one above `TimeoutError`.
    assert_eq!(with(11, "except Error:", "is caught"), "");
    assert_eq!(with(11, "except Error:", "stands around"), "");
    assert_eq!(with(11, "except ValueError:", "is caught"), "");
    assert_eq!(
        lines(
            "import asyncio\nasync def f(g):\n    await asyncio.wait_f$0or(g(), None)\n",
            &["No `try`"]
        ),
        ""
    );
}
