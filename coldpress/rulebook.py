"""coldpress/rules/*.md -> Rules: what each problem means, why it matters and how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from msgspec import Struct

from coldpress.problems import Level

FOLDER = Path(__file__).with_name("rules")


class Rule(Struct, frozen=True):
    """`text` is the file under its first line: level, reasons, a wrong and a right example."""

    name: str
    title: str
    level: Level
    why: str
    wrong: str
    right: str


def rulebook() -> tuple[Rule, ...]:
    """Every rule, by name."""
    return tuple(_rule(path) for path in sorted(FOLDER.glob("*.md")))


def rule_named(name: str) -> Rule | None:
    return next((rule for rule in rulebook() if rule.name == name), None)


def _rule(path: Path) -> Rule:
    """Raises ValueError when the file does not have the form all of them have."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    title, _, level = head.partition("\n")
    why, wrong_mark, examples = rest.partition("\n## Wrong\n")
    wrong, right_mark, right = examples.partition("\n## Right\n")
    parts = {"title": title.removeprefix("# "), "why": why, "wrong": wrong, "right": right}
    missing = [name for name, text in parts.items() if not text.strip()]
    if missing or not title.startswith("# ") or not (wrong_mark and right_mark):
        raise ValueError(f"{path.name} lacks {', '.join(missing) or 'a heading'}")
    if level not in ("level: error", "level: advice"):
        raise ValueError(f"{path.name}: the second line must be its level")
    stripped = {name: text.strip("\n") for name, text in parts.items()}
    return Rule(name=path.stem, level=cast("Level", level.removeprefix("level: ")), **stripped)
