"""Holds the scopes of the standard library against CPython's `symtable`.

Usage: scopes.py PROGRAM, where PROGRAM is the built `oracle`.
"""

from __future__ import annotations

import gc
import subprocess
import symtable
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus import library, paths, valid_sources

EXCEPTIONS = Path(__file__).with_name("scopes.exceptions")
AGREEMENT = 0.9995

# The letters of scopes.rs.
FLAGS = [
    ("A", symtable.Symbol.is_annotated),
    ("D", symtable.Symbol.is_declared_global),
    ("F", symtable.Symbol.is_free),
    ("G", symtable.Symbol.is_global),
    ("I", symtable.Symbol.is_imported),
    ("L", symtable.Symbol.is_local),
    ("N", symtable.Symbol.is_nonlocal),
    ("P", symtable.Symbol.is_parameter),
    ("R", symtable.Symbol.is_referenced),
    ("S", symtable.Symbol.is_assigned),
]


class Known(NamedTuple):
    """Differences that are explained: those of a scope of a file and of the scopes in it."""

    path: str
    scope: str
    reason: str


def known_differences() -> list[Known]:
    """The lines `PATH: SCOPE: REASON` of the file of exceptions."""
    known = []
    for line in EXCEPTIONS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            parts = line.split(": ", 2)
            if len(parts) != 3:
                raise SystemExit(f"{EXCEPTIONS.name}: not PATH: SCOPE: REASON: {line!r}")
            known.append(Known(*parts))
    return known


def symbols(table: symtable.SymbolTable, path: str = "module") -> Iterator[str]:
    """A line for each symbol, and one for each scope."""
    yield path
    for symbol in table.get_symbols():
        # The argument that carries a comprehension's first iterable has no name in the source.
        if symbol.get_name() != ".0":
            flags = "".join(letter for letter, ask in FLAGS if ask(symbol))
            yield f"{path} {symbol.get_name()} {flags}"
    for child in table.get_children():
        step = f"{child.get_type()} {child.get_name()}@{child.get_lineno()}"
        yield from symbols(child, f"{path}/{step}")


def expected(path: str, text: str) -> Counter[str] | None:
    """What `symtable` says; nothing for what it, unlike `ast`, holds for invalid."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Counter(symbols(symtable.symtable(text.removeprefix("\ufeff"), path, "exec")))
    except SyntaxError as error:
        print(f"{path}: left out, symtable rejects it: {error.msg}")
        return None


def compare(program: str) -> Iterator[tuple[str, Counter[str], Counter[str]]]:
    """Each file with the symbols of CPython and ours."""
    sources = {source.path: source.text for source in valid_sources()}
    for path in paths():
        if (name := path.relative_to(library()).as_posix()) not in sources:
            print(f"{name}: left out, ast rejects it")
    with tempfile.TemporaryFile() as frames, tempfile.TemporaryFile() as output:
        for path, text in sources.items():
            data = text.encode()
            frames.write(f"{len(data)} {path}\n".encode() + data)
        frames.seek(0)
        subprocess.run([program, "scopes"], stdin=frames, stdout=output, check=True)
        output.seek(0)
        answers = iter(output.read().decode().split("\n"))
    line = next(answers)
    for path, text in sources.items():
        if line != f"# {path}":
            raise SystemExit(f"{program} skipped {path}")
        ours: Counter[str] = Counter()
        for line in answers:
            if line.startswith("# ") or not line:
                break
            ours[line] += 1
        theirs = expected(path, text)
        if theirs is not None:
            yield path, theirs, ours


def main() -> int:
    """Runs the comparison; 0 when all differences are explained and few."""
    if sys.version_info[:2] != (3, 11):
        # Later versions have scopes for annotations and type parameters, and inline comprehensions.
        raise SystemExit("this oracle is CPython 3.11")
    # Trees have no cycles, and the collector would visit their millions of objects in vain.
    gc.disable()
    known = known_differences()
    used: set[Known] = set()
    files = total = agreeing = unexplained = 0
    for path, theirs, ours in compare(sys.argv[1]):
        files += 1
        total += (theirs | ours).total()
        agreeing += (theirs & ours).total()
        differences = [f"- {line}" for line in (theirs - ours).elements()]
        differences += [f"+ {line}" for line in (ours - theirs).elements()]
        for line in sorted(differences):
            explains = (k for k in known if k.path == path and line[2:].startswith(k.scope))
            entry = next(explains, None)
            if entry:
                used.add(entry)
            else:
                unexplained += 1
                print(f"{path}: {line}")
    for entry in sorted(set(known) - used):
        unexplained += 1
        print(f"{entry.path}: {entry.scope}: no longer differs; remove it from {EXCEPTIONS.name}")
    share = agreeing / total
    print(
        f"{files} files: {agreeing} symbols and scopes agree, {total - agreeing} differ "
        f"({share:.4%} agree), {unexplained} unexplained"
    )
    return 0 if share >= AGREEMENT and not unexplained else 1


if __name__ == "__main__":
    sys.exit(main())
