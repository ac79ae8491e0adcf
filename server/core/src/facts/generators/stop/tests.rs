use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn where_it_goes() {
    check_hover(
        "def f(x):\n    yield x\n    ra$0ise StopIteration\n",
        expect![[r#"
            raise StopIteration
            ▔▔▔▔▔

        Raised in the generator function `f`, `StopIteration` becomes `RuntimeError`.
        Write `return` to end it.

        **Say in the interview**

        Until Python 3.6 a `StopIteration` in a generator ended it silently, and hid
        mistakes; since 3.7 it is a `RuntimeError`.

        **Watch for**

        - `raise StopIteration` in a generator (`stopiteration-in-generator`)

        [PEP 479](https://peps.python.org/pep-0479/)
    "#]],
    );
    check_hover(
        "class C:\n    def __next__(self):\n        raise Stop$0Iteration()\n",
        expect![[r#"
                    raise StopIteration()
                          ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `StopIteration` here ends every loop over an instance of `C`: that is what
            `__next__` is to raise at its end.

            **Say in the interview**

            Until Python 3.6 a `StopIteration` in a generator ended it silently, and hid
            mistakes; since 3.7 it is a `RuntimeError`.

            [PEP 479](https://peps.python.org/pep-0479/)
        "#]],
    );
    check_hover(
        "class C:\n    async def __anext__(self):\n        raise Stop$0Iteration\n",
        expect![[r#"
                    raise StopIteration
                          ▔▔▔▔▔▔▔▔▔▔▔▔▔

            `__anext__` of `C` must raise the other exception at its end; with
            `StopIteration` the loop fails.

            **Say in the interview**

            Until Python 3.6 a `StopIteration` in a generator ended it silently, and hid
            mistakes; since 3.7 it is a `RuntimeError`.

            [PEP 479](https://peps.python.org/pep-0479/)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    for source in [
        "def f():\n    ra$0ise StopIteration\n",
        "def f():\n    yield 1\n    ra$0ise ValueError\n",
        "def f():\n    yield 1\n    ra$0ise\n",
        "def f():\n    try:\n        yield 1\n        ra$0ise StopIteration\n    except StopIteration:\n        pass\n",
        "def f():\n    with a:\n        yield 1\n        ra$0ise StopIteration\n",
        "def f():\n    yield 1\n    ra$0ise StopAsyncIteration\n",
        "class StopIteration(Exception): ...\ndef f():\n    yield 1\n    ra$0ise StopIteration\n",
        "ra$0ise StopIteration\n",
    ] {
        assert_ne!(card_at(source), "stop-iteration", "{source}");
    }
}
