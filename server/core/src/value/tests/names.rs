use super::{check, silent};

#[test]
fn a_name_has_the_value_of_its_one_assignment() {
    check("x = []\n$0x$0\n", "a builtins.list: []");
    check("x: list[int] = []\n$0x$0\n", "a builtins.list: []");
    check("x: list[int]\nx = []\n$0x$0\n", "a builtins.list: []");
    check("x = y = []\n$0x$0\n", "a builtins.list: []");
    check("x = y = []\n$0y$0\n", "a builtins.list: []");
    check("x, y = [], {}\n$0y$0\n", "a builtins.dict: {}");
    check("(x, y) = ([], {})\n$0x$0\n", "a builtins.list: []");
    check("x = 1, 2\n$0x$0\n", "a builtins.tuple: 1, 2");
    check("x = []\ny = x\n$0y$0\n", "a builtins.list: []");
    check("print(x := [])\n$0x$0\n", "a builtins.list: []");
    check("x = []\ndef f():\n    return $0x$0\n", "a builtins.list: []");
    check("def f():\n    x = {}\n    def g():\n        return $0x$0\n", "a builtins.dict: {}");
    check("class C:\n    x = []\n    y = $0x$0\n", "a builtins.list: []");
    check("x = []\nx.append(1)\nx[0] = 2\n$0x$0\n", "a builtins.list: []");
}

#[test]
fn in_a_branch_it_may_be_made_never_or_often() {
    check("if a:\n    x = []\n$0x$0\n", "a builtins.list, not once: []");
    check("for a in b:\n    x = []\n    $0x$0\n", "a builtins.list, not once: []");
    check("if a:\n    x = []\ny = x\n$0y$0\n", "a builtins.list, not once: []");
    check("while (x := {}):\n    $0x$0\n", "a builtins.dict, not once: {}");
    check("[(x := []) for _ in a]\n$0x$0\n", "a builtins.list, not once: []");
}

#[test]
fn two_bindings_are_nothing() {
    for other in [
        "x = {}",
        "x += [1]",
        "del x",
        "for x in a: pass",
        "import x",
        "def x(): pass",
        "class x: pass",
        "def f():\n    global x\n    x = 1",
        "with a as x: pass",
        "try:\n    pass\nexcept E as x:\n    pass",
        "match a:\n    case x: pass",
        "from m import *",
        "x, y = a",
        "[0 for _ in a if (x := 1)]",
        "if a:\n    x = {}",
        "type x = int",
    ] {
        silent(&format!("x = []\n{other}\n$0x$0\n"));
    }
    silent("def f():\n    x = []\n    def g():\n        nonlocal x\n        x = {}\n    $0x$0\n");
    silent("def f():\n    global x\n    x = []\n$0x$0\n");
}

#[test]
fn what_others_bind_is_nothing() {
    for source in [
        "def f(x):\n    $0x$0\n",
        "def f(x=[]):\n    $0x$0\n",
        "def f(*x):\n    $0x$0\n",
        "for x in [[]]:\n    $0x$0\n",
        "[$0x$0 for x in [[]]]\n",
        "x, *y = [], {}\n$0x$0\n",
        "x, y = a\n$0x$0\n",
        "[x, y] = a\n$0x$0\n",
        "a.x = []\n$0x$0\n",
        "$0x$0\n",
        "class C:\n    x = []\n    def f(self):\n        return $0x$0\n",
        "x = []\nclass C:\n    y = $0x$0\n    x = {}\n",
        "x = (\nprint($0x$0)\n",
        "def f():\n    x =\n    y = []\n    $0x$0\n",
        "if a:\n    list = []\n$0list$0\n",
    ] {
        silent(source);
    }
}

#[test]
fn definitions_and_imports() {
    check("def f(): pass\n$0f$0\n", "function f: def f(): pass");
    check("class C: pass\n$0C$0\n", "class C: class C: pass");
    check("class C: pass\nD = C\n$0D$0\n", "class C: class C: pass");
    check("import os\n$0os.path$0\n", "named os.path: os.path");
    check("from os import path as p\n$0p$0\n", "named os.path: p");
    check("$0len$0\n", "named builtins.len: len");
    check(
        "import functools\ndef d(g):\n    @functools.wraps(g)\n    def w(): pass\n    return $0w$0\n",
        "function w: def w(): pass",
    );
    for source in [
        "@d\ndef f(): pass\n$0f$0\n",
        "@d\nclass C: pass\n$0C$0\n",
        "if a:\n    def f(): pass\n$0f$0\n",
        "try:\n    import a\nexcept ImportError:\n    a = None\n$0a$0\n",
        "def f(): pass\nf = 1\n$0f$0\n",
        "@property\ndef f(): pass\n$0f$0\n",
    ] {
        silent(source);
    }
}

#[test]
fn a_with_statement_gives_the_manager_if_it_says_so() {
    check("with open(p) as f:\n    $0f$0\n", "called builtins.open: open(p)");
    check("with (open(p) as f, open(q) as g):\n    $0g$0\n", "called builtins.open: open(q)");
    check(
        "import asyncio\nasync def f():\n    async with asyncio.TaskGroup() as g:\n        $0g$0\n",
        "called asyncio.TaskGroup: asyncio.TaskGroup()",
    );
    check(
        "import contextlib\ndef g():\n    yield\nwith contextlib.closing(g()) as x:\n    $0x$0\n",
        "generator of g: g()",
    );
    check(
        "class C:\n    def __enter__(self):\n        self.x = 1\n        return self\n    def __exit__(self, *a): pass\nwith C() as c:\n    $0c$0\n",
        "instance of C: C()",
    );
    check(
        "class C:\n    async def __aenter__(self):\n        return self\nasync def f():\n    async with C() as c:\n        $0c$0\n",
        "instance of C: C()",
    );
}

#[test]
fn other_managers_give_something_else() {
    for body in [
        "return self.x",
        "return",
        "pass",
        "if a:\n            return self",
        "self = 1\n        return self",
        "yield self",
        "return self\n    __enter__ = None",
        "return self\n    if a:\n        def __enter__(self): pass",
    ] {
        silent(&format!(
            "class C:\n    def __enter__(self):\n        {body}\nwith C() as c:\n    $0c$0\n"
        ));
    }
    for source in [
        "with a as x:\n    $0x$0\n",
        "with [] as x:\n    $0x$0\n",
        "with open(p) as (x, y):\n    $0x$0\n",
        "def open(p): pass\nwith open(p) as x:\n    $0x$0\n",
        "import threading\nwith threading.Lock() as x:\n    $0x$0\n",
        "with open(p) as x:\n    pass\nwith open(q) as x:\n    $0x$0\n",
        "async def f():\n    async with open(p) as x:\n        $0x$0\n",
        "import asyncio\nwith asyncio.TaskGroup() as x:\n    $0x$0\n",
        "class C:\n    @d\n    def __enter__(self):\n        return self\nwith C() as c:\n    $0c$0\n",
        "class C(B):\n    def f(self): pass\nwith C() as c:\n    $0c$0\n",
        "class C:\n    async def __enter__(self):\n        return self\nwith C() as c:\n    $0c$0\n",
    ] {
        silent(source);
    }
}
