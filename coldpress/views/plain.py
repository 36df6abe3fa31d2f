"""A run of views -> its words, as they are read aloud: without the numbers of citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape


def plain(pieces: Iterable[Mapping[str, Any]]) -> str:
    return marked(pieces).striptags()


def marked(pieces: Iterable[Mapping[str, Any]]) -> Markup:
    return Markup("").join(map(words_of, pieces))


def words_of(piece: Mapping[str, Any]) -> Markup:
    if not piece["name"]:
        return Markup(piece["html"])
    if piece["name"] == "cite":
        return Markup("")
    return escape(piece["text"]) if piece["name"] == "term" else marked(piece["body"])
