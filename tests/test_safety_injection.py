"""Content is not trusted: payloads in every place a writer can reach, built into a whole site and
read as a browser reads it. Nothing they hold may act. The same pages run in Chromium in
tests/browser/test_injection.py; what happens within Markdown is in test_markdown_safety.py.

COLDPRESS_PAYLOADS sets how many in each place; the full size is all of them.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from coldpress.problems import BuildError, errors_in
from tests import sites
from tests.injections import (
    HARMLESS,
    PAYLOADS,
    PLACES,
    Slot,
    built_without_the_refused,
    bytes_of,
    dangers,
    dangers_of,
    ground,
    in_site_yaml,
)
from tests.sizes import SEED, measured, size
from tests.whole_builds import png

pytestmark = pytest.mark.system

AT_ONCE = 30
"""Pages in one site: a list of more is too long for the page that lists them."""
MANY = size("PAYLOADS", 30, len(PAYLOADS))


def chosen() -> list[int]:
    return sorted(random.Random(SEED).sample(range(len(PAYLOADS)), min(MANY, len(PAYLOADS))))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What acts on the pages of a site without payloads: our own script and styles."""
    found: set[str] = set()
    for place in PLACES.values():
        source = tmp_path_factory.mktemp("usual") / "site"
        ground(source, png(1))
        documents = place([0])
        for document in documents:
            document.refused |= {
                n for n, part in enumerate(document.parts) if isinstance(part, Slot)
            }
        made = bytes_of(built_without_the_refused(source, documents))
        found |= set().union(*dangers_of(made).values())
    return found


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 200
    assert len(PLACES) + 2 >= 10


def test_the_reader_sees_what_acts() -> None:
    """It can fail."""
    seen = [dangers(f"<!doctype html><body>{payload}</body>") for payload in PAYLOADS]
    assert sum(map(bool, seen)) > 110
    assert dangers("<p>&lt;script&gt;alert(1)</p>") == set()


@pytest.mark.parametrize("place", PLACES)
def test_nothing_a_writer_puts_in_acts(place: str, tmp_path: Path, usual: set[str]) -> None:
    slots: Counter[str] = Counter()
    numbers = chosen()
    for start in range(0, len(numbers), AT_ONCE):
        source = tmp_path / str(start)
        ground(source, png(1))
        documents = PLACES[place](numbers[start : start + AT_ONCE])
        made = bytes_of(built_without_the_refused(source, documents))
        found = {output: more - usual for output, more in dangers_of(made).items()}
        assert {output: more for output, more in found.items() if more} == {}
        for output, content in made.items():  # nothing was taken for a template
            assert b"49<script" not in content, output
            assert b"mro__" not in content or b"{{" in content, output
        slots.update(
            "refused" if number in document.refused else "built"
            for document in documents
            for number, part in enumerate(document.parts)
            if isinstance(part, Slot)
        )
    assert slots["refused"] > 0 or place == "shortcodes"
    assert slots["built"] > 0
    measured(f"injection, {place}", payloads=len(numbers), slots=dict(slots), survived=0)


def test_nothing_in_the_facts_of_the_business_acts(tmp_path: Path, usual: set[str]) -> None:
    slots: Counter[str] = Counter()
    numbers = random.Random(SEED).sample(chosen(), max(5, MANY // 6))
    for number in numbers:
        (document,) = in_site_yaml([number])
        document.path = "site.yaml"
        source = tmp_path / str(number)
        ground(source, png(1))
        made = bytes_of(built_without_the_refused(source, [document]))
        for output, found in dangers_of(made).items():
            assert found <= usual, (PAYLOADS[number], output)
        slots["refused"] += len(document.refused)
    measured("injection, site.yaml", payloads=len(numbers), slots=dict(slots), survived=0)


# ------------------------------------------------------------------------------ files

SVGS = tuple(payload for payload in PAYLOADS if "svg" in payload.lower())


def test_a_drawing_among_the_content_is_refused_whatever_it_holds(tmp_path: Path) -> None:
    ground(tmp_path, png(1))
    for number, payload in enumerate(SVGS):
        drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{payload}</svg>'
        (tmp_path / f"content/guides/d{number}.svg").write_text(drawing)
        (tmp_path / f"content/guides/d{number}.png").write_text(drawing)
    with pytest.raises(BuildError) as failed:
        sites.compose(tmp_path)
    rules = Counter((p.path.rpartition(".")[2], p.rule) for p in errors_in(failed.value.problems))
    assert rules == {("svg", "svg-picture"): len(SVGS), ("png", "broken-picture"): len(SVGS)}
    measured("injection, SVG", payloads=len(SVGS), survived=0)


def test_a_file_name_is_no_way_in(tmp_path: Path, usual: set[str]) -> None:
    """Each is refused by its name, which is shown without what could spoil a terminal."""
    ground(tmp_path, png(1))
    names = [
        payload.replace("/", "\u2044").replace("\0", "")[:60] for payload in PAYLOADS if payload
    ]
    for name in names:
        (tmp_path / f"content/guides/{name}.md").write_text(sites.page(HARMLESS.title()))
        (tmp_path / f"content/guides/{name}.png").write_bytes(png(2))
    found = sites.problems(tmp_path)
    bad = {problem.path for problem in errors_in(found) if problem.rule == "bad-file-name"}
    shown = {"".join(sign if sign.isprintable() else "?" for sign in name) for name in names}
    assert bad >= {f"content/guides/{name}.md" for name in shown}
    assert all(problem.path.isprintable() for problem in found)
    for name in names:
        (tmp_path / f"content/guides/{name}.md").unlink()
        (tmp_path / f"content/guides/{name}.png").unlink()
    measured("injection, file names", payloads=len(names), survived=0)
