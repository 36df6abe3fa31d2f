"""Source -> Converted: a page's Markdown as runs of pieces (sanitised HTML, and calls that
templates draw), with its headings, citations and links.

The way of a text: limits → directives → marks → Markdown (its extensions: engine.py) → safety →
tree → weave → pieces. Every problem has the place of the author's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from threading import get_ident

from markdown import Markdown

from coldpress.markdown.directives import directives_in
from coldpress.markdown.engine import engine, html_of, kept
from coldpress.markdown.known import Known, known_of
from coldpress.markdown.ledger import Ledger, Text
from coldpress.markdown.limits import deepest, excess, hidden_in
from coldpress.markdown.marks import lines_of, marked
from coldpress.markdown.pieces import flow, joined, sections
from coldpress.markdown.safety import clean, removals
from coldpress.markdown.slips import slips_in
from coldpress.markdown.tree import Element, Node, plain, tree
from coldpress.markdown.weave import Weaver
from coldpress.model import Converted, Piece, Source
from coldpress.problems import Problem, error

__all__ = ["Known", "convert", "engine", "known_of"]


class UnreadableError(Exception):
    """The text cannot be converted at all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def convert(
    source: Source, known: Known, converter: Markdown | None = None
) -> tuple[Converted | None, tuple[Problem, ...]]:
    """One page. Never raises on bad content: nothing comes back when it cannot be read at all.

    A pure function of its arguments: `converter`, from `engine()`, holds nothing from page to page.
    When none is given, the thread has one of its own."""
    ledger = Ledger(known, source.path)
    try:
        converted = _converted(source, ledger, converter or kept(get_ident()))
    except UnreadableError as stop:
        ledger.add(stop.problem)
        converted = None
    return converted, tuple(sorted(set(ledger.problems)))


def _converted(source: Source, ledger: Ledger, converter: Markdown) -> Converted:
    """Citations are numbered in the order of the page: summary, key points, body."""
    summary, *points = [_string(text, ledger, converter) for text in _front_matter(source)]
    body = _nodes(Text(_tidy(source.body), source.path, source.body_line), ledger, converter)
    if not _filled(body) and _needs_words(source) and not ledger.problems:
        place = Text(source.body, source.path, source.body_line).place(0)
        hint = "write something under the front matter, or set draft: true"
        ledger.add(error("empty-page", place, "the page has no text", hint))
    return Converted(
        sections=sections(body),
        key_points=tuple(points),
        summary=summary,
        headings=tuple(ledger.headings),
        citations=tuple(ledger.citations),
        terms=tuple(ledger.terms),
        links=tuple(ledger.links),
        media=tuple(ledger.media),
        text=plain(body),
    )


def _front_matter(source: Source) -> Iterator[Text]:
    matter = source.matter
    yield Text(matter.summary or "", source.path, fixed=source.place("summary"))
    for number, point in enumerate(matter.key_points):
        yield Text(point, source.path, fixed=source.place(f"key_points.{number}"))


def _string(text: Text, ledger: Ledger, converter: Markdown) -> tuple[Piece, ...]:
    """One string: no blocks, only what can stand inside a sentence."""
    if not text.written.strip():
        return ()
    nodes = _nodes(text, ledger, converter, inline=True)
    inner: list[Node] = []
    for node in nodes:
        inner += node.children if isinstance(node, Element) and node.tag == "p" else [node]
    return flow(inner)


def _nodes(text: Text, ledger: Ledger, converter: Markdown, inline: bool = False) -> list[Node]:
    for problem in chain(hidden_in(text), excess(text)):
        raise UnreadableError(problem)
    try:
        lines = lines_of(text.written)
        directives = {} if inline else directives_in(text, lines, ledger)
        for problem in () if inline else slips_in(text, lines, directives):
            ledger.add(problem)
        # A mark at the start keeps a string from being a list or a heading.
        lead = "\ue0040\ue003" if inline else ""
        html = html_of(lead + marked(lines, directives), converter)
        removals(html, text, ledger)
        woven = Weaver(text, directives, ledger).nodes(tree(clean(html)))
        return joined(woven, ledger)
    except RecursionError:
        raise UnreadableError(deepest(text)) from None


def _tidy(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\r", "\n")


def _filled(body: list[Node]) -> bool:
    return any(not isinstance(node, str) or node.strip() for node in body)


def _needs_words(source: Source) -> bool:
    """Hubs and layouts that draw data may do without."""
    return not source.is_hub and getattr(source.matter, "layout", "page") == "page"
