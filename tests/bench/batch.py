"""Measures `pygloss check` beside other linters over the same files, all told to look for the same
mistakes.

The figure that counts is how much text each gets through in a second of processor time, however
many threads it has. ruff sees the whole standard library; pylint and refurb, which would take the
better part of an hour, a sample of it.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench import RULES, number, program

ROOT = Path(__file__).resolve().parents[2]
# What is installed is not part of the standard library; these are broken on purpose.
SKIPPED = {"site-packages", "dist-packages", "bad_coding.py", "badsyntax_pep3120.py"}


@dataclass(eq=False)
class Linter:
    """A program, and what it is asked."""

    name: str
    command: list[str]
    kinds: tuple[int, ...] = (0, 1)
    """Exit codes of a run that went through all files."""
    goal: float | None = None
    """How many times its throughput ours should be."""
    beside: Linter | None = None
    """Ours that looks for the same, if not the one with all rules."""
    seconds: list[float] = field(default_factory=list)
    """Processor time of each run."""
    findings: int = 0

    def speed(self, size: int) -> float:
        """Megabytes in a second of processor time, in the best run."""
        return size / 1e6 / min(self.seconds)


def aliases() -> dict[str, list[str]]:
    """What other linters call what each of our rules finds, as `linter:code`, from their pages."""
    found = {}
    for page in sorted(ROOT.glob("content/*/*/rules/*.md")):
        head = page.read_text(encoding="utf-8").split("+++\n")[1]
        found[page.stem] = tomllib.loads(head).get("aliases", [])
    return found


def codes(linter: str) -> list[str]:
    """The numeric codes of a linter among the aliases; what has a code has a name, too."""
    split = (alias.split(":") for alias in sorted(set().union(*aliases().values())))
    return [code for name, code in split if name == linter and re.fullmatch(r"[A-Z]+\d+", code)]


def shared() -> list[str]:
    """Our rules that ruff has, too."""
    found = aliases().items()
    return [rule for rule, names in found if any(name.startswith("ruff:") for name in names)]


def files() -> Iterator[tuple[Path, bytes]]:
    """The modules of the standard library that are valid Python, with their paths in it."""
    root = Path(sysconfig.get_path("stdlib"))
    for path in sorted(root.rglob("*.py")):
        if SKIPPED.isdisjoint(path.relative_to(root).parts):
            data = path.read_bytes()
            try:
                ast.parse(data.decode())
            except (UnicodeDecodeError, ValueError, SyntaxError):
                continue
            yield path.relative_to(root), data


def lay_out(whole: Path, part: Path, wanted: int) -> tuple[int, int, int]:
    """Copies all modules to `whole`, and about `wanted` bytes of them to `part`, under names that
    hide no module of the standard library. The bytes of both, and the number of files."""
    size = sampled = count = 0
    for path, data in files():
        count += 1
        (whole / path).parent.mkdir(parents=True, exist_ok=True)
        (whole / path).write_bytes(data)
        size += len(data)
        # A module of a package would have others import what is not there.
        is_plain = len(path.parts) == 1 and not path.stem.startswith("_")
        if is_plain and 10_000 < len(data) < 60_000 and sampled < wanted:
            (part / f"bench_{path.name}").write_bytes(data)
            sampled += len(data)
    return size, sampled, count


def run(linter: Linter, target: Path, home: Path) -> None:
    """Checks the files in `target` once."""
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    env = os.environ | dict.fromkeys(names, str(home)) | {"PYLINTHOME": str(home)}
    with (home / "out").open("w+b") as out, (home / "err").open("w+b") as err:
        args = [*linter.command, *sorted(map(str, target.glob("*")))]
        process = subprocess.Popen(args, stdout=out, stderr=err, cwd=target, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in linter.kinds:
            err.seek(0)
            log = err.read()[-500:].decode(errors="replace")
            raise SystemExit(f"{linter.name}: exit code {process.returncode}: {log}")
        out.seek(0)
        # All print one finding on a line that begins with its place.
        linter.findings = len(re.findall(rb"^[^\n]+?\.py:\d+:\d+", out.read(), re.M))
    linter.seconds.append(usage.ru_utime + usage.ru_stime)


def table(title: str, size: int, ours: Linter, others: list[Linter]) -> bool:
    """Prints the figures, of `others` in relation to ours; true when a goal is missed."""
    print(f"\n{title}, {size / 1e6:.1f} MB{'MB per s':>34}{'findings':>10}{'ours':>8}")
    missed = False
    owns = list(dict.fromkeys([ours, *(it.beside for it in others if it.beside)]))
    for linter in [*owns, *others]:
        speed, line = linter.speed(size), ""
        if linter not in owns:
            ratio = (linter.beside or ours).speed(size) / speed
            line = f"{number(ratio):>7}x"
            if linter.goal:
                missed |= ratio < linter.goal
                state = "MISSED" if ratio < linter.goal else "met"
                line += f"  >= {number(linter.goal)}x {state}"
        print(f"  {linter.name:<44}{number(speed):>10}{linter.findings:>10}{line}", flush=True)
    return missed


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("pygloss", "ruff", "pylint", "refurb"):
        parser.add_argument(f"--{name}", type=program, required=True, help=f"the program {name}")
    parser.add_argument("--repeat", type=int, default=3, help="runs of the quick ones")
    parser.add_argument("--sample", type=int, default=400, help="KB for pylint and refurb")
    parser.add_argument("--strict", action="store_true", help="fail when a goal is missed")
    return parser.parse_args()


def main() -> int:
    """Measures and reports."""
    options = arguments()
    check = [str(options.pygloss), "check", "--output-format", "concise"]
    ruff = [str(options.ruff), "check", "--isolated", "--no-cache", "--preview"]
    ruff += ["--output-format", "concise", "--select"]
    pylint = [str(options.pylint), "--rcfile=", "--score=n", "--disable=all"]
    pylint += [f"--enable={','.join(codes('pylint'))}"]
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="pygloss-bench-") as folder:
        home, whole, part = (Path(folder, name) for name in ("home", "whole", "part"))
        for one in (home, whole, part):
            one.mkdir()
        size, sampled, count = lay_out(whole, part, options.sample * 1000)
        ours = Linter("pygloss, all rules", check)
        same, topics = ",".join(codes("ruff")), ",".join(RULES)
        both = Linter("pygloss, the rules that ruff has, too", check.copy())
        both.command += ["--select", ",".join(shared())]
        others = [
            Linter("ruff, the chapter's rules", [*ruff, topics], goal=1 / 6),
            Linter("ruff, the rules that are ours, too", [*ruff, same], goal=1 / 6, beside=both),
        ]
        for _ in range(options.repeat):
            for linter in (ours, both, *others):
                run(linter, whole, home)
        missed = table(f"{count} files", size, ours, others)

        ours = Linter("pygloss, all rules", check)
        # None of refurb's checks is named as one of ours, so it has all that are on by default.
        # pylint's exit code is a set of bits; 1 and 32 say that it could not do its work.
        slow = [
            Linter("pylint, the rules that are ours, too", pylint, tuple(range(0, 32, 2)), 50),
            Linter("refurb, its own checks", [str(options.refurb), "--quiet"], goal=50),
        ]
        for _ in range(options.repeat):
            run(ours, part, home)
        for linter in slow:
            run(linter, part, home)
        missed |= table("A sample", sampled, ours, slow)
    return 1 if missed and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
