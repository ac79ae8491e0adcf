use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, check_hover_with, snapshot};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn optional_is_not_omissible() {
    check_hover(
        "from typing import Optional\ndef greet(name: Optio$0nal[str]): ...\n",
        expect![[r#"
            def greet(name: Optional[str]): ...
                            ▔▔▔▔▔▔▔▔▔▔▔▔▔

            `Optional[str]` means `str` or `None`. `name` must still be passed: "optional"
            speaks of `None`, not of leaving it out.

            **Here**

            - From 3.10 on it can be written `str | None`.

            **Say in the interview**

            `Optional[X]`, `Union[X, None]` and `X | None` are the same type. It tells a
            checker what may come; nothing is checked or converted at run time. Whether an
            argument may be left out is decided by a default alone.

            **Version**

            - 3.10: `X | Y`, also as second argument of `isinstance`.
            - 3.14: `Union[X, Y]` and `X | Y` make objects of one class.

            For Python `3.9`, as no file says which ·
            [typing.Optional](https://docs.python.org/3/library/typing.html#typing.Optional) · [typing.Union](https://docs.python.org/3/library/typing.html#typing.Union) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
    check_hover(
        "import typing as t\ndef greet(name: t.Opt$0ional[t.List[int]] = None): ...\n",
        expect![[r#"
            def greet(name: t.Optional[t.List[int]] = None): ...
                            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `t.Optional[t.List[int]]` means `t.List[int]` or `None`. Spelled for Python
            `3.9` and later: `t.Optional[list[int]]`.

            **Here**

            - `name` may be left out because of its default `None`, not because of its type.
            - From 3.10 on it can be written `list[int] | None`.

            **Say in the interview**

            `Optional[X]`, `Union[X, None]` and `X | None` are the same type. It tells a
            checker what may come; nothing is checked or converted at run time. Whether an
            argument may be left out is decided by a default alone.

            **Version**

            - 3.10: `X | Y`, also as second argument of `isinstance`.
            - 3.14: `Union[X, Y]` and `X | Y` make objects of one class.

            For Python `3.9`, as no file says which ·
            [typing.Optional](https://docs.python.org/3/library/typing.html#typing.Optional) · [typing.Union](https://docs.python.org/3/library/typing.html#typing.Union) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
}

#[test]
fn unions_in_both_spellings() {
    let settings = Settings { target: PythonVersion::py3(12), ..Settings::default() };
    check_hover_with(
        builtin(),
        &settings,
        "from typing import Union\ndef f(x: Uni$0on[int, bool, 'Node', int]) -> None: ...\n",
        expect![[r#"
            def f(x: Union[int, bool, 'Node', int]) -> None: ...
                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `Union[int, bool, 'Node', int]` means one of `int`, `bool`, `'Node'`. Spelled
            for Python `3.12` and later: `"int | bool | Node"`.

            **Here**

            - There twice: `int`.
            - `bool` is a subclass of `int`, so `int` covers it.

            **Say in the interview**

            `Optional[X]`, `Union[X, None]` and `X | None` are the same type. It tells a
            checker what may come; nothing is checked or converted at run time. Whether an
            argument may be left out is decided by a default alone.

            **Version**

            - 3.14: `Union[X, Y]` and `X | Y` make objects of one class.

            For Python `3.12`, as no file says which ·
            [typing.Optional](https://docs.python.org/3/library/typing.html#typing.Optional) · [typing.Union](https://docs.python.org/3/library/typing.html#typing.Union) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
    check_hover(
        "def f(x: int $0| str) -> None: ...\n",
        expect![[r#"
            def f(x: int | str) -> None: ...
                     ▔▔▔▔▔▔▔▔▔

            `int | str` means one of `int`, `str`.

            **Here**

            - The annotation is evaluated, and `|` between classes raises `TypeError` up to
              3.9.

            **Say in the interview**

            `Optional[X]`, `Union[X, None]` and `X | None` are the same type. It tells a
            checker what may come; nothing is checked or converted at run time. Whether an
            argument may be left out is decided by a default alone.

            **Version**

            - 3.10: `X | Y`, also as second argument of `isinstance`.
            - 3.14: `Union[X, Y]` and `X | Y` make objects of one class.

            For Python `3.9`, as no file says which ·
            [typing.Optional](https://docs.python.org/3/library/typing.html#typing.Optional) · [typing.Union](https://docs.python.org/3/library/typing.html#typing.Union) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
    check_hover(
        "class Node:\n    next: 'Node' $0| None\n",
        expect![[r#"
                next: 'Node' | None
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔

            `'Node' | None` means `'Node'` or `None`. Spelled for Python `3.9` and later:
            `"Node | None"`.

            **Here**

            - The annotation is evaluated, and `|` between classes raises `TypeError` up to
              3.9.
            - `'Node'` is a string, and `|` with one raises `TypeError` up to 3.13 when it
              is evaluated: put the quotes around the whole union.

            **Say in the interview**

            `Optional[X]`, `Union[X, None]` and `X | None` are the same type. It tells a
            checker what may come; nothing is checked or converted at run time. Whether an
            argument may be left out is decided by a default alone.

            **Version**

            - 3.10: `X | Y`, also as second argument of `isinstance`.
            - 3.14: `Union[X, Y]` and `X | Y` make objects of one class.

            For Python `3.9`, as no file says which ·
            [typing.Optional](https://docs.python.org/3/library/typing.html#typing.Optional) · [typing.Union](https://docs.python.org/3/library/typing.html#typing.Union) · [PEP 604](https://peps.python.org/pep-0604/)
        "#]],
    );
}

fn card(source: &str) -> String {
    snapshot(builtin(), &Settings::default(), source)
}

#[test]
fn what_is_not_evaluated_raises_nothing() {
    for source in [
        "from __future__ import annotations\ndef f(x: int $0| str): ...\n",
        "from __future__ import annotations\ndef f(x: 'A' $0| None): ...\n",
        "def f():\n    x: int $0| str = 1\n",
        "def f():\n    x: 'A' $0| None = 1\n",
    ] {
        let card = card(source);
        assert!(card.contains("means"), "{source}{card}");
        assert!(!card.contains("raises"), "{source}{card}");
    }
    let source = "def f(x: 'A' $0| T): ...\n";
    assert!(!card(source).contains("put the quotes"), "{}", card(source));
    let settings = Settings { target: PythonVersion::py3(14), ..Settings::default() };
    let card = snapshot(builtin(), &settings, "def f(x: 'A' $0| None): ...\n");
    assert!(!card.contains("raises"), "{card}");
    let settings = Settings { is_stub: true, ..Settings::default() };
    let card = snapshot(builtin(), &settings, "def f(x: 'A' $0| None): ...\n");
    assert!(!card.contains("raises"), "{card}");
}

#[test]
fn only_the_whole_type_of_a_parameter_decides() {
    for source in [
        "from typing import Optional\ndef f(x: list[Opt$0ional[int]]): ...\n",
        "from typing import Optional\ndef f() -> Opt$0ional[int]: ...\n",
        "from typing import Optional\ndef f(*args: Opt$0ional[int]): ...\n",
        "from typing import Optional\nx: Opt$0ional[int]\n",
        "from typing import Union\ndef f(x: Uni$0on[int, str]): ...\n",
    ] {
        let card = card(source);
        assert!(card.contains("means"), "{source}{card}");
        assert!(!card.contains("must still be passed"), "{source}{card}");
    }
}

#[test]
fn silent_on_other_things() {
    for source in [
        "x = a $0| b\n",
        "def f(x=a $0| b): ...\n",
        "from m import Optional\nx = Opt$0ional[int]\n",
        "from typing import *\nx = Opt$0ional[int]\n",
        "Optional = list\nx = Opt$0ional[int]\n",
        "from typing import Optional\nx = Optional[int$0\n",
        "from typing import Annotated\nx: Annotated[int, a(b $0| c)]\n",
        "x = y[$0int]\n",
    ] {
        assert_ne!(card_at(source), "union-type", "{source}");
    }
}
