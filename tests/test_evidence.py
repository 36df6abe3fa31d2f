from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.pipeline import Built
from coldpress.views import page_view
from tests import sites

REFERENCES = """\
b2020:
  {authors: "Berg A", year: 2020, title: Second, journal: null, volume_pages: null, doi: null,
   pmid: null, pmcid: null, url: "https://b.example", study_type: rct, modality: [cold-pack],
   found: It fell., limits: Small., claims: {x: supports}, verified_at: here, verified_level: page}
a2019:
  {authors: "Aas B, Lind C", year: 2019, title: First, journal: null, volume_pages: null,
   doi: "10.1/x", pmid: null, pmcid: null, url: "https://a.example", study_type: cohort,
   modality: [], found: It rose., limits: Few., claims: {}, verified_at: there,
   verified_level: secondary}
"""
FINDINGS = """\
weak: {question: "Does it?", condition: knees, mechanism: numb, method: ice, outcome: pain,
  grade: limited, direction: supports, references: [b2020], sentence: It may.}
firm: {question: "Does it not?", condition: knees, mechanism: numb, method: ice, outcome: pain,
  grade: moderate, direction: against, references: [a2019], sentence: It probably does not.}
torn: {question: "Who knows?", condition: knees, outcome: swelling, grade: conflicting,
  direction: mixed, references: [a2019, b2020], sentence: Studies disagree.}
"""


@pytest.fixture
def built(tmp_path: Path) -> Built:
    files = {
        "content/data/references.yaml": REFERENCES,
        "content/data/findings.yaml": FINDINGS,
        "content/conditions/knees.md": sites.page(
            "Knees",
            f"Less pain.[@b2020] More, and less.[@a2019; @b2020]\n{sites.SAFE}",
            ratings="[{label: Overall, finding: torn}]",
        ),
        "content/mechanisms/numb.md": sites.page(
            "Numb",
            "It numbs.[@a2019]",
            conditions="[knees]",
            ratings="[{label: How it works, finding: torn}]",
        ),
        "content/methods/ice.md": sites.page(
            "Ice", f"Cold water, frozen.\n{sites.SAFE}", conditions="[knees]"
        ),
        "content/methods/bath.md": sites.page(
            "Bath", f"Cold water.\n{sites.SAFE}", conditions="[knees]", mechanisms="[numb]"
        ),
        **sites.SAFETY,
    }
    return sites.compose(sites.write(tmp_path, files))


def test_numbers_on_a_page_follow_first_use_and_on_the_site_the_name(built: Built) -> None:
    knees = built.site.by_id["conditions/knees"]
    assert knees.converted.citations == ("b2020", "a2019")
    assert built.site.evidence.numbers == {"a2019": 1, "b2020": 2}


def test_a_reference_knows_the_pages_that_cite_it(built: Built) -> None:
    cited_by = built.site.evidence.cited_by
    assert set(cited_by["a2019"]) == {"mechanisms/numb", "conditions/knees"}
    assert cited_by["b2020"] == ("conditions/knees",)


def test_meters_come_from_grades_and_conflicting_looks_different(built: Built) -> None:
    meters = built.site.evidence.meters
    assert (meters["firm"].level, meters["firm"].split) == (3, False)
    assert (meters["weak"].level, meters["weak"].split) == (2, False)
    assert (meters["torn"].level, meters["torn"].split) == (2, True)


def test_the_surest_finding_comes_first_in_a_cell(built: Built) -> None:
    evidence = built.site.evidence
    assert evidence.matrix == {("numb", "knees"): ("firm", "weak")}
    assert evidence.methods == {("knees", "ice"): ("firm", "weak")}


def test_relations_are_seen_from_both_ends(built: Built) -> None:
    assert built.site.relations["methods/ice"]["conditions"] == ("conditions/knees",)
    assert built.site.relations["conditions/knees"]["methods"] == ("methods/bath", "methods/ice")


def badges(built: Built, id: str, name: str) -> dict[str, tuple[str, int, bool] | None]:
    cards = page_view(built.site, built.site.by_id[id])["page"][name]
    given = {card["label"]: card["rating"] for card in cards}
    return {
        label: one and (f"{one['label']}: {one['word']}", one["level"], one["against"])
        for label, one in given.items()
    }


def test_a_tied_page_shows_what_was_found_of_the_two_together(built: Built) -> None:
    """Not its own rating: what ice does for knees says nothing of a bath."""
    assert badges(built, "conditions/knees", "methods") == {
        "Bath": (": No good studies found", 0, False),
        "Ice": ("Pain: moderate, points against", 3, True),
    }
    assert badges(built, "methods/ice", "conditions") == {
        "Knees": ("Pain: moderate, points against", 3, True)
    }
    assert badges(built, "mechanisms/numb", "conditions") == {
        "Knees": ("Pain: moderate, points against", 3, True)
    }
    assert badges(built, "methods/bath", "mechanisms") == {"Numb": None}, "no table has the two"
