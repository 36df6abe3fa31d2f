"""Site -> catalogue/index.html: every component and shortcode in every state. In previews only."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from coldpress.model import Recipe, Site

OUTPUT = "catalogue/index.html"
ICON = "img/favicon.svg"


def catalogue(site: Site) -> Iterator[Recipe]:
    """Which templates there are, and what they say of themselves, the template finds out."""
    if not site.preview or not site.is_first or OUTPUT in site.by_output:
        return
    base, files = site.config.base_path, site.assets.files
    view = {
        "site": {"name": site.config.facts.name, "home": f"{base}/"},
        "book": {"label": site.config.facts.booking.label, "url": site.config.facts.booking.url},
        "css": [
            {"css": Markup(sheet.css), "needs": list(sheet.needs)}
            for sheet in (*site.assets.sheets, *site.assets.later)
        ],
        "later": "",
        "icon": f"{base}/{files[ICON].output}" if ICON in files else "",
        "fonts": [f"{base}/{f.output}" for f in files.values() if f.name.endswith(".woff2")],
        "t": dict(site.strings),
    }
    yield Recipe(output=OUTPUT, template="catalogue.html", view=view)
