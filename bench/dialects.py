"""Article -> plain Markdown with front matter, as Hugo, Eleventy, MkDocs and Pelican take it.

The peers are spared what Coldpress does by itself: links are written as finished addresses, the
titles of related pages and the words of a footnote stand in the file. Cards become quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bench.articles import (
    Article,
    Block,
    Box,
    Cite,
    Heading,
    Inline,
    Items,
    Link,
    Paragraph,
    Run,
    Table,
    Term,
)
from bench.corpus import RECORD, Corpus, tabled

FIELD = re.compile(r'^  (authors|title|journal|year): "?(.*?)"?$', re.MULTILINE)


def notes(made: Corpus) -> Mapping[str, str]:
    """Key of a reference -> the words of its footnote."""
    starts = [*RECORD.finditer(made.references)]
    ends = [*(found.start() for found in starts[1:]), len(made.references)]
    return {
        found[1]: note(dict(FIELD.findall(made.references[found.end() : end])))
        for found, end in zip(starts, ends, strict=True)
    }


def note(fields: Mapping[str, str]) -> str:
    known = (fields.get(name, "null") for name in ("authors", "title", "journal", "year"))
    return ". ".join(words for words in known if words != "null") + "."


def address(id: str) -> str:
    """pages/faq -> /faq/, guides/index -> /guides/, pages/index -> /"""
    folder, _, name = id.partition("/")
    parts = [part for part in (folder, name) if part not in ("pages", "index")]
    return "/" + "".join(f"{part}/" for part in parts)


def yaml_text(one: Article, words_of: Mapping[str, str], extra: Mapping[str, str]) -> str:
    """For Hugo, Eleventy and MkDocs."""
    return "\n".join(["---", *yaml_matter(one, extra), "---", "", body(one, words_of)])


def yaml_matter(one: Article, extra: Mapping[str, str]) -> Iterator[str]:
    yield f'title: "{one.outline.title}"'
    yield f'description: "{one.description}"'
    yield f'summary: "{bare(one.summary)}"'
    yield f"date: {one.updated.isoformat()}"
    yield from (f"{name}: {value}" for name, value in extra.items())
    if one.key_points:
        yield "key_points:"
        yield from (f'  - "{bare(point)}"' for point in one.key_points)
    if one.related:
        yield "related:"
        for other in one.related:
            yield f'  - title: "{other.title}"'
            yield f"    url: {address(other.id)}"


def pelican_text(one: Article, words_of: Mapping[str, str]) -> str:
    return "\n".join([*pelican_matter(one), "", body(one, words_of)])


def pelican_matter(one: Article) -> Iterator[str]:
    """Lines `Name: value`; a list goes on in indented lines."""
    yield f"Title: {one.outline.title}"
    yield f"Date: {one.updated.isoformat()}"
    yield f"Slug: {one.outline.name}"
    yield f"Description: {one.description}"
    yield f"Lead: {bare(one.summary)}"
    rows = {
        "Points": [bare(point) for point in one.key_points],
        "Near": [f"{address(other.id)} {other.title}" for other in one.related],
    }
    for name, values in rows.items():
        yield from (
            f"{name}: {value}" if number == 0 else f"    {value}"
            for number, value in enumerate(values)
        )


def body(one: Article, words_of: Mapping[str, str]) -> str:
    cited = [
        part.key
        for block in one.blocks
        if isinstance(block, Paragraph)
        for part in block.run
        if isinstance(part, Cite)
    ]
    texts = [text_of(block) for block in one.blocks]
    return "\n".join([*texts, *(f"[^{key}]: {words_of[key]}\n" for key in dict.fromkeys(cited))])


def text_of(block: Block) -> str:
    match block:
        case Heading(level, text):
            written = f"{'#' * level} {text}"
        case Paragraph(run):
            written = inline(run)
        case Items(runs, numbered):
            written = listed(runs, "1." if numbered else "-")
        case Table():
            written = tabled(block)
        case Box(_, title, runs):
            inside = listed(runs, "-").replace("\n", "\n> ")
            written = f"> **{title}**\n>\n> {inside}"
    return f"{written}\n"


def listed(runs: Sequence[Run], mark: str) -> str:
    return "\n".join(f"{mark} {inline(run)}" for run in runs)


def inline(run: Run) -> str:
    return "".join(map(spelled, run))


def spelled(part: Inline) -> str:
    match part:
        case Link(words, to):
            return f"[{words}]({address(to)})"
        case Term(words, id):
            return f"[{words}](/glossary/#{id})"
        case Cite(key):
            return f"[^{key}]"
        case str():
            return part


def bare(run: Run) -> str:
    """Words alone, for front matter."""
    words = "".join(part for part in run if isinstance(part, str))
    return words.replace(" .", ".").replace("**", "")
