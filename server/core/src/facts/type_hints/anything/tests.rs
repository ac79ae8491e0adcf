use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn any_for_a_parameter_and_a_result() {
    let source = "\
from typing import Any

def load(path: Any) -> Any:
    print(path)
    return path.read()

x = load('a')
";
    check_hover(
        &source.replacen(": Any", ": An$0y", 1),
        expect![[r#"
            def load(path: Any) -> Any:
                           ▔▔▔

            `Any` switches checking off: what is done with `path` in `load` goes unchecked.

            **Here**

            - `path` is used on lines 4, 5.

            **Say in the interview**

            `Any` means "do not check", `object` means "any value, and check what is done
            with it". For a value that is only passed on, stored or printed, `object` is the
            honest type; for one that comes out again, a type variable.

            **Watch for**

            - `Any` spreads: what is read from it is `Any` as well.

            [The Any type](https://docs.python.org/3/library/typing.html#the-any-type) · [typing.Any](https://docs.python.org/3/library/typing.html#typing.Any)
        "#]],
    );
    check_hover(
        &source.replacen("> Any", "> An$0y", 1),
        expect![[r#"
            def load(path: Any) -> Any:
                                   ▔▔▔

            `Any` switches checking off: what is done with a result of `load` goes
            unchecked.

            **Here**

            - `load` is called on line 7.

            **Say in the interview**

            `Any` means "do not check", `object` means "any value, and check what is done
            with it". For a value that is only passed on, stored or printed, `object` is the
            honest type; for one that comes out again, a type variable.

            **Watch for**

            - `Any` spreads: what is read from it is `Any` as well.

            [The Any type](https://docs.python.org/3/library/typing.html#the-any-type) · [typing.Any](https://docs.python.org/3/library/typing.html#typing.Any)
        "#]],
    );
}

#[test]
fn any_in_brackets_and_for_a_variable() {
    check_hover(
        "import typing\nx: dict[str, typing.An$0y] = {}\n",
        expect![[r#"
            x: dict[str, typing.Any] = {}
                         ▔▔▔▔▔▔▔▔▔▔

            `typing.Any` switches checking off for what `dict[str, typing.Any]` leaves open.

            **Say in the interview**

            `Any` means "do not check", `object` means "any value, and check what is done
            with it". For a value that is only passed on, stored or printed, `object` is the
            honest type; for one that comes out again, a type variable.

            **Watch for**

            - `Any` spreads: what is read from it is `Any` as well.

            [The Any type](https://docs.python.org/3/library/typing.html#the-any-type) · [typing.Any](https://docs.python.org/3/library/typing.html#typing.Any)
        "#]],
    );
    check_hover(
        "from typing import Any\nx: An$0y = 1\n",
        expect![[r#"
        x: Any = 1
           ▔▔▔

        `Any` fits every type and every type fits it: nothing done with it is checked.

        **Say in the interview**

        `Any` means "do not check", `object` means "any value, and check what is done
        with it". For a value that is only passed on, stored or printed, `object` is the
        honest type; for one that comes out again, a type variable.

        **Watch for**

        - `Any` spreads: what is read from it is `Any` as well.

        [The Any type](https://docs.python.org/3/library/typing.html#the-any-type) · [typing.Any](https://docs.python.org/3/library/typing.html#typing.Any)
    "#]],
    );
}

#[test]
fn object_is_checked() {
    check_hover(
        "def show(x: obj$0ect) -> None:\n    print(x)\n",
        expect![[r#"
            def show(x: object) -> None:
                        ▔▔▔▔▔▔

            `object` takes any value for `x`; `show` may do with it only what all objects
            can.

            **Here**

            - `x` is used on line 2.

            **Say in the interview**

            `Any` means "do not check", `object` means "any value, and check what is done
            with it". For a value that is only passed on, stored or printed, `object` is the
            honest type; for one that comes out again, a type variable.

            **Watch for**

            - `Any` spreads: what is read from it is `Any` as well.

            [The Any type](https://docs.python.org/3/library/typing.html#the-any-type) · [typing.Any](https://docs.python.org/3/library/typing.html#typing.Any)
        "#]],
    );
}

#[test]
fn silent_on_other_names() {
    for source in [
        "from m import Any\nx: An$0y = 1\n",
        "from typing import *\nx: An$0y = 1\n",
        "Any = 1\nx: An$0y = 1\n",
        "class C(obj$0ect): ...\n",
        "x = obj$0ect()\n",
        "object = 1\ndef f(x: obj$0ect): ...\n",
        "an$0y(x)\n",
        "from typing import Any\ndef f(x: An$0y:\n    pass\n",
    ] {
        assert_ne!(card_at(source), "any-type", "{source}");
    }
}
