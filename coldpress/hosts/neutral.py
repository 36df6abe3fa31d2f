"""Site + facts of all outputs -> Deployment: what every host should do; and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from urllib.parse import urlsplit

from coldpress.hosts.caching import (
    ASK_FIRST,
    FOLDERS,
    FOR_GOOD,
    for_a_while,
    is_fingerprinted,
)
from coldpress.hosts.model import Deployment, Headers, Rule
from coldpress.hosts.policy import SVG_POLICY, security_headers
from coldpress.hosts.types import BY_NAME, MANIFEST
from coldpress.model import Facts, Site
from coldpress.prefetching import OUTPUT
from coldpress.problems import Problem, error
from coldpress.redirecting import SPLAT, Move, both_forms, moves, stub_output, url_of

RESOURCE = "Cross-Origin-Resource-Policy"
SPECULATION = "Speculation-Rules"
NO_FILES = (".html", ".br", ".gz", ".htaccess", ".nojekyll", "_headers", "_redirects")
"""Pages, and what a build before has put beside them for its host."""
OURS, ANYBODYS = "same-origin", "cross-origin"
"""Pictures and the feeds beside the home page are for others too: picture search, link previews,
readers in a browser. What lies below a folder, like its own feed, goes with the pages there: few
hosts can tell it from them."""


def deployment(site: Site, facts: Mapping[str, Facts]) -> Deployment:
    base = site.config.base_path
    stubs = {stub_output(move.source) for move in moves(site) if not move.is_splat}
    outputs = sorted(set(facts) - stubs)
    deploy = site.config.facts.deploy
    loose = [path for path in outputs if "/" not in path and not path.endswith(NO_FILES)]
    return Deployment(
        name=site.config.facts.name,
        domain=urlsplit(site.config.base_url).hostname or "",
        base_url=site.config.base_url,
        base_path=base,
        redirects=tuple(_rules(site, {url_of(path) for path in outputs})),
        always=security_headers(site, facts),
        files=tuple(_files(base, outputs, loose, deploy.file_seconds)),
        pages={"Cache-Control": ASK_FIRST, RESOURCE: OURS, **_ahead(base, facts)},
        page_patterns=tuple(_page_patterns(base, outputs)),
        extra=tuple(Headers(base + extra.path, extra.set) for extra in deploy.headers),
        types={f"{base}/{path}": kind for path in outputs if (kind := _special(path))},
        svg_policy=SVG_POLICY,
        hsts=deploy.hsts is not None,
        lost=tuple(
            f"{base}/{lang}/"
            for lang in site.config.facts.languages[1:]
            if f"{lang}/404.html" in facts
        ),
    )


def _ahead(base: str, facts: Mapping[str, Facts]) -> Mapping[str, str]:
    return {SPECULATION: f'"{base}/{OUTPUT}"'} if OUTPUT in facts else {}


def _special(path: str) -> str:
    name = path.rpartition("/")[2]
    if name in BY_NAME:
        return BY_NAME[name]
    return MANIFEST if path.endswith(".webmanifest") else ""


def _files(base: str, outputs: list[str], loose: list[str], seconds: int) -> Iterator[Headers]:
    """Folders of fingerprinted names, then single files beside the home page."""
    tops = {path.partition("/")[0] for path in outputs if "/" in path}
    for folder in FOLDERS:
        if folder in tops:
            inside = [path for path in outputs if path.startswith(f"{folder}/")]
            safe = all(map(is_fingerprinted, inside))
            keeping = FOR_GOOD if safe else for_a_while(seconds)
            whose = ANYBODYS if folder == "media" else OURS
            yield Headers(f"{base}/{folder}/*", {"Cache-Control": keeping, RESOURCE: whose})
    if "pagefind" in tops:
        values = {"Cache-Control": for_a_while(seconds), RESOURCE: OURS}
        yield Headers(f"{base}/pagefind/*", values)
    inside = [path for path in outputs if path.startswith("data/")]
    if inside and not any(path.endswith(".html") for path in inside):
        values = {"Cache-Control": for_a_while(seconds), RESOURCE: ANYBODYS}
        yield Headers(f"{base}/data/*", values)
    for path in loose:
        values = {"Cache-Control": for_a_while(seconds), RESOURCE: ANYBODYS}
        yield Headers(f"{base}/{path}", values)


def _page_patterns(base: str, outputs: list[str]) -> Iterator[str]:
    pages = [path for path in outputs if path.endswith(".html")]
    for path in pages:
        if "/" not in path:
            yield base + url_of(path)
    for top in sorted({path.partition("/")[0] for path in pages if "/" in path}):
        yield f"{base}/{top}/*"


# ----------------------------------------------------------------------------- redirects


def _rules(site: Site, urls: set[str]) -> Iterator[Rule]:
    """Exact ones, what a folder itself leads to, folders: the order every host reads them in."""
    found = moves(site)
    exact = {
        form: _rule(site, form, move.to, move)
        for move in found
        if not move.is_splat
        for form in both_forms(move.source)
    }
    yield from exact.values()
    for rule in _folders_themselves(site, found, urls):
        if rule.source.removeprefix(site.config.base_path) not in exact:
            yield rule
    yield from (_rule(site, move.source, move.to, move) for move in found if move.is_splat)


def _folders_themselves(site: Site, found: tuple[Move, ...], urls: set[str]) -> Iterator[Rule]:
    """/old and /old/ of /old/*: hosts differ in whether the rule means them too. They lead to the
    new folder where it has a page."""
    for move in found:
        bare = move.to.removesuffix(SPLAT)
        if move.is_splat and (bare in urls or not bare.startswith("/") or bare == move.to):
            for form in both_forms(move.folder):
                yield _rule(site, form, bare, move)


def _rule(site: Site, source: str, to: str, move: Move) -> Rule:
    base = site.config.base_path
    return Rule(base + source, base + to if to.startswith("/") else to, move.code)


# ----------------------------------------------------------------------------- problems


def header_problems(site: Site, plan: Deployment) -> Iterator[Problem]:
    """A header of the author's that we set too, or that two of theirs set for one address."""
    given = site.config.facts.deploy.headers
    rules = (plan.always, plan.pages, *(one.values for one in plan.files))
    ours = {name.lower() for rule in rules for name in rule} | {"content-type"}
    for number, extra in enumerate(given):
        place = site.config.place(f"deploy.headers.{number}.set")
        for name in extra.set:
            if name.lower() in ours:
                message = f"{name!r} is already set for every address"
                hint = "remove it here: two of a kind are joined on one host and lost on another"
                yield error("header-twice", place, message, hint)
    for (_, first), (number, second) in combinations(enumerate(given), 2):
        one, two = Headers(first.path, first.set), Headers(second.path, second.set)
        both = {name.lower() for name in one.values} & {name.lower() for name in two.values}
        if both and (one.covers(two.folder) or two.covers(one.folder)):
            place = site.config.place(f"deploy.headers.{number}.path")
            message = f"{second.path} gets {min(both)!r} from {first.path} too"
            hint = "let each address get a header from one entry only"
            yield error("header-twice", place, message, hint)
