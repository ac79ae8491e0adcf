"""Holds the attributes that code binds or deletes against CPython's `ast`.

Usage: stores.py PROGRAM, where PROGRAM is the built `oracle`. Looks at every file of the
standard library that CPython parses. Prints each file with another answer; the exit code is 1 when
there is one.
"""

from __future__ import annotations

import ast
import collections
import json
import multiprocessing
import subprocess
import sys
import sysconfig
import warnings
from pathlib import Path


def expected(path: Path) -> list[str] | None:
    """The names of attributes that are no `Load`, sorted; nothing for no UTF-8 or no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(path.read_bytes().decode("utf-8"))
    except (SyntaxError, ValueError, RecursionError):
        return None
    attributes = (it for it in ast.walk(tree) if isinstance(it, ast.Attribute))
    return sorted(it.attr for it in attributes if not isinstance(it.ctx, ast.Load))


def main() -> int:
    """Asks the program about every file."""
    library = Path(sysconfig.get_path("stdlib"))
    everything = [it for it in sorted(library.rglob("*.py")) if "site-packages" not in it.parts]
    with multiprocessing.Pool() as pool:
        names = pool.map(expected, everything, chunksize=20)
    theirs = {
        str(path): found for path, found in zip(everything, names, strict=True) if found is not None
    }
    text = "".join(f"{path}\n" for path in theirs)
    run = subprocess.run(
        [sys.argv[1], "stores"], input=text, stdout=subprocess.PIPE, text=True, check=True
    )
    ours = dict(map(json.loads, run.stdout.splitlines()))
    wrong = 0
    for path, found in theirs.items():
        if ours.get(path) != found:
            wrong += 1
            here, there = collections.Counter(ours.get(path)), collections.Counter(found)
            print(f"{path}: missed {dict(there - here)}, invented {dict(here - there)}")
    total = sum(map(len, theirs.values()))
    print(
        f"{len(theirs)} files, {len(everything) - len(theirs)} more that CPython does not parse: "
        f"{total} attributes bound or deleted, {wrong} files differ"
    )
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())
