use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot, snapshot_of};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn a_variable_of_the_module() {
    check_hover(
        "from typing import Dict\nindex$0: Dict[str, int] = {}\n",
        expect![[r#"
            index: Dict[str, int] = {}
            ▔▔▔▔▔

            `index` is meant to be `Dict[str, int]`; the interpreter does not check what is
            assigned. Spelled for Python `3.9` and later: `dict[str, int]`.

            **Here**

            - The annotation is evaluated when the line runs; from 3.14 on, when something
              asks for it.
            - It is kept in `__annotations__['index']`.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            For Python `3.9`, as no file says which ·
            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
    check_hover(
        "later$0: str\n",
        expect![[r#"
            later: str
            ▔▔▔▔▔

            `later` is meant to be `str`; the interpreter does not check what is assigned.
            `later` gets no value here: the line only declares it.

            **Here**

            - Read before it is assigned, it raises `NameError`.
            - The annotation is evaluated when the line runs; from 3.14 on, when something
              asks for it.
            - It is kept in `__annotations__['later']`.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            For Python `3.9`, as no file says which ·
            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
}

#[test]
fn a_local_variable() {
    check_hover(
        "\
def f(rows):
    best$0: int
    for row in rows:
        best = 'none'
    return best
",
        expect![[r#"
                best: int
                ▔▔▔▔

            `best` is meant to be `int`; the interpreter does not check what is assigned.
            `best` gets no value here: the line only declares it.

            **Here**

            - Assigned on line 4: `'none'`, which is of another type.
            - It is local to `f`; read before it is assigned, it raises `UnboundLocalError`.
            - In a function the annotation is neither evaluated nor kept.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
    check_hover(
        "class C:\n    def __init__(self):\n        self.x$0: int = 'a'\n",
        expect![[r#"
                    self.x: int = 'a'
                    ▔▔▔▔▔▔

            `self.x` is meant to be `int`; the interpreter does not check what is assigned.

            **Here**

            - The value `'a'` is of another type; the interpreter takes it.
            - In a function the annotation is neither evaluated nor kept.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
}

#[test]
fn in_a_class() {
    check_hover(
        "class C:\n    x$0: int\n",
        expect![[r#"
                x: int
                ▔

            `x` is meant to be `int`; the interpreter does not check what is assigned. `x`
            gets no value here: the line only declares it.

            **Here**

            - It adds no attribute to `C`; for instances it tells checkers what to expect.
            - The annotation is evaluated when the line runs; from 3.14 on, when something
              asks for it.
            - It is kept in `C.__annotations__['x']`.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            For Python `3.9`, as no file says which ·
            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
    check_hover(
        "from dataclasses import dataclass\n@dataclass\nclass C:\n    x$0: int = None\n",
        expect![[r#"
                x: int = None
                ▔

            `x` is meant to be `int`; the interpreter does not check what is assigned.

            **Here**

            - The value `None` is of another type; the interpreter takes it.
            - It is a field of `C`: the generated `__init__` or `__new__` takes it.
            - The annotation is evaluated when the line runs; from 3.14 on, when something
              asks for it.
            - It is kept in `C.__annotations__['x']`.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            For Python `3.9`, as no file says which ·
            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
    check_hover(
        "from typing import TypedDict\nclass C(TypedDict):\n    x$0: int\n",
        expect![[r#"
                x: int
                ▔

            `x` is meant to be `int`; the interpreter does not check what is assigned.

            **Here**

            - It is a key of `C`: at run time an instance is a plain `dict`.
            - The annotation is evaluated when the line runs; from 3.14 on, when something
              asks for it.
            - It is kept in `C.__annotations__['x']`.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            For Python `3.9`, as no file says which ·
            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
    check_hover(
        "from typing import Protocol\nclass C(Protocol):\n    x$0: int\n",
        expect![[r#"
                x: int
                ▔

            `x` is meant to be `int`; the interpreter does not check what is assigned.

            **Here**

            - What satisfies `C` must have it.
            - The annotation is evaluated when the line runs; from 3.14 on, when something
              asks for it.
            - It is kept in `C.__annotations__['x']`.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            For Python `3.9`, as no file says which ·
            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
}

#[test]
fn stubs_are_not_run() {
    let settings = Settings { is_stub: true, ..Settings::default() };
    let card = snapshot(builtin(), &settings, "later$0: str\n");
    assert!(!card.contains("evaluated") && !card.contains("NameError"), "{card}");
    let settings = Settings { target: PythonVersion::py3(14), ..Settings::default() };
    let card = snapshot(builtin(), &settings, "later$0: str\n");
    assert!(card.contains("evaluated when something asks for it, not when"), "{card}");
}

#[test]
fn silent_where_nothing_is_annotated_or_the_target_is_no_name() {
    for source in [
        "x$0 = 1\n",
        "x.y$0: int = 1\n",
        "def f(x):\n    x[0]$0: int = 1\n",
        "def f():\n    x$0: int = (\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}

#[test]
fn a_name_of_an_unknown_class_says_nothing_of_attributes() {
    let source = "from m import Base\nclass C(Base):\n    x$0: int\n";
    let card = snapshot(builtin(), &Settings::default(), source);
    assert!(!card.contains("no such attribute") && !card.contains("gets no value"), "{card}");
}

#[test]
fn a_model_of_pydantic_and_a_class_of_something_unknown() {
    check_hover(
        "import pydantic\nclass User(pydantic.BaseModel):\n    x$0: int = '1'\n",
        expect![[r#"
                x: int = '1'
                ▔

            `x` is meant to be `int`; the interpreter does not check what is assigned.

            **Here**

            - The value `'1'` is of another type; the interpreter takes it.
            - It is a field of `User`: Pydantic checks and converts what an instance is made
              with.
            - The annotation is evaluated when the line runs; from 3.14 on, when something
              asks for it.
            - It is kept in `User.__annotations__['x']`.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            For Python `3.9`, as no file says which ·
            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
    check_hover(
        "from m import Base\nclass User(Base):\n    x$0: int\n",
        expect![[r#"
                x: int
                ▔

            `x` is meant to be `int`; the interpreter does not check what is assigned.

            **Here**

            - What `Base` makes of it is not known here.
            - The annotation is evaluated when the line runs; from 3.14 on, when something
              asks for it.
            - It is kept in `User.__annotations__['x']`.

            **Say in the interview**

            Names have no types, objects have: an annotation tells tools what a name is
            meant to hold. Checkers infer most local variables; an empty list or dict needs
            the annotation.

            For Python `3.9`, as no file says which ·
            [Annotated assignment statements](https://docs.python.org/3/reference/simple_stmts.html#annotated-assignment-statements) · [PEP 526](https://peps.python.org/pep-0526/)
        "#]],
    );
}

#[test]
fn a_base_may_have_what_an_annotation_only_declares() {
    let card = snapshot_of("class A:\n    x = 1\nclass B(A):\n    $0x: int\n");
    assert!(card.contains("adds no attribute to `B`"), "{card}");
}
