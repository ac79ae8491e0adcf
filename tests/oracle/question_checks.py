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
import copy
import importlib
import inspect
import time
import types
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import classes

Said = dict[str, Any]
Names = dict[str, Any]
Function = ast.FunctionDef | ast.AsyncFunctionDef


class File(NamedTuple):
    """A file of the library."""

    tree: ast.Module
    codes: list[types.CodeType]
    single: set[str]  # classes that one statement binds
    module: Callable[[], types.ModuleType | None]


def nodes(file: File, kind: type[ast.AST], line: int) -> list[Any]:
    """The nodes of a kind that start on a line."""
    found = [node for node in ast.walk(file.tree) if isinstance(node, kind)]
    return [node for node in found if node.lineno == line]


def only(found: list[Any]) -> Any:
    """The one thing in a list; nothing when there are several."""
    return found[0] if len(found) == 1 else None


def same(node: ast.AST, text: str) -> bool:
    """Whether a text is that expression."""
    return ast.dump(node) == ast.dump(ast.parse(text, mode="eval").body)


def function_at(file: File, question: Said) -> Function | None:
    """The function that a question is about."""
    facts = question["facts"]
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for kind in kinds for node in nodes(file, kind, facts["line"])]
    return only([node for node in found if node.name == facts["function"]])


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


def exit_exception(question: Said, file: File) -> list[str] | None:
    """By calling the method of the imported class."""
    name, _, _ = question["facts"]["method"].partition(".")
    cls = class_of(file, name)
    drops = None if cls is None else classes.left(cls)
    return None if drops is None else ["dropped" if drops else "raised"]


def class_of(file: File, name: str) -> type | None:
    """The class at module level with that name, if the module has no other under it."""
    module = file.module() if name in file.single else None
    cls = None if module is None else vars(module).get(name)
    is_it = isinstance(cls, type) and module is not None and cls.__module__ == module.__name__
    return cls if is_it else None


def bindings(file: File, name: str) -> int:
    """How many places of the file bind the name, in whatever scope."""
    count = 0
    for node in ast.walk(file.tree):
        match node:
            case ast.Name(id=found, ctx=ast.Store() | ast.Del()) if found == name:
                count += 1
            case ast.arg(arg=found) if found == name:
                count += 1
            case ast.FunctionDef(name=found) | ast.ClassDef(name=found) if found == name:
                count += 1
            case ast.AsyncFunctionDef(name=found) if found == name:
                count += 1
            case ast.alias() if (node.asname or node.name.partition(".")[0]) == name:
                count += 1
    return count


