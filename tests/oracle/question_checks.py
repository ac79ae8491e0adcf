"""Answers to questions about code, found without pygloss: from CPython's compiler, from imported
modules, or by running the statement in question with everything around it cut away.

Each check takes a question and what is known of its file, and gives the right answer; nothing when
it cannot find one out.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import collections
import inspect
import time
from collections.abc import Callable
from typing import Any

from question_calls import (
    after_decoration,
    coroutine_call,
    default_object,
    generator_call,
    stack_order,
)
from question_classes import creation, exit_exception, metaclass, mro
from question_files import (
    File,
    Names,
    Said,
    call_in,
    nodes,
    only,
    resolved,
    same,
    scope_of,
)
from question_hints import (
    annotation_check,
    annotation_kept,
    as_binding,
    module_version,
    script_interpreter,
)


def exit_order(question: Said, file: File) -> list[str] | None:
    """By running the statement with managers that write down their calls."""
    facts = question["facts"]
    statement = only(
        [
            node
            for kind in (ast.With, ast.AsyncWith)
            for node in nodes(file, kind, facts["line"])
            if len(node.items) == 2 and same(node.items[0].context_expr, facts["first"])
        ]
    )
    if statement is None or not same(statement.items[1].context_expr, facts["second"]):
        return None
    log: list[str] = []

    class Manager:
        def __init__(self, name: str) -> None:
            self.name = name

        def __enter__(self) -> None:
            log.append(f"enter-{self.name}")

        def __exit__(self, *_: object) -> None:
            log.append(f"exit-{self.name}")

        async def __aenter__(self) -> None:
            self.__enter__()

        async def __aexit__(self, *_: object) -> None:
            self.__exit__()

    items = [
        ast.withitem(ast.parse(f"Manager({name!r})", mode="eval").body, None)
        for name in ("first", "second")
    ]
    body = ast.parse("log.append('body')").body
    frame = ast.parse("async def run(): pass").body[0]
    assert isinstance(frame, ast.AsyncFunctionDef)
    frame.body = [type(statement)(items, body)]
    space: Names = {"Manager": Manager, "log": log}
    program = ast.fix_missing_locations(ast.Module([frame], []))
    exec(compile(program, "with", "exec"), space)
    asyncio.run(space["run"]())
    return log


def instance_check(question: Said, file: File) -> list[str] | None:
    """By asking about containers whose items are of another type than any parameter."""
    facts = question["facts"]
    tested = ast.parse(facts["type"], mode="eval").body
    generic = tested.value if isinstance(tested, ast.Subscript) else tested
    if not isinstance(generic, ast.Name) or file.bound[generic.id]:
        return None
    base = getattr(builtins, generic.id, None)
    if base is None:
        return None
    if isinstance(tested, ast.Subscript):
        tested = ast.parse(f"{generic.id}[int]", mode="eval").body
    asked = eval(compile(ast.Expression(tested), "type", "eval"), {})
    odd = base({object(): object()} if base is dict else [object()])
    try:
        answer = isinstance(odd, asked)
    except TypeError:
        return ["error"]
    return ["container"] if answer else ["items"]


BLOCKING = (time.sleep,)


def event_loop_waits(question: Said, file: File) -> list[str] | None:
    """By what the called name is in the imported module."""
    text = question["facts"]["call"].removeprefix("await ")
    found = call_in(file, question, text)
    if found is None:
        return None
    call, around = found
    if not isinstance(scope_of(call, file.parents), ast.AsyncFunctionDef):
        return ["not in a coroutine"]
    callee = resolved(file, call.func)
    if callee is asyncio.sleep and isinstance(around, ast.Await):
        return ["others-run"]
    return ["none-runs"] if callee in BLOCKING else None


async def _gathered() -> list[int]:
    async def late(result: int, seconds: float) -> int:
        await asyncio.sleep(seconds)
        return result

    return await asyncio.gather(late(1, 0.02), late(0, 0.01), late(2, 0))


def gather_results(question: Said, file: File) -> list[str] | None:
    """By a call whose arguments end in another order than they stand."""
    found = [node for node in nodes(file, ast.Call, question["line"])]
    is_it = [node for node in found if resolved(file, node.func) is asyncio.gather]
    if only(is_it) is None or len(is_it[0].args) < 2:
        return None
    return ["arguments"] if asyncio.run(_gathered()) == [1, 0, 2] else ["other"]


MADE: dict[str, Callable[[], Any]] = {
    "dict": dict,
    "OrderedDict": collections.OrderedDict,
    "Counter": collections.Counter,
    "list": list,
    "set": set,
    "tuple": tuple,
    "deque": collections.deque,
    "frozenset": frozenset,
    "str": str,
    "defaultdict": lambda: collections.defaultdict(list),
}


def values_of(file: File, name: str, node: ast.AST) -> list[ast.expr] | None:
    """What the variable is bound to; nothing when more than plain assignments bind it."""
    up = file.parents
    scope = scope_of(node, up)
    while scope is not None:
        inside = [n for n in ast.walk(scope) if isinstance(n, ast.Name) and n.id == name]
        is_class = isinstance(scope, ast.ClassDef)
        if not is_class and any(isinstance(n.ctx, ast.Store) for n in inside):
            break
        scope = scope_of(scope, up)
    stored = [
        n
        for n in ast.walk(scope or file.tree)
        if isinstance(n, ast.Name) and n.id == name and not isinstance(n.ctx, ast.Load)
    ]
    if scope is None:
        # The module's own: a function may have one of its own under that name.
        stored = [n for n in stored if scope_of(n, up) is None]
    values = []
    for target in stored:
        statement = up[target]
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.NamedExpr) and statement.value:
            values.append(statement.value)
        else:
            return None
    return values


DISPLAYS = {
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.List: "list",
    ast.ListComp: "list",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.Tuple: "tuple",
}


def type_made(value: ast.expr) -> str | None:
    """The type of the container that an expression makes, by its look."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name | ast.Attribute):
        name = value.func.id if isinstance(value.func, ast.Name) else value.func.attr
        return name if name in MADE else None
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return "str"
    return DISPLAYS.get(type(value))


