"""Records of content/data/: references, findings, glossary, synonyms, offers."""

from collections.abc import Iterator
from typing import Annotated, Literal

from msgspec import Meta

from coldpress.schema.matter import KINDS
from coldpress.schema.shapes import (
    ADDRESS,
    Day,
    Direction,
    Doi,
    Grade,
    Key,
    Line,
    Model,
    Pmcid,
    Pmid,
    Slug,
    about,
)


class Retraction(Model):
    """A publication was withdrawn by its authors, journal or publisher."""

    on: Annotated[Day | None, about("day it was withdrawn, where that is known")] = None
    note: Annotated[Line, about("who withdrew it and why, and where that can be read")]


class Reference(Model):
    """A publication. `null` means "not seen", not "does not exist": it is left out on the page."""

    authors: Annotated[str | None, about("as printed: Costello JT, Baker PRA")]
    year: Annotated[Annotated[int, Meta(ge=1600)] | None, about("year of publication")]
    title: Annotated[Line, about("title of the publication")]
    journal: Annotated[str | None, about("journal, publisher or authority")]
    volume_pages: Annotated[str | None, about("volume, issue, pages or article number")]
    doi: Annotated[Doi | None, about("10.1002/..., without https://doi.org/")]
    pmid: Annotated[Pmid | None, about("number in PubMed")]
    pmcid: Annotated[Pmcid | None, about("number in PubMed Central, with PMC")]
    url: Annotated[str, about("where it can be read", pattern=ADDRESS)]
    study_type: Annotated[
        Literal[
            "case-report",
            "cochrane-review",
            "cohort",
            "guideline",
            "lab-study",
            "narrative-review",
            "news",
            "patient-information",
            "rct",
            "regulator",
            "standard",
            "survey",
            "systematic-review",
        ],
        about("kind of study"),
    ]
    modality: Annotated[tuple[str, ...], about("kinds of cold it is about")]
    people: Annotated[
        Literal["healthy", "patients", "both"] | None,
        about("in whom it was done; healthy volunteers are not patients"),
    ] = None
    purpose: Annotated[
        Literal["relief", "prevention"] | None,
        about("what the cold was for; prevention is not relief"),
    ] = None
    in_short: Annotated[Line | None, about("what it found, in one plain sentence for readers")] = (
        None
    )
    caution: Annotated[
        Line | None, about("what to hold against it, in one plain sentence for readers")
    ] = None
    found: Annotated[str, about("what it found, for writers: with figures; never shown")]
    limits: Annotated[str, about("what to hold against it, for writers; never shown")]
    claims: Annotated[
        dict[str, Literal["supports", "mixed", "against", "safety", "background"]],
        about("claims it bears on, and which way it points"),
    ]
    verified_at: Annotated[str, about("where it was read")]
    verified_level: Annotated[
        Literal["full-abstract", "partial-abstract", "page", "secondary"],
        about("how much of it was read"),
    ]

    retracted: Annotated[
        Retraction | None, about("only when it was withdrawn: no page may then rest on it")
    ] = None
    recheck: Annotated[Day | None, about("day by which someone looks at it again")] = None


class Finding(Model):
    """A body of evidence for one question. The grade belongs here, never to one reference."""

    question: Annotated[Line, about("the question, in plain words, ends in a question mark")]
    condition: Annotated[Slug | None, about("condition page it is about")] = None
    mechanism: Annotated[Slug | None, about("mechanism page it is about")] = None
    method: Annotated[Slug | None, about("kind of cold; left out when it is about several")] = None
    outcome: Annotated[Line, about("what was measured: pain, soreness, blood flow ...")]
    people: Annotated[Line | None, about("in whom")] = None
    grade: Annotated[Grade, about("how sure we can be")]
    direction: Annotated[Direction, about("what the evidence says about the claim")]
    references: Annotated[tuple[Key, ...], about("what it rests on", min_length=1)]
    sentence: Annotated[Line, about("the answer in one plain sentence, at the grade's strength")]


