"""Random projects whose classes have their bases in other files, and what CPython makes of them.

Each file of bases holds enumerations, data classes, abstract classes, classes with `__slots__` and
such with comparison methods. Another file derives from what it imports. `imports.py` holds what
cards say of the classes there against the classes themselves.
"""

from __future__ import annotations

import ast
import dataclasses
import enum
import importlib
import inspect
import random
import sys
import types
from collections import Counter
from pathlib import Path
from typing import Any

HEAD = "import abc, dataclasses, enum, functools\n"
ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
OPTIONS = ("init", "eq", "order", "frozen", "kw_only", "slots", "unsafe_hash")
VALUES = ("1", "2", "True", "'a'", "'b'", "'2'", "enum.auto()", "None", "(1, 2)")

Facts = dict[str, Any]


def methods(rng: random.Random, names: tuple[str, ...], most: int) -> str:
    """Some of the methods."""
    chosen = rng.sample(names, rng.randrange(min(most, len(names)) + 1))
    return "".join(f"    def {name}(self, *a): ...\n" for name in chosen)


def decorated(rng: random.Random, chance: float) -> str:
    """Maybe a `@dataclass`, with random options."""
    if rng.random() > chance:
        return ""
    few = rng.sample(OPTIONS, rng.choice([0, 0, 1, 1, 2]))
    text = ", ".join(f"{name}={rng.random() < 0.7}" for name in few)
    return (
        f"@dataclasses.dataclass({text})\n"
        if text or rng.random() < 0.5
        else "@dataclasses.dataclass\n"
    )


def fields(rng: random.Random) -> str:
    """Some annotated names."""
    out = ""
    for name in rng.sample("xyzw", rng.randrange(3)):
        value = rng.choice(["", "", " = 1", " = dataclasses.field(default=2, kw_only=True)"])
        out += f"    {name}: int{value}\n"
    return out


def members(rng: random.Random) -> str:
    """Some members of an enumeration."""
    names = rng.sample("ABCD", rng.randrange(4))
    return "".join(f"    {name} = {rng.choice(VALUES)}\n" for name in names)


def abstract(rng: random.Random) -> str:
    """Some methods, abstract or not."""
    out = ""
    for name in rng.sample(("m1", "m2", "m3"), rng.randrange(4)):
        mark = rng.choice(
            ["", "    @abc.abstractmethod\n", "    @property\n    @abc.abstractmethod\n"]
        )
        out += f"{mark}    def {name}(self): ...\n"
    return out


def slots(rng: random.Random) -> str:
    """Maybe `__slots__`."""
    names = rng.choice(["()", "('a',)", "('a', 'b')", "['c']", "'d'", "('__dict__',)", None, None])
    return "" if names is None else f"    __slots__ = {names}\n"


def body(text: str) -> str:
    """A body that is never empty."""
    return text or "    pass\n"


def base(rng: random.Random, family: str, name: str, above: list[str]) -> str:
    """A class statement for others to derive from."""
    first = rng.choice(above) if above and rng.random() < 0.4 else ""
    head = f"({first})" if first else ""
    match family:
        case "enum":
            root = rng.choice(["enum.Enum", "enum.IntEnum", "enum.StrEnum", "str, enum.Enum"])
            special = rng.choice(
                [
                    "    def label(self): ...\n",
                    "    'a text'\n",
                    "    @staticmethod\n    def _generate_next_value_(n, *a):\n        return n\n",
                    "    def __new__(cls, *a):\n        made = object.__new__(cls)\n"
                    "        made._value_ = len(cls.__members__)\n        return made\n",
                    "",
                    "",
                ],
            )
            inner = members(rng) if rng.random() < 0.2 else ""
            return f"class {name}({first or root}):\n{body(special + inner)}"
        case "data":
            return f"{decorated(rng, 0.7)}class {name}{head}:\n{body(fields(rng))}"
        case "order":
            total = "@functools.total_ordering\n" if rng.random() < 0.25 else ""
            data = decorated(rng, 0.25)
            inner = methods(rng, ("__eq__", *ORDER), 2)
            return f"{total}{data}class {name}{head}:\n{body(inner)}"
        case "abstract":
            root = rng.choice(["(abc.ABC)", "(metaclass=abc.ABCMeta)", ""])
            return f"class {name}{head or root}:\n{body(abstract(rng))}"
        case _:
            return f"class {name}{head}:\n{body(slots(rng))}"


def user(rng: random.Random, family: str, name: str, above: list[str]) -> str:
    """A class statement that derives from imported classes."""
    several = ", ".join(rng.sample(above, min(len(above), rng.choice([1, 1, 1, 2]))))
    cached = "    @functools.cached_property\n    def kept(self): ...\n"
    match family:
        case "enum":
            unique = "@enum.unique\n" if rng.random() < 0.3 else ""
            return f"{unique}class {name}({rng.choice(above)}):\n{body(members(rng))}"
        case "data":
            return f"{decorated(rng, 1)}class {name}({several}):\n{body(fields(rng) + cached)}"
        case "order":
            data = decorated(rng, 0.2)
            inner = methods(rng, ("__eq__", *ORDER), 2)
            return f"@functools.total_ordering\n{data}class {name}({several}):\n{body(inner)}"
        case "abstract":
            root = rng.choice([", abc.ABC", ", metaclass=abc.ABCMeta", ""])
            return f"class {name}({several}{root}):\n{body(abstract(rng))}"
        case _:
            write = "    def put(self):\n        self.a = self.c = self.q = 1\n"
            return f"class {name}({several}):\n{body(slots(rng) + write + cached)}"


