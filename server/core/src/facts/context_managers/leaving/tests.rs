use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn exits_run_before_control_leaves() {
    check_hover(
        "def f():\n    for x in y:\n        try:\n            with open(p) as f, a.lock:\n                re$0turn f.read()\n        finally:\n            done()\n",
        expect![[r#"
                            return f.read()
                            ▔▔▔▔▔▔

            Before `return` leaves, `__exit__` of `a.lock` runs, entered on line 4.

            - Then `__exit__` of `open(p)`, entered on line 4.
            - Then the `finally` on line 6.

            **Here**

            - `f.read()` is evaluated first, before any of them.

            [The try statement](https://docs.python.org/3/reference/compound_stmts.html#finally-clause) · [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [PEP 765](https://peps.python.org/pep-0765/)
        "#]],
    );
    check_hover(
        "def f():\n    for x in y:\n        with open(p) as f:\n            br$0eak\n",
        expect![[r#"
                        break
                        ▔▔▔▔▔

            Before `break` leaves, `__exit__` of `open(p)` runs, entered on line 3.

            [The try statement](https://docs.python.org/3/reference/compound_stmts.html#finally-clause) · [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [PEP 765](https://peps.python.org/pep-0765/)
        "#]],
    );
}

#[test]
fn a_finally_that_is_left() {
    check_hover(
        "def f():\n    try:\n        return 1\n    finally:\n        if x:\n            re$0turn 2\n",
        expect![[r#"
                        return 2
                        ▔▔▔▔▔▔

            `return` leaves the `finally` on line 4: an exception that is on its way there
            is lost.

            **Here**

            - The value of `return` on line 3 is lost as well, if that was on its way.

            **Version**

            - 3.14: `return` that leaves the `finally` on line 4 gives a `SyntaxWarning`.

            For Python `3.9`, as no file says which ·
            [The try statement](https://docs.python.org/3/reference/compound_stmts.html#finally-clause) · [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [PEP 765](https://peps.python.org/pep-0765/)
        "#]],
    );
    check_hover(
        "for x in y:\n    try:\n        work()\n    finally:\n        cont$0inue\n",
        expect![[r#"
                    continue
                    ▔▔▔▔▔▔▔▔

            `continue` leaves the `finally` on line 4: an exception that is on its way there
            is lost.

            **Version**

            - 3.14: `continue` that leaves the `finally` on line 4 gives a `SyntaxWarning`.

            For Python `3.9`, as no file says which ·
            [The try statement](https://docs.python.org/3/reference/compound_stmts.html#finally-clause) · [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [PEP 765](https://peps.python.org/pep-0765/)
        "#]],
    );
}

#[test]
fn nothing_is_left_here() {
    for source in [
        "def f():\n    re$0turn 1\n",
        "def f():\n    with a:\n        for x in y:\n            br$0eak\n",
        "def f():\n    with a:\n        def g():\n            re$0turn 1\n",
        "def f():\n    try:\n        re$0turn 1\n    except E:\n        pass\n",
        "def f():\n    try:\n        pass\n    finally:\n        while x:\n            br$0eak\n",
        "def f():\n    with a if b else c as d:\n        re$0turn 1\n",
        "for x in y:\n    with a: pass\n    cont$0inue\n",
        "def f():\n    try:\n        pass\n    finally:\n        def g():\n            re$0turn 1\n",
    ] {
        assert_ne!(card_at(source), "leaving", "{source}");
    }
}
