"""Site + page -> the plain data its template gets. What is not in the view cannot influence the
page, so the view (and the templates) decide whether a page must be made again.

The shapes are written down in docs/views.md, for people who write templates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import asdict

from coldpress.clinical import clinical_digest
from coldpress.dates import day, months_on
from coldpress.model import Call, Page, Piece, Recipe, Site
from coldpress.schema import MethodMatter
from coldpress.signoff import standing
from coldpress.titles import title_tag
from coldpress.translations import told_from
from coldpress.views.cards import card, page_url, rating, reference
from coldpress.views.everywhere import everywhere
from coldpress.views.expired import notices
from coldpress.views.feeds import page_feeds
from coldpress.views.frame import booking, canonical, crumbs, site_view
from coldpress.views.graph import graph
from coldpress.views.graph.article import is_article
from coldpress.views.layouts import LAYOUTS
from coldpress.views.offers import offer
from coldpress.views.pictures import page_picture
from coldpress.views.qr import qr
from coldpress.views.social import cards, page_card
from coldpress.views.text import Texts

__all__ = ["cards", "expired", "page_recipe", "page_view"]

NEXT = 3
"""Pages offered under "read next": more is a menu, not a suggestion."""


def page_recipe(site: Site, page: Page) -> Recipe:
    return Recipe(
        output=page.route.output,
        template=template_of(page),
        view=page_view(site, page),
        source=page.source.path,
    )


def expired(site: Site) -> Iterator[Recipe]:
    """The notes that stand where pages were."""
    yield from notices(site, page_view)


def template_of(page: Page) -> str:
    if page.source.is_hub:
        return "hub.html"
    layout = page.source.layout
    return page.source.kind.template if layout == "page" else f"{layout}.html"


def page_view(site: Site, page: Page) -> dict[str, Any]:
    """Everything templates/<kind>.html may know."""
    same = everywhere(site)
    view: dict[str, Any] = {
        "page": {
            **about(site, page),
            **body(site, page),
            **LAYOUTS[page.source.layout](site, page),
        },
        "site": site_view(site, page),
        "book": booking(site, page),
        "css": same.css,
        "later": same.later,
        "icon": same.icon,
        "fonts": same.fonts,
        "t": same.t,
    }
    view["page"]["graph"] = graph(site, page, view)
    return view


def about(site: Site, page: Page) -> dict[str, Any]:
    matter = page.source.matter
    return {
        "kind": "hub" if page.source.is_hub else page.source.kind.name,
        "layout": page.source.layout,
        "id": page.id,
        "title": matter.title,
        "label": page.label,
        "title_tag": title_tag(site, matter.title),
        "description": matter.description,
        "lang": page.source.lang,
        "url": page_url(site, page),
        "canonical": canonical(site, page),
        "feeds": page_feeds(site, page),
        "noindex": matter.robots == "noindex",
        "alternates": alternates(site, page),
        "og_type": "article" if is_article(page) else "website",
        "draft": matter.draft,
        "crumbs": crumbs(site, page),
        "urgent": asdict(matter.urgent) if matter.urgent else None,
        "ratings": [rating(site, r.finding, r.label) for r in matter.ratings],
        "rate_url": everywhere(site).rate_url,
        "updated": day(site, matter.updated),
        "evidence_checked": day(site, matter.evidence_checked),
        "next_check": day(site, next_check(site, page)),
        "translation": translation(site, page),
        "reviewer": reviewer(site, page),
        "book": matter.no_booking is None and not offers_booking(page),
        "quiet": matter.sensitive,
        "facts": facts(site, page),
        "offer": offer(site, page),
        "image": page_picture(site, page),
        "card": page_card(site, page),
        "qr": qr(f"{canonical(site, page)}?utm_source=handout") if is_handout(page) else None,
    }


def alternates(site: Site, page: Page) -> list[dict[str, str]]:
    """The same page in every language there is of it, and for readers of all others the first."""
    urls = site.alternates.get(page.id, {})
    if len(urls) < 2:
        return []
    all_of = {**urls, "x-default": next(iter(urls.values()))}
    return [{"lang": lang, "url": site.config.base_url + url} for lang, url in all_of.items()]


def offers_booking(page: Page) -> bool:
    """The author placed the booking card in the text: the template must not draw a second one."""

    def has_cta(pieces: Iterable[Piece]) -> bool:
        calls = (piece for piece in pieces if isinstance(piece, Call))
        return any(call.name == "cta" or has_cta(call.body) for call in calls)

    return any(has_cta(section.body) for section in page.converted.sections)


def is_handout(page: Page) -> bool:
    """Pages people print and take to their clinician."""
    inner = not page.source.is_hub
    return (page.source.kind.name == "condition" and inner) or page.source.layout == "checklist"


def facts(site: Site, page: Page) -> list[dict[str, str]]:
    """Short facts under the title."""
    matter = page.source.matter
    if not isinstance(matter, MethodMatter):
        return []
    given = {"fact_temperature": matter.temperature, "fact_reaches": matter.reaches}
    return [{"label": site.strings[name], "text": text} for name, text in given.items() if text]


def next_check(site: Site, page: Page) -> date | None:
    """The day by which the evidence is to be looked at again."""
    checked = page.source.matter.evidence_checked
    return checked and months_on(checked, site.config.facts.evidence.recheck_months)


def reviewer(site: Site, page: Page) -> dict[str, Any] | None:
    """What the page says of its review, word for word what structured data may say of it:
    `lastReviewed` is the day of the sign-off and an edit never moves it."""
    review = page.source.matter.reviewed
    if review is None:
        return None
    now = standing(
        review,
        clinical_digest(page, site.evidence),
        site.today,
        site.config.facts.reviews,
    )
    return {
        "by": review.by,
        "credential": review.credential,
        "on": day(site, review.on),
        "next": day(site, review.next),
        "edited": now.edited,
    }


def translation(site: Site, page: Page) -> dict[str, Any]:
    """What a reader of a translation is told: that no named person has checked it, and where the
    original is once that has said something else for a while."""
    found = site.translations.get(page.id)
    if found is None:
        return {"pending": False, "original": {}}
    day_ = told_from(found, site.config.facts.translation_grace_days)
    lang, url = next(iter(site.alternates.get(page.id, {"": ""}).items()))
    stale = bool(url) and day_ is not None and day_ <= site.today
    return {
        "pending": found.pending,
        "original": {
            "lang": lang,
            "name": site.languages[lang].name,
            "url": site.config.base_path + url,
        }
        if stale
        else {},
    }


def body(site: Site, page: Page) -> dict[str, Any]:
    texts = Texts(site, page)
    converted = page.converted
    return {
        "summary": texts.flow(converted.summary),
        "key_points": [texts.flow(point) for point in converted.key_points],
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "classes": list(section.classes),
                "body": texts.flow(section.body),
            }
            for section in converted.sections
        ],
        "contents": [
            {"id": heading.id, "text": heading.text}
            for heading in converted.headings
            if heading.level == 2
        ],
        "references": [
            reference(site, key, number) for number, key in enumerate(converted.citations, start=1)
        ],
        **related(site, page),
    }


def related(site: Site, page: Page) -> dict[str, Any]:
    lists: Mapping[str, tuple[str, ...]] = site.relations.get(page.id, {})

    def cards(
        name: str, beside: Page | None = None, most: int | None = None
    ) -> list[dict[str, Any]]:
        ids = lists.get(name, ())[:most]
        return [card(site, site.by_id[id], n, beside) for n, id in enumerate(ids, start=1)]

    folder = page.source.kind.folder
    return {
        "mechanisms": cards("mechanisms", page),
        "conditions": cards("conditions", page),
        "methods": cards("methods", page),
        "next": cards("related", most=NEXT),
        "cards": [card(site, p, n) for n, p in enumerate(site.of_kind(folder), start=1)]
        if page.source.is_hub
        else [],
    }
