use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn what_is_done_with_the_counts() {
    check_hover(
        "from collections import Counter\nvotes = Count$0er(line.split())\nvotes.update(more)\nvotes['x'] += 1\nprint(votes['z'], votes.most_common(2))\nvotes.subtract('ab')\n",
        expect![[r#"
            votes = Counter(line.split())
                    ▔▔▔▔▔▔▔

            It counts the elements of `line.split()`, or takes its counts over if it is a
            mapping. It is a dict from elements to counts; a missing element counts 0.

            **Here**

            - `votes` is read by subscript on line 5: a missing element gives 0 and is not
              added.
            - Counts are added on lines 3, 4.
            - Ranked on line 5, ties in the order of insertion.
            - `votes` can hold zero and negative counts after line 6.

            **Say in the interview**

            Counting is O(n), `most_common(k)` O(n log k). `+`, `-`, `&` and `|` of two keep
            positive counts only; `update` and `subtract` keep all.

            **Watch for**

            - Setting a count to 0 keeps the element; `del` removes it.

            **Version**

            - 3.10: `total()` sums the counts.

            For Python `3.9`, as no file says which ·
            [collections.Counter](https://docs.python.org/3/library/collections.html#collections.Counter)
        "#]],
    );
}

#[test]
fn what_is_counted() {
    for (call, says) in [
        ("Counter('abc')", "counts the characters of `'abc'`"),
        ("Counter(w.lower() for w in words)", "each element of `(w.lower() for w in words)`"),
        ("Counter([w for w in words])", "each element of"),
        ("Counter({'a': 1})", "takes the counts over from `{'a': 1}`"),
        ("Counter(words)", "counts the elements of `words`, or takes"),
        ("Counter()", "`Counter()` starts without any counts"),
        ("Counter(tea=2, milk=1)", "starts with counts for `tea`, `milk`"),
    ] {
        let call = call.replacen("Counter", "Count$0er", 1);
        let source = format!("from collections import Counter\nc = {call}\n");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains(says), "{source}{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "from typing import Counter\nc = Count$0er(x)\n",
        "from m import Counter\nc = Count$0er(x)\n",
        "class Counter: pass\nc = Count$0er()\n",
        "from collections import Counter\nc = Count$0er(*a)\n",
        "from collections import Counter\nc = Count$0er(1)\n",
        "from collections import Counter\nc = Count$0er(a, b)\n",
        "from collections import Counter\ndef f(c: Count$0er): pass\n",
    ] {
        assert_ne!(card_at(source), "counter", "{source}");
    }
}
