"""What search knows, and what it costs. How it answers is in tests/browser/test_search.py."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import brotli
import pytest

from coldpress.assets import build_assets
from coldpress.pipeline import Built
from coldpress.searching import search_data, search_index, skipped, words
from tests import sites
from tests.conftest import Make

ROOT = Path(__file__).resolve().parent.parent
BUDGET_SCRIPT = 8_000
BUDGET_WORDS = 25_000
"""Bytes after brotli: the script, and the words of the site as it is."""
LARGE = "budgets: {search_pages: 2}\n"

SITE: dict[str, str | bytes] = {
    "content/pages/search.md": sites.page(
        "Find a page", layout="search", no_booking="the visitor is looking for something"
    ),
    "content/pages/safety.md": sites.page(
        "Is it safe", "Ask your doctor about knees, knees, knees."
    ),
    "content/guides/index.md": sites.page("Plain answers", label="Guides"),
    "content/guides/ice.md": sites.page(
        "Ice on knées", "## How to wrap it\n\nUse a towel &amp; a cloth."
    ),
    "content/guides/secret.md": sites.page("Not for search", robots="noindex"),
    "content/guides/draft.md": sites.page("Not finished", draft="true"),
    "content/data/synonyms.yaml": """\
heart:
  words: [Pacemaker, marcapasos, corazón]
  pages: [pages/safety]
plunge:
  words: [cold plunge, pacemaker]
  pages: [guides/draft, guides/ice]
later:
  words: [tomorrow]
  pages: [guides/draft]
""",
}


def index_of(built: Built) -> dict[str, Any]:
    """Of the site's first language."""
    output = search_index(built.site).output
    content = built.made[output].content
    assert output == f"assets/search.{hashlib.sha256(content).hexdigest()[:8]}.json"
    found: dict[str, Any] = json.loads(content)
    return found


def urls(index: Mapping[str, Any], signs: str) -> list[str]:
    return [index["pages"][sign]["u"] for sign in signs]


def test_each_language_passes_over_its_own_small_words() -> None:
    assert words("What to do about the cold?", "en") == ["cold"]
    assert words("¿Qué hacer con el frío? También más hielo", "es") == ["hacer", "frio", "hielo"]
    assert words("Que faire du froid", "fr") == ["que", "faire", "du", "froid"], "it has no list"
    assert skipped("en").isdisjoint({"cold", "pain"})
    assert skipped("es").isdisjoint({"frio", "dolor"})


def test_an_edition_is_searched_by_the_words_of_its_language(site: Make) -> None:
    spanish = sites.page("Hielo en casa", "Qué hacer con el frío.")
    built = site(
        {
            "site.yaml": sites.SITE_YAML + "languages: [en, es]\n",
            "content/guides/ice.md": sites.page("Ice at home", "What to do with the cold."),
            "content/guides/ice.es.md": spanish,
        }
    )
    english, other = map(search_data, built.site.editions)
    assert other["skip"] == " ".join(sorted(skipped("es")))
    assert "que" not in str(other["body"])
    assert "what" not in str(english["body"])
    assert isinstance(other["body"], dict)
    assert {"hacer", "frio"} <= set(other["body"])


def test_every_page_that_may_be_found_is_a_result(site: Make) -> None:
    index = index_of(site(SITE))
    assert {page["u"]: page["t"] for page in index["pages"].values()} == {
        "/": "Rest by the water",
        "/guides/": "Plain answers",
        "/guides/ice/": "Ice on knées",
        "/safety/": "Is it safe",
    }
    ice = next(page for page in index["pages"].values() if page["u"] == "/guides/ice/")
    assert ice["w"] == "Guides"
    assert ice["d"].startswith("What there is to know")
    assert ice["h"] == "wrap"
    assert "r" not in ice


def test_synonyms_lead_to_pages_in_their_order(site: Make) -> None:
    index = index_of(site(SITE))
    assert urls(index, index["also"]["pacemaker"]) == ["/safety/", "/guides/ice/"]
    assert urls(index, index["also"]["corazon"]) == ["/safety/"]
    assert urls(index, index["also"]["cold plunge"]) == ["/guides/ice/"]
    assert "tomorrow" not in index["also"], "its only page is a draft"


def test_words_of_a_text_know_their_pages_and_how_often(site: Make) -> None:
    index = index_of(site(SITE))
    assert urls(index, index["body"]["towel"]) == ["/guides/ice/"]
    assert urls(index, index["body"]["knees"]) == ["/safety/"] * 3
    assert "wrap" not in index["body"], "a word of a heading counts there"
    assert "your" not in index["body"]


