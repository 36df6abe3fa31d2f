"""A file of the site -> its bytes; bytes -> text. Only regular files, UTF-8, nothing invisible.

What lies under content/ may come from anyone: a link out of the folder is not followed, a named
pipe does not hang the build, and characters that look like nothing (or turn text around) are named.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from coldpress.problems import BuildError, Mend, Place, Problem, error

codecs.lookup("utf-8-sig")
"""A codec is a file as well. One that cannot be opened when it is first asked for (too many files
are open, say) stays unknown for as long as the process runs."""

TEXT_BYTES = 500_000
MOST_HIDDEN = 20
"""Lines with hidden characters reported for one text."""
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u2028\u2029"  # line breaks editors do not show: they would make every line number wrong
    "\u200b\u2060"  # take no room, and make two words of one for search: they come with pasted text
    "\u202a-\u202e\u2066-\u2069"  # turn the direction of text: what is read is not what is there
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufffe\uffff]"  # no characters at all, or private ones
)
UNSHOWN = re.compile(r"\.(?:heic|heif|tiff?|bmp|psd)$", re.IGNORECASE)
"""Pictures of phones, scanners and programs."""
CONFLICT = re.compile(r"^<{7} .*\n(?:.*\n)*?={7}\n(?:.*\n)*?>{7} ", re.MULTILINE)
NO_ROOM = "\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MARKS = {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_bytes(
    root: Path, path: str, max_bytes: int = TEXT_BYTES, smaller: str = "split it into smaller files"
) -> bytes:
    """Bytes of `root/path`. Raises BuildError: no regular file, too large, not readable. `smaller`
    says what to do with one that is too large."""
    try:
        with os.fdopen(os.open(root / path, _FLAGS), "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise BuildError([not_a_file(path, status.st_mode)])
            raw = stream.read(max_bytes + 1)
    except OSError as failure:
        raise BuildError([_unreadable(root, path, failure)]) from failure
    if len(raw) > max_bytes:
        message = f"this file is larger than {max_bytes // 1000} kB"
        raise BuildError([error("too-large", Place(path), message, smaller)])
    return raw


def not_a_file(path: str, mode: int) -> Problem:
    what = "a link to another place" if stat.S_ISLNK(mode) else "not an ordinary file"
    hint = "put the file itself here, not a link to it"
    return error("not-a-file", Place(path), f"this is {what}", hint)


def unshown(written: str) -> tuple[str, str]:
    """Message and hint for a picture of a kind that browsers do not show."""
    message = f"{written!r} is a picture of a kind that browsers do not show"
    return message, "save it as JPEG or PNG, and write that file's name"


def _unreadable(root: Path, path: str, failure: OSError) -> Problem:
    if (root / path).is_symlink():
        return not_a_file(path, stat.S_IFLNK)
    why = (failure.strerror or "unknown reason").lower()
    hint = "check that the file is still there and that you may read it"
    return error("unreadable-file", Place(path), f"this file cannot be read: {why}", hint)


def decode(raw: bytes, path: str) -> str:
    """UTF-8 with or without a byte order mark, any line ends, to text with `\\n`. Raises BuildError
    with every line that holds a hidden character."""
    for mark, name in MARKS.items():
        if raw.startswith(mark):
            raise BuildError([_not_utf8(Place(path), f"this file is saved as {name}")])
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as failure:
        raise BuildError([_bad_byte(raw, path, failure)]) from failure
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if problems := [*hidden(text, Place(path)), *_conflict(text, path)]:
        raise BuildError(problems)
    return text


def _conflict(text: str, path: str) -> Iterator[Problem]:
    """Where two people changed the same lines, git writes both down and leaves the choice. Shown
    in a block of code it is an example."""
    found = CONFLICT.search(text) if "<<<<<<< " in text else None
    if found and text.count("\n```", 0, found.start() + 1) % 2 == 0:
        place = Place(path, text.count("\n", 0, found.start()) + 1)
        message = "two versions of these lines stand here, down to '>>>>>>>'"
        hint = "keep one version, and take the lines with <<<<<<<, ======= and >>>>>>> out"
        yield error("merge-conflict", place, message, hint)


def _bad_byte(raw: bytes, path: str, failure: UnicodeDecodeError) -> Problem:
    at = failure.start + (len(raw) - len(failure.object))
    line_start = raw.rfind(b"\n", 0, at) + 1
    column = len(raw[line_start:at].decode("utf-8", "replace")) + 1
    place = Place(path, raw.count(b"\n", 0, at) + 1, column)
    return _not_utf8(place, f"byte {at + 1} of this file is not UTF-8 text")


def _not_utf8(place: Place, message: str) -> Problem:
    return error("not-utf8", place, message, "save the file as UTF-8 in your editor")


def hidden(text: str, start: Place) -> Iterator[Problem]:
    """The first hidden character of every line. `start`: where the text begins."""
    yield from islice(_hidden(text, start), MOST_HIDDEN)


def _hidden(text: str, start: Place) -> Iterator[Problem]:
    if not HIDDEN.search(text):
        return
    for number, line in enumerate(text.split("\n")):
        if found := HIDDEN.search(line):
            column = found.start() + (start.column if number == 0 else 1)
            place = Place(start.path, start.line + number, column)
            sign = found[0]
            name = unicodedata.name(sign, "a control character").lower()
            message = f"hidden character U+{ord(sign):04X} ({name})"
            hint = "delete it and type the text again"
            yield error("hidden-character", place, message, hint, _without(place, line, found))


def _without(place: Place, line: str, found: re.Match[str]) -> Mend | None:
    """All of a line's characters that take no room, from the first on: nothing is lost with them.
    What stands for a lost letter (a control character, a private sign) somebody has to look at."""
    signs = [(at.start(), at[0]) for at in HIDDEN.finditer(line)]
    if any(sign not in NO_ROOM for _at, sign in signs):
        return None
    was = line[found.start() : signs[-1][0] + 1]
    return Mend(place, was, HIDDEN.sub("", was))
