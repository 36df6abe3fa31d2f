"""Kinds and their front matter."""

from collections.abc import Callable
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field

from coldpress.schema.shapes import (
    FOCAL,
    LETTERS,
    Day,
    Digest,
    Key,
    Layout,
    Line,
    Model,
    MomentField,
    Path,
    Slug,
)


class Review(Model):
    """A real person's sign-off. Leave the whole field out until there is one."""

    by: Line = Field(description="name of the reviewer, a real person")
    credential: Line = Field(description="role and credential, as the reviewer signs")
    on: Day = Field(description="day of the review")
    next: Day = Field(description="day the next review is due")
    text: Digest | None = Field(
        None, description="digest of the text that was signed; 'build.py reviews --sign' writes it"
    )


class Image(Model):
    src: Line = Field(description="file beside the text, like room.jpg")
    alt: Line = Field(description="what a reader who cannot see it should know")
    focal: Annotated[str, Field(pattern=FOCAL)] = Field(
        "50% 50%", description="the point that must stay in view, from left and top"
    )


class Rating(Model):
    """A labelled finding. The grade shown comes from the finding, never from here."""

    label: Line = Field(description="what is rated, like 'Lasting relief'")
    finding: Key = Field(description="id of a finding in data/findings.yaml")


class Urgent(Model):
    """A red card above everything else on the page."""

    title: Line = Field(description="ends in 'if:' or is a plain order")
    items: tuple[Line, ...] = Field((), description="the signs, one a line")


class Translated(Model):
    """What a translation was made from. 'build.py translations --sign' writes it."""

    of: Digest = Field(description="digest of the original's words, as they were")
    on: Day = Field(description="day it was last brought up to date")
    checked_by: Line | None = Field(
        None, description="name of the person who has read it against the original"
    )


class Allowance(Model):
    """A wording that a claims rule would stop, allowed for a reason and until a day."""

    rule: Line = Field(description="the rule, as the message names it in square brackets")
    words: Line = Field(description="the words it is for, as they stand in the text")
    reason: Annotated[Line, Field(min_length=10)] = Field(
        description="why they may stand: who checked what"
    )
    until: Day = Field(description="last day the allowance holds")


class FrontMatter(Model):
    """What every kind of content has."""

    title: Annotated[Line, Field(min_length=3, max_length=110)] = Field(
        description="what the page is, said on the page and in search results; promises nothing"
    )
    label: Line | None = Field(None, description="short name for menus, cards and crumbs")
    description: Annotated[Line, Field(min_length=20, max_length=200)] = Field(
        description="one or two sentences for search results, best at 121 to 156 characters"
    )
    summary: Line | None = Field(
        None, description="the answer in one or two sentences, shown under the title"
    )
    slug: Slug | None = Field(None, description="last part of the address, if not the file name")
    aliases: tuple[Path, ...] = Field((), description="old addresses that lead here, like /old/")
    draft: bool = Field(False, description="true keeps the page out of the built site")
    publish_at: MomentField | None = Field(None, description="goes live from this moment on")
    expires_at: MomentField | None = Field(None, description="leaves the site at this moment")
    expired_to: Line | None = Field(
        None,
        description="page that answers at this address after that, as folder/name; without it, a"
        " note says that the page is no longer here",
    )
    updated: Day | None = Field(None, description="day of the last change a reader would notice")
    evidence_checked: Day | None = Field(None, description="day the evidence was last checked")
    reviewed: Review | None = Field(None, description="medical review: only a real one")
    translated: Translated | None = Field(
        None, description="only in a translation: what it was made from"
    )
    mechanisms: tuple[Slug, ...] = Field((), description="mechanisms this page is about")
    conditions: tuple[Slug, ...] = Field((), description="conditions this page is about")
    methods: tuple[Slug, ...] = Field((), description="kinds of cold this page is about")
    related: tuple[Line, ...] = Field(
        (), description="pages to read next, as folder/name: guides/cold-or-heat"
    )
    key_points: tuple[Line, ...] = Field(
        (), description="three or four short points, one of them a caution; citations allowed"
    )
    ratings: tuple[Rating, ...] = Field((), description="findings whose grades stand at the top")
    urgent: Urgent | None = Field(None, description="a red card above the contents list")
    order: int = Field(100, description="place among its kind, small numbers first")
    image: Image | None = Field(None, description="picture of the page")
    plate: Slug | None = Field(None, description="drawing on the page's card: templates/plates/")
    icon: Slug | None = Field(None, description="small drawing in lists: templates/icons/")
    robots: Literal["index", "noindex"] = Field("index", description="noindex hides from search")
    sensitive: bool = Field(False, description="true makes the booking button a quiet one")
    no_booking: Line | None = Field(
        None, description="the reason why this page has no booking card; without it, it has one"
    )
    allow: tuple[Allowance, ...] = Field(
        (), description="wordings a claims rule would stop, allowed here, each with its reason"
    )


class MechanismMatter(FrontMatter):
    """How cold may act."""


class ConditionMatter(FrontMatter):
    """Where it hurts."""

    body_regions: tuple[
        Literal["head", "neck", "shoulder", "hand", "back", "hip", "thigh", "knee", "foot"], ...
    ] = Field((), description="pins on the body map")


class MethodMatter(FrontMatter):
    """A kind of cold."""

    temperature: Line | None = Field(None, description="how cold, in °F and °C, with what is cold")
    reaches: Line | None = Field(None, description="skin, muscle or core")


class GuideMatter(FrontMatter):
    """An article on one question."""


class PageMatter(FrontMatter):
    """Everything else: home, safety, about, contact ..."""

    layout: Layout = Field("page", description="which template draws the page")
    letters: Annotated[str, Field(pattern=LETTERS)] = Field(
        "a-z", description="references layout: list the authors from this letter to that, like a-f"
    )


class HubMatter(FrontMatter):
    """The index.md of a folder: introduces the pages beside it."""


class Kind(Struct, frozen=True):
    """A row of KINDS. `permalink` is the pattern of the address; `{slug}` is filled in."""

    name: str
    folder: str
    matter: type[FrontMatter]
    permalink: str
    template: str

    def __reduce__(self) -> "tuple[Callable[[str], Kind | None], tuple[str]]":
        """By its name: every page read again from the store names one."""
        return kind_named, (self.name,)


KINDS: tuple[Kind, ...] = (
    Kind("mechanism", "mechanisms", MechanismMatter, "/how-cold-helps/{slug}/", "mechanism.html"),
    Kind("condition", "conditions", ConditionMatter, "/where-it-hurts/{slug}/", "condition.html"),
    Kind("method", "methods", MethodMatter, "/kinds-of-cold/{slug}/", "method.html"),
    Kind("guide", "guides", GuideMatter, "/guides/{slug}/", "guide.html"),
    Kind("page", "pages", PageMatter, "/{slug}/", "page.html"),
)


def kind_named(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.name == name), None)
