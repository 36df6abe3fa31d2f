"""problems + Report -> text for people, JSON, GitHub annotations or SARIF 2.1.0."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from coldpress.machines import as_github, as_json, as_sarif, lines_of
from coldpress.model import Published, Report
from coldpress.problems import Problem, errors_in, in_order

MOST_PER_FILE = 20
WIDTH = 100
"""Columns of a source excerpt. A longer line is cut around the spot."""
COLOURS = {"error": "\x1b[31;1m", "advice": "\x1b[33;1m", "dim": "\x1b[2m", "": "\x1b[0m"}


def render(
    problems: Iterable[Problem],
    report: Report | None,
    *,
    format: str,
    source: Path,
    colour: bool = False,
    quiet: bool = False,
) -> str:
    """All there is to print. `report` is None when the build failed."""
    ordered = tuple(in_order(problems))
    if format == "json":
        return as_json(ordered, report)
    if format == "github":
        return as_github(ordered, source)
    if format == "sarif":
        return as_sarif(ordered, source)
    shown = errors_in(ordered) if quiet else ordered
    blocks = [as_text(shown, source, colour=colour)]
    if report is None:
        blocks.append(_failed(ordered))
    elif not quiet:
        blocks.append(closing(report))
    return "\n\n".join(block for block in blocks if block)


# --------------------------------------------------------------------------- text


class Ink(Struct, frozen=True):
    """Colours on a terminal, nothing elsewhere."""

    on: bool

    def __call__(self, name: str, text: str) -> str:
        return f"{COLOURS[name]}{text}{COLOURS['']}" if self.on else text


def as_text(problems: Sequence[Problem], source: Path, *, colour: bool = False) -> str:
    """Every problem with the line it is about, at most 20 a file."""
    ink = Ink(colour)
    blocks: list[str] = []
    for path, group in groupby(problems, key=lambda problem: problem.path):
        found = list(group)
        lines = lines_of(source, path)
        blocks += [_block(problem, lines, ink) for problem in found[:MOST_PER_FILE]]
        if len(found) > MOST_PER_FILE:
            blocks.append(f"{_plain(path)}: and {len(found) - MOST_PER_FILE} more problems")
    return "\n\n".join(blocks)


def _block(problem: Problem, lines: Sequence[str], ink: Ink) -> str:
    level = ink(problem.level, f"{problem.level}[{problem.rule}]")
    first = (
        f"{_plain(problem.path)}:{problem.line}:{problem.column}: {level}:"
        f" {_plain(problem.message)}"
    )
    hint = [f"  hint: {_plain(problem.hint)}"] if problem.hint else []
    return "\n".join([first, *_excerpt(problem, lines, ink), *hint])


def _excerpt(problem: Problem, lines: Sequence[str], ink: Ink) -> Iterator[str]:
    """The line, and a caret under the spot."""
    if not 0 < problem.line <= len(lines) or not lines[problem.line - 1].strip():
        return
    number = str(problem.line)
    before, after = _around(lines[problem.line - 1], problem.column - 1)
    margin = " " * len(number)
    yield f"  {ink('dim', f'{number} |')} {before}{after}"
    yield f"  {ink('dim', f'{margin} |')} {' ' * _width(before)}{ink(problem.level, '^')}"


def _around(line: str, column: int) -> tuple[str, str]:
    """What to show of a line, before the spot and from it on."""
    before, after = _plain(line[:column]), _plain(line[column:])
    if len(before) > WIDTH * 2 // 3:
        before = "…" + before[-(WIDTH // 2) :]
    room = WIDTH - len(before)
    return before, after if len(after) <= room else after[: room - 1] + "…"


def _plain(text: str) -> str:
    """Without signs that would move the caret or command the terminal."""
    return "".join(
        " " if sign == "\t" else sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for sign in text
    )


def _width(text: str) -> int:
    """Columns on a terminal: wide letters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(bool(unicodedata.combining(sign)) for sign in text)


def _failed(problems: Sequence[Problem]) -> str:
    errors = len(errors_in(problems))
    files = len({problem.path for problem in errors_in(problems)})
    told = f"{_count(errors, 'error')} in {_count(files, 'file')}; your live site was not changed"
    return "\n".join([told, *_mendable(problems)])


def _mendable(problems: Iterable[Problem]) -> Iterator[str]:
    """What to type when some of it can be mended without a person."""
    if number := sum(1 for problem in problems if problem.mend):
        yield f"{number} of them can be mended at once: python3 build.py check --fix"


# --------------------------------------------------------------------------- closing lines


def closing(report: Report) -> str:
    """What was built, what changed, what is scheduled, what comes after."""
    lines = [
        f"{_count(report.pages, 'page')}, {_count(report.words, 'word')},"
        f" {_count(report.outputs, 'file')}, {_size(report.size)} in {report.seconds:.1f} s"
    ]
    if report.published is not None:
        lines.append(_changes(report.published))
        lines += _paths("removed", report.published.removed)
    for moment, what, path in report.scheduled[:5]:
        lines.append(f"scheduled: {_moment(moment)}  {_plain(path)} {_plain(what)}")
    if report.next_change is not None:
        lines.append(f"build again after {_moment(report.next_change)}")
    if report.problems:
        lines.append(f"{_count(len(report.problems), 'piece')} of advice above")
    after = "preview: python3 build.py serve"
    lines.append(after if report.published is not None else "everything checked, nothing written")
    return "\n".join(lines)


def _changes(published: Published) -> str:
    return (
        f"{len(published.new)} new, {len(published.changed)} changed,"
        f" {len(published.removed)} removed, {published.unchanged} unchanged"
    )


def _paths(word: str, paths: Sequence[str]) -> Iterator[str]:
    for path in paths[:5]:
        yield f"{word}: {_plain(path)}"
    if len(paths) > 5:
        yield f"{word}: and {len(paths) - 5} more"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}".strip()


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"
