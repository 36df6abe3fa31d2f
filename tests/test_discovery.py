"""What search engines, networks and phones are told of a page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image
from rdflib.namespace import SDO
from selectolax.lexbor import LexborHTMLParser

from coldpress.checks.graph.vocabulary import results, vocabulary
from coldpress.pipeline import Built
from coldpress.social.drawing import laid_out
from coldpress.social.faces import Face, faces
from coldpress.social.fitting import ROOM, balanced, fitted
from coldpress.views import alternates
from tests import sites
from tests.caselib import png
from tests.checkcases import case_files, expected_and_said
from tests.test_golden import GOLDEN

Graph = dict[str, list[dict[str, Any]]]
FACTS = """\
  email: {value: hello@harbour.example, confirmed: 2026-11-01}
  address:
    street: 1 Quay
    city: Seaton
    region: CA
    postal_code: "90001"
    confirmed: 2026-11-01
"""
REVIEWED = """\
reviewed:
  by: Ana Ruiz
  credential: PT
  on: 2026-11-02
  next: 2027-11-02
  text: "0123456789ab"
"""
LISTED = "ol.refs > li[id^=r] > a:last-of-type"

RULES = {"unseen-data", "unknown-schema-word", "incomplete-data", "unreadable-data"}


@pytest.mark.parametrize("path", case_files("discovery"), ids=lambda path: path.stem)
def test_data_that_is_wrong(path: Path, tmp_path: Path) -> None:
    expected, said = expected_and_said(path, tmp_path, RULES)
    assert said == expected


# --------------------------------------------------------------------------- the graph of a page


def test_every_word_of_the_vocabulary_is_schema_orgs() -> None:
    """rdflib has a copy of all its names."""
    known = vocabulary()
    names = {*known.types, *known.properties, *results()}
    # An action names what it needs in this way: https://schema.org/docs/actions.html
    assert [name for name in sorted(names) if name not in SDO] == ["query-input"]
    parents = {parent for above in known.types.values() for parent in above}
    owners = {owner for owners in known.properties.values() for owner in owners}
    assert parents | owners | set(results()) <= set(known.types)


def test_a_property_belongs_to_a_type_and_to_all_its_kinds() -> None:
    known = vocabulary()
    assert known.has("DaySpa", "telephone")
    assert known.has("MedicalWebPage", "dateModified")
    assert not known.has("Article", "lastReviewed")
    assert not known.has("PostalAddress", "telephone")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The golden site, by an owner who has given all the facts there are."""
    source = tmp_path_factory.mktemp("discovery") / "site"
    shutil.copytree(GOLDEN / "site", source)
    facts = source / "site.yaml"
    facts.write_text(facts.read_text().replace("organisation:\n", f"organisation:\n{FACTS}"))
    knees = source / "content/conditions/knees.md"
    knees.write_text(knees.read_text().replace("---\n", f"---\n{REVIEWED}", 1))
    return sites.compose(source)


@pytest.fixture(scope="module")
def graphs(built: Built) -> dict[str, Graph]:
    """Of every page that has one, by its output."""
    return {
        output: found
        for output, made in built.made.items()
        if output.endswith(".html") and (found := graph_of(made.content))
    }


def graph_of(content: bytes) -> Graph:
    """Type -> nodes of this type that say more than who they are, however deep."""
    script = LexborHTMLParser(content).css_first('script[type="application/ld+json"]')
    if script is None:
        return {}
    data = json.loads(script.text())
    assert data["@context"] == "https://schema.org"
    found: Graph = {}
    for node in nodes_in(data["@graph"]):
        if "@type" in node:
            found.setdefault(node["@type"], []).append(node)
    return found


def nodes_in(value: Any) -> Iterator[dict[str, Any]]:
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict):
            yield one
        if isinstance(one, dict | list):
            yield from nodes_in(one)


def test_every_page_for_search_engines_has_a_graph(graphs: dict[str, Graph]) -> None:
    for output, graph in graphs.items():
        assert graph["WebSite"], output
        ids = [node["@id"] for nodes in graph.values() for node in nodes if "@id" in node]
        assert len(ids) == len(set(ids)), output
    assert "404.html" not in graphs


def test_what_is_recommended_is_there_or_left_out_for_a_reason(graphs: dict[str, Graph]) -> None:
    used: dict[str, set[str]] = {}
    for graph in graphs.values():
        for type, nodes in graph.items():
            for kind in vocabulary().kinds(type):
                used.setdefault(kind, set()).update(*nodes)
    for type, row in results().items():
        if not row["recommended"]:
            continue
        left_out = set(row.get("left_out", {}))
        assert set(row["recommended"]) - used[type] == left_out, type


def test_the_business_is_a_day_spa_where_its_whole_address_is_known(
    graphs: dict[str, Graph],
) -> None:
    (spa,) = graphs["index.html"]["DaySpa"]
    assert spa["telephone"] == "(555) 010-0199"
    assert spa["email"] == "hello@harbour.example"
    assert spa["address"]["streetAddress"] == "1 Quay"
    inner = graphs["where-it-hurts/knees/index.html"]
    assert inner["Organization"] == [
        {"@type": "Organization", "@id": spa["@id"], "name": "Harbour Rooms"}
    ]


