"""A site in two languages: what a translation has from its original, where its links lead, what is
shown of a page that is not translated, and how a translation falls behind."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coldpress import cli, pipeline
from coldpress.addresses.standing import standing_of
from coldpress.checks import check_text
from coldpress.markdown import Known, convert
from coldpress.model import Site, Source
from coldpress.pipeline import Built
from coldpress.problems import OperationError
from coldpress.schedule import changes
from coldpress.signing import sign_translation
from tests import sites

SITE = (
    sites.SITE_YAML
    + """\
languages: [en, es]
tagline: By the water
navigation:
  - {label: Rest, to: guides/rest.md}
  - {label: Sleep well, to: guides/sleep.md}
footer:
  Learn:
    - {label: Questions, to: guides/sleep.md}
translations:
  es:
    tagline: Junto al agua
    booking: Reservar una hora
    labels: {Learn: Infórmese}
"""
)


def page(title: str, description: str, body: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndescription: {description}\n{more}---\n\n{body}\n"


REST = page(
    "How to rest",
    "What rest is, how long it takes, and where to begin with it today.",
    "Rest for 20 minutes. Then [sleep](sleep.md).",
    "label: Resting\nsummary: Rest a while.\naliases: [/rest/]\nrelated: [guides/sleep]\n"
    "updated: 2026-11-01\norder: 3\n",
)
DESCANSO = page(
    "Cómo descansar",
    "Qué es el descanso, cuánto dura y por dónde empezar hoy mismo.",
    "Descanse 20 minutos. Luego [duerma](sleep.md).",
    "slug: descansar\nlabel: Descanso\nsummary: Descanse un rato.\n",
)
SLEEP = page(
    "How to sleep", "What sleep is, how much of it you need, and how to get it.", "Sleep at night."
)
INICIO = page("Descanso junto al agua", "Un cuarto tranquilo junto al puerto.", "Pase.")
FILES = {
    "site.yaml": SITE,
    "content/pages/index.es.md": INICIO,
    "content/guides/rest.md": REST,
    "content/guides/rest.es.md": DESCANSO,
    "content/guides/sleep.md": SLEEP,
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return sites.write(tmp_path, FILES)


def test_a_menu_entry_that_leads_nowhere_is_told_once_in_all_languages(source: Path) -> None:
    gone = SITE.replace("{label: Questions, to: guides/sleep.md}", "{label: Questions, to: a.md}")
    (source / "site.yaml").write_text(gone, encoding="utf-8")
    found = [(p.line, p.rule) for p in sites.problems(source) if p.level == "error"]
    assert found == [(14, "broken-menu-entry")]


def text(built: Built, output: str) -> str:
    return built.made[output].content.decode()


def rules(source: Path, **changed: object) -> set[str]:
    return {problem.rule for problem in sites.problems(source, **changed)} - {
        "unconfirmed-fact",
        "unsigned-translation",
    }


# ------------------------------------------------------------------------------ what is built


def test_every_language_has_its_own_addresses_words_and_dates(source: Path) -> None:
    built = sites.compose(source)
    spanish = text(built, "es/guias/descansar/index.html")
    assert '<html lang="es">' in spanish
    assert "1 de noviembre de 2026" in spanish
    assert "Junto al agua" in spanish
    assert "Reservar una hora" in spanish
    assert "Saltar al contenido" in spanish or "Ir al contenido" in spanish
    english = text(built, "guides/rest/index.html")
    assert '<html lang="en">' in english
    assert "November 1, 2026" in english
    assert "Junto al agua" not in english


def test_what_is_no_word_is_the_originals(source: Path) -> None:
    site = sites.compose(source).site.edition("es")
    matter = site.by_id["guides/rest"].source.matter
    assert (matter.order, matter.related, str(matter.updated)) == (
        3,
        ("guides/sleep",),
        "2026-11-01",
    )
    assert matter.aliases == (), "an old address leads to one page"


def test_links_lead_to_the_page_in_the_same_language_or_to_the_original(source: Path) -> None:
    built = sites.compose(source)
    assert 'href="/guides/sleep/"' in text(built, "es/guias/descansar/index.html")
    files = {**FILES, "content/guides/sleep.es.md": page("Cómo dormir", "x" * 30, "Duerma.")}
    both = sites.compose(sites.write(source, files))
    spanish = text(both, "es/guias/descansar/index.html")
    assert 'href="/es/guias/sleep/"' in spanish
    assert 'href="/guides/sleep/"' not in spanish
    assert 'href="/guides/sleep/"' in text(both, "guides/rest/index.html")


def test_the_switch_leads_to_the_same_page_and_says_where_there_is_none(source: Path) -> None:
    built = sites.compose(source)
    rest = text(built, "guides/rest/index.html")
    assert '<a href="/es/guias/descansar/" hreflang="es">Español</a>' in rest
    back = text(built, "es/guias/descansar/index.html")
    assert '<a href="/guides/rest/" hreflang="en">English</a>' in back
    assert "Solo en inglés" in text(built, "guides/sleep/index.html")


def test_a_card_of_a_page_without_translation_says_so_and_shows_no_half(source: Path) -> None:
    spanish = text(sites.compose(source), "es/guias/descansar/index.html")
    menu = re.findall(r'<li><a href="([^"]+)"[^>]*>([^<]+)</a></li>', spanish)
    assert ("/es/guias/descansar/", "Descanso") in menu
    assert ("/guides/sleep/", "Sleep well") in menu


def test_the_words_of_site_yaml_can_be_given_for_every_link(source: Path) -> None:
    more = SITE.replace("labels: {Learn: Infórmese}", "labels: {Sleep well: Dormir bien}")
    built = sites.compose(sites.write(source, {**FILES, "site.yaml": more}))
    assert "Dormir bien" in text(built, "es/guias/descansar/index.html")


def test_a_site_whose_first_language_is_spanish(tmp_path: Path) -> None:
    files = {
        "site.yaml": sites.SITE_YAML + "languages: [es]\n",
        "content/pages/index.md": INICIO,
    }
    built = sites.compose(sites.write(tmp_path, files))
    assert '<html lang="es">' in text(built, "index.html")
    assert "hreflang" not in text(built, "index.html")


def test_old_addresses_of_a_translation_lead_to_it(source: Path) -> None:
    more = DESCANSO.replace("slug: descansar", "slug: descansar\naliases: [/es/descanso/]")
    built = sites.compose(sites.write(source, {**FILES, "content/guides/rest.es.md": more}))
    moved = text(built, "es/descanso/index.html")
    assert "/es/guias/descansar/" in moved
    assert '<html lang="es">' in moved
    assert built.site.edition("es").strings["moved"] in moved
    assert "/guides/rest/" in text(built, "rest/index.html")


def test_data_files_have_words_too(source: Path) -> None:
    files = {
        **FILES,
        "content/data/glossary.yaml": "rest:\n  term: Rest\n  definition: Doing nothing.\n",
        "content/data/glossary.es.yaml": (
            "rest:\n  term: Descanso\n  definition: No hacer nada.\n  english: rest\n"
        ),
        "content/pages/glossary.md": page(
            "Words", "Words that may be new to you here.", "", "layout: glossary\n"
        ),
        "content/pages/glossary.es.md": page(
            "Palabras", "Palabras que pueden ser nuevas.", "", "slug: palabras\n"
        ),
    }
    built = sites.compose(sites.write(source, files))
    spanish = text(built, "es/palabras/index.html")
    assert "No hacer nada." in spanish
    assert '<span lang="en">rest</span>' in spanish
    assert "Doing nothing." not in spanish


# ------------------------------------------------------------------------------ what is wrong


def test_a_translation_without_its_original(source: Path) -> None:
    (source / "content/guides/rests.es.md").write_text(DESCANSO.replace("slug: descansar\n", ""))
    (problem,) = [p for p in sites.problems(source) if p.rule == "lonely-translation"]
    assert problem.path == "content/guides/rests.es.md"
    assert "content/guides/rest.md" in problem.hint


def test_a_translation_that_leaves_words_out_is_told_which(source: Path) -> None:
    half = DESCANSO.replace("summary: Descanse un rato.\n", "")
    (source / "content/guides/rest.es.md").write_text(half)
    (problem,) = [p for p in sites.problems(source) if p.rule == "half-translated"]
    assert problem.level == "error"
    assert "'summary'" in problem.message


def test_a_sentence_without_its_twin_in_the_data_file(source: Path) -> None:
    data = source / "content/data"
    data.mkdir()
    (data / "glossary.yaml").write_text("rest:\n  term: Rest\n  definition: Doing nothing.\n")
    (data / "glossary.es.yaml").write_text("rests:\n  term: Descanso\n  definition: Nada.\n")
    found = {(p.rule, p.line) for p in sites.problems(source) if "glossary" in p.path}
    assert {rule for rule, _line in found} == {"lonely-translation", "half-translated"}


def test_a_language_without_words_for_the_interface(tmp_path: Path) -> None:
    more = {"site.yaml": sites.SITE_YAML + "languages: [en, xx]\n"}
    (problem,) = [p for p in sites.problems(sites.write(tmp_path, more)) if p.level == "error"]
    assert (problem.rule, problem.path) == ("unknown-language", "site.yaml")
    assert "es" in problem.hint


def test_a_mistake_in_an_inherited_field_is_told_where_it_is_written(source: Path) -> None:
    (source / "content/guides/rest.md").write_text(REST.replace("guides/sleep]", "guides/slep]"))
    places = {p.path for p in sites.problems(source) if p.rule == "unknown-relation"}
    assert places == {"content/guides/rest.md"}


# ------------------------------------------------------------------------------ falling behind


def gather(source: Path, **changed: object) -> Site:
    return pipeline.gather(sites.options(source, **changed))[0]


def sign(source: Path, by: str | None = None) -> None:
    sign_translation(gather(source), source, "content/guides/rest.es.md", by=by)
    sign_translation(gather(source), source, "content/pages/index.es.md", by=by)


def behind(source: Path, **changed: object) -> set[str]:
    found = sites.problems(source, **changed)
    return {problem.path for problem in found if problem.rule == "stale-translation"}


def test_a_signed_translation_is_stale_once_a_word_of_the_original_changes(source: Path) -> None:
    sign(source)
    assert behind(source) == set()
    original = source / "content/guides/rest.md"
    original.write_text(
        REST.replace("order: 3", "order: 4").replace("20 minutes. ", "20  minutes: ")
    )
    assert behind(source) == set(), "neither order, spaces nor a colon say anything new"
    original.write_text(REST.replace("20 minutes", "30 minutes"))
    assert behind(source) == {"content/guides/rest.es.md"}
    sign(source)
    assert behind(source) == set()


def test_readers_are_told_after_a_grace_and_the_day_is_planned(source: Path) -> None:
    sign(source)
    (source / "content/guides/rest.md").write_text(REST.replace("20 minutes", "30 minutes"))
    spanish = "es/guias/descansar/index.html"
    told = "El texto original de esta página cambió"
    assert told not in text(sites.compose(source), spanish)
    later = datetime(2026, 12, 23, 12, tzinfo=UTC)  # signed on November 23, 30 days
    assert told in text(sites.compose(source, now=later), spanish)
    assert told not in text(sites.compose(source, now=later.replace(day=22)), spanish)
    planned = [change for change in changes(gather(source)) if "original" in change.what]
    assert [change.path for change in planned] == ["content/guides/rest.es.md"]
    assert planned[0].at == datetime(2026, 12, 23, 8, tzinfo=UTC), "midnight in Los Angeles"


def test_a_page_says_that_nobody_has_checked_it_until_a_person_is_named(source: Path) -> None:
    spanish = "es/guias/descansar/index.html"
    pending = "Todavía no la ha revisado una persona"
    sign(source)
    assert pending in text(sites.compose(source), spanish)
    sign(source, by="A. Persona")
    assert pending not in text(sites.compose(source), spanish)
    assert 'checked_by: "A. Persona"' in (source / "content/guides/rest.es.md").read_text()


def test_signing_changes_nothing_else_in_the_file(source: Path) -> None:
    before = (source / "content/guides/rest.es.md").read_text()
    sign(source)
    after = (source / "content/guides/rest.es.md").read_text()
    assert re.sub(r"translated:\n  of: .*\n  on: .*\n", "", after) == before
    with pytest.raises(OperationError):
        sign_translation(gather(source), source, "content/guides/rest.md", by=None)


def test_the_command_lists_what_asks_for_work_first(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["translations", "--source", str(source), "--now", "2026-11-23T12:00Z"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["missing", "es", "content/guides/sleep.md"]
    assert lines[-1].startswith("es: 2 of 3 pages translated, 0 stale, 2 unsigned")


# ------------------------------------------------------------------------------ warm and cold


def test_an_edit_of_either_language_equals_a_clean_build(source: Path, tmp_path: Path) -> None:
    sites.compose(source)
    edits = {
        "content/guides/rest.es.md": DESCANSO.replace("20 minutos", "30 minutos"),
        "content/guides/rest.md": REST.replace("label: Resting", "label: Repose"),
        "content/guides/sleep.es.md": page("Cómo dormir", "x" * 30, "Duerma."),
        "site.yaml": SITE.replace("Junto al agua", "Cerca del agua"),
    }
    for path, changed in edits.items():
        (source / path).write_text(changed)
        warm = sites.compose(source)
        clean = sites.compose(
            sites.write(tmp_path / "clean", {**FILES, **edits_so_far(edits, path)})
        )
        assert {o: m.content for o, m in warm.made.items()} == {
            o: m.content for o, m in clean.made.items()
        }, path


def edits_so_far(edits: dict[str, str], last: str) -> dict[str, str]:
    names = list(edits)
    return {name: edits[name] for name in names[: names.index(last) + 1]}


def test_an_edit_of_one_language_makes_nothing_of_the_other_again(source: Path) -> None:
    sites.compose(source)
    before = sites.compose(source).rows
    (source / "content/guides/rest.es.md").write_text(DESCANSO.replace("20 minutos", "30 minutos"))
    after = sites.compose(source).rows
    changed = {output for output in after if after[output].sha256 != before[output].sha256}
    assert changed == {"es/guias/descansar/index.html", "es/guias/descansar/index.md"}


def test_a_word_of_the_original_makes_nothing_of_its_translation_again(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the original's text a translation has nothing: whether it still says the same is all."""
    sign(source)
    sites.compose(source)
    (source / "content/guides/rest.md").write_text(REST.replace("20 minutes", "30 minutes"))
    converted: list[str] = []
    judged: list[str] = []

    def converting(text: Source, known: Known) -> object:
        converted.append(text.path)
        return convert(text, known)

    def judging(site: Site, output: str) -> object:
        judged.append(output)
        return check_text(site, output)

    with monkeypatch.context() as watching:
        watching.setattr("coldpress.intake.convert", converting)
        watching.setattr("coldpress.baking.check_text", judging)
        warm = sites.compose(source)
    assert converted == ["content/guides/rest.md"]
    assert [output for output in judged if output.endswith(".html")] == ["guides/rest/index.html"]
    assert {p.path for p in warm.advice if p.rule == "stale-translation"} == {
        "content/guides/rest.es.md"
    }
    edited = {path: (source / path).read_text() for path in FILES}
    clean = sites.compose(sites.write(tmp_path / "clean", edited))
    assert warm.advice == clean.advice
    assert {o: m.content for o, m in warm.made.items()} == {
        o: m.content for o, m in clean.made.items()
    }


