use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn swallowed() {
    check_hover(
        "\
import asyncio

async def worker(queue):
    while True:
        try:
            await queue.get()
        exc$0ept asyncio.CancelledError:
            print(\"bye\")
",
        expect![[r#"
                    except asyncio.CancelledError:
                    ▔▔▔▔▔▔

            This swallows cancellation: `cancel()`, a time limit or a failing task group
            does not end `worker`, which goes on from here.

            **Here**

            - `CancelledError` is raised where the `try` waits: line 6.
            - The loop on line 4 simply takes its next turn.

            **Say in the interview**

            Cancelling is an exception, `CancelledError`, raised at an `await`. Clean up in
            `finally`, or catch it, clean up and `raise`.

            **Watch for**

            - `await task` raises `CancelledError`, too, if `task` was cancelled; in the
              clause the two look the same.

            [Task cancellation](https://docs.python.org/3/library/asyncio-task.html#task-cancellation) · [asyncio.CancelledError](https://docs.python.org/3/library/asyncio-exceptions.html#asyncio.CancelledError)
        "#]],
    );
}

#[test]
fn raised_again() {
    check_hover(
        "\
async def worker(queue):
    try:
        await queue.get()
    exc$0ept BaseException as error:
        log(error)
        raise
",
        expect![[r#"
                except BaseException as error:
                ▔▔▔▔▔▔

            This catches cancellation. It goes on out of `worker` only if the `raise` on
            line 6 is reached.

            **Here**

            - `CancelledError` is raised where the `try` waits: line 3.
            - It derives from `BaseException`, so this catches it; `except Exception` would
              not.

            **Say in the interview**

            Cancelling is an exception, `CancelledError`, raised at an `await`. Clean up in
            `finally`, or catch it, clean up and `raise`.

            **Watch for**

            - `await task` raises `CancelledError`, too, if `task` was cancelled; in the
              clause the two look the same.

            [Task cancellation](https://docs.python.org/3/library/asyncio-task.html#task-cancellation) · [asyncio.CancelledError](https://docs.python.org/3/library/asyncio-exceptions.html#asyncio.CancelledError)
        "#]],
    );
}

#[test]
fn a_bare_one() {
    check_hover(
        "\
async def worker(queue):
    try:
        await queue.get()
    exc$0ept:
        return None
",
        expect![[r#"
                except:
                ▔▔▔▔▔▔

            This swallows cancellation: `cancel()`, a time limit or a failing task group
            does not end `worker`, which goes on from here.

            **Here**

            - `CancelledError` is raised where the `try` waits: line 3.
            - A bare `except` catches it, as every exception.

            **Say in the interview**

            Cancelling is an exception, `CancelledError`, raised at an `await`. Clean up in
            `finally`, or catch it, clean up and `raise`.

            **Watch for**

            - `await task` raises `CancelledError`, too, if `task` was cancelled; in the
              clause the two look the same.

            [Task cancellation](https://docs.python.org/3/library/asyncio-task.html#task-cancellation) · [asyncio.CancelledError](https://docs.python.org/3/library/asyncio-exceptions.html#asyncio.CancelledError)
        "#]],
    );
}

#[test]
fn silent() {
    let card_of = |source: &str| match card_at(source).as_str() {
        "cancelled" => "cancelled",
        _ => "",
    };
    let card = |clause: &str| {
        card_of(&format!(
            "import asyncio\nasync def f(g):\n    try:\n        await g()\n    {clause}\n        pass\n"
        ))
    };
    assert_eq!(card("exc$0ept asyncio.CancelledError:"), "cancelled");
    // `Exception` is no base of it.
    assert_eq!(card("exc$0ept Exception:"), "");
    assert_eq!(card("exc$0ept ValueError as e:"), "");
    assert_eq!(card("exc$0ept CancelledError:"), "");
    assert_eq!(card("exc$0ept* asyncio.CancelledError:"), "");
    // Another clause takes it, or may.
    assert_eq!(card("except asyncio.CancelledError:\n        raise\n    exc$0ept:"), "");
    assert_eq!(card("except Error:\n        raise\n    exc$0ept:"), "");
    // Nothing can be cancelled there.
    assert_eq!(card_of("def f():\n    try:\n        g()\n    exc$0ept:\n        pass\n"), "");
    assert_eq!(card_of("async def f():\n    try:\n        g()\n    exc$0ept:\n        pass\n"), "");
    assert_eq!(
        card_of(
            "async def f():\n    def h():\n        try:\n            g()\n        exc$0ept:\n            pass\n"
        ),
        ""
    );
    // It leaves the loop.
    let turn = |body: &str| {
        lines(
            &format!(
                "async def f(g):\n    while True:\n        try:\n            await g()\n        exc$0ept:\n            {body}\n"
            ),
            &["next turn"],
        )
    };
    assert!(!turn("pass").is_empty());
    assert_eq!(turn("break"), "");
    assert_eq!(turn("return"), "");
    assert_eq!(turn("raise"), "");
}

#[test]
fn cancelling_does_not_arrive_at_a_yield() {
    let card = |line: &str| {
        card_at(&format!(
            "async def f():\n    try:\n        {line}\n    except BaseExcep$0tion:\n        raise\n"
        ))
    };
    assert_eq!(card("await g()"), "cancelled");
    assert_ne!(card("yield 1"), "cancelled");
}
