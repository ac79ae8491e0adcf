use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn all_see_the_last_value() {
    check_hover(
        "\
def buttons(names):
    actions = []
    for name in names:
        actions.append(lam$0bda: print(name))
    return actions
",
        expect![[r#"
                    actions.append(lambda: print(name))
                                   ▔▔▔▔▔▔

            What `name` holds is looked up when the `lambda` is called, not when it is made,
            and the loop on line 3 changes it. It is kept beyond its turn: after the loop
            all of them see the last value.

            **Say in the interview**

            A function keeps variables, not their values. A default, as in `lambda x=x: …`,
            or `functools.partial` keeps the value.

            **Watch for**

            - Function in a loop that sees the last value only (`loop-closure`)

            [Why do lambdas defined in a loop all return the same result?](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
        "#]],
    );
}

#[test]
fn a_default_takes_the_value_of_the_turn() {
    check_hover(
        "powers = [lam$0bda x, n=n: x ** n for n in range(3)]\n",
        expect![[r#"
        powers = [lambda x, n=n: x ** n for n in range(3)]
                  ▔▔▔▔▔▔

        `n=n` takes the value of this turn of the loop on line 1: a default is evaluated
        when the `lambda` is made.

        **Say in the interview**

        A function keeps variables, not their values. A default, as in `lambda x=x: …`,
        or `functools.partial` keeps the value.

        [Why do lambdas defined in a loop all return the same result?](https://docs.python.org/3/faq/programming.html#why-do-lambdas-defined-in-a-loop-with-different-values-all-return-the-same-result)
    "#]],
    );
}

#[test]
fn called_in_its_turn() {
    let source = "for base in bases:\n    print(sorted(rows, key=lam$0bda row: row[base]))\n";
    assert!(snapshot_of(source).contains("of this turn"));
    let source = "for base in bases:\n    use(lam$0bda row: row[base])\n";
    let card = snapshot_of(source);
    assert!(card.contains("after its turn") && !card.contains("the last"), "{card}");
}

#[test]
fn silent() {
    for source in [
        "for x in xs:\n    fs.append(lam$0bda y: y)\n",
        "f = lam$0bda: x\n",
        "for x in xs:\n    fs.append(lam$0bda x: x)\n",
        // Made anew in each call.
        "for x in xs:\n    def f(x):\n        return lam$0bda: x\n",
        "def f(x):\n    for y in ys:\n        fs.append(lam$0bda: x)\n",
        "fs = (lam$0bda: x for x in xs)\n",
    ] {
        assert_ne!(card_at(source), "late-lambda", "{source}");
    }
}
