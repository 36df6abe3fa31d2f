"""A line of YAML and what is wrong with it -> the line as it may be written into the file, where
nobody can doubt what was meant.

Reading on after a mistake needs only a line that can be read. Writing into someone's file needs
more: each rule here says when the repaired line is the one its author had in mind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence

from coldpress.problems import Mend, Place, changed
from coldpress.yamlindent import indent, start, untabbed
from coldpress.yamllines import FIELD, ITEM, noted
from coldpress.yamlvalue import CURLY, Trouble

COMMENT = re.compile(r"\s#")
INNER = re.compile(r'(?<![\w"])"(?=[^\s"])([^"]*[^\s"])"(?![\w"])')
"""A word or words in quotes: a sign or a space stands before and after them."""
NEVER_TEXT = "|>[{"
"""A value that starts with one of these was not meant as a sentence."""


def mend_of(path: str, first_line: int, lines: Sequence[str], trouble: Trouble) -> Mend | None:
    """`lines` as they stand in the file, from `first_line` on."""
    line = lines[trouble.line]
    written = SAFE.get(trouble.rule, nowhere)(lines, trouble)
    return changed(Place(path, first_line + trouble.line), line, written) if written else None


def nowhere(_lines: Sequence[str], _trouble: Trouble) -> str:
    return ""


def as_repaired(_lines: Sequence[str], trouble: Trouble) -> str:
    return trouble.repaired


def indented(lines: Sequence[str], trouble: Trouble) -> str:
    line, fits = untabbed(lines, trouble.line)
    return line if fits else ""


def in_quotes(lines: Sequence[str], trouble: Trouble) -> str:
    """A whole value on one line; a note behind it stays one."""
    lead, value, note = _parts(lines, trouble)
    if not value or value[0] in NEVER_TEXT or COMMENT.search(value) or _goes_on(lines, trouble):
        return ""
    return lead + _quoted(value) + note


def _quoted(value: str) -> str:
    """The plainest way to write it. One quote at the end alone: its partner was forgotten."""
    if '"' not in value:
        return json.dumps(value, ensure_ascii=False)
    if value.endswith('"') and value.count('"') == 1:
        return f'"{value}'
    return f"'{value}'" if "'" not in value else json.dumps(value, ensure_ascii=False)


def straightened(lines: Sequence[str], trouble: Trouble) -> str:
    _lead, value, _note = _parts(lines, trouble)
    return trouble.repaired if len(value) > 1 and value[-1] in CURLY else ""


def closed(lines: Sequence[str], trouble: Trouble) -> str:
    """The only quote of a value that does not run on into the next line. Two spaces or more set a
    note apart; after one, a # may be part of the words that the quotes were to hold."""
    _lead, value, note = _parts(lines, trouble)
    alone = value and value.count(value[0]) == 1 and not COMMENT.search(value)
    safe = alone and (not note or len(note) - len(note.lstrip()) > 1)
    return trouble.repaired if safe and not _goes_on(lines, trouble) else ""


def requoted(lines: Sequence[str], trouble: Trouble) -> str:
    """`'It's cold'` gets the other quotes, words inside double quotes get curly ones."""
    lead, value, note = _parts(lines, trouble)
    if not value or value[-1] != value[0] or _goes_on(lines, trouble):
        return ""
    inner = value[1:-1]
    if "\\" in inner:
        return trouble.repaired if '"' not in inner else ""
    if value[0] == "'":
        return lead + json.dumps(inner, ensure_ascii=False) + note if '"' not in inner else ""
    curled = INNER.sub(r"“\1”", inner)
    return f'{lead}"{curled}"{note}' if '"' not in curled else ""


def kept(lines: Sequence[str], trouble: Trouble) -> str:
    """`We are #1`: all of it is the value."""
    return trouble.repaired if not _goes_on(lines, trouble) else ""


SAFE: Mapping[str, Callable[[Sequence[str], Trouble], str]] = {
    "tab-indent": indented,
    "missing-space": as_repaired,
    "odd-space": as_repaired,
    "curly-quotes": straightened,
    "unclosed-quote": closed,
    "quote-in-quotes": requoted,
    "unquoted-colon": in_quotes,
    "unquoted-sign": in_quotes,
    "lost-text": kept,
    "unreadable-yaml": as_repaired,
}


def _parts(lines: Sequence[str], trouble: Trouble) -> tuple[str, str, str]:
    """What stands before a value, the value after its name or its dash, and the note behind it.
    No value when the line has another form."""
    line = lines[trouble.line].rstrip()
    field, item = FIELD.match(line), ITEM.match(line)
    whole = ""
    if field and not (" " in field[2] and "-" in field[1]):
        whole = (field[4] or "").strip()
    elif item:
        whole = item[2].strip()
    return line[: len(line) - len(whole)], *noted(whole)


def _goes_on(lines: Sequence[str], trouble: Trouble) -> bool:
    """Whether the value may have a second line: the next one is indented further."""
    here, below = lines[trouble.line], lines[trouble.line + 1 : trouble.line + 2]
    return any(line.strip() and indent(line) > start(here) for line in below)
