"""Holds the questions that pygloss computes from code against CPython.

Usage: questions.py PROGRAM, where PROGRAM is the built `oracle`. Asks it about every file of
the standard library, finds the answers by other means (see `question_checks.py`) and compares.
Prints each difference and how many answers there are of each generator; the exit code is 1 when one
differs.
"""

from __future__ import annotations

import ast
import collections
import functools
import multiprocessing
import sys
import warnings

import classes
import corpus
from asked import about_library
from question_checks import CHECKS, check_of
from question_files import File, Said, compiled

FEWEST = 2_000

Answer = tuple[collections.Counter[str], collections.Counter[str], list[str]]


def compare(job: tuple[str, list[Said]]) -> Answer:
    """Compares the questions about one file: how many there are, were checked, and which differ."""
    path, said = job
    asked: collections.Counter[str] = collections.Counter()
    checked: collections.Counter[str] = collections.Counter()
    faults: list[str] = []
    data = (corpus.library() / path).read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError):
            return asked, checked, faults
        codes = list(compiled(tree, path))
    module = functools.cache(lambda: classes.imported(path))
    file = File(tree, codes, classes.bound_once(tree), module)
    for question in said:
        name = question["generator"]
        asked[name] += 1
        try:
            answer = check_of(name)(question, file)
        except Exception as error:  # A check that breaks says nothing, and must be seen.
            answer = [f"{type(error).__name__}: {error}"]
        if answer is None:
            continue
        checked[name] += 1
        if [classes.renamed(one) for one in question["right"]] != answer:
            place = f"{path}:{question['line']}: {question['about']}"
            faults.append(f"{place}: {name} said {question['right']}, is {answer}")
    return asked, checked, faults


def main() -> int:
    """Asks the program and compares."""
    said: dict[str, list[Said]] = collections.defaultdict(list)
    for question in about_library(sys.argv[1]):
        said[question["path"]].append(question)
    asked: collections.Counter[str] = collections.Counter()
    checked: collections.Counter[str] = collections.Counter()
    faults: list[str] = []
    # A module that breaks its process takes only its own share along.
    with multiprocessing.Pool(initializer=classes.quiet, maxtasksperchild=20) as pool:
        for one, two, found in pool.imap_unordered(compare, said.items(), chunksize=4):
            asked += one
            checked += two
            faults += found
    for fault in sorted(faults):
        print(fault)
    for name in [*CHECKS, *sorted(asked.keys() - CHECKS)]:
        print(f"{name}: {asked[name]} asked, {checked[name]} checked")
    total = checked.total()
    print(f"{asked.total()} questions, {total} answers checked, {len(faults)} wrong")
    return int(bool(faults) or total < FEWEST)


if __name__ == "__main__":
    sys.exit(main())
