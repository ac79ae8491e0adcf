"""Holds what cards say of iterators, generators and `with` against runs of random programs.

Usage: programs.py PROGRAM [SEED], where PROGRAM is the built `oracle`. Makes programs, asks
what is said of them and runs them: where an iterator is read to its end, at which `yield` a
generator stops first, in which order the items of a `with` are left, what `as` gets, and whether
an exception passes. Prints each difference with its program and the number of facts of each kind;
the exit code is 1 when one differs.
"""

from __future__ import annotations

import ast
import contextlib
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import program_samples

EACH = 1200
# Kinds of facts about which fewer are stated than this are not tested well.
FEWEST = {
    "exhausted": 300,
    "first yield": 200,
    "order": 300,
    "as": 300,
    "passes": 300,
    "dropped": 50,
}

Said = dict[str, Any]
Names = dict[str, Any]
ERRORS = (ValueError, KeyError, OSError, ZeroDivisionError, StopIteration, KeyboardInterrupt)


class Watched:
    """An iterator that knows whether it was read to its end."""

    def __init__(self, iterable: Any) -> None:
        self.iterator = iter(iterable)
        self.is_over = False

    def __iter__(self) -> Watched:
        return self

    def __next__(self) -> Any:
        try:
            return next(self.iterator)
        except StopIteration:
            self.is_over = True
            raise

    def close(self) -> None:
        """As generators do."""
        self.is_over = True
        self.iterator = iter(())


class Watching(ast.NodeTransformer):
    """Watches what is assigned to a name of iterators, and looks at each use of one."""

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.targets[0], ast.Name) and node.targets[0].id in program_samples.NAMES:
            node.value = ast.Call(ast.Name("watch__", ast.Load()), [node.value], [])
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id not in program_samples.NAMES or not isinstance(node.ctx, ast.Load):
            return node
        place = [ast.Constant(node.lineno), ast.Constant(node.col_offset)]
        return ast.Call(ast.Name("see__", ast.Load()), [*place, node], [])


