use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

const TWICE: &str = "\
def rows():
    yield 1
    yield 2

def main():
    data = rows()
    total = sum(data)
    print(max(data))
    for row in data:
        print(row)
";

#[test]
fn each_use_tells_what_is_left() {
    check_hover(
        &TWICE.replace("    data =", "    da$0ta ="),
        expect![[r#"
                data = rows()
                ▔▔▔▔

            `data` holds the generator that `rows()` on line 6 makes; it can be read once.

            **Here**

            - `max(data)` on line 8 gets nothing: it comes after the end.
            - `for row in …` on line 9 gets nothing: it comes after the end.
            - Read by `sum(data)` on line 7.
            - Its items come from `rows`, defined on line 1.
            - To read it again, make it anew, or keep a list if it is small.

            **Say in the interview**

            An iterator has no way back: after `StopIteration` it stays empty, without an
            error.

            **Watch for**

            - Iterator used after it was used up (`generator-reused`)

            [Glossary: iterator](https://docs.python.org/3/glossary.html#term-iterator) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        &TWICE.replace("sum(data", "sum(da$0ta"),
        expect![[r#"
                total = sum(data)
                            ▔▔▔▔

            `data` holds the generator that `rows()` on line 6 makes; it can be read once.
            `sum(data)` reads it to its end.

            **Here**

            - `max(data)` on line 8 gets nothing: it comes after the end.
            - `for row in …` on line 9 gets nothing: it comes after the end.
            - Its items come from `rows`, defined on line 1.
            - To read it again, make it anew, or keep a list if it is small.

            **Say in the interview**

            An iterator has no way back: after `StopIteration` it stays empty, without an
            error.

            **Watch for**

            - Iterator used after it was used up (`generator-reused`)

            [Glossary: iterator](https://docs.python.org/3/glossary.html#term-iterator) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        &TWICE.replace("in data", "in da$0ta"),
        expect![[r#"
                for row in data:
                           ▔▔▔▔

            `data` holds the generator that `rows()` on line 6 makes; it can be read once.
            Nothing is left of it here: it was read to its end on line 7.

            **Here**

            - `max(data)` on line 8 gets nothing: it comes after the end.
            - Read by `sum(data)` on line 7.
            - Its items come from `rows`, defined on line 1.
            - To read it again, make it anew, or keep a list if it is small.

            **Say in the interview**

            An iterator has no way back: after `StopIteration` it stays empty, without an
            error.

            **Watch for**

            - Iterator used after it was used up (`generator-reused`)

            [Glossary: iterator](https://docs.python.org/3/glossary.html#term-iterator) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
}

#[test]
fn other_iterators() {
    check_hover(
        "pairs = zip(a, b)\nprint(dict(pair$0s))\n",
        expect![[r#"
        print(dict(pairs))
                   ▔▔▔▔▔

        `pairs` holds the iterator that `zip(a, b)` on line 1 makes; it can be read
        once. `dict(pairs)` reads it to its end.

        **Say in the interview**

        An iterator has no way back: after `StopIteration` it stays empty, without an
        error.

        [Glossary: iterator](https://docs.python.org/3/glossary.html#term-iterator) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
    "#]],
    );
    check_hover(
        "def f(x):\n    evens = (n for n in x if n)\n    if 3 in even$0s:\n        return list(evens)\n",
        expect![[r#"
                if 3 in evens:
                        ▔▔▔▔▔

            `evens` holds the generator that `(n for n in x if n)` on line 2 makes; it can
            be read once. `in evens` takes from it.

            **Here**

            - Read by `list(evens)` on line 4.

            **Say in the interview**

            An iterator has no way back: after `StopIteration` it stays empty, without an
            error.

            [Glossary: iterator](https://docs.python.org/3/glossary.html#term-iterator) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "x = [1]\nprint(sum($0x))\n",
        "x = map(f, y)\nx = map(g, x)\nprint(sum($0x))\n",
        "def f(x):\n    print(sum($0x))\n",
        "x = range(3)\nprint(sum($0x))\n",
        "x = open(y)\nprint(sum($0x))\n",
        "from m import *\nx = map(f, y)\nprint(sum($0x))\n",
        "import itertools\nx = itertools.count()\nprint(sum($0x))\n",
        "def g():\n    while True:\n        yield 1\nx = g()\nprint(sum($0x))\n",
        "@d\ndef g():\n    yield 1\nx = g()\nprint(sum($0x))\n",
        "def g():\n    yield 1\nx = g\nprint(sum($0x))\n",
        "async def g():\n    yield 1\nx = g()\nprint($0x)\n",
        "for x in map(f, y):\n    print($0x)\n",
        "x = map(f, y)\nz = x.no$0ne\n",
    ] {
        assert_ne!(card_at(source), "iterator-variable", "{source}");
    }
}

#[test]
fn a_loop_that_may_return_need_not_reach_the_end() {
    let card = |body: &str| {
        snapshot_of(&format!(
            "def f(text):\n    parts = (part for part in text)\n    for part in par$0ts:\n        {body}\n"
        ))
    };
    assert!(card("print(part)").contains("reads it to its end"));
    assert!(card("return part").contains("takes from it"));
}
