use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn an_update_in_a_process() {
    check_hover(
        "\
from multiprocessing import Process, Value

def work(counter):
    for _ in range(1000):
        counter.value += 1

if __name__ == \"__main__\":
    hits = Val$0ue(\"i\", 0)
    workers = [Process(target=work, args=(hits,)) for _ in range(4)]
",
        expect![[r#"
                hits = Value("i", 0)
                       ▔▔▔▔▔

            `Value` puts one value of type `"i"` into memory that processes share; a number
            is read and set by `.value`.

            - On line 5 `counter.value` is read and written back in two steps: another
              process may come between, and its change can get lost. Hold the lock around
              it: `with …get_lock():`.

            **Say in the interview**

            Each single read or write is safe; `+=` is a read and a write. The lock of
            `get_lock()` makes one step of them.

            **Watch for**

            - A process gets it as an argument of `Process` or by inheritance; through a
              queue or the methods of a pool it raises `RuntimeError`.

            [Shared ctypes objects](https://docs.python.org/3/library/multiprocessing.html#shared-ctypes-objects)
        "#]],
    );
}

#[test]
fn an_array_with_its_lock() {
    check_hover(
        "\
import multiprocessing

cells = multiprocessing.Ar$0ray(\"d\", 10)

def add(index, amount):
    with cells.get_lock():
        cells[index] += amount

def sloppy(index):
    cells[index] = cells[index] + 1
",
        expect![[r#"
            cells = multiprocessing.Array("d", 10)
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `multiprocessing.Array` puts elements of type `"d"` into memory that processes
            share.

            - On line 10 `cells[index]` is read and written back in two steps: another
              process may come between, and its change can get lost. Hold the lock around
              it: `with …get_lock():`.

            **Here**

            - It is changed under its `get_lock()` on line 7.

            **Say in the interview**

            Each single read or write is safe; `+=` is a read and a write. The lock of
            `get_lock()` makes one step of them.

            **Watch for**

            - A process gets it as an argument of `Process` or by inheritance; through a
              queue or the methods of a pool it raises `RuntimeError`.

            [Shared ctypes objects](https://docs.python.org/3/library/multiprocessing.html#shared-ctypes-objects)
        "#]],
    );
}

#[test]
fn what_may_be_guarded_is_not_told() {
    let lost = |rest: &str| {
        lines(
            &format!(
                "import multiprocessing\nv = multiprocessing.Val$0ue('i', 0)\nlock = multiprocessing.Lock()\n{rest}"
            ),
            &["can get lost"],
        )
    };
    assert!(!lost("def f():\n    v.value += 1\n").is_empty());
    assert_eq!(lost("def f():\n    with lock:\n        v.value += 1\n"), "");
    assert_eq!(lost("def f():\n    lock.acquire()\n    v.value += 1\n"), "");
    assert_eq!(lost("def f(v):\n    v.value += 1\n"), "");
    assert_eq!(lost("def f():\n    v.value = 1\n"), "");
    assert_eq!(lost("v = other\ndef f():\n    v.value += 1\n"), "");
}

#[test]
fn without_a_lock_of_its_own() {
    let source = "import multiprocessing\nv = multiprocessing.Val$0ue('i', 0, lock=False)\ndef f():\n    v.value += 1\n";
    let card = crate::cards::testing::snapshot_of(source);
    assert!(card.contains("lock=False") && !card.contains("around it: `with"), "{card}");
}

#[test]
fn silent() {
    assert_eq!(card_at("from m import *\nv = Val$0ue('i')\n"), "");
    assert_eq!(card_at("from django.db.models import Value\nv = Val$0ue(1)\n"), "");
    assert_eq!(card_at("import multiprocessing\nv = multiprocessing.Val$0ue(*a)\n"), "");
}
