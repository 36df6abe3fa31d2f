"""What a value may look like: building blocks of every field."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, dataclass_transform
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct, StructMeta, field
from msgspec.structs import FieldInfo
from msgspec.structs import fields as fields_in


class ModelType(StructMeta):
    """What every group of fields is: frozen, its fields given by name and no others."""

    def __new__(
        mcls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, frozen: bool = True
    ) -> Any:
        return super().__new__(
            mcls, name, bases, body, frozen=frozen, kw_only=True, forbid_unknown_fields=True
        )


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Model(Struct, frozen=True, metaclass=ModelType):
    """A group of fields. `fitted` (values.py) makes one of what is written."""


def about(words: str, **limits: Any) -> Meta:
    """What a field is for, and what msgspec.Meta knows of limits: `min_length`, `ge` ..."""
    return Meta(description=words, **limits)


SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
KEY = r"^[A-Za-z][A-Za-z0-9-]*$"
LINE = r"^[^\n]*$"
PATH = r"^/(?:[a-z0-9-]+/)*(?:[a-z0-9-]+(?:\.[a-z0-9]+)?)?$"
FORMER = r"^/(?:[\w~-][\w.~-]*/)*(?:[\w~-][\w.~-]*)?(?:#\S+)?$"
OLD = r"^/(?:[\w~-][\w.~-]*/)*(?:\*|[\w~-][\w.~-]*)?$"
REACH = r"^/(?:[\w~-][\w.~-]*/)*(?:\*|[\w~-][\w.~-]*)?$|^/\.well-known/\*$"
HEADER = r"^[A-Za-z]+(?:-[A-Za-z0-9]+)*$"
SECURE = r"^https://[^\s@]+$"
ADDRESS = r"^https?://\S+$"
BASE = r"^https?://[^\s/?#]+(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?$"
PHONE = r"^[+(]?[0-9][0-9 ().\-]{5,20}$"
MAIL = r"^[^@\s<>]+@[^@\s<>]+\.[A-Za-z]{2,}$"
FOCAL = r"^\d{1,3}% \d{1,3}%$"
LETTERS = r"^[a-z]-[a-z]$"
DOI = r"^10\.[0-9.]+/\S+$"
PMID = r"^[0-9]+$"
PMCID = r"^PMC[0-9]+$"
LANGUAGE = r"^[a-z]{2,3}$"
DIGEST = r"^[0-9a-f]{12}$"
PLACE = r"^[^\s-][^\n]*$"

SHAPES: Mapping[str, str] = {
    SLUG: "lower-case letters, digits and single hyphens, like cold-and-heat",
    KEY: "letters, digits and hyphens, a letter first, like algafly2007",
    LINE: "text on one line",
    PATH: "an address on this site in lower case, like /old/",
    FORMER: "an address this site once had, like /old/, or /page/#heading",
    OLD: "an old address on this site, like /old/, or /old/* for everything under it",
    REACH: "an address like /report.pdf, or a folder like /downloads/*",
    HEADER: "the name of a header, like X-Robots-Tag",
    SECURE: "a full address that starts with https://",
    ADDRESS: "a full address that starts with https:// or http://",
    BASE: "a full address without ? or #, like https://example.org or https://example.org/spa",
    PHONE: "digits, spaces and hyphens: letters cannot be dialed from a page",
    MAIL: "an address with one @ in it",
    FOCAL: "two percentages, from left and from top, like 50% 30%",
    LETTERS: "the first and the last letter of a part, like a-h",
    DOI: "it from its 10. on, without https://doi.org/, like 10.1136/bjsm.2006.031237",
    PMID: "its digits alone, like 17224442",
    PMCID: "PMC and its digits, like PMC9579836",
    LANGUAGE: "a language's short code, like es",
    DIGEST: "the 12 digits that 'python3 build.py reviews --sign' gives",
    PLACE: "a place to copy to, like user@server:/srv/site; the first sign is no hyphen",
}
"""What each pattern asks for, in words."""

Slug = Annotated[str, Meta(pattern=SLUG, max_length=80, description=SHAPES[SLUG])]
Key = Annotated[str, Meta(pattern=KEY, max_length=80)]
Digest = Annotated[str, Meta(pattern=DIGEST)]
Doi = Annotated[str, Meta(pattern=DOI)]
Pmid = Annotated[str, Meta(pattern=PMID)]
Pmcid = Annotated[str, Meta(pattern=PMCID)]
Language = Annotated[str, Meta(pattern=LANGUAGE)]
Line = Annotated[str, Meta(min_length=1, pattern=LINE)]
Words = Annotated[str, Meta(pattern=LINE)]
"""A Line whose shortest length is its field's own."""
Path = Annotated[str, Meta(pattern=PATH, description="an old address, like /old/")]
OldPath = Annotated[str, Meta(pattern=OLD, description=SHAPES[OLD])]
Reach = Annotated[str, Meta(pattern=REACH, description=SHAPES[REACH])]
HeaderName = Annotated[str, Meta(pattern=HEADER)]
WebAddress = Annotated[str, Meta(pattern=SECURE, description=SHAPES[SECURE])]

Day = date
"""Written like 2026-03-01."""

Grade = Literal["strong", "moderate", "limited", "conflicting", "insufficient"]
Direction = Literal["supports", "mixed", "against"]
Layout = Literal[
    "page",
    "home",
    "hub",
    "checklist",
    "timeline",
    "faq",
    "glossary",
    "references",
    "matrix",
    "methods-table",
    "search",
    "not-found",
    "contact",
]

Host = Literal[
    "netlify",
    "cloudflare-pages",
    "cloudflare-workers",
    "vercel",
    "github-pages",
    "gitlab-pages",
    "s3",
    "cloudfront",
    "azure",
    "firebase",
    "render",
    "nginx",
    "apache",
    "caddy",
    "rsync",
    "ftp",
]


class Moment(Struct, frozen=True):
    """A moment as the author wrote it: local time and, when given, a zone (name or offset).

    `None` as zone means "the site's": load resolves it, because only site.yaml knows."""

    local: datetime
    zone: ZoneInfo | None


def zone_named(name: str) -> ZoneInfo:
    """`America/Los_Angeles` -> the zone. Raises UnknownZoneError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise UnknownZoneError(name) from unknown


class UnknownZoneError(Exception):
    """There is no time zone of this name, which is the argument."""


def fields_of(model: type[Struct]) -> dict[str, FieldInfo]:
    """Field names as written in YAML -> msgspec's FieldInfo."""
    return {field.encode_name: field for field in fields_in(model)}
