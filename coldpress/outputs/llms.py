"""Site -> llms.txt: the pages by topic, for language models, each in Markdown where there is one.

https://llmstxt.org
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coldpress.model import Page, Recipe, Site
from coldpress.outputs.sitemap import listed
from coldpress.reuse import has_twin, twin_url

HOME = "pages/index"
FOLDERS = ("mechanisms", "conditions", "methods", "guides", "pages")
"""Topics in the order in which readers ask."""


def llms(site: Site) -> Iterator[Recipe]:
    home = site.by_id.get(HOME)
    lines: dict[str, list[dict[str, Any]]] = {folder: [] for folder in FOLDERS}
    for page in listed(site):
        lines[page.source.kind.folder].append(line(site, page))
    if not any(lines.values()):
        return
    view = {
        "name": site.config.facts.name,
        "summary": home.source.matter.description if home else "",
        "note": site.strings["llms_note"],
        "groups": [
            {"label": label(site, folder), "pages": some} for folder, some in lines.items() if some
        ],
    }
    yield Recipe(
        output=f"{site.prefix}/llms.txt"[1:], template="feeds/llms.txt", view={"llms": view}
    )


def label(site: Site, folder: str) -> str:
    id = f"{folder}/index"
    return site.by_id[id].label if id != HOME and id in site.by_id else site.strings["llms_pages"]


def line(site: Site, page: Page) -> dict[str, Any]:
    url = twin_url(page) if has_twin(site, page) else page.route.url
    return {
        "title": page.title,
        "url": site.config.base_url + url,
        "description": page.source.matter.description,
    }
