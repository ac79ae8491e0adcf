//! The line at which each mistake is asked for: the one that was changed.

use super::bugs::found;
use crate::quiz::Kind;
use crate::quiz::from_code::generators;
use crate::rules::INVERSES;

/// The rule, the code, and the line that is wrong in the copy.
const MADE: &[(&str, &str, &str)] = &[
    (
        "annotation-not-conversion",
        "def ask():\n    a = 1\n    b = 2\n    count: int = int(input(\"How many? \"))\n    print(a, b)\n    return 2 * count\n",
        "count: int = input(\"How many? \")",
    ),
    (
        "blocking-io-in-async",
        "import asyncio\ndef load(path):\n    with open(path) as file:\n        return file.read()\nasync def main(path):\n    a = 1\n    b = 2\n    text = await asyncio.to_thread(load, path)\n    print(a, b)\n    return text\n",
        "text = load(path)",
    ),
    (
        "contextmanager-yield-count",
        "from contextlib import contextmanager\n@contextmanager\ndef opened(path):\n    if path is None:\n        yield\n        return\n    file = path.open()\n    try:\n        yield file\n    finally:\n        file.close()\n",
        "return",
    ),
    (
        "generator-return-value",
        "def rows():\n    a = 1\n    b = 2\n    print(a, b)\n    yield a\n    yield from [b, a]\nfor row in rows():\n    print(row)\n",
        "return [b, a]",
    ),
    (
        "implicit-event-loop",
        "import asyncio\nasync def work():\n    print(1)\ndef main():\n    a = 1\n    b = 2\n    asyncio.run(work())\n    print(a, b)\n",
        "asyncio.get_event_loop().run_until_complete(work())",
    ),
    (
        "retry-without-backoff",
        "import time\nimport requests\ndef load(url):\n    for attempt in range(5):\n        try:\n            answer = requests.get(url, timeout=5)\n            answer.raise_for_status()\n            return answer.json()\n        except requests.ConnectionError:\n            print(\"attempt\", attempt)\n            time.sleep(0.5 * 2 ** attempt)\n    return None\n",
        "time.sleep(0.5)",
    ),
    (
        "sqlite-with-leak",
        "import contextlib\nimport sqlite3\ndef add(name):\n    a = 1\n    b = 2\n    with contextlib.closing(sqlite3.connect(\"app.db\")) as db, db:\n        db.execute(\"INSERT INTO users VALUES (?)\", (name,))\n    print(a, b)\n",
        "with sqlite3.connect(\"app.db\") as db:",
    ),
    (
        "asyncio-run-in-async",
        "import asyncio\nasync def save(x): ...\nasync def main(x):\n    a = 1\n    b = 2\n    await save(x)\n    print(a, b)\n",
        "asyncio.run(save(x))",
    ),
    (
        "async-for-required",
        "async def rows():\n    yield 1\nasync def main():\n    a = 1\n    b = 2\n    async for row in rows():\n        print(row)\n",
        "for row in rows():",
    ),
    (
        "async-with-required",
        "import asyncio\nlock = asyncio.Lock()\nasync def main():\n    a = 1\n    b = 2\n    async with lock:\n        print(a, b)\n",
        "with lock:",
    ),
    (
        "contextmanager-missing-decorator",
        "class Timer:\n    def __enter__(self):\n        return self\n    def __exit__(self, *exc_info):\n        print(1)\ndef main():\n    a = 1\n    b = 2\n    with Timer():\n        print(a, b)\n",
        "with Timer:",
    ),
    (
        "decorator-factory-misuse",
        "import functools\ndef retry(times=3):\n    def decorator(func):\n        @functools.wraps(func)\n        def wrapper(*args, **kwargs):\n            print(times)\n            return func(*args, **kwargs)\n        return wrapper\n    return decorator\n\n@retry()\ndef load(path):\n    a = 1\n    b = 2\n    print(a, b)\n    return path\n",
        "@retry",
    ),
    (
        "decorator-sync-wraps-async",
        "import functools\ndef timed(func):\n    @functools.wraps(func)\n    async def wrapper(*args, **kwargs):\n        print(1)\n        result = await func(*args, **kwargs)\n        print(2)\n        return result\n    return wrapper\n\n@timed\nasync def load(path):\n    return path\n",
        "def wrapper(*args, **kwargs):",
    ),
    (
        "defaultdict-bad-factory",
        "from collections import defaultdict\ndef group(rows):\n    groups = defaultdict(list)\n    for row in rows:\n        groups[row].append(row)\n    return groups\n",
        "groups = defaultdict([])",
    ),
    (
        "enter-returns-none",
        "class Timer:\n    def __enter__(self):\n        self.a = 1\n        self.b = 2\n        self.c = 3\n        return self\n    def __exit__(self, *exc_info):\n        print(1)\nwith Timer() as timer:\n    print(timer)\n",
        "def __enter__(self):",
    ),
    (
        "generator-reused",
        "def mean(rows):\n    values = [row.value for row in rows]\n    low = min(values)\n    high = max(values)\n    return low, high\n",
        "values = (row.value for row in rows)",
    ),
    (
        "groupby-group-reuse",
        "from itertools import groupby\ndef group(rows):\n    groups = {}\n    for key, group in groupby(rows):\n        groups[key] = list(group)\n    return groups\n",
        "groups[key] = group",
    ),
    (
        "http-status-unchecked",
        "import requests\ndef load(url):\n    a = 1\n    b = 2\n    answer = requests.get(url, timeout=5)\n    answer.raise_for_status()\n    print(a, b)\n    return answer.json()\n",
        "answer = requests.get(url, timeout=5)",
    ),
    (
        "isinstance-generic",
        "def flat(x):\n    a = 1\n    b = 2\n    if isinstance(x, list):\n        return a\n    return b\n",
        "if isinstance(x, list[str]):",
    ),
    (
        "iterator-protocol",
        "class Rows:\n    def __iter__(self):\n        a = 1\n        b = 2\n        rows = [a, b]\n        return iter(rows)\n",
        "return rows",
    ),
    (
        "lazy-result-discarded",
        "def inner():\n    yield 1\ndef outer():\n    a = 1\n    b = 2\n    yield a\n    yield from inner()\n    yield b\n",
        "inner()",
    ),
    (
        "list-as-queue",
        "from collections import deque\ndef work(first):\n    queue = deque([first])\n    while queue:\n        job = queue.popleft()\n        queue.extend(job.next)\n        print(job)\n",
        "job = queue.pop(0)",
    ),
    (
        "lock-without-with",
        "import threading\nlock = threading.Lock()\ndef add(x):\n    a = 1\n    with lock:\n        b = a + x\n        print(b)\n    return a\n",
        "lock.acquire()",
    ),
    (
        "metaclass-new-args",
        "class Meta(type):\n    def __new__(mcs, name, bases, namespace):\n        a = 1\n        b = 2\n        made = super().__new__(mcs, name, bases, namespace)\n        print(a, b)\n        return made\nclass A(metaclass=Meta): ...\n",
        "made = super().__new__(name, bases, namespace)",
    ),
    (
        "mutate-while-iterating",
        "def clean():\n    rows = {1: 2}\n    a = 1\n    for key in list(rows):\n        print(key)\n        del rows[key]\n    return rows, a\n",
        "for key in rows:",
    ),
    (
        "new-missing-return",
        "class Point:\n    def __new__(cls, x):\n        a = 1\n        b = 2\n        print(a, b)\n        return super().__new__(cls)\n",
        "super().__new__(cls)",
    ),
    (
        "shared-value-race",
        "import multiprocessing\ncounter = multiprocessing.Value(\"i\", 0)\ndef work():\n    a = 1\n    b = 2\n    with counter.get_lock():\n        counter.value += 1\n    print(a, b)\ndef main():\n    for _ in range(4):\n        multiprocessing.Process(target=work).start()\n",
        "counter.value += 1",
    ),
    (
        "sql-string-format",
        "import sqlite3\ndef find(db, name):\n    a = 1\n    b = 2\n    rows = db.execute(\"SELECT * FROM users WHERE name = ?\", (name,))\n    print(a, b)\n    return rows.fetchall()\n",
        "rows = db.execute(f\"SELECT * FROM users WHERE name = '{name}'\")",
    ),
    (
        "threads-for-cpu-bound",
        "from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor\ndef work(n):\n    total = 0\n    for i in range(n):\n        total += i * i\n    return total\ndef main(rows):\n    a = 1\n    b = 2\n    with ProcessPoolExecutor() as pool:\n        found = list(pool.map(work, rows))\n    return found, a, b\n",
        "with ThreadPoolExecutor() as pool:",
    ),
    (
        "wall-clock-interval",
        "import time\ndef timed(work):\n    start = time.perf_counter()\n    work()\n    print(1)\n    print(time.perf_counter() - start)\n    return work\n",
        "start = time.time()",
    ),
    (
        "worker-target-called",
        "import threading\ndef work(x):\n    print(x)\ndef main(x):\n    a = 1\n    b = 2\n    thread = threading.Thread(target=work, args=(x,))\n    thread.start()\n    print(a, b)\n",
        "thread = threading.Thread(target=work(x))",
    ),
    (
        "wraps-misused",
        "import functools\ndef counted(func):\n    calls = []\n    @functools.wraps(func)\n    def wrapper(*args, **kwargs):\n        calls.append(1)\n        return func(*args, **kwargs)\n    return wrapper\n",
        "@functools.wraps",
    ),
];

