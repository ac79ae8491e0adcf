use expect_test::expect;

use crate::cards::testing::check_hover;

const TOUR: &str = include_str!("../../../../../content/python-interview-5/decorators/tour.py");

#[test]
fn the_parameter_of_a_decorator() {
    check_hover(
        &TOUR.replace("return func(", "return fu$0nc("),
        expect![[r#"
                        return func(*args, **kwargs)
                               ▔▔▔▔

            `func` in `wrapper` is a closure variable: a parameter of `decorator`, bound on
            line 4.

            **Here**

            - As the parameter of `decorator` it holds what is decorated: `api_call`.
            - Bound in one place, before `wrapper` is made: all calls of that `wrapper` find
              the same object.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn a_variable_that_the_closure_rebinds() {
    check_hover(
        &TOUR.replace("if call_count", "if call$0_count"),
        expect![[r#"
                        if call_count >= max_calls_per_second:
                           ▔▔▔▔▔▔▔▔▔▔

            `call_count` in `wrapper` is a closure variable: a local variable of
            `decorator`, bound on line 6.

            **Here**

            - Rebound by `wrapper` on lines 12, 16, for every function that shares the
              variable.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn a_variable_bound_once() {
    check_hover(
        "\
def outer():
\x20   import math
\x20   def area(r):
\x20       return ma$0th.pi * r ** 2
\x20   return area
",
        expect![[r#"
                    return math.pi * r ** 2
                           ▔▔▔▔

            `math` in `area` is a closure variable: an imported name of `outer`, bound on
            line 2.

            **Here**

            - Bound in one place, before `area` is made: all calls of that `area` find the
              same object.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn a_loop_variable() {
    check_hover(
        "\
def outer():
\x20   for i in range(3):
\x20       def f():
\x20           return lambda: i$0
\x20       yield f
",
        expect![[r#"
                        return lambda: i
                                       ▔

            `i` in `lambda` is a closure variable: a loop variable of `outer`, bound on
            line 2.

            **Here**

            - The loop on line 2 rebinds it on every turn. Kept for later, `f` does not keep
              the value of its turn: it sees the value at the time of its call.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            **Watch for**

            - Function in a loop that sees the last value only (`loop-closure`)

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
    check_hover(
        "\
def outer():
\x20   while True:
\x20       item = fetch()
\x20       keep(lambda: it$0em)
",
        expect![[r#"
                    keep(lambda: item)
                                 ▔▔▔▔

            `item` in `lambda` is a closure variable: a local variable of `outer`, bound on
            line 3.

            **Here**

            - The loop on line 2 rebinds it on every turn. Kept for later, `lambda` does not
              keep the value of its turn: it sees the value at the time of its call.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            **Watch for**

            - Function in a loop that sees the last value only (`loop-closure`)

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn the_variable_of_a_comprehension() {
    check_hover(
        "\
fs = [lambda: i$0 for i in range(3)]
",
        expect![[r#"
            fs = [lambda: i for i in range(3)]
                          ▔

            `i` in `lambda` is a closure variable: a loop variable of the comprehension on
            line 1.

            **Here**

            - The loop on line 1 rebinds it on every turn. Kept for later, `lambda` does not
              keep the value of its turn: it sees the value at the time of its call.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            **Watch for**

            - Function in a loop that sees the last value only (`loop-closure`)

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn a_function_that_calls_itself_and_one_bound_in_branches() {
    check_hover(
        "\
def outer():
\x20   def walk(node):
\x20       for child in node:
\x20           wa$0lk(child)
\x20   return walk
",
        expect![[r#"
                        walk(child)
                        ▔▔▔▔

            `walk` in `walk` is a closure variable: a nested function of `outer`, bound on
            line 2.

            **Here**

            - Bound in one place, before `walk` is made: all calls of that `walk` find the
              same object.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
    check_hover(
        "\
def outer(fast):
\x20   if fast:
\x20       step = 2
\x20   else:
\x20       step = 1
\x20   def f(x):
\x20       return x + st$0ep
\x20   return f
",
        expect![[r#"
                    return x + step
                               ▔▔▔▔

            `step` in `f` is a closure variable: a local variable of `outer`, bound on lines
            3, 5.

            **Say in the interview**

            A closure keeps the variable, not its value. The value is looked up when the
            inner function runs, so it is the latest one.

            [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding) · [Programming FAQ: lambdas in a loop](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}
