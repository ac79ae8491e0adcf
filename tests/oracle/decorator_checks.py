"""What CPython made of a sample, held against the facts about it.

Every check yields the differences as text. A fact that is missing is no difference: it is not
known. `error` is the exception that importing the sample raised.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

FACTORY = object()
SPECIAL = [
    "__init__",
    "__repr__",
    "__eq__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__setattr__",
    "__delattr__",
    "__hash__",
]
ORDERING = ["__lt__", "__le__", "__gt__", "__ge__"]
Facts = dict[str, Any]


@dataclasses.dataclass
class Sample:
    """One file and what running it gave."""

    source: str
    module: ModuleType
    error: BaseException | None

    def body(self, path: str) -> list[ast.stmt]:
        """The statements of the class at the end of a dotted path."""
        body = ast.parse(self.source).body
        for name in path.split("."):
            found = [node for node in body if getattr(node, "name", None) == name]
            body = found[-1].body
        return body

    def get(self, path: str) -> Any:
        """The object at a dotted path, descriptors as they are."""
        found: Any = self.module
        for name in path.split("."):
            found = vars(found)[name]
        return found

    def failed_in(self, path: str) -> bool:
        """True when the error was raised by the class statement at the dotted path itself."""
        if self.error is None:
            return False
        frame = self.error.__traceback__
        line = 0
        while frame is not None:
            if frame.tb_frame.f_code.co_filename == self.module.__file__:
                line = frame.tb_lineno
            frame = frame.tb_next
        for node in ast.parse(self.source).body:
            if getattr(node, "name", None) == path:
                first = min([node.lineno, *(it.lineno for it in node.decorator_list)])
                return first <= line <= (node.end_lineno or 0)
        return False

    def definition_line(self, function: Any) -> int:
        """The line of the `def`; code objects begin at the first decorator."""
        for node in ast.walk(ast.parse(self.source)):
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(it.lineno for it in node.decorator_list)])
                if first == function.__code__.co_firstlineno:
                    return node.lineno
        raise LookupError(function)


def parameters(text: str, module: ModuleType) -> list[tuple[str, str, Any]]:
    """Kind, name and default of the parameters in the text of a signature."""
    names = {**vars(module), "FACTORY": FACTORY}
    text = text.replace("<factory>", "FACTORY")
    scope: dict[str, Any] = {}
    exec(f"from __future__ import annotations\ndef f({text}): pass", names, scope)
    return described(inspect.signature(scope["f"]))


def described(signature: inspect.Signature) -> list[tuple[str, str, Any]]:
    """The same of a signature."""
    factory = dataclasses._HAS_DEFAULT_FACTORY
    found = []
    for one in signature.parameters.values():
        default = FACTORY if one.default is factory else one.default
        default = "nothing" if default is inspect.Parameter.empty else default
        found.append((one.kind.name, one.name, default))
    return found


def check_dataclass(sample: Sample, facts: Facts, path: str) -> Iterator[str]:
    """Fields, `__init__`, generated methods, hash, and the errors of making the class."""
    claims = {
        "mutable": ValueError,
        "unhashable": ValueError,
        "missing-default": TypeError,
        "not-annotated": TypeError,
        "frozen-conflict": TypeError,
        "hash-error": TypeError,
        "order-error": ValueError,
        "overwritten": TypeError,
    }
    claimed = [claims[slot] for slot in claims if slot in facts]
    if path not in vars(sample.module):
        if not sample.failed_in(path):
            return
        if "signature" in facts or "generated" in facts or "parameters" in facts:
            yield f"says what is generated, but {sample.error!r} was raised"
        # Of several mistakes in one class Python reports the first.
        if claimed and not isinstance(sample.error, (TypeError, ValueError)):
            yield f"expects {claimed}, but {sample.error!r} was raised"
        return
    if claimed:
        yield f"expects {claimed}, but the class was made"
        return
    made = sample.get(path)
    text = facts.get("signature")
    text = text[text.index("(") + 1 : -1] if text else ", ".join(facts.get("parameters", []))
    if "signature" in facts or "parameters" in facts:
        expected = described(inspect.signature(made))
        if parameters(text, sample.module) != expected:
            yield f"signature {text!r}, not {expected}"
    fields = {field.name for field in dataclasses.fields(made)}
    own = {one.split(":")[0] for one in facts.get("fields", [])}
    if not own <= fields:
        yield f"fields {own}, not {fields}"
    wrong = fields & {
        *facts.get("unannotated", []),
        *facts.get("class-vars", []),
        *facts.get("init-only", []),
    }
    if wrong:
        yield f"{wrong} are fields"
    if not set(facts.get("inherited", [])) <= fields:
        yield f"inherited {facts['inherited']}"
    written = names_of(sample.body(path))
    if vars(made).get("__hash__") is not None and binds_no_hash(sample.body(path)):
        # Beside `__eq__` that is what Python itself puts there, so `unsafe_hash` replaces it.
        written.discard("__hash__")
    if "generated" in facts:
        there = {name for name in SPECIAL if name in vars(made) and name not in written}
        if vars(made).get("__hash__") is None:
            there.discard("__hash__")
        if set(facts["generated"]) != there:
            yield f"generated {facts['generated']}, not {there}"
    yield from check_hash(made, written, facts)


def names_of(body: list[ast.stmt]) -> set[str]:
    """What a class body binds."""
    names = {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    for node in body:
        if isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def binds_no_hash(body: list[ast.stmt]) -> bool:
    """Whether a class body binds `__hash__` to None in the end."""
    none = False
    for node in body:
        if "__hash__" in names_of([node]):
            none = isinstance(node, ast.Assign) and ast.unparse(node.value) == "None"
    return none


def check_hash(made: type, written: set[str], facts: Facts) -> Iterator[str]:
    """Where `__hash__` comes from."""
    here = vars(made).get("__hash__", FACTORY)
    if made.__hash__ is None and (here is None or here is FACTORY):
        outcome = "hash-removed" if here is None else "hash-inherited"
    elif here is FACTORY:
        outcome = "hash-inherited"
    else:
        outcome = "hash-own" if "__hash__" in written else "hash-generated"
    for slot in ["hash-removed", "hash-inherited", "hash-own", "hash-generated"]:
        if slot in facts and slot != outcome:
            yield f"{slot}, not {outcome}"


def check_property(sample: Sample, facts: Facts, path: str) -> Iterator[str]:
    """The accessors of the property that the class ends up with."""
    if sample.error is not None:
        return
    owner = path.rpartition(".")[0]
    found = sample.get(f"{owner}.{facts['name']}")
    if not isinstance(found, property):
        yield f"{path} is {found!r}"
        return
    yield from accessor_lines(sample, found, [facts.get(f"{it}-line") for it in ACCESSORS], path)
    if "read-only" in facts and (found.fset or found.fdel):
        yield f"{path} is not read-only"
    for other in facts.get("others", []):
        made = sample.get(f"{owner}.{other['name']}")
        words = [
            word
            for word, function in zip(WORDS, [made.fget, made.fset, made.fdel], strict=True)
            if function
        ]
        if [it for it in WORDS if it in other["access"]] != words:
            yield f"{other} is {words}"


ACCESSORS = ["getter", "setter", "deleter"]
WORDS = ["read", "set", "deleted"]


def accessor_lines(
    sample: Sample, found: property, lines: list[int | None], path: str
) -> Iterator[str]:
    """The lines of the functions of a property; a name in place of a `def` has its own line."""
    functions = [found.fget, found.fset, found.fdel]
    actual = [function and sample.definition_line(function) for function in functions]
    for accessor, said, line in zip(ACCESSORS, lines, actual, strict=False):
        by_name = said and "property(" in sample.source.splitlines()[said - 1]
        if not by_name and said != line:
            yield f"{accessor} of {path} on {said}, not {line}"


def check_partial(sample: Sample, facts: Facts, path: str) -> Iterator[str]:
    """What is left of the parameters, or why no call can work."""
    owner = f"{path}." if path else ""
    made = sample.get(f"{owner}p")
    if isinstance(made, functools.partialmethod):
        made = made.__get__(sample.get(path)())
    try:
        signature = inspect.signature(made)
    except ValueError:
        signature = None
    fails = any(slot in facts for slot in ["unknown-keyword", "twice", "too-many"])
    if signature is None and "left" in facts:
        yield f"{facts['left']} is left, but there is no signature"
    if signature is not None and fails:
        yield f"cannot be called, but has the signature {signature}"
    if signature is not None and "left" in facts:
        left = parameters(facts["left"][1:-1], sample.module)
        if left != described(signature):
            yield f"{facts['left']} is left, not {signature}"


def check_dispatch(sample: Sample, facts: Facts, path: str) -> Iterator[str]:
    """The table of the generic function."""
    if sample.error is not None:
        return
    generic = sample.get("show")
    said = {}
    maybe = {resolve(row["type"], sample) for row in facts.get("maybe", [])}
    for row in facts.get("table", []):
        said[resolve(row["type"], sample)] = row["function"]
    for kind, function in generic.registry.items():
        known = kind in maybe or (kind is object and kind not in said)
        if not known and said.get(kind) != function.__name__:
            yield f"{kind} runs {function.__name__}, not {said.get(kind)}"
    for kind, function in said.items():
        if kind not in maybe and generic.registry[kind].__name__ != function:
            yield f"{kind} runs {generic.registry[kind].__name__}, not {function}"
    if "fallback" in facts and generic.registry[object].__name__ != "show" and object not in maybe:
        yield "the fallback is another"
    if "empty" in facts and len(generic.registry) > 1:
        yield "something is registered"


def resolve(text: str, sample: Sample) -> Any:
    """The class that a type stands for."""
    return eval(text, vars(sample.module)) or type(None)


def check_ordering(sample: Sample, facts: Facts, path: str) -> Iterator[str]:
    """The methods that were added."""
    if sample.error is not None:
        if "generated" in facts or "nothing" in facts:
            yield f"says what is generated, but {sample.error!r} was raised"
        return
    if "fails" in facts:
        yield "expects an error, but the class was made"
    made = vars(sample.get(path))
    added = [
        name
        for name in ORDERING
        if "functools" in getattr(getattr(made.get(name), "__code__", None), "co_filename", "")
    ]
    if "generated" in facts and facts["generated"] != added:
        yield f"generated {facts['generated']}, not {added}"
    if "nothing" in facts and added:
        yield f"nothing, but {added}"
    if "no-eq" in facts and sample.get(path).__eq__ is not object.__eq__:
        yield "there is an __eq__"


def refuses(made: Any) -> bool:
    """True when no instance can be made because of abstract methods."""
    try:
        made()
    except TypeError as error:
        return "abstract" in str(error)
    return False


def check_abstract(sample: Sample, facts: Facts, path: str) -> Iterator[str]:
    """Which classes can be instantiated."""
    owner = path.rpartition(".")[0]
    if "wrong-order" in facts:
        if not isinstance(sample.error, AttributeError):
            yield f"expects an error, but {sample.error!r}"
        return
    if sample.error is not None:
        if not isinstance(sample.error, TypeError):
            yield f"{sample.error!r} was raised"
        return
    refused = refuses(sample.get(owner))
    if "abc" in facts and not refused:
        yield "instances are not refused"
    if "no-abc" in facts and refused:
        yield "instances are refused"
    for name in facts.get("missing", []):
        if not refuses(sample.get(name)):
            yield f"instances of {name} are not refused"
    for row in facts.get("implemented", []):
        if path.rpartition(".")[2] in sample.get(row["class"]).__abstractmethods__:
            yield f"{row['class']} does not define it"


def check_cached(sample: Sample, facts: Facts, path: str) -> Iterator[str]:
    """Whether the property can be read."""
    if sample.error is not None:
        return
    instance = sample.get(path.rpartition(".")[0])()
    fails = "slots-line" in facts or "slotted" in facts
    try:
        _ = instance.f
    except TypeError as error:
        if not fails:
            yield f"works, but {error}"
    else:
        if fails:
            yield "fails, but works"


CHECKS = {
    "dataclass": check_dataclass,
    "property": check_property,
    "property-accessor": check_property,
    "partial": check_partial,
    "singledispatch": check_dispatch,
    "total-ordering": check_ordering,
    "abstract-method": check_abstract,
    "cached-property": check_cached,
}
