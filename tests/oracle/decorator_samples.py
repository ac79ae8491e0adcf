"""Random Python files with decorators, one construct each, for the oracle of their facts."""

from __future__ import annotations

from random import Random

ORDERING = ["__lt__", "__le__", "__gt__", "__ge__"]


def flip(rng: Random, chance: float) -> bool:
    """True in this share of all cases."""
    return rng.random() < chance


def dataclass_source(rng: Random) -> str:
    """Data classes: options, fields with every kind of default, bases."""
    lines = []
    if flip(rng, 0.3):
        lines.append("from __future__ import annotations")
    lines += [
        "import dataclasses as dc",
        "import typing",
        "from dataclasses import dataclass, field, InitVar, KW_ONLY",
        "from typing import ClassVar",
        "from collections import deque",
        "class Plain:",
        "    def __eq__(self, other): return True",
    ]
    bases = []
    if flip(rng, 0.35):
        lines += class_lines(rng, "Base", [], frozen=flip(rng, 0.3))
        bases.append("Base")
        if flip(rng, 0.3):
            lines += ["class Between(Base):", "    between = 1"]
            bases = ["Between"]
    elif flip(rng, 0.3):
        bases.append(rng.choice(["object", "typing.Generic[typing.TypeVar('T')]", "Exception"]))
    lines += class_lines(rng, "C", bases, frozen=flip(rng, 0.3))
    return "\n".join(lines) + "\n"


def class_lines(rng: Random, name: str, bases: list[str], *, frozen: bool) -> list[str]:
    """One data class."""
    options = ["frozen=True"] if frozen else []
    for option, chance in [
        ("init=False", 0.1),
        ("repr=False", 0.1),
        ("eq=False", 0.15),
        ("order=True", 0.15),
        ("unsafe_hash=True", 0.12),
        ("slots=True", 0.12),
        ("kw_only=True", 0.1),
        ("eq=True", 0.05),
        ("frozen=False", 0.03 if not frozen else 0),
    ]:
        if flip(rng, chance) and not any(o.split("=")[0] == option.split("=")[0] for o in options):
            options.append(option)
    decorator = rng.choice(["dataclass", "dc.dataclass"])
    if options or flip(rng, 0.2):
        decorator += f"({', '.join(options)})"
    head = f"class {name}({', '.join(bases)}):" if bases else f"class {name}:"
    body = [f"    {line}" for line in body_lines(rng)] or ["    pass"]
    return [f"@{decorator}", head, *body]


def body_lines(rng: Random) -> list[str]:
    """What stands in a data class."""
    lines = []
    names = ["a", "b", "c", "d", "between"]
    defaults_from = rng.randrange(5) if flip(rng, 0.8) else 0
    for number in range(rng.randrange(5)):
        name = rng.choice(names) if flip(rng, 0.25) else names[number]
        kind = rng.choice(["int", "str", "list[int]", "dict", "typing.List[str]", "'int'", "Plain"])
        default = ""
        if number >= defaults_from:
            default = rng.choice(
                [
                    "1",
                    "'x'",
                    "None",
                    "(1, 2)",
                    "frozenset()",
                    "1 + 1",
                    "-1",
                    "field(default=3)",
                    "field(default_factory=list)",
                    "field(default_factory=dict)",
                    "field(default=2, init=False)",
                    "field(default=2, kw_only=True)",
                    "field(default=2, compare=False)",
                    "field(default=2, repr=False)",
                ]
            )
            if flip(rng, 0.08):
                default = rng.choice(
                    [
                        "[]",
                        "{}",
                        "set()",
                        "[x for x in ()]",
                        "dict(a=1)",
                        "bytearray()",
                        "Plain()",
                        "field(default=[])",
                        "deque()",
                    ]
                )
        elif flip(rng, 0.1):
            default = rng.choice(["field()", "field(kw_only=True)", "field(repr=False)"])
        if flip(rng, 0.08):
            kind = rng.choice(["ClassVar", "ClassVar[int]", "typing.ClassVar[int]"])
        elif flip(rng, 0.08):
            kind = rng.choice(["InitVar", "InitVar[int]", "dc.InitVar[int]"])
        lines.append(f"{name}: {kind} = {default}" if default else f"{name}: {kind}")
    for extra, chance in [
        ("_: KW_ONLY", 0.06),
        ("plain = 1", 0.1),
        ("loose = field()", 0.02),
        ("a = 5", 0.04),
        ("a: int", 0.03),
        ("if True:\n        late: int = 3", 0.03),
        ("if a_is_set:\n        a = 3", 0.0),
        ("__slots__ = ()", 0.01),
        ("def __init__(self): pass", 0.05),
        ("def __repr__(self): return ''", 0.04),
        ("def __eq__(self, other): return True", 0.07),
        ("def __hash__(self): return 1", 0.08),
        ("__hash__ = None", 0.03),
        ("def __lt__(self, other): return True", 0.03),
        ("def __setattr__(self, name, value): pass", 0.02),
        ("def a(self): pass", 0.02),
        ("def __post_init__(self, *args): pass", 0.1),
    ]:
        if flip(rng, chance):
            lines.insert(rng.randrange(len(lines) + 1), extra)
    return lines


