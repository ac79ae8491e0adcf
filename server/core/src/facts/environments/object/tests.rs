use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn the_test_for_an_environment() {
    check_hover(
        "import sys\nif sys.pre$0fix != sys.base_prefix:\n    pass\n",
        expect![[r#"
            if sys.prefix != sys.base_prefix:
                   ▔▔▔▔▔▔

            `sys.prefix != sys.base_prefix` is true if the interpreter belongs to a virtual
            environment. `sys.prefix`: the directory of the environment, or of the
            installation where there is none.

            **Say in the interview**

            An interpreter finds its environment by `pyvenv.cfg` near its executable;
            activation only changes `PATH` and sets `VIRTUAL_ENV`. The test is
            `sys.prefix != sys.base_prefix`.

            [How venvs work](https://docs.python.org/3/library/venv.html#how-venvs-work) · [sys](https://docs.python.org/3/library/sys.html)
        "#]],
    );
}

#[test]
fn a_variable_of_the_shell() {
    check_hover(
        "import os\nwhere = os.env$0iron['VIRTUAL_ENV']\n",
        expect![[r#"
        where = os.environ['VIRTUAL_ENV']
                ▔▔▔▔▔▔▔▔▔▔

        `os.environ['VIRTUAL_ENV']` tells which environment this shell has activated,
        not which one runs the code.

        **Here**

        - `os.environ['VIRTUAL_ENV']` raises `KeyError` where no environment is active.

        **Say in the interview**

        An interpreter finds its environment by `pyvenv.cfg` near its executable;
        activation only changes `PATH` and sets `VIRTUAL_ENV`. The test is
        `sys.prefix != sys.base_prefix`.

        [How venvs work](https://docs.python.org/3/library/venv.html#how-venvs-work) · [sys](https://docs.python.org/3/library/sys.html)
    "#]],
    );
    let card = snapshot(
        builtin(),
        &Settings::default(),
        "import os\nwhere = os.getenv$0('VIRTUAL_ENV')\n",
    );
    assert!(card.contains("this shell has activated") && !card.contains("KeyError"), "{card}");
}

#[test]
fn rows_of_the_table() {
    for (source, says) in [
        ("import sys\nprint(sys.exec$0utable)\n", "the path of the interpreter that runs"),
        ("from sys import base_prefix as b\nprint(b$0)\n", "`b`: the directory"),
        ("from importlib import metadata\nmetadata.ver$0sion('x')\n", "the distribution's name"),
        ("import sys\nsys.base_pre$0fix == sys.prefix\n", "true if the interpreter belongs to no"),
        ("import pkg_resources\npkg_resources.req$0uire('x')\n", "deprecated"),
    ] {
        let card = snapshot(builtin(), &Settings::default(), source);
        assert!(card.contains(says), "{source}{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "def f(sys):\n    sys.pre$0fix\n",
        "from m import sys\nsys.pre$0fix\n",
        "import sys\nsys.arg$0v\n",
        "prefix = 1\nprefix$0\n",
        "import os\nos.env$0iron['HOME']\n",
        "import os\nos.env$0iron[name]\n",
        "import os\nos.get$0env('HOME')\n",
        "environ = {}\nenv$0iron['VIRTUAL_ENV']\n",
        "class A:\n    prefix = 1\nA.pre$0fix\n",
        "from sys import *\npre$0fix\n",
    ] {
        assert_ne!(card_at(source), "environment-object", "{source}");
    }
}
