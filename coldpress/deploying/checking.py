"""A live site + what should be there -> what is there: files by their digest, redirects, the pages
for lost visitors, headers, caching, compression.

What the host of site.yaml cannot do is said (a note), and does not count as wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from coldpress.deploying.asking import Asker, Reply
from coldpress.deploying.model import Entry
from coldpress.hosts import Deployment, Host, is_fingerprinted
from coldpress.hosts.model import Rule
from coldpress.problems import OperationError, UsageError
from coldpress.redirecting import SPLAT, url_of

State = Literal["fine", "note", "wrong"]
NOWHERE = "coldpress-looks-for-a-page-that-is-not-there"
PACKED = 2_000
"""Bytes. A text above it is worth compressing."""
NOT_SERVED = ("_headers", "_redirects", "_routes.json", "staticwebapp.config.json", "CNAME")


class Finding(Struct, frozen=True):
    state: State
    asked: str
    said: str


class Live(Struct, frozen=True):
    """What to look for, and where."""

    url: str
    files: Mapping[str, Entry]
    plan: Deployment
    host: Host | None
    """None: site.yaml does not say; then nothing is promised."""
    sample: int = 25
    """Of files; 0 is all of them."""

    def state(self, able: str) -> State:
        """wrong, where the host promises it; else a note."""
        return "wrong" if able == "yes" else "note"

    @property
    def sends_headers(self) -> State:
        return self.state(self.host.headers if self.host else "")

    @property
    def redirects(self) -> State:
        return self.state("yes" if self.host and self.host.redirects != "small pages" else "")


def look_at(live: Live, told: Callable[[str, int, int], None]) -> Iterator[Finding]:
    """Raises OperationError when nobody answers there."""
    path = urlsplit(live.url).path.rstrip("/")
    if path not in ("", live.plan.base_path):
        raise UsageError(
            f"the site is made for {live.plan.base_path or '/'}, not for {path}/",
            "give the address it was built for, or build with --base-url",
        )
    asker = Asker(live.url)
    try:
        yield from _files(live, asker, told)
        for look in (_lost, _slashes, _redirects, _headers, _caching, _packing, _secure, _hidden):
            told("looking", 0, 1)
            yield from look(live, asker)
    finally:
        asker.close()


def _files(live: Live, asker: Asker, told: Callable[[str, int, int], None]) -> Iterator[Finding]:
    chosen = sampled(live.files, live.sample)
    right = 0
    for number, path in enumerate(chosen):
        told("looking", number, len(chosen))
        url = live.plan.base_path + url_of(path)
        reply = asker.ask(url) if path.endswith("index.html") else asker.follow(url)
        fault = _fault(reply, live.files[path])
        if fault:
            yield Finding("wrong", url, fault)
        right += not fault
    yield _counted(right, len(chosen), "files", "are what was built")


def _fault(reply: Reply, wanted: Entry) -> str:
    if reply.leads_on:
        return f"leads on to {reply.location} ({reply.status})"
    if reply.status != 200:
        return f"is answered with {reply.status}"
    if hashlib.sha256(reply.plain).hexdigest() == wanted.sha256:
        return ""
    length = len(reply.plain)
    return f"is not what was built: {length:,} bytes came, {wanted.size:,} were meant"


def sampled(files: Mapping[str, Entry], most: int) -> list[str]:
    """The home page and files at even distances through the sorted list; 0: all."""
    asked = [path for path in sorted(files) if is_served(path)]
    if most == 0 or len(asked) <= most:
        return asked
    step = len(asked) / most
    chosen = {asked[int(number * step)] for number in range(most)}
    return sorted(chosen | ({"index.html"} & set(asked)))


def is_served(path: str) -> bool:
    """At an address of its own."""
    if path.rpartition("/")[2] == "404.html" or path in NOT_SERVED or path.endswith((".br", ".gz")):
        return False
    return not path.startswith(".") or path.startswith(".well-known/")


def _lost(live: Live, asker: Asker) -> Iterator[Finding]:
    """One missing address a language."""
    yield from _missing(live, asker, f"{live.plan.base_path}/")
    for folder in live.plan.lost:
        yield from _missing(live, asker, folder)


def _missing(live: Live, asker: Asker, folder: str) -> Iterator[Finding]:
    url = f"{folder}{NOWHERE}/"
    reply = asker.ask(url)
    name = f"{folder.removeprefix(f'{live.plan.base_path}/')}404.html"
    page = live.files.get(name)
    if reply.status == 200:
        yield Finding("wrong", url, "an address without a page is answered with 200: search "
                      "engines take it for a page")  # fmt: skip
    elif reply.status != 404:
        yield Finding("wrong", url, f"an address without a page is answered with {reply.status}")
    elif page is not None and hashlib.sha256(reply.plain).hexdigest() != page.sha256:
        yield Finding("note", url, f"404, with a page that is not {name} of the site")
    else:
        yield Finding("fine", url, "404")


def _slashes(live: Live, asker: Asker) -> Iterator[Finding]:
    pages = [path for path in sorted(live.files) if path.endswith("/index.html")]
    if pages:
        url = live.plan.base_path + url_of(pages[0])
        reply = asker.ask(url.rstrip("/"))
        if reply.leads_on and urlsplit(reply.location).path == url:
            yield Finding("fine", url.rstrip("/"), f"leads to {url} ({reply.status})")
        else:
            said = f"does not lead to {url}: {reply.status} {reply.location}".rstrip()
            yield Finding("note", url.rstrip("/"), said)


def _redirects(live: Live, asker: Asker) -> Iterator[Finding]:
    rules = live.plan.redirects
    chosen = rules[:: max(1, len(rules) // (live.sample or len(rules) or 1))]
    right = 0
    for rule in chosen:
        source, wanted = _one_of(rule)
        reply = asker.ask(source)
        to = _same_site(live, reply.location)
        if reply.leads_on and to == wanted and reply.status == rule.code:
            right += 1
        elif reply.leads_on and to in (wanted, f"{source}/"):
            yield Finding("note", source, f"{reply.status} {to}, meant was {rule.code}")
        elif reply.status == 200 and live.redirects == "note":
            right += 1  # a small page that leads on: all that this host can do
        else:
            said = f"{reply.status} {to}".strip()
            yield Finding(live.redirects, source, f"{said}, meant was {rule.code} {wanted}")
    if chosen:
        yield _counted(right, len(chosen), "redirects", "lead where they should")


def _one_of(rule: Rule) -> tuple[str, str]:
    """An address it is about, and where that should lead: of a whole folder, one below it."""
    if not rule.is_splat:
        return rule.source, rule.to
    return rule.source.removesuffix("*") + NOWHERE, rule.to.replace(SPLAT, NOWHERE)


def _counted(right: int, of: int, what: str, said: str) -> Finding:
    """What is wrong with the others was told one by one."""
    return Finding("fine" if right == of else "note", f"{right} of {of} {what}", said)


def _same_site(live: Live, location: str) -> str:
    for start in (Asker(live.url).origin, live.plan.base_url.removesuffix(live.plan.base_path)):
        if location.startswith(f"{start}/"):
            return location.removeprefix(start)
    return location


def _headers(live: Live, asker: Asker) -> Iterator[Finding]:
    for url in (f"{live.plan.base_path}/", f"{live.plan.base_path}/{NOWHERE}/"):
        reply = asker.ask(url)
        wrong = [
            name
            for name, value in live.plan.always.items()
            if reply.headers.get(name.lower()) != value
        ]
        if wrong:
            yield Finding(live.sends_headers, url, f"lacks or alters {', '.join(wrong)}")
        else:
            yield Finding("fine", url, f"all {len(live.plan.always)} security headers")


def _caching(live: Live, asker: Asker) -> Iterator[Finding]:
    state = live.state("yes" if live.host and live.host.caching in ("yes", "by object") else "")
    asked = [("index.html", live.plan.pages["Cache-Control"])]
    marked = next(filter(is_fingerprinted, sorted(live.files)), None)
    for one in live.plan.files:
        if marked and one.covers(f"{live.plan.base_path}/{marked}"):
            asked.append((marked, one.values["Cache-Control"]))
    for path, wanted in asked:
        url = live.plan.base_path + url_of(path)
        found = asker.ask(url).headers.get("cache-control", "nothing")
        same = found == wanted
        yield Finding("fine" if same else state, url, f"Cache-Control: {found}" + (
            "" if same else f"; meant was {wanted}"))  # fmt: skip


def _packing(live: Live, asker: Asker) -> Iterator[Finding]:
    home = live.files.get("index.html")
    if home is None or home.size < PACKED:
        return
    url = f"{live.plan.base_path}/"
    for word in ("br", "gzip"):
        reply = asker.ask(url, {"Accept-Encoding": word})
        found = reply.headers.get("content-encoding", "")
        if found != word:
            yield Finding("note", url, f"is not compressed with {word}")
        elif hashlib.sha256(reply.plain).hexdigest() != home.sha256:
            yield Finding("wrong", url, f"is another page when compressed with {word}")
        else:
            yield Finding("fine", url, f"{word}: {len(reply.body):,} bytes")


def _secure(live: Live, asker: Asker) -> Iterator[Finding]:
    """http must lead to https on the same host."""
    if asker.scheme != "https" or asker.port is not None:
        return
    plain = Asker(f"http://{asker.host}")
    try:
        reply = plain.ask(f"{live.plan.base_path}/")
    except OperationError:
        yield Finding("note", plain.origin, "does not answer: visitors must type https://")
        return
    finally:
        plain.close()
    if reply.leads_on and reply.location.startswith(f"https://{asker.host}/"):
        yield Finding("fine", plain.origin, "leads to https")
    else:
        yield Finding("wrong", plain.origin, f"does not lead to https: {reply.status}")


def _hidden(live: Live, asker: Asker) -> Iterator[Finding]:
    for name in (".git/config", ".htaccess", ".env"):
        url = f"{live.plan.base_path}/{name}"
        if asker.ask(url).status == 200 and name not in live.files:
            yield Finding("wrong", url, "is open to everybody: take it away from the server")