class GlossaryTerm(Model):
    """A word readers may not know, explained where it first appears."""

    term: Annotated[Line, about("the word")]
    definition: Annotated[Line, about("one plain sentence")]
    spanish: Annotated[Line | None, about("the word in Spanish")] = None
    english: Annotated[Line | None, about("the word in English, on a page in Spanish")] = None
    see: Annotated[tuple[Key, ...], about("ids of related terms")] = ()


class FindingWords(Model):
    """A finding's words in another language: content/data/findings.es.yaml"""

    question: Annotated[Line, about("the question, in plain words")]
    outcome: Annotated[Line, about("what was measured")]
    people: Annotated[Line | None, about("in whom")] = None
    sentence: Annotated[Line, about("the answer in one plain sentence, at the grade's strength")]


class TermWords(Model):
    """A glossary entry in another language: content/data/glossary.es.yaml"""

    term: Annotated[Line, about("the word")]
    definition: Annotated[Line, about("one plain sentence")]
    english: Annotated[Line | None, about("the word in English")] = None


class ReferenceWords(Model):
    """What readers see of a publication, in another language: content/data/references.es.yaml"""

    in_short: Annotated[Line | None, about("what it found, in one plain sentence")] = None
    caution: Annotated[Line | None, about("what to hold against it, in one sentence")] = None


class Synonym(Model):
    """What people type, and the pages that answer it: search shows them first."""

    words: Annotated[
        tuple[Line, ...],
        about("words and phrases as people type them, misspelled ones too", min_length=1),
    ]
    pages: Annotated[
        tuple[Line, ...], about("pages as folder/name, the best first: pages/safety", min_length=1)
    ]


class Wording(Model):
    """Other words for the same offer, tried on some of its pages."""

    text: Annotated[Line, about("the offer in one line", max_length=120)]
    label: Annotated[
        Annotated[Line, Meta(max_length=40)] | None,
        about("words of its booking link; without it, those of the offer"),
    ] = None


class OfferWords(Model):
    """An offer's words in another language: content/data/offers.es.yaml"""

    text: Annotated[Line, about("the offer in one line", max_length=120)]
    label: Annotated[
        Annotated[Line, Meta(max_length=40)] | None, about("words of a booking link beside it")
    ] = None
    variants: Annotated[tuple[Wording, ...], about("other wordings")] = ()
    terms: Annotated[Line | None, about("the terms, where they are words and not a page")] = None


class Offer(Model):
    """Something the business offers for a while: one line under the header, between its days."""

    text: Annotated[
        Line,
        about("the offer in one line, with the full price beside the other one", max_length=120),
    ]
    label: Annotated[
        Annotated[Line, Meta(max_length=40)] | None,
        about("words of a booking link beside it; without it, there is none"),
    ] = None
    variants: Annotated[
        tuple[Wording, ...], about("other wordings; every page gets one, always the same one")
    ] = ()
    terms: Annotated[
        Line, about("a page with the terms, like pages/offer-terms, or the terms in a few words")
    ]
    starts: Annotated[Day, about("first day it is shown")]
    ends: Annotated[Day, about("last day it is shown; said on the page")]
    pages: Annotated[
        tuple[Line, ...],
        about(
            "pages that show it, as folder/name; never about safety or a condition", min_length=1
        ),
    ] = ("pages/index",)

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """All of them, its own first."""
        own = Wording(text=self.text, label=self.label)
        others = (Wording(text=one.text, label=one.label or self.label) for one in self.variants)
        return own, *others

    def words(self) -> Iterator[tuple[str, str]]:
        """Everything it says to a visitor: field path, text."""
        yield "text", self.text
        yield "label", self.label or ""
        yield "terms", "" if self.terms_page else self.terms
        for number, one in enumerate(self.variants):
            yield f"variants.{number}.text", one.text
            yield f"variants.{number}.label", one.label or ""

    @property
    def terms_page(self) -> str:
        """Id of the page with the terms; nothing when the terms are words."""
        folders = (f"{kind.folder}/" for kind in KINDS)
        return self.terms if self.terms.startswith(tuple(folders)) else ""
