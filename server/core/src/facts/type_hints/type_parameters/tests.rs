use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, check_hover_with, snapshot_of};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

#[test]
fn of_a_function() {
    check_hover_with(
        builtin(),
        &Settings { target: PythonVersion::py3(12), ..Settings::default() },
        "def first$0[T: Sized, S: (str, bytes)](items: list[T], default: S) -> T | S:\n    return items[0]\n"
            .replace("first$0[", "first[$0")
            .as_str(),
        expect![[r#"
            def first[T: Sized, S: (str, bytes)](items: list[T], default: S) -> T | S:
                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            In brackets stand the types that each call of `first` leaves open: `T: Sized`,
            `S: (str, bytes)`. They are known in its head and its body, and nowhere else.

            - `T` is `Sized` or a subtype of it.
            - `S` is one of `(str, bytes)` and nothing in between.

            **Here**

            - They are named on line 1.

            **Say in the interview**

            Before 3.12 a type variable is made by `TypeVar("T")` in the module, and a class
            derives from `Generic[T]`. Bounds are evaluated only when something asks for
            them.

            **Version**

            - 3.13: defaults, as in `[T = int]`.

            For Python `3.12`, as no file says which ·
            [Type parameter lists](https://docs.python.org/3/reference/compound_stmts.html#type-parameter-lists) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
}

#[test]
fn of_a_class_for_an_older_python() {
    check_hover(
        "class Stack[$0T]:\n    def push(self, item: T) -> None: ...\n",
        expect![[r#"
            class Stack[T]:
                       ▔▔▔

            In brackets stand the types that `Stack` leaves open to its users: `T`. They are
            known in its head, its body and its methods, and nowhere else. In Python `3.9`
            this is a `SyntaxError`: the brackets came with 3.12.

            **Here**

            - They are named on line 2.

            **Say in the interview**

            Before 3.12 a type variable is made by `TypeVar("T")` in the module, and a class
            derives from `Generic[T]`. Bounds are evaluated only when something asks for
            them.

            **Version**

            - 3.12: type parameters in brackets.
            - 3.13: defaults, as in `[T = int]`.

            For Python `3.9`, as no file says which ·
            [Type parameter lists](https://docs.python.org/3/reference/compound_stmts.html#type-parameter-lists) · [PEP 695](https://peps.python.org/pep-0695/)
        "#]],
    );
}

#[test]
fn several_and_unused() {
    let card = snapshot_of(
        "def f[$0*Ts, **P, U, V](call: c.Callable[P, None], *args: *Ts, u: U) -> None: ...\n",
    );
    assert!(card.contains("`Ts` stands for any number"), "{card}");
    assert!(card.contains("`P` stands for the parameters"), "{card}");
    assert!(card.contains("`U` is named once"), "{card}");
    assert!(card.contains("Nothing names `V`"), "{card}");
    let card = snapshot_of("def f[$0T](x: list[T]):\n    first: T = x[0]\n");
    assert!(!card.contains("is named once"), "{card}");
}

#[test]
fn a_hidden_name_is_no_use() {
    let card = snapshot_of("def f[$0T](x: list[T], y: T):\n    def g(T):\n        return T\n");
    assert!(card.contains("named on line 1."), "{card}");
}

#[test]
fn silent() {
    assert_ne!(card_at("def f(x: list[$0T]): ...\n"), "type-parameters");
    assert_ne!(card_at("class C(Generic[$0T]): ...\n"), "type-parameters");
    assert_eq!(card_at("def f[$0T = int](x: T): ...\n"), "");
}
