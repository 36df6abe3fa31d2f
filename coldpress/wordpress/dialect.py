"""HTML in order -> Markdown that our own converter reads back as the same words and elements.

markdownify walks the elements. What is changed here is where Markdowns differ: ours wants four
spaces in lists, has blocks of its own (`:::`), no strike-through, and other signs to be escaped.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from markdownify import MarkdownConverter

from coldpress.wordpress.page import element

Parents = AbstractSet[str]

SPACES = re.compile(r"[ \t\r\n\f]+")
HARD_SPACES = re.compile("[ \u00a0]{2,}")
SIGNS = re.compile(r"[\\`*{}\[\]|]|(?<![^\W_])_|_(?![^\W_])")
"""Escaped wherever they stand. A _ between letters is none of Markdown's."""
ENTITY = re.compile(r"&(?=#?\w+;)")
LINE_START = re.compile(
    r"""(?m)^(?:(?P<sign>[>\#]|[-+](?=\s|$)|-(?=[-\s]*$))
        | (?P<number>\d+)\.(?=\s|$)
        | (?P<colon>:)
        | (?P<other>~(?=~~)|=(?==*\ *$)))""",
    re.VERBOSE,
)
AS_NUMBER = {":": "&#58;", "~": "&#126;", "=": "&#61;"}
COLONS = re.compile(r"^(\s*)::+")
"""Would open a block. Only a space keeps them from it."""
LAST_BANG = re.compile(r"!$")
"""Before a link it would make a picture of it."""
LAST_HASHES = re.compile(r"#+$")
BLANK_LINES = re.compile(r"\n{3,}")
BLOCKS = ("p", "x-line", "td", "th", "dt", "h1", "h2", "h3", "h4", "h5", "h6")
ALSO = {"strike": "del", "s": "del"}


def markdown(soup: BeautifulSoup) -> str:
    text: str = OurMarkdown().convert_soup(soup)
    return BLANK_LINES.sub("\n\n", text).strip("\n")


def escaped(text: str) -> str:
    """Words that Markdown must leave alone, anywhere but at the start of a line."""
    text = SIGNS.sub(r"\\\g<0>", ENTITY.sub("&amp;", text))
    return text.replace("<", "&lt;")


def line_safe(text: str) -> str:
    """No line of `text` starts with a sign that makes a list, a heading or a block of it."""
    return LINE_START.sub(_line_start, text)


def _line_start(found: re.Match[str]) -> str:
    if found["sign"]:
        return f"\\{found['sign']}"
    if found["number"]:
        return f"{found['number']}\\."
    return AS_NUMBER[found["colon"] or found["other"]]


