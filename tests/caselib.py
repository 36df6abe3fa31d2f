"""A case file -> the site folder it describes, and the exact problems that folder must give.

=== content/guides/cold.md
(text of the file)
=== problems
content/guides/cold.md:2:8: error[unquoted-colon]: what is wrong
  hint: what to do
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image

from coldpress.config import load_config, unconfirmed
from coldpress.load import load
from coldpress.model import Content, Options, Route
from coldpress.problems import BuildError, Problem
from coldpress.routes import route

CASES = Path(__file__).with_name("cases")
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
SITE = """\
name: Cold Spring
base_url: https://coldspring.com
base_url_confirmed: 2026-11-01
timezone: America/Los_Angeles
booking:
  url: https://booking.com/coldspring
  confirmed: 2026-11-01
"""
PICTURE = "(PNG)\n"
"""Stands in a case file for a small picture."""
PAGE = "---\ntitle: A page\ndescription: A page that has nothing wrong with it.\n---\nText.\n"


@dataclass(frozen=True)
class Case:
    files: Mapping[str, str]
    problems: str


def read_case(path: Path) -> Case:
    _, *parts = re.split(r"^=== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    return Case(sections, sections.pop("problems").rstrip("\n"))


def png(width: int = 3, height: int = 2) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height)).save(stream, "PNG")
    return stream.getvalue()


def write_site(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files, and a site.yaml and a home page where they give none."""
    for name, text in {"site.yaml": SITE, "content/pages/index.md": PAGE, **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        content = png() if text == PICTURE else text
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def options(root: Path, *, drafts: bool = False) -> Options:
    return Options(root, root / "output", NOW, drafts=drafts)


def read_site(
    root: Path, *, drafts: bool = False
) -> tuple[Content, Mapping[str, Route], tuple[Problem, ...]]:
    config = load_config(root, None)
    content, problems = load(config, options(root, drafts=drafts))
    routes, more = route(content, config)
    return content, routes, tuple(sorted({*problems, *more, *unconfirmed(config, NOW.date())}))


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Every problem of a site. The one place to change when more stages are to take part."""
    try:
        return read_site(root)[2]
    except BuildError as failed:
        return failed.problems


def as_lines(problems: Iterable[Problem]) -> str:
    return "\n".join(
        f"{p.path}:{p.line}:{p.column}: {p.level}[{p.rule}]: {p.message}\n  hint: {p.hint}"
        for p in problems
    )
