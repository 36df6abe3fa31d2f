"""(seed, number of articles) -> a Coldpress site in a folder: site.yaml and content/.

The project's own site.yaml, references and glossary are taken as they are, with another address
and with limits that fit a hub of thousands of cards; templates and assets come from the project,
because a folder with site.yaml and content/ alone is a site. All checks pass, none is turned off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bench.articles import (
    Article,
    Block,
    Box,
    Cite,
    Heading,
    Inline,
    Items,
    Link,
    Outline,
    Paragraph,
    Run,
    Sources,
    Table,
    Term,
    article,
    front,
    outlines,
)

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://bench.example"
BUDGETS = """
markdown_twins: false    # no peer writes its pages twice
budgets:    # the lists of all articles grow with the corpus; the checks stay on
  page: 1000000000
  nodes: 1000000000
  nodes_table: 1000000000
social_cards: false    # none of the peers draws pictures of its pages
deploy:    # files of earlier builds would differ from those of a clean one
  keep_builds: 0
"""
# No search page: none of the peers' sites has one, and an index of all words is an edit of its own.
LAYOUTS = {
    "pages/index": "home",
    "pages/safety": "checklist",
    "pages/glossary": "glossary",
    "pages/references": "references",
    "pages/matrix": "matrix",
    "pages/kinds-compared": "methods-table",
    "pages/not-found": "not-found",
    "pages/contact": "contact",
}
PER_RECORDS = 1_000
"""Articles for which the project's references do; a larger corpus gets copies of them."""
MOST_COPIES = 10
GRADES = ("strong", "moderate", "limited", "conflicting", "insufficient")
RECORD = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):[ \t]*$", re.MULTILINE)
MENU = re.compile(r"^\s+(?:-\s+)?to:\s+\"?([a-z-]+/[a-z-]+)\.md\"?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What to write, in whichever dialect. Articles are made as they are asked for."""

    seed: int
    size: int
    outlines: dict[str, tuple[Outline, ...]]
    front: tuple[Article, ...]
    sources: Sources
    references: str
    """The records of references.yaml that articles cite."""
    glossary: str
    site: str

    def articles(self) -> Iterator[Article]:
        for one in chain.from_iterable(self.outlines.values()):
            yield article(self.seed, one, self.outlines, self.sources)

    def all(self) -> Iterator[Article]:
        yield from self.front
        yield from self.articles()


def corpus(size: int, seed: int = 1, project: Path = ROOT) -> Corpus:
    data = project / "content" / "data"
    references = copied((data / "references.yaml").read_text(), -(-size // PER_RECORDS))
    glossary = (data / "glossary.yaml").read_text()
    site = (project / "site.yaml").read_text()
    keys = Sources(tuple(RECORD.findall(references)), tuple(RECORD.findall(glossary)))
    return Corpus(
        seed=seed,
        size=size,
        outlines=outlines(seed, size),
        front=tuple(front(seed, MENU.findall(site), LAYOUTS)),
        sources=keys,
        references=references,
        glossary=glossary,
        site=site,
    )


def copied(records: str, times: int) -> str:
    """The records, and again under other keys: a larger site cites more."""
    start = RECORD.search(records)
    text = records[start.start() :] if start else ""
    return "\n".join(
        [records, *(RECORD.sub(rf"\1-{n}:", text) for n in range(2, min(times, MOST_COPIES) + 1))]
    )


def write_coldpress(made: Corpus, folder: Path) -> None:
    content = folder / "content"
    for one in made.all():
        write(content / f"{one.outline.id}.md", coldpress_text(one))
    write(content / "data" / "references.yaml", made.references)
    write(content / "data" / "glossary.yaml", made.glossary)
    write(content / "data" / "findings.yaml", "\n".join(findings(made)))
    write(folder / "site.yaml", own_site(made.site))


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def own_site(site: str) -> str:
    """The project's facts at another address, with room for long lists."""
    moved = re.sub(r"^base_url:.*$", f"base_url: {ADDRESS}", site, flags=re.MULTILINE)
    for section in ("budgets", "deploy"):
        moved = re.sub(rf"^{section}:.*\n(?:[ \t#].*\n)*", "", moved, flags=re.MULTILINE)
    return moved + BUDGETS


def findings(made: Corpus) -> Iterator[str]:
    """Two for each article that is not a guide: questions about rooms, graded in turn."""
    keys = made.sources.references
    turn = 0
    for folder in ("mechanisms", "conditions", "methods"):
        for one in made.outlines[folder]:
            for which in ("first", "second"):
                turn += 1
                yield from finding(made, one, which, turn, keys)


def finding(
    made: Corpus, one: Outline, which: str, turn: int, keys: Sequence[str]
) -> Iterator[str]:
    other = made.outlines["mechanisms" if one.folder == "conditions" else "conditions"]
    far = other[turn % len(other)]
    yield f"{one.name}-{which}:"
    yield f'  question: "Does the {which} list name the room of {one.name}?"'
    yield f"  {one.folder.removesuffix('s')}: {one.name}"
    yield f"  {far.folder.removesuffix('s')}: {far.name}"
    yield f'  outcome: "entries on the {which} list"'
    yield f"  grade: {GRADES[turn % len(GRADES)]}"
    yield "  direction: mixed"
    yield f"  references: [{keys[turn % len(keys)]}, {keys[(turn + 1) % len(keys)]}]"
    yield f'  sentence: "The {which} list may name the room of {one.name}."'
    yield ""


# --------------------------------------------------------------------------- Coldpress's dialect


def coldpress_text(one: Article) -> str:
    return "\n".join([*matter(one), "", *(text_of(block, one) for block in one.blocks), ""])


def matter(one: Article) -> Iterator[str]:
    yield "---"
    yield f'title: "{one.outline.title}"'
    yield f'label: "{one.label}"'
    yield f'description: "{one.description}"'
    yield f'summary: "{inline(one.summary, one)}"'
    yield f"updated: {one.updated.isoformat()}"
    yield from place(one.outline)
    yield from relations(one)
    yield "---"


def place(outline: Outline) -> Iterator[str]:
    if outline.number:
        yield f"order: {outline.number}"
    else:
        yield 'no_booking: "A page of the frame"'
    if outline.layout:
        yield f"layout: {outline.layout}"
    if outline.layout == "not-found":
        yield "robots: noindex"


def relations(one: Article) -> Iterator[str]:
    if one.key_points:
        yield "key_points:"
        yield from (f'  - "{inline(point, one)}"' for point in one.key_points)
    if one.findings:
        yield "ratings:"
        yield from (f"  - {{label: The list, finding: {key}}}" for key in one.findings)
    for folder, names in (one.relations or {}).items():
        yield f"{folder}: [{', '.join(names)}]"
    if one.related:
        yield f"related: [{', '.join(other.id for other in one.related)}]"


def text_of(block: Block, one: Article) -> str:
    """Markdown of a block, and the empty line after it."""
    match block:
        case Heading(level, text):
            written = f"{'#' * level} {text}"
        case Paragraph(run):
            written = inline(run, one)
        case Items(runs, numbered):
            written = listed(runs, one, "1." if numbered else "-")
        case Table():
            written = tabled(block)
        case Box(name, title, runs):
            written = f'::: {name} "{title}"\n{listed(runs, one, "-")}\n:::'
    return f"{written}\n"


def listed(runs: Sequence[Run], one: Article, mark: str) -> str:
    return "\n".join(f"{mark} {inline(run, one)}" for run in runs)


def tabled(table: Table) -> str:
    rows = (table.head, tuple("---" for _ in table.head), *table.rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def inline(run: Run, one: Article) -> str:
    return "".join(spelled(part, one) for part in run)


def spelled(part: Inline, one: Article) -> str:
    match part:
        case Link(words, to):
            folder, _, name = to.partition("/")
            path = f"{name}.md" if folder == one.outline.folder else f"../{to}.md"
            return f"[{words}]({path})"
        case Term(words, id):
            return f"[{words}](term:{id})"
        case Cite(key):
            return f"[@{key}]"
        case str():
            return part
