"""The catalogue: all of it in a preview, nothing of it on a built site."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.markdown.shortcodes import SHORTCODES
from coldpress.model import Made
from coldpress.render import SHIPPED, environment, render
from coldpress.specimens import head_of, set_apart, signatures_of
from tests import sites
from tests.conftest import Make

PAGE = "catalogue/index.html"
SHELVES = sorted(
    path.relative_to(SHIPPED).as_posix().removesuffix(".html")
    for folder in ("components", "shortcodes")
    for path in (SHIPPED / folder).glob("*.html")
    if path.stem != "catalogue"
)
SPECIMENS = SHIPPED / "catalogue"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = sites.write(tmp_path_factory.mktemp("site"), {})
    return sites.compose(folder, drafts=True).made[PAGE]


@pytest.fixture(scope="module")
def html(made: Made) -> str:
    return made.content.decode()


# ---- it stays living


@pytest.mark.parametrize("name", SHELVES)
def test_every_component_and_shortcode_has_its_place_and_its_specimens(
    html: str, name: str
) -> None:
    anchor = name.replace("/", "-")
    assert f'<section class="entry" id="{anchor}">' in html
    assert f'href="#{anchor}"' in html
    assert (SPECIMENS / f"{name}.html").is_file(), f"write templates/catalogue/{name}.html"


def test_the_catalogue_draws_the_very_templates_the_pages_use(tmp_path: Path) -> None:
    """Rendering it loads each of them: a specimen is no copy of the markup."""
    folders = (SHIPPED, tmp_path)
    built = sites.compose(sites.write(tmp_path, {}), drafts=True)
    view = {"css": [], "later": "", "fonts": [], "icon": "/icon.svg", "t": dict(built.site.strings)}
    view |= {
        "site": {"name": "x", "home": "/"},
        "book": {"label": "Book", "url": "https://b.example"},
    }
    render(folders, "catalogue.html", view)
    cache = environment(folders).cache
    assert cache is not None
    loaded = {name for _loader, name in cache}
    assert {f"{name}.html" for name in SHELVES} <= loaded


def test_a_template_without_specimens_says_so(site: Make) -> None:
    new = "{#- new(x): it is new. -#}{% macro new(x) %}{% endmacro %}"
    html = site({"templates/components/new.html": new}, drafts=True).made[PAGE].content.decode()
    assert "No specimen yet: add templates/catalogue/components/new.html" in html
    assert "<code>new(x)</code>" in html
    assert "It is new." in html


def test_every_specimen_belongs_to_a_template() -> None:
    specimens = {
        path.relative_to(SPECIMENS).as_posix().removesuffix(".html")
        for path in SPECIMENS.glob("*/*.html")
    }
    assert specimens == set(SHELVES)


@pytest.mark.parametrize("name", sorted(SHORTCODES))
def test_a_shortcode_is_shown_with_what_an_author_writes(name: str) -> None:
    written = head_of((SPECIMENS / f"shortcodes/{name}.html").read_text(encoding="utf-8"))
    assert written.split()[:2] == [":::" if SHORTCODES[name].container else "::", name]


def test_every_state_is_shown_in_light_and_in_dark(html: str) -> None:
    states = html.count('<figure class="specimen')
    assert states > len(SHELVES)
    assert html.count('<div class="light" id=') == html.count('<div class="dark" id=') == states


@pytest.mark.parametrize(
    "words",
    [
        *("strong", "moderate", "limited", "conflicting", "insufficient", "not studied"),
        "moderate, points against",
    ],
)
def test_every_rating_is_shown(html: str, words: str) -> None:
    assert f"<span>Relief: {words}</span>" in html


def test_every_sheet_is_worn(html: str, tmp_path: Path) -> None:
    """What the catalogue does not wear, nobody looks at."""
    assets = sites.compose(sites.write(tmp_path, {}), drafts=True).site.assets
    sheets = (*assets.sheets, *assets.later)
    regions = (".skip", ".top", ".nav", ".hero", ".foot", ".bar", ".article")
    bare = [sheet.css for sheet in sheets if sheet.css not in html]
    assert not [css[:70] for css in bare if not any(region in css for region in regions)]


# ---- it is whole, and costs visitors nothing


def test_no_id_is_there_twice_and_nobody_is_to_index_it(made: Made) -> None:
    assert not made.facts.doubled_ids
    assert made.facts.robots == "noindex"
    assert made.facts.scripts == 0


def test_a_built_site_has_nothing_of_it(site: Make) -> None:
    built = site({})
    preview = site({}, drafts=True)
    assert PAGE in preview.made
    assert not [output for output in built.made if "catalogue" in output]
    assert not [one.output for one in built.made.values() if b"catalogue" in one.content]
    assert "catalogue" not in built.site.assets.css


def test_not_even_a_preview_lists_it(site: Make) -> None:
    preview = site({}, drafts=True)
    assert PAGE not in preview.site.by_output
    for output in ("sitemap.xml", "feed.xml", "index.html"):
        assert b"catalogue" not in preview.made[output].content


def test_a_page_of_that_address_comes_first(site: Make) -> None:
    files = {"content/pages/catalogue.md": sites.page("Our catalogue")}
    html = site(files, drafts=True).made[PAGE].content.decode()
    assert "<h1>Our catalogue</h1>" in html


# ---- how it is made


def test_a_template_says_how_it_is_called() -> None:
    source = "{#- card(x, level=3): a card. list(xs): cards. -#}"
    source += "{% macro card(x, level=3) %}{% macro list(xs) %}"
    assert signatures_of(source) == ["card(x, level=3)", "list(xs)"]
    assert head_of(source) == "Card: a card. list: cards."
    wrapping = "{#- {% call box(t) %}text{% endcall %}: a box. -#}{%- macro box(t) -%}"
    assert signatures_of(wrapping) == ["{% call box(t) %}text{% endcall %}"]
    assert head_of(wrapping) == "A box."


@pytest.mark.parametrize(
    ("written", "apart"),
    [
        ('<h2 id="b">B</h2>', '<h2 id="b-x">B</h2>'),
        ('<b id="b"></b><a href="#b">b</a>', '<b id="b-x"></b><a href="#b-x">b</a>'),
        ('<a href="#main">of the page</a>', '<a href="#main">of the page</a>'),
        ('<g id="b" fill="url(#b)"/>', '<g id="b-x" fill="url(#b-x)"/>'),
        ('<label for="q"></label><p id="q">', '<label for="q-x"></label><p id="q-x">'),
        ('<p id="n"><b popovertarget="n">', '<p id="n-x"><b popovertarget="n-x">'),
        ('<details name="faq">', '<details name="faq-x">'),
        ('<input name="q">', '<input name="q">'),
        ('<nav aria-label="Letters">', '<nav aria-label="Letters (dark)">'),
        ('<nav aria-labelledby="b"><b id="b">', '<nav aria-labelledby="b-x x"><b id="b-x">'),
        ('<form action="/">', '<form aria-labelledby="x" action="/">'),
    ],
)
def test_a_specimen_is_set_apart_from_its_twin(written: str, apart: str) -> None:
    assert set_apart(written, "x", "dark") == apart
