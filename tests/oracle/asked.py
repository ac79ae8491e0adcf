"""What the built `oracle` asks about Python files, and finds in them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import corpus
import packages

LINE = re.compile(r"(.*):(\d+) (\S+)")

Said = dict[str, Any]


def about(program: str, root: Path, paths: Iterable[str]) -> list[Said]:
    """The questions about files below a folder, in the order of the files."""
    answer = subprocess.run(
        [program, "questions", str(root)],
        input="".join(f"{path}\n" for path in paths),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    said = [json.loads(line) for line in answer.stdout.splitlines()]
    return sorted(said, key=lambda one: one["path"])


def about_library(program: str) -> list[Said]:
    """The questions about the standard library."""
    root = corpus.library()
    paths = (path.relative_to(root).as_posix() for path in corpus.paths())
    return corpus.shared("questions", lambda: about(program, root, paths))


def found(program: str, paths: Iterable[Path | str]) -> list[tuple[str, int, str]]:
    """Path, line from 1, and rule of each finding, in any order."""
    asked = "".join(f"{path}\n" for path in paths)
    command = [program, "packages", "--findings"]
    run = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    split = [LINE.fullmatch(line).groups() for line in run.stdout.splitlines()]
    return [(path, int(line), rule) for path, line, rule in split]


def found_in_packages(program: str) -> list[tuple[str, int, str]]:
    """What is found in all packages."""
    folders = (packages.unpacked(it) for it in packages.PACKAGES + packages.LARGER)
    paths = (path for folder in folders for path in folder.rglob("*.py"))
    return [tuple(one) for one in corpus.shared("findings", lambda: found(program, paths))]
