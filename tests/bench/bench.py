"""Measures pygloss beside `ruff server` in one run, on files made from the standard library.

Both are asked the same on the same text; the figures that count are ratios and processor time,
since the clock on the wall also shows what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from session import Figures, Server, Session, pygloss, ruff
from source import Source, generate

# The rules of ruff that cover the chapter.
RULES = ["SIM115", "UP006", "UP007", "UP035", "UP045", "C4", "PERF", "B", "RUF006", "ASYNC", "FURB"]


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of the values does not exceed; NaN without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def mean(values: list[float]) -> float:
    """The mean; NaN without values."""
    return statistics.fmean(values) if values else float("nan")


DEAREST = "processor time of any later state, ms, max"
ACTION = "code actions on a finding, ms, p50"
QUIET = "code actions elsewhere, ms, p50"

ROWS: tuple[tuple[str, Callable[[Figures], float]], ...] = (
    ("first findings, ms from the start of the process", lambda f: f.first),
    ("findings", lambda f: f.findings),
    ("key to findings, ms, p50", lambda f: percentile(f.keys, 0.50)),
    ("key to findings, ms, p99", lambda f: percentile(f.keys, 0.99)),
    ("processor time of a key, ms, mean", lambda f: mean(f.key_cpu)),
    ("processor time of a key in the same function, ms, mean", lambda f: mean(f.same_cpu)),
    ("processor time of the first key, ms", lambda f: f.state_cpu[0][0]),
    (DEAREST, lambda f: max(f.state_cpu[1:])[0]),
    ("findings kept outside the item, mean share", lambda f: mean(f.kept)),
    ("findings kept outside the item, least share", lambda f: min(f.kept)),
    ("mistake typed or removed to findings, ms, p50", lambda f: percentile(f.flips, 0.50)),
    ("lists that do not say so", lambda f: f.wrong_flips),
    ("hover after an edit, ms, p50", lambda f: percentile(f.hovers, 0.50)),
    ("hover after an edit, ms, p99", lambda f: percentile(f.hovers, 0.99)),
    ("processor time of edit and hover, ms, p50", lambda f: percentile(f.hover_cpu, 0.50)),
    ("hovers with a card", lambda f: f.cards / len(f.hovers) if f.hovers else float("nan")),
    (ACTION, lambda f: percentile(f.actions, 0.50)),
    ("code actions on a finding, ms, p99", lambda f: percentile(f.actions, 0.99)),
    ("code actions on a finding, processor time, ms, p50", lambda f: percentile(f.action_cpu, 0.5)),
    (QUIET, lambda f: percentile(f.quiet_actions, 0.50)),
    ("code actions elsewhere, ms, p99", lambda f: percentile(f.quiet_actions, 0.99)),
    ("code actions elsewhere, processor time, p50", lambda f: percentile(f.quiet_action_cpu, 0.5)),
    ("findings with a quick fix", lambda f: f.fixes / len(f.actions) if f.actions else 0.0),
    ("resident memory, MiB", lambda f: f.memory),
)

Medians = dict[str, float]


def medians(runs: list[Figures]) -> Medians:
    """Of each row, the median of the runs that ended well."""
    good = [run for run in runs if not run.failure]
    if not good:
        return {}
    figures = {name: statistics.median(row(run) for run in good) for name, row in ROWS}
    return figures | {DEAREST: max(cost for cost, _ in states(good)[1:])}


def states(runs: list[Figures]) -> list[tuple[float, str]]:
    """Each typed state, in order, with the median of what it took in the runs: what else the
    machine did in one of them is no property of the state."""
    costs: dict[tuple[int, str], list[float]] = {}
    for run in runs:
        for place, (cost, state) in enumerate(run.state_cpu):
            costs.setdefault((place, state), []).append(cost)
    return [(statistics.median(some), state) for (_, state), some in costs.items()]


def number(value: float) -> str:
    """A figure with three digits that matter."""
    if value != value:
        return "-"
    if value == int(value) and value < 1e6:
        return f"{int(value)}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3f}"


def table(source: Source, ours: Medians, theirs: Medians) -> str:
    """The figures for one file."""
    size = len(source.text.encode()) / 1024
    lines = [f"\n{source.lines} lines, {size:.0f} KiB{'pygloss':>46}{'ruff':>11}{'ratio':>9}"]
    for name, _ in ROWS:
        left, right = ours.get(name, float("nan")), theirs.get(name, float("nan"))
        ratio = number(left / right) if right else "-"
        lines.append(f"  {name:<56}{number(left):>11}{number(right):>11}{ratio:>9}")
    return "\n".join(lines)


def goals(all_figures: dict[int, dict[str, Medians]]) -> list[tuple[str, float, str, bool]]:
    """What is aimed at: name, figure, limit, and whether it is met. Only for sizes that ran."""
    found: list[tuple[str, float, str, bool]] = []

    def goal(name: str, value: float, limit: str, met: bool) -> None:
        found.append((name, value, limit, met))

    key, same, first = ROWS[4][0], ROWS[5][0], ROWS[6][0]
    ten = all_figures.get(10_000)
    if ten and all(ten.values()):
        ours, theirs = ten["pygloss"], ten["ruff"]
        hover = ours["processor time of edit and hover, ms, p50"]
        goal("hover after an edit at 10,000 lines, ms of processor time", hover, "< 1", hover < 1)
        ratio = ours[key] / theirs[key]
        goal("processor time of a key at 10,000 lines, of ruff's", ratio, "<= 0.1", ratio <= 0.1)
        for name in (ACTION, QUIET):
            ratio = ours[name] / theirs[name]
            goal(f"{name.removesuffix(', ms, p50')}, of ruff's time", ratio, "<= 1", ratio <= 1)
        memory = ours["resident memory, MiB"] / theirs["resident memory, MiB"]
        goal("memory at 10,000 lines, of ruff's", memory, "<= 0.5", memory <= 0.5)
    sizes = {size: both["pygloss"] for size, both in all_figures.items() if both["pygloss"]}
    if {200, 50_000} <= sizes.keys():
        growth = sizes[50_000][same] / sizes[200][same]
        name = "processor time of a key in one function, 50,000 lines to 200"
        goal(name, growth, "<= 4", growth <= 4)
    if sizes:
        for name, row in (("the first key", first), ("any later state", DEAREST)):
            worst = max(figures[row] for figures in sizes.values())
            goal(f"processor time of {name}, ms", worst, "<= 5", worst <= 5)
        kept = min(
            figures["findings kept outside the item, least share"] for figures in sizes.values()
        )
        goal("findings kept outside the item", kept, "1", kept == 1)
    return found


def program(path: str) -> Path:
    """A program that can be started from any folder."""
    found = Path(path).resolve()
    if not os.access(found, os.X_OK):
        raise argparse.ArgumentTypeError(f"{path} is no program")
    return found


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pygloss", type=program, required=True, help="the program pygloss")
    parser.add_argument("--ruff", type=program, required=True, help="the program ruff")
    parser.add_argument("--lines", default="200,2000,10000,50000", help="sizes of the files")
    parser.add_argument("--repeat", type=int, default=3, help="sessions of each server and file")
    parser.add_argument("--states", action="store_true", help="show the dearest typed states")
    parser.add_argument("--strict", action="store_true", help="fail when a goal is missed")
    parser.add_argument("--write", metavar="LINES", type=int, help="print a file and end")
    return parser.parse_args()


def measure(servers: list[Server], source: Source, repeat: int) -> dict[str, list[Figures]]:
    """All sessions with one file; the servers take turns, each begins in turn."""
    budget = 1 if source.lines < 5_000 else 1.5 if source.lines < 20_000 else 3
    runs: dict[str, list[Figures]] = {server.name: [] for server in servers}
    for round_ in range(repeat):
        for index in range(len(servers)):
            server = servers[(round_ + index) % len(servers)]
            figures = Session(server, source, budget).run()
            runs[server.name].append(figures)
            failure = f": {figures.failure}" if figures.failure else ""
            print(f"{source.lines} lines, {server.name}{failure}", file=sys.stderr, flush=True)
    return runs


def show_states(runs: list[Figures]) -> None:
    """The states that took most."""
    lost = {state for run in runs for state in run.lost}
    for state in sorted(lost)[:8]:
        print(f"  findings lost: …{state!r}")
    for cost, state in sorted(states(runs), reverse=True)[:8]:
        print(f"  {cost:8.3f} ms  …{state!r}")


def main() -> int:
    """Measures and reports."""
    options = arguments()
    if options.write:
        sys.stdout.write(generate(options.write).text)
        return 0
    servers = [pygloss(str(options.pygloss)), ruff(str(options.ruff), RULES)]
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    all_figures: dict[int, dict[str, Medians]] = {}
    failed = False
    for size in map(int, options.lines.split(",")):
        source = generate(size)
        runs = measure(servers, source, options.repeat)
        both = {name: medians(some) for name, some in runs.items()}
        failed |= any(run.failure for some in runs.values() for run in some)
        all_figures[size] = both
        print(table(source, both["pygloss"], both["ruff"]), flush=True)
        if options.states:
            show_states(runs["pygloss"])
    print("\ngoals")
    missed = False
    for name, value, limit, met in goals(all_figures):
        missed |= not met
        print(f"  {name:<60}{number(value):>9} {limit:>7}  {'met' if met else 'MISSED'}")
    return 1 if failed or (missed and options.strict) else 0


if __name__ == "__main__":
    sys.exit(main())
