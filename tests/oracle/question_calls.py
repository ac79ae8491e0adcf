"""Answers to questions about functions: from the compiler, or by running the `def` alone."""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Callable
from typing import Any

from question_files import File, Names, Said, function_at, only, same


def flags(question: Said, file: File) -> int | None:
    """The flags of the compiled function."""
    facts = question["facts"]
    place = (facts["function"], facts["line"])
    code = only([c for c in file.codes if (c.co_name, c.co_firstlineno) == place])
    return None if code is None else code.co_flags


def generator_call(question: Said, file: File) -> list[str] | None:
    """By the compiler's flag of a generator function."""
    found = flags(question, file)
    if found is None:
        return None
    return ["object" if found & inspect.CO_GENERATOR else "value"]


def coroutine_call(question: Said, file: File) -> list[str] | None:
    """By the compiler's flags of coroutine functions and asynchronous generators."""
    found = flags(question, file)
    if found is None:
        return None
    if found & inspect.CO_ASYNC_GENERATOR:
        return ["iterator"]
    return ["coroutine" if found & inspect.CO_COROUTINE else "value"]


def default_object(question: Said, file: File) -> list[str] | None:
    """By running the `def`, and calling it, with all of its body but the making cut away."""
    facts = question["facts"]
    found = function_at(file, question)
    if found is None or not isinstance(found, ast.FunctionDef):
        return None
    function = copy.deepcopy(found)
    log: list[str] = []
    first = next((one for one in function.body if not is_docstring(one)), None)
    is_making = isinstance(first, ast.If) and not first.orelse and "None" in ast.dump(first.test)
    function.body = [first] if is_making and first else []
    function.body.append(ast.parse(f"return {facts['parameter']}").body[0])
    function.decorator_list, function.returns = [], None
    arguments = function.args
    for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
        argument.annotation = None

    class Count(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            if isinstance(node, ast.expr) and same(node, facts["object"]):
                return ast.Call(ast.Name("__made", ast.Load()), [], [])
            return self.generic_visit(node)

    target = facts["parameter"]
    pairs = [*arguments.posonlyargs, *arguments.args][::-1]
    for index, argument in enumerate(pairs[: len(arguments.defaults)]):
        at = len(arguments.defaults) - 1 - index
        here = argument.arg == target
        arguments.defaults[at] = Count().visit(arguments.defaults[at]) if here else ast.Constant(1)
    for index, argument in enumerate(arguments.kwonlyargs):
        value = arguments.kw_defaults[index]
        if value is not None:
            here = argument.arg == target
            arguments.kw_defaults[index] = Count().visit(value) if here else ast.Constant(1)
    function.body[0] = Count().visit(function.body[0])
    space: Names = {"__made": lambda: log.append("made") or []}
    exec(compile(ast.fix_missing_locations(ast.Module([function], [])), "f", "exec"), space)
    run = space[function.name]
    early = len(log)
    needed = [
        p.name if p.kind is p.KEYWORD_ONLY else None
        for p in inspect.signature(run).parameters.values()
        if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]
    for _ in range(3):
        run(*[1 for name in needed if name is None], **{name: 1 for name in needed if name})
    counts = {(1, 1): "with-def", (0, 3): "each-call", (1, 4): "four", (0, 1): "first-call"}
    answer = counts.get((early, len(log)))
    return None if answer is None else [answer]


def is_docstring(node: ast.stmt) -> bool:
    """For a string that stands alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def stack_order(question: Said, file: File) -> list[str] | None:
    """By running the decorators' lines with decorators that write down what they do."""
    facts = question["facts"]
    function = function_at(file, question)
    if function is None or len(function.decorator_list) != len(facts["downward"]):
        return None
    if not all(same(n, t) for n, t in zip(function.decorator_list, facts["downward"], strict=True)):
        return ["other decorators"]
    log: list[tuple[str, int]] = []

    def mark(number: int) -> Callable[[Any], Any]:
        log.append(("evaluated", number))

        def apply(function: object) -> object:
            log.append(("applied", number))
            return function

        return apply

    lines = [f"@mark({number})\n" for number in range(len(function.decorator_list))]
    exec("".join(lines) + "def f(): pass\n", {"mark": mark})
    steps = ("evaluated", "applied")
    orders = ["".join(str(n) for what, n in log if what == step) for step in steps]
    down = "".join(str(number) for number in range(len(lines)))
    return ["-".join("down" if order == down else "up" for order in orders)]


def after_decoration(read: Callable[[Any], str]) -> Callable[[Said, File], list[str] | None]:
    """By the imported function."""

    def check(question: Said, file: File) -> list[str] | None:
        module = file.module()
        found = None if module is None else vars(module).get(question["facts"]["function"])
        return None if found is None else [read(found)]

    return check
