use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn classes_and_narrowing() {
    check_hover(
        "\
from typing import Union

def show(x: Union[int, str, None]):
    if isin$0stance(x, int):
        return x + 1
    else:
        return x
",
        expect![[r#"
                if isinstance(x, int):
                   ▔▔▔▔▔▔▔▔▔▔

            True if `x` is an instance of `int` or of a class derived from there.

            **Here**

            - `True` passes as well, if `x` is a `bool`: `bool` derives from `int`.
            - From line 5 on, checkers take `x` for an instance of `int`.
            - On line 6 and below, they know that it is not one.
            - `x` is declared as `Union[int, str, None]`: what is left there is `str`,
              `None`.

            **Say in the interview**

            Annotations check nothing; `isinstance` does, and checkers learn from it: after
            the test they know the type in each branch, which is called narrowing.

            [isinstance](https://docs.python.org/3/library/functions.html#isinstance) · [PEP 585](https://peps.python.org/pep-0585/) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
    check_hover(
        "\
def show(x):
    if isin$0stance(x, str | bytes):
        return x
    elif x:
        return 1
",
        expect![[r#"
                if isinstance(x, str | bytes):
                   ▔▔▔▔▔▔▔▔▔▔

            True if `x` is an instance of `str`, `bytes` or of a class derived from there.

            **Here**

            - `str | bytes` works from 3.10 on; up to 3.9 it takes a tuple of classes.
            - From line 3 on, checkers take `x` for an instance of `str`, `bytes`.
            - On line 4 and below, they know that it is not one.

            **Say in the interview**

            Annotations check nothing; `isinstance` does, and checkers learn from it: after
            the test they know the type in each branch, which is called narrowing.

            For Python `3.9`, as no file says which ·
            [isinstance](https://docs.python.org/3/library/functions.html#isinstance) · [PEP 585](https://peps.python.org/pep-0585/) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
    check_hover(
        "def f(c):\n    return issub$0class(c, (A, B))\n",
        expect![[r#"
                return issubclass(c, (A, B))
                       ▔▔▔▔▔▔▔▔▔▔

            True if `c` is `A`, `B` or a class derived from there.

            **Say in the interview**

            Annotations check nothing; `isinstance` does, and checkers learn from it: after
            the test they know the type in each branch, which is called narrowing.

            [isinstance](https://docs.python.org/3/library/functions.html#isinstance) · [PEP 585](https://peps.python.org/pep-0585/) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
}

#[test]
fn what_is_no_class() {
    check_hover(
        "isin$0stance(x, list[int])\n",
        expect![[r#"
            isinstance(x, list[int])
            ▔▔▔▔▔▔▔▔▔▔

            `isinstance(x, list[int])` always raises `TypeError`: `list[int]` is no class to
            ask about.

            **Here**

            - An object does not know what its elements were meant to be: write `list` in
              place of `list[int]`, and look at the elements if it matters.

            **Say in the interview**

            Annotations check nothing; `isinstance` does, and checkers learn from it: after
            the test they know the type in each branch, which is called narrowing.

            [isinstance](https://docs.python.org/3/library/functions.html#isinstance) · [PEP 585](https://peps.python.org/pep-0585/) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
    check_hover(
        "from typing import Dict\nisin$0stance(x, (int, Dict[str, int]))\n",
        expect![[r#"
            isinstance(x, (int, Dict[str, int]))
            ▔▔▔▔▔▔▔▔▔▔

            `isinstance(x, (int, Dict[str, int]))` raises `TypeError`, at the latest when it
            comes to `Dict[str, int]`.

            **Here**

            - An object does not know what its elements were meant to be: write `Dict` in
              place of `Dict[str, int]`, and look at the elements if it matters.

            **Say in the interview**

            Annotations check nothing; `isinstance` does, and checkers learn from it: after
            the test they know the type in each branch, which is called narrowing.

            [isinstance](https://docs.python.org/3/library/functions.html#isinstance) · [PEP 585](https://peps.python.org/pep-0585/) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
    check_hover(
        "\
from typing import Protocol

class Sized(Protocol):
    def size(self) -> int: ...

isin$0stance(x, Sized)
",
        expect![[r#"
            isinstance(x, Sized)
            ▔▔▔▔▔▔▔▔▔▔

            `isinstance(x, Sized)` always raises `TypeError`: `Sized` is no class to ask
            about.

            **Here**

            - `Sized` is for type checkers; a protocol can be asked about at run time only
              with `@typing.runtime_checkable`, and then for the names of its methods alone.

            **Say in the interview**

            Annotations check nothing; `isinstance` does, and checkers learn from it: after
            the test they know the type in each branch, which is called narrowing.

            [isinstance](https://docs.python.org/3/library/functions.html#isinstance) · [PEP 585](https://peps.python.org/pep-0585/) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
}

#[test]
fn lists_strings_and_special_forms_are_no_classes() {
    for (second, says) in [
        ("[int, str]", "always raises"),
        ("'int'", "always raises"),
        ("None", "always raises"),
        ("(int, None)", "at the latest when it comes to"),
        ("typing.Literal[1]", "always raises"),
        ("typing.Any", "always raises"),
        ("D", "there are only dicts"),
    ] {
        let source =
            format!("import typing\nclass D(typing.TypedDict): ...\nisin$0stance(x, {second})\n");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains(says) && !card.contains("in place of"), "{card}");
    }
}

#[test]
fn what_may_be_a_class_raises_nothing() {
    for source in [
        "from m import List\nisin$0stance(x, List[int])\n",
        "list = y\nisin$0stance(x, list[int])\n",
        "x = types[0]\nisin$0stance(1, types[0])\n",
        "from typing import List\nisin$0stance(x, List)\n",
        "from typing import Optional\nisin$0stance(x, Optional[int])\n",
        "import typing\n@typing.runtime_checkable\nclass P(typing.Protocol): ...\nisin$0stance(x, P)\n",
        "class C: ...\nisin$0stance(x, C)\n",
        "import typing\nclass P(typing.Protocol):\n    x: int\nisin$0stance(y, P)\n",
        "isin$0stance(x, int | None)\n",
        "from m import Array\nisin$0stance(x, Array[int])\n",
    ] {
        let card = snapshot(builtin(), &Settings::default(), source);
        assert!(card.contains("True if"), "{source}{card}");
        assert!(!card.contains("raises"), "{source}{card}");
    }
}

#[test]
fn the_rest_of_a_type_is_told_only_if_it_is_known() {
    for source in [
        "def f(x: int | T):\n    if isin$0stance(x, int): ...\n    else: ...\n",
        "def f(x: int | str):\n    x = g()\n    if isin$0stance(x, int): ...\n    else: ...\n",
        "def f(x: int | str):\n    if isin$0stance(x, A): ...\n    else: ...\n",
        "def f(x: int | str):\n    if isin$0stance(x, int) and y: ...\n    else: ...\n",
        "def f(x: int | str):\n    if isin$0stance(x, object): ...\n    else: ...\n",
        "def f(*x: int | str):\n    if isin$0stance(x, int): ...\n    else: ...\n",
        "def f(x: bool | str):\n    if isin$0stance(x, int): ...\n    else: ...\n",
    ] {
        let card = snapshot(builtin(), &Settings::default(), source);
        assert!(card.contains("True if") && !card.contains("what is left"), "{source}{card}");
    }
    let settings = Settings { target: PythonVersion::py3(10), ..Settings::default() };
    let card = snapshot(builtin(), &settings, "isin$0stance(x, int | str)\n");
    assert!(!card.contains("works from 3.10"), "{card}");
}

#[test]
fn silent_on_other_calls() {
    for source in [
        "isinstance = f\nisin$0stance(x, int)\n",
        "from m import *\nisin$0stance(x, int)\n",
        "isin$0stance(x)\n",
        "isin$0stance(x, *y)\n",
        "isin$0stance(x, ())\n",
        "isin$0stance(x, (int, *y))\n",
        "a.isin$0stance(x, int)\n",
        "isin$0stance(x, int\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
