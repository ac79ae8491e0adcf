use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};

#[test]
fn builtins() {
    check_hover(
        "pairs = zi$0p(a, b)\nprint(list(pairs))\nprint(dict(pairs))\n",
        expect![[r#"
        pairs = zip(a, b)
                ▔▔▔

        `zip(a, b)` is an iterator over tuples with one item of each iterable. It ends
        with the shortest iterable.

        **Here**

        - `dict(pairs)` on line 3 gets nothing: it is read to its end on line 2.
        - `pairs` holds it; `list(pairs)` on line 2 reads it.
        - If the 2 lengths differ, the rest of the longer ones is dropped silently; from
          3.10 on `strict=True` raises `ValueError`.

        **Say in the interview**

        It does its work while it is read, one item at a time, and can be read once.

        [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
    "#]],
    );
    check_hover(
        "ma$0p(print, data)\n",
        expect![[r#"
            map(print, data)
            ▔▔▔

            `map(print, data)` is an iterator over the results of the function, called for
            each item. Nobody gets it, so nothing is done: it works only while it is read.

            **Say in the interview**

            It does its work while it is read, one item at a time, and can be read once.

            **Watch for**

            - Lazy result that nobody uses (`lazy-result-discarded`)

            [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
        "#]],
    );
    check_hover(
        "for x in ma$0p(lambda n: n * 2, data):\n    print(x)\n",
        expect![[r#"
            for x in map(lambda n: n * 2, data):
                     ▔▔▔

            `map(lambda n: n * 2, data)` is an iterator over the results of the function,
            called for each item. `for x in …` reads it.

            **Here**

            - The same as `(n * 2 for n in data)`.

            **Say in the interview**

            It does its work while it is read, one item at a time, and can be read once.

            [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
        "#]],
    );
    check_hover(
        "for i, x in enumer$0ate(data, start=1):\n    print(i, x)\n",
        expect![[r#"
        for i, x in enumerate(data, start=1):
                    ▔▔▔▔▔▔▔▔▔

        `enumerate(data, start=1)` is an iterator over pairs of a number and an item.
        `for i, x in …` reads it.

        **Here**

        - It counts from `1`.

        **Say in the interview**

        It does its work while it is read, one item at a time, and can be read once.

        [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
    "#]],
    );
    check_hover(
        "names = filt$0er(None, data)\n",
        expect![[r#"
        names = filter(None, data)
                ▔▔▔▔▔▔

        `filter(None, data)` is an iterator over the items for which the function
        answers true, or with `None` the true items.

        **Say in the interview**

        It does its work while it is read, one item at a time, and can be read once.

        [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
    "#]],
    );
}

#[test]
fn itertools() {
    check_hover(
        "import itertools\nids = list(itertools.cou$0nt(1))\n",
        expect![[r#"
        ids = list(itertools.count(1))
                   ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `itertools.count(1)` is an iterator over numbers, from the start in equal steps.
        `itertools.count` never ends by itself: who reads must stop.
        `list(itertools.count(1))` never returns.

        **Say in the interview**

        It does its work while it is read, one item at a time, and can be read once.

        [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
    "#]],
    );
    check_hover(
        "from itertools import groupby\nfor k, group in group$0by(data):\n    print(k)\n",
        expect![[r#"
            for k, group in groupby(data):
                            ▔▔▔▔▔▔▔

            `groupby(data)` is an iterator over pairs of a key and an iterator over the
            neighbours that have it. `for k, group in …` reads it.

            **Here**

            - Only neighbours are grouped: sort by the same key first. A group is empty once
              the next one has been asked for.

            **Say in the interview**

            It does its work while it is read, one item at a time, and can be read once.

            [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
        "#]],
    );
    check_hover(
        "from itertools import pairwise as pw\ng = (x for x in y)\nfor a, b in p$0w(g):\n    print(a)\nprint(list(g))\n",
        expect![[r#"
            for a, b in pw(g):
                        ▔▔

            `pw(g)` is an iterator over pairs of neighbours; nothing if there are fewer than
            two items. `for a, b in …` reads it.

            **Here**

            - It reads `g` itself, so what it takes is gone for others.
            - New in 3.10; before that: `a, b = tee(it); next(b, None); zip(a, b)`.

            **Say in the interview**

            It does its work while it is read, one item at a time, and can be read once.

            [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
        "#]],
    );
    check_hover(
        "from itertools import chain\ng = (x for x in y)\nprint(sum(g))\nprint(list(chai$0n(g, [1])))\n",
        expect![[r#"
            print(list(chain(g, [1])))
                       ▔▔▔▔▔

            `chain(g, [1])` is an iterator over the items of each iterable in turn.
            `list(chain(g, [1]))` reads it.

            **Here**

            - `g` was read to its end on line 3: nothing comes from it.

            **Say in the interview**

            It does its work while it is read, one item at a time, and can be read once.

            [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
        "#]],
    );
    check_hover(
        "import itertools as it\nprint(sum(1 for _ in it.permut$0ations(data)))\n",
        expect![[r#"
            print(sum(1 for _ in it.permutations(data)))
                                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `it.permutations(data)` is an iterator over tuples of different places of the
            input, in every order. `(1 for _ in it.permutations(data))` reads it.

            **Here**

            - At the call it reads its whole input.
            - In memory it keeps all items of its input.

            **Say in the interview**

            It does its work while it is read, one item at a time, and can be read once.

            [itertools](https://docs.python.org/3/library/itertools.html) · [Built\-in functions](https://docs.python.org/3/library/functions.html)
        "#]],
    );
}

#[test]
fn lengths() {
    for (source, line) in [
        ("for a, b in zi$0p(x, y, strict=True):\n    pass\n", "differ are a `ValueError`"),
        ("for a, b in zi$0p(x, y, strict=False):\n    pass\n", "shortest iterable"),
        ("for a, b in zi$0p(x, y, strict=False):\n    pass\n", "dropped silently"),
    ] {
        let card =
            snapshot(crate::content::testing::builtin(), &crate::Settings::default(), source);
        let card = card.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(card.contains(line), "{source}{card}");
    }
}

/// Facts that must not be stated.
#[test]
fn what_is_not_certain_is_not_told() {
    for (source, line) in [
        ("import itertools\nfor i in itertools.cou$0nt():\n    pass\n", "never returns"),
        ("import itertools\nx = any(itertools.cou$0nt())\n", "never returns"),
        ("import itertools\nx = list(zip(a, itertools.cou$0nt()))\n", "never returns"),
        ("from itertools import count\nfor a, b in zi$0p(x, count()):\n    pass\n", "lengths"),
        ("for a, b in zi$0p(x, y, strict=True):\n    pass\n", "dropped silently"),
        ("for a, b in zi$0p(x, y, strict=True):\n    pass\n", "shortest"),
        ("for a, b in zi$0p(x, y, strict=s):\n    pass\n", "shortest"),
        ("for a, b in zi$0p(x, y, strict=s):\n    pass\n", "`ValueError`"),
        ("x = ma$0p(f, a, b, strict=True)\n", "shortest"),
        ("for a, b in zi$0p(*x):\n    pass\n", "dropped silently"),
        ("x = ma$0p(lambda n, m: n, a, b)\n", "The same as"),
        ("x = ma$0p(lambda *n: n, a)\n", "The same as"),
        ("x = ma$0p(f, a)\n", "The same as"),
    ] {
        let card =
            snapshot(crate::content::testing::builtin(), &crate::Settings::default(), source);
        assert!(card.contains("is an iterator over"), "{source}{card}");
        assert!(!card.contains(line), "{source}{card}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def zip(x): ...\nzi$0p(y)\n",
        "from m import *\nzi$0p(y)\n",
        "from m import count\ncou$0nt(y)\n",
        "x.ma$0p(y)\n",
        "list.cou$0nt(y)\n",
        "so$0rted(y)\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
