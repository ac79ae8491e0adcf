use super::{check, silent};

#[test]
fn calls_of_dotted_names() {
    check(
        "from collections import Counter as C\nx = C(words)\n$0x$0\n",
        "called collections.Counter: C(words)",
    );
    check("import collections as c\n$0c.deque()$0\n", "called collections.deque: c.deque()");
    check("$0open(p)$0\n", "called builtins.open: open(p)");
    check("$0dict(a=1)$0\n", "a builtins.dict: dict(a=1)");
    check("$0sorted(a)$0\n", "a builtins.list: sorted(a)");
    check("make = list\n$0make(a)$0\n", "a builtins.list: make(a)");
    check("$0str(a)$0\n", "called builtins.str: str(a)");
    check("$0'a b'.split()$0\n", "a builtins.list: 'a b'.split()");
    check("x = []\n$0x.copy()$0\n", "a builtins.list: x.copy()");
    check("$0'x'.strip().encode()$0\n", "a builtins.bytes: 'x'.strip().encode()");
}

#[test]
fn hidden_and_unknown_callees() {
    for source in [
        "def list(a): pass\nlist = 1\n$0list(a)$0\n",
        "def f(list):\n    $0list(a)$0\n",
        "from m import *\n$0list(a)$0\n",
        "$0Counter()$0\n",
        "def f(make):\n    $0make()$0\n",
        "$0a.b()$0\n",
        "def f(x):\n    $0x.copy()$0\n",
        "x = []\n$0x.pop()$0\n",
        "$0(lambda: [])()$0\n",
        "x = {}\n$0x.get('a')$0\n",
        "import m\nC = m.C\nC = 1\n$0C()$0\n",
    ] {
        silent(source);
    }
}

#[test]
fn functions_of_the_file() {
    check("def g():\n    yield 1\n$0g()$0\n", "generator of g: g()");
    check("def g():\n    yield 1\nx = g()\n$0x$0\n", "generator of g: g()");
    check("async def g():\n    yield 1\n$0g()$0\n", "async generator of g: g()");
    check("async def c(): pass\n$0c()$0\n", "coroutine of c: c()");
    check("async def c(): pass\nasync def d():\n    $0await c()$0\n", "returned by c: c()");
    check("def f(): pass\n$0f()$0\n", "returned by f: f()");
    check("def f():\n    def g():\n        yield\n$0f()$0\n", "returned by f: f()");
}

#[test]
fn functions_that_may_be_something_else() {
    for source in [
        "@d\ndef g():\n    yield 1\n$0g()$0\n",
        "import functools\n@functools.cache\ndef g():\n    yield 1\n$0g()$0\n",
        "if a:\n    def g():\n        yield 1\n$0g()$0\n",
        "def g():\n    yield 1\ndef g(): pass\n$0g()$0\n",
        "def g():\n    yield (\n$0g()$0\n",
        "async def c(): pass\nasync def d():\n    $0await c$0\n",
    ] {
        silent(source);
    }
}

#[test]
fn classes_of_the_file() {
    check("class C: pass\n$0C()$0\n", "instance of C: C()");
    check("class B: pass\nclass C(B): pass\nc = C()\n$0c$0\n", "instance of C: C()");
    check("class C(dict): pass\n$0C()$0\n", "instance of C: C()");
    check("import threading\nclass C(threading.Thread): pass\n$0C()$0\n", "instance of C: C()");
    check(
        "from dataclasses import dataclass\n@dataclass\nclass C: pass\n$0C()$0\n",
        "instance of C: C()",
    );
    check("from abc import ABC\nclass C(ABC): pass\n$0C()$0\n", "instance of C: C()");
    check(
        "from collections import namedtuple\nP = namedtuple('P', 'x y')\n$0P(1, 2)$0\n",
        "instance of namedtuple('P', 'x y'): P(1, 2)",
    );
}

#[test]
fn classes_whose_calls_may_give_anything() {
    for class in [
        "class C(B): pass",
        "class C:\n    def __new__(cls): pass",
        "class B:\n    def __new__(cls): pass\nclass C(B): pass",
        "class C(metaclass=M): pass",
        "class B(metaclass=M): pass\nclass C(B): pass",
        "class C(type): pass",
        "class C(*bases): pass",
        "class C(**options): pass",
        "@d\nclass C: pass",
        "if a:\n    class C: pass",
        "class C: pass\nC = d(C)",
        "import enum\nclass C(enum.Enum): pass",
    ] {
        silent(&format!("{class}\n$0C()$0\n"));
    }
}
