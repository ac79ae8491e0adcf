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
fn one_decorator_of_the_file() {
    check_hover(
        &format!("{LOG}area.__wrap$0ped__(2)\n"),
        expect![[r#"
        area.__wrapped__(2)
             ▔▔▔▔▔▔▔▔▔▔▔

        `area.__wrapped__` is the undecorated function that the `def` on line 10 made.

        **Here**

        - Passed on the way, from the outside in: `log`.

        **Say in the interview**

        `functools.wraps` stores what it wraps as `__wrapped__`. So a test can reach the
        bare function, and `inspect.signature` the real parameters.

        [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.unwrap](https://docs.python.org/3/library/inspect.html#inspect.unwrap)
    "#]],
    );
}

#[test]
fn a_stack() {
    check_hover(
        &format!(
            "{}area.__wrap$0ped__(2)\n",
            LOG.replace("@log", "@log\n@functools.lru_cache(maxsize=None)")
        ),
        expect![[r#"
            area.__wrapped__(2)
                 ▔▔▔▔▔▔▔▔▔▔▔

            `area.__wrapped__` is what `functools.lru_cache(maxsize=None)` returned for the
            function.

            **Here**

            - Passed on the way, from the outside in: `log`.

            **Say in the interview**

            `functools.wraps` stores what it wraps as `__wrapped__`. So a test can reach the
            bare function, and `inspect.signature` the real parameters.

            [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.unwrap](https://docs.python.org/3/library/inspect.html#inspect.unwrap)
        "#]],
    );
    check_hover(
        &format!(
            "{}area.__wrapped__.__wrap$0ped__(2)\n",
            LOG.replace("@log", "@log\n@functools.lru_cache(maxsize=None)")
        ),
        expect![[r#"
            area.__wrapped__.__wrapped__(2)
                             ▔▔▔▔▔▔▔▔▔▔▔

            `area.__wrapped__.__wrapped__` is the undecorated function that the `def` on
            line 11 made.

            **Here**

            - Passed on the way, from the outside in: `log`,
              `functools.lru_cache(maxsize=None)`.

            **Say in the interview**

            `functools.wraps` stores what it wraps as `__wrapped__`. So a test can reach the
            bare function, and `inspect.signature` the real parameters.

            [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.unwrap](https://docs.python.org/3/library/inspect.html#inspect.unwrap)
        "#]],
    );
}

#[test]
fn nothing_to_reach() {
    check_hover(
        &format!("{}area.__wrap$0ped__(2)\n", LOG.replace("    @functools.wraps(func)\n", "")),
        expect![[r#"
            area.__wrapped__(2)
                 ▔▔▔▔▔▔▔▔▔▔▔

            `log` returns a function that has no `__wrapped__`: `area.__wrapped__` raises
            `AttributeError`.

            **Say in the interview**

            `functools.wraps` stores what it wraps as `__wrapped__`. So a test can reach the
            bare function, and `inspect.signature` the real parameters.

            [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.unwrap](https://docs.python.org/3/library/inspect.html#inspect.unwrap)
        "#]],
    );
    check_hover(
        &format!("{LOG}area.__wrapped__.__wrap$0ped__(2)\n"),
        expect![[r#"
        area.__wrapped__.__wrapped__(2)
                         ▔▔▔▔▔▔▔▔▔▔▔

        `area.__wrapped__.__wrapped__` raises `AttributeError`: it asks the function
        itself, which wraps nothing.

        **Here**

        - Passed on the way, from the outside in: `log`.

        **Say in the interview**

        `functools.wraps` stores what it wraps as `__wrapped__`. So a test can reach the
        bare function, and `inspect.signature` the real parameters.

        [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.unwrap](https://docs.python.org/3/library/inspect.html#inspect.unwrap)
    "#]],
    );
    check_hover(
        "\
def f(): ...
f.__wrap$0ped__
",
        expect![[r#"
            f.__wrapped__
              ▔▔▔▔▔▔▔▔▔▔▔

            `f.__wrapped__` raises `AttributeError`: it asks the function itself, which
            wraps nothing.

            **Say in the interview**

            `functools.wraps` stores what it wraps as `__wrapped__`. So a test can reach the
            bare function, and `inspect.signature` the real parameters.

            [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.unwrap](https://docs.python.org/3/library/inspect.html#inspect.unwrap)
        "#]],
    );
}

#[test]
fn what_is_not_known_has_no_card() {
    let changes = [
        ("@log", "@other"),
        ("@log", "@log\n@log()"),
        ("@log", "@log()"),
        ("def log", "@registered\ndef log"),
        ("area(4)", "area.__wrapped__ = print"),
        ("area(4)", "setattr(area, '__wrapped__', print)"),
        ("area(4)", "area = print"),
        ("@log", "if x:\n  area = 1\n@log"),
        ("import functools", "from m import *"),
        ("return wrapper", "return wrapper if x else func"),
        ("@functools.wraps(func)", "@functools.wraps(other)"),
    ];
    for (from, to) in changes {
        assert!(LOG.contains(from));
        let source = format!("{}area.__wrap$0ped__.__wrapped__\n", LOG.replacen(from, to, 1));
        let source = if to.contains("log()") {
            source.replace("$0ped__.__wrapped__", "ped__.__wrapp$0ed__")
        } else {
            source
        };
        check_hover(&source, expect![["no card\n"]]);
    }
    for source in [
        "f().__wrap$0ped__\n",
        "def g(f):\n    return f.__wrap$0ped__\n",
        "x = 1\nx.__wrap$0ped__\n",
        "print.__wrap$0ped__\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
    check_hover(&format!("{LOG}area.__wrap$0ped__ = 1\n"), expect![["no card\n"]]);
}
