use crate::cards::testing::{card_at, snapshot};

/// Facts that must not be stated.
#[test]
fn readers_that_are_not_told() {
    for (source, line) in [
        // Read twice.
        ("def f(r):\n    t = [x $0for x in r]\n    return max(t) - min(t)\n", "only read once"),
        // Read on each turn of a loop.
        (
            "def f(r):\n    t = [x $0for x in r]\n    for i in r:\n        sum(t)\n",
            "only read once",
        ),
        (
            "def f(r):\n    t = [x $0for x in r]\n    while r:\n        for i in t:\n            pass\n",
            "only read once",
        ),
        // Read by a loop that takes away what a generator would still read.
        (
            "def f(d):\n    t = [k $0for k in d]\n    for k in t:\n        del d[k]\n",
            "only read once",
        ),
        (
            "def f(d):\n    t = [k $0for k in d]\n    return [d.pop(k) for k in t]\n",
            "only read once",
        ),
        // Read by something unknown.
        ("def f(r):\n    t = [x $0for x in r]\n    return g(t)\n", "only read once"),
        ("def f(r):\n    t = [x $0for x in r]\n    return t[0]\n", "only read once"),
        // Kept in a closure.
        ("def f(r):\n    t = [x $0for x in r]\n    return lambda: sum(t)\n", "only read once"),
        // Stored anyway.
        ("def f(r):\n    t = [x $0for x in r]\n    return sorted(t)\n", "only read once"),
        // Two bindings.
        ("def f(r):\n    t = [x $0for x in r]\n    t = 1\n    return sum(t)\n", "only read once"),
        // Another `sum`.
        ("def sum(x): ...\nsum([x $0for x in r])\n", "needs no list"),
        ("from m import *\nsum([x $0for x in r])\n", "needs no list"),
        ("max([x $0for x in r], y)\n", "needs no list"),
        ("sum(*[x $0for x in r])\n", "needs no list"),
        ("sum([x $0for x in r], *y)\n", "needs no list"),
        ("s.join([x $0for x in r])\n", "brackets"),
        // Not a copy.
        ("t = [x $0for x in r if x]\n", "only copies"),
        ("t = [x async $0for x in r]\n", "only copies"),
        ("t = {k: v $0for v, k in r}\n", "only copies"),
        ("t = {k: v $0for k, v in r}\n", "only copies"),
        ("def list(x): ...\nt = [x $0for x in r]\n", "only copies"),
        ("def f(x):\n    rate = 1\n    return [rate $0for n in x]\n", "class body"),
    ] {
        let settings = crate::Settings::default();
        let builtin = crate::content::testing::builtin();
        let card = snapshot(builtin, &settings, source);
        assert!(card.contains("is built here"), "{source}{card}");
        assert!(!card.contains(line), "{source}{card}");
    }
}

#[test]
fn silent_elsewhere() {
    for source in [
        "t = [x, $0y]\n",
        "t = {x: $0y}\n",
        "t = [*x $0for x in y]\n",
        "t = [x $0for x in\n",
        "t = [x $0for x in y z]\n",
        "for x$0 in y:\n    pass\n",
    ] {
        assert_ne!(card_at(source), "comprehension", "{source}");
    }
}
