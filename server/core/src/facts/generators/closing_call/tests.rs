use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn closed_where_the_block_ends() {
    check_hover(
        "\
from contextlib import closing

def rows(path):
    with open(path) as file:
        for line in file:
            yield line

def first(path):
    with clo$0sing(rows(path)) as lines:
        for line in lines:
            return line
",
        expect![[r#"
                with closing(rows(path)) as lines:
                     ▔▔▔▔▔▔▔

            `close()` of `rows(path)` is called when the block ends, on line 11 or before.

            - `rows` on line 3 is then finished at the `yield` where it is paused, instead
              of when the generator is collected.
            - What the statement on line 4 cleans up is cleaned up at the end of the block,
              too.

            **Here**

            - The way out on line 11 can leave the generator unfinished; this is what
              `closing` is for.

            **Say in the interview**

            `close()` raises `GeneratorExit` at the paused `yield`, so `finally` and `with`
            around it run. A generator that has not begun is just closed: none of its body
            runs.

            **Version**

            - 3.10: `contextlib.aclosing`.

            For Python `3.9`, as no file says which ·
            [contextlib.closing](https://docs.python.org/3/library/contextlib.html#contextlib.closing) · [contextlib.aclosing](https://docs.python.org/3/library/contextlib.html#contextlib.aclosing)
        "#]],
    );
}

#[test]
fn an_asynchronous_generator() {
    check_hover(
        "\
import contextlib

async def ticks():
    yield 1

async def main():
    async with contextlib.aclo$0sing(ticks()) as all_ticks:
        async for tick in all_ticks:
            print(tick)
",
        expect![[r#"
                async with contextlib.aclosing(ticks()) as all_ticks:
                           ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `aclose()` of `ticks()` is called when the block ends, on line 9 or before.

            - `ticks` on line 3 is then finished at the `yield` where it is paused, instead
              of when the generator is collected.

            **Say in the interview**

            `close()` raises `GeneratorExit` at the paused `yield`, so `finally` and `with`
            around it run. A generator that has not begun is just closed: none of its body
            runs.

            **Version**

            - 3.10: `contextlib.aclosing`.

            For Python `3.9`, as no file says which ·
            [contextlib.closing](https://docs.python.org/3/library/contextlib.html#contextlib.closing) · [contextlib.aclosing](https://docs.python.org/3/library/contextlib.html#contextlib.aclosing)
        "#]],
    );
}

#[test]
fn the_wrong_one_of_the_two() {
    let source = "import contextlib\nasync def g(): yield 1\nwith contextlib.clo$0sing(g()): ...\n";
    assert!(snapshot_of(source).contains("`AttributeError`"));
    let source = "import contextlib\ndef g(): yield 1\nasync def f():\n    async with contextlib.aclo$0sing(g()): ...\n";
    assert!(snapshot_of(source).contains("`AttributeError`"));
}

#[test]
fn silent() {
    for source in [
        "import contextlib\nwith contextlib.clo$0sing(connect()): ...\n",
        "import contextlib\ndef f(x):\n    with contextlib.clo$0sing(x): ...\n",
        "from m import *\ndef g(): yield 1\nwith clo$0sing(g()): ...\n",
        "import contextlib\ndef g(): yield 1\ng = wrap(g)\nwith contextlib.clo$0sing(g()): ...\n",
        "import contextlib\ndef closing(x): ...\ndef g(): yield 1\nwith clo$0sing(g()): ...\n",
    ] {
        assert_ne!(card_at(source), "closing-call", "{source}");
    }
}
