"""Text -> Sentences: every sentence with its place, its citations, the block it stands in and what
introduces it. Markdown is read only as far as words need: nothing is drawn.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct, field

from coldpress.problems import Place

LINES = frozenset({"title", "label", "description", "alt", "heading", "urgent", "fact"})
"""Kinds of text that cannot carry a citation."""

INLINE = re.compile(
    r"\[(?P<cite>@[^\[\]]*)\]"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!|\"-])"
    r"|\n(?P<line>[ \t>]*)"
    r"|\*\**|``*|\{:[^}\n]*\}|</?[A-Za-z][^>\n]*>|_(?<!\w_)_*(?=\S)|_(?<=\S_)_*(?!\w)"
    r"|\]\([^)\n]*\)|!\[|\["
)
"""What is no word. Each alternative begins with a sign of its own, so that a search passes over
plain words quickly; blanks before a citation or the end of a line are dropped with it."""
KEY = re.compile(r"@([^\s,;\]]+)")
END = re.compile(r"[.!?…][.!?…]*[\"”’»)\]]*(?=\s+[\"“‘«(¿¡]*[A-ZÁÉÍÓÚÑ0-9−–])")
ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|vs|[DM]r|Mrs|Ms|St|Prof|No|approx|cf|al|p"
    r"|Dra|Sra?|Srta|Uds?|ej|[Nn]úm|EE|[A-Z])$"
)
DIRECTIVE = re.compile(r" {0,3}(?P<colons>:{2,})[ \t]*(?P<name>[^\s\"“=]*)(?P<rest>.*)$")
QUOTED = re.compile(r"(?:(?<==)|(?<![=\w]))[\"“]([^\"”]+)[\"”]")
ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
HEADING = re.compile(r" {0,3}(#{1,6})\s+")
RULER = re.compile(r"[\s|:-]+$")


class Mention(Struct, frozen=True):
    """A citation in a sentence, and after how many characters of it it stands."""

    keys: tuple[str, ...]
    at: int


class Sentence(Struct, frozen=True):
    """Plain words: markup, links and citations are taken out."""

    text: str
    place: Place
    kind: str
    """paragraph, item, heading, cell, title, description, summary, key-point, alt ..."""
    block: int = 0
    """Sentences of one paragraph, list item or field share it."""
    section: str = ""
    """Words of the second-level heading above."""
    inside: tuple[str, ...] = ()
    """Names of the containers around it, outermost first."""
    lead: str = ""
    """What introduces it: the title of its container, or the line before its list."""
    mentions: tuple[Mention, ...] = ()
    near: tuple[str, ...] = ()
    """Keys cited anywhere in its block."""

    @property
    def cited(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for mention in self.mentions for key in mention.keys))


class Plain(Struct):
    """Words without markup, and the way back to where they were written."""

    text: str = ""
    mentions: list[Mention] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)

    def add(self, words: str, origin: int) -> None:
        if words:
            self.starts.append(len(self.text))
            self.origins.append(origin)
            self.text += words

    def origin(self, at: int) -> int:
        if not self.starts:
            return 0
        run = max(bisect_right(self.starts, at) - 1, 0)
        return self.origins[run] + at - self.starts[run]


def plain_of(written: str) -> Plain:
    """Markdown of one block -> its words."""
    plain, done = Plain(), 0
    for mark in INLINE.finditer(written):
        start, what = mark.start(), mark.lastgroup
        words = written[done:start]
        if what is None:
            plain.add(words, done)
        elif what == "escaped":
            plain.add(words, done)
            plain.add(mark["escaped"], start + 1)
        else:
            words = words.rstrip(" \t")
            plain.add(words, done)
            if what == "cite":
                plain.mentions.append(Mention(tuple(KEY.findall(mark["cite"])), len(plain.text)))
            else:
                plain.add(" ", done + len(words))
        done = mark.end()
    plain.add(written[done:], done)
    return plain


def cuts(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a plain text starts and ends."""
    start = 0
    for end in END.finditer(text):
        before = text[start : end.start()]
        if end[0].startswith(".") and ABBREVIATION.search(before[-8:]):
            continue
        yield start, end.end()
        start = end.end() + len(text[end.end() :]) - len(text[end.end() :].lstrip())
    if text[start:].strip():
        yield start, len(text)


