use expect_test::expect;

use crate::cards::testing::{check_hover, snapshot_of};

#[test]
fn instances_that_are_called_and_decorate() {
    check_hover(
        "\
class Retry:
\x20   def __init__(self, times):
\x20       self.times = times

\x20   def __call$0__(self, func):
\x20       return func

@Retry(3)
def load(): ...

once = Retry(1)

@once
def save(): ...

once(print)
Retry(2)(load)
",
        expect![[r#"
                def __call__(self, func):
                    ▔▔▔▔▔▔▔▔

            An instance of `Retry` can be called like a function: the call runs this method.
            `self` is the instance.

            - `Retry(3)` on line 8 calls it with `load`: once, as a decorator.
            - `once` on line 13 calls it with `save`: once, as a decorator.
            - Called on line 16: `once(print)`
            - Called on line 17: `Retry(2)(load)`

            **Say in the interview**

            Any callable can decorate, so an instance with `__call__` can, and it has
            attributes for its state. Python looks `__call__` up on the class, not on the
            instance.

            [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
}

#[test]
fn a_class_that_replaces_functions() {
    check_hover(
        "\
class Count:
\x20   def __init__(self, func):
\x20       self.func = func

\x20   def __cal$0l__(self, *args):
\x20       return self.func(*args)

@Count
def load(): ...

@other
@Count
def save(): ...

load()
print(load())
save()
",
        expect![[r#"
                def __call__(self, *args):
                    ▔▔▔▔▔▔▔▔

            An instance of `Count` can be called like a function: the call runs this method.
            `self` is the instance.

            - `load`, decorated on line 8, is an instance of `Count`, and no function any
              more.

            **Here**

            - Calls of `load`, which run it: lines 15, 16.

            **Say in the interview**

            Any callable can decorate, so an instance with `__call__` can, and it has
            attributes for its state. Python looks `__call__` up on the class, not on the
            instance.

            [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
}

#[test]
fn the_kind_of_function_and_no_uses() {
    check_hover(
        "\
class A:
\x20   async def __cal$0l__(this): ...
",
        expect![[r#"
                async def __call__(this): ...
                          ▔▔▔▔▔▔▔▔

            An instance of `A` can be called like a function: the call runs this method.
            `this` is the instance.

            **Here**

            - It is an `async def`: the call gives a coroutine, to be awaited.

            **Say in the interview**

            Any callable can decorate, so an instance with `__call__` can, and it has
            attributes for its state. Python looks `__call__` up on the class, not on the
            instance.

            [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
    check_hover(
        "\
class A:
\x20   @staticmethod
\x20   def __cal$0l__(x):
\x20       yield x
",
        expect![[r#"
                def __call__(x):
                    ▔▔▔▔▔▔▔▔

            An instance of `A` can be called like a function: the call runs what the
            decorators leave of this method.

            **Here**

            - It has a `yield`: the call gives a generator.

            **Say in the interview**

            Any callable can decorate, so an instance with `__call__` can, and it has
            attributes for its state. Python looks `__call__` up on the class, not on the
            instance.

            [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
}

#[test]
fn uses_of_what_may_be_something_else_are_left_out() {
    check_hover(
        "\
class A:
\x20   def __new__(cls): ...
\x20   def __cal$0l__(self): ...
A()()
",
        expect![[r#"
                def __call__(self): ...
                    ▔▔▔▔▔▔▔▔

            An instance of `A` can be called like a function: the call runs this method.
            `self` is the instance.

            **Say in the interview**

            Any callable can decorate, so an instance with `__call__` can, and it has
            attributes for its state. Python looks `__call__` up on the class, not on the
            instance.

            [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
    check_hover(
        "\
class A(metaclass=M):
\x20   def __cal$0l__(self): ...
A()()
",
        expect![[r#"
                def __call__(self): ...
                    ▔▔▔▔▔▔▔▔

            An instance of `A` can be called like a function: the call runs this method.
            `self` is the instance.

            **Say in the interview**

            Any callable can decorate, so an instance with `__call__` can, and it has
            attributes for its state. Python looks `__call__` up on the class, not on the
            instance.

            [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
    check_hover(
        "\
@register
class A:
\x20   def __cal$0l__(self): ...
A()()
",
        expect![[r#"
                def __call__(self): ...
                    ▔▔▔▔▔▔▔▔

            An instance of `A` can be called like a function: the call runs this method.
            `self` is the instance.

            **Say in the interview**

            Any callable can decorate, so an instance with `__call__` can, and it has
            attributes for its state. Python looks `__call__` up on the class, not on the
            instance.

            [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
    check_hover(
        "\
class A:
\x20   def __cal$0l__(self): ...
a = A()
a = 1
a()
",
        expect![[r#"
                def __call__(self): ...
                    ▔▔▔▔▔▔▔▔

            An instance of `A` can be called like a function: the call runs this method.
            `self` is the instance.

            **Say in the interview**

            Any callable can decorate, so an instance with `__call__` can, and it has
            attributes for its state. Python looks `__call__` up on the class, not on the
            instance.

            [object.\_\_call\_\_](https://docs.python.org/3/reference/datamodel.html#object.__call__) · [Special method lookup](https://docs.python.org/3/reference/datamodel.html#special-method-lookup)
        "#]],
    );
}

#[test]
fn what_is_no_method_has_no_card() {
    for source in [
        "def __cal$0l__(self): ...\n",
        "class A:\n    def f(self):\n        def __cal$0l__(self): ...\n",
        "class A:\n    def __cal$0l__(self): ...\n    __call__ = None\n",
        "class A:\n    if x:\n        def __cal$0l__(self): ...\n",
        "class A:\n    def __cal$0l__(self):\n        x = (\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
}

#[test]
fn a_decorator_may_put_something_else_in_its_place() {
    let card = snapshot_of("class A:\n    @logged\n    def __ca$0ll__(self): ...\n");
    assert!(card.contains("runs what"), "{card}");
}
