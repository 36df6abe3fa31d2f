"""Old addresses and where they lead, on a site whose list of redirects is made for each test."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from coldpress import pipeline
from coldpress.model import Facts, Site
from coldpress.redirecting import (
    Move,
    both_forms,
    moves,
    needs_stub,
    redirect_problems,
    stub_output,
    url_of,
    written_moves,
)
from coldpress.schema import SiteFacts, fitted
from tests import sites

GUIDES = {
    "content/guides/index.md": sites.page("Guides"),
    "content/guides/cold.md": sites.page("Cold", "Words.", aliases="[/kalt/]"),
    "content/pages/gone.md": sites.page(
        "Gone", "Words.", expires_at="2026-11-01 09:00", expired_to="guides/cold", aliases="[/weg/]"
    ),
}
OUTPUTS = {
    path: Facts(1, ids=frozenset({"a-part", "é"}))
    for path in ("index.html", "guides/index.html", "guides/cold/index.html", "sitemap.xml")
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = sites.write(tmp_path_factory.mktemp("redirecting") / "site", GUIDES)
    return pipeline.gather(sites.options(folder))[0]


def asked(plain: Site, *redirects: tuple[Any, ...], **deploy: Any) -> Site:
    rows = [dict(zip(("from", "to", "code"), one, strict=False)) for one in redirects]
    facts = fitted(
        {
            "name": "Harbour Rooms",
            "base_url": "https://harbour.example",
            "timezone": "America/Los_Angeles",
            "booking": {"url": "https://booking.example/harbour"},
            "redirects": rows,
            "deploy": deploy,
        },
        SiteFacts,
    )[0]
    return replace(plain, config=replace(plain.config, facts=facts))


def test_all_old_addresses_in_the_order_hosts_read_them(plain: Site) -> None:
    site = asked(plain, ("/z/*", "/"), ("/a/b/*", "/x/:splat", 302), ("/y", "/", 302))
    found = [(move.source, move.to, move.code, move.place.path) for move in written_moves(site)]
    assert found == [
        ("/gone/", "/guides/cold/", 302, "content/pages/gone.md"),
        ("/kalt/", "/guides/cold/", 301, "content/guides/cold.md"),
        ("/weg/", "/gone/", 301, "content/pages/gone.md"),
        ("/y", "/", 302, "site.yaml"),
        ("/a/b/*", "/x/:splat", 302, "site.yaml"),
        ("/z/*", "/", 301, "site.yaml"),
    ]
    lines = {move.source: (move.place.line, move.place.column) for move in written_moves(site)}
    assert lines["/kalt/"] == (4, 11)
    assert lines["/weg/"][0] == lines["/gone/"][0] + 1


def test_an_address_is_written_in_one_form_of_its_letters(plain: Site) -> None:
    site = asked(plain, ("/cafe\u0301/", "/"))
    assert "/caf\u00e9/" in [move.source for move in written_moves(site)]


@pytest.mark.parametrize(
    ("redirects", "source", "end"),
    [
        ([("/a/", "/b/"), ("/b/", "/c/"), ("/c/", "/guides/")], "/a/", "/guides/"),
        ([("/a/", "/b"), ("/b/", "/guides/")], "/a/", "/guides/"),
        ([("/a/", "/b/?x#y"), ("/b", "/guides/")], "/a/", "/guides/"),
        ([("/a/", "/caf%C3%A9/"), ("/caf\u00e9/", "/guides/")], "/a/", "/guides/"),
        ([("/a/", "/b/c/d"), ("/b/*", "/guides/:splat")], "/a/", "/guides/c/d"),
        ([("/a/", "/b/c/"), ("/b/*", "/guides/")], "/a/", "/guides/"),
        ([("/a/", "/b/c/"), ("/b/*", "/x/"), ("/b/c/", "/y/")], "/a/", "/y/"),
        ([("/a/", "https://b.example/")], "/a/", "https://b.example/"),
        ([("/a/*", "/b/:splat"), ("/b/x/", "/y/")], "/a/*", "/b/:splat"),
        ([("/a/", "/weg/")], "/a/", "/guides/cold/"),
        ([("/a/", "/b/"), ("/b/", "/a/")], "/a/", "/b/"),
        ([("/a/", "/a/")], "/a/", "/a/"),
    ],
)
def test_a_chain_is_followed_to_its_end(
    plain: Site, redirects: list[tuple[str, str]], source: str, end: str
) -> None:
    found = {move.source: move for move in moves(asked(plain, *redirects))}
    assert found[source].to == end
    assert found[source].code == 301
    assert found[source].place.path == "site.yaml"


@pytest.mark.parametrize(
    ("deploy", "wanted"),
    [
        ({}, {"/gone/", "/kalt/", "/weg/", "/a/", "/b/"}),
        ({"stubs": False}, set()),
        ({"host": "netlify"}, set()),
        ({"host": "render"}, {"/gone/", "/b/"}),
        ({"host": "s3"}, {"/gone/", "/b/"}),
        ({"host": "github-pages"}, {"/gone/", "/kalt/", "/weg/", "/a/", "/b/"}),
    ],
)
def test_small_pages_only_where_the_host_cannot(
    plain: Site, deploy: dict[str, Any], wanted: set[str]
) -> None:
    site = asked(plain, ("/a/", "/"), ("/b/", "/", 302), ("/c/*", "/"), **deploy)
    assert {move.source for move in needs_stub(site)} == wanted


def test_files_and_forms() -> None:
    assert stub_output("/old/") == "old/index.html"
    assert stub_output("/a/old.php") == "a/old.php/index.html"
    assert (stub_output("/x.html"), stub_output("/x.htm")) == ("x.html", "x.htm")
    assert both_forms("/a.b/c/") == ("/a.b/c", "/a.b/c/")
    assert both_forms("/a/c.d") == ("/a/c.d",)
    assert url_of("index.html") == "/"
    assert url_of("a/index.html") == "/a/"
    assert url_of("a/b-index.html") == "/a/b-index.html"
    deep = Move("/a/*", "/", 301, None)  # type: ignore[arg-type]
    assert (deep.is_splat, deep.folder) == (True, "/a/")


# ------------------------------------------------------------------------------ what is wrong

FORM = "start with / for an address on this site, or with https:// for another one"
ONCE = "write :splat once, at the end, and only where the old address ends in /*"
END = "what * stood for can only stand at the end, after a slash: /new/:splat"
HIDES = "hosts differ in which of the two they show: remove one, or list old addresses singly"
FIXED = "write https://harbour.example/:splat, so that the site's name is fixed"
WORDS = "correct the new address, or remove the redirect"
LOOP = "let one of them lead to a page"


@pytest.mark.parametrize(
    ("source", "to", "rule", "message", "hint"),
    [
        ("/a/", "/guides/cold/", "", "", ""),
        ("/a/", "/guides/cold/#a-part", "", "", ""),
        ("/a/", "/guides/cold/#%C3%A9", "", "", ""),
        ("/a/", "/", "", "", ""),
        ("/a/", "https://harbour.example/guides/", "", "", ""),
        ("/a/", "https://harbour.example.org/x/", "", "", ""),
        ("/a/", "http://b.example/", "", "", ""),
        ("/a/*", "/guides/:splat", "", "", ""),
        ("/a/*", "https://b.example/:splat", "", "", ""),
        (
            "/a/con.php",
            "/",
            "reserved-address",
            "'con.php' is a name Windows keeps for itself",
            "remove this redirect",
        ),
        (
            "/a./b",
            "/",
            "reserved-address",
            "'a.' ends in a dot, which Windows cuts off",
            "remove this redirect",
        ),
        ("/a/", "//b.example/", "bad-value", "a redirect cannot lead to '//b.example/'", FORM),
        ("/a/", "guides/", "bad-value", "a redirect cannot lead to 'guides/'", FORM),
        ("/a/", "ftp://b/", "bad-value", "a redirect cannot lead to 'ftp://b/'", FORM),
        ("/a/*", "/guides/*", "bad-value", "'/guides/*' does not fit '/a/*'", ONCE),
        ("/a/", "/guides/:splat", "bad-value", "'/guides/:splat' does not fit '/a/'", ONCE),
        ("/a/*", "/:splat/:splat", "bad-value", "'/:splat/:splat' does not fit '/a/*'", ONCE),
        ("/a/*", "/x:splat", "bad-value", ":splat is not at the end of '/x:splat'", END),
        ("/a/*", "/x/:splat/y", "bad-value", ":splat is not at the end of '/x/:splat/y'", END),
        (
            "/a/*",
            "/:splat",
            "open-redirect",
            "/a/* would lead to any site a stranger writes into it",
            FIXED,
        ),
        (
            "/a/*",
            "https://:splat",
            "open-redirect",
            "/a/* would lead to any site a stranger writes into it",
            FIXED,
        ),
        (
            "/guides/*",
            "/",
            "redirect-over-page",
            "the redirect from /guides/* hides /guides/, which is on the site",
            HIDES,
        ),
        (
            "/sitemap.xml",
            "/",
            "redirect-over-page",
            "the redirect from /sitemap.xml hides /sitemap.xml, which is on the site",
            HIDES,
        ),
        ("/a/", "/a", "redirect-loop", "/a/ leads to /a", LOOP),
        (
            "/a/",
            "/x/",
            "redirect-to-nowhere",
            "/a/ leads to '/x/', which is not on the site",
            WORDS,
        ),
        (
            "/a/",
            "/guides/colt/",
            "redirect-to-nowhere",
            "/a/ leads to '/guides/colt/', which is not on the site",
            "did you mean '/guides/cold/'?",
        ),
        (
            "/a/",
            "https://harbour.example/qqq/",
            "redirect-to-nowhere",
            "/a/ leads to '/qqq/', which is not on the site",
            WORDS,
        ),
        (
            "/a/*",
            "/qqq/:splat",
            "redirect-to-nowhere",
            "/a/* leads to '/qqq/:splat', which is not on the site",
            WORDS,
        ),
        (
            "/a/",
            "/guides/#b",
            "redirect-to-nowhere",
            "/a/ leads to '/guides/#b': that place is not on the page",
            "lead to the page without #...",
        ),
    ],
)
def test_what_is_wrong_with_one(
    plain: Site, source: str, to: str, rule: str, message: str, hint: str
) -> None:
    found = list(redirect_problems(asked(plain, (source, to)), OUTPUTS))
    expected = [(rule, message, hint)] if rule else []
    assert [(p.rule, p.message, p.hint) for p in found] == expected
    assert {(p.level, p.path) for p in found} <= {("error", "site.yaml")}


def test_a_circle_is_told_at_both_ends(plain: Site) -> None:
    site = asked(plain, ("/a/", "/b/"), ("/b/", "/c/"), ("/c/", "/b/"))
    assert [p.message for p in redirect_problems(site, OUTPUTS)] == [
        "/a/ leads to /b/ leads to /c/ leads to /b/",
        "/b/ leads to /c/ leads to /b/",
        "/c/ leads to /b/ leads to /c/",
    ]


def test_a_folder_that_leads_into_another_redirect(plain: Site) -> None:
    for other in (("/b/*", "/guides/:splat"), ("/b/c/*", "/guides/:splat"), ("/b/x/", "/guides/")):
        (found,) = redirect_problems(asked(plain, ("/a/*", "/b/:splat"), other), OUTPUTS)
        assert found.rule == "redirect-chain"
        assert found.message == f"/a/* leads into {other[0]}, which leads on"
        assert found.hint == f"write the end of the way: {other[1]}"
    deeper = asked(plain, ("/a/*", "/b/c/:splat"), ("/b/*", "/guides/:splat"))
    assert [p.rule for p in redirect_problems(deeper, OUTPUTS)] == ["redirect-chain"]
    beside = asked(plain, ("/a/*", "/guides/:splat"), ("/b/*", "/guides/:splat"), ("/c/", "/"))
    assert list(redirect_problems(beside, OUTPUTS)) == []


def test_without_any_there_is_nothing_to_say(plain: Site) -> None:
    assert list(redirect_problems(asked(plain), OUTPUTS)) == []
