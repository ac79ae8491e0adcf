"""Runs CPython's own tests on its standard library with all safe fixes made, or all conversions.

Usage: suite.py PROGRAM fixed|refactorings, where PROGRAM is the built `oracle`; `refactorings` are
the conversions that change nothing in behaviour. Copies the standard library, makes them in the
modules and the tests of the copy, and runs changed tests and those of changed modules: those with
the name of one, then those that import one, until there are enough. Those that fail are run
without the changes as well. Prints each test module that passes without and fails with them; the
exit code is 1 when there is one, or when there are too few to tell.
"""

from __future__ import annotations

import ast
import collections
import concurrent.futures
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import corpus

FEWEST = 40
# So many are run, and looked for beyond those that have the name of a changed module.
ENOUGH = 60
SEED = 20261127
# Seconds that a test module may take; slower ones, and those that need a network, a display or the
# whole machine, are left out.
PATIENCE = 40
SKIPPED = {"lib2to3", "turtledemo", "site-packages", "ensurepip"}
LEFT_OUT = {
    "test_concurrent_futures", "test_idle", "test_multiprocessing_fork", "test_ssl", "test_tcl",
    "test_multiprocessing_forkserver", "test_multiprocessing_spawn", "test_regrtest", "test_gdb",
    "test_tk", "test_ttk_guionly", "test_turtle", "test_urllib2net", "test_urllibnet", "test_venv",
    "test_ensurepip", "test_distutils", "test_zipfile64", "test_asyncio", "test_socket", "test_tix",
    "test_tarfile", "test_tracemalloc", "test_interpreters", "test_subprocess",
    # Fail on any copy: they expect the library where it is installed, or its frozen modules.
    "test_compileall", "test_importlib", "test_inspect", "test_pydoc", "test_tabnanny",
    "test_threading",
    # Needs the source tree of CPython.
    "test_peg_generator",
}  # fmt: skip
# Left out as one, but not the modules in them.
PACKAGES = {"test_asyncio", "test_importlib"}


def copy(folder: Path) -> Path:
    """A copy of the standard library."""
    ignored = shutil.ignore_patterns("__pycache__", "site-packages", "dist-packages", "idlelib")
    return Path(shutil.copytree(corpus.library(), folder, ignore=ignored, symlinks=True))


def fix(command: list[str], library: Path) -> dict[Path, list[str]]:
    """Makes all changes; the changed files below the library, with the rules."""
    files = [
        path
        for path in sorted(library.rglob("*.py"))
        if SKIPPED.isdisjoint(path.relative_to(library).parts)
    ]
    asked = "".join(f"{path}\n" for path in files)
    command = [*command, str(sys.version_info.minor)]
    run = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    changed = {}
    for line in run.stdout.splitlines():
        one = json.loads(line)
        path = Path(one["path"])
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(one["text"])
        changed[path.relative_to(library)] = one["rules"]
    return changed


def tests_of(path: Path, library: Path) -> list[str]:
    """The test modules of a module or of one of its packages, or the one that it is part of."""
    if is_inner_test(path):
        return [module_of(path)]
    if path.parts[0] == "test":
        found = [part.removesuffix(".py") for part in path.parts[1:2]]
        return [name for name in found if name.startswith("test_") and name not in LEFT_OUT]
    parts = [part.removesuffix(".py").lstrip("_") for part in path.parts if part != "__init__.py"]
    names = {f"test_{'_'.join(parts)}", *(f"test_{part}" for part in parts)}
    files = {path.stem for path in (library / "test").iterdir()}
    return sorted((names & files) - LEFT_OUT)


