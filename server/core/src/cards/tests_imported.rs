//! Cards about decorators that another file defines.

use expect_test::expect;

use super::testing::{check_hover_in, snapshot_in, snapshot_of};

const UTILS: &str = "//- lib/utils.py
import functools

def retry(times):
    def decorate(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            return func(*args, **kwargs)
        return wrapper
    return decorate

def timed(func):
    def inner(*args):
        return func(*args)
    return inner
";

#[test]
fn a_factory_of_another_file() {
    check_hover_in(
        &format!(
            "//- app.py\nfrom lib.utils import retry\n@re$0try(times=3)\ndef load(): ...\n{UTILS}"
        ),
        expect![[r#"
            @retry(times=3)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `load = retry(times=3)(load)`

            `retry` returns the decorator `decorate` (line 4 of `lib/utils.py`), which is
            called with the function. So `load` is now the function `wrapper` from line 6 of
            `lib/utils.py`. `load.__name__` is still `'load'`.

            **Here**

            - The call after `@` is made once, when the `def` on line 3 runs; calls of
              `load` do not repeat it.
            - `retry` is defined on line 3 of `lib/utils.py`.
            - The metadata is copied on line 5 of `lib/utils.py`.

            **Say in the interview**

            `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
            decorator with arguments is a call that returns the decorator.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
        "#]],
    );
}

#[test]
fn a_plain_decorator_through_its_module() {
    let app = "//- app.py\nimport lib.utils\n@lib.utils.ti$0med\ndef load():\n    '''Doc.'''\n";
    check_hover_in(
        &format!("{app}{UTILS}"),
        expect![[r#"
        @lib.utils.timed
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `load = lib.utils.timed(load)`

        So `load` is now the function `inner` from line 12 of `lib/utils.py`.
        `load.__name__` is `'inner'`.

        **Here**

        - `timed` is defined on line 11 of `lib/utils.py`.
        - The docstring of `load` is lost: `__doc__` is that of the wrapper.

        **Say in the interview**

        `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
        decorator with arguments is a call that returns the decorator.

        **Watch for**

        - Decorator without `functools.wraps` (`decorator-missing-wraps`)

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
    "#]],
    );
}

#[test]
fn a_stack_over_two_files() {
    let app = "//- app.py\nfrom lib.utils import timed\n\
               def here(f):\n    def w(): return f()\n    return w\n\
               @ti$0med\n@here\ndef load(): ...\n";
    check_hover_in(
        &format!("{app}{UTILS}"),
        expect![[r#"
        @timed
        ▔▔▔▔▔▔

        `load = timed(here(load))`

        So `load` is now the function `inner` from line 12 of `lib/utils.py`.
        `load.__name__` is `'inner'`.

        **Here**

        - Decorator number 1 of 2 to be evaluated, number 2 to be applied.
        - `timed` is defined on line 11 of `lib/utils.py`.
        - A docstring would be lost, too: `__doc__` is that of the wrapper.

        **Say in the interview**

        `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
        decorator with arguments is a call that returns the decorator.

        **Watch for**

        - Decorator without `functools.wraps` (`decorator-missing-wraps`)

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
    "#]],
    );
    check_hover_in(
        &format!("{}{UTILS}", app.replace("ti$0med", "timed").replace("def load", "def lo$0ad")),
        expect![[r#"
            def load(): ...
                ▔▔▔▔

            `load = timed(here(load))`

            This runs once, when the `def` on line 7 runs. From then on `load` is whatever
            that call returned.

            **Here**

            - Evaluated from the top down: `timed`, `here`.
            - Applied from the bottom up: `here`, `timed`.
            - Calling `load` calls the object that `timed` returned.

            **Say in the interview**

            The `@` line is an assignment. The function object goes in, and the name is
            bound to whatever comes back; the undecorated function is never bound to the
            name.

            **Watch for**

            - The undecorated function stays reachable only where the decorator kept it: in
              a closure, in `__wrapped__`, in a registry.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [PEP 318](https://peps.python.org/pep-0318/)
        "#]],
    );
}

#[test]
fn a_factory_used_bare_and_a_plain_decorator_called() {
    check_hover_in(
        &format!("//- app.py\nfrom lib.utils import retry\n@re$0try\ndef load(): ...\n{UTILS}"),
        expect![[r#"
            @retry
            ▔▔▔▔▔▔

            `load` becomes `decorate`, the inner decorator of `retry`.

            The line has no call, so `retry` gets the function as its `times`. The first
            call of `load` passes its argument as `func`.

            **Here**

            - `retry` is defined on line 3 of `lib/utils.py`.
            - What was meant: `@retry(times)`.

            **Say in the interview**

            A decorator with arguments is a factory: the call makes the decorator, and the
            decorator gets the function. Without the call the function lands in the
            factory's first parameter, and the failure shows only when the name is called.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions)
        "#]],
    );
    check_hover_in(
        &format!("//- app.py\nfrom lib.utils import timed\n@ti$0med()\ndef load(): ...\n{UTILS}"),
        expect![[r#"
            @timed()
            ▔▔▔▔▔▔▔▔

            The call runs `timed` now; its result is called with `load`.

            `timed` is no factory: it wants the function as its `func`. Called without
            arguments, it raises `TypeError` when the `def` runs.

            **Here**

            - `timed` is defined on line 11 of `lib/utils.py`; it is meant to stand after
              `@` without a call.

            **Say in the interview**

            What follows `@` is evaluated first, whatever it is; then its value is called
            with the function.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions)
        "#]],
    );
}

#[test]
fn without_the_file_the_card_says_what_it_does_not_know() {
    let app = "from lib.utils import timed\n@ti$0med\ndef load(): ...\n";
    let alone = snapshot_of(app);
    assert!(alone.contains("not known"), "{alone}");
    assert_eq!(snapshot_in(&format!("//- app.py\n{app}")), alone);
}
