use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn numbers() {
    check_hover(
        "for i in ran$0ge(10, 0, -3):\n    print(i)\n",
        expect![[r#"
        for i in range(10, 0, -3):
                 ▔▔▔▔▔

        `range(10, 0, -3)` gives 4 numbers, from `10` to `1`.

        **Say in the interview**

        A range is no iterator and no list: it stores start, stop and step, can be read
        again, has a length, and `in` computes the answer for an `int`.

        [Ranges](https://docs.python.org/3/library/stdtypes.html#ranges)
    "#]],
    );
    check_hover(
        "for i in ran$0ge(len(rows)):\n    print(rows[i])\n",
        expect![[r#"
        for i in range(len(rows)):
                 ▔▔▔▔▔

        `range(len(rows))` stops before it reaches `len(rows)`.

        **Here**

        - `rows` is read by number; `for i, item in enumerate(…)` gives number and item
          together.

        **Say in the interview**

        A range is no iterator and no list: it stores start, stop and step, can be read
        again, has a length, and `in` computes the answer for an `int`.

        [Ranges](https://docs.python.org/3/library/stdtypes.html#ranges)
    "#]],
    );
    check_hover(
        "x = ran$0ge(3, 4)\n",
        expect![[r#"
        x = range(3, 4)
            ▔▔▔▔▔

        `range(3, 4)` gives one number, `3`.

        **Say in the interview**

        A range is no iterator and no list: it stores start, stop and step, can be read
        again, has a length, and `in` computes the answer for an `int`.

        [Ranges](https://docs.python.org/3/library/stdtypes.html#ranges)
    "#]],
    );
    check_hover(
        "x = ran$0ge(1_000, 1)\n",
        expect![[r#"
        x = range(1_000, 1)
            ▔▔▔▔▔

        `range(1_000, 1)` gives no number at all.

        **Say in the interview**

        A range is no iterator and no list: it stores start, stop and step, can be read
        again, has a length, and `in` computes the answer for an `int`.

        [Ranges](https://docs.python.org/3/library/stdtypes.html#ranges)
    "#]],
    );
}

#[test]
fn the_numbers_are_those_of_python() {
    for (arguments, expected) in [
        ("5", "gives 5 numbers, from `0` to `4`"),
        ("0, 10, 3", "gives 4 numbers, from `0` to `9`"),
        ("0, 9, 3", "gives 3 numbers, from `0` to `6`"),
        ("-5, 5, 5", "gives 2 numbers, from `-5` to `0`"),
        ("5, -5, -5", "gives 2 numbers, from `5` to `0`"),
        ("0", "gives no number"),
    ] {
        let source = format!("x = ran$0ge({arguments})\n");
        let card = crate::cards::testing::snapshot(
            crate::content::testing::builtin(),
            &crate::Settings::default(),
            &source,
        );
        assert!(card.contains(expected), "{card}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def range(x): ...\nran$0ge(3)\n",
        "from m import *\nran$0ge(3)\n",
        "x.ran$0ge(3)\n",
        "ran$0ge()\n",
        "ran$0ge(*x)\n",
        "ran$0ge(1, 2, 3, 4)\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
