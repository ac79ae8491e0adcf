use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn in_a_module_with_a_logger() {
    check_hover(
        "import logging\n\nlogger = logging.getLogger(__name__)\n\ndef load(path):\n    pr$0int(\"loading\", path)\n",
        expect![[r#"
                print("loading", path)
                ▔▔▔▔▔

            This goes to standard output, past `logger` from line 3: without level, time and
            name of the module.

            **Say in the interview**

            What a program prints is its result; what it says about its work goes to a log.
            Who uses a module decides which of that is shown and where: `print` leaves them
            no choice.

            [Logging HOWTO](https://docs.python.org/3/howto/logging.html#when-to-use-logging)
        "#]],
    );
}

#[test]
fn an_exception_in_a_handler() {
    check_hover(
        "import logging\n\nlog = logging.getLogger(__name__)\n\ndef load(path):\n    try:\n        return open(path)\n    except OSError as error:\n        pri$0nt(error)\n",
        expect![[r#"
                    print(error)
                    ▔▔▔▔▔

            This goes to standard output, past `log` from line 3: without level, time and
            name of the module. `error` is printed without its traceback: the line that
            failed is lost.

            **Here**

            - In the `except` on line 8 `exception()` of the logger keeps the traceback.

            **Say in the interview**

            What a program prints is its result; what it says about its work goes to a log.
            Who uses a module decides which of that is shown and where: `print` leaves them
            no choice.

            [Logging HOWTO](https://docs.python.org/3/howto/logging.html#when-to-use-logging)
        "#]],
    );
}

#[test]
fn silent_where_print_is_meant() {
    let logger = "import logging\nimport sys\nlogger = logging.getLogger(__name__)\n";
    for source in [
        "def load(path):\n    pri$0nt(path)\n".to_owned(),
        format!("{logger}def main():\n    pri$0nt(1)\n"),
        format!("{logger}if __name__ == '__main__':\n    pri$0nt(1)\n"),
        format!("{logger}def report(path):\n    pri$0nt(path, file=sys.stderr)\n"),
        format!("{logger}def report(path):\n    pri$0nt('.', end='')\n"),
        format!("{logger}def print(x): ...\ndef load(path):\n    pri$0nt(path)\n"),
        "logger = make()\ndef load(path):\n    pri$0nt(path)\n".to_owned(),
    ] {
        assert_ne!(card_at(&source), "print-call", "{source}");
    }
}
