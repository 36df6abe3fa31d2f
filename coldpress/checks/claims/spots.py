"""Site -> Spots: every sentence that reaches a reader, and what is asked of it where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import force_setattr

from coldpress.checks.claims.folding import folded
from coldpress.checks.claims.signs import signs_in, words_in
from coldpress.model import Page, Site
from coldpress.problems import Place
from coldpress.schema import Finding, SiteFacts
from coldpress.sentences import LINES, Sentence, sentences_in
from coldpress.source_sentences import source_sentences

STRICT = frozenset({"conditions", "mechanisms", "methods"})
OFFERS = frozenset({"tagline", "booking.label"})
BLANK = re.compile(r"\{\w*\}")


class Spot(Struct, frozen=True):
    """A sentence, and what it is about."""

    sentence: Sentence
    owner: str
    """Page id, or "site", "strings", "findings.x", "references.x", "glossary.x"."""
    lang: str
    about: tuple[tuple[str, str], ...] = ()
    """What its page is about: ("condition", "arthritis"), one of them true of a finding."""
    strict: bool = False
    """An effect without a citation is an error here, not advice."""
    citable: bool = True
    """Whether a citation can stand here at all."""
    offer: bool = False
    """Words of a button, a slogan or the booking card."""
    finding: Finding | None = None
    text: str = ""
    """Of the sentence, folded: worked out, as are the two that follow."""
    words: Sequence[str] = ()
    signs: int = 0
    """What its words are signs of."""

    def __post_init__(self) -> None:
        text = folded(self.sentence.text)
        words = words_in(text)
        force_setattr(self, "text", text)
        force_setattr(self, "words", words)
        force_setattr(self, "signs", signs_in(text, words, self.lang))


def site_spots(site: Site) -> tuple[Spot, ...]:
    """What stands in no page."""
    found = (facts_spots(site), strings_spots(site), data_spots(site), offer_spots(site))
    return tuple(spot for some in found for spot in some)


def page_spots(page: Page) -> Iterator[Spot]:
    source = page.source
    folder = source.kind.folder
    layout = getattr(source.matter, "layout", "")
    strict = folder in STRICT or layout == "home"
    about = tuple(subjects(folder, source.name))
    for sentence in source_sentences(source):
        citable = sentence.kind not in LINES
        yield Spot(sentence, page.id, source.lang, about, strict and citable, citable)


def subjects(folder: str, name: str) -> Iterator[tuple[str, str]]:
    if folder in STRICT and name != "index":
        yield folder.removesuffix("s"), name


def facts_spots(site: Site) -> Iterator[Spot]:
    for block, (field, words) in enumerate(facts_texts(site.config.facts)):
        like = Sentence("", _fact_place(site, field), "fact", block)
        for sentence in sentences_in(words, like):
            offer = field in OFFERS or field.startswith("booking.variants")
            yield Spot(sentence, "site", site.lang, strict=offer, citable=False, offer=offer)


def _fact_place(site: Site, field: str) -> Place:
    """Where the words of this edition stand: perhaps among the translations."""
    own = f"translations.{site.lang}.{field.removesuffix('.label')}"
    places = site.config.places
    return places.get(own) or site.config.place(field)


def _place(site: Site, field: str, fallback: Place) -> Place:
    """In a translation, that of its own file."""
    return site.places.get(f"{site.lang}.{field}") or site.places.get(field, fallback)


def facts_texts(facts: SiteFacts) -> Iterator[tuple[str, str]]:
    yield "name", facts.name
    yield "short_name", facts.short_name or ""
    yield "tagline", facts.tagline or ""
    yield "booking.label", facts.booking.label
    for number, words in enumerate(facts.booking.variants):
        yield f"booking.variants.{number}", words
    yield "disclaimer", facts.disclaimer or ""
    for number, link in enumerate(facts.navigation):
        yield f"navigation.{number}.label", link.label
    for heading, links in facts.footer.items():
        yield f"footer.{heading}", heading
        for number, link in enumerate(links):
            yield f"footer.{heading}.{number}.label", link.label


DRAWN = "drawing_"
"""Begins the names of labels in drawings. They are no sentences (a figure and its unit may be two
of them); the caption of the drawing says the whole, and is read."""


def strings_spots(site: Site) -> Iterator[Spot]:
    place = Place(f"templates/strings/{site.lang}.yaml")
    for block, (name, words) in enumerate(site.strings.items()):
        if name.startswith(DRAWN):
            continue
        offer = name.startswith("book_")
        for sentence in sentences_in(BLANK.sub("", words), Sentence("", place, "fact", block)):
            yield Spot(sentence, "strings", site.lang, strict=offer, citable=False, offer=offer)


def data_spots(site: Site) -> Iterator[Spot]:
    """What tables, tooltips and the list of references show."""
    for key, finding in site.evidence.findings.items():
        for field in ("question", "sentence"):
            yield from _data(site, f"findings.{key}", field, getattr(finding, field), finding)
    for key, reference in site.evidence.references.items():
        for field in ("in_short", "caution"):
            yield from _data(site, f"references.{key}", field, getattr(reference, field) or "")
    for key, term in site.glossary.items():
        for field in ("term", "definition"):
            yield from _data(site, f"glossary.{key}", field, getattr(term, field))


def offer_spots(site: Site) -> Iterator[Spot]:
    for key, offer in site.offers.items():
        for field, text in offer.words():
            place = _place(site, f"offers.{key}.{field}", Place("content/data/offers.yaml"))
            for sentence in sentences_in(text, Sentence("", place, "fact")):
                yield Spot(
                    sentence, f"offers.{key}", site.lang, strict=True, citable=False, offer=True
                )


def _data(
    site: Site, owner: str, field: str, words: str, finding: Finding | None = None
) -> Iterator[Spot]:
    folder = owner.partition(".")[0]
    fallback = _place(site, owner, Place(f"content/data/{folder}.yaml"))
    like = Sentence("", _place(site, f"{owner}.{field}", fallback), "data")
    for sentence in sentences_in(words, like):
        yield Spot(sentence, owner, site.lang, citable=False, finding=finding)
