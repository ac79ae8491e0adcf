"""Makes every conversion that is offered in real code, each alone, and holds it against CPython.

Usage: refactorings.py PROGRAM [SEED], where PROGRAM is the built `oracle`. Over the
standard library, the packages of `packages.py` and the examples of the refactorings' pages: after a
conversion the file parses and has all its comments. Of one that is offered very often a sample is
looked at here, chosen by the seed; the program looks at all. Prints each violation and a table; the
exit code is 1 when there is one.
"""

from __future__ import annotations

import re
import sys

import fixes

EXAMPLE = re.compile(r"^```py (?:before|refused|silent).*\n((?:.*\n)*?)```$", re.MULTILINE)


def main() -> int:
    """Asks the program about every file, and CPython about what it answers."""
    program, seed = sys.argv[1], fixes.seed_of(sys.argv)
    held = fixes.hold([program, "refactorings"], seed, "refactorings", EXAMPLE)
    for name in sorted(held.made | held.told):
        print(f"{name}: {len(held.made[name])} made, {held.told[name]} refused")
    count = sum(map(len, held.made.values()))
    print(
        f"{held.files} files: {count} conversions, {held.told.total()} refused, {held.chosen} of "
        f"them (seed {seed}) held against CPython, {held.violations} violations"
    )
    return 1 if held.violations or not held.is_whole or not count else 0


if __name__ == "__main__":
    sys.exit(main())
