use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_cast_changes_nothing() {
    check_hover(
        "import typing as t\nn = t.ca$0st(int, '7')\n",
        expect![[r#"
            n = t.cast(int, '7')
                ▔▔▔▔▔▔

            `t.cast(int, '7')` gives `'7'` back as it is: nothing is converted or checked.
            Type checkers take the result for `int` from here on, right or wrong.

            **Here**

            - `'7'` is not of this type, so the claim is wrong.
            - To convert it, call `int('7')`.
            - The type is evaluated at each call, and thrown away.

            **Say in the interview**

            `cast` is a promise to the type checker. When it is wrong, the error shows
            somewhere else; `isinstance` makes the checker sure, and the program too.

            [typing.cast](https://docs.python.org/3/library/typing.html#typing.cast) · [typing.assert\_never](https://docs.python.org/3/library/typing.html#typing.assert_never)
        "#]],
    );
    check_hover(
        "from typing_extensions import cast\nn = ca$0st('Node', find(x))\n",
        expect![[r#"
            n = cast('Node', find(x))
                ▔▔▔▔

            `cast('Node', find(x))` gives `find(x)` back as it is: nothing is converted or
            checked. Type checkers take the result for `'Node'` from here on, right or
            wrong.

            **Say in the interview**

            `cast` is a promise to the type checker. When it is wrong, the error shows
            somewhere else; `isinstance` makes the checker sure, and the program too.

            [typing.cast](https://docs.python.org/3/library/typing.html#typing.cast) · [typing.assert\_never](https://docs.python.org/3/library/typing.html#typing.assert_never)
        "#]],
    );
}

#[test]
fn checks_for_checkers() {
    check_hover(
        "\
from typing import assert_never

def area(shape: int | str):
    if isinstance(shape, int):
        return 1
    elif isinstance(shape, str):
        return 2
    else:
        assert_n$0ever(shape)
",
        expect![[r#"
                    assert_never(shape)
                    ▔▔▔▔▔▔▔▔▔▔▔▔

            If a call gets here, `assert_never` raises `AssertionError`; a type checker
            reports it unless `shape` can hold nothing any more.

            **Here**

            - It guards the branch on line 8: a case that somebody adds later is reported
              there.

            **Say in the interview**

            Such a call tests what the type checker knows, as a unit test does what the
            program does.

            **Version**

            - 3.11: `assert_never`, `assert_type` and `reveal_type`; before, in
              `typing_extensions`.

            For Python `3.9`, as no file says which ·
            [typing.cast](https://docs.python.org/3/library/typing.html#typing.cast) · [typing.assert\_never](https://docs.python.org/3/library/typing.html#typing.assert_never)
        "#]],
    );
    check_hover(
        "from typing import assert_type\nassert_t$0ype(f(1), str)\n",
        expect![[r#"
            assert_type(f(1), str)
            ▔▔▔▔▔▔▔▔▔▔▔

            `f(1)` comes back as it is; a type checker reports it unless the type is exactly
            `str`.

            **Say in the interview**

            Such a call tests what the type checker knows, as a unit test does what the
            program does.

            **Version**

            - 3.11: `assert_never`, `assert_type` and `reveal_type`; before, in
              `typing_extensions`.

            For Python `3.9`, as no file says which ·
            [typing.cast](https://docs.python.org/3/library/typing.html#typing.cast) · [typing.assert\_never](https://docs.python.org/3/library/typing.html#typing.assert_never)
        "#]],
    );
    check_hover(
        "import typing\ntyping.reveal_t$0ype(f(1))\n",
        expect![[r#"
            typing.reveal_type(f(1))
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `f(1)` comes back as it is, and a type checker prints what type it is to it.

            **Say in the interview**

            Such a call tests what the type checker knows, as a unit test does what the
            program does.

            **Version**

            - 3.11: `assert_never`, `assert_type` and `reveal_type`; before, in
              `typing_extensions`.

            For Python `3.9`, as no file says which ·
            [typing.cast](https://docs.python.org/3/library/typing.html#typing.cast) · [typing.assert\_never](https://docs.python.org/3/library/typing.html#typing.assert_never)
        "#]],
    );
}

#[test]
fn silent_on_other_calls() {
    for source in [
        "from m import cast\nca$0st(int, x)\n",
        "from typing import *\nca$0st(int, x)\n",
        "def cast(a, b): ...\nca$0st(int, x)\n",
        "from typing import cast\nca$0st(int)\n",
        "from typing import cast\nca$0st(*a)\n",
        "from typing import cast\nca$0st(int, x\n",
        "reveal_t$0ype(x)\n",
        "db.ca$0st(int, x)\n",
    ] {
        assert_ne!(card_at(source), "typing-call", "{source}");
    }
}
