//! Code about which nothing is asked, since something in it may change the answer; and code that looks
//! so and is certain all the same.

use crate::content::testing::builtin;
use crate::quiz::Kind;
use crate::quiz::from_code::questions;
use crate::{Document, Settings};

/// The right answers about `source`, one a line: the generator, and the role or the code.
fn answers(source: &str) -> Vec<String> {
    let document = Document::new(source);
    let found = questions(builtin(), &document, &Settings::default());
    let facts = found.iter().filter(|question| question.generator.kind != Kind::Bug);
    let answer = |question: &crate::quiz::from_code::CodeQuestion| {
        let computed = &question.computed;
        let is_order = question.generator.kind == Kind::Order;
        let right = computed.options.iter().filter(|it| is_order || it.role == computed.case.right);
        let labels: Vec<_> =
            right.map(|option| option.code.as_deref().unwrap_or(option.role)).collect();
        format!("{}: {}", question.generator.name, labels.join(" "))
    };
    facts.map(answer).collect()
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(answers(source), expected, "{source}");
}

#[test]
fn files_in_which_names_may_be_anything() {
    for line in ["from m import *", "globals()['f'] = 1", "exec('x = 1')", "vars()['f'] = 1"] {
        check(&format!("{line}\ndef f():\n    yield 1\n"), &[]);
        check(
            &format!("class M(type): ...\nclass A(metaclass=M): ...\nclass B(A): ...\n{line}\n"),
            &[],
        );
    }
    check("def f(:\n    yield 1\n", &[]);
}

#[test]
fn functions() {
    check("@d\ndef f():\n    yield 1\n", &[]);
    check("@d\nasync def f(): ...\n", &[]);
    check("class C:\n    def __iter__(self):\n        yield 1\n", &[]);
    check("def f(): return 1\n", &[]);
    check("def f():\n    return lambda: (yield)\n", &["generator-call: value"]);
    check("def f():\n    return 1\n    yield\n", &["generator-call: object"]);
    check("def f():\n    if False:\n        yield\n", &["generator-call: object"]);
    let inner = "async def f():\n    def g():\n        yield 1\n    return g\n";
    check(inner, &["coroutine-call: coroutine", "generator-call: object"]);
    check("async def f():\n    return [x async for x in y]\n", &["coroutine-call: coroutine"]);
}

#[test]
fn readers() {
    let read = |made: &str, between: &str, second: &str| {
        format!("def f(a):\n    x = {made}\n    print(sum(x))\n    {between}\n    {second}\n")
    };
    let gone = &["second-reader: nothing"];
    let again = &["second-reader: again"];
    check(&read("(i for i in a)", "pass", "return list(x)"), gone);
    check(&read("[i for i in a]", "pass", "return list(x)"), again);
    check(&read("{1, 2}", "pass", "return sorted(x)"), again);
    for between in ["x = a", "del x", "x += [1]", "a.append(x)", "x.clear()", "for x in a: pass"] {
        check(&read("[i for i in a]", between, "return list(x)"), &[]);
    }
    check(&read("(i for i in a)", "x = a", "return list(x)"), &[]);
    check(&read("y = [1]", "y.clear()", "return list(x)"), &[]);
    // What these read may have more by then.
    check(&read("map(str, a)", "pass", "return list(x)"), &[]);
    check(&read("iter(a)", "pass", "return list(x)"), &[]);
    // A module's variable can be changed from outside.
    check("x = [1]\nprint(sum(x))\nprint(list(x))\n", &[]);
    check("x = (i for i in [1])\nprint(sum(x))\nprint(list(x))\n", gone);
    let branch =
        "def f(a):\n    x = (i for i in a)\n    if a:\n        print(sum(x))\n    return list(x)\n";
    check(branch, &[]);
    let caught = "def f(a):\n    x = (i for i in a)\n    try:\n        print(sum(x))\n    except E: pass\n    return list(x)\n";
    check(caught, &[]);
    let own = "def list(x): ...\ndef f(a):\n    x = (i for i in a)\n    print(sum(x))\n    return list(x)\n";
    check(own, &[]);
}

