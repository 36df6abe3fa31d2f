"""problems + the site's folder -> its files mended where that is safe, and nothing else in them.

A mend says what stands at a place and what should. It is made only when exactly that still stands
there: whoever has saved the file in the meantime is not overwritten. Line ends, a byte order mark
and every byte outside of what is mended stay as they are.
"""

from __future__ import annotations

import codecs
import os
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from coldpress.problems import BuildError, Mend, OperationError, Problem, in_order
from coldpress.reading import read_bytes

MOST_BYTES = 2 * 1024 * 1024
MOST_ROUNDS = 10
"""A file that cannot be read hides what is wrong further in. Ten times is far more than enough."""
LINE_END = re.compile(r"(\r\n|\r|\n)")


class Mended(Struct, frozen=True):
    """`left` have a mend that could not be made now: the file is another one by now, or two
    mends are about the same words."""

    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    left: tuple[Problem, ...] = ()


def mend_all(find: Callable[[], Iterable[Problem]], source: Path) -> tuple[Mended, list[Problem]]:
    """Mend, look again and mend what shows now, until nothing is left to mend. `find` gives every
    problem of the site as it is at that moment. What was mended, and the problems that stay."""
    files: set[str] = set()
    done: list[Problem] = []
    problems = list(in_order(find()))
    for _ in range(MOST_ROUNDS):
        mended = mend(problems, source)
        if not mended.files:
            break
        files.update(mended.files)
        done += mended.problems
        problems = list(in_order(find()))
    left = tuple(problem for problem in problems if problem.mend)
    return Mended(tuple(sorted(files)), tuple(done), left), problems


def mend(problems: Iterable[Problem], source: Path) -> Mended:
    """Once: no new look. Raises OperationError when a file cannot be written."""
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in in_order(problems):
        if problem.mend is not None:
            by_file[problem.mend.place.path].append(problem)
    files: list[str] = []
    done: list[Problem] = []
    left: list[Problem] = []
    for path, wanted in sorted(by_file.items()):
        made = _file(source, path, wanted)
        done += made
        files += [path] if made else []
        left += [problem for problem in wanted if problem not in made]
    return Mended(tuple(files), tuple(done), tuple(left))


def _file(source: Path, path: str, wanted: Sequence[Problem]) -> list[Problem]:
    """Mends one file. Those of its problems that were mended."""
    if not _inside(source, path):
        return []
    try:
        raw = read_bytes(source, path, MOST_BYTES)
        mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
        text = raw[len(mark) :].decode("utf-8")
    except (BuildError, UnicodeDecodeError):
        return []
    new, made = mended_text(text, wanted)
    content = mark + new.encode()
    if content != raw:
        _replace(source / path, raw, content)
    return made if content != raw else []


def _inside(source: Path, path: str) -> bool:
    """A file of the site itself, not of a folder that a link leads to."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        return False
    return (source / path).parent.resolve().is_relative_to(source.resolve())


def mended_text(text: str, wanted: Iterable[Problem]) -> tuple[str, list[Problem]]:
    """The text with as many mends made as fit, and the problems they were for."""
    pieces = LINE_END.split(text)
    lines, ends = pieces[::2], [*pieces[1::2], ""]
    by_line: dict[int, list[Problem]] = defaultdict(list)
    for problem in wanted:
        if problem.mend is not None and 0 < problem.mend.place.line <= len(lines):
            by_line[problem.mend.place.line - 1].append(problem)
    made: list[Problem] = []
    for number, found in by_line.items():
        end = ends[number] or ends[0] or "\n"
        lines[number], here = _line(lines[number], found, end)
        made += here
    return "".join(part for pair in zip(lines, ends, strict=True) for part in pair), made


def _line(line: str, found: Iterable[Problem], end: str) -> tuple[str, list[Problem]]:
    out: list[str] = []
    made: list[Problem] = []
    done = 0
    for start, mend, problem in sorted(_spots(line, found), key=lambda spot: spot[:2]):
        if start >= done:
            out += [line[done:start], mend.becomes.replace("\n", end)]
            done = start + len(mend.was)
            made.append(problem)
    return "".join([*out, line[done:]]), made


def _spots(line: str, found: Iterable[Problem]) -> Iterator[tuple[int, Mend, Problem]]:
    for problem in found:
        if problem.mend is not None and (column := column_of(problem.mend, line)):
            yield column - 1, problem.mend, problem


def column_of(mend: Mend, line: str) -> int:
    """The column, from 1, on which what is to be mended begins on this line; 0 when it does not
    stand there, or is mended already. A value in quotes begins after its quote."""
    at = mend.place.column - 1
    quoted = line[at : at + 1] in ("'", '"')
    for start in (at, at + 1) if quoted else (at,):
        more = len(mend.becomes) > len(mend.was)  # `moderat` stands in `moderate` as well
        if mend.was == mend.becomes or (more and line.startswith(mend.becomes, start)):
            return 0
    starts = (start for start in (at, at + 1)[: 1 + quoted] if line.startswith(mend.was, start))
    return next(starts, -1) + 1 if mend.was else 0


# --------------------------------------------------------------------------- writing


def _replace(file: Path, before: bytes, content: bytes) -> None:
    """All of it or nothing: the new text is written beside the file and takes its name."""
    beside = None
    try:
        handle, beside = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=file.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(file, beside)
        if file.read_bytes() != before:
            raise OperationError(f"{file.name} was saved by another program", "run it once more")
        os.replace(beside, file)  # noqa: PTH105  (beside is a name, and both lie in one folder)
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        hint = "check that you may write it and that the disk is not full"
        raise OperationError(f"{file.name} cannot be written: {why}", hint) from failure
    finally:
        if beside is not None and os.path.exists(beside):  # noqa: PTH110
            os.unlink(beside)  # noqa: PTH108
