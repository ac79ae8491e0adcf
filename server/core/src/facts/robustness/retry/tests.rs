use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn a_loop_that_is_limited_and_ends_in_silence() {
    check_hover(
        "import time\nimport requests\n\ndef get(url):\n    for attempt in range(3):\n        tr$0y:\n            return requests.get(url, timeout=5)\n        except requests.ConnectionError:\n            time.sleep(2 ** attempt)\n",
        expect![[r#"
                    try:
                    ▔▔▔

            It tries `3` times at most.

            **Here**

            - It tries again after `requests.ConnectionError`.
            - In between it pauses: `time.sleep(2 ** attempt)`.
            - After the last failure the function ends without an exception and returns
              `None`.

            **Say in the interview**

            Try again what may succeed later and does no harm twice; wait longer each time,
            with some chance in it; give up in the end, with the last exception. Each try
            counts against a rate limit.

            [RFC 9110: idempotent methods](https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods) · [RFC 9110: Retry\-After](https://www.rfc-editor.org/rfc/rfc9110#name-retry-after)
        "#]],
    );
}

#[test]
fn a_loop_without_end_and_pause() {
    check_hover(
        "def get(url):\n    whil$0e True:\n        try:\n            return fetch(url)\n        except Exception:\n            continue\n",
        expect![[r#"
                while True:
                ▔▔▔▔▔

            **This tries again without end**: what fails for good is tried for ever.

            **Here**

            - `except Exception:` tries again after every error, mistakes in this code
              included.
            - Nothing pauses in between: a server that is overloaded gets more load.

            **Say in the interview**

            Try again what may succeed later and does no harm twice; wait longer each time,
            with some chance in it; give up in the end, with the last exception. Each try
            counts against a rate limit.

            [RFC 9110: idempotent methods](https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods) · [RFC 9110: Retry\-After](https://www.rfc-editor.org/rfc/rfc9110#name-retry-after)
        "#]],
    );
}

#[test]
fn a_loop_that_gives_up_somewhere() {
    check_hover(
        "import asyncio\n\nasync def get(url, limit):\n    tries = 0\n    while$0 True:\n        try:\n            page = await fetch(url)\n        except OSError:\n            tries += 1\n            if tries > limit:\n                raise\n            await asyncio.sleep(1)\n        else:\n            break\n    return page\n",
        expect![[r#"
                while True:
                ▔▔▔▔▔

            It tries again after a failure, until it gives up on line 11.

            **Here**

            - It tries again after `OSError`.
            - In between it pauses: `asyncio.sleep(1)`.
            - The pause is always the same: many clients that failed together come back
              together.

            **Say in the interview**

            Try again what may succeed later and does no harm twice; wait longer each time,
            with some chance in it; give up in the end, with the last exception. Each try
            counts against a rate limit.

            [RFC 9110: idempotent methods](https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods) · [RFC 9110: Retry\-After](https://www.rfc-editor.org/rfc/rfc9110#name-retry-after)
        "#]],
    );
}

#[test]
fn a_clause_of_several() {
    check_hover(
        "def get(url, n):\n    for _ in range(1, n + 1):\n        tr$0y:\n            page = fetch(url)\n            break\n        except TimeoutError:\n            log(url)\n        except ValueError:\n            raise\n    else:\n        raise RuntimeError(url)\n    return page\n",
        expect![[r#"
                    try:
                    ▔▔▔

            It tries `n` times at most.

            **Here**

            - It tries again after `TimeoutError`.

            **Say in the interview**

            Try again what may succeed later and does no harm twice; wait longer each time,
            with some chance in it; give up in the end, with the last exception. Each try
            counts against a rate limit.

            [RFC 9110: idempotent methods](https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods) · [RFC 9110: Retry\-After](https://www.rfc-editor.org/rfc/rfc9110#name-retry-after)
        "#]],
    );
}

#[test]
fn a_limit_beside_the_try_and_a_pause_that_cannot_be_seen() {
    check_hover(
        "def get(url, limit):\n    tries = 0\n    while$0 True:\n        tries += 1\n        if tries > limit:\n            raise RuntimeError(url)\n        try:\n            return fetch(url)\n        except OSError:\n            back_off(tries)\n",
        expect![[r#"
                while True:
                ▔▔▔▔▔

            It tries again after a failure, until it gives up on line 6.

            **Here**

            - It tries again after `OSError`.

            **Say in the interview**

            Try again what may succeed later and does no harm twice; wait longer each time,
            with some chance in it; give up in the end, with the last exception. Each try
            counts against a rate limit.

            [RFC 9110: idempotent methods](https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods) · [RFC 9110: Retry\-After](https://www.rfc-editor.org/rfc/rfc9110#name-retry-after)
        "#]],
    );
}

#[test]
fn loops_that_do_not_try_again() {
    for source in [
        // The next round is about another item.
        "def load(paths):\n    for path in paths:\n        tr$0y:\n            return open(path)\n        except OSError:\n            pass\n",
        // It does not end with the first success.
        "def serve():\n    whil$0e True:\n        try:\n            handle()\n        except OSError:\n            pass\n",
        // What falls out of the `try` meets the `break`.
        "def load():\n    whil$0e True:\n        try:\n            f()\n        except OSError:\n            pass\n        break\n",
        // A failure ends it.
        "def load(n):\n    for i in range(n):\n        tr$0y:\n            return f(i)\n        except OSError:\n            return None\n",
        "def load(n):\n    for i in range(2, n):\n        tr$0y:\n            return f(i)\n        except OSError:\n            pass\n",
        "def load(more):\n    whil$0e more:\n        try:\n            return f()\n        except OSError:\n            pass\n",
    ] {
        assert_ne!(card_at(source), "retry-loop", "{source}");
    }
}

#[test]
fn the_decorator_of_tenacity() {
    check_hover(
        "import tenacity\n\n@tenacity.ret$0ry\ndef get(url): ...\n",
        expect![[r#"
        @tenacity.retry
        ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

        **Without `stop=`** `get` is called again and again until it returns.

        **Here**

        - Without `wait=` it does not pause.
        - Without `retry=` it tries again after every `Exception`, mistakes in the code
          included.

        **Say in the interview**

        Try again what may succeed later and does no harm twice; wait longer each time,
        with some chance in it; give up in the end. Retries do not limit a rate: each
        one counts against it.

        [tenacity](https://tenacity.readthedocs.io/en/latest/)
    "#]],
    );
    check_hover(
        "from tenacity import retry, stop_after_attempt, wait_exponential\n\n@ret$0ry(stop=stop_after_attempt(3), wait=wait_exponential())\ndef get(url): ...\n",
        expect![[r#"
            @retry(stop=stop_after_attempt(3), wait=wait_exponential())
            ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔

            It calls `get` again until `stop_after_attempt(3)` says that it is enough.

            **Here**

            - Between two calls it waits as `wait_exponential()` says.
            - Without `retry=` it tries again after every `Exception`, mistakes in the code
              included.
            - After the last failure it raises `tenacity.RetryError` from the exception;
              with `reraise=True` it is the exception itself.

            **Say in the interview**

            Try again what may succeed later and does no harm twice; wait longer each time,
            with some chance in it; give up in the end. Retries do not limit a rate: each
            one counts against it.

            [tenacity](https://tenacity.readthedocs.io/en/latest/)
        "#]],
    );
    for source in [
        "from retrying import retry\n\n@ret$0ry\ndef get(url): ...\n",
        "from tenacity import retry\n\n@ret$0ry(**options)\ndef get(url): ...\n",
    ] {
        assert_ne!(card_at(source), "tenacity-retry", "{source}");
    }
}
