"""Records of content/data/: references, findings, glossary, synonyms, offers."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from coldpress.schema.matter import KINDS
from coldpress.schema.shapes import ADDRESS, Day, Direction, Grade, Key, Line, Model, Slug


class Retraction(Model):
    """A publication was withdrawn by its authors, journal or publisher."""

    on: Day | None = Field(None, description="day it was withdrawn, where that is known")
    note: Line = Field(description="who withdrew it and why, and where that can be read")


class Reference(Model):
    """A publication. `null` means "not seen", not "does not exist": it is left out on the page."""

    authors: str | None = Field(description="as printed: Costello JT, Baker PRA")
    year: int | None = Field(description="year of publication")
    title: Line = Field(description="title of the publication")
    journal: str | None = Field(description="journal, publisher or authority")
    volume_pages: str | None = Field(description="volume, issue, pages or article number")
    doi: str | None = Field(description="10.1002/..., without https://doi.org/")
    pmid: str | None = Field(description="number in PubMed")
    pmcid: str | None = Field(description="number in PubMed Central, with PMC")
    url: Annotated[str, Field(pattern=ADDRESS)] = Field(description="where it can be read")
    study_type: Literal[
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
    ] = Field(description="kind of study")
    modality: tuple[str, ...] = Field(description="kinds of cold it is about")
    people: Literal["healthy", "patients", "both"] | None = Field(
        None, description="in whom it was done; healthy volunteers are not patients"
    )
    purpose: Literal["relief", "prevention"] | None = Field(
        None, description="what the cold was for; prevention is not relief"
    )
    in_short: Line | None = Field(
        None, description="what it found, in one plain sentence for readers"
    )
    caution: Line | None = Field(
        None, description="what to hold against it, in one plain sentence for readers"
    )
    found: str = Field(description="what it found, for writers: with figures; never shown")
    limits: str = Field(description="what to hold against it, for writers; never shown")
    claims: dict[str, Literal["supports", "mixed", "against", "safety", "background"]] = Field(
        description="claims it bears on, and which way it points"
    )
    verified_at: str = Field(description="where it was read")
    verified_level: Literal["full-abstract", "partial-abstract", "page", "secondary"] = Field(
        description="how much of it was read"
    )

    retracted: Retraction | None = Field(
        None, description="only when it was withdrawn: no page may then rest on it"
    )
    recheck: Day | None = Field(None, description="day by which someone looks at it again")


class Finding(Model):
    """A body of evidence for one question. The grade belongs here, never to one reference."""

    question: Line = Field(description="the question, in plain words, ends in a question mark")
    condition: Slug | None = Field(None, description="condition page it is about")
    mechanism: Slug | None = Field(None, description="mechanism page it is about")
    method: Slug | None = Field(None, description="kind of cold; left out when it is about several")
    outcome: Line = Field(description="what was measured: pain, soreness, blood flow ...")
    people: Line | None = Field(None, description="in whom")
    grade: Grade = Field(description="how sure we can be")
    direction: Direction = Field(description="what the evidence says about the claim")
    references: tuple[Key, ...] = Field(min_length=1, description="what it rests on")
    sentence: Line = Field(description="the answer in one plain sentence, at the grade's strength")


class GlossaryTerm(Model):
    """A word readers may not know, explained where it first appears."""

    term: Line = Field(description="the word")
    definition: Line = Field(description="one plain sentence")
    spanish: Line | None = Field(None, description="the word in Spanish")
    english: Line | None = Field(None, description="the word in English, on a page in Spanish")
    see: tuple[Key, ...] = Field((), description="ids of related terms")


class FindingWords(Model):
    """A finding's words in another language: content/data/findings.es.yaml"""

    question: Line = Field(description="the question, in plain words")
    outcome: Line = Field(description="what was measured")
    people: Line | None = Field(None, description="in whom")
    sentence: Line = Field(description="the answer in one plain sentence, at the grade's strength")


class TermWords(Model):
    """A glossary entry in another language: content/data/glossary.es.yaml"""

    term: Line = Field(description="the word")
    definition: Line = Field(description="one plain sentence")
    english: Line | None = Field(None, description="the word in English")


class ReferenceWords(Model):
    """What readers see of a publication, in another language: content/data/references.es.yaml"""

    in_short: Line | None = Field(None, description="what it found, in one plain sentence")
    caution: Line | None = Field(None, description="what to hold against it, in one sentence")


class Synonym(Model):
    """What people type, and the pages that answer it: search shows them first."""

    words: tuple[Line, ...] = Field(
        min_length=1, description="words and phrases as people type them, misspelled ones too"
    )
    pages: tuple[Line, ...] = Field(
        min_length=1, description="pages as folder/name, the best first: pages/safety"
    )


class Wording(Model):
    """Other words for the same offer, tried on some of its pages."""

    text: Annotated[Line, Field(max_length=120)] = Field(description="the offer in one line")
    label: Annotated[Line, Field(max_length=40)] | None = Field(
        None, description="words of its booking link; without it, those of the offer"
    )


class OfferWords(Model):
    """An offer's words in another language: content/data/offers.es.yaml"""

    text: Annotated[Line, Field(max_length=120)] = Field(description="the offer in one line")
    label: Annotated[Line, Field(max_length=40)] | None = Field(
        None, description="words of a booking link beside it"
    )
    variants: tuple[Wording, ...] = Field((), description="other wordings")
    terms: Line | None = Field(None, description="the terms, where they are words and not a page")


class Offer(Model):
    """Something the business offers for a while: one line under the header, between its days."""

    text: Annotated[Line, Field(max_length=120)] = Field(
        description="the offer in one line, with the full price beside the other one"
    )
    label: Annotated[Line, Field(max_length=40)] | None = Field(
        None, description="words of a booking link beside it; without it, there is none"
    )
    variants: tuple[Wording, ...] = Field(
        (), description="other wordings; every page gets one, always the same one"
    )
    terms: Line = Field(
        description="a page with the terms, like pages/offer-terms, or the terms in a few words"
    )
    starts: Day = Field(description="first day it is shown")
    ends: Day = Field(description="last day it is shown; said on the page")
    pages: tuple[Line, ...] = Field(
        ("pages/index",),
        min_length=1,
        description="pages that show it, as folder/name; never about safety or a condition",
    )

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
