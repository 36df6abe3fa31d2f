"""YAML text -> a tree of plain text, lists and mappings, with the place of every key and value.

Nothing is guessed: a plain `no`, `1.10` or `2026-03-01` stays the text it is; the schema decides
what it means. Built from events and not from PyYAML's nodes, because events come one at a time:
depth, number and forbidden constructs are seen before anything deep or large exists.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias, cast

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from coldpress.problems import BuildError, Mend, Place, Problem, error
from coldpress.reading import hidden
from coldpress.schema import Loc
from coldpress.yamllines import noted
from coldpress.yamlmends import mend_of
from coldpress.yamlvalue import CURLY, Trouble, curly, in_value, unquoted_sign

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

MAX_DEPTH = 20
BYTES_PER_EVENT = 10
"""A file may have one event per so many bytes of its size limit: 26,000 for front matter."""
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
LOST = re.compile(r"\s+(#[^\s#!].*)$")
"""`title: We are #1`: YAML takes the rest for a comment. A comment has a space after its #."""
MARKUP = re.compile(r"[\[<*]")
"""Where Markdown may stand, problems may be inside of the text."""
LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is 10 times faster


class Tree(Struct):
    """`values` and `keys` tell where each thing stands, by its way down from the root. A list or
    a group written over several lines stands where its key does."""

    path: str
    first_line: int
    data: Value = None
    keys: dict[Loc, Place] = field(default_factory=dict)
    values: dict[Loc, Place] = field(default_factory=dict)
    empty: set[Loc] = field(default_factory=set)
    """Fields with nothing after the colon (a written `null` is not among them)."""
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """The text it was read from."""

    def place(self, line: int, column: int) -> Place:
        """Of YAML's own line and column, which count from 0."""
        return Place(self.path, self.first_line + line, column + 1)

    def spot(self, loc: Loc) -> Place:
        """Where a value stands, or the nearest thing around it that is written down."""
        while loc and loc not in self.values:
            loc = loc[:-1]
        return self.values.get(loc, Place(self.path, self.first_line))


class _Open(Struct):
    """A list or mapping whose end has not come yet."""

    loc: Loc
    value: list[Value] | dict[str, Value]
    key: str | None = None

    @property
    def wants_name(self) -> bool:
        return isinstance(self.value, dict) and self.key is None


class _Growth(Struct, frozen=True):
    """A tree being built: what is open, and the lines it is read from."""

    tree: Tree
    lines: list[str]
    stack: list[_Open]

    @property
    def top(self) -> _Open | None:
        return self.stack[-1] if self.stack else None

    def place(self, event: yaml.Event) -> Place:
        return self.tree.place(*_start(event))


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _end(event: yaml.Event) -> tuple[int, int]:
    mark = event.end_mark
    return (mark.line, mark.column) if mark else (0, 0)


def grow(text: str, path: str, first_line: int, max_bytes: int) -> Tree:
    """Read one document. Raises yaml.YAMLError when it cannot be read at all, BuildError when it
    is too large or too deep; every other problem is in `tree.problems`."""
    lines = text.split("\n")
    growth = _Growth(Tree(path, first_line, lines=lines), lines, [])
    for count, event in enumerate(yaml.parse(text, Loader=LOADER)):
        _limit(growth, event, count, max_bytes)
        match event:
            case yaml.ScalarEvent() | yaml.AliasEvent():
                _scalar(growth, event)
            case yaml.CollectionStartEvent():
                _open(growth, event)
            case yaml.CollectionEndEvent():
                growth.stack.pop()
            case yaml.DocumentStartEvent() if growth.tree.values:
                raise BuildError([_second_document(growth.place(event))])
    return growth.tree


def _limit(growth: _Growth, event: yaml.Event, count: int, max_bytes: int) -> None:
    if len(growth.stack) > MAX_DEPTH:
        what, hint = f"more than {MAX_DEPTH} levels deep", "use fewer levels"
    elif count > max_bytes // BYTES_PER_EVENT:
        what, hint = "made of too many parts", "split the file"
    else:
        return
    raise BuildError([error("too-large", growth.place(event), f"this is {what}", hint)])


def _second_document(place: Place) -> Problem:
    return error(
        "unreadable-yaml",
        place,
        "a second '---' starts another document here",
        "remove this line: a data file is one list of fields",
    )


