"""The generated pages of docs/ say what the code does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coldpress.problems import OperationError
from coldpress.reference_docs import documents, rule_text
from coldpress.rulebook import rulebook
from coldpress.schema import KINDS, SHAPES, Model, SiteFacts, fields_of

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("path", sorted(documents()))
def test_the_file_on_disk_is_up_to_date(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text == documents()[path], "run: python3 build.py docs"


def test_every_rule_has_a_heading_to_link_to() -> None:
    errors = documents()["docs/errors.md"]
    headings = [line[3:] for line in errors.splitlines() if line.startswith("## ")]
    assert headings == [rule.name for rule in rulebook()]


def test_every_field_has_a_row_that_says_what_it_is() -> None:
    fields = documents()["docs/fields.md"]
    rows = [line for line in fields.splitlines() if line.startswith("| `")]
    assert all(row.split(" | ")[-1].strip(" |") for row in rows)
    models: tuple[type[Model], ...] = (SiteFacts, *(kind.matter for kind in KINDS))
    for model in models:
        assert all(f"| `{name}` |" in fields for name in fields_of(model))


def test_schemas_are_json_schema_and_refuse_unknown_fields() -> None:
    whole = json.loads(documents()["docs/schema/page.json"])
    schema = whole["$defs"]["PageMatter"]
    assert whole["$ref"] == "#/$defs/PageMatter"
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"title", "description"}


def patterns(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {value["pattern"]} if isinstance(value.get("pattern"), str) else set()
        return own.union(*map(patterns, value.values()))
    return set().union(*map(patterns, value)) if isinstance(value, list) else set()


def test_every_pattern_is_explained_in_words() -> None:
    texts = [text for path, text in documents().items() if path.endswith(".json")]
    assert set().union(*(patterns(json.loads(text)) for text in texts)) <= set(SHAPES)


def test_explain() -> None:
    text = rule_text("unquoted-colon")
    assert text.startswith("unquoted-colon (error): a value contains a colon")
    assert text.index("Wrong:") < text.index("Right:")
    with pytest.raises(OperationError) as failed:
        rule_text("unquoted-colons")
    assert failed.value.hint == "did you mean 'unquoted-colon'?"
