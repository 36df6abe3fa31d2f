"""Site -> Moves: every old address with the end of its way, and what is wrong with them.

Old addresses are the aliases of pages and `redirects:` of site.yaml. A chain is followed to its
end, so that a reader is sent on once. The portable subset holds on every host we know: exact
addresses, and one `*` at the end whose text may return as `:splat` at the end of the new address.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from coldpress.model import Facts, Site
from coldpress.problems import Place, Problem, error, nearest
from coldpress.slugs import RESERVED

SPLAT = ":splat"
PERMANENT, TEMPORARY = 301, 302
BOTH = frozenset({PERMANENT, TEMPORARY})

REDIRECTING: Mapping[str, frozenset[int]] = {
    "netlify": BOTH,
    "cloudflare-pages": BOTH,
    "cloudflare-workers": BOTH,
    "vercel": BOTH,
    "gitlab-pages": BOTH,
    "s3": frozenset({PERMANENT}),
    "cloudfront": BOTH,
    "azure": BOTH,
    "firebase": BOTH,
    "render": frozenset({PERMANENT}),
    "nginx": BOTH,
    "apache": BOTH,
    "caddy": BOTH,
}
"""Codes a host answers an old address with. The others get a small page there."""


class Move(Struct, frozen=True):
    """From one address on this site to another or to a full one. Without the base path."""

    source: str
    """/old/ or, for everything under it, /old/*"""
    to: str
    """/new/ or https://...; may end in :splat when the source ends in *"""
    code: int
    place: Place

    @property
    def is_splat(self) -> bool:
        return self.source.endswith("/*")

    @property
    def folder(self) -> str:
        """/old/ of /old/*"""
        return self.source.removesuffix("*")


def written_moves(site: Site) -> tuple[Move, ...]:
    """As the author wrote them: exact ones by address, then splats, the deepest first. The order
    in which hosts must read them."""
    return tuple(sorted(_written(site), key=_order))


def _written(site: Site) -> Iterator[Move]:
    for page in site.with_aliases():
        for number, alias in enumerate(page.route.aliases):
            place = page.source.place(f"aliases.{number}")
            yield Move(alias, page.route.url, PERMANENT, place)
    for gone in (one for edition in site.editions for one in edition.expired):
        if gone.to:  # for now: its author may give it another day
            yield Move(gone.route.url, gone.to, TEMPORARY, gone.source.place("expired_to"))
        for number, alias in enumerate(gone.route.aliases):
            yield Move(alias, gone.route.url, PERMANENT, gone.source.place(f"aliases.{number}"))
    for number, redirect in enumerate(site.config.facts.redirects):
        place = site.config.place(f"redirects.{number}.to")
        source = unicodedata.normalize("NFC", redirect.source)
        yield Move(source, redirect.to, redirect.code, place)


def _order(move: Move) -> tuple[bool, int, str]:
    return (move.is_splat, -move.source.count("/") if move.is_splat else 0, move.source)


def moves(site: Site) -> tuple[Move, ...]:
    """With chains followed to their end. A loop ends where it began; `redirect_problems` tells."""
    known = written_moves(site)
    return tuple(Move(move.source, _way(move, known)[-1], move.code, move.place) for move in known)


def needs_stub(site: Site) -> tuple[Move, ...]:
    """Those that get a small page, because the host (or whatever host it will be) cannot."""
    deploy = site.config.facts.deploy
    if not deploy.stubs:
        return ()
    answered = REDIRECTING.get(deploy.host or "", frozenset())
    return tuple(m for m in moves(site) if not m.is_splat and m.code not in answered)


def stub_output(source: str) -> str:
    """The file of a small page at an old address. Servers send a file as a page only when its name
    says so: /old and /old.php become folders, which servers lead to as well."""
    path = source.strip("/")
    return path if path.endswith((".html", ".htm")) else f"{path}/index.html"


def both_forms(source: str) -> tuple[str, ...]:
    """With and without slash: hosts differ in which they ask their rules for. A file has one."""
    plain = source.rstrip("/")
    return (plain,) if "." in plain.rpartition("/")[2] else (plain, f"{plain}/")


# ----------------------------------------------------------------------------- chains


def _way(move: Move, known: tuple[Move, ...]) -> tuple[str, ...]:
    """Every address on the way, the end last. On a loop the end is an address seen before."""
    way = [move.to]
    while (step := _next(way[-1], known)) is not None:
        way.append(step)
        if way.count(step) > 1:
            break
    return tuple(way)


def _next(address: str, known: tuple[Move, ...]) -> str | None:
    """Where an address of this site is sent on to, if it is."""
    if not address.startswith("/") or address.endswith(SPLAT):
        return None
    path = unquote(urlsplit(address).path)
    for move in known:
        if move.is_splat and path.startswith(move.folder):
            return move.to.replace(SPLAT, path.removeprefix(move.folder))
        if not move.is_splat and path in both_forms(move.source):
            return move.to
    return None


# ----------------------------------------------------------------------------- problems


def redirect_problems(site: Site, outputs: Mapping[str, Facts]) -> Iterator[Problem]:
    """`outputs`: all of them, by path. On every host these would be wrong, or differ by host."""
    known = written_moves(site)
    if not known:
        return
    stubs = {stub_output(move.source) for move in known if not move.is_splat}
    urls = ByUrl(outputs, {url_of(output): output for output in outputs if output not in stubs})
    for move in known:
        wrong = list(_misshapen(site, move)) or list(_over_page(move, urls))
        wrong = wrong or list(_going_round(move, known)) or list(_chained_splat(move, known))
        yield from wrong or _nowhere(site, move, _way(move, known)[-1], urls)


class ByUrl(Mapping[str, Facts]):
    """Facts of outputs by their address, fetched when they are asked for."""

    def __init__(self, facts: Mapping[str, Facts], outputs: Mapping[str, str]) -> None:
        self.facts, self.outputs = facts, outputs

    def __getitem__(self, url: str) -> Facts:
        return self.facts[self.outputs[url]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.outputs)

    def __len__(self) -> int:
        return len(self.outputs)


def output_at(url: str, outputs: Container[str]) -> str | None:
    """The one whose address it is, if any is: the other way round."""
    output = f"{url[1:]}index.html" if url.endswith("/") else url[1:]
    return output if output in outputs and url_of(output) == url else None


def url_of(output: str) -> str:
    if output == "index.html" or output.endswith("/index.html"):
        return "/" + output.removesuffix("index.html")
    return f"/{output}"


def _misshapen(site: Site, move: Move) -> Iterator[Problem]:
    parts = move.source.strip("/").split("/")
    refused = next((reason for part in parts if (reason := _refused(part))), "")
    if refused:
        yield error("reserved-address", move.place, refused, "remove this redirect")
    elif move.to.startswith("//") or not move.to.startswith(("/", "https://", "http://")):
        hint = "start with / for an address on this site, or with https:// for another one"
        yield error("bad-value", move.place, f"a redirect cannot lead to {move.to!r}", hint)
    elif move.to.count("*") or move.to.count(SPLAT) > (1 if move.is_splat else 0):
        hint = "write :splat once, at the end, and only where the old address ends in /*"
        yield error("bad-value", move.place, f"{move.to!r} does not fit {move.source!r}", hint)
    elif SPLAT in move.to and not move.to.endswith(f"/{SPLAT}"):
        hint = "what * stood for can only stand at the end, after a slash: /new/:splat"
        yield error("bad-value", move.place, f":splat is not at the end of {move.to!r}", hint)
    elif move.to == f"/{SPLAT}" or urlsplit(move.to).netloc == SPLAT:
        message = f"{move.source} would lead to any site a stranger writes into it"
        hint = f"write {site.config.base_url}/{SPLAT}, so that the site's name is fixed"
        yield error("open-redirect", move.place, message, hint)


def _refused(part: str) -> str:
    """Why no small page can lie there."""
    if RESERVED.match(part.partition(".")[0]):
        return f"{part!r} is a name Windows keeps for itself"
    return f"{part!r} ends in a dot, which Windows cuts off" if part.endswith(".") else ""


def _over_page(move: Move, urls: Mapping[str, Facts]) -> Iterator[Problem]:
    """Cloudflare would redirect, Netlify and GitLab would show the page."""
    forms = both_forms(move.source)
    covered = sorted(
        url for url in urls if (url.startswith(move.folder) if move.is_splat else url in forms)
    )
    if covered:
        message = f"the redirect from {move.source} hides {covered[0]}, which is on the site"
        hint = (
            "hosts differ in which of the two they show: remove one, or list old addresses singly"
        )
        yield error("redirect-over-page", move.place, message, hint)


def _going_round(move: Move, known: tuple[Move, ...]) -> Iterator[Problem]:
    way = _way(move, known)
    back = [number for number, step in enumerate(way) if step in both_forms(move.source)]
    if back or way[-1] in way[:-1]:
        message = " leads to ".join((move.source, *way[: back[0] + 1 if back else None]))
        yield error("redirect-loop", move.place, message, "let one of them lead to a page")


def _chained_splat(move: Move, known: tuple[Move, ...]) -> Iterator[Problem]:
    """Following this would need a rule for each exact redirect below: the author sees further."""
    if not move.to.endswith(SPLAT) or not move.to.startswith("/"):
        return
    folder = move.to.removesuffix(SPLAT)
    for other in known:
        inside = other.source.startswith(folder) or (
            other.is_splat and folder.startswith(other.folder)
        )
        if inside:
            message = f"{move.source} leads into {other.source}, which leads on"
            hint = f"write the end of the way: {other.to}"
            yield error("redirect-chain", move.place, message, hint)
            return


def _nowhere(site: Site, move: Move, end: str, urls: Mapping[str, Facts]) -> Iterator[Problem]:
    if end.startswith(f"{site.config.base_url}/"):
        end = end.removeprefix(site.config.base_url)
    if not end.startswith("/"):
        return
    target = urlsplit(end)
    path = unquote(target.path)
    if path.endswith(SPLAT):
        folder = path.removesuffix(SPLAT)
        found = any(url.startswith(folder) for url in urls)
    else:
        found = path in urls
    if not found:
        message = f"{move.source} leads to {end!r}, which is not on the site"
        hint = nearest(path, urls) or "correct the new address, or remove the redirect"
        yield error("redirect-to-nowhere", move.place, message, hint)
    elif target.fragment and unquote(target.fragment) not in urls[path].ids:
        message = f"{move.source} leads to {end!r}: that place is not on the page"
        yield error("redirect-to-nowhere", move.place, message, "lead to the page without #...")
