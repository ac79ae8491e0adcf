"""Holds what is known about imported decorators and bases against what CPython imports.

Usage: imports.py PROGRAM [SEED], where PROGRAM is the built `oracle`. Makes random projects of
a few files, runs the one with the decorated function in every way that its imports may be meant
for, and compares the name that the function shows, and where the function behind it comes from.
Other projects hold classes whose bases stand in other files (`class_projects.py`).
Prints each difference with the project; the exit code is 1 when there is one.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import class_projects

PROJECTS = 1500
FEWEST = 50
# Projects with classes, and the fewest facts about these.
CLASS_PROJECTS = 1500
FEWEST_FACTS = 4000
# Of all projects, those whose files take names by `from … import *`; the fewest runs of such ones.
STARRED = 0.6
FEWEST_STARRED = 20
NAMES = ["retry", "timed", "core"]
MODULES = ["utils", "pkg", "pkg.core", "pkg.retry", "ns.core", "ns"]
FILES = [
    "utils.py",
    "src/utils.py",
    "pkg/__init__.py",
    "pkg/core.py",
    "pkg/retry.py",
    "pkg/utils.py",
    "src/pkg/core.py",
    "src/pkg/__init__.py",
    "ns/core.py",
    "ns/retry.py",
    "src/ns/core.py",
]

# Runs a file or a module with these folders on the path, and tells what became of `f`.
RUN = """
import json, runpy, sys
paths, how, what = json.loads(sys.argv[1])
sys.path[:1] = paths
sys.dont_write_bytecode = True
f = (runpy.run_module if how == "module" else runpy.run_path)(what)["f"]
code = getattr(f, "__code__", None)
print(json.dumps([f.__name__, code and code.co_filename, code and code.co_firstlineno]))
"""


def decorator(rng: random.Random, name: str) -> str:
    """A definition of a decorator, or of something that is none."""
    wrapper = f"w{rng.randrange(1000)}"
    wraps = "    @functools.wraps(f)\n" if rng.random() < 0.4 else ""
    body = f"{wraps}    def {wrapper}():\n        return f()\n    return {wrapper}\n"
    if rng.random() < 0.1:
        return f"def {name}(f):\n    return f\n"
    return f"import functools\ndef {name}(f):\n{body}"


def listed(rng: random.Random) -> str:
    """A list or tuple of names, as it stands in `__all__`."""
    names = [f'"{name}"' for name in rng.sample(NAMES, rng.randrange(1, 4))]
    return f"[{', '.join(names)}]" if rng.random() < 0.7 else f"({', '.join(names)},)"


def star(rng: random.Random, module: str) -> str:
    """A statement with `from … import *`."""
    line = f"from {module} import *\n"
    kind = rng.random()
    if kind < 0.08:
        return f"if {rng.randrange(2)}:\n    {line}"
    if kind < 0.16:
        return f"try:\n    {line}except ImportError:\n    pass\n"
    if kind < 0.22:
        return f"import contextlib\nwith contextlib.suppress(Exception):\n    {line}"
    return line


def starred(rng: random.Random, module: str) -> str:
    """A statement about names that `from … import *` takes, or such a one."""
    kind = rng.random()
    if kind < 0.5:
        return star(rng, module)
    name = rng.choice(NAMES)
    last = module.rpartition(".")[2]
    return rng.choice(
        [
            f"__all__ = {listed(rng)}\n",
            f"__all__ = {listed(rng)}\n",
            f"__all__: list = {listed(rng)}\n__all__ += {listed(rng)}\n",
            f"__all__ = ['{name}']\n__all__.append('{rng.choice(NAMES)}')\n",
            f"__all__ = [{listed(rng)[1]}]\n__all__.extend({listed(rng)})\n".replace('["]', "[]"),
            f"__all__ = ['retry', 'timed']\n__all__.remove('{rng.choice(NAMES[:2])}')\n",
            f"__all__ = []\nif {rng.randrange(2)}:\n    __all__ += {listed(rng)}\n",
            f"from {module} import {last or name}\n__all__ = {last or name}.__all__ + ['{name}']\n",
            f"import {module.strip('.') or 'utils'} as m\n__all__ = [*m.__all__, '{name}']\n",
            f"from {module} import __all__\n",
            f"__all__ = []\ndef export(f):\n    __all__.append(f.__name__)\n    return f\n"
            f"@export\n{decorator(rng, name).removeprefix('import functools' + chr(10))}",
            "def __dir__():\n    return sorted(__all__)\n",
            f"del {name}\n",
            f"{name} = None\n",
            f"_{name} = {name} = None\n",
            f"for {name} in [len]: pass\n",
        ],
    )


def statement(rng: random.Random, package: bool, stars: bool) -> str:
    """A statement of a module that binds names."""
    name = rng.choice(NAMES)
    module = rng.choice(MODULES)
    if package and rng.random() < 0.6:
        module = rng.choice([".", ".core", ".retry", ".utils"])
    if stars and rng.random() < 0.5:
        return starred(rng, module)
    kind = rng.random()
    if kind < 0.45:
        return decorator(rng, name)
    if kind < 0.75:
        alias = f" as {rng.choice(NAMES)}" if rng.random() < 0.3 else ""
        return f"from {module} import {name}{alias}\n"
    if kind < 0.8 and not module.startswith("."):
        return f"import {module}\n"
    if kind < 0.85:
        return f"from {module} import *\n"
    if kind < 0.9:
        return f"try:\n    from {module} import {name}\nexcept ImportError:\n    {name} = None\n"
    if kind < 0.95:
        return "def __getattr__(name):\n    raise AttributeError(name)\n"
    return f"if 1:\n    {decorator(rng, name)}".replace("\n", "\n    ").rstrip(" ")


def dotted(path: str) -> str:
    """The module that a file is meant to be."""
    return path.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def starred_app(rng: random.Random, package: bool, others: list[str]) -> str:
    """The file with the decorated function, with names that no statement of it writes."""
    module = dotted(rng.choice(others))
    if package and rng.random() < 0.6:
        module = rng.choice([".", ".core", ".retry", ".utils"])
    name = rng.choice(NAMES)
    parts = [star(rng, module)]
    if rng.random() < 0.4:
        parts.append(star(rng, dotted(rng.choice(others))))
    if rng.random() < 0.3:
        parts.insert(rng.randrange(len(parts) + 1), decorator(rng, rng.choice(NAMES)))
    if rng.random() < 0.2:
        again = f"from {dotted(rng.choice(others))} import {name}\n"
        parts.insert(rng.randrange(len(parts) + 1), again)
    use = f"@{name}\ndef f(): ...\n"
    if rng.random() < 0.15:
        parts.insert(rng.randrange(1, len(parts) + 1), use)
        return "".join(parts)
    return "".join([*parts, use])


def app(rng: random.Random, package: bool, others: list[str]) -> str:
    """The file with the decorated function."""
    name, module = rng.choice(NAMES), dotted(rng.choice(others))
    if package and rng.random() < 0.6:
        module = rng.choice([".", ".core", ".retry", ".utils"])
    head, written = rng.choice(
        [
            (f"from {module} import {name}", name),
            (f"from {module} import {name} as d", "d"),
            (f"import {module}", f"{module}.{name}"),
            (f"import {module} as m", f"m.{name}"),
            (f"from {module} import {name}", f"{name}.{rng.choice(NAMES)}"),
        ],
    )
    if head.startswith("import ."):
        head, written = f"from {module} import {name}", name
    return f"{head}\n@{written}\ndef f(): ...\n"


def make(folder: Path, rng: random.Random, stars: bool) -> str:
    """A project; returns the path of the file with the function."""
    path = rng.choice(["app.py", "app.py", "pkg/app.py", "ns/app.py"])
    others = rng.sample(FILES, rng.randrange(1, 6))
    has_star = stars and rng.random() < 0.8
    files = {path: (starred_app if has_star else app)(rng, "/" in path, others)}
    for other in others:
        count = rng.randrange(1, 5 if stars else 4)
        files[other] = "".join(statement(rng, "/" in other, stars) for _ in range(count))
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


def runs(folder: Path, path: str) -> list[list[object]]:
    """What CPython makes of `f`, for each way to run the file that does not fail."""
    script = folder / path
    module = path.removesuffix(".py").replace("/", ".")
    ways = [
        ([script.parent], "path", str(script)),
        ([folder], "module", module),
        ([folder, folder / "src"], "module", module),
        ([folder / "src", folder], "module", module),
    ]
    found = []
    for paths, how, what in ways:
        argument = json.dumps([[str(path) for path in paths], how, what])
        done = subprocess.run(
            [sys.executable, "-I", "-c", RUN, argument],
            capture_output=True,
            text=True,
            cwd=folder,
            check=False,
        )
        if done.returncode == 0:
            found.append(json.loads(done.stdout))
    return found


def differs(said: dict[str, object], run: list[object], folder: Path, path: str) -> bool:
    """Whether a run shows something else than what is said."""
    name, file, line = run
    where = str(folder / str(said["file"] or path))
    # The first line of a function is that of its decorator.
    lines = (said["line"], int(str(said["line"])) - 1)
    return name != said["shown"] or file != where or line not in lines


def ask(program: list[str], paths: dict[str, str]) -> list[dict[str, object]]:
    """What the program says of the file in each folder."""
    asked = "".join(f"{folder}\t{path}\n" for folder, path in paths.items())
    answer = subprocess.run(program, input=asked, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def show(folder: Path) -> None:
    """Prints a project."""
    for file in sorted(folder.rglob("*.py")):
        print(f"//- {file.relative_to(folder)}\n{file.read_text()}")


def of_classes(program: str, seed: int, top: Path) -> tuple[Counter[str], int]:
    """The comparison for classes: how many facts of each kind there were, and faults."""
    paths = {}
    for number in range(CLASS_PROJECTS):
        folder = top / f"c{number}"
        folder.mkdir()
        paths[str(folder)] = class_projects.make(folder, random.Random(f"{seed}/c{number}"))
    said: dict[str, list[class_projects.Facts]] = {}
    for one in ask([program, "imports", "--classes"], paths):
        said.setdefault(str(one["root"]), []).append(one)
    counted: Counter[str] = Counter()
    faults = 0
    for root, facts in said.items():
        count, wrong = class_projects.compare(facts, Path(root), paths[root])
        counted += count
        faults += len(wrong)
        if wrong:
            print("\n" + "\n".join(wrong))
            show(Path(root))
    return counted, faults


def main() -> int:
    """Runs the comparison."""
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
    print(f"seed {seed}")
    with tempfile.TemporaryDirectory() as top:
        paths = {}
        for number in range(PROJECTS):
            folder = Path(top).resolve() / str(number)
            folder.mkdir()
            stars = number < PROJECTS * STARRED
            paths[str(folder)] = make(folder, random.Random(f"{seed}/{number}"), stars)
        said = ask([program, "imports"], paths)
        compared = faults = starred_ones = 0
        for facts in said:
            folder = Path(str(facts["root"]))
            path = paths[str(folder)]
            has_star = "import *" in (folder / path).read_text(encoding="utf-8")
            for run in runs(folder, path):
                compared += 1
                starred_ones += has_star
                if differs(facts, run, folder, path):
                    faults += 1
                    print(f"\nsaid {facts}\nfound {run}")
                    show(folder)
        counted, wrong = of_classes(program, seed, Path(top).resolve())
    for kind, count in counted.most_common():
        print(f"{kind}: {count}")
    print(
        f"{len(said)} decorators, {compared} runs, {starred_ones} of them of files with "
        f"`import *`, {faults} differences; {counted.total()} facts about classes, {wrong} differ",
    )
    few = compared < FEWEST or starred_ones < FEWEST_STARRED or counted.total() < FEWEST_FACTS
    return int(faults > 0 or wrong > 0 or few)


if __name__ == "__main__":
    sys.exit(main())
