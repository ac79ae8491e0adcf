use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn looked_up_in_the_module() {
    check_hover(
        "import collections\ndef is_map(x):\n    return isinstance(x, collections.Map$0ping)\n",
        expect![[r#"
                return isinstance(x, collections.Mapping)
                                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `collections.Mapping` is gone since Python `3.10`: `collections.abc.Mapping` is
            what it meant. There it raises `AttributeError`.

            [What's new in Python 3.10: removed](https://docs.python.org/3/whatsnew/3.10.html#removed)
        "#]],
    );
}

#[test]
fn imported_with_a_way_out() {
    check_hover(
        "try:\n    from collections import Map$0ping\nexcept ImportError:\n    from collections.abc import Mapping\n",
        expect![[r#"
                from collections import Mapping
                                        ▔▔▔▔▔▔▔

            `collections.Mapping` is gone since Python `3.10`: `collections.abc.Mapping` is
            what it meant. The import raises `ImportError` there.

            **Here**

            - The `except` on line 3 catches that.

            [What's new in Python 3.10: removed](https://docs.python.org/3/whatsnew/3.10.html#removed)
        "#]],
    );
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "import collections\nx = collections.abc.Map$0ping\n",
        "import collections\nx = collections.Coun$0ter\n",
        "import my as collections\nx = collections.Map$0ping\n",
        "from .collections import Map$0ping\n",
        "from collections.abc import Map$0ping\n",
        "class collections: ...\nx = collections.Map$0ping\n",
    ] {
        assert_ne!(card_at(source), "removed-name", "{source}");
    }
}
