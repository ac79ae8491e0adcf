use expect_test::expect;

use super::super::testing::{lines, lines_with};
use crate::Settings;
use crate::cards::testing::{card_at, check_hover};
use crate::version::PythonVersion;

#[test]
fn threads() {
    check_hover(
        "\
from concurrent.futures import ThreadPoolExecutor
import time

def load(url):
    time.sleep(1)

def count(n):
    return sum(i for i in range(n))

with ThreadPoolExe$0cutor(max_workers=8) as pool:
    pages = list(pool.map(load, \"abc\"))
    number = pool.submit(count, 10)
",
        expect![[r#"
            with ThreadPoolExecutor(max_workers=8) as pool:
                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A pool of at most `8` threads: they share all objects, and overlap while they
            wait.

            - `count` only computes. Python `3.9` has a GIL in every build: threads take
              turns with it. Processes run in parallel.

            **Here**

            - `load` (line 4) goes to `map` on line 11.
            - `count` (line 7) goes to `submit` on line 12.
            - `map` on line 11 gives results in the order of the arguments; an exception is
              raised when its result is reached.

            **Say in the interview**

            Threads for waiting, processes for computing; `concurrent.futures` makes it a
            matter of one word. Sending costs: pickle few, large pieces.

            **Watch for**

            - `count`: Threads for arithmetic (`threads-for-cpu-bound`)
            - A future nobody asks for its `result()` hides its exception.

            For Python `3.9`, as no file says which ·
            [concurrent.futures](https://docs.python.org/3/library/concurrent.futures.html) · [multiprocessing](https://docs.python.org/3/library/multiprocessing.html) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn processes() {
    check_hover(
        "\
from concurrent.futures import ProcessPoolExecutor

def main():
    def inner(x):
        return x

    with ProcessPoolExe$0cutor() as pool:
        pool.submit(lambda: 1)
        pool.map(inner, [1])

main()
",
        expect![[r#"
                with ProcessPoolExecutor() as pool:
                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A pool of processes, one for each processor: they compute in parallel, and get
            pickled copies.

            - `lambda: 1` on line 8 cannot be pickled, so no process can get it: move the
              function to the module.
            - `inner` on line 9 cannot be pickled, so no process can get it: move the
              function to the module.

            **Here**

            - `inner` (line 4) goes to `map` on line 9.
            - `map` on line 9 gives results in the order of the arguments; an exception is
              raised when its result is reached.

            **Say in the interview**

            Threads for waiting, processes for computing; `concurrent.futures` makes it a
            matter of one word. Sending costs: pickle few, large pieces.

            **Watch for**

            - A future nobody asks for its `result()` hides its exception.

            [concurrent.futures](https://docs.python.org/3/library/concurrent.futures.html) · [multiprocessing](https://docs.python.org/3/library/multiprocessing.html) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn a_pool_without_guard() {
    check_hover(
        "\
import multiprocessing

def work(x):
    return x

pool = multiprocessing.Po$0ol(4)
pool.apply_async(work, (1,))
pool.map(work(2), [1])
",
        expect![[r#"
            pool = multiprocessing.Pool(4)
                   ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A pool of `4` processes: they compute in parallel, and get pickled copies.

            - It stands in the module without `if __name__ == "__main__":`, so a child that
              imports the module comes here again.

            **Here**

            - `work` (line 3) goes to `apply_async` on line 7.

            **Say in the interview**

            Threads for waiting, processes for computing; `concurrent.futures` makes it a
            matter of one word. Sending costs: pickle few, large pieces.

            **Watch for**

            - Processes started on import (`missing-main-guard`)
            - A future nobody asks for its `result()` hides its exception.

            [concurrent.futures](https://docs.python.org/3/library/concurrent.futures.html) · [multiprocessing](https://docs.python.org/3/library/multiprocessing.html) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn interpreters() {
    check_hover(
        "\
from concurrent.futures import InterpreterPoolExecutor

pool = InterpreterPoolExe$0cutor()
",
        expect![[r#"
            pool = InterpreterPoolExecutor()
                   ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A pool of threads that each have an interpreter and a GIL of their own: they
            compute in parallel, and get copies.

            - Not on Python `3.9`: this pool is new in 3.14.

            **Say in the interview**

            Threads for waiting, processes for computing; `concurrent.futures` makes it a
            matter of one word. Sending costs: pickle few, large pieces.

            **Watch for**

            - A future nobody asks for its `result()` hides its exception.

            For Python `3.9`, as no file says which ·
            [concurrent.futures](https://docs.python.org/3/library/concurrent.futures.html) · [multiprocessing](https://docs.python.org/3/library/multiprocessing.html) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn in_a_coroutine() {
    check_hover(
        "\
from concurrent.futures import ThreadPoolExecutor

async def main(f):
    with ThreadPoolExe$0cutor() as pool:
        pool.submit(f)
",
        expect![[r#"
                with ThreadPoolExecutor() as pool:
                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            A pool of threads, at most 32 by default: they share all objects, and overlap
            while they wait.

            **Here**

            - The end of the `with` block waits for all of them, and blocks `main`, an
              `async def`.

            **Say in the interview**

            Threads for waiting, processes for computing; `concurrent.futures` makes it a
            matter of one word. Sending costs: pickle few, large pieces.

            **Watch for**

            - A future nobody asks for its `result()` hides its exception.

            [concurrent.futures](https://docs.python.org/3/library/concurrent.futures.html) · [multiprocessing](https://docs.python.org/3/library/multiprocessing.html) · [Free\-threading HOWTO](https://docs.python.org/3/howto/free-threading-python.html)
        "#]],
    );
}

#[test]
fn the_gil_depends_on_the_version() {
    let source = "from concurrent.futures import ThreadPoolExecutor\ndef f():\n    while True: ...\n\
                  pool = ThreadPoolExe$0cutor()\npool.submit(f)\n";
    let gil = |minor| {
        let settings = Settings { target: PythonVersion::py3(minor), ..Settings::default() };
        lines_with(&settings, source, &["only computes"])
    };
    assert!(gil(9).contains("Python `3.9` has a GIL in every build"));
    assert!(gil(14).contains("in `python3.14t` they run in parallel"));
}

#[test]
fn silent() {
    let card = |call: &str| card_at(&format!("from concurrent.futures import *\npool = {call}\n"));
    assert_eq!(card("ThreadPoolExe$0cutor()"), "");
    assert_eq!(card_at("def f(ThreadPoolExecutor):\n    ThreadPoolExe$0cutor()\n"), "");
    assert_eq!(
        card_at("from concurrent.futures import ThreadPoolExecutor\nThreadPoolExe$0cutor(**o)\n"),
        ""
    );
    let part = |rest: &str, word: &str| {
        let source = format!(
            "from concurrent.futures import ProcessPoolExecutor\nif __name__ == '__main__':\n    \
             pool = ProcessPoolExe$0cutor()\n{rest}"
        );
        lines(&source, &[word])
    };
    assert_eq!(part("", "without `if __name__"), "");
    // A function of the module can be pickled; of others nothing is known.
    assert_eq!(part("def f(): ...\npool.submit(f)\n", "cannot be pickled"), "");
    assert_eq!(part("pool.submit(f)\n", "cannot be pickled"), "");
    assert_eq!(part("pool = 1\npool.submit(lambda: 1)\n", "cannot be pickled"), "");
    assert_eq!(part("pool.other(lambda: 1)\n", "cannot be pickled"), "");
    assert_eq!(part("pool.submit(print)\n", "goes to"), "");
}
