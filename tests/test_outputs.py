from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from coldpress.outputs.sitemap import sitemap
from coldpress.pipeline import Built
from coldpress.render import render, template_folders
from tests import sites
from tests.conftest import Make

GUIDES = {
    "content/guides/old.md": sites.page("Old", updated="2025-01-02", aliases="[/was/]"),
    "content/guides/new.md": sites.page("New & <shiny>", updated="2026-05-06"),
    "content/guides/hidden.md": sites.page("Hidden", robots="noindex", updated="2026-06-07"),
    "content/pages/gone.md": sites.page(
        "Not here", layout="not-found", no_booking="the visitor is lost"
    ),
}


def text(built: Built, output: str) -> str:
    return built.made[output].content.decode()


def test_the_feed_is_valid_and_newest_first(site: Make) -> None:
    feed = feedparser.parse(text(site(GUIDES), "feed.xml"))
    assert not feed.bozo
    assert [entry.title for entry in feed.entries][1:] == ["New & <shiny>", "Old"]
    assert all(urlsplit(entry.link).netloc == "harbour.example" for entry in feed.entries)
    assert feed.feed.updated == "2026-06-07T00:00:00Z"
    assert all(datetime.fromisoformat(entry.updated) for entry in feed.entries)


def test_the_sitemap_lists_what_may_be_found(site: Make) -> None:
    tree = etree.fromstring(site(GUIDES).made["sitemap.xml"].content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    places = [str(place) for place in tree.xpath("//s:loc/text()", namespaces=space)]
    assert places == [
        "https://harbour.example/guides/new/",
        "https://harbour.example/guides/old/",
        "https://harbour.example/",
    ]
    assert "2026-05-06" in [str(d) for d in tree.xpath("//s:lastmod/text()", namespaces=space)]


def test_a_large_site_has_several_sitemaps_and_a_list_of_them(site: Make) -> None:
    built = site(GUIDES)
    one = next(iter(sitemap(built.site)))
    whole = one.view["sitemap"]["entries"] if one.view else []
    index, *parts = reversed(list(sitemap(built.site, most=2)))
    assert index.output == "sitemap.xml"
    assert index.template == "feeds/sitemap-index.xml"
    assert index.view == {
        "sitemap": {
            "parts": [
                f"https://harbour.example/sitemap-{number}.xml"
                for number in range(1, len(parts) + 1)
            ]
        }
    }
    listed = [e for part in reversed(parts) if part.view for e in part.view["sitemap"]["entries"]]
    assert listed == whole
    assert len(parts) == -(-len(whole) // 2)
    drawn = render(template_folders(sites.ROOT), index.template, index.view).encode()
    assert len(etree.fromstring(drawn)) == len(parts)


def test_robots_names_the_sitemap(site: Make) -> None:
    assert "Sitemap: https://harbour.example/sitemap.xml" in text(site({}), "robots.txt")


def test_an_old_address_leads_to_the_new_one(site: Make) -> None:
    stub = text(site(GUIDES, base_url="https://x.example/spa"), "was/index.html")
    assert 'url=/spa/guides/old/"' in stub
    assert '<link rel="canonical" href="https://x.example/spa/guides/old/">' in stub
    assert "noindex" in stub


def test_chains_of_redirects_end_at_once(site: Make) -> None:
    more = "redirects:\n  - {from: /a/, to: /b/}\n  - {from: /b/, to: /was/}\n"
    built = site({**GUIDES, "site.yaml": sites.SITE_YAML + more})
    assert "url=/guides/old/" in text(built, "a/index.html")


def test_no_stubs_when_the_host_redirects_itself(site: Make) -> None:
    built = site({**GUIDES, "site.yaml": sites.SITE_YAML + "deploy: {stubs: false}\n"})
    assert "was/index.html" not in built.made


@pytest.mark.parametrize("base", ["https://x.example", "https://x.example/a/b"])
def test_every_address_on_every_page_starts_with_the_base_path(tmp_path: Path, base: str) -> None:
    """The links check would raise; this looks at the fonts and icons as well."""
    built = sites.compose(sites.write(tmp_path, GUIDES), base_url=base)
    path = urlsplit(base).path
    for one in built.made.values():
        for link in one.facts.links:
            if link.url.startswith("/"):
                assert link.url.startswith(f"{path}/"), (one.output, link)
    assert f"url({path}/assets/display." in built.site.assets.css.replace(chr(34), "")


def test_content_is_data_and_never_a_template(site: Make) -> None:
    body = "Seven times seven is {{ 7*7 }} and {% include 'base.html' %}."
    built = site({"content/guides/a.md": sites.page("The {{ 6*6 }} guide", body)})
    page = text(built, "guides/a/index.html")
    assert "{{ 7*7 }}" in page
    assert "{% include" in page
    assert "<title>The {{ 6*6 }} guide" in page
    assert "49" not in page.partition("Seven times")[2].partition("</p>")[0]
