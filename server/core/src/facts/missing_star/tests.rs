use expect_test::expect;

use crate::cards::testing::check_hover;

const LOG: &str = "\
import functools

def log(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        return func(args, kwargs)
    return wrapper

@log
def area(w, h=1):
    return w * h

area(2, h=3)
area(4)
";

#[test]
fn a_wrapper_that_passes_the_tuple_and_the_dictionary() {
    check_hover(
        &LOG.replace("func(args", "func(ar$0gs"),
        expect![[r#"
                return func(args, kwargs)
                            ▔▔▔▔

        `func` gets `args` as one argument: the whole tuple that `wrapper` collected.

        **Here**

        - To pass on what callers wrote: `func(*args, **kwargs)`.
        - `func` is the decorated function: `area`.

        **Say in the interview**

        In a parameter list stars collect, in a call they spread. A wrapper needs them
        in both places.

        **Watch for**

        - Wrapper that does not pass its arguments on (`decorator-args-not-forwarded`)

        [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
    "#]],
    );
    check_hover(
        &LOG.replace("kwargs)\n    return", "kwa$0rgs)\n    return"),
        expect![[r#"
                return func(args, kwargs)
                                  ▔▔▔▔▔▔

        `func` gets `kwargs` as one positional argument: the whole dictionary that
        `wrapper` collected.

        **Here**

        - To pass on what callers wrote: `func(*args, **kwargs)`.
        - `func` is the decorated function: `area`.

        **Say in the interview**

        In a parameter list stars collect, in a call they spread. A wrapper needs them
        in both places.

        **Watch for**

        - Wrapper that does not pass its arguments on (`decorator-args-not-forwarded`)

        [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
    "#]],
    );
}

#[test]
fn other_calls_may_want_the_tuple() {
    for source in [
        "def log(func):\n    def wrapper(*args):\n        print(ar$0gs)\n        return func(*args)\n    return wrapper\n",
        "def f(*args):\n    return g(ar$0gs)\n",
        "def log(func):\n    def wrapper(args):\n        return func(ar$0gs)\n    return wrapper\n",
        "def log(func):\n    def wrapper(*args):\n        return func(ar$0gs[0])\n    return wrapper\n",
        "def log(func):\n    def wrapper(*args):\n        args = list(args)\n        return func(ar$0gs)\n    return wrapper\n",
        "def log(func):\n    def wrapper(*args):\n        return func(x=ar$0gs)\n    return wrapper\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
}
