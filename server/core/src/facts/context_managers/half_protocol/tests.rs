use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn one_of_two() {
    check_hover(
        "class G$0:\n    def __enter__(self):\n        pass\nwith G(): pass\n",
        expect![[r#"
            class G:
                  ▔

            `G` has `__enter__` on line 2 but no `__exit__`: `with` on an instance raises
            `TypeError`.

            **Here**

            - Entered on line 4.

            **Say in the interview**

            Both methods are looked up on the class before the first one runs, so nothing is
            entered. An attribute of the instance does not count.

            **Watch for**

            - Half a context manager (`context-manager-incomplete`)

            **Version**

            - 3.11: a missing method is a `TypeError`; before, an `AttributeError`.

            For Python `3.9`, as no file says which ·
            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
    check_hover(
        "class G$0:\n    async def __aexit__(self, *a):\n        pass\n    def __enter__(self): ...\n    def __exit__(self, *a): ...\n",
        expect![[r#"
            class G:
                  ▔

            `G` has `__aexit__` on line 2 but no `__aenter__`: `async with` on an instance
            raises `TypeError`.

            **Say in the interview**

            Both methods are looked up on the class before the first one runs, so nothing is
            entered. An attribute of the instance does not count.

            **Watch for**

            - Half a context manager (`context-manager-incomplete`)

            **Version**

            - 3.11: a missing method is a `TypeError`; before, an `AttributeError`.

            For Python `3.9`, as no file says which ·
            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
}

#[test]
fn silent_where_the_other_may_come_from_elsewhere() {
    const HALF: &str = "class G$0:\n    def __enter__(self): pass\n";
    for source in [
        "class G$0:\n    def __enter__(self): pass\n    def __exit__(self, *a): pass\n",
        "class G$0:\n    def enter(self): pass\n",
        "from m import B\nclass G$0(B):\n    def __enter__(self): pass\n",
        "class G$0(B):\n    def __enter__(self): pass\n",
        "class G$0(*bases):\n    def __enter__(self): pass\n",
        "class G$0(metaclass=M):\n    def __enter__(self): pass\n",
        "class B:\n    def __exit__(self, *a): pass\nclass G$0(B):\n    def __enter__(self): pass\n",
        "class G$0:\n    def __enter__(self): pass\n    if x:\n        def __exit__(self, *a): pass\n",
        "class G$0:\n    def __enter__(self): pass\n    x = (\n",
        &format!("{HALF}G.__exit__ = other\n"),
        &format!("{HALF}setattr(G, '__exit__', other)\n"),
        &format!("{HALF}class H(G):\n    def __exit__(self, *a): pass\n"),
    ] {
        assert_ne!(card_at(source), "half-protocol", "{source}");
    }
}
