use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn fields_and_defaults() {
    check_hover(
        "from collections import namedtuple\nPoint = named$0tuple('Point', 'x y', defaults=[0])\n",
        expect![[r#"
            Point = namedtuple('Point', 'x y', defaults=[0])
                    ▔▔▔▔▔▔▔▔▔▔

            A new subclass of `tuple` named `Point` with the fields `x`, `y`. A call may
            leave out `y`.

            **Say in the interview**

            Immutable, unpackable, comparable and as small as a tuple, since it is one.
            `typing.NamedTuple` is the class syntax for it, with annotations and methods.

            **Watch for**

            - It equals any tuple of the same values, also of another named tuple.
            - `_replace` returns a new object and changes nothing.

            [collections.namedtuple](https://docs.python.org/3/library/collections.html#collections.namedtuple) · [typing.NamedTuple](https://docs.python.org/3/library/typing.html#typing.NamedTuple)
        "#]],
    );
}

#[test]
fn names_that_are_not_allowed() {
    for (fields, bad) in [
        ("'x class'", "`class`"),
        ("'x x'", "`x`"),
        ("['a', '_b']", "`_b`"),
        ("('1a', 'b')", "`1a`"),
    ] {
        let source =
            format!("from collections import namedtuple\nP = named$0tuple('P', {fields})\n");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains("raises `ValueError`") && card.contains(bad), "{card}");
    }
}

#[test]
fn another_name_than_the_variable() {
    let source = "import collections as c\nPair = c.named$0tuple('Point', ['x', 'y'])\n";
    let card = snapshot(builtin(), &Settings::default(), source);
    assert!(card.contains("`Pair`"), "{card}");
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "from m import namedtuple\nP = named$0tuple('P', 'x')\n",
        "from collections import namedtuple\nP = named$0tuple('P', fields)\n",
        "from collections import namedtuple\nP = named$0tuple(name, 'x')\n",
        "from collections import namedtuple\nP = named$0tuple('P', 'x class', rename=True)\n",
        "from collections import namedtuple\nP = named$0tuple(*a)\n",
        "from collections import namedtuple\nP = named$0tuple('P', ['x', y])\n",
        "from collections import namedtuple\nP = named$0tuple('P', 'x', defaults=[1, 2])\n",
        "def namedtuple(*a): pass\nP = named$0tuple('P', 'x')\n",
    ] {
        assert_ne!(card_at(source), "namedtuple", "{source}");
    }
}
