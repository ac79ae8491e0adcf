use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn the_class_of_something_known() {
    check_hover(
        "class A: ...\na = A()\nprint(ty$0pe(a))\n",
        expect![[r#"
        print(type(a))
              ▔▔▔▔

        `type(a)` is `A`.

        **Say in the interview**

        With one argument `type` tells the class of an object. A class is an object too:
        its type is its metaclass.

        [type\(\)](https://docs.python.org/3/library/functions.html#type) · [isinstance\(\)](https://docs.python.org/3/library/functions.html#isinstance)
    "#]],
    );
    check_hover(
        "class M(type): ...\nclass A(metaclass=M): ...\nty$0pe(A)\n",
        expect![[r#"
        type(A)
        ▔▔▔▔

        `type(A)` is `M`.

        **Say in the interview**

        With one argument `type` tells the class of an object. A class is an object too:
        its type is its metaclass.

        [type\(\)](https://docs.python.org/3/library/functions.html#type) · [isinstance\(\)](https://docs.python.org/3/library/functions.html#isinstance)
    "#]],
    );
    check_hover(
        "class A:\n    def f(self):\n        return ty$0pe(self).__name__\nclass B(A): ...\n",
        expect![[r#"
                    return type(self).__name__
                           ▔▔▔▔

            `type(self)` is `A` or a subclass: the class of this very object.

            **Here**

            - Subclasses in this file: `B`.

            **Say in the interview**

            With one argument `type` tells the class of an object. A class is an object too:
            its type is its metaclass.

            [type\(\)](https://docs.python.org/3/library/functions.html#type) · [isinstance\(\)](https://docs.python.org/3/library/functions.html#isinstance)
        "#]],
    );
}

#[test]
fn compared_with_a_class() {
    check_hover(
        "class A: ...\nclass B(A): ...\ndef f(x):\n    return ty$0pe(x) == A\n",
        expect![[r#"
                return type(x) == A
                       ▔▔▔▔

            Here it asks for exactly `A`: no object of a subclass counts, as it would for
            `isinstance`.

            **Here**

            - Subclasses in this file: `B`.

            **Say in the interview**

            With one argument `type` tells the class of an object. A class is an object too:
            its type is its metaclass.

            [type\(\)](https://docs.python.org/3/library/functions.html#type) · [isinstance\(\)](https://docs.python.org/3/library/functions.html#isinstance)
        "#]],
    );
    check_hover(
        "def f(x):\n    if ty$0pe(x) is int: ...\n",
        expect![[r#"
            if type(x) is int: ...
               ▔▔▔▔

        Here it asks for exactly `int`: no object of a subclass counts, as it would for
        `isinstance`.

        **Here**

        - `type(True) is int` is false, though `isinstance(True, int)` is true.

        **Say in the interview**

        With one argument `type` tells the class of an object. A class is an object too:
        its type is its metaclass.

        [type\(\)](https://docs.python.org/3/library/functions.html#type) · [isinstance\(\)](https://docs.python.org/3/library/functions.html#isinstance)
    "#]],
    );
}

#[test]
fn a_class_made_by_a_call() {
    check_hover(
        "class A: ...\nC = ty$0pe('C', (A,), {'n': 1, 'go': lambda self: self.n})\n",
        expect![[r#"
            C = type('C', (A,), {'n': 1, 'go': lambda self: self.n})
                ▔▔▔▔

            `type('C', …)` makes a class, as this statement does:

            ```python
            class C(A):
                n = 1
                go = lambda self: self.n
            ```

            **Say in the interview**

            A class statement ends in such a call. `type` takes the metaclass of the bases
            if that is more derived; `__prepare__` is not called. `types.new_class` does it
            all.

            [type\(\)](https://docs.python.org/3/library/functions.html#type)
        "#]],
    );
    check_hover(
        "D = ty$0pe('C', (), {})\n",
        expect![[r#"
        D = type('C', (), {})
            ▔▔▔▔

        `type('C', …)` makes a class, as this statement does:

        ```python
        class C:
            pass
        ```

        **Here**

        - It is bound to `D`, but its `__name__` is `C`: pickling and `repr` use that.

        **Say in the interview**

        A class statement ends in such a call. `type` takes the metaclass of the bases
        if that is more derived; `__prepare__` is not called. `types.new_class` does it
        all.

        [type\(\)](https://docs.python.org/3/library/functions.html#type)
    "#]],
    );
}

#[test]
fn silent_where_nothing_is_known() {
    for source in [
        "ty$0pe(x)\n",
        "def f(x): return ty$0pe(x)\n",
        "type = f\ntype = g\na = 1\nty$0pe(a)\n",
        "from m import type\nty$0pe(1)\n",
        "ty$0pe(*x)\n",
        "ty$0pe(x) == y\n",
        "ty$0pe(x) in (A, B)\n",
        "ty$0pe(name, (A,), {})\n",
        "ty$0pe('C', bases, {})\n",
        "ty$0pe('C', (A,), ns)\n",
        "ty$0pe('C', (A,), {**ns})\n",
        "ty$0pe('C', (A,), {key: 1})\n",
        "ty$0pe('not a name', (A,), {})\n",
        "ty$0pe('C', (A,))\n",
    ] {
        let card = card_at(source);
        assert!(!["type-of", "type-call"].contains(&card.as_str()), "{source}");
    }
}
