use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_context_variable() {
    check_hover(
        "\
from contextvars import ContextVar

request = ContextV$0ar(\"request\")

async def handle(r):
    token = request.set(r)
    try:
        log(request.get())
    finally:
        request.reset(token)
",
        expect![[r#"
            request = ContextVar("request")
                      ▔▔▔▔▔▔▔▔▔▔

            `request` has a value for each task: a task starts with a copy of its maker's
            values, and what it sets is not seen outside.

            - `get()` raises `LookupError` in a context where it was never set: there is no
              `default`.

            **Here**

            - Set on line 6.
            - Read on line 8.
            - The old value is put back on line 10.

            **Say in the interview**

            `threading.local` is per thread, a `ContextVar` per context: per task in
            `asyncio`, and per thread otherwise. Frameworks keep the current request in one.

            **Version**

            - 3.14: in the free-threaded build a new thread starts with a copy of its
              maker's value of `request`.

            For Python `3.9`, as no file says which ·
            [contextvars](https://docs.python.org/3/library/contextvars.html) · [threading: thread\-local data](https://docs.python.org/3/library/threading.html#thread-local-data)
        "#]],
    );
}

#[test]
fn with_a_default() {
    check_hover(
        "\
import contextvars

def f():
    user = contextvars.ContextV$0ar(\"user\", default=[])
    return user.get()
",
        expect![[r#"
                user = contextvars.ContextVar("user", default=[])
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `user` has a value for each task: a task starts with a copy of its maker's
            values, and what it sets is not seen outside.

            - It is made in a function: such variables are meant for the module, as contexts
              keep them alive.

            **Here**

            - Read on line 5.
            - Where it was never set, `get()` gives `[]`, the same object for all.

            **Say in the interview**

            `threading.local` is per thread, a `ContextVar` per context: per task in
            `asyncio`, and per thread otherwise. Frameworks keep the current request in one.

            **Version**

            - 3.14: in the free-threaded build a new thread starts with a copy of its
              maker's value of `user`.

            For Python `3.9`, as no file says which ·
            [contextvars](https://docs.python.org/3/library/contextvars.html) · [threading: thread\-local data](https://docs.python.org/3/library/threading.html#thread-local-data)
        "#]],
    );
}

#[test]
fn a_thread_local() {
    check_hover(
        "\
import threading

state = threading.lo$0cal()
state.depth = 0

def enter():
    state.depth += 1
",
        expect![[r#"
            state = threading.local()
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `state` has attributes for each thread: what one thread sets, another does not
            have. All tasks of an event loop share one thread, and so share it.

            - `depth`, set on lines 4, 7, is there in the thread that ran that line only; in
              others it is an `AttributeError`.

            **Say in the interview**

            `threading.local` is per thread, a `ContextVar` per context: per task in
            `asyncio`, and per thread otherwise. Frameworks keep the current request in one.

            [contextvars](https://docs.python.org/3/library/contextvars.html) · [threading: thread\-local data](https://docs.python.org/3/library/threading.html#thread-local-data)
        "#]],
    );
}

#[test]
fn silent() {
    assert_eq!(card_at("from m import *\nx = ContextV$0ar('x')\n"), "");
    assert_eq!(card_at("from contextvars import ContextVar\nContextV$0ar('x')\n"), "");
    assert_eq!(card_at("from contextvars import ContextVar\nx = ContextV$0ar('x')\nx = 1\n"), "");
    assert_eq!(card_at("from contextvars import ContextVar\nxs = [ContextV$0ar('x')]\n"), "");
    assert_eq!(card_at("import threading\nclass L(threading.lo$0cal): ...\n"), "");
    assert_eq!(card_at("threading = x\ns = threading.lo$0cal()\n"), "");
    let set = |rest: &str| {
        lines(
            &format!("import threading\ns = threading.local()\n{rest}")
                .replacen("local", "lo$0cal", 1),
            &["AttributeError"],
        )
    };
    assert_eq!(set("print(s.x)\n"), "");
    assert_eq!(set("def f(s):\n    s.x = 1\n"), "");
    assert_eq!(set("y = s.x.z = 1\n"), "");
}