def make(folder: Path, rng: random.Random) -> str:
    """A project; returns the path of the file that derives."""
    family = rng.choice(["enum", "data", "order", "abstract", "slots"])
    names = [f"B{number}" for number in range(rng.randrange(1, 4))]
    texts = {name: base(rng, family, name, names[:at]) for at, name in enumerate(names)}
    text = HEAD + "".join(texts.values())
    way = rng.randrange(5)
    listed = ", ".join(names)
    package = ""
    written = names
    match way:
        case 0:
            line = f"from kit.base import {listed}\n"
        case 1:
            line, package = f"from kit import {listed}\n", f"from .base import {listed}\n"
        case 2:
            line, written = "import kit.base as far\n", [f"far.{name}" for name in names]
        case 3:
            line, package = "from kit import *\n", "from .base import *\n"
            if rng.random() < 0.5:
                package += f"__all__ = {names}\n"
        case _:
            line = "".join(f"from kit.base import {name} as My{name}\n" for name in names)
            written = [f"My{name}" for name in names]
    if rng.random() < 0.3:
        # What is derived from stands in two files, the second one with the names of the first.
        again = base(rng, family, "B9", names)
        (folder / "more.py").write_text(f"{HEAD}from kit.base import {listed}\n{again}", "utf-8")
        line += "from more import B9\n"
        written = [*written, "B9"]
    app = HEAD + line
    for number in range(rng.randrange(1, 4)):
        app += user(rng, family, f"C{number}", written)
    (folder / "kit").mkdir()
    (folder / "kit" / "__init__.py").write_text(package, "utf-8")
    (folder / "kit" / "base.py").write_text(text, "utf-8")
    (folder / "app.py").write_text(app, "utf-8")
    return "app.py"


def classes(folder: Path, path: str) -> dict[str, type | Exception]:
    """The classes of the file, or what their statements raise; nothing when an import fails."""
    for name in [name for name in sys.modules if name.split(".")[0] in ("kit", "more")]:
        del sys.modules[name]
    importlib.invalidate_caches()
    sys.path.insert(0, str(folder))
    found: dict[str, type | Exception] = {}
    module = types.ModuleType("app")
    sys.modules["app"] = module
    scope = vars(module)
    try:
        for statement in ast.parse((folder / path).read_text("utf-8")).body:
            code = compile(ast.Module([statement], []), path, "exec")
            if not isinstance(statement, ast.ClassDef):
                exec(code, scope)
                continue
            try:
                exec(code, scope)
                found[statement.name] = scope[statement.name]
            except Exception as error:
                found[statement.name] = error
    except Exception:
        return {}
    finally:
        sys.path.remove(str(folder))
    return found


def bare(cls: type) -> object:
    """An instance that no `__init__` has seen."""
    return object.__new__(cls)


def signature(cls: type) -> list[tuple[str, bool, bool]]:
    """Of each parameter the name, whether it is keyword-only and whether it may be left out."""
    given = list(inspect.signature(cls.__init__).parameters.values())[1:]
    return [(one.name, one.kind == one.KEYWORD_ONLY, one.default is not one.empty) for one in given]


def stated(text: str) -> list[tuple[str, bool, bool]]:
    """The same of `C(x: int, *, y: int = 0)`."""
    given = ast.parse(f"def {text.replace('<factory>', '0')}: ...").body[0].args  # type: ignore[attr-defined]
    bare_ones = len(given.args) - len(given.defaults)
    out = [(one.arg, False, at >= bare_ones) for at, one in enumerate(given.args)]
    pairs = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    return out + [(one.arg, True, default is not None) for one, default in pairs]


# What a fact means: of which provider and slot, and whether it holds of the class or the exception.
def raises(kind: type[Exception]) -> Any:
    """A fact that says that the class statement raises this."""
    return lambda _said, found: isinstance(found, kind)


def holds(check: Any) -> Any:
    """A fact about a class that is there."""
    return lambda said, found: isinstance(found, type) and check(said, found)


def own(cls: type, names: tuple[str, ...]) -> set[str]:
    """Those of the names that the class itself has."""
    return {name for name in names if name in vars(cls)}


def aliases(said: list[Facts], cls: Any) -> bool:
    """Whether each alias is one, of that member, and no other name is one."""
    theirs = {name: one.name for name, one in cls.__members__.items() if name != one.name}
    return {one["alias"]: one["member"] for one in said} == theirs


