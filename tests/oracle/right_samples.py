"""Programs without a mistake, such as a reader may have, for the mistakes that are rare elsewhere.

Each holds functions that are long enough for a question, and lets at least one inverse of a rule's
fix make its mistake. `mutants.py` fails when a rule has no copy at all.
"""

from __future__ import annotations

PROGRAMS = {
    "decorators": '''\
import functools
import time


def retry(times=3):
    """Tries again, with a longer pause each time."""

    def decorator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            for attempt in range(times - 1):
                try:
                    return func(*args, **kwargs)
                except OSError:
                    time.sleep(2**attempt)
            return func(*args, **kwargs)

        return wrapper

    return decorator


def timed(func):
    """Tells how long a coroutine function takes."""

    @functools.wraps(func)
    async def wrapper(*args, **kwargs):
        start = time.perf_counter()
        result = await func(*args, **kwargs)
        print(func.__name__, time.perf_counter() - start)
        return result

    return wrapper


@retry()
def read(path):
    lines = path.read_text().splitlines()
    print(len(lines), "lines")
    kept = [line for line in lines if line]
    return kept


@timed
async def fetch(client, url):
    response = await client.get(url)
    return response.text
''',
    "managers": '''\
import os
from contextlib import contextmanager


class Timer:
    """Counts what its block does."""

    def __enter__(self):
        self.count = 0
        self.total = 0
        self.names = []
        return self

    def __exit__(self, kind, error, trace):
        self.average = self.total / max(self.count, 1)
        self.names.sort()
        print("count", self.count)
        return False


def main(jobs):
    seconds = 0
    with Timer() as timer:
        for job in jobs:
            timer.count += 1
            timer.total += job.seconds
    print(timer.average)
    return seconds


@contextmanager
def inside(folder):
    if folder is None:
        yield
        return
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
''',
    "entered": '''\
class Section:
    """A heading, and a line at the end."""

    def __enter__(self):
        print("begin")
        return self

    def __exit__(self, *exc_info):
        print("end")


def show(rows):
    total = 0
    with Section():
        for row in rows:
            print(row)
            total += 1
    print(total)
''',
    "requests": """\
import time

import requests


def load(url, params):
    headers = {"Accept": "application/json"}
    response = requests.get(url, params=params, headers=headers, timeout=5)
    response.raise_for_status()
    data = response.json()
    print(len(data))
    return data


def load_at_last(url):
    for attempt in range(5):
        try:
            answer = requests.get(url, timeout=5)
            answer.raise_for_status()
            return answer.json()
        except requests.ConnectionError:
            print("attempt", attempt)
            time.sleep(0.5 * 2 ** attempt)
    return None
""",
    "types": '''\
def flatten(value):
    """The items of lists in lists."""
    found = []
    if isinstance(value, list):
        for one in value:
            found.extend(flatten(one))
    else:
        found.append(value)
    return found


def ask(names):
    for number, name in enumerate(names):
        print(number, name)
    chosen: int = int(input("Which one? "))
    print("You chose", chosen)
    return names[chosen]
''',
    "iterators": '''\
class Rows:
    """The rows of a table, in order."""

    def __init__(self, table):
        self.table = table

    def __iter__(self):
        keys = sorted(self.table)
        first = keys[:1]
        rest = keys[1:]
        rows = [self.table[key] for key in first + rest]
        return iter(rows)


def header(title, columns):
    width = max(len(column) for column in columns)
    line = "-" * width
    print(len(columns))
    yield title
    yield from [line, title.upper()]


for text in header("Names", ["first", "last"]):
    print(text)
''',
    "processes": """\
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

done = multiprocessing.Value("i", 0)


def squares(limit):
    total = 0
    for number in range(limit):
        total += number * number
    return total


def work(name):
    print("begin", name)
    result = squares(1000)
    with done.get_lock():
        done.value += 1
    print("end", name, result)


def add_all(limits):
    count = len(limits)
    print(count, "limits")
    with ProcessPoolExecutor() as pool:
        sums = list(pool.map(squares, limits))
    return sum(sums)


def read_all(paths):
    with ThreadPoolExecutor() as pool:
        return list(pool.map(open, paths))


def main():
    workers = [multiprocessing.Process(target=work, args=(name,)) for name in "ab"]
    for worker in workers:
        worker.start()


if __name__ == "__main__":
    main()
""",
    "coroutines": '''\
import asyncio
import json


def load(path):
    """What a file of JSON holds."""
    with open(path) as file:
        return json.load(file)


async def report(path):
    print("reading", path)
    data = await asyncio.to_thread(load, path)
    names = sorted(data)
    print(len(names), "names")
    return names


def main(path):
    title = f"Report on {path}"
    print(title)
    asyncio.run(report(path))
    print("done")
''',
    "database": """\
import sqlite3
from contextlib import closing


def rename(path, old, new):
    print("renaming", old)
    count = 0
    with closing(sqlite3.connect(path)) as db, db:
        cursor = db.execute("UPDATE users SET name = ? WHERE name = ?", (new, old))
        count += cursor.rowcount
    print(count, "rows")
""",
}
