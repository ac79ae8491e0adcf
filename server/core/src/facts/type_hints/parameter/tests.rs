use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, check_hover_with, snapshot};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn an_annotation_in_the_spelling_of_38() {
    check_hover(
        "\
from typing import Dict, List, Optional, Union

def send(t$0o: List[Optional[str]], extra: Dict[str, Union[int, str]]): ...
",
        expect![[r#"
            def send(to: List[Optional[str]], extra: Dict[str, Union[int, str]]): ...
                     ▔▔

            `to` is meant to be `List[Optional[str]]`; the interpreter does not check it
            when `send` is called. Spelled for Python `3.9` and later:
            `list[Optional[str]]`.

            **Here**

            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `send.__annotations__['to']`.
            - From 3.10 on it can be written `list[str | None]`.

            **Say in the interview**

            Annotations are stored, not enforced: a type checker reads them, the interpreter
            compares nothing. Libraries such as Pydantic check because they read them at run
            time.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [typing](https://docs.python.org/3/library/typing.html) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
    let settings = Settings { target: PythonVersion::py3(10), ..Settings::default() };
    check_hover_with(
        builtin(),
        &settings,
        "\
from typing import Dict, List, Optional, Union

def send(to: List[Optional[str]], ext$0ra: Dict[str, Union[int, 'Message', None]]): ...
",
        expect![[r#"
            def send(to: List[Optional[str]], extra: Dict[str, Union[int, 'Message', None]]): ...
                                              ▔▔▔▔▔

            `extra` is meant to be `Dict[str, Union[int, 'Message', None]]`; the interpreter
            does not check it when `send` is called. Spelled for Python `3.10` and later:
            `dict[str, "int | Message | None"]`.

            **Here**

            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `send.__annotations__['extra']`.

            **Say in the interview**

            Annotations are stored, not enforced: a type checker reads them, the interpreter
            compares nothing. Libraries such as Pydantic check because they read them at run
            time.

            For Python `3.10`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [typing](https://docs.python.org/3/library/typing.html) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
}

#[test]
fn a_default_that_does_not_fit() {
    check_hover(
        "def f(x$0: int = None): ...\n",
        expect![[r#"
            def f(x: int = None): ...
                  ▔

            `x` is meant to be `int`; the interpreter does not check it when `f` is called.
            But the default is `None`: checkers want `Optional[int]`.

            **Here**

            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `f.__annotations__['x']`.

            **Say in the interview**

            Annotations are stored, not enforced: a type checker reads them, the interpreter
            compares nothing. Libraries such as Pydantic check because they read them at run
            time.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [typing](https://docs.python.org/3/library/typing.html) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
    check_hover(
        "class C:\n    def f(self, x$0: str = 1): ...\n",
        expect![[r#"
                def f(self, x: str = 1): ...
                            ▔

            `x` is meant to be `str`; the interpreter does not check it when `f` is called.
            But the default `1` is of another type.

            **Here**

            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `C.f.__annotations__['x']`.

            **Say in the interview**

            Annotations are stored, not enforced: a type checker reads them, the interpreter
            compares nothing. Libraries such as Pydantic check because they read them at run
            time.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [typing](https://docs.python.org/3/library/typing.html) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
}

#[test]
fn a_list_that_is_only_read_and_one_that_is_shared() {
    check_hover(
        "\
from __future__ import annotations

def total(prices$0: list[float]) -> float:
    return sum(prices)

total([1, 2])
total(7)
total(prices='ab')
total(*[1])
",
        expect![[r#"
            def total(prices: list[float]) -> float:
                      ▔▔▔▔▔▔

            `prices` is meant to be `list[float]`; the interpreter does not check it when
            `total` is called.

            **Here**

            - The call on line 7 passes `7`, which is of another type: nothing compares the
              two.
            - The call on line 8 passes `'ab'`, which is of another type: nothing compares
              the two.
            - The body only reads it: `Iterable[float]` of `collections.abc` would let
              callers pass more.
            - The future import keeps the annotation as a string; it is not evaluated.
            - It is kept in `total.__annotations__['prices']`.

            **Say in the interview**

            Annotations are stored, not enforced: a type checker reads them, the interpreter
            compares nothing. Libraries such as Pydantic check because they read them at run
            time.

            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [typing](https://docs.python.org/3/library/typing.html) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
    check_hover(
        "\
def add(item, to$0: list = []):
    to.append(item)
    return to
",
        expect![[r#"
            def add(item, to: list = []):
                          ▔▔

            `to` is meant to be `list`; the interpreter does not check it when `add` is
            called.

            **Here**

            - The default `[]` is made once, with the `def`, and shared by all calls without
              the argument.
            - Alone it means `list[Any]`: what is in it goes unchecked.
            - The annotation is evaluated once, when the `def` runs; from 3.14 on, when
              something asks for it.
            - It is kept in `add.__annotations__['to']`.

            **Say in the interview**

            Annotations are stored, not enforced: a type checker reads them, the interpreter
            compares nothing. Libraries such as Pydantic check because they read them at run
            time.

            For Python `3.9`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [typing](https://docs.python.org/3/library/typing.html) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
}

#[test]
fn stars() {
    let settings = Settings { target: PythonVersion::py3(14), ..Settings::default() };
    let source = "def f(*args: int, **options: str): ...\n";
    check_hover_with(
        builtin(),
        &settings,
        &source.replace("int", "in$0t"),
        expect![[r#"
            def f(*args: int, **options: str): ...
                         ▔▔▔

            Each argument for `*args` is meant to be `int`, and `*args` itself is
            `tuple[int, ...]`; the interpreter does not check it.

            **Here**

            - The annotation is evaluated when something asks for it, not when the `def`
              runs.
            - It is kept in `f.__annotations__['args']`.

            **Say in the interview**

            Annotations are stored, not enforced: a type checker reads them, the interpreter
            compares nothing. Libraries such as Pydantic check because they read them at run
            time.

            For Python `3.14`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [typing](https://docs.python.org/3/library/typing.html) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
    check_hover_with(
        builtin(),
        &settings,
        &source.replace("str", "st$0r"),
        expect![[r#"
            def f(*args: int, **options: str): ...
                                         ▔▔▔

            Each argument for `**options` is meant to be `str`, and `**options` itself is
            `dict[str, str]`; the interpreter does not check it.

            **Here**

            - The annotation is evaluated when something asks for it, not when the `def`
              runs.
            - It is kept in `f.__annotations__['options']`.

            **Say in the interview**

            Annotations are stored, not enforced: a type checker reads them, the interpreter
            compares nothing. Libraries such as Pydantic check because they read them at run
            time.

            For Python `3.14`, as no file says which ·
            [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions) · [typing](https://docs.python.org/3/library/typing.html) · [PEP 484](https://peps.python.org/pep-0484/)
        "#]],
    );
}

fn card(source: &str) -> String {
    snapshot(builtin(), &Settings::default(), source)
}

#[test]
fn what_cannot_be_told_is_not_said() {
    // Unknown types, names that are hidden, literals that fit.
    for source in [
        "def f(x$0: Thing = None): ...\n",
        "def f(x$0: float = 1): ...\n",
        "def f(x$0: object = None): ...\n",
        "from typing import Any\ndef f(x$0: Any = None): ...\n",
        "from typing import Hashable\ndef f(x$0: Hashable = None): ...\n",
        "from typing import Optional\ndef f(x$0: Optional[int] = None): ...\n",
        "from typing import Union\ndef f(x$0: Union[int, Thing] = None): ...\n",
        "def f(x$0: int | None = None): ...\n",
        "def f(x$0: 'int' = None): ...\n",
        "int = object\ndef f(x$0: int = None): ...\n",
        "from m import *\ndef f(x$0: int = None): ...\n",
        "from typing import Protocol\nclass P(Protocol): ...\ndef f(x$0: P = None): ...\n",
        "from m import Base\nclass P(Base): ...\ndef f(x$0: P = 1): ...\n",
        "T = int\ndef f(x$0: T = None): ...\nT = None\n",
        "def f(x$0: int = t'a'): ...\n",
        "def f(x$0: bytes = b'a'): ...\n",
    ] {
        let card = card(source);
        assert!(card.contains("is meant to be"), "{source}{card}");
        assert!(!card.contains("But the default"), "{source}{card}");
    }
}

#[test]
fn a_class_of_the_file_is_its_own_type() {
    let card = card("class P: ...\ndef f(x$0: P = 1): ...\n");
    assert!(card.contains("But the default `1` is of another type."), "{card}");
}

#[test]
fn calls_that_may_be_of_something_else_do_not_count() {
    for source in [
        "@d\ndef f(x$0: int): ...\nf('a')\n",
        "def f(x$0: int): ...\nf = g\nf('a')\n",
        "def f(x$0: int): ...\nf(*['a'], 'b')\n",
        "def f(y, x$0: int): ...\nf('a', 1)\n",
        "def f(x$0: int, /, **k): ...\nf(1, x='a')\n",
        "def f(*, x$0: int): ...\nf('a')\n",
        "class C:\n    def f(self, x$0: int): ...\nf('a')\n",
    ] {
        let card = card(source);
        assert!(card.contains("is meant to be"), "{source}{card}");
        assert!(!card.contains("passes"), "{source}{card}");
    }
}

#[test]
fn a_list_that_is_not_only_read_stays_a_list() {
    for body in [
        "x.append(1)",
        "x[0] = 1",
        "del x[0]",
        "return x",
        "g(x)",
        "y = x",
        "x += [1]",
        "(x[0], y) = 1, 2",
        "for x[0] in y: ...",
        "return lambda: x.pop()",
        "sorted(x, key=x)",
        "x = 1",
        "pass",
    ] {
        let card = card(&format!("def f(x$0: list[int]):\n    {body}\n"));
        assert!(!card.contains("only reads"), "{body}\n{card}");
    }
    for (body, wider) in [
        ("for y in x: ...", "Iterable[int]"),
        ("return [y for y in x]", "Iterable[int]"),
        ("while a:\n        sum(x)", "Collection[int]"),
        ("return [1 for z in y for y in x]", "Collection[int]"),
        ("return len(x) + (1 in x)", "Collection[int]"),
        ("return x[0] + x[1:][0]", "Sequence[int]"),
    ] {
        let card = card(&format!("def f(x$0: list[int]):\n    {body}\n"));
        assert!(card.contains(&format!("`{wider}` of")), "{body}\n{card}");
    }
    let card = card("def f(x$0: dict[str, int]):\n    return x.get('a') or x['b']\n");
    assert!(card.contains("`Mapping[str, int]` of"), "{card}");
}

#[test]
fn a_decorator_may_check_what_the_interpreter_does_not() {
    let card = card("from m import checked\n@checked\ndef f(x$0: int): ...\n");
    assert!(card.contains("Whether `checked` checks arguments is not known here."), "{card}");
    assert!(!card.contains("It is kept in"), "{card}");
}

#[test]
fn silent_without_an_annotation_and_in_broken_code() {
    for source in [
        "def f(x$0): ...\n",
        "def f(x$0=1): ...\n",
        "lambda x$0: 1\n",
        "def f(x$0: int:\n    pass\n",
        "def f(*args: *T$0s): ...\n",
        "def f(**options: Unpack[Opt$0ions]): ...\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
