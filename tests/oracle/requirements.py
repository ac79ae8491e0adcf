"""Holds the questions about lists for pip and `pyproject.toml` against pip and its `packaging`.

Usage: requirements.py PROGRAM [SEED], where PROGRAM is the built `questions.rs`. Asks it about
lists and projects that are made up, and about what installed packages ask for. Prints each
difference and how many answers there are of each generator; the exit code is 1 when one differs, or
there are few.
"""

from __future__ import annotations

import collections
import importlib.metadata
import json
import random
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pip._internal.req.req_file import get_line_parser
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.version import Version

FEWEST = 10_000
LISTS = 700
PROJECTS = 500

Said = dict[str, Any]

NAMES = ["attrs", "rich", "Flask-Cors", "zope.event", "my_tool", "numpy", "six", "tomli", "httpx"]
OPERATORS = ["==", "==", "===", "~=", ">=", ">=", "<", "<=", ">", "!="]
SYSTEMS = [
    {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
]
OPTIONS = [
    "-r base.txt",
    "--requirement=more.in",
    "-c limits.txt",
    "--constraint limits.txt",
    "-e .",
]
OPTIONS += ["--editable ./lib", "-rbase.txt", "--no-index", "--pre"]
INDEXES = ["-i https://a.org/simple", "--index-url=https://a.org/simple"]
INDEXES += ["--extra-index-url https://b.org/simple", "--extra-index-url=https://b.org/simple"]


RELEASES = [Version(f"{a}.{b}.{c}") for a in range(26) for b in (0, 1, 9, 24) for c in (0, 1)]


class Maker:
    """Makes up files."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def chance(self, of: float) -> bool:
        """True in so many of all cases."""
        return self.random.random() < of

    def version(self) -> str:
        """A version as people write it."""
        numbers = [str(self.random.choice([0, 1, 1, 2, 3, 9, 10, 24])) for _ in range(4)]
        text = ".".join(numbers[: self.random.choice([1, 2, 2, 3, 3, 4])])
        ends = [".post1", "rc1", "a2", ".dev3", "-rc1", "b1.dev2", ".0", "+cpu", ".post0"]
        return text + (self.random.choice(ends) if self.chance(0.15) else "")

    def clause(self) -> str:
        """A condition on a version, not always a valid one."""
        operator, version = self.random.choice(OPERATORS), self.version()
        star = ".*" if operator in ("==", "!=") and self.chance(0.3) else ""
        return operator + self.random.choice(["", "", " "]) + version + star

    def clauses(self) -> str:
        """Some of them."""
        count = self.random.choice([0, 1, 1, 1, 2, 2, 3])
        return self.random.choice([",", ", "]).join(self.clause() for _ in range(count))

    def condition(self) -> str:
        """A part of a marker."""
        if self.chance(0.2):
            return self.random.choice(
                ["sys_platform == 'win32'", "os_name != 'nt'", "platform_system == 'Darwin'"]
            )
        operator = self.random.choice(["<", "<=", ">", ">=", "==", "!=", "~="])
        choices = ["3.9", "3.10", "3.11", "3.12", "3.13", "3.8", "3", "4", "2.7", "3.11.2", "3.1"]
        version = self.random.choice(choices)
        if operator in ("==", "!=") and self.chance(0.2):
            version = self.random.choice(["3.*", "3.1.*", "3.11.*"])
        quote = self.random.choice("'\"")
        return f"python_version {operator} {quote}{version}{quote}"

    def marker(self) -> str:
        """A marker."""
        parts = [self.condition() for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        text = parts[0]
        for part in parts[1:]:
            text = f"{text} {self.random.choice(['and', 'or'])} {part}"
            text = f"({text})" if self.chance(0.2) else text
        return text

    def requirement(self) -> str:
        """A requirement."""
        extra = self.random.choice(["[socks]", "[a,b]", "[async]"]) if self.chance(0.15) else ""
        text = self.random.choice(NAMES) + extra + self.clauses()
        return f"{text}; {self.marker()}" if self.chance(0.35) else text

    def listed(self) -> str:
        """The text of a list for pip."""
        lines = [self.requirement() for _ in range(self.random.randint(1, 9))]
        if self.chance(0.4):
            lines += self.random.sample(OPTIONS, self.random.randint(1, 4))
        if self.chance(0.3):
            lines += self.random.sample(INDEXES, self.random.choice([1, 1, 2]))
        if self.chance(0.3):
            lines.append(f"{self.random.choice(NAMES)}=={self.version()} --hash=sha256:{'0' * 64}")
        lines += ["# a comment", ""]
        self.random.shuffle(lines)
        return "\n".join(lines) + "\n"

    def project(self) -> str:
        """The text of a `pyproject.toml`."""

        is_plain = self.chance(0.6)

        def one() -> str:
            return self.random.choice(NAMES) + ">=1" if is_plain else self.requirement()

        def some(most: int) -> str:
            return json.dumps([one() for _ in range(self.random.randint(0, most))])

        own = self.random.choice(["app", "app", "attrs", "My.Tool"])
        text = f'[build-system]\nrequires = {some(2)}\n[project]\nname = "{own}"\n'
        python = self.random.choice(["3.9", "3.10", "3.11.4", "3", "3.13", "4"])
        operator = self.random.choice([">=", ">=", "~=", "==", ">", "<", "!="])
        star = ".*" if operator in ("==", "!=") else ""
        top = f",<{self.random.choice(['3.12', '3.14', '4'])}" if self.chance(0.4) else ""
        text += f'requires-python = "{operator}{python}{star}{top}"\ndependencies = {some(4)}\n'
        if self.chance(0.1):
            text += 'dynamic = ["optional-dependencies"]\n'
        else:
            text += f"[project.optional-dependencies]\nfast = {some(3)}\n"
        return text + f"[dependency-groups]\ntest = {some(3)}\n"


def installed() -> list[str]:
    """What the packages that are installed here ask for: lists of a few lines each."""
    found = {line for it in importlib.metadata.distributions() for line in it.requires or []}
    lines = sorted(found)
    return ["\n".join(lines[at : at + 8]) + "\n" for at in range(0, len(lines), 8)]


def fits(specifiers: SpecifierSet, version: str) -> bool | None:
    """Whether a version is let in; nothing where that hangs on whether pre-releases are wanted."""
    answers = {specifiers.contains(version, prereleases=wanted) for wanted in (True, False, None)}
    return answers.pop() if len(answers) == 1 else None


def right_versions(said: Said, _: str, wanted: bool = True) -> list[str] | None:
    """The labels that the requirement lets in."""
    specifiers = Requirement(said["facts"]["requirement"]).specifier
    answers = {label: fits(specifiers, label) for label in said["labels"]}
    if len({Version(label) for label in answers}) != len(answers):
        # Only `===` tells them apart.
        assert "===" in said["facts"]["requirement"], answers
    assert None not in answers.values(), answers
    return [label for label, answer in answers.items() if answer is wanted]


def right_pin(said: Said, _: str) -> list[str] | None:
    """The requirements that let in one release of many."""
    pinned = []
    for label in said["labels"]:
        specifiers = Requirement(label).specifier
        found: set[Version] = set()
        for version in [*around(specifiers), *RELEASES]:
            if len(found) < 2 and specifiers.contains(version, prereleases=True):
                found.add(version)
        assert found, label
        if len(found) == 1:
            pinned.append(label)
    return pinned


def around(specifiers: SpecifierSet) -> list[Version]:
    """Versions near those that are named."""
    found = []
    for named in (one.version.removesuffix(".*") for one in specifiers):
        release = Version(named).release
        numbers = [[*release[:at], release[at] + 1] for at in range(len(release))]
        texts = [named, f"{named}.1", f"{named}.post1", f"{named}.0.1"]
        texts += [".".join(map(str, it)) for it in [*numbers, [max(release[0] - 1, 0), 1]]]
        found += [Version(text) for text in texts if is_version(text)]
    return found


def is_version(text: str) -> bool:
    """Whether it can be read."""
    try:
        return bool(Version(text))
    except ValueError:
        return False


def marker_holds(requirement: str, python: str) -> bool:
    """Whether the marker holds, whatever the machine."""
    marker = Requirement(requirement).marker
    assert marker is not None
    environments = [{"python_version": python, "extra": "", **system} for system in SYSTEMS]
    answers = {marker.evaluate(environment) for environment in environments}
    assert len(answers) == 1, answers
    return answers.pop()


def right_pythons(said: Said, _: str) -> list[str]:
    """The labels with which the marker holds."""
    requirement = said["facts"]["requirement"]
    return [label for label in said["labels"] if marker_holds(requirement, label)]


def right_effect(said: Said, _: str) -> list[str]:
    """What becomes of a requirement with a marker."""
    facts = said["facts"]
    holds = marker_holds(facts["requirement"], facts["python"])
    return ["installs" if holds else "leaves-out"]


def allowed(specifier: str, python: str) -> bool:
    """Whether all patch releases of a Python, as none would do otherwise, are let in."""
    specifiers = SpecifierSet(specifier)
    answers = {specifiers.contains(f"{python}.{patch}", prereleases=True) for patch in range(31)}
    assert len(answers) == 1, answers
    return answers.pop()


def right_installers(said: Said, _: str) -> list[str]:
    """The Pythons that may install a project."""
    return [label for label in said["labels"] if allowed(said["facts"]["specifier"], label)]


def right_install(said: Said, _: str) -> list[str]:
    """What pip does with one Python."""
    facts = said["facts"]
    return ["installs" if allowed(facts["specifier"], facts["python"]) else "stops"]


def right_option(said: Said, _: str) -> list[str]:
    """What pip's own parser makes of an option."""
    _, options = get_line_parser(None)(said["facts"]["option"])
    found = {
        "takes-over": options.requirements,
        "limits": options.constraints,
        "editable": options.editables,
        "instead": options.index_url,
        "as-well": options.extra_index_urls,
    }
    return [role for role, value in found.items() if value]


def right_extra(said: Said, _: str) -> list[str]:
    """Whether the requirement has that extra."""
    facts = said["facts"]
    return ["more"] if Requirement(facts["requirement"]).extras == {facts["extra"]} else []


def right_hash(said: Said, text: str) -> list[str]:
    """Whether pip's own parser finds a hash behind a requirement of one version."""
    line = text.splitlines()[said["facts"]["line"] - 1]
    specifier, options = get_line_parser(None)(line)
    is_pinned = [one.operator for one in Requirement(specifier).specifier] in (["=="], ["==="])
    return ["refuses"] if options.hashes and is_pinned else []


def right_packages(said: Said, text: str) -> list[str]:
    """The labels among the dependencies of a project."""
    project = tomllib.loads(text)["project"]
    names = {Requirement(line).name for line in project["dependencies"]}
    return [label for label in said["labels"] if label in names]


CHECKS: dict[str, Callable[[Said, str], list[str] | None]] = {
    "versions-let-in": right_versions,
    "version-let-in": right_versions,
    "version-shut-out": lambda said, text: right_versions(said, text, wanted=False),
    "requirement-pinned": right_pin,
    "marker-pythons": right_pythons,
    "marker-effect": right_effect,
    "requires-python-pythons": right_installers,
    "requires-python-install": right_install,
    "list-option": right_option,
    "requirement-extra": right_extra,
    "requirement-hash": right_hash,
    "project-packages": right_packages,
    "project-package": right_packages,
}


def main() -> int:
    """Asks the program and compares."""
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(2**32)
    maker = Maker(seed)
    texts = {f"l{at}/requirements.txt": maker.listed() for at in range(LISTS)}
    texts |= {f"c{at}/constraints.txt": maker.listed() for at in range(LISTS // 10)}
    texts |= {f"p{at}/pyproject.toml": maker.project() for at in range(PROJECTS)}
    texts |= {f"i{at}/requirements.txt": text for at, text in enumerate(installed())}
    with tempfile.TemporaryDirectory() as root:
        for path, text in texts.items():
            file = Path(root) / path
            file.parent.mkdir()
            file.write_text(text)
        answer = subprocess.run(
            [sys.argv[1], "questions", root],
            input="".join(f"{path}\n" for path in texts),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    checked: collections.Counter[str] = collections.Counter()
    wrong = 0
    for line in answer.stdout.splitlines():
        said = json.loads(line)
        name, text = said["generator"], texts[said["path"]]
        checked[name] += 1
        try:
            right = CHECKS[name](said, text)
        except Exception as error:  # A check that breaks must be seen.
            right = [f"{type(error).__name__}: {error}"]
        if sorted(said["right"]) != sorted(right or []):
            wrong += 1
            print(f"{said['path']}:{said['line']}: {said['about']}: {name} of {said['labels']}")
            print(f"    said {said['right']}, is {right}")
    for name in CHECKS:
        print(f"{name}: {checked[name]} checked")
    missing = [name for name in CHECKS if not checked[name]]
    print(f"seed {seed}: {len(texts)} files, {checked.total()} answers checked, {wrong} wrong")
    return int(bool(wrong or missing) or checked.total() < FEWEST)


if __name__ == "__main__":
    sys.exit(main())
