use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};

#[test]
fn readers() {
    check_hover(
        "ok = any(n > 2 $0for n in source())\n",
        expect![[r#"
            ok = any(n > 2 for n in source())
                           ▔▔▔

            A generator: `n > 2` for each `n` of `source()`, made one by one when asked for.
            `any` stops at the first true item; the rest is never made.

            **Here**

            - `source()` is called now; everything else waits until an item is asked for.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "total = sum(n $0for n in data if n)\n",
        expect![[r#"
            total = sum(n for n in data if n)
                          ▔▔▔

            A generator: `n` for each `n` of `data`, made one by one when asked for. Made
            only if true: `n`. `sum` adds the items up one by one; no list is built.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "text = ', '.join(str(n) $0for n in data)\n",
        expect![[r#"
            text = ', '.join(str(n) for n in data)
                                    ▔▔▔

            A generator: `str(n)` for each `n` of `data`, made one by one when asked for.
            `', '.join` makes a list of what is no list or tuple, and joins that: a list
            comprehension is as good here.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "for n in (f(m) $0for m in data):\n    print(n)\n",
        expect![[r#"
            for n in (f(m) for m in data):
                           ▔▔▔

            A generator: `f(m)` for each `m` of `data`, made one by one when asked for. The
            loop over it asks for an item on every turn; no list is built.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
}

#[test]
fn held_by_a_name() {
    check_hover(
        "factor = 10\nlazy = (factor * x $0for x in load())\nfactor = 100\nprint(sum(lazy), max(lazy))\nprint(9 in lazy)\n",
        expect![[r#"
            lazy = (factor * x for x in load())
                               ▔▔▔

            A generator: `factor * x` for each `x` of `load()`, made one by one when asked
            for.

            **Here**

            - `max(lazy)` on line 4 gets nothing: it is read to its end on line 4.
            - `in lazy` on line 5 gets nothing: it is read to its end on line 4.
            - `lazy` holds it; `sum(lazy)` on line 4 reads it.
            - `load()` is called now; everything else waits until an item is asked for.
            - `factor` is looked up while it is read, and bound again on line 3: read after
              that, it uses the new value.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "def f(data):\n    for i in data:\n        yield (i * x $0for x in data)\n",
        expect![[r#"
                    yield (i * x for x in data)
                                 ▔▔▔

            A generator: `i * x` for each `x` of `data`, made one by one when asked for.

            **Here**

            - `i` is looked up while it is read, and bound again on line 2: read after that,
              it uses the new value.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "rows = (line.split() $0for line in data)\n",
        expect![[r#"
            rows = (line.split() for line in data)
                                 ▔▔▔

            A generator: `line.split()` for each `line` of `data`, made one by one when
            asked for.

            **Here**

            - This file never uses `rows`: nothing of it is made here.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "lines = map(str, data)\nrows = (line.split() $0for line in lines)\nprint(list(rows))\n",
        expect![[r#"
            rows = (line.split() for line in lines)
                                 ▔▔▔

            A generator: `line.split()` for each `line` of `lines`, made one by one when
            asked for.

            **Here**

            - `rows` holds it; `list(rows)` on line 3 reads it.
            - `lines` can be read once itself: both read from the same place.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
}

#[test]
fn other_forms() {
    check_hover(
        "g = ((a, b) $0for a in x for b in y if a if b)\n",
        expect![[r#"
            g = ((a, b) for a in x for b in y if a if b)
                        ▔▔▔

            A generator: `(a, b)` on each turn of its 2 nested `for`, made one by one when
            asked for. Made only if true: `a`, `b`.

            **Here**

            - This file never uses `g`: nothing of it is made here.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "(print(n) $0for n in data)\n",
        expect![[r#"
            (print(n) for n in data)
                      ▔▔▔

            A generator: `print(n)` for each `n` of `data`, made one by one when asked for.
            Nobody gets it: nothing of it is made.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            **Watch for**

            - Lazy result that nobody uses (`lazy-result-discarded`)

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "async def f():\n    return (n async $0for n in data())\n",
        expect![[r#"
                return (n async for n in data())
                                ▔▔▔

            An asynchronous generator: `n` for each `n` of `data()`, made one by one when
            asked for.

            **Here**

            - `data()` is called now; everything else waits until an item is asked for.
            - Only `async for` and `anext()` can read it.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
    check_hover(
        "class C:\n    k = 2\n    x = (k * n $0for n in range(k))\n",
        expect![[r#"
                x = (k * n for n in range(k))
                           ▔▔▔

            A generator: `k * n` for each `n` of `range(k)`, made one by one when asked for.

            **Here**

            - `range(k)` is called now; everything else waits until an item is asked for.
            - `k` of the class body is not visible in it, except in the first iterable.

            **Say in the interview**

            It saves memory and lets the reader stop early; it is not faster as such. The
            first iterable is evaluated now, all else while it is read, and it can be read
            once.

            [Generator expressions](https://docs.python.org/3/reference/expressions.html#generator-expressions) · [PEP 289](https://peps.python.org/pep-0289/)
        "#]],
    );
}

/// Facts that must not be stated.
#[test]
fn what_is_not_certain_is_not_told() {
    for (source, line) in [
        ("g = (x $0for x in r)\nfor a in g:\n    if a: break\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\nif c:\n    print(sum(g))\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\nc and sum(g)\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\nprint(any(g))\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\nprint(next(g))\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\nprint(use(g))\nprint(list(g))\n", "gets nothing"),
        (
            "g = (x $0for x in r)\nprint(list(g))\ng = (x for x in r)\nprint(list(g))\n",
            "gets nothing",
        ),
        (
            "g = (x $0for x in r)\ntry:\n    print(list(g))\nexcept E: pass\nprint(list(g))\n",
            "gets nothing",
        ),
        ("g = (x $0for x in r)\nprint(list(map(f, g, r)))\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\nprint(list(zip(g, r)))\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\nm = map(f, g)\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\ndef f():\n    print(list(g))\nprint(list(g))\n", "gets nothing"),
        ("g = (x $0for x in r)\nprint(list(g) if r else list(g))\n", "gets nothing"),
        (
            "def f(r):\n    g = (x $0for x in r)\n    for i in r:\n        print(list(g))\n    del g\n",
            "gets nothing",
        ),
        ("k = 1\ng = sum(k $0for x in r)\nk = 2\n", "looked up"),
        ("k = 1\ng = (x $0for x in k)\nk = 2\n", "looked up"),
        ("def sum(x): ...\ng = sum(x $0for x in r)\n", "adds"),
    ] {
        let card =
            snapshot(crate::content::testing::builtin(), &crate::Settings::default(), source);
        assert!(card.contains("enerator: "), "{source}{card}");
        assert!(!card.contains(line), "{source}{card}");
    }
}

#[test]
fn used_up_is_found_through_wrappers() {
    for source in [
        "g = (x $0for x in r)\nprint(list(enumerate(g)))\nprint(list(g))\n",
        "g = (x $0for x in r)\nprint(sum(x * x for x in g))\nif c:\n    print(list(g))\n",
        "g = (x $0for x in r)\na, b = g\nfor x in g:\n    pass\n",
        "g = (x $0for x in r)\nprint(*g)\nfor x in g:\n    pass\n",
        "def f(r):\n    g = (x $0for x in r)\n    yield from g\n    yield from g\n",
        "def f(r):\n    g = (x $0for x in r)\n    if sum(g):\n        return list(g)\n",
    ] {
        let card =
            snapshot(crate::content::testing::builtin(), &crate::Settings::default(), source);
        assert!(card.contains("gets nothing"), "{source}{card}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in ["t = (x, $0y)\n", "t = (*x $0for x in y)\n", "t = (x $0for x in\n", "f(x$0)\n"] {
        assert_ne!(card_at(source), "generator-expression", "{source}");
    }
}