def test_a_result_shows_the_rating_of_its_page() -> None:
    index = index_of(sites.compose(ROOT))
    by_url = {page["u"]: page.get("r", "") for page in index["pages"].values()}
    bars, way, said = by_url["/where-it-hurts/neuropathic-pain/"].split("|")
    assert (bars, way) == ("1", "against")
    assert "points against" in said
    assert by_url["/where-it-hurts/arthritis/"].split("|")[1] == "split"


def test_addresses_have_the_base_path(site: Make) -> None:
    built = site(SITE, base_url="https://x.example/spa")
    assert all(page["u"].startswith("/spa/") for page in index_of(built)["pages"].values())
    page = built.made["search/index.html"].content.decode()
    assert 'data-index="/spa/assets/search.' in page
    assert 'src="/spa/assets/search.' in page


def test_only_the_search_page_has_a_script(site: Make) -> None:
    made = site(SITE).made
    assert [name for name, one in made.items() if one.facts.scripts] == ["search/index.html"]


def test_a_site_without_a_search_page_has_no_index(site: Make) -> None:
    built = site({"content/guides/a.md": sites.page()})
    index = ("assets/search.", ".json")
    assert not [n for n in built.made if n.startswith(index[0]) and n.endswith(index[1])]


def test_the_script_is_light_and_carries_its_licence(tmp_path: Path) -> None:
    files = build_assets(tmp_path, "", ROOT / ".coldpress" / "fonts").files
    script = files["js/search.js"].content
    assert len(brotli.compress(script)) <= BUDGET_SCRIPT
    assert b"MIT licence" in script[:200]
    assert b"Luca Ongaro" in files["js/minisearch-LICENSE.txt"].content
    assert b"\n//" not in script, "notes for people stay at home"


def test_the_words_of_the_whole_site_are_light() -> None:
    built = sites.compose(ROOT)
    for site in built.site.editions:
        words = built.made[search_index(site).output]
        assert len(brotli.compress(words.content)) <= BUDGET_WORDS, site.lang


def test_no_phrase_stands_twice_in_one_list() -> None:
    synonyms = sites.compose(ROOT).site.synonyms
    for key, synonym in synonyms.items():
        phrases = [phrase.casefold() for phrase in synonym.words]
        assert len(phrases) == len(set(phrases)), key


def test_an_unknown_page_is_named_with_its_line(tmp_path: Path) -> None:
    wrong = "heart:\n  words: [pacemaker]\n  pages:\n    - pages/saftey\n"
    found = sites.problems(sites.write(tmp_path, {**SITE, "content/data/synonyms.yaml": wrong}))
    assert [(p.rule, p.path, p.line, p.hint) for p in found if p.level == "error"] == [
        ("unknown-relation", "content/data/synonyms.yaml", 4, "did you mean 'pages/safety'?")
    ]


def test_a_large_site_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind", None)  # as where it is not installed
    source = sites.write(tmp_path, {**SITE, "site.yaml": sites.SITE_YAML + LARGE})
    built = sites.compose(source)
    (told,) = [problem for problem in built.advice if problem.rule == "search-index-large"]
    assert (told.path, told.line) == ("site.yaml", 7)
    assert "search-large" in told.hint
    assert "body" in index_of(built), "search works all the same"


def test_a_large_site_is_searched_with_pagefind(tmp_path: Path) -> None:
    source = sites.write(tmp_path, {**SITE, "site.yaml": sites.SITE_YAML + LARGE})
    built, again = sites.compose(source), sites.compose(source)
    index = index_of(built)
    assert index["pagefind"] == "/pagefind/pagefind.js"
    assert urls(index, index["also"]["pacemaker"]) == ["/safety/", "/guides/ice/"]
    assert "pagefind/pagefind.js" in built.made
    assert "search-index-large" not in {problem.rule for problem in built.advice}
    assert {n: one.content for n, one in built.made.items()} == {
        n: one.content for n, one in again.made.items()
    }


def test_pagefind_runs_where_an_event_loop_already_does(tmp_path: Path) -> None:
    """As in the preview, whose server has one."""
    source = sites.write(tmp_path, {**SITE, "site.yaml": sites.SITE_YAML + LARGE})

    async def running_loop() -> bool:
        return "pagefind/pagefind.js" in sites.compose(source).made

    with ThreadPoolExecutor(1) as thread:  # the browser tests leave a loop running in this one
        assert thread.submit(lambda: asyncio.run(running_loop())).result()
