use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn several_threads() {
    check_hover(
        "\
import threading

hits = 0

def work():
    global hits
    hits += $01

threads = [threading.Thread(target=work) for _ in range(4)]
",
        expect![[r#"
                hits += 1
                ▔▔▔▔▔▔▔▔▔

            `hits += 1` is not one step: it reads `hits`, computes, and writes it back.
            Several threads run `work` with no lock around it, so updates can be lost.

            **Here**

            - Threads that run `work` are made on line 9.

            **Say in the interview**

            The GIL keeps the interpreter intact, not a statement of mine in one piece. Hold
            one lock for every access to the variable, as in `with lock:`, or hand values
            over in a queue. Processes need a `Value` with its `get_lock()`, or send results
            back.

            **Watch for**

            - The loss may never show in a test: with a GIL, CPython since 3.10 switches
              threads only at calls and at the ends of loop turns. Free-threaded builds have
              no such luck.

            [Which operations are thread\-safe?](https://docs.python.org/3/faq/library.html#what-kinds-of-global-value-mutation-are-thread-safe) · [threading.Lock](https://docs.python.org/3/library/threading.html#lock-objects)
        "#]],
    );
}

#[test]
fn one_thread_and_a_method() {
    check_hover(
        "\
from threading import Thread

class Counter:
    def start(self):
        Thread(target=self.run).start()

    def run(self):
        self.n += $01
",
        expect![[r#"
                    self.n += 1
                    ▔▔▔▔▔▔▔▔▔▔▔

            `self.n += 1` is not one step: it reads `self.n`, computes, and writes it back.
            A thread runs `run`: if another one changes `self.n` in between, an update is
            lost.

            **Here**

            - Threads that run `run` are made on line 5.

            **Say in the interview**

            The GIL keeps the interpreter intact, not a statement of mine in one piece. Hold
            one lock for every access to the variable, as in `with lock:`, or hand values
            over in a queue. Processes need a `Value` with its `get_lock()`, or send results
            back.

            **Watch for**

            - The loss may never show in a test: with a GIL, CPython since 3.10 switches
              threads only at calls and at the ends of loop turns. Free-threaded builds have
              no such luck.

            [Which operations are thread\-safe?](https://docs.python.org/3/faq/library.html#what-kinds-of-global-value-mutation-are-thread-safe) · [threading.Lock](https://docs.python.org/3/library/threading.html#lock-objects)
        "#]],
    );
}

#[test]
fn processes() {
    check_hover(
        "\
from multiprocessing import Process

hits = 0

def work():
    global hits
    hits += $01

def main():
    Process(target=work).start()
",
        expect![[r#"
                hits += 1
                ▔▔▔▔▔▔▔▔▔

            `hits += 1` changes a copy: processes run `work`, and each has a `hits` of its
            own. The parent's stays as it is.

            **Here**

            - Processes that run `work` are made on line 10.

            **Say in the interview**

            The GIL keeps the interpreter intact, not a statement of mine in one piece. Hold
            one lock for every access to the variable, as in `with lock:`, or hand values
            over in a queue. Processes need a `Value` with its `get_lock()`, or send results
            back.

            [Which operations are thread\-safe?](https://docs.python.org/3/faq/library.html#what-kinds-of-global-value-mutation-are-thread-safe) · [threading.Lock](https://docs.python.org/3/library/threading.html#lock-objects)
        "#]],
    );
}

/// The card for `n += 1` in a function `f` of this body, with this code behind it.
fn card(body: &str, rest: &str) -> String {
    let source = format!(
        "from threading import Thread, Lock\nfrom concurrent.futures import ThreadPoolExecutor\n\
         lock = Lock()\nn = 0\ndef f():\n    global n\n{body}\n{rest}\n"
    );
    card_at(&source)
}

#[test]
fn silent() {
    let start = "Thread(target=f).start()";
    assert_eq!(card("    n += $01", start), "shared-update");
    // A lock may be held.
    assert_eq!(card("    with lock:\n        n += $01", start), "");
    assert_eq!(card("    lock.acquire()\n    n += $01\n    lock.release()", start), "");
    // Nothing runs it elsewhere, or something else is run.
    assert_eq!(card("    n += $01", ""), "");
    assert_eq!(card("    n += $01", "f()"), "");
    assert_eq!(card("    n += $01", "Thread(target=f())"), "");
    assert_eq!(card("    n += $01", "Thread(target=g, args=(f,))"), "");
    assert_eq!(card("    n += $01", "f = g\nThread(target=f)"), "");
    assert_eq!(card("    n += $01", "ThreadPoolExecutor(1).map(f, x)"), "");
    assert_eq!(card("    n += $01", "ThreadPoolExecutor(max_workers=1).map(f, x)"), "");
    // A variable of the function itself.
    assert_eq!(card("    m = 0\n    m += $01", start), "");
    assert_eq!(card("    x.n += $01", start), "");
    assert_eq!(card("    def g():\n        m = 0\n        m += $01", start), "");
}

#[test]
fn whether_they_overlap() {
    let overlap = |start: &str| {
        let source = format!(
            "from threading import Thread\nn = 0\ndef f():\n    global n\n    n += $01\n{start}\n"
        );
        !lines(&source, &["Several threads"]).is_empty()
    };
    assert!(overlap("for _ in range(3):\n    Thread(target=f).start()"));
    assert!(overlap("Thread(target=f).start()\nThread(target=f).start()"));
    assert!(!overlap("Thread(target=f).start()"));
    assert!(!overlap("for _ in x:\n    t = Thread(target=f)\n    t.start()\n    t.join()"));
}
