use expect_test::expect;

use super::super::testing::{lines, lines_with};
use crate::Settings;
use crate::cards::testing::{card_at, check_hover};
use crate::version::PythonVersion;

#[test]
fn started_and_joined() {
    check_hover(
        "\
import threading

count = 0

def work(n, m):
    global count
    for _ in range(n):
        count += 1

def main():
    t = threading.Thr$0ead(target=work, args=(1, 2), daemon=True)
    t.start()
    t.join()
",
        expect![[r#"
                t = threading.Thread(target=work, args=(1, 2), daemon=True)
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Once started, a thread of its own makes the call `work(1, 2)`; it sees the same
            objects as the others.

            - `work` only computes. Python `3.9` has a GIL in every build: threads that
              compute take turns, so more of them do not make it faster.
            - `count += 1` on line 8 reads, changes and writes with no lock around: two
              threads that do so can lose an update.

            **Here**

            - `work` is defined on line 5.
            - `t` is started on line 12.
            - `t` is waited for on line 13.
            - `daemon=True`: the program ends without waiting for it, wherever it is.

            **Say in the interview**

            Threads overlap waiting. With the GIL they do not overlap computing in Python,
            and with or without it shared data needs a lock.

            **Watch for**

            - `work`: Threads for arithmetic (`threads-for-cpu-bound`)
            - An exception ends the thread, is printed, and does not reach `join()`.

            **Version**

            - 3.13: free-threaded build, experimental.
            - 3.14: free-threaded build supported, still optional.

            For Python `3.9`, as no file says which ·
            [threading](https://docs.python.org/3/library/threading.html) · [Glossary: global interpreter lock](https://docs.python.org/3/glossary.html#term-global-interpreter-lock) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn called_too_early() {
    check_hover(
        "\
from threading import Thread

def work():
    return 1

Thr$0ead(target=work()).start()
",
        expect![[r#"
            Thread(target=work()).start()
            ▔▔▔▔▔▔

            `work()` is a call: it runs here, before there is a thread, and its result
            becomes the target. Write the function without parentheses and pass `args=`.

            **Say in the interview**

            Threads overlap waiting. With the GIL they do not overlap computing in Python,
            and with or without it shared data needs a lock.

            **Watch for**

            - An exception ends the thread, is printed, and does not reach `join()`.

            **Version**

            - 3.13: free-threaded build, experimental.
            - 3.14: free-threaded build supported, still optional.

            For Python `3.9`, as no file says which ·
            [threading](https://docs.python.org/3/library/threading.html) · [Glossary: global interpreter lock](https://docs.python.org/3/glossary.html#term-global-interpreter-lock) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn a_coroutine_function() {
    check_hover(
        "\
from threading import Thread

async def work(): ...

Thr$0ead(target=work).start()
",
        expect![[r#"
            Thread(target=work).start()
            ▔▔▔▔▔▔

            `work` is an `async def`: the thread makes a coroutine and runs nothing of it.

            **Say in the interview**

            Threads overlap waiting. With the GIL they do not overlap computing in Python,
            and with or without it shared data needs a lock.

            **Watch for**

            - An exception ends the thread, is printed, and does not reach `join()`.

            **Version**

            - 3.13: free-threaded build, experimental.
            - 3.14: free-threaded build supported, still optional.

            For Python `3.9`, as no file says which ·
            [threading](https://docs.python.org/3/library/threading.html) · [Glossary: global interpreter lock](https://docs.python.org/3/glossary.html#term-global-interpreter-lock) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn no_tuple_and_no_start() {
    check_hover(
        "\
from threading import Thread

def main(work):
    t = Thr$0ead(target=work, args=(\"x\"))
    t.join()
",
        expect![[r#"
                t = Thread(target=work, args=("x"))
                    ▔▔▔▔▔▔

            Once started, a thread of its own makes the call `work(…)`; it sees the same
            objects as the others.

            - `("x")` after `args=` is no tuple; one argument needs a comma behind it.
            - `t` is never started here.

            **Here**

            - `t` is waited for on line 5.

            **Say in the interview**

            Threads overlap waiting. With the GIL they do not overlap computing in Python,
            and with or without it shared data needs a lock.

            **Watch for**

            - An exception ends the thread, is printed, and does not reach `join()`.

            **Version**

            - 3.13: free-threaded build, experimental.
            - 3.14: free-threaded build supported, still optional.

            For Python `3.9`, as no file says which ·
            [threading](https://docs.python.org/3/library/threading.html) · [Glossary: global interpreter lock](https://docs.python.org/3/glossary.html#term-global-interpreter-lock) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn the_gil_depends_on_the_version() {
    let source =
        "from threading import Thread\ndef f():\n    while True: ...\nThr$0ead(target=f).start()\n";
    let gil = |minor| {
        let settings = Settings { target: PythonVersion::py3(minor), ..Settings::default() };
        lines_with(&settings, source, &["only computes"])
    };
    assert!(gil(9).contains("Python `3.9` has a GIL in every build"));
    assert!(gil(13).contains("in `python3.13t` they run in parallel"));
}

#[test]
fn silent() {
    let card = |rest: &str| card_at(&format!("from threading import Thread\n{rest}"));
    assert_eq!(card("Thr$0ead().start()\n"), "");
    assert_eq!(card("Thr$0ead(**options)\n"), "");
    assert_eq!(card("def f(Thread):\n    Thr$0ead(target=g)\n"), "");
    assert_eq!(card_at("from m import Thread\nThr$0ead(target=g)\n"), "");
    let part = |rest: &str, word: &str| {
        lines(
            &format!(
                "from threading import Thread, Lock\nlock = Lock()\nn = 0\n{rest}\nThr$0ead(target=f)\n"
            ),
            &[word],
        )
    };
    let update = |body: &str| part(&format!("def f():\n    global n\n{body}"), "no lock");
    assert!(!update("    n += 1").is_empty());
    assert_eq!(update("    with lock:\n        n += 1"), "");
    assert_eq!(update("    lock.acquire()\n    n += 1"), "");
    assert_eq!(part("def f():\n    n = 0\n    n += 1", "no lock"), "");
    assert_eq!(part("def f(): print(1)\ndef f(): print(2)", "is defined on"), "");
    // A call may make the function that the thread runs.
    let called = |body: &str| {
        lines(
            &format!(
                "from threading import Thread\ndef make():\n    {body}\nThr$0ead(target=make()).start()\n"
            ),
            &["before there is a thread"],
        )
    };
    assert!(!called("print(1)").is_empty());
    assert_eq!(called("return lambda: 1"), "");
    assert_eq!(called("return other"), "");
    assert_eq!(called("yield 1"), "");
    let name = |rest: &str| {
        lines(
            &format!(
                "from threading import Thread\ndef f(g, ts):\n    t = Thr$0ead(target=g)\n    {rest}\n"
            ),
            &["never started"],
        )
    };
    assert!(!name("t.join()").is_empty());
    assert_eq!(name("ts.append(t)"), "");
    assert_eq!(name("return t"), "");
    assert_eq!(name("t.start()"), "");
}
