"""Random programs about iterators, generators and `with`."""

from __future__ import annotations

import random
from collections.abc import Callable

# The names that hold iterators.
NAMES = ("items", "other")

ITERATORS = (
    "source(3)",
    "source(0)",
    "(n * n for n in range(3))",
    "map(str, range(3))",
    "filter(None, [1, 2])",
    "zip('ab', 'cd')",
    "enumerate('ab')",
    "iter([1, 2, 3])",
    "reversed([1, 2])",
    "itertools.chain([1], [2])",
    "[1, 2, 3]",
    "range(3)",
)

# Statements that look at an iterator; `@` stands for its name.
LOOKS = (
    "list(@)",
    "total = sum(1 for _ in @)",
    "for one in @:\n    pass",
    "for one in @:\n    pass\nelse:\n    done = True",
    "all_of_it = [*@]",
    "ordered = sorted(@, key=str)",
    "joined = ''.join(map(str, @))",
    "most = max(@, default=0, key=str)",
    "first, *rest = [*@, None]",
    "kept = [one for one in @]",
    "kept = {str(one) for one in @ if one}",
    "drained = collections.deque(@, maxlen=0)",
    "print(len(list(@)), end='', file=io.StringIO())",
    "one = next(@, None)",
    "for one in @:\n    break",
    "for one in @:\n    if flag:\n        break",
    "for one in @:\n    if flag:\n        continue\n    pass",
    "found = any(@)",
    "found = 1 in @",
    "some = list(itertools.islice(@, 1))",
    "pairs = list(zip(@, [1]))",
    "pairs = list(zip([1], @))",
    "known = isinstance(@, list)",
    "text = repr(@)",
    "give(@)",
    "drain(@)",
    "later = lambda: list(@)",
    "later = lambda: list(@)\nlater()",
    "def later():\n    return list(@)",
    "def later():\n    return list(@)\n\n\nlater()",
    "alias = @\nlist(alias)",
    "halves = itertools.tee(@)",
    "lazy = map(str, @)",
    "lazy = map(str, @)\nlist(lazy)",
    "lazy = (str(one) for one in @)",
    "lazy = (str(one) for one in @)\nlist(lazy)",
    "maybe = list(@) if flag else None",
    "flag and list(@)",
    "flag or list(@)",
    "if items is other:\n    list(@)",
    "if hasattr(@, 'close'):\n    @.close()",
    "stored = {'it': @}\nlist(stored['it'])",
    "while True:\n    if next(@, None) is None:\n        break",
)

BLOCKS = (
    "if flag:\n{0}",
    "if flag:\n{0}\nelse:\n{1}",
    "if not flag:\n{0}",
    "for turn in range(2):\n{0}",
    "for turn in range(0):\n{0}",
    "while flag:\n{0}\n    break",
    "try:\n{0}\nexcept ValueError:\n{1}",
    "try:\n{0}\nfinally:\n{1}",
    "try:\n    raise ValueError\n{0}\nexcept ValueError:\n{1}",
    "with contextlib.suppress(Exception):\n{0}",
    "with contextlib.suppress(Exception):\n    raise ValueError\n{0}",
    "def inner():\n{0}\n\n\ninner()",
    "def inner():\n{0}",
    "class Holder:\n{0}",
)

CHANGES = ("@ = {}", "del @", "if flag:\n    @ = {}", "for @ in [source(2)]:\n    pass")


def indented(text: str, by: str = "    ") -> str:
    """The text with each line moved to the right."""
    return "\n".join(by + line if line else line for line in text.split("\n"))


def look(rng: random.Random, depth: int) -> str:
    """A statement about an iterator, perhaps in a block."""
    roll = rng.random()
    if depth < 2 and roll < 0.3:
        block = rng.choice(BLOCKS)
        parts = [
            indented("\n".join(look(rng, depth + 1) for _ in range(rng.randint(1, 2))))
            for _ in range(2)
        ]
        return block.format(*parts)
    name = "items" if rng.random() < 0.85 else "other"
    if roll > 0.97:
        change = rng.choice(CHANGES).replace("@", name)
        return change.format(rng.choice(ITERATORS))
    return rng.choice(LOOKS).replace("@", name)


