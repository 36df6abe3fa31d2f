"""All texts, pictures and data -> the outline of each language's edition: which pages there are,
where they live, and what a text of theirs may point to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import astuple, replace

from coldpress.collect import alternates_of, outline
from coldpress.load import Found, Read, join
from coldpress.markdown import Known, known_of
from coldpress.model import Config, Language, Options, Outline
from coldpress.pictures import with_variants
from coldpress.problems import Problem
from coldpress.routes import route
from coldpress.strings import language, paths_in, strings
from coldpress.translations import content_in, facts_in, labels_of

S = TypeVar("S", bound=Struct)


class Plans(NamedTuple):
    editions: Mapping[str, Planned]
    """By language, in the order of site.yaml."""
    alternates: Mapping[str, Mapping[str, str]]
    problems: tuple[Problem, ...]

    def parts(self) -> Iterator[object]:
        """Those that a site takes from here as they are. None of which there is but one, like `()`:
        it may stand anywhere else as well."""
        yield self.alternates
        for plan in self.editions.values():
            yield plan.config
            for whole in (plan.outline, plan.outline.content, plan.outline.evidence):
                yield from filter(is_group, astuple(whole))


def is_group(part: object) -> bool:
    return isinstance(part, Mapping | frozenset) and bool(part)


class Planned(Struct, frozen=True):
    """One language's edition before its texts are converted."""

    config: Config
    """With the words of site.yaml in its language."""
    outline: Outline
    known: Known


def outlined(
    config: Config,
    options: Options,
    found: Found,
    read: Read,
    folders: tuple[Path, ...],
    words: Mapping[str, Mapping[str, str]],
) -> Plans:
    content, problems = join(options, found, read)
    content = with_variants(content)
    languages = config.facts.languages
    paths = {lang: paths_in(words[lang]) for lang in languages[1:]}
    routes, clashes = route(content, config, paths)
    drawings = diagrams(folders)

    def planned(lang: str) -> Planned:
        own = content_in(content, lang, languages[0])
        facts = facts_in(config.facts, lang, labels_of(own.sources, lang))
        plan = replace(config, facts=facts)
        return Planned(plan, outline(own, routes, lang), known_of(own, routes, plan, drawings))

    first = planned(languages[0])
    others = {lang: shared(planned(lang), first) for lang in languages[1:]}
    editions = {languages[0]: first, **others}
    alternates = alternates_of({lang: plan.outline for lang, plan in editions.items()})
    return Plans(editions, alternates, (*problems, *clashes))


def shared(one: S, other: S) -> S:
    """The same, with the parts that `other` has as well taken from there: a language in which
    little is translated is hardly anything more in memory, and in the store."""
    parts: dict[str, Any] = {}
    for name in one.__struct_fields__:
        ours, theirs = getattr(one, name), getattr(other, name)
        if isinstance(ours, Struct) and type(ours) is type(theirs):
            parts[name] = shared(ours, theirs)
        elif alike(ours, theirs):
            parts[name] = theirs
    return replace(one, **parts)


def alike(one: Any, other: Any) -> bool:
    """Equal, and in the same order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(map(alike, one.values(), other.values()))
    return type(one) is type(other) and bool(one == other)


def spoken(
    folders: tuple[Path, ...], config: Config
) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, Language]]:
    """The words of the interface in every language, and the languages, told in each other."""
    languages = config.facts.languages
    words = {
        lang: strings(folders, lang, config.place(f"languages.{number}"))
        for number, lang in enumerate(languages)
    }
    return words, {lang: language(lang, languages, words[lang]) for lang in languages}


def diagrams(folders: Iterable[Path]) -> frozenset[str]:
    return frozenset(p.stem for folder in folders for p in (folder / "diagrams").glob("*.svg"))
