use expect_test::expect;

use crate::project::testing::check_hover;

const ENVIRONMENT: &str = "//- .venv/pyvenv.cfg\ninclude-system-site-packages = false\nversion = 3.12.1\n\
    //- .venv/lib/python3.12/site-packages/requests-2.31.0.dist-info/METADATA\n\
    //- .venv/lib/python3.12/site-packages/PyYAML-6.0.dist-info/METADATA\n";

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
