use expect_test::expect;
use proptest::prelude::*;

use super::testing::{check_hover, check_hover_with};
use super::*;
use crate::PythonVersion;
use crate::analysis::Settings;
use crate::content::testing::builtin;
use crate::modules::testing::Workspace;

const ENVIRONMENT: &str = "//- .venv/pyvenv.cfg\ninclude-system-site-packages = false\nversion = 3.12.1\n\
    //- .venv/lib/python3.12/site-packages/requests-2.31.0.dist-info/METADATA\n\
    //- .venv/lib/python3.12/site-packages/PyYAML-6.0.dist-info/METADATA\n";

#[test]
fn files_are_known_by_their_names() {
    for (path, kind) in [
        ("requirements.txt", Some(FileKind::Requirements)),
        ("a/dev-requirements.in", Some(FileKind::Requirements)),
        ("file:///a/requirements/test.txt", Some(FileKind::Requirements)),
        (r"C:\a\requirements-dev.txt", Some(FileKind::Requirements)),
        ("constraints.txt", Some(FileKind::Constraints)),
        ("requirements/constraints.txt", Some(FileKind::Constraints)),
        ("a/pyproject.toml", Some(FileKind::PyProject)),
        (".gitignore", Some(FileKind::GitIgnore)),
        ("requirements.md", None),
        ("poetry.toml", None),
        ("app.py", None),
    ] {
        assert_eq!(FileKind::of(path), kind, "{path}");
    }
}

