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
import json
import re
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any, NamedTuple

import corpus
import packages
import right_samples

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


def asked(program: str, root: Path, paths: list[str]) -> list[dict[str, Any]]:
    """The questions with a copy about the files below a folder."""
    answer = subprocess.run(
        [program, "questions", str(root)],
        input="".join(f"{path}\n" for path in paths),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = [json.loads(line) for line in answer.stdout.splitlines()]
    return [one for one in found if one["generator"].startswith("bug-")]


def copies(program: str, root: Path, paths: list[str]) -> list[Copy]:
    """Every file with one mistake in it."""
    made = []
    for one in asked(program, root, paths):
        path = root / one["path"]
        text = path.read_text(encoding="utf-8")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found = outermost(ast.parse(text), one["line"])
            except SyntaxError:  # In a part of the file that is not asked about.
                continue
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
    for select in (["--extend-select", "F,E,B"], ["--select", "F,E,B"]):
        run = subprocess.run(
            [*command, *select, str(folder)], stdout=subprocess.PIPE, text=True, check=False
        )
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
    made = copies(program, corpus.library(), [it.path for it in corpus.valid_sources()])
    for package in packages.PACKAGES + packages.LARGER:
        root = packages.unpacked(package)
        paths = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.py"))]
        made += copies(program, root, paths)
    tools = linters()
    with tempfile.TemporaryDirectory() as folder:
        own, befores, afters = (Path(folder) / name for name in ("own", "before", "after"))
        for made_folder in (own, befores, afters):
            made_folder.mkdir()
        made += copies(program, own, examples(own))
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
