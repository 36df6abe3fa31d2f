"""`new --translate`: a translation to come, every word of its original a prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.cli import main
from coldpress.config import load_config
from coldpress.frontmatter import split
from coldpress.load import load
from coldpress.problems import errors_in
from coldpress.translations.draft import draft_of
from tests import sites
from tests.test_translations import FILES

BODY = """\
## A heading

Some words with a [link](sleep.md), **bold**.

- one
- two

1. first

> said

| what | how |
|---|---|
| ice | 20 min |

::: tip "Take care"
Inside.
:::

<!-- a note -->
[x]: sleep.md
"""
PROMPTS = """\
## replace this: A heading

replace this: Some words with a [link](sleep.md), **bold**.

- replace this: one
- replace this: two

1. replace this: first

> replace this: said

| replace this: what | replace this: how |
|---|---|
| replace this: ice | replace this: 20 min |

::: tip "replace this: Take care"
replace this: Inside.
:::

<!-- a note -->
[x]: sleep.md
"""
PAGE = sites.page("How to wait", BODY, key_points='["One point.", "Another."]', summary="Wait.")
SLEEPY = "content/guides/wait.es.md"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return sites.write(tmp_path, {**FILES, "content/guides/wait.md": PAGE})


def new(source: Path, page: str = "guides/wait", lang: str = "es") -> int:
    return main(["new", "--source", str(source), "--translate", page, lang])


def test_every_word_is_a_prompt_and_everything_else_as_it_was(source: Path) -> None:
    assert new(source) == 0
    fields, _, body = (source / SLEEPY).read_text().removeprefix("---\n").partition("\n---\n")
    assert body.strip() == PROMPTS.strip()
    assert 'title: "replace this: How to wait"' in fields
    assert '\n  - "replace this: One point."\n' in fields
    assert "layout" not in fields, "what is no word is the original's"


def test_what_nobody_has_filled_in_asks_once(source: Path) -> None:
    unfilled = PAGE.replace("How to wait", '"replace this: How to wait"\ndraft: true', 1)
    asking = unfilled.replace("Some words", "replace this: Some words")
    (source / "content/guides/wait.md").write_text(asking, encoding="utf-8")
    assert new(source) == 0
    text = (source / SLEEPY).read_text(encoding="utf-8")
    assert 'title: "replace this: How to wait"' in text
    assert "\nreplace this: Some words" in text
    assert "replace this: replace this" not in text


def test_it_is_a_draft_until_its_prompts_are_filled(source: Path) -> None:
    assert new(source, "content/guides/wait.md") == 0
    assert errors_in(sites.problems(source)) == ()
    built = sites.compose(source, drafts=True)
    assert "es/guias/wait/index.html" in built.made
    file = source / SLEEPY
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    live = "".join(line for line in lines if not line.startswith("draft:"))
    file.write_text(live, encoding="utf-8")
    found = errors_in(sites.problems(source))
    assert {(one.rule, one.path) for one in found} == {("unfilled-prompt", SLEEPY)}
    assert len(found) == sum("replace this: " in line for line in live.split("\n"))
    file.write_text(live.replace("replace this: ", "Ya "), encoding="utf-8")
    rules = {one.rule for one in sites.problems(source) if one.path == SLEEPY}
    assert not rules & {"half-translated", "stale-translation", "unfilled-prompt"}


def test_it_falls_behind_when_the_original_changes_meanwhile(source: Path) -> None:
    assert new(source) == 0
    file = source / SLEEPY
    text = file.read_text().replace("replace this: ", "Ya ").replace("draft: true", "# draft")
    file.write_text(text, encoding="utf-8")
    (source / "content/guides/wait.md").write_text(PAGE.replace("Some words", "Other words"))
    found = {one.rule for one in sites.problems(source) if one.path == SLEEPY}
    assert "stale-translation" in found


def test_long_words_fit_their_field(source: Path) -> None:
    text = PAGE.replace("How to wait", "Wait " * 21 + "more")
    (source / "content/guides/wait.md").write_text(text)
    assert new(source) == 0
    assert errors_in(sites.problems(source)) == ()


def test_what_cannot_be(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that exists stays as it is."""
    assert new(source, "guides/wiat") == 2
    assert "guides/wait" in capsys.readouterr().err
    assert new(source, "guides/wait", "fr") == 1
    assert "the site is not translated to 'fr'" in capsys.readouterr().out
    before = (source / "content/guides/rest.es.md").read_bytes()
    assert new(source, "guides/rest") == 1
    assert (source / "content/guides/rest.es.md").read_bytes() == before
    assert list((source / "content/guides").glob("*.fr.md")) == []


def test_every_page_of_the_real_site_can_be_begun() -> None:
    options = sites.options(sites.ROOT)
    content, _ = load(load_config(options.source, None), options)
    for source in content.sources:
        text = draft_of(source, options.now.date())
        split(text.encode(), source.path, type(source.matter))