class Checker:
    """Counts what was compared, and collects what differs."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self.faults: list[str] = []

    def hold(self, kind: str, source: str, said: object, is_so: bool) -> None:
        """Notes a fact that was stated, and whether it is one."""
        self.counted[kind] += 1
        if not is_so:
            self.faults.append(f"{kind}: {said}\n{source}")

    def iterators(self, source: str, said: list[Said]) -> None:
        """Where an iterator is read to its end."""
        tree = ast.fix_missing_locations(Watching().visit(ast.parse(source)))
        seen: dict[tuple[int, int], list[bool]] = {}

        def watch(value: Any) -> Any:
            return value if isinstance(value, Watched) else Watched(value)

        def see(line: int, column: int, value: Any) -> Any:
            if isinstance(value, Watched):
                seen.setdefault((line, column), []).append(value.is_over)
            return value

        for flag in (True, False):
            names: Names = {"watch__": watch, "see__": see, "flag": flag}
            with contextlib.suppress(Exception):
                exec(compile(tree, "program", "exec"), names)
        for one in said:
            found = seen.get(tuple(one["use"])) if "use" in one else None
            if found:
                self.hold("exhausted", source, one, all(found))

    def generators(self, source: str, said: list[Said]) -> None:
        """At which `yield` a generator stops first."""
        for one in said:
            if one.get("stop") is None or one["generator"] != "work":
                continue
            ended = 0
            for flag in (True, False):
                names: Names = {"flag": flag}
                exec(compile(source, "program", "exec"), names)
                generator = names[one["generator"]]()
                try:
                    value = next(generator)
                except Exception as error:
                    # One that depends on what there is was not spoken of.
                    ended += not isinstance(error, NameError)
                    self.hold("first yield", source, one, ended < 2)
                    continue
                frame = generator.gi_frame
                self.hold("first yield", source, one, frame.f_lineno == one["stop"])
                if one["value"] is None:
                    continue
                # Names of the function mean nothing out here.
                with contextlib.suppress(ValueError):
                    is_it = value == ast.literal_eval(one["value"])
                    self.hold("first item", source, one, is_it)

    def managers(self, source: str, said: list[Said]) -> None:
        """In which order the items of a `with` are left, and what its managers do."""
        names: Names = {}
        exec(compile(source, "program", "exec"), names)
        nodes = ast.walk(ast.parse(source))
        statements = {node.lineno: node for node in nodes if isinstance(node, ast.With)}
        for one in said:
            if "with" in one:
                log = names["LOG"] = []
                module = ast.Module([statements[one["with"]]], [])
                with contextlib.suppress(Exception):
                    exec(compile(module, "program", "exec"), names)
                for kind in ("entered", "left"):
                    ours = [text.partition("(")[0] for text in one[kind]]
                    theirs = [name for what, name in log if what == kind]
                    # What has not both methods, or only makes a generator, tells nothing.
                    ours = [name for name in ours if name in theirs]
                    if len(ours) > 1:
                        self.hold("order", source, one, ours == theirs)
            elif "item" in one:
                self.item(source, one, names)

    def item(self, source: str, one: Said, names: Names) -> None:
        """What one manager does."""

        def make() -> Any:
            names["LOG"] = []
            return eval(one["text"], names)

        if one["missing"]:
            self.hold("missing", source, one, not runs(make))
            return
        try:
            make()
        except TypeError:  # An abstract class; nothing else can be seen of it.
            return
        if one["gives-itself"] or one["gives-nothing"]:
            manager = make()
            value = type(manager).__enter__(manager)
            wanted = manager if one["gives-itself"] else None
            self.hold("as", source, one, value is wanted)
        outcomes = [outcome(make, error) for error in ERRORS]
        if one["passes"]:
            self.hold("passes", source, one, set(outcomes) == {"passes"})
        if one["swallows-all"]:
            self.hold("dropped", source, one, set(outcomes) == {"dropped"})
        if one["always-raises"]:
            self.hold("raises", source, one, set(outcomes) == {"raises"})


def runs(make: Callable[[], Any]) -> bool:
    """Whether a `with` with this manager can be entered."""
    try:
        with make():
            pass
    except (TypeError, AttributeError):
        return False
    return True


def outcome(make: Callable[[], Any], kind: type[BaseException]) -> str:
    """What becomes of an exception of the block."""
    error = kind("oracle")
    manager = make()
    try:
        with manager:
            raise error
    except BaseException as raised:  # Whatever comes out is what is asked.
        return "passes" if raised is error else "raises"
    return "dropped"


def programs(seed: int) -> Iterator[tuple[str, str]]:
    """Each kind of program, and its text."""
    for kind, make in program_samples.SOURCES.items():
        for number in range(EACH):
            yield kind, make(random.Random(f"{seed}/{kind}/{number}"))


def main() -> int:
    """Asks the program and compares."""
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
    print(f"seed {seed}")
    made = list(programs(seed))
    asked = "".join(json.dumps(source) + "\n" for _, source in made)
    answer = subprocess.run(
        [sys.argv[1], "programs"], input=asked, stdout=subprocess.PIPE, text=True, check=True
    )
    checker = Checker()
    for (kind, source), line in zip(made, answer.stdout.splitlines(), strict=True):
        getattr(checker, kind)(source, json.loads(line))
    for fault in checker.faults[:20]:
        print(fault)
    rare = [kind for kind, fewest in FEWEST.items() if checker.counted[kind] < fewest]
    if rare:
        print(f"too few facts to test: {', '.join(rare)}")
    kinds = ", ".join(f"{kind} {count}" for kind, count in checker.counted.most_common())
    print(
        f"{len(made)} programs (seed {seed}): {checker.counted.total()} facts ({kinds}),"
        f" {len(checker.faults)} differ"
    )
    return int(bool(checker.faults) or bool(rare))


if __name__ == "__main__":
    sys.exit(main())
