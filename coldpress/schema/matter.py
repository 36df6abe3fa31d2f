"""Kinds and their front matter."""

from collections.abc import Callable
from typing import Annotated, Literal

from msgspec import Struct

from coldpress.schema.shapes import (
    FOCAL,
    LETTERS,
    Day,
    Digest,
    Key,
    Layout,
    Line,
    Model,
    Moment,
    Path,
    Slug,
    Words,
    about,
)


class Review(Model):
    """A real person's sign-off. Leave the whole field out until there is one."""

    by: Annotated[Line, about("name of the reviewer, a real person")]
    credential: Annotated[Line, about("role and credential, as the reviewer signs")]
    on: Annotated[Day, about("day of the review")]
    next: Annotated[Day, about("day the next review is due")]
    text: Annotated[
        Digest | None,
        about("digest of the text that was signed; 'build.py reviews --sign' writes it"),
    ] = None


class Image(Model):
    src: Annotated[Line, about("file beside the text, like room.jpg")]
    alt: Annotated[Line, about("what a reader who cannot see it should know")]
    focal: Annotated[
        str, about("the point that must stay in view, from left and top", pattern=FOCAL)
    ] = "50% 50%"


class Rating(Model):
    """A labelled finding. The grade shown comes from the finding, never from here."""

    label: Annotated[Line, about("what is rated, like 'Lasting relief'")]
    finding: Annotated[Key, about("id of a finding in data/findings.yaml")]


class Urgent(Model):
    """A red card above everything else on the page."""

    title: Annotated[Line, about("ends in 'if:' or is a plain order")]
    items: Annotated[tuple[Line, ...], about("the signs, one a line")] = ()


class Translated(Model):
    """What a translation was made from. 'build.py translations --sign' writes it."""

    of: Annotated[Digest, about("digest of the original's words, as they were")]
    on: Annotated[Day, about("day it was last brought up to date")]
    checked_by: Annotated[
        Line | None, about("name of the person who has read it against the original")
    ] = None


class Allowance(Model):
    """A wording that a claims rule would stop, allowed for a reason and until a day."""

    rule: Annotated[Line, about("the rule, as the message names it in square brackets")]
    words: Annotated[Line, about("the words it is for, as they stand in the text")]
    reason: Annotated[Words, about("why they may stand: who checked what", min_length=10)]
    until: Annotated[Day, about("last day the allowance holds")]


class FrontMatter(Model):
    """What every kind of content has."""

    title: Annotated[
        Words,
        about(
            "what the page is, said on the page and in search results; promises nothing",
            min_length=3,
            max_length=110,
        ),
    ]
    label: Annotated[Line | None, about("short name for menus, cards and crumbs")] = None
    description: Annotated[
        Words,
        about(
            "one or two sentences for search results, best at 121 to 156 characters",
            min_length=20,
            max_length=200,
        ),
    ]
    summary: Annotated[
        Line | None, about("the answer in one or two sentences, shown under the title")
    ] = None
    slug: Annotated[Slug | None, about("last part of the address, if not the file name")] = None
    aliases: Annotated[tuple[Path, ...], about("old addresses that lead here, like /old/")] = ()
    draft: Annotated[bool, about("true keeps the page out of the built site")] = False
    publish_at: Annotated[Moment | None, about("goes live from this moment on")] = None
    expires_at: Annotated[Moment | None, about("leaves the site at this moment")] = None
    expired_to: Annotated[
        Line | None,
        about(
            "page that answers at this address after that, as folder/name; without it, a"
            " note says that the page is no longer here"
        ),
    ] = None
    updated: Annotated[Day | None, about("day of the last change a reader would notice")] = None
    evidence_checked: Annotated[Day | None, about("day the evidence was last checked")] = None
    reviewed: Annotated[Review | None, about("medical review: only a real one")] = None
    translated: Annotated[
        Translated | None, about("only in a translation: what it was made from")
    ] = None
    mechanisms: Annotated[tuple[Slug, ...], about("mechanisms this page is about")] = ()
    conditions: Annotated[tuple[Slug, ...], about("conditions this page is about")] = ()
    methods: Annotated[tuple[Slug, ...], about("kinds of cold this page is about")] = ()
    related: Annotated[
        tuple[Line, ...], about("pages to read next, as folder/name: guides/cold-or-heat")
    ] = ()
    key_points: Annotated[
        tuple[Line, ...],
        about("three or four short points, one of them a caution; citations allowed"),
    ] = ()
    ratings: Annotated[tuple[Rating, ...], about("findings whose grades stand at the top")] = ()
    urgent: Annotated[Urgent | None, about("a red card above the contents list")] = None
    order: Annotated[int, about("place among its kind, small numbers first")] = 100
    image: Annotated[Image | None, about("picture of the page")] = None
    plate: Annotated[Slug | None, about("drawing on the page's card: templates/plates/")] = None
    icon: Annotated[Slug | None, about("small drawing in lists: templates/icons/")] = None
    robots: Annotated[Literal["index", "noindex"], about("noindex hides from search")] = "index"
    sensitive: Annotated[bool, about("true makes the booking button a quiet one")] = False
    no_booking: Annotated[
        Line | None, about("the reason why this page has no booking card; without it, it has one")
    ] = None
    allow: Annotated[
        tuple[Allowance, ...],
        about("wordings a claims rule would stop, allowed here, each with its reason"),
    ] = ()


class MechanismMatter(FrontMatter):
    """How cold may act."""


class ConditionMatter(FrontMatter):
    """Where it hurts."""

    body_regions: Annotated[
        tuple[
            Literal["head", "neck", "shoulder", "hand", "back", "hip", "thigh", "knee", "foot"], ...
        ],
        about("pins on the body map"),
    ] = ()


class MethodMatter(FrontMatter):
    """A kind of cold."""

    temperature: Annotated[Line | None, about("how cold, in °F and °C, with what is cold")] = None
    reaches: Annotated[Line | None, about("skin, muscle or core")] = None


class GuideMatter(FrontMatter):
    """An article on one question."""


class PageMatter(FrontMatter):
    """Everything else: home, safety, about, contact ..."""

    layout: Annotated[Layout, about("which template draws the page")] = "page"
    letters: Annotated[
        str,
        about(
            "references layout: list the authors from this letter to that, like a-f",
            pattern=LETTERS,
        ),
    ] = "a-z"


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
