use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn one_list_for_all() {
    check_hover(
        "groups = dict.from$0keys(names, [])\nfor name, value in rows:\n    groups[name].append(value)\nprint(groups['a'])\n",
        expect![[r#"
            groups = dict.fromkeys(names, [])
                          ▔▔▔▔▔▔▔▔

            All keys of `dict.fromkeys(names, [])` share **one** `list`: `[]` is evaluated
            once, before the call.

            **Here**

            - Changed through `groups` on line 3: the change shows under every key.
            - One of its own for each key: `{key: [] for key in names}`.

            **Say in the interview**

            `fromkeys` fits values that cannot change. `list(dict.fromkeys(xs))` drops
            duplicates and keeps the order of the first ones.

            [dict.fromkeys](https://docs.python.org/3/library/stdtypes.html#dict.fromkeys)
        "#]],
    );
}

#[test]
fn without_a_value() {
    check_hover(
        "unique = list(dict.from$0keys(words))\n",
        expect![[r#"
        unique = list(dict.fromkeys(words))
                           ▔▔▔▔▔▔▔▔

        `dict.fromkeys(words)` makes a dict with the keys of `words`, each once and in
        order; every value is `None`.

        **Say in the interview**

        `fromkeys` fits values that cannot change. `list(dict.fromkeys(xs))` drops
        duplicates and keeps the order of the first ones.

        [dict.fromkeys](https://docs.python.org/3/library/stdtypes.html#dict.fromkeys)
    "#]],
    );
}

#[test]
fn a_value_that_is_something() {
    check_hover(
        "count = dict.from$0keys('ab', start)\n",
        expect![[r#"
            count = dict.fromkeys('ab', start)
                         ▔▔▔▔▔▔▔▔

            All keys of `'ab'` get `start`, evaluated once: one object for all.

            **Say in the interview**

            `fromkeys` fits values that cannot change. `list(dict.fromkeys(xs))` drops
            duplicates and keeps the order of the first ones.

            [dict.fromkeys](https://docs.python.org/3/library/stdtypes.html#dict.fromkeys)
        "#]],
    );
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "class dict: ...\nd = dict.from$0keys(a, [])\n",
        "def f(dict):\n    return dict.from$0keys(a, [])\n",
        "d = dict.from$0keys(*a)\n",
        "d = cls.from$0keys(a, [])\n",
        "d = dict.from$0keys()\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
