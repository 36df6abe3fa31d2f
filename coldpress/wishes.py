"""the options of `new`, and the answers of who sits at the terminal -> the page that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coldpress.asking import Terminal
from coldpress.frontmatter import split
from coldpress.model import Options
from coldpress.problems import BuildError, Place, error, nearest
from coldpress.scaffold import Wanted, check, known_kind, name_of, text_of
from coldpress.schema import KINDS
from coldpress.slugs import slug_from
from coldpress.taken import pages_in, trouble_with

MOST_SHOWN = 12
"""Pages of a folder that a question lists."""


class Wish(Struct, frozen=True):
    """What the command line says. Empty: not said."""

    kind: str = ""
    title: str = ""
    slug: str = ""
    description: str = ""
    about: str = ""


def told(wish: Wish, options: Options) -> Wanted:
    """Raises BuildError when something said will not do, or the address is taken."""
    page = Wanted(
        kind=known_kind(wish.kind),
        title=wish.title,
        name=name_of(wish.slug or wish.title),
        description=wish.description,
        about=pages_named(wish.about, options),
    )
    check(page, options.source)
    _refuse_taken(page, options)
    return page


def asked(wish: Wish, terminal: Terminal, options: Options) -> Wanted:
    """As `told`, and what was not said is asked for, until it will do."""
    kinds = ", ".join(kind.name for kind in KINDS)
    kind = known_kind(
        wish.kind or terminal.ask(f"What kind of page ({kinds})?", _wrong(known_kind))
    )
    page = Wanted(kind, wish.title, slug_from(wish.title) or "a-page")

    def wrong_title(words: str) -> None:
        _check_fields(replace(page, title=words), options.source)

    def wrong_description(words: str) -> None:
        _check_fields(replace(page, description=words), options.source)

    title = wish.title or terminal.ask("Its title?", _wrong(wrong_title))
    page = replace(page, title=title)
    question = "What is it about, in one sentence for search results (Enter: later)?"
    description = wish.description or terminal.ask(question, _wrong(wrong_description))
    about = wish.about or terminal.ask(_question_about(options), _wrong(_named_in(options)))
    page = replace(page, description=description, about=pages_named(about, options))
    return replace(page, name=_name(wish, page, terminal, options))


def _name(wish: Wish, page: Wanted, terminal: Terminal, options: Options) -> str:
    """Proposed from the title; asked for until nobody has the address."""

    def free(words: str) -> None:
        one = replace(page, name=name_of(words))
        check(one, options.source)
        _refuse_taken(one, options)

    wrong = _wrong(free)
    if wish.slug and not (trouble := wrong(wish.slug)):
        return name_of(wish.slug)
    if wish.slug:
        terminal.say(f"  {trouble}")
    start = page.kind.permalink.partition("{slug}")[0]
    answer = terminal.ask(f"Its address: {start}", wrong, slug_from(page.title))
    return name_of(answer)


def _wrong(use: Callable[[str], object]) -> Callable[[str], str]:
    """What `use` would say of an answer, in one line; nothing when it takes it."""

    def of(answer: str) -> str:
        try:
            use(answer)
        except BuildError as failed:
            first = failed.problems[0]
            return f"{first.message}: {first.hint}"
        return ""

    return of


def _check_fields(page: Wanted, source: Path) -> None:
    split(text_of(page, source).encode(), page.path, page.kind.matter)


def _refuse_taken(page: Wanted, options: Options) -> None:
    if trouble := trouble_with(page.address, options):
        raise BuildError([trouble])


# --------------------------------------------------------------------------- relations


def _question_about(options: Options) -> str:
    folders: dict[str, list[str]] = {}
    for id in pages_in(options):
        folders.setdefault(id.partition("/")[0], []).append(id.partition("/")[2])
    lists = "".join(
        f"  {folder}: {', '.join(names[:MOST_SHOWN])}{' ...' if len(names) > MOST_SHOWN else ''}\n"
        for folder, names in folders.items()
    )
    return f"{lists}Which of these does it belong to, with commas between (Enter: none)?"


def _named_in(options: Options) -> Callable[[str], object]:
    return lambda words: pages_named(words, options)


def pages_named(words: str, options: Options) -> tuple[str, ...]:
    """`arthritis, methods/ice-pack` -> ids. A bare name will do where only one page has it. Raises
    BuildError with every name that no page has."""
    known = pages_in(options)
    found: list[str] = []
    problems = []
    for word in filter(None, (word.strip().removesuffix(".md") for word in words.split(","))):
        name = word.removeprefix("content/")
        fits = [id for id in known if name in (id, id.partition("/")[2])]
        if len(fits) == 1:
            found.append(fits[0])
            continue
        bare = {id.partition("/")[2] for id in known}
        hint = " or ".join(fits) or nearest(name, {*known, *bare}) or "write it as folder/name"
        message = f"there {'are several pages' if fits else 'is no page'} called {name!r}"
        problems.append(error("unknown-relation", Place("content"), message, hint))
    if problems:
        raise BuildError(problems)
    return tuple(dict.fromkeys(found))
