use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn protocols_and_the_classes_that_satisfy_them() {
    check_hover(
        "\
from typing import Protocol

class Close$0able(Protocol):
    name: str
    def close(self) -> None: ...

class File:
    name = 'x'
    def close(self): ...

class Socket:
    def close(self): ...
",
        expect![[r#"
            class Closeable(Protocol):
                  ▔▔▔▔▔▔▔▔▔

            What has `name`, `close` satisfies `Closeable`, without deriving from it.

            **Here**

            - Classes of this file with members of these names: `File`. A type checker
              compares the signatures too.

            **Say in the interview**

            A protocol is duck typing that a checker understands: the class need not know
            it. An abstract base class is nominal: one derives from it.

            [Protocols](https://docs.python.org/3/library/typing.html#typing.Protocol) · [typing.TypedDict](https://docs.python.org/3/library/typing.html#typing.TypedDict) · [typing.NamedTuple](https://docs.python.org/3/library/typing.html#typing.NamedTuple) · [PEP 544](https://peps.python.org/pep-0544/)
        "#]],
    );
}

#[test]
fn typed_dicts_and_what_is_said_to_be_one() {
    check_hover(
        "\
from typing import NotRequired, TypedDict

class Con$0fig(TypedDict):
    host: str
    port: int
    tags: NotRequired[list[str]]

good: Config = {'host': 'a', 'port': 1}
bad: Config = {'host': 'a', 'prot': 1}
open: Config = {'host': 'a', **rest}
",
        expect![[r#"
            class Config(TypedDict):
                  ▔▔▔▔▔▔

            `Config` describes dicts with the keys `host: str`, `port: int`,
            `tags: NotRequired[list[str]]`; at run time it makes a plain `dict`.

            **Here**

            - The dict on line 9 lacks `'port'`: a type checker reports it.
            - The dict on line 9 has `'prot'` too many: a type checker reports it.

            **Say in the interview**

            A `TypedDict` is for dicts that come from elsewhere, such as JSON; a named tuple
            for a few values that belong together; a data class for objects with a life of
            their own.

            [Protocols](https://docs.python.org/3/library/typing.html#typing.Protocol) · [typing.TypedDict](https://docs.python.org/3/library/typing.html#typing.TypedDict) · [typing.NamedTuple](https://docs.python.org/3/library/typing.html#typing.NamedTuple) · [PEP 544](https://peps.python.org/pep-0544/)
        "#]],
    );
}

#[test]
fn named_tuples_and_generic_classes() {
    check_hover(
        "import typing\nclass Po$0int(typing.NamedTuple):\n    x: int\n    y: int = 0\n",
        expect![[r#"
            class Point(typing.NamedTuple):
                  ▔▔▔▔▔

            `Point` makes tuples whose places have names: `Point(x, y=0)`.

            **Here**

            - Fields, in order: `x`, `y`. They can be unpacked, and not assigned.

            **Say in the interview**

            A `TypedDict` is for dicts that come from elsewhere, such as JSON; a named tuple
            for a few values that belong together; a data class for objects with a life of
            their own.

            [Protocols](https://docs.python.org/3/library/typing.html#typing.Protocol) · [typing.TypedDict](https://docs.python.org/3/library/typing.html#typing.TypedDict) · [typing.NamedTuple](https://docs.python.org/3/library/typing.html#typing.NamedTuple) · [PEP 544](https://peps.python.org/pep-0544/)
        "#]],
    );
    check_hover(
        "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass Bo$0x(Generic[T]): ...\n",
        expect![[r#"
            class Box(Generic[T]): ...
                  ▔▔▔

            `Box` is generic in `T`: a type checker knows them for each object; at run time
            nothing is compared with them.

            **Here**

            - From 3.12 on: `class Box[T]:`, with no type variable to declare.

            **Say in the interview**

            A class is generic so that a checker carries the type of what is put in to what
            comes out. `Box[int]` makes the same objects as `Box`.

            [Protocols](https://docs.python.org/3/library/typing.html#typing.Protocol) · [typing.TypedDict](https://docs.python.org/3/library/typing.html#typing.TypedDict) · [typing.NamedTuple](https://docs.python.org/3/library/typing.html#typing.NamedTuple) · [PEP 544](https://peps.python.org/pep-0544/)
        "#]],
    );
}

fn card(source: &str) -> String {
    snapshot(builtin(), &Settings::default(), source)
}

#[test]
fn classes_that_may_not_satisfy_are_not_named() {
    let start = "from typing import Protocol\nclass P$0(Protocol):\n    def f(self): ...\n";
    for rest in [
        "class A: ...\n",
        "class A:\n    if x:\n        def f(self): ...\n",
        "class A:\n    def f(self): ...\n    del f\n",
        "class A:\n    def f(self): ...\nA = 1\n",
        "class A(Protocol):\n    def f(self): ...\n",
    ] {
        let card = card(&format!("{start}{rest}"));
        assert!(card.contains("satisfies `P`") && !card.contains("Classes of"), "{rest}{card}");
    }
}

#[test]
fn dicts_that_may_fit_are_not_named() {
    for rest in [
        "x: C = {'a': 1}\n",
        "x: C = {**y}\n",
        "x: C = {y: 1}\n",
        "x: C = dict(b=1)\n",
        "x: list[C] = [{'b': 1}]\n",
        "x = {'b': 1}\n",
        "x: C = {'b': 1}\nC = dict\n",
    ] {
        let source =
            format!("from typing import TypedDict\nclass C$0(TypedDict):\n    a: int\n{rest}");
        let card = card(&source);
        assert!(card.contains("describes") && !card.contains("reports"), "{rest}{card}");
    }
    let card = card(
        "from typing import TypedDict\nclass C$0(TypedDict, total=False):\n    a: int\nx: C = {}\n",
    );
    assert!(card.contains("total=False") && !card.contains("lacks"), "{card}");
}

#[test]
fn silent_on_other_classes() {
    for source in [
        "from m import Protocol\nclass C$0(Protocol): ...\n",
        "from typing import *\nclass C$0(Protocol): ...\n",
        "class Protocol: ...\nclass C$0(Protocol): ...\n",
        "from typing import Generic\nclass C$0(Generic): ...\n",
        "from typing import TypedDict\nclass A(TypedDict): ...\nclass C$0(A): ...\n",
        "from typing import NamedTuple\nclass C$0(NamedTuple, Base): ...\n",
        "from typing import Protocol\nclass C$0(Protocol):\n    def f(self: ...\n",
        "class C$0: ...\n",
    ] {
        assert_ne!(card_at(source), "structural-class", "{source}");
    }
}
