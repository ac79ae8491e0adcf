use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};

#[test]
fn items_and_ends() {
    check_hover(
        "first = ne$0xt((u for u in users if u.id == 3), None)\n",
        expect![[r#"
            first = next((u for u in users if u.id == 3), None)
                    ▔▔▔▔

            Takes the first `u` of `users`. Only if true: `u.id == 3`. If there is none, it
            returns `None`.

            **Say in the interview**

            `next(it, default)` never raises `StopIteration` itself; without a default the
            end is an exception, which `for` catches and you do not.

            [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
        "#]],
    );
    check_hover(
        "def gen():\n    yield 1\n\ng = gen()\nprint(ne$0xt(g))\nprint(next(gen()))\n",
        expect![[r#"
            print(next(g))
                  ▔▔▔▔

            Takes one item of `g`, by calling its `__next__`. It runs `gen`, defined on line
            1, to its next `yield`. If `g` has none, it raises `StopIteration`.

            **Say in the interview**

            `next(it, default)` never raises `StopIteration` itself; without a default the
            end is an exception, which `for` catches and you do not.

            [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
        "#]],
    );
    check_hover(
        "def gen():\n    yield 1\n\nprint(ne$0xt(gen()))\n",
        expect![[r#"
            print(next(gen()))
                  ▔▔▔▔

            Takes one item of `gen()`, by calling its `__next__`. It runs `gen`, defined on
            line 1, to its next `yield`. If `gen()` has none, it raises `StopIteration`.

            **Here**

            - `gen()` makes a new generator each time, so this is always its first item.

            **Say in the interview**

            `next(it, default)` never raises `StopIteration` itself; without a default the
            end is an exception, which `for` catches and you do not.

            [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
        "#]],
    );
    check_hover(
        "def pairs(it):\n    while True:\n        yield ne$0xt(it), 1\n",
        expect![[r#"
                yield next(it), 1
                      ▔▔▔▔

        Takes one item of `it`, by calling its `__next__`. If `it` has none, it raises
        `StopIteration`.

        **Here**

        - Leaving the generator `pairs`, that becomes `RuntimeError`. Give a default, or
          catch it and `return`.

        **Say in the interview**

        `next(it, default)` never raises `StopIteration` itself; without a default the
        end is an exception, which `for` catches and you do not.

        [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
    "#]],
    );
    check_hover(
        "def pairs(it):\n    while True:\n        try:\n            yield ne$0xt(it)\n        except StopIteration:\n            return\n",
        expect![[r#"
                        yield next(it)
                              ▔▔▔▔

            Takes one item of `it`, by calling its `__next__`. If `it` has none, it raises
            `StopIteration`.

            **Here**

            - That exception is caught by the `except` on line 5.

            **Say in the interview**

            `next(it, default)` never raises `StopIteration` itself; without a default the
            end is an exception, which `for` catches and you do not.

            [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
        "#]],
    );
}

#[test]
fn mistakes() {
    check_hover(
        "xs = [1, 2]\nprint(ne$0xt(xs))\n",
        expect![[r#"
            print(next(xs))
                  ▔▔▔▔

            This fails with `TypeError`: a `list` is no iterator; `iter()` makes one of it.

            **Say in the interview**

            `next(it, default)` never raises `StopIteration` itself; without a default the
            end is an exception, which `for` catches and you do not.

            [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
        "#]],
    );
    check_hover(
        "def gen():\n    yield 1\nprint(ne$0xt(gen))\n",
        expect![[r#"
            print(next(gen))
                  ▔▔▔▔

            This fails with `TypeError`: `gen` is the function, and only its call is a
            generator.

            **Say in the interview**

            `next(it, default)` never raises `StopIteration` itself; without a default the
            end is an exception, which `for` catches and you do not.

            [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
        "#]],
    );
    check_hover(
        "g = map(f, x)\nprint(list(g))\nprint(ne$0xt(g))\n",
        expect![[r#"
        print(next(g))
              ▔▔▔▔

        Takes one item of `g`, by calling its `__next__`. If `g` has none, it raises
        `StopIteration`.

        **Here**

        - It was read to its end on line 2: there is no item left.

        **Say in the interview**

        `next(it, default)` never raises `StopIteration` itself; without a default the
        end is an exception, which `for` catches and you do not.

        [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
    "#]],
    );
}

#[test]
fn iter_of_one_and_two_arguments() {
    check_hover(
        "with open(p, 'rb') as f:\n    blocks = it$0er(lambda: f.read(64), b'')\n",
        expect![[r#"
                blocks = iter(lambda: f.read(64), b'')
                         ▔▔▔▔

            An iterator that calls `lambda: f.read(64)` for each item, until the result
            equals `b''`.

            **Here**

            - The result that equals `b''` is dropped.

            **Say in the interview**

            `iter` of an iterator is the iterator; of an iterable it is a new one. That is
            how to tell them apart.

            [iter\(\)](https://docs.python.org/3/library/functions.html#iter)
        "#]],
    );
    check_hover(
        "numbers = it$0er([1, 2])\n",
        expect![[r#"
            numbers = iter([1, 2])
                      ▔▔▔▔

            An iterator over `[1, 2]`. `list` gives its items in order.

            **Here**

            - Each call of `iter` starts from the beginning; `numbers` itself can be read
              once.

            **Say in the interview**

            `iter` of an iterator is the iterator; of an iterable it is a new one. That is
            how to tell them apart.

            [iter\(\)](https://docs.python.org/3/library/functions.html#iter)
        "#]],
    );
    check_hover(
        "class C:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        return 1\nx = it$0er(C())\n",
        expect![[r#"
            x = iter(C())
                ▔▔▔▔

            An iterator over `C()`. `__iter__` of `C` on line 2 returns the object itself.

            **Say in the interview**

            `iter` of an iterator is the iterator; of an iterable it is a new one. That is
            how to tell them apart.

            [iter\(\)](https://docs.python.org/3/library/functions.html#iter)
        "#]],
    );
}

/// Facts that must not be stated.
#[test]
fn what_is_not_certain_is_not_told() {
    for (source, line) in [
        ("def f(it):\n    return ne$0xt(it)\n", "RuntimeError"),
        ("def f(it):\n    yield ne$0xt(it, 0)\n", "RuntimeError"),
        ("def f(it):\n    with suppress(E):\n        yield ne$0xt(it)\n", "RuntimeError"),
        (
            "def f(it):\n    try:\n        yield ne$0xt(it)\n    except E:\n        pass\n",
            "RuntimeError",
        ),
        ("def f(it):\n    yield lambda: ne$0xt(it)\n", "RuntimeError"),
        (
            "def f(it):\n    try:\n        yield ne$0xt(it)\n    except (ValueError, KeyError):\n        pass\n",
            "caught",
        ),
        (
            "def f(it):\n    try:\n        pass\n    except StopIteration:\n        yield ne$0xt(it)\n",
            "caught",
        ),
        ("def f(it):\n    ne$0xt(it)\n", "no iterator"),
        ("class C:\n    def __next__(self): ...\nne$0xt(C())\n", "no iterator"),
    ] {
        let card =
            snapshot(crate::content::testing::builtin(), &crate::Settings::default(), source);
        assert!(card.contains("Takes one item"), "{source}{card}");
        assert!(!card.contains(line), "{source}{card}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def next(x): ...\nne$0xt(y)\n",
        "from m import next\nne$0xt(y)\n",
        "from m import *\nne$0xt(y)\n",
        "x.ne$0xt(y)\n",
        "ne$0xt()\n",
        "ne$0xt(*y)\n",
        "ne$0xt(y, 1, 2)\n",
        "it$0er(*y)\n",
        "def iter(x): ...\nit$0er(y)\n",
        "x.it$0er()\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
