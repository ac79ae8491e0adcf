use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_place() {
    check_hover(
        "def bounds(xs):\n    low, high = min(xs), max(xs)\n    return low, high\n\nb = bounds([1, 2])\nprint(b$0[1] - b[0])\n",
        expect![[r#"
            print(b[1] - b[0])
                  ▔

            `b[1]` is `high`, as `bounds` returns it on line 3, in a tuple of 2.

            **Here**

            - Unpacked where it is called, each place has a name: `low, high`.

            **Say in the interview**

            Numbers say nothing about what they stand for. A `namedtuple`, or a dataclass,
            keeps the names with the values; a `namedtuple` is still a tuple, so old code
            goes on working.

            [collections.namedtuple](https://docs.python.org/3/library/collections.html#collections.namedtuple) · [Tuples and sequences](https://docs.python.org/3/tutorial/datastructures.html#tuples-and-sequences)
        "#]],
    );
}

#[test]
fn no_such_place() {
    check_hover(
        "def pair():\n    return (1, 2)\n\nprint(pair()$0[2])\n",
        expect![[r#"
        print(pair()[2])
                    ▔

        `pair()[2]` raises `IndexError`: `pair` returns a tuple of 2, on line 2.

        **Say in the interview**

        Numbers say nothing about what they stand for. A `namedtuple`, or a dataclass,
        keeps the names with the values; a `namedtuple` is still a tuple, so old code
        goes on working.

        [collections.namedtuple](https://docs.python.org/3/library/collections.html#collections.namedtuple) · [Tuples and sequences](https://docs.python.org/3/tutorial/datastructures.html#tuples-and-sequences)
    "#]],
    );
}

#[test]
fn from_the_end_and_of_several_returns() {
    let head = "def f(x):\n    if x:\n        return x, 1\n    return None, 1\n";
    assert!(snapshot_of(&format!("{head}r = f(2)\nr$0[-1]\n")).contains("`r[-1]` is `1`"));
    assert!(snapshot_of(&format!("{head}r = f(2)\nr$0[-3]\n")).contains("IndexError"));
    // The returns do not agree.
    assert_ne!(card_at(&format!("{head}r = f(2)\nr$0[0]\n")), "tuple-place");
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "def f():\n    return 1, 2\nr = f()\nr = g()\nr$0[0]\n",
        "def f(x):\n    if x:\n        return 1, 2\nr = f(1)\nr$0[0]\n",
        "def f(x):\n    if x:\n        return 1, 2\n    return 1, 2, 3\nr = f(1)\nr$0[0]\n",
        "def f(x):\n    return 1, *x\nr = f(1)\nr$0[0]\n",
        "def f(x):\n    return [1, 2]\nr = f(1)\nr$0[0]\n",
        "@cache\ndef f(x):\n    return 1, 2\nr = f(1)\nr$0[0]\n",
        "def f():\n    yield 1, 2\nr = f()\nr$0[0]\n",
        "def f():\n    return 1, 2\nr = f()\nr$0[i]\n",
        "def g(r):\n    return r$0[0]\n",
    ] {
        assert_ne!(card_at(source), "tuple-place", "{source}");
    }
}