def is_made_as(question: Said, file: File, name: str, wanted: str) -> bool | None:
    """Whether the variable of the question is bound to one container, and of that type.

    Nothing when its value is no display or call.
    """
    found = nodes(file, ast.Name, question["line"])
    node = next((node for node in found if node.id == name), None)
    values = None if node is None else values_of(file, name, node)
    types_made = [type_made(value) for value in values or []]
    return [wanted] == types_made if types_made and None not in types_made else None


def missing_key(question: Said, file: File) -> list[str] | None:
    """By reading a missing key of such a mapping, if the variable holds no other one."""
    facts = question["facts"]
    is_it = is_made_as(question, file, facts["mapping"], facts["type"])
    if is_it is None:
        return None
    if not is_it:
        return ["another container"]
    made = MADE[facts["type"]]() if question["case"] != "no-factory" else collections.defaultdict()
    key = object()
    try:
        value = made[key]
    except KeyError:
        return ["error"]
    return ["added" if key in made else "zero" if value == 0 else "none"]


def operation_cost(question: Said, file: File) -> list[str] | None:
    """Whether the variable holds a container of that type; costs cannot be told from a run."""
    facts = question["facts"]
    if not facts["container"].isidentifier():
        return None
    is_it = is_made_as(question, file, facts["container"], facts["type"])
    return None if is_it is None else question["right"] if is_it else ["another container"]


def second_reader(question: Said, file: File) -> list[str] | None:
    """By running both readers on what the variable is bound to, with other items."""
    name = question["facts"]["name"]
    found = [n for n in nodes(file, ast.Name, question["line"]) if n.id == name]
    values = values_of(file, name, found[0]) if found else None
    if not values or len(values) != 1:
        return None
    kind = type_made(values[0])
    made = MADE[kind]() if kind else None
    if isinstance(values[0], ast.GeneratorExp):
        made = (number for number in [1, 2])
    elif isinstance(made, list | set):
        made = type(made)([1, 2])
    else:
        return None
    first = sorted(made)
    second = sorted(made)
    return ["again" if first == second else "nothing" if not second else "last"]


def bug(question: Said, file: File) -> list[str] | None:
    """By what the copy is: Python that is not the reader's, with the line in it once."""
    snippet = question["snippet"]
    lines = [line.strip() for line in snippet.splitlines()]
    try:
        copied = ast.parse(snippet)
    except SyntaxError:
        return ["no Python"]
    name = getattr(copied.body[0], "name", None)
    alike = [node for node in ast.walk(file.tree) if getattr(node, "name", None) == name]
    started = [node for node in alike if isinstance(node, ast.stmt)]
    if any(ast.dump(copied) == ast.dump(ast.Module([node], [])) for node in started):
        return ["no mistake"]
    wanted = question["right"]
    return wanted if [lines.count(one) for one in wanted] == [1] else ["no such line"]


def check_of(generator: str) -> Callable[[Said, File], list[str] | None]:
    """What finds the answers to the questions of a generator."""
    return bug if generator.startswith("bug-") else CHECKS[generator]


CHECKS: dict[str, Callable[[Said, File], list[str] | None]] = {
    "name-after-decoration": after_decoration(lambda f: repr(f.__name__)),
    "docstring-after-decoration": after_decoration(lambda f: repr(f.__doc__)),
    "signature-after-decoration": after_decoration(lambda f: str(inspect.signature(f))),
    "stack-order": stack_order,
    "generator-call": generator_call,
    "second-reader": second_reader,
    "as-binding": as_binding,
    "exit-order": exit_order,
    "exit-exception": exit_exception,
    "coroutine-call": coroutine_call,
    "event-loop-waits": event_loop_waits,
    "gather-results": gather_results,
    "instance-check": instance_check,
    "annotation-kept": annotation_kept,
    "annotation-check": annotation_check,
    "script-interpreter": script_interpreter,
    "module-since": module_version,
    "module-removed": module_version,
    "missing-key": missing_key,
    "operation-cost": operation_cost,
    "method-resolution-order": mro,
    "metaclass-of-class": metaclass,
    "class-creation-order": creation,
    "default-object": default_object,
}
