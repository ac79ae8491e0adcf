//! Cards about context managers that another file defines.

use expect_test::expect;

use crate::cards::testing::{check_hover_in, snapshot_in};

const LIB: &str = "//- lib/stores.py
import contextlib
from lib.base import Closing

class Store:
    def __enter__(self):
        self.handle = open('store')
        return self

    def __exit__(self, kind, value, traceback):
        self.handle.close()
        if kind is KeyError:
            return True

class Sub(Store): ...
class Late(Closing): ...
class Half:
    def __enter__(self): ...
class Made(metaclass=type): ...

@contextlib.contextmanager
def opened(name):
    handle = open(name)
    try:
        yield handle
    finally:
        handle.close()
//- lib/base.py
class Closing:
    def __enter__(self): return self.connect()
    def __exit__(self, *details): self.close(); return True
";

fn first_lines(code: &str) -> String {
    let card = snapshot_in(&format!("//- app.py\n{code}\n{LIB}"));
    let start = card.find("\n\n").map_or(0, |at| at + 2);
    let answer = &card[start..];
    answer[..answer.find("\n**Here**").unwrap_or(answer.len())].trim_end().to_owned() + "\n"
}

#[test]
fn a_class_of_another_file() {
    check_hover_in(
        &format!(
            "//- app.py\nfrom lib.stores import Store\nwi$0th Store() as s:\n    s.read()\n{LIB}"
        ),
        expect![[r#"
            with Store() as s:
            ▔▔▔▔

            `Store.__enter__` on line 5 of `lib/stores.py` runs, then the block, then
            `Store.__exit__` on line 9 of `lib/stores.py`, however the block ends. `s` is
            the instance: `__enter__` returns `self`. **An exception of the block may be
            dropped**:

            - `Store.__exit__` returns `True` on line 12 of `lib/stores.py`, in the branch
              for `kind is KeyError`.

            **Here**

            ```python
            manager = Store()
            value = manager.__enter__()
            try:
                s = value
                ...
            finally:
                manager.__exit__(…)  # if true: no exception
            ```

            **Say in the interview**

            A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
            way out. A true value of `__exit__` drops the exception.

            [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
        "#]],
    );
}

#[test]
fn a_generator_function_of_another_file() {
    let code = "import lib.stores as stores\nwi$0th stores.opened('x') as f:\n    f.read()";
    check_hover_in(
        &format!("//- app.py\n{code}\n{LIB}"),
        expect![[r#"
        with stores.opened('x') as f:
        ▔▔▔▔

        `opened` runs up to its `yield` on line 24 of `lib/stores.py`, then the block,
        then the rest of `opened`. `f` is `handle`, which is yielded. An exception of
        the block passes on.

        **Here**

        - The `finally` on line 25 of `lib/stores.py` runs also when the block raises.

        ```python
        manager = stores.opened('x')
        value = manager.__enter__()
        try:
            f = value
            ...
        finally:
            manager.__exit__(…)
        ```

        **Say in the interview**

        A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
        way out. A true value of `__exit__` drops the exception.

        [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
    "#]],
    );
}

#[test]
fn methods_of_its_bases() {
    expect![[r#"
        `Store.__enter__` on line 5 of `lib/stores.py` runs, then the block, then
        `Store.__exit__` on line 9 of `lib/stores.py`, however the block ends. `s` is
        the instance: `__enter__` returns `self`. **An exception of the block may be
        dropped**:

        - `Store.__exit__` returns `True` on line 12 of `lib/stores.py`, in the branch
          for `kind is KeyError`.
    "#]]
    .assert_eq(&first_lines("from lib.stores import Sub\nwi$0th Sub() as s: ..."));
    // The base is in a third file.
    expect![[r#"
        `Closing.__enter__` on line 2 of `lib/base.py` runs, then the block, then
        `Closing.__exit__` on line 3 of `lib/base.py`, however the block ends. `s` is
        `self.connect()`, which `__enter__` returns. **Every exception of the block is
        dropped**: `Closing.__exit__` returns a true value on line 3 of `lib/base.py`.
    "#]]
    .assert_eq(&first_lines("from lib.stores import Late\nwi$0th Late() as s: ..."));
    // The class is here, its base there.
    expect![[r#"
        `Own.__enter__` on line 3 runs, then the block, then `Store.__exit__` on line 9
        of `lib/stores.py`, however the block ends. `s` is `None`: `__enter__` returns
        nothing. **An exception of the block may be dropped**:

        - `Store.__exit__` returns `True` on line 12 of `lib/stores.py`, in the branch
          for `kind is KeyError`.
    "#]].assert_eq(&first_lines(
        "from lib.stores import Store\nclass Own(Store):\n    def __enter__(self): ...\nwi$0th Own() as s: ...",
    ));
}

#[test]
fn what_is_missing_is_named() {
    expect![[r#"
        `Half()` is an instance of `Half`, which has no `__exit__`: this raises
        `TypeError`.

        **Say in the interview**

        A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
        way out. A true value of `__exit__` drops the exception.

        **Version**

        - 3.11: `__exit__` missing is a `TypeError`; before, an `AttributeError`.

        For Python `3.9`, as no file says which ·
        [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
    "#]].assert_eq(&first_lines("from lib.stores import Half\nwi$0th Half(): ..."));
}

#[test]
fn a_call_without_with() {
    expect![[r#"
        Nothing of `opened` runs here: `opened('x')` makes a context manager, and
        nothing enters it.
    "#]]
    .assert_eq(&first_lines("from lib.stores import opened\nop$0ened('x')"));
}

#[test]
fn what_may_be_something_else_is_left_open() {
    let open = |code: &str| first_lines(code);
    expect![[r#"
        `Made()` is evaluated and entered; however the block ends, its `__exit__` runs.
    "#]]
    .assert_eq(&open("from lib.stores import Made\nwi$0th Made() as s: ..."));
    expect![[r#"
        `Store()` is evaluated and entered; however the block ends, its `__exit__` runs.
        `s` is the instance: `__enter__` returns `self`.
    "#]]
    .assert_eq(&open(
        "from lib.stores import Store\nStore.__exit__ = None\nwi$0th Store() as s: ...",
    ));
    expect![[r#"
        `Store()` is evaluated and entered; however the block ends, its `__exit__` runs.
    "#]].assert_eq(&open(
        "try:\n    from lib.stores import Store\nexcept ImportError:\n    from other import Store\nwi$0th Store() as s: ...",
    ));
}
