use expect_test::expect;

use crate::Settings;
use crate::cards::testing::{card_at, check_hover, snapshot};
use crate::content::testing::builtin;

#[test]
fn pip_by_name() {
    check_hover(
        "import subprocess\nsubprocess.ru$0n([\"pip\", \"install\", name], check=True)\n",
        expect![[r#"
            subprocess.run(["pip", "install", name], check=True)
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            `subprocess.run` starts the first `pip` on `PATH`, which may install for another
            interpreter than this one.

            **Here**

            - The same for the interpreter that runs this code:
              `[sys.executable, "-m", "pip", "install", name]`.

            **Say in the interview**

            `sys.executable` is the interpreter that runs; `sys.executable, "-m", "pip"` is
            its `pip`. Activation only changes `PATH`, and a service, a cron job or an IDE
            may have another one.

            **Watch for**

            - `sys.executable` can be empty or `None` where Python is embedded in another
              program.

            [sys.executable](https://docs.python.org/3/library/sys.html#sys.executable) · [subprocess](https://docs.python.org/3/library/subprocess.html)
        "#]],
    );
}

#[test]
fn python_by_name() {
    check_hover(
        "from subprocess import Popen\nPop$0en(['python3', 'job.py'])\n",
        expect![[r#"
        Popen(['python3', 'job.py'])
        ▔▔▔▔▔

        `Popen` starts the first `python3` on `PATH`, which may be outside the
        environment that runs this.

        **Here**

        - The same for the interpreter that runs this code:
          `[sys.executable, 'job.py']`.

        **Say in the interview**

        `sys.executable` is the interpreter that runs; `sys.executable, "-m", "pip"` is
        its `pip`. Activation only changes `PATH`, and a service, a cron job or an IDE
        may have another one.

        **Watch for**

        - `sys.executable` can be empty or `None` where Python is embedded in another
          program.

        [sys.executable](https://docs.python.org/3/library/sys.html#sys.executable) · [subprocess](https://docs.python.org/3/library/subprocess.html)
    "#]],
    );
}

#[test]
fn through_a_shell() {
    for source in [
        "import os\nos.sys$0tem('pip3 install x')\n",
        "import subprocess\nsubprocess.ca$0ll('pip3 install x', shell=True)\n",
    ] {
        let card = snapshot(builtin(), &Settings::default(), source);
        assert!(card.contains("starts the first `pip3`") && card.contains("shell"), "{card}");
    }
}

#[test]
fn silent_for_anything_else() {
    for source in [
        "import subprocess, sys\nsubprocess.ru$0n([sys.executable, '-m', 'pip'])\n",
        "import subprocess\nsubprocess.ru$0n(['git', 'status'])\n",
        "import subprocess\nsubprocess.ru$0n(['pipenv', 'install'])\n",
        "import subprocess\nsubprocess.ru$0n(['pythonw', 'x'])\n",
        "import subprocess\nsubprocess.ru$0n(['/opt/x/bin/python', 'x'])\n",
        "import subprocess\nsubprocess.ru$0n([f'python{v}', 'x'])\n",
        "import subprocess\nsubprocess.ru$0n(command)\n",
        "import subprocess\nsubprocess.ru$0n(['python'] + rest)\n",
        "import subprocess\nsubprocess.ru$0n('pip install x')\n",
        "import subprocess\nsubprocess.ru$0n(*['pip'])\n",
        "import subprocess\nsubprocess.ru$0n(['python', 'x'], executable=sys.executable)\n",
        "import subprocess\nsubprocess.ru$0n(['python', 'x'], **options)\n",
        "import subprocess\nsubprocess.ru$0n(['python', 'x'], shell=True)\n",
        "from m import subprocess as s\ns.ru$0n(['pip'])\n",
        "def run(x): pass\nru$0n(['pip'])\n",
        "import os\nos.sys$0tem(command)\n",
    ] {
        assert_ne!(card_at(source), "interpreter-call", "{source}");
    }
}