#[test]
fn the_line_that_was_changed_is_wrong() {
    let differ: Vec<_> = MADE
        .iter()
        .map(|(rule, source, line)| (*rule, found(rule, source), vec![(*line).to_owned()]))
        .filter(|(_, found, expected)| found != expected)
        .collect();
    assert!(differ.is_empty(), "rule, found, expected: {differ:#?}");
}

/// Each inverse has an example, here or in `bugs`, and each has a generator.
#[test]
fn no_inverse_is_left_out() {
    for inverse in INVERSES {
        let is_here = MADE.iter().any(|(rule, ..)| *rule == inverse.rule.id);
        assert!(is_here || super::bugs::has(inverse.rule.id), "{}", inverse.rule.id);
        let name = format!("bug-{}", inverse.rule.id);
        assert!(generators().any(|it| it.name == name && it.kind == Kind::Bug), "{name}");
    }
}

#[test]
fn what_would_be_another_mistake_as_well() {
    // `len` of an iterator fails before anything is read twice.
    let sized = "def mean(rows):\n    values = [row.value for row in rows]\n    count = len(values)\n    high = max(values)\n    low = min(values)\n    return low, high, count\n";
    assert_eq!(found("generator-reused", sized), [""; 0]);
    // Nothing is known of the values' type.
    let other = "def flat(x):\n    a = 1\n    b = 2\n    if isinstance(x, Rows):\n        return a\n    return b\n";
    assert_eq!(found("isinstance-generic", other), [""; 0]);
    let unknown = "def add(lock, x):\n    a = 1\n    with lock:\n        b = a + x\n        print(b)\n    return a\n";
    assert_eq!(found("lock-without-with", unknown), [""; 0]);
}
