use expect_test::expect;

use crate::cards::testing::check_hover;

#[test]
fn exits_run_in_reverse() {
    check_hover(
        "class A:\n    def __enter__(self): return self\n    def __exit__(self, t, e, b): return t is KeyError\nw$0ith A() as a, open(a.b) as b, a.c(): pass\n",
        expect![[r#"
            with A() as a, open(a.b) as b, a.c(): pass
            ▔▔▔▔

            Entered in the order `A()`, `open(a.b)`, `a.c()`; left in reverse: `a.c()`,
            `open(a.b)`, `A()`. If `open(a.b)` or its `__enter__` raises, `A()` is left all
            the same.

            - `open(a.b)`: however the block ends, the file is closed.
            - `A()`: `A.__exit__` on line 3 runs at the end.

            **Here**

            - Here `A()` drops some exceptions; those entered before it then see none.

            ```python
            with A() as a:
                with open(a.b) as b:
                    with a.c():
                        ...
            ```

            **Say in the interview**

            Several items are nested `with` statements on one line: the exits run in
            reverse, and each sees the exception only if those inside it have let it pass.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement)
        "#]],
    );
    check_hover(
        "from contextlib import suppress\nw$0ith (open(p) as f, suppress(E)): pass\n",
        expect![[r#"
            with (open(p) as f, suppress(E)): pass
            ▔▔▔▔

            Entered in the order `open(p)`, `suppress(E)`; left in reverse: `suppress(E)`,
            `open(p)`. If `suppress(E)` or its `__enter__` raises, `open(p)` is left all the
            same.

            - `open(p)`: however the block ends, the file is closed.

            **Here**

            - `suppress(E)` drops `E`; those entered before it then see no exception.

            ```python
            with open(p) as f:
                with suppress(E):
                    ...
            ```

            **Say in the interview**

            Several items are nested `with` statements on one line: the exits run in
            reverse, and each sees the exception only if those inside it have let it pass.

            **Version**

            - 3.10: parentheses around the items; CPython 3.9 happens to accept them too.

            For Python `3.9`, as no file says which ·
            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement)
        "#]],
    );
    check_hover(
        "async def f():\n    async $0with a() as x, b() as y: pass\n",
        expect![[r#"
            async with a() as x, b() as y: pass
                  ▔▔▔▔

        Entered in the order `a()`, `b()`; left in reverse: `b()`, `a()`. If `b()` or
        its `__aenter__` raises, `a()` is left all the same.

        **Here**

        ```python
        async with a() as x:
            async with b() as y:
                ...
        ```

        **Say in the interview**

        Several items are nested `with` statements on one line: the exits run in
        reverse, and each sees the exception only if those inside it have let it pass.

        [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement)
    "#]],
    );
}

#[test]
fn only_several_items_have_this_card() {
    for source in [
        "w$0ith a, b if c else d as e: pass\n",
        "w$0ith (a as b), c: pass\n",
        "with a, b:\n    pa$0ss\n",
        "with$0(a, b)\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
    for source in ["w$0ith (a, b) as c: pass\n", "w$0ith (a,): pass\n"] {
        assert_eq!(crate::cards::testing::card_at(source), "with-item", "{source}");
    }
}
