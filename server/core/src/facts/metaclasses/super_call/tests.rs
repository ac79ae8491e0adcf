use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn the_method_of_a_base() {
    check_hover(
        "class A:\n    def __init__(self): ...\nclass B(A): ...\nclass C(B):\n    def __init__(self):\n        sup$0er().__init__()\n",
        expect![[r#"
                    super().__init__()
                    ▔▔▔▔▔

            For `C` itself, `super().__init__` is that of `A` on line 2.

            **Here**

            - Method resolution order of `C`: `C`, `B`, `A`, `object`.

            **Say in the interview**

            `super()` does not mean the parent. It looks on in the method resolution order
            of the *object's* class, behind the class whose body holds the method. So with
            several bases it may reach a sibling.

            **Watch for**

            - Every class of such a family must call `super()` itself, or the chain ends
              there.

            [super\(\)](https://docs.python.org/3/library/functions.html#super) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
    check_hover(
        "class A:\n    def f(self): ...\nclass C(A):\n    def f(self):\n        return super(C, self).f$0()\n",
        expect![[r#"
                    return super(C, self).f()
                                          ▔

            For `C` itself, `super(C, self).f` is that of `A` on line 2.

            **Here**

            - Method resolution order of `C`: `C`, `A`, `object`.
            - With arguments it says the same as `super()`: the class is `C`, the object the
              first parameter.

            **Say in the interview**

            `super()` does not mean the parent. It looks on in the method resolution order
            of the *object's* class, behind the class whose body holds the method. So with
            several bases it may reach a sibling.

            **Watch for**

            - Every class of such a family must call `super()` itself, or the chain ends
              there.

            [super\(\)](https://docs.python.org/3/library/functions.html#super) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
}

#[test]
fn another_class_comes_next_in_a_subclass() {
    check_hover(
        "class A:\n    def f(self): ...\nclass B(A):\n    def f(self):\n        sup$0er().f()\n\
         class C(A):\n    def f(self): ...\nclass D(B, C): ...\n",
        expect![[r#"
                    super().f()
                    ▔▔▔▔▔

            For `B` itself, `super().f` is that of `A` on line 2.

            **Here**

            - Method resolution order of `B`: `B`, `A`, `object`.
            - For `D` on line 8, `C` follows `B` instead.

            **Say in the interview**

            `super()` does not mean the parent. It looks on in the method resolution order
            of the *object's* class, behind the class whose body holds the method. So with
            several bases it may reach a sibling.

            **Watch for**

            - Every class of such a family must call `super()` itself, or the chain ends
              there.

            [super\(\)](https://docs.python.org/3/library/functions.html#super) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
}

#[test]
fn what_is_not_in_the_file() {
    check_hover(
        "from m import Base\nclass C(Base):\n    def f(self):\n        super$0().f()\n",
        expect![[r#"
                    super().f()
                    ▔▔▔▔▔

            The search starts at `Base`, which follows `C` in its method resolution order.

            **Say in the interview**

            `super()` does not mean the parent. It looks on in the method resolution order
            of the *object's* class, behind the class whose body holds the method. So with
            several bases it may reach a sibling.

            **Watch for**

            - Every class of such a family must call `super()` itself, or the chain ends
              there.

            [super\(\)](https://docs.python.org/3/library/functions.html#super) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
    check_hover(
        "import threading\nclass C(threading.Thread):\n    def __init__(self):\n        super$0().__init__()\n",
        expect![[r#"
                    super().__init__()
                    ▔▔▔▔▔

            For `C` itself, `__init__` is that of `Thread`.

            **Here**

            - Method resolution order of `C`: `C`, `Thread`, `object`.

            **Say in the interview**

            `super()` does not mean the parent. It looks on in the method resolution order
            of the *object's* class, behind the class whose body holds the method. So with
            several bases it may reach a sibling.

            **Watch for**

            - Every class of such a family must call `super()` itself, or the chain ends
              there.

            [super\(\)](https://docs.python.org/3/library/functions.html#super) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
    check_hover(
        "class C:\n    def __init__(self):\n        super$0().__init__()\n",
        expect![[r#"
                    super().__init__()
                    ▔▔▔▔▔

            For `C` itself, `__init__` is that of `object`.

            **Here**

            - Method resolution order of `C`: `C`, `object`.

            **Say in the interview**

            `super()` does not mean the parent. It looks on in the method resolution order
            of the *object's* class, behind the class whose body holds the method. So with
            several bases it may reach a sibling.

            **Watch for**

            - Every class of such a family must call `super()` itself, or the chain ends
              there.

            [super\(\)](https://docs.python.org/3/library/functions.html#super) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
    check_hover(
        "class C:\n    def f(self):\n        super$0().f()\n",
        expect![[r#"
                    super().f()
                    ▔▔▔▔▔

            For `C` itself this raises `AttributeError`: no class behind it has `f`.

            **Here**

            - Method resolution order of `C`: `C`, `object`.

            **Say in the interview**

            `super()` does not mean the parent. It looks on in the method resolution order
            of the *object's* class, behind the class whose body holds the method. So with
            several bases it may reach a sibling.

            **Watch for**

            - Every class of such a family must call `super()` itself, or the chain ends
              there.

            [super\(\)](https://docs.python.org/3/library/functions.html#super) · [Method resolution order](https://docs.python.org/3/howto/mro.html)
        "#]],
    );
}

#[test]
fn silent_where_it_cannot_be_told() {
    for source in [
        "def f():\n    sup$0er().f()\n",
        "from m import super\nclass C(B):\n    def f(self):\n        sup$0er().f()\n",
        "class A: ...\nclass C(A):\n    def f(self):\n        sup$0er(A, self).f()\n",
        "class A: ...\nclass C(A):\n    def f(self, other):\n        sup$0er(C, other).f()\n",
        "class A: ...\nclass C(A):\n    def f(self):\n        return [sup$0er().f() for x in y]\n",
        "class C(*bases):\n    def f(self):\n        sup$0er().f()\n",
        "class C(make()):\n    def f(self):\n        sup$0er().f()\n",
        "class A: ...\nclass B(A): ...\nclass C(A, B):\n    def f(self):\n        sup$0er().f()\n",
        "class A:\n    if x:\n        def f(self): ...\nclass C(A):\n    def g(self):\n        x.sup$0er().f()\n",
    ] {
        assert_ne!(card_at(source), "super-call", "{source}");
    }
}
