use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn between_threads() {
    check_hover(
        "\
import queue

jobs = queue.Que$0ue(maxsize=10)

def produce():
    jobs.put(1)
    jobs.join()

def consume():
    while True:
        job = jobs.get()

async def wrong():
    job = jobs.get()
",
        expect![[r#"
            jobs = queue.Queue(maxsize=10)
                   ▔▔▔▔▔▔▔▔▔▔▔

            `queue.Queue` hands items from thread to thread; `get()` blocks its thread while
            the queue is empty.

            - Blocks the event loop on line 14: this queue is for threads, `asyncio.Queue`
              for tasks.
            - `join()` on line 7 does not return once an item was put: nothing calls
              `task_done()`.

            **Here**

            - Items go into `jobs` on line 6.
            - Items are taken out of `jobs` on lines 11, 14.
            - It takes `10` items; then `put()` waits, which slows the producers down.

            **Say in the interview**

            A queue shares by handing over, so nothing else needs a lock. Consumers end on a
            sentinel, one for each, or on `shutdown()` (3.13).

            **Version**

            - 3.13: `shutdown()` of `queue.Queue` and `asyncio.Queue`.

            For Python `3.9`, as no file says which ·
            [queue](https://docs.python.org/3/library/queue.html) · [asyncio queues](https://docs.python.org/3/library/asyncio-queue.html) · [multiprocessing: pipes and queues](https://docs.python.org/3/library/multiprocessing.html#pipes-and-queues)
        "#]],
    );
}

#[test]
fn between_tasks() {
    check_hover(
        "\
import asyncio

class Crawler:
    def __init__(self):
        self.todo = asyncio.Que$0ue()

    async def work(self):
        url = await self.todo.get()
        self.todo.put(url)
        self.todo.task_done()

    async def run(self):
        await self.todo.join()
",
        expect![[r#"
                    self.todo = asyncio.Queue()
                                ▔▔▔▔▔▔▔▔▔▔▔▔▔

            `asyncio.Queue` hands items from task to task of one event loop; it is not for
            threads, and `get()` must be awaited.

            - Nothing runs on line 9: the call makes a coroutine that must be awaited.

            **Here**

            - Items go into `self.todo` on line 9.
            - Items are taken out of `self.todo` on line 8.
            - `join()` on line 13 waits until `task_done()`, on line 10, was called once for
              each item.
            - It takes any number of items: a producer that is faster fills the memory.

            **Say in the interview**

            A queue shares by handing over, so nothing else needs a lock. Consumers end on a
            sentinel, one for each, or on `shutdown()` (3.13).

            **Version**

            - 3.13: `shutdown()` of `queue.Queue` and `asyncio.Queue`.

            For Python `3.9`, as no file says which ·
            [queue](https://docs.python.org/3/library/queue.html) · [asyncio queues](https://docs.python.org/3/library/asyncio-queue.html) · [multiprocessing: pipes and queues](https://docs.python.org/3/library/multiprocessing.html#pipes-and-queues)
        "#]],
    );
}

#[test]
fn between_processes() {
    check_hover(
        "\
from multiprocessing import Queue

results = Que$0ue()
",
        expect![[r#"
            results = Queue()
                      ▔▔▔▔▔

            `Queue` hands pickled copies from process to process; `get()` blocks while the
            queue is empty.

            **Here**

            - It takes any number of items: a producer that is faster fills the memory.

            **Say in the interview**

            A queue shares by handing over, so nothing else needs a lock. Consumers end on a
            sentinel, one for each, or on `shutdown()` (3.13).

            **Watch for**

            - Take all items out before `join()` on a process that has put some, or both may
              wait for ever.

            **Version**

            - 3.13: `shutdown()` of `queue.Queue` and `asyncio.Queue`.

            For Python `3.9`, as no file says which ·
            [queue](https://docs.python.org/3/library/queue.html) · [asyncio queues](https://docs.python.org/3/library/asyncio-queue.html) · [multiprocessing: pipes and queues](https://docs.python.org/3/library/multiprocessing.html#pipes-and-queues)
        "#]],
    );
}

#[test]
fn silent() {
    assert_eq!(card_at("from m import *\nq = Que$0ue()\n"), "");
    assert_eq!(card_at("import queue\nq = queue.Que$0ue(*a)\n"), "");
    assert_eq!(card_at("class Queue: ...\nq = Que$0ue()\n"), "");
    let part = |rest: &str, word: &str| {
        lines(&format!("import queue\nq = queue.Que$0ue()\n{rest}"), &[word])
    };
    assert!(!part("q.join()\n", "does not return").is_empty());
    // Another part of the program may call it.
    assert_eq!(part("start(q)\nq.join()\n", "does not return"), "");
    assert_eq!(part("q.task_done()\nq.join()\n", "does not return"), "");
    assert_eq!(part("def f(q):\n    q.join()\n", "does not return"), "");
    // It does not wait.
    assert_eq!(part("async def f():\n    q.get(block=False)\n", "Blocks the event loop"), "");
    assert_eq!(part("async def f():\n    q.put(1)\n", "Blocks the event loop"), "");
    assert_eq!(part("def f():\n    q.get()\n", "Blocks the event loop"), "");
    assert_eq!(part("async def f():\n    g(lambda: q.get())\n", "Blocks the event loop"), "");
}
