use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_dictionary() {
    check_hover(
        "ages = {}\nfor name, age in ages.items():\n    if age < 18:\n        del ages$0[name]\n",
        expect![[r#"
                    del ages[name]
                        ▔▔▔▔

            `del ages[name]` changes `ages`, a `dict`, in the loop on line 2 over it: the
            next step of the loop raises `RuntimeError`.

            **Here**

            - Over a copy, changes do no harm: `list(ages.items())`.

            **Say in the interview**

            It raises even in the last round. New values for keys that are there change
            nothing about the size. To leave elements out, a comprehension that makes a new
            container says it best.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Dictionary view objects](https://docs.python.org/3/library/stdtypes.html#dictionary-view-objects)
        "#]],
    );
}

#[test]
fn a_list() {
    check_hover(
        "numbers = [1, 2, 3, 4]\nfor number in numbers:\n    if number % 2 == 0:\n        numbers.$0remove(number)\n",
        expect![[r#"
                    numbers.remove(number)
                            ▔▔▔▔▔▔

            `numbers.remove(number)` takes an element out of `numbers` in the loop on line 2
            over it: all behind it move down by one, so **the loop passes over the next
            one**.

            **Here**

            - Over a copy, changes do no harm: `list(numbers)`.

            **Say in the interview**

            A list has no guard: the loop counts places, and stops where the list ends at
            that time. To leave elements out, a comprehension that makes a new container
            says it best.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Dictionary view objects](https://docs.python.org/3/library/stdtypes.html#dictionary-view-objects)
        "#]],
    );
}

#[test]
fn a_dictionary_that_may_grow() {
    check_hover(
        "def close(graph):\n    seen = {'a': 1}\n    for node in seen:\n        seen$0[graph[node]] = 2\n",
        expect![[r#"
                    seen[graph[node]] = 2
                    ▔▔▔▔

            `seen[graph[node]] = 2` changes `seen`, a `dict`, in the loop on line 3 over it:
            if its size changes, the next step of the loop raises `RuntimeError`.

            **Here**

            - Over a copy, changes do no harm: `list(seen)`.

            **Say in the interview**

            It raises even in the last round. New values for keys that are there change
            nothing about the size. To leave elements out, a comprehension that makes a new
            container says it best.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Dictionary view objects](https://docs.python.org/3/library/stdtypes.html#dictionary-view-objects)
        "#]],
    );
}

#[test]
fn what_happens() {
    for (made, head, change, says) in [
        ("[1]", "x in c", "c.$0pop()", ""),
        ("[1]", "x in c", "c.$0pop(0)", "passes over the next one"),
        ("[1]", "i, x in enumerate(c)", "del c$0[i]", "passes over the next one"),
        ("[1]", "i, x in enumerate(c)", "c.$0pop(i)", "passes over the next one"),
        ("[1]", "x in c", "c.$0remove(y)", "if they stand"),
        ("[1]", "x in c", "c.$0append(x)", "reaches what is added"),
        ("[1]", "x in c", "c.$0insert(0, x)", "the current element again"),
        ("[1]", "x in c", "c.$0clear()", "finds nothing more"),
        ("[1]", "x in c", "c.$0sort()", ""),
        ("[1]", "x in c", "c$0[0] = x", ""),
        ("{}", "x in c", "c.$0pop(x)", "step of the loop raises"),
        ("{}", "x in c", "c.$0pop(x, None)", "step of the loop raises"),
        ("{}", "x in c", "c.$0pop(y, None)", "if its size changes"),
        ("{}", "x in c.values()", "c.$0pop(x, None)", "if its size changes"),
        ("{}", "x in c.keys()", "c.$0popitem()", "step of the loop raises"),
        ("{}", "x in c", "c$0[x] = 1", ""),
        ("{}", "x in c", "c.$0get(x)", ""),
        ("{1}", "x in c", "c.$0discard(x)", "step of the loop raises"),
        ("{1}", "x in c", "c.$0discard(y)", "if its size changes"),
        ("{1}", "x in c", "c.$0add(x)", ""),
        ("{1}", "x in c", "c.$0add(f(x))", "if its size changes"),
        ("deque()", "x in c", "c.$0append(x)", "step of the loop raises"),
        ("Counter()", "x in c", "del c$0[x]", "step of the loop raises"),
        ("OrderedDict()", "x in c", "del c$0[x]", ""),
    ] {
        let imports = "from collections import Counter, OrderedDict, deque\n";
        let source =
            format!("{imports}def f(y):\n    c = {made}\n    for {head}:\n        {change}\n");
        if says.is_empty() {
            assert_ne!(card_at(&source), "changed-iterable", "{source}");
        } else {
            let card = snapshot_of(&source).replace('\n', " ").replace("  ", " ");
            assert!(card.contains(says), "{source}{card}");
        }
    }
}

#[test]
fn silent_when_it_does_no_harm() {
    for source in [
        // Left at once.
        "d = {}\nfor k in d:\n    del d$0[k]\n    break\n",
        "def f():\n    d = {}\n    for k in d:\n        if k:\n            d.$0pop(k)\n        return\n",
        "def f():\n    d = {}\n    for k in d:\n        return d.$0pop(k)\n",
        // Over a copy, or another object.
        "d = {}\nfor k in list(d):\n    del d$0[k]\n",
        "d = {}\ne = {}\nfor k in d:\n    del e$0[k]\n",
        "d = {}\nfor k in d.copy():\n    d.$0pop(k)\n",
        // It cannot be told what it is.
        "def f(d):\n    for k in d:\n        d.$0pop(k)\n",
        "d = {}\nd = f()\nfor k in d:\n    d.$0pop(k)\n",
        "for x in y:\n    d = {}\n    d.$0pop(x)\n",
        // Another function, and behind the loop.
        "d = {}\nfor k in d:\n    def f():\n        d.$0pop(k)\n",
        "d = {}\nfor k in d:\n    pass\nelse:\n    d.$0clear()\n",
    ] {
        assert_ne!(card_at(source), "changed-iterable", "{source}");
    }
    // A `break` of an inner loop does not leave the outer one.
    let source = "d = {}\nfor k in d:\n    for x in k:\n        del d$0[k]\n        break\n";
    assert_eq!(card_at(source), "changed-iterable");
}
