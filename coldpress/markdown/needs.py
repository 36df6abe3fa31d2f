"""A pattern of Python-Markdown -> the signs of which a text must hold one for it to match.

Keyed by the pattern itself, word for word: one that a new version has changed, or that is not
listed, is always tried, which costs time and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from markdown.blockprocessors import (
    BlockQuoteProcessor,
    CodeBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
)
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor

Signs: TypeAlias = "tuple[str, ...]"
PLACEHOLDER = "\x02k"
"""How the library's placeholders for inline elements begin."""
CLOSE = r"[^\ \t\r\n\[\{\(\-\u0002\u0003]"
OPEN = r"(\s|&nbsp;|--|–|—|&[mn]dash;|&#8211;|&#8212;)"
PUNCTUATION = r"""[!"#\$\%'()*+,-.\/:;<=>?\@\[\\\]\^_`{|}~]"""

INLINE: Mapping[str, Signs] = {
    r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<!\\)`)": ("`",),
    r"\\(.)": ("\\",),
    r"\[\^([^\]]*)\]": ("[^",),
    r"\ue002([0-9]+)\ue003\[(@[^\[\]]*)\]": ("[@",),
    r"(?<!\!)\[": ("[",),
    r"\[(?<!!\[)": ("[",),
    r"\!\[": ("![",),
    r"<([A-Za-z][A-Za-z0-9+.-]*://[^<>]*)>": ("<",),
    r"<([^<> !]+@[^@<> ]+)>": ("<",),
    r"  \n": ("  \n",),
    (
        r"""(<(\/?+[a-zA-Z][^\s"'<>@]*+(?:\s+[^\s"'=<>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'"""
        r"""|[^\s"'=<>]++))?+)*+\s*+/?|!--(?:(?!<!--|-->).)*--|[?](?:(?!<[?]|[?]>).)*[?]"""
        r"""|!\[CDATA\[(?:(?!<!\[CDATA\[|\]\]>).)*\]\])>)"""
    ): ("<",),
    r"(&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)": ("&",),
    r"\*|_": ("*", "_"),
}
SMARTY: Mapping[str, Signs] = {
    r"(?<!-)---(?!-)": ("---",),
    r"(?<!-)--(?!-)": ("--",),
    r"(?<!\.)\.{3}(?!\.)": ("...",),
    rf"^'(?={PUNCTUATION}\B)": ("'",),
    rf'^"(?={PUNCTUATION}\B)': ('"',),
    r""""'(?=\w)""": ("\"'",),
    r"""'"(?=\w)""": ("'\"",),
    rf"(?<={CLOSE})\'" + '"': ("'\"",),
    rf"(?<={CLOSE})\"'": ("\"'",),
    r"(?<!\w)'(?=\d{2}s)": ("'",),
    rf"{OPEN}'(?=\w)": ("'",),
    rf"(?<={CLOSE})'(?!\s|s\b|\d)": ("'",),
    r"'(\s|s\b)": ("'",),
    r"'": ("'",),
    rf'{OPEN}"(?=\w)': ('"',),
    r'"(?=\s)': ('"',),
    rf'(?<={CLOSE})"': ('"',),
    r'"': ('"',),
}
BLOCK: Mapping[type, Signs] = {
    ListIndentProcessor: ("    ",),
    DefListIndentProcessor: ("    ",),
    CodeBlockProcessor: ("    ",),
    HashHeaderProcessor: ("#",),
    SetextHeaderProcessor: ("\n=", "\n-"),
    HRProcessor: ("-", "_", "*"),
    SaneOListProcessor: (". ",),
    SaneUListProcessor: ("* ", "+ ", "- "),
    BlockQuoteProcessor: (">",),
    DefListProcessor: (": ",),
    FootnoteBlockProcessor: ("[^",),
    AbbrBlockprocessor: ("*[",),
    ReferenceProcessor: ("]:",),
    TableProcessor: ("|",),
}


def inline(text: str) -> bool:
    """Whether any of INLINE may match, or a placeholder stands there. Nine searches for a sign take
    a tenth of the time of one search for any of them."""
    return (
        "[" in text
        or "*" in text
        or "_" in text
        or "&" in text
        or "<" in text
        or "`" in text
        or "\\" in text
        or "  \n" in text
        or PLACEHOLDER in text
    )


def smarty(text: str) -> bool:
    return "'" in text or '"' in text or "--" in text or "..." in text or PLACEHOLDER in text