def iterators(rng: random.Random) -> str:
    """Iterators that are made, and read in many ways."""
    made = [f"{name} = {rng.choice(ITERATORS)}" for name in NAMES]
    rng.shuffle(made)
    body = "\n".join([*made, *(look(rng, 0) for _ in range(rng.randint(2, 5)))])
    head = (
        "import collections\nimport contextlib\nimport io\nimport itertools\n\n\n"
        "def source(count):\n    for number in range(count):\n        yield number\n\n\n"
        "def give(it):\n    return it\n\n\ndef drain(it):\n    return list(it)\n\n\n"
    )
    if rng.random() < 0.5:
        return head + f"def work():\n{indented(body)}\n\n\nwork()\n"
    return f"{head}{body}\n"


STEPS = (
    "number = 1",
    "yield {n}",
    "yield {n}\nyield {n}",
    "got = yield {n}",
    "yield",
    "if flag:\n    yield {n}",
    "if flag:\n    return",
    "if flag:\n    yield {n}\nelse:\n    yield {n}",
    "if not flag:\n    raise ValueError",
    "for step in range(2):\n    yield step",
    "for step in range(0):\n    yield step",
    "for step in ():\n    yield step\nelse:\n    yield {n}",
    "while flag:\n    yield {n}",
    "while True:\n    yield {n}",
    "while True:\n    break",
    "try:\n    yield {n}\nfinally:\n    number = 2",
    "try:\n    number = 1\nfinally:\n    yield {n}",
    "try:\n    raise ValueError\nexcept ValueError:\n    yield {n}",
    "try:\n    number = 1\nexcept ValueError:\n    yield {n}",
    "with contextlib.nullcontext():\n    yield {n}",
    "with contextlib.suppress(ValueError):\n    raise ValueError\n    yield {n}",
    "yield from ()",
    "yield from [{n}]",
    "items = list(range({n}))\nyield items[0]",
    "assert flag",
    "print((yield {n}), file=io.StringIO())",
    "def inner():\n    yield {n}",
    "work = lambda: (yield {n})",
    "lazy = ((yield_, {n}) for yield_ in [1])",
    "match flag:\n    case True:\n        yield {n}\n    case _:\n        yield {n}",
    "return",
    "raise StopIteration",
    "'''words'''",
    "import os",
    "flag or (yield {n})",
    "del number",
    "number: int = 5",
)


def generators(rng: random.Random) -> str:
    """A generator function of several steps."""
    steps = [rng.choice(STEPS) for _ in range(rng.randint(1, 4))]
    body = "\n".join(step.replace("{n}", str(rng.randint(1, 9))) for step in steps)
    if "yield" not in body:
        body += "\nyield 1"
    text = f"def work():\n{indented(body)}\n"
    return f"import contextlib\nimport io\n\n\n{text}\n\nfirst = work()\n"


