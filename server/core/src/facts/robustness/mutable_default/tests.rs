use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_list_for_all_calls() {
    check_hover(
        "def add(item, seen=[$0]):\n    seen.append(item)\n    return seen\n",
        expect![[r#"
            def add(item, seen=[]):
                               ▔▔

            Every call of `add` that leaves `seen` out gets the same `list`: it is made
            once, when the `def` on line 1 runs. Changed on line 2: later calls see the
            change.

            **Here**

            - Returned on line 3: callers can change it for later calls.
            - One of its own for each call: `None` as default, and first
              `seen = [] if seen is None else seen`.

            **Say in the interview**

            Defaults are evaluated when the function is defined, not when it is called. That
            is harmless for what cannot change, and a trap for lists, dictionaries and sets.

            **Watch for**

            - Mutable default argument (`mutable-default-argument`)

            [Default argument values](https://docs.python.org/3/tutorial/controlflow.html#default-argument-values) · [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions)
        "#]],
    );
    check_hover(
        "class A:\n    def f(self, *, by: dict = {$0}):\n        print(by)\n",
        expect![[r#"
                def f(self, *, by: dict = {}):
                                          ▔▔

            Every call of `f` that leaves `by` out gets the same `dict`: it is made once,
            when the `def` on line 2 runs.

            **Here**

            - One of its own for each call: `None` as default, and first
              `by = {} if by is None else by`.

            **Say in the interview**

            Defaults are evaluated when the function is defined, not when it is called. That
            is harmless for what cannot change, and a trap for lists, dictionaries and sets.

            **Watch for**

            - Mutable default argument (`mutable-default-argument`)

            [Default argument values](https://docs.python.org/3/tutorial/controlflow.html#default-argument-values) · [Function definitions](https://docs.python.org/3/reference/compound_stmts.html#function-definitions)
        "#]],
    );
}

#[test]
fn another_object_of_that_name_is_not_meant() {
    for source in [
        "def f(x={$0}):\n    x = dict(x)\n    x['a'] = 1\n    return x\n",
        "def f(x={$0}):\n    def g(x):\n        x['a'] = 1\n        return x\n",
        "def f(x={$0}):\n    y.update(x)\n    return y\n",
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("`dict`"), "{source}{snapshot}");
        assert!(!snapshot.contains("Changed") && !snapshot.contains("Returned"), "{snapshot}");
    }
}

#[test]
fn what_is_empty_is_not_changed_by_taking_out() {
    for (source, changes) in [
        ("def f(x={$0}):\n    x.pop('a', None)\n", false),
        ("def f(x=[$0]):\n    x.sort()\n    del x[0]\n", false),
        ("def f(x=[$01]):\n    x.pop()\n", true),
        ("def f(x=[$0]):\n    x += [1]\n", true),
        ("def f(x={$0}):\n    x.setdefault('a', 1)\n", true),
    ] {
        let snapshot = snapshot_of(source);
        assert!(snapshot.contains("Every call"), "{source}{snapshot}");
        assert_eq!(snapshot.contains("Changed on line 2"), changes, "{source}{snapshot}");
    }
}

#[test]
fn silent_on_other_defaults() {
    for source in [
        "def f(x=($0)): ...\n",
        "def f(x=N$0one): ...\n",
        "def f(x=make($0)): ...\n",
        "EMPTY = []\ndef f(x=EMP$0TY): ...\n",
        "def list(): ...\ndef f(x=li$0st()): ...\n",
        "from m import *\ndef f(x=li$0st()): ...\n",
        "def f(x=frozen$0set()): ...\n",
        "f(x=[$0])\n",
        "g = lambda x=[$0]: x\n",
        "def f(x=[$0\n",
    ] {
        assert_ne!(card_at(source), "mutable-default", "{source}");
    }
}
