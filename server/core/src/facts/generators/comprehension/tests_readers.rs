use expect_test::expect;

use crate::cards::testing::check_hover;

#[test]
fn a_reader_that_needs_no_list() {
    check_hover(
        "def f(xs):\n    return sum([x * x $0for x in xs if x > 0 if x < 9])\n",
        expect![[r#"
                return sum([x * x for x in xs if x > 0 if x < 9])
                                  ▔▔▔

            A whole list is built here, at once: `x * x` for each `x` of `xs`. Kept only if
            true: `x > 0`, `x < 9`. `sum` adds the items up one by one: it needs no list.

            ```python
            result = []
            for x in xs:
                if x > 0:
                    if x < 9:
                        result.append(x * x)
            ```

            **Here**

            - Without the brackets `sum` gets a generator and no list is built.

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Watch for**

            - List built only to be summed up (`list-comp-in-reducer`)

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
    check_hover(
        "print(any([n > 2 $0for n in source()]))\n",
        expect![[r#"
            print(any([n > 2 for n in source()]))
                             ▔▔▔

            A whole list is built here, at once: `n > 2` for each `n` of `source()`. `any`
            stops at the first true item, but the list is complete before it starts.

            ```python
            result = []
            for n in source():
                result.append(n > 2)
            ```

            **Here**

            - Without the brackets `any` reads only as far as it must.

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Watch for**

            - List built only to be summed up (`list-comp-in-reducer`)

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
    check_hover(
        "print(sorted([n.name $0for n in source()]))\n",
        expect![[r#"
            print(sorted([n.name for n in source()]))
                                 ▔▔▔

            A whole list is built here, at once: `n.name` for each `n` of `source()`.
            `sorted` makes a list of its own of the items and sorts that: the list made here
            is dropped after that.

            ```python
            result = []
            for n in source():
                result.append(n.name)
            ```

            **Here**

            - Without the brackets `sorted` gets the items one by one.

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
        "print(', '.join([str(n) $0for n in source()]))\n",
        expect![[r#"
            print(', '.join([str(n) for n in source()]))
                                    ▔▔▔

            A whole list is built here, at once: `str(n)` for each `n` of `source()`.
            `', '.join` makes a list of what is no list or tuple, and joins that: here the
            brackets cost nothing.

            ```python
            result = []
            for n in source():
                result.append(str(n))
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
        "for a in [$0f(n) for n in source()]:\n    print(a)\n",
        expect![[r#"
            no card
        "#]],
    );
}

#[test]
fn a_list_that_is_read_once() {
    check_hover(
        "def f(rows):\n    totals = [row.total $0for row in rows]\n    return max(totals)\n",
        expect![[r#"
                totals = [row.total for row in rows]
                                    ▔▔▔

            A whole list is built here, at once: `row.total` for each `row` of `rows`.

            ```python
            result = []
            for row in rows:
                result.append(row.total)
            ```

            **Here**

            - In this file `totals` is only read once, by `max(totals)` on line 3, which
              needs no list: a generator expression would do, if what it reads stays as it
              is until then.

            **Say in the interview**

            Brackets build everything now; parentheses make a generator that builds on
            demand. Take the list for `len()`, indexing or a second pass.

            **Watch for**

            - `totals`: List that is walked over once (`single-pass-list`)

            **Version**

            - 3.12: it runs without a frame of its own; its variables are still its own.

            For Python `3.9`, as no file says which ·
            [Displays for lists, sets and dictionaries](https://docs.python.org/3/reference/expressions.html#displays-for-lists-sets-and-dictionaries) · [Functional programming HOWTO](https://docs.python.org/3/howto/functional.html#generator-expressions-and-list-comprehensions) · [PEP 709](https://peps.python.org/pep-0709/)
        "#]],
    );
}
