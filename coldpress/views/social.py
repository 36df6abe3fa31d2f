"""A page -> its card for where it is shared: what stands on it, and the name of its file.

Every word of it stands on the page: the title, where it belongs, its first rating.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from coldpress.model import Page, Recipe, Site
from coldpress.sharing import canonical
from coldpress.views.cards import rating
from coldpress.views.frame import crumb

TEMPLATE = "cards/card.svg"
WIDTH, HEIGHT = 1200, 630
"""px. What networks ask for: https://ogp.me and the sharing guides of the large ones."""
NEVER_SHARED = frozenset({"not-found", "search"})


def has_card(site: Site, page: Page) -> bool:
    return site.config.facts.social_cards and page.source.layout not in NEVER_SHARED


def card_view(site: Site, page: Page) -> dict[str, Any]:
    facts = site.config.facts
    fonts = [asset.output for name, asset in site.assets.files.items() if name.endswith(".woff2")]
    return {
        "card": {
            "brand": facts.short_name or facts.name,
            "tagline": facts.tagline or "",
            "kicker": kicker(site, page),
            "title": page.title,
            "rating": first_rating(site, page),
        },
        "fonts": fonts,
        "made_by": site.card_maker,
    }


def kicker(site: Site, page: Page) -> str:
    """The page above it, by its name in the trail; nothing above the home page."""
    folder = f"{page.source.kind.folder}/index"
    over = folder if page.id != folder and folder in site.by_id else "pages/index"
    if over == "pages/index" or over == page.id:
        return ""
    return crumb(site, site.by_id[over])


def first_rating(site: Site, page: Page) -> dict[str, Any] | None:
    if not page.source.matter.ratings:
        return None
    first = page.source.matter.ratings[0]
    badge = rating(site, first.finding, first.label)
    drawn = {name: badge[name] for name in ("level", "split", "against")}
    return {**drawn, "words": f"{badge['label']}: {badge['word']}"}


def card_output(page: Page, view: dict[str, Any]) -> str:
    """media/cards/where-it-hurts-arthritis.1f3a9c20.png: networks keep a picture for weeks under
    its name, so another picture has another one."""
    name = page.route.output.removesuffix("index.html").removesuffix(".html").strip("/")
    mark = hashlib.sha256(canonical(view)).hexdigest()[:8]
    return f"media/cards/{name.replace('/', '-') or 'home'}.{mark}.png"


def cards(site: Site) -> Iterator[Recipe]:
    for page in site.pages:
        if has_card(site, page):
            view = card_view(site, page)
            output, source = card_output(page, view), page.source.path
            yield Recipe(output=output, template=TEMPLATE, view=view, source=source, drawn=True)


def page_card(site: Site, page: Page) -> dict[str, Any] | None:
    """As the page names it."""
    if not has_card(site, page):
        return None
    view = card_view(site, page)
    badge = view["card"]["rating"]
    words = [page.title, *([badge["words"]] if badge else [])]
    return {
        "url": f"{site.config.base_url}/{card_output(page, view)}",
        "width": WIDTH,
        "height": HEIGHT,
        "alt": ". ".join(words),
    }
