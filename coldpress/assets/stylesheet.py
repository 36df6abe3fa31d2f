"""assets/css/site.css, or later.css, and all it imports -> minified sheets, in order.

Imports are followed through the site's own folder first, file by file, which no CSS bundler does:
so a site can replace one component and keep the rest. Sheets of components and page regions say
which classes they are for: a page gets those it wears.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath

import lightningcss

from coldpress.assets.brand import BRAND, TOKENS, without_replaced
from coldpress.model import Sheet
from coldpress.problems import BuildError, Place, Problem, error, nearest, sentences

MAIN = "css/site.css"
LATER = "css/later.css"
"""What no first view needs: one file for all pages."""
CUT, CUT_NAME = "\x1c", "\x1d"
"""Control characters, which no style sheet holds, around what came from an import."""
DRESS = ("css/components/", "css/parts/")
"""Sheets that only some pages wear."""
QUOTED = re.compile(r"""(["']).*?\1""")
BLOCK = re.compile(r"([^{};]*)([{}])")
CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r"""@import\s+(?:"([^"]+)"|'([^']+)')\s*(?:layer\(([\w.-]+)\))?\s*;""")
ANY_IMPORT = re.compile(r"@import\b[^;]*;?")
ADDRESS = re.compile(r"""url\(\s*(["']?)(?!data:|https?:|#|/)([^"')]+)\1\s*\)""")
WHERE = re.compile(r"^(?:Parsing stylesheet failed: )?(.*?)(?: at [^:]*:(\d+):(\d+))?$", re.DOTALL)


def bundle(
    folders: tuple[Path, ...], urls: Mapping[str, str], top: str = MAIN
) -> tuple[Sheet, ...]:
    """One sheet for each file that `top` imports, after one for `top` itself.

    `urls`: asset name ("fonts/text.woff2") -> its address, for url(...) in the sheets.
    Raises BuildError with every problem found."""
    problems: list[Problem] = []
    main = sheet(top, folders, urls, problems, (), top=True)
    if problems:
        raise BuildError(problems)
    own, *imported = main.split(CUT)
    return tuple(
        Sheet(css, needs(css) if name.startswith(DRESS) else ((),))
        for name, _, text in [("", "", own), *(part.partition(CUT_NAME) for part in imported)]
        if (css := minified(text))
    )


def needs(css: str) -> tuple[tuple[str, ...], ...]:
    """For every selector the classes it asks for: a sheet is of use on a page that has all the
    classes of one of them. Rules nested in a style rule go with it."""
    found: set[tuple[str, ...]] = set()
    inside: list[bool] = []  # for every open block: is it a style rule?
    for prelude, brace in BLOCK.findall(QUOTED.sub("", css)):
        if brace == "}":
            inside.pop()
            continue
        style = not prelude.lstrip().startswith("@") and not any(inside)
        if style and prelude not in ("from", "to") and not prelude.endswith("%"):
            found |= {tuple(sorted(set(CLASS.findall(one)))) for one in prelude.split(",")}
        inside.append(not prelude.lstrip().startswith("@"))
    return tuple(sorted(found))


def sheet(
    name: str,
    folders: tuple[Path, ...],
    urls: Mapping[str, str],
    problems: list[Problem],
    above: tuple[str, ...],
    *,
    top: bool = False,
) -> str:
    """One file with its imports in place; at the `top` they are marked, to be cut apart again.
    `above`: the files that import it."""
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None or name in above:
        what = "imports itself" if name in above else "does not exist"
        place = importing(name, above, folders)
        problems.append(error("css-error", place, f"{name!r} {what}", "correct or remove @import"))
        return ""
    text = without_comments(path.read_text(encoding="utf-8"))
    if name == TOKENS:
        text = without_replaced(text, own_brand(folders))
    problems += troubles(name, text, urls)

    def inlined(match: re.Match[str]) -> str:
        target = (PurePosixPath(name).parent / (match[1] or match[2])).as_posix()
        inner = sheet(target, folders, urls, problems, (*above, name))
        layered = f"@layer {match[3]}{{{inner}}}" if match[3] and inner.strip() else inner
        return f"{CUT}{target}{CUT_NAME}{layered}{CUT}{CUT_NAME}" if top else layered

    placed = ADDRESS.sub(lambda match: f'url("{urls.get(match[2], match[2])}")', text)
    return IMPORT.sub(inlined, placed)


def own_brand(folders: tuple[Path, ...]) -> str:
    """The colours that take the place of the shipped ones."""
    path = next((folder / BRAND for folder in folders if (folder / BRAND).is_file()), None)
    return path.read_text(encoding="utf-8") if path else ""


def importing(name: str, above: tuple[str, ...], folders: tuple[Path, ...]) -> Place:
    """The line of the import that asked for a file; for the first one, where it should be."""
    if not above:
        return Place(f"assets/{name}")
    importer = above[-1]
    path = next(folder / importer for folder in folders if (folder / importer).is_file())
    return spot(f"assets/{importer}", path.read_text(encoding="utf-8"), PurePosixPath(name).name)


def without_comments(text: str) -> str:
    """Comments become their own line breaks: lines keep their numbers."""
    return COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)


def troubles(name: str, text: str, urls: Mapping[str, str]) -> list[Problem]:
    """What is wrong in one file: an import of another form, an unknown address, bad syntax."""
    place = f"assets/{name}"
    found = [
        error("css-error", spot(place, text, match[0]), f"cannot follow {match[0]!r}", IMPORT_HINT)
        for match in ANY_IMPORT.finditer(IMPORT.sub("", text))
    ]
    # Blank in place of imports, so that the parser counts the same lines.
    body = ANY_IMPORT.sub(lambda match: "\n" * match[0].count("\n"), text)
    found += [
        error(
            "css-error",
            spot(place, text, match[0]),
            f"there is no asset {match[2]!r}",
            sentences(nearest(match[2], urls), 'addresses start at assets/: url("img/x.svg")'),
        )
        for match in ADDRESS.finditer(body)
        if match[2] not in urls
    ]
    try:
        lightningcss.process_stylesheet(body, filename=name)
    except ValueError as bad:
        found.append(syntax_problem(place, bad))
    return found


IMPORT_HINT = 'write @import "file.css" layer(components);'


def spot(path: str, text: str, words: str) -> Place:
    start = text.index(words)
    line = text.count("\n", 0, start) + 1
    return Place(path, line, start - text.rfind("\n", 0, start))


def syntax_problem(path: str, bad: ValueError) -> Problem:
    """lightningcss counts lines from 0."""
    match = WHERE.match(str(bad))
    what, line, column = (match[1], match[2], match[3]) if match else (str(bad), None, None)
    place = Place(path, int(line or 0) + 1, int(column or 1))
    message = what[:1].lower() + what[1:]
    return error("css-error", place, message, "look for a missing brace or semicolon above")


@lru_cache(maxsize=200)
def minified(css: str) -> str:
    """Remembered: an edit changes one sheet of sixty."""
    return str(lightningcss.process_stylesheet(css, filename=MAIN, minify=True)).strip()
