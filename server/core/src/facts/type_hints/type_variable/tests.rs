use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn type_variables() {
    check_hover(
        "\
from typing import Sequence, TypeVar
T$0 = TypeVar('T')

def first(xs: Sequence[T]) -> T:
    return xs[0]

def show(x: T) -> None: ...
",
        expect![[r#"
            T = TypeVar('T')
            ▔

            `T` stands for any one type, the same wherever it occurs in a signature.

            **Here**

            - It ties places together in `first`.
            - Only once in the signature of `show`: there it ties nothing together.
            - From 3.12 on: `def first[T](…)`, without this line.

            **Say in the interview**

            A type variable carries the caller's type through a call, so the result is as
            precise as the argument. An alias is the same type by another name, a `NewType`
            a different one that costs next to nothing at run time.

            **Version**

            - 3.12: `def f[T](…)`, `class C[T]` and `type X = …`.
            - 3.13: a type variable may have a default.

            For Python `3.9`, as no file says which ·
            [typing.TypeVar](https://docs.python.org/3/library/typing.html#typing.TypeVar) · [typing.NewType](https://docs.python.org/3/library/typing.html#typing.NewType) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
    check_hover(
        "\
import typing as t
N$0 = t.TypeVar('M', int, float)

def double(n: N) -> N: ...
",
        expect![[r#"
            N = t.TypeVar('M', int, float)
            ▔

            `N` stands for exactly one of `int`, `float`, the same throughout a signature.

            **Here**

            - The name in the call is `'M'`; a type checker wants it to be the same.
            - It ties places together in `double`.
            - From 3.12 on: `def double[N: (int, float)](…)`, without this line.

            **Say in the interview**

            A type variable carries the caller's type through a call, so the result is as
            precise as the argument. An alias is the same type by another name, a `NewType`
            a different one that costs next to nothing at run time.

            **Version**

            - 3.12: `def f[T](…)`, `class C[T]` and `type X = …`.
            - 3.13: a type variable may have a default.

            For Python `3.9`, as no file says which ·
            [typing.TypeVar](https://docs.python.org/3/library/typing.html#typing.TypeVar) · [typing.NewType](https://docs.python.org/3/library/typing.html#typing.NewType) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
    check_hover(
        "from typing import TypeVar\nS$0 = TypeVar('S', bound='Shape')\n",
        expect![[r#"
            S = TypeVar('S', bound='Shape')
            ▔

            `S` stands for `'Shape'` or a type derived from it, the same throughout a
            signature.

            **Say in the interview**

            A type variable carries the caller's type through a call, so the result is as
            precise as the argument. An alias is the same type by another name, a `NewType`
            a different one that costs next to nothing at run time.

            **Version**

            - 3.12: `def f[T](…)`, `class C[T]` and `type X = …`.
            - 3.13: a type variable may have a default.

            For Python `3.9`, as no file says which ·
            [typing.TypeVar](https://docs.python.org/3/library/typing.html#typing.TypeVar) · [typing.NewType](https://docs.python.org/3/library/typing.html#typing.NewType) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
}

#[test]
fn aliases_and_new_types() {
    check_hover(
        "from typing import NewType\nUserId$0 = NewType('UserId', int)\n",
        expect![[r#"
            UserId = NewType('UserId', int)
            ▔▔▔▔▔▔

            `UserId` is to checkers a type of its own, derived from `int`; at run time
            calling it gives back what it gets.

            **Say in the interview**

            A type variable carries the caller's type through a call, so the result is as
            precise as the argument. An alias is the same type by another name, a `NewType`
            a different one that costs next to nothing at run time.

            **Version**

            - 3.12: `def f[T](…)`, `class C[T]` and `type X = …`.
            - 3.13: a type variable may have a default.

            For Python `3.9`, as no file says which ·
            [typing.TypeVar](https://docs.python.org/3/library/typing.html#typing.TypeVar) · [typing.NewType](https://docs.python.org/3/library/typing.html#typing.NewType) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
    check_hover(
        "from typing import TypeAlias\nRows$0: TypeAlias = list[tuple[int, str]]\n",
        expect![[r#"
            Rows: TypeAlias = list[tuple[int, str]]
            ▔▔▔▔

            `Rows` is another name for `list[tuple[int, str]]`, evaluated here and now.

            **Here**

            - From 3.12 on: `type Rows = list[tuple[int, str]]`.

            **Say in the interview**

            A type variable carries the caller's type through a call, so the result is as
            precise as the argument. An alias is the same type by another name, a `NewType`
            a different one that costs next to nothing at run time.

            **Version**

            - 3.12: `def f[T](…)`, `class C[T]` and `type X = …`.
            - 3.13: a type variable may have a default.

            For Python `3.9`, as no file says which ·
            [typing.TypeVar](https://docs.python.org/3/library/typing.html#typing.TypeVar) · [typing.NewType](https://docs.python.org/3/library/typing.html#typing.NewType) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
    check_hover(
        "type Rows$0 = list[Row]\n",
        expect![[r#"
            type Rows = list[Row]
                 ▔▔▔▔

            `Rows` is another name for `list[Row]`, evaluated when something asks for it.

            **Here**

            - The `type` statement needs Python 3.12; before, it is a syntax error.

            **Say in the interview**

            A type variable carries the caller's type through a call, so the result is as
            precise as the argument. An alias is the same type by another name, a `NewType`
            a different one that costs next to nothing at run time.

            **Version**

            - 3.12: `def f[T](…)`, `class C[T]` and `type X = …`.
            - 3.13: a type variable may have a default.

            For Python `3.9`, as no file says which ·
            [typing.TypeVar](https://docs.python.org/3/library/typing.html#typing.TypeVar) · [typing.NewType](https://docs.python.org/3/library/typing.html#typing.NewType) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
    check_hover(
        "from typing import ParamSpec\nP$0 = ParamSpec('P')\n",
        expect![[r#"
            P = ParamSpec('P')
            ▔

            `P` stands for all parameters of a function: a wrapper annotates `*args` with
            its `.args` and `**kwargs` with its `.kwargs`.

            **Say in the interview**

            A type variable carries the caller's type through a call, so the result is as
            precise as the argument. An alias is the same type by another name, a `NewType`
            a different one that costs next to nothing at run time.

            **Version**

            - 3.12: `def f[T](…)`, `class C[T]` and `type X = …`.
            - 3.13: a type variable may have a default.

            For Python `3.9`, as no file says which ·
            [typing.TypeVar](https://docs.python.org/3/library/typing.html#typing.TypeVar) · [typing.NewType](https://docs.python.org/3/library/typing.html#typing.NewType) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
}

#[test]
fn what_cannot_be_told_is_not_said() {
    for rest in [
        "def f(x: T, y: 'T') -> None: ...\n",
        "class C:\n    def f(self, x: T) -> None: ...\n",
        "def f():\n    x: T = 1\n",
        "def f(x: T): ...\nT = 1\n",
        "print(T)\n",
    ] {
        let source = format!("from typing import TypeVar\nT$0 = TypeVar('T')\n{rest}");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains("stands for any one type"), "{card}");
        assert!(!card.contains("Only once") && !card.contains("From 3.12 on"), "{rest}{card}");
    }
}

#[test]
fn silent_on_other_assignments() {
    for source in [
        "from m import TypeVar\nT$0 = TypeVar('T')\n",
        "from typing import *\nT$0 = TypeVar('T')\n",
        "from typing import TypeVar\nT$0 = TypeVar(*names)\n",
        "from typing import TypeVar\nT$0 = TypeVar(name)\n",
        "from typing import TypeVar\nT$0 = TypeVar()\n",
        "from typing import NewType\nT$0 = NewType('T')\n",
        "from typing import NewType\nx.T$0 = NewType('T', int)\n",
        "type$0(self).x = 1\n",
        "T$0 = f('T')\n",
        "x$0: int = 1\n",
    ] {
        assert_ne!(card_at(source), "named-type", "{source}");
    }
}
