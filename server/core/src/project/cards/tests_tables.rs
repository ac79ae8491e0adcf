use expect_test::expect;

use crate::PythonVersion;
use crate::analysis::{Settings, TargetSource};
use crate::project::testing::{check_hover, check_hover_with};

#[test]
fn options_of_a_list() {
    check_hover(
        "//- requirements.txt\n-r bas$0e.txt\n",
        expect![[r#"
        -r base.txt
        ---
        `-r base.txt` takes the lines of another list over, whose path counts from the
        folder of this one.

        **Here**

        - There is no file `base.txt` beside this one.

        [Requirements file format](https://pip.pypa.io/en/stable/reference/requirements-file-format/) · [pip install](https://pip.pypa.io/en/stable/cli/pip_install/)
    "#]],
    );
    check_hover(
        "//- requirements.txt\n--extra-$0index-url https://example.org/simple\n",
        expect![[r#"
            --extra-index-url https://example.org/simple
            ---
            `--extra-index-url https://example.org/simple` asks this package index as well;
            the best version of all indexes wins, wherever it comes from.

            **Watch for**

            - Somebody else can upload a package with the name of a private one to the other
              index, with a higher version (dependency confusion): `--index-url` with one
              index that has both is safe from that.

            [Requirements file format](https://pip.pypa.io/en/stable/reference/requirements-file-format/) · [pip install](https://pip.pypa.io/en/stable/cli/pip_install/)
        "#]],
    );
    check_hover(
        "//- a/requirements.txt\n-r b$0.txt\n//- a/b.txt\n",
        expect![[r#"
        -r b.txt
        ---
        `-r b.txt` takes the lines of another list over, whose path counts from the
        folder of this one.

        [Requirements file format](https://pip.pypa.io/en/stable/reference/requirements-file-format/) · [pip install](https://pip.pypa.io/en/stable/cli/pip_install/)
    "#]],
    );
}

#[test]
fn which_pythons_a_project_is_for() {
    let text = "//- pyproject.toml\n[project]\nrequires-python = '>=3.10.4,$0 <3.13'\n";
    check_hover(
        text,
        expect![[r#"
            >=3.10.4, <3.13
            ---
            The project is for Python `3.10`, `3.11`, `3.12`, as far as 3.9 to 3.15 go.

            **Here**

            - `>=3.10.4`: `3.10.4` or later.
            - `<3.13`: older than `3.13`.

            **Say in the interview**

            It tells installers which releases of the project fit the Python that they
            install for. With another one pip looks for an older release that does not shut
            that Python out.

            **Watch for**

            - `<3.13` shuts every newer Python out, though it may well run the code.

            [requires\-python](https://packaging.python.org/en/latest/specifications/pyproject-toml/#requires-python) · [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/)
        "#]],
    );
    let settings = Settings {
        target: PythonVersion::py3(12),
        target_source: Some(TargetSource::RequiresPython),
        ..Settings::default()
    };
    let text = "//- pyproject.toml\n[project]\nrequires-python = '~=3$0.12'\n";
    check_hover_with(
        &settings,
        text,
        expect![[r#"
        ~=3.12
        ---
        The project is for Python `3.12`, `3.13`, `3.14`, `3.15`, as far as 3.9 to 3.15
        go.

        **Here**

        - `~=3.12` is short for `>=3.12, ==3.*`: later releases of this series, but not
          the next one.
        - Cards and findings of pygloss go by Python `3.12`.

        **Say in the interview**

        It tells installers which releases of the project fit the Python that they
        install for. With another one pip looks for an older release that does not shut
        that Python out.

        [requires\-python](https://packaging.python.org/en/latest/specifications/pyproject-toml/#requires-python) · [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/)
    "#]],
    );
    let text = "//- pyproject.toml\n[project]\nrequires-python = '<3$0'\n";
    check_hover(
        text,
        expect![[r#"
            <3
            ---
            None of Python 3.9 to 3.15 fits `<3`.

            **Here**

            - `<3`: older than `3`.

            **Say in the interview**

            It tells installers which releases of the project fit the Python that they
            install for. With another one pip looks for an older release that does not shut
            that Python out.

            [requires\-python](https://packaging.python.org/en/latest/specifications/pyproject-toml/#requires-python) · [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/)
        "#]],
    );
}

#[test]
fn tables_of_a_project() {
    let text = |at: &str| {
        let text = "//- pyproject.toml\n[build-system]\nrequires = ['hatchling', 'hatch-vcs']\n\
            build-backend = 'hatchling.build'\n[project]\ndependencies = ['a==1', 'b', 'c>=2', 'd<3']\n\
            [project.optional-dependencies]\nfast = ['numpy']\n[dependency-groups]\n\
            test = ['pytest', {include-group = 'lint'}]\nlint = ['ruff']\n";
        text.replacen(at, &format!("{at}$0"), 1)
    };
    check_hover(
        &text("[build-sys"),
        expect![[r#"
        build-system
        ---
        The project is built by `hatchling.build`.

        **Here**

        - To build it, `hatchling`, `hatch-vcs` is installed, in an environment that is
          made for the build and thrown away.

        **Say in the interview**

        `pip install .` makes an isolated environment, installs what `requires` lists
        and asks the backend for a wheel. What the project needs when it runs stands in
        `dependencies`.

        [build\-system](https://packaging.python.org/en/latest/specifications/pyproject-toml/#declaring-build-system-dependencies-the-build-system-table) · [PEP 517](https://peps.python.org/pep-0517/)
    "#]],
    );
    check_hover(
        &text("\ndepend"),
        expect![[r#"
        dependencies
        ---
        Who installs this project gets `a`, `b`, `c`, `d` with it.

        **Here**

        - Only one version will do of `a`: next to a project that needs another one it
          cannot be installed.
        - Nothing says which versions are too old of `b`, `d`.

        **Say in the interview**

        Here stands what the code imports, with the widest range that works. The exact
        versions of a deployment stand in a lock file, and tools for development in a
        group of their own.

        [dependencies](https://packaging.python.org/en/latest/specifications/pyproject-toml/#dependencies-optional-dependencies) · [install\_requires vs requirements files](https://packaging.python.org/en/latest/discussions/install-requires-vs-requirements/)
    "#]],
    );
    check_hover(
        &text("project.optional"),
        expect![[r#"
        optional-dependencies
        ---
        The project has the extras `fast`: more packages, for those who ask for them.

        **Here**

        - `fast` brings `numpy`.

        **Say in the interview**

        An extra is part of what is published: `pip install "project[extra]"`. What only
        the people need who work on the project belongs in a dependency group, which is
        not published.

        [optional\-dependencies](https://packaging.python.org/en/latest/specifications/pyproject-toml/#dependencies-optional-dependencies)
    "#]],
    );
    check_hover(
        &text("[dependency"),
        expect![[r#"
        dependency-groups
        ---
        The groups `lint`, `test` are for work on the project. They are not part of what
        is published.

        **Here**

        - `lint` asks for `ruff`.
        - `test` asks for `pytest`.
        - `test` includes `lint`.

        **Say in the interview**

        Groups are for tests, linters and documentation: `pip install --group test` (pip
        25.1), `uv sync --group test`. An extra, in contrast, is for those who use the
        project.

        [Dependency groups](https://packaging.python.org/en/latest/specifications/dependency-groups/) · [PEP 735](https://peps.python.org/pep-0735/)
    "#]],
    );
    let text = "//- pyproject.toml\n[build-sys$0tem]\nrequires = ['setuptools']\n";
    check_hover(
        text,
        expect![[r#"
        build-system
        ---
        No `build-backend` is named, so the project is built as before PEP 517: by
        setuptools.

        **Here**

        - To build it, `setuptools` is installed, in an environment that is made for the
          build and thrown away.

        **Say in the interview**

        `pip install .` makes an isolated environment, installs what `requires` lists
        and asks the backend for a wheel. What the project needs when it runs stands in
        `dependencies`.

        [build\-system](https://packaging.python.org/en/latest/specifications/pyproject-toml/#declaring-build-system-dependencies-the-build-system-table) · [PEP 517](https://peps.python.org/pep-0517/)
    "#]],
    );
    check_hover(
        "//- pyproject.toml\n[project]\ndependencies$0 = []\n",
        expect![[r#"
        dependencies
        ---
        The project needs no other package.

        **Say in the interview**

        Here stands what the code imports, with the widest range that works. The exact
        versions of a deployment stand in a lock file, and tools for development in a
        group of their own.

        [dependencies](https://packaging.python.org/en/latest/specifications/pyproject-toml/#dependencies-optional-dependencies) · [install\_requires vs requirements files](https://packaging.python.org/en/latest/discussions/install-requires-vs-requirements/)
    "#]],
    );
}

#[test]
fn no_card() {
    for fixture in [
        "//- requirements.txt\n# rich$0\n",
        "//- requirements.txt\n./rich$0\n",
        "//- requirements.txt\nrich>=what$0\n",
        "//- requirements.txt\n--no-such$0-option\n",
        "//- requirements.txt\nrich\n$0\n",
        "//- pyproject.toml\n[project]\nname = 'rich$0'\n",
        "//- pyproject.toml\n[tool.poetry.dependencies]\nrich = '^13$0'\n",
        "//- pyproject.toml\n[project]\ndependencies = ['rich$0'\n",
        "//- .gitignore\n.venv$0/\n",
    ] {
        check_hover(fixture, expect![["no card\n"]]);
    }
}
