"""a site's folder -> the pages it has, and who has or had an address, for who makes a new page.

Works on a site with mistakes in it: what cannot be read takes no address."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from coldpress.addresses import LOCK, locked, meeting, once_had
from coldpress.config import load_config
from coldpress.load import load
from coldpress.model import Options
from coldpress.problems import BuildError, Place, Problem, error
from coldpress.reading import decode, read_bytes
from coldpress.render import template_folders
from coldpress.routes import route
from coldpress.schema import KINDS
from coldpress.strings import paths_of
from coldpress.yamltext import DATA_BYTES


def pages_in(options: Options) -> tuple[str, ...]:
    """Ids of all pages but the indexes: conditions/arthritis"""
    content = options.source / "content"
    return tuple(
        f"{kind.folder}/{file.stem}"
        for kind in KINDS
        for file in sorted((content / kind.folder).glob("*.md"))
        if file.stem != "index" and "." not in file.stem
    )


def trouble_with(address: str, options: Options) -> Problem | None:
    """Why a new page cannot have this address: somebody has it, or had it once."""
    now = _taken_now(options)
    hint = "give the page another name"
    if (key := meeting(address)) in now:
        place = now[key]
        message = f"{address} is taken: see {place.path}, line {place.line}"
        return error("taken-address", place, message, hint)
    path = options.source / LOCK
    text = decode(read_bytes(options.source, LOCK, DATA_BYTES), LOCK) if path.exists() else ""
    promise = {meeting(one): promise for one, promise in locked(text).items()}.get(key)
    return once_had(promise) if promise is not None else None


def _taken_now(options: Options) -> Mapping[str, Place]:
    """Drafts and planned pages have their address as well."""
    try:
        config = load_config(options.source, None)
        content, _ = load(config, replace(options, drafts=True))
        parts = paths_of(template_folders(options.source), config.facts.languages)
    except BuildError:
        return {}
    routes, _ = route(content, config, parts)
    taken: dict[str, Place] = {}
    for number, gone in enumerate(config.facts.gone):
        taken[meeting(gone.address)] = config.place(f"gone.{number}.address")
    for number, redirect in enumerate(config.facts.redirects):
        taken[meeting(redirect.source)] = config.place(f"redirects.{number}.from")
    for source in content.sources:
        for number, alias in enumerate(source.matter.aliases):
            taken[meeting(alias)] = source.place(f"aliases.{number}")
    for source in content.sources:
        taken[meeting(routes[source.path].url)] = source.place()
    return taken