def property_source(rng: Random) -> str:
    """A class whose properties gain accessors, under the same or another name."""
    lines = ["class C:"]
    names = ["x", "y"]
    for number in range(1, rng.randrange(1, 7) + 1):
        name = rng.choice(names)
        lines += rng.choice(
            [
                ["@property", f"def {name}(self): return {number}"],
                ["@property", f"def {name}(self): return {number}"],
                [f"@{rng.choice(names)}.setter", f"def {name}(self, value): pass"],
                [f"@{rng.choice(names)}.setter", f"def {name}(self, value): pass"],
                [f"@{rng.choice(names)}.deleter", f"def {name}(self): pass"],
                [f"@{rng.choice(names)}.getter", f"def {name}(self): return {number}"],
                [f"def get_{name}(self): return {number}", f"{name} = property(get_{name})"],
                [f"{name} = {number}"] if flip(rng, 0.3) else ["pass"],
                [f"if {rng.choice(['True', 'False'])}:", f"    {name} = {number}"]
                if flip(rng, 0.4)
                else ["pass"],
            ]
        )
    return "\n".join([lines[0], *(f"    {line}" for line in lines[1:])]) + "\n"


def signature_source(rng: Random) -> str:
    """The parameters of a function."""
    parts = []
    optional = False
    names = iter("abcde")
    only = rng.randrange(3) if flip(rng, 0.4) else 0
    for place in range(rng.randrange(4)):
        optional = optional or flip(rng, 0.3)
        annotation = ": int" if flip(rng, 0.2) else ""
        default = f"{' = ' if annotation else '='}{place}" if optional else ""
        parts.append(f"{next(names)}{annotation}{default}")
        if place + 1 == only:
            parts.append("/")
    star = flip(rng, 0.3)
    if star:
        parts.append("*args")
    if flip(rng, 0.4):
        if not star:
            parts.append("*")
        parts += [
            f"{name}=7" if flip(rng, 0.5) else name for name in ["k", "l"][: rng.randrange(1, 3)]
        ]
    if flip(rng, 0.25):
        parts.append("**kw")
    return ", ".join(parts)


def partial_source(rng: Random) -> str:
    """A partial object or method of a function of the file."""
    positional = [str(n) for n in range(rng.randrange(3))]
    keywords = [f"{name}={n}" for n, name in enumerate("abckz") if flip(rng, 0.2)]
    arguments = "".join(f", {argument}" for argument in positional + keywords)
    signature = signature_source(rng)
    if flip(rng, 0.3):
        inner = f"self, {signature}" if signature else "self"
        inner = inner if "/" not in inner else "self, a, b=1"
        return (
            "import functools\nclass C:\n"
            f"    def f({inner}): return 1\n"
            f"    p = functools.partialmethod(f{arguments})\n"
        )
    return (
        f"from functools import partial\ndef f({signature}): return 1\np = partial(f{arguments})\n"
    )


