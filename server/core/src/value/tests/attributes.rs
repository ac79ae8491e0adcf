use super::{check, silent};

const C: &str = "class C:\n    def __init__(self):\n        self.x = []\n";

#[test]
fn an_attribute_that_only_init_sets() {
    check(&format!("{C}    def f(self):\n        $0self.x$0\n"), "a builtins.list: []");
    check(&format!("{C}c = C()\n$0c.x$0\n"), "a builtins.list: []");
    check(
        &format!("{C}    def f(self):\n        $0self.x.copy()$0\n"),
        "a builtins.list: self.x.copy()",
    );
    check(
        "from collections import deque\nclass C:\n    def __init__(self, n):\n        self.q: deque = deque(maxlen=n)\n    def f(self):\n        $0self.q$0\n",
        "called collections.deque: deque(maxlen=n)",
    );
    check(
        "class C:\n    def __init__(self):\n        if a:\n            self.x = []\n    def f(self):\n        $0self.x$0\n",
        "a builtins.list, not once: []",
    );
    check(
        &format!("{C}class D(C): pass\nclass E(D):\n    y = 1\n$0C().x$0\n"),
        "a builtins.list: []",
    );
}

#[test]
fn an_attribute_that_others_may_set() {
    for other in [
        "    def g(self):\n        self.x = 1\n",
        "    def g(self):\n        self.x += [1]\n",
        "    def g(self):\n        (self.x) += [1]\n",
        "    def g(self):\n        del self.x\n",
        "    def g(self):\n        for self.x in a: pass\n",
        "    def g(self):\n        with a as self.x: pass\n",
        "    def g(self):\n        self.x, y = a\n",
        "    def g(self):\n        [0 for self.x in a]\n",
        "    x = 1\n",
        "    @property\n    def x(self): pass\n",
        "    def __setattr__(self, n, v): pass\n",
        "    def g(self):\n        setattr(self, n, v)\n",
        "    def g(self):\n        self.__dict__.update(a)\n",
        "    def __getattribute__(self, n): pass\n",
        "    __init__ = d(__init__)\n",
        "def g(c):\n    c.x = 1\n",
        "def g(c):\n    (c.a.x) = 1\n",
        "class D(C):\n    x = 1\n",
        "class D(C): pass\nclass E(D):\n    def x(self): pass\n",
        "y = (\n    z.x\n",
    ] {
        silent(&format!("{C}    def f(self):\n        $0self.x$0\n{other}"));
    }
    for source in [
        "class C(B):\n    def __init__(self):\n        self.x = []\n    def f(self):\n        $0self.x$0\n",
        "class C:\n    @d\n    def __init__(self):\n        self.x = []\n    def f(self):\n        $0self.x$0\n",
        "class C:\n    def reset(self):\n        self.x = []\n    def f(self):\n        $0self.x$0\n",
        "class C:\n    def __init__(self):\n        def g():\n            self.x = []\n    def f(self):\n        $0self.x$0\n",
        "class C:\n    def __init__(self, x):\n        self.x = x\n    def f(self):\n        $0self.x$0\n",
        "class C:\n    def __init__(self, o):\n        o.x = []\n    def f(self):\n        $0self.x$0\n",
        "class C:\n    def __init__(self):\n        self.x = []\ndef f(self):\n    $0self.x$0\n",
        "class C:\n    def __init__(self):\n        self.x, self.y = [], {}\n    def f(self):\n        $0self.x$0\n",
        "class C:\n    def __init__(self):\n        self.x = []\nclass D:\n    def f(self):\n        $0self.x$0\n",
    ] {
        silent(source);
    }
}

#[test]
fn an_attribute_of_the_class() {
    check("class C:\n    x = []\n    def f(self):\n        $0self.x$0\n", "a builtins.list: []");
    check("class C:\n    x = []\n$0C.x$0\n", "a builtins.list: []");
    for source in [
        "class C:\n    x = []\n    x = {}\n$0C.x$0\n",
        "class C:\n    x = []\nC.x = {}\n$0C.x$0\n",
        "class B:\n    x = []\nclass C(B): pass\n$0C.x$0\n",
        "from dataclasses import dataclass\n@dataclass\nclass C:\n    x: list = []\n    def f(self):\n        $0self.x$0\n",
        "class C(M):\n    x = []\n$0C.x$0\n",
        "class C:\n    x = []\n    def f(self):\n        $0self.x$0\nclass D(C):\n    x = {}\n",
        "class C:\n    if a:\n        x = []\n$0C.x$0\n",
    ] {
        silent(source);
    }
}

#[test]
fn methods_of_the_file() {
    check(
        "class C:\n    def g(self):\n        yield\n    def f(self):\n        $0self.g()$0\n",
        "generator of g: self.g()",
    );
    check("class C:\n    async def g(self): pass\nc = C()\n$0c.g()$0\n", "coroutine of g: c.g()");
    check(
        "class B:\n    def g(self):\n        yield\nclass C(B):\n    def f(self):\n        $0self.g()$0\n",
        "generator of g: self.g()",
    );
    check(
        "class C:\n    @staticmethod\n    def g():\n        yield\n$0C.g()$0\n",
        "generator of g: C.g()",
    );
}

#[test]
fn methods_that_may_be_others() {
    for source in [
        "class C:\n    @d\n    def g(self):\n        yield\n    def f(self):\n        $0self.g()$0\n",
        "class C:\n    @property\n    def g(self):\n        yield\n    def f(self):\n        $0self.g()$0\n",
        "class C:\n    def g(self):\n        yield\n    def f(self):\n        $0self.g()$0\nclass D(C):\n    def g(self): pass\n",
        "class C:\n    def g(self):\n        yield\n    def f(self):\n        self.g = 1\n        $0self.g()$0\n",
        "class C(B):\n    def f(self):\n        $0self.g()$0\n",
        "class C:\n    def g(self):\n        yield\n    def g(self): pass\n    def f(self):\n        $0self.g()$0\n",
        "class C:\n    def g(self):\n        yield\n    def f(self):\n        $0super().g()$0\n",
        "def f(c):\n    $0c.g()$0\n",
    ] {
        silent(source);
    }
}
