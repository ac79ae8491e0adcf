use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};

const AVERAGE: &str = "\
def average():
    total = count = 0
    value = None
    try:
        while True:
            number = yield value
            total += number
            count += 1
            value = total / count
    finally:
        print(total)

a = average()
";

#[test]
fn send_throw_and_close() {
    check_hover(
        &format!("{AVERAGE}a.se$0nd(10)\n"),
        expect![[r#"
            a.send(10)
              ▔▔▔▔

            This fails with `TypeError`: the generator has not started, so no `yield` could
            receive `10`.

            **Say in the interview**

            The first call must be `next(g)` or `g.send(None)`: only a paused `yield` can
            receive.

            **Version**

            - 3.13: `close()` returns what the generator returns when it catches
              `GeneratorExit`.

            For Python `3.9`, as no file says which ·
            [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods) · [PEP 342](https://peps.python.org/pep-0342/)
        "#]],
    );
    check_hover(
        &format!("{AVERAGE}next(a)\na.se$0nd(10)\n"),
        expect![[r#"
            a.send(10)
              ▔▔▔▔

            `10` becomes the value of the `yield` at which `average`, defined on line 1, is
            paused; it runs on to the next one, whose value this returns.

            **Here**

            - It may be paused on line 6.
            - `number` gets it, on line 6.

            **Say in the interview**

            The first call must be `next(g)` or `g.send(None)`: only a paused `yield` can
            receive.

            **Version**

            - 3.13: `close()` returns what the generator returns when it catches
              `GeneratorExit`.

            For Python `3.9`, as no file says which ·
            [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods) · [PEP 342](https://peps.python.org/pep-0342/)
        "#]],
    );
    check_hover(
        &format!("{AVERAGE}next(a)\na.thr$0ow(ValueError())\n"),
        expect![[r#"
            a.throw(ValueError())
              ▔▔▔▔▔

            `ValueError()` is raised at the `yield` where `average`, defined on line 1, is
            paused.

            **Here**

            - It may be paused on line 6.
            - The `finally` on line 10 runs, if it is paused inside.

            **Say in the interview**

            The first call must be `next(g)` or `g.send(None)`: only a paused `yield` can
            receive.

            **Version**

            - 3.13: `close()` returns what the generator returns when it catches
              `GeneratorExit`.

            For Python `3.9`, as no file says which ·
            [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods) · [PEP 342](https://peps.python.org/pep-0342/)
        "#]],
    );
    check_hover(
        &format!("{AVERAGE}next(a)\na.clo$0se()\n"),
        expect![[r#"
            a.close()
              ▔▔▔▔▔

            `a` is ended: `GeneratorExit` is raised at the `yield` where `average`, defined
            on line 1, is paused.

            **Here**

            - It may be paused on line 6.
            - The `finally` on line 10 runs, if it is paused inside.

            **Say in the interview**

            The first call must be `next(g)` or `g.send(None)`: only a paused `yield` can
            receive.

            **Version**

            - 3.13: `close()` returns what the generator returns when it catches
              `GeneratorExit`.

            For Python `3.9`, as no file says which ·
            [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods) · [PEP 342](https://peps.python.org/pep-0342/)
        "#]],
    );
    check_hover(
        "def f():\n    yield 1\n    yield 2\ng = f()\nnext(g)\ng.se$0nd(3)\n",
        expect![[r#"
            g.send(3)
              ▔▔▔▔

            `3` becomes the value of the `yield` at which `f`, defined on line 1, is paused;
            it runs on to the next one, whose value this returns.

            **Here**

            - It may be paused on lines 2, 3.
            - No `yield` of `f` uses what is sent.

            **Say in the interview**

            The first call must be `next(g)` or `g.send(None)`: only a paused `yield` can
            receive.

            **Version**

            - 3.13: `close()` returns what the generator returns when it catches
              `GeneratorExit`.

            For Python `3.9`, as no file says which ·
            [Generator\-iterator methods](https://docs.python.org/3/reference/expressions.html#generator-iterator-methods) · [PEP 342](https://peps.python.org/pep-0342/)
        "#]],
    );
}

/// Facts that must not be stated.
#[test]
fn what_is_not_certain_is_not_told() {
    for use_ in
        ["a.se$0nd(None)", "a.se$0nd(x)", "start(a)\na.se$0nd(1)", "for i in x:\n    a.se$0nd(1)"]
    {
        let source = format!("{AVERAGE}{use_}\n");
        let card =
            snapshot(crate::content::testing::builtin(), &crate::Settings::default(), &source);
        assert!(card.contains("becomes the value"), "{source}{card}");
        assert!(!card.contains("TypeError"), "{source}{card}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "a.se$0nd(1)\n",
        "def f(a):\n    a.clo$0se()\n",
        "a = open(p)\na.clo$0se()\n",
        "@d\ndef f():\n    yield 1\na = f()\na.clo$0se()\n",
        "def f():\n    yield 1\na = f()\na = g()\na.clo$0se()\n",
        "def f():\n    yield 1\nf.clo$0se()\n",
        "a = (x for x in y)\na.clo$0se()\n",
        "def f():\n    yield 1\na = f()\nprint(list(a))\na.se$0nd(None)\n",
    ] {
        assert_ne!(card_at(source), "generator-method", "{source}");
    }
}
