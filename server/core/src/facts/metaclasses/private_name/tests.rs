use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn in_a_class() {
    check_hover(
        "class Base:\n    def f(self):\n        self.__x = 1\nclass Sub(Base):\n    def g(self):\n        return self.__x$0\n",
        expect![[r#"
                    return self.__x
                                ▔▔▔

            In `Sub`, `__x` means `_Sub__x`: the compiler puts the name of the class in
            front.

            **Here**

            - In `Base` on line 3 the same spelling means `_Base__x`, another attribute.

            **Say in the interview**

            It keeps a class and its subclasses from using one name by accident. It is no
            protection: the longer name can be used from anywhere. For "please do not
            touch", one underscore is the custom.

            **Watch for**

            - `getattr(obj, "__x")` and names in strings are not changed.

            [Private name mangling](https://docs.python.org/3/reference/expressions.html#private-name-mangling)
        "#]],
    );
    check_hover(
        "class __A:\n    def __he$0lp(self): ...\n",
        expect![[r#"
            def __help(self): ...
                ▔▔▔▔▔▔

        In `__A`, `__help` means `_A__help`: the compiler puts the name of the class in
        front.

        **Say in the interview**

        It keeps a class and its subclasses from using one name by accident. It is no
        protection: the longer name can be used from anywhere. For "please do not
        touch", one underscore is the custom.

        **Watch for**

        - `getattr(obj, "__x")` and names in strings are not changed.

        [Private name mangling](https://docs.python.org/3/reference/expressions.html#private-name-mangling)
    "#]],
    );
}

#[test]
fn outside_of_classes() {
    check_hover(
        "class A:\n    def __init__(self):\n        self.__x = 1\na = A()\nprint(a.__x$0)\n",
        expect![[r#"
            print(a.__x)
                    ▔▔▔

            Here, in no class, `__x` means itself; in `A` it means `_A__x`, so this raises
            `AttributeError`.

            **Say in the interview**

            It keeps a class and its subclasses from using one name by accident. It is no
            protection: the longer name can be used from anywhere. For "please do not
            touch", one underscore is the custom.

            **Watch for**

            - `getattr(obj, "__x")` and names in strings are not changed.

            [Private name mangling](https://docs.python.org/3/reference/expressions.html#private-name-mangling)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "class A:\n    def f(self): return self.__x__$0\n",
        "class A:\n    def f(self): return self._x$0\n",
        "class A(b.__x$0): ...\n",
        "a.__x$0\n",
        "class A: ...\na = A()\na.__x$0\n",
        "class A:\n    def f(self): self.__x = 1\n    def __getattr__(self, n): ...\na = A()\na.__x$0\n",
        "class A:\n    def f(self): self.__x = 1\na = A()\na.__x$0 = 2\n",
        "class _:\n    def f(self): return self.__x$0\n",
        "def __f$0(): ...\n",
    ] {
        assert_ne!(card_at(source), "private-name", "{source}");
    }
}
