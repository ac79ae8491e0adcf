"""Feeds the standard library to the `items` oracle and weighs its answer.

Usage: items.py PROGRAM, where PROGRAM is the built `oracle`.
"""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from pathlib import Path

from corpus import Source, valid_sources

EXCEPTIONS = Path(__file__).with_name("items.exceptions")
SAME_LINE = re.compile(r"(?:[ \t\f;]|\\(?:\r\n|\r|\n))*")


def statement_starts(source: Source) -> list[int]:
    """Byte offsets of the lines where the top-level logical lines start."""
    data = source.text.encode()
    line_starts = [0] + [match.end() for match in re.finditer(rb"\r\n|\r|\n", data)]

    def offset(line: int, column: int) -> int:
        """`ast` counts columns in bytes of the line, without the byte order mark."""
        mark = 3 if line == 1 and data.startswith(b"\xef\xbb\xbf") else 0
        return line_starts[line - 1] + column + mark

    starts = []
    end_of_previous = None
    for statement in source.tree.body:
        line = statement.lineno
        for decorator in getattr(statement, "decorator_list", []):
            line = min(line, decorator.lineno)
        start = offset(statement.lineno, statement.col_offset)
        between = data[end_of_previous:start].decode() if end_of_previous is not None else "\n"
        if not SAME_LINE.fullmatch(between):
            starts.append(line_starts[line - 1])
        end_of_previous = offset(statement.end_lineno, statement.end_col_offset)
    return starts


def known_exceptions() -> dict[str, str]:
    """Path and reason of the files that may differ."""
    exceptions = {}
    for line in EXCEPTIONS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            path, separator, reason = line.partition(": ")
            if not separator:
                raise SystemExit(f"{EXCEPTIONS.name}: no reason in {line!r}")
            exceptions[path] = reason
    return exceptions


def main() -> int:
    """Runs the comparison; 0 when only known exceptions differ."""
    # Trees have no cycles, and the collector would visit their millions of objects in vain.
    gc.disable()
    paths = set()
    frames = bytearray()
    for source in valid_sources():
        data = source.text.encode()
        starts = ",".join(map(str, statement_starts(source))) or "-"
        frames += f"{len(data)} {starts} {source.path}\n".encode() + data
        paths.add(source.path)
    run = subprocess.run([sys.argv[1], "items"], input=frames, stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        return run.returncode or 1
    *differences, summary = run.stdout.decode().splitlines()
    differing = {line.partition(": ")[0] for line in differences}
    known = known_exceptions()
    unknown = [line for line in differences if line.partition(": ")[0] not in known]
    for line in unknown:
        print(line)
    stale = (known.keys() & paths) - differing
    for path in sorted(stale):
        print(f"{path}: no longer differs; remove it from {EXCEPTIONS.name}")
    print(f"{summary} ({len(differing & known.keys())} of them known)")
    return 1 if unknown or stale else 0


if __name__ == "__main__":
    sys.exit(main())
