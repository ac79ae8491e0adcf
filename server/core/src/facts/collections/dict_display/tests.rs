use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_key_twice() {
    check_hover(
        "PORTS = {\n    'http': 80,\n    $0'https': 443,\n    \"https\": 8443,\n}\n",
        expect![[r#"
                'https': 443,
                ▔▔▔▔▔▔▔

            `"https"` stands here 2 times, on lines 3, 4: its value is the last, `8443`.

            **Here**

            - Evaluated and dropped: values on line 3.

            **Say in the interview**

            A dict has each key once, and the last value wins, without an error. The key
            keeps the place of its first appearance in the order.

            [Dictionary displays](https://docs.python.org/3/reference/expressions.html#dictionary-displays)
        "#]],
    );
}

#[test]
fn several_keys() {
    check_hover(
        "from http import HTTPStatus as S\nX = {$0S.OK: f(), 1: 'a', S.OK: g(), 1: 'b', 2: 0, 2: 1, 1: 'c'}\n",
        expect![[r#"
            X = {S.OK: f(), 1: 'a', S.OK: g(), 1: 'b', 2: 0, 2: 1, 1: 'c'}
                 ▔▔▔▔

            `S.OK` stands here 2 times, on line 2: its value is the last, `g()`.

            **Here**

            - Evaluated and dropped: values on line 2.

            **Say in the interview**

            A dict has each key once, and the last value wins, without an error. The key
            keeps the place of its first appearance in the order.

            [Dictionary displays](https://docs.python.org/3/reference/expressions.html#dictionary-displays)
        "#]],
    );
}

#[test]
fn keys_that_are_not_the_same() {
    for source in [
        "d = {$0'a': 1, 'b': 2}\n",
        "d = {$0'a': 1, b'a': 2}\n",
        "d = {$0'\\x61': 1, '\\x61': 2}\n",
        "d = {$0f'{a}': 1, f'{a}': 2}\n",
        "d = {$0f(): 1, f(): 2}\n",
        "a = 1\na = 2\nd = {$0a: 1, a: 2}\n",
        "d = {$0x.y: 1, x.y: 2}\n",
        "d = {'a': 1, 'a': 2, $0'b': 3}\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}

#[test]
fn maps_over_each_other() {
    check_hover(
        "defaults = {'host': 'localhost'}\nsettings = $0{**defaults, **options, 'debug': True}\n",
        expect![[r#"
            settings = {**defaults, **options, 'debug': True}
                       ▔

            The last word in this new dict has what stands behind the last `**`: `'debug'`.
            It is filled from left to right.

            **Here**

            - Left as they are: `defaults`, `options`.

            **Say in the interview**

            The copy is shallow: the values are the same objects. `d.update(other)` and `|=`
            change `d` itself instead; `ChainMap` copies nothing at all.

            [Dictionary displays](https://docs.python.org/3/reference/expressions.html#dictionary-displays) · [PEP 448: unpacking](https://peps.python.org/pep-0448/) · [PEP 584: union operators for dict](https://peps.python.org/pep-0584/)
        "#]],
    );
}

#[test]
fn with_the_operator() {
    check_hover(
        "a = {'x': 1}\nb = dict(y=2)\nc = a $0| b | {'z': 3}\n",
        expect![[r#"
            c = a | b | {'z': 3}
                  ▔

            `b` has the last word in this new dict: of equal keys its values win. It is
            filled from left to right.

            **Here**

            - Left as they are: `a`, `b`.

            **Say in the interview**

            The copy is shallow: the values are the same objects. `d.update(other)` and `|=`
            change `d` itself instead; `ChainMap` copies nothing at all.

            [Dictionary displays](https://docs.python.org/3/reference/expressions.html#dictionary-displays) · [PEP 448: unpacking](https://peps.python.org/pep-0448/) · [PEP 584: union operators for dict](https://peps.python.org/pep-0584/)
        "#]],
    );
}

#[test]
fn what_a_merge_says() {
    for (source, says) in [
        ("d = $0{**options}\n", "the pairs of `options`: a shallow copy"),
        ("d = {$0**f(), **g()}\n", "`g()` has the last word"),
        ("a = {}\nb = {}\nd = $0{**a, **b}\n", "From 3.9 on: `a | b`"),
        ("d = $0{'x': 1, **a}\n", "In front of `a`, which may replace them: `'x'`."),
    ] {
        let card = snapshot_of(source);
        assert!(card.contains(says), "{source}{card}");
    }
    assert!(!snapshot_of("d = $0{**a, **b}\n").contains("3.9"));
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "d = $0{}\n",
        "d = {1, 2} $0| {3}\n",
        "d = a $0| b\n",
        "a = {}\nd = a $0| b\n",
        "a = {}\na = f()\nd = a $0| {}\n",
        "class dict: ...\nd = dict() $0| {}\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}

#[test]
fn among_many_keys() {
    let names: String = (0..300).map(|at| format!("N{at} = object()\n")).collect();
    let pairs: String = (0..300).map(|at| format!("    N{at}: {at},\n")).collect();
    let brace = snapshot_of(&format!("{names}X = $0{{\n{pairs}    N7: 8,\n}}\n"));
    assert!(brace.contains("`N7` stands here 2 times"), "{brace}");
    let key = snapshot_of(&format!("{names}X = {{\n{pairs}    $0N7: 8,\n}}\n"));
    assert!(key.contains("`N7` stands here 2 times"), "{key}");
    let other = snapshot_of(&format!("{names}X = {{\n{pairs}    N7: 8,\n    $0N8.a: 8,\n}}\n"));
    assert!(!other.contains("stands here"), "{other}");
    // Each string is looked at.
    let pairs: String = (0..300).map(|at| format!("    'k{at}': {at},\n")).collect();
    let key = snapshot_of(&format!("X = {{\n{pairs}    $0\"k7\": 8,\n}}\n"));
    assert!(key.contains("`\"k7\"` stands here 2 times"), "{key}");
}
