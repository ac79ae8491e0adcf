"""Holds what cards say of classes and functions of the standard library against CPython.

Usage: classes.py PROGRAM, where PROGRAM is the built `oracle`. Imports the modules and looks at
their classes: metaclass, method resolution order, whose `__init__` and `__init_subclass__` run, and
whether `__exit__` drops an exception. The kinds of functions are those of the compiled code. Prints
each difference and the number of facts of each kind; the exit code is 1 when one differs.
"""

from __future__ import annotations

import ast
import collections
import contextlib
import importlib
import inspect
import io
import json
import multiprocessing
import subprocess
import sys
import types
import warnings
from collections.abc import Iterator
from typing import Any

import corpus

FEWEST = 1_000
# These do something when they are imported, or belong to other systems or to tests.
SKIPPED = ("antigravity", "this", "__main__", "idlelib", "lib2to3.tests", "test", "turtledemo")
SKIPPED += ("distutils.tests", "unittest.test", "sqlite3.test", "ctypes.test", "tkinter.test")

# The same class under two names.
SAME = {"EnumMeta": "EnumType", "local": "_local"}

Said = dict[str, Any]
Answer = tuple[collections.Counter[str], list[str]]


def module_of(path: str) -> str | None:
    """The module that a file of the library is; nothing for one that is not imported here."""
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    parts = name.split(".")
    skipped = any(name == one or name.startswith(f"{one}.") for one in SKIPPED)
    return None if skipped or "__main__" in parts or "-" in name else name


def bound_once(tree: ast.Module) -> set[str]:
    """The names of classes that one statement of the module binds, and nothing else may."""
    bound: collections.Counter[str] = collections.Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            bound[node.name] += 1
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound[node.id] += 1
        elif isinstance(node, ast.ImportFrom | ast.Import):
            if any(alias.name == "*" for alias in node.names):
                return set()
            bound.update(alias.asname or alias.name for alias in node.names)
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    # What a decorator makes of a class is not what the statement makes.
    return {node.name for node in classes if bound[node.name] == 1 and not node.decorator_list}


def codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """The code of a module and of everything in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from codes(constant)


def kinds_of(code: types.CodeType) -> list[bool]:
    """Whether a function is an `async def`, and whether its call makes a generator."""
    flags = code.co_flags
    asynchronous = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
    generator = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
    return [bool(flags & asynchronous), bool(flags & generator)]


def facts_of(cls: type) -> dict[str, object]:
    """What CPython has made of a class."""

    def owner(function: object) -> str | None:
        function = getattr(function, "__func__", function)
        is_plain = isinstance(function, types.FunctionType)
        return function.__qualname__.rpartition(".")[0] if is_plain else None

    return {
        "metaclass": type(cls).__name__,
        "order": [one.__name__ for one in cls.__mro__],
        "fails": None,
        "constructor": owner(cls.__init__),
        "parent": owner(super(cls, cls).__init_subclass__),
    }


def renamed(said: object) -> object:
    """Names of classes, each always by the same one."""
    if isinstance(said, list):
        return [renamed(one) for one in said]
    return SAME.get(str(said), said)


def left(cls: type) -> bool | None:
    """Whether `__exit__` drops an exception; nothing when it needs more than a bare instance."""
    try:
        error = LookupError("oracle")
        return bool(cls.__exit__(cls.__new__(cls), LookupError, error, None))
    except BaseException:  # Whatever it does with so little to go on.
        return None


def quiet() -> None:
    """Keeps objects made without `__init__` from complaining when they go."""
    sys.unraisablehook = lambda _: None


def compare(job: tuple[str, list[Said]]) -> Answer:
    """Compares what is said of one file."""
    path, said = job
    counted: collections.Counter[str] = collections.Counter()
    faults: list[str] = []

    def hold(kind: str, one: Said, ours: object, theirs: object) -> None:
        counted[kind] += 1
        if ours != theirs:
            name = one.get("class") or one.get("function")
            faults.append(f"{path}:{one['line']}: {name}: {kind} said {ours}, is {theirs}")

    data = (corpus.library() / path).read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError, RecursionError):
            return counted, faults
        try:
            compiled = list(codes(compile(tree, path, "exec", dont_inherit=True)))
        except SyntaxError:  # Some tests hold what only the compiler refuses.
            compiled = []
    places = collections.defaultdict(list)
    for code in compiled:
        places[code.co_name, code.co_firstlineno].append(kinds_of(code))
    for one in said:
        found = places.get((one.get("function"), one["line"]), [])
        if "function" in one and len(found) == 1:
            hold("kind of function", one, one["kinds"], found[0])
    module = imported(path) if any("class" in one or "exit" in one for one in said) else None
    if module is None:
        return counted, faults
    single = bound_once(tree)
    for one in said:
        name = one.get("class") or one.get("exit", {}).get("class")
        cls = vars(module).get(name)
        if name not in single or not isinstance(cls, type) or cls.__module__ != module.__name__:
            continue
        if "class" in one:
            theirs = facts_of(cls)
            for kind in theirs:
                if one[kind] is not None:
                    hold(kind, one, renamed(one[kind]), renamed(theirs[kind]))
        elif one["exit"]["drops"] or one["exit"]["passes"]:
            drops = left(cls)
            if drops is not None:
                hold("exit", one, one["exit"]["drops"], drops)
    return counted, faults


def imported(path: str) -> types.ModuleType | None:
    """The module, if it can be imported here."""
    name = module_of(path)
    if name is None:
        return None
    silent = contextlib.redirect_stdout(io.StringIO())
    with silent, contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            module = importlib.import_module(name)
        except BaseException:  # Modules of other systems fail in many ways.
            return None
    # Installed packages may stand in for one.
    is_it = getattr(module, "__file__", None) == str(corpus.library() / path)
    return module if is_it else None


def main() -> int:
    """Asks the program and compares."""
    root = corpus.library()
    asked = "".join(f"{path.relative_to(root).as_posix()}\n" for path in corpus.paths())
    program = [sys.argv[1], "classes", str(root)]
    answer = subprocess.run(program, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    said: dict[str, list[Said]] = collections.defaultdict(list)
    for line in answer.stdout.splitlines():
        one = json.loads(line)
        said[one["path"]].append(one)
    counted: collections.Counter[str] = collections.Counter()
    faults: list[str] = []
    # A module that breaks its process takes only its own share along.
    with multiprocessing.Pool(initializer=quiet, maxtasksperchild=20) as pool:
        for count, found in pool.imap_unordered(compare, said.items(), chunksize=4):
            counted += count
            faults += found
    for fault in sorted(faults):
        print(fault)
    kinds = ", ".join(f"{kind} {count}" for kind, count in counted.most_common())
    total = counted.total()
    print(f"{len(said)} files: {total} facts ({kinds}), {len(faults)} differ")
    return int(bool(faults) or total - counted["kind of function"] < FEWEST)


if __name__ == "__main__":
    sys.exit(main())
