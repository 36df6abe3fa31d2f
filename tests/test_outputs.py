from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image

from coldpress.feeding import is_folder
from coldpress.outputs.contacts import SECURITY
from coldpress.outputs.sitemap import sitemap
from coldpress.pipeline import Built
from coldpress.prefetching import OUTPUT as AHEAD
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


FOLDERS = template_folders(sites.ROOT)


def text(built: Built, output: str) -> str:
    return built.made[output].content.decode()


@pytest.fixture(scope="module")
def real() -> Built:
    return sites.compose(sites.ROOT)


SCHEMAS = Path(__file__).parent / "schemas"


def check_atom(content: bytes) -> None:
    """Its form after RFC 4287; that feed readers understand it; that its own address is in it."""
    etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng")).assertValid(etree.fromstring(content))
    feed = feedparser.parse(content)
    assert not feed.bozo
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids))
    assert [link.href for link in feed.feed.links if link.rel == "self"]


def check_json_feed(content: bytes) -> dict[str, Any]:
    """What must be there, of which type, and nothing else: https://www.jsonfeed.org/version/1.1/"""
    feed: dict[str, Any] = json.loads(content)
    top = {"version", "title", "home_page_url", "feed_url", "language", "authors", "items"}
    assert set(feed) == top
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(set(author) <= {"name", "url", "avatar"} and author for author in feed["authors"])
    for item in feed["items"]:
        assert set(item) == {"id", "url", "title", "content_text", "date_modified"}
        assert all(isinstance(value, str) and value for value in item.values())
        assert urlsplit(item["url"]).scheme in ("http", "https")
        assert datetime.fromisoformat(item["date_modified"]).tzinfo
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    return feed


def test_the_feed_is_valid_and_newest_first(site: Make) -> None:
    built = site(GUIDES)
    content = built.made["feed.xml"].content
    check_atom(content)
    feed = feedparser.parse(content)
    assert [entry.title for entry in feed.entries][1:] == ["New & <shiny>", "Old"]
    assert all(urlsplit(entry.link).netloc == "harbour.example" for entry in feed.entries)
    assert feed.feed.updated == "2026-06-07T00:00:00Z"
    assert all(datetime.fromisoformat(entry.updated) for entry in feed.entries)
    same = check_json_feed(built.made["feed.json"].content)
    assert [item["url"] for item in same["items"]] == [entry.link for entry in feed.entries]
    assert [item["title"] for item in same["items"]][1] == "New & <shiny>"


def test_a_folder_with_a_page_of_its_own_has_its_own_feeds(site: Make) -> None:
    hub = {"content/guides/index.md": sites.page("All & every guide", label="Guides")}
    built = site({**GUIDES, **hub}, base_url="https://x.example/spa")
    content = built.made["guides/feed.xml"].content
    check_atom(content)
    feed = feedparser.parse(content)
    assert feed.feed.title == "Harbour Rooms: Guides"
    assert feed.feed.id == "https://x.example/spa/guides/"
    assert check_json_feed(built.made["guides/feed.json"].content)["title"] == feed.feed.title
    named = [
        link.url for link in built.made["guides/index.html"].facts.links if link.rel == "alternate"
    ]
    folder, whole = "/spa/guides/feed.", "/spa/feed."
    assert named == [f"{folder}xml", f"{folder}json", f"{whole}xml", f"{whole}json"]


def test_a_folder_whose_pages_have_no_day_has_no_feed(site: Make) -> None:
    bare = {
        "content/guides/a.md": sites.page("One"),
        "content/guides/index.md": sites.page("Every"),
    }
    built = site(bare)
    assert "guides/feed.xml" not in built.made
    assert "guides/feed.json" not in text(built, "guides/index.html")


def test_every_feed_of_the_real_site_is_valid(real: Built) -> None:
    found = [output for output in real.made if output.endswith("feed.xml")]
    hubs = [page for one in real.site.editions for page in one.pages if is_folder(page)]
    assert len(found) == len(real.site.editions) + len(hubs)
    for output in found:
        check_atom(real.made[output].content)
        check_json_feed(real.made[output.replace(".xml", ".json")].content)


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
    schema().assertValid(tree)


def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))


def test_the_sitemaps_of_the_real_site_are_valid(real: Built) -> None:
    index = etree.fromstring(real.made["sitemap.xml"].content)
    schema().assertValid(index)
    names = [str(one[0].text).removeprefix("https://insideout.example/") for one in index]
    assert names == [f"sitemap-{lang}.xml" for lang in real.site.languages]
    for name, edition in zip(names, real.site.editions, strict=True):
        tree = etree.fromstring(real.made[name].content)
        schema().assertValid(tree)
        listed = [page for page in edition.pages if page.source.layout != "not-found"]
        assert len(tree) == len(listed)
        default = [el for el in tree.iter() if el.get("hreflang") == "x-default"]
        assert len(default) == len(listed), "every page is there in both languages"


