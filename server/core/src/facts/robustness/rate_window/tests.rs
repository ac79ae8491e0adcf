use expect_test::expect;

use crate::cards::testing::{card_at, check_hover};

#[test]
fn the_chapters_limiter() {
    check_hover(
        "import time\n\ndef rate_limit(limit):\n    def decorator(func):\n        last = 0\n        count = 0\n        def wrapper(*args):\n            nonlocal last, count\n            now = time.time()\n            i$0f now - last > 1.0:\n                count = 0\n                last = now\n            if count >= limit:\n                raise RuntimeError\n            count += 1\n            return func(*args)\n        return wrapper\n    return decorator\n",
        expect![[r#"
                        if now - last > 1.0:
                        ▔▔

            Each window lets `limit` calls pass; a new one begins with the first call after
            `1.0` seconds.

            - It does not hold for every `1.0` seconds: the last calls of a window and the
              first of the next can come together, nearly twice `limit`.

            **Here**

            - `count` counts, `last` holds when the window began, and the check is on
              line 13.
            - No lock is held here: of threads that call it at once, more than `limit` can
              pass.

            **Say in the interview**

            A fixed window is cheap and lets a burst pass at its edge. A sliding window
            keeps the times of the last calls in a deque; a token bucket fills up steadily.
            A semaphore bounds what is in progress.

            [time.monotonic](https://docs.python.org/3/library/time.html#time.monotonic)
        "#]],
    );
}

#[test]
fn a_limiter_with_a_lock() {
    check_hover(
        "from time import monotonic\n\nclass Limiter:\n    def allow(self):\n        with self.lock:\n            i$0f monotonic() - self.start >= self.window:\n                self.start, other = monotonic(), 1\n                self.start = monotonic()\n                self.count = 0\n            self.count += 1\n            return self.count <= 5\n",
        expect![[r#"
                        if monotonic() - self.start >= self.window:
                        ▔▔

            Each window lets `5` calls pass; a new one begins with the first call after
            `self.window` seconds.

            - It does not hold for every `self.window` seconds: the last calls of a window
              and the first of the next can come together, nearly twice `5`.

            **Here**

            - `self.count` counts, `self.start` holds when the window began, and the check
              is on line 11.

            **Say in the interview**

            A fixed window is cheap and lets a burst pass at its edge. A sliding window
            keeps the times of the last calls in a deque; a token bucket fills up steadily.
            A semaphore bounds what is in progress.

            [time.monotonic](https://docs.python.org/3/library/time.html#time.monotonic)
        "#]],
    );
}

#[test]
fn silent_elsewhere() {
    let limiter = |check: &str, count: &str| {
        format!(
            "import time\n\ndef allow(self):\n    now = time.time()\n    i$0f now - self.start > 60:\n        self.start = now\n        self.count = 0\n    {check}\n    {count}\n"
        )
    };
    assert_eq!(card_at(&limiter("if self.count >= 5: return", "self.count += 1")), "rate-window");
    for source in [
        // Six would pass.
        limiter("if self.count > 5: return", "self.count += 1"),
        limiter("self.count += 1", "if self.count >= 5: return"),
        limiter("if self.other >= 5: return", "self.count += 1"),
        limiter("if self.count >= 5: return", "self.count += size"),
        limiter("if self.count >= 5: return", "pass"),
        limiter("if self.count >= 5: return", "self.count += 1").replace("time.time()", "clock()"),
        limiter("if self.count >= 5: return", "self.count += 1")
            .replace("self.start = now", "pass"),
        limiter("if self.count >= 5: return", "self.count += 1").replace("> 60", "< 60"),
    ] {
        assert_ne!(card_at(&source), "rate-window", "{source}");
    }
}
