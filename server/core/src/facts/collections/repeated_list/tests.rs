use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_grid() {
    check_hover(
        "def board(rows, columns):\n    grid = [[0] * columns] $0* rows\n    grid[0][1] = 2\n    grid[1] = []\n    grid[0].append(3)\n    return grid\n",
        expect![[r#"
                grid = [[0] * columns] * rows
                                       ▔

            All `rows` places of `[[0] * columns] * rows` hold **the same** `list`:
            `[0] * columns` is evaluated once.

            **Here**

            - Changed through `grid` on lines 3, 5: the change shows in every place.
            - A new one for each place: `[[0] * columns for _ in range(rows)]`.

            **Say in the interview**

            `*` copies references, not objects. That is harmless for numbers and strings,
            which cannot change.

            [Common sequence operations, note 2](https://docs.python.org/3/library/stdtypes.html#common-sequence-operations) · [How do I create a multidimensional list?](https://docs.python.org/3/faq/programming.html#how-do-i-create-a-multidimensional-list)
        "#]],
    );
}

#[test]
fn dictionaries_and_the_number_in_front() {
    check_hover(
        "slots = 3 * $0[{}]\n",
        expect![[r#"
        slots = 3 * [{}]
                    ▔

        All `3` places of `3 * [{}]` hold **the same** `dict`: `{}` is evaluated once.

        **Here**

        - A new one for each place: `[{} for _ in range(3)]`.

        **Say in the interview**

        `*` copies references, not objects. That is harmless for numbers and strings,
        which cannot change.

        [Common sequence operations, note 2](https://docs.python.org/3/library/stdtypes.html#common-sequence-operations) · [How do I create a multidimensional list?](https://docs.python.org/3/faq/programming.html#how-do-i-create-a-multidimensional-list)
    "#]],
    );
}

#[test]
fn what_is_repeated() {
    for (expression, says) in [
        ("$0[set()] * n", "same** `set`: `set()`"),
        ("$0[[]] * n", "`[[] for _ in range(n)]`"),
        ("$0[list(x)] * (a + b)", "`[list(x) for _ in range((a + b))]`"),
    ] {
        let card = snapshot_of(&format!("def f(n, a, b, x):\n    return {expression}\n"));
        assert!(card.contains(says), "{card}");
    }
    let card = snapshot_of("def f(n, _):\n    return $0[[_]] * n\n");
    assert!(card.contains("same** `list`") && !card.contains("range"), "{card}");
    let card = snapshot_of("def range(n): ...\nxs = $0[[]] * 5\n");
    assert!(card.contains("same** `list`") && !card.contains("range"), "{card}");
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "xs = $0[0] * 5\n",
        "xs = $0[None] * n\n",
        "xs = $0[()] * n\n",
        "xs = $0[row] * n\n",
        "xs = $0[[]] * 1\n",
        "xs = $0[[], []] * 2\n",
        "xs = $0[*rows] * 2\n",
        "xs = $0[[]] + other\n",
        "def set(): return 1\nxs = $0[set()] * 2\n",
        "rows = []\nxs = $0[rows] * 2\n",
    ] {
        assert_eq!(card_at(source), "", "{source}");
    }
}
