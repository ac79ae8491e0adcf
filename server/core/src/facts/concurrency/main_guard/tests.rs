use expect_test::expect;

use super::super::testing::lines;
use crate::cards::testing::{card_at, check_hover};

#[test]
fn with_processes() {
    check_hover(
        "\
from multiprocessing import Process

def main():
    Process(target=print).start()

i$0f __name__ == \"__main__\":
    main()
    print(\"done\")
",
        expect![[r#"
            if __name__ == "__main__":
            ▔▔

            The block (line 7 to line 8) runs when this file is started as the program, not
            when it is imported.

            - This file makes processes on line 4. With `spawn` and `forkserver` each child
              imports it as `__mp_main__`: there this block does not run again.

            **Here**

            - Everything above runs in both cases; functions and classes must be defined
              there, so that an import, and a child process, find them.

            **Say in the interview**

            The guard separates a module's definitions from what the program does. For
            `multiprocessing` it is a must: Windows and macOS spawn, and since 3.14 Linux
            uses `forkserver`.

            **Watch for**

            - Processes started on import (`missing-main-guard`)

            [\_\_main\_\_](https://docs.python.org/3/library/__main__.html) · [Safe importing of main module](https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods)
        "#]],
    );
}

#[test]
fn a_process_outside() {
    check_hover(
        "\
from concurrent.futures import ProcessPoolExecutor

pool = ProcessPoolExecutor()

if __name__ == \"__ma$0in__\":
    pool.submit(print)
",
        expect![[r#"
            if __name__ == "__main__":
               ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            The block (line 6) runs when this file is started as the program, not when it is
            imported.

            - The process made on line 3 is not guarded: a child that imports this file
              comes there again, and starting a process there raises `RuntimeError`.

            **Here**

            - Everything above runs in both cases; functions and classes must be defined
              there, so that an import, and a child process, find them.

            **Say in the interview**

            The guard separates a module's definitions from what the program does. For
            `multiprocessing` it is a must: Windows and macOS spawn, and since 3.14 Linux
            uses `forkserver`.

            **Watch for**

            - Processes started on import (`missing-main-guard`)

            [\_\_main\_\_](https://docs.python.org/3/library/__main__.html) · [Safe importing of main module](https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods)
        "#]],
    );
}

#[test]
fn without_processes() {
    check_hover(
        "\
i$0f __name__ == \"__main__\":
    print(1)
",
        expect![[r#"
            if __name__ == "__main__":
            ▔▔

            The block (line 2) runs when this file is started as the program, not when it is
            imported.

            **Here**

            - Everything above runs in both cases; functions and classes must be defined
              there, so that an import, and a child process, find them.

            **Say in the interview**

            The guard separates a module's definitions from what the program does. For
            `multiprocessing` it is a must: Windows and macOS spawn, and since 3.14 Linux
            uses `forkserver`.

            **Watch for**

            - Processes started on import (`missing-main-guard`)

            [\_\_main\_\_](https://docs.python.org/3/library/__main__.html) · [Safe importing of main module](https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods)
        "#]],
    );
}

#[test]
fn silent() {
    assert_eq!(card_at("i$0f __name__ == 'main':\n    f()\n"), "");
    assert_eq!(card_at("i$0f __name__ != '__main__':\n    f()\n"), "");
    assert_eq!(card_at("i$0f __name__ == '__main__' and x:\n    f()\n"), "");
    assert_eq!(card_at("def f():\n    i$0f __name__ == '__main__':\n        g()\n"), "");
    assert_eq!(card_at("__name__ = 'x'\ni$0f __name__ == '__main__':\n    g()\n"), "");
    assert_eq!(card_at("if __name__ == '__main__':\n    f($0)\n"), "");
    let part = |rest: &str| {
        lines(
            &format!("{rest}\ni$0f __name__ == '__main__':\n    f()\n"),
            &["processes on", "process made"],
        )
    };
    assert_eq!(part("from m import *\nProcess(target=f)"), "");
    assert_eq!(part("from psutil import Process\nProcess()"), "");
}
