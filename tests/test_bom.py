"""What the program is made of: a bill of materials, pins with hashes, and a reason for each."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from coldpress import cli
from coldpress.bom import SPDX, bill, normal, pins
from tests.sites import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DIRECT = sorted(normal(re.split(r"[\[>=<;]", line)[0]) for line in PROJECT["dependencies"])


@pytest.fixture(scope="module")
def made() -> Mapping[str, Any]:
    read: Mapping[str, Any] = json.loads(bill(ROOT))
    return read


def test_every_pin_is_a_component_with_its_hashes(made: Mapping[str, Any]) -> None:
    text = (ROOT / "requirements.txt").read_text()
    pinned = re.findall(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)", text, re.M)
    libraries = [one for one in made["components"] if one["type"] == "library"]
    assert [(one["name"], one["version"]) for one in libraries] == pinned
    assert sum(len(one["hashes"]) for one in libraries) == text.count("--hash=sha256:")
    for one in libraries:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert {found["alg"] for found in one["hashes"]} == {"SHA-256"}


def test_it_is_cyclonedx_and_hangs_together(made: Mapping[str, Any]) -> None:
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.6", 1)
    own = made["metadata"]["component"]
    refs = [own["bom-ref"], *(one["bom-ref"] for one in made["components"])]
    assert len(refs) == len(set(refs))
    edges = {one["ref"]: one["dependsOn"] for one in made["dependencies"]}
    assert edges.keys() <= set(refs)
    assert {to for found in edges.values() for to in found} <= set(refs)
    assert {ref.split("/")[1].split("@")[0] for ref in edges[own["bom-ref"]] if "/" in ref} == set(
        DIRECT
    )
    (markup,) = [ref for ref in refs if "/markupsafe@" in ref]
    assert any("/jinja2@" in ref and markup in found for ref, found in edges.items())


def test_what_is_installed_has_a_licence_that_lets_us_use_it(made: Mapping[str, Any]) -> None:
    allowed = SPDX | {"BSD", "BSD License"}
    for one in made["components"]:
        (licence,) = [found["license"] for found in one.get("licenses", [{"license": {}}])]
        if one["type"] == "library" and not is_here(one["name"], one["version"]):
            assert licence == {}
        else:
            assert licence.get("id", licence.get("name")) in allowed, one["name"]


def is_here(name: str, version: str) -> bool:
    try:
        return metadata.version(name) == version
    except metadata.PackageNotFoundError:
        return False


def test_the_fonts_are_in_it(made: Mapping[str, Any]) -> None:
    fonts = [one for one in made["components"] if one["type"] == "file"]
    assert {one["name"] for one in fonts} == {
        f"assets/fonts/{file.name}" for file in (ROOT / "assets/fonts").glob("*.woff2")
    }
    assert {one["licenses"][0]["license"]["id"] for one in fonts} == {"OFL-1.1"}


def test_a_new_font_changes_it_and_nothing_else_does(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "assets/fonts", tmp_path / "assets/fonts")
    assert bill(tmp_path) == bill(ROOT)
    (tmp_path / "assets/fonts/new.woff2").write_bytes(b"x")
    assert len(json.loads(bill(tmp_path))["components"]) == (
        len(json.loads(bill(ROOT))["components"]) + 1
    )


def test_a_pin_of_another_version_than_is_here_has_no_licence() -> None:
    hash = "a" * 64
    (one,) = pins(f"jinja2[i18n]==0.1 ; python_version < '4' \\\n    --hash=sha256:{hash}\n")
    assert (one.name, one.version, one.hashes) == ("jinja2", "0.1", (hash,))
    assert (one.licence, one.needs) == ("not installed here", ())


def test_by_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bom"]) == 0
    assert capsys.readouterr().out == bill(ROOT)
    assert cli.main(["bom", "--licences"]) == 0
    rows = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    assert ["jinja2", metadata.version("jinja2")] in [row[:2] for row in rows]


@pytest.mark.parametrize("name", DIRECT)
def test_every_library_has_a_reason(name: str) -> None:
    """In the decision record, with what it stands in for."""
    text = (ROOT / "docs/decisions/0005-dependencies.md").read_text()
    assert re.search(rf"^\|.*\b{name}\b.*\|.+\|.+\|$", text, re.M)