#[test]
fn exits() {
    let class = |body: &str| {
        format!(
            "class C:\n    def __enter__(self): ...\n    def __exit__(self, *exc):\n        {body}\n"
        )
    };
    check(&class("return True"), &["exit-exception: dropped"]);
    check(&class("return 'no'"), &["exit-exception: dropped"]);
    check(&class("return"), &["exit-exception: raised"]);
    check(&class("pass"), &["exit-exception: raised"]);
    for unsure in ["return self.quiet", "raise E", "return exc[0] is E", "yield", "return f()"] {
        let found = answers(&class(unsure));
        assert!(!found.iter().any(|it| it.starts_with("exit-exception")), "{unsure}: {found:?}");
    }
    check(&format!("{}C.__exit__ = f\n", class("return True")), &[]);
    check(&class("return True").replace("    def __exit__", "    @d\n    def __exit__"), &[]);
    check("with a: ...\n", &[]);
    check("with a, a: ...\n", &[]);
    check("with a, b, c: ...\n", &[]);
    let two = "exit-order: enter-first enter-second body exit-second exit-first";
    check("with (a as x, b): ...\n", &[two]);
    check("with (a, b): ...\n", &[two]);
    check("with (a, b) as c: ...\n", &[]);
}

#[test]
fn event_loops() {
    let body = |line: &str| format!("import time, asyncio\nasync def f():\n    {line}\n");
    let plain = "coroutine-call: coroutine";
    check(&body("time.sleep(1)"), &[plain, "event-loop-waits: none-runs"]);
    check(&body("await asyncio.sleep(1)"), &[plain, "event-loop-waits: others-run"]);
    check(&body("asyncio.sleep(1)"), &[plain]);
    check(&body("return lambda: time.sleep(1)"), &[plain]);
    check(&body("await asyncio.wait_for(asyncio.sleep(1), 2)"), &[plain]);
    check(&body("asyncio.gather(a(), b())"), &[plain]);
    check(&body("await asyncio.gather(*a, b())"), &[plain]);
    check(&body("await asyncio.gather(a(), b())"), &[plain, "gather-results: arguments"]);
    check("import fake as time\nasync def f():\n    time.sleep(1)\n", &[plain]);
    check("import time\ntime = fake\nasync def f():\n    time.sleep(1)\n", &[plain]);
    check("import time\ndef f():\n    time.sleep(1)\n", &[]);
}

#[test]
fn instances() {
    let error = &["instance-check: error"];
    check("isinstance(x, list)\n", &["instance-check: container"]);
    check("isinstance(x, list[int])\n", error);
    check("import typing as t\nisinstance(x, t.List[int])\n", error);
    check("isinstance(x, (list, int))\n", &[]);
    check("isinstance(x, list | None)\n", &[]);
    check("isinstance(x, str)\n", &[]);
    check("list = f()\nisinstance(x, list)\n", &[]);
    check("def isinstance(a, b): ...\nisinstance(x, list)\n", &[]);
    check("def f(list):\n    return isinstance(x, list[0])\n", &[]);
    let generic =
        "class C:\n    def __class_getitem__(cls, x):\n        return cls\nisinstance(x, C[int])\n";
    check(generic, &[]);
}

#[test]
fn mappings() {
    let read = |made: &str| {
        format!(
            "from collections import Counter, OrderedDict, defaultdict\ndef f(k):\n    d = {made}\n    return d[k]\n"
        )
    };
    check(&read("{}"), &["missing-key: error"]);
    check(&read("OrderedDict()"), &["missing-key: error"]);
    check(&read("Counter()"), &["missing-key: zero"]);
    check(&read("defaultdict(int)"), &["missing-key: added"]);
    check(&read("defaultdict()"), &["missing-key: error"]);
    check(&read("defaultdict(None)"), &["missing-key: error"]);
    // A keyword is a key.
    check(&read("defaultdict(default_factory=int)"), &["missing-key: error"]);
    check(&read("defaultdict(make)"), &[]);
    check(&read("defaultdict(*a)"), &[]);
    check(&read("make()"), &[]);
    check(&format!("{}    d.default_factory = None\n", read("defaultdict(int)")), &[]);
    check(&read("{}").replace("return", "d = g(d)\n    return"), &[]);
    check(&read("{}").replace("return d[k]", "d[k] = 1"), &[]);
    check("class Counter(dict): ...\nd = Counter()\nd[1]\n", &["metaclass-of-class: type"]);
    check(
        "class D(dict):\n    def __missing__(self, k): ...\nd = D()\nd[1]\n",
        &["metaclass-of-class: type"],
    );
    check("def f(d):\n    return d[1]\n", &[]);
    check("def f(d={}):\n    return d[1]\n", &["default-object: with-def"]);
}

