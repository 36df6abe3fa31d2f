"""Every value that passes between stages. Frozen and complete: what gains data becomes a new type.

Source (a file as read) -> Route (its address) -> Page (converted) -> Site (all of them)
Site -> Recipe (data that says how to make one output) -> Made (its bytes and facts)
"""

from coldpress.model.inputs import (
    Config,
    Content,
    Media,
    Options,
    Route,
    Source,
    Variant,
    Written,
)
from coldpress.model.outline import Outline
from coldpress.model.outputs import Facts, Made, OutLink, Published, Recipe, Report, Step
from coldpress.model.pages import (
    Body,
    Call,
    Converted,
    Gist,
    Heading,
    Page,
    Pages,
    Piece,
    Section,
    Shelf,
    Translation,
    WrittenLink,
)
from coldpress.model.site import Asset, Assets, Evidence, Language, Meter, Sheet, Site

__all__ = [
    "Asset",
    "Assets",
    "Body",
    "Call",
    "Config",
    "Content",
    "Converted",
    "Evidence",
    "Facts",
    "Gist",
    "Heading",
    "Language",
    "Made",
    "Media",
    "Meter",
    "Options",
    "OutLink",
    "Outline",
    "Page",
    "Pages",
    "Piece",
    "Published",
    "Recipe",
    "Report",
    "Route",
    "Section",
    "Sheet",
    "Shelf",
    "Site",
    "Source",
    "Step",
    "Translation",
    "Variant",
    "Written",
    "WrittenLink",
]
