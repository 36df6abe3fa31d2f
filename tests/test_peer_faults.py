"""Faults that were seen in other generators, and are not here: P1 to P11 of docs/RELIABILITY.md,
each through the command line as a person meets it."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from coldpress import cli
from tests import sites
from tests.whole_builds import NOW, TRACEBACK, files_of, png

GUIDES = {
    "content/guides/index.md": sites.page("All guides", "Read on."),
    "content/guides/alpha.md": sites.page("Alpha", "See [beta](beta.md)."),
    "content/guides/beta.md": sites.page("Beta", "Words."),
}
PLACED = re.compile(r"^(content/\S+|templates/\S+|site\.yaml):(\d+):(\d+): error\[([\w-]+)\]", re.M)


@dataclass
class Person:
    """Edits files, builds, reads what is said."""

    source: Path
    heard: Callable[[], tuple[str, str]]

    def write(self, path: str, text: str | bytes) -> None:
        file = self.source / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def build(self, *more: str) -> tuple[int, str]:
        words = ["build", "--source", str(self.source), "--now", NOW, *more]
        code = cli.main(words)
        said = "".join(self.heard())
        assert TRACEBACK not in said
        return code, said

    def works(self, *more: str) -> str:
        code, said = self.build(*more)
        assert code == 0, said
        return said

    def fails(self, *more: str) -> dict[tuple[str, int], str]:
        """(Path, line) -> rule. The site that was there is as it was."""
        before = self.output()
        code, said = self.build(*more)
        assert code == 1, said
        assert self.output() == before
        assert "your live site was not changed" in said
        assert "hint: " in said
        return {(path, int(line)): rule for path, line, _column, rule in PLACED.findall(said)}

    def output(self) -> dict[str, bytes]:
        folder = self.source / "output"
        return files_of(folder) if folder.is_dir() else {}


@pytest.fixture
def person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Person:
    return Person(sites.write(tmp_path / "site", GUIDES), capsys.readouterr)


def test_p1_a_deleted_page_is_gone_and_that_is_said(person: Person) -> None:
    person.write("content/guides/gamma.md", sites.page("Gamma"))
    person.works()
    (person.source / "content/guides/gamma.md").unlink()
    said = person.works()
    assert re.search(r"^removed: .*guides/gamma/index\.html", said, re.M), said
    assert not (person.source / "output/guides/gamma").exists()


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("---\ntitle: 'Beta\ndescription: What it is, and where to ask for it.\n---\n", 2),
        ("---\ntitle: Beta: more\ndescription: What it is, and where to ask.\n---\n", 2),
        ("---\ntitle: [Beta\ndescription: What it is, and where to ask for it.\n---\n", 2),
        ("---\ntitle: Beta\n\tdescription: What it is, and where to ask for it.\n---\n", 3),
    ],
)
def test_p2_broken_metadata_stops_the_build_at_its_line(
    person: Person, head: str, line: int
) -> None:
    person.works()
    person.write("content/guides/beta.md", f"{head}\nWords.\n")
    assert ("content/guides/beta.md", line) in person.fails()


def test_p3_a_broken_link_and_a_missing_picture_stop_the_build(person: Person) -> None:
    person.works()
    person.write(
        "content/guides/beta.md",
        sites.page("Beta", "See [it](nope.md).\n\n![A room](nope.png)"),
    )
    found = person.fails()
    assert found == {
        ("content/guides/beta.md", 6): "broken-link",
        ("content/guides/beta.md", 8): "missing-image",
    }
    person.write("content/guides/beta.md", sites.page("Beta", "See [it](/nowhere/)."))
    assert person.fails() == {("content/guides/beta.md", 6): "broken-link"}


def test_p4_two_clean_builds_are_the_same_bytes(person: Person, tmp_path: Path) -> None:
    """More of it in test_determinism.py."""
    person.works()
    other = Person(sites.write(tmp_path / "elsewhere/site", GUIDES), person.heard)
    other.works("--jobs", "2")
    assert other.output() == person.output()


@pytest.mark.parametrize("broken", ["{{ page.title", "{% include 'no.html' %}", "{{ 1 // 0 }}"])
@pytest.mark.parametrize(
    ("template", "before"),
    [
        ("article.html", "{% block band %}"),
        ("base.html", "{% block bar %}"),
        ("hub.html", '{% include "parts/band.html" %}'),
    ],
)
def test_p5_a_template_that_fails_leaves_the_last_good_site(
    person: Person, template: str, before: str, broken: str
) -> None:
    """Whether it draws the first pages, the last or all of them."""
    shipped = (sites.ROOT / "templates" / template).read_text()
    person.write(f"templates/{template}", shipped)
    person.works()
    person.write(f"templates/{template}", shipped.replace(before, f"{broken}{before}"))
    assert {path for path, _line in person.fails()} == {f"templates/{template}"}


def test_p6_a_misspelt_field_is_an_error_that_names_the_right_one(person: Person) -> None:
    person.works()
    text = GUIDES["content/guides/beta.md"].replace("description:", "descripton:")
    person.write("content/guides/beta.md", text)
    _code, said = person.build()
    assert "unknown field 'descripton'" in said
    assert "did you mean 'description'?" in said
    assert person.fails()["content/guides/beta.md", 3] == "unknown-field"


def test_p7_two_pages_on_one_address_are_an_error_that_names_both(person: Person) -> None:
    person.works()
    person.write("content/guides/gamma.md", sites.page("Gamma", slug="beta"))
    _code, said = person.build()
    assert person.fails()
    assert "content/guides/beta.md" in said
    assert "content/guides/gamma.md" in said


def test_p8_a_picture_without_words_is_said_with_its_place(person: Person) -> None:
    person.works()
    person.write("content/guides/sign.png", png(1))
    person.write("content/guides/beta.md", sites.page("Beta", "Words.\n\n![](sign.png)"))
    _code, said = person.build()
    assert re.search(r"^content/guides/beta\.md:8:\d+: \w+\[[\w-]*alt[\w-]*\]", said, re.M), said


def test_p9_a_page_for_later_is_held_back_and_announced(person: Person) -> None:
    person.write(
        "content/guides/gamma.md", sites.page("Gamma tomorrow", publish_at="2026-12-01 09:00")
    )
    said = person.works()
    assert "scheduled: 2026-12-01 17:00 UTC  content/guides/gamma.md goes live" in said
    assert all(b"Gamma tomorrow" not in content for content in person.output().values())
    later = [word if word != NOW else "2026-12-01T17:00Z" for word in ("--now", NOW)]
    assert " new, " in person.works(*later)
    assert "guides/gamma/index.html" in person.output()


@pytest.mark.parametrize("written", ["/guides/beta/", "beta.md", "../guides/beta.md"])
def test_p10_a_link_follows_the_site_below_a_path(person: Person, written: str) -> None:
    person.write("content/guides/alpha.md", sites.page("Alpha", f"See [beta]({written})."))
    person.works("--base-url", "https://harbour.example/sub")
    text = person.output()["guides/alpha/index.html"].decode()
    (address,) = re.findall(r'<a href="([^"]+)">beta</a>', text)
    assert address == "/sub/guides/beta/"
    person.write("content/guides/alpha.md", sites.page("Alpha", "See [beta](/guides/betta/)."))
    assert "broken-link" in person.fails("--base-url", "https://harbour.example/sub").values()


def test_p11_no_address_is_missing_or_empty_during_a_rebuild(person: Person) -> None:
    """Every file of the site, read without a pause. At full size: test_safety_readers.py."""
    person.works()
    files = [person.source / "output" / path for path in person.output() if "html" in path]
    stop, bad, reads = threading.Event(), [], [0]

    def look() -> None:
        while not stop.is_set():
            for file in files:
                reads[0] += 1
                try:
                    content = file.read_bytes()
                except FileNotFoundError:
                    content = b""
                if not content.rstrip().endswith(b"</html>"):
                    bad.append(f"{file}: {len(content)} bytes")

    reader = threading.Thread(target=look)
    reader.start()
    try:
        for number in range(5):
            facts = sites.SITE_YAML.replace("Harbour Rooms", f"Harbour Rooms {number}")
            person.write("site.yaml", facts)
            person.works()
    finally:
        stop.set()
        reader.join()
    assert bad == []
    assert reads[0] > len(files)


def test_every_fault_has_its_test() -> None:
    """And the document says the same: P1 to P11."""
    names = [name for name in vars(sys.modules[__name__]) if name.startswith("test_p")]
    assert [int(name.split("_")[1][1:]) for name in names] == list(range(1, 12))


def test_what_is_said_can_be_read_by_machines_too(person: Person) -> None:
    person.write("content/guides/beta.md", sites.page("Beta", "See [it](nope.md)."))
    code, said = person.build("--format", "json")
    assert code == 1
    (problem,) = [p for p in json.loads(said)["problems"] if p["level"] == "error"]
    assert (problem["path"], problem["line"]) == ("content/guides/beta.md", 6)
