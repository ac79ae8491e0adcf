use expect_test::expect;

use crate::PythonVersion;
use crate::Settings;
use crate::analysis::TargetSource;
use crate::cards::testing::{card_at, check_hover, check_hover_in, snapshot, snapshot_in};
use crate::content::testing::builtin;

#[test]
fn a_module_that_is_gone() {
    check_hover(
        "import as$0yncore\n",
        expect![[r#"
        import asyncore
               ▔▔▔▔▔▔▔▔

        `asyncore` is no part of the standard library any more since Python `3.12`:
        there the import raises `ModuleNotFoundError`, unless something of that name is
        installed.

        **Here**

        - `asyncio` does its work.

        **Say in the interview**

        An environment has the standard library of the Python it was made with. What
        that lacks is a dependency like any other, and is written down as one.

        [What's New in Python](https://docs.python.org/3/whatsnew/index.html) · [PEP 594](https://peps.python.org/pep-0594/)
    "#]],
    );
}

#[test]
fn a_module_that_came_later() {
    check_hover(
        "try:\n    import toml$0lib\nexcept ModuleNotFoundError:\n    import tomli as tomllib\n",
        expect![[r#"
                import tomllib
                       ▔▔▔▔▔▔▔

            `tomllib` is part of the standard library since Python `3.11`: with an older one
            the import raises `ModuleNotFoundError`.

            **Here**

            - The `except` on line 3 catches that.
            - The distribution `tomli` has the same functions.

            **Say in the interview**

            An environment has the standard library of the Python it was made with. What
            that lacks is a dependency like any other, and is written down as one.

            [What's New in Python](https://docs.python.org/3/whatsnew/index.html) · [PEP 594](https://peps.python.org/pep-0594/)
        "#]],
    );
}

#[test]
fn a_submodule_that_is_taken_out_of_a_package() {
    check_hover(
        "from concurrent import inter$0preters\n",
        expect![[r#"
        from concurrent import interpreters
                               ▔▔▔▔▔▔▔▔▔▔▔▔

        `concurrent.interpreters` is part of the standard library since Python `3.14`:
        with an older one the import raises `ModuleNotFoundError`.

        **Say in the interview**

        An environment has the standard library of the Python it was made with. What
        that lacks is a dependency like any other, and is written down as one.

        [What's New in Python](https://docs.python.org/3/whatsnew/index.html) · [PEP 594](https://peps.python.org/pep-0594/)
    "#]],
    );
    assert_eq!(card_at("import concurrent.inter$0preters as i\n"), "standard-module");
    assert_eq!(card_at("from distutils.com$0mand import build\n"), "standard-module");
}

#[test]
fn the_oldest_python_of_the_project_lacks_it() {
    let says = |is_known: bool, source: &str| {
        let target = PythonVersion::py3(10);
        let target_source = is_known.then_some(TargetSource::RequiresPython);
        let settings = Settings { target, target_source, ..Settings::default() };
        snapshot(builtin(), &settings, source).contains("runs on `3.10` as well")
    };
    assert!(says(true, "import toml$0lib\n"));
    assert!(!says(false, "import toml$0lib\n"));
    assert!(!says(true, "if version > (3, 11):\n    import toml$0lib\n"));
    assert!(!says(true, "try:\n    import toml$0lib\nexcept ImportError:\n    pass\n"));
    assert!(!says(true, "import as$0yncore\n"));
}

#[test]
fn silent_about_all_other_modules() {
    for source in [
        "import js$0on\n",
        "import requ$0ests\n",
        "from concurrent import fut$0ures\n",
        "from .asyn$0core import x\n",
        "from . import as$0yncore\n",
        "from m import im$0p\n",
        "import m as im$0p\n",
        "asyn$0core.loop()\n",
    ] {
        assert_ne!(card_at(source), "standard-module", "{source}");
    }
    let card = snapshot_in("//- app.py\nimport uu$0\n//- uu.py\nx = 1\n");
    assert!(!card.contains("standard library any more"), "{card}");
}

#[test]
fn a_file_beside_the_script() {
    check_hover_in(
        "//- tools/app.py\nfrom ran$0dom import choice\n//- tools/random.py\nx = 1\n",
        expect![[r#"
            from random import choice
                 ▔▔▔▔▔▔

            `tools/random.py` has the name of the standard module `random`. When a script in
            this folder is run, the folder is searched first, and the import finds that
            file.

            **Say in the interview**

            `sys.path` starts with the folder of the script, or with the current one for
            `-m` and `-c`; the standard library comes behind it, installed packages last.

            **Watch for**

            - Third-party packages that import the standard module get the file as well, and
              fail far from here.
            - The cure is another name for the file.

            **Version**

            - 3.11: `python -P` and `PYTHONSAFEPATH` leave that folder out.
            - 3.13: the message of the error that follows names the file and asks whether to
              rename it.

            For Python `3.9`, as no file says which ·
            [sys.path initialization](https://docs.python.org/3/library/sys_path_init.html) · [python \-P](https://docs.python.org/3/using/cmdline.html#cmdoption-P)
        "#]],
    );
}

#[test]
fn the_file_itself_in_a_package() {
    check_hover_in(
        "//- app/logging.py\nimport logg$0ing.handlers\n//- app/__init__.py\n",
        expect![[r#"
            import logging.handlers
                   ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `logging` is the standard module as long as this file is imported as part of its
            package. Run as a script, it finds `app/logging.py`, which is this file.

            **Say in the interview**

            `sys.path` starts with the folder of the script, or with the current one for
            `-m` and `-c`; the standard library comes behind it, installed packages last.

            **Watch for**

            - Third-party packages that import the standard module get the file as well, and
              fail far from here.
            - The cure is another name for the file.

            **Version**

            - 3.11: `python -P` and `PYTHONSAFEPATH` leave that folder out.
            - 3.13: the message of the error that follows names the file and asks whether to
              rename it.

            For Python `3.9`, as no file says which ·
            [sys.path initialization](https://docs.python.org/3/library/sys_path_init.html) · [python \-P](https://docs.python.org/3/using/cmdline.html#cmdoption-P)
        "#]],
    );
}

#[test]
fn silent_where_the_standard_module_is_found() {
    for fixture in [
        // Loaded at start-up, frozen or built in.
        "//- app.py\nimport o$0s\n//- os.py\n",
        "//- app.py\nimport ti$0me\n//- time.py\n",
        "//- app.py\nimport ma$0th\n//- math.py\n",
        // In another folder.
        "//- app.py\nimport ran$0dom\n//- lib/random.py\n",
        "//- app.py\nimport ran$0dom\n//- random/data.txt\n",
        "//- app.py\nfrom .ran$0dom import x\n//- random.py\n",
        "//- app.py\nfrom x import ran$0dom\n//- random.py\n",
        "//- app.py\nimport ut$0ils\n//- utils.py\n",
    ] {
        assert!(!snapshot_in(fixture).contains("name of the standard"), "{fixture}");
    }
}
