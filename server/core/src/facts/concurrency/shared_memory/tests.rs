use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_block_that_nobody_removes() {
    check_hover(
        "\
from multiprocessing import shared_memory

def make(data):
    block = shared_memory.SharedMem$0ory(create=True, size=len(data))
    block.buf[:len(data)] = data
    block.close()
",
        expect![[r#"
                block = shared_memory.SharedMemory(create=True, size=len(data))
                        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Makes a new block of shared memory of `len(data)` bytes; other processes join it
            by its `name`.

            - Nothing here removes the block of `block`: one process, the last, must call
              `unlink()`.

            **Here**

            - `close()` on line 6 ends the access of this process; the block stays.

            **Say in the interview**

            Processes that share memory copy and pickle nothing, and nothing orders their
            accesses: that takes a lock. Arrays of NumPy can stand on `buf`.

            **Version**

            - 3.13: `track=False` keeps the resource tracker of a process from removing a
              block of others.

            For Python `3.9`, as no file says which ·
            [multiprocessing.shared\_memory](https://docs.python.org/3/library/multiprocessing.shared_memory.html)
        "#]],
    );
}

#[test]
fn a_block_that_is_joined() {
    check_hover(
        "\
from multiprocessing.shared_memory import SharedMemory

def read(name):
    block = SharedMem$0ory(name)
    try:
        return bytes(block.buf)
    finally:
        block.close()
",
        expect![[r#"
                block = SharedMemory(name)
                        ▔▔▔▔▔▔▔▔▔▔▔▔

            It joins the block of shared memory named `name`, made elsewhere.

            **Here**

            - `close()` on line 8 ends the access of this process; the block stays.

            **Say in the interview**

            Processes that share memory copy and pickle nothing, and nothing orders their
            accesses: that takes a lock. Arrays of NumPy can stand on `buf`.

            **Version**

            - 3.13: `track=False` keeps the resource tracker of a process from removing a
              block of others.

            For Python `3.9`, as no file says which ·
            [multiprocessing.shared\_memory](https://docs.python.org/3/library/multiprocessing.shared_memory.html)
        "#]],
    );
}

#[test]
fn what_goes_elsewhere_may_be_closed_there() {
    let never = |rest: &str| {
        lines(
            &format!(
                "from multiprocessing.shared_memory import SharedMemory\ndef f(n):\n    b = SharedMem$0ory(create=True, size=n)\n{rest}"
            ),
            &["Nothing here"],
        )
    };
    assert!(!never("    b.buf[0] = 1\n").is_empty());
    assert_eq!(never("    return b\n"), "");
    assert_eq!(never("    keep(b)\n"), "");
    assert_eq!(never("    later(b.close)\n    later(b.unlink)\n"), "");
    assert_eq!(never("    b.close()\n    b.unlink()\n"), "");
}

#[test]
fn silent() {
    assert_eq!(card_at("from m import *\nb = SharedMem$0ory('x')\n"), "");
    let unsure =
        "from multiprocessing.shared_memory import SharedMemory\nb = SharedMem$0ory('x', flag)\n";
    assert_eq!(card_at(unsure), "");
}
