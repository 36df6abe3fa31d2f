"""A page's fields as text -> the edits that keep an old address, or give it another slug. Order,
comments, quotes and line ends stay."""

from __future__ import annotations

import re

import yaml
from msgspec import Struct

from coldpress.frontmatter import FENCE
from coldpress.problems import BuildError, Place, Problem, error
from coldpress.renaming.edits import Edit
from coldpress.yamlspans import field

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
DASH = re.compile(r"[ \t]*-[ \t]+")


class Halves(Struct, frozen=True):
    """Where the fields of a text begin and end, and where the text under them begins."""

    start: int
    end: int
    body: int


def halves(text: str, path: str) -> Halves:
    """Raises BuildError when the fields cannot be told from the text."""
    fences: list[tuple[int, int]] = []
    for line in LINE.finditer(text):
        bare = line[0].removeprefix("\ufeff").rstrip()
        if bare == FENCE:
            fences.append(line.span())
        if len(fences) == 2:
            return Halves(fences[0][1], fences[1][0], fences[1][1])
        if bare and not fences:
            break
    raise BuildError([not_readable(path, 1)])


def not_readable(path: str, line: int) -> Problem:
    return error(
        "unmendable-file",
        Place(path, line),
        "this file cannot be read, so what it says of the page could not be set right",
        "mend it first: 'python3 build.py check' says what is wrong",
    )


def kept_address(matter: str, path: str, old: str, new: str) -> Edit:
    """`old` among the aliases. Where `new` stands there (a page comes back to where it was), `old`
    takes its place. Raises NotReadableError, and BuildError for a list in an unusual form."""
    found = field(matter, "aliases")
    if found is None:
        return Edit(len(matter), len(matter), f"aliases: [{old}]{line_end(matter)}")
    key, aliases = found
    if not isinstance(aliases, yaml.SequenceNode):
        return _instead_of_nothing(matter, path, key, aliases, old)
    back = next((item for item in aliases.value if item.value == new), None)
    if back is not None:
        return inside(matter, back, old)
    if not aliases.value:
        return Edit(aliases.start_mark.index, aliases.end_mark.index, f"[{old}]")
    last = aliases.value[-1]
    if aliases.flow_style:
        return Edit(last.end_mark.index, last.end_mark.index, f", {old}")
    return _below(matter, path, last, old)


def _below(matter: str, path: str, last: yaml.Node, old: str) -> Edit:
    """A line of its own under the last item, with the same dash before it."""
    start = max(matter.rfind(end, 0, last.start_mark.index) for end in "\r\n") + 1
    lead = matter[start : last.start_mark.index]
    if not DASH.fullmatch(lead):
        raise BuildError([_unusual(path, last)])
    line = LINE.match(matter, last.start_mark.index)
    assert line is not None, "matches any text"
    return Edit(line.end(), line.end(), f"{lead}{old}{line_end(matter)}")


def _instead_of_nothing(
    matter: str, path: str, key: yaml.Node, aliases: yaml.Node, old: str
) -> Edit:
    """`aliases:` with nothing after it."""
    colon = matter.index(":", key.end_mark.index) + 1
    if aliases.value:
        raise BuildError([_unusual(path, aliases)])
    return Edit(colon, colon, f" [{old}]")


def _unusual(path: str, node: yaml.Node) -> Problem:
    message = "the old address cannot be added to aliases written in this way"
    hint = "write them as a list in brackets, like aliases: [/old/]"
    return error("unmendable-file", Place(path, node.start_mark.line + 2), message, hint)


def new_slug(matter: str, slug: str) -> Edit | None:
    """Another slug where the page has one of its own."""
    found = field(matter, "slug")
    return inside(matter, found[1], slug) if found and found[1].value else None


def inside(text: str, node: yaml.Node, new: str) -> Edit:
    """The value, its quotes kept."""
    start, end = node.start_mark.index, node.end_mark.index
    return Edit(start + 1, end - 1, new) if text[start] in "'\"" else Edit(start, end, new)


def line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
