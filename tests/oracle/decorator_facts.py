"""Holds facts about decorators against what CPython makes of the same files.

Usage: decorator_facts.py PROGRAM [SEED], where PROGRAM is the built `oracle`. Makes
random files of each kind, imports them, and compares. Prints each difference with its file; the
exit code is 1 when there is one. The stored samples of `decorator_stored/` are checked as well.
"""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import ModuleType

from decorator_checks import CHECKS, Sample
from decorator_samples import SOURCES

STORED = Path(__file__).with_name("decorator_stored")
EACH = 300
# Facts that make a difference; a kind about which hardly any are stated tests nothing.
FEWEST = dict.fromkeys(["dataclass", "partial", "singledispatch", "total-ordering"], 250)


def load(path: Path, name: str) -> Sample:
    """Imports a file; what it defined before an error is kept."""
    source = path.read_text(encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    error = None
    try:
        spec.loader.exec_module(module)
    except Exception as raised:  # whatever a sample raises is what is compared
        error = raised
    return Sample(source, module, error)


def write_samples(folder: Path, seed: int) -> list[Path]:
    """Random files of all kinds."""
    paths = []
    for kind, make in SOURCES.items():
        for number in range(EACH):
            rng = random.Random(f"{seed}/{kind}/{number}")
            path = folder / f"{kind}-{number}.py"
            path.write_text(make(rng), encoding="utf-8")
            paths.append(path)
    return paths


def main() -> int:
    """Runs the comparison."""
    program = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
    print(f"seed {seed}")
    sys.dont_write_bytecode = True
    compared: Counter[str] = Counter()
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted(STORED.glob("*.py")) + write_samples(Path(folder), seed)
        result = subprocess.run(
            [program, "decorator-facts"],
            input="".join(f"{path}\n" for path in paths),
            text=True,
            capture_output=True,
            check=True,
        )
        samples: dict[str, Sample] = {}
        for line in result.stdout.splitlines():
            found = json.loads(line)
            check = CHECKS.get(found["provider"])
            path = found["path"]
            # Other decorators of a random file are there for its own kind.
            own = Path(path).parent == STORED or Path(path).name.startswith(found["provider"])
            own |= found["provider"] == "property-accessor"
            if check is None or not own:
                continue
            if path not in samples:
                samples[path] = load(Path(path), f"sample_{len(samples)}")
            sample = samples[path]
            compared[found["provider"]] += 1
            try:
                differences = list(check(sample, found["facts"], found["definition"]))
            except Exception as error:
                differences = [f"the check failed: {error!r}"]
            for difference in differences:
                failures += 1
                print(f"{Path(path).name}:{found['line']}: {found['provider']}: {difference}")
                print("".join(f"    {row}\n" for row in sample.source.splitlines()))
                print(f"    facts: {found['facts']}\n")
    for kind, fewest in FEWEST.items():
        if compared[kind] < fewest:
            failures += 1
            print(f"only {compared[kind]} constructs of the kind {kind}")
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(compared.items()))
    print(f"{counts}: {failures} differences")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
