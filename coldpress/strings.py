"""templates/strings/<language>.yaml -> the words of the interface.

A site may bring its own file with only the words it wants changed. Names of languages and months,
and how a date is put together, come from the Unicode locale data (CLDR) by way of Babel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coldpress.model import Language
from coldpress.problems import BuildError, Place, Problem, error, nearest, sentences
from coldpress.shipped import parsed

FOLDER = "strings"
SITE = Place("site.yaml")


def strings(folders: tuple[Path, ...], lang: str, place: Place = SITE) -> Mapping[str, str]:
    """`folders`: template folders, the site's own first. Later ones are overridden by earlier.
    `place`: where the language is asked for."""
    words: dict[str, str] = {}
    for folder in reversed(folders):
        path = folder / FOLDER / f"{lang}.yaml"
        if path.is_file():
            words.update(read(path))
    if not words:
        raise BuildError([no_words(folders, lang, place)])
    return words


def no_words(folders: tuple[Path, ...], lang: str, place: Place) -> Problem:
    known = sorted({file.stem for folder in folders for file in (folder / FOLDER).glob("*.yaml")})
    message = f"the interface has no words in {lang!r}"
    others = f"known: {', '.join(known)}; another one needs templates/{FOLDER}/{lang}.yaml"
    return error("unknown-language", place, message, sentences(nearest(lang, known), others))


PATH = "path_"
"""Begins the names of the words that stand in addresses: path_guides: "guias"."""


def paths_in(words: Mapping[str, str]) -> Mapping[str, str]:
    """Folder of a kind -> its part of the addresses in this language."""
    return {n.removeprefix(PATH): word for n, word in words.items() if n.startswith(PATH)}


def paths_of(
    folders: tuple[Path, ...], languages: Sequence[str]
) -> Mapping[str, Mapping[str, str]]:
    """The same, by language: of all but the first, whose addresses are as the kinds say."""
    return {lang: paths_in(strings(folders, lang)) for lang in languages[1:]}


def language(code: str, codes: Iterable[str], words: Mapping[str, str]) -> Language:
    """`codes`: of all the site's languages; `words`: the interface's in this one."""
    others = [other for other in codes if other != code]
    if not others:
        return Language(code, code, {})
    from babel import Locale

    own = Locale(code)
    name = (own.get_display_name() or code).capitalize()
    only = {
        other: words["only_in"].format(language=Locale(other).get_display_name(own))
        for other in others
    }
    return Language(code, name, only)


def read(path: Path) -> dict[str, str]:
    """Every value is text as written: BaseLoader makes no dates or truth values of it."""
    import yaml

    place = Place(f"templates/{FOLDER}/{path.name}")
    try:
        found = parsed(path, "BaseLoader")
    except yaml.MarkedYAMLError as bad:
        line = bad.problem_mark.line + 1 if bad.problem_mark else 1
        raise BuildError(
            [
                error(
                    "unreadable-yaml",
                    Place(place.path, line),
                    str(bad.problem),
                    "see the line above",
                )
            ]
        ) from None
    if not isinstance(found, dict) or not all(isinstance(word, str) for word in found.values()):
        raise BuildError(
            [
                error(
                    "unreadable-yaml",
                    place,
                    "the file is not a list of names and words",
                    "name: words",
                )
            ]
        )
    return found
