use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn one_of_several() {
    check_hover(
        "def scale(values: list[float], fac$0tor, offset=0) -> list[float]:\n    return [v * factor + offset for v in values]\n",
        expect![[r#"
            def scale(values: list[float], factor, offset=0) -> list[float]:
                                           ▔▔▔▔▔▔

            `factor` has no annotation, others of `scale` have: to mypy it is `Any`, and
            nothing that is done with it is checked.

            **Here**

            - Without annotation are also `offset`.
            - Functions of this file with annotations: 1 of 1.

            **Say in the interview**

            Types can come gradually: what has no annotation is `Any`, which fits everything
            and hides mistakes. `--disallow-untyped-defs` asks for all of them.

            [PEP 484](https://peps.python.org/pep-0484/#the-meaning-of-annotations) · [mypy: no errors reported for obviously wrong code](https://mypy.readthedocs.io/en/stable/common_issues.html#no-errors-reported-for-obviously-wrong-code)
        "#]],
    );
}

#[test]
fn a_function_without_any() {
    check_hover(
        "\
class Shop:
    def price(self, name: str) -> int: ...

    def sell(self, na$0me, count=1):
        return self.price(name) * count
",
        expect![[r#"
                def sell(self, name, count=1):
                               ▔▔▔▔

            `name` has no annotation, and `sell` none at all: mypy does not look into such a
            function, unless it is told to with `--check-untyped-defs`.

            **Here**

            - Functions of this file with annotations: 1 of 2.

            **Say in the interview**

            Types can come gradually: what has no annotation is `Any`, which fits everything
            and hides mistakes. `--disallow-untyped-defs` asks for all of them.

            [PEP 484](https://peps.python.org/pep-0484/#the-meaning-of-annotations) · [mypy: no errors reported for obviously wrong code](https://mypy.readthedocs.io/en/stable/common_issues.html#no-errors-reported-for-obviously-wrong-code)
        "#]],
    );
}

#[test]
fn silent() {
    for source in [
        "def f(a$0): ...\n",
        "class C:\n    def f(self, a: int): ...\n    def g(se$0lf, a): ...\n",
        "class C:\n    def f(self, a: int): ...\n    if x:\n        def g(se$0lf, a): ...\n",
        "def f(a: int): ...\ng = lambda x$0: x\n",
        "def f(a: int): ...\ndef g(a, b=a$0): ...\n",
        "def f(a$0: int): ...\n",
    ] {
        assert_ne!(card_at(source), "missing-annotation", "{source}");
    }
}
