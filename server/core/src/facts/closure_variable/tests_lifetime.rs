use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn a_variable_that_is_rebound_later() {
    check_hover(
        "\
def outer():
\x20   rate = 1
\x20   def price(x):
\x20       return x * ra$0te
\x20   rate = 2
\x20   return price
",
        expect![[r#"
                    return x * rate
                               ▔▔▔▔

            `rate` in `price` is a closure variable: a local variable of `outer`, bound on
            lines 2, 5.

            **Here**

            - Rebound on line 5, below `price`: a call after that finds the new value.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn a_variable_that_is_bound_later() {
    check_hover(
        "\
def outer():
\x20   def price(x):
\x20       return x * ra$0te
\x20   if price:
\x20       rate = 2
\x20   return price
",
        expect![[r#"
                    return x * rate
                               ▔▔▔▔

            `rate` in `price` is a closure variable: a local variable of `outer`, bound on
            line 5.

            **Here**

            - Bound only on line 5, below `price`. Looked up before that, it raises
              `NameError`.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn a_variable_bound_below_that_another_function_may_bind_first() {
    check_hover(
        "\
def outer():
\x20   def start():
\x20       nonlocal rate
\x20       rate = 1
\x20   def price(x):
\x20       return x * ra$0te
\x20   rate = 2
\x20   return start, price
",
        expect![[r#"
                    return x * rate
                               ▔▔▔▔

            `rate` in `price` is a closure variable: a local variable of `outer`, bound on
            line 7.

            **Here**

            - Rebound by `start` on line 4, for every function that shares the variable.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn an_exception_and_a_deleted_name_do_not_last() {
    check_hover(
        "\
def outer():
\x20   try:
\x20       work()
\x20   except ValueError as error:
\x20       return lambda: err$0or
",
        expect![[r#"
                    return lambda: error
                                   ▔▔▔▔▔

            `error` in `lambda` is a closure variable: a local variable of `outer`, bound on
            line 4.

            **Here**

            - Deleted where its `except` clause ends. Looked up after that, it raises
              `NameError`.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
    check_hover(
        "\
def outer():
\x20   x = 1
\x20   f = lambda: x$0
\x20   del x
\x20   return f
",
        expect![[r#"
                f = lambda: x
                            ▔

            `x` in `lambda` is a closure variable: a local variable of `outer`, bound on
            line 2.

            **Here**

            - Deleted on line 4. Looked up after that, it raises `NameError`.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn a_deletion_that_may_not_last_is_left_out() {
    for body in [
        "x = 1\n    f = lambda: x$0\n    del x\n    x = 2\n",
        "x = 1\n    f = lambda: x$0\n    if y:\n        del x\n",
        "while y:\n        x = 1\n        f = lambda: x$0\n        del x\n",
        "x = 1\n    def g():\n        nonlocal x\n        x = 2\n    f = lambda: x$0\n    del x\n",
    ] {
        let hover = snapshot(builtin(), &Settings::default(), &format!("def f():\n    {body}"));
        assert!(hover.contains("`x` in `lambda` is a closure variable"), "{hover}");
        assert!(!hover.contains("Deleted") && !hover.contains("one place"), "{hover}");
    }
}
