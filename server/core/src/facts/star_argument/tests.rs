use expect_test::expect;

use crate::cards::testing::check_hover;

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
fn what_a_wrapper_collected() {
    check_hover(
        &LOG.replace("func(*args", "func(*ar$0gs"),
        expect![[r#"
                return func(*args, **kwargs)
                             ▔▔▔▔

        `*args` hands the positional arguments that `wrapper` collected on to `func`,
        one by one.

        **Here**

        - `func` is the decorated function: `area`.
        - Without the star `func` gets one argument: the tuple that `wrapper` collected.

        **Say in the interview**

        In a call stars spread, in a parameter list they collect. A wrapper that takes
        `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

        [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
    "#]],
    );
    check_hover(
        &LOG.replace("func(*args, **kw", "func(*args, *$0*kw"),
        expect![[r#"
                return func(*args, **kwargs)
                                   ▔▔

        `**kwargs` hands the keyword arguments that `wrapper` collected on to `func`, by
        their names.

        **Here**

        - `func` is the decorated function: `area`.
        - Without the stars `func` gets one positional argument: the dictionary that
          `wrapper` collected.

        **Say in the interview**

        In a call stars spread, in a parameter list they collect. A wrapper that takes
        `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

        [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
    "#]],
    );
}

#[test]
fn beside_parameters_of_their_own() {
    check_hover(
        "\
def log(func):
\x20   def wrapper(self, *args, flag=False, **kwargs):
\x20       return func(self, flag=flag, *args, **kwar$0gs)
\x20   return wrapper
",
        expect![[r#"
                    return func(self, flag=flag, *args, **kwargs)
                                                          ▔▔▔▔▔▔

            `**kwargs` hands the keyword arguments that `wrapper` collected on to `func`, by
            their names.

            **Here**

            - Not among them, since they have their own parameters: `self`, `flag`.
            - Also written out in this call: `flag`. The same key in `kwargs` raises
              `TypeError`.
            - Without the stars `func` gets one positional argument: the dictionary that
              `wrapper` collected.

            **Say in the interview**

            In a call stars spread, in a parameter list they collect. A wrapper that takes
            `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

            [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
        "#]],
    );
}

#[test]
fn collected_and_then_changed() {
    check_hover(
        "\
def f(*args, **kwargs):
\x20   kwargs['x'] = 1
\x20   return g(*$0args, **kwargs)
",
        expect![[r#"
                return g(*args, **kwargs)
                          ▔▔▔▔

            `*args` hands the positional arguments that `f` collected on to `g`, one by one.

            **Here**

            - Without the star `g` gets one argument: the tuple that `f` collected.

            **Say in the interview**

            In a call stars spread, in a parameter list they collect. A wrapper that takes
            `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

            [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
        "#]],
    );
    check_hover(
        "\
def f(*args, **kwargs):
\x20   kwargs['x'] = 1
\x20   return g(*args, **kwa$0rgs)
",
        expect![[r#"
                return g(*args, **kwargs)
                                  ▔▔▔▔▔▔

            `**kwargs` passes each entry of `kwargs` to `g` as a keyword argument.

            **Say in the interview**

            In a call stars spread, in a parameter list they collect. A wrapper that takes
            `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

            [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
        "#]],
    );
    check_hover(
        "\
def f(*args):
\x20   args = args[1:]
\x20   return g(*ar$0gs)
",
        expect![[r#"
                return g(*args)
                          ▔▔▔▔

            `*args` passes each element of `args` to `g` as a positional argument.

            **Say in the interview**

            In a call stars spread, in a parameter list they collect. A wrapper that takes
            `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

            [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
        "#]],
    );
}

#[test]
fn other_values() {
    check_hover(
        "\
print($0*[1, 2, 3], sep=\"\")
",
        expect![[r#"
            print(*[1, 2, 3], sep="")
                  ▔

            `*[1, 2, 3]` passes each element of `[1, 2, 3]` to `print` as a positional
            argument.

            **Here**

            - Number of arguments that it becomes: 3.

            **Say in the interview**

            In a call stars spread, in a parameter list they collect. A wrapper that takes
            `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

            [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
        "#]],
    );
    check_hover(
        "\
def f(rows):
\x20   return zip(*ro$0ws)
",
        expect![[r#"
                return zip(*rows)
                            ▔▔▔▔

            `*rows` passes each element of `rows` to `zip` as a positional argument.

            **Say in the interview**

            In a call stars spread, in a parameter list they collect. A wrapper that takes
            `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

            [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
        "#]],
    );
    check_hover(
        "\
run(a=1, b=2, *$0*{\"c\": 3})
",
        expect![[r#"
            run(a=1, b=2, **{"c": 3})
                          ▔▔

            `**{"c": 3}` passes each entry of `{"c": 3}` to `run` as a keyword argument.

            **Here**

            - Also written out in this call: `a`, `b`. The same key in `{"c": 3}` raises
              `TypeError`.

            **Say in the interview**

            In a call stars spread, in a parameter list they collect. A wrapper that takes
            `*args, **kwargs` and calls with `*args, **kwargs` fits any function.

            [Calls](https://docs.python.org/3/reference/expressions.html#calls) · [Unpacking argument lists](https://docs.python.org/3/tutorial/controlflow.html#unpacking-argument-lists)
        "#]],
    );
}

#[test]
fn a_star_elsewhere_has_no_card() {
    for source in
        ["x = [*$0y]\n", "x = {**$0y}\n", "class C(*$0bases): ...\n", "f(*$0x\n", "a *$0 b\n"]
    {
        check_hover(source, expect![["no card\n"]]);
    }
}
