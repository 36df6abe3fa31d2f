"""What a value may look like: building blocks of every field."""

import os
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, WithJsonSchema
from pydantic_core import PydanticCustomError

# Nothing that happens to be installed has a say in what is valid; and to look for such plugins
# takes ten milliseconds of every build.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


class Model(BaseModel):
    """Frozen, and an unknown field is an error. Its validator is made when a value is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


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
    LANGUAGE: "a language's short code, like es",
    DIGEST: "the 12 digits that 'python3 build.py reviews --sign' gives",
    PLACE: "a place to copy to, like user@server:/srv/site; the first sign is no hyphen",
}
"""What each pattern asks for, in words."""

Slug = Annotated[str, Field(pattern=SLUG, max_length=80, description=SHAPES[SLUG])]
Key = Annotated[str, Field(pattern=KEY, max_length=80)]
Digest = Annotated[str, Field(pattern=DIGEST)]
Language = Annotated[str, Field(pattern=LANGUAGE)]
Line = Annotated[str, Field(min_length=1, pattern=LINE)]
Path = Annotated[str, Field(pattern=PATH, description="an old address, like /old/")]
OldPath = Annotated[str, Field(pattern=OLD, description=SHAPES[OLD])]
Reach = Annotated[str, Field(pattern=REACH, description=SHAPES[REACH])]
HeaderName = Annotated[str, Field(pattern=HEADER)]
WebAddress = Annotated[str, Field(pattern=SECURE, description=SHAPES[SECURE])]

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


class Moment(Struct, frozen=True):
    """A moment as the author wrote it: local time and, when given, a zone (name or offset).

    `None` as zone means "the site's": load resolves it, because only site.yaml knows."""

    local: datetime
    zone: ZoneInfo | None


def _moment(value: object) -> object:
    """`2026-12-01 09:00 America/Los_Angeles`, `2026-12-01T09:00-08:00` or without a zone."""
    if isinstance(value, Moment) or not isinstance(value, str):
        return value
    words = value.split()
    zone = zone_named(words.pop()) if len(words) > 1 and words[-1][0].isalpha() else None
    written = " ".join(words)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)? ?(Z|[+-]\d\d:?\d\d)?", written):
        raise PydanticCustomError("not_a_moment", "not a date and time")
    try:
        return Moment(datetime.fromisoformat(written.replace(" ", "T", 1).replace(" ", "")), zone)
    except ValueError as bad:
        raise PydanticCustomError("impossible_moment", "no such moment") from bad


def zone_named(name: str) -> ZoneInfo:
    """`America/Los_Angeles` -> the zone; a PydanticCustomError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise PydanticCustomError("unknown_zone", "no such zone", {"zone": name}) from unknown


def _day(value: object) -> object:
    """Only `2026-03-01`: pydantic alone would take `2026` for seconds since 1970."""
    if isinstance(value, date) or not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise PydanticCustomError("not_a_day", "not a date")
    try:
        return date.fromisoformat(value)
    except ValueError as bad:
        raise PydanticCustomError("impossible_day", "no such day") from bad


Day = Annotated[date, BeforeValidator(_day)]
"""A date as written: 2026-03-01."""

MomentField = Annotated[
    Moment,
    InstanceOf(),
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string"}),
    Field(description="date and time, with a zone or in the site's: 2026-12-01 09:00"),
]


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Field names as written in YAML -> pydantic's FieldInfo."""
    return {field.alias or name: field for name, field in model.model_fields.items()}
