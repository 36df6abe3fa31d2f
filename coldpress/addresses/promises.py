"""what was promised + what stands now -> an error for every address that leads nowhere, with the
line that mends it."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import urldefrag

from msgspec import Struct

from coldpress.addresses.lines import alias_line, redirect_line
from coldpress.addresses.lock import LOCK, Promise, is_hosts_own, locked
from coldpress.addresses.standing import Standing, every_page, meeting, standing_of
from coldpress.model import Made, Site
from coldpress.problems import Mend, Place, Problem, error, nearest

ALIKE = 0.6
"""How much two names must share before one is taken for the other, from 0 to 1."""


class Heir(Struct, frozen=True):
    """What takes the place of a lost address: the page that was there (its file is still here), a
    new page much like it, or the page of its folder."""

    address: str
    file: str = ""
    """Only when it is the very file that stood at the lost address: then there is no doubt."""


def broken_promises(site: Site, made: Mapping[str, Made], lock: str) -> Iterator[Problem]:
    """`lock`: the text of addresses.lock, empty when there is none yet."""
    standing = standing_of(site, made)
    promises = locked(lock)
    mends = mends_for(site, promises, standing)
    yield from check_promises(promises, standing, mends)


def check_promises(
    lock: Mapping[str, Promise], standing: Standing, mends: Mapping[str, Mend] | None = None
) -> Iterator[Problem]:
    """`mends`: lost address -> the edit that keeps it."""
    yield from gone_and_here(standing)
    for promise in lock.values():
        if "#" in promise.address:
            yield from lost_part(promise, standing)
    for promise in lost(lock, standing):
        found = heir(promise, lock, standing)
        yield lost_address(promise, found, standing, (mends or {}).get(promise.address))


# --------------------------------------------------------------------------- addresses


def lost(lock: Mapping[str, Promise], standing: Standing) -> tuple[Promise, ...]:
    kept, folders = standing.kept, standing.folders
    return tuple(
        promise
        for promise in lock.values()
        if "#" not in promise.address
        and not is_hosts_own(promise)
        and promise.file not in standing.ended
        and meeting(promise.address) not in kept
        and not promise.address.startswith(folders)
    )


def lost_address(promise: Promise, found: Heir, standing: Standing, mend: Mend | None) -> Problem:
    message = f"{promise.address} has been on the site since {promise.since} and would lead nowhere"
    hint = _remedy(promise, found)
    if promise.file in standing.away:
        message = f"{message}: {promise.file} is {standing.away[promise.file]}"
        hint = f"let that page go live, or {hint}"
    return error("lost-address", Place(LOCK, promise.line), message, hint, mend)


def _remedy(promise: Promise, found: Heir) -> str:
    address = promise.address
    if found.file:
        return f"add it to {found.file}: aliases: [{address}]"
    to = found.address or "(the page that answers the same question)"
    return (
        f"add under redirects: in site.yaml: - {{from: {address}, to: {to}}}; when nothing takes"
        f" its place, under gone: - {{address: {address}, reason: why, on: the day}}"
    )


def heir(promise: Promise, lock: Mapping[str, Promise], standing: Standing) -> Heir:
    by_file = {file: address for address, file in standing.pages.items() if file}
    if promise.file in by_file:
        return Heir(by_file[promise.file], promise.file)
    known = {one.file for one in lock.values()}
    folder = promise.file.rpartition("/")[0]
    new = {
        file.rpartition("/")[2]: address
        for file, address in by_file.items()
        if file not in known and file.rpartition("/")[0] == folder
    }
    name = promise.file.rpartition("/")[2]
    close = difflib.get_close_matches(name, sorted(new), n=1, cutoff=ALIKE)
    if close:
        return Heir(new[close[0]])
    above = promise.address.rstrip("/").rpartition("/")[0] + "/"
    return Heir(above if above != "/" and above in standing.pages else "")


def once_had(promise: Promise) -> Problem:
    """For who wants to give the address to another page."""
    whose = f" of {promise.file}" if promise.file else ""
    message = f"{promise.address} was the address{whose} from {promise.since} on"
    hint = "choose another: links from elsewhere would lead to the wrong page"
    return error("taken-address", Place(LOCK, promise.line), message, hint)


# --------------------------------------------------------------------------- parts of pages


def lost_part(promise: Promise, standing: Standing) -> Iterator[Problem]:
    page, part = urldefrag(promise.address)
    if page not in standing.ids or page not in standing.pages or promise.address in standing.gone:
        return
    if part not in standing.ids[page]:
        message = f"{promise.address} was linked to, and the page has no such heading any more"
        hint = f"write behind the heading that took its place: {{: #{part} }}"
        if close := nearest(part, standing.ids[page]):
            hint = f"{hint}; {close}"
        yield error("lost-heading", Place(LOCK, promise.line), message, hint)


# --------------------------------------------------------------------------- gone


def gone_and_here(standing: Standing) -> Iterator[Problem]:
    taken = {meeting(one) for one in (*standing.pages, *standing.files, *standing.redirects)}
    for address, place in standing.gone.items():
        page, part = urldefrag(address)
        here = part in standing.ids.get(page, ()) if part else meeting(address) in taken
        if here:
            message = f"{address} is said to be gone, and is on the site"
            hint = "take it out of gone, or take away what stands there"
            yield error("gone-but-here", place, message, hint)


# --------------------------------------------------------------------------- mends


def mends_for(site: Site, lock: Mapping[str, Promise], standing: Standing) -> Mapping[str, Mend]:
    """One mend a file, for all the addresses it keeps: two at one spot could not both be made."""
    aliases: dict[str, list[str]] = defaultdict(list)
    redirects: list[tuple[str, str]] = []
    for promise in lost(lock, standing):
        found = heir(promise, lock, standing)
        if found.file:
            aliases[found.file].append(promise.address)
        elif found.address and promise.file not in standing.away:
            redirects.append((promise.address, found.address))
    pages = {page.source.path: page.source for page in every_page(site)}
    kept = {
        address: alias_line(pages[file], addresses)
        for file, addresses in aliases.items()
        for address in addresses
    }
    return kept | {old: redirect_line(site.config, redirects) for old, _to in redirects}
