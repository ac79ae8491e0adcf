use expect_test::expect;

use super::testing::check_hover;

const TOUR: &str = include_str!("../../../../content/python-interview-5/decorators/tour.py");

fn tour(from: &str, to: &str) -> String {
    assert!(TOUR.contains(from));
    TOUR.replacen(from, to, 1)
}

#[test]
fn the_chapters_decorator_line() {
    check_hover(
        &tour("@rate_limit(", "@rate$0_limit("),
        expect![[r#"
            @rate_limit(max_calls_per_second=2)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `api_call = rate_limit(max_calls_per_second=2)(api_call)`

            `rate_limit` returns the decorator `decorator` (line 4), which is called with
            the function. So `api_call` is now the function `wrapper` from line 8.
            `api_call.__name__` is `'wrapper'`.

            **Here**

            - The call after `@` is made once, when the `def` on line 22 runs; calls of
              `api_call` do not repeat it.
            - `rate_limit` is defined on line 3.
            - A docstring would be lost, too: `__doc__` is that of the wrapper.

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
fn the_chapters_factory_decorator_and_wrapper() {
    check_hover(
        &tour("def rate_limit", "def rate_l$0imit"),
        expect![[r#"
        def rate_limit(max_calls_per_second):
            ▔▔▔▔▔▔▔▔▔▔

        `rate_limit` makes a decorator: `decorator` takes a function as `func` and
        returns `wrapper`.

        **Here**

        - 3 levels: the wrapper stands on line 8.
        - The wrapper keeps these variables alive in its closure: `last_called`,
          `call_count`, `max_calls_per_second`, `func`.
        - One for each decorated function: `last_called`, `call_count`.
        - Shared by all that one call of the factory decorates: `max_calls_per_second`.
        - Decorated functions show the metadata of `wrapper` instead of their own.
        - `api_call` is decorated on line 21.

        **Say in the interview**

        A decorator takes a callable and returns its replacement; the closure keeps the
        original and the state. State in the decorator is per function, state in the
        factory is per `@` call.

        **Watch for**

        - Decorator without `functools.wraps` (`decorator-missing-wraps`)

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps)
    "#]],
    );
    check_hover(
        &tour("def decorator", "def dec$0orator"),
        expect![[r#"
            def decorator(func):
                ▔▔▔▔▔▔▔▔▔

        `rate_limit` returns this decorator: it takes a function as `func` and returns
        `wrapper`.

        **Here**

        - 3 levels: the wrapper stands on line 8.
        - The wrapper keeps these variables alive in its closure: `last_called`,
          `call_count`, `max_calls_per_second`, `func`.
        - One for each decorated function: `last_called`, `call_count`.
        - Shared by all that one call of the factory decorates: `max_calls_per_second`.
        - Decorated functions show the metadata of `wrapper` instead of their own.
        - `api_call` is decorated on line 21.

        **Say in the interview**

        A decorator takes a callable and returns its replacement; the closure keeps the
        original and the state. State in the decorator is per function, state in the
        factory is per `@` call.

        **Watch for**

        - Decorator without `functools.wraps` (`decorator-missing-wraps`)

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps)
    "#]],
    );
    check_hover(
        &tour("def wrapper", "def wra$0pper"),
        expect![[r#"
                    def wrapper(*args, **kwargs):
                        ▔▔▔▔▔▔▔

            `wrapper` takes the place of what `decorator` decorates: `api_call`.

            **Here**

            - Callers meet the parameters `(*args, **kwargs)`.
            - It passes on all it collects: `*args, **kwargs`.
            - It returns the result of `func`.
            - Nothing copies the metadata: `__name__` of a decorated function is
              `'wrapper'`.

            **Say in the interview**

            A wrapper preserves nothing by itself. It forwards arguments if it spreads them,
            gives the result if it returns it, and keeps the name if `functools.wraps`
            copies it.

            **Watch for**

            - Decorator without `functools.wraps` (`decorator-missing-wraps`)

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps)
        "#]],
    );
}

#[test]
fn the_chapters_line_after_the_fix() {
    let fixed = tour("        def wrapper", "        @functools.wraps(func)\n        def wrapper")
        .replacen("import time", "import functools\nimport time", 1);
    check_hover(
        &fixed.replacen("@rate_limit(", "@rate$0_limit(", 1),
        expect![[r#"
            @rate_limit(max_calls_per_second=2)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `api_call = rate_limit(max_calls_per_second=2)(api_call)`

            `rate_limit` returns the decorator `decorator` (line 5), which is called with
            the function. So `api_call` is now the function `wrapper` from line 10.
            `api_call.__name__` is still `'api_call'`.

            **Here**

            - The call after `@` is made once, when the `def` on line 24 runs; calls of
              `api_call` do not repeat it.
            - `rate_limit` is defined on line 4.
            - The metadata is copied on line 9.

            **Say in the interview**

            `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
            decorator with arguments is a call that returns the decorator.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
        "#]],
    );
    check_hover(
        &fixed.replacen("@functools.wr", "@functools.w$0r", 1),
        expect![[r#"
                    @functools.wraps(func)
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `wrapper` gets the metadata of `func`: name, docstring, annotations.

            `api_call.__name__` stays `'api_call'`.

            **Here**

            - Copied: `__module__`, `__name__`, `__qualname__`, `__doc__` and the
              annotations; `__dict__` is updated.
            - `wrapper.__wrapped__` is set to `func`.
            - `inspect.signature` follows that and shows `(endpoint)` for `api_call`.
            - A call may still pass whatever `(*args, **kwargs)` takes: `wraps` changes
              nothing about calls.

            **Say in the interview**

            `functools.wraps(func)` is `functools.update_wrapper(wrapper, func)` as a
            decorator. It copies metadata and sets `__wrapped__`; it forwards no argument
            and returns no result.

            **Version**

            - 3.12: `__type_params__` is copied, too.
            - 3.14: `__annotate__` is copied instead of `__annotations__` (PEP 649).

            For Python `3.9`, as no file says which ·
            [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [functools.update\_wrapper](https://docs.python.org/3/library/functools.html#functools.update_wrapper) · [inspect.signature](https://docs.python.org/3/library/inspect.html#inspect.signature)
        "#]],
    );
}

#[test]
fn decorators_used_in_the_wrong_way() {
    let source = "def repeat(times):
    def decorator(func):
        def wrapper(*args):
            return [func(*args) for _ in range(times)]
        return wrapper
    return decorator

@repeat
def f(): ...

def log(func):
    def wrapper(*args):
        return func(*args)
    return wrapper

@log()
def g(): ...
";
    check_hover(
        &source.replacen("@repeat", "@re$0peat", 1),
        expect![[r#"
        @repeat
        ▔▔▔▔▔▔▔

        `f` becomes `decorator`, the inner decorator of `repeat`.

        The line has no call, so `repeat` gets the function as its `times`. The first
        call of `f` passes its argument as `func`.

        **Here**

        - `repeat` is defined on line 1.
        - What was meant: `@repeat(times)`.

        **Say in the interview**

        A decorator with arguments is a factory: the call makes the decorator, and the
        decorator gets the function. Without the call the function lands in the
        factory's first parameter, and the failure shows only when the name is called.

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions)
    "#]],
    );
    check_hover(
        &source.replacen("@log", "@l$0og", 1),
        expect![[r#"
        @log()
        ▔▔▔▔▔▔

        The call runs `log` now; its result is called with `g`.

        `log` is no factory: it wants the function as its `func`. Called without
        arguments, it raises `TypeError` when the `def` runs.

        **Here**

        - `log` is defined on line 11; it is meant to stand after `@` without a call.

        **Say in the interview**

        What follows `@` is evaluated first, whatever it is; then its value is called
        with the function.

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions)
    "#]],
    );
}

#[test]
fn what_is_not_known_is_not_said() {
    // Two definitions.
    check_hover(
        "def d(f):
    def w(): return f()
    return w
if x:
    def d(f): return f
@$0d
def g(): ...
",
        expect![[r#"
            @d
            ▔▔

            `g = d(g)`

            **Say in the interview**

            `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
            decorator with arguments is a call that returns the decorator.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
        "#]],
    );
    // Imported.
    check_hover(
        "from m import d\n@$0d\ndef g(): ...\n",
        expect![[r#"
        @d
        ▔▔

        `g = d(g)`

        **Here**

        - Whether `d` returns the function itself or another object is not known from
          this file.

        **Say in the interview**

        `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
        decorator with arguments is a call that returns the decorator.

        [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
    "#]],
    );
    // A plain function has no card.
    check_hover(
        "def g$0(): ...\n",
        expect![[r#"
        no card
    "#]],
    );
    // Nor a nested one that is returned but calls nothing it was given.
    check_hover(
        "def d(f):\n    def w$0(): return 1\n    return w\n",
        expect![[r#"
        no card
    "#]],
    );
}

#[test]
fn a_stack_with_a_copying_decorator_on_top() {
    check_hover(
        "import functools
def outer(func):
    @functools.wraps(func)
    def keep(*args):
        return func(*args)
    return keep
def inner(func):
    def lose(*args):
        return func(*args)
    return lose
@ou$0ter
@inner
def f():
    'Doc.'
",
        expect![[r#"
            @outer
            ▔▔▔▔▔▔

            `f = outer(inner(f))`

            So `f` is now the function `keep` from line 4. `f.__name__` is `'lose'`.

            **Here**

            - Decorator number 1 of 2 to be evaluated, number 2 to be applied.
            - `outer` is defined on line 2.
            - The docstring of `f` is lost: `__doc__` is that of the wrapper.
            - The metadata is copied on line 3.

            **Say in the interview**

            `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
            decorator with arguments is a call that returns the decorator.

            **Watch for**

            - Decorator without `functools.wraps` (`decorator-missing-wraps`)

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
        "#]],
    );
}
