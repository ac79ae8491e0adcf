use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn readers_of_one_source() {
    check_hover(
        "from itertools import tee\ndef f(rows):\n    a, b = te$0e(rows)\n    total = sum(a)\n    print(next(rows))\n    return [x / total for x in b]\n",
        expect![[r#"
                a, b = tee(rows)
                       ▔▔▔

            `a`, `b` give the same items, each at its own pace; both read from `rows`. What
            one has read and another has not is kept in memory.

            **Here**

            - Below, `rows` itself is used on line 5: what is read there is missing in the
              iterators.
            - `sum(a)` on line 4 reads one of them to its end: unless the others have moved
              on by then, all that is left of them is kept. A list would be plainer.

            **Say in the interview**

            `tee` is for readers that move on together. If one runs far ahead, it stores as
            much as a list, and more slowly.

            [itertools.tee](https://docs.python.org/3/library/itertools.html#itertools.tee)
        "#]],
    );
    check_hover(
        "import itertools\nreaders = itertools.te$0e(open(p), 3)\n",
        expect![[r#"
        readers = itertools.tee(open(p), 3)
                  ▔▔▔▔▔▔▔▔▔▔▔▔▔

        The iterators made here all read from `open(p)`, each at its own pace. What one
        has read and another has not is kept in memory.

        **Say in the interview**

        `tee` is for readers that move on together. If one runs far ahead, it stores as
        much as a list, and more slowly.

        [itertools.tee](https://docs.python.org/3/library/itertools.html#itertools.tee)
    "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "from m import tee\na, b = te$0e(x)\n",
        "from itertools import *\na, b = te$0e(x)\n",
        "from itertools import tee\na, b = te$0e(*x)\n",
        "from itertools import tee\na, b = te$0e()\n",
        "from itertools import tee\ndef tee(x): ...\na, b = te$0e(x)\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
