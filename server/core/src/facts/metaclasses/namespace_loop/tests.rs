use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn what_it_finds_and_misses() {
    check_hover(
        "\
class Logged(type):
    def __new__(mcls, name, bases, attrs):
        for key, value in attrs.items():
            if call$0able(value):
                attrs[key] = logged(value)
        return super().__new__(mcls, name, bases, attrs)

class Service(metaclass=Logged):
    limit = 3

    def run(self): ...
    def __secret(self): ...

    @classmethod
    def make(cls): ...

    @staticmethod
    def check(x): ...

    @property
    def size(self): ...

    class Error(Exception): ...
",
        expect![[r#"
                        if callable(value):
                           ▔▔▔▔▔▔▔▔

            `callable(value)` is asked about what the body of the class has bound in
            `attrs`: functions as they stand there, not methods, and nothing that is
            inherited.

            **Here**

            - `Service`: it finds `run`, `_Service__secret`.
            - `Service`: it finds the nested class `Error`, too.
            - `Service`: it misses `make`, `size`, as class methods and properties are not
              callable.
            - `Service`: the static method `check` is callable since 3.10, not before.
            - `Service`: private names have their long form: `_Service__secret`.

            **Say in the interview**

            `inspect.isfunction` asks for functions alone; for a method under `classmethod`
            or `staticmethod` look at its `__func__`.

            For Python `3.9`, as no file says which ·
            [callable](https://docs.python.org/3/library/functions.html#callable) · [Creating the class object](https://docs.python.org/3/reference/datamodel.html#creating-the-class-object)
        "#]],
    );
}

#[test]
fn in_a_comprehension() {
    check_hover(
        "\
class Meta(type):
    def __init__(cls, name, bases, ns):
        cls.hooks = {k: v for k, v in ns.items() if call$0able(v)}

class Plugin(metaclass=Meta):
    def load(self): ...
",
        expect![[r#"
                    cls.hooks = {k: v for k, v in ns.items() if callable(v)}
                                                                ▔▔▔▔▔▔▔▔

            `callable(v)` is asked about what the body of the class has bound in `ns`:
            functions as they stand there, not methods, and nothing that is inherited.

            **Here**

            - `Plugin`: it finds `load`.

            **Say in the interview**

            `inspect.isfunction` asks for functions alone; for a method under `classmethod`
            or `staticmethod` look at its `__func__`.

            [callable](https://docs.python.org/3/library/functions.html#callable) · [Creating the class object](https://docs.python.org/3/reference/datamodel.html#creating-the-class-object)
        "#]],
    );
}

#[test]
fn decorators_of_elsewhere_are_left_out() {
    let source = "class M(type):\n    def __new__(m, n, b, ns):\n        for k, v in ns.items():\n            call$0able(v)\n\nclass C(metaclass=M):\n    @deco\n    def f(self): ...\n    def g(self): ...\n";
    let card = snapshot_of(source);
    assert!(card.contains("`g`") && !card.contains("`f`"), "{card}");
}

#[test]
fn silent() {
    for source in [
        "class C:\n    def __new__(m, n, b, ns):\n        for k, v in ns.items():\n            call$0able(v)\n",
        "class M(type):\n    def __new__(m, n, b, ns):\n        for k, v in vars(m).items():\n            call$0able(v)\n",
        "class M(type):\n    def __new__(m, n, b, ns):\n        for k, v in ns.items():\n            call$0able(k)\n",
        "def callable(x): ...\nclass M(type):\n    def __new__(m, n, b, ns):\n        for k, v in ns.items():\n            call$0able(v)\n",
        "for k, v in d.items():\n    call$0able(v)\n",
    ] {
        assert_ne!(card_at(source), "namespace-callables", "{source}");
    }
}
