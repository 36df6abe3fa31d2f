"""HTML of a page's text -> the same in Markdown, for reuse: addresses whole, drawings as the words
that describe them, numbers of references in brackets.

Not by a library: those build a second tree, which takes fifteen times as long as making the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

SILENT = frozenset({"note", "book", "play", "bar", "btn", "iso-key"})
"""What is there for the eye or the finger, or stands in the reference list as well."""
UNSEEN = frozenset({"script", "style", "link", "label", "form", "template", "-comment"})
APART = frozenset({"meter", "soft", "badge"})
"""What has a line of its own on the page without being a paragraph."""
SPACE = re.compile(r"[ \t\n\r\f]+")
SIGNS = re.compile(r"([\\`*_\[\]<>])")
STARTS = re.compile(r"^(\d+)([.)])(?=\s)|^([-+#])(?=\s)")
"""A paragraph that would begin a list or a heading."""
GLUE = "\u2060"
"""Keeps a number on the line of its word; plain text needs none."""
BREAK = "\x1f"
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*"}


def markdown_of(html: str, canonical: str) -> str:
    """`canonical`: full address of the page: what its links are relative to."""
    body = LexborHTMLParser(html).body
    return "\n\n".join(Twin(canonical).blocks(body)) + "\n" if body else ""


class Twin:
    def __init__(self, canonical: str) -> None:
        self.canonical = canonical
        self.known: Mapping[str, Callable[[LexborNode], Iterator[str]]] = {
            **{f"h{level}": self.heading for level in range(1, 7)},
            **dict.fromkeys(("p", "address", "caption", "figcaption"), self.paragraph),
            **dict.fromkeys(("ul", "ol"), self.items),
            **dict.fromkeys(
                ("div", "section", "article", "figure", "details", "nav", "main", "aside"),
                self.blocks,
            ),
            "blockquote": self.quote,
            "dl": self.terms,
            "hr": lambda _node: iter(["---"]),
            "summary": lambda node: iter([f"### {self.words(node)}"]),
            "svg": self.drawing,
            "table": self.table,
        }

    def blocks(self, node: LexborNode) -> Iterator[str]:
        """What stands one under the other; words between the parts are a paragraph."""
        loose: list[str] = []
        for child in shown(node):
            tag = child.tag or ""
            if tag not in self.known:
                loose.append(self.inline(child))
                continue
            yield from told("".join(loose))
            loose.clear()
            yield from self.known[tag](child)
        yield from told("".join(loose))

    def heading(self, node: LexborNode) -> Iterator[str]:
        yield f"{'#' * int((node.tag or 'h1')[1])} {self.words(node)}"

    def paragraph(self, node: LexborNode) -> Iterator[str]:
        yield from told("".join(map(self.inline, shown(node))))

    def quote(self, node: LexborNode) -> Iterator[str]:
        lines = "\n\n".join(self.blocks(node)).split("\n")
        yield "\n".join(f"> {line}".rstrip() for line in lines)

    def items(self, node: LexborNode) -> Iterator[str]:
        made = []
        numbers = node.tag == "ol"
        for place, item in enumerate((one for one in shown(node) if one.tag == "li"), start=1):
            number = (item.attributes.get("value") or place) if numbers else ""
            mark = f"{number}. " if numbers else "- "
            text = "\n\n".join(self.blocks(item))
            made.append(mark + text.replace("\n", "\n" + " " * len(mark)).replace(" \n", "\n"))
        if made:
            yield "\n".join(re.sub(r"(?m)^ +$", "", one) for one in made)

    def terms(self, node: LexborNode) -> Iterator[str]:
        lines = []
        for child in node.css("dt, dd"):
            words = self.words(child)
            bold = words if words.startswith("**") else f"**{words}**"
            lines.append(f"- {bold}" if child.tag == "dt" else f": {words}")
        yield "".join(f"\n{line}" if line.startswith("- ") else line for line in lines).strip()

    def table(self, node: LexborNode) -> Iterator[str]:
        """The first row is the head: Markdown knows no table without."""
        for caption in node.css("caption"):
            yield from self.paragraph(caption)
        rows = [[self.cell(cell) for cell in row.css("th, td")] for row in node.css("tr")]
        width = max(map(len, rows), default=0)
        if not node.css("thead"):
            rows.insert(0, [""] * width)
        lines = [" | ".join((*row, *[""] * (width - len(row)))) for row in rows]
        lines.insert(1, " | ".join(["---"] * width))
        yield "\n".join(f"| {line} |" for line in lines)

    def cell(self, node: LexborNode) -> str:
        return " ".join(self.blocks(node)).replace("\n", " ").replace("|", "\\|")

    def drawing(self, node: LexborNode) -> Iterator[str]:
        """Its title and what it shows."""
        words = [escaped(SPACE.sub(" ", one.text()).strip()) for one in node.css("title, desc")]
        if words:
            yield f"*{': '.join(words)}*"

    def words(self, node: LexborNode) -> str:
        """As one line."""
        found = "".join(map(self.inline, shown(node))).replace(BREAK, " ")
        return SPACE.sub(" ", found).strip()

    def inline(self, node: LexborNode) -> str:
        tag = node.tag or ""
        if tag == "-text":
            return escaped((node.text_content or "").replace(GLUE, ""))
        if tag == "br":
            return BREAK
        if tag == "img":
            alt, source = node.attributes.get("alt"), node.attributes.get("src")
            return f"![{escaped(alt or '')}]({urljoin(self.canonical, source or '')})"
        if tag == "svg" or tag in ("ul", "ol", "table", "p", "div"):
            return " ".join(self.known[tag](node)).replace("\n", " ")
        inner = "".join(map(self.inline, shown(node)))
        return self.marked(node, tag, inner) if inner.strip() else inner

    def marked(self, node: LexborNode, tag: str, inner: str) -> str:
        if tag in MARKS:
            return f"{MARKS[tag]}{inner.strip()}{MARKS[tag]}"
        if tag == "code":
            return f"`{node.text()}`"
        if tag == "a":
            return self.link(node, inner)
        if tag == "button" and "cite" in classes(node):
            return f"[{inner}]"
        return set_off(node, inner) if APART & classes(node) else inner

    def link(self, node: LexborNode, inner: str) -> str:
        url = urljoin(self.canonical, node.attributes.get("href") or "")
        return f"<{url}>" if node.text() == url else f"[{SPACE.sub(' ', inner).strip()}]({url})"


def set_off(node: LexborNode, inner: str) -> str:
    """Bold where it comes first, in brackets behind something."""
    before = node.prev
    while before is not None and not (before.text() or "").strip():
        before = before.prev
    words = inner.strip()
    return f"**{words}.** " if before is None else f" ({words.removesuffix('.')})"


def shown(node: LexborNode) -> Iterator[LexborNode]:
    for child in node.iter(include_text=True):
        silent = child.tag != "-text" and (
            child.tag in UNSEEN
            or child.attributes.get("aria-hidden") == "true"
            or SILENT & classes(child)
        )
        if not silent:
            yield child


def classes(node: LexborNode) -> frozenset[str]:
    return frozenset((node.attributes.get("class") or "").split())


def escaped(text: str) -> str:
    return SIGNS.sub(r"\\\1", text)


def told(words: str) -> Iterator[str]:
    """A paragraph, if there are words for one."""
    lines = (SPACE.sub(" ", line).strip() for line in words.split(BREAK))
    text = "  \n".join(line for line in lines if line)
    if text:
        yield STARTS.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", text)