def dispatch_source(rng: Random) -> str:
    """A generic function and what is registered with it."""
    types = ["int", "float", "str", "list", "bool", "object", "type(None)", "dict"]
    lines = ["from functools import singledispatch", "from typing import Union"]
    lines += ["@singledispatch", "def show(value): return 0"]
    for number in range(rng.randrange(6)):
        kind = rng.choice(types)
        body = f"def f{number}(value): return {number + 1}"
        annotated = f"def f{number}(value: {kind}): return {number + 1}"
        block = rng.choice(
            [
                [f"@show.register({kind})", body],
                [f"@show.register({kind})", f"@show.register({rng.choice(types)})", body],
                [
                    "@show.register",
                    annotated if "(" not in kind else body.replace("value", "value: int"),
                ],
                [body, f"show.register({kind}, f{number})"],
                ["@show.register", f"def f{number}(value: int | str): return {number + 1}"],
                ["@show.register", f"def f{number}(value: Union[int, bytes]): return {number + 1}"],
            ]
        )
        if flip(rng, 0.15):
            block = [f"if {rng.choice(['True', 'False'])}:", *(f"    {line}" for line in block)]
        lines += block
    return "\n".join(lines) + "\n"


def ordering_source(rng: Random) -> str:
    """A class with some comparison methods, of its own and inherited."""

    def methods(chance: float) -> list[str]:
        names = [name for name in ["__eq__", *ORDERING] if flip(rng, chance)]
        return [f"    def {name}(self, other): return True" for name in names] or ["    pass"]

    lines = ["from functools import total_ordering", "from dataclasses import dataclass"]
    base = ""
    if flip(rng, 0.4):
        lines += ["class Base:", *methods(0.25)]
        base = "(Base)"
    lines.append("@total_ordering")
    if flip(rng, 0.3):
        lines.append(rng.choice(["@dataclass", "@dataclass(eq=False)", "@dataclass(order=True)"]))
    lines += [f"class C{base}:", *methods(0.3)]
    if flip(rng, 0.1):
        lines += [f"    if {rng.choice(['True', 'False'])}:", "        __lt__ = None"]
    return "\n".join(lines) + "\n"


def abstract_source(rng: Random) -> str:
    """An abstract method, the class around it and two subclasses."""
    heads = [
        "",
        "(ABC)",
        "(object)",
        "(metaclass=ABCMeta)",
        "(Mixin)",
        "(Mixin, ABC)",
        "(Abstract)",
        "(dict, ABC)",
        "(Sized)",
        "(Generic[T])",
        "(Protocol)",
    ]
    lines = [
        "from abc import ABC, ABCMeta, abstractmethod",
        "from typing import Generic, Protocol, TypeVar",
        "from collections.abc import Hashable as Sized",
        "T = TypeVar('T')",
        "class Mixin: pass",
        "class Abstract(ABC): pass",
    ]
    order = rng.choice([[], [], ["@property"], ["@classmethod"], ["@staticmethod"]])
    lines += [f"class C{rng.choice(heads)}:"]
    decorators = ["@abstractmethod", *order] if flip(rng, 0.3) else [*order, "@abstractmethod"]
    lines += [f"    {line}" for line in [*decorators, "def f(self): pass"]]
    if flip(rng, 0.1):
        lines.append("    f = 1")
    for name in ["D", "E"]:
        base = rng.choice(["C", "C", "C, Other"])
        lines += ["class Other:", "    def f(self): pass"] if name == "D" else []
        lines.append(f"class {name}({base}):")
        lines.append(rng.choice(["    def f(self): pass", "    pass", "    f = 1"]))
    return "\n".join(lines) + "\n"


def slots_source(rng: Random) -> str:
    """A cached property in a class with or without `__dict__`."""
    slots = [
        "    __slots__ = ()",
        "    __slots__ = ('a', '__dict__')",
        "    __slots__ = ['a']",
        "    pass",
        "    __slots__ = 'a'",
    ]
    lines = [
        "from functools import cached_property",
        "from dataclasses import dataclass",
        "from abc import ABC",
        "class Base:",
        rng.choice(slots),
    ]
    if flip(rng, 0.3):
        lines.append(
            rng.choice(["@dataclass(slots=True)", "@dataclass", "@dataclass(slots=False)"])
        )
    lines += [f"class C{rng.choice(['', '(Base)', '(ABC)', '(dict)'])}:"]
    slot = rng.choice(slots)
    lines.append("    pass" if lines[-2] == "@dataclass(slots=True)" else slot)
    return "\n".join([*lines, "    @cached_property", "    def f(self): return 1"]) + "\n"


SOURCES = {
    "dataclass": dataclass_source,
    "property": property_source,
    "partial": partial_source,
    "singledispatch": dispatch_source,
    "total-ordering": ordering_source,
    "abstract-method": abstract_source,
    "cached-property": slots_source,
}
