"""What the checks of questions about code look up in a file of the library."""

from __future__ import annotations

import ast
import importlib
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