def module_of(path: Path) -> str:
    """The name of the module in a file below the library."""
    parts = [part.removesuffix(".py") for part in path.parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_inner_test(path: Path) -> bool:
    """Whether it is a test module of a package of such, which is run alone."""
    return (
        path.name.startswith("test")
        and len(path.parts) > 2
        and (path.parts[0] == "test" or path.parts[1] in {"test", "tests"})
        and path.parts[1] not in LEFT_OUT - PACKAGES
        and path.stem not in LEFT_OUT
    )


def imported(path: Path) -> set[str]:
    """The modules that a file names in its imports."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return set()
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{one.name}" for one in node.names)
    return names


def environment(library: Path, home: str = "") -> dict[str, str]:
    """That of a process that uses this library."""
    # Where setuptools is installed, it puts a `distutils` of its own before that of the library.
    own = {"PYTHONPATH": str(library), "SETUPTOOLS_USE_DISTUTILS": "stdlib"}
    return {**os.environ, **own, **({"TMPDIR": home, "HOME": home} if home else {})}


def loaded_with(library: Path, package: str) -> set[str]:
    """The modules of a package that are there as soon as it is imported."""
    code = f"import sys, {package}; print(*sys.modules)"
    command = [sys.executable, "-X", "frozen_modules=off", "-c", code]
    run = subprocess.run(
        command, env=environment(library), capture_output=True, text=True, check=False
    )
    return {name for name in run.stdout.split() if name.startswith(f"{package}.")}


def users_of(changed: list[Path], library: Path) -> Iterator[tuple[str, Path]]:
    """The test modules that import a changed module, each with one of these, which take turns."""
    modules = {module_of(path): path for path in changed if "test" not in path.parts}
    packages = {name.rsplit(".", 1)[0] for name in modules if "." in name}
    # Whoever names a package uses what it loads at once.
    within = {it: loaded_with(library, it) & modules.keys() for it in packages}
    users = collections.defaultdict(list)
    files = [*library.glob("test/test_*.py"), *library.glob("*/test*/**/test*.py")]
    for path in sorted(files):
        below = path.relative_to(library)
        name = module_of(below) if is_inner_test(below) else below.stem
        names = imported(path)
        # Every test imports `unittest`: it is tested by its own.
        if below.parts[0] != "unittest":
            names = {it for it in names if it.partition(".")[0] != "unittest"}
        used = names & modules.keys() | {it for one in names for it in within.get(one, ())}
        left_out = name.rpartition(".")[2] in LEFT_OUT or below.parts[0] in SKIPPED
        if used and not left_out:
            users[min(used)].append(name)
    for turn in itertools.zip_longest(*users.values()):
        for name, used in zip(turn, users, strict=True):
            if name:
                yield name, modules[used]


def passes(library: Path, test: str) -> bool:
    """Whether a test module passes on this library."""
    # Modules that Python has frozen would come from elsewhere.
    command = [sys.executable, "-X", "frozen_modules=off", "-m"]
    command += ["unittest", "--quiet"] if "." in test else ["test", "--quiet"]
    command.append(test)
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                command,
                env=environment(library, folder),
                cwd=folder,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
    return done.returncode == 0


def main() -> int:
    """Compares."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = copy(Path(folder, "before")), copy(Path(folder, "after"))
        if not (before / "test" / "test_abc.py").is_file():
            print("the tests of CPython are missing; Debian has them in libpython3.11-testsuite")
            return 1
        changed = fix(sys.argv[1:3], after)
        reasons = collections.defaultdict(list)
        for path in changed:
            for test in tests_of(path, before):
                reasons[test].append(path)
        for test, path in users_of(list(changed), before):
            if test in reasons or len(reasons) < ENOUGH:
                reasons[test].append(path)
        if len(reasons) > ENOUGH:
            chosen = random.Random(SEED).sample(sorted(reasons), ENOUGH)
            reasons = {test: reasons[test] for test in chosen}
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            new = dict(zip(reasons, pool.map(lambda it: passes(after, it), reasons), strict=True))
            failing = [test for test, passed in new.items() if not passed]
            # One that passes shows what there is to show, whether it did so before or not.
            old = dict(zip(failing, pool.map(lambda it: passes(before, it), failing), strict=True))
        broken = [test for test in failing if old[test] and not passes(after, test)]
        good = len(reasons) - len(failing) + sum(old.values())
        for test in broken:
            files = ", ".join(f"{path} ({', '.join(changed[path])})" for path in reasons[test])
            print(f"{test} fails after changes in {files}")
        count = sum(map(len, changed.values()))
        print(
            f"{count} changes in {len(changed)} files: of {len(reasons)} modules of tests "
            f"{good} pass with them or without, {len(broken)} without only"
        )
        return int(bool(broken) or good < FEWEST)


if __name__ == "__main__":
    sys.exit(main())
