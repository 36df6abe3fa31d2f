"""Site + page -> the recipe of its Markdown twin: the page's own view, drawn without menus."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from coldpress.model import Page, Recipe, Site
from coldpress.reuse import twin_output

BARE: dict[str, Any] = {"css": [], "later": "", "fonts": [], "icon": ""}
"""What only browsers need of a view."""


def twin_recipe(site: Site, page: Page, whole: Recipe) -> Recipe:
    """`whole`: the recipe of the page itself."""
    return replace(
        whole,
        output=twin_output(page),
        template="feeds/twin.html",
        view={**(whole.view or {}), **BARE},
        markdown_at=site.config.base_url + page.route.url,
    )
