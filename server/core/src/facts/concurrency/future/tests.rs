use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn the_exception_comes_up_at_result() {
    check_hover(
        "\
from concurrent.futures import ThreadPoolExecutor

def load(urls):
    with ThreadPoolExecutor() as pool:
        first = pool.submit(fetch, urls[0])
        return first.res$0ult(timeout=5)
",
        expect![[r#"
                    return first.result(timeout=5)
                           ▔▔▔▔▔▔▔▔▔▔▔▔

            `first` gives here what its function returned, or raises here what it raised. It
            was made by `pool.submit(fetch, urls[0])` on line 5; the thread blocks until
            that is done.

            **Here**

            - It waits `5` seconds at most; the function runs on even so.

            **Say in the interview**

            An exception in a worker stays in its future; if nobody asks for `result()`,
            nobody hears of it. `map` of an executor gives the results in the order of the
            arguments, `as_completed` in the order in which they are done.

            **Version**

            - 3.11: the `TimeoutError` of `concurrent.futures` is the builtin one.

            For Python `3.9`, as no file says which ·
            [Future objects](https://docs.python.org/3/library/concurrent.futures.html#future-objects) · [as\_completed](https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.as_completed) · [wait](https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.wait)
        "#]],
    );
}

#[test]
fn as_they_are_done() {
    check_hover(
        "\
import concurrent.futures as cf

def load(futures):
    for future in cf.as_comp$0leted(futures):
        print(future.result())
",
        expect![[r#"
                for future in cf.as_completed(futures):
                              ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Hands out the futures of `futures` one by one, in the order in which they are
            done.

            **Say in the interview**

            An exception in a worker stays in its future; if nobody asks for `result()`,
            nobody hears of it. `map` of an executor gives the results in the order of the
            arguments, `as_completed` in the order in which they are done.

            **Version**

            - 3.11: the `TimeoutError` of `concurrent.futures` is the builtin one.

            For Python `3.9`, as no file says which ·
            [Future objects](https://docs.python.org/3/library/concurrent.futures.html#future-objects) · [as\_completed](https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.as_completed) · [wait](https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.wait)
        "#]],
    );
}

#[test]
fn wait_raises_nothing() {
    check_hover(
        "\
from concurrent.futures import FIRST_EXCEPTION, wait

def load(futures):
    done, open_ones = wa$0it(futures, return_when=FIRST_EXCEPTION)
",
        expect![[r#"
                done, open_ones = wait(futures, return_when=FIRST_EXCEPTION)
                                  ▔▔▔▔

            Waits for the futures of `futures` and returns two sets, `done` and `not_done`;
            it raises none of their exceptions.

            **Here**

            - It comes back on `FIRST_EXCEPTION`.

            **Say in the interview**

            An exception in a worker stays in its future; if nobody asks for `result()`,
            nobody hears of it. `map` of an executor gives the results in the order of the
            arguments, `as_completed` in the order in which they are done.

            **Version**

            - 3.11: the `TimeoutError` of `concurrent.futures` is the builtin one.

            For Python `3.9`, as no file says which ·
            [Future objects](https://docs.python.org/3/library/concurrent.futures.html#future-objects) · [as\_completed](https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.as_completed) · [wait](https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.wait)
        "#]],
    );
}

#[test]
fn what_is_done_does_not_block() {
    let source = "from concurrent.futures import as_completed\nasync def f(fs):\n    for one in as_completed(fs):\n        one.res$0ult()\n";
    let card = snapshot_of(source);
    assert!(card.contains("is done") && !card.contains("event loop"), "{card}");
    let source = "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\nfor x in xs:\n    pool.submit(f, x).res$0ult()\n";
    assert!(snapshot_of(source).contains("nothing else"), "{}", snapshot_of(source));
}

#[test]
fn silent() {
    for source in [
        "def f(future):\n    future.res$0ult()\n",
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor()\nf = pool.submit(g)\nf = other\nf.res$0ult()\n",
        "import asyncio\nasync def f(fs):\n    for one in asyncio.as_completed(fs):\n        one.res$0ult()\n",
        "from m import *\nwa$0it(fs)\n",
        "import asyncio\nasync def f(fs):\n    await asyncio.wa$0it(fs)\n",
        "from concurrent.futures import wait\ndef f(wait):\n    wa$0it(fs)\n",
    ] {
        assert_ne!(card_at(source), "future", "{source}");
    }
}
