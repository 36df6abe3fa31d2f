"""requirements.txt + what is installed -> the bill of materials as CycloneDX 1.6, and licences.

Everything that runs when a site is built: the pinned libraries with the hashes they must have, and
the fonts. Of a library that this system does not need (another Python, Windows) no licence is
known here. No moment and no number of its own: the same pins, the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from msgspec import Struct

PINS = "requirements.txt"
FONTS = "assets/fonts"
FONT_LICENCE = "OFL-1.1"
PIN = re.compile(r"([\w.-]+)(?:\[[\w,.-]+\])?==([^\s;]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
NAME = re.compile(r"[\w.-]+")
SPDX = frozenset(
    {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-CMU", "PSF-2.0", FONT_LICENCE}
)
"""Identifiers, of those that libraries name: anything else is given in their own words."""
CLASSIFIER = "License :: OSI Approved :: "
MIT_TEXT = (
    "Permission is hereby granted, free of charge, to any person obtaining a copy of this software "
    "and associated documentation files"
)
UNKNOWN = "not installed here"


class Pin(Struct, frozen=True):
    """A library in the version that is installed, and digests of the files it may come in."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def pins(text: str) -> Iterator[Pin]:
    """Of a requirements file. A library that two systems need in two versions is there twice."""
    for part in re.split(r"\n(?=\S)", text):
        if found := PIN.match(part):
            name = normal(found[1])
            known = installed(name, found[2])
            licence = licence_of(known) if known else UNKNOWN
            needs = needs_of(known) if known else ()
            yield Pin(name, found[2], tuple(HASH.findall(part)), licence, needs)


def installed(name: str, version: str) -> metadata.Distribution | None:
    try:
        known = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    return known if known.version == version else None


def normal(name: str) -> str:
    """As in an address of the package index: PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(library: metadata.Distribution) -> str:
    """As it says itself: an SPDX expression, a classifier, or its own words."""
    about = library.metadata
    lines = [about[name] for name in ("License-Expression", "License") if name in about]
    classifiers = about.get_all("Classifier") or []
    lines += [one.removeprefix(CLASSIFIER) for one in classifiers if one.startswith(CLASSIFIER)]
    found = next((line for text in lines if (line := text.strip().partition("\n")[0])), "")
    found = found or by_its_text(library)
    return found.removesuffix(" License") if found.removesuffix(" License") in SPDX else found


def by_its_text(library: metadata.Distribution) -> str:
    """Of a library that has a licence and does not name it."""
    for file in library.files or ():
        if file.name.startswith("LICEN") and MIT_TEXT in " ".join(file.read_text().split()):
            return "MIT"
    return "not said"


def needs_of(library: metadata.Distribution) -> tuple[str, ...]:
    """Names of the libraries it always needs."""
    lines = (line for line in library.requires or [] if "extra ==" not in line)
    return tuple(sorted({normal(found[0]) for line in lines if (found := NAME.match(line))}))


# ------------------------------------------------------------------------------ CycloneDX


def bill(root: Path) -> str:
    """As JSON."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    libraries = tuple(pins((root / PINS).read_text(encoding="utf-8")))
    fonts = tuple(sorted((root / FONTS).glob("*.woff2")))
    own = f"pkg:generic/{project['name']}@{project['version']}"
    direct = {normal(found[0]) for line in project["dependencies"] if (found := NAME.match(line))}
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "licenses": [licence(project["license"])],
                "purl": own,
            }
        },
        "components": [*map(library_part, libraries), *map(font_part, fonts)],
        "dependencies": [
            leads_to(own, direct, libraries, *(f"font:{font.stem}" for font in fonts)),
            *(leads_to(one.purl, one.needs, libraries) for one in libraries),
        ],
    }
    return json.dumps(made, indent=2) + "\n"


def library_part(one: Pin) -> Mapping[str, Any]:
    part: dict[str, Any] = {
        "type": "library",
        "bom-ref": one.purl,
        "name": one.name,
        "version": one.version,
        "purl": one.purl,
        "hashes": [{"alg": "SHA-256", "content": sha} for sha in one.hashes],
    }
    if one.licence != UNKNOWN:
        part["licenses"] = [licence(one.licence)]
    return part


def font_part(font: Path) -> Mapping[str, Any]:
    sha = hashlib.sha256(font.read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": f"font:{font.stem}",
        "name": f"{FONTS}/{font.name}",
        "hashes": [{"alg": "SHA-256", "content": sha}],
        "licenses": [licence(FONT_LICENCE)],
    }


def licence(words: str) -> Mapping[str, Any]:
    return {"license": {"id" if words in SPDX else "name": words}}


def leads_to(one: str, names: Iterable[str], known: Iterable[Pin], *more: str) -> Mapping[str, Any]:
    wanted = set(names)
    return {"ref": one, "dependsOn": [*(pin.purl for pin in known if pin.name in wanted), *more]}


# ------------------------------------------------------------------------------ for a person


def licences(root: Path) -> str:
    """A line each: name, version, licence."""
    libraries = pins((root / PINS).read_text(encoding="utf-8"))
    rows = [(one.name, one.version, one.licence) for one in libraries]
    rows += [(font.name, "", FONT_LICENCE) for font in sorted((root / FONTS).glob("*.woff2"))]
    wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "".join(f"{a:{wide[0]}}  {b:{wide[1]}}  {c}\n" for a, b, c in rows)
