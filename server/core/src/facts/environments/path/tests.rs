use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn in_front_of_everything() {
    check_hover(
        "import sys\nsys.path.ins$0ert(0, '../lib')\n",
        expect![[r#"
            sys.path.insert(0, '../lib')
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            From here on `'../lib'` is searched first: its modules are found before those of
            the same name in the standard library and in installed packages.

            **Here**

            - `'../lib'` is relative: it means another directory when the program is started
              elsewhere.

            **Say in the interview**

            An installed package needs none of this: `python -m pip install -e .` puts the
            project on the path of one environment, for every program and test in it.

            **Watch for**

            - Modules that are imported already stay what they are; only later imports
              search anew.
            - Modules that are built into the interpreter are found before any directory.

            [sys.path](https://docs.python.org/3/library/sys.html#sys.path) · [sys.path initialization](https://docs.python.org/3/library/sys_path_init.html)
        "#]],
    );
}

#[test]
fn at_the_end_and_between() {
    for (call, says) in [
        ("app$0end(here)", "`here` is searched last"),
        ("app$0end('/srv/lib')", "`'/srv/lib'` is searched last"),
        ("ins$0ert(1, here)", "at index `1`"),
    ] {
        let source = format!("import sys\nsys.path.{call}\n");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains(says) && !card.contains("is relative"), "{card}");
    }
}

#[test]
fn no_card_for_other_lists() {
    for source in [
        "path = []\npath.app$0end('x')\n",
        "from m import sys\nsys.path.app$0end('x')\n",
        "import sys\nsys.argv.app$0end('x')\n",
        "import sys\nsys.path.app$0end(*a)\n",
        "import sys\nsys.path.ins$0ert(0)\n",
        "import sys\nsys = f()\nsys.path.app$0end('x')\n",
        "def f(sys):\n    sys.path.app$0end('x')\n",
    ] {
        assert_ne!(card_at(source), "search-path", "{source}");
    }
}

#[test]
fn the_first_line() {
    check_hover(
        "#!/usr/bin/env py$0thon3\nimport sys\n",
        expect![[r#"
        #!/usr/bin/env python3
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        Started as a program, the file runs with the first `python3` on `PATH`: the
        environment's, if one is active.

        **Say in the interview**

        The line counts only when the file itself is executed. `python file.py` and an
        import take it for a comment. Scripts that pip installs name the environment's
        interpreter.

        [How venvs work](https://docs.python.org/3/library/venv.html#how-venvs-work)
    "#]],
    );
    check_hover(
        "#!/home/me/app/.venv/bin/py$0thon\nimport sys\n",
        expect![[r#"
        #!/home/me/app/.venv/bin/python
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        Started as a program, the file runs with `/home/me/app/.venv/bin/python`, active
        environment or not.

        **Here**

        - The path leads into one environment on one machine: elsewhere it is missing.

        **Say in the interview**

        The line counts only when the file itself is executed. `python file.py` and an
        import take it for a comment. Scripts that pip installs name the environment's
        interpreter.

        [How venvs work](https://docs.python.org/3/library/venv.html#how-venvs-work)
    "#]],
    );
    let settings = Settings::default();
    let card = snapshot(builtin(), &settings, "#!/usr/bin/py$0thon3.11\nx = 1\n");
    assert!(card.contains("the system's Python"), "{card}");
    let card = snapshot(builtin(), &settings, "#!/usr/bin/env -S py$0thon -u\nx = 1\n");
    assert!(card.contains("Not every system has a `python`"), "{card}");
}

#[test]
fn no_card_for_other_comments() {
    for source in [
        "# x$0\nimport sys\n",
        "import sys\n#!/usr/bin/env py$0thon3\n",
        "#!/bin/b$0ash\nimport sys\n",
        "#!/usr/bin/env b$0ash\nimport sys\n",
        "#!/usr/bin/env$0\nimport sys\n",
        "# -*- coding: ut$0f-8 -*-\n",
        "\n#!/usr/bin/env py$0thon3\n",
        "#!python$0\n",
    ] {
        assert_ne!(card_at(source), "shebang", "{source}");
    }
}

#[test]
fn whenever_a_function_runs() {
    let again = |function: &str| {
        let source = format!("import sys\n{function}");
        snapshot(builtin(), &Settings::default(), &source).contains("It runs at each call")
    };
    assert!(again("def f(here):\n    sys.path.ins$0ert(0, here)\n"));
    assert!(!again(
        "def f(here):\n    if here not in sys.path:\n        sys.path.ins$0ert(0, here)\n"
    ));
    assert!(!again("def f(all):\n    for one in all:\n        sys.path.ins$0ert(0, one)\n"));
    assert!(!again("sys.path.ins$0ert(0, 'lib')\n"));
}
