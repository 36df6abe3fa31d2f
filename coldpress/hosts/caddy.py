"""Caddy 2: one Caddyfile.

Header matchers exclude each other: of two that fit, the one that stands first would win.
https://caddyserver.com/docs/caddyfile/directives/file_server · .../header · .../redir
"""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.hosts.model import Deployment, Host, HostFiles, Rule, Server
from coldpress.hosts.writing import METHODS, encoded, lines, typed_files

INDENT = "\t"
FILES = ("file_server {", "\tprecompressed br gzip", "}")
WRITING = "@writing not method GET HEAD"
"""Caddy itself sends a file whatever the method."""


def emit(plan: Deployment, server: Server) -> HostFiles:
    return HostFiles({}, {"Caddyfile": lines(caddyfile(plan, server))})


def caddyfile(plan: Deployment, server: Server) -> Iterator[str]:
    yield f"# {plan.name}. Made by `python3 build.py hosts caddy`."
    address, _, port = server.listen.rpartition(":")
    yield f"# Where people visit, write {plan.domain} in place of http://:{port}, and take the line"
    yield "# with bind away: Caddy then fetches a certificate and answers by https."
    yield "{"
    yield "\tadmin off"
    yield "}"
    yield f"http://:{port} {{"
    yield f"\tbind {address}"
    yield f"\troot * {quoted(server.root)}"
    yield "\tencode gzip"
    yield from (INDENT + line for line in answers(plan))
    yield "}"


def answers(plan: Deployment) -> Iterator[str]:
    base = plan.base_path
    yield "map {query} {tail} {"
    yield '\t~(.+) "?${1}"'
    yield '\tdefault ""'
    yield "}"
    yield from headers(plan)
    yield "route {"
    yield f"\t{WRITING}"
    yield "\terror @writing 405"
    yield "\t@hidden {"
    yield "\t\tpath */.*"
    yield f"\t\tnot path {base}/.well-known/*"
    yield "\t}"
    yield "\terror @hidden 404"
    yield from (f"\terror {part}404.html 404" for part in (f"{base}/", *plan.lost))
    yield from (INDENT + line for rule in plan.redirects for line in redirect(rule))
    if base:
        yield f"\tredir {base} {base}/{{tail}} 301"
        yield f"\thandle_path {base}/* {{"
        yield from (INDENT * 2 + line for line in folder(base))
        yield from (INDENT * 2 + line for line in FILES)
        yield "\t}"
        yield "\terror 404"
    else:
        yield from (INDENT + line for line in (*folder(""), *FILES))
    yield "}"
    yield "handle_errors {"
    yield f"\theader Cache-Control {value(plan.pages['Cache-Control'])}"
    yield f"\t{WRITING}"
    yield f"\theader @writing Allow {value(METHODS)}"
    yield "\trespond @writing 405"
    # Of several rewrites Caddy does the first that fits, the longest path first.
    for part in plan.lost:
        yield f"\trewrite {part}* {part.removeprefix(base)}404.html"
    yield "\trewrite * /404.html"
    yield from (INDENT + line for line in FILES)
    yield "}"


def folder(base: str) -> Iterator[str]:
    """The slash form of a folder. Caddy's own redirect would lose the ?query. The path is taken
    from the pattern, which sees two slashes as one: //x would lead to a site called x.

    Names that no file system can hold are not found: file_server takes them for its own fault."""
    yield "@folder {"
    yield "\tpath_regexp folder ^(/.*[^/])$"
    yield "\tfile {path}/index.html"
    yield "}"
    yield f"redir @folder {base}{{re.folder.1}}/{{tail}} 301"
    yield "@missing not file {path} {path}/index.html"
    yield "error @missing 404"


def quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def value(text: str) -> str:
    """Braces would be read as a placeholder."""
    return quoted(text.replace("{", "\\{").replace("}", "\\}"))


# ----------------------------------------------------------------------------- headers


def headers(plan: Deployment) -> Iterator[str]:
    files = typed_files(plan)
    yield "header {"
    for name, text in plan.always.items():
        if name != "Content-Security-Policy":
            yield f"\t{name} {value(text)}"
    yield "}"
    # On a line of its own: taking a header away puts off the whole block, and errors lose it.
    yield "header -Server"
    yield "@drawing path *.svg"
    yield f"header @drawing Content-Security-Policy {value(plan.svg_policy)}"
    yield "@undrawn not path *.svg"
    yield f"header @undrawn Content-Security-Policy {value(plan.policy)}"
    patterns = " ".join(one.pattern for one in files)
    yield f"@page not path {patterns}" if patterns else "@page path *"
    for name, text in plan.pages.items():
        yield f"header @page {name} {value(text)}"
    for one in (*files, *plan.extra):
        for name, text in one.values.items():
            yield f"header {one.pattern} {name} {value(text)}"


# ----------------------------------------------------------------------------- addresses


def redirect(rule: Rule) -> Iterator[str]:
    """The visitor's ?query goes along, unless the new address brings its own."""
    if rule.is_splat and rule.keeps_rest:
        yield f"handle_path {rule.source} {{"
        yield f"\tredir * {quoted(encoded(rule.start).rstrip('/') + '{uri}')} {rule.code}"
        yield "}"
        return
    query = "" if {"?", "#"} & set(rule.to) else "{tail}"
    yield f"redir {quoted(rule.source)} {quoted(encoded(rule.to) + query)} {rule.code}"


CADDY = Host("caddy", "Caddy", emit, precompressed=True, serves="folder", lost_languages=True)
