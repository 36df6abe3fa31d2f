"""-> a Markdown converter with all extensions. Building one costs about as much as using it."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension

from coldpress.markdown.attributes import Attributes
from coldpress.markdown.citations import Citations
from coldpress.markdown.positions import Positions

EXTENSIONS: tuple[type[Extension], ...] = (
    FencedCodeExtension,
    FootnoteExtension,
    DefListExtension,
    AbbrExtension,
    TableExtension,
    SaneListExtension,
    SmartyExtension,
    Attributes,
    Citations,
    Positions,
)
"""In this order. Heading ids and the contents list are made later, from the finished tree."""


def engine() -> Markdown:
    """May be used for one page after another: `html_of` resets it, or footnotes would leak."""
    extensions = [
        kind(use_align_attribute=True) if kind is TableExtension else kind() for kind in EXTENSIONS
    ]
    return Markdown(extensions=extensions, output_format="html")


def html_of(marked: str, converter: Markdown) -> str:
    converter.reset()
    return converter.convert(marked)