def test_without_an_address_it_is_an_organisation(tmp_path: Path) -> None:
    made = sites.compose(sites.write(tmp_path, {})).made["index.html"]
    graph = graph_of(made.content)
    assert "DaySpa" not in graph
    assert graph["Organization"][0]["url"] == "https://harbour.example/"


def test_an_article_cites_what_it_lists(built: Built, graphs: dict[str, Graph]) -> None:
    cited = 0
    for output, graph in graphs.items():
        for article in graph.get("Article", []):
            page = LexborHTMLParser(built.made[output].content)
            shown = [one.attributes["href"] for one in page.css(LISTED)]
            said = article.get("citation", [])
            assert said == shown, output
            cited += len(said)
    assert cited == 3


def test_a_picture_of_the_page_is_told_with_its_size(tmp_path: Path) -> None:
    text = sites.page("Cold", image="{src: room.png, alt: A quiet room}")
    files: dict[str, str | bytes] = {
        "content/guides/cold.md": text,
        "content/guides/room.png": png(30, 20),
    }
    built = sites.compose(sites.write(tmp_path, files))
    (picture,) = graph_of(built.made["guides/cold/index.html"].content)["ImageObject"]
    assert (picture["width"], picture["height"]) == (30, 20)
    assert picture["url"].removeprefix("https://harbour.example/") in built.made


def test_a_review_is_told_as_it_was_signed(graphs: dict[str, Graph]) -> None:
    (page,) = graphs["where-it-hurts/knees/index.html"]["MedicalWebPage"]
    assert page["lastReviewed"] == "2026-11-02"
    assert page["reviewedBy"]["name"] == "Ana Ruiz"
    (other,) = graphs["how-cold-helps/numb/index.html"]["MedicalWebPage"]
    assert not {"lastReviewed", "reviewedBy"} & set(other)


def test_breadcrumbs_questions_and_terms(graphs: dict[str, Graph]) -> None:
    (trail,) = graphs["where-it-hurts/knees/index.html"]["BreadcrumbList"]
    assert [item["position"] for item in trail["itemListElement"]] == [1, 2]
    assert trail["itemListElement"][0]["item"] == "https://harbour.example/spa/"
    assert "item" not in trail["itemListElement"][-1]
    (faq,) = graphs["faq/index.html"]["FAQPage"]
    assert all(one["acceptedAnswer"]["text"] for one in faq["mainEntity"])
    (terms,) = graphs["glossary/index.html"]["DefinedTermSet"]
    assert terms["hasDefinedTerm"][0]["@id"].startswith("https://harbour.example/spa/glossary/#")
    assert [type for graph in graphs.values() for type in graph].count("FAQPage") == 1


def test_tables_to_take_away_are_datasets(graphs: dict[str, Graph]) -> None:
    sets = graphs["references/index.html"]["Dataset"]
    files = [file["contentUrl"] for one in sets for file in one["distribution"]]
    assert "https://harbour.example/spa/data/findings.csv" in files
    assert len(files) == len(set(files)) == 2 * len(sets)
    assert [output for output, graph in graphs.items() if "Dataset" in graph] == [
        "references/index.html"
    ]


def test_no_title_can_end_the_data(tmp_path: Path) -> None:
    title = "Cold </script><script>alert(1)</script> & <!-- heat"
    site = sites.write(tmp_path, {"content/guides/cold.md": sites.page(f"'{title}'")})
    content = sites.compose(site).made["guides/cold/index.html"].content
    assert graph_of(content)["Article"][0]["headline"] == title
    assert len(LexborHTMLParser(content).css("script")) == 1


# --------------------------------------------------------------------------- the head


NAMES = "Harbour Rooms and Garden\nshort_name: Harbour"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Cold", "Cold | Harbour Rooms and Garden"),
        ("Cold and heat and what they do for your joints", "{title} | Harbour"),
        ("Cold and heat and what they do for sore joints in long winters", "{title}"),
    ],
)
def test_a_title_has_the_name_of_the_site_while_there_is_room(
    title: str, written: str, tmp_path: Path
) -> None:
    facts = sites.SITE_YAML.replace("Harbour Rooms", NAMES)
    files = {"site.yaml": facts, "content/guides/cold.md": sites.page(title)}
    made = sites.compose(sites.write(tmp_path, files)).made["guides/cold/index.html"]
    assert made.facts.title == written.format(title=title)


def test_other_languages_are_named_both_ways(built: Built) -> None:
    page = built.site.by_id["pages/faq"]
    assert alternates(built.site, page) == []
    urls = {"pages/faq": {"en": "/faq/", "es": "/es/preguntas/"}}
    assert alternates(replace(built.site, alternates=urls), page) == [
        {"lang": "en", "url": "https://harbour.example/spa/faq/"},
        {"lang": "es", "url": "https://harbour.example/spa/es/preguntas/"},
        {"lang": "x-default", "url": "https://harbour.example/spa/faq/"},
    ]


