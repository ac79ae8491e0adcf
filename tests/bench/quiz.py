"""Measures the quiz on a long log: how soon a server knows what is due, how long an answer takes
until it is kept on the disk, and whether a hover waits for that."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from client import CAPABILITIES, Client, notification

CODE = """import functools


def log(func):
    def wrapper(*args):
        return func(*args)
    return wrapper


@log
def f(): ...
"""
DAY = 24 * 60 * 60 * 1000
PATIENCE = 120.0


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def environment(home: Path) -> dict[str, str]:
    """Nothing of the user's own is read or written. As the client has it."""
    return {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home)}


def fill(program: str, home: Path, count: int) -> None:
    """Makes a log of so many answers to the questions of the packs, over three years."""
    run = lambda *args: subprocess.run(  # noqa: E731
        [program, *args], env=environment(home), check=True, capture_output=True, text=True
    )
    notes = run("progress", "export", "--format", "anki").stdout.splitlines()
    guids = [line.split("\t")[0] for line in notes if line.startswith("pygloss/")]
    cards = sorted({guid.removeprefix("pygloss/").rsplit("/", 1)[0] for guid in guids})
    chance = random.Random(1)
    now = int(time.time() * 1000)
    lines = []
    for number in range(count):
        right = chance.random() < 0.8
        lines.append(
            {
                "id": f"{chance.getrandbits(128):032x}",
                "session": f"{number // 5:x}",
                "at": now - int((count - number) / count * 1000 * DAY) - DAY,
                "card": cards[number % len(cards)],
                "variant": "a",
                "seed": number,
                "source": "pack",
                "outcome": "right" if right else "wrong",
                "grade": 3 if right else 1,
                "confidence": chance.choice([None, "sure", "unsure", "guess"]),
                "hints": 0,
                "ms": chance.randrange(1000, 60_000),
            }
        )
    log = home / "log.jsonl"
    log.write_text("\n".join(map(json.dumps, lines)))
    run("progress", "import", str(log))


class Run:
    """A server with an open file."""

    def __init__(self, program: str, home: Path) -> None:
        self.client = Client([program, "serve"], home, home)
        capabilities = CAPABILITIES | {"experimental": {"pygloss": {"protocol": 1}}}
        self.call("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self.client.send(notification("initialized", {}))
        self.uri = (home / "code.py").as_uri()
        document = {"uri": self.uri, "languageId": "python", "version": 1, "text": CODE}
        self.client.send(notification("textDocument/didOpen", {"textDocument": document}))

    def call(self, method: str, params: object) -> tuple[float, Any]:
        """Milliseconds to the answer, and the answer."""
        took, answer = self.client.call(method, params, PATIENCE)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return took, answer["result"]

    def since_start(self) -> float:
        """Milliseconds since the process was started."""
        return (time.perf_counter_ns() - self.client.spawned) / 1e6

    def answer(self, step: dict[str, Any]) -> tuple[float, float]:
        """Milliseconds to the verdict, and to a hover that was asked for just after the answer."""
        question = step["question"]
        params = {
            "sessionId": step["session"]["id"],
            "presentationId": question["presentationId"],
            "response": {"keys": [question["options"][0]["key"]]},
        }
        number, answer = self.client.request("pygloss/quiz/answer", params)
        place = {"textDocument": {"uri": self.uri}, "position": {"line": 9, "character": 2}}
        start = time.perf_counter_ns()
        hovered, _ = self.client.call("textDocument/hover", place, PATIENCE, before=answer)
        end, _ = self.client.until(lambda: self.client.answers.pop(number, None), PATIENCE)
        return (end - start) / 1e6, hovered


def measure(program: str, home: Path, answers: int) -> dict[str, list[float]]:
    """Several starts, then answers one after the other."""
    figures: dict[str, list[float]] = {
        name: []
        for name in ("status", "first question", "answer", "answer cpu", "next", "hover", "page")
    }
    for _ in range(5):
        run = Run(program, home)
        run.call("pygloss/status", {})
        figures["status"].append(run.since_start())
        run.client.stop()
        run = Run(program, home)
        run.call("pygloss/quiz/start", {"mode": "topic"})
        figures["first question"].append(run.since_start())
        run.client.stop()
    run = Run(program, home)
    while len(figures["answer"]) < answers:
        _, step = run.call("pygloss/quiz/start", {"mode": "topic", "limit": 50})
        while "question" in step and len(figures["answer"]) < answers:
            before = run.client.cpu()
            took, hovered = run.answer(step)
            figures["answer cpu"].append(run.client.cpu() - before)
            figures["answer"].append(took)
            figures["hover"].append(hovered)
            took, step = run.call("pygloss/quiz/next", {"sessionId": step["session"]["id"]})
            figures["next"].append(took)
    figures["page"].append(run.call("pygloss/progress", {})[0])
    run.client.stop()
    return figures


ROWS = (
    ("start of the process to what is due, ms, median", "status", 0.5, 50.0),
    ("start of the process to the first question, ms, median", "first question", 0.5, None),
    ("answer to verdict, kept on disk, ms, p50", "answer", 0.5, 5.0),
    ("answer to verdict, kept on disk, ms, p99", "answer", 0.99, 25.0),
    ("processor time of an answer and a hover, ms, p50", "answer cpu", 0.5, None),
    ("next question, ms, p50", "next", 0.5, None),
    ("next question, ms, p99", "next", 0.99, None),
    ("hover while an answer is kept, ms, p50", "hover", 0.5, None),
    ("hover while an answer is kept, ms, p99", "hover", 0.99, None),
    ("page of progress, ms", "page", 0.5, None),
)


def main() -> int:
    """Measures and reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pygloss", type=Path, required=True, help="the server program")
    parser.add_argument("--log", type=int, default=100_000, help="answers in the log")
    parser.add_argument("--answers", type=int, default=500, help="answers that are measured")
    options = parser.parse_args()
    program = str(options.pygloss.resolve())
    os.environ.pop("PYGLOSS_DATA_DIR", None)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill(program, home, options.log)
        figures = measure(program, home, options.answers)
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{options.log} answers in the log, {options.answers} more\n")
    for name, key, share, limit in ROWS:
        value = percentile(figures[key], share)
        goal = "" if limit is None else f"  {'met' if value < limit else 'MISSED'} (< {limit:g})"
        print(f"  {name:<58}{value:>9.2f}{goal}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
