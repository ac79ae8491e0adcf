use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn taken_by_a_function_that_threads_run() {
    check_hover(
        "\
import threading

def numbers():
    n = 0
    while True:
        yield n
        n += 1

ids = numbers()

def work():
    print(next(id$0s))

threads = [threading.Thread(target=work) for _ in range(4)]
",
        expect![[r#"
                print(next(ids))
                           ▔▔▔

            Threads that run `work` take from one and the same generator `ids`, made on line
            9: if one asks while it runs for another, that raises
            `ValueError: generator already executing`.

            **Here**

            - The threads are made on line 14.

            **Say in the interview**

            The GIL does not help: a generator that is paused inside its body by a switch of
            threads still runs. Hold one lock around every `next`, or let one thread read
            and put the items into a `Queue`.

            **Version**

            - 3.15: `threading.serialize_iterator` puts such a lock around an iterator.

            For Python `3.9`, as no file says which ·
            [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods) · [What's New in 3.15: threading](https://docs.python.org/3.15/whatsnew/3.15.html)
        "#]],
    );
}

#[test]
fn handed_to_threads() {
    check_hover(
        "\
from concurrent.futures import ThreadPoolExecutor

def load(paths, work):
    jobs = (open(path) for path in paths)
    with ThreadPoolExecutor() as pool:
        for _ in range(4):
            pool.submit(work, jo$0bs)
",
        expect![[r#"
                        pool.submit(work, jobs)
                                          ▔▔▔▔

            The threads that are started here get one and the same generator `jobs`, made on
            line 4: if one asks while it runs for another, that raises
            `ValueError: generator already executing`.

            **Say in the interview**

            The GIL does not help: a generator that is paused inside its body by a switch of
            threads still runs. Hold one lock around every `next`, or let one thread read
            and put the items into a `Queue`.

            **Version**

            - 3.15: `threading.serialize_iterator` puts such a lock around an iterator.

            For Python `3.9`, as no file says which ·
            [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods) · [What's New in 3.15: threading](https://docs.python.org/3.15/whatsnew/3.15.html)
        "#]],
    );
}

#[test]
fn silent() {
    let head =
        "import threading\ndef numbers():\n    yield 1\nids = numbers()\nlock = threading.Lock()\n";
    for rest in [
        "def work():\n    next(id$0s)\nthreading.Thread(target=work).start()\n",
        "def work():\n    with lock:\n        next(id$0s)\nt = [threading.Thread(target=work) for _ in x]\n",
        "def work():\n    ids = numbers()\n    next(id$0s)\nt = [threading.Thread(target=work) for _ in x]\n",
        "def work(ids):\n    next(id$0s)\nt = [threading.Thread(target=work) for _ in x]\n",
        "def work():\n    next(id$0s)\n",
        "for x in y:\n    own = numbers()\n    threading.Thread(target=work, args=(ow$0n,)).start()\n",
        "ids = other\ndef work():\n    next(id$0s)\nt = [threading.Thread(target=work) for _ in x]\n",
    ] {
        assert_ne!(card_at(&format!("{head}{rest}")), "shared-iterator", "{rest}");
    }
}
