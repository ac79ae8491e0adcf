use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn calls() {
    check_hover(
        "def rows():\n    yield 1\n\nprint(so$0rted(rows()))\n",
        expect![[r#"
            print(sorted(rows()))
                  ▔▔▔▔▔▔

            `sorted` reads `rows()` and makes a list of its own of the items and sorts that.

            **Here**

            - The items come from `rows`, defined on line 1; its body runs during this call.
            - `rows()` makes an iterator for this call alone.

            **Say in the interview**

            What reads to the end does so once; a second reader of the same iterator gets
            nothing.

            [Built\-in functions](https://docs.python.org/3/library/functions.html) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "def rows():\n    yield 1\n\nr = rows()\ntotal = su$0m(r)\nprint(list(r))\n",
        expect![[r#"
            total = sum(r)
                    ▔▔▔

            `sum` reads `r` and adds the items up one by one. `r` is empty after that.

            **Here**

            - The items come from `rows`, defined on line 1; its body runs during this call.

            **Say in the interview**

            What reads to the end does so once; a second reader of the same iterator gets
            nothing.

            [Built\-in functions](https://docs.python.org/3/library/functions.html) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "r = map(f, x)\nprint(list(r))\nprint(an$0y(r))\n",
        expect![[r#"
            print(any(r))
                  ▔▔▔

            `any` reads `r` and stops at the first true item. Nothing comes from it: `r` was
            read to its end on line 2.

            **Say in the interview**

            What reads to the end does so once; a second reader of the same iterator gets
            nothing.

            [Built\-in functions](https://docs.python.org/3/library/functions.html) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "def nat():\n    n = 0\n    while True:\n        yield n\n        n += 1\n\nprint(li$0st(nat()))\n",
        expect![[r#"
            print(list(nat()))
                  ▔▔▔▔

            `list` reads `nat()` and stores the items in a list of its own. `list` never
            returns: `nat()` has no end.

            **Here**

            - The items come from `nat`, defined on line 1; its body runs during this call.
            - `nat()` makes an iterator for this call alone.

            **Say in the interview**

            What reads to the end does so once; a second reader of the same iterator gets
            nothing.

            [Built\-in functions](https://docs.python.org/3/library/functions.html) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "r = map(str, x)\nprint(', '.jo$0in(r))\n",
        expect![[r#"
        print(', '.join(r))
              ▔▔▔▔▔▔▔▔▔

        `', '.join` reads `r` and makes a list of what is no list or tuple, and joins
        that. `r` is empty after that.

        **Say in the interview**

        What reads to the end does so once; a second reader of the same iterator gets
        nothing.

        [Built\-in functions](https://docs.python.org/3/library/functions.html) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
    "#]],
    );
}

#[test]
fn membership() {
    check_hover(
        "r = map(f, x)\nif 3 $0in r:\n    print(list(r))\n",
        expect![[r#"
            if 3 in r:
                 ▔▔

            The search for `3` takes items of `r` until one is equal, or to the end.

            **Here**

            - What it passes is gone: the next reader of `r` starts behind it.

            **Say in the interview**

            `in` falls back on iteration when the type has no `__contains__`, and so uses an
            iterator up.

            [Membership test operations](https://docs.python.org/3/reference/expressions.html#membership-test-operations)
        "#]],
    );
    check_hover(
        "import itertools\nif 3 $0in itertools.count():\n    pass\n",
        expect![[r#"
            if 3 in itertools.count():
                 ▔▔

            The search for `3` takes items of `itertools.count()` until one is equal, or to
            the end. `itertools.count()` has no end: if nothing is equal, this never
            returns.

            **Here**

            - `itertools.count()` makes an iterator for this search alone.

            **Say in the interview**

            `in` falls back on iteration when the type has no `__contains__`, and so uses an
            iterator up.

            [Membership test operations](https://docs.python.org/3/reference/expressions.html#membership-test-operations)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "su$0m([1])\n",
        "su$0m(x)\n",
        "def f(x):\n    return li$0st(x)\n",
        "def sum(x): ...\nsu$0m(map(f, x))\n",
        "from m import *\nsu$0m(map(f, x))\n",
        "ma$0x(map(f, x), y)\n",
        "s.jo$0in(map(f, x))\n",
        "if 3 $0in x:\n    pass\n",
        "if 3 $0in [1]:\n    pass\n",
        "if 3 $0in range(3):\n    pass\n",
        "if 1 < 3 $0in map(f, x):\n    pass\n",
    ] {
        let card = card_at(source);
        assert!(!["consume-call", "in-iterator"].contains(&&*card), "{source}");
    }
}
