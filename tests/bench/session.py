"""One server, one file, all scenarios."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from client import CAPABILITIES, Client, Dead, Slow, notification
from source import FLIPPED, WRAPS, Source

# What is typed in the middle of a function: most of the states on the way are broken.
TYPED = (
    "total = sum(len(part) for part in parts if part)",
    "text = f'{name!r:>{width}} and {items[0]}'",
    "with open(path) as handle: data = handle.read()",
    '"""A string over\ntwo lines."""',
    "cache = {key: [value] for key, value in pairs.items()}",
    "@functools.wraps(func)\ndef inner(*args, **kwargs): return func(*args)",
)
# What is typed at the top level, where an open bracket or quote could reach the end of the file.
TYPED_AT_TOP = (
    "table = {'a': [1, 2], 'b': (3,)}\n",
    "text = '''some\ntext'''\n",
    'name = f"{table[0]}"\n',
    "def added(first, second=(1, 2)):\n    return [first]\n",
    "@deco(1)\nclass Added(Base): pass\n",
)


@dataclass(frozen=True)
class Server:
    """A server under test."""

    name: str
    command: list[str]
    options: dict[str, Any]
    flip: tuple[str, str, str]
    """A line, the part of it that a mistake is put before, and that mistake, one text."""


def pygloss(program: str) -> Server:
    """Taking away `functools.wraps` is a mistake."""
    return Server("pygloss", [program, "serve", "--stdio"], {}, (WRAPS, WRAPS, "# "))


def ruff(program: str, rules: list[str]) -> Server:
    """A comparison without effect is a mistake (B015)."""
    lint = {"select": rules, "preview": True}
    options = {"settings": {"lint": lint, "configurationPreference": "editorOnly"}}
    return Server("ruff", [program, "server"], options, (FLIPPED, "= 0", "== 0; bench_other "))


@dataclass
class Figures:
    """What was measured. Times are milliseconds."""

    first: float = 0.0
    findings: int = 0
    keys: list[float] = field(default_factory=list)
    key_cpu: list[float] = field(default_factory=list)
    same_cpu: list[float] = field(default_factory=list)
    """Of keys in the function that is the same in all files."""
    state_cpu: list[tuple[float, str]] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """States in which a finding outside the item is missing."""
    flips: list[float] = field(default_factory=list)
    wrong_flips: int = 0
    hovers: list[float] = field(default_factory=list)
    hover_cpu: list[float] = field(default_factory=list)
    cards: int = 0
    actions: list[float] = field(default_factory=list)
    """Of lists of code actions where something is found."""
    action_cpu: list[float] = field(default_factory=list)
    quiet_actions: list[float] = field(default_factory=list)
    """Of lists of code actions elsewhere."""
    quiet_action_cpu: list[float] = field(default_factory=list)
    fixes: int = 0
    """Lists where something is found that hold a quick fix."""
    memory: float = 0.0
    failure: str = ""


class Session:
    """The scenarios, in the order in which they run."""

    def __init__(self, server: Server, source: Source, budget: float) -> None:
        self.server, self.source, self.budget = server, source, budget
        self.limit = 10 * budget
        self.figures = Figures()
        self.lines = source.text.split("\n")
        self.version = 1
        self.findings: list[dict[str, Any]] = []
        self.result_id: str | None = None

    def run(self) -> Figures:
        """Runs all scenarios; a server that ends or does not answer is a failure."""
        with tempfile.TemporaryDirectory(prefix="pygloss-bench-") as home:
            folder = Path(home, "folder")
            folder.mkdir()
            file = folder / "bench.py"
            file.write_text(self.source.text, encoding="utf-8")
            self.uri = file.as_uri()
            self.client = Client(self.server.command, folder, Path(home))
            try:
                self.start(folder)
                self.type_in_function()
                self.type_in_same()
                self.type_at_top()
                self.flip()
                self.hover()
                self.code_actions()
                self.figures.memory = self.client.memory()
            except Dead as error:
                log = Path(home, "stderr.log").read_text(errors="replace")
                self.figures.failure = f"died: {error}; {log[-300:]}"
            except Slow:
                self.figures.failure = "an answer did not come"
            finally:
                self.client.stop()
        return self.figures

    # --- the document

    def edit(self, line: int, start: int, end: int, text: str) -> bytes:
        """Puts `text` in place of columns of one line; the notification about it."""
        old = self.lines[line]
        if not old.isascii():
            raise ValueError("only ASCII lines are edited, so that columns are the same everywhere")
        self.lines[line : line + 1] = (old[:start] + text + old[end:]).split("\n")
        self.version += 1
        places = {
            "start": {"line": line, "character": start},
            "end": {"line": line, "character": end},
        }
        document = {"uri": self.uri, "version": self.version}
        params = {
            "textDocument": document,
            "contentChanges": [{"range": places, "text": text}],
        }
        return notification("textDocument/didChange", params)

    def remove_lines(self, first: int, last: int) -> bytes:
        """Takes back what was typed between two lines, `last` excluded."""
        del self.lines[first:last]
        self.version += 1
        places = {
            "start": {"line": first, "character": 0},
            "end": {"line": last, "character": 0},
        }
        document = {"uri": self.uri, "version": self.version}
        params = {"textDocument": document, "contentChanges": [{"range": places, "text": ""}]}
        return notification("textDocument/didChange", params)

    def findings_after(self, change: bytes) -> float:
        """Sends a change; the milliseconds until the findings of its version are here."""
        client = self.client
        client.published.clear()
        if client.pull is None:
            start = time.perf_counter_ns()
            client.send(change)
            return (client.until(self._published, self.limit) - start) / 1e6
        number, question = client.request("textDocument/diagnostic", self._pull_params())
        start = time.perf_counter_ns()
        client.send(change + question)
        end, answer = client.until(lambda: client.answers.pop(number, None), self.limit)
        self._take(answer)
        return (end - start) / 1e6

    def _published(self) -> int | None:
        while self.client.published:
            now, params = self.client.published.pop(0)
            if params["uri"] == self.uri and params.get("version", self.version) >= self.version:
                self.findings = params["diagnostics"]
                return now
        return None

    def _pull_params(self) -> dict[str, Any]:
        params: dict[str, Any] = {"textDocument": {"uri": self.uri}}
        if (self.client.pull or {}).get("identifier"):
            params["identifier"] = self.client.pull["identifier"]
        if self.result_id:
            params["previousResultId"] = self.result_id
        return params

    def _take(self, answer: dict[str, Any]) -> None:
        if "error" in answer:
            raise Dead(str(answer["error"]))
        report = answer["result"]
        self.result_id = report.get("resultId")
        if report["kind"] == "full":
            self.findings = report["items"]

    # --- scenarios

    def start(self, folder: Path) -> None:
        """From the start of the process to the first findings."""
        client = self.client
        params = {
            "processId": os.getpid(),
            "clientInfo": {"name": "bench", "version": "1"},
            "rootUri": folder.as_uri(),
            "capabilities": CAPABILITIES,
            "initializationOptions": self.server.options,
            "workspaceFolders": [{"uri": folder.as_uri(), "name": "bench"}],
        }
        _, answer = client.call("initialize", params, self.limit)
        provider = answer["result"]["capabilities"].get("diagnosticProvider")
        if provider:
            client.pull = provider if isinstance(provider, dict) else {}
        document = {
            "uri": self.uri,
            "languageId": "python",
            "version": 1,
            "text": self.source.text,
        }
        opened = notification("initialized", {})
        opened += notification("textDocument/didOpen", {"textDocument": document})
        self.findings_after(opened)
        self.figures.first = (time.perf_counter_ns() - client.spawned) / 1e6
        client.idle(0.5, self.limit)
        self.figures.findings = len(self.findings)

    def type_in_function(self) -> None:
        """Keys in a function in the middle of the file."""
        costs = self._type(self.source.marker, self._typed(self.source.marker), self.source.item)
        self.figures.keys += [wall for wall, _ in costs]
        self.figures.key_cpu += [cpu for _, cpu in costs]

    def type_in_same(self) -> None:
        """The same keys in a function that every file has."""
        costs = self._type(self.source.same, self._typed(self.source.same), self.source.same_item)
        self.figures.same_cpu += [cpu for _, cpu in costs]

    def _typed(self, line: int) -> str:
        indent = self.lines[line][: len(self.lines[line]) - len(self.lines[line].lstrip())]
        return "".join(f"\n{one}" for one in TYPED).replace("\n", "\n" + indent)

    def type_at_top(self) -> None:
        """Keys between two top-level statements near the start of the file."""
        # A decorator that is typed there belongs to the statement below.
        below = self.source.top
        self._type(below.start - 1, "\n" + "".join(TYPED_AT_TOP), below)

    def _type(self, line: int, text: str, item: range) -> list[tuple[float, float]]:
        """Types and takes back; of each key the milliseconds until its findings, on the clock and
        of the processor."""
        costs: list[tuple[float, float]] = []
        expected = Counter(
            (place, finding["message"])
            for finding in self.findings
            if (place := finding["range"]["start"]["line"]) not in item
        )
        first, column, typed = line, len(self.lines[line]), ""
        end = time.monotonic() + 8 * self.budget
        # A break and the indentation that an editor adds to it come as one change.
        for key in self._keys(text):
            if time.monotonic() > end:
                break
            cpu = self.client.cpu()
            wall = self.findings_after(self.edit(line, column, column, key))
            cost = self.client.cpu() - cpu
            line, column = (line + 1, len(key) - 1) if key[0] == "\n" else (line, column + 1)
            typed += key
            self.figures.state_cpu.append((cost, typed[-40:]))
            self.figures.kept.append(self._kept(expected, first, line - first))
            if self.figures.kept[-1] < 1:
                self.figures.lost.append(typed[-40:])
            costs.append((wall, cost))
        self._take_back(first, line)
        return costs

    def _keys(self, text: str) -> list[str]:
        keys: list[str] = []
        for char in text:
            if char == " " and keys and keys[-1][0] == "\n":
                keys[-1] += char
            else:
                keys.append(char)
        return keys

    def _kept(self, expected: Counter[tuple[int, str]], line: int, added: int) -> float:
        """The share of the findings outside the item that are still there."""

        # A message may name other lines, which have moved, too.
        def said(message: str) -> str:
            return re.sub(r"\blines? \d+((, | and |\u2013)\d+)*", "line", message)

        found = Counter(
            (finding["range"]["start"]["line"], said(finding["message"]))
            for finding in self.findings
        )
        moved: Counter[tuple[int, str]] = Counter()
        for (place, message), count in expected.items():
            moved[place + added if place > line else place, said(message)] += count
        return (moved & found).total() / moved.total() if moved else 1.0

    def _take_back(self, first: int, last: int) -> None:
        self.findings_after(self.remove_lines(first + 1, last + 1))
        self.client.idle(0.2, 2)

    def flip(self) -> None:
        """A mistake comes and goes: until the list near it says so, however often one must ask."""
        wanted, before, mistake = self.server.flip
        line = next(index for index, text in enumerate(self.lines) if text.strip() == wanted)
        column = self.lines[line].index(before)

        def near() -> int:
            places = (finding["range"]["start"]["line"] for finding in self.findings)
            return sum(abs(place - line) <= 1 for place in places)

        base = near()
        for _ in range(10):
            for text, width in ((mistake, 0), ("", len(mistake))):
                change = self.edit(line, column, column + width, text)
                self.figures.flips.append(self.findings_after(change))
                self.figures.wrong_flips += (near() > base) != bool(text)

    def hover(self) -> None:
        """An edit that nobody waits for, then a hover elsewhere."""
        line = self.source.marker
        end = time.monotonic() + 5 * self.budget
        for index in range(200):
            if time.monotonic() > end or not self.source.hovers:
                break
            column = len(self.lines[line])
            change = (
                self.edit(line, column, column, "0")
                if index % 2 == 0
                else self.edit(line, column - 1, column, "")
            )
            place, character = self.source.hovers[index * 7 % len(self.source.hovers)]
            position = {"line": place, "character": character}
            params = {"textDocument": {"uri": self.uri}, "position": position}
            cpu = self.client.cpu()
            wall, answer = self.client.call("textDocument/hover", params, self.limit, change)
            self.figures.hovers.append(wall)
            self.figures.hover_cpu.append(self.client.cpu() - cpu)
            self.figures.cards += bool(answer.get("result"))

    def code_actions(self) -> None:
        """The cursor rests here and there, after one edit."""
        line = self.source.marker
        column = len(self.lines[line])
        self.findings_after(self.edit(line, column, column, "0"))
        figures, end = self.figures, time.monotonic() + 5 * self.budget
        # In turn, so that none of them meets a warmer server than the other.
        for index in range(max(len(self.source.mistakes), len(self.source.ordinary))):
            if time.monotonic() > end:
                break
            for places, walls, costs in (
                (self.source.mistakes, figures.actions, figures.action_cpu),
                (self.source.ordinary, figures.quiet_actions, figures.quiet_action_cpu),
            ):
                if index < len(places):
                    cpu = self.client.cpu()
                    wall, offered = self._offered(*places[index])
                    walls.append(wall)
                    costs.append(self.client.cpu() - cpu)
                    if places is self.source.mistakes:
                        figures.fixes += any("quickfix" in one.get("kind", "") for one in offered)

    def _offered(self, line: int, column: int) -> tuple[float, list[dict[str, Any]]]:
        """What is offered at a place, as an editor asks when the cursor comes to rest."""
        place = {"line": line, "character": column}
        near = [
            finding
            for finding in self.findings
            if finding["range"]["start"]["line"] <= line <= finding["range"]["end"]["line"]
        ]
        params = {
            "textDocument": {"uri": self.uri},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": near, "triggerKind": 2},
        }
        wall, answer = self.client.call("textDocument/codeAction", params, self.limit)
        return wall, answer.get("result") or []