#[test]
fn costs() {
    let cost = |made: &str, code: &str| {
        answers(&format!(
            "from collections import deque\ndef f(a, k):\n    x = {made}\n    {code}\n"
        ))
    };
    for (made, code, right) in [
        ("deque(a)", "x.popleft()", "constant"),
        ("list(a)", "x.pop(0)", "linear"),
        ("list(a)", "x.pop()", "constant"),
        ("list(a)", "x.insert(0, k)", "linear"),
        ("list(a)", "k in x", "linear"),
        ("set(a)", "k in x", "constant"),
        ("dict(a)", "k not in x", "constant"),
    ] {
        assert_eq!(cost(made, code), [format!("operation-cost: {right}")], "{made}: {code}");
    }
    for (made, code) in [
        ("list(a)", "x.pop(k)"),
        ("list(a)", "x.insert(k, k)"),
        ("list(a)", "x.append(k)"),
        ("make(a)", "k in x"),
        ("[1, 2]", "k in [1, 2]"),
    ] {
        assert_eq!(cost(made, code), [""; 0], "{made}: {code}");
    }
}

#[test]
fn classes() {
    let diamond = "class A: ...\nclass B(A): ...\nclass C(A): ...\nclass D(B, C): ...\n";
    let plain = "metaclass-of-class: type";
    check(diamond, &[plain, plain, "method-resolution-order: D B C A object", plain]);
    check(&diamond.replace("class D", "@d\nclass D"), &[plain, plain]);
    check(&format!("{diamond}D.__bases__ = (C, B)\n"), &[]);
    check("from m import A\nclass B(A): ...\n", &[]);
    check("class A: ...\nA = f(A)\nclass B(A): ...\n", &[]);
    check("class B(f()): ...\n", &[]);
    check(
        "class M(type): ...\nclass A(metaclass=M): ...\nclass B(A): ...\n",
        &["metaclass-of-class: M"],
    );
    check("def M(*a): return type(*a)\nclass A(metaclass=M): ...\nclass B(A): ...\n", &[]);
    let ordered = "class M(type):\n    def mro(cls): return [cls, object]\n";
    let found =
        answers(&format!("{ordered}{}", diamond.replace("class A:", "class A(metaclass=M):")));
    assert!(!found.iter().any(|it| it.starts_with("method-resolution-order")), "{found:?}");
    let broken = "class A: ...\nclass B(A): ...\nclass C(A, B): ...\n";
    check(broken, &[plain]);
}

#[test]
fn defaults() {
    let body = |body: &str| format!("def f(x=None):\n    {body}\n    return x\n");
    check("def f(x=[]): ...\n", &["default-object: with-def"]);
    check("def f(x=()): ...\n", &[]);
    check("def f(x=make()): ...\n", &[]);
    check("@cache\ndef f(x=[]): ...\n", &[]);
    check("def f(x=[]):\n    yield x\n", &["generator-call: object"]);
    check(&body("if x is None:\n        x = []"), &["default-object: each-call"]);
    check(&body("if x is None:\n        x = y = []"), &[]);
    check(&body("if x is None:\n        x = []\n    else:\n        x = 1"), &[]);
    check(&body("if a: return\n    if x is None:\n        x = []"), &[]);
    check(&body("if y is None:\n        x = []"), &[]);
    check(&body("if x is None:\n        x = make()"), &[]);
    check(&body("if x is not None:\n        x = []"), &[]);
    check("@cache\ndef f(x=None):\n    if x is None:\n        x = []\n", &[]);
}

