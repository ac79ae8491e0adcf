use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_limit_for_tasks() {
    check_hover(
        "\
import asyncio

limit = asyncio.Sema$0phore(5)

async def fetch(url):
    async with limit:
        return await get(url)

async def other(url):
    await limit.acquire()
    limit.release()
",
        expect![[r#"
            limit = asyncio.Semaphore(5)
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            At most `5` tasks hold it at a time; the next one waits until one lets go.

            - It limits how many are in progress, not how many start per second: `5` short
              calls after each other are soon done, and the next `5` follow.

            **Here**

            - `limit` is held in the `with` block on line 6.
            - `limit` is acquired without `with` on line 10, released on line 11: an
              exception or a cancellation in between loses a permit, unless a `finally`
              releases it.
            - A `release()` too many raises the limit; a `BoundedSemaphore` raises an error
              instead.

            **Say in the interview**

            A semaphore bounds concurrency; a rate needs a clock, as a token bucket or a
            window of start times has.

            [asyncio.Semaphore](https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore) · [threading.Semaphore](https://docs.python.org/3/library/threading.html#semaphore-objects)
        "#]],
    );
}

#[test]
fn one_for_each_call() {
    check_hover(
        "\
import asyncio

async def fetch(url):
    limit = asyncio.Sema$0phore(5)
    async with limit:
        return await get(url)
",
        expect![[r#"
                limit = asyncio.Semaphore(5)
                        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            At most `5` tasks hold it at a time; the next one waits until one lets go.

            - It limits how many are in progress, not how many start per second: `5` short
              calls after each other are soon done, and the next `5` follow.
            - Every call of `fetch` makes a new one, which limits only what that call does.

            **Here**

            - `limit` is held in the `with` block on line 5.

            **Say in the interview**

            A semaphore bounds concurrency; a rate needs a clock, as a token bucket or a
            window of start times has.

            [asyncio.Semaphore](https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore) · [threading.Semaphore](https://docs.python.org/3/library/threading.html#semaphore-objects)
        "#]],
    );
}

#[test]
fn for_threads() {
    check_hover(
        "\
import threading

gate = threading.BoundedSema$0phore()
",
        expect![[r#"
            gate = threading.BoundedSemaphore()
                   ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Without a number one may hold it at a time, as with a lock.

            **Say in the interview**

            A semaphore bounds concurrency; a rate needs a clock, as a token bucket or a
            window of start times has.

            [asyncio.Semaphore](https://docs.python.org/3/library/asyncio-sync.html#asyncio.Semaphore) · [threading.Semaphore](https://docs.python.org/3/library/threading.html#semaphore-objects)
        "#]],
    );
}

#[test]
fn at_zero_it_limits_nothing() {
    let source = "import threading\nidle = threading.Sema$0phore(0)\n";
    assert_eq!(lines(source, &["At most", "It limits"]), "");
    assert!(lines(source, &["starts at zero"]).contains("counts"));
}

#[test]
fn silent() {
    assert_eq!(card_at("from m import *\ns = Sema$0phore(5)\n"), "");
    assert_eq!(card_at("import asyncio\ns = asyncio.Sema$0phore(*a)\n"), "");
    assert_eq!(card_at("import trio\ns = trio.Sema$0phore(5)\n"), "");
    let own = |rest: &str| {
        lines(
            &format!("import asyncio\nasync def f(g):\n    s = asyncio.Sema$0phore(5)\n{rest}"),
            &["Every call of"],
        )
    };
    // It is shared with other functions.
    assert_eq!(own("    async def h():\n        async with s: ...\n"), "");
    assert_eq!(own("    await g(s)\n"), "");
    assert_eq!(own(""), "");
    let held = |rest: &str| {
        lines(&format!("import asyncio\ns = asyncio.Sema$0phore(5)\n{rest}"), &["is held"])
    };
    assert_eq!(held("s = 1\nasync def f():\n    async with s: ...\n"), "");
    assert_eq!(held("async def f(s):\n    async with s: ...\n"), "");
}
