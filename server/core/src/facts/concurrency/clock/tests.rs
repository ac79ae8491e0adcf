use expect_test::expect;

use crate::cards::testing::{card_at, check_hover, snapshot_of};

#[test]
fn a_duration() {
    check_hover(
        "\
import time

def measure(work):
    start = time.ti$0me()
    work()
    return time.time() - start
",
        expect![[r#"
                start = time.time()
                        ▔▔▔▔▔▔▔▔▔

            `start` is a time of the wall clock, and on line 6 a difference with another one
            is taken: if the clock is set in between, the difference is wrong, and may be
            negative.

            **Say in the interview**

            `time.time()` tells the time of day, `time.monotonic()` never goes back, and
            `time.perf_counter()` is the finest clock for measuring. Neither of the last two
            tells the time of day.

            [time.monotonic](https://docs.python.org/3/library/time.html#time.monotonic) · [time.perf\_counter](https://docs.python.org/3/library/time.html#time.perf_counter)
        "#]],
    );
}

#[test]
fn a_rate_limit() {
    check_hover(
        "\
from time import time

class Limit:
    def __init__(self):
        self._last = 0.0

    def ready(self):
        if ti$0me() - self._last < 1:
            return False
        self._last = time()
        return True
",
        expect![[r#"
                    if time() - self._last < 1:
                       ▔▔▔▔

            `time() - self._last` measures how long something took by the wall clock, which
            may be set in between: the difference can be wrong, also negative.

            - `time() - self._last < 1` is then decided wrongly, for as long as the clock
              was set back.

            **Say in the interview**

            `time.time()` tells the time of day, `time.monotonic()` never goes back, and
            `time.perf_counter()` is the finest clock for measuring. Neither of the last two
            tells the time of day.

            [time.monotonic](https://docs.python.org/3/library/time.html#time.monotonic) · [time.perf\_counter](https://docs.python.org/3/library/time.html#time.perf_counter)
        "#]],
    );
}

#[test]
fn a_deadline() {
    let source = "import time\ndef f():\n    end = time.ti$0me() + 5\n    while time.time() < end:\n        work()\n";
    assert!(snapshot_of(source).contains("`end`"), "{}", snapshot_of(source));
    let source = "import time\ndef f():\n    last = 0\n    def g():\n        nonlocal last\n        if time.ti$0me() - last > 1:\n            last = time.time()\n    return g\n";
    assert_eq!(card_at(source), "clock");
}

#[test]
fn silent() {
    for source in [
        "import time\nprint(time.ti$0me())\n",
        "import time\ndef f(start):\n    return time.ti$0me() - start\n",
        "import time\nimport os\nage = time.ti$0me() - os.path.getmtime(p)\n",
        "import time\ndef f():\n    start = time.ti$0me()\n    start = other()\n    return time.time() - start\n",
        "import time\nclass C:\n    def f(self, row):\n        self.last = row.stamp\n        return time.ti$0me() - self.last\n",
        "def f(time):\n    start = time.ti$0me()\n    return time.time() - start\n",
        "import time\nstart = time.monotonic()\nprint(time.ti$0me() - start)\n",
    ] {
        assert_ne!(card_at(source), "clock", "{source}");
    }
}
