use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn what_is_left_in_each_subclass() {
    check_hover(
        "\
from abc import ABC, abstractmethod

class Shape(A$0BC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

class Named(Shape):
    @property
    def name(self):
        return \"shape\"

class Square(Named):
    def area(self):
        return 1
",
        expect![[r#"
            class Shape(ABC):
                        ▔▔▔

            `Shape` cannot be instantiated while abstract in it: `area`, `name`. Through
            `ABC` its metaclass is `ABCMeta`, which keeps the list.

            **Here**

            - `Named` on line 11 cannot be instantiated either; left in it: `area`.
            - Nothing is left in `Square`: instances can be made.

            **Say in the interview**

            An abstract base class says what subclasses must define, and checks it when an
            instance is made. `register()` makes `isinstance` say yes to a class that does
            not inherit; then nothing is checked.

            [abc](https://docs.python.org/3/library/abc.html) · [PEP 3119](https://peps.python.org/pep-3119/)
        "#]],
    );
}

#[test]
fn without_abstract_methods_nothing_is_refused() {
    check_hover(
        "import abc\nclass Base(metaclass=abc.ABC$0Meta):\n    def run(self): ...\n",
        expect![[r#"
            class Base(metaclass=abc.ABCMeta):
                                 ▔▔▔▔▔▔▔▔▔▔▔

            `Base` can be instantiated: nothing in it is abstract. Through `abc.ABCMeta` its
            metaclass is `ABCMeta`, which refuses only what has abstract methods.

            **Say in the interview**

            An abstract base class says what subclasses must define, and checks it when an
            instance is made. `register()` makes `isinstance` say yes to a class that does
            not inherit; then nothing is checked.

            [abc](https://docs.python.org/3/library/abc.html) · [PEP 3119](https://peps.python.org/pep-3119/)
        "#]],
    );
}

#[test]
fn what_may_fill_them_is_not_judged() {
    let card = |rest: &str| {
        snapshot_of(&format!(
            "from abc import ABC, abstractmethod\nclass S(A$0BC):\n    @abstractmethod\n    def f(self): ...\n{rest}"
        ))
    };
    assert!(card("class T(S): ...\n").contains("`T` on line 5"));
    assert!(!card("class T(S, Mixin): ...\n").contains("`T`"));
    assert!(!card("@fill\nclass T(S): ...\n").contains("`T`"));
    assert!(!card("class T(S):\n    if x:\n        def f(self): ...\n").contains("`T`"));
    assert!(!card("class T(S):\n    f = abstractmethod(g)\n").contains("`T`"));
    assert!(card("class T(S):\n    f = None\n").contains("left in `T`: instances"));
}

#[test]
fn silent() {
    for source in [
        "from abc import ABC\ndef f(x: A$0BC): ...\n",
        "from m import ABC\nclass C(A$0BC): ...\n",
        "from abc import ABC\nclass C(Base, A$0BC): ...\n",
        "from abc import ABC\nABC = object\nclass C(A$0BC): ...\n",
        "import abc\nclass C(kind=abc.ABC$0Meta): ...\n",
    ] {
        assert_ne!(card_at(source), "abstract-base", "{source}");
    }
}

#[test]
fn marks_of_a_class_with_another_metaclass_are_not_taken() {
    let plain = "import abc\nclass Plain:\n    @abc.abstractmethod\n    def f(self): ...\n";
    let card = snapshot_of(&format!("{plain}class C(Plain, abc.A$0BC): ...\n"));
    assert!(!card.contains("cannot be instantiated while"), "{card}");
}
