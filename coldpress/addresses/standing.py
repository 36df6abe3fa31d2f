"""site + outputs -> what stands at which address now. Addresses are root-relative, without the base
path: a site that moves into a folder keeps its promises there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from msgspec import Struct, field

from coldpress.model import Config, Made, Page, Site, Source
from coldpress.problems import Place
from coldpress.slugs import same_name

OURS = re.compile(
    r"^(assets|media|pagefind|search)/|(^|/)404\.html$|^(robots|humans)\.txt$|(^|/)[._]"
    r"|^(apple-touch-icon\.png|favicon\.ico|site\.webmanifest|speculationrules\.json)$"
)
"""Files under fingerprinted names, and those a host, a browser or a robot asks for by a fixed
name."""
FINGERPRINT = re.compile(r"\.[0-9a-f]{8,}(?=[.-])")
OWN_PLACE = (".xml", ".ics", "/feed.json")
"""Feeds and calendars are subscribed to, wherever they lie."""


def meeting(address: str) -> str:
    """Equal for addresses that meet at one place: /a/, /a, /A/ and /a/index.html."""
    return same_name(urldefrag(address).url.removesuffix("index.html").rstrip("/"))


class Onward(Struct, frozen=True):
    """Where an old address leads, and where that is written."""

    to: str
    place: Place
    file: str = ""
    """Content file, for an alias."""


class Standing(Struct, frozen=True):
    pages: Mapping[str, str]
    """Address -> content file; "" for a page that no single file makes."""
    files: frozenset[str] = frozenset()
    redirects: Mapping[str, Onward] = field(default_factory=dict)
    gone: Mapping[str, Place] = field(default_factory=dict)
    away: Mapping[str, str] = field(default_factory=dict)
    """Content files that exist and are not live -> why, in words that follow "it is"."""
    ended: frozenset[str] = frozenset()
    """Content files that have left by their own `expires_at`: that was said when they came."""
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Page -> ids on it."""
    linked: Mapping[str, str] = field(default_factory=dict)
    """/page/#heading that another page links to -> content file of /page/."""

    @property
    def single(self) -> Mapping[str, str]:
        """Redirects from one address: old -> where to. Those of whole folders (/old/*) apart."""
        return {old: one.to for old, one in self.redirects.items() if not old.endswith("*")}

    @property
    def folders(self) -> tuple[str, ...]:
        """/old/ for a redirect of everything under it."""
        return tuple(old.removesuffix("*") for old in self.redirects if old.endswith("*"))

    @property
    def sources(self) -> Mapping[str, str]:
        """Everything that is a promise once it is published -> its content file, or nothing."""
        old = {address: self.redirects[address].file for address in self.single}
        return {**dict.fromkeys(self.files, ""), **old, **self.linked, **self.pages}

    @property
    def served(self) -> frozenset[str]:
        """Where something stands itself, by where addresses meet."""
        return frozenset(meeting(address) for address in (*self.pages, *self.files))

    @property
    def kept(self) -> frozenset[str]:
        """Where a visitor is not let down: served, sent on, or told that it is gone."""
        old = (*self.redirects, *self.gone)
        return self.served | {meeting(address) for address in old}


def standing_of(site: Site, made: Mapping[str, Made]) -> Standing:
    pages = {page.route.url: page.source.path for page in every_page(site)}
    redirects = dict(onwards(site))
    stubs = {meeting(old) for old in redirects}
    others = {
        address_of(output): ""
        for output in made
        if output.endswith(".html") and not OURS.search(output) and address_of(output) not in pages
    }
    pages |= {url: file for url, file in others.items() if meeting(url) not in stubs}
    return Standing(
        pages={url: file for url, file in pages.items() if not url.endswith("/404.html")},
        files=frozenset(files_in(made, pages, stubs)),
        redirects=redirects,
        gone={
            one.address: site.config.place(f"gone.{number}.address")
            for number, one in enumerate(site.config.facts.gone)
        },
        away=dict(away(site)),
        ended=frozenset(
            source.path
            for edition in site.editions
            for source in edition.scheduled
            if has_ended(source, site)
        ),
        ids=Ids(made),
        linked=linked_parts(site, made),
    )


