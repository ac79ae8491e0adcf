use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn the_with_that_does_the_same() {
    check_hover(
        "def f():\n    f = open(p)\n    x = 1\n    t$0ry:\n        for line in f:\n            print(line)\n    finally:\n        f.close()\n",
        expect![[r#"
                try:
                ▔▔▔

            However the block ends, `f.close()` on line 8 runs. `with open(p) as f:` does
            the same: `f` is `open(p)`, whose `__exit__` makes that call.

            **Here**

            - It takes the place of the statement on line 2 too.
            - Nothing closes `f` after an exception on line 3, before the `try`.

            **Say in the interview**

            A `with` is this `try`/`finally`, written once in the class instead of at each
            use.

            [PEP 343](https://peps.python.org/pep-0343/) · [contextlib.closing](https://docs.python.org/3/library/contextlib.html#contextlib.closing)
        "#]],
    );
    check_hover(
        "import threading\nlock = threading.Lock()\ndef f():\n    lock.acquire()\n    try:\n        g()\n    finall$0y:\n        lock.release()\n",
        expect![[r#"
                finally:
                ▔▔▔▔▔▔▔

            However the block ends, `lock.release()` on line 8 runs. `with lock:` does the
            same: `lock` is `threading.Lock()`, whose `__exit__` makes that call.

            **Here**

            - It takes the place of the statement on line 4 too.

            **Say in the interview**

            A `with` is this `try`/`finally`, written once in the class instead of at each
            use.

            [PEP 343](https://peps.python.org/pep-0343/) · [contextlib.closing](https://docs.python.org/3/library/contextlib.html#contextlib.closing)
        "#]],
    );
    check_hover(
        "def f(conn):\n    try:\n        g()\n    finall$0y:\n        conn.close()\n",
        expect![[r#"
                finally:
                ▔▔▔▔▔▔▔

            However the block ends, `conn.close()` on line 5 runs.
            `with contextlib.closing(conn):` does the same, whatever `conn` is.

            **Say in the interview**

            A `with` is this `try`/`finally`, written once in the class instead of at each
            use.

            [PEP 343](https://peps.python.org/pep-0343/) · [contextlib.closing](https://docs.python.org/3/library/contextlib.html#contextlib.closing)
        "#]],
    );
}

#[test]
fn silent_where_a_with_does_something_else() {
    for source in [
        "def f(c):\n    t$0ry:\n        g()\n    except E:\n        pass\n    finally:\n        c.close()\n",
        "def f(c):\n    t$0ry:\n        g()\n    finally:\n        c.close()\n        done()\n",
        "def f(c):\n    t$0ry:\n        c = g()\n    finally:\n        c.close()\n",
        "def f(c):\n    t$0ry:\n        with g() as c: pass\n    finally:\n        c.close()\n",
        "def f(c):\n    t$0ry:\n        g()\n    finally:\n        c.close(1)\n",
        "def f(c):\n    t$0ry:\n        g()\n    finally:\n        c().close()\n",
        "def f(c):\n    t$0ry:\n        g()\n    finally:\n        c.release()\n",
        "import threading\nlock = threading.Lock()\nif lock.acquire(False):\n    t$0ry:\n        g()\n    finally:\n        lock.release()\n",
        "async def f(c):\n    t$0ry:\n        g()\n    finally:\n        await c.close()\n",
        "def f(c):\n    t$0ry:\n        g()\n    finally:\n        if c:\n            c.close()\n",
        "def f(c):\n    t$0ry:\n        g()\n    finally:\n        close(c)\n",
        "def f(self):\n    t$0ry:\n        g(self)\n    finally:\n        self.c.close()\n",
        "def f(c):\n    c = c or g()\n    t$0ry:\n        g()\n    finally:\n        c.close()\n",
        "c = h()\ndef g():\n    global c\n    c = h()\nt$0ry:\n    g()\nfinally:\n    c.close()\n",
        "def f(c):\n    def g():\n        nonlocal c\n        c = h()\n    t$0ry:\n        g()\n    finally:\n        c.close()\n",
    ] {
        assert_ne!(card_at(source), "try-finally", "{source}");
    }
}