#[test]
fn targets() {
    let class = |enter: &str| {
        format!(
            "class C:\n    def __enter__(self):\n        {enter}\n    def __exit__(self, *exc): ...\n"
        )
    };
    let bound = |source: String| {
        let found = answers(&source).into_iter();
        found.filter(|it| it.starts_with("as-binding")).collect::<Vec<_>>()
    };
    let with = |enter: &str| format!("{}with C() as c:\n    print(c)\n", class(enter));
    assert_eq!(bound(with("return self")), ["as-binding: manager"]);
    assert_eq!(bound(with("print(1)")), ["as-binding: nothing"]);
    assert_eq!(bound(with("return None")), ["as-binding: nothing"]);
    for unsure in ["return self.file", "return self if a else b", "if a: return self", "yield"] {
        assert_eq!(bound(with(unsure)), [""; 0], "{unsure}");
    }
    let own = with("return self");
    assert_eq!(bound(own.replace("C() as c", "C()")), [""; 0]);
    assert_eq!(bound(own.replace("class C:", "class C(Base):")), [""; 0]);
    assert_eq!(bound(own.replace("C() as c", "make() as c")), [""; 0]);
    assert_eq!(bound(own.replace("with C()", "async with C()")), [""; 0]);
    assert_eq!(bound(own.replace("    def __enter__", "    @d\n    def __enter__")), [""; 0]);
    assert_eq!(bound(format!("{}C.__enter__ = f\n", own)), [""; 0]);
    assert_eq!(bound(own.replace("C() as c", "C() as c.x")), [""; 0]);
}

#[test]
fn annotations() {
    let runs = "annotation-check: runs";
    let kept = "annotation-kept: <class 'int'>";
    check("def f(x: int): ...\n", &[kept, runs]);
    check(
        "from __future__ import annotations\ndef f(x: int): ...\n",
        &["annotation-kept: 'int'", runs],
    );
    check("class C:\n    def f(self, x: int): ...\n", &[kept, runs]);
    check("async def f(x: int): ...\n", &["coroutine-call: coroutine", kept]);
    check("def f(x: int):\n    yield x\n", &["generator-call: object", kept]);
    for source in [
        "def f(x: 'int'): ...\n",
        "def f(x: Int): ...\n",
        "def f(x: int | None): ...\n",
        "def f(*x: int): ...\n",
        "int = str\ndef f(x: int): ...\n",
        "@d\ndef f(x: int): ...\n",
    ] {
        check(source, &[]);
    }
    check("def f(x: int): ...\nf.__annotations__ = {}\n", &[runs]);
    check("def f(x: int): ...\nsetattr(f, a, b)\n", &[runs]);
    check("def f(x: int): ...\ndef f(x: str): ...\n", &[runs, runs]);
    check("import typeguard\ndef f(x: int): ...\n", &[kept]);
    check(
        "import pydantic\n@pydantic.validate_call\ndef f(x: int): ...\n",
        &["annotation-check: error"],
    );
    check("import pydantic\n@pydantic.validate_call(a=1)\ndef f(x: int): ...\n", &[]);
    check("@d\nclass C:\n    def f(self, x: int): ...\n", &[kept]);
    check("def f(x: object): ...\n", &["annotation-kept: <class 'object'>"]);
}

#[test]
fn environments() {
    check("#!/usr/bin/env python3\nimport os\n", &["script-interpreter: path"]);
    check("#! /usr/bin/python3\n", &["script-interpreter: fixed"]);
    for first in [
        "#!/usr/bin/env -S uv run",
        "#!/usr/bin/env bash",
        "#!/usr/bin/env python3 -u",
        "#!/opt/env/bin/python3",
        "#!/usr/bin/python3 -I",
        "# /usr/bin/python3",
        "\n#!/usr/bin/python3",
    ] {
        check(&format!("{first}\n"), &[]);
    }
    check("import tomllib\n", &["module-since: 3.11"]);
    check("from distutils import log\n", &["module-removed: 3.12"]);
    check("import os\nfrom .tomllib import x\n", &[]);
}
