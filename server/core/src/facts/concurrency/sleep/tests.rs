use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_retry_loop_adds_up() {
    check_hover(
        "\
import asyncio

async def fetch(url):
    for attempt in range(4):
        if await get(url):
            return
        await asyncio.sl$0eep(0.5 * 2 ** attempt)
",
        expect![[r#"
                    await asyncio.sleep(0.5 * 2 ** attempt)
                          ▔▔▔▔▔▔▔▔▔▔▔▔▔

            The task waits `0.5 * 2 ** attempt` seconds or a little longer; other tasks of
            the event loop run meanwhile.

            **Here**

            - The loop on line 4 takes 4 turns at most: `7.5` seconds in all, without what
              else it waits for.

            **Say in the interview**

            `time.sleep` in a coroutine stops every task of the event loop; `asyncio.sleep`
            stops one. Instead of polling, await what signals the change: an `Event`, a
            `Queue`, a future.

            **Watch for**

            - `time.sleep` inside a coroutine (`blocking-sleep-in-async`)

            **Version**

            - 3.11: `asyncio.timeout`; before, `asyncio.wait_for`.

            For Python `3.9`, as no file says which ·
            [asyncio.sleep](https://docs.python.org/3/library/asyncio-task.html#asyncio.sleep)
        "#]],
    );
}

#[test]
fn zero_is_a_bare_switch() {
    check_hover(
        "import asyncio\nasync def f(jobs):\n    for job in jobs:\n        job()\n        await asyncio.sl$0eep(0)\n",
        expect![[r#"
                    await asyncio.sleep(0)
                          ▔▔▔▔▔▔▔▔▔▔▔▔▔

            It waits for nothing: every other task that is ready gets a turn, then this one
            goes on.

            **Say in the interview**

            `time.sleep` in a coroutine stops every task of the event loop; `asyncio.sleep`
            stops one. Instead of polling, await what signals the change: an `Event`, a
            `Queue`, a future.

            **Watch for**

            - `time.sleep` inside a coroutine (`blocking-sleep-in-async`)

            **Version**

            - 3.11: `asyncio.timeout`; before, `asyncio.wait_for`.

            For Python `3.9`, as no file says which ·
            [asyncio.sleep](https://docs.python.org/3/library/asyncio-task.html#asyncio.sleep)
        "#]],
    );
}

#[test]
fn a_poll_has_no_end_of_its_own() {
    let source = "from asyncio import sleep as nap\nasync def f(job):\n    while not job.done():\n        await n$0ap(1)\n";
    assert!(lines(source, &["line 3"]).contains("looks again"), "{}", lines(source, &["line"]));
    let source = "import asyncio\nasync def f():\n    asyncio.sl$0eep(1)\n";
    assert!(lines(source, &["`asyncio.sleep(1)`"]).contains("does not wait"));
}

#[test]
fn names_count_if_they_are_one_number() {
    let total = |head: &str, delay: &str| {
        lines(
            &format!(
                "import asyncio\n{head}\nasync def f():\n    for i in range(3):\n        await asyncio.sl$0eep({delay})\n"
            ),
            &["seconds in all"],
        )
    };
    assert!(total("DELAY = 0.25", "DELAY").contains("`0.75`"));
    assert!(total("DELAY = 1", "min(DELAY * (i + 1), 2)").contains("`5`"));
    assert_eq!(total("DELAY = 1\nDELAY = 2", "DELAY"), "");
    assert_eq!(total("", "DELAY"), "");
    assert_eq!(total("range = list", "1"), "");
}

#[test]
fn silent() {
    assert_eq!(card_at("import trio\nasync def f():\n    await trio.sl$0eep(1)\n"), "");
    assert_eq!(
        card_at("import asyncio\nasync def f(asyncio):\n    await asyncio.sl$0eep(1)\n"),
        ""
    );
    assert_eq!(card_at("from m import *\nasync def f():\n    await sl$0eep(1)\n"), "");
    assert_eq!(card_at("import asyncio\nasync def f(a):\n    await asyncio.sl$0eep(*a)\n"), "");
}
