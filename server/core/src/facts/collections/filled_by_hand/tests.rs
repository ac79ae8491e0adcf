use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn groups() {
    check_hover(
        "def group(words):\n    groups = {}\n    for word in words:\n        i$0f word[0] not in groups:\n            groups[word[0]] = []\n        groups[word[0]].append(word)\n    return groups\n",
        expect![[r#"
                    if word[0] not in groups:
                    ▔▔

            Values are put into groups by `word[0]`; a new key gets its `list` by hand. With
            `defaultdict(list)` for `groups` on line 2, this is
            `groups[word[0]].append(word)`.

            **Here**

            - With the dict as it is: `groups.setdefault(word[0], []).append(word)`.

            **Say in the interview**

            `defaultdict` makes the missing value when `d[key]` asks for it; `Counter` takes
            it for 0. Both are dicts.

            **Watch for**

            - Reading `d[key]` of a `defaultdict` adds the key; `in` and `get` do not.

            [defaultdict: examples](https://docs.python.org/3/library/collections.html#defaultdict-examples) · [collections.Counter](https://docs.python.org/3/library/collections.html#collections.Counter)
        "#]],
    );
}

#[test]
fn counts_by_get() {
    check_hover(
        "counts = {}\nfor word in words:\n    counts[word] $0= counts.get(word, 0) + 1\n",
        expect![[r#"
                counts[word] = counts.get(word, 0) + 1
                             ▔

            Occurrences of `word` are counted, the first one by hand. With `Counter()` for
            `counts` on line 1, this is `counts[word] += 1`.

            **Here**

            - All of the loop at once: `Counter(words)`.

            **Say in the interview**

            `defaultdict` makes the missing value when `d[key]` asks for it; `Counter` takes
            it for 0. Both are dicts.

            **Watch for**

            - Reading `d[key]` of a `defaultdict` adds the key; `in` and `get` do not.

            [defaultdict: examples](https://docs.python.org/3/library/collections.html#defaultdict-examples) · [collections.Counter](https://docs.python.org/3/library/collections.html#collections.Counter)
        "#]],
    );
}

#[test]
fn a_key_error() {
    check_hover(
        "places = dict()\nfor name, place in rows:\n    tr$0y:\n        places[name].add(place)\n    except KeyError:\n        places[name] = {place}\n",
        expect![[r#"
                try:
                ▔▔▔

            Values are put into groups by `name`; a new key gets its `set` by hand. With
            `defaultdict(set)` for `places` on line 1, this is `places[name].add(place)`.

            **Here**

            - With the dict as it is: `places.setdefault(name, set()).add(place)`.
            - A `KeyError` from anywhere in the `try` would be taken for a new key.

            **Say in the interview**

            `defaultdict` makes the missing value when `d[key]` asks for it; `Counter` takes
            it for 0. Both are dicts.

            **Watch for**

            - Reading `d[key]` of a `defaultdict` adds the key; `in` and `get` do not.

            [defaultdict: examples](https://docs.python.org/3/library/collections.html#defaultdict-examples) · [collections.Counter](https://docs.python.org/3/library/collections.html#collections.Counter)
        "#]],
    );
}

#[test]
fn what_is_told() {
    for (body, says) in [
        (
            "i$0f w in d:\n            d[w] += 1\n        else:\n            d[w] = 1",
            "All of the loop at once: `Counter(ws)`",
        ),
        (
            "tr$0y:\n            d[w] += 1\n        except KeyError:\n            d[w] = 1",
            "this is `d[w] += 1`",
        ),
        (
            "i$0f w.x in d:\n            d[w.x].append(w)\n        else:\n            d[w.x] = [w]",
            "`d.setdefault(w.x, []).append(w)`",
        ),
    ] {
        let card =
            snapshot_of(&format!("def f(ws):\n    d = {{}}\n    for w in ws:\n        {body}\n"));
        assert!(card.replace('\n', " ").replace("  ", " ").contains(says), "{card}");
    }
    // More happens in the loop, or something else is counted.
    for (each, key, more) in [("w", "w", "\n        f(w)"), ("w", "w[0]", ""), ("w, x", "w", "")] {
        let source = format!(
            "d = {{}}\nfor {each} in ws:\n        d[{key}] $0= d.get({key}, 0) + 1{more}\n"
        );
        let card = snapshot_of(&source);
        assert!(card.contains("Counter()") && !card.contains("at once"), "{source}{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "def f(d, ws):\n    for w in ws:\n        d[w] $0= d.get(w, 0) + 1\n",
        "d = load()\nfor w in ws:\n    d[w] $0= d.get(w, 0) + 1\n",
        "d = {}\nfor w in ws:\n    d[w] $0= d.get(w, 1) + 1\n",
        "d = {}\nfor w in ws:\n    d[w] $0= d.get(v, 0) + 1\n",
        "d = {}\nfor w in ws:\n    tr$0y:\n        d[w] += 1\n    except TypeError:\n        d[w] = 1\n",
        "d = {}\nfor w in ws:\n    tr$0y:\n        d[w] += 1\n    except KeyError:\n        d[w] = 2\n",
        "class KeyError: ...\nd = {}\nfor w in ws:\n    tr$0y:\n        d[w] += 1\n    except KeyError:\n        d[w] = 1\n",
        "d = {}\nfor w in ws:\n    i$0f w not in d:\n        d[w] = make()\n    d[w].append(1)\n",
    ] {
        assert_ne!(card_at(source), "filled-by-hand", "{source}");
    }
}

#[test]
fn the_first_of_a_ranking() {
    check_hover(
        "from collections import Counter\nvotes = Counter(ballots)\nbest = sorted(votes.items(), ke$0y=lambda pair: pair[1], reverse=True)[:3]\n",
        expect![[r#"
            best = sorted(votes.items(), key=lambda pair: pair[1], reverse=True)[:3]
                                         ▔▔▔

            `votes.most_common(3)` gives the same list: `votes` is a `Counter`, and ranks
            itself.

            **Say in the interview**

            For the first k, `most_common(k)` keeps a heap of k: O(n log k), not O(n log n).
            Ties come in the order of insertion, as they do from `sorted`, which is stable.

            [Counter.most\_common](https://docs.python.org/3/library/collections.html#collections.Counter.most_common)
        "#]],
    );
}

#[test]
fn the_whole_ranking() {
    check_hover(
        "from collections import Counter\nfrom operator import itemgetter\nvotes = Counter(ballots)\nfor name, n in sorted(votes.items(), ke$0y=itemgetter(1), reverse=True):\n    print(name, n)\n",
        expect![[r#"
            for name, n in sorted(votes.items(), key=itemgetter(1), reverse=True):
                                                 ▔▔▔

            `votes.most_common()` gives the same list: `votes` is a `Counter`, and ranks
            itself.

            **Say in the interview**

            Ties come in the order of insertion, as they do from `sorted`, which is stable.

            [Counter.most\_common](https://docs.python.org/3/library/collections.html#collections.Counter.most_common)
        "#]],
    );
}

#[test]
fn no_ranking() {
    for (made, call) in [
        ("{}", "sorted(c.items(), ke$0y=lambda p: p[1], reverse=True)"),
        ("Counter(x)", "sorted(c.items(), ke$0y=lambda p: p[0], reverse=True)"),
        ("Counter(x)", "sorted(c.items(), ke$0y=lambda p: p[1])"),
        ("Counter(x)", "sorted(c.items(), ke$0y=lambda p: p[1], reverse=r)"),
        ("Counter(x)", "sorted(c, ke$0y=lambda p: p[1], reverse=True)"),
        ("Counter(x)", "mine(c.items(), ke$0y=lambda p: p[1], reverse=True)"),
        ("Counter(x)", "sorted(c.items(), ke$0y=lambda p: p[1], reverse=True)[1:]"),
    ] {
        let source = format!("from collections import Counter\nc = {made}\ny = {call}\n");
        assert_ne!(card_at(&source), "ranked-counter", "{source}");
    }
}
