"""(seed, number of articles) -> the same articles, free of any generator's dialect.

    Outline   what other articles may know of one: id, title, kind; cheap for all 100,000
    Article   one of them whole: relations, citations, blocks of text

Front pages (home, safety, references ...) come with every corpus, whatever its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.words import HEADINGS, SLOTS, filled, sentence, sentences

FIRST_DAY = date(2026, 1, 1)
DAYS = 280
EDITABLE = "tangerine"
"""The word an edit replaces: once in every body, in the sentence `SPOT`."""
SPOT = f"The word on the card beside the bell is {EDITABLE}, and it stays until somebody asks."
FOLDERS = ("mechanisms", "conditions", "methods", "guides")
FEW: Mapping[str, tuple[int, int]] = {
    "mechanisms": (4, 12),
    "methods": (6, 16),
    "conditions": (6, 80),
}
"""Folder -> pages in a small and in a large site: what a site is about grows slowly."""
LABELS = {"mechanisms": "Way", "conditions": "Reason", "methods": "Kind", "guides": "Guide"}
CITED, EXPLAINED, LINKED = 5, 3, 10
"""Citations, glossary words and links in an article."""
HUBS = {
    "mechanisms": "Ways through the house",
    "conditions": "Reasons to come by",
    "methods": "Kinds of rooms",
    "guides": "Guides to the house",
}


@dataclass(frozen=True, slots=True)
class Link:
    """`to` is a page's id: guides/guide-12"""

    words: str
    to: str


@dataclass(frozen=True, slots=True)
class Term:
    words: str
    id: str


@dataclass(frozen=True, slots=True)
class Cite:
    key: str


Inline = str | Link | Term | Cite
Run = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    run: Run


