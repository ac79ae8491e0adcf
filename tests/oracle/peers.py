"""Holds what pages of rules say about ruff against ruff.

Usage: peers.py PROGRAM, where PROGRAM is the built `oracle`. A page whose rule is `covered-by`
codes of ruff claims that ruff reports each finding of the rule, on the same lines: otherwise
findings get lost where a rule yields. Looks at the examples of the pages, the standard library and
pinned packages, with the pinned ruff. Also whether ruff has those of the codes on, where nobody
chooses, that the server takes for on. Prints each finding that ruff has not; the exit code is 1
when there is one.
"""

from __future__ import annotations

import collections
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import warnings
from collections.abc import Iterable
from pathlib import Path

import asked
import corpus
import packages

ROOT = Path(__file__).parents[2]
RUFF = "ruff==0.17.6"
# What the program takes for the oldest Python.
TARGET = "py39"
EXAMPLE = re.compile(r"^```py fires(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
MARK = re.compile(r"[ \t]*#[ \t]*(?:\^+|<-)[ \t]*\n")
DEFAULT = re.compile(r"const BY_DEFAULT: &\[&str\] = &\[(.*?)\];", re.DOTALL)


def pages() -> dict[str, tuple[str, list[str]]]:
    """The page and the codes of ruff of each rule that has such."""
    found = {}
    for page in sorted((ROOT / "content").glob("*/*/rules/*.md")):
        text = page.read_text(encoding="utf-8")
        covered = tomllib.loads(text.split("+++\n")[1]).get("covered-by", [])
        codes = [name.removeprefix("ruff:") for name in covered if name.startswith("ruff:")]
        if codes:
            found[page.stem] = (text, codes)
    return found


def program() -> str:
    """The program of ruff."""
    folder = packages.unpacked(RUFF)
    path = next(folder.glob("ruff-*.data/scripts/ruff"))
    path.chmod(0o755)
    return str(path)


def reported(ruff: str, codes: Iterable[str], target: str, paths: list[str]) -> set[tuple]:
    """Path, line and code of all that ruff reports; of more lines each."""
    options = ["--isolated", "--no-cache", "--quiet", "--output-format", "json", "--ignore-noqa"]
    options += ["--select", ",".join(codes), "--target-version", target]
    run = subprocess.run([ruff, "check", *options, *paths], stdout=subprocess.PIPE, check=False)
    return {
        (one["filename"], line, one["code"])
        for one in json.loads(run.stdout)
        for line in range(one["location"]["row"], one["end_location"]["row"] + 1)
    }


def in_examples(ruff: str, folder: Path) -> tuple[int, list[str]]:
    """How many marked findings of examples were looked at, and those that ruff has not."""
    marks: dict[str, list[tuple[str, str, int]]] = collections.defaultdict(list)
    paths: dict[str, list[str]] = collections.defaultdict(list)
    for rule, (text, _) in pages().items():
        for number, (words, code) in enumerate(EXAMPLE.findall(text)):
            lines, marked = [], set()
            for line in code.splitlines(keepends=True):
                if MARK.fullmatch(line):
                    marked.add(len(lines))
                else:
                    lines.append(line)
            path = folder / rule / f"{'test_' if 'file=test' in words else ''}{number}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(lines), encoding="utf-8")
            target = re.search(r"target=3\.(\d+)", words)
            paths[f"py3{target[1]}" if target else TARGET].append(str(path))
            marks[rule] += [(str(path), f"example {number}", line) for line in sorted(marked)]
    codes = {rule: codes for rule, (_, codes) in pages().items()}
    every = sorted({code for several in codes.values() for code in several})
    there = set().union(*(reported(ruff, every, *one) for one in paths.items()))
    missing = [
        f"{rule}: {example}, line {line}"
        for rule, marked in marks.items()
        for path, example, line in marked
        if not any((path, line, code) in there for code in codes[rule])
    ]
    return sum(map(len, marks.values())), missing


def is_utf8(path: Path) -> bool:
    """Whether the file is text that the program reads."""
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_python(path: Path) -> bool:
    """Whether the file is UTF-8 that CPython compiles; its library holds others for tests."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(path.read_bytes().decode("utf-8"), str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def in_code(ruff: str, finder: str) -> tuple[collections.Counter[str], list[str]]:
    """How many findings of each rule were looked at in real code, and those that ruff has not."""
    codes = {rule: codes for rule, (_, codes) in pages().items()}
    here = asked.found(finder, (path for path in corpus.paths() if is_utf8(path)))
    here = [one for one in here if one[2] in codes]
    good = {path for path in {path for path, _, _ in here} if is_python(Path(path))}
    found = [one for one in here if one[0] in good]
    found += [one for one in asked.found_in_packages(finder) if one[2] in codes]
    files = sorted({path for path, _, _ in found})
    every = sorted({code for several in codes.values() for code in several})
    there = reported(ruff, every, TARGET, files)
    missing = [
        f"{path}:{line}: {rule}"
        for path, line, rule in found
        if not any((path, line, code) in there for code in codes[rule])
    ]
    return collections.Counter(rule for _, _, rule in found), missing


def wrong_defaults(ruff: str, folder: Path) -> list[str]:
    """The codes that ruff has on and the server takes for off, or the other way round."""
    (folder / "a.py").write_text("x = 1\n", encoding="utf-8")
    command = [ruff, "check", "--isolated", "--show-settings", str(folder)]
    shown = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    enabled = shown.split("linter.rules.enabled = [")[1].split("]")[0]
    on = set(re.findall(r"\(([A-Z]+\d+)\)", enabled))
    source = (ROOT / "server" / "src" / "project" / "ruff.rs").read_text(encoding="utf-8")
    taken = set(re.findall(r'"([A-Z]+\d+)"', DEFAULT.search(source)[1]))
    used = {code for _, codes in pages().values() for code in codes}
    return [f"{code}: is it on by default?" for code in sorted(taken ^ (on & used))]


def main() -> int:
    """Asks both."""
    ruff = program()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        examples, missing = in_examples(ruff, folder)
        missing += wrong_defaults(ruff, folder)
    counts, more = in_code(ruff, sys.argv[1])
    missing += more
    for line in missing:
        print(line)
    for rule, count in sorted(counts.items()):
        print(f"{rule}: {count} findings")
    print(
        f"{examples} findings in examples and {counts.total()} in code of {len(pages())} rules "
        f"that yield: {len(missing)} that ruff has not"
    )
    return int(bool(missing) or not examples or not counts)


if __name__ == "__main__":
    sys.exit(main())
