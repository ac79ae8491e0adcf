"""A language client that measures: one thread, one poll loop, and a clock that is read just before
the bytes of a question are written and just after the last byte of its answer was read."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-8", "utf-16"]},
    "window": {"workDoneProgress": True, "showMessage": {}},
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "applyEdit": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "diagnostics": {"refreshSupport": True},
        "workspaceEdit": {"documentChanges": True},
    },
    "textDocument": {
        "synchronization": {"dynamicRegistration": True, "didSave": True},
        "publishDiagnostics": {
            "relatedInformation": True,
            "versionSupport": True,
            "codeDescriptionSupport": True,
            "dataSupport": True,
        },
        "diagnostic": {"dynamicRegistration": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "codeAction": {
            "isPreferredSupport": True,
            "dataSupport": True,
            "disabledSupport": True,
            "resolveSupport": {"properties": ["edit"]},
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix"]}},
        },
    },
}


class Dead(Exception):
    """The server has ended."""


class Slow(Exception):
    """An answer did not come in time."""


def frame(message: dict[str, Any]) -> bytes:
    """A message as it goes over the wire."""
    body = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def notification(method: str, params: object) -> bytes:
    """A notification as it goes over the wire."""
    return frame({"jsonrpc": "2.0", "method": method, "params": params})


class Client:
    """A running server and the pipes to it."""

    def __init__(self, command: list[str], folder: Path, home: Path) -> None:
        self.folder = folder
        self.answers: dict[int, tuple[int, dict[str, Any]]] = {}
        self.published: list[tuple[int, dict[str, Any]]] = []
        self.pull: dict[str, Any] | None = None
        self.received = 0
        self._inbox, self._outbox = bytearray(), bytearray()
        self._ids = 0
        self._log = (home / "stderr.log").open("wb")
        # Nothing of the user's own is read or written.
        names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
        env = dict(os.environ, RUFF_CACHE_DIR=str(home)) | dict.fromkeys(names, str(home))
        self.spawned = time.perf_counter_ns()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            cwd=folder,
            env=env,
            start_new_session=True,
            bufsize=0,
        )
        self._in = self.process.stdout.fileno()
        self._out = self.process.stdin.fileno()
        for pipe in (self._in, self._out):
            flags = fcntl.fcntl(pipe, fcntl.F_GETFL)
            fcntl.fcntl(pipe, fcntl.F_SETFL, flags | os.O_NONBLOCK)
            # A larger pipe keeps the client's own reads out of the figures; it may be forbidden.
            with contextlib.suppress(OSError):
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)
        self._poll = select.poll()
        self._poll.register(self._in, select.POLLIN)

    # --- messages

    def request(self, method: str, params: object) -> tuple[int, bytes]:
        """The number of a new request, and the bytes of it."""
        self._ids += 1
        message = {"jsonrpc": "2.0", "id": self._ids, "method": method, "params": params}
        return self._ids, frame(message)

    def call(
        self, method: str, params: object, limit: float, before: bytes = b""
    ) -> tuple[float, dict[str, Any]]:
        """Sends `before` and a request at once; the milliseconds to the answer, and the answer."""
        number, data = self.request(method, params)
        start = time.perf_counter_ns()
        self.send(before + data)
        end, answer = self.until(lambda: self.answers.pop(number, None), limit)
        return (end - start) / 1e6, answer

    def send(self, data: bytes) -> None:
        """Writes what fits; the rest follows while answers are read."""
        self._outbox += data
        self._flush()

    def until(self, found: Callable[[], T | None], limit: float) -> T:
        """Reads until `found` gives something; `Slow` after `limit` seconds."""
        end = time.monotonic() + limit
        while not (result := found()):
            left = end - time.monotonic()
            if left <= 0:
                raise Slow
            self._step(min(left, 0.5))
        return result

    def idle(self, quiet: float, limit: float) -> None:
        """Reads until nothing has come for `quiet` seconds."""
        end = time.monotonic() + limit
        last, received = time.monotonic(), self.received
        while (now := time.monotonic()) < end and now - last < quiet:
            self._step(0.05)
            if self.received != received:
                received, last = self.received, time.monotonic()

    def stop(self) -> None:
        """Ends the server, kindly if it lets us."""
        with contextlib.suppress(Slow, Dead, OSError, subprocess.TimeoutExpired):
            self.call("shutdown", None, 2)
            self.send(notification("exit", None))
            self.process.wait(2)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for file in (self.process.stdin, self.process.stdout, self._log):
            file.close()

    def _flush(self) -> None:
        while self._outbox:
            try:
                count = os.write(self._out, self._outbox[: 1 << 18])
            except BlockingIOError:
                self._poll.register(self._out, select.POLLOUT)
                return
            except BrokenPipeError:
                raise Dead("it closed its input") from None
            del self._outbox[:count]
        with contextlib.suppress(KeyError):
            self._poll.unregister(self._out)

    def _step(self, seconds: float) -> None:
        for pipe, _ in self._poll.poll(max(0, seconds * 1000)):
            if pipe == self._out:
                self._flush()
                continue
            try:
                data = os.read(self._in, 1 << 20)
            except BlockingIOError:
                continue
            now = time.perf_counter_ns()
            if not data:
                raise Dead(f"exit code {self.process.wait(5)}")
            self.received += len(data)
            self._inbox += data
            self._split(now)

    def _split(self, now: int) -> None:
        while (head := self._inbox.find(b"\r\n\r\n")) >= 0:
            fields = dict(
                line.lower().split(b":", 1) for line in bytes(self._inbox[:head]).split(b"\r\n")
            )
            end = head + 4 + int(fields[b"content-length"])
            if len(self._inbox) < end:
                return
            message = json.loads(bytes(self._inbox[head + 4 : end]))
            del self._inbox[:end]
            if "method" not in message:
                self.answers[message.get("id")] = (now, message)
            elif "id" in message:
                self._answer(message)
            elif message["method"] == "textDocument/publishDiagnostics":
                self.published.append((now, message["params"]))

    def _answer(self, message: dict[str, Any]) -> None:
        method, params, result = message["method"], message.get("params") or {}, None
        if method == "workspace/configuration":
            result = [None for _ in params.get("items", [])]
        elif method == "client/registerCapability":
            for registration in params.get("registrations", []):
                if registration["method"] == "textDocument/diagnostic":
                    self.pull = registration.get("registerOptions") or {}
        elif method == "workspace/applyEdit":
            result = {"applied": False}
        self.send(frame({"jsonrpc": "2.0", "id": message["id"], "result": result}))

    # --- what the server costs

    def memory(self) -> float:
        """Resident memory in MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def cpu(self) -> float:
        """Milliseconds of processor time so far, of all threads that live."""
        total = 0
        tasks = Path(f"/proc/{self.process.pid}/task")
        for task in tasks.iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
        return total / 1e6
