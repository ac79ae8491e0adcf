//! Cards about what calls of functions, classes and methods of another file give.

use expect_test::expect;

use super::testing::{check_hover_in, snapshot_in};

const FEED: &str = "//- lib/feed.py
import asyncio
import contextlib

def lines(path):
    with open(path) as file:
        yield from file

async def fetch(url):
    await asyncio.sleep(1)
    return url

async def ready():
    return 1

async def pages(url):
    yield await fetch(url)

@contextlib.contextmanager
def opened():
    yield

@wrap
def wrapped():
    yield

class Client:
    async def get(self, url):
        return await fetch(url)

    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return True

class Special(Client):
    get = None
";

fn of(app: &str) -> String {
    format!("//- app.py\nimport asyncio\nfrom lib.feed import *NAMES*\n{app}{FEED}")
        .replace("*NAMES*", "Client, Special, fetch, lines, opened, pages, ready, wrapped")
}

#[test]
fn a_loop_over_a_generator_of_another_file() {
    check_hover_in(
        &of("f$0or line in lines('a'):\n    print(line)\n"),
        expect![[r#"
        for line in lines('a'):
        ▔▔▔

        Calls `iter` once on `lines('a')`, then `next` before each turn, which binds
        `line`. Each `next` runs the body of `lines`, defined on line 4 of
        `lib/feed.py`, to its next `yield`.

        ```python
        iterator = iter(lines('a'))
        while True:
            try:
                line = next(iterator)
            except StopIteration:
                break
            ...
        ```

        **Say in the interview**

        `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
        So it runs over lists, files, generators and classes of your own alike.

        [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
    "#]],
    );
}

#[test]
fn a_loop_over_an_instance_that_a_name_holds() {
    check_hover_in(
        &of("client = Client()\nf$0or page in client:\n    print(page)\n"),
        expect![[r#"
            for page in client:
            ▔▔▔

            Calls `iter` once on `client`, then `next` before each turn, which binds `page`.
            It reads an instance of `Client`: `__iter__` on line 30 of `lib/feed.py` returns
            the object itself; each turn calls `__next__` on line 33 of `lib/feed.py`.

            ```python
            iterator = iter(client)
            while True:
                try:
                    page = next(iterator)
                except StopIteration:
                    break
                ...
            ```

            **Say in the interview**

            `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
            So it runs over lists, files, generators and classes of your own alike.

            [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
        "#]],
    );
}

#[test]
fn next_of_a_generator_of_another_file() {
    check_hover_in(
        &of("first = ne$0xt(lines('a'))\n"),
        expect![[r#"
        first = next(lines('a'))
                ▔▔▔▔

        Takes one item of `lines('a')`, by calling its `__next__`. It runs `lines`,
        defined on line 4 of `lib/feed.py`, to its next `yield`. If `lines('a')` has
        none, it raises `StopIteration`.

        **Here**

        - `lines('a')` makes a new generator each time, so this is always its first
          item.

        **Say in the interview**

        `next(it, default)` never raises `StopIteration` itself; without a default the
        end is an exception, which `for` catches and you do not.

        [next\(\)](https://docs.python.org/3/library/functions.html#next) · [PEP 479](https://peps.python.org/pep-0479/)
    "#]],
    );
}

#[test]
fn a_loop_over_an_asynchronous_generator_of_another_file() {
    let app = "async def f():\n    a$0sync for page in pages('a'):\n        print(page)\n";
    check_hover_in(
        &of(app),
        expect![[r#"
                async for page in pages('a'):
                ▔▔▔▔▔

            Calls `__aiter__` once on `pages('a')`, then awaits `__anext__` before each
            turn, which binds `page`. Each turn runs the body of `pages`, defined on line 15
            of `lib/feed.py`, to its next `yield`.

            ```python
            iterator = aiter(pages('a'))
            while True:
                try:
                    page = await anext(iterator)
                except StopAsyncIteration:
                    break
                ...
            ```

            **Say in the interview**

            Other tasks run while `__anext__` waits, but the turns of the loop come one
            after the other: an `async for` starts nothing in parallel.

            **Version**

            - 3.10: `contextlib.aclosing`, `aiter()` and `anext()`.

            For Python `3.9`, as no file says which ·
            [The async for statement](https://docs.python.org/3/reference/compound_stmts.html#the-async-for-statement) · [PEP 525](https://peps.python.org/pep-0525/)
        "#]],
    );
    let app = "def f():\n    f$0or page in pages('a'):\n        print(page)\n";
    check_hover_in(
        &of(app),
        expect![[r#"
            for page in pages('a'):
            ▔▔▔

        This fails with `TypeError`: `pages('a')` is asynchronous, and `async for` reads
        it.

        **Say in the interview**

        `for` needs an iterable, asks it for an iterator, and ends on `StopIteration`.
        So it runs over lists, files, generators and classes of your own alike.

        [The for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement) · [Iterator types](https://docs.python.org/3/library/stdtypes.html#iterator-types)
    "#]],
    );
}

#[test]
fn a_coroutine_of_another_file() {
    check_hover_in(
        &of("async def f():\n    page = aw$0ait fetch('a')\n"),
        expect![[r#"
            page = await fetch('a')
                   ▔▔▔▔▔

        `f` runs `fetch` (line 8 of `lib/feed.py`) in its own task, as a call would, and
        goes on with the result. Control goes to the event loop only where `fetch`
        waits: line 9 of `lib/feed.py`.

        **Say in the interview**

        `await` does not start anything in the background. It runs the awaited thing,
        and gives the thread to the event loop only if that has to wait.

        [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
    "#]],
    );
    check_hover_in(
        &of("async def f():\n    aw$0ait ready()\n"),
        expect![[r#"
            await ready()
            ▔▔▔▔▔

        `f` runs `ready` (line 12 of `lib/feed.py`) to its end, as a call would. Nothing
        in it waits, so no other task gets a turn.

        **Say in the interview**

        `await` does not start anything in the background. It runs the awaited thing,
        and gives the thread to the event loop only if that has to wait.

        [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
    "#]],
    );
    check_hover_in(
        &of("asyncio.r$0un(fetch('a'))\n"),
        expect![[r#"
        asyncio.run(fetch('a'))
        ▔▔▔▔▔▔▔▔▔▔▔

        Makes an event loop, runs `fetch` (line 8 of `lib/feed.py`) in it to its end,
        cancels what is left and closes the loop. The calling thread waits until then.

        **Here**

        - It runs on every import of this module, too: nothing guards it with
          `if __name__ == "__main__":`.

        **Say in the interview**

        `asyncio.run` is the one entry from plain code into coroutines, called once,
        near the top of the program. Everything below it runs in one thread.

        **Watch for**

        - `asyncio.run` inside a coroutine (`asyncio-run-in-async`)

        [asyncio.run](https://docs.python.org/3/library/asyncio-runner.html#asyncio.run)
    "#]],
    );
}

#[test]
fn a_method_of_an_instance_of_another_file() {
    let app = "async def f():\n    client = Client()\n    page = aw$0ait client.get('a')\n";
    check_hover_in(
        &of(app),
        expect![[r#"
            page = await client.get('a')
                   ▔▔▔▔▔

        `f` runs `get` (line 27 of `lib/feed.py`) in its own task, as a call would, and
        goes on with the result. Control goes to the event loop only where `get` waits:
        line 28 of `lib/feed.py`.

        **Say in the interview**

        `await` does not start anything in the background. It runs the awaited thing,
        and gives the thread to the event loop only if that has to wait.

        [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
    "#]],
    );
}

#[test]
fn a_block_with_an_instance_that_a_name_holds() {
    check_hover_in(
        &of("client = Client()\nw$0ith client:\n    print(1)\n"),
        expect![[r#"
        with client:
        ▔▔▔▔

        `Client.__enter__` on line 36 of `lib/feed.py` runs, then the block, then
        `Client.__exit__` on line 39 of `lib/feed.py`, however the block ends. **Every
        exception of the block is dropped**: `Client.__exit__` returns a true value on
        line 40 of `lib/feed.py`.

        **Here**

        - `client` is `Client()`, made on line 3.

        ```python
        client.__enter__()
        try:
            ...
        finally:
            client.__exit__(…)  # if true: no exception
        ```

        **Say in the interview**

        A `with` brackets a block: `__enter__` before it, `__exit__` behind it on every
        way out. A true value of `__exit__` drops the exception.

        [The with statement](https://docs.python.org/3/reference/compound_stmts.html#the-with-statement) · [With statement context managers](https://docs.python.org/3/reference/datamodel.html#with-statement-context-managers)
    "#]],
    );
}

#[test]
fn what_is_not_certain_is_not_said() {
    for (app, word) in [
        ("f$0or x in wrapped():\n    print(x)\n", "feed.py"),
        ("async def f(c):\n    aw$0ait c.get('a')\n", "feed.py"),
        ("async def f():\n    c = Client()\n    c.get = g\n    aw$0ait c.get('a')\n", "feed.py"),
        ("async def f():\n    c = Special()\n    aw$0ait c.get('a')\n", "feed.py"),
        ("if x:\n    lines = 1\nf$0or x in lines('a'):\n    print(x)\n", "feed.py"),
        ("async def f(fetch):\n    aw$0ait fetch('a')\n", "feed.py"),
    ] {
        let card = snapshot_in(&of(app));
        assert!(!card.contains(word), "{app}\n{card}");
    }
}
