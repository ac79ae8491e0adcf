use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn what_as_receives() {
    check_hover(
        "class G:\n    def __en$0ter__(self):\n        self.conn = connect(self.path)\n        self.cursor = self.conn.cursor()\n        self.cursor.execute(\"x\")\n        return self\nwith G() as g: pass\nwith G(): pass\n",
        expect![[r#"
                def __enter__(self):
                    ▔▔▔▔▔▔▔▔▔

            `as` receives the instance: `G.__enter__` returns `self`.

            **Here**

            - Entered on lines 7, 8; behind `as`: `g`.
            - `__exit__` runs only once this has returned: after an exception on lines 4, 5
              it does not release what `self.conn` got on line 3.

            **Say in the interview**

            `__enter__` need not return the object itself; whatever it returns is bound by
            `as`. If it raises, `__exit__` is not called: what it has acquired until then is
            its own to release.

            [object.\_\_enter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__enter__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
    check_hover(
        "class G:\n    def __en$0ter__(self):\n        self.lock.acquire()\nwith G() as g: pass\n",
        expect![[r#"
                def __enter__(self):
                    ▔▔▔▔▔▔▔▔▔

            `as` receives `None`: `G.__enter__` returns nothing.

            **Here**

            - Entered on line 4; behind `as`: `g`.

            **Say in the interview**

            `__enter__` need not return the object itself; whatever it returns is bound by
            `as`. If it raises, `__exit__` is not called: what it has acquired until then is
            its own to release.

            [object.\_\_enter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__enter__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
    check_hover(
        "class G:\n    async def __aen$0ter__(self):\n        self.conn = await connect()\n        return self.conn\n",
        expect![[r#"
                async def __aenter__(self):
                          ▔▔▔▔▔▔▔▔▔▔

            `as` receives `self.conn`, which `G.__aenter__` returns.

            **Say in the interview**

            `__enter__` need not return the object itself; whatever it returns is bound by
            `as`. If it raises, `__exit__` is not called: what it has acquired until then is
            its own to release.

            [object.\_\_enter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__enter__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
        "#]],
    );
}

#[test]
fn methods_that_do_not_fit() {
    check_hover(
        "class G:\n    def __en$0ter__(self, x): pass\n",
        expect![[r#"
            def __enter__(self, x): pass
                ▔▔▔▔▔▔▔▔▔

        `G.__enter__` gets no argument but `self`, and takes `(self, x)`: the call
        raises `TypeError`.

        **Say in the interview**

        `__enter__` need not return the object itself; whatever it returns is bound by
        `as`. If it raises, `__exit__` is not called: what it has acquired until then is
        its own to release.

        [object.\_\_enter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__enter__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
    "#]],
    );
    check_hover(
        "class G:\n    async def __en$0ter__(self): return self\n",
        expect![[r#"
            async def __enter__(self): return self
                      ▔▔▔▔▔▔▔▔▔

        `G.__enter__` is an `async def`, which `with` does not await: `as` receives a
        coroutine.

        **Say in the interview**

        `__enter__` need not return the object itself; whatever it returns is bound by
        `as`. If it raises, `__exit__` is not called: what it has acquired until then is
        its own to release.

        [object.\_\_enter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__enter__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
    "#]],
    );
    check_hover(
        "class G:\n    def __aen$0ter__(self): return self\n",
        expect![[r#"
            def __aenter__(self): return self
                ▔▔▔▔▔▔▔▔▔▔

        What `G.__aenter__` returns is awaited and cannot be: write it as `async def`.

        **Say in the interview**

        `__enter__` need not return the object itself; whatever it returns is bound by
        `as`. If it raises, `__exit__` is not called: what it has acquired until then is
        its own to release.

        [object.\_\_enter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__enter__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
    "#]],
    );
}

#[test]
fn silent_where_the_value_or_the_method_may_be_another() {
    for source in [
        "class G:\n    @other\n    def __en$0ter__(self): return self\n",
        "class G:\n    def __en$0ter__(self): return self\n    __enter__ = other\n",
        "class G:\n    if x:\n        def __en$0ter__(self): return self\n",
        "class G:\n    def __en$0ter__(self):\n        if x:\n            return self\n",
        "class G:\n    def __en$0ter__(self):\n        if x:\n            return self\n        return y\n",
        "class G:\n    def __en$0ter__(self):\n        yield self\n",
        "class G:\n    def __aen$0ter__(self):\n        return self.open()\n",
        "class G:\n    def __aen$0ter__(self): return self\n    def __await__(self): ...\n",
        "def __en$0ter__(self): return self\n",
    ] {
        assert_ne!(card_at(source), "enter-method", "{source}");
    }
}

#[test]
fn a_rebound_self_is_not_the_instance() {
    let source =
        "class G:\n    def __en$0ter__(self):\n        self = other\n        return self\n";
    check_hover(
        source,
        expect![[r#"
            def __enter__(self):
                ▔▔▔▔▔▔▔▔▔

        `as` receives `self`, which `G.__enter__` returns.

        **Say in the interview**

        `__enter__` need not return the object itself; whatever it returns is bound by
        `as`. If it raises, `__exit__` is not called: what it has acquired until then is
        its own to release.

        [object.\_\_enter\_\_](https://docs.python.org/3/reference/datamodel.html#object.__enter__) · [Asynchronous context managers](https://docs.python.org/3/reference/datamodel.html#asynchronous-context-managers)
    "#]],
    );
}
