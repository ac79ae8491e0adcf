use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_queue() {
    check_hover(
        "def search(start):\n    todo = $0[start]\n    while todo:\n        node = todo.pop(0)\n        todo.append(node.next)\n    print(todo[1:])\n",
        expect![[r#"
                todo = [start]
                       ▔

            `todo` is a queue, first in, first out: filled on line 5, emptied on line 4.
            Each time on line 4 moves all other elements: O(n).

            **Here**

            - With a `deque` in its place: `append` and `popleft`, O(1) each.
            - What a `deque` cannot do stands on line 6.

            **Say in the interview**

            A list is cheap at its end alone, so it makes a good stack. A `deque` is cheap
            at both ends.

            **Watch for**

            - List used as a queue (`list-as-queue`)

            [Using lists as queues](https://docs.python.org/3/tutorial/datastructures.html#using-lists-as-queues) · [collections.deque](https://docs.python.org/3/library/collections.html#collections.deque)
        "#]],
    );
}

#[test]
fn a_stack() {
    check_hover(
        "stack = $0[]\nstack.append(1)\nprint(stack[-1])\nprint(stack.pop())\n",
        expect![[r#"
            stack = []
                    ▔

            `stack` is a stack, last in, first out: filled on line 2, emptied on line 4.

            **Say in the interview**

            A list is cheap at its end alone, so it makes a good stack. A `deque` is cheap
            at both ends.

            **Watch for**

            - List used as a queue (`list-as-queue`)

            [Using lists as queues](https://docs.python.org/3/tutorial/datastructures.html#using-lists-as-queues) · [collections.deque](https://docs.python.org/3/library/collections.html#collections.deque)
        "#]],
    );
}

#[test]
fn both_ends() {
    for (uses, says) in [
        ("q.insert(0, x)\nq.pop()\n", "`appendleft` and `pop`, O(1)"),
        ("q.insert(0, x)\nq.pop(0)\n", "`appendleft` and `popleft`, O(1)"),
        ("q.append(x)\nq.pop(0)\nq.pop(1)\n", "cannot do stands on line 4"),
    ] {
        let card = snapshot_of(&format!("q = $0[]\n{uses}"));
        assert!(card.contains(says), "{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "q = $0[]\nq.append(x)\n",
        "q = $0[]\nq.append(x)\nq.pop()\nq.pop(0)\n",
        "q = $0[]\nq.append(x)\nq.pop(0)\nq = other\n",
        "q = $0[]\nq.append(x)\nq.pop(0)\nshuffle(q)\n",
        "q = $0[]\nq.append(x)\nq.pop(0)\nq.sort()\n",
        "f($0[])\n",
        "q = r = $0[]\nq.append(x)\nr.pop(0)\n",
        "class q:\n    append = pop = None\nq.append($0[])\nq.pop(0)\n",
    ] {
        assert_ne!(card_at(source), "list-queue", "{source}");
    }
}
