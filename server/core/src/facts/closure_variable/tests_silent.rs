use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn ordinary_names_have_no_card() {
    for source in [
        "x = 1\ndef f():\n    return x$0\n",
        "def f(x):\n    return x$0\n",
        "def f(x):\n    return [x$0 for _ in y]\n",
        "def f(x):\n    class C:\n        y = x$0\n",
        "def f(x):\n    def g(y=x$0):\n        return y\n",
        "def f(x):\n    def g(x):\n        return x$0\n",
        "def f(x):\n    def g():\n        x = 1\n        return x$0\n",
        "def f(x):\n    def g():\n        global x\n        return x$0\n",
        "def f(x):\n    def g():\n        return y.x$0, h(x=1)\n",
        "def f(x):\n    def g():\n        return h(x$0=1)\n",
        "def f():\n    x = 1\n    del x\n    class C:\n        x = 2\n        def m(self):\n            return self.x$0\n",
        "class C:\n    x = 1\n    def m(self):\n        return x$0\n",
        "def f():\n    return prin$0t(1)\n",
        "def f(x):\n    def g():\n        return x$0 +\n",
        "def f[T](x):\n    def g():\n        return T$0\n",
        "def f():\n    x: int\n    def g():\n        return x$0\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
}

#[test]
fn the_name_behind_an_at_sign_is_left_to_the_cards_about_decorators() {
    let source = "def f(x):\n    def g():\n        @x$0(y)\n        def h(): ...\n";
    assert_eq!(card_at(source), "decorator-line");
    assert_eq!(card_at(&source.replace("x$0(y)", "y(x$0)")), "closure-variable");
}

#[test]
fn an_annotation_is_left_to_the_card_about_it() {
    let source = "def f(x: int):\n    def g() -> x$0:\n        return 1\n";
    assert_eq!(card_at(source), "return-annotation");
}
