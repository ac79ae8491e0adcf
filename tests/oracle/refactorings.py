"""Makes every conversion that is offered in real code, each alone, and holds it against CPython.

Usage: refactorings.py PROGRAM [SEED], where PROGRAM is the built `refactorings.rs`. Over the
standard library, the packages of `packages.py` and the examples of the refactorings' pages: after a
conversion the file parses and has all its comments. Of one that is offered very often a sample is
looked at here, chosen by the seed; the program looks at all. Prints each violation and a table; the
exit code is 1 when there is one.
"""

from __future__ import annotations

import collections
import json
import multiprocessing
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import fixes

EXAMPLE = re.compile(r"^```py (?:before|refused|silent).*\n((?:.*\n)*?)```$", re.MULTILINE)


def examples(folder: Path) -> Iterator[Path]:
    """The examples of the refactorings' pages, each in a file named after its page and line."""
    for page in sorted(fixes.CONTENT.glob("*/*/refactorings/*.md")):
        text = page.read_text(encoding="utf-8")
        for found in EXAMPLE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            path = folder / f"{page.stem}-{line}.py"
            path.write_text(fixes.MARKS.sub("", found[1]), encoding="utf-8", newline="")
            yield path


def main() -> int:
    """Asks the program about every file, and CPython about what it answers."""
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else fixes.SEED
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Pool() as pool:
        everything = [*examples(Path(folder)), *fixes.files()]
        good = pool.map(fixes.is_python, everything, chunksize=20)
        paths = [path for path, fine in zip(everything, good, strict=True) if fine]
        text = "".join(f"{path}\n" for path in paths)
        run = subprocess.run(
            sys.argv[1:2], input=text, stdout=subprocess.PIPE, text=True, check=True
        )
        made: dict[str, list[str]] = collections.defaultdict(list)
        refused: collections.Counter[str] = collections.Counter()
        violations = []
        looked_at = 0
        for line in run.stdout.splitlines():
            answer = json.loads(line)
            refused.update(answer.get("findings", {}))
            looked_at += "findings" in answer
            violations += [(answer, fault) for fault in answer["faults"]]
            if "after" in answer:
                made[answer["rule"]].append(line)
        chosen = []
        for name, lines in sorted(made.items()):
            # The order in which the program answers is not always the same.
            lines.sort()
            own = random.Random(f"{seed} {name}")
            chosen += lines if len(lines) <= fixes.MOST else own.sample(lines, fixes.MOST)
        for line, found in zip(chosen, pool.map(fixes.faults, chosen, chunksize=20), strict=True):
            violations += [(json.loads(line), fault) for fault in found]

    for answer, fault in sorted(violations, key=lambda it: (it[0].get("rule", ""), it[0]["path"])):
        place = f"{answer['path']}:{answer.get('line', 1)}"
        print(f"{place}: {answer.get('rule', '')}: {answer.get('title', '')}: {fault}")
    for name in sorted(made | refused):
        print(f"{name}: {len(made[name])} made, {refused[name]} refused")
    if looked_at != len(paths):
        print(f"{looked_at} files were looked at, not {len(paths)}")
    count = sum(map(len, made.values()))
    print(
        f"{looked_at} files: {count} conversions, {refused.total()} refused, {len(chosen)} of them "
        f"(seed {seed}) held against CPython, {len(violations)} violations"
    )
    return 1 if violations or looked_at != len(paths) or not count else 0


if __name__ == "__main__":
    sys.exit(main())
