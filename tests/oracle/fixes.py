"""Makes every fix that is offered in real code, each alone, and holds the file against CPython.

Usage: fixes.py PROGRAM [SEED], where PROGRAM is the built `oracle`. Over the standard library and
the packages of `packages.py`, and over the examples of the rules' pages: after a fix the file
parses, has all its comments, and has the findings that it had before, without the one that was
mended. Of a rule with very many fixes a sample is looked at here, chosen by the seed; the program
looks at all. Prints each violation and a table by rule; the exit code is 1 when there is one.
"""

from __future__ import annotations

import ast
import collections
import dataclasses
import functools
import io
import json
import multiprocessing
import random
import re
import subprocess
import sys
import sysconfig
import tempfile
import tokenize
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import corpus
import packages

SEED = 20250901
# So many fixes of one rule are held against CPython.
MOST = 200


CONTENT = Path(__file__).parents[2] / "content"
EXAMPLE = re.compile(r"^```py (?:fires|fixed|silent).*\n((?:.*\n)*?)```$", re.MULTILINE)
# The lines that say where a finding stands.
MARKS = re.compile(r"^[ \t]*#[ \t]*(?:\^+|<-)[ \t]*\n", re.MULTILINE)


def examples(folder: Path, pages: str, example: re.Pattern[str]) -> Iterator[Path]:
    """The examples of the pages, each in a file named after its page and line."""
    for page in sorted(CONTENT.glob(f"*/*/{pages}/*.md")):
        text = page.read_text(encoding="utf-8")
        for found in example.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            path = folder / f"{page.stem}-{line}.py"
            path.write_text(MARKS.sub("", found[1]), encoding="utf-8", newline="")
            yield path


def files() -> Iterator[Path]:
    """The files of the standard library, tests included, and of the packages."""
    library = Path(sysconfig.get_path("stdlib"))
    yield from (it for it in sorted(library.rglob("*.py")) if "site-packages" not in it.parts)
    for package in packages.PACKAGES + packages.LARGER:
        yield from sorted(packages.unpacked(package).rglob("*.py"))


def is_python(path: Path) -> bool:
    """Whether the file is UTF-8 that CPython parses; its library holds broken files for tests."""
    try:
        parse(path.read_bytes().decode("utf-8"))
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def parse(text: str) -> ast.Module:
    """The tree of a file. What CPython warns of is not at issue."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def comments(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The comments of a file, and where they start."""
    tokens = tokenize.generate_tokens(io.StringIO(text, newline="").readline)
    return [(it.string, it.start) for it in tokens if it.type == tokenize.COMMENT]


@functools.lru_cache(maxsize=8)
def comments_of(path: str) -> list[tuple[str, tuple[int, int]]]:
    """The comments of a file before a fix. Fixes of one file come one after the other."""
    return comments(Path(path).read_bytes().decode("utf-8"))


def faults(answer: str) -> list[str]:
    """What CPython says against the file after a fix."""
    fix = json.loads(answer)
    found = []
    try:
        parse(fix["after"])
    except (SyntaxError, ValueError) as error:
        found.append(f"the file does not parse: {error}")
    try:
        # A finding inside a comment is about the comment.
        wanted = collections.Counter(
            text
            for text, (line, column) in comments_of(fix["path"])
            if line != fix["line"] or column > fix["column"]
        )
        if lost := wanted - collections.Counter(text for text, _ in comments(fix["after"])):
            found.append(f"comments are lost: {list(lost)}")
    except (tokenize.TokenError, SyntaxError) as error:
        found.append(f"the file has no tokens: {error}")
    return found


def seed_of(arguments: list[str]) -> int:
    """The seed behind the program."""
    return int(arguments[2]) if len(arguments) > 2 else SEED


@dataclasses.dataclass
class Held:
    """What came of asking about every file."""

    # How many files were looked at, and how many CPython does not parse.
    files: int
    broken: int
    is_whole: bool
    # The answers with a file after an edit, by what was made.
    made: dict[str, list[str]]
    # What the program tells of a file without an edit, counted.
    told: collections.Counter[str]
    # How many edits were held against CPython.
    chosen: int
    violations: int


def hold(command: list[str], seed: int, pages: str, example: re.Pattern[str]) -> Held:
    """Asks the program about every file, and CPython about what it answers. Prints violations."""
    made: dict[str, list[str]] = collections.defaultdict(list)
    told: collections.Counter[str] = collections.Counter()
    violations = []
    looked_at = 0
    with tempfile.TemporaryDirectory() as folder, multiprocessing.Pool() as pool:

        def fine(everything: Iterable[Path]) -> list[tuple[str, bool]]:
            paths = list(everything)
            return list(zip(map(str, paths), pool.map(is_python, paths, chunksize=20), strict=True))

        everything = fine(examples(Path(folder), pages, example))
        everything += corpus.shared("parsed", lambda: fine(files()))
        paths = [path for path, is_fine in everything if is_fine]
        text = "".join(f"{path}\n" for path in paths)
        run = subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, check=True)
        for line in run.stdout.splitlines():
            answer = json.loads(line)
            told.update(answer.get("findings", {}))
            looked_at += "findings" in answer
            violations += [(answer, fault) for fault in answer["faults"]]
            if "after" in answer:
                made[answer["rule"]].append(line)
        chosen = []
        for name, lines in sorted(made.items()):
            # The order in which the program answers is not always the same.
            lines.sort()
            own = random.Random(f"{seed} {name}")
            chosen += lines if len(lines) <= MOST else own.sample(lines, MOST)
        chosen.sort(key=lambda line: json.loads(line)["path"])
        for line, found in zip(chosen, pool.map(faults, chosen, chunksize=20), strict=True):
            violations += [(json.loads(line), fault) for fault in found]

    for answer, fault in sorted(violations, key=lambda it: (it[0].get("rule", ""), it[0]["path"])):
        place = f"{answer['path']}:{answer.get('line', 1)}"
        print(f"{place}: {answer.get('rule', '')}: {answer.get('title', '')}: {fault}")
    if looked_at != len(paths):
        print(f"{looked_at} files were looked at, not {len(paths)}")
    return Held(
        files=looked_at,
        broken=len(everything) - len(paths),
        is_whole=looked_at == len(paths),
        made=made,
        told=told,
        chosen=len(chosen),
        violations=len(violations),
    )


def main() -> int:
    """Holds the fixes of all rules."""
    program, seed = sys.argv[1], seed_of(sys.argv)
    held = hold([program, "fixes"], seed, "rules", EXAMPLE)
    for rule, count in sorted(held.told.items()):
        print(f"{rule}: {count} findings, {len(held.made[rule])} fixes")
    count = sum(map(len, held.made.values()))
    print(
        f"{held.files} files, {held.broken} more that CPython does not parse: "
        f"{held.told.total()} findings, {count} fixes, {held.chosen} of them (seed {seed}) held "
        f"against CPython, {held.violations} violations"
    )
    return 1 if held.violations or not held.is_whole or not count else 0


if __name__ == "__main__":
    sys.exit(main())
