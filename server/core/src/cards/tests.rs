use expect_test::expect;

use super::testing::{check_hover, snapshot};
use crate::analysis::TargetSource;
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

const STACK: &str = "\
@first
@module.second(1,
    key='a b',  # why
)
@(lambda f: f)
async def load(x):
    return x
";

#[test]
fn a_decorated_function_on_its_decorator_line() {
    check_hover(
        "import time\n\n@rate$0_limit(max_calls_per_second=2)\ndef api_call(endpoint):\n    return 1\n",
        expect![[r#"
            @rate_limit(max_calls_per_second=2)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `api_call = rate_limit(max_calls_per_second=2)(api_call)`

            **Here**

            - The call after `@` is made once, when the `def` on line 4 runs; calls of
              `api_call` do not repeat it.
            - Whether `rate_limit(max_calls_per_second=2)` returns the function itself or
              another object is not known from this file.

            **Say in the interview**

            `@d` above `def f` means `f = d(f)`, done once, when the `def` statement runs. A
            decorator with arguments is a call that returns the decorator.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [functools.wraps](https://docs.python.org/3/library/functools.html#functools.wraps) · [PEP 318](https://peps.python.org/pep-0318/)
        "#]],
    );
}

#[test]
fn a_stack_of_decorators_on_the_name() {
    check_hover(
        &STACK.replace("load", "lo$0ad"),
        expect![[r#"
            async def load(x):
                      ▔▔▔▔

            `load = first(module.second(1, key='a b')((lambda f: f)(load)))`

            This runs once, when the `def` on line 6 runs. From then on `load` is whatever
            that call returned.

            **Here**

            - Evaluated from the top down: `first`, `module.second(1, key='a b')`,
              `(lambda f: f)`.
            - Applied from the bottom up: `(lambda f: f)`, `module.second(1, key='a b')`,
              `first`.
            - Calling `load` calls the object that `first` returned.
            - Called when the `def` runs, not when `load` is called:
              `module.second(1, key='a b')`.
            - Not known from this file: whether `first`, `module.second(1, key='a b')`
              returns the function itself or another object.
            - The function is an `async def`: calling it gives a coroutine, so a wrapper
              that does not await it never sees the result.

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
fn a_decorated_method() {
    check_hover(
        "class C:\n    @cache\n    def area$0(self): ...\n",
        expect![[r#"
                def area(self): ...
                    ▔▔▔▔

            `area = cache(area)`

            This runs once, when the `def` on line 3 runs. From then on `area` is whatever
            that call returned.

            **Here**

            - Not known from this file: whether `cache` returns the function itself or
              another object.
            - All of it happens while the class body runs: the decorator gets a plain
              function, and there is no instance yet.

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
fn the_body_of_a_function_and_undecorated_code_have_no_card() {
    for source in
        [&STACK.replace("return x", "return $0x"), "def f$0(): ...\n", "x = '$0@d'\n", "$0"]
    {
        check_hover(source, expect![["no card\n"]]);
    }
}

#[test]
fn broken_code_has_no_card() {
    for source in [
        "@d$0\ndef f(:\n    pass\n",
        "@d$0\ndef f(x)\n    pass\n",
        "@d(\ndef f$0(): ...\n",
        "@$0\ndef f(): ...\n",
        "@d$0\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
}

#[test]
fn an_error_elsewhere_does_not_matter() {
    check_hover(
        "x = (\n\n@d\ndef f$0(): ...\n\ny = )\n",
        expect![[r#"
            def f(): ...
                ▔

            `f = d(f)`

            This runs once, when the `def` on line 4 runs. From then on `f` is whatever that
            call returned.

            **Here**

            - Not known from this file: whether `d` returns the function itself or another
              object.

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
fn hostile_source_stays_code() {
    check_hover(
        "@d('`](command:x) <b>', \"\"\"a\n# b\n```\"\"\", '\u{202e}')\ndef f$0(): ...\n",
        expect![[r#"
            def f(): ...
                ▔

            ````f = d('`](command:x) <b>', """a\n# b\n```""", '\u202e')(f)````

            This runs once, when the `def` on line 4 runs. From then on `f` is whatever that
            call returned.

            **Here**

            - Called when the `def` runs, not when `f` is
              called: ````d('`](command:x) <b>', """a\n# b\n```""", '\u202e')````.
            - Not known from this file:
              whether ````d('`](command:x) <b>', """a\n# b\n```""", '\u202e')```` returns
              the function itself or another object.

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
fn every_decorator_line_of_a_stack_is_marked_by_itself() {
    for (at, line) in [
        ("@fir$0st", "@first"),
        ("@module.sec$0ond", "@module.second(1,"),
        ("@(lam$0bda", "@(lambda f: f)"),
    ] {
        let source = STACK.replace(&at.replace("$0", ""), at);
        let hover = snapshot(builtin(), &Settings::default(), &source);
        assert!(hover.starts_with(line), "{hover}");
        assert!(hover.contains("`load = first(module.second("), "{hover}");
    }
}

#[test]
fn a_card_that_depends_on_the_version_says_for_which_it_is() {
    let footer = |minor, target_source, source| {
        let target = PythonVersion::py3(minor);
        let settings = Settings { target, target_source, ..Settings::default() };
        let card = snapshot(builtin(), &settings, source);
        let footer = card.rsplit("\n\n").next().unwrap_or_default();
        footer.lines().next().unwrap_or_default().to_owned()
    };
    let union = "from typing import Optional\ndef f(x: Opt$0ional[int]): ...\n";
    let project = Some(TargetSource::RequiresPython);
    assert_eq!(footer(9, project, union), "For Python `3.9`, because of `requires-python` ·");
    assert_eq!(footer(13, project, union), "For Python `3.13`, because of `requires-python` ·");
    let guess = "For Python `3.9`, as no file says which ·";
    assert_eq!(footer(9, None, union), guess);
    let same_in_all = "def d(f):\n    return f\n@d$0\ndef f(): ...\n";
    assert!(footer(9, project, same_in_all).starts_with('['));
}

#[test]
fn a_property_below_other_decorators_is_not_called() {
    let calls = |source: &str| {
        snapshot(builtin(), &Settings::default(), source).contains("Calling `f` calls the object")
    };
    let class = |first: &str| {
        format!(
            "import a, functools\nclass C:\n    x = a.x\n    {first}\n    @a.b\n    def f$0(self): ...\n"
        )
    };
    assert!(calls(&class("@a.c")));
    for first in ["@property", "@functools.cached_property", "@x.setter"] {
        assert!(!calls(&class(first)), "{first}");
    }
}

#[test]
fn a_decorator_that_is_called_with_a_function_may_be_a_factory() {
    let source = "def variant_of(plain):\n    def decorator(other):\n        return plain(other)\n    \
                  return decorator\n\n@var$0iant_of(GIVEN)\ndef f(): ...\n";
    let said = |given: &str| crate::cards::testing::snapshot_of(&source.replace("GIVEN", given));
    assert!(said("\"name\"").contains("`variant_of` is no factory"), "{}", said("\"name\""));
    for given in ["len", "lambda it: it", "make()", "plain=len"] {
        assert!(!said(given).contains("no factory"), "{}", said(given));
    }
}
