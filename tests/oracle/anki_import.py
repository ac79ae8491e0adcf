"""Has Anki itself import the questions, twice.

Usage: anki_import.py PROGRAM, where PROGRAM is `pygloss`. Anki comes from PyPI, pinned, into the
cache of pygloss (PYGLOSS_CACHE, by default ~/.cache/pygloss). Each line of the export must be one
note with the guid, deck, tags and fields that stand in it, and a second import must add nothing.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ANKI = "anki==26.9.3"


def python_with_anki() -> Path:
    """The interpreter of an environment that has Anki, which is made when it is not there."""
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pygloss"
    folder = Path(os.environ.get("PYGLOSS_CACHE") or default) / ANKI
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        venv.create(folder, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ANKI]
        subprocess.run(install, check=True)
        ready.touch()
    return python


def check(notes: Path) -> int:
    """Imports a file into a new collection and compares; runs where Anki is installed."""
    from anki.collection import Collection, ImportCsvRequest

    collection = Collection(str(notes.with_suffix(".anki2")))

    def imported() -> tuple[int, int]:
        metadata = collection.get_csv_metadata(path=str(notes), delimiter=None)
        log = collection.import_csv(ImportCsvRequest(path=str(notes), metadata=metadata)).log
        return len(log.new), log.found_notes

    first, second = imported(), imported()
    with notes.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader((it for it in file if it[0] != "#"), delimiter="\t"))
    wrong = 0
    for guid, deck, tags, *fields in rows:
        note = collection.get_note(
            collection.db.scalar("select id from notes where guid = ?", guid)
        )
        decks = {collection.decks.name(card.did) for card in note.cards()}
        if (note.fields, sorted(note.tags), decks) != (fields, sorted(tags.split()), {deck}):
            wrong += 1
            print(f"{guid}: {deck} {tags} {fields} came in as {decks} {note.tags} {note.fields}")
    is_whole = first == (len(rows), len(rows)) and second == (0, len(rows)) and rows
    print(f"anki: {len(rows)} notes, {first[0]} new, then {second[0]}; {wrong} differ")
    return 0 if is_whole and not wrong else 1


def main() -> int:
    """Exports the questions and has them imported."""
    if sys.argv[1] == "--check":
        return check(Path(sys.argv[2]))
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes.txt"
        export = [sys.argv[1], "progress", "export", "--format", "anki", str(notes)]
        subprocess.run(export, check=True, stdout=subprocess.DEVNULL)
        command = [python_with_anki(), __file__, "--check", str(notes)]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
