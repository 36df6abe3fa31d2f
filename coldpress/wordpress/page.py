"""What is known about one page while it is being written, and what is to be said about it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence

from bs4 import BeautifulSoup, Tag
from msgspec import Struct, field

from coldpress.wordpress.addresses import Addresses
from coldpress.wordpress.pictures import Missing, Pictures, Standing, Taken
from coldpress.wordpress.records import Item, Note, Sort

PROMPT = "replace this: "
"""`check` finds these words and says what is still to be filled in."""
LEFT = "x-left"
"""An element that stands for what could not be carried over: the words to be put there."""
MOST = 300
"""Letters of something left out that a page or the report shows."""


class Writing(Struct):
    """One item on its way to a content file."""

    item: Item
    path: str
    standing: Standing
    pictures: Pictures
    addresses: Addresses
    reusable: Callable[[int], str | None]
    """Id of a reusable block -> its text."""
    uploads: Sequence[int] = ()
    """Ids of the pictures that were uploaded to the page."""
    classic: bool = True
    """Written without blocks: an end of a line is one on the page as well."""
    notes: dict[Note, None] = field(default_factory=dict)
    prompts: int = 0
    alts: dict[str, str] = field(default_factory=dict)
    """Picture -> what the text says that it shows."""
    reused: set[int] = field(default_factory=set)

    def note(self, sort: Sort, words: str) -> None:
        self.notes[Note(sort, shortened(words))] = None

    def left(self, what: str) -> Tag:
        """An element in place of `what`: it asks for it, so that nothing goes unseen."""
        self.prompts += 1
        self.note("prompt", what)
        return element(LEFT, words=f"{PROMPT}{shortened(what)}")

    def picture(self, file: str, number: int) -> Taken | Missing:
        folder = self.path.rpartition("/")[0]
        return self.pictures.find(file, number, folder, self.standing)


def shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= MOST else f"{words[: MOST - 1]}…"


def soup_of(html: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "looks like an address", "looks like XML": it may
        return BeautifulSoup(html, "html.parser")


def element(tag: str, inside: Iterable[object] = (), **attributes: str) -> Tag:
    """A new element with `inside` (elements, words) in it."""
    made = Tag(name=tag, attrs=dict(attributes))
    for one in list(inside):
        made.append(one)  # type: ignore[arg-type]
    return made
