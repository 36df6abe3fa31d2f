"""templates/strings/<language>.yaml -> the words of the interface.

A site may bring its own file with only the words it wants changed. Names of languages and months,
and how a date is put together, come from the Unicode locale data (CLDR) by way of Babel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coldpress.model import Language
from coldpress.problems import BuildError, Mend, Place, Problem, error, meant, nearest, sentences
from coldpress.shipped import parsed

if TYPE_CHECKING:
    from babel import Locale

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
    if slips := list(slips_in(folders, lang)):
        raise BuildError(slips)
    return words


def slips_in(folders: tuple[Path, ...], lang: str) -> Iterator[Problem]:
    """Names with a slip in them: nothing reads them, and the word that was meant is another or not
    there. A name that a template asks for is none."""
    files = {file for folder in folders for file in (folder / FOLDER).glob("*.yaml")}
    for file in sorted(file for file in files if file.stem == lang):
        known = {name for other in files - {file} for name in read(other)}
        here = read(file)
        wanted = {name for name in known - here.keys() if not name.startswith(PATH)}
        slips = {name: meant(name, wanted) for name in here.keys() - known} if known else {}
        lines = file.read_text(encoding="utf-8").split("\n")
        for name, right in slips.items():
            if right and not asked_for(folders, name):
                line = next((n for n, one in enumerate(lines, 1) if one.startswith(name)), 1)
                place = Place(f"templates/{FOLDER}/{file.name}", line)
                message, hint = f"unknown word {name!r}", f"did you mean {right!r}?"
                yield error("unknown-field", place, message, hint, Mend(place, name, right))


def asked_for(folders: tuple[Path, ...], name: str) -> bool:
    files = (file for folder in folders for file in folder.rglob("*.html"))
    return any(f"t.{name}" in file.read_text("utf-8", errors="replace") for file in files)


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
    """`codes`: of all the site's languages; `words`: the interface's in this one. What CLDR does
    not know of goes by its code, and writes its days in figures."""
    others = [other for other in codes if other != code]
    own = locale_of(code)
    date, months = date_in(own) if own else (FIGURES, (code,) * 12)
    name = (others and own and own.get_display_name()) or code
    only = {other: words["only_in"].format(language=name_of(other, own)) for other in others}
    return Language(code, name.capitalize() if others else code, only, date, months)


FIGURES = "{year}-{number:02}-{day:02}"


def locale_of(code: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(code)
    except UnknownLocaleError:
        return None


def name_of(code: str, within: Locale | None) -> str:
    """Of a language, in another."""
    found = locale_of(code)
    return (found and within and found.get_display_name(within)) or code


def date_in(locale: Locale) -> tuple[str, tuple[str, ...]]:
    """A day in its long form as `Language` has it, and the names of months that stand in it."""
    from babel.dates import tokenize_pattern

    form, months = "", locale.months["format"]["wide"]
    for sort, value in tokenize_pattern(locale.date_formats["long"].pattern):
        match (sort, value):
            case ("chars", str() as words):
                form += words.replace("{", "{{").replace("}", "}}")
            case ("field", ("M", 3 | 4 as width)):
                form += "{month}"
                months = locale.months["format"]["wide" if width == 4 else "abbreviated"]
            case ("field", ("G", _)):
                form += locale.eras["abbreviated"][1]
            case (_, (str(), int()) as field):
                form += FIELDS[field]
    return form, tuple(months[number] for number in range(1, 13))


FIELDS = {("d", 1): "{day}", ("d", 2): "{day:02}", ("M", 1): "{number}", ("y", 1): "{year}"}
"""What else stands in the long form of a day, in any language of CLDR."""


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
