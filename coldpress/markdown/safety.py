"""HTML out of Markdown -> HTML in which only what `allowed` lists is left.

`clean` is the guard: nh3, an HTML5 parser with an allow-list. `removals` only tells the author,
with a line, what the guard takes out; it reads the same lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

from coldpress.markdown import allowed
from coldpress.markdown.ledger import Ledger, Text
from coldpress.markdown.marks import ATTRIBUTE, bare, offset_in
from coldpress.problems import Problem, error

DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|%5C)", re.IGNORECASE)
"""`C:\\Users\\anna`: a browser takes the drive for a scheme."""
SHAPES = {
    "class": re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9_-]*\s*)*"),
    "id": re.compile(r"[A-Za-z][A-Za-z0-9_:.-]*"),
}
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")


def scheme_of(url: str) -> str:
    """`JaVa\\tScript:x` -> javascript; "" for a relative address. Reads as a browser does."""
    found = SCHEME.match(INVISIBLE.sub("", url))
    return found[1].lower() if found else ""


def _well_formed(_tag: str, name: str, value: str) -> str | None:
    shape = SHAPES.get(name)
    return value if shape is None or shape.fullmatch(bare(value)) else None


GUARD = nh3.Cleaner(
    tags=set(allowed.TAGS),
    clean_content_tags=set(allowed.DROPPED_WITH_CONTENT),
    attributes={
        "*": {*allowed.EVERYWHERE, ATTRIBUTE},
        **{tag: set(own) for tag, own in allowed.OF_TAG.items()},
    },
    attribute_filter=_well_formed,
    url_schemes=set(allowed.SCHEMES),
    link_rel=None,
)


def clean(html: str) -> str:
    return GUARD.clean(html)


def _harmless() -> re.Pattern[str]:
    """HTML in which the reader below would find nothing, as Markdown writes it for a text without
    tags: known tags, attributes of known shape, addresses whose scheme shows at once."""
    tag, word = "|".join(sorted(allowed.TAGS)), "[A-Za-z][A-Za-z0-9_-]*+"
    common = (
        rf'{ATTRIBUTE}="[\ue002\ue004][0-9]++\ue003"|class="{word}(?: {word})*+"'
        rf'|id="{SHAPES["id"].pattern}"|(?:dir|lang|title)="[^"]*+"'
    )
    address = rf'(?:(?:(?:{"|".join(sorted(allowed.SCHEMES))}):|[#./?])[^"]*+|[^":&]*+)"'
    return re.compile(
        rf"""(?:[^<]++|</?(?:{tag})>
            |<(?:{tag})(?:[ ](?:{common}))++>
            |<a(?:[ ](?:{common}|href="{address}))++>
            |<img(?:[ ](?:{common}|alt="[^"]*+"|src="{address}))++>
            |<t[dh][ ]align="[a-z]++">|<ol[ ]start="[0-9]++">)*+""".replace("\n            ", "")
    )


HARMLESS = _harmless()


def removals(html: str, text: Text, ledger: Ledger) -> None:
    """Report what `clean` will take out of `html`, tag by tag, in order."""
    if "<" not in text.written and HARMLESS.fullmatch(html):
        return
    reader = _Reader(text, ledger)
    reader.feed(html)
    reader.close()
    reader.finish()


class _Reader(HTMLParser):
    def __init__(self, text: Text, ledger: Ledger) -> None:
        super().__init__(convert_charrefs=True)
        self.text = text
        self.ledger = ledger
        self.spot = 0  # not `offset`: the parser keeps a count of its own under that name
        self.open: list[tuple[str, int | None]] = []
        """Tag, and where the author wrote it (None: Markdown made it)."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = next((offset_in(value or "") for name, value in attrs if name == ATTRIBUTE), None)
        self.spot = self.spot if own is None else own
        if tag not in allowed.VOID:
            typed = own is not None and self.text.written[own : own + 1] == "<"
            self.open.append((tag, own if typed else None))
        if tag not in allowed.TAGS:
            if own is None:
                self.seek(f"<{tag}")
            self.report(f"<{tag}>", allowed.INSTEAD.get(tag, "take the tag out"))
            return
        for name, value in attrs:
            for problem in self.attribute(tag, name, bare(value or "")):
                self.ledger.add(problem)

    def handle_endtag(self, tag: str) -> None:
        if tag not in [name for name, _ in self.open]:
            return
        while self.open:
            name, own = self.open.pop()
            if name == tag:
                return
            self.unclosed(name, own)

    def handle_pi(self, data: str) -> None:
        self.seek(f"<?{data[:12]}")
        self.report(f"<?{data[:12]}>", "take it out")

    def handle_decl(self, decl: str) -> None:
        self.seek(f"<!{decl[:12]}")
        self.report(f"<!{decl[:12]}>", "take it out")

    def seek(self, words: str) -> None:
        """For what carries no mark: the next place where it stands."""
        found = self.text.written.find(words, self.spot)
        self.spot = self.spot if found < 0 else found

    def parse_html_declaration(self, i: int) -> int:
        """The standard one stops with an AssertionError at `<![x` (Python issue 77057)."""
        if self.rawdata[i : i + 3] == "<![":
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def finish(self) -> None:
        for name, own in self.open:
            self.unclosed(name, own)

    def unclosed(self, tag: str, own: int | None) -> None:
        if own is not None and tag in allowed.TAGS - allowed.MAY_STAY_OPEN:
            place = self.text.place(own)
            hint = f"write </{tag}> where it ends"
            self.ledger.add(error("unclosed-tag", place, f"<{tag}> is never closed", hint))

    def report(self, what: str, instead: str) -> None:
        place = self.text.place(self.spot)
        self.ledger.add(error("unsafe-html", place, f"{what} is not allowed in a text", instead))

    def attribute(self, tag: str, name: str, value: str) -> Iterator[Problem]:
        place = self.text.place(self.spot)
        if name == ATTRIBUTE:
            return
        if name not in allowed.EVERYWHERE | allowed.OF_TAG.get(tag, frozenset()):
            message = f"the attribute {name!r} of <{tag}> is not allowed in a text"
            yield error("unsafe-html", place, message, allowed.INSTEAD.get(name, "take it out"))
        elif name in ("href", "src") and scheme_of(value) not in allowed.SCHEMES | {""}:
            message = f"'{scheme_of(value)}:' is not allowed in a link or picture"
            hint = f"allowed: {allowed.ADVERTISED}"
            if DRIVE.match(value) or scheme_of(value) == "file":
                hint = (
                    "this lies on one computer: link to a file of the site, like ../guides/name.md"
                )
            yield error("unsafe-link", place, message, hint)
        elif name in SHAPES and not SHAPES[name].fullmatch(value):
            hint = "letters, digits and hyphens, a letter first"
            yield error("unsafe-html", place, f"{value!r} is no {name}", hint)
