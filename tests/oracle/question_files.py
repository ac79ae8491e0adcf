"""What the checks of questions about code look up in a file of the library."""

from __future__ import annotations

import ast
import collections
import dataclasses
import functools
import importlib
import types
from collections.abc import Callable, Iterator
from typing import Any

import classes

Said = dict[str, Any]


Names = dict[str, Any]


Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclasses.dataclass
class File:
    """A file of the library."""

    tree: ast.Module
    codes: list[types.CodeType]
    single: set[str]  # classes that one statement binds
    module: Callable[[], types.ModuleType | None]

    # There are many questions about one file, so these are made once.

    @functools.cached_property
    def lines(self) -> dict[int, list[ast.AST]]:
        """The nodes that start on each line."""
        found = collections.defaultdict(list)
        for node in ast.walk(self.tree):
            found[getattr(node, "lineno", 0)].append(node)
        return found

    @functools.cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node around each node."""
        walk = ast.walk(self.tree)
        return {child: node for node in walk for child in ast.iter_child_nodes(node)}

    @functools.cached_property
    def bound(self) -> collections.Counter[str]:
        """How many places of the file bind each name, in whatever scope."""
        found: collections.Counter[str] = collections.Counter()
        for node in ast.walk(self.tree):
            match node:
                case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                    found[name] += 1
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    found[node.name] += 1
                case ast.alias():
                    found[node.asname or node.name.partition(".")[0]] += 1
        return found


def nodes(file: File, kind: type[ast.AST], line: int) -> list[Any]:
    """The nodes of a kind that start on a line."""
    return [node for node in file.lines.get(line, ()) if isinstance(node, kind)]


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
    if file.bound[names[0]] != 1:
        return None
    try:
        space = {names[0]: importlib.import_module(names[0])}
        return eval(compile(ast.Expression(node), "name", "eval"), space)
    except (AttributeError, ImportError, NameError):
        return None


def call_in(file: File, question: Said, text: str) -> tuple[ast.Call, ast.AST | None] | None:
    """The call with that text on the line of the question, and what is around it."""
    call = only([node for node in nodes(file, ast.Call, question["line"]) if same(node, text)])
    return None if call is None else (call, file.parents.get(call))


def class_of(file: File, name: str) -> type | None:
    """The class at module level with that name, if the module has no other under it."""
    module = file.module() if name in file.single else None
    cls = None if module is None else vars(module).get(name)
    is_it = isinstance(cls, type) and module is not None and cls.__module__ == module.__name__
    return cls if is_it else None


def compiled(tree: ast.Module, path: str) -> Iterator[types.CodeType]:
    """All code of a module; none where only the compiler refuses it."""
    try:
        yield from classes.codes(compile(tree, path, "exec", dont_inherit=True))
    except SyntaxError:
        return
