use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_call_with_an_asynchronous_counterpart() {
    check_hover(
        "import time\n\nasync def poll():\n    while True:\n        time.sl$0eep(0.5)\n",
        expect![[r#"
                    time.sleep(0.5)
                    ▔▔▔▔▔▔▔▔▔▔

            `time.sleep(0.5)` blocks the event loop: until it returns, no other task runs,
            no timer, no connection.

            - Let the loop go on: `await asyncio.sleep(0.5)`

            **Here**

            - `poll` is an `async def`: it runs in the thread of the event loop.
            - The loop on line 4 blocks again in every turn.

            **Say in the interview**

            An event loop is one thread. A call that waits without `await` makes every task
            wait; put it into a thread, or use an asynchronous library.

            **Watch for**

            - Blocking call inside a coroutine (`blocking-io-in-async`)
            - `time.sleep` inside a coroutine (`blocking-sleep-in-async`)
            - `asyncio.run(main(), debug=True)` reports callbacks that take longer than 100
              ms.

            [Running blocking code](https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code) · [asyncio.to\_thread](https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread)
        "#]],
    );
}

#[test]
fn a_call_for_a_thread() {
    check_hover(
        "import requests as r\n\nasync def fetch(url):\n    return r.g$0et(url, timeout=5)\n",
        expect![[r#"
                return r.get(url, timeout=5)
                       ▔▔▔▔▔

            `r.get(url, timeout=5)` blocks the event loop: until it returns, no other task
            runs, no timer, no connection.

            - Let the loop go on: `await asyncio.to_thread(r.get, url, timeout=5)`
            - `aiohttp` and `httpx` make HTTP requests that are awaited.

            **Here**

            - `fetch` is an `async def`: it runs in the thread of the event loop.

            **Say in the interview**

            An event loop is one thread. A call that waits without `await` makes every task
            wait; put it into a thread, or use an asynchronous library.

            **Watch for**

            - Blocking call inside a coroutine (`blocking-io-in-async`)
            - `asyncio.run(main(), debug=True)` reports callbacks that take longer than 100
              ms.

            [Running blocking code](https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code) · [asyncio.to\_thread](https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread)
        "#]],
    );
}

#[test]
fn a_file() {
    check_hover(
        "async def read(path):\n    with op$0en(path) as file:\n        return file.read()\n",
        expect![[r#"
                with open(path) as file:
                     ▔▔▔▔

            `open(path)` blocks the event loop: until it returns, no other task runs, no
            timer, no connection.

            - `asyncio` has no asynchronous files. Do the whole work on the file in a
              function, and await that with `asyncio.to_thread`.

            **Here**

            - `read` is an `async def`: it runs in the thread of the event loop.

            **Say in the interview**

            An event loop is one thread. A call that waits without `await` makes every task
            wait; put it into a thread, or use an asynchronous library.

            **Watch for**

            - Blocking call inside a coroutine (`blocking-io-in-async`)
            - `asyncio.run(main(), debug=True)` reports callbacks that take longer than 100
              ms.

            [Running blocking code](https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code) · [asyncio.to\_thread](https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread)
        "#]],
    );
}

#[test]
fn a_helper_that_blocks() {
    check_hover(
        "\
import time

def work(x):
    time.sleep(x)

async def main():
    wo$0rk(3)
",
        expect![[r#"
                work(3)
                ▔▔▔▔

            `work` (line 3) is a plain function that blocks the event loop: it calls
            `time.sleep(x)` on line 4, and until that returns no other task runs.

            - Let the loop go on: `await asyncio.to_thread(work, 3)`

            **Here**

            - `main` is an `async def`: it runs in the thread of the event loop.

            **Say in the interview**

            An event loop is one thread. A call that waits without `await` makes every task
            wait; put it into a thread, or use an asynchronous library.

            **Watch for**

            - Blocking call inside a coroutine (`blocking-io-in-async`)
            - `asyncio.run(main(), debug=True)` reports callbacks that take longer than 100
              ms.

            [Running blocking code](https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code) · [asyncio.to\_thread](https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread)
        "#]],
    );
}

#[test]
fn methods_of_known_objects() {
    let blocks = |source: &str| lines(source, &["blocks the event loop"]);
    let queue = |call: &str| {
        blocks(&format!("import queue\nq = queue.Queue()\nasync def f():\n    {call}\n"))
    };
    assert!(queue("q.g$0et()").starts_with("`q.get()` blocks"));
    assert!(queue("q.g$0et(timeout=1)").starts_with("`q.get(timeout=1)` blocks"));
    assert_eq!(queue("q.g$0et(False)"), "");
    assert_eq!(queue("q.g$0et(block=False)"), "");
    assert_eq!(queue("q.g$0et(*a)"), "");
    assert_eq!(queue("q.get_no$0wait()"), "");
}

#[test]
fn silent() {
    let time = |rest: &str| card_at(&format!("import time\n{rest}"));
    // Not in a coroutine, or not run by it.
    assert_eq!(time("def f():\n    time.sl$0eep(1)\n"), "");
    assert_eq!(time("time.sl$0eep(1)\n"), "");
    assert_eq!(time("async def f():\n    def g():\n        time.sl$0eep(1)\n"), "");
    assert_eq!(time("async def f():\n    run(lambda: time.sl$0eep(1))\n"), "");
    assert_eq!(time("async def f():\n    return (time.sl$0eep(x) for x in y)\n"), "");
    assert_eq!(time("async def f(x=time.sl$0eep(1)): ...\n"), "");
    // Not called.
    assert_eq!(time("async def f():\n    await to_thread(time.sl$0eep, 1)\n"), "");
    // Something else of that name.
    assert_eq!(card_at("async def f(time):\n    time.sl$0eep(1)\n"), "");
    assert_eq!(card_at("def open(x): ...\nasync def f():\n    op$0en(1)\n"), "");
    assert_eq!(card_at("from m import *\nasync def f():\n    op$0en(1)\n"), "");
    // A helper that does not block itself.
    assert_eq!(time("def g(): return time.sleep\nasync def f():\n    g$0()\n"), "");
    assert_eq!(time("@d\ndef g(): time.sleep(1)\nasync def f():\n    g$0()\n"), "");
    assert_eq!(time("def g():\n    yield time.sleep(1)\nasync def f():\n    g$0()\n"), "");
    assert_eq!(time("async def g(): time.sleep(1)\nasync def f():\n    g$0()\n"), "");
}
