use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn the_wrapper_of_a_used_decorator() {
    check_hover(
        "\
import functools as ft

def log(func):
\x20   @ft.wr$0aps
\x20   def wrapper(*args):
\x20       return func(*args)
\x20   return wrapper

@log
def area(w):
\x20   return w
",
        expect![[r#"
                @ft.wraps
                ▔▔▔▔▔▔▔▔▔

            `ft.wraps` is not called here, so it takes `wrapper` for the function to copy
            *from*. What it returns is a `functools.partial` that still waits for a wrapper.

            **Here**

            - The name `wrapper` is bound to that partial: calling it does not run the body
              of `wrapper`.
            - Calls of `area` reach the partial. One argument that can take attributes, such
              as a function, comes back relabelled; other calls raise `TypeError` or
              `AttributeError`.
            - Meant: `@ft.wraps(func)`.

            **Say in the interview**

            `wraps` makes a decorator: it takes the function to copy from, and what it
            returns takes the wrapper. That is why it is written with a call.

            [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [functools.partial](https://docs.python.org/3/library/functools.html#functools.partial)
        "#]],
    );
}

#[test]
fn a_function_that_is_no_wrapper_and_other_decorators() {
    check_hover(
        "\
from functools import wraps

@other
@wraps$0
def f():
\x20   return 1
",
        expect![[r#"
            @wraps
            ▔▔▔▔▔▔

            `wraps` is not called here, so it takes `f` for the function to copy *from*.
            What it returns is a `functools.partial` that still waits for a wrapper.

            **Say in the interview**

            `wraps` makes a decorator: it takes the function to copy from, and what it
            returns takes the wrapper. That is why it is written with a call.

            [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [functools.partial](https://docs.python.org/3/library/functools.html#functools.partial)
        "#]],
    );
}

#[test]
fn what_is_not_functools_wraps_has_another_card() {
    for source in [
        "def wraps(f): ...\n@wra$0ps\ndef f(): ...\n",
        "from m import *\n@wra$0ps\ndef f(): ...\n",
        "from functools import wraps\nwraps = 1\n@wra$0ps\ndef f(): ...\n",
        "from functools import wraps\n@wra$0ps(f)\ndef f(): ...\n",
        "from functools import wraps\n@wra$0ps\nclass C: ...\n",
    ] {
        let hover = snapshot(builtin(), &Settings::default(), source);
        assert!(!hover.contains("functools.partial"), "{hover}");
    }
}
