use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn formatted_too_early() {
    check_hover(
        "import logging\nlog = logging.getLogger(__name__)\nlog.in$0fo(f\"user {user.name} has {n}\")\n",
        expect![[r#"
            log.info(f"user {user.name} has {n}")
                ▔▔▔▔

            `log.info` formats `f"user {user.name} has {n}"` first, whether `INFO` is logged
            or not.

            **Here**

            - `log.info("user %s has %s", user.name, n)` formats only what is logged.
            - The logger is `logging.getLogger(__name__)`.

            **Say in the interview**

            Pass the values as arguments, so that formatting waits until the level is known
            to be logged, and messages of one place stay alike.

            [Logger.debug](https://docs.python.org/3/library/logging.html#logging.Logger.debug) · [Logger.exception](https://docs.python.org/3/library/logging.html#logging.Logger.exception)
        "#]],
    );
    check_hover(
        "import logging\nlogging.de$0bug(\"x %s\" % x)\n",
        expect![[r#"
        logging.debug("x %s" % x)
                ▔▔▔▔▔

        `logging.debug` formats `"x %s" % x` first, whether `DEBUG` is logged or not.

        **Here**

        - It goes to the root logger, not to one of this module.

        **Say in the interview**

        Pass the values as arguments, so that formatting waits until the level is known
        to be logged, and messages of one place stay alike.

        [Logger.debug](https://docs.python.org/3/library/logging.html#logging.Logger.debug) · [Logger.exception](https://docs.python.org/3/library/logging.html#logging.Logger.exception)
    "#]],
    );
    check_hover(
        "import logging\nlog = logging.getLogger(__name__)\nlog.war$0ning(\"{} left\".format(n), extra=e)\n",
        expect![[r#"
            log.warning("{} left".format(n), extra=e)
                ▔▔▔▔▔▔▔

            `log.warning` formats `"{} left".format(n)` first, whether `WARNING` is logged
            or not.

            **Here**

            - The logger is `logging.getLogger(__name__)`.

            **Say in the interview**

            Pass the values as arguments, so that formatting waits until the level is known
            to be logged, and messages of one place stay alike.

            [Logger.debug](https://docs.python.org/3/library/logging.html#logging.Logger.debug) · [Logger.exception](https://docs.python.org/3/library/logging.html#logging.Logger.exception)
        "#]],
    );
}

#[test]
fn tracebacks() {
    check_hover(
        "import logging\nlog = logging.getLogger(__name__)\ntry:\n    a()\nexcept OSError:\n    log.exc$0eption(\"failed\")\n",
        expect![[r#"
                log.exception("failed")
                    ▔▔▔▔▔▔▔▔▔

            `log.exception` logs at `ERROR`, with the traceback of the exception caught on
            line 5.

            **Here**

            - The logger is `logging.getLogger(__name__)`.

            **Say in the interview**

            Pass the values as arguments, so that formatting waits until the level is known
            to be logged, and messages of one place stay alike.

            [Logger.debug](https://docs.python.org/3/library/logging.html#logging.Logger.debug) · [Logger.exception](https://docs.python.org/3/library/logging.html#logging.Logger.exception)
        "#]],
    );
    check_hover(
        "import logging\nlog = logging.getLogger(__name__)\ntry:\n    a()\nexcept OSError as e:\n    log.er$0ror(\"failed: %s\", e)\n",
        expect![[r#"
                log.error("failed: %s", e)
                    ▔▔▔▔▔

            `log.error` logs no traceback: that of the exception caught on line 5 needs
            `exc_info=True`, or `exception()`.

            **Here**

            - The logger is `logging.getLogger(__name__)`.

            **Say in the interview**

            Pass the values as arguments, so that formatting waits until the level is known
            to be logged, and messages of one place stay alike.

            [Logger.debug](https://docs.python.org/3/library/logging.html#logging.Logger.debug) · [Logger.exception](https://docs.python.org/3/library/logging.html#logging.Logger.exception)
        "#]],
    );
}

#[test]
fn silent_where_nothing_is_to_be_said() {
    for source in [
        "import logging\nlog = logging.getLogger(__name__)\nlog.in$0fo(\"user %s\", name)\n",
        "import logging\nlog = logging.getLogger(__name__)\nlog.in$0fo(message)\n",
        "import logging\nlog = logging.getLogger(__name__)\ntry:\n    a()\nexcept E:\n    log.er$0ror(\"failed\", exc_info=True)\n",
        "def f(log):\n    log.in$0fo(f\"{x}\")\n",
        "import logging\nlog = logging.getLogger(__name__)\nlog = other\nlog.in$0fo(f\"{x}\")\n",
        "from m import logging\nlogging.in$0fo(f\"{x}\")\n",
        "import logging\nlog = logging.getLogger(__name__)\nlog.setL$0evel(f\"{x}\")\n",
        "import logging\nlog = logging.getLogger(__name__)\nlog.in$0fo(f\"plain\")\n",
        "import logging\nlog = logging.getLogger(__name__)\ntry:\n    a()\nexcept E:\n    def f(): log.er$0ror(\"x\")\n",
        "import math\nmath.lo$0g(f\"{x}\")\n",
    ] {
        assert_ne!(card_at(source), "logging-call", "{source}");
    }
}

/// What cannot be written with `%s` and the same value gets no proposal.
#[test]
fn only_plain_values_become_arguments() {
    for message in
        ["f\"{x!r}\"", "f\"{x:>5}\"", "f\"{x=}\"", "f\"100% {x}\"", "rf\"{x}\"", "f\"{{}} {x}\""]
    {
        let source = format!("import logging\nlogging.in$0fo({message})\n");
        let library = crate::content::testing::builtin();
        let card = crate::cards::testing::snapshot(library, &crate::Settings::default(), &source);
        assert!(card.contains("formats `") && !card.contains("only what is logged"), "{card}");
    }
}
