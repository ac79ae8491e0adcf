use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn to_be_removed() {
    check_hover(
        "from typing import ByteString\ndef f(data: Byte$0String) -> int: ...\n",
        expect![[r#"
            def f(data: ByteString) -> int: ...
                        ▔▔▔▔▔▔▔▔▔▔

            `ByteString` is deprecated since Python `3.9`, to be removed in `3.17`. Write
            the types that the code takes, as in `bytes | bytearray | memoryview`, or
            `collections.abc.Buffer` (3.12).

            - It has no methods, so it says nothing about what can be done with the object.

            [Deprecation timeline](https://docs.python.org/3/library/typing.html#deprecation-timeline-of-major-features) · [Pending removals](https://docs.python.org/3/deprecations/index.html)
        "#]],
    );
}

#[test]
fn deprecated_only() {
    check_hover(
        "import typing\nname: typing.Te$0xt = ''\n",
        expect![[r#"
        name: typing.Text = ''
              ▔▔▔▔▔▔▔▔▔▔▔

        `typing.Text` is deprecated since Python `3.11`; no removal is planned. Write
        `str`, which it is another name of.

        [Deprecation timeline](https://docs.python.org/3/library/typing.html#deprecation-timeline-of-major-features) · [Pending removals](https://docs.python.org/3/deprecations/index.html)
    "#]],
    );
}

#[test]
fn gone() {
    check_hover(
        "import typing\ndef f(file: typing.i$0o.TextIO): ...\n",
        expect![[r#"
        def f(file: typing.io.TextIO): ...
                    ▔▔▔▔▔▔▔▔▔

        `typing.io` is gone since Python `3.13`. Write `typing.IO`, `typing.TextIO` or
        `typing.BinaryIO`.

        - It never was a module that could be imported.

        [Deprecation timeline](https://docs.python.org/3/library/typing.html#deprecation-timeline-of-major-features) · [Pending removals](https://docs.python.org/3/deprecations/index.html)
    "#]],
    );
}

#[test]
fn silent() {
    assert_ne!(card_at("from m import ByteString\nx: Byte$0String = b''\n"), "outdated-name");
    assert_ne!(
        card_at("from typing import Text\nclass Text: ...\nx: Te$0xt = 1\n"),
        "outdated-name"
    );
    assert_ne!(card_at("from rich.text import Text\nTe$0xt('a')\n"), "outdated-name");
    assert_ne!(card_at("from typing import List\nx: Li$0st = []\n"), "outdated-name");
    assert_ne!(card_at("def f(Text):\n    return Te$0xt\n"), "outdated-name");
}