def test_the_sitemap_names_pictures_and_the_same_page_in_other_languages(site: Make) -> None:
    pictured = sites.page("Pictured", "![A dark room](room.jpg)\n")
    files = {"content/guides/pictured.md": pictured, "content/guides/room.jpg": picture()}
    built = site({**GUIDES, **files})
    both = {"guides/new": {"en": "/guides/new/", "es": "/es/guias/nueva/"}}
    found = replace(built.site, alternates=both)
    recipes = {recipe.output: recipe for recipe in sitemap(found)}
    content = render(FOLDERS, recipes["sitemap.xml"].template, recipes["sitemap.xml"].view or {})
    tree = etree.fromstring(content.encode())
    schema().assertValid(tree)
    new = next(url for url in tree if "/guides/new/" in str(url[0].text))
    links = {el.get("hreflang"): el.get("href") for el in new if el.get("hreflang")}
    assert links == {
        "en": "https://harbour.example/guides/new/",
        "es": "https://harbour.example/es/guias/nueva/",
        "x-default": "https://harbour.example/guides/new/",
    }
    shown = next(url for url in tree if "/guides/pictured/" in str(url[0].text))
    (image,) = [str(el[0].text) for el in shown if str(el.tag).endswith("}image")]
    assert image.removeprefix("https://harbour.example/") in built.made


def test_in_several_languages_every_edition_has_its_own_sitemap(site: Make) -> None:
    built = site(GUIDES)
    facts = replace(built.site.config.facts, languages=("en", "es"))
    edition = replace(built.site, config=replace(built.site.config, facts=facts))
    assert [recipe.output for recipe in sitemap(edition)] == ["sitemap-en.xml", "sitemap.xml"]
    other = replace(edition, lang="es")
    assert [recipe.output for recipe in sitemap(other)] == ["sitemap-es.xml"]


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
    drawn = etree.fromstring(render(FOLDERS, index.template, index.view).encode())
    schema().assertValid(drawn)
    assert len(drawn) == len(parts)


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (64, 48), "navy").save(buffer, "JPEG")
    return buffer.getvalue()


CONTACT = """\
organisation:
  email: {value: desk@harbour.example, confirmed: 2026-11-01}
"""


def test_who_finds_a_weakness_is_told_whom_to_tell(site: Make) -> None:
    built = site({"site.yaml": sites.SITE_YAML + CONTACT})
    fields = dict(line.split(": ", 1) for line in text(built, SECURITY).splitlines())
    assert fields["Contact"] == "mailto:desk@harbour.example"
    assert fields["Canonical"] == "https://harbour.example/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"]).date()
    assert date(2026, 12, 31) < expires, "not over before the next build of an ordinary site"
    assert (expires - built.site.today).days <= 366
    assert "desk@harbour.example" in text(built, "humans.txt")


def test_without_a_contact_there_is_no_security_file(site: Make) -> None:
    assert SECURITY not in site({}).made
    path = site({"site.yaml": sites.SITE_YAML + CONTACT}, base_url="https://x.example/spa")
    assert SECURITY not in path.made, "under a path nobody looks for it"


def test_robots_names_the_sitemap(site: Make) -> None:
    assert "Sitemap: https://harbour.example/sitemap.xml" in text(site({}), "robots.txt")


@pytest.mark.parametrize("base", ["", "/spa"])
def test_only_pages_of_this_site_may_be_fetched_ahead(site: Make, base: str) -> None:
    """Which links these patterns mean is asked of a browser, in tests/browser."""
    languages = sites.SITE_YAML + "languages: [en, es]\n"
    built = site({"site.yaml": languages}, base_url=f"https://harbour.example{base}")
    assert [path for path in built.made if path.endswith(AHEAD)] == [AHEAD]
    (rule,) = json.loads(text(built, AHEAD))["prefetch"]
    pages, others = rule["where"]["and"]
    assert pages == {"href_matches": f"{base}/*"}
    assert all(pattern.startswith(f"{base}/") for pattern in others["not"]["href_matches"])
    assert rule["eagerness"] == "moderate", "not before somebody points at the link"


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


def test_a_number_is_not_parted_from_its_degrees_at_the_end_of_a_line(site: Make) -> None:
    """Only on the page: its twin in Markdown has the space that the author wrote."""
    built = site({"content/guides/air.md": sites.page("Air", "A room is at −100 °C (−148 °F).")})
    assert "at −100\u00a0°C (−148\u00a0°F)." in text(built, "guides/air/index.html")
    assert "at −100 °C (−148 °F)." in text(built, "guides/air/index.md")


def test_content_is_data_and_never_a_template(site: Make) -> None:
    body = "Seven times seven is {{ 7*7 }} and {% include 'base.html' %}."
    built = site({"content/guides/a.md": sites.page("The {{ 6*6 }} guide", body)})
    page = text(built, "guides/a/index.html")
    assert "{{ 7*7 }}" in page
    assert "{% include" in page
    assert "<title>The {{ 6*6 }} guide" in page
    assert "49" not in page.partition("Seven times")[2].partition("</p>")[0]
