use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn what_goes_on() {
    check_hover(
        "try:\n    a()\nexcept KeyError:\n    ra$0ise\n",
        expect![[r#"
            raise
            ▔▔▔▔▔

        The exception that the clause on line 3 has caught goes on, as it is.

        **Say in the interview**

        `raise` alone passes an exception on; `raise X from e` translates it and keeps
        the cause.

        [The raise statement](https://docs.python.org/3/reference/simple_stmts.html#the-raise-statement) · [Exception context](https://docs.python.org/3/library/exceptions.html#exception-context)
    "#]],
    );
    check_hover(
        "try:\n    a()\nexcept KeyError as e:\n    ra$0ise e\n",
        expect![[r#"
            raise e
            ▔▔▔▔▔

        `e` goes on: `raise` alone does the same, without naming it, and adds no line to
        the traceback.

        **Say in the interview**

        `raise` alone passes an exception on; `raise X from e` translates it and keeps
        the cause.

        [The raise statement](https://docs.python.org/3/reference/simple_stmts.html#the-raise-statement) · [Exception context](https://docs.python.org/3/library/exceptions.html#exception-context)
    "#]],
    );
    check_hover(
        "try:\n    a()\nexcept (KeyError, OSError) as e:\n    ra$0ise AppError(\"x\")\n",
        expect![[r#"
                raise AppError("x")
                ▔▔▔▔▔

            `AppError("x")` goes on in place of `(KeyError, OSError)` from line 3, which
            stays as its `__context__`.

            **Here**

            - The traceback says "During handling of the above exception, another exception
              occurred", as after a bug in the handler.
            - `raise AppError("x") from e` says that the one caused the other.

            **Say in the interview**

            `raise` alone passes an exception on; `raise X from e` translates it and keeps
            the cause.

            [The raise statement](https://docs.python.org/3/reference/simple_stmts.html#the-raise-statement) · [Exception context](https://docs.python.org/3/library/exceptions.html#exception-context)
        "#]],
    );
    check_hover(
        "try:\n    a()\nexcept KeyError as e:\n    ra$0ise AppError(\"x\") from e\n",
        expect![[r#"
                raise AppError("x") from e
                ▔▔▔▔▔

            `AppError("x")` goes on in place of `KeyError` from line 3; `e` is its
            `__cause__`.

            **Say in the interview**

            `raise` alone passes an exception on; `raise X from e` translates it and keeps
            the cause.

            [The raise statement](https://docs.python.org/3/reference/simple_stmts.html#the-raise-statement) · [Exception context](https://docs.python.org/3/library/exceptions.html#exception-context)
        "#]],
    );
    check_hover(
        "try:\n    a()\nexcept KeyError:\n    ra$0ise AppError from None\n",
        expect![[r#"
            raise AppError from None
            ▔▔▔▔▔

        `AppError` goes on in place of `KeyError` from line 3, which a traceback does
        not show: `from None`.

        **Say in the interview**

        `raise` alone passes an exception on; `raise X from e` translates it and keeps
        the cause.

        [The raise statement](https://docs.python.org/3/reference/simple_stmts.html#the-raise-statement) · [Exception context](https://docs.python.org/3/library/exceptions.html#exception-context)
    "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "ra$0ise E\n",
        "try:\n    ra$0ise E\nexcept E:\n    pass\n",
        "try:\n    a()\nexcept E:\n    def f():\n        ra$0ise E\n",
        "try:\n    a()\nfinally:\n    ra$0ise E\n",
        "try:\n    a()\nexcept E:\n    try:\n        ra$0ise E\n    finally:\n        b()\n",
        "try:\n    a()\nexcept E as e:\n    ra$0ise X from other\n",
        "try:\n    a()\nexcept E:\n    b()\nelse:\n    ra$0ise E\n",
    ] {
        assert_ne!(card_at(source), "raise-in-except", "{source}");
    }
}

#[test]
fn a_name_that_is_bound_again_is_another_exception() {
    let source = "try:\n    a()\nexcept E as e:\n    e = wrap(e)\n    ra$0ise e\n";
    let library = crate::content::testing::builtin();
    let card = crate::cards::testing::snapshot(library, &crate::Settings::default(), source);
    assert!(card.contains("`e` goes on in place of `E`"), "{card}");
    assert!(!card.contains("raise e from e"), "{card}");
}
