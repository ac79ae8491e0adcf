use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_lock_that_is_taken_again_by_a_method() {
    check_hover(
        "\
import threading

class Account:
    def __init__(self):
        self._lock = threading.Lo$0ck()
        self.total = 0

    def add(self, amount):
        with self._lock:
            self.total += amount

    def move(self, amount):
        with self._lock:
            self.add(-amount)
",
        expect![[r#"
                    self._lock = threading.Lock()
                                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `threading.Lock` lets one thread at a time in; if the holder takes it again, it
            waits for itself, for ever.

            - `with` on line 13 holds it and calls `add` on line 14, which takes it on line
              9: when it gets there, it waits for ever.

            **Here**

            - `self._lock` is held in the `with` block on lines 9, 13.

            **Say in the interview**

            A lock protects data only if every access to the data takes it, also a reading
            one. Hold it briefly, and take several locks everywhere in the same order.

            **Watch for**

            - Lock held without `with` (`lock-without-with`)

            [Lock objects](https://docs.python.org/3/library/threading.html#lock-objects) · [Condition objects](https://docs.python.org/3/library/threading.html#condition-objects)
        "#]],
    );
}

#[test]
fn two_locks_in_both_orders() {
    check_hover(
        "\
from threading import Lock

a = Lo$0ck()
b = Lock()

def one():
    with a:
        with b:
            work()

def two():
    with b, a:
        work()
",
        expect![[r#"
            a = Lock()
                ▔▔▔▔

            `Lock` lets one thread at a time in; if the holder takes it again, it waits for
            itself, for ever.

            - `b` is taken under it on line 8, and it under `b` on line 12: two that run
              these at once can wait for each other for ever.

            **Here**

            - `a` is held in the `with` block on lines 7, 12.

            **Say in the interview**

            A lock protects data only if every access to the data takes it, also a reading
            one. Hold it briefly, and take several locks everywhere in the same order.

            **Watch for**

            - Lock held without `with` (`lock-without-with`)

            [Lock objects](https://docs.python.org/3/library/threading.html#lock-objects) · [Condition objects](https://docs.python.org/3/library/threading.html#condition-objects)
        "#]],
    );
}

#[test]
fn a_condition_that_waits_without_a_loop() {
    check_hover(
        "\
import threading

ready = threading.Con$0dition()

def consume():
    with ready:
        ready.wait()
",
        expect![[r#"
            ready = threading.Condition()
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `threading.Condition` joins a lock with `wait()`, which lets go of the lock,
            sleeps until a `notify()`, and takes the lock back.

            - `wait()` on line 7 stands in no `while`: when it returns, what it waited for
              may be gone again. Test it in a loop, or use `wait_for()`.

            **Here**

            - `ready` is held in the `with` block on line 6.

            **Say in the interview**

            A lock protects data only if every access to the data takes it, also a reading
            one. Hold it briefly, and take several locks everywhere in the same order.

            **Watch for**

            - Lock held without `with` (`lock-without-with`)

            [Lock objects](https://docs.python.org/3/library/threading.html#lock-objects) · [Condition objects](https://docs.python.org/3/library/threading.html#condition-objects)
        "#]],
    );
}

#[test]
fn for_tasks_and_processes() {
    let tasks = snapshot_of("import asyncio\nlock = asyncio.Lo$0ck()\n");
    assert!(tasks.contains("one task at a time"), "{tasks}");
    let processes = snapshot_of("import multiprocessing as mp\nlock = mp.RLo$0ck()\n");
    assert!(processes.contains("one process at a time"), "{processes}");
}

#[test]
fn on_with_it_waits_for_itself() {
    check_hover(
        "\
import threading
lock = threading.Lock()

def f():
    with lock:
        wi$0th lock:
            pass
",
        expect![[r#"
                    with lock:
                    ▔▔▔▔

            This waits for ever: `lock` is held since line 5, and a `Lock` cannot be taken
            twice, not even by its holder.

            **Say in the interview**

            An `RLock` counts how often its thread has taken it. Better is often a function
            that expects the lock to be held, called by those that take it.

            [Lock objects](https://docs.python.org/3/library/threading.html#lock-objects)
        "#]],
    );
}

#[test]
fn no_deadlock_is_made_up() {
    let waits = |rest: &str| {
        lines(
            &format!(
                "import threading\nlock = threading.Lo$0ck()\nother = threading.Lock()\n{rest}"
            ),
            &["that waits for ever", "when it gets there", "each other"],
        )
    };
    assert_eq!(
        waits("def f():\n    with lock:\n        def g():\n            with lock: ...\n"),
        ""
    );
    assert_eq!(waits("def f():\n    with lock: ...\n    with lock: ...\n"), "");
    assert_eq!(waits("def f(lock):\n    with lock:\n        with lock: ...\n"), "");
    assert_eq!(waits("def f():\n    with lock:\n        lock.acquire(timeout=1)\n"), "");
    assert_eq!(
        waits("def f():\n    with lock, other: ...\ndef g():\n    with lock, other: ...\n"),
        ""
    );
    let twice = "async def g():\n    with lock: ...\ndef f():\n    with lock:\n        g()\n";
    assert_eq!(waits(twice), "");
    // An RLock may be taken again by its thread.
    let source = "import threading\nlock = threading.RLo$0ck()\ndef f():\n    with lock:\n        with lock: ...\n";
    assert_eq!(lines(source, &["that waits for ever"]), "");
    let again = "import threading\nlock = threading.RLock()\ndef f():\n    with lock:\n        wi$0th lock: ...\n";
    assert_eq!(card_at(again), "with-item");
    // Two accounts have two locks.
    let source = "import threading\nclass A:\n    def __init__(self):\n        self.lock = threading.Lo$0ck()\n    def f(self, other):\n        with self.lock:\n            with other.lock: ...\n";
    assert_eq!(lines(source, &["that waits for ever"]), "");
}

#[test]
fn silent() {
    assert_eq!(card_at("from m import *\nlock = Lo$0ck()\n"), "");
    assert_eq!(card_at("import threading\ndef f(threading):\n    lock = threading.Lo$0ck()\n"), "");
    assert_eq!(card_at("from redis import Lock\nlock = Lo$0ck()\n"), "");
}

#[test]
fn a_lock_that_the_class_holds_for_its_own_with() {
    let source = "\
import threading

class Store:
    def __init__(self):
        self.lock = threading.RLo$0ck()

    def __enter__(self):
        self.lock.acquire()
        return self

    def __exit__(self, kind, value, traceback):
        self.lock.release()
";
    let said = "- `self.lock` is taken by `__enter__` on line 8 and released by `__exit__` on \
                line 12: `with` on an instance runs that also after an exception.";
    assert_eq!(lines(source, &["line 8", "line 12"]), said);
}

#[test]
fn a_lock_that_enter_takes_and_no_exit_releases() {
    let source = "\
import threading

class Store:
    def __init__(self):
        self.lock = threading.Lo$0ck()

    def __enter__(self):
        self.lock.acquire()

    def close(self):
        self.lock.release()
";
    let said = lines(source, &["without `with` on"]);
    assert!(said.contains("is acquired without `with` on line 8, released on line 11"), "{said}");
}