def test_a_page_that_comes_in_one_language_is_seen_by_the_others(
    source: Path, tmp_path: Path
) -> None:
    """They show the original of what is not translated, like the hub above a guide."""
    sites.compose(source)
    hub = {"content/guides/index.md": page("All guides", "What all of them are about. " * 3, "Go.")}
    sites.write(source, {**FILES, **hub})
    warm, clean = (
        sites.compose(source),
        sites.compose(sites.write(tmp_path / "b", {**FILES, **hub})),
    )
    assert "All guides" in text(clean, "es/guias/descansar/index.html")
    assert {o: m.content for o, m in warm.made.items()} == {
        o: m.content for o, m in clean.made.items()
    }


# ------------------------------------------------------------------------------ data files


def test_an_entry_of_a_data_file_falls_behind_by_itself(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = source / "content/data"
    data.mkdir()
    english = (
        "rest:\n  term: Rest\n  definition: Doing nothing.\nnap:\n  term: Nap\n  definition: x\n"
    )
    spanish = (
        "rest:\n  term: Descanso\n  definition: Nada.\nnap:\n  term: Siesta\n  definition: y\n"
    )
    (data / "glossary.yaml").write_text(english)
    (data / "glossary.es.yaml").write_text(spanish)

    def said(rule: str) -> list[int]:
        found = sites.problems(source)
        return [p.line for p in found if p.rule == rule and p.path.endswith("glossary.es.yaml")]

    assert said("unsigned-translation") == [1]
    command = ["translations", "--source", str(source), "--sign", "content/data/glossary.es.yaml"]
    assert cli.main(command) == 0
    assert said("unsigned-translation") == said("stale-translation") == []
    (data / "glossary.yaml").write_text(english.replace("Doing nothing", "Doing very little"))
    assert said("stale-translation") == [1]
    assert cli.main(["translations", "--source", str(source)]) == 0
    assert (
        "stale      content/data/glossary.es.yaml:1, 'rest' has changed" in capsys.readouterr().out
    )
    assert cli.main(command) == 0
    assert said("stale-translation") == []
    assert (data / "translated.es.yaml").read_text().count("glossary.") == 2


def test_signing_what_is_no_data_file(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["translations", "--source", str(source), "--sign", "content/data/glossary.fr.yaml"]
    assert cli.main(command) == 2
    assert "content/data/findings.es.yaml" in capsys.readouterr().err


# ------------------------------------------------------------------------------ lost visitors


def test_a_lost_visitor_is_led_home_in_every_language(tmp_path: Path) -> None:
    """Every language has a page for them; it is listed nowhere, promised nowhere and no link leads
    to it: it answers 404."""
    lost = page(
        "Not here",
        "The page you asked for is not here; it may have moved to another place.",
        "Look around.",
        "layout: not-found\nno_booking: the visitor is lost\n",
    )
    perdido = page(
        "Aquí no está",
        "La página que busca no está aquí; puede que se haya mudado.",
        "Mire alrededor.",
    )
    more = {"content/pages/lost.md": lost, "content/pages/lost.es.md": perdido}
    built = sites.compose(sites.write(tmp_path, {**FILES, **more}))
    assert '<a href="/es/" hreflang="es">Español</a>' in text(built, "404.html")
    assert '<a href="/" hreflang="en">English</a>' in text(built, "es/404.html")
    listing = {output for output in built.made if b"404.html" in built.made[output].content}
    assert listing <= {"404.html", "es/404.html"}, "each names itself as canonical"
    standing = standing_of(built.site, built.made)
    assert not [address for address in standing.sources if "404" in address]
