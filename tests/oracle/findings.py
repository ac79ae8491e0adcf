"""Holds the findings in pinned packages against those that are on record.

Usage: findings.py PROGRAM, where PROGRAM is the built `oracle`. A finding that came or went is
a line of a unified diff, and the exit code is 1. With UPDATE_EXPECT=1 in the environment the record
is written anew instead: read its diff, and judge what is new (`tests/corpus/judged.toml`). It also
fails when of a rule fewer findings are judged than all, or than `ENOUGH`.
"""

from __future__ import annotations

import collections
import difflib
import os
import sys
import tomllib
from pathlib import Path

import packages
from asked import found_in_packages

RECORD = Path(__file__).parents[1] / "corpus" / "findings.txt"
JUDGED = RECORD.with_name("judged.toml")
ENOUGH = 20


def found(program: str) -> list[tuple[str, int, str]]:
    """Path inside the package, line from 1, and rule of each finding, in this order."""
    root = f"{packages.cache()}/"
    everything = found_in_packages(program)
    return sorted((path.removeprefix(root), line, rule) for path, line, rule in everything)


def thin(rules: list[str]) -> list[str]:
    """A line for each rule of which too few findings were judged. `rules` names one per finding."""
    judged = tomllib.loads(JUDGED.read_text(encoding="utf-8"))["finding"]
    read = collections.Counter(one["rule"] for one in judged)
    return [
        f"{rule}: {count} findings, of which {read[rule]} are judged"
        for rule, count in sorted(collections.Counter(rules).items())
        if read[rule] < min(count, ENOUGH)
    ]


def main() -> int:
    """Compares, or writes the record."""
    lines = [f"{path}:{line} {rule}\n" for path, line, rule in found(sys.argv[1])]
    if os.environ.get("UPDATE_EXPECT") == "1":
        RECORD.write_text("".join(lines), encoding="utf-8")
        print(f"{len(lines)} findings were put on record")
        return 0
    record = RECORD.read_text(encoding="utf-8").splitlines(keepends=True)
    diff = list(difflib.unified_diff(record, lines, "on record", "found", n=0))
    sys.stdout.writelines(diff)
    if diff:
        print("with UPDATE_EXPECT=1 these are put on record")
    rules = [line.split()[1] for line in lines]
    few = thin(rules)
    for one in few:
        print(one)
    is_good = bool(lines) and not diff and not few
    said = "as on record" if is_good else "NOT as on record, or not judged"
    print(f"{len(lines)} findings of {len(set(rules))} rules in packages, {said}")
    return int(not is_good)


if __name__ == "__main__":
    sys.exit(main())
