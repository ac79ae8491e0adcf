"""Answers to questions about annotations, `as` and what an interpreter has: by running it."""

from __future__ import annotations

import ast
import copy
import importlib.util
import inspect
import subprocess
import sys
import tempfile
from pathlib import Path

from question_files import File, Names, Said, class_of, function_at


def as_binding(question: Said, file: File) -> list[str] | None:
    """By entering an object of the imported class that was made without `__init__`."""
    name, _, method = question["facts"]["enter"].rpartition(".")
    cls = class_of(file, name)
    if cls is None or method != "__enter__":
        return None
    try:
        manager = cls.__new__(cls)
        bound = cls.__enter__(manager)
    except BaseException:  # Whatever it does with so little to go on.
        return None
    return ["manager"] if bound is manager else ["nothing"] if bound is None else ["another"]


def annotation_kept(question: Said, file: File) -> list[str] | None:
    """By the imported function."""
    module = file.module()
    if module is None:
        return None
    try:
        kept = eval(question["facts"]["stored"], dict(vars(module)))
    except NameError:  # A function in a function.
        return None
    return [repr(kept)]


def yields(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a call of the function makes a generator."""
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    left: list[ast.AST] = list(function.body)
    while left:
        node = left.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, inner):
            left.extend(ast.iter_child_nodes(node))
    return False


def annotation_check(question: Said, file: File) -> list[str] | None:
    """By calling a function of that kind with the same parameters, whose body says that it runs."""
    function = function_at(file, question)
    if function is None or function.decorator_list:
        return None
    function = copy.deepcopy(function)
    target = question["facts"]["parameter"]
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    for one in [*every, *filter(None, [arguments.vararg, arguments.kwarg])]:
        if one.arg != target:
            one.annotation = None
    arguments.defaults = [ast.Constant(1) for _ in arguments.defaults]
    arguments.kw_defaults = [it and ast.Constant(1) for it in arguments.kw_defaults]
    function.returns = None
    has_yield = yields(function)
    function.body = ast.parse(f"got.append({target})" + "\nyield" * has_yield).body
    got: list[object] = []
    space: Names = {"got": got}
    program = ast.fix_missing_locations(ast.Module([function], []))
    exec(compile(program, "f", "exec"), space)
    run, odd = space[function.name], object()
    given = {
        one.name: odd if one.name == target else 1
        for one in inspect.signature(run).parameters.values()
        if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD, one.POSITIONAL_ONLY)
    }
    by_place = [odd if one.arg == target else 1 for one in arguments.posonlyargs]
    try:
        made = run(*by_place, **given)
    except TypeError:
        return ["error"]
    if inspect.iscoroutine(made):
        made.close()
    return ["runs"] if got == [odd] else ["converted"] if got else ["nothing runs"]


def script_interpreter(question: Said, _file: File) -> list[str] | None:
    """By starting a script whose `#!` line says the same of other folders."""
    words = question["facts"]["first"].removeprefix("#!").split()
    name = words[-1].rpartition("/")[2]
    with tempfile.TemporaryDirectory() as folder:
        for place in ("path", "fixed"):
            program = Path(folder) / place / name
            program.parent.mkdir()
            program.symlink_to(f"/bin/{'echo' if place == 'path' else 'true'}")
        script = Path(folder) / "script"
        fixed = Path(folder) / "fixed" / name
        line = f"#!/usr/bin/env {name}" if len(words) == 2 else f"#!{fixed}"
        script.write_text(line + "\n", encoding="utf-8")
        script.chmod(0o700)
        run = subprocess.run(
            [script], env={"PATH": f"{folder}/path"}, stdout=subprocess.PIPE, check=True
        )
    return ["path" if run.stdout else "fixed"]


def module_version(question: Said, _file: File) -> list[str] | None:
    """Whether this Python has the module, and should by the answer."""
    name = question["facts"]["module"]
    version = tuple(int(part) for part in question["right"][0].split("."))
    came = sys.version_info[:2] >= version
    should = came if question["generator"] == "module-since" else not came
    try:
        has = importlib.util.find_spec(name) is not None
    except ImportError:
        has = False
    # One that is installed besides, or that other systems have.
    if has != (name.partition(".")[0] in sys.stdlib_module_names):
        return None
    return question["right"] if has == should else ["another version"]
