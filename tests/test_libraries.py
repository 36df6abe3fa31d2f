"""What was remembered with other libraries is not believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest

from coldpress import cli
from coldpress.markdown import convert
from coldpress.memory.libraries import LIBRARIES, versions
from tests import sites

NO_PART_IN_BYTES = {
    *("anyio", "idna", "livereload", "six", "tornado", "watchfiles"),  # the preview
    "typing-extensions",  # names for types
}


def test_every_library_that_is_installed_counts_or_is_known_to_make_no_bytes() -> None:
    pins = (sites.ROOT / "requirements.txt").read_text()
    names = set(re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE))
    assert names == LIBRARIES | NO_PART_IN_BYTES


def test_their_folders_say_the_versions_that_are_imported() -> None:
    assert versions() == {name: version(name) for name in sorted(LIBRARIES)}


def test_of_two_versions_the_one_that_is_imported_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Markdown-99.1.dist-info").mkdir()
    (tmp_path / "resvg_py-99.2-py3.11.egg-info").mkdir()
    (tmp_path / "stranger-1.0.dist-info").mkdir()
    with installed(tmp_path, monkeypatch):
        found = versions()
    assert (found["markdown"], found["resvg-py"]) == ("99.1", "99.2")
    assert found.keys() == LIBRARIES


@contextmanager
def installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While a folder stands first among those that are imported from."""
    with monkeypatch.context() as changed:
        changed.syspath_prepend(str(folder))
        versions.cache_clear()
        yield
    versions.cache_clear()


def test_with_another_library_everything_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = sites.write(tmp_path / "site", {"content/guides/a.md": sites.page("Ice")})
    converted: list[str] = []

    def counted(*arguments: object) -> object:
        converted.append(arguments[0].id)  # type: ignore[attr-defined]
        return convert(*arguments)  # type: ignore[arg-type]

    def built() -> set[str]:
        converted.clear()
        words = ["build", "--source", str(source), "--now", "2026-11-23", "--jobs", "1"]
        assert cli.main(words) == 0
        assert "0 changed" in capsys.readouterr().out
        return set(converted)

    monkeypatch.setattr("coldpress.intake.convert", counted)
    everything = {"guides/a", "pages/index"}
    assert built() == everything
    assert built() == set()
    (tmp_path / "newer/markdown-99.dist-info").mkdir(parents=True)
    with installed(tmp_path / "newer", monkeypatch):
        assert built() == everything
        assert built() == set()
