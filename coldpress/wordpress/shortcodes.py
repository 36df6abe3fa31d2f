"""HTML with [shortcodes] -> the same with a mark for each, and the calls they stand for.

Only WordPress with all its plugins knows which words in square brackets are shortcodes. Here the
known ones count, those with a closing tag, with name="value", with a _ or - in the name, and those
alone in their paragraph. Other words in brackets stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

MARK = re.compile("\ue100([0-9]+)\ue101")
KNOWN = frozenset({"audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"})
ENCLOSING = frozenset({"audio", "caption", "embed", "video", "wp_caption"})
"""Known ones whose inside belongs to them."""
LAYOUT = re.compile(
    r"""(?:vc_(?:row|column|section|row_inner|column_inner|column_text|empty_space|separator)
      | et_pb_(?:section|row|row_inner|column|column_inner|text|divider)
      | fusion_(?:builder_container|builder_row|builder_column|text|separator)
      | av_(?:section|textblock|hr|one_\w+|two_\w+|three_\w+)
      | (?:su_)?(?:row|column|columns|spacer|divider|clear)
      | (?:one|two|three)_(?:half|third|fourth|fifth|sixth)(?:_last)?
      | raw|dropcap|clearfix)$""",
    re.VERBOSE,
)
"""Columns and spaces of page builders: they carry no words of their own."""
IN_LINE = frozenset({"raw", "dropcap"})
"""Of these, those that do not end a paragraph."""
TAG = re.compile(r"\[(\[?)(/?)([A-Za-z][\w-]*)((?:[\s=][^\[\]]*)?)\](\]?)")
ATTRIBUTE = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)) | "([^"]*)" | '([^']*)' | (\S+)""",
    re.VERBOSE,
)
NEAR = 40
"""Signs around a tag that tell whether it stands alone."""
QUOTES = str.maketrans({"“": '"', "”": '"', "″": '"', "‘": "'", "’": "'"})


class Call(Struct, frozen=True):
    """A shortcode. `written` is its tag as it stood there."""

    name: str
    written: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    inside: str = ""
    encloses: bool = False

    @property
    def layout(self) -> bool:
        return LAYOUT.match(self.name) is not None


class Marked(Struct):
    """`html` has a mark for every call; `words` are tags in brackets that were taken for words."""

    html: str
    calls: list[Call]
    words: list[str]


def marked(html: str) -> Marked:
    found = Marked("", [], [])
    out: list[str] = []
    done = 0
    tags = list(_tags(html))
    closed = {tag[3].lower() for tag in tags if tag[2]}
    ends = _ends(tags)
    for tag in tags:
        if tag.start() < done:
            continue
        out.append(html[done : tag.start()])
        done = tag.end()
        if tag[1] and tag[5]:  # [[written twice]]: WordPress shows it with one pair of brackets
            out.append(tag[0][1:-1])
        elif not _is_call(tag, html, closed):
            out.append(tag[0])
            found.words.append(tag[0])
        elif not tag[2]:
            end = ends.get(tag.start())
            call, done = _call(tag, end, html, closed)
            out.append(f"{tag[1]}\ue100{len(found.calls)}\ue101{'' if end else tag[5]}")
            found.calls.append(call)
    found.html = "".join([*out, html[done:]])
    return found


def _call(
    tag: re.Match[str], end: re.Match[str] | None, html: str, closed: set[str]
) -> tuple[Call, int]:
    """The call, and where the text goes on after it."""
    name = tag[3].lower()
    inside = html[tag.end() : end.start()] if end else ""
    written = tag[0][len(tag[1]) : len(tag[0]) - len(tag[5])]
    call = Call(name, written, _attributes(tag[4]), inside, name in closed)
    return call, end.end() if end else tag.end()


def _ends(tags: list[re.Match[str]]) -> dict[int, re.Match[str]]:
    """Where a known shortcode starts -> the end of what belongs to it: its next closing tag, before
    another one opens."""
    found: dict[int, re.Match[str]] = {}
    after: dict[str, re.Match[str]] = {}
    for tag in reversed(tags):
        name = tag[3].lower()
        if name not in ENCLOSING or tag[4].rstrip().endswith("/"):
            continue
        if not tag[2] and name in after and after[name][2]:
            found[tag.start()] = after[name]
        after[name] = tag
    return found


def _is_call(tag: re.Match[str], html: str, closed: set[str]) -> bool:
    name, rest = tag[3].lower(), tag[4].strip().translate(QUOTES)
    if name in KNOWN or name in closed or LAYOUT.match(name):
        return True
    if re.search(r"[_-]", name) or re.search(r"""[\w-]=["'\w]""", rest) or rest.endswith("/"):
        return True
    return not rest and _alone(html, tag)


def _alone(html: str, tag: re.Match[str]) -> bool:
    before = html[max(0, tag.start() - NEAR) : tag.start()].rstrip(" \t")
    after = html[tag.end() : tag.end() + NEAR].lstrip(" \t")
    return (not before or before[-1] in ">\n") and (not after or after[0] in "<\n")


def _attributes(written: str) -> dict[str, str]:
    """Values without a name get numbers: "0", "1"."""
    found: dict[str, str] = {}
    unnamed = 0
    for one in ATTRIBUTE.finditer(written.translate(QUOTES).strip().removesuffix("/")):
        value = next((group for group in one.groups()[1:] if group is not None), "")
        if one[1]:
            found[one[1].lower()] = value
        else:
            found[str(unnamed)] = value
            unnamed += 1
    return found


# --------------------------------------------------------------------------- where they may stand

RAW = ("pre", "code", "script", "style", "textarea")


def _tags(html: str) -> Iterator[re.Match[str]]:
    """Tags in brackets outside of HTML tags and of what is shown as code."""
    for start, end in _open_stretches(html):
        yield from (tag for tag in TAG.finditer(html, start, end))


def _open_stretches(html: str) -> Iterator[tuple[int, int]]:
    """Between HTML tags. Looks for no end that is not there: a file of a thousand `<pre` must not
    be read a thousand times."""
    lower = html.lower()
    last = {name: lower.rfind(f"</{name}") for name in RAW}
    here = 0
    while (start := html.find("<", here)) >= 0:
        yield here, start
        end = html.find(">", start)
        if end < 0:
            return
        name = next((raw for raw in RAW if lower.startswith(f"<{raw}", start)), "")
        if name and last[name] > start:
            end = max(end, html.find(">", lower.index(f"</{name}", start)))
        here = end + 1
    yield here, len(html)
