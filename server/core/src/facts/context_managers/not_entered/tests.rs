use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn nothing_runs() {
    check_hover(
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\nst$0ep(2)\n",
        expect![[r#"
            step(2)
            ▔▔▔▔

            Nothing of `step` runs here: `step(2)` makes a context manager, and nothing
            enters it.

            **Here**

            - `with step(2):` runs the code of `step` up to its `yield` on line 5, and the
              rest behind the block.

            [contextlib.contextmanager](https://docs.python.org/3/library/contextlib.html#contextlib.contextmanager)
        "#]],
    );
}

#[test]
fn silent_where_something_enters_it_or_it_is_another() {
    for source in [
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\nwith st$0ep(2): pass\n",
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\nx = st$0ep(2)\n",
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\nf(st$0ep(2))\n",
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\nst$0ep(2).__enter__()\n",
        "from contextlib import contextmanager\n@contextmanager\ndef step(name):\n    print(name)\n    yield name\n    print(1)\nstep = other\nst$0ep(2)\n",
        "from m import contextmanager\n@contextmanager\ndef step(): yield\nst$0ep()\n",
        "from contextlib import contextmanager\n@contextmanager\n@other\ndef step(): yield\nst$0ep()\n",
        "def step(): yield\nst$0ep()\n",
        "from contextlib import *\n@contextmanager\ndef step(): yield\nst$0ep()\n",
    ] {
        assert_ne!(card_at(source), "not-entered", "{source}");
    }
}
