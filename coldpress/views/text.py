"""A run of pieces -> a run of plain views: every call gets what the site knows about it.

What a call *looks* like is templates/shortcodes/<name>.html; what it *says* is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from coldpress.model import Call, Page, Piece, Site
from coldpress.views.cards import card, rating, reference
from coldpress.views.charts import chart_view
from coldpress.views.everywhere import everywhere
from coldpress.views.frame import booking
from coldpress.views.pictures import picture_view

View = dict[str, Any]


class Texts:
    """Draws runs of pieces of one page. Counts as it goes: ids must be unique on a page."""

    def __init__(self, site: Site, page: Page) -> None:
        self.site = site
        self.page = page
        self.count = 0

    def flow(self, pieces: Iterable[Piece]) -> list[View]:
        return [self.piece(piece) for piece in pieces]

    def piece(self, piece: Piece) -> View:
        if not isinstance(piece, Call):
            return {"name": "", "html": piece}
        self.count += 1
        known = CALLS.get(piece.name, as_written)(self, piece)
        return {"name": piece.name, **known, "body": self.flow(piece.body)}


def as_written(_texts: Texts, call: Call) -> View:
    """Care cards, lists, steps ...: all they need stands in the text."""
    return {"title": "", **call.args}


def cite(texts: Texts, call: Call) -> View:
    """Numbers only: the note of a reference stands on the page once, with its list entry's view."""
    order = texts.page.converted.citations
    keys = call.args["keys"]
    locators = call.args.get("locators") or ("",) * len(keys)
    return {
        "items": [
            {"number": order.index(key) + 1, "locator": locator or ""}
            for key, locator in zip(keys, locators, strict=True)
        ]
    }


def term(texts: Texts, call: Call) -> View:
    entry = texts.site.glossary[call.args["id"]]
    return {
        **call.args,
        "anchor": f"t{texts.count}",
        "url": f"{everywhere(texts.site).site['glossary_url']}#{call.args['id']}",
        "definition": entry.definition,
    }


def picture(texts: Texts, call: Call) -> View:
    media = texts.site.media[call.args["src"]]
    return {**call.args, **picture_view(texts.site, media, call.args.get("focal", ""))}


def chart(texts: Texts, call: Call) -> View:
    key = call.args["source"]
    number = texts.page.converted.citations.index(key) + 1
    return {**chart_view(call.args), "source": reference(texts.site, key, number)}


def diagram(texts: Texts, call: Call) -> View:
    name = call.args["file"]
    return {"file": f"diagrams/{name}.svg", "id": f"d{texts.count}", "diagram": name}


def cta(texts: Texts, call: Call) -> View:
    book = booking(texts.site, texts.page)
    return {
        "url": book[call.args.get("slot") or "card"],
        "label": book["label"],
        "quiet": texts.page.source.matter.sensitive,
        "safety_url": everywhere(texts.site).site["safety_url"],
    }


def finding(texts: Texts, call: Call) -> View:
    key = call.args["id"]
    entry = texts.site.evidence.findings[key]
    return {
        "rating": rating(texts.site, key, texts.site.strings["evidence"]),
        "question": entry.question,
        "sentence": entry.sentence,
    }


def findings(texts: Texts, call: Call) -> View:
    return {
        "caption": texts.site.strings["findings_caption"],
        "rows": [row(texts.site, key) for key in texts.site.evidence.fitting(call.args)],
    }


def row(site: Site, key: str) -> View:
    entry = site.evidence.findings[key]
    method = site.by_id.get(f"methods/{entry.method}")
    badge = rating(site, key, site.strings["evidence"])
    return {
        "label": entry.question,
        "method": method.label if method else "",
        "rating": badge,
        "sentence": entry.sentence,
        "url": badge["url"],
    }


def cards(texts: Texts, call: Call) -> View:
    pages = texts.site.of_kind(call.args["folder"])
    return {"cards": [card(texts.site, p, n) for n, p in enumerate(pages, start=1)]}


def body_map(texts: Texts, _call: Call) -> View:
    """A pin for every region of every condition; the number is the condition's in the list."""
    pages = texts.site.of_kind("conditions")
    listed = [card(texts.site, p, n) for n, p in enumerate(pages, start=1)]
    pins = [
        {
            "region": region,
            "number": entry["number"],
            "label": f"{texts.site.strings[f'region_{region}']}: {entry['label']}",
            "url": entry["url"],
        }
        for entry in listed
        for region in entry["regions"]
    ]
    return {"pins": pins, "cards": listed, "id": f"m{texts.count}"}


def question(texts: Texts, call: Call) -> View:
    return {**call.args, "id": call.args.get("id") or f"q{texts.count}"}


CALLS: Mapping[str, Callable[[Texts, Call], View]] = {
    "cite": cite,
    "term": term,
    "chart": chart,
    "figure": picture,
    "image": picture,
    "diagram": diagram,
    "cta": cta,
    "finding": finding,
    "findings": findings,
    "cards": cards,
    "body-map": body_map,
    "question": question,
}
