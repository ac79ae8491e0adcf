use expect_test::{Expect, expect};

use crate::cards::testing::{card_at, check_hover, snapshot_of};

/// Checks what a card says of its own code, without the sections that are the same on all of them.
#[track_caller]
fn check_answer(source: &str, expect: Expect) {
    let card = snapshot_of(source);
    let (own, _) = card.split_once("\n**Say in the interview**").expect("the card has the section");
    expect.assert_eq(own);
}

#[test]
fn what_is_left_to_the_collector() {
    check_hover(
        "data = op$0en(p).read()\n",
        expect![[r#"
            data = open(p).read()
                   ▔▔▔▔

            `open(p)` is closed only when the file object is collected: nothing is left to
            close it after `read()`.

            **Here**

            - `with open(p) as f:` closes it on every way.

            **Say in the interview**

            CPython closes a file when the last reference goes, with a `ResourceWarning`
            that is off by default; other implementations do so at some time later, and what
            was written may not be on disk yet.

            **Watch for**

            - Opened without `with` (`open-without-with`)

            [open](https://docs.python.org/3/library/functions.html#open) · [Reading and writing files](https://docs.python.org/3/tutorial/inputoutput.html#reading-and-writing-files)
        "#]],
    );
    check_answer(
        "def f():\n    log = op$0en(p, \"w\")\n    log.write(x)\n",
        expect![[r#"
                log = open(p, "w")
                      ▔▔▔▔

            `log` is never closed here: that happens when the file object is collected.

            **Here**

            - `with open(p, "w") as log:` closes it on every way.
        "#]],
    );
}

#[test]
fn a_close_that_may_be_skipped() {
    check_answer(
        "def f():\n    f = op$0en(p)\n    data = f.read()\n    g(data)\n    f.close()\n    return data\n",
        expect![[r#"
                f = open(p)
                    ▔▔▔▔

            `f` stays open if there is an exception or a `return` on lines 3, 4: `close()`
            on line 5 is then skipped.

            **Here**

            - `with open(p) as f:` closes it on every way.
        "#]],
    );
    check_answer(
        "f = op$0en(p)\ndata = f.read()\nf.close()\n",
        expect![[r#"
            f = open(p)
                ▔▔▔▔

            `f` stays open if there is an exception or a `return` on line 2: `close()` on
            line 3 is then skipped.

            **Here**

            - `with open(p) as f:` closes it on every way.
        "#]],
    );
    check_answer(
        "def f():\n    f = op$0en(p)\n    if x:\n        f.close()\n",
        expect![[r#"
                f = open(p)
                    ▔▔▔▔

            `f` is closed on some ways only: `close()` on line 4 stands in a branch.

            **Here**

            - `with open(p) as f:` closes it on every way.
        "#]],
    );
}

#[test]
fn a_close_that_is_not_skipped() {
    check_answer(
        "def f():\n    f = op$0en(p)\n    try:\n        for line in f:\n            print(line)\n    finally:\n        f.close()\n",
        expect![[r#"
                f = open(p)
                    ▔▔▔▔

            `f` is closed by the `finally` on line 6, on every way.

            **Here**

            - `with open(p) as f:` closes it on every way.
        "#]],
    );
}

#[test]
fn silent_where_another_closes() {
    for source in [
        "with op$0en(p) as f: pass\n",
        "def f():\n    return op$0en(p)\n",
        "def f():\n    g(op$0en(p))\n",
        "def f():\n    f = op$0en(p)\n    return f\n",
        "def f():\n    f = op$0en(p)\n    with f: pass\n",
        "def f():\n    f = op$0en(p)\n    g(f)\n",
        "def f():\n    f = op$0en(p)\n    self.f = f\n",
        "def f():\n    f = op$0en(p)\n    return lambda: f.close()\n",
        "def f():\n    f = op$0en(p)\n    f = other\n",
        "def f():\n    global f\n    f = op$0en(p)\n",
        "f = op$0en(p)\ndef g():\n    f.close()\n",
        "self.f = op$0en(p)\n",
        "def f():\n    f = op$0en(p)\n    f.close()\n",
        "def f():\n    f = op$0en(p)\n    end = f.close\n",
        "def f(open):\n    op$0en(p).read()\n",
        "from m import *\nop$0en(p).read()\n",
        "import os\nos.op$0en(p).read()\n",
        "def f():\n    f = op$0en(p)\n    if x:\n        f.close()\n    else:\n        f.close()\n",
        "x = [op$0en(p) for p in ps]\n",
        "def f():\n    f = op$0en(p)\n    with lock:\n        f.close()\n",
        "def f():\n    f = op$0en(p)\n    try:\n        f.close()\n    except E:\n        pass\n",
    ] {
        assert_ne!(card_at(source), "open-call", "{source}");
    }
}
