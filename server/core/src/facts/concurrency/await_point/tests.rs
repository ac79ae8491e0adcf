use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_coroutine_of_the_file() {
    check_hover(
        "\
import asyncio

async def load(x):
    await asyncio.sleep(1)
    return x

async def main():
    a = awai$0t load(1)
    total = a + 1
    print(total)
    b = await load(2)
    return total + b
",
        expect![[r#"
                a = await load(1)
                    ▔▔▔▔▔

            `main` runs `load` (line 3) in its own task, as a call would, and goes on with
            the result. Control goes to the event loop only where `load` waits: line 4.

            **Here**

            - Behind it everything from line 9 to line 10 runs without interruption: no
              other task of the loop comes between.
            - The next place where another task can get a turn is line 11.

            **Say in the interview**

            `await` does not start anything in the background. It runs the awaited thing,
            and gives the thread to the event loop only if that has to wait.

            [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
        "#]],
    );
}

#[test]
fn one_that_never_waits() {
    check_hover(
        "async def one():\n    return 1\n\nasync def main():\n    x = aw$0ait one()\n    return x\n",
        expect![[r#"
                x = await one()
                    ▔▔▔▔▔

            `main` runs `one` (line 1) to its end, as a call would. Nothing in it waits, so
            no other task gets a turn.

            **Here**

            - Behind it line 6 runs without interruption: no other task of the loop comes
              between.

            **Say in the interview**

            `await` does not start anything in the background. It runs the awaited thing,
            and gives the thread to the event loop only if that has to wait.

            [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
        "#]],
    );
}

#[test]
fn known_calls_tasks_and_others() {
    check_hover(
        "import asyncio\nasync def main():\n    for i in range(3):\n        awa$0it asyncio.sleep(0)\n",
        expect![[r#"
                    await asyncio.sleep(0)
                    ▔▔▔▔▔

            `main` stops at `asyncio.sleep(0)`. Until the time is over the event loop runs
            other tasks, with `0` for one round.

            **Here**

            - The loop on line 3 waits in every turn before the next one begins.

            **Say in the interview**

            `await` does not start anything in the background. It runs the awaited thing,
            and gives the thread to the event loop only if that has to wait.

            [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
        "#]],
    );
    check_hover(
        "import asyncio\nasync def f(): ...\nasync def main():\n    t = asyncio.create_task(f())\n    awa$0it t\n",
        expect![[r#"
                await t
                ▔▔▔▔▔

            `main` waits for the task made by `asyncio.create_task(f())` on line 4. Other
            tasks run until it is done; if it is done already, `main` goes straight on.

            **Say in the interview**

            `await` does not start anything in the background. It runs the awaited thing,
            and gives the thread to the event loop only if that has to wait.

            [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
        "#]],
    );
    check_hover(
        "async def main(client):\n    return awa$0it client.get('/')\n",
        expect![[r#"
            return await client.get('/')
                   ▔▔▔▔▔

        `main` stops here until `client.get('/')` has a result. If that has to wait, the
        event loop runs other tasks meanwhile; if not, `main` goes straight on.

        **Say in the interview**

        `await` does not start anything in the background. It runs the awaited thing,
        and gives the thread to the event loop only if that has to wait.

        [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
    "#]],
    );
}

#[test]
fn one_after_the_other() {
    let source = "\
async def main(api):
    user = awa$0it api.user()
    news = await api.news()
    return user, news
";
    check_hover(
        source,
        expect![[r#"
            user = await api.user()
                   ▔▔▔▔▔

        `main` stops here until `api.user()` has a result. If that has to wait, the
        event loop runs other tasks meanwhile; if not, `main` goes straight on.

        **Here**

        - The next place where another task can get a turn is line 3.
        - One after the other: line 3 awaits something that does not use `user`. If the
          two need not follow each other, `asyncio.gather` or a `TaskGroup` lets them
          overlap.

        **Say in the interview**

        `await` does not start anything in the background. It runs the awaited thing,
        and gives the thread to the event loop only if that has to wait.

        [Await expression](https://docs.python.org/3/reference/expressions.html#await-expression) · [Awaitables](https://docs.python.org/3/library/asyncio-task.html#awaitables) · [PEP 492](https://peps.python.org/pep-0492/)
    "#]],
    );
    let one_after_the_other = |source: &str| lines(source, &["One after the other"]);
    // It uses the result, is no call of its own, or does not come next.
    assert_eq!(one_after_the_other(&source.replace("news()", "news(user)")), "");
    assert_eq!(one_after_the_other(&source.replace("user =", "self.user =")), "");
    assert_eq!(one_after_the_other(&source.replace("    news", "    print()\n    news")), "");
    // What is done for its effect may be needed by the next one.
    assert_eq!(one_after_the_other(&source.replace("user =", "")), "");
    assert_eq!(one_after_the_other(&source.replace("news =", "")), "");
}

#[test]
fn where_it_may_not_stand() {
    let message = |source: &str| lines(source, &["SyntaxError"]);
    assert_eq!(
        message("def f():\n    aw$0ait g()\n"),
        "This `await` is a `SyntaxError`: `f` is no `async def`."
    );
    assert!(message("aw$0ait g()\n").contains("in a module"));
    assert!(message("async def f():\n    return lambda: aw$0ait g()\n").contains("a lambda"));
    assert!(
        message("async def f():\n    class C:\n        x = aw$0ait g()\n").contains("in a module")
    );
    assert!(message("async def f():\n    def g(x=aw$0ait h()): ...\n").is_empty());
    assert!(message("def f(x=aw$0ait h()): ...\n").contains("in a module"));
    assert!(message("async def f():\n    return [aw$0ait g(x) for x in y]\n").is_empty());
}

#[test]
fn silent_about_interruption() {
    let free = |source: &str| lines(source, &["without interruption", "comes between"]);
    let body = |text: &str| format!("async def f(a):\n{text}");
    assert!(!free(&body("    x = aw$0ait a()\n    b()\n")).is_empty());
    // The statement itself waits again, or the next one does.
    assert_eq!(free(&body("    x = (aw$0ait a()) + (await a())\n    b()\n")), "");
    assert_eq!(free(&body("    x = aw$0ait a()\n    async with a: ...\n")), "");
    assert_eq!(free(&body("    x = aw$0ait a()\n    [y async for y in a]\n")), "");
    assert_eq!(free(&body("    x = aw$0ait a()\n    def g(x=await a()): ...\n")), "");
    assert_eq!(free(&body("    x = aw$0ait a()\n    yield x\n")), "");
    // A loop comes back to it.
    assert_eq!(free(&body("    while aw$0ait a():\n        b()\n")), "");
}

#[test]
fn silent() {
    // A generator expression runs elsewhere.
    assert_eq!(card_at("async def f():\n    return (aw$0ait g(x) for x in y)\n"), "");
    assert_eq!(card_at("async def f():\n    aw$0ait = (\n"), "");
    // Nothing is known about a function that is decorated or bound twice.
    let runs = |source: &str| lines(source, &["runs `g`"]);
    assert!(!runs("async def g(): ...\nasync def f():\n    aw$0ait g()\n").is_empty());
    assert_eq!(runs("@d\nasync def g(): ...\nasync def f():\n    aw$0ait g()\n"), "");
    assert_eq!(runs("async def g(): ...\ng = h\nasync def f():\n    aw$0ait g()\n"), "");
    assert_eq!(runs("def g(): ...\nasync def f():\n    aw$0ait g()\n"), "");
    assert_eq!(runs("async def g(): ...\nasync def f(g):\n    aw$0ait g()\n"), "");
    // `sleep` of another module.
    assert_eq!(
        lines("from trio import sleep\nasync def f():\n    aw$0ait sleep(1)\n", &["is over"]),
        ""
    );
}