class OurMarkdown(MarkdownConverter):
    """Method names and arguments are markdownify's."""

    class Options:
        autolinks = False
        bullets = "-"
        heading_style = "atx"
        keep_inline_images_in = ("td", "th", "a", "strong", "em")
        strip_pre = None

    def process_text(self, el: NavigableString, parent_tags: Parents | None = None) -> str:
        inside = parent_tags or frozenset()
        if "pre" in inside:
            return str(el)
        words = HARD_SPACES.sub(" ", SPACES.sub(" ", str(el)))
        if el.parent is not None and el.parent.name in BLOCKS:
            words = words.lstrip() if el.previous_sibling is None else words
            words = words.rstrip() if el.next_sibling is None else words
        if "_noformat" in inside:
            return words
        return LAST_BANG.sub(r"\\!", escaped(COLONS.sub(r"\1: :", words)))

    # ------------------------------------------------------------------ blocks

    def convert_p(self, el: Tag, text: str, parent_tags: Parents) -> str:
        place = f"\n{{: #{el['x-id']} }}" if el.get("x-id") else ""
        words = line_safe(_lines(text))
        return f"\n\n{words}{place}\n\n" if words else ""

    def convert_x_line(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return line_safe(_lines(text)) + "\n"

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Parents) -> str:  # noqa: N802
        place = f" {{: #{el['x-id']} }}" if el.get("x-id") else ""
        words = LAST_HASHES.sub(lambda found: r"\#" * len(found[0]), SPACES.sub(" ", text).strip())
        return f"\n\n{'#' * n} {words}{place}\n\n"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: Parents) -> str:
        quoted = "\n".join(f"> {line}" if line else ">" for line in _block(text).split("\n"))
        return f"\n\n{quoted}\n\n"

    def convert_list(self, el: Tag, text: str, parent_tags: Parents) -> str:
        text = _block(text)
        return f"\n{text}\n" if "li" in parent_tags and not _loose(el) else f"\n\n{text}\n\n"

    convert_ul = convert_list
    convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: Parents) -> str:
        text = _block(text)
        sign = "-"
        if el.parent is not None and el.parent.name == "ol":
            sign = f"{_first_number(el.parent) + len(el.find_previous_siblings('li'))}."
        first, *others = text.split("\n")
        lines = [f"{sign} {first}", *(f"    {line}" if line else "" for line in others)]
        gap = "\n\n" if el.parent is not None and _loose(el.parent) else "\n"
        return "\n".join(lines) + gap

    def convert_dl(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"\n\n{_block(text)}\n\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"\n\n{SPACES.sub(' ', text).strip()}\n"

    def convert_dd(self, el: Tag, text: str, parent_tags: Parents) -> str:
        first, *others = _block(text).split("\n")
        lines = [f":   {first}", *(f"    {line}" if line else "" for line in others)]
        return "\n".join(lines) + "\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A fence is none in a quotation; four spaces before a line are no code below a list."""
        lines = text.replace("\r", "").expandtabs(4).strip("\n").split("\n")
        if not "".join(lines).strip():
            return ""
        if "blockquote" in parent_tags:
            return "\n\n" + "\n".join(f"    {line}".rstrip() for line in lines) + "\n\n"
        longest = max((len(run) for run in re.findall(r"~+", text)), default=0)
        fence = "~" * max(3, longest + 1)
        return "\n\n" + "\n".join([fence, *lines, fence]) + "\n\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return "\n\n---\n\n"

    # ------------------------------------------------------------------ blocks of our own

    def convert_x_question(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f'\n\n::: question "{_argument(str(el["title"]))}"\n{_block(text)}\n:::\n\n'

    def convert_x_figure(self, el: Tag, text: str, parent_tags: Parents) -> str:
        alt = _argument(str(el["alt"]))
        return f'\n\n::: figure {el["src"]} "{alt}"\n{_block(text)}\n:::\n\n'

    def convert_x_left(self, el: Tag, text: str, parent_tags: Parents) -> str:
        words = escaped(str(el["words"]))
        if el.previous_sibling is None and el.next_sibling is None:
            return words
        after_one = isinstance(el.previous_sibling, Tag) and el.previous_sibling.name == el.name
        before = " " if after_one or _ends_word(el.previous_sibling) else ""
        return f"{before}({words}){' ' if _starts_word(el.next_sibling) else ''}"

    # ------------------------------------------------------------------ in a line

    def convert_a(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "_noformat" in parent_tags:
            return text
        before, words, after = _apart(text)
        return f"{before}[{words}]({el['href']}){after}" if words else text

    def convert_img(self, el: Tag, text: str, parent_tags: Parents) -> str:
        return f"![{escaped(str(el['alt']))}]({el['src']})"

    def convert_br(self, el: Tag, text: str, parent_tags: Parents) -> str:
        if "pre" in parent_tags:
            return "\n"
        if {"td", "th"} & set(parent_tags):
            return _opening(el)
        spaced = {"_inline", "_noformat", "dt"} & set(parent_tags)
        return " " if spaced else "  \n"

    def convert_strong(self, el: Tag, text: str, parent_tags: Parents) -> str:
        before, words, after = _apart(text)
        return f"{before}**{words}**{after}" if words and "_noformat" not in parent_tags else text

    convert_b = convert_strong

    def convert_em(self, el: Tag, text: str, parent_tags: Parents) -> str:
        """A _ is plain beside other stars, but no sign at all in the middle of a word."""
        before, words, after = _apart(text)
        if not words or "_noformat" in parent_tags:
            return text
        in_word = (not before and _ends_word(el.previous_sibling)) or (
            not after and _starts_word(el.next_sibling)
        )
        sign = "*" if in_word else "_"
        return f"{before}{sign}{words}{sign}{after}"

    convert_i = convert_em
    convert_var = convert_em

    def kept(self, el: Tag, text: str, parent_tags: Parents) -> str:
        before, words, after = _apart(text)
        if not words or "_noformat" in parent_tags:
            return text
        name = ALSO.get(el.name, el.name)
        title = {"title": str(el["title"])} if el.get("title") and name in ("abbr", "dfn") else {}
        return f"{before}{_opening(element(name, **title))}{words}</{name}>{after}"

    convert_abbr = convert_cite = convert_del = convert_dfn = convert_ins = convert_mark = kept
    convert_q = convert_s = convert_small = convert_strike = convert_sub = convert_sup = kept
    convert_u = kept


def _opening(el: Tag) -> str:
    """Its start tag."""
    return str(
        element(el.name, **{name: str(value) for name, value in el.attrs.items()})
    ).partition("</")[0]


def _block(text: str) -> str:
    return BLANK_LINES.sub("\n\n", text).strip("\n")


def _lines(text: str) -> str:
    """The lines of a paragraph, without spaces at their ends but for the two that break it. An
    empty one, or one of spaces that do not break, would end it in the middle of what is open."""
    lines = (line.strip(" ") for line in text.strip().split("\n"))
    return "  \n".join(line for line in lines if line.strip())


def _apart(text: str) -> tuple[str, str, str]:
    """Spaces at the edges go outside: `** bold**` is no emphasis."""
    words = text.strip()
    if not words:
        return text, "", ""
    start = text.index(words)
    return text[:start], words, text[start + len(words) :]


def _ends_word(one: PageElement | None) -> bool:
    return isinstance(one, NavigableString) and one[-1:].isalnum()


def _starts_word(one: PageElement | None) -> bool:
    return isinstance(one, NavigableString) and one[:1].isalnum()


def _argument(text: str) -> str:
    """In the quotation marks of a block's first line."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _first_number(listed: Tag) -> int:
    start = str(listed.get("start") or "1")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1


def _loose(listed: Tag) -> bool:
    """Some item of it has more than one paragraph, so empty lines stand between them."""
    parts = ["p", "pre", "blockquote", "table", "dl"]
    return any(item.find(parts, recursive=False) for item in listed.find_all("li", recursive=False))
