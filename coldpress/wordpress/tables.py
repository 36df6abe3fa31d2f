"""Tables of any shape -> tables with one row of headings and whole cells, as Markdown has them."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from coldpress.wordpress.page import Writing, element
from coldpress.wordpress.tidy import is_break

WIDEST = 40
CELLS = ["td", "th"]
LINES = ["p", "div", "li", "dt", "dd", "tr", "blockquote", "pre", "caption", "figcaption"]
LINES += [f"h{level}" for level in range(1, 7)]
"""What stood on a line of its own in a cell."""
OUTER = ["ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "figure", "hr", *CELLS, *LINES]
"""What a cell cannot hold: taken off, the words kept."""


def tables(soup: BeautifulSoup, writing: Writing) -> None:
    for one in list(soup.find_all("table")):
        if one.parent is not None and one.find_parent("table") is None:
            _table(one, writing)
    for loose in list(soup.find_all(["tr", "thead", "tbody", "tfoot", "caption", *CELLS])):
        if loose.find_parent("table") is None:
            loose.name = "div"


def _table(table: Tag, writing: Writing) -> None:
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [cell for row in rows for cell in row.find_all(CELLS, recursive=False)]
    grid = list(_grid(rows))
    width = max((len(row) for row in grid), default=0)
    if not 1 < width <= WIDEST or len(cells) < 2:
        _as_text(table, writing if cells else None)
        return
    if any(_span(cell, side) > 1 for cell in cells for side in ("rowspan", "colspan")):
        writing.note("place", "a table had cells over several rows or columns: look it over")
    if not _has_heads(rows[0]):
        writing.note("place", "a table had no row of headings: its first row is one now")
    captions = [caption.extract() for caption in table.find_all("caption", recursive=False)]
    made = element("table", [_row(row, width, number) for number, row in enumerate(grid)])
    table.replace_with(made)
    for caption in captions:
        made.insert_after(element("p", ["Table: ", *(one.extract() for one in list(caption))]))


def _has_heads(first: Tag) -> bool:
    cells = first.find_all(CELLS, recursive=False)
    in_head = first.parent is not None and first.parent.name == "thead"
    return in_head or all(cell.name == "th" for cell in cells)


def _as_text(table: Tag, writing: Writing | None) -> None:
    """A table of one column arranges, and says nothing more than its parts do in order."""
    if writing is not None:
        writing.note("word", "a table of one column, or far too wide: its cells are text now")
    for part in table.find_all(["tr", "thead", "tbody", "tfoot", "caption", *CELLS]):
        part.name = "div"
    table.name = "div"


def _grid(rows: list[Tag]) -> Iterator[list[Tag | None]]:
    """Cells by column; None where one from the left or from above reaches to."""
    reaching: dict[int, int] = {}
    for row in rows:
        line: list[Tag | None] = []
        for cell in row.find_all(CELLS, recursive=False):
            while reaching.get(len(line), 0):
                line.append(None)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(line), len(line) + width):
                reaching[column] = height
            line += [cell, *[None] * (width - 1)]
        while reaching.get(len(line), 0):
            line.append(None)
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        if line:
            yield line


def _span(cell: Tag, side: str) -> int:
    written = str(cell.get(side) or "1").strip()
    return min(max(int(written), 1), WIDEST) if written.isascii() and written.isdigit() else 1


def _row(row: list[Tag | None], width: int, number: int) -> Tag:
    kind = "td" if number else "th"
    cells = [element(kind, _inline(cell)) for cell in row]
    return element("tr", [*cells, *(element(kind) for _ in range(width - len(row)))])


def _inline(cell: Tag | None) -> list[PageElement]:
    """What is in a cell, on lines divided by breaks: none at its edges, no two in a row."""
    if cell is None:
        return []
    _flatten(cell)
    kept: list[PageElement] = []
    for one in [one for one in cell.contents if not _blank(one)]:
        if not is_break(one) or (kept and not is_break(kept[-1])):
            kept.append(one)
    return [one.extract() for one in (kept[:-1] if kept and is_break(kept[-1]) else kept)]


def _flatten(cell: Tag) -> None:
    for line in cell.find_all(LINES):
        if line.name == "li":
            line.insert(0, "• ")
        line.insert_before(element("br"))
        line.insert_after(element("br"))
    for one in cell.find_all(OUTER):
        one.unwrap()


def _blank(one: PageElement) -> bool:
    """Beside a break or an edge; a space between two words in bold is none of these."""
    beside = (one.previous_sibling, one.next_sibling)
    edge = any(other is None or is_break(other) for other in beside)
    return isinstance(one, NavigableString) and not one.strip() and edge