def refused(said: list[Facts], cls: type) -> bool:
    """Whether each of the attributes cannot be set."""
    made = bare(cls)
    for one in said:
        try:
            setattr(made, one["attribute"], 1)
        except AttributeError:
            continue
        return False
    return True


MEANING = {
    ("enum-class", "members"): holds(lambda said, cls: said == [one.name for one in cls]),
    ("enum-class", "empty"): holds(lambda _, cls: len(cls) == 0),
    ("enum-class", "not-unique"): raises(ValueError),
    ("enum-class", "extended"): raises(TypeError),
    ("dataclass", "signature"): holds(lambda said, cls: stated(said) == signature(cls)),
    ("dataclass", "generated"): holds(lambda said, cls: set(said) <= vars(cls).keys()),
    ("dataclass", "frozen-conflict"): raises(TypeError),
    ("dataclass", "missing-default"): raises(TypeError),
    ("dataclass", "order-error"): raises(ValueError),
    ("dataclass", "overwritten"): raises(TypeError),
    ("dataclass", "hash-removed"): holds(lambda _, cls: cls.__hash__ is None),
    ("dataclass", "hash-generated"): holds(lambda _, cls: callable(vars(cls).get("__hash__"))),
    ("dataclass", "hash-inherited"): holds(lambda _, cls: "__hash__" not in vars(cls)),
    ("dataclass", "inherited"): holds(
        lambda said, cls: (
            {one.name for one in dataclasses.fields(cls)}
            - set(vars(cls).get("__annotations__", {}))
            == set(said)
        ),
    ),
    ("total-ordering", "generated"): holds(lambda said, cls: set(said) <= own(cls, ORDER)),
    ("total-ordering", "fails"): raises(ValueError),
    ("total-ordering", "no-eq"): lambda _, found: (
        not isinstance(found, type) or found.__eq__ is object.__eq__
    ),
    ("abstract-base", "left"): holds(lambda said, cls: set(said) == cls.__abstractmethods__),
    ("abstract-base", "concrete"): holds(lambda _, cls: not cls.__abstractmethods__),
    ("abstract-method", "abc"): holds(lambda _, cls: cls.__class__.__name__ == "ABCMeta"),
    ("abstract-method", "no-abc"): holds(lambda _, cls: type(cls) is type),
    ("slots", "strict"): holds(lambda _, cls: not hasattr(bare(cls), "__dict__")),
    ("slots", "loose"): holds(lambda _, cls: hasattr(bare(cls), "__dict__")),
    ("slots", "missing"): holds(refused),
    ("cached-property", "entry"): holds(lambda _, cls: hasattr(bare(cls), "__dict__")),
    ("cached-property", "slots-line"): holds(lambda _, cls: not hasattr(bare(cls), "__dict__")),
    ("cached-property", "slotted"): holds(lambda _, cls: not hasattr(bare(cls), "__dict__")),
    ("class-creation", "mro"): holds(
        lambda said, cls: said == [one.__name__ for one in cls.__mro__],
    ),
    ("class-creation", "metaclass"): holds(
        lambda said, cls: (
            type(cls).__name__ == said or (said == "EnumMeta" and type(cls) is enum.EnumMeta)
        ),
    ),
    ("class-creation", "no-order"): raises(TypeError),
    ("class-creation", "conflict"): raises(TypeError),
}


# Of a class whose bases have no order, only `class-creation` says so.
NO_ORDER = "consistent method resolution"

# Facts about a class that hold if it can be made; whether it can is not theirs to say.
OF_WHAT_IS_MADE = {
    *(
        (provider, slot)
        for provider, slot in MEANING
        if provider.startswith(("abstract", "cached"))
    ),
    *((provider, slot) for provider, slot in MEANING if provider == "slots"),
    ("class-creation", "mro"),
    ("class-creation", "metaclass"),
    ("dataclass", "inherited"),
}


def compare(said: list[Facts], folder: Path, path: str) -> tuple[Counter[str], list[str]]:
    """How often each fact was held against its class, and what was wrong."""
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    found = classes(folder, path)
    for one in said:
        cls = found.get(one["class"])
        if cls is None:
            continue
        for slot, value in one["facts"].items():
            check = MEANING.get((one["provider"], slot))
            if check is None:
                continue
            is_others = (one["provider"], slot) in OF_WHAT_IS_MADE or NO_ORDER in str(cls)
            # The decorator above the data class has raised.
            is_others |= one["provider"] == "dataclass" and "ordering operation" in str(cls)
            if isinstance(cls, Exception) and is_others and slot != "no-order":
                continue
            counted[f"{one['provider']} {slot}"] += 1
            if not check(value, cls):
                wrong.append(f"{one['class']}: {one['provider']} {slot}: said {value}, is {cls!r}")
        said_aliases = one["facts"].get("aliases", [])
        is_enum = one["provider"] == "enum-class" and isinstance(cls, type)
        if is_enum and not aliases(said_aliases, cls):
            wrong.append(f"{one['class']}: other aliases than {said_aliases}")
    return counted, wrong
