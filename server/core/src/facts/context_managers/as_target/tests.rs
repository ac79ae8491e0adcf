use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn what_the_name_is() {
    check_hover(
        "def f():\n    with open(p) as f$0:\n        x = f.read()\n    print(f.closed)\n",
        expect![[r#"
                with open(p) as f:
                                ▔

            `f` is the file object. It is closed at the end of the block.

            **Here**

            - The name stays bound behind the block, and is used on line 4.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement)
        "#]],
    );
    check_hover(
        "class A:\n    def __enter__(self):\n        return self.conn\n    def __exit__(self, *e): ...\nwith A() as a$0: pass\n",
        expect![[r#"
            with A() as a: pass
                        ▔

            `a` is `self.conn`: that is what `A.__enter__` on line 2 returns.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement)
        "#]],
    );
    check_hover(
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\nwith step(2) as s$0: pass\n",
        expect![[r#"
            with step(2) as s: pass
                            ▔

            `s` is `name`, which `step` yields on line 5.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement)
        "#]],
    );
    check_hover(
        "with a() as b$0: pass\n",
        expect![[r#"
        with a() as b: pass
                    ▔

        `b` is what the `__enter__` of `a()` returns, which need not be `a()` itself.

        [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement)
    "#]],
    );
}

#[test]
fn only_names_behind_as_of_with() {
    for source in [
        "with a() as (b$0, c): pass\n",
        "with a() as b$0.c: pass\n",
        "try:\n    pass\nexcept E as e$0: pass\n",
        "import a as b$0\n",
        "with a if b else c as d$0: pass\n",
        "match x:\n    case 1 as y$0: pass\n",
    ] {
        assert_ne!(card_at(source), "as-target", "{source}");
    }
}

#[test]
fn uses_of_another_value_are_not_shown() {
    for source in [
        "def f():\n    with open(p) as f$0: pass\n    f = 1\n    print(f)\n",
        "def f():\n    with open(p) as f$0: pass\n    return lambda: f\n",
        "def f():\n    with open(p) as f$0:\n        print(f)\n",
        "with open(p) as f$0: pass\ndef g(f): print(f)\n",
    ] {
        let library = crate::content::testing::builtin();
        let card = crate::cards::testing::snapshot(library, &crate::Settings::default(), source);
        assert!(card.contains("file object") && !card.contains("used on"), "{source}{card}");
    }
}
