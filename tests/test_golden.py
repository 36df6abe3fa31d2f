"""One small site with a page of every kind, compared as a whole.

`python3 build.py test tests/test_golden.py --update-golden` rewrites tests/golden/expected: read
the diff, it is what people will see. Styles, fonts and drawings are left out: they have tests of
their own, and would drown the words.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests import sites

GOLDEN = Path(__file__).resolve().parent / "golden"
EXPECTED = GOLDEN / "expected"


def shown(content: bytes) -> str:
    text = content.decode()
    text = re.sub(r"<style>.*?</style>", "<style>…</style>", text, flags=re.DOTALL)
    text = re.sub(r"(<svg\b[^>]*>).*?</svg>", r"\1…</svg>", text, flags=re.DOTALL)
    return re.sub(r"\.[0-9a-f]{8}\.", ".fingerprint.", text)


def test_the_golden_site(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    source = tmp_path / "site"
    shutil.copytree(GOLDEN / "site", source)
    built = sites.compose(source)
    texts = {
        output: shown(one.content)
        for output, one in built.made.items()
        if output.endswith((".html", ".xml", "robots.txt"))
    }
    if request.config.getoption("--update-golden"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for output, text in texts.items():
            path = EXPECTED / output
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        pytest.fail("tests/golden/expected is rewritten: look at its diff, then run again")
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_text(encoding="utf-8")
        for path in EXPECTED.rglob("*")
        if path.is_file()
    }
    assert sorted(texts) == sorted(expected)
    for output, text in texts.items():
        assert text == expected[output], output


def test_building_twice_gives_equal_bytes(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        source = tmp_path / name / "site"
        shutil.copytree(GOLDEN / "site", source)
        digests.append({o: m.content for o, m in sites.compose(source).made.items()})
    assert digests[0] == digests[1]


def test_a_warm_build_equals_a_cold_one(tmp_path: Path) -> None:
    """After an edit, and after taking it back: what was kept never shows through."""
    source = tmp_path / "site"
    shutil.copytree(GOLDEN / "site", source)
    first = {o: m.content for o, m in sites.compose(source).made.items()}
    guide = source / "content/guides/home.md"
    text = guide.read_text()
    guide.write_text(text.replace("title: Cold at home", "title: Cold on the sofa"))
    edited = {o: m.content for o, m in sites.compose(source).made.items()}
    shutil.rmtree(source / ".coldpress")
    assert {o: m.content for o, m in sites.compose(source).made.items()} == edited
    assert edited != first
    guide.write_text(text)
    assert {o: m.content for o, m in sites.compose(source).made.items()} == first