#[test]
fn a_compatible_release_and_what_is_installed() {
    check_hover(
        &format!(
            "//- requirements.txt\n# web\nreq$0uests[socks]~=2.28 ; python_version < '3.13'\n{ENVIRONMENT}"
        ),
        expect![[r#"
            requests[socks]~=2.28 ; python_version < '3.13'
            ---
            Of `requests` every version will do that fits `~=2.28`.

            **Here**

            - `~=2.28` is short for `>=2.28, ==2.*`: later releases of this series, but not
              the next one.
            - What its extras `socks` ask for is installed with it.
            - It counts only where `python_version < '3.13'` holds, which is looked at when
              it is installed.
            - The project's environment `.venv` has `2.31.0`, which fits.

            **Say in the interview**

            A range says what a project can live with, a pin what was tried. Libraries
            declare ranges, so that they go together with others; what is deployed is
            installed from a lock.

            [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
        "#]],
    );
}

#[test]
fn a_pin_with_hashes_that_is_not_installed() {
    check_hover(
        &format!(
            "//- requirements.txt\nPyY$0AML==6.0.2 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n{ENVIRONMENT}"
        ),
        expect![[r#"
            PyYAML==6.0.2
            ---
            Only `6.0.2` of `PyYAML` will do.

            **Here**

            - pip takes a file only if it has one of the 2 hashes.
            - The project's environment `.venv` has `6.0`, which does not fit.

            **Say in the interview**

            A range says what a project can live with, a pin what was tried. Libraries
            declare ranges, so that they go together with others; what is deployed is
            installed from a lock.

            [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
        "#]],
    );
}

#[test]
fn any_version_and_nothing_installed() {
    check_hover(
        "//- requirements.txt\nrich$0\n",
        expect![[r#"
        rich
        ---
        Any version of `rich` will do.

        **Say in the interview**

        A range says what a project can live with, a pin what was tried. Libraries
        declare ranges, so that they go together with others; what is deployed is
        installed from a lock.

        **Watch for**

        - Each new environment gets the newest version that goes with the rest, tested
          or not.

        [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
    "#]],
    );
    check_hover(
        &format!("//- requirements.txt\nrich$0\n{ENVIRONMENT}"),
        expect![[r#"
        rich
        ---
        Any version of `rich` will do.

        **Here**

        - The project's environment `.venv` does not have it.

        **Say in the interview**

        A range says what a project can live with, a pin what was tried. Libraries
        declare ranges, so that they go together with others; what is deployed is
        installed from a lock.

        **Watch for**

        - Each new environment gets the newest version that goes with the rest, tested
          or not.

        [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
    "#]],
    );
}

#[test]
fn a_range_in_a_project() {
    let text = "//- pyproject.toml\n[project]\nname = 'app'\noptional-dependencies.fast = ['numpy>=1.20,<3,!=2.0,$0<=2.9,>1']\n";
    check_hover(
        text,
        expect![[r#"
        numpy>=1.20,<3,!=2.0,<=2.9,>1
        ---
        Of `numpy` every version will do that fits `>=1.20,<3,!=2.0,<=2.9,>1`.

        **Here**

        - `>=1.20`: `1.20` or later.
        - `>1`: later than `1`.
        - `<=2.9`: `2.9` or older.
        - `<3`: older than `3`.
        - `!=2.0`: all but `2.0`.
        - Only those who ask for the extra `fast` of this project get it.

        **Say in the interview**

        A range says what a project can live with, a pin what was tried. Libraries
        declare ranges, so that they go together with others; what is deployed is
        installed from a lock.

        [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
    "#]],
    );
}

#[test]
fn requirements_of_groups_builds_and_constraints() {
    let text = "//- pyproject.toml\n[dependency-groups]\ntest = ['pytest>$0=8']\n";
    check_hover(
        text,
        expect![[r#"
        pytest>=8
        ---
        Of `pytest` every version will do that fits `>=8`.

        **Here**

        - `>=8`: `8` or later.
        - It belongs to the group `test`, which is for work on the project: who installs
          the project does not get it.

        **Say in the interview**

        A range says what a project can live with, a pin what was tried. Libraries
        declare ranges, so that they go together with others; what is deployed is
        installed from a lock.

        [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
    "#]],
    );
    let text = "//- pyproject.toml\n[build-system]\nrequires = ['hatch$0ling==1.*']\n";
    check_hover(
        text,
        expect![[r#"
        hatchling==1.*
        ---
        Of `hatchling` every version will do that fits `==1.*`.

        **Here**

        - `==1.*`: every release that begins with `1`.
        - It is for building the project alone.

        **Say in the interview**

        A range says what a project can live with, a pin what was tried. Libraries
        declare ranges, so that they go together with others; what is deployed is
        installed from a lock.

        [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
    "#]],
    );
    check_hover(
        "//- constraints.txt\nnu$0mpy<2\n",
        expect![[r#"
        numpy<2
        ---
        Of `numpy` every version will do that fits `<2`.

        **Here**

        - `<2`: older than `2`.
        - It only limits: nothing is installed because it stands in this file.

        **Say in the interview**

        A range says what a project can live with, a pin what was tried. Libraries
        declare ranges, so that they go together with others; what is deployed is
        installed from a lock.

        [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
    "#]],
    );
}

#[test]
fn a_url_and_an_impossible_version() {
    check_hover(
        "//- requirements.txt\na @ https://exam$0ple.org/a.zip\n",
        expect![[r#"
        a @ https://example.org/a.zip
        ---
        `a` is taken from `https://example.org/a.zip`, not from a package index.

        **Say in the interview**

        A range says what a project can live with, a pin what was tried. Libraries
        declare ranges, so that they go together with others; what is deployed is
        installed from a lock.

        [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
    "#]],
    );
    check_hover(
        "//- requirements.txt\na==1.0,>=$02\n",
        expect![[r#"
        a==1.0,>=2
        ---
        No version of `a` fits `==1.0,>=2`.

        **Here**

        - `>=2`: `2` or later.

        **Say in the interview**

        A range says what a project can live with, a pin what was tried. Libraries
        declare ranges, so that they go together with others; what is deployed is
        installed from a lock.

        [Version specifiers](https://packaging.python.org/en/latest/specifications/version-specifiers/) · [Dependency specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/)
    "#]],
    );
}

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
    let settings =
        Settings { target: PythonVersion::py3(12), is_target_known: true, ..Settings::default() };
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
        the people need who work on the project belongs into a dependency group, which
        is not published.

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

/// The findings of a file with these files around it: `line:rule`, and its text with the comment that
/// silences the first.
fn found(fixture: &str) -> (String, Option<String>) {
    let (files, path, _) = Workspace::new(fixture);
    let text = files.text(&path).unwrap();
    let file = ProjectFile::new(FileKind::of(&path).unwrap(), &text);
    let (settings, place) = (Settings::default(), Place::new(&files, &path));
    let found = findings(builtin(), &file, &settings, place);
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let all: Vec<_> =
        found.iter().map(|it| format!("{}:{}", line(it.span.start), it.rule)).collect();
    let edits = found.first().and_then(|it| silence(builtin(), &file, &settings, place, it));
    let after = edits.map(|edits| {
        let mut text = text.clone();
        edits.iter().for_each(|edit| text.replace_range(edit.span.range(), &edit.text));
        text
    });
    (all.join(" "), after)
}

#[test]
fn comments_silence_findings() {
    let text = "//- requirements.txt\n$0a==1\nb==1\nc\nd\n//- Pipfile\n";
    // Two of four are no list of pins.
    assert_eq!(found(text), (String::new(), None));
    let text = "//- requirements.txt\n$0a==1\nb==1\nc\n//- Pipfile\n";
    let (all, after) = found(text);
    assert_eq!(all, "3:requirements-unpinned");
    let silenced = "a==1\nb==1\n# pygloss: ignore[requirements-unpinned]\nc\n";
    assert_eq!(after.as_deref(), Some(silenced));
    for comment in [
        "  # pygloss: ignore[requirements-unpinned]",
        " # pygloss: file-ignore[requirements-unpinned]",
    ] {
        let text = format!("//- requirements.txt\n$0a==1\nb==1\nc{comment}\n//- Pipfile\n");
        assert_eq!(found(&text).0, "");
    }
    let text = "//- requirements.txt\n$0a==1  # pygloss: ignore[requirements-unpinned]\nb==1\nc\n//- Pipfile\n";
    assert_eq!(found(text).0, "3:requirements-unpinned");
}

#[test]
fn files_among_installed_packages_take_no_part() {
    let (files, ..) = Workspace::new("//- a.py\n$0\n");
    assert!(Place::new(&files, ".venv/requirements.txt").is_none());
    assert!(Place::new(&files, "x/site-packages/a/requirements.txt").is_none());
    assert!(Place::new(&files, ".gitignore").is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is in a file, every place can be asked about, and fixes can be made.
    #[test]
    fn any_text_can_be_asked_about(
        text in r#"((-r|-é|--hash|--|a|b==1|é|~=|>=|\[|\]|;|@| |#|"|'|\\|=|,|\n|\r\n|\[project\]\n|dependencies = \[|"x"|# pygloss: ignore\[a\]|.venv/){0,2}){0,12}"#,
    ) {
        for path in ["requirements.txt", "pyproject.toml", ".gitignore"] {
            let file = ProjectFile::new(FileKind::of(path).unwrap(), &text);
            let (settings, files) = (Settings::default(), Workspace::of(&[
                (".git/HEAD".into(), String::new()),
                (".venv/pyvenv.cfg".into(), "version = 3.12\ninclude-system-site-packages = false".into()),
                (".venv/lib/python3.12/site-packages/a-1.0.dist-info/METADATA".into(), String::new()),
            ]));
            let place = Place::new(&files, path);
            for at in 0..=text.len() {
                if text.is_char_boundary(at) {
                    hover(builtin(), &file, &settings, place, at);
                }
            }
            for found in fixes(builtin(), &file, &settings, place, Span::new(0, text.len())) {
                silence(builtin(), &file, &settings, place, &found.finding);
                prop_assert!(text.get(found.finding.span.range()).is_some());
            }
        }
    }
}
