use expect_test::expect;

use super::super::testing::{lines, lines_with};
use crate::Settings;
use crate::cards::testing::{card_at, check_hover};
use crate::version::PythonVersion;

#[test]
fn a_process_and_what_it_does_not_share() {
    check_hover(
        "\
from multiprocessing import Process

seen = []
total = 0

def work(x):
    global total
    total += x
    seen.append(x)

def main():
    p = Proc$0ess(target=work, args=(3,))
    p.start()
    p.join()

if __name__ == \"__main__\":
    main()
",
        expect![[r#"
                p = Process(target=work, args=(3,))
                    ▔▔▔▔▔▔▔

            Once started, a process of its own makes the call `work(3)`: with an
            interpreter, a GIL and objects of its own, in parallel to this one.

            - `total` is changed on line 8 in the child only: this process does not see it.
            - `seen` is changed on line 9 in the child only: this process does not see it.

            **Here**

            - `work` is defined on line 6; its result goes nowhere.
            - `p` is started on line 13.
            - `p` is waited for on line 14.
            - On Linux it is forked, a copy of this process, up to 3.13; from 3.14 on
              `forkserver` starts it anew. macOS and Windows use `spawn`.

            **Say in the interview**

            Processes compute in parallel on every build, since each has its own GIL. What
            they exchange is pickled, and module variables are not shared: use a queue, a
            pipe, a `Value`, or a pool that returns results.

            For Python `3.9`, as no file says which ·
            [multiprocessing: contexts and start methods](https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods) · [multiprocessing: programming guidelines](https://docs.python.org/3/library/multiprocessing.html#programming-guidelines)
        "#]],
    );
}

#[test]
fn without_guard() {
    check_hover(
        "\
import multiprocessing

multiprocessing.Proc$0ess(target=lambda: 1).start()
",
        expect![[r#"
            multiprocessing.Process(target=lambda: 1).start()
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Once started, a process of its own makes the call `(lambda: 1)()`: with an
            interpreter, a GIL and objects of its own, in parallel to this one.

            - `lambda: 1` cannot be pickled: `start()` fails with `spawn` and `forkserver`.
              Move the function to the module.
            - It stands in the module without `if __name__ == "__main__":`. With `spawn` and
              `forkserver` the child imports the module and comes here again; `start()` then
              raises `RuntimeError`.

            **Here**

            - On Linux it is forked, a copy of this process, up to 3.13; from 3.14 on
              `forkserver` starts it anew. macOS and Windows use `spawn`.

            **Say in the interview**

            Processes compute in parallel on every build, since each has its own GIL. What
            they exchange is pickled, and module variables are not shared: use a queue, a
            pipe, a `Value`, or a pool that returns results.

            **Watch for**

            - Processes started on import (`missing-main-guard`)

            For Python `3.9`, as no file says which ·
            [multiprocessing: contexts and start methods](https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods) · [multiprocessing: programming guidelines](https://docs.python.org/3/library/multiprocessing.html#programming-guidelines)
        "#]],
    );
}

#[test]
fn called_too_early() {
    check_hover(
        "\
from multiprocessing import Process

def work():
    return 1

if __name__ == \"__main__\":
    Proc$0ess(target=work()).start()
",
        expect![[r#"
                Process(target=work()).start()
                ▔▔▔▔▔▔▔

            `work()` is a call: it runs here, before there is a process, and its result
            becomes the target. Write the function without parentheses and pass `args=`.

            **Say in the interview**

            Processes compute in parallel on every build, since each has its own GIL. What
            they exchange is pickled, and module variables are not shared: use a queue, a
            pipe, a `Value`, or a pool that returns results.

            [multiprocessing: contexts and start methods](https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods) · [multiprocessing: programming guidelines](https://docs.python.org/3/library/multiprocessing.html#programming-guidelines)
        "#]],
    );
}

#[test]
fn the_start_method() {
    let method = |minor, set: &str| {
        let settings = Settings { target: PythonVersion::py3(minor), ..Settings::default() };
        let source = format!(
            "import multiprocessing as mp\n{set}\ndef f(g):\n    mp.Proc$0ess(target=g).start()\n"
        );
        lines_with(&settings, &source, &["On Linux", "the start method"])
    };
    assert!(method(13, "").contains("forked"));
    assert!(method(14, "").starts_with("- On Linux `forkserver`"));
    assert!(
        method(14, "mp.set_start_method('spawn')")
            .starts_with("- The file sets the start method `spawn`.")
    );
    assert!(!method(14, "mp.set_start_method(choice)").contains("Linux"));
}

#[test]
fn silent() {
    assert_eq!(card_at("from m import *\nProc$0ess(target=f)\n"), "");
    assert_eq!(card_at("from multiprocessing import Process\nProc$0ess(**o)\n"), "");
    assert_eq!(card_at("from multiprocessing import Process\nProc$0ess()\n"), "");
    assert_eq!(card_at("from psutil import Process\nProc$0ess(target=1)\n"), "");
    let part = |rest: &str, word: &str| {
        let source = format!(
            "from multiprocessing import Process, Manager\nseen = []\n{rest}\ndef m():\n    Proc$0ess(target=f).start()\n"
        );
        lines(&source, &[word])
    };
    assert!(!part("def f():\n    seen.append(1)", "in the child only").is_empty());
    // A variable of its own, or an object that may be shared.
    assert_eq!(part("def f():\n    seen = []\n    seen.append(1)", "in the child only"), "");
    assert_eq!(part("def f(seen):\n    seen.append(1)", "in the child only"), "");
    assert_eq!(part("xs = Manager().list()\ndef f():\n    xs.append(1)", "in the child only"), "");
    assert_eq!(part("def f():\n    total = 1", "in the child only"), "");
    assert_eq!(part("def f(): ...", "without `if __name__"), "");
    assert_eq!(part("def f(): ...", "cannot be pickled"), "");
}
