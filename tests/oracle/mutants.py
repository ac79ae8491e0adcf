"""Lints the copies of functions with a mistake that questions show: nobody else is to find it.

Usage: mutants.py PROGRAM, where PROGRAM is the built `oracle`. Over the standard library, the
packages of `packages.py`, the examples on the pages of rules and the programs of
`right_samples.py`: each copy is put back into its file, and ruff (its default rules, and all of
`F`, `E` and `B`) and pyflakes look at the file before and after. They come from PyPI, pinned, into
pygloss' cache. A new finding in the function gives the answer away. One elsewhere, such as an
import that is no longer used, is in code that a question does not show, and is only counted.
Prints a table by rule; the exit code is 1 when an answer is given away, and when a rule whose
mistake can be made has no copy.
"""

from __future__ import annotations

import ast
import collections
import functools
import json
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import NamedTuple

import corpus
import packages
import right_samples
from asked import Said, about, about_library

LINTERS = ["ruff==0.17.6", "pyflakes==4.1.0"]

PAGES = Path(__file__).parents[2] / "content"
EXAMPLE = re.compile(r"^```py (?:fires|fixed|silent)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# A finding: its line and what it says.
Finding = tuple[int, str]


class Copy(NamedTuple):
    """A file with a copy of a function in place of the function."""

    rule: str
    place: str
    text: str
    lines: range  # of the copy, from 1
    original: Path


def linters() -> Path:
    """The folder of the linters' programs; they are fetched when they are not there."""
    folder = packages.cache().parent / ("lint-" + "-".join(LINTERS).replace("==", "-"))
    with packages.fetching():
        if not (folder / "done").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
            pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, *LINTERS], check=True)
            (folder / "done").touch()
    return folder / "bin"


def outermost(tree: ast.Module, line: int) -> tuple[int, int, int] | None:
    """The lines of the outermost function around a line, with its decorators, and its column."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(it.lineno for it in node.decorator_list)])
            if first <= line <= (node.end_lineno or first):
                return first, node.end_lineno or first, node.col_offset
        else:
            pending += ast.iter_child_nodes(node)
    return None


@functools.lru_cache(maxsize=1)
def parsed(path: Path) -> tuple[str, ast.Module | None]:
    """The text of a file and its tree; no tree where a part that is not asked about is broken."""
    text = path.read_text(encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return text, ast.parse(text)
        except SyntaxError:
            return text, None


def copies(root: Path, questions: list[Said]) -> list[Copy]:
    """Every file below a folder with one mistake in it."""
    made = []
    for one in questions:
        if not one["generator"].startswith("bug-"):
            continue
        path = root / one["path"]
        text, tree = parsed(path)
        if tree is None:
            continue
        found = outermost(tree, one["line"])
        if found is None:
            raise SystemExit(f"{path}:{one['line']}: no function there")
        first, last, column = found
        # A form feed ends no line here.
        lines = text.split("\n")
        snippet = one["snippet"].split("\n")
        inner = [" " * column + line if line.strip() else line for line in snippet]
        whole = "\n".join([*lines[: first - 1], *inner, *lines[last:], ""])
        rule = one["generator"].removeprefix("bug-")
        place = f"{path}:{one['line']}"
        made.append(Copy(rule, place, whole, range(first, first + len(inner)), path))
    return made


def examples(folder: Path) -> list[str]:
    """Writes the examples of the pages of rules and our own programs into a folder: their names."""
    texts = dict(right_samples.PROGRAMS)
    for page in sorted(PAGES.rglob("rules/*.md")):
        found = EXAMPLE.findall(page.read_text(encoding="utf-8"))
        texts.update({f"{page.stem}-{at}": text for at, text in enumerate(found)})
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return [f"{name}.py" for name in texts]


def found_by(tools: Path, folder: Path) -> dict[str, list[Finding]]:
    """What both linters find in the files of a folder, by the name of the file."""
    found: dict[str, list[Finding]] = collections.defaultdict(list)
    command = [str(tools / "ruff"), "check", "--isolated", "--no-cache", "--output-format", "json"]
    command += ["--extend-select", "F,E,B", str(folder)]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    for one in json.loads(run.stdout):
        said = f"{one['code']} {one['message']}"
        found[Path(one["filename"]).name].append((one["location"]["row"], said))
    run = subprocess.run(
        [str(tools / "python"), "-W", "ignore", "-m", "pyflakes", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    for line in run.stdout.splitlines():
        name, row, _, said = line.removeprefix(f"{folder}/").split(":", 3)
        found[name].append((int(row), said.strip()))
    return found


def new(before: list[Finding], after: list[Finding]) -> list[Finding]:
    """What is found after and was not before, wherever it stands."""
    known = collections.Counter(said for _, said in before)
    left = []
    for row, said in after:
        known[said] -= 1
        if known[said] < 0:
            left.append((row, said))
    return left


def main() -> int:
    """Makes the copies and has them looked at."""
    program = sys.argv[1]
    made = copies(corpus.library(), about_library(program))
    root = packages.cache()
    folders = [packages.unpacked(it) for it in packages.PACKAGES + packages.LARGER]
    paths = [str(path.relative_to(root)) for it in folders for path in sorted(it.rglob("*.py"))]
    made += copies(root, about(program, root, paths))
    tools = linters()
    with tempfile.TemporaryDirectory() as folder:
        own, befores, afters = (Path(folder) / name for name in ("own", "before", "after"))
        for made_folder in (own, befores, afters):
            made_folder.mkdir()
        made += copies(own, about(program, own, examples(own)))
        originals = {path: f"f{at}.py" for at, path in enumerate({it.original for it in made})}
        for path, name in originals.items():
            (befores / name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
        for at, copy in enumerate(made):
            (afters / f"m{at}.py").write_text(copy.text, encoding="utf-8")
        before, after = found_by(tools, befores), found_by(tools, afters)
    counted: collections.Counter[str] = collections.Counter(copy.rule for copy in made)
    given: collections.Counter[str] = collections.Counter()
    elsewhere = 0
    for at, copy in enumerate(made):
        findings = new(before[originals[copy.original]], after[f"m{at}.py"])
        inside = [(row, said) for row, said in findings if row in copy.lines]
        elsewhere += len(inside) < len(findings)
        given[copy.rule] += bool(inside)
        for row, said in inside:
            print(f"{copy.place}: {copy.rule}: line {row} of the copy: {said}")
    for rule, count in sorted(counted.items()):
        print(f"{rule}: {count} copies, {given[rule]} given away")
    print(
        f"{len(made)} copies of functions with one mistake, {len(counted)} rules: {given.total()} "
        f"given away by ruff or pyflakes, {elsewhere} with a new finding in code that is not shown"
    )
    wanted = subprocess.run(
        [program, "questions", "--mistakes"], stdout=subprocess.PIPE, text=True, check=True
    )
    missing = [rule for rule in wanted.stdout.split() if not counted[rule]]
    if missing:
        print(f"no copy has the mistake of {', '.join(missing)}")
    return int(bool(given.total() or missing) or not wanted.stdout)


if __name__ == "__main__":
    sys.exit(main())
