"""What an export holds, as read: the values every other module of this room works on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field


class Term(Struct, frozen=True, order=True):
    taxonomy: str
    """category, post_tag, or one that a plugin made."""
    slug: str
    name: str


class Item(Struct, frozen=True):
    """One `<item>`: WordPress keeps posts, pages, files, menus and much else in the same form."""

    id: int
    type: str
    status: str
    title: str
    link: str
    slug: str
    body: str
    excerpt: str
    date: str
    """Of the site's own clock: 2019-03-05 09:30:00."""
    date_gmt: str
    modified: str
    parent: int
    password: str
    file_url: str
    """Of an attachment: where its file is."""
    terms: tuple[Term, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    old_slugs: tuple[str, ...] = ()
    comments: int = 0


class Export(Struct, frozen=True):
    title: str
    address: str
    """Of the old site: https://old.example/blog"""
    items: tuple[Item, ...]
    authors: tuple[str, ...]
    removed: int
    """Characters that XML does not allow, taken out before reading."""


Sort = Literal["prompt", "place", "address", "lost", "word"]
"""A prompt stands in the page and waits for words; a place is to be looked over; an address or a
link could not be kept; something was left out; a word about a change that loses nothing."""


class Note(Struct, frozen=True, order=True):
    """Something about one page that a person should know."""

    sort: Sort
    words: str
