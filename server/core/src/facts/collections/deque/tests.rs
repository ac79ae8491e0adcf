use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn a_queue() {
    check_hover(
        "from collections import deque\ndef search(start):\n    todo = de$0que([start])\n    while todo:\n        node = todo.popleft()\n        for other in node:\n            todo.append(other)\n",
        expect![[r#"
                todo = deque([start])
                       ▔▔▔▔▔

            `deque([start])` adds and takes at both ends for O(1). Nothing limits its
            length.

            **Here**

            - `todo` is a queue: filled on line 7, emptied at the other end on line 5.

            **Say in the interview**

            A linked list of blocks, so both ends are cheap; a list would move all elements
            for `pop(0)` and `insert(0, x)`. Indexing the middle is O(n).

            **Watch for**

            - Single appends and pops are thread-safe, but an empty deque does not wait:
              that is what `queue.Queue` is for.

            [collections.deque](https://docs.python.org/3/library/collections.html#collections.deque)
        "#]],
    );
}

#[test]
fn bounded_searched_and_sliced() {
    check_hover(
        "from collections import deque\nlast = de$0que(maxlen=5)\nlast.append(x)\nif y in last and last[2]:\n    print(last[1:], last[0], last[-1])\n",
        expect![[r#"
            last = deque(maxlen=5)
                   ▔▔▔▔▔

            `deque(maxlen=5)` adds and takes at both ends for O(1). At `5` elements every
            new one pushes one out at the other end, without an error.

            **Here**

            - `last` may be searched or reach into its middle on line 4: O(n).
            - `last` is sliced on line 5, which raises `TypeError`: a deque has no slices.

            **Say in the interview**

            A linked list of blocks, so both ends are cheap; a list would move all elements
            for `pop(0)` and `insert(0, x)`. Indexing the middle is O(n).

            **Watch for**

            - Single appends and pops are thread-safe, but an empty deque does not wait:
              that is what `queue.Queue` is for.

            [collections.deque](https://docs.python.org/3/library/collections.html#collections.deque)
        "#]],
    );
}

#[test]
fn which_end() {
    for (uses, says) in [
        ("d.append(1)\nd.pop()\n", "`d` is a stack: filled on line 3, emptied at the same end"),
        ("d.append(1)\nd.popleft()\n", "`d` is a queue: filled on line 3"),
        ("d.appendleft(1)\nd.pop()\n", "`d` is a queue"),
        ("d.appendleft(1)\nd.popleft()\n", "`d` is a stack"),
    ] {
        let source = format!("from collections import deque\nd = de$0que()\n{uses}");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains(says), "{source}{card}");
    }
    for uses in [
        "d.append(1)\nd.pop()\nd.popleft()\n",
        "d.append(1)\n",
        "d.append(1)\nd.popleft()\nf(d)\n",
        "d.append(1)\nd.popleft()\ne = d\n",
        "d.append(1)\nd.popleft()\nd = []\n",
    ] {
        let source = format!("from collections import deque\nd = de$0que()\n{uses}");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(!card.contains("is a queue") && !card.contains("is a stack"), "{source}{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "from m import deque\nd = de$0que()\n",
        "from collections import deque\nd = de$0que(*a)\n",
        "from collections import deque\nd = de$0que(**a)\n",
        "from collections import deque as x\ndeque = f\nd = de$0que()\n",
        "class deque: pass\nd = de$0que()\n",
        "from collections import deque\nd: de$0que = f()\n",
    ] {
        assert_ne!(card_at(source), "deque", "{source}");
    }
}
