"""What a build imports: most of the time of a small one is that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import sites
from tests.sites import page

LOADED = """
import json, sys
from coldpress import cli
assert cli.main(sys.argv[1:]) == 0
print(json.dumps(sorted(sys.modules)))
"""
READS_FIELDS = {"yaml", "coldpress.typed", "coldpress.yamltree"}
RARE = {"PIL", "coldpress.workers", "fontTools"}
"""For pictures, for many pages, for fonts of one's own."""


def loaded(site: Path) -> set[str]:
    """Modules that a build has loaded when it ends."""
    environment = {**os.environ, "PYTHONPATH": str(sites.ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    place = [
        "--source",
        str(site),
        "--output",
        str(site / "output"),
        "--now",
        sites.NOW.isoformat(),
    ]
    command = [sys.executable, "-c", LOADED, "build", *place, "--jobs", "1"]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return set(json.loads(said.stdout.splitlines()[-1]))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sites.write(tmp_path, {"content/guides/one.md": page("One")})


def test_an_edit_of_a_text_alone_reads_no_fields(site: Path) -> None:
    assert loaded(site) >= READS_FIELDS
    file = site / "content/guides/one.md"
    file.write_text(file.read_text() + "\nNew words.\n")
    assert not loaded(site) & (READS_FIELDS | RARE)
    html = (site / "output/guides/one/index.html").read_text()
    assert "New words." in html
    file.write_text(file.read_text().replace("title: One", "title: Another"))
    assert loaded(site) >= READS_FIELDS
    html = (site / "output/guides/one/index.html").read_text()
    assert "Another</h1>" in html
    assert "New words." in html


def test_lines_that_move_a_front_matter_move_its_places(site: Path) -> None:
    """A problem with a field names the line where it stands now."""
    file = site / "content/guides/one.md"
    file.write_text(file.read_text().replace("---\n\n", "related: [guides/none]\n---\n\n", 1))
    with pytest.raises(subprocess.CalledProcessError) as first:
        loaded(site)
    file.write_text("\n\n" + file.read_text())
    with pytest.raises(subprocess.CalledProcessError) as second:
        loaded(site)
    lines = [
        int(said.value.stdout.split("content/guides/one.md:")[1].split(":")[0])
        for said in (first, second)
    ]
    assert lines[1] == lines[0] + 2


def test_nothing_heavy_is_loaded_when_nothing_changed(site: Path) -> None:
    for _time in range(2):
        last = loaded(site)
    assert not {"msgspec", "markdown", "jinja2", "yaml", "PIL"} & last
