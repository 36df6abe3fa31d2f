"""Addresses of pages, and what is wrong with them, without a disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from coldpress.model import Config, Content, Route, Source
from coldpress.problems import Place
from coldpress.routes import route
from coldpress.schema import SiteFacts, fitted
from coldpress.slugs import RESERVED, same_name, slug_from
from tests.texts import source

FACTS = fitted(
    {
        "name": "Harbour Rooms",
        "base_url": "https://harbour.example",
        "languages": ["en", "es"],
        "booking": {"url": "https://booking.example/harbour"},
        "redirects": [{"from": "/old/", "to": "/guides/cold/"}],
    },
    SiteFacts,
)[0]
CONFIG = Config(
    FACTS, "https://harbour.example", "", {"redirects.0.from": Place("site.yaml", 8, 11)}
)
GUIDE = "content/guides/cold.md"


def page(path: str = GUIDE, lang: str = "en", **fields: Any) -> Source:
    places = {name: Place(path, 7) for name in fields}
    places |= {f"aliases.{number}": Place(path, 9 + number) for number in range(3)}
    made = source("", path, places, **fields)
    return replace(made, lang=lang, name=made.name.partition(".")[0])


def routed(
    *sources: Source, expired: tuple[Source, ...] = ()
) -> tuple[Mapping[str, Route], list[str]]:
    content = Content(sources, {}, {}, {}, {}, {}, (), expired)
    routes, problems = route(content, CONFIG)
    assert {problem.level for problem in problems} <= {"error"}
    return routes, [f"{p.path}:{p.line}: {p.rule}: {p.message}; {p.hint}" for p in problems]


@pytest.mark.parametrize(
    ("one", "url", "output"),
    [
        (page(), "/guides/cold/", "guides/cold/index.html"),
        (page(slug="ice"), "/guides/ice/", "guides/ice/index.html"),
        (page("content/guides/index.md"), "/guides/", "guides/index.html"),
        (page("content/pages/index.md"), "/", "index.html"),
        (page(lang="es"), "/es/guides/cold/", "es/guides/cold/index.html"),
        (page("content/pages/x.md", layout="not-found"), "/404.html", "404.html"),
        (page("content/pages/x.md", "es", layout="not-found"), "/es/404.html", "es/404.html"),
    ],
)
def test_an_address_and_its_file(one: Source, url: str, output: str) -> None:
    routes, said = routed(one)
    assert routes[one.path] == Route(url, output, ())
    assert said == []


def test_old_addresses_go_along() -> None:
    routes, said = routed(page(aliases=("/kalt/", "/froid")))
    assert routes[GUIDE].aliases == ("/kalt/", "/froid")
    assert said == []


def test_an_expired_page_keeps_its_address() -> None:
    routes, said = routed(page(), expired=(page("content/guides/ice.md"),))
    assert routes["content/guides/ice.md"].url == "/guides/ice/"
    assert said == []
    assert routed(page(), expired=(page("content/guides/ice.md", slug="cold"),))[1] == [
        "content/guides/ice.md:7: doubled-address: /guides/cold/ is already the address of "
        f"{GUIDE}, line 1; rename one of the files, or give one of them a slug of its own"
    ]


def test_a_slug_on_an_index_page_does_nothing() -> None:
    assert routed(page("content/guides/index.md", slug="x"))[1] == [
        "content/guides/index.md:7: unused-slug: an index page has the address of its folder, so"
        " 'slug' does nothing; remove it"
    ]


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("con", "reserved-address: 'con' is a name Windows keeps for itself"),
        ("lpt1", "reserved-address: 'lpt1' is a name Windows keeps for itself"),
        ("cone", None),
    ],
)
def test_a_name_that_windows_keeps(slug: str, said: str | None) -> None:
    hint = "choose another name or slug"
    assert routed(page(slug=slug))[1] == ([f"{GUIDE}:7: {said}; {hint}"] if said else [])
    path = f"content/guides/{slug}.md"
    assert routed(page(path))[1] == ([f"{path}:1: {said}; {hint}"] if said else [])


@pytest.mark.parametrize(
    "alias",
    [
        *("/assets/", "/assets/x/", "/media", "/feed.xml", "/sitemap.xml", "/sitemap-12.xml"),
        *("/robots.txt", "/404.html", "/speculationrules.json"),
    ],
)
def test_addresses_of_the_build_itself(alias: str) -> None:
    assert routed(page(aliases=("/a/", alias)))[1] == [
        f"{GUIDE}:10: reserved-address: {alias} is made by the build itself; remove it"
    ]


@pytest.mark.parametrize("alias", ["/assetsx/", "/x/assets/", "/feed.xmls", "/x/404.html"])
def test_addresses_that_only_look_like_it(alias: str) -> None:
    assert routed(page(aliases=(alias,)))[1] == []


def test_an_alias_that_windows_keeps() -> None:
    assert routed(page(aliases=("/x/nul.html",)))[1] == [
        f"{GUIDE}:9: reserved-address: 'nul.html' is a name Windows keeps for itself; remove it"
    ]


def test_a_long_address() -> None:
    fits, over = f"/{'x' * 198}/", f"/{'x' * 199}/"
    assert routed(page(aliases=(fits,)))[1] == []
    assert routed(page(aliases=(over,)))[1] == [
        f"{GUIDE}:9: long-address: this address has 201 characters, 200 at most; shorten it"
    ]


def test_two_pages_on_one_address() -> None:
    """The one whose slug somebody typed gives way, whatever the order."""
    typed, named = page("content/guides/a.md", slug="cold"), page()
    for both in ((typed, named), (named, typed)):
        assert routed(*both)[1] == [
            "content/guides/a.md:7: doubled-address: /guides/cold/ is already the address of "
            f"{GUIDE}, line 1; rename one of the files, or give one of them a slug of its own"
        ]


def test_addresses_that_differ_only_for_some_systems() -> None:
    assert routed(page(aliases=("/guides/cold/index.html",)))[1] == [
        f"{GUIDE}:9: doubled-address: /guides/cold/index.html and /guides/cold/ ({GUIDE}, line 1)"
        " are the same address; remove it here or there: an old address can lead to one place only"
    ]


def test_an_old_address_that_two_pages_want() -> None:
    other = page("content/guides/ice.md", aliases=("/x/", "/kalt/"))
    assert routed(page(aliases=("/kalt/",)), other)[1] == [
        f"content/guides/ice.md:10: doubled-address: /kalt/ is already the address of {GUIDE}, "
        "line 9; remove it here or there: an old address can lead to one place only"
    ]


def test_a_redirect_from_an_address_that_is_taken() -> None:
    assert routed(page(aliases=("/old/",)))[1] == [
        f"site.yaml:8: doubled-address: /old/ is already the address of {GUIDE}, line 9; "
        "remove it: an old address can lead to one place only"
    ]


# ------------------------------------------------------------------------------ slugs


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Crème & cold: 5 facts", "creme-cold-5-facts"),
        ("It's Ann’s", "its-anns"),
        ("--a--", "a"),
        ("a_b", "a-b"),
        ("XX", "xx"),
        ("氷", ""),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 80),
        (f"{'x' * 79} y", "x" * 79),
        (f"{'x' * 80} y", "x" * 80),
        (f"ab {'x' * 90}", "ab"),
        (f"{'x' * 40} {'y' * 39} z", f"{'x' * 40}-{'y' * 39}"),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slug_from(text) == slug


def test_names_that_systems_take_for_one() -> None:
    assert same_name("Café") == same_name("cafe\u0301") == "café"
    assert same_name("STRASSE") == same_name("straße")
    assert same_name("a") != same_name("b")
    assert RESERVED.match("CON")
    assert not RESERVED.match("icon")
