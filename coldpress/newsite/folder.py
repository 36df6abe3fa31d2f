"""a business -> the files of its site, and those files in a new folder."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coldpress.newsite.business import Business
from coldpress.problems import OperationError
from coldpress.slugs import slug_from

FILES = Path(__file__).parent / "files"
TOPICS = "topics"
AS_THEY_ARE = ("templates", "assets")
"""Folders of files that are copied: what stands in braces there is for the build."""
KINDS_OF_TOPIC = (("ask", "{}: what to ask before you book"), ("visit", "{}: how to get ready"))
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!>])")


def write(business: Business, folder: Path) -> tuple[str, ...]:
    """The files it wrote, relative to `folder`, which is made. A folder with anything in it is
    left alone. Raises OperationError."""
    try:
        if folder.exists() and any(folder.iterdir()):
            hint = "name a folder that is not there yet"
            raise OperationError(f"{folder} is not empty; nothing was written", hint)
        there = folder.exists()
        try:
            return tuple(_written(business, folder))
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
            if there:
                folder.mkdir(exist_ok=True)
            raise
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        raise OperationError(f"{folder} cannot be written: {why}", "name another folder") from None


def _written(business: Business, folder: Path) -> Iterator[str]:
    for name, text in files(business).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        yield name


def files(business: Business) -> Mapping[str, str]:
    """Path in the site's folder -> text."""
    env = environment()
    about = view(business)
    made: dict[str, str] = {}
    for path in sorted(FILES.rglob("*")):
        name = path.relative_to(FILES)
        if path.is_file() and name.parts[0] in AS_THEY_ARE:
            made[name.as_posix()] = path.read_text(encoding="utf-8")
        elif path.is_file() and name.parts[0] != TOPICS:
            made[name.as_posix()] = env.get_template(name.as_posix()).render(about)
    for topic in about["topics"]:
        text = env.get_template(f"{TOPICS}/{topic['kind']}.md").render(about | topic)
        made[f"content/guides/{topic['slug']}.md"] = text
    return made


def view(business: Business) -> dict[str, Any]:
    return {
        "name": business.name,
        "town": business.town,
        "booking": business.booking,
        "provider": business.provider,
        "base_url": business.base_url,
        "stand_in": business.stand_in,
        "topics": topics(business.topics),
        "words": words(business),
    }


def topics(names: tuple[str, ...]) -> list[dict[str, Any]]:
    """One article each, of two kinds in turn. A single topic gets both."""
    wanted = [(name, slug_from(name), _capital(name)) for name in names]
    if len(wanted) == 1:
        name, slug, _label = wanted[0]
        wanted.append((name, f"{slug}-visit", "Your visit"))
    slugs = [slug for _name, slug, _label in wanted]
    return [
        {
            "inline": name,
            "slug": slug,
            "label": label,
            "title": KINDS_OF_TOPIC[number % 2][1].format(_capital(name)),
            "kind": KINDS_OF_TOPIC[number % 2][0],
            "related": f"guides/{slugs[number - 1]}",
            "order": 10 * (number + 1),
        }
        for number, (name, slug, label) in enumerate(wanted)
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def words(business: Business) -> list[str]:
    """For the spelling check: what the owner wrote is spelled right."""
    written = " ".join((business.name, business.town, *business.topics))
    return sorted({word.casefold() for word in re.findall(r"[^\W\d_]{2,}", written)})


def environment() -> Environment:
    """Not for markup: YAML and Markdown have filters of their own."""
    made = Environment(
        loader=FileSystemLoader(FILES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"yaml": quoted, "text": plain}
    return made


def quoted(words: str) -> str:
    """As a value in YAML, whatever stands in it."""
    return json.dumps(words, ensure_ascii=False)


def plain(words: str) -> str:
    """As words in Markdown, whatever stands in it."""
    return MARKDOWN.sub(r"\\\1", words.replace("&", "&amp;").replace("<", "&lt;"))
