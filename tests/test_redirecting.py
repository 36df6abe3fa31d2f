from __future__ import annotations

from pathlib import Path

import pytest

from coldpress import pipeline
from coldpress.pipeline import Built
from coldpress.redirecting import (
    both_forms,
    moves,
    needs_stub,
    redirect_problems,
    stub_output,
    url_of,
)
from tests import sites
from tests.conftest import Make
from tests.hosts.sample import FILES

GUIDES = {
    "content/guides/index.md": sites.page("Guides"),
    "content/guides/cold.md": sites.page("Cold", "## A place\n\nWords.", aliases="[/kalt/]"),
}


def built(folder: Path, *redirects: str, deploy: str = "stubs: false") -> Built:
    lines = "".join(f"  - {{{one}}}\n" for one in redirects)
    text = f"{sites.SITE_YAML}deploy: {{{deploy}}}\nredirects:\n{lines}"
    return sites.compose(sites.write(folder, {**GUIDES, "site.yaml": text}))


def problems(folder: Path, *redirects: str) -> list[tuple[str, str, str]]:
    """Rule, message, hint. With CHECKS holding the rule, a wrong site does not even compose."""
    lines = "".join(f"  - {{{one}}}\n" for one in redirects)
    text = f"{sites.SITE_YAML}deploy: {{stubs: false}}\nredirects:\n"
    plain = sites.compose(sites.write(folder / "plain", {**GUIDES, "site.yaml": sites.SITE_YAML}))
    facts = {output: one.facts for output, one in plain.made.items()}
    asked = sites.write(folder / "asked", {**GUIDES, "site.yaml": text + lines})
    found = list(redirect_problems(pipeline.gather(sites.options(asked))[0], facts))
    assert all(one.path == "site.yaml" and one.line > 6 for one in found)
    return [(one.rule, one.message, one.hint) for one in found]


def ends(folder: Path, *redirects: str) -> dict[str, str]:
    return {move.source: move.to for move in moves(built(folder, *redirects).site)}


def test_a_right_list_has_no_problems(tmp_path: Path) -> None:
    site = sites.compose(sites.write(tmp_path, FILES))
    facts = {output: one.facts for output, one in site.made.items()}
    assert list(redirect_problems(site.site, facts)) == []


def test_chains_end_at_once_and_keep_their_own_code(tmp_path: Path) -> None:
    found = ends(
        tmp_path,
        "from: /a/, to: /b/",
        "from: /b, to: '/kalt/?x#y'",
        "from: /c/, to: /blog/cold/",
        "from: /blog/*, to: /guides/:splat",
    )
    assert found == {
        "/a/": "/guides/cold/",
        "/b": "/guides/cold/",
        "/c/": "/guides/cold/",
        "/kalt/": "/guides/cold/",
        "/blog/*": "/guides/:splat",
    }


def test_exact_ones_come_first_then_the_deepest_folder(tmp_path: Path) -> None:
    found = ends(
        tmp_path,
        "from: /z/*, to: /guides/:splat",
        "from: /a/b/*, to: /guides/:splat",
        "from: /z/y/, to: /guides/",
        "from: /a/, to: /guides/",
    )
    assert list(found) == ["/a/", "/kalt/", "/z/y/", "/a/b/*", "/z/*"]


WRONG: tuple[tuple[str, str, str], ...] = (
    ("from: /a/, to: /a/", "redirect-loop", "/a/ leads to /a/"),
    (
        "from: /a/, to: /gone/",
        "redirect-to-nowhere",
        "/a/ leads to '/gone/', which is not on the site",
    ),
    (
        "from: /a/, to: /guides/cold/#nowhere",
        "redirect-to-nowhere",
        "/a/ leads to '/guides/cold/#nowhere': that place is not on the page",
    ),
    (
        "from: /a/, to: 'https://harbour.example/gone/'",
        "redirect-to-nowhere",
        "/a/ leads to '/gone/', which is not on the site",
    ),
    (
        "from: /a/*, to: /gone/:splat",
        "redirect-to-nowhere",
        "/a/* leads to '/gone/:splat', which is not on the site",
    ),
    (
        "from: /a/*, to: /:splat",
        "open-redirect",
        "/a/* would lead to any site a stranger writes into it",
    ),
    (
        "from: /a/*, to: 'https://:splat'",
        "open-redirect",
        "/a/* would lead to any site a stranger writes into it",
    ),
    (
        "from: /guides/*, to: /",
        "redirect-over-page",
        "the redirect from /guides/* hides /guides/, which is on the site",
    ),
    (
        "from: /sitemap.xml, to: /",
        "redirect-over-page",
        "the redirect from /sitemap.xml hides /sitemap.xml, which is on the site",
    ),
    (
        "from: /a/, to: //evil.example/",
        "bad-value",
        "a redirect cannot lead to '//evil.example/'",
    ),
    ("from: /a/, to: guides", "bad-value", "a redirect cannot lead to 'guides'"),
    ("from: /a/, to: /guides/:splat", "bad-value", "'/guides/:splat' does not fit '/a/'"),
    (
        "from: /a/*, to: /guides/x:splat",
        "bad-value",
        ":splat is not at the end of '/guides/x:splat'",
    ),
    ("from: /old/con/, to: /", "reserved-address", "'con' is a name Windows keeps for itself"),
    ("from: /b./, to: /", "reserved-address", "'b.' ends in a dot, which Windows cuts off"),
)


