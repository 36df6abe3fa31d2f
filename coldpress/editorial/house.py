"""content/_style/ -> House: the words and rules of style of this site.

`words.txt` lists words that are spelled right, one a line. Every *.yml is a rule in the format of
Vale, so that Vale itself can read the same folder (StylesPath = content, BasedOnStyles = _style).
The folder starts with an underscore because nothing in it is a page. It may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from coldpress.editorial.vale import EXTENDS, MODELS, Given, rule_of
from coldpress.editorial.vale import StyleRule as StyleRule
from coldpress.problems import BuildError, Place, Problem, advice, nearest, one_of
from coldpress.reading import decode, read_bytes
from coldpress.yamltext import read

FOLDER = "content/_style"
WORDS = "words.txt"
START = re.compile(r"^extends:[ \t]*[\"']?(\w+)", re.MULTILINE)


class House(Struct, frozen=True):
    rules: tuple[StyleRule, ...] = ()
    words: frozenset[str] = field(default_factory=frozenset)
    """In lower case."""


NO_HOUSE = House()


def house(site: Path) -> tuple[House, tuple[Problem, ...]]:
    """`site`: the folder of the site. What cannot be read is left out and told, as advice: rules
    of style never stop a build."""
    folder = site / FOLDER
    if not folder.is_dir():
        return NO_HOUSE, ()
    rules: list[StyleRule] = []
    problems: list[Problem] = []
    words: frozenset[str] = frozenset()
    for file in sorted(folder.iterdir()):
        path = f"{FOLDER}/{file.name}"
        try:
            if file.suffix in (".yml", ".yaml"):
                rules.append(_rule(_text(site, path), path))
            elif file.name == WORDS:
                words = frozenset(listed(_text(site, path)))
        except BuildError as bad:
            problems += (replace(problem, level="advice") for problem in bad.problems)
    return House(tuple(rules), words), tuple(problems)


def listed(text: str) -> Iterator[str]:
    """The words of a list, in lower case; a line that starts with # is a note."""
    for line in text.split("\n"):
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip().lower()


def _text(site: Path, path: str) -> str:
    return decode(read_bytes(site, path), path)


def _rule(text: str, path: str) -> StyleRule:
    """Raises BuildError."""
    if path.endswith(".yaml"):
        message = "Vale reads only files that end in .yml"
        name = path.rpartition("/")[2].removesuffix(".yaml")
        raise BuildError([advice("style-rule", Place(path), message, f"name it {name}.yml")])
    found = START.search(text)
    kind = found[1] if found else ""
    if kind not in EXTENDS:
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        message = f"{kind!r} is no kind of rule" if found else "the rule does not say its kind"
        hint = nearest(kind, EXTENDS) or f"write it first, like extends: existence; {_kinds()}"
        raise BuildError([advice("style-rule", Place(path, line), message, hint)])
    given: Given
    given, places = read(text, path, MODELS[kind])
    return rule_of(given, path, places)


def _kinds() -> str:
    return one_of(EXTENDS)
