"""Citations: `[@key]`, `[@key1; @key2]`, `[@key, p. 3]` -> a token that stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from msgspec import Struct

from coldpress.markdown.ledger import Text
from coldpress.markdown.marks import MARK, bare, token
from coldpress.problems import Problem, error, meant, nearest

WRITTEN = re.compile(r"\[(@[^\[\]]*)\]")
ONE = re.compile(r"\s*@([^\s,;]*)\s*(?:,\s*(.*))?", re.DOTALL)
AGAIN = re.compile(r"(?:(?<=[\s,&])|^)@")
JOINT = re.compile(r" *(?:, *)?(?:(?:and|&) +)?(?=@)")
"""What people write between two keys when it is not a semicolon."""

BRACKETED = re.compile(r"\[([A-Za-z][A-Za-z0-9-]*)(?:[,;][^\[\]\n]*)?\]")
HANDLE = re.compile(r"(?<![\w@./=:\[])@([A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?)")
"""Not the second half of a mail address, nor a part of another one."""
CODE = re.compile(r"`|~~~|^(?: {4}|\t)", re.MULTILINE)


class Cited(Struct, frozen=True):
    key: str
    locator: str
    offset: int
    """Of the key, in the text."""
    rest: str = ""
    """All that follows the key, as written."""

    @property
    def end(self) -> int:
        """Where the key ends, in the text."""
        return self.offset + len(f"@{self.key}")


def cited_at(text: str, offset: int) -> tuple[Cited, ...]:
    """The parts of the citation that starts at `offset`; a part without @ has an empty key."""
    found = WRITTEN.match(text, offset)
    if found is None:
        return ()
    parts: list[Cited] = []
    start = found.start(1)
    for part in found[1].split(";"):
        one = ONE.match(part)
        key, locator = (one[1], one[2] or "") if one else ("", "")
        spaces = len(part) - len(part.lstrip())
        rest = part[one.end(1) :] if one else ""
        parts.append(Cited(key, " ".join(locator.split()), start + spaces, rest))
        start += len(part) + 1
    return tuple(parts)


def run_together(text: Text, part: Cited) -> Problem | None:
    """What follows a key and would be lost, or be read as a page's number: a second key, or words
    without the comma that parts them from the first."""
    if AGAIN.search(part.rest):
        joint = JOINT.match(part.rest)
        message = "two citations are parted by a semicolon, and none stands here"
        hint = "write it like [@one; @two] or [@one, p. 3; @two]"
        mend = text.mend(part.end, joint[0], "; ") if joint else None
        place = text.place(part.end + part.rest.index("@"))
        return error("unknown-citation", place, message, hint, mend)
    lost = part.rest.strip()
    if not lost or lost.startswith(","):
        return None
    message = f"{' '.join(lost.split())!r} stands behind the key without a comma, and would be lost"
    hint = f"write it like [@{part.key}, p. 3]"
    return error("unknown-citation", text.place(part.end), message, hint)


def unknown_citation(text: Text, part: Cited, known: AbstractSet[str]) -> Problem:
    key, right = part.key, meant(part.key, known) if part.key else ""
    hint = "keys stand in content/data/references.yaml"
    if not key:
        hint = "every key begins with @, a semicolon parts two: [@one; @two, p. 3]"
    return error(
        "unknown-citation",
        text.place(part.offset),
        f"there is no reference {key!r}" if key else "a citation is written [@key]",
        nearest(key, known) or hint,
        text.mend(part.offset, f"@{key}", f"@{right}") if right else None,
    )


def unwritten(words: str, text: Text, offset: int, known: AbstractSet[str]) -> Iterator[Problem]:
    """Keys of references that stand in plain words, where visitors would read them. `offset` is
    the last spot known before these words."""
    for mark in MARK.finditer(words):
        found = BRACKETED.match(bare(words[mark.end() :]))
        if found and found[1] in known:
            yield _bare_key(found[1], f"[{found[1]}", f"[@{found[1]}", text, int(mark[1]))
    for handle in HANDLE.finditer(bare(words)) if "@" in words else ():
        if handle[1] in known:
            yield _handle(handle[1], text, offset)


def _bare_key(key: str, was: str, becomes: str, text: Text, offset: int) -> Problem:
    message = f"{key!r} is shown as a word: this is no citation"
    mend = text.mend(offset, was, becomes) if was else None
    return error("unfinished-link", text.place(offset), message, f"did you mean [@{key}]?", mend)


def _handle(key: str, text: Text, offset: int) -> Problem:
    """Only its words are known, so it is mended where no other spot can have been meant."""
    written = [one for one in HANDLE.finditer(text.written, offset) if one[1] == key]
    start = written[0].start() if written else offset
    line = text.written[text.written.rfind("\n", 0, start) + 1 : start]
    inside = line.rfind("[") > line.rfind("]")
    sure = written and not inside and not (len(written) > 1 and CODE.search(text.written, offset))
    return _bare_key(key, f"@{key}" if sure else "", f"[@{key}]", text, start)


class Citation(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802  (Python-Markdown's name)
        self, m: re.Match[str], _data: str
    ) -> tuple[str, int, int]:
        return token(int(m[1])), m.start(0), m.end(0)


class Citations(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        pattern = rf"\ue002([0-9]+)\ue003{WRITTEN.pattern}"
        md.inlinePatterns.register(Citation(pattern, md), "citation", 175)
