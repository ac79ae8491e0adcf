use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn what_a_stack_holds() {
    check_hover(
        "from contextlib import ExitStack\ndef f(paths):\n    with ExitStack() as stack:\n        files = [stack.enter_context(open(p)) for p in paths]\n        stack.call$0back(print, \"end\", 1)\n        stack.push(lock)\n",
        expect![[r#"
                    stack.callback(print, "end", 1)
                          ▔▔▔▔▔▔▔▔

            `print("end", 1)` is called when `stack` is left; it never drops an exception.

            **Say in the interview**

            An `ExitStack` holds a number of context managers that is known only at run
            time, and leaves them in reverse. If one cannot be entered, those before it are
            left.

            [contextlib.ExitStack](https://docs.python.org/3/library/contextlib.html#contextlib.ExitStack)
        "#]],
    );
    check_hover(
        "from contextlib import ExitStack\nstack = ExitStack()\nstack.enter_c$0ontext(open(p))\nkept = stack.pop_all()\n",
        expect![[r#"
            stack.enter_context(open(p))
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔

            `open(p)` is entered now and left when `stack` is; the call returns what its
            `__enter__` returns.

            **Say in the interview**

            An `ExitStack` holds a number of context managers that is known only at run
            time, and leaves them in reverse. If one cannot be entered, those before it are
            left.

            [contextlib.ExitStack](https://docs.python.org/3/library/contextlib.html#contextlib.ExitStack)
        "#]],
    );
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "def f(stack):\n    stack.enter_c$0ontext(open(p))\n",
        "from contextlib import ExitStack\nstack = ExitStack()\nstack = other\nstack.enter_c$0ontext(x)\n",
        "from m import ExitStack\nstack = ExitStack()\nstack.enter_c$0ontext(x)\n",
        "from contextlib import ExitStack\nwith ExitStack() as stack:\n    stack.oth$0er(x)\n",
        "from contextlib import ExitStack\nwith ExitStack() as stack:\n    stack.call$0back(*x)\n",
        "from contextlib import ExitStack\nwith ExitStack() as stack:\n    stack.call$0back\n",
        "deque = []\ndeque.po$0p()\n",
    ] {
        assert_ne!(card_at(source), "exit-stack", "{source}");
    }
}
