"""addresses to keep -> the mend that writes them: an alias into a page, a redirect into site.yaml.

A mend takes a sign along that is known to stand there. Where it does not, in a text written in an
unusual way, nothing is mended, and the message still says what to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coldpress.model import Config, Source
from coldpress.problems import Mend, Place


def alias_line(source: Source, addresses: Sequence[str]) -> Mend:
    """The addresses among the page's aliases, before those it has."""
    if source.matter.aliases:
        return _before_first(source.places, "aliases", addresses)
    line = f"aliases: [{', '.join(addresses)}]"
    return _before_field(source.places, line, after="description")


def redirect_line(config: Config, redirects: Sequence[tuple[str, str]]) -> Mend:
    """(old, new) under redirects: of site.yaml."""
    items = [f"{{from: {old}, to: {to}}}" for old, to in redirects]
    if config.facts.redirects:
        return _before_first(config.places, "redirects", items)
    block = "".join(f"\n  - {item}" for item in items)
    if "redirects" in config.places:
        place = config.place("redirects")
        return Mend(Place(place.path, place.line), "redirects: []", f"redirects:{block}")
    return _before_field(config.places, f"redirects:{block}", after="booking")


def _before_first(places: Mapping[str, Place], field: str, items: Sequence[str]) -> Mend:
    """Before the first item of a list, in its form: [in brackets], or a line for each."""
    here, first = places[field], places[f"{field}.0"]
    if here.column != 1:
        return Mend(here, "[", f"[{', '.join(items)}, ")
    dash = Place(first.path, first.line, first.column - 2)
    lead = "\n" + " " * (dash.column - 1) + "- "
    return Mend(dash, "- ", f"- {lead.join(items)}{lead}")


def _before_field(places: Mapping[str, Place], line: str, after: str) -> Mend:
    """A new line of fields before the first one below `after`, else before `after` itself."""
    top = {name: place for name, place in places.items() if "." not in name}
    below = {name: place for name, place in top.items() if place > top[after]}
    name, place = min((below or {after: top[after]}).items(), key=lambda one: one[1])
    return Mend(Place(place.path, place.line), name, f"{line}\n{name}")
