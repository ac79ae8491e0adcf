use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn an_iterator_of_the_file() {
    check_hover(
        "\
class Lines:
    def __aiter__(self):
        return self

    async def __anext__(self):
        raise StopAsyncIteration

async def main():
    async f$0or line in Lines():
        print(line)
",
        expect![[r#"
                async for line in Lines():
                      ▔▔▔

            Calls `__aiter__` once on `Lines()`, then awaits `__anext__` before each turn,
            which binds `line`. It reads an instance of `Lines`: `__aiter__` on line 2
            returns the object itself; each turn awaits `__anext__` on line 5.

            ```python
            iterator = aiter(Lines())
            while True:
                try:
                    line = await anext(iterator)
                except StopAsyncIteration:
                    break
                ...
            ```

            **Say in the interview**

            Other tasks run while `__anext__` waits, but the turns of the loop come one
            after the other: an `async for` starts nothing in parallel.

            **Version**

            - 3.10: `contextlib.aclosing`, `aiter()` and `anext()`.

            For Python `3.9`, as no file says which ·
            [The async for statement](https://docs.python.org/3/reference/compound_stmts.html#the-async-for-statement) · [PEP 525](https://peps.python.org/pep-0525/)
        "#]],
    );
}

#[test]
fn a_generator_that_is_left() {
    check_hover(
        "\
async def rows(db):
    async with db.cursor() as cursor:
        async for row in cursor:
            yield row

async def first(db):
    asy$0nc for row in rows(db):
        if row:
            return row
",
        expect![[r#"
                async for row in rows(db):
                ▔▔▔▔▔

            Calls `__aiter__` once on `rows(db)`, then awaits `__anext__` before each turn,
            which binds `row`. Each turn runs the body of `rows`, defined on line 1, to its
            next `yield`.

            ```python
            iterator = aiter(rows(db))
            while True:
                try:
                    row = await anext(iterator)
                except StopAsyncIteration:
                    break
                ...
            ```

            **Here**

            - The way out on line 9 may leave `rows(db)` unfinished: nobody awaits its
              `aclose()`. The event loop closes it some time later, in a task of its own.
            - What the statement on line 2 cleans up waits until then; `contextlib.aclosing`
              around the generator does it at the end of its block.

            **Say in the interview**

            Other tasks run while `__anext__` waits, but the turns of the loop come one
            after the other: an `async for` starts nothing in parallel.

            **Version**

            - 3.10: `contextlib.aclosing`, `aiter()` and `anext()`.

            For Python `3.9`, as no file says which ·
            [The async for statement](https://docs.python.org/3/reference/compound_stmts.html#the-async-for-statement) · [PEP 525](https://peps.python.org/pep-0525/)
        "#]],
    );
}

#[test]
fn what_is_not_asynchronous_fails() {
    let fails = |source: &str| {
        let card = snapshot_of(source);
        assert!(card.contains("`TypeError`"), "{card}");
        card
    };
    assert!(fails("async def f():\n    async f$0or x in [1, 2]: ...\n").contains("`list`"));
    fails("async def g():\n    return []\nasync def f():\n    async f$0or x in g(): ...\n");
    fails("def g():\n    yield 1\nasync def f():\n    async f$0or x in g(): ...\n");
    fails("class C: ...\nasync def f():\n    async f$0or x in C(): ...\n");
    fails(
        "class C:\n    async def __aiter__(self):\n        return self\n\
         async def f():\n    async f$0or x in C(): ...\n",
    );
    let outside = snapshot_of("def f(a):\n    async f$0or x in a: ...\n");
    assert!(outside.contains("`SyntaxError`"), "{outside}");
}

#[test]
fn nothing_is_said_about_what_is_not_known() {
    for source in [
        "async def f(a):\n    async f$0or x in a: ...\n",
        "from m import C\nasync def f():\n    async f$0or x in C(): ...\n",
        "class C(Base): ...\nasync def f():\n    async f$0or x in C(): ...\n",
        "class C: ...\nC.__aiter__ = g\nasync def f():\n    async f$0or x in C(): ...\n",
        "def g(): yield 1\ng = other(g)\nasync def f():\n    async f$0or x in g(): ...\n",
    ] {
        let card = snapshot_of(source);
        assert!(!card.contains("`TypeError`"), "{source}{card}");
        assert_eq!(card_at(source), "async-for");
    }
    assert_eq!(card_at("def f(a):\n    f$0or x in a: ...\n"), "for-loop");
}

#[test]
fn a_plain_loop_over_an_asynchronous_generator_fails() {
    let source = "async def g():\n    yield 1\nasync def f():\n    f$0or x in g(): ...\n";
    let card = snapshot_of(source);
    assert!(card.contains("`TypeError`") && card.contains("`async for`"), "{card}");
}
