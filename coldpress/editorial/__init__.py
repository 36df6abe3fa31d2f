"""Page + Site -> advice on its text, what helps a reader most first. An editor's eye, no gate.

Nothing here stops a build: everything is advice, given by `check` and in the preview's panel. A
rule is a function of its own over the page as an editor reads it, listed here with its rank and
the reason for it. There is no rule on how often a search word stands in a text: write for people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from coldpress.editorial.description_length import description_length
from coldpress.editorial.doubled_word import doubled_word
from coldpress.editorial.hard_text import hard_text
from coldpress.editorial.house import NO_HOUSE, House, house
from coldpress.editorial.house_style import house_style
from coldpress.editorial.lengths import Lengths, lengths
from coldpress.editorial.lonely_page import lonely_page
from coldpress.editorial.long_paragraph import long_paragraph
from coldpress.editorial.long_section import long_section
from coldpress.editorial.long_sentences import long_sentences
from coldpress.editorial.misspelled_word import misspelled_word
from coldpress.editorial.no_inner_link import no_inner_link
from coldpress.editorial.no_outer_link import no_outer_link
from coldpress.editorial.no_picture import no_picture
from coldpress.editorial.passive_voice import passive_voice
from coldpress.editorial.prose import Prose, prose_of
from coldpress.editorial.readability import HardSentence, Reading, reading
from coldpress.editorial.same_start import same_start
from coldpress.editorial.short_text import short_text
from coldpress.editorial.title_width import title_width
from coldpress.editorial.unexplained_word import unexplained_word
from coldpress.model import Page, Site
from coldpress.problems import Problem

__all__ = [
    "RULES",
    "HardSentence",
    "House",
    "Lengths",
    "Reading",
    "advise",
    "advise_site",
    "house",
    "lengths",
    "rank",
    "reading",
]


class EditorialRule(Struct, frozen=True):
    """`rank`: 1 helps a reader most."""

    name: str
    rank: int
    reason: str
    find: Callable[[Prose], Iterator[Problem]]


RULES: tuple[EditorialRule, ...] = (
    EditorialRule(
        "misspelled-word", 1, "a mistake on a health page costs trust at once", misspelled_word
    ),
    EditorialRule("doubled-word", 2, "the same, and mended in a second", doubled_word),
    EditorialRule(
        "unexplained-word", 3, "a word not understood loses the sentence", unexplained_word
    ),
    EditorialRule(
        "house-style", 4, "one name for one thing keeps readers from guessing", house_style
    ),
    EditorialRule("hard-text", 5, "NIH asks for health texts below grade 8", hard_text),
    EditorialRule(
        "long-sentences", 6, "the end of a long sentence makes its start forgotten", long_sentences
    ),
    EditorialRule("long-section", 7, "people scan headings to find their question", long_section),
    EditorialRule(
        "long-paragraph", 8, "a wall of text is skipped, on phones above all", long_paragraph
    ),
    EditorialRule(
        "no-outer-link", 9, "a health text without a source asks for blind trust", no_outer_link
    ),
    EditorialRule(
        "no-inner-link", 10, "the next question is often answered on another page", no_inner_link
    ),
    EditorialRule(
        "passive-voice", 11, "who does it is often what a reader wants to know", passive_voice
    ),
    EditorialRule("same-start", 12, "sentences that begin alike sound like a machine", same_start),
    EditorialRule(
        "description-length", 13, "it is what people read before they come", description_length
    ),
    EditorialRule("title-width", 14, "its end may be cut in search results", title_width),
    EditorialRule("short-text", 15, "too little to answer a question is rarely found", short_text),
    EditorialRule(
        "no-picture", 16, "something to look at helps to understand and to rest", no_picture
    ),
)


def advise(page: Page, site: Site, style: House = NO_HOUSE) -> tuple[Problem, ...]:
    """The advice on one page, by rank and then by place. Pure: may run in another process."""
    prose = prose_of(page, site, style)
    return tuple(problem for rule in RULES for problem in sorted(set(rule.find(prose))))


def advise_site(site: Site) -> Iterator[Problem]:
    """What only shows when all pages are looked at."""
    yield from lonely_page(site)


def rank(rule: str) -> int:
    """Of a rule's name, for lists of problems of several kinds; unknown ones come last."""
    return next((one.rank for one in RULES if one.name == rule), len(RULES) + 1)
