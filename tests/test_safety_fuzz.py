"""Ten thousand spoilt inputs: a site or problems with a place, within seconds, never a traceback.

COLDPRESS_INPUTS sets how many; the full size is 10,000. What is found is kept in tests/fuzz/corpus
and tried again in every run. One input again: COLDPRESS_SEED and its number. With the guidance of
coverage: tests/fuzz/guided.py.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coldpress.load.walk import FOLDERS
from tests.fuzz.judging import Ground, HangError, keep, kept, limited
from tests.fuzz.mutating import FLOODS, WORDS, mutated
from tests.sizes import SEED, measured, size

pytestmark = pytest.mark.system

INPUTS = size("INPUTS", 120, 10_000)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground.at(tmp_path_factory.mktemp("fuzz") / "site")


def hang() -> None:
    while True:
        pass


def test_what_hangs_is_stopped() -> None:
    """It can fail."""
    with pytest.raises(HangError), limited(0.2):
        hang()


def test_what_was_found_before_stays_mended(ground: Ground) -> None:
    for path, raw in kept():
        ground.outcome(path, raw)


def test_any_spoilt_file_ends_in_a_site_or_in_problems_with_a_place(ground: Ground) -> None:
    files, ends, findings = ground.files(), Counter[str](), []
    for number in range(INPUTS):
        seed = SEED * 1_000_000 + number
        path = random.Random(seed).choice(files)
        raw = mutated((ground.source / path).read_bytes(), seed)
        try:
            ends[f"{path.partition('/')[0]}: {ground.outcome(path, raw)}"] += 1
        except AssertionError as wrong:
            findings.append(f"{number}: {keep(path, raw).name} {path}: {wrong}")
    assert findings == []
    measured("fuzz, spoilt files", inputs=INPUTS, ends=dict(ends), findings=0)


PIECES = [piece.decode("utf-8", "replace") for piece in (*WORDS, *FLOODS)]
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=20), st.just("\n\n")), max_size=30
).map("".join)
EXAMPLES = size("EXAMPLES", 25, 1500)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
@given(text=TEXTS)
def test_any_text_below_good_front_matter(ground: Ground, text: str) -> None:
    head = "---\ntitle: A page\ndescription: What there is to know about it, and where.\n---\n"
    ground.outcome("content/guides/made.md", f"{head}{text}".encode("utf-8", "surrogatepass"))


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
@given(text=TEXTS, folder=st.sampled_from(FOLDERS))
def test_any_text_at_all(ground: Ground, text: str, folder: str) -> None:
    ground.outcome(f"content/{folder}/made.md", text.encode("utf-8", "surrogatepass"))


KEYS = st.sampled_from(["name", "base_url", "languages", "navigation", "footer", "booking"])
SIMPLE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.dates()
)
VALUES = st.recursive(
    SIMPLE, lambda more: st.lists(more, max_size=3) | st.dictionaries(KEYS, more, max_size=3)
)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
@given(
    facts=st.dictionaries(KEYS | st.text(max_size=9), VALUES, max_size=6),
    name=st.sampled_from(
        [
            "site.yaml",
            "content/data/glossary.yaml",
            "content/data/references.yaml",
            "content/data/findings.yaml",
            "content/data/offers.yaml",
            "content/data/synonyms.yaml",
        ]
    ),
)
def test_any_facts_of_any_shape(ground: Ground, facts: dict[str, object], name: str) -> None:
    ground.outcome(name, yaml.safe_dump(facts, allow_unicode=True).encode("utf-8", "replace"))
