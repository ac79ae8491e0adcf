use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn what_is_read_and_what_is_changed() {
    check_hover(
        "from collections import defaultdict\ngroups = default$0dict(list)\nfor word in words:\n    groups[word[0]].append(word)\nif groups['x']:\n    print(groups.get('y'), 'z' in groups)\n",
        expect![[r#"
            groups = defaultdict(list)
                     ▔▔▔▔▔▔▔▔▔▔▔

            `defaultdict(list)` is a dict that calls `list` for a missing key and stores
            what it returns. A missing key gets `[]`.

            **Here**

            - `groups` is only read on line 5: a missing key is added there too.
            - The value under a key, made if it is missing, is worked on further on line 4.
            - `groups` is asked without adding anything on line 6.

            **Say in the interview**

            Only `d[key]` calls the factory, through `__missing__`. `get`, `in`, `pop` and
            `del` treat a missing key as a dict does.

            **Watch for**

            - Code that merely reads with `[]` makes it grow; hand on `dict(d)`, or set
              `d.default_factory = None` when it is complete.

            [collections.defaultdict](https://docs.python.org/3/library/collections.html#collections.defaultdict)
        "#]],
    );
}

#[test]
fn a_factory_that_was_called() {
    check_hover(
        "import collections\nd = collections.default$0dict(list())\n",
        expect![[r#"
        d = collections.defaultdict(list())
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        `collections.defaultdict(list())` raises `TypeError`: the factory `list()` is no
        function or class, but an object.

        **Say in the interview**

        Only `d[key]` calls the factory, through `__missing__`. `get`, `in`, `pop` and
        `del` treat a missing key as a dict does.

        **Watch for**

        - Code that merely reads with `[]` makes it grow; hand on `dict(d)`, or set
          `d.default_factory = None` when it is complete.

        [collections.defaultdict](https://docs.python.org/3/library/collections.html#collections.defaultdict)
    "#]],
    );
}

#[test]
fn factories() {
    for (call, says) in [
        ("defaultdict(int)", "A missing key gets `0`."),
        ("defaultdict(lambda: [0, 0])", "A missing key gets `[0, 0]`."),
        ("defaultdict(make)", "calls `make` for a missing key"),
        ("defaultdict(default_factory=set)", "has no factory"),
        ("defaultdict()", "has no factory"),
        ("defaultdict(None, a=1)", "has no factory"),
        ("defaultdict(0)", "the factory `0` is no function or class"),
        ("defaultdict({})", "raises `TypeError`"),
    ] {
        let call = call.replacen("defaultdict", "default$0dict", 1);
        let source = format!("from collections import defaultdict\nd = {call}\n");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains(says), "{source}{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "from m import defaultdict\nd = default$0dict(list)\n",
        "from collections import *\nd = default$0dict(list)\n",
        "from collections import defaultdict\ndef defaultdict(x): pass\nd = default$0dict(list)\n",
        "def f(defaultdict):\n    return default$0dict(list)\n",
        "from collections import defaultdict\nd = default$0dict(*a)\n",
        "from collections import defaultdict\nd: default$0dict[str, int]\n",
        "from collections import defaultdict\nd = defaultdict$0\n",
    ] {
        assert_ne!(card_at(source), "defaultdict", "{source}");
    }
}

/// The lines of a name that is bound twice may be about something else.
#[test]
fn no_lines_for_a_name_that_may_be_another() {
    let source =
        "from collections import defaultdict\nd = default$0dict(list)\nd = dict(d)\nd['x']\n";
    let card = snapshot(builtin(), &Settings::default(), source);
    assert!(card.contains("calls `list`") && !card.contains("line 4"), "{card}");
}
