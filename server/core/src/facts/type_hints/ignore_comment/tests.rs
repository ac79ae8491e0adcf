use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_blanket_comment_hides_all() {
    check_hover(
        "import a\nx = f(1)  # type: $0ignore\n",
        expect![[r#"
            x = f(1)  # type: ignore
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `# type: ignore` hides what type checkers report about line 2, also what comes
            up later.

            **Say in the interview**

            Name the error to hide, as in `# type: ignore[arg-type]`: another one on the
            same line still shows. The comment changes nothing when the program runs.

            **Watch for**

            - It stays behind when the error is gone: mypy tells with
              `--warn-unused-ignores`, pyright with `reportUnnecessaryTypeIgnoreComment`.

            [PEP 484](https://peps.python.org/pep-0484/#compatibility-with-other-uses-of-function-annotations) · [mypy: error codes](https://mypy.readthedocs.io/en/stable/error_codes.html)
        "#]],
    );
}

#[test]
fn codes_limit_what_mypy_hides() {
    check_hover(
        "x = f(1)  # type: ignore[arg-type, call-arg]  # $0noqa\n",
        expect![[r#"
            x = f(1)  # type: ignore[arg-type, call-arg]  # noqa
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Of what mypy reports about line 1, this hides errors of these codes only:
            `arg-type`, `call-arg`.

            **Say in the interview**

            Name the error to hide, as in `# type: ignore[arg-type]`: another one on the
            same line still shows. The comment changes nothing when the program runs.

            **Watch for**

            - It stays behind when the error is gone: mypy tells with
              `--warn-unused-ignores`, pyright with `reportUnnecessaryTypeIgnoreComment`.

            [PEP 484](https://peps.python.org/pep-0484/#compatibility-with-other-uses-of-function-annotations) · [mypy: error codes](https://mypy.readthedocs.io/en/stable/error_codes.html)
        "#]],
    );
}

#[test]
fn pyright_has_its_own() {
    check_hover(
        "x = f(1)  # pyright: $0ignore\n",
        expect![[r#"
            x = f(1)  # pyright: ignore
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            What pyright reports about line 1 is hidden, also what comes up later.

            **Say in the interview**

            Name the error to hide, as in `# type: ignore[arg-type]`: another one on the
            same line still shows. The comment changes nothing when the program runs.

            **Watch for**

            - It stays behind when the error is gone: mypy tells with
              `--warn-unused-ignores`, pyright with `reportUnnecessaryTypeIgnoreComment`.

            [PEP 484](https://peps.python.org/pep-0484/#compatibility-with-other-uses-of-function-annotations) · [mypy: error codes](https://mypy.readthedocs.io/en/stable/error_codes.html)
        "#]],
    );
    check_hover(
        "x = f(1)  # pyright: $0ignore[reportCallIssue]\n",
        expect![[r#"
            x = f(1)  # pyright: ignore[reportCallIssue]
                      ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Of what pyright reports about line 1, this hides errors of these codes only:
            `reportCallIssue`.

            **Say in the interview**

            Name the error to hide, as in `# type: ignore[arg-type]`: another one on the
            same line still shows. The comment changes nothing when the program runs.

            **Watch for**

            - It stays behind when the error is gone: mypy tells with
              `--warn-unused-ignores`, pyright with `reportUnnecessaryTypeIgnoreComment`.

            [PEP 484](https://peps.python.org/pep-0484/#compatibility-with-other-uses-of-function-annotations) · [mypy: error codes](https://mypy.readthedocs.io/en/stable/error_codes.html)
        "#]],
    );
}

#[test]
fn no_card_for_what_is_no_such_comment_or_stands_alone() {
    for comment in [
        "# type: $0int",
        "# type: $0ignored",
        "# type: $0ignore because of the stub",
        "# type: $0ignore[]",
        "# type: $0ignore[arg-type",
        "# type: $0ignore[arg-type] because",
        "# see type: $0ignore",
        "# pyright: $0basic",
        "# noqa: $0E501",
    ] {
        assert_eq!(card_at(&format!("x = f(1)  {comment}\n")), "", "{comment}");
    }
    for source in [
        "# type: $0ignore\nimport a\n",
        "import a\n    # type: $0ignore\nx = 1\n",
        "x = '# type: $0ignore'\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
