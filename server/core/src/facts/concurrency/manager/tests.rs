use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_change_inside_an_item_is_lost() {
    check_hover(
        "\
from multiprocessing import Manager, Process

def work(found, name):
    found[name] = []
    found[name].append(1)
    found[\"count\"] += 1

if __name__ == \"__main__\":
    with Manager() as manager:
        shared = manager.di$0ct()
        Process(target=work, args=(shared, \"a\")).start()
",
        expect![[r#"
                    shared = manager.dict()
                             ▔▔▔▔▔▔▔▔▔▔▔▔

            `manager.dict()` makes a dictionary in the manager's process; what is here is a
            proxy, and each use of it is a message there and back.

            - What stands on line 5 changes a copy of the item that came in a message; the
              manager keeps the old one, unless the item is a proxy itself. Assign the
              changed item again.
            - What stands on line 6 is not one step: the item is fetched, changed and sent
              back, and another process may come between. Hold a lock around it.

            **Say in the interview**

            A manager shares any objects, also between machines, and is slow; `Value`,
            `Array` and `SharedMemory` share raw memory and are fast. Handing results over
            in a queue often needs neither.

            **Watch for**

            - When the manager is shut down, at the end of its `with` or when it is
              collected, every proxy fails.

            [Managers](https://docs.python.org/3/library/multiprocessing.html#managers) · [Proxy objects](https://docs.python.org/3/library/multiprocessing.html#proxy-objects)
        "#]],
    );
}

#[test]
fn the_manager_itself() {
    check_hover(
        "\
import multiprocessing

def main():
    with multiprocessing.Mana$0ger() as manager:
        rows = manager.list()
        return list(rows)
",
        expect![[r#"
                with multiprocessing.Manager() as manager:
                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `multiprocessing.Manager()` starts a process of its own that keeps objects for
            others; what it makes are proxies, and each use of one is a message to that
            process and back.

            **Here**

            - It makes what is shared on line 5.

            **Say in the interview**

            A manager shares any objects, also between machines, and is slow; `Value`,
            `Array` and `SharedMemory` share raw memory and are fast. Handing results over
            in a queue often needs neither.

            **Watch for**

            - When the manager is shut down, at the end of its `with` or when it is
              collected, every proxy fails.

            [Managers](https://docs.python.org/3/library/multiprocessing.html#managers) · [Proxy objects](https://docs.python.org/3/library/multiprocessing.html#proxy-objects)
        "#]],
    );
}

#[test]
fn plain_changes_are_fine() {
    let lost = |rest: &str| {
        lines(
            &format!(
                "import multiprocessing\nm = multiprocessing.Manager()\nd = m.li$0st()\n{rest}"
            ),
            &["changes a copy", "not one step"],
        )
    };
    assert!(!lost("d[0].append(1)\n").is_empty());
    assert_eq!(lost("d[0] = 1\nd.append(2)\nd[0].count(1)\n"), "");
    assert_eq!(lost("def f(d):\n    d[0].append(1)\n"), "");
    assert_eq!(lost("with lock:\n    d[0] += 1\n"), "");
}

#[test]
fn silent() {
    assert_eq!(card_at("def f(m):\n    d = m.di$0ct()\n"), "");
    assert_eq!(card_at("from m import *\nwith Mana$0ger() as m: ...\n"), "with-item");
    assert_eq!(
        card_at("import multiprocessing\nm = multiprocessing.Manager()\nm = x\nd = m.di$0ct()\n"),
        ""
    );
}
