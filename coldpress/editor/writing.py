"""a value -> YAML as a person would write it: plain where nobody can doubt what is meant."""

from __future__ import annotations

import json
import re
import textwrap

import yaml

from coldpress.editor.forms import Plain
from coldpress.yamltree import LOADER, NOTHING, grow

SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_-]*")
WIDTH = 100
"""Columns of a folded text, and of a list on one line."""


def entry(name: str, value: Plain, margin: int, end: str) -> str:
    """A field with its value, as whole lines."""
    text = value_text(value, margin, end)
    gap = "" if text.startswith(end) else " "
    return f"{' ' * margin}{scalar(name)}:{gap}{text}{end}"


def item(value: Plain, margin: int, end: str) -> str:
    """An item of a list, as whole lines. `margin`: where its dash stands."""
    lead = f"{' ' * margin}- "
    if isinstance(value, dict):
        lines = "".join(entry(name, one, margin + 2, end) for name, one in value.items())
        return lead + lines[margin + 2 :]
    if isinstance(value, list):
        return f"{lead}{flow(value)}{end}"
    return f"{lead}{scalar(value or '')}{end}"


def value_text(value: Plain, margin: int, end: str) -> str:
    """What stands after the colon of a field at this margin: on its line, or on those below."""
    if isinstance(value, dict):
        return (end + "".join(entry(*one, margin + 2, end) for one in value.items())).rstrip("\r\n")
    if isinstance(value, list):
        if all(isinstance(one, str) and SHORT.fullmatch(one) for one in value):
            line = flow(value)
            if len(line) < WIDTH - 20:
                return line
        return (end + "".join(item(one, margin + 2, end) for one in value)).rstrip("\r\n")
    return scalar(value or "")


def flow(value: Plain) -> str:
    """On one line, in brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(k)}: {flow(one)}" for k, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value or "", flowing=True)


def scalar(value: str, *, flowing: bool = False) -> str:
    """Without quotes where every reader sees the same text, else in double ones."""
    risky = flowing and re.search(r"[,\[\]{}]", value)
    return value if not risky and plain(value) else quoted(value)


def plain(value: str) -> bool:
    if value in NOTHING or "\n" in value or value != value.strip():
        return False
    line = f"x: {value}"
    try:
        tree = grow(line, "", 1, 10_000_000)
        root = yaml.compose(line, Loader=LOADER)
    except yaml.YAMLError:
        return False
    return tree.data == {"x": value} and not tree.problems and root is not None


def quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def like(old: str, value: str, margin: int, end: str) -> str:
    """In the quotes or the folds of the value that stood there."""
    if old.startswith('"'):
        return quoted(value)
    if old.startswith("'") and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if old.startswith(">-") and value.isprintable() and value == " ".join(value.split(" ")).strip():
        return folded(value, margin + 2, end)
    return scalar(value)


def folded(value: str, margin: int, end: str) -> str:
    lines = textwrap.wrap(value, WIDTH - margin, break_long_words=False, break_on_hyphens=False)
    return ">-" + "".join(f"{end}{' ' * margin}{line}" for line in lines)
