use expect_test::expect;

use crate::cards::testing::{check_hover, snapshot_of};

#[test]
fn sets_dicts_and_nested_loops() {
    check_hover(
        "pairs = [(a, b) $0for a in x for b in y if a != b]\n",
        expect![[r#"
            pairs = [(a, b) for a in x for b in y if a != b]
                            ▔▔▔

            A whole list is built here, at once: `(a, b)` on each turn of its 2 nested
            `for`. Kept only if true: `a != b`.

            ```python
            result = []
            for a in x:
                for b in y:
                    if a != b:
                        result.append((a, b))
            ```

            **Here**

            - The 2 `for` are nested in the order they are written: the last one turns
              fastest.

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
    check_hover(
        "d = {k: v $0for k, v in zip(a, b)}\n",
        expect![[r#"
            d = {k: v for k, v in zip(a, b)}
                      ▔▔▔

            A whole dict is built here, at once: `k: v` for each `k, v` of `zip(a, b)`.

            ```python
            result = {}
            for k, v in zip(a, b):
                result[k] = v
            ```

            **Here**

            - It only copies: `dict(zip(a, b))` says the same.

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
    check_hover(
        "s = {w.lower() $0for w in words}\n",
        expect![[r#"
            s = {w.lower() for w in words}
                           ▔▔▔

            A whole set is built here, at once: `w.lower()` for each `w` of `words`.

            ```python
            result = set()
            for w in words:
                result.add(w.lower())
            ```

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
    check_hover(
        "result = [f(n) for $0n in result]\nn = 3\n",
        expect![[r#"
            result = [f(n) for n in result]
                               ▔

            A whole list is built here, at once: `f(n)` for each `n` of `result`.

            ```python
            items = []
            for n in result:
                items.append(f(n))
            ```

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
    check_hover(
        "[print(n) $0for n in data]\n",
        expect![[r#"
            [print(n) for n in data]
                      ▔▔▔

            A whole list is built here, at once: `print(n)` for each `n` of `data`. Nobody
            gets it: a `for` statement would say what is meant.

            ```python
            result = []
            for n in data:
                result.append(print(n))
            ```

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
}

#[test]
fn scopes() {
    check_hover(
        "class C:\n    rate = 2\n    names = ['a']\n    both = [n * rate $0for n in names]\n",
        expect![[r#"
                both = [n * rate for n in names]
                                 ▔▔▔

            A whole list is built here, at once: `n * rate` for each `n` of `names`.

            ```python
            result = []
            for n in names:
                result.append(n * rate)
            ```

            **Here**

            - `rate` of the class body is not visible in it, except in the first iterable.

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
    check_hover(
        "def f(x, data):\n    a = [y $0for x in data if (y := g(x))]\n    return a\n",
        expect![[r#"
                a = [y for x in data if (y := g(x))]
                       ▔▔▔

            A whole list is built here, at once: `y` for each `x` of `data`. Kept only if
            true: `(y := g(x))`.

            ```python
            result = []
            for x in data:
                if (y := g(x)):
                    result.append(y)
            ```

            **Here**

            - `y` is bound around the comprehension, by `:=`.
            - `x` in it is a variable of its own: the one around keeps its value.

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
    check_hover(
        "async def f():\n    return [x async $0for x in g()]\n",
        expect![[r#"
                return [x async for x in g()]
                                ▔▔▔

            A whole list is built here, at once: `x` for each `x` of `g()`.

            ```python
            result = []
            async for x in g():
                result.append(x)
            ```

            **Here**

            - It awaits, so it can only stand where `await` can.

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
}

#[test]
fn a_list_is_needed_by_what_grows_while_it_reads() {
    let extended = snapshot_of("cases = [1]\ncases.extend([-case $0for case in cases])\n");
    assert!(extended.contains("may be\nmade from what it holds"), "{extended}");
    assert!(!extended.contains("needs no list"), "{extended}");
    let asked = snapshot_of("cases = [1]\ncases.extend(-case $0for case in cases)\n");
    assert!(asked.contains("must not be"), "{asked}");
    let kept = snapshot_of("a = []\nmore = [b $0for b in a]\na.extend(more)\n");
    assert!(!kept.contains("only read once"), "{kept}");
}
