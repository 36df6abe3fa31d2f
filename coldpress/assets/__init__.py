"""assets/ -> fingerprinted files and the style sheets, their font addresses final.

A site's own assets/ is looked up first, file by file, then the shipped folder beside this package.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from coldpress.assets.contrast import faint
from coldpress.assets.cuts import CUTS
from coldpress.assets.fonts import cut_font
from coldpress.assets.stylesheet import LATER, bundle
from coldpress.model import Asset, Assets
from coldpress.problems import BuildError, Place, error, one_of

SHIPPED = Path(__file__).resolve().parent.parent.parent / "assets"

PICTURES = frozenset({".svg", ".png", ".jpg", ".webp", ".avif", ".ico"})
LICENCES = frozenset({".txt"})
SCRIPT = ("js/minisearch.js", "js/search.js")
"""The library first, then what uses it."""
MARK = "img/favicon.svg"
NOTE = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)
"""Lines that only people read, and what indents the others: no string of ours spans lines."""


def build_assets(source: Path, base_path: str, cache: Path | None) -> Assets:
    """`cache`: a folder for what takes seconds to make (cut fonts), or None."""
    folders = tuple(dict.fromkeys(((source / "assets").resolve(), SHIPPED)))
    made = [*fonts(folders, cache), *licences(folders), *pictures(folders), script(folders)]
    made += from_mark(folders)
    files = {asset.name: asset for asset in made}
    urls = {name: f"{base_path}/{asset.output}" for name, asset in files.items()}
    sheets, later = bundle(folders, urls), bundle(folders, urls, LATER)
    if later:
        files[LATER] = asset(LATER, "".join(sheet.css for sheet in later).encode())
    if hard_to_read := tuple(faint(folders, SHIPPED)):
        raise BuildError(hard_to_read)
    return Assets(files=files, sheets=sheets, later=later)


def fonts(folders: tuple[Path, ...], cache: Path | None) -> Iterator[Asset]:
    for cut in CUTS:
        content = found(folders, f"fonts/{cut.source}").read_bytes()
        yield asset(f"fonts/{cut.name}.woff2", cut_font(content, cut, cache))


def licences(folders: tuple[Path, ...]) -> Iterator[Asset]:
    """A licence asks to travel with the font or the script."""
    for folder in ("fonts", "js"):
        for name, path in listed(folders, folder):
            if path.suffix in LICENCES:
                yield asset(name, path.read_bytes())


def script(folders: tuple[Path, ...]) -> Asset:
    """The one script, of the search page, as one file."""
    library, own = (found(folders, name).read_text(encoding="utf-8") for name in SCRIPT)
    return asset(SCRIPT[-1], f"{library.rstrip()}\n{NOTE.sub('', own)}".encode())


def pictures(folders: tuple[Path, ...]) -> Iterator[Asset]:
    """Raises BuildError for a file that browsers cannot show."""
    every = list(listed(folders, "img"))
    wrong = [name for name, path in every if path.suffix not in PICTURES]
    if wrong:
        raise BuildError(
            error(
                "asset-type",
                Place(f"assets/{name}"),
                f"{PurePosixPath(name).name!r} is not a picture that browsers show",
                one_of(PICTURES),
            )
            for name in wrong
        )
    for name, path in every:
        yield asset(name, path.read_bytes())


def from_mark(folders: tuple[Path, ...]) -> Iterator[Asset]:
    from coldpress.assets.icons import ICO, TOUCH, icons  # what draws, where it is drawn anew

    for name, content in icons(MARK, found(folders, MARK).read_bytes()):
        one = asset(f"img/{name}", content)
        yield replace(one, output=name) if name in (ICO, TOUCH) else one


def found(folders: Iterable[Path], name: str) -> Path:
    """The first folder's file of that name."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise BuildError(
        [
            error(
                "missing-asset",
                Place(f"assets/{name}"),
                f"there is no file assets/{name}",
                "put it back: it came with the site",
            )
        ]
    )


def listed(folders: tuple[Path, ...], folder: str) -> Iterator[tuple[str, Path]]:
    """Name and file of everything in assets/<folder>/, sorted; hidden files are left out."""
    names: dict[str, Path] = {}
    for top in reversed(folders):
        for path in (top / folder).rglob("*"):
            name = path.relative_to(top)
            if path.is_file() and not any(part.startswith(".") for part in name.parts):
                names[name.as_posix()] = path
    yield from sorted(names.items())


def asset(name: str, content: bytes) -> Asset:
    """The digest in its name lets browsers keep the file for good."""
    path = PurePosixPath(name)
    mark = hashlib.sha256(content).hexdigest()[:8]
    return Asset(name, f"assets/{path.stem}.{mark}{path.suffix}", content)
