"""Answers to questions about classes, from the imported classes."""

from __future__ import annotations

import ast
import copy
from typing import Any

import classes
from question_files import File, Said, class_of, nodes, only


def exit_exception(question: Said, file: File) -> list[str] | None:
    """By calling the method of the imported class."""
    name, _, _ = question["facts"]["method"].partition(".")
    cls = class_of(file, name)
    drops = None if cls is None else classes.left(cls)
    return None if drops is None else ["dropped" if drops else "raised"]


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
