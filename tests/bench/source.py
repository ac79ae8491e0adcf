"""The files that are edited: modules of the standard library, one after another.

Small decorators with a mistake stand between the modules' statements, so that both servers have
findings all over the file: `decorator-missing-wraps` for pygloss, B006 for ruff.
"""

from __future__ import annotations

import ast
import re
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("asyncio", "collections", "concurrent", "email", "http", "importlib", "json", "logging")
PACKAGES += ("multiprocessing", "unittest", "urllib", "xml", "xmlrpc", "tkinter", "idlelib")
# Modules that do something when imported, hold only tables, or cannot stand behind others.
SKIPPED = {"antigravity", "this", "__future__", "turtle", "_pydecimal", "pydoc"}

# So many lines lie between two faulty decorators.
SPACING = 100

MARKER = "bench_marker = 0"
WRAPS = "@functools.wraps(func)"
FLIPPED = "bench_total = 0"
SAME = "bench_place = 0"

FAULTY = """
def bench_decorator_{n}(func):
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    return wrapper


@bench_decorator_{n}
def bench_user_{n}(value=[]):
    return value


"""

CLEAN = f"""
import functools


def bench_flip(func):
    {WRAPS}
    def wrapper(*args, **kwargs):
        {FLIPPED}
        return func(*args, **kwargs)

    return wrapper


@bench_flip
def bench_flipped(value):
    return value


def bench_typed(name, items, width, path):
    parts = [item for item in items if item]
    pairs = dict(zip(parts, items))
    for part in parts:
        name = name + part
    {SAME}
    print(name, width, path, pairs)
    return parts


"""


@dataclass(frozen=True)
class Source:
    """A file, and the places in it that matter. Lines count from 0."""

    text: str
    marker: int
    """The line in the middle of a function in the middle of the file, where keys are typed."""
    item: range
    """The lines of the top-level statement around the marker."""
    same: int
    """The line in a function that is the same in all files, where keys are typed, too."""
    same_item: range
    """The lines of that function."""
    top: range
    """The lines of a top-level statement near the start of the file."""
    hovers: list[tuple[int, int]]
    """Line and column of names that pygloss has a card for."""
    mistakes: list[tuple[int, int]]
    """Line and column of what both servers find: a list as a default."""
    ordinary: list[tuple[int, int]]
    """Line and column of code between, in nearly all of which nothing is found."""

    @property
    def lines(self) -> int:
        return self.text.count("\n")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Real modules in a fixed order."""
    root = Path(sysconfig.get_path("stdlib"))
    paths = sorted(root.glob("*.py"))
    for package in PACKAGES:
        found = sorted((root / package).rglob("*.py"))
        paths += [path for path in found if {"test", "tests", "idle_test"}.isdisjoint(path.parts)]
    for path in paths:
        if path.stem in SKIPPED or path.stem.startswith("_sysconfigdata"):
            continue
        try:
            text = path.read_bytes().decode()
            tree = ast.parse(text)
        except (UnicodeDecodeError, SyntaxError):
            continue
        if any(part in text for part in ("from __future__", "import *", "\t", "\f", "\r")):
            continue
        if len(tree.body) >= 3:
            yield text, tree


def first_line(statement: ast.stmt) -> int:
    """The line of a statement or of its first decorator, from 1."""
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def statements() -> Iterator[str]:
    """The top-level statements of all modules with what stands before them."""
    for text, tree in modules():
        lines = text.rstrip("\n").splitlines(keepends=True)
        lines[-1] += "\n"
        ends = [statement.end_lineno for statement in tree.body]
        start = 0
        # Two statements may share a line.
        for end in dict.fromkeys(ends):
            if end > start:
                yield "".join(lines[start:end])
                start = end


def generate(wanted: int) -> Source:
    """A file of about `wanted` lines."""
    parts: list[str] = []
    count = since = decorators = 0
    flips = False
    for statement in statements():
        size = statement.count("\n")
        if count + size > wanted * 1.02:
            # A class that is too long for the rest; the next statement may fit.
            if count > wanted * 0.9:
                break
            continue
        if not flips and count + size > wanted * 0.4:
            parts.append(CLEAN)
            count += CLEAN.count("\n")
            flips = True
        parts.append(statement)
        count += size
        since += size
        if since > SPACING:
            parts.append(FAULTY.format(n=decorators))
            count += FAULTY.count("\n")
            decorators += 1
            since = 0
        if count >= wanted:
            break
    return place(mark("".join(parts)))


def mark(text: str) -> str:
    """Puts the marker into the function nearest the middle that has a few statements."""
    lines = text.splitlines(keepends=True)
    middle = len(lines) // 2
    best: ast.stmt | None = None
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or len(node.body) < 4:
            continue
        if node.name.startswith("bench_"):
            continue
        statement = node.body[len(node.body) // 2]
        is_fit = statement.lineno > node.lineno and not isinstance(
            statement, ast.Return | ast.Raise
        )
        if is_fit and (best is None or abs(statement.lineno - middle) < abs(best.lineno - middle)):
            best = statement
    if best is None:
        raise SystemExit("the file has no function to type in")
    lines.insert(first_line(best) - 1, " " * best.col_offset + MARKER + "\n")
    return "".join(lines)


def place(text: str) -> Source:
    """Finds the places in a finished text."""
    tree = ast.parse(text)
    lines = text.splitlines()

    def item_around(line: int) -> range:
        return next(
            range(first_line(statement) - 1, statement.end_lineno)
            for statement in tree.body
            if first_line(statement) - 1 <= line < statement.end_lineno
        )

    marker = next(index for index, line in enumerate(lines) if line.strip() == MARKER)
    same = next(index for index, line in enumerate(lines) if line.strip() == SAME)
    top = next(
        range(first_line(statement) - 1, statement.end_lineno)
        for statement in tree.body
        if first_line(statement) - 1 > min(30, len(lines) // 8)
    )
    hovers = [
        (index, line.index("bench_") + 3)
        for index, line in enumerate(lines)
        if line.startswith(("@bench_", "def bench_decorator_", "def bench_user_"))
    ]
    mistakes = [
        (index, line.index("[]"))
        for index, line in enumerate(lines)
        if line.startswith("def bench_user_")
    ]
    assigned = re.compile(r" +\w+ = \w+")
    ordinary = [
        (index, line.index("=") + 2)
        for index, line in enumerate(lines)
        if assigned.match(line) and line.isascii() and "bench_" not in line
    ]
    ordinary = ordinary[:: max(1, len(ordinary) // 100)]
    return Source(
        text,
        marker,
        item_around(marker),
        same,
        item_around(same),
        top,
        hovers,
        mistakes,
        ordinary,
    )