def every_page(site: Site) -> tuple[Page, ...]:
    """In all languages."""
    return tuple(page for edition in site.editions for page in edition.pages)


def address_of(output: str) -> str:
    return "/" + output.removesuffix("index.html")


def onwards(site: Site) -> Iterator[tuple[str, Onward]]:
    for page in site.with_aliases():
        for number, alias in enumerate(page.route.aliases):
            place = page.source.place(f"aliases.{number}")
            yield alias, Onward(page.route.url, place, page.source.path)
    for one in (one for edition in site.editions for one in edition.expired):
        if one.to:
            yield one.route.url, Onward(one.to, one.source.place("expired_to"), one.source.path)
    for number, redirect in enumerate(site.config.facts.redirects):
        yield redirect.source, Onward(redirect.to, site.config.place(f"redirects.{number}.from"))


def files_in(outputs: Iterable[str], pages: Mapping[str, str], stubs: set[str]) -> Iterator[str]:
    """A file that lies in a page's own folder (its Markdown, its handout) comes and goes with the
    page; the page's address is the promise."""
    for output in outputs:
        address = address_of(output)
        folder = address.rpartition("/")[0] + "/"
        travels = folder != "/" and folder in pages and not output.endswith(OWN_PLACE)
        if (
            output.endswith((".html", "index.md"))
            or OURS.search(output)
            or FINGERPRINT.search(output)
        ):
            continue
        if not travels and meeting(address) not in stubs:
            yield address


def has_ended(source: Source, site: Site) -> bool:
    return source.expires_at is not None and source.expires_at <= site.now


def away(site: Site) -> Iterator[tuple[str, str]]:
    scheduled = [source for edition in site.editions for source in edition.scheduled]
    planned = {source.path for source in scheduled}
    for path in sorted(site.left_out_files):
        if path not in planned:
            yield path, "a draft now"
    for source in scheduled:
        if not has_ended(source, site):
            yield source.path, f"planned for {source.publish_at:%Y-%m-%d %H:%M} UTC"


class Ids(Mapping[str, frozenset[str]]):
    """Of pages that have any, looked up when they are asked for: few are."""

    def __init__(self, made: Mapping[str, Made]) -> None:
        self.made = made
        self.outputs = {address_of(output): output for output in made if output.endswith(".html")}

    def __getitem__(self, page: str) -> frozenset[str]:
        if ids := self.made[self.outputs[page]].facts.ids:
            return ids
        raise KeyError(page)

    def __iter__(self) -> Iterator[str]:
        return (page for page in self.outputs if page in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def linked_parts(site: Site, made: Mapping[str, Made]) -> Mapping[str, str]:
    """Headings that other pages of the site link to: what the site itself points at, others do
    as well. Ids of its own making (notes, references) are not promised."""
    pages = {page.route.url: page for page in every_page(site)}
    wanted = {
        (path, part)
        for output, one in made.items()
        for path, part in parts_linked(site.config, address_of(output), one)
        if path != address_of(output) and path in pages
    }
    headings = {
        path: {heading.id for heading in pages[path].converted.headings} for path, _part in wanted
    }
    found = {
        f"{path}#{part}": pages[path].source.path for path, part in wanted if part in headings[path]
    }
    return dict(sorted(found.items()))


def parts_linked(config: Config, here: str, one: Made) -> Iterator[tuple[str, str]]:
    """(address, part) of the links of an output that stay on the site and name a part."""
    origin = config.base_url.removesuffix(config.base_path)
    for link in one.facts.links:
        if "#" not in link.url:
            continue
        target = urlsplit(urljoin(config.base_path + here, link.url.removeprefix(origin)))
        if not target.scheme and not target.netloc:
            yield unquote(target.path).removeprefix(config.base_path), unquote(target.fragment)


def is_published(config: Config, *, drafts: bool) -> bool:
    """Whether a build with these settings is what visitors get: no drafts, at the site's own
    address, and the owner has confirmed that address."""
    own = config.base_url == config.facts.base_url.rstrip("/")
    return not drafts and own and config.facts.base_url_confirmed is not None
