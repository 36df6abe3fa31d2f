"""Source -> Route; the exact messages are in tests/cases/problems/."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.slugs import slug_from
from tests.caselib import PAGE, SITE, problems_of, read_site, write_site


@pytest.mark.parametrize(
    ("path", "fields", "url", "output"),
    [
        ("pages/index.md", "", "/", "index.html"),
        ("pages/about.md", "", "/about/", "about/index.html"),
        ("pages/about.md", "slug: us", "/us/", "us/index.html"),
        ("pages/lost.md", "layout: not-found", "/404.html", "404.html"),
        ("conditions/back.md", "", "/where-it-hurts/back/", "where-it-hurts/back/index.html"),
        ("conditions/index.md", "", "/where-it-hurts/", "where-it-hurts/index.html"),
        ("pages/index.es.md", "", "/es/", "es/index.html"),
        ("guides/cold.es.md", "slug: frio", "/es/guides/frio/", "es/guides/frio/index.html"),
        ("pages/lost.es.md", "layout: not-found", "/es/404.html", "es/404.html"),
    ],
)
def test_where_a_source_goes(tmp_path: Path, path: str, fields: str, url: str, output: str) -> None:
    text = PAGE.replace("---\nText", f"{fields}\n---\nText")
    site = f"{SITE}languages: [en, es]\n"
    write_site(tmp_path, {"site.yaml": site, f"content/{path}": text})
    _, routes, problems = read_site(tmp_path)
    assert problems == ()
    assert (routes[f"content/{path}"].url, routes[f"content/{path}"].output) == (url, output)


def test_a_page_and_its_translation_do_not_clash(tmp_path: Path) -> None:
    site = f"{SITE}languages: [en, es]\n"
    files = {"content/guides/cold.md": PAGE, "content/guides/cold.es.md": PAGE}
    assert problems_of(write_site(tmp_path, {"site.yaml": site, **files})) == ()


@pytest.mark.parametrize("alias", ["/guides/cold/index.html", "/guides/cold", "/guides/cold/"])
def test_an_old_address_that_is_todays_is_refused(tmp_path: Path, alias: str) -> None:
    text = PAGE.replace("---\nText", f"aliases: [{alias}]\n---\nText")
    write_site(tmp_path, {"content/guides/cold.md": text})
    assert [p.rule for p in problems_of(tmp_path)] == ["doubled-address"]


def test_drafts_take_no_address(tmp_path: Path) -> None:
    draft = PAGE.replace("---\nText", "draft: true\nslug: cold\n---\nText")
    files = {"content/guides/cold.md": PAGE, "content/guides/ice.md": draft}
    assert problems_of(write_site(tmp_path, files)) == ()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Crème & cold: 5 facts", "creme-cold-5-facts"),
        ("  It's   cold!  ", "its-cold"),
        ("氷", ""),
        ("Grüße & Ümlaut", "grusse-umlaut"),
        ("Smørrebrød, Ægir", "smorrebrod-aegir"),
        ("İstanbul ﬁne", "istanbul-fine"),
        ("word " * 30, "-".join(["word"] * 16)),
        ("x" * 200, "x" * 80),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slug_from(text) == slug
    assert slug_from(slug) == slug