def _open(growth: _Growth, event: yaml.CollectionStartEvent) -> None:
    if growth.top and growth.top.wants_name:
        mark = cast("yaml.error.Mark", event.start_mark)
        raise yaml.MarkedYAMLError(problem="a group as a name", problem_mark=mark)
    if event.anchor or event.tag:
        _refuse_sign(growth, event)
    tree = growth.tree
    value: list[Value] | dict[str, Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
    loc = _attach(growth, value)
    start = growth.place(event)
    tree.values[loc] = start if event.flow_style else tree.keys.get(loc, start)
    growth.stack.append(_Open(loc, value))


def _scalar(growth: _Growth, event: yaml.ScalarEvent | yaml.AliasEvent) -> None:
    text, plain = _text(growth, event)
    start = growth.place(event)
    if growth.top and growth.top.wants_name:
        _name(growth.tree, growth.top, text, start)
        return
    tree = growth.tree
    tree.problems += hidden(text, start)
    loc = _attach(growth, None if plain and text in NOTHING else text)
    if MARKUP.search(text):
        start = replace(start, written=_written(growth, event))
    tree.values[loc] = start if text or not plain else tree.keys.get(loc, start)
    if plain and not text:
        tree.empty.add(loc)
        _lost(growth, event)
    elif plain:
        _look_at(growth, event, text)


def _written(growth: _Growth, event: yaml.Event) -> str:
    (line, column), (last, after) = _start(event), _end(event)
    lines = growth.lines[line : last + 1]
    lines[-1:] = [one[:after] for one in lines[-1:] if after]
    return "\n".join(lines)[column:]


def _text(growth: _Growth, event: yaml.ScalarEvent | yaml.AliasEvent) -> tuple[str, bool]:
    """The text as written, and whether it stands there without quotes."""
    if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
        _refuse_sign(growth, event)
        return _rest(growth, event), False
    return event.value, bool(event.implicit[0])


def _name(tree: Tree, group: _Open, name: str, place: Place) -> None:
    loc = (*group.loc, name)
    if loc in tree.keys:
        tree.problems.append(
            error(
                "doubled-field",
                place,
                f"{name!r} is given twice: on line {tree.keys[loc].line} and here",
                "keep one of them",
            )
        )
    tree.keys[loc] = place
    group.key = name


def _attach(growth: _Growth, value: Value) -> Loc:
    """Put a value where it belongs; its way down from the root."""
    top = growth.top
    if top is None:
        growth.tree.data = value
        return ()
    if isinstance(top.value, list):
        top.value.append(value)
        return (*top.loc, len(top.value) - 1)
    name, top.key = top.key or "", None
    top.value[name] = value
    return (*top.loc, name)


def _refuse_sign(growth: _Growth, event: yaml.Event) -> None:
    rule, message, hint = unquoted_sign(noted(_rest(growth, event))[0] or "!")
    mend = _mend(growth, event, rule)
    growth.tree.problems.append(error(rule, growth.place(event), message, hint, mend))


def _mend(growth: _Growth, event: yaml.Event, rule: str) -> Mend | None:
    """For a value that stands alone on its line, after its name or its dash."""
    line, column = _start(event)
    found = in_value(growth.lines, line)
    if found is None or (found.rule, found.column) != (rule, column):
        return None
    return mend_of(growth.tree.path, growth.tree.first_line, growth.lines, found)


def _rest(growth: _Growth, event: yaml.Event) -> str:
    line, column = _start(event)
    return growth.lines[line][column:].strip()


def _look_at(growth: _Growth, event: yaml.Event, value: str) -> None:
    """Values YAML accepts, though not as their author meant them."""
    problems, (line, column) = growth.tree.problems, _start(event)
    if value[0] in CURLY and value[-1] in CURLY and len(value) > 1:
        found = curly(line, " " * column, value)
        mend = _mend(growth, event, found.rule)
        problems.append(error(found.rule, growth.place(event), found.message, found.hint, mend))
    else:
        _lost(growth, event)


def _lost(growth: _Growth, event: yaml.Event) -> None:
    """`title: We are #1`, and `title: #1 in town`, which may be a note as well: no mend for it."""
    (line, column), (last, after) = _start(event), _end(event)
    if last >= len(growth.lines) or not (lost := LOST.match(growth.lines[last][after:])):
        return
    growth.tree.problems.append(
        error(
            "lost-text",
            growth.tree.place(last, after + lost.start(1)),
            f"{noted(lost[1])[0].strip()!r} is read as a comment and lost",
            "put the whole value in quotes, or write a space after # if it is a comment",
            _kept(growth, line, column) if line == last and column < after else None,
        )
    )


def _kept(growth: _Growth, line: int, column: int) -> Mend | None:
    """All that stands there in quotes, but for a note behind it."""
    written = growth.lines[line]
    value, note = noted(written[column:].strip())
    whole = written[:column] + json.dumps(value, ensure_ascii=False) + note
    trouble = Trouble(line, column, "lost-text", "", "", whole)
    return mend_of(growth.tree.path, growth.tree.first_line, growth.lines, trouble)
