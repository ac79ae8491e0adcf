use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_heap_that_something_else_changes() {
    check_hover(
        "import heapq\n\ntasks = []\nheapq.heap$0push(tasks, (priority, task))\ntasks.append((0, urgent))\nheapq.heappop(tasks)\ntasks.pop()\nprint(tasks[0])\n",
        expect![[r#"
            heapq.heappush(tasks, (priority, task))
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `heapq.heappush` adds an item; the smallest one is at index 0 afterwards. It
            costs `O(log n)`.

            **Here**

            - `tasks` has to be a heap already: empty, sorted or from `heapify`. Nothing
              checks that.
            - Changed on line 5 by other means, which may break the order.
            - Where the first items of pairs such as `(priority, task)` are equal, the
              second ones are compared: a counter in between avoids that.

            **Say in the interview**

            A deque is about its ends, a Counter about numbers. What is taken by priority
            belongs in a heap: in and out for O(log n), without a sorted list. `bisect` is
            for data that is sorted once and searched often.

            [heapq](https://docs.python.org/3/library/heapq.html) · [bisect](https://docs.python.org/3/library/bisect.html)
        "#]],
    );
}

#[test]
fn a_heap_that_is_brought_into_order() {
    check_hover(
        "from heapq import heapify, heappop as take\n\ndef smallest(items):\n    heap = list(items)\n    heap.append(0)\n    heapify(heap)\n    return ta$0ke(heap)\n",
        expect![[r#"
                return take(heap)
                       ▔▔▔▔

            `take` takes the smallest item out; for an empty heap it raises `IndexError`. It
            costs `O(log n)`.

            **Here**

            - `heap` has to be a heap already: empty, sorted or from `heapify`. Nothing
              checks that.
            - Changed on line 5 by other means, which may break the order.
            - Brought into order as a whole on line 6.

            **Say in the interview**

            A deque is about its ends, a Counter about numbers. What is taken by priority
            belongs in a heap: in and out for O(log n), without a sorted list. `bisect` is
            for data that is sorted once and searched often.

            [heapq](https://docs.python.org/3/library/heapq.html) · [bisect](https://docs.python.org/3/library/bisect.html)
        "#]],
    );
}

#[test]
fn a_sorted_list() {
    check_hover(
        "import bisect\n\nscores = [1, 5, 9]\nscores.sort()\nbisect.ins$0ort(scores, 7)\nscores[0] = 100\n",
        expect![[r#"
            bisect.insort(scores, 7)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔

            `bisect.insort` puts an item where it belongs, behind those that equal it: found
            by halving, but all that is behind moves. It costs `O(n)`.

            **Here**

            - `scores` has to be sorted already. Nothing checks that; if it is not, the
              answer may be wrong.
            - Changed on line 6 by other means, which may break the order.
            - Brought into order as a whole on line 4.

            **Say in the interview**

            A deque is about its ends, a Counter about numbers. What is taken by priority
            belongs in a heap: in and out for O(log n), without a sorted list. `bisect` is
            for data that is sorted once and searched often.

            [heapq](https://docs.python.org/3/library/heapq.html) · [bisect](https://docs.python.org/3/library/bisect.html)
        "#]],
    );
    check_hover(
        "import bisect\n\ndef grade(points, limits):\n    return bisect.bise$0ct_right(limits, points)\n",
        expect![[r#"
                return bisect.bisect_right(limits, points)
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `bisect.bisect_right` finds where an item belongs, behind those that equal it,
            by halving. It costs `O(log n)`.

            **Here**

            - `limits` has to be sorted already. Nothing checks that; if it is not, the
              answer may be wrong.

            **Say in the interview**

            A deque is about its ends, a Counter about numbers. What is taken by priority
            belongs in a heap: in and out for O(log n), without a sorted list. `bisect` is
            for data that is sorted once and searched often.

            [heapq](https://docs.python.org/3/library/heapq.html) · [bisect](https://docs.python.org/3/library/bisect.html)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "import heapq\nheapq.heap$0push(*both)\n",
        "import heapq\nheapq.mer$0ge(a, b)\n",
        "def heappush(heap, item): ...\nheapp$0ush([], 1)\n",
        "from queue import heappush\nheapp$0ush([], 1)\n",
    ] {
        assert_ne!(card_at(source), "list-in-order", "{source}");
    }
}

#[test]
fn a_pop_in_front_breaks_a_heap_and_no_sorted_list() {
    let heap = "import heapq\nh = []\nheapq.heap$0push(h, 1)\nh.pop(0)\n";
    assert!(snapshot_of(heap).contains("Changed on line 4"), "{}", snapshot_of(heap));
    let sorted = "import bisect\nh = []\nbisect.ins$0ort(h, 1)\nh.pop(0)\n";
    assert!(!snapshot_of(sorted).contains("Changed on"), "{}", snapshot_of(sorted));
}
