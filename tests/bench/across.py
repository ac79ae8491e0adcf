"""Measures hovers that must look into another file, in a workspace of many files.

Each file of the workspace holds real statements of the standard library and one decorator.
Another file imports the decorators and uses them. Each is hovered over once, so that each hover
reads a file that the server has not seen; and once more, when it has.

usage: python3 tests/bench/across.py --pygloss PROGRAM [--files 5000] [--hovers 200]
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
from pathlib import Path

from bench import percentile, program
from client import CAPABILITIES, Client, notification
from source import statements

LIMIT = 30.0
# Lines of a file, in turn; the last is as long as long files get.
LENGTHS = (50, 200, 500, 1_000, 2_000)

DECORATOR = """
def retry_{n}(func):
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)

    return wrapper
"""


def write(folder: Path, files: int) -> None:
    """The workspace: packages of a hundred modules each."""
    pool = itertools.cycle([text for text in statements() if "import *" not in text])
    for number in range(files):
        package = folder / f"package_{number // 100}"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").touch()
        parts: list[str] = []
        count = 0
        while count < LENGTHS[number % len(LENGTHS)]:
            parts.append(next(pool))
            count += parts[-1].count("\n")
        parts.insert(len(parts) // 2, DECORATOR.format(n=number))
        (package / f"module_{number}.py").write_text("".join(parts), encoding="utf-8")


def user(numbers: list[int]) -> str:
    """A file that uses a decorator of each of these modules."""
    imports = [f"from package_{n // 100}.module_{n} import retry_{n}\n" for n in numbers]
    uses = [f"\n@retry_{n}\ndef use_{n}():\n    pass\n" for n in numbers]
    return "".join(imports + uses)


def opened(client: Client, folder: Path, text: str) -> str:
    """The URI of the file, once the server knows it."""
    file = folder / "user.py"
    file.write_text(text, encoding="utf-8")
    uri = file.as_uri()
    client.call(
        "initialize",
        {
            "processId": os.getpid(),
            "rootUri": folder.as_uri(),
            "capabilities": CAPABILITIES,
            "workspaceFolders": [{"uri": folder.as_uri(), "name": "bench"}],
        },
        LIMIT,
    )
    document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
    client.send(
        notification("initialized", {})
        + notification("textDocument/didOpen", {"textDocument": document})
    )
    client.idle(1, LIMIT)
    return uri


def hovers(client: Client, uri: str, text: str) -> list[tuple[float, float]]:
    """Of each use, the milliseconds to its card, on the clock and of the processor."""
    costs: list[tuple[float, float]] = []
    followed = 0
    for line, content in enumerate(text.split("\n")):
        if not content.startswith("@retry_"):
            continue
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 3}}
        cpu = client.cpu()
        wall, answer = client.call("textDocument/hover", place, LIMIT)
        costs.append((wall, client.cpu() - cpu))
        followed += "wrapper" in str(answer["result"])
    # Where a module may change its names behind the reader's back, nothing is said of them.
    if followed < len(costs) / 2:
        raise SystemExit(f"only {followed} of {len(costs)} cards tell of the other file")
    return costs


def show(name: str, costs: list[tuple[float, float]]) -> None:
    """A line of figures."""
    wall, cpu = ([cost[kind] for cost in costs] for kind in (0, 1))
    figures = (percentile(some, share) for some in (wall, cpu) for share in (0.5, 0.99))
    print(f"{name:<36}" + "".join(f"{figure:>12.3f}" for figure in figures))


def main() -> None:
    """Makes the workspace and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pygloss", type=program, required=True, help="the program pygloss")
    parser.add_argument("--files", type=int, default=5_000)
    parser.add_argument("--hovers", type=int, default=200)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pygloss-bench-") as home:
        folder = Path(home, "folder")
        folder.mkdir()
        write(folder, wanted.files)
        step = max(1, wanted.files // wanted.hovers)
        text = user(list(range(0, wanted.files, step + (step % len(LENGTHS) == 0))))
        client = Client([str(wanted.pygloss), "serve", "--stdio"], folder, Path(home))
        try:
            uri = opened(client, folder, text)
            before = client.memory()
            first = hovers(client, uri, text)
            again = hovers(client, uri, text)
            head = f"{wanted.files} files, {len(first)} hovers, ms"
            print(f"{head:<36}{'p50 wall':>12}{'p99 wall':>12}{'p50 cpu':>12}{'p99 cpu':>12}")
            show("a file that was not read before", first)
            show("the same again", again)
            print(f"memory before and after, MiB: {before:.1f}, {client.memory():.1f}")
        finally:
            client.stop()


if __name__ == "__main__":
    main()
