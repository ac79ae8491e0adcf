use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn literals_and_metadata() {
    check_hover(
        "from typing import Literal\ndef open(mode: Lit$0eral['r', 'w'] = 'r'): ...\n",
        expect![[r#"
            def open(mode: Literal['r', 'w'] = 'r'): ...
                           ▔▔▔▔▔▔▔

            `Literal['r', 'w']` allows the values `'r'`, `'w'` and no other; the interpreter
            checks nothing.

            **Say in the interview**

            For a fixed set of strings a `Literal` costs callers nothing; an `Enum` has
            names and exists at run time.

            [Special forms](https://docs.python.org/3/library/typing.html#special-forms) · [PEP 586](https://peps.python.org/pep-0586/) · [PEP 591](https://peps.python.org/pep-0591/) · [PEP 593](https://peps.python.org/pep-0593/)
        "#]],
    );
    check_hover(
        "import typing\nage: typing.Anno$0tated[int, Field(gt=0), 'years'] = 1\n",
        expect![[r#"
            age: typing.Annotated[int, Field(gt=0), 'years'] = 1
                 ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `int` is the type; attached to it for those who look: `Field(gt=0)`, `'years'`.

            **Say in the interview**

            The metadata waits for a library, such as Pydantic, that reads it with
            `get_type_hints(…, include_extras=True)`; all others see the plain type.

            [Special forms](https://docs.python.org/3/library/typing.html#special-forms) · [PEP 586](https://peps.python.org/pep-0586/) · [PEP 591](https://peps.python.org/pep-0591/) · [PEP 593](https://peps.python.org/pep-0593/)
        "#]],
    );
}

#[test]
fn variables_of_a_kind() {
    check_hover(
        "from typing import Final\nLIMIT: Fi$0nal = 10\ndef f():\n    global LIMIT\n    LIMIT = 11\n",
        expect![[r#"
            LIMIT: Final = 10
                   ▔▔▔▔▔

            `LIMIT` is not to be bound again, says a type checker; the interpreter lets it
            happen.

            **Here**

            - `LIMIT` is bound again on line 5: a type checker reports it, the program runs.

            **Say in the interview**

            `Final` is a promise that a type checker holds you to; the interpreter has no
            constants.

            [Special forms](https://docs.python.org/3/library/typing.html#special-forms) · [PEP 586](https://peps.python.org/pep-0586/) · [PEP 591](https://peps.python.org/pep-0591/) · [PEP 593](https://peps.python.org/pep-0593/)
        "#]],
    );
    check_hover(
        "from typing import ClassVar\nclass Pool:\n    size: Class$0Var[int] = 4\n",
        expect![[r#"
                size: ClassVar[int] = 4
                      ▔▔▔▔▔▔▔▔

            `size` belongs to `Pool` itself, and instances are not to assign it; only type
            checkers and `@dataclass` care.

            **Say in the interview**

            An annotated name in a class is for instances unless it is a `ClassVar`;
            `@dataclass` makes no field of it.

            [Special forms](https://docs.python.org/3/library/typing.html#special-forms) · [PEP 586](https://peps.python.org/pep-0586/) · [PEP 591](https://peps.python.org/pep-0591/) · [PEP 593](https://peps.python.org/pep-0593/)
        "#]],
    );
}

#[test]
fn types_without_a_class() {
    check_hover(
        "from typing import Self\nclass Query:\n    def where(self) -> Se$0lf: ...\n",
        expect![[r#"
                def where(self) -> Self: ...
                                   ▔▔▔▔

            `Query` or the subclass that the method is called on: that is what `Self` stands
            for.

            **Here**

            - `Self` is in `typing` since 3.11; for older versions import it from
              `typing_extensions`.

            **Say in the interview**

            A method that returns its own object keeps the type of a subclass with `Self`,
            where the name of the class would forget it.

            For Python `3.9`, as no file says which ·
            [Special forms](https://docs.python.org/3/library/typing.html#special-forms) · [PEP 586](https://peps.python.org/pep-0586/) · [PEP 591](https://peps.python.org/pep-0591/) · [PEP 593](https://peps.python.org/pep-0593/)
        "#]],
    );
    check_hover(
        "from typing import NoReturn\ndef f() -> NoRe$0turn: ...\n",
        expect![[r#"
            def f() -> NoReturn: ...
                       ▔▔▔▔▔▔▔▔

            `NoReturn`: no value has this type. A call of `f` is meant never to return.

            **Say in the interview**

            `NoReturn` for functions that always raise, `Never` for what cannot be reached:
            to checkers they are the same type.

            [Special forms](https://docs.python.org/3/library/typing.html#special-forms) · [PEP 586](https://peps.python.org/pep-0586/) · [PEP 591](https://peps.python.org/pep-0591/) · [PEP 593](https://peps.python.org/pep-0593/)
        "#]],
    );
}

#[test]
fn what_is_not_so_is_not_said() {
    let final_once =
        "from typing import Final\nclass C:\n    x: Fi$0nal[int] = 1\n    def f(self): x = 2\n";
    let card = snapshot(builtin(), &Settings::default(), final_once);
    assert!(
        card.contains("not to be bound again") && !card.contains("is bound again on"),
        "{card}"
    );
    let source = "from typing_extensions import Self\nclass C:\n    def f(self) -> Se$0lf: ...\n";
    let card = snapshot(builtin(), &Settings::default(), source);
    assert!(!card.contains("since 3.11"), "{card}");
    let settings = Settings { target: PythonVersion::py3(11), ..Settings::default() };
    let card = snapshot(builtin(), &settings, &source.replace("_extensions", ""));
    assert!(!card.contains("since 3.11"), "{card}");
}

#[test]
fn silent_elsewhere() {
    for source in [
        "from m import Literal\nx: Lit$0eral['a'] = 1\n",
        "from typing import *\nx: Lit$0eral['a'] = 1\n",
        "from typing import Literal\nMode = Lit$0eral['a']\n",
        "from typing import Literal\nx: Lit$0eral = 1\n",
        "from typing import Final\ndef f(x: Fi$0nal[int]): ...\n",
        "from typing import Final\nx: list[Fi$0nal] = 1\n",
        "from typing import ClassVar\nx: Class$0Var[int] = 1\n",
        "from typing import Self\ndef f() -> Se$0lf: ...\n",
        "class Self: ...\nclass C:\n    def f(self) -> Se$0lf: ...\n",
        "from typing import Annotated\nx: Anno$0tated[int] = 1\n",
    ] {
        assert_ne!(card_at(source), "special-form", "{source}");
    }
}
