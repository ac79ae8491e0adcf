use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn members_and_aliases() {
    check_hover(
        "from enum import Enum\nclass Col$0or(Enum):\n    'colours'\n    RED = 1\n    GREEN = 2\n    CRIMSON = 1\n    __secret = 3\n    def hex(self): ...\n",
        expect![[r#"
            class Color(Enum):
                  ▔▔▔▔▔

            `Color` has the members `RED`, `GREEN`; each is the only instance with its
            value.

            **Here**

            - `CRIMSON` is no member but another name of `RED`: same value.
            - No members: `hex`.
            - Its metaclass is `EnumMeta`: it makes `len` of the class and loops over it
              work.

            **Say in the interview**

            The metaclass turns what the body assigns into instances. Its `__prepare__`
            gives a namespace that refuses a name bound twice, and its `__call__` looks
            members up by value.

            **Version**

            - 3.11: `EnumType` is the name of the metaclass; `EnumMeta` is an alias.

            For Python `3.9`, as no file says which ·
            [enum](https://docs.python.org/3/library/enum.html) · [Enum HOWTO](https://docs.python.org/3/howto/enum.html)
        "#]],
    );
    check_hover(
        "import enum\n@enum.unique\ncla$0ss Color(enum.Enum):\n    RED = enum.auto()\n    GREEN = 'g'\n    LIME = 'g'\n",
        expect![[r#"
            class Color(enum.Enum):
            ▔▔▔▔▔

            Making `Color` raises `ValueError`: `@unique` refuses two names of one value.

            **Here**

            - `LIME` is no member but another name of `GREEN`: same value.
            - Its metaclass is `EnumMeta`: it makes `len` of the class and loops over it
              work.

            **Say in the interview**

            The metaclass turns what the body assigns into instances. Its `__prepare__`
            gives a namespace that refuses a name bound twice, and its `__call__` looks
            members up by value.

            **Version**

            - 3.11: `EnumType` is the name of the metaclass; `EnumMeta` is an alias.

            For Python `3.9`, as no file says which ·
            [enum](https://docs.python.org/3/library/enum.html) · [Enum HOWTO](https://docs.python.org/3/howto/enum.html)
        "#]],
    );
}

#[test]
fn an_enumeration_with_members_is_final() {
    check_hover(
        "import enum\nclass Base(enum.Enum):\n    A = 1\nclass Mo$0re(Base):\n    B = 2\n",
        expect![[r#"
            class More(Base):
                  ▔▔▔▔

            Making `More` raises `TypeError`: `Base` has members, and cannot be extended.

            **Here**

            - Its metaclass is `EnumMeta`: it makes `len` of the class and loops over it
              work.

            **Say in the interview**

            The metaclass turns what the body assigns into instances. Its `__prepare__`
            gives a namespace that refuses a name bound twice, and its `__call__` looks
            members up by value.

            **Version**

            - 3.11: `EnumType` is the name of the metaclass; `EnumMeta` is an alias.

            For Python `3.9`, as no file says which ·
            [enum](https://docs.python.org/3/library/enum.html) · [Enum HOWTO](https://docs.python.org/3/howto/enum.html)
        "#]],
    );
    check_hover(
        "import enum\nclass Base(enum.Enum):\n    def f(self): ...\nclass Mo$0re(Base):\n    B = 2\n",
        expect![[r#"
            class More(Base):
                  ▔▔▔▔

            `More` has the members `B`; each is the only instance with its value.

            **Here**

            - Its metaclass is `EnumMeta`: it makes `len` of the class and loops over it
              work.

            **Say in the interview**

            The metaclass turns what the body assigns into instances. Its `__prepare__`
            gives a namespace that refuses a name bound twice, and its `__call__` looks
            members up by value.

            **Version**

            - 3.11: `EnumType` is the name of the metaclass; `EnumMeta` is an alias.

            For Python `3.9`, as no file says which ·
            [enum](https://docs.python.org/3/library/enum.html) · [Enum HOWTO](https://docs.python.org/3/howto/enum.html)
        "#]],
    );
}

#[test]
fn one_member() {
    let color = |body: &str| format!("from enum import Enum\nclass Color(Enum):\n{body}");
    check_hover(
        &color("    R$0ED = 1\n"),
        expect![[r#"
            RED = 1
            ▔▔▔

        `Color.RED` is an instance of `Color`, not the value that is written here.

        **Here**

        - Its `name` is `'RED'`.
        - Its `value` is `1`; `Color(1)` gives the member back.

        **Say in the interview**

        The metaclass replaces the attribute by a member. Members are made once, so
        compare them with `is`; without a mixin such as `int`, `Color.RED == 1` is
        false.

        [enum](https://docs.python.org/3/library/enum.html)
    "#]],
    );
    check_hover(
        &color("    ONE = (1, 'x')\n    SAME$0 = (True, 'x')\n"),
        expect![[r#"
            SAME = (True, 'x')
            ▔▔▔▔

        `Color.SAME` is another name of `Color.ONE` on line 3: both have the same value.

        **Here**

        - Its `name` is `'ONE'`.

        **Say in the interview**

        The metaclass replaces the attribute by a member. Members are made once, so
        compare them with `is`; without a mixin such as `int`, `Color.RED == 1` is
        false.

        [enum](https://docs.python.org/3/library/enum.html)
    "#]],
    );
    check_hover(
        &color("    RED = 1\n    CRIM$0SON = 1\n"),
        expect![[r#"
                CRIMSON = 1
                ▔▔▔▔▔▔▔

            `Color.CRIMSON` is another name of `Color.RED` on line 3: both have the same
            value.

            **Here**

            - Its `name` is `'RED'`.

            **Say in the interview**

            The metaclass replaces the attribute by a member. Members are made once, so
            compare them with `is`; without a mixin such as `int`, `Color.RED == 1` is
            false.

            [enum](https://docs.python.org/3/library/enum.html)
        "#]],
    );
    check_hover(
        "import enum\nclass Color(str, enum.Enum):\n    R$0ED = 'r'\n",
        expect![[r#"
            RED = 'r'
            ▔▔▔

        `Color.RED` is an instance of `Color`, not the value that is written here.

        **Here**

        - Its `name` is `'RED'`.

        **Say in the interview**

        The metaclass replaces the attribute by a member. Members are made once, so
        compare them with `is`; without a mixin such as `int`, `Color.RED == 1` is
        false.

        [enum](https://docs.python.org/3/library/enum.html)
    "#]],
    );
}

#[test]
fn silent_where_it_cannot_be_told() {
    for source in [
        "class Col$0or(Enum):\n    RED = 1\n",
        "from m import Enum\nclass Col$0or(Enum):\n    RED = 1\n",
        "import enum\nclass Col$0or(enum.Enum, Mixin):\n    RED = 1\n",
        "import enum\nclass Col$0or(enum.Enum):\n    RED = make()\n",
        "import enum\nclass Col$0or(enum.Enum):\n    RED = lambda: 1\n",
        "import enum\nclass Col$0or(enum.Enum):\n    _ignore_ = 'x'\n    x = 1\n",
        "import enum\nclass Col$0or(enum.Enum):\n    for x in y: ...\n",
        "import enum\nclass Col$0or(enum.Enum):\n    class Inner: ...\n",
        "import enum\nclass Col$0or(enum.Enum):\n    def __new__(cls): ...\n    A = 1\n",
        "import enum\nclass Col$0or(enum.Enum):\n    A, B = 1, 2\n",
        "import enum\nclass Color(enum.Enum):\n    __RE$0D = 1\n",
        "import enum\nclass Color(enum.Enum):\n    RE$0D = make()\n",
        "import enum\nclass Color(enum.Enum):\n    RE$0D = 1\n    RED = 2\n",
        "class Color:\n    RE$0D = 1\n",
        "import enum\nclass Col$0or(enum.Flag):\n    A = 1\n    B = 3\n",
        "import enum\nclass Col$0or(enum.Enum):\n    A = 1\n    B = enum.auto()\n",
        "import enum\nclass Col$0or(enum.Enum):\n    A = 1\n    B = 1.0\n",
        "import enum\nclass Col$0or(enum.Enum):\n    A = 1\n    B = 2 - 1\n",
    ] {
        let card = card_at(source);
        assert!(!["enum-class", "enum-member"].contains(&card.as_str()), "{source}{card}");
    }
}

#[test]
fn what_extends_members_is_never_asked_whether_they_are_unique() {
    let card = snapshot_of(
        "import enum\nclass A(enum.Enum):\n    X = 1\n@enum.unique\ncla$0ss B(A):\n    Y = 2\n    Z = 2\n",
    );
    assert!(card.contains("`A` has members, and cannot be extended"), "{card}");
    assert!(!card.contains("refuses two names"), "{card}");
}
