use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn defaults_that_differ_from_the_command() {
    check_hover(
        "import venv\nvenv.cre$0ate('.venv')\n",
        expect![[r#"
        venv.create('.venv')
        ▔▔▔▔▔▔▔▔▔▔▔

        `'.venv'` becomes an environment of the Python that runs this.

        **Here**

        - There is no `pip` in it: `with_pip` is false unless it is given, though
          `python -m venv` installs it.
        - The interpreter is copied: `symlinks` is false unless it is given, though
          `python -m venv` links on POSIX.
        - Packages of the base installation are not found in it.
        - A directory that exists keeps what it holds.

        **Say in the interview**

        An environment is `pyvenv.cfg`, an interpreter and an empty `site-packages`;
        activation is a convenience of shells, so a program needs none: it runs the
        interpreter in `bin` or `Scripts`.

        [venv: API](https://docs.python.org/3/library/venv.html#api)
    "#]],
    );
}

#[test]
fn options_by_name_and_by_place() {
    check_hover(
        "from venv import EnvBuilder\nbuilder = Env$0Builder(True, clear=True, symlinks=True, with_pip=True)\n",
        expect![[r#"
            builder = EnvBuilder(True, clear=True, symlinks=True, with_pip=True)
                      ▔▔▔▔▔▔▔▔▔▔

            `EnvBuilder` only holds options: its method `create` makes an environment of the
            Python that runs it.

            **Here**

            - `ensurepip` installs `pip` into it, without looking at the network.
            - The interpreter is linked, where the system allows that.
            - Packages of the base installation are found behind its own.
            - What the directory holds is deleted first.

            **Say in the interview**

            An environment is `pyvenv.cfg`, an interpreter and an empty `site-packages`;
            activation is a convenience of shells, so a program needs none: it runs the
            interpreter in `bin` or `Scripts`.

            [venv: API](https://docs.python.org/3/library/venv.html#api)
        "#]],
    );
    let card = snapshot_of("import venv\nvenv.cre$0ate(d, False, True, True, True)\n");
    assert!(card.contains("deleted first") && card.contains("`ensurepip`"), "{card}");
    let card = snapshot_of("import venv\nvenv.Env$0Builder(False, False, False, True)\n");
    assert!(card.contains("no `pip`"), "{card}");
}

#[test]
fn options_that_are_not_written_out_are_left_out() {
    let card =
        snapshot_of("import venv\nvenv.cre$0ate(d, with_pip=pip, symlinks=os.name != 'nt')\n");
    assert!(!card.contains("pip` in") && !card.contains("copied"), "{card}");
    let card = snapshot_of("import venv\nvenv.cre$0ate(d, scm_ignore_files=frozenset())\n");
    assert!(card.contains("know `scm_ignore_files=frozenset()`"), "{card}");
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "import venv\nvenv.cre$0ate(*args)\n",
        "import venv\nvenv.cre$0ate(d, **options)\n",
        "import venv\nvenv.cre$0ate()\n",
        "from m import venv\nvenv.cre$0ate(d)\n",
        "import venv\nvenv.ma$0in(['.venv'])\n",
        "def create(d): ...\ncre$0ate('.venv')\n",
        "import virtualenv\nvirtualenv.cre$0ate(d)\n",
    ] {
        assert_ne!(card_at(source), "environment-builder", "{source}");
    }
}
