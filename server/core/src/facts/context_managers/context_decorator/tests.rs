use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn each_call_runs_inside() {
    check_hover(
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\n@st$0ep(\"a\")\ndef g(): pass\n",
        expect![[r#"
            @step("a")
             ▔▔▔▔

            Every call of `g` runs inside `with step("a"):` and makes a new context manager
            for it.

            [contextlib.ContextDecorator](https://docs.python.org/3/library/contextlib.html#contextlib.ContextDecorator)
        "#]],
    );
    check_hover(
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\n@st$0ep(\"a\")\nasync def g(): pass\n",
        expect![[r#"
            @step("a")
             ▔▔▔▔

            Every call of `g` runs inside `with step("a"):` and makes a new context manager
            for it. But `g` is an `async def`: a call only makes the coroutine.

            **Version**

            - 3.15: the context stays open until the coroutine is done; before, it is left
              before it starts.

            For Python `3.9`, as no file says which ·
            [contextlib.ContextDecorator](https://docs.python.org/3/library/contextlib.html#contextlib.ContextDecorator)
        "#]],
    );
    check_hover(
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\n@st$0ep(\"a\")\ndef g(): yield 1\n",
        expect![[r#"
            @step("a")
             ▔▔▔▔

            Every call of `g` runs inside `with step("a"):` and makes a new context manager
            for it. But `g` is a generator function: a call only makes the generator.

            **Version**

            - 3.15: the context stays open until the generator is done; before, it is left
              before the first value.

            For Python `3.9`, as no file says which ·
            [contextlib.ContextDecorator](https://docs.python.org/3/library/contextlib.html#contextlib.ContextDecorator)
        "#]],
    );
}

#[test]
fn silent_for_other_decorators() {
    for source in [
        "from m import step\n@st$0ep(1)\ndef g(): pass\n",
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\n@st$0ep\ndef g(): pass\n",
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\n@st$0ep(1)\n@other\ndef g(): pass\n",
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\n@st$0ep(1)\nclass C: pass\n",
        "def step(x): return x\n@st$0ep(1)\ndef g(): pass\n",
        "from contextlib import asynccontextmanager\n@asynccontextmanager\nasync def step(): yield\n@st$0ep()\ndef g(): pass\n",
        "from contextlib import contextmanager\n@contextmanager\nasync def step(): yield\n@st$0ep()\ndef g(): pass\n",
    ] {
        assert_ne!(card_at(source), "context-decorator", "{source}");
    }
}