def sentences_in(written: str, like: Sentence, body: Body | None = None) -> Iterator[Sentence]:
    """The sentences of one block. What they share is taken from `like`; with `body`, each gets
    its own place, counted from there."""
    plain = plain_of(written)
    near = tuple(dict.fromkeys(key for mention in plain.mentions for key in mention.keys))
    # Not `replace`: there are a hundred sentences to a page.
    shared = (like.kind, like.block, like.section, like.inside, like.lead)
    for start, end in cuts(plain.text):
        words = plain.text[start:end]
        left = start + len(words) - len(words.lstrip())
        mentions = tuple(
            Mention(mention.keys, mention.at - left)
            for mention in plain.mentions
            if start < mention.at <= end
        )
        place = body.place(plain.origin(left)) if body else like.place
        yield Sentence(words.strip(), place, *shared, mentions, near)


class Body(Struct, frozen=True):
    """Turns offsets of a text into lines and columns; `shift` is where a block starts in it."""

    path: str
    line: int
    starts: tuple[int, ...]
    shift: int = 0

    def place(self, offset: int) -> Place:
        at = offset + self.shift
        line = bisect_right(self.starts, at) - 1
        return Place(self.path, self.line + line, at - self.starts[line] + 1)


class Reader(Struct):
    """Walks the lines of a body. Lives as long as one call of `body_sentences`."""

    text: str
    body: Body
    block: int
    section: str = ""
    before: str = ""
    """The last paragraph, when it introduces what follows."""
    around: list[tuple[str, str]] = field(default_factory=list)
    """Open containers: name and title."""

    def emit(self, start: int, end: int, kind: str) -> Iterator[Sentence]:
        written = self.text[start:end]
        if not written.strip():
            return
        self.block += 1
        names: tuple[str, ...] = ()
        lead = ""
        if self.around:
            titles = [title for _name, title in self.around if title and not title.endswith("?")]
            lead = (titles or [""])[-1]
            names = tuple(name for name, _title in self.around)
        if kind == "item" and self.before:
            lead = self.before
        like = Sentence("", Place(""), kind, self.block, self.section, names, lead)
        body = Body(self.body.path, self.body.line, self.body.starts, start)
        found = list(sentences_in(written, like, body))
        yield from found
        if kind == "paragraph":
            self.before = found[-1].text if found and found[-1].text.endswith(":") else ""

    def directive(self, line: re.Match[str], start: int) -> Iterator[Sentence]:
        """Opens or closes a container; its title (a figure's: alternative text) is words too."""
        name, rest = line["name"], line["rest"]
        if len(line["colons"]) > 2 and not name and not rest.strip():
            self.around[-1:] = []
            return
        words = QUOTED.search(rest)
        if words:
            kind = "alt" if name == "figure" else "heading"
            shift = start + line.start("rest")
            yield from self.emit(shift + words.start(1), shift + words.end(1), kind)
        if len(line["colons"]) > 2:
            self.around.append((name, words[1] if words else ""))

    def cells(self, line: str, start: int) -> Iterator[Sentence]:
        if RULER.match(line):
            return
        at = start
        for cell in line.split("|"):
            yield from self.emit(at, at + len(cell), "cell")
            at += len(cell) + 1


def body_sentences(text: str, path: str, first_line: int, block: int = 0) -> Iterator[Sentence]:
    starts = (0, *(found.end() for found in re.finditer("\n", text)))
    reader = Reader(text, Body(path, first_line, starts), block)
    begun, kind = -1, "paragraph"
    for start, line in zip(starts, text.split("\n"), strict=True):
        bare = line.lstrip()
        single = _single(line, bare)
        item = ITEM.match(line) if bare and (bare[0] in "-*+" or bare[0].isdecimal()) else None
        if begun >= 0 and (single or item or not bare):
            yield from reader.emit(begun, start, kind)
            begun = -1
        if single:
            yield from _line(reader, line, start)
        elif item:
            begun, kind = start + item.end(), "item"
        elif bare and begun < 0:
            begun, kind = start + len(line) - len(line.lstrip(" >")), "paragraph"
    if begun >= 0:
        yield from reader.emit(begun, len(text), kind)


def _single(line: str, bare: str) -> bool:
    """Whether a line is a block of its own: a directive, a heading or a row of a table."""
    if bare.startswith(("::", "|")):
        return True
    return bare.startswith("#") and HEADING.match(line) is not None


def _line(reader: Reader, line: str, start: int) -> Iterator[Sentence]:
    if directive := DIRECTIVE.match(line):
        yield from reader.directive(directive, start)
    elif heading := HEADING.match(line):
        found = list(reader.emit(start + heading.end(), start + len(line), "heading"))
        reader.before = ""
        if len(heading[1]) == 2:
            reader.section = " ".join(sentence.text for sentence in found)
        yield from found
    else:
        yield from reader.cells(line, start)
