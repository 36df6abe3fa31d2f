"""The values of this package: what a host is told, and what it answers with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct

from coldpress.problems import Problem


class Rule(Struct, frozen=True):
    """A redirect in the visitor's own address space: base path included, not encoded."""

    source: str
    """/sub/old/ or /sub/old/*"""
    to: str
    """/sub/new/ or https://...; may end in :splat"""
    code: int

    @property
    def is_splat(self) -> bool:
        return self.source.endswith("/*")

    @property
    def folder(self) -> str:
        return self.source.removesuffix("*")

    @property
    def keeps_rest(self) -> bool:
        return self.to.endswith(":splat")

    @property
    def start(self) -> str:
        """What stands before :splat."""
        return self.to.removesuffix(":splat")


class Headers(Struct, frozen=True):
    """For one address (/feed.xml) or one folder (/assets/*). No address gets the same header from
    two of them: hosts join, override or ignore doubles, each in its own way."""

    pattern: str
    values: Mapping[str, str]

    @property
    def is_folder(self) -> bool:
        return self.pattern.endswith("/*")

    @property
    def folder(self) -> str:
        return self.pattern.removesuffix("*")

    def covers(self, path: str) -> bool:
        return path.startswith(self.folder) if self.is_folder else path == self.pattern


class Deployment(Struct, frozen=True):
    """What every host should do, said once."""

    name: str
    domain: str
    base_url: str
    base_path: str
    redirects: tuple[Rule, ...]
    """Exact ones first, both slash forms; then splats, the deepest first. The first that fits is
    the one, on every host."""
    always: Mapping[str, str]
    """Headers of every answer."""
    files: tuple[Headers, ...]
    """Files that are not pages."""
    pages: Mapping[str, str]
    """Headers of every address that `files` does not cover."""
    page_patterns: tuple[str, ...]
    """Where pages lie, for hosts whose rules know no "all others"."""
    extra: tuple[Headers, ...]
    """The author's own. None of their names is in `always`, `files` or `pages`."""
    types: Mapping[str, str]
    """Address -> Content-Type, where the file's name says less than we know."""
    svg_policy: str
    hsts: bool
    lost: tuple[str, ...] = ()
    """Folders with a 404.html of their own, one a language but the first: /sub/es/"""

    @property
    def policy(self) -> str:
        return self.always["Content-Security-Policy"]

    @property
    def varied(self) -> tuple[Headers, ...]:
        """All rules but those for every answer and for pages."""
        return (*self.files, *self.extra)


class Loss(Struct, frozen=True):
    """What a host cannot do, what is done instead, and what is lost all the same."""

    what: str
    fallback: str
    loss: str


class Limit(Struct, frozen=True):
    """A number a host sets, and how much of it this site uses."""

    what: str
    used: int
    most: int
    remedy: str


class Server(Struct, frozen=True):
    """Where a server of one's own listens, and where the site lies on it."""

    listen: str = "127.0.0.1:8080"
    root: str = "/srv/site"
    brotli_module: str = ""
    """Where nginx finds ngx_http_brotli_static_module.so: without it, .br files are not sent."""


class HostFiles(Struct, frozen=True):
    files: Mapping[str, bytes]
    """Go into output/."""
    beside: Mapping[str, bytes]
    """Go beside it: into the project's folder, or to the server."""
    losses: tuple[Loss, ...] = ()
    limits: tuple[Limit, ...] = ()
    problems: tuple[Problem, ...] = ()


class Host(Struct, frozen=True):
    """A row of HOSTS."""

    name: str
    """As site.yaml names it."""
    title: str
    emit: Callable[[Deployment, Server], HostFiles]
    redirects: str = "yes"
    """The next ones are for the table: what it can do, in a word or two."""
    splats: str = "yes"
    headers: str = "yes"
    caching: str = "yes"
    lost_page: str = "404.html"
    lost_languages: bool = False
    """A missing address gets the 404.html of the language it lies in."""
    precompressed: bool = False
    """It serves page.html.br and page.html.gz in place of page.html."""
    serves: Literal["domain", "folder"] = "domain"
    """domain: always at the root of a domain. folder: a base path works as it is."""
