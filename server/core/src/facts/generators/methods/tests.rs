use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot, snapshot_of};

#[test]
fn iter_methods() {
    check_hover(
        "class Tree:\n    def __it$0er__(self):\n        yield 1\n\ntree = Tree()\nprint(list(tree))\n",
        expect![[r#"
                def __iter__(self):
                    ▔▔▔▔▔▔▔▔

            Each `for` over an instance of `Tree` gets a generator of its own, which starts
            at the top of this body; what that reads from may still be used up.

            **Here**

            - `tree` on line 5 holds an instance of `Tree`; `list(tree)` on line 6 calls it.

            **Say in the interview**

            An iterable returns a new iterator from `__iter__`; an iterator returns itself
            and has `__next__`. Written as a generator, `__iter__` needs no `__next__` at
            all.

            [object.\_\_iter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__iter__) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "class C:\n    def __it$0er__(self):\n        self.i = 0\n        return self\n    def __next__(self):\n        raise StopIteration\n\nfor x in C():\n    pass\n",
        expect![[r#"
                def __iter__(self):
                    ▔▔▔▔▔▔▔▔

            An instance of `C` is its own iterator: all loops over one object share its
            position. Each turn of a loop calls `__next__` on line 5.

            **Here**

            - It sets attributes on line 3, so a new loop can start anew; loops inside each
              other disturb each other.
            - `for x in …` on line 8 calls it.

            **Say in the interview**

            An iterable returns a new iterator from `__iter__`; an iterator returns itself
            and has `__next__`. Written as a generator, `__iter__` needs no `__next__` at
            all.

            [object.\_\_iter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__iter__) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "class C:\n    def __it$0er__(self):\n        return iter(self.rows)\n",
        expect![[r#"
                def __iter__(self):
                    ▔▔▔▔▔▔▔▔

            Each `for` over an instance of `C` reads what this returns: `iter(self.rows)`.

            **Say in the interview**

            An iterable returns a new iterator from `__iter__`; an iterator returns itself
            and has `__next__`. Written as a generator, `__iter__` needs no `__next__` at
            all.

            [object.\_\_iter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__iter__) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
    check_hover(
        "class C:\n    def __it$0er__(self):\n        return [1, 2]\n",
        expect![[r#"
            def __iter__(self):
                ▔▔▔▔▔▔▔▔

        Each `for` over an instance of `C` reads what this returns: `[1, 2]`. That fails
        with `TypeError`: `list` is no iterator; return `iter(…)` of it.

        **Say in the interview**

        An iterable returns a new iterator from `__iter__`; an iterator returns itself
        and has `__next__`. Written as a generator, `__iter__` needs no `__next__` at
        all.

        [object.\_\_iter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__iter__) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
    "#]],
    );
    check_hover(
        "class C:\n    def __it$0er__(self):\n        return self\n",
        expect![[r#"
            def __iter__(self):
                ▔▔▔▔▔▔▔▔

        An instance of `C` is its own iterator: all loops over one object share its
        position. That fails with `TypeError`: the class has no `__next__`.

        **Say in the interview**

        An iterable returns a new iterator from `__iter__`; an iterator returns itself
        and has `__next__`. Written as a generator, `__iter__` needs no `__next__` at
        all.

        [object.\_\_iter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__iter__) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
    "#]],
    );
}

#[test]
fn next_methods() {
    check_hover(
        "class C:\n    def __iter__(self):\n        return self\n    def __ne$0xt__(self):\n        if self.i < 3:\n            self.i += 1\n            return self.i\n",
        expect![[r#"
                def __next__(self):
                    ▔▔▔▔▔▔▔▔

            `next()` of an instance of `C` and each turn of a loop over it run this. Nothing
            in it raises `StopIteration`: a loop over it has no end.

            **Here**

            - If the `if` on line 5 is false, it returns `None`, and the loop goes on with
              `None` for ever. Raise `StopIteration` there.
            - `__iter__` on line 2 is what a `for` calls first.
            - It keeps its position in attributes, set on line 6.

            **Say in the interview**

            `StopIteration` is the protocol's end mark, not an error; once raised, it must
            be raised for ever.

            [iterator.\_\_next\_\_](https://docs.python.org/3/library/stdtypes.html#iterator.__next__)
        "#]],
    );
    check_hover(
        "class C:\n    def __ne$0xt__(self):\n        if self.i > 3:\n            raise StopIteration\n        self.i += 1\n        return self.i\n",
        expect![[r#"
                def __next__(self):
                    ▔▔▔▔▔▔▔▔

            `next()` of an instance of `C` runs this. It ends with `StopIteration`, on
            line 4.

            **Here**

            - `C` has no `__iter__`, so no `for` takes it: add one that returns `self`.
            - It keeps its position in attributes, set on line 5.

            **Say in the interview**

            `StopIteration` is the protocol's end mark, not an error; once raised, it must
            be raised for ever.

            [iterator.\_\_next\_\_](https://docs.python.org/3/library/stdtypes.html#iterator.__next__)
        "#]],
    );
    check_hover(
        "class C:\n    def __iter__(self):\n        return self\n    def __ne$0xt__(self):\n        return next(self.it) * 2\n",
        expect![[r#"
                def __next__(self):
                    ▔▔▔▔▔▔▔▔

            `next()` of an instance of `C` and each turn of a loop over it run this. It ends
            when what it calls `next()` for on line 5 ends.

            **Here**

            - `__iter__` on line 2 is what a `for` calls first.

            **Say in the interview**

            `StopIteration` is the protocol's end mark, not an error; once raised, it must
            be raised for ever.

            [iterator.\_\_next\_\_](https://docs.python.org/3/library/stdtypes.html#iterator.__next__)
        "#]],
    );
    check_hover(
        "class C:\n    def __iter__(self):\n        return self\n    def __ne$0xt__(self):\n        yield 1\n",
        expect![[r#"
                def __next__(self):
                    ▔▔▔▔▔▔▔▔

            `next()` of an instance of `C` and each turn of a loop over it run this. It has
            a `yield`: each call gives a new generator instead of an item. Write `__iter__`
            so, without `__next__`.

            **Here**

            - `__iter__` on line 2 is what a `for` calls first.

            **Say in the interview**

            `StopIteration` is the protocol's end mark, not an error; once raised, it must
            be raised for ever.

            [iterator.\_\_next\_\_](https://docs.python.org/3/library/stdtypes.html#iterator.__next__)
        "#]],
    );
}

#[test]
fn getitem_without_iter() {
    check_hover(
        "class Deck:\n    def __len__(self):\n        return 3\n    def __get$0item__(self, i):\n        return self.cards[i]\n\ndeck = Deck()\nprint(sorted(deck))\n",
        expect![[r#"
                def __getitem__(self, i):
                    ▔▔▔▔▔▔▔▔▔▔▔

            `Deck` has no `__iter__`, so a `for` over it calls this with `i` 0, 1, 2, …,
            until it raises `IndexError`.

            **Here**

            - `deck` on line 7 holds an instance of `Deck`; `sorted(deck)` on line 8 does
              so.

            **Say in the interview**

            That is the old sequence protocol. `isinstance(x, Iterable)` does not know it;
            `iter(x)` is the sure test.

            [iter\(\)](https://docs.python.org/3/library/functions.html#iter) · [Glossary: iterable](https://docs.python.org/3/glossary.html#term-iterable)
        "#]],
    );
}

/// Facts that must not be stated.
#[test]
fn what_is_not_certain_is_not_told() {
    for (source, line) in [
        ("class C(B):\n    def __it$0er__(self):\n        return self\n", "has no `__next__`"),
        (
            "class C:\n    def __it$0er__(self):\n        if x: return self\n        return iter(y)\n",
            "own iterator",
        ),
        ("class C:\n    def __it$0er__(self):\n        return make(self)\n", "TypeError"),
        ("class C:\n    @d\n    def __it$0er__(self):\n        yield 1\n", "of its own"),
        ("class C:\n    def __ne$0xt__(self):\n        return self.read()\n", "no end"),
        (
            "class C:\n    def __ne$0xt__(self):\n        if a:\n            return 1\n        raise StopIteration\n",
            "returns `None`",
        ),
        (
            "class C:\n    def __ne$0xt__(self):\n        if a:\n            return 1\n        else:\n            raise StopIteration\n",
            "returns `None`",
        ),
        ("class C(B):\n    def __ne$0xt__(self):\n        return 1\n", "no `for` takes it"),
        ("class C(B):\n    def __get$0item__(self, i):\n        return 1\n", "has no `__iter__`"),
        (
            "class C:\n    def __iter__(self): ...\n    def __get$0item__(self, i):\n        return 1\n",
            "has no `__iter__`",
        ),
        (
            "class C(metaclass=M):\n    def __get$0item__(self, i):\n        return 1\n",
            "has no `__iter__`",
        ),
    ] {
        let card =
            snapshot(crate::content::testing::builtin(), &crate::Settings::default(), source);
        assert!(!card.contains(line), "{source}{card}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def __it$0er__(self):\n    return self\n",
        "class C:\n    def f(self):\n        def __it$0er__(self):\n            return self\n",
        "class C:\n    def __it$0er__(self):\n        return self\n    __iter__ = None\n",
        "class C:\n    def __it$0er__(self):\n        raise NotImplementedError\n",
        "class C:\n    async def __ne$0xt__(self):\n        return self\n",
        "class C:\n    def __get$0item__(self):\n        return self\n",
    ] {
        let card = card_at(source);
        assert!(!["iter-method", "next-method", "getitem-method"].contains(&&*card), "{source}");
    }
}

#[test]
fn a_loop_runs_next_only_if_iter_returns_self() {
    let card = |iter: &str| {
        snapshot_of(&format!(
            "class A:\n    def __ne$0xt__(self):\n        return \"\"\n\n    def __iter__(self):\n        {iter}\n"
        ))
    };
    assert!(card("return self").contains("each turn of a loop over it run this"));
    assert!(card("return self").contains("a loop over it has no end"));
    for other in ["return iter([1])", "yield 1"] {
        assert!(card(other).contains("A loop over the instance does not"), "{other}");
        assert!(!card(other).contains("has no end"), "{other}");
    }
    assert!(!card("return make(self)").contains("loop"), "it may return anything");
}
