use expect_test::expect;

use crate::cards::testing::check_hover;

const TOUR: &str = include_str!("../../../../../content/python-interview-5/decorators/tour.py");

const TOTAL: &str = "\
def total(first, *rest, scale=1, **options):
    return first, rest, scale, options

total(1, 2, 3)
total(1, 2, scale=2, unit='m')
total(first=1)
total(*numbers, unit='cm')
total()
total(1, first=2)
total(1, **more)
";

const LOG: &str = "\
import functools

def log(func):
    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper

@log
def area(w, h=1):
    return w * h

area(2, h=3)
area(4)
";

#[test]
fn calls_of_a_function() {
    check_hover(
        &TOTAL.replacen("*rest", "*re$0st", 1),
        expect![[r#"
        def total(first, *rest, scale=1, **options):
                         ▔▔▔▔▔

        `rest` is a tuple of the positional arguments that `total` has no other
        parameter for.

        - `total(1, 2, 3)` on line 4: `rest` is `(2, 3)`
        - `total(1, 2, scale=2, unit='m')` on line 5: `rest` is `(2,)`
        - `total(first=1)` on line 6: `rest` is `()`

        **Here**

        - Filled first, by position: `first`.
        - Only by keyword, since they stand behind the star: `scale`.

        **Say in the interview**

        In a parameter list stars collect, in a call they spread. The names `args` and
        `kwargs` mean nothing to Python; the stars do.

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
    "#]],
    );
    check_hover(
        &TOTAL.replacen("**options", "**op$0tions", 1),
        expect![[r#"
        def total(first, *rest, scale=1, **options):
                                         ▔▔▔▔▔▔▔▔▔

        `options` is a dictionary of the keyword arguments that `total` has no other
        parameter for.

        - `total(1, 2, 3)` on line 4: `options` is `{}`
        - `total(1, 2, scale=2, unit='m')` on line 5: `options` is `{'unit': 'm'}`
        - `total(first=1)` on line 6: `options` is `{}`

        **Here**

        - Taken out of it, as parameters with these names: `first`, `scale`.

        **Say in the interview**

        In a parameter list stars collect, in a call they spread. The names `args` and
        `kwargs` mean nothing to Python; the stars do.

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
    "#]],
    );
}

#[test]
fn calls_that_reach_a_wrapper() {
    check_hover(
        &TOUR.replace("def wrapper(*args", "def wrapper(*ar$0gs"),
        expect![[r#"
                def wrapper(*args, **kwargs):
                            ▔▔▔▔▔

        `args` is a tuple of the positional arguments that `wrapper` has no other
        parameter for.

        - `api_call(f"/data/{i}")` on line 29: `args` is `(f"/data/{i}",)`

        **Here**

        - These names are bound to `wrapper`, so calls of them arrive here: `api_call`.

        **Say in the interview**

        In a parameter list stars collect, in a call they spread. The names `args` and
        `kwargs` mean nothing to Python; the stars do.

        **Watch for**

        - Wrapper that does not pass its arguments on (`decorator-args-not-forwarded`)

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
    "#]],
    );
    check_hover(
        &LOG.replace("(*args, **kwargs):", "(*args, **kw$0args):"),
        expect![[r#"
            def wrapper(*args, **kwargs):
                               ▔▔▔▔▔▔▔▔

        `kwargs` is a dictionary of the keyword arguments that `wrapper` has no other
        parameter for.

        - `area(2, h=3)` on line 13: `kwargs` is `{'h': 3}`
        - `area(4)` on line 14: `kwargs` is `{}`

        **Here**

        - These names are bound to `wrapper`, so calls of them arrive here: `area`.

        **Say in the interview**

        In a parameter list stars collect, in a call they spread. The names `args` and
        `kwargs` mean nothing to Python; the stars do.

        **Watch for**

        - Wrapper that does not pass its arguments on (`decorator-args-not-forwarded`)

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
    "#]],
    );
}

#[test]
fn a_wrapper_below_another_decorator_is_not_called_by_that_name() {
    check_hover(
        &LOG.replace("(*args, **kwargs):", "(*ar$0gs, **kwargs):").replace("@log", "@other\n@log"),
        expect![[r#"
                def wrapper(*args, **kwargs):
                            ▔▔▔▔▔

            `args` is a tuple of the positional arguments that `wrapper` has no other
            parameter for.

            **Say in the interview**

            In a parameter list stars collect, in a call they spread. The names `args` and
            `kwargs` mean nothing to Python; the stars do.

            **Watch for**

            - Wrapper that does not pass its arguments on (`decorator-args-not-forwarded`)

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
        "#]],
    );
}

#[test]
fn a_method_a_lambda_and_an_annotated_parameter() {
    check_hover(
        "\
class C:
\x20   def m(self, *args$0): ...
C().m(1)
",
        expect![[r#"
                def m(self, *args): ...
                            ▔▔▔▔▔

            `args` is a tuple of the positional arguments that `m` has no other parameter
            for.

            **Here**

            - Filled first, by position: `self`.
            - There is no parameter with two stars: any other keyword argument raises
              `TypeError`.

            **Say in the interview**

            In a parameter list stars collect, in a call they spread. The names `args` and
            `kwargs` mean nothing to Python; the stars do.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
        "#]],
    );
    check_hover(
        "\
f = lambda *a$0: a
f(1)
",
        expect![[r#"
            f = lambda *a: a
                       ▔▔

            `a` is a tuple of the positional arguments that `lambda` has no other parameter
            for.

            **Here**

            - There is no parameter with two stars: any other keyword argument raises
              `TypeError`.

            **Say in the interview**

            In a parameter list stars collect, in a call they spread. The names `args` and
            `kwargs` mean nothing to Python; the stars do.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
        "#]],
    );
    check_hover(
        "\
def f(x, /, **options$0: int): ...
f(1, x=2)
",
        expect![[r#"
            def f(x, /, **options: int): ...
                        ▔▔▔▔▔▔▔▔▔

            `options` is a dictionary of the keyword arguments that `f` has no other
            parameter for.

            - `f(1, x=2)` on line 2: `options` is `{'x': 2}`

            **Here**

            - There is no parameter with one star: surplus positional arguments raise
              `TypeError`.

            **Say in the interview**

            In a parameter list stars collect, in a call they spread. The names `args` and
            `kwargs` mean nothing to Python; the stars do.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
        "#]],
    );
}

#[test]
fn a_name_with_two_meanings_has_no_calls() {
    check_hover(
        "\
def f(*args$0): ...
f(1)
if x:
\x20   def f(a): ...
",
        expect![[r#"
            def f(*args): ...
                  ▔▔▔▔▔

            `args` is a tuple of the positional arguments that `f` has no other parameter
            for.

            **Here**

            - There is no parameter with two stars: any other keyword argument raises
              `TypeError`.

            **Say in the interview**

            In a parameter list stars collect, in a call they spread. The names `args` and
            `kwargs` mean nothing to Python; the stars do.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
        "#]],
    );
    check_hover(
        "\
from m import *
def f(*args$0): ...
f(1)
",
        expect![[r#"
            def f(*args): ...
                  ▔▔▔▔▔

            `args` is a tuple of the positional arguments that `f` has no other parameter
            for.

            **Here**

            - There is no parameter with two stars: any other keyword argument raises
              `TypeError`.

            **Say in the interview**

            In a parameter list stars collect, in a call they spread. The names `args` and
            `kwargs` mean nothing to Python; the stars do.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [Calls](https://docs.python.org/3/reference/expressions.html#calls)
        "#]],
    );
}

#[test]
fn what_is_no_parameter_has_no_card() {
    for source in [
        "a, *re$0st = x\n",
        "def f(*, ke$0y): ...\n",
        "def f(*ar$0gs: ...\n",
        "match x:\n    case [a, *re$0st]: ...\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
}