def instance_check(question: Said, file: File) -> list[str] | None:
    """By asking about containers whose items are of another type than any parameter."""
    facts = question["facts"]
    tested = ast.parse(facts["type"], mode="eval").body
    generic = tested.value if isinstance(tested, ast.Subscript) else tested
    if not isinstance(generic, ast.Name) or bindings(file, generic.id):
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


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    """The node around each node."""
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def scope_of(node: ast.AST, up: dict[ast.AST, ast.AST]) -> ast.AST | None:
    """The function or class whose body holds the node."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    while node in up:
        node = up[node]
        if isinstance(node, kinds):
            return node
    return None


def resolved(file: File, node: ast.expr) -> object:
    """What a dotted name means whose first part is bound by one `import` of the module."""
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    plain = [one for one in file.tree.body if isinstance(one, ast.Import)]
    aliases = [alias for one in plain for alias in one.names if not alias.asname]
    if len(names) != 1 or [alias.name for alias in aliases].count(names[0]) != 1:
        return None
    if bindings(file, names[0]) != 1:
        return None
    try:
        space = {names[0]: importlib.import_module(names[0])}
        return eval(compile(ast.Expression(node), "name", "eval"), space)
    except (AttributeError, ImportError, NameError):
        return None


def call_in(file: File, question: Said, text: str) -> tuple[ast.Call, ast.AST | None] | None:
    """The call with that text on the line of the question, and what is around it."""
    call = only([node for node in nodes(file, ast.Call, question["line"]) if same(node, text)])
    return None if call is None else (call, parents(file.tree).get(call))


BLOCKING = (time.sleep,)


def event_loop_waits(question: Said, file: File) -> list[str] | None:
    """By what the called name is in the imported module."""
    text = question["facts"]["call"].removeprefix("await ")
    found = call_in(file, question, text)
    if found is None:
        return None
    call, around = found
    if not isinstance(scope_of(call, parents(file.tree)), ast.AsyncFunctionDef):
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
    up = parents(file.tree)
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


def mro(question: Said, file: File) -> list[str] | None:
    """By the imported class."""
    cls = class_of(file, question["facts"]["class"])
    return None if cls is None else [str(classes.renamed(one.__name__)) for one in cls.__mro__]


def metaclass(question: Said, file: File) -> list[str] | None:
    """By the imported class."""
    cls = class_of(file, question["facts"]["class"])
    return None if cls is None else [str(classes.renamed(type(cls).__name__))]


def creation(question: Said, file: File) -> list[str] | None:
    """By running the class statement again, with hooks that write down that they begin."""
    facts = question["facts"]
    cls = class_of(file, facts["class"])
    module = file.module()
    statement = only(nodes(file, ast.ClassDef, facts["line"]))
    if cls is None or module is None or statement is None:
        return None
    log: list[str] = []
    statement = copy.deepcopy(statement)
    statement.body.insert(0, ast.parse("__log.append('body')").body[0])
    hooks = [(type(cls), "__prepare__", "prepare"), (type(cls), "__new__", "new")]
    hooks += [(type(cls), "__init__", "init")]
    parent = only([one for one in cls.__mro__ if one.__name__ == facts.get("parent")])
    hooks += [(parent, "__init_subclass__", "init-subclass")] if parent else []
    kept = [(owner, name, vars(owner)[name]) for owner, name, _ in hooks if name in vars(owner)]
    for owner, name, word in hooks:
        if name in vars(owner):
            setattr(owner, name, recorded(vars(owner)[name], word, log))
    space = {**vars(module), "__log": log}
    try:
        program = ast.fix_missing_locations(ast.Module([statement], []))
        exec(compile(program, "class", "exec"), space)
    finally:
        for owner, name, value in kept:
            setattr(owner, name, value)
    return log


def recorded(hook: Any, word: str, log: list[str]) -> object:
    """The hook, writing down when it begins."""
    function = getattr(hook, "__func__", hook)

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        log.append(word)
        return function(*args, **kwargs)

    kind = type(hook)
    return kind(wrapper) if kind in (classmethod, staticmethod) else wrapper


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


def bug(question: Said, file: File) -> list[str] | None:
    """By what the copy is: Python that is not the reader's, with the line in it once."""
    snippet = question["snippet"]
    lines = [line.strip() for line in snippet.splitlines()]
    try:
        copied = ast.dump(ast.parse(snippet))
    except SyntaxError:
        return ["no Python"]
    started = [node for node in ast.walk(file.tree) if isinstance(node, ast.stmt)]
    if any(copied == ast.dump(ast.Module([node], [])) for node in started):
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
    "exit-order": exit_order,
    "exit-exception": exit_exception,
    "coroutine-call": coroutine_call,
    "event-loop-waits": event_loop_waits,
    "gather-results": gather_results,
    "instance-check": instance_check,
    "missing-key": missing_key,
    "operation-cost": operation_cost,
    "method-resolution-order": mro,
    "metaclass-of-class": metaclass,
    "class-creation-order": creation,
    "default-object": default_object,
}


def compiled(tree: ast.Module, path: str) -> Iterator[types.CodeType]:
    """All code of a module; none where only the compiler refuses it."""
    try:
        yield from classes.codes(compile(tree, path, "exec", dont_inherit=True))
    except SyntaxError:
        return