EXITS = (
    "pass",
    "return None",
    "return False",
    "return True",
    "return 1",
    "return 0",
    "return ''",
    "return kind is ValueError",
    "return kind is not None",
    "return isinstance(error, LookupError)",
    "return issubclass(kind, OSError)",
    "if kind is None:\n    return\nreturn True",
    "if kind is not None:\n    return True",
    "if kind is None:\n    return True",
    "if error:\n    return True\nreturn False",
    "if kind is ValueError:\n    return True",
    "if issubclass(kind, KeyError):\n    return False\nreturn True",
    "if flag:\n    return True",
    "raise RuntimeError",
    "if kind:\n    raise RuntimeError",
    "raise",
    "raise error",
    "try:\n    return False\nfinally:\n    return True",
    "try:\n    return True\nfinally:\n    self.left = 1",
    "try:\n    raise ValueError\nexcept ValueError:\n    return True",
    "for step in ():\n    return True",
    "while True:\n    return True",
    "self.left = True\nreturn self.left",
    "return self.close()",
    "result = True\nreturn result",
    "return not kind",
    "return bool(kind)",
    "return [kind]",
    "return []",
    "return kind and True",
    "with contextlib.suppress(Exception):\n    raise ValueError\nreturn True",
    "del kind\nreturn True",
    "yield",
    "return lambda: 0",
)
ENTERS = (
    "return self",
    "pass",
    "return None",
    "return 5",
    "return LOG",
    "if flag:\n    return self",
)
YIELDS = (
    "yield",
    "yield 5",
    "yield None",
    "try:\n    yield\nfinally:\n    pass",
    "try:\n    yield\nexcept ValueError:\n    pass",
    "try:\n    yield\nexcept Exception:\n    pass",
    "try:\n    yield\nexcept BaseException:\n    pass",
    "try:\n    yield\nexcept:\n    pass",
    "try:\n    yield\nexcept ValueError:\n    raise",
    "try:\n    yield\nexcept ValueError as error:\n    raise RuntimeError from error",
    "try:\n    yield\nfinally:\n    return",
    "try:\n    yield\nexcept KeyError:\n    raise\nexcept BaseException:\n    return",
    "with contextlib.suppress(ValueError):\n    yield",
    "with contextlib.nullcontext():\n    yield",
    "with contextlib.suppress(BaseException):\n    yield",
    "while True:\n    try:\n        yield\n    finally:\n        break",
    "if flag:\n    yield\nelse:\n    yield 1",
)


def manager(rng: random.Random, name: str) -> str:
    """A class or a function that makes a manager."""
    if rng.random() < 0.3:
        body = f"LOG.append(('entered', '{name}'))\ntry:\n{indented(rng.choice(YIELDS))}\n"
        body += f"finally:\n    LOG.append(('left', '{name}'))"
        return f"@contextlib.contextmanager\ndef {name}():\n{indented(body)}\n"
    enter = f"LOG.append(('entered', '{name}'))\n{rng.choice(ENTERS)}"
    leave = f"LOG.append(('left', '{name}'))\n{rng.choice(EXITS)}"
    methods = [
        f"def __enter__(self):\n{indented(enter)}\n",
        f"def __exit__(self, kind, error, trace):\n{indented(leave)}\n",
    ]
    if rng.random() < 0.05:
        methods.pop(rng.randrange(2))
    if rng.random() < 0.3:
        methods.append("def close(self):\n    return True\n")
    base = rng.choice(["", "", "", "", "(Base)", "(contextlib.AbstractContextManager)"])
    return f"class {name}{base}:\n{indented(chr(10).join(methods))}\n"


def managers(rng: random.Random) -> str:
    """Managers, and `with` statements that use them."""
    names = ["A", "B", "C", "D"][: rng.randint(2, 4)]
    base = "class Base:\n    def __enter__(self):\n        return self\n\n"
    base += "    def __exit__(self, *details):\n        return True\n"
    parts = ["import contextlib\n\nLOG = []\nflag = True\n", base]
    parts += [manager(rng, name) for name in names]
    uses = []
    for _ in range(2):
        chosen = rng.sample(names, rng.randint(1, len(names)))
        items = [f"{name}()" + rng.choice(["", " as got", ""]) for name in chosen]
        uses.append(f"    with {', '.join(items)}:\n        pass\n")
    # What the managers raise is not what is asked of the program as a whole.
    parts.append("def use():\n" + "".join(uses))
    return "\n\n".join(parts)


SOURCES: dict[str, Callable[[random.Random], str]] = {
    "iterators": iterators,
    "generators": generators,
    "managers": managers,
}