@dataclass(frozen=True, slots=True)
class Items:
    runs: tuple[Run, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A card: `name` is one of Coldpress's containers."""

    name: str
    title: str
    runs: tuple[Run, ...]


Block = Heading | Paragraph | Items | Table | Box


@dataclass(frozen=True, slots=True)
class Outline:
    """`number` counts within the folder, from 1; 0 is a front page."""

    id: str
    title: str
    number: int = 0
    layout: str = ""

    @property
    def folder(self) -> str:
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        return self.id.partition("/")[2]

    @property
    def is_hub(self) -> bool:
        return self.name == "index" and self.folder != "pages"


@dataclass(frozen=True, slots=True)
class Article:
    outline: Outline
    label: str
    description: str
    updated: date
    summary: Run
    key_points: tuple[Run, ...]
    blocks: tuple[Block, ...]
    related: tuple[Outline, ...] = ()
    relations: Mapping[str, tuple[str, ...]] | None = None
    """Folder -> names of its pages this one is about."""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """What texts may point at: keys of references, ids of glossary terms."""

    references: tuple[str, ...]
    terms: tuple[str, ...]


def counts(articles: int) -> dict[str, int]:
    """Folder -> how many of the articles; most are guides."""
    share = min(articles / 10_000, 1) ** 0.5
    few = {
        name: min(round(low + (high - low) * share), articles // 7)
        for name, (low, high) in FEW.items()
    }
    return {**few, "guides": articles - sum(few.values())}


def outlines(seed: int, articles: int) -> dict[str, tuple[Outline, ...]]:
    """Folder -> its articles, without the hub."""
    return {
        folder: tuple(outlined(seed, folder, n) for n in range(1, count + 1))
        for folder, count in counts(articles).items()
    }


def outlined(seed: int, folder: str, number: int) -> Outline:
    random = Random(f"{seed} title {folder} {number}")
    thing, room = random.choice(SLOTS["thing"]), random.choice(SLOTS["room"])
    word = LABELS[folder]
    title = f"{word} {number}: the {thing} in the {room}"
    return Outline(f"{folder}/{word.lower()}-{number}", title, number)


def article(
    seed: int, one: Outline, all_of: Mapping[str, Sequence[Outline]], sources: Sources
) -> Article:
    """An article whole. Needs only outlines of the others, so a large corpus is never in memory."""
    random = Random(f"{seed} text {one.id}")
    related = tuple(pick(random, all_of["guides"], 4, one))
    near = {
        folder: pick(random, all_of[folder], 2, one)
        for folder in ("mechanisms", "conditions", "methods")
    }
    linked = [*related, *(o for some in near.values() for o in some)]
    cites = [Cite(key) for key in random.sample(sources.references, CITED)]
    terms = random.sample(sources.terms, EXPLAINED)
    return Article(
        outline=one,
        label=f"{LABELS[one.folder]} {one.number}",
        description=f"{LABELS[one.folder]} {one.number} of the house: {sentence(random)}"[:190],
        updated=FIRST_DAY + timedelta(days=random.randrange(DAYS)),
        summary=(sentence(random).removesuffix("."), " ", cites[0], "."),
        key_points=(
            (f"**The room.** {sentence(random)}",),
            (f"**The day.** {sentence(random)}",),
            (f"**Take note.** {sentence(random).removesuffix('.')}", " ", cites[1], "."),
        ),
        blocks=tuple(body(random, linked, cites, terms)) + before_booking(one),
        related=related,
        relations={folder: tuple(o.name for o in some) for folder, some in near.items() if some},
        findings=(f"{one.name}-first", f"{one.name}-second") if one.folder != "guides" else (),
    )


def pick(random: Random, of: Sequence[Outline], count: int, but: Outline) -> list[Outline]:
    if not of:
        return []
    chosen = (of[random.randrange(len(of))] for _ in range(count))
    return [one for one in dict.fromkeys(chosen) if one.id != but.id]


def body(
    random: Random, linked: Sequence[Outline], cites: Sequence[Cite], terms: Sequence[str]
) -> Iterator[Block]:
    """Five kilobytes: 7 headings, 10 links, a table, two lists, a card."""
    links = [Link(other.title.partition(":")[0], other.id) for other in linked]
    links += [Link("opening times", "pages/faq"), Link("safety list", "pages/safety")]
    loose: list[Inline] = [*links[:LINKED]]
    loose += [Term("the list of words", term) for term in terms]
    loose += cites[2:]
    random.shuffle(loose)
    yield Paragraph((sentences(random, 3),))
    yield Paragraph((SPOT, " ", sentence(random)))
    used: set[str] = set()
    for number in range(7):
        yield Heading(3 if number in (2, 5) else 2, fresh(random, used))
        for _ in range(2):
            yield Paragraph(paragraph(random, loose))
        if number == 1:
            yield table(random)
        if number in (3, 4):
            yield Items(tuple((sentence(random),) for _ in range(5)), numbered=number == 4)
        if number == 5:
            yield Box("tip", "Good to know", ((sentence(random),), (sentence(random),)))
    while loose:
        yield Paragraph(paragraph(random, loose))


def fresh(random: Random, used: set[str]) -> str:
    while (text := filled(random, random.choice(HEADINGS))) in used:
        pass
    used.add(text)
    return text


def paragraph(random: Random, loose: list[Inline]) -> Run:
    """Two or three sentences; one link, term or citation is taken from what is still loose."""
    if not loose:
        return (sentences(random, 2),)
    one = loose.pop()
    first = sentence(random)
    if isinstance(one, Cite):
        return (first.removesuffix("."), " ", one, ". ", sentence(random))
    return (f"{first} See also ", one, f" on this. {sentence(random)}")


def table(random: Random) -> Table:
    rows = []
    for day in SLOTS["day"][:5]:
        cells = (random.choice(SLOTS[slot]) for slot in ("room", "thing", "colour"))
        rows.append((day, *(cell[:1].upper() + cell[1:] for cell in cells)))
    return Table(("Day", "Room", "Thing", "Colour"), tuple(rows))


def before_booking(one: Outline) -> tuple[Block, ...]:
    """What Coldpress asks of a condition or method page before it may offer booking."""
    if one.folder not in ("conditions", "methods"):
        return ()
    return (
        Heading(2, "Before you book"),
        Box("ask", "Ask first if you:", (("have a question about the room",),)),
        Paragraph(("See the ", Link("whole list", "pages/safety"), ".")),
        Box("emergency", "Call 911 now if:", (("somebody in the room needs help",),)),
    )


def front(seed: int, ids: Iterable[str], layouts: Mapping[str, str]) -> Iterator[Article]:
    """Pages every site has: those the menu names, the hubs, and the special layouts."""
    hubs = {f"{folder}/index" for folder in FOLDERS}
    for id in sorted({*ids, *layouts, *hubs}):
        random = Random(f"{seed} front {id}")
        folder, _, name = id.partition("/")
        words = name.replace("-", " ")
        title = HUBS[folder] if id in hubs else f"About {words} in this house"
        yield Article(
            outline=Outline(id, title, layout=layouts.get(id, "")),
            label=title if id in hubs else words.capitalize(),
            description=f"What this page says about {folder} and {words}: {sentence(random)}"[:190],
            updated=FIRST_DAY,
            summary=(sentence(random),),
            key_points=(),
            blocks=tuple(Paragraph((sentences(random, 3),)) for _ in range(3)),
        )
