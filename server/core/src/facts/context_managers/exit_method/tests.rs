use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn an_exit_that_lets_exceptions_pass() {
    check_hover(
        "class Db:\n    def __enter__(self):\n        self.conn = connect(self.path)\n        return self.conn\n\n    def __ex$0it__(self, exc_type, exc_val, exc_tb):\n        if self.conn:\n            self.conn.close()\n        if exc_type:\n            print(exc_val)\n        return False\n\nwith Db(1) as db:\n    pass\n",
        expect![[r#"
                def __exit__(self, exc_type, exc_val, exc_tb):
                    ▔▔▔▔▔▔▔▔

            `Db.__exit__` runs when the block of its `with` ends, in whatever way. An
            exception of the block passes on: no true value is returned.

            **Here**

            - Entered on line 13.
            - Without an exception `exc_type`, `exc_val` and `exc_tb` are `None`.
            - Run only when the block raises: line 10.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
}

#[test]
fn a_release_that_is_left_out() {
    check_hover(
        "class Guard:\n    def __exi$0t__(self, exc_type, exc, tb):\n        if exc_type is None:\n            Guard.held -= 1\n",
        expect![[r#"
                def __exit__(self, exc_type, exc, tb):
                    ▔▔▔▔▔▔▔▔

            `Guard.__exit__` runs when the block of its `with` ends, in whatever way. An
            exception of the block passes on: no true value is returned.

            **Here**

            - Without an exception `exc_type`, `exc` and `tb` are `None`.
            - **Not run when the block raises**: line 4, because of `exc_type is None`.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
    check_hover(
        "class Guard:\n    def __exi$0t__(self, exc_type, exc, tb):\n        if exc_type is not None:\n            return\n        self.close()\n",
        expect![[r#"
                def __exit__(self, exc_type, exc, tb):
                    ▔▔▔▔▔▔▔▔

            `Guard.__exit__` runs when the block of its `with` ends, in whatever way. An
            exception of the block passes on: no true value is returned.

            **Here**

            - Without an exception `exc_type`, `exc` and `tb` are `None`.
            - **Not run when the block raises**: line 5, because of `exc_type is not None`.
            - Run only when the block raises: line 4.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
}

#[test]
fn an_exit_that_drops_or_raises() {
    check_hover(
        "class G:\n    def __e$0xit__(self, *exc):\n        if exc[0] is None:\n            self.conn.commit()\n        elif issubclass(exc[0], KeyError):\n            return True\n        else:\n            raise exc[1]\n",
        expect![[r#"
                def __exit__(self, *exc):
                    ▔▔▔▔▔▔▔▔

            `G.__exit__` runs when the block of its `with` ends, in whatever way. **An
            exception of the block may be dropped**:

            - `True` is returned on line 6, in the branch for
              `issubclass(exc[0], KeyError)`.

            **Here**

            - Without an exception `exc` is `(None, None, None)`.
            - **Not run when the block raises**: line 4, because of `exc[0] is None`.
            - It should not raise the exception that it gets, as on line 8: returning a
              false value does that.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
    check_hover(
        "class G:\n    def __e$0xit__(self, *exc):\n        self.x = 1\n        return self\n",
        expect![[r#"
                def __exit__(self, *exc):
                    ▔▔▔▔▔▔▔▔

            `G.__exit__` runs when the block of its `with` ends, in whatever way. **Every
            exception of the block is dropped**: `G.__exit__` returns a true value on
            line 4.

            **Here**

            - Without an exception `exc` is `(None, None, None)`.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
}

#[test]
fn methods_that_do_not_fit() {
    check_hover(
        "class G:\n    def __ex$0it__(self): pass\n",
        expect![[r#"
                def __exit__(self): pass
                    ▔▔▔▔▔▔▔▔

            `G.__exit__` runs when the block of its `with` ends, in whatever way.
            `G.__exit__` gets three arguments behind `self`, but takes `(self)`: the call
            raises `TypeError`.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
    check_hover(
        "class G:\n    async def __ex$0it__(self, *a): pass\n",
        expect![[r#"
                async def __exit__(self, *a): pass
                          ▔▔▔▔▔▔▔▔

            `G.__exit__` runs when the block of its `with` ends, in whatever way. It is an
            `async def`, which `with` does not await: the coroutine counts as true, and
            drops every exception.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
    check_hover(
        "class G:\n    def __aex$0it__(self, *a): return True\n",
        expect![[r#"
                def __aexit__(self, *a): return True
                    ▔▔▔▔▔▔▔▔▔

            `G.__aexit__` runs when the block of its `async with` ends, in whatever way.
            What it returns is awaited and cannot be: write it as `async def`.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
}

#[test]
fn an_asynchronous_exit() {
    check_hover(
        "class G:\n    async def __aex$0it__(self, t, e, tb):\n        await self.close()\n        return t is KeyError\nasync def f():\n    async with x, G() as g:\n        pass\n",
        expect![[r#"
                async def __aexit__(self, t, e, tb):
                          ▔▔▔▔▔▔▔▔▔

            `G.__aexit__` runs when the block of its `async with` ends, in whatever way.
            **An exception of the block may be dropped**:

            - `t is KeyError` is returned on line 4: if that is true, it is dropped.

            **Here**

            - Entered on line 6.
            - Without an exception `t`, `e` and `tb` are `None`.

            **Say in the interview**

            Release on every way, whatever the arguments say. Return a true value only to
            drop the exception; a method without `return` lets it pass.

            **Watch for**

            - `__exit__` that drops every exception (`exit-swallows-exceptions`)
            - `__exit__` leaves something open (`exit-leaks-resource`)

            [object.\_\_exit\_\_](https://docs.python.org/3/reference/datamodel.html#object.__exit__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
}

#[test]
fn silent_where_the_method_may_be_another() {
    for source in [
        "class G:\n    @other\n    def __ex$0it__(self, *a): pass\n",
        "class G:\n    def __ex$0it__(self, *a): pass\n    def __exit__(self, *a): return 1\n",
        "class G:\n    def __ex$0it__(self, *a): pass\n    __exit__ = other\n",
        "class G:\n    if x:\n        def __ex$0it__(self, *a): pass\n",
        "class G:\n    def __ex$0it__(self, *a):\n        yield\n",
        "class G:\n    def __aex$0it__(self, *a):\n        return self.close()\n",
        "class G:\n    def __ex$0it__(self, *a):\n        x = (\n",
        "def __ex$0it__(self, *a): pass\n",
        "class G:\n    def f(self):\n        def __ex$0it__(self, *a): pass\n",
        "class G:\n    def exit(self, *a): __ex$0it__\n",
    ] {
        assert_ne!(card_at(source), "exit-method", "{source}");
    }
}

#[test]
fn an_exception_that_is_raised_again_passes_on() {
    let says = |body: &str, words: &str| {
        let source = format!(
            "class C:\n    def __enter__(self):\n        return self\n\n    def __ex$0it__(self, kind, error, trace):\n        {body}\n"
        );
        snapshot_of(&source).contains(words)
    };
    for body in ["raise", "raise error"] {
        assert!(says(body, "no true value is returned"), "{body}");
        assert!(!says(body, "raises on every way"), "{body}");
    }
    assert!(says("raise ValueError", "raises on every way"));
}
