//! What a decorator gives back for a function or a class, in this file or in another one.

use expect_test::expect;

use super::testing::{check_hover_in, snapshot_in};

const LIB: &str = "//- lib/plugins.py
import functools

TABLE = []

def register(cls):
    TABLE.append(cls)
    return cls

def named(name):
    def add(cls):
        TABLE.append((name, cls))
        return cls
    return add

def singleton(cls):
    made = {}
    @functools.wraps(cls)
    def get(*args):
        if cls not in made:
            made[cls] = cls(*args)
        return made[cls]
    return get

def extended(cls):
    class Extended(cls):
        pass
    return Extended

def forgetful(cls):
    TABLE.append(cls)

def either(cls):
    if TABLE:
        return cls
    return None

def rebound(cls):
    cls = make(cls)
    return cls

def two(cls, name):
    return cls

async def later(cls):
    return cls
";

fn of(app: &str) -> String {
    let names = "register, named, singleton, extended, forgetful, either, rebound, two, later";
    format!("//- app.py\nfrom lib.plugins import {names}\n{app}{LIB}")
}

/// The bullets of the card that speak of the other file.
fn said(app: &str) -> String {
    let card = snapshot_in(&of(app));
    let bullets = card.split("\n- ").skip(1).map(|it| it.split("\n\n").next().unwrap_or_default());
    bullets.filter(|it| it.contains("plugins.py")).map(|it| format!("- {it}\n")).collect()
}

#[test]
fn a_class_that_is_only_registered() {
    check_hover_in(
        &of("@register\nclass Csv$0: ...\n"),
        expect![[r#"
            class Csv: ...
                  ▔▔▔

            `Csv = register(Csv)`

            The `class` on line 3 runs first; the finished class goes in, once, and `Csv` is
            whatever comes back.

            **Here**

            - `register` returns the class that it gets: it is defined on line 5 of
              `lib/plugins.py`.

            **Say in the interview**

            A class decorator gets the class when it is complete, and runs for that class
            only. What must also happen for subclasses belongs in `__init_subclass__` or a
            metaclass.

            **Watch for**

            - A decorator that returns a function or an instance in place of the class: then
              `isinstance(x, C)` and `class D(C)` fail.

            [Class definitions](https://docs.python.org/3/reference/compound_stmts.html#class-definitions) · [PEP 3129](https://peps.python.org/pep-3129/)
        "#]],
    );
    expect![[r#"
        - `named('csv')` returns the class that it gets: it is defined on line 9 of
          `lib/plugins.py`.
    "#]]
    .assert_eq(&said("@named('csv')\nclass Csv$0: ...\n"));
}

#[test]
fn a_class_that_becomes_something_else() {
    expect![[r#"
        - `singleton` returns the function `get` from line 18 of `lib/plugins.py`
          instead of a class: `isinstance` and `class` statements cannot use that.
    "#]]
    .assert_eq(&said("@singleton\nclass Csv$0: ...\n"));
    expect![[r#"
        - `extended` returns its own class `Extended` from line 25 of `lib/plugins.py`
          instead.
    "#]]
    .assert_eq(&said("@extended\nclass Csv$0: ...\n"));
    expect![[r#"
        - `forgetful` returns nothing, so what comes back is `None`: it is defined on
          line 29 of `lib/plugins.py`.
    "#]]
    .assert_eq(&said("@forgetful\nclass Csv$0: ...\n"));
    // A factory without its call.
    expect![[r#"
        - `named` returns the function `add` from line 10 of `lib/plugins.py` instead of
          a class: `isinstance` and `class` statements cannot use that.
    "#]]
    .assert_eq(&said("@named\nclass Csv$0: ...\n"));
    expect![[r#"
        - `register` returns the class that it gets: it is defined on line 5 of
          `lib/plugins.py`.
        - `extended` returns its own class `Extended` from line 25 of `lib/plugins.py`
          instead.
    "#]]
    .assert_eq(&said("@register\n@extended\nclass Csv$0: ...\n"));
}

#[test]
fn a_function_that_is_only_registered() {
    check_hover_in(
        &of("@regis$0ter\ndef load(): ...\n"),
        expect![[r#"
        @register
        ▔▔▔▔▔▔▔▔▔

        `load = register(load)`

        **Here**

        - `register`, defined on line 5 of `lib/plugins.py`, returns what it gets and
          puts nothing in its place.

        **Say in the interview**

        `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
        decorator with arguments is a call that returns the decorator.

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
    "#]],
    );
    expect![[r#"
        - `named('x')`, defined on line 9 of `lib/plugins.py`, returns what it gets and
          puts nothing in its place.
    "#]]
    .assert_eq(&said("@named('x')$0\ndef load(): ...\n"));
    expect![[r#"
        - `forgetful`, defined on line 29 of `lib/plugins.py`, returns nothing: what
          comes back is `None`.
    "#]]
    .assert_eq(&said("@forget$0ful\ndef load(): ...\n"));
    let card = snapshot_in(&of("@register\n@named('x')\ndef lo$0ad(): ...\n"));
    let bullet = "What goes in comes back from `register`, `named('x')`, which puts nothing in";
    assert!(card.contains(bullet), "{card}");
}

#[test]
fn none_that_is_written_down() {
    let card =
        snapshot_in("//- app.py\ndef drop(cls):\n    return None\n@drop\nclass Csv$0: ...\n");
    assert!(card.contains("`drop` returns nothing, so what comes back is `None`"), "{card}");
}

#[test]
fn in_the_file_itself() {
    let card = snapshot_in(
        "//- app.py\ndef register(cls):\n    return cls\n@register\nclass Csv$0: ...\n",
    );
    assert!(card.contains("`register` returns the class that it gets"), "{card}");
}

#[test]
fn what_is_not_certain_is_not_said() {
    for line in ["@either", "@rebound", "@two", "@later", "@register()", "@unknown"] {
        let card = snapshot_in(&of(&format!("{line}\nclass Csv$0: ...\n")));
        assert!(!card.contains("plugins.py"), "{line}\n{card}");
        let card = snapshot_in(&of(&format!("{line}$0\ndef load(): ...\n")));
        assert!(!card.contains("returns what it gets"), "{line}\n{card}");
    }
    let twice = "if x:\n    from other import register\n@register\nclass Csv$0: ...\n";
    assert!(!snapshot_in(&of(twice)).contains("plugins.py"));
}
