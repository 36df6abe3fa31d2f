"""A case file of one mistake -> the site with that mistake in it, and what must be said of it.

The mistake is made in a copy of a small site of real pages (tests/cases/mistakes/site). The spot
where a person would put her finger is marked by hand in the case file, so that the place a message
gives is compared with something the program did not say itself:

    A title with a colon, and no quotes.

    === change content/guides/cold-or-heat.md
    -title: "Cold or heat: which one for which pain?"
    +title: Cold or heat▶: which one for which pain?
    === problems
    content/guides/cold-or-heat.md:2:20: error[unquoted-colon]: ...
    === mended
    content/guides/cold-or-heat.md:2: title: "Cold or heat: which one for which pain?"

Other steps: `new PATH` (its text), `rename PATH -> PATH`, `remove PATH`, `save PATH as utf-16`,
`picture PATH kind`. `at PATH:LINE:COLUMN` stands where no text can carry the mark, `missed` (why)
where the message gives another line. Signs nobody can see are written <U+200B>.

`python3 -m tests.mistakes` writes `problems` and `mended` anew from what the program says now.
"""

from __future__ import annotations

import difflib
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coldpress.mending import mend
from coldpress.problems import Problem
from tests import sites
from tests.caselib import CASES, as_lines, png

FOLDER = CASES / "mistakes"
SITE = FOLDER / "site"
MARK = "▶"
UNSEEN = re.compile(r"<U\+([0-9A-F]{4,5})>")
PICTURES: Mapping[str, bytes] = {
    "png": png(600, 400),
    "page": b"<!doctype html><title>Not found</title><p>The picture is not here.",
    "cut": png(600, 400)[:200],
}
"""What lies behind a picture's name: a picture, an error page saved as one, half a picture."""


@dataclass(frozen=True)
class Mistake:
    name: str
    about: str
    steps: tuple[tuple[str, str], ...]
    """Words of a step, and the text under it."""
    problems: str = ""
    mended: str = ""
    missed: str = ""
    at: tuple[str, int, int] | None = field(default=None)


def mistakes() -> list[Mistake]:
    return [read(path) for path in sorted(FOLDER.glob("*.txt"))]


def read(path: Path) -> Mistake:
    about, *parts = re.split(r"^=== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    steps, said = [], {"problems": "", "mended": "", "missed": ""}
    at = None
    for words, text in zip(parts[::2], parts[1::2], strict=True):
        if words in said:
            said[words] = text.rstrip("\n")
        elif words.startswith("at "):
            file, line, column = words[3:].rsplit(":", 2)
            at = (file, int(line), int(column))
        else:
            steps.append((words, text))
    return Mistake(path.stem, about.strip(), tuple(steps), **said, at=at)


# --------------------------------------------------------------------------- making it


def make(mistake: Mistake, site: Path) -> tuple[str, int, int]:
    """The mistake, made in a site's folder. Where it is: file, line, column."""
    places = [place for step in mistake.steps if (place := _step(site, *step))]
    if mistake.at is not None:
        return mistake.at
    assert len(places) == 1, f"{mistake.name}: mark one spot"
    return places[0]


def _step(site: Path, words: str, text: str) -> tuple[str, int, int] | None:
    step, _, rest = words.partition(" ")
    match step:
        case "change":
            return _change(site / rest, rest, text)
        case "new":
            return _written(site / rest, rest, _seen(text))
        case "rename":
            old, _, new = rest.partition(" -> ")
            (site / old).rename(site / new)
        case "remove":
            (site / rest).unlink()
        case "save":
            path, _, how = rest.rpartition(" as ")
            (site / path).write_bytes(_saved((site / path).read_text(encoding="utf-8"), how))
        case "picture":
            path, _, kind = rest.rpartition(" ")
            (site / path).write_bytes(PICTURES[kind])
        case _:
            raise AssertionError(f"no such step: {words}")
    return None


def _change(file: Path, path: str, text: str) -> tuple[str, int, int] | None:
    lines = [line for line in text.split("\n") if line]
    old = "".join(f"{_seen(line[1:])}\n" for line in lines if line[0] in "- ")
    new = "".join(f"{_seen(line[1:])}\n" for line in lines if line[0] in "+ ")
    before = file.read_text(encoding="utf-8")
    assert before.count(old) == 1, f"{path} has these lines {before.count(old)} times: {old}"
    return _written(file, path, before.replace(old, new))


def _written(file: Path, path: str, text: str) -> tuple[str, int, int] | None:
    """Writes the text without its mark, and says where that stood."""
    at = text.find(MARK)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace(MARK, ""), encoding="utf-8", newline="")
    if at < 0:
        return None
    assert text.count(MARK) == 1, f"{path}: mark one spot"
    return path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _seen(text: str) -> str:
    return UNSEEN.sub(lambda found: chr(int(found[1], 16)), text)


def _saved(text: str, how: str) -> bytes:
    if how == "crlf":
        return text.replace("\n", "\r\n").encode()
    return text.encode({"bom": "utf-8-sig"}.get(how, how))


# --------------------------------------------------------------------------- what is said


def found_in(site: Path) -> tuple[Problem, ...]:
    return sites.problems(site)


def only_new(found: Iterable[Problem], before: Iterable[Problem]) -> tuple[Problem, ...]:
    """What the mistake brings. A line more or less above moves what was said before."""
    known = {(p.path, p.rule, p.message) for p in before}
    return tuple(p for p in found if (p.path, p.rule, p.message) not in known)


def texts(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for folder in (site / "content", site / "site.yaml")
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))
        if path.is_file()
    }


def difference(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """Lines that are not as they were: `path:3: the line now`."""
    for path, raw in after.items():
        old, new = (_lines(one) for one in (before[path], raw))
        for tag, _a, _b, start, end in difflib.SequenceMatcher(None, old, new).get_opcodes():
            if tag != "equal":
                yield from (f"{path}:{n + 1}: {new[n]}" for n in range(start, end))
                yield from [f"{path}:{start + 1}: (gone)"] if start == end else []


def _lines(raw: bytes) -> Sequence[str]:
    return [_shown(line) for line in raw.decode("utf-8", "replace").split("\n")]


def _shown(line: str) -> str:
    return "".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in line)


def expected(mistake: Mistake, found: Iterable[Problem]) -> str:
    """What was found, as a case file has it: every error, and advice of the rules it names. A new
    rule that has something to say about the same words changes no case."""
    return as_lines(p for p in found if p.level == "error" or f"[{p.rule}]" in mistake.problems)


def prepared(folder: Path) -> Path:
    """The site without a mistake, its cache filled."""
    shutil.copytree(SITE, folder)
    return folder


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        clean = prepared(Path(name) / "clean")
        before = found_in(clean)
        for mistake in mistakes():
            site = Path(name) / mistake.name
            shutil.copytree(clean, site)
            make(mistake, site)
            written, found = texts(site), only_new(found_in(site), before)
            mend(found, site)
            _update(mistake, as_lines(found), "\n".join(difference(written, texts(site))))


def _update(mistake: Mistake, problems: str, mended: str) -> None:
    file = FOLDER / f"{mistake.name}.txt"
    head = re.split(r"^=== problems\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[0]
    parts = [head.rstrip("\n"), "=== problems", problems or "(none)"]
    parts += ["=== mended", mended] if mended else []
    file.write_text("\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
