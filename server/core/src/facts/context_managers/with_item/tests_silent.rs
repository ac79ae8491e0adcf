use expect_test::expect;

use crate::cards::testing::{check_hover, snapshot};
use crate::content::testing::builtin;
use crate::{PythonVersion, Settings};

fn card(source: &str) -> String {
    snapshot(builtin(), &Settings::default(), source)
}

/// What is entered is not known, so nothing is said about it.
#[test]
fn nothing_is_said_of_what_may_be_something_else() {
    const CLASS: &str =
        "class A:\n    def __enter__(self): return self\n    def __exit__(self, *e): return True\n";
    for (before, with) in [
        // The name is bound twice, by a parameter, in another place, or not at all.
        ("if x:\n    open = gzip_open\n", "w$0ith open(p) as f: pass\n"),
        ("from m import *\n", "w$0ith open(p) as f: pass\n"),
        ("def f(open):\n", "    w$0ith open(p) as f: pass\n"),
        ("lock = threading.Lock()\n", "w$0ith lock: pass\n"),
        ("import threading\nlock = threading.Lock()\nlock = None\n", "w$0ith lock: pass\n"),
        (
            "import threading\nlock = threading.Lock()\ndef f():\n    global lock\n    lock = x\n",
            "w$0ith lock: pass\n",
        ),
        (
            "import threading\nclass C:\n    def __init__(self):\n        self.l = threading.Lock()\n    \
             def g(self):\n        self.l = None\n    def f(self):\n",
            "        w$0ith self.l: pass\n",
        ),
        // The class may be another one, may make something else, or its methods may be replaced.
        (CLASS, "A = other(A)\nw$0ith A() as a: pass\n"),
        (CLASS, "@other\nclass B(A): pass\nw$0ith B() as a: pass\n"),
        (
            "class M(type): ...\nclass A(metaclass=M):\n    def __enter__(self): ...\n",
            "w$0ith A(): pass\n",
        ),
        (
            "class A:\n    def __new__(cls): return x\n    def __exit__(self, *e): ...\n",
            "w$0ith A(): pass\n",
        ),
        (CLASS, "A.__exit__ = A.__enter__ = other\nw$0ith A() as a: pass\n"),
        (CLASS, "setattr(A, '__exit__', x)\nsetattr(A, '__enter__', x)\nw$0ith A() as a: pass\n"),
        // No class is known to have the methods, but a base from elsewhere may.
        ("from m import Base\nclass A(Base): pass\n", "w$0ith A() as a: pass\n"),
        // The decorator is another one, is not alone, or may be replaced.
        ("from m import contextmanager\n@contextmanager\ndef f(): yield\n", "w$0ith f(): pass\n"),
        (
            "from contextlib import contextmanager\n@other\n@contextmanager\ndef f(): yield\n",
            "w$0ith f(): pass\n",
        ),
        (
            "from contextlib import contextmanager\n@contextmanager\ndef f(): yield\nf = other(f)\n",
            "w$0ith f(): pass\n",
        ),
        (
            "from contextlib import contextmanager\nclass C:\n    @contextmanager\n    def g(self): yield\n    \
             def f(self):\n",
            "        w$0ith self.g(): pass\nclass D(C):\n    g = None\n",
        ),
        (
            "from contextlib import contextmanager\n@contextmanager\ndef f():\n    if x:\n        yield\n    \
             else:\n        yield\n",
            "w$0ith f(): pass\n",
        ),
    ] {
        let source = format!("{before}{with}");
        let card = card(&source);
        assert!(card.contains(" is evaluated and entered; however"), "{source}{card}");
        assert!(!card.contains("exception of the block"), "{source}{card}");
    }
}

/// Methods whose values cannot be told: the card names them, and is silent about exceptions.
#[test]
fn nothing_is_said_of_exceptions() {
    for exit in [
        "@other\n    def __exit__(self, *exc): return True",
        "__exit__ = other",
        "def __exit__(self, *exc):\n        yield",
    ] {
        let source =
            format!("class A:\n    def __enter__(self): pass\n    {exit}\nw$0ith A(): pass\n");
        let card = card(&source);
        assert!(card.contains("`A.__exit__` on line"), "{card}");
        assert!(!card.contains("exception of the block"), "{card}");
    }
}

/// What `__exit__` returns when there is an exception decides, and nothing else.
#[test]
fn what_becomes_of_an_exception() {
    const PASSES: &str = "An exception of the block passes on.";
    const ALL: &str = "**Every exception of the block is dropped**";
    const MAY: &str = "**An exception of the block may be dropped**";
    for (body, expected) in [
        ("pass", PASSES),
        ("return", PASSES),
        ("return None", PASSES),
        ("return 0", PASSES),
        ("return ''", PASSES),
        ("return not kind", PASSES),
        ("return kind is None", PASSES),
        ("return kind is None and self.ok()", PASSES),
        ("if kind is None: return True", PASSES),
        ("if not kind:\n            return True\n        return False", PASSES),
        ("try:\n            return True\n        finally:\n            return False", PASSES),
        ("return False\n        return True", PASSES),
        ("def inner(): return True", PASSES),
        ("return True", ALL),
        ("return 1", ALL),
        ("return 'handled'", ALL),
        ("return self", ALL),
        ("return kind is not None", ALL),
        ("return error is not None", ALL),
        ("return bool(tb)", ALL),
        ("return self.x or True", ALL),
        ("if kind is None:\n            return False\n        return True", ALL),
        ("if kind:\n            return True", ALL),
        ("with self.lock:\n            return True", ALL),
        ("return issubclass(kind, KeyError)", MAY),
        ("if self.quiet:\n            return True", MAY),
        ("for x in self.all:\n            return True", MAY),
        ("return error", MAY),
        ("return self.inner.__exit__(kind, error, tb)", MAY),
        ("kind = self.x\n        if kind is None:\n            return True", MAY),
        ("try:\n            self.x()\n        except E:\n            return True", MAY),
    ] {
        let source = format!(
            "class A:\n    def __enter__(self): ...\n    def __exit__(self, kind, error, tb):\n        \
             {body}\nw$0ith A(): pass\n"
        );
        let card = card(&source);
        for one in [PASSES, ALL, MAY] {
            assert_eq!(card.contains(one), one == expected, "{source}{card}");
        }
    }
}

/// A method that is no `async def` may still return something to await.
#[test]
fn what_can_be_awaited_is_no_fault() {
    for body in ["return self.open()", "return x", "return None if x else y"] {
        let source = format!(
            "class A:\n    def __aenter__(self): {body}\n    async def __aexit__(self, *e): ...\n\
             async def f():\n    async w$0ith A() as a: pass\n"
        );
        let card = card(&source);
        assert!(card.contains("`A.__aenter__` on line 2 runs"), "{card}");
        assert!(!card.contains("TypeError") && !card.contains("`a` is"), "{card}");
    }
}

#[test]
fn versions_that_have_it_are_not_told_of() {
    let source = "import asyncio\nasync def f():\n    async w$0ith asyncio.timeout(1): pass\n";
    let settings = Settings { target: PythonVersion::py3(11), ..Settings::default() };
    assert!(!snapshot(builtin(), &settings, source).contains("needs Python"));
    assert!(card(source).contains("It needs Python `3.11`"));
}

#[test]
fn broken_code_has_no_card() {
    for source in [
        "w$0ith a if b else c as d: pass\n",
        "w$0ith lambda: 1 as x: pass\n",
        "w$0ith open(a as b: pass\n",
    ] {
        check_hover(source, expect![["no card\n"]]);
    }
}
