use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn the_left_end_of_a_list() {
    check_hover(
        "def drain(jobs):\n    queue = list(jobs)\n    while queue:\n        job = queue.p$0op(0)\n        work(job)\n",
        expect![[r#"
                    job = queue.pop(0)
                                ▔▔▔

            `queue.pop(0)` costs `O(n)`; `queue` is a `list`, made on line 2. It takes the
            first one away and moves all others down by one.

            **Here**

            - It runs in every round of the loop on line 3.
            - `collections.deque` has `popleft()` for O(1).

            **Say in the interview**

            A list is an array of references. At its end nothing moves; anywhere else all
            that stands behind the place does.

            [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
        "#]],
    );
}

#[test]
fn the_left_end_of_a_deque() {
    check_hover(
        "from collections import deque\nqueue = deque(jobs)\nwhile queue:\n    work(queue.pop$0left())\n",
        expect![[r#"
                work(queue.popleft())
                           ▔▔▔▔▔▔▔

            `queue.popleft()` costs `O(1)`; `queue` is a `deque`, made on line 2. It takes
            the first one away; a list would move all others.

            **Here**

            - It runs in every round of the loop on line 3.

            **Say in the interview**

            A linked list of blocks: both ends are O(1), the middle is O(n), and there are
            no slices.

            **Watch for**

            - An empty deque raises `IndexError`; to wait for an element take `queue.Queue`.

            [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
        "#]],
    );
}

#[test]
fn a_full_deque_drops() {
    check_hover(
        "from collections import deque\nclass Log:\n    def __init__(self):\n        self.last = deque(maxlen=5)\n    def add(self, line):\n        self.last.app$0end(line)\n",
        expect![[r#"
                    self.last.append(line)
                              ▔▔▔▔▔▔

            `self.last.append(line)` costs `O(1)`; `self.last` is a `deque`, made on line 4.
            It adds one at the right end.

            **Here**

            - At `5` elements the new one pushes one out at the other end, without an error.

            **Say in the interview**

            A linked list of blocks: both ends are O(1), the middle is O(n), and there are
            no slices.

            [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
        "#]],
    );
}

#[test]
fn reading_a_defaultdict_adds() {
    check_hover(
        "from collections import defaultdict\ngroups = defaultdict(list)\nfor word in words:\n    groups$0[word[0]].append(word)\n",
        expect![[r#"
                groups[word[0]].append(word)
                ▔▔▔▔▔▔

            `groups[word[0]]` costs `O(1)`; `groups` is a `defaultdict`, made on line 2.
            Reading counts as writing: a missing key is added.

            **Here**

            - It runs in every round of the loop on line 3.
            - A missing key calls `list`; the result is stored under it.

            **Say in the interview**

            A dict with `__missing__`: `d[key]` calls the factory and stores what it
            returns. `get`, `in` and `pop` never do.

            **Watch for**

            - `get` and `in` look without adding.

            [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
        "#]],
    );
}

#[test]
fn membership_by_the_kind_of_container() {
    check_hover(
        "seen = []\nfor row in rows:\n    if row not i$0n seen:\n        seen.append(row)\n",
        expect![[r#"
                if row not in seen:
                       ▔▔▔▔▔▔

            `row not in seen` costs `O(n)`; `seen` is a `list`, made on line 1. It compares
            from the front until one is equal; if none is, with all n.

            **Here**

            - It runs in every round of the loop on line 2.
            - For many tests build a `set` once: then each is O(1) on average, if the
              elements are hashable.

            **Say in the interview**

            A list is an array of references. At its end nothing moves; anywhere else all
            that stands behind the place does.

            [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
        "#]],
    );
    check_hover(
        "if x i$0n {1, 2, 3}:\n    pass\n",
        expect![[r#"
        if x in {1, 2, 3}:
             ▔▔

        `x in {1, 2, 3}` costs `O(1)`; `{1, 2, 3}` is a `set`. Its hash leads to the
        element, however many there are.

        **Here**

        - n is 3 here.

        **Say in the interview**

        A hash table: the hash leads to the place, so n does not matter on average.
        Elements must be hashable, and a poor `__hash__` makes it O(n).

        **Watch for**

        - An unhashable element, such as a list, raises `TypeError`.

        [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
    "#]],
    );
}

#[test]
fn a_counter_ranks_and_knows_no_missing_key() {
    check_hover(
        "from collections import Counter\nc = Counter(words)\nprint(c.most_com$0mon(3))\n",
        expect![[r#"
            print(c.most_common(3))
                    ▔▔▔▔▔▔▔▔▔▔▔

            `c.most_common(3)` costs `O(n log k)`; `c` is a `Counter`, made on line 2. It
            ranks by count with a heap of the k largest; ties stand in the order of
            insertion.

            **Say in the interview**

            A dict from elements to counts: missing means 0, order is insertion order, and
            ties rank in that order.

            [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
        "#]],
    );
    check_hover(
        "from collections import Counter\nc = Counter(words)\nprint(c$0['x'])\n",
        expect![[r#"
            print(c['x'])
                  ▔

            `c['x']` costs `O(1)`; `c` is a `Counter`, made on line 2. A missing element
            counts 0 and is not added.

            **Say in the interview**

            A dict from elements to counts: missing means 0, order is insertion order, and
            ties rank in that order.

            [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
        "#]],
    );
}

#[test]
fn a_deque_has_no_slices() {
    check_hover(
        "from collections import deque\nd = deque(x)\nprint(d$0[1:3])\n",
        expect![[r#"
        print(d[1:3])
              ▔

        `d[1:3]` fails: the container is a `deque`. It raises `TypeError`: a deque has
        no slices.

        **Here**

        - `itertools.islice(d, start, stop)` iterates over the part;
          `list(d)[start:stop]` copies.

        **Say in the interview**

        A linked list of blocks: both ends are O(1), the middle is O(n), and there are
        no slices.

        [Python Wiki: time complexity](https://wiki.python.org/moin/TimeComplexity) · [collections](https://docs.python.org/3/library/collections.html)
    "#]],
    );
}

/// Without a factory it is a dict, and `default_factory` may be set later.
#[test]
fn a_defaultdict_without_a_factory() {
    let card = |source: &str| {
        snapshot(builtin(), &Settings::default(), &format!("import collections as c\n{source}"))
    };
    for source in ["d = c.defaultdict()\nd$0[1]\n", "d = c.defaultdict(None)\nd$0[1]\n"] {
        assert!(card(source).contains("A missing key raises `KeyError`"), "{source}");
    }
    for source in [
        "d = c.defaultdict(list)\nd.default_factory = None\nd$0[1]\n",
        "d = c.defaultdict(*a)\nd$0[1]\n",
    ] {
        assert_eq!(card(source), "no card\n", "{source}");
    }
}

#[test]
fn each_kind_of_place_is_told_apart() {
    for (expression, says) in [
        ("x.po$0p()", "costs `O(1)`"),
        ("x.po$0p(-1)", "costs `O(1)`"),
        ("x.po$0p(i)", "costs `O(n)`"),
        ("x.ins$0ert(i, 1)", "moves all that stand behind"),
        ("x$0[0]", "costs `O(1)`"),
        ("x$0[1:2]", "costs `O(k)`"),
        ("x$0[1:2] = y", "`x[1:2] = …` costs `O(n + k)`"),
        ("del x$0[0]", "`del x[0]` costs `O(n)`"),
        ("del x$0[-1]", "costs `O(1)`"),
        ("x$0[i] += 1", "`x[i] += 1` costs `O(1)`"),
        ("le$0n(x)", "`len(x)` costs `O(1)`"),
        ("a i$0n x", "costs `O(n)`"),
    ] {
        let source = format!("x = []\n{expression}\n");
        let card = snapshot(builtin(), &Settings::default(), &source);
        assert!(card.contains(says), "{source}{card}");
    }
}

#[test]
fn only_what_repeats_it_is_a_loop() {
    for (source, repeats) in [
        ("x = []\nfor a in b:\n    x.po$0p()\n", true),
        ("x = []\nwhile x.po$0p():\n    pass\n", true),
        ("x = []\n[x.po$0p() for a in b]\n", true),
        ("x = []\n[a for a in b if x.po$0p()]\n", true),
        ("x = []\nfor a in x.po$0p():\n    pass\n", false),
        ("x = []\n[a for a in x.po$0p()]\n", false),
        ("x = []\nfor a in b:\n    pass\nelse:\n    x.po$0p()\n", false),
        ("x = []\nfor a in b:\n    def f():\n        x.po$0p()\n", false),
    ] {
        let card = snapshot(builtin(), &Settings::default(), source);
        assert_eq!(card.contains("in every round"), repeats, "{source}{card}");
    }
}

#[test]
fn silent_where_the_container_is_not_known() {
    for source in [
        "def f(x):\n    x.po$0p(0)\n",
        "x = []\nx = y\nx.po$0p(0)\n",
        "x.po$0p(0)\n",
        "x = g()\nx.po$0p(0)\n",
        "def list(y): return y\nx = list(z)\nx.po$0p(0)\n",
        "from m import deque\nx = deque()\nx.pop$0left()\n",
        "from collections import *\nx = deque()\nx.pop$0left()\n",
        "for x in [[1]]:\n    x.po$0p(0)\n",
        "class D(dict):\n    pass\nx = D()\nx$0[1]\n",
        "x = []\nx.no_such_meth$0od()\n",
        "x = {}\nx.append$0(1)\n",
        "x = {}\nx$0[1:2]\n",
        "x = ''\nx.spl$0it()\n",
        "x: list$0[int] = []\n",
        "def f(x: dict$0[str, int]): pass\n",
        "x = [1]\na < b i$0n x\n",
        "x = [1]\na =$0= x\n",
        "x = [1]\nle$0n(x, 1)\n",
        "def len(x): pass\nx = [1]\nle$0n(x)\n",
        "x = frozenset()\nx.ad$0d(1)\n",
        "if a:\n    x = []\nelse:\n    x = ()\nx$0[0]\n",
        "x = []\ndef f():\n    global x\n    x = {}\nx$0[0]\n",
        "x = (\nx.po$0p(0)\n",
    ] {
        assert_ne!(card_at(source), "container-operation", "{source}");
    }
}
