use expect_test::expect;

use super::super::testing::{lines, lines_with};
use crate::Settings;
use crate::cards::testing::{card_at, check_hover};
use crate::version::PythonVersion;

#[test]
fn its_tasks() {
    check_hover(
        "\
import asyncio

async def load(x):
    await asyncio.sleep(x)

async def main():
    try:
        async with asyncio.TaskGr$0oup() as tg:
            a = tg.create_task(load(1))
            b = tg.create_task(load(2))
    except ValueError:
        pass
    return a.result() + b.result()
",
        expect![[r#"
                    async with asyncio.TaskGroup() as tg:
                               ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            The block ends (line 10) when all tasks of `tg` are done; if one fails, the
            others are cancelled and awaited.

            - `load(1)` on line 9 becomes a task.
            - `load(2)` on line 10 becomes a task.
            - Not on Python `3.9`: `TaskGroup` is new in 3.11.
            - The `except` for `ValueError` on line 11 does not see an error of the tasks:
              it arrives in an `ExceptionGroup`. Write `except*`.

            **Here**

            - Behind the block of `tg`, each task that was kept has its `result()`.

            **Say in the interview**

            A task group is structured concurrency: no task outlives the block, and no
            exception is lost. Several errors come together, in an `ExceptionGroup`.

            **Version**

            - 3.15: `TaskGroup.cancel()` ends the whole group early.

            For Python `3.9`, as no file says which ·
            [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups) · [PEP 654: exception groups](https://peps.python.org/pep-0654/)
        "#]],
    );
}

#[test]
fn a_plain_with() {
    check_hover(
        "\
import asyncio

def main():
    with asyncio.TaskGr$0oup() as tg:
        pass
",
        expect![[r#"
                with asyncio.TaskGroup() as tg:
                     ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `with` on a task group fails: it needs `async with`.

            **Say in the interview**

            A task group is structured concurrency: no task outlives the block, and no
            exception is lost. Several errors come together, in an `ExceptionGroup`.

            **Version**

            - 3.15: `TaskGroup.cancel()` ends the whole group early.

            For Python `3.9`, as no file says which ·
            [Task groups](https://docs.python.org/3/library/asyncio-task.html#task-groups) · [PEP 654: exception groups](https://peps.python.org/pep-0654/)
        "#]],
    );
}

#[test]
fn versions() {
    let source = "import asyncio\nasync def f():\n    async with asyncio.TaskGr$0oup() as g: ...\n";
    let old = |minor| {
        let settings = Settings { target: PythonVersion::py3(minor), ..Settings::default() };
        lines_with(&settings, source, &["new in 3.11"])
    };
    assert!(old(10).contains("Not on Python `3.10`"));
    assert_eq!(old(11), "");
}

#[test]
fn silent() {
    // Not entered here.
    assert_eq!(card_at("import asyncio\ntg = asyncio.TaskGr$0oup()\n"), "");
    assert_ne!(
        card_at("import anyio\nasync def f():\n    async with anyio.TaskGr$0oup(): ...\n"),
        "task-group"
    );
    assert_ne!(
        card_at("class TaskGroup: ...\nasync def f():\n    async with TaskGr$0oup(): ...\n"),
        "task-group"
    );
    let missed = |clause: &str| {
        let source = format!(
            "import asyncio\nasync def f():\n    try:\n        async with asyncio.TaskGr$0oup():\n            \
             await g()\n    {clause}\n        pass\n"
        );
        lines(&source, &["does not see"])
    };
    assert!(!missed("except (OSError, KeyError) as e:").is_empty());
    assert_eq!(missed("except Exception:"), "");
    assert_eq!(missed("except ExceptionGroup:"), "");
    assert_eq!(missed("except* ValueError:"), "");
    assert_eq!(missed("except MyError:"), "");
    assert_eq!(missed("except KeyboardInterrupt:"), "");
}
