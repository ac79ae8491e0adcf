use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn kept_and_awaited() {
    check_hover(
        "\
import asyncio

async def work(n):
    await asyncio.sleep(n)

async def main():
    task = asyncio.create_ta$0sk(work(1))
    print(\"meanwhile\")
    await task
",
        expect![[r#"
                task = asyncio.create_task(work(1))
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Makes a task that runs `work` (line 3), and goes on at once: the task gets its
            first turn when `main` gives control to the event loop.

            **Here**

            - Kept as `task`, awaited on line 9: there its result or its exception arrives.

            **Say in the interview**

            A task is a coroutine that the event loop runs in turns with others. Keep a
            reference and await it, or use a `TaskGroup`, which does both.

            **Version**

            - 3.12: with `asyncio.eager_task_factory` a task runs at once until it first
              waits.

            For Python `3.9`, as no file says which ·
            [asyncio.create\_task](https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task) · [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups)
        "#]],
    );
}

#[test]
fn dropped() {
    check_hover(
        "\
import asyncio

async def work():
    await asyncio.sleep(1)

async def main():
    asyncio.create_ta$0sk(work())
",
        expect![[r#"
                asyncio.create_task(work())
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Makes a task that runs `work` (line 3), and goes on at once: the task gets its
            first turn when `main` gives control to the event loop.

            - Nothing keeps the task. The event loop holds it by a weak reference, so it may
              vanish before it is done; an exception in it is only logged.

            **Say in the interview**

            A task is a coroutine that the event loop runs in turns with others. Keep a
            reference and await it, or use a `TaskGroup`, which does both.

            **Watch for**

            - Task that nobody keeps (`dangling-task`)

            **Version**

            - 3.12: with `asyncio.eager_task_factory` a task runs at once until it first
              waits.

            For Python `3.9`, as no file says which ·
            [asyncio.create\_task](https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task) · [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups)
        "#]],
    );
}

#[test]
fn in_a_group() {
    check_hover(
        "\
import asyncio

async def main(work):
    async with asyncio.TaskGroup() as tg:
        tg.create_ta$0sk(work(1))
",
        expect![[r#"
                    tg.create_task(work(1))
                    ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Makes a task that runs `work(1)`, and goes on at once: the task gets its first
            turn when `main` gives control to the event loop.

            **Here**

            - `tg` waits for it at the end of its block, and cancels it if another task
              fails.

            **Say in the interview**

            A task is a coroutine that the event loop runs in turns with others. Keep a
            reference and await it, or use a `TaskGroup`, which does both.

            **Version**

            - 3.12: with `asyncio.eager_task_factory` a task runs at once until it first
              waits.

            For Python `3.9`, as no file says which ·
            [asyncio.create\_task](https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task) · [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups)
        "#]],
    );
}

#[test]
fn never_used() {
    check_hover(
        "\
import asyncio, time

async def work():
    time.sleep(5)

async def main():
    task = asyncio.create_ta$0sk(work())
",
        expect![[r#"
                task = asyncio.create_task(work())
                       ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Makes a task that runs `work` (line 3), and goes on at once: the task gets its
            first turn when `main` gives control to the event loop.

            - `time.sleep(5)` on line 4 blocks the event loop while the task runs.

            **Here**

            - Nothing is done with `task`: it keeps the task while `main` runs, and an
              exception in the task is only logged.

            **Say in the interview**

            A task is a coroutine that the event loop runs in turns with others. Keep a
            reference and await it, or use a `TaskGroup`, which does both.

            **Version**

            - 3.12: with `asyncio.eager_task_factory` a task runs at once until it first
              waits.

            For Python `3.9`, as no file says which ·
            [asyncio.create\_task](https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task) · [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups)
        "#]],
    );
}

#[test]
fn not_called() {
    check_hover(
        "\
import asyncio

async def work(): ...

async def main():
    asyncio.create_ta$0sk(work)
",
        expect![[r#"
                asyncio.create_task(work)
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Fails: `work` is not called. A task is made of a coroutine, the result of the
            call.

            **Say in the interview**

            A task is a coroutine that the event loop runs in turns with others. Keep a
            reference and await it, or use a `TaskGroup`, which does both.

            **Version**

            - 3.12: with `asyncio.eager_task_factory` a task runs at once until it first
              waits.

            For Python `3.9`, as no file says which ·
            [asyncio.create\_task](https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task) · [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups)
        "#]],
    );
}

#[test]
fn silent() {
    let card = |rest: &str| card_at(&format!("import asyncio\n{rest}"));
    // A loop or a group that is not known.
    assert_eq!(card("async def f(loop):\n    loop.create_ta$0sk(g())\n"), "");
    assert_eq!(card("async def f(create_task):\n    create_ta$0sk(g())\n"), "");
    assert_eq!(card("async def f():\n    asyncio.create_ta$0sk(*g)\n"), "");
    // Outside of a function there is nothing that waits.
    assert_eq!(card("asyncio.create_ta$0sk(g())\n"), "");
}

#[test]
fn what_is_not_certain_is_left_out() {
    let part = |rest: &str, word: &str| {
        lines(&format!("import asyncio\nasync def f(s, g):\n    {rest}\n"), &[word])
    };
    // Something keeps it.
    assert_eq!(part("s.add(asyncio.create_ta$0sk(g()))", "Nothing keeps"), "");
    assert_eq!(part("return asyncio.create_ta$0sk(g())", "Nothing keeps"), "");
    assert_eq!(part("t = asyncio.create_ta$0sk(g()); s.add(t)", "Nothing is done"), "");
    assert_eq!(part("s.t = asyncio.create_ta$0sk(g())", "Nothing is done"), "");
    assert_eq!(part("global t; t = asyncio.create_ta$0sk(g())", "Nothing is done"), "");
    assert_eq!(part("t = 1; t = asyncio.create_ta$0sk(g())", "Nothing is done"), "");
}
