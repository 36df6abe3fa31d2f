"""-> a Markdown converter with all extensions, tuned."""

from __future__ import annotations

from functools import lru_cache

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
from coldpress.markdown.tuned import Tuned

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
    return Tuned(extensions=extensions, output_format="html")


@lru_cache(maxsize=8)
def kept(thread: int) -> Markdown:  # noqa: ARG001  (what it is kept for)
    """Making one takes 1.2 ms, a third of a page; two threads cannot share one."""
    return engine()


def html_of(marked: str, converter: Markdown) -> str:
    converter.reset()
    converter.parser.state.clear()  # not reset there: a page that was too deep would leave it open
    return converter.convert(marked)
