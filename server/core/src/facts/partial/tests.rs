use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn fixed_and_remaining_parameters() {
    check_hover(
        "from functools import partial\ndef send(host: str, port, *parts, timeout: float = 1.0, **extra): ...\n\
         local = part$0ial(send, 'localhost', timeout=5, retry=True)\n",
        expect![[r#"
            local = partial(send, 'localhost', timeout=5, retry=True)
                    ▔▔▔▔▔▔▔

            Calling the result calls `send` with `'localhost'`, `timeout=5`, `retry=True`
            already given; a call still takes `(port, *parts, timeout: float = 5, **extra)`.

            **Here**

            - `host` is `'localhost'`.
            - `timeout` is `5`.
            - `send` is defined on line 2.

            **Say in the interview**

            A `partial` remembers a function and arguments, evaluated once: positional ones
            come first, keywords are defaults that the caller can still override. A `lambda`
            looks its variables up when it is called, a `partial` keeps the values of now.

            **Watch for**

            - The object has no `__name__`, and its docstring is that of `partial`.

            **Version**

            - 3.13: calling a `partial` through an instance of its class warns: it will
              become a method.
            - 3.14: a `partial` in a class body is a method; `Placeholder` leaves a
              positional argument open.

            For Python `3.9`, as no file says which ·
            [functools.partial](https://docs.python.org/3/library/functools.html#functools.partial) · [functools.partialmethod](https://docs.python.org/3/library/functools.html#functools.partialmethod)
        "#]],
    );
    check_hover(
        "from functools import partial\ndef move(x, y, z=0): ...\nright = part$0ial(move, y=0)\n",
        expect![[r#"
            right = partial(move, y=0)
                    ▔▔▔▔▔▔▔

            Calling the result calls `move` with `y=0` already given; a call still takes
            `(x, *, y=0, z=0)`.

            **Here**

            - `y` is `0`.
            - By name only, as they stand behind one given by name: `z`.
            - `move` is defined on line 2.

            **Say in the interview**

            A `partial` remembers a function and arguments, evaluated once: positional ones
            come first, keywords are defaults that the caller can still override. A `lambda`
            looks its variables up when it is called, a `partial` keeps the values of now.

            **Watch for**

            - The object has no `__name__`, and its docstring is that of `partial`.

            **Version**

            - 3.13: calling a `partial` through an instance of its class warns: it will
              become a method.
            - 3.14: a `partial` in a class body is a method; `Placeholder` leaves a
              positional argument open.

            For Python `3.9`, as no file says which ·
            [functools.partial](https://docs.python.org/3/library/functools.html#functools.partial) · [functools.partialmethod](https://docs.python.org/3/library/functools.html#functools.partialmethod)
        "#]],
    );
}

#[test]
fn arguments_that_do_not_fit() {
    for (call, line) in [
        ("move, 1, x=2", "`x` gets two arguments"),
        ("move, w=2", "`w` is no parameter"),
        ("move, 1, 2, 3, 4", "takes 3"),
    ] {
        let source = format!(
            "from functools import partial\ndef move(x, y, z=0): ...\nf = part$0ial({call})\n"
        );
        let card = snapshot(&source);
        assert!(card.contains(line), "{card}");
        assert!(!card.contains("still takes"), "{card}");
    }
}

#[test]
fn a_partial_method() {
    check_hover(
        "import functools\nclass Cell:\n    def set_state(self, state, quiet=False): ...\n\
         \x20   set_alive = functools.partial$0method(set_state, True)\n    dead = functools.partial(print, 1)\n",
        expect![[r#"
                set_alive = functools.partialmethod(set_state, True)
                            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Calling the result calls `set_state` with `True` already given; a call still
            takes `(quiet=False)`.

            **Here**

            - `state` is `True`.
            - The instance is passed in front of the fixed arguments.
            - `set_state` is defined on line 3.

            **Say in the interview**

            A `partial` remembers a function and arguments, evaluated once: positional ones
            come first, keywords are defaults that the caller can still override. A `lambda`
            looks its variables up when it is called, a `partial` keeps the values of now.

            **Watch for**

            - The object has no `__name__`, and its docstring is that of `partial`.

            **Version**

            - 3.13: calling a `partial` through an instance of its class warns: it will
              become a method.
            - 3.14: a `partial` in a class body is a method; `Placeholder` leaves a
              positional argument open.

            For Python `3.9`, as no file says which ·
            [functools.partial](https://docs.python.org/3/library/functools.html#functools.partial) · [functools.partialmethod](https://docs.python.org/3/library/functools.html#functools.partialmethod)
        "#]],
    );
}

#[test]
fn a_partial_as_class_attribute_of_an_unknown_function() {
    check_hover(
        "import functools\nfrom m import show\nclass Cell:\n    dead = functools.parti$0al(show, 1, *more)\n",
        expect![[r#"
                dead = functools.partial(show, 1, *more)
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            The result is an object that calls `show` with the arguments given here in
            front.

            **Here**

            - As an attribute of a class it gets no `self` up to 3.13.

            **Say in the interview**

            A `partial` remembers a function and arguments, evaluated once: positional ones
            come first, keywords are defaults that the caller can still override. A `lambda`
            looks its variables up when it is called, a `partial` keeps the values of now.

            **Watch for**

            - The object has no `__name__`, and its docstring is that of `partial`.

            **Version**

            - 3.13: calling a `partial` through an instance of its class warns: it will
              become a method.
            - 3.14: a `partial` in a class body is a method; `Placeholder` leaves a
              positional argument open.

            For Python `3.9`, as no file says which ·
            [functools.partial](https://docs.python.org/3/library/functools.html#functools.partial) · [functools.partialmethod](https://docs.python.org/3/library/functools.html#functools.partialmethod)
        "#]],
    );
}

#[test]
fn what_a_decorated_function_takes_is_not_known() {
    for head in [
        "@other\ndef move(x, y): ...\n",
        "if a:\n    def move(x, y): ...\n",
        "def move(x, y): ...\nmove = wrap(move)\n",
        "from m import *\ndef move(x, y): ...\n",
    ] {
        let source = format!("{head}import functools as ft\nf = ft.parti$0al(move, 1)\n");
        assert!(!snapshot(&source).contains("still takes"), "{source}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "from m import partial\nf = parti$0al(g, 1)\n",
        "from functools import partial\nf = parti$0al(*args)\n",
        "from functools import *\nf = parti$0al(g, 1)\n",
        "from functools import partial\ndef f(partial):\n    return parti$0al(g, 1)\n",
    ] {
        assert_ne!(card_at(source), "partial", "{source}");
    }
}

fn snapshot(source: &str) -> String {
    let settings = crate::Settings::default();
    crate::cards::testing::snapshot(crate::content::testing::builtin(), &settings, source)
}