def test_what_networks_are_told(built: Built) -> None:
    for output, said in told(built).items():
        assert said["og:title"], output
        if "og:image" in said:
            picture = said["og:image"].removeprefix("https://harbour.example/spa/")
            assert picture in built.made, output
            assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert "og:image" not in told(built)["404.html"]
    assert told(built)["where-it-hurts/knees/index.html"]["og:type"] == "article"


def told(built: Built) -> dict[str, dict[str, str]]:
    return {
        output: {
            meta.attributes["property"] or "": meta.attributes["content"] or ""
            for meta in LexborHTMLParser(made.content).css("meta[property]")
        }
        for output, made in built.made.items()
        if output.endswith(".html") and b"http-equiv" not in made.content
    }


def test_the_manifest_names_pictures_of_their_size(built: Built) -> None:
    said = json.loads(built.made["site.webmanifest"].content)
    assert (said["name"], said["start_url"]) == ("Harbour Rooms", "/spa/")
    for icon in said["icons"]:
        picture = opened(built, icon["src"].removeprefix("/spa/"))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
    touch = opened(built, "apple-touch-icon.png").convert("RGBA")
    assert touch.size == (180, 180)
    assert touch.getchannel("A").getextrema() == (255, 255), "nothing to be seen through"
    assert sorted(opened(built, "favicon.ico").info["sizes"]) == [(16, 16), (32, 32), (48, 48)]


def opened(built: Built, output: str) -> Image.Image:
    return Image.open(BytesIO(built.made[output].content))


def test_an_icon_that_cannot_be_drawn_is_a_problem(tmp_path: Path) -> None:
    site = sites.write(tmp_path, {"assets/img/favicon.svg": "<svg"})
    assert [problem.rule for problem in sites.problems(site)] == ["asset-type"]


# --------------------------------------------------------------------------- cards


def test_a_card_is_light_and_of_the_right_size(built: Built) -> None:
    cards = [output for output in built.made if output.startswith("media/cards/")]
    assert len(cards) == len(list(built.site.pages)) - 2, (
        "all but the search page and the lost page"
    )
    for output in cards:
        assert opened(built, output).size == (1200, 630)
        assert built.made[output].facts.size <= 60_000


LONG = (
    "Everything there is to know of cold, ice, air and water for hips, hands, knees and feet in"
    " winter and in June"
)


@pytest.mark.parametrize(
    "title",
    [
        "Cold",
        LONG,
        "¿Qué hacer con el frío? Niños, señoras y pingüinos",
        "Łódź, Dvořák and 漢字 in ice",
        "漢字",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "W" * 110,
    ],
)
def test_every_title_fits_on_a_card(title: str, fonts: tuple[Face, Face]) -> None:
    display, text = fonts
    card = {"title": title, "brand": "Harbour", "tagline": "", "kicker": "", "rating": None}
    laid = laid_out(card, display, text)
    assert laid["lines"]
    for line in laid["lines"]:
        assert display.width(line["text"]) * laid["size"] <= ROOM
        assert set(line["text"]) <= set(display.advances)
    assert laid["below"] <= 520


def test_what_the_fonts_do_not_have_loses_its_accent_or_is_left_out(
    fonts: tuple[Face, Face],
) -> None:
    assert fonts[0].known("Dvořák in España, 漢 5") == "Dvorák in España, 5"


def test_a_balanced_title_has_lines_of_about_the_same_length() -> None:
    assert fitted("Low back pain and cold", len) == (84, ("Low back", "pain and", "cold"))
    assert list(balanced("one two three four", 14, len)) == ["one two", "three four"]


@pytest.fixture(scope="module")
def fonts(built: Built) -> tuple[Face, Face]:
    files = built.site.assets.files
    return faces(files["fonts/display.woff2"].content, files["fonts/text.woff2"].content)


def test_a_card_has_another_name_when_it_says_something_else(tmp_path: Path) -> None:
    files = {"content/guides/cold.md": sites.page("Cold"), "site.yaml": sites.WITH_CARDS}
    site = sites.write(tmp_path, files)
    before = card_of(sites.compose(site), "guides-cold")
    assert card_of(sites.compose(site, jobs=2), "guides-cold") == before
    (site / "content/guides/cold.md").write_text(sites.page("Heat"))
    assert card_of(sites.compose(site), "guides-cold")[0] != before[0]
    template = site / "templates/cards/card.svg"
    template.parent.mkdir(parents=True)
    template.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630"/>')
    (site / "content/guides/cold.md").write_text(sites.page("Cold"))
    assert card_of(sites.compose(site), "guides-cold")[0] != before[0]


def card_of(built: Built, name: str) -> tuple[str, bytes]:
    (output,) = (one for one in built.made if one.startswith(f"media/cards/{name}."))
    return output, built.made[output].content


def test_cards_can_be_done_without(tmp_path: Path) -> None:
    site = sites.write(tmp_path, {"site.yaml": sites.SITE_YAML})
    built = sites.compose(site)
    assert not [output for output in built.made if output.endswith(".png") and "cards" in output]
    assert b"og:image" not in built.made["index.html"].content