@pytest.mark.parametrize(("redirect", "rule", "message"), WRONG)
def test_what_is_wrong_with_one(redirect: str, rule: str, message: str, tmp_path: Path) -> None:
    assert [one[:2] for one in problems(tmp_path, redirect)] == [(rule, message)]


def test_a_circle_is_told_at_both_ends(tmp_path: Path) -> None:
    found = problems(tmp_path, "from: /a/, to: /b/", "from: /b/, to: /a/")
    assert [one[:2] for one in found] == [
        ("redirect-loop", "/a/ leads to /b/ leads to /a/"),
        ("redirect-loop", "/b/ leads to /a/ leads to /b/"),
    ]


@pytest.mark.parametrize(
    "other", ["from: /b/*, to: /guides/:splat", "from: /b/x/, to: /guides/cold/"]
)
def test_a_folder_into_another_redirect(other: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "from: /a/*, to: /b/:splat", other)
    assert found[0] == "redirect-chain"
    assert found[2].startswith("write the end of the way: /guides/")


def test_the_nearest_address_is_offered(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "from: /a/, to: /guides/colt/")
    assert found[2] == "did you mean '/guides/cold/'?"


def test_the_way_out_of_an_open_redirect_is_said(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "from: /a/*, to: /:splat")
    assert found[2].startswith("write https://harbour.example/:splat")
    assert problems(tmp_path / "2", "from: /a/*, to: 'https://harbour.example/:splat'") == []


@pytest.mark.parametrize("bad", ["/a b/", "/a?b", "/a%20b/", "old/", "/a/*/b", "/../x", "/a//b"])
def test_an_old_address_has_a_form(bad: str, tmp_path: Path) -> None:
    text = f"{sites.SITE_YAML}redirects:\n  - {{from: '{bad}', to: /}}\n"
    (problem,) = sites.problems(sites.write(tmp_path, {"site.yaml": text}))
    assert problem.rule == "bad-value"
    assert "like /old/, or /old/*" in problem.hint


def test_a_code_is_one_of_two(tmp_path: Path) -> None:
    text = f"{sites.SITE_YAML}redirects:\n  - {{from: /a/, to: /, code: 308}}\n"
    (problem,) = sites.problems(sites.write(tmp_path, {"site.yaml": text}))
    assert problem.rule == "bad-value"
    assert "allowed: 301, 302" in problem.hint


def test_small_pages_lie_where_a_server_takes_them_for_pages() -> None:
    assert stub_output("/old/") == "old/index.html"
    assert stub_output("/old") == "old/index.html"
    assert stub_output("/old.html") == "old.html"
    assert stub_output("/a/old.php") == "a/old.php/index.html"


def test_both_slash_forms_but_one_for_a_file() -> None:
    assert both_forms("/a/") == ("/a", "/a/")
    assert both_forms("/a.html") == ("/a.html",)
    assert url_of("index.html") == "/"
    assert url_of("a/index.html") == "/a/"
    assert url_of("a/b-index.html") == "/a/b-index.html"


@pytest.mark.parametrize(
    ("deploy", "wanted"),
    [
        ("stubs: true", {"/a/", "/b/", "/kalt/"}),
        ("host: ftp", {"/a/", "/b/", "/kalt/"}),
        ("host: netlify", set()),
        ("host: render", {"/b/"}),
        ("stubs: false", set()),
    ],
)
def test_a_small_page_only_where_the_host_cannot(
    deploy: str, wanted: set[str], tmp_path: Path
) -> None:
    lines = ("from: /a/, to: /", "from: /b/, to: /, code: 302", "from: /c/*, to: /")
    site = built(tmp_path, *lines, deploy=deploy).site
    assert {move.source for move in needs_stub(site)} == wanted


def test_no_small_page_downloads(site: Make) -> None:
    made = site({**GUIDES, "site.yaml": sites.SITE_YAML + "redirects: [{from: /a, to: /}]\n"})
    assert "a/index.html" in made.made
    assert "a" not in made.made
