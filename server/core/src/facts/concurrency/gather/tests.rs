use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn results_in_order() {
    check_hover(
        "\
import asyncio, time

async def user():
    await asyncio.sleep(1)

async def news():
    time.sleep(1)

async def main():
    a, b = await asyncio.gath$0er(user(), news())
",
        expect![[r#"
                a, b = await asyncio.gather(user(), news())
                             ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Runs `user()`, `news()` as tasks in turns; awaited, it gives a list of their
            results in this order.

            - `news` does not overlap with the others: `time.sleep(1)` on line 7 blocks the
              event loop.
            - `news` never waits, so each call of it runs to its end in one go.

            **Here**

            - `a` gets the result of `user()`.
            - `b` gets the result of `news()`.
            - The first exception is raised to whoever awaits this; the other tasks run on.

            **Say in the interview**

            `gather` is for results in order. For tasks that belong together prefer a
            `TaskGroup`: when one fails it cancels and awaits the others.

            **Watch for**

            - All requests at once (`gather-unbounded`)
            - It starts all at once: limit them with a semaphore or a queue of work.

            **Version**

            - 3.11: `asyncio.TaskGroup`.

            For Python `3.9`, as no file says which ·
            [asyncio.gather](https://docs.python.org/3/library/asyncio-task.html#asyncio.gather) · [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups)
        "#]],
    );
}

#[test]
fn one_for_each() {
    check_hover(
        "\
import asyncio

async def main(pages):
    return await asyncio.gath$0er(*(fetch(p) for p in pages), return_exceptions=True)
",
        expect![[r#"
                return await asyncio.gather(*(fetch(p) for p in pages), return_exceptions=True)
                             ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Makes a task of each `fetch(p)`; awaited, it gives a list of the results in the
            order of the iterable, not in that of completion.

            **Here**

            - `return_exceptions=True`: exceptions stand in the list among the results. Look
              at each, or errors go unnoticed.

            **Say in the interview**

            `gather` is for results in order. For tasks that belong together prefer a
            `TaskGroup`: when one fails it cancels and awaits the others.

            **Watch for**

            - All requests at once (`gather-unbounded`)
            - It starts all at once: limit them with a semaphore or a queue of work.

            **Version**

            - 3.11: `asyncio.TaskGroup`.

            For Python `3.9`, as no file says which ·
            [asyncio.gather](https://docs.python.org/3/library/asyncio-task.html#asyncio.gather) · [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups)
        "#]],
    );
}

#[test]
fn dropped() {
    check_hover(
        "\
import asyncio

async def main(jobs):
    asyncio.gath$0er(*jobs)
",
        expect![[r#"
                asyncio.gather(*jobs)
                ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            Runs everything in `jobs` as tasks in turns; awaited, it gives a list of the
            results in that order.

            - The result is neither awaited nor kept: nothing waits for the tasks, and
              nothing handles their exceptions.

            **Here**

            - The first exception is raised to whoever awaits this; the other tasks run on.

            **Say in the interview**

            `gather` is for results in order. For tasks that belong together prefer a
            `TaskGroup`: when one fails it cancels and awaits the others.

            **Watch for**

            - All requests at once (`gather-unbounded`)
            - It starts all at once: limit them with a semaphore or a queue of work.

            **Version**

            - 3.11: `asyncio.TaskGroup`.

            For Python `3.9`, as no file says which ·
            [asyncio.gather](https://docs.python.org/3/library/asyncio-task.html#asyncio.gather) · [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups)
        "#]],
    );
}

#[test]
fn silent() {
    let card = |call: &str| card_at(&format!("import asyncio\nasync def f(a):\n    {call}\n"));
    assert_eq!(card("await asyncio.gath$0er()"), "");
    assert_eq!(card("await asyncio.gath$0er(a(), *b)"), "");
    assert_eq!(card("await asyncio.gath$0er(**a)"), "");
    assert_eq!(card("await a.gath$0er(b())"), "");
    assert_eq!(card("asyncio = a; await asyncio.gath$0er(b())"), "");
}

#[test]
fn what_is_not_certain_is_left_out() {
    let part = |call: &str, word: &str| {
        lines(&format!("import asyncio\nasync def f(a):\n    {call}\n"), &[word])
    };
    // Targets that may take the list apart in another way.
    assert_eq!(part("x, *y = await asyncio.gath$0er(a(), b())", "gets the result"), "");
    assert_eq!(part("x = await asyncio.gath$0er(a(), b())", "gets the result"), "");
    assert_eq!(part("x, y = asyncio.gath$0er(a(), b())", "gets the result"), "");
    // Whether it raises.
    assert_eq!(
        part("await asyncio.gath$0er(a(), b(), return_exceptions=a)", "first exception"),
        ""
    );
    assert_eq!(part("await asyncio.gath$0er(a(), b(), return_exceptions=a)", "stand in"), "");
    assert_eq!(part("x = asyncio.gath$0er(a(), b())", "neither"), "");
}
