"""The valid files of CPython's standard library, as installed with this interpreter."""

from __future__ import annotations

import ast
import contextlib
import fcntl
import io
import json
import os
import sysconfig
import tokenize
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

SKIPPED = {"site-packages", "dist-packages", "__pycache__"}


class Source(NamedTuple):
    """A file that `ast` accepts."""

    path: str  # below the library's directory, with forward slashes
    text: str  # as an editor has it: decoded, line breaks and byte order mark kept
    tree: ast.Module


def library() -> Path:
    """The directory of the standard library."""
    return Path(sysconfig.get_path("stdlib"))


def paths() -> list[Path]:
    """All Python files of the standard library with its tests, without installed packages."""
    root = library()
    found = [
        path
        for path in root.rglob("*.py")
        if SKIPPED.isdisjoint(path.relative_to(root).parts) and path.is_file()
    ]
    if len(found) < 150:
        # Some distributions leave out parts; far less than that is no library at all.
        raise SystemExit(f"{root} holds only {len(found)} Python files")
    return sorted(found)


def shared(name: str, make: Callable[[], Any]) -> Any:
    """What `make` makes, which is JSON.

    Oracles that have a folder in common, named by PYGLOSS_ORACLE_SHARED, make it once.
    """
    folder = os.environ.get("PYGLOSS_ORACLE_SHARED")
    if not folder:
        return make()
    kept = Path(folder, f"{name}.json")
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with contextlib.suppress(FileNotFoundError):
            return json.loads(kept.read_text(encoding="utf-8"))
        made = make()
        kept.write_text(json.dumps(made), encoding="utf-8")
        return made


def decode(data: bytes) -> str:
    """The text of a file, line breaks and byte order mark kept."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    # `utf-8-sig` would drop the mark, which editors send.
    return data.decode("utf-8" if encoding == "utf-8-sig" else encoding)


def valid_sources() -> Iterator[Source]:
    """Every file that `ast` accepts."""
    root = library()
    for path in paths():
        data = path.read_bytes()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(data, str(path))
            text = decode(data)
        except (SyntaxError, ValueError, RecursionError):
            continue
        yield Source(path.relative_to(root).as_posix(), text, tree)
