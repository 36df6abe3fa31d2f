"""Values that do not fit the schema -> what --fix writes for them, or nothing."""

from __future__ import annotations

import pytest

from coldpress.mending import mended_text
from coldpress.problems import BuildError
from coldpress.schema import PageMatter
from coldpress.yamltext import read

HEAD = "title: A page\ndescription: A page that has nothing wrong with it.\n"


def mended(fields: str) -> str:
    """The fields as --fix leaves them."""
    text = HEAD + fields + "\n"
    with pytest.raises(BuildError) as failed:
        read(text, "p.md", PageMatter)
    return mended_text(text, failed.value.problems)[0].removeprefix(HEAD).rstrip("\n")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("layuot: hub", "layout: hub"),
        ("layout: hubb", "layout: hub"),
        ("layout: 'hubb'", "layout: 'hub'"),
        ("slug: Cold Packs", "slug: cold-packs"),
        ("slug: cold_packs", "slug: cold-packs"),
        ("aliases: [old/, /older/]", "aliases: [/old/, /older/]"),
        ("aliases: /old/", "aliases: [/old/]"),
        ("conditions: arthritis, back-pain", "conditions: [arthritis, back-pain]"),
        ("aliases:\n  -/old/", "aliases:\n  - /old/"),
        ("updated: 2026.3.1", "updated: 2026-03-01"),
        ("updated: 1 March 2026", "updated: 2026-03-01"),
        ("updated: Mar 1, 2026", "updated: 2026-03-01"),
        ("publish_at: 2026-12-01 09:00 america/los_angeles", None),
        ("publish_at: 2026-12-01 09:00 Los_Angeles", None),
        ("key_points:\n  - Take care: wrap it", 'key_points:\n  - "Take care: wrap it"'),
    ],
)
def test_what_can_only_mean_one_thing_is_mended(written: str, right: str | None) -> None:
    zone = "publish_at: 2026-12-01 09:00 America/Los_Angeles"
    assert mended(written) == (right or zone)


@pytest.mark.parametrize(
    "written",
    [
        "layout: big",
        "slug: Schön!",
        "slug: no/slash",
        "aliases: [Old]",
        "aliases: [https://example.org/old/]",
        "aliases: /Old Page/",
        "conditions: Arthritis, Back pain",
        "key_points: Wrap it, and keep it short.",
        "methods: Ice-pack, cold_water",
        "aliases: /old/ # moved",
        "updated: 3/4/2026",
        "updated: 2026-13-45",
        "updated: 2026/13/45",
        "updated: March 2026",
        "updated: last week",
        "publish_at: 2026-12-01 09:00 Pacific/Time",
        "aliases:\n  -/old/ -/older/",
        "aliases:\n  --old",
        "order: ten",
        "label:\n  text: A page",
        "key_points:\n  - {a: b, c: d}",
        "key_points:\n  - a:\n      b: c",
        "label: One\nLabel: Two",
    ],
)
def test_what_may_mean_something_else_stays(written: str) -> None:
    assert mended(written) == written
