use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn forward_references() {
    check_hover(
        "class Node:\n    def add(self, other: 'No$0de'): ...\n",
        expect![[r#"
                def add(self, other: 'Node'): ...
                                     ▔▔▔▔▔▔

            `'Node'` stands for `Node`; the interpreter itself does not look it up. `Node`
            is bound when the class body is done, so up to 3.13 its own body needs the
            quotes.

            **Say in the interview**

            A string is a forward reference: type checkers read what is in it, the
            interpreter does not. `typing.get_type_hints()` evaluates it, in the names of
            the module.

            **Version**

            - 3.14: annotations are evaluated when something asks for them, so names defined
              further down need no quotes.

            For Python `3.9`, as no file says which ·
            [PEP 484: forward references](https://peps.python.org/pep-0484/#forward-references) · [PEP 649](https://peps.python.org/pep-0649/) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints)
        "#]],
    );
    check_hover(
        "def make() -> 'No$0de': ...\n\nclass Node: ...\n",
        expect![[r#"
            def make() -> 'Node': ...
                          ▔▔▔▔▔▔

            `'Node'` stands for `Node`; the interpreter itself does not look it up. `Node`
            is bound further down, on line 3: up to 3.13 the quotes are needed.

            **Say in the interview**

            A string is a forward reference: type checkers read what is in it, the
            interpreter does not. `typing.get_type_hints()` evaluates it, in the names of
            the module.

            **Version**

            - 3.14: annotations are evaluated when something asks for them, so names defined
              further down need no quotes.

            For Python `3.9`, as no file says which ·
            [PEP 484: forward references](https://peps.python.org/pep-0484/#forward-references) · [PEP 649](https://peps.python.org/pep-0649/) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints)
        "#]],
    );
}

#[test]
fn quotes_that_are_not_needed() {
    check_hover(
        "from __future__ import annotations\nclass Node: ...\ndef make() -> list['No$0de']: ...\n",
        expect![[r#"
            def make() -> list['Node']: ...
                               ▔▔▔▔▔▔

            `'Node'` stands for `Node`; the interpreter itself does not look it up. `Node`
            is bound above, on line 2: the quotes are not needed.

            **Here**

            - The future import makes strings of all annotations: the quotes are not needed.

            **Say in the interview**

            A string is a forward reference: type checkers read what is in it, the
            interpreter does not. `typing.get_type_hints()` evaluates it, in the names of
            the module.

            **Version**

            - 3.14: annotations are evaluated when something asks for them, so names defined
              further down need no quotes.

            For Python `3.9`, as no file says which ·
            [PEP 484: forward references](https://peps.python.org/pep-0484/#forward-references) · [PEP 649](https://peps.python.org/pep-0649/) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints)
        "#]],
    );
    check_hover(
        "def make():\n    x: 'in$0t' = 1\n",
        expect![[r#"
                x: 'int' = 1
                   ▔▔▔▔▔

            `'int'` stands for `int`; the interpreter itself does not look it up.

            **Here**

            - It is a builtin: the quotes are not needed.
            - In a function the annotation of a variable is not evaluated, with or without
              quotes.

            **Say in the interview**

            A string is a forward reference: type checkers read what is in it, the
            interpreter does not. `typing.get_type_hints()` evaluates it, in the names of
            the module.

            **Version**

            - 3.14: annotations are evaluated when something asks for them, so names defined
              further down need no quotes.

            For Python `3.9`, as no file says which ·
            [PEP 484: forward references](https://peps.python.org/pep-0484/#forward-references) · [PEP 649](https://peps.python.org/pep-0649/) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints)
        "#]],
    );
}

#[test]
fn names_for_checkers_and_names_from_nowhere() {
    check_hover(
        "\
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from shop import Order
def pay(order: 'Ord$0er') -> 'Reciept': ...
",
        expect![[r#"
            def pay(order: 'Order') -> 'Reciept': ...
                           ▔▔▔▔▔▔▔

            `'Order'` stands for `Order`; the interpreter itself does not look it up.
            `Order` is bound on line 3 under a condition: with the quotes it need not exist
            at run time.

            **Say in the interview**

            A string is a forward reference: type checkers read what is in it, the
            interpreter does not. `typing.get_type_hints()` evaluates it, in the names of
            the module.

            **Version**

            - 3.14: annotations are evaluated when something asks for them, so names defined
              further down need no quotes.

            For Python `3.9`, as no file says which ·
            [PEP 484: forward references](https://peps.python.org/pep-0484/#forward-references) · [PEP 649](https://peps.python.org/pep-0649/) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints)
        "#]],
    );
    check_hover(
        "def pay(order) -> 'Rec$0iept': ...\n",
        expect![[r#"
            def pay(order) -> 'Reciept': ...
                              ▔▔▔▔▔▔▔▔▔

            `'Reciept'` stands for `Reciept`; the interpreter itself does not look it up.

            **Here**

            - Nothing in this file binds `Reciept`: a type checker reports it, and
              `typing.get_type_hints()` raises `NameError`.

            **Say in the interview**

            A string is a forward reference: type checkers read what is in it, the
            interpreter does not. `typing.get_type_hints()` evaluates it, in the names of
            the module.

            **Version**

            - 3.14: annotations are evaluated when something asks for them, so names defined
              further down need no quotes.

            For Python `3.9`, as no file says which ·
            [PEP 484: forward references](https://peps.python.org/pep-0484/#forward-references) · [PEP 649](https://peps.python.org/pep-0649/) · [get\_type\_hints](https://docs.python.org/3/library/typing.html#typing.get_type_hints)
        "#]],
    );
}

#[test]
fn what_cannot_be_told_is_not_said() {
    for source in [
        "from m import *\ndef f(x: 'No$0de'): ...\n",
        "def f(x: 'No$0de'): ...\nclass Node: ...\nclass Node: ...\n",
        "def f(Node):\n    def g(x: 'No$0de'): ...\n",
        "def f(x: 'list[No$0de]'): ...\n",
        "def f():\n    def g(x: 'No$0de'): ...\nclass Node: ...\n",
        "def f():\n    x: 'No$0de' = 1\nclass Node: ...\n",
        "def f():\n    x: 'No$0de' = 1\n",
        "import shop\ndef f(x: 'shop.No$0de'): ...\n",
        "from __future__ import annotations\nclass Node:\n    def f(x: 'No$0de'): ...\n",
        "def f[Node](x: 'No$0de'): ...\n",
        "class C:\n    class Node: ...\n    def f(x: 'No$0de'): ...\n",
        "exec(y)\ndef f(x: 'No$0de'): ...\n",
    ] {
        let card = snapshot(builtin(), &Settings::default(), source);
        assert!(card.contains("stands for"), "{source}{card}");
        assert!(!card.contains("bound") && !card.contains("binds"), "{source}{card}");
    }
    let settings = Settings { target: PythonVersion::py3(14), ..Settings::default() };
    let card = snapshot(builtin(), &settings, "def f(x: 'No$0de'): ...\nclass Node: ...\n");
    assert!(card.contains("evaluated on demand"), "{card}");
}

#[test]
fn silent_on_strings_that_are_no_types() {
    for source in [
        "x = 'No$0de'\n",
        "f('No$0de')\n",
        "from typing import Literal\nx: Literal['No$0de'] = y\n",
        "from typing import Annotated\nx: Annotated[int, 'No$0de'] = 1\n",
        "x: y['No$0de'] = 1\n",
        "def f(x='No$0de'): ...\n",
        "def f(x: int = 'No$0de'): ...\n",
        "def f() -> int:\n    'No$0de'\n",
        "x: int = 'No$0de'\n",
        "def f(x: f'No$0de'): ...\n",
        "def f(x: ''$0): ...\n",
    ] {
        assert_ne!(card_at(source), "string-annotation", "{source}");
    }
}
