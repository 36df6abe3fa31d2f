"""nginx: nginx.conf stands alone; coldpress.conf in it can be included in a server you have.

Headers come from maps at one level: an add_header in a location would drop all those above it.
https://nginx.org/en/docs/http/ngx_http_headers_module.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.hosts.model import Deployment, Host, HostFiles, Rule, Server
from coldpress.hosts.types import TEXTUAL, TYPES
from coldpress.hosts.writing import encoded, lines

SCRATCH = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
DOLLAR = "coldpress_dollar"
LOST = "coldpress_lost"


def emit(plan: Deployment, server: Server) -> HostFiles:
    return HostFiles({}, {"nginx.conf": lines(frame(server)),
                          "coldpress.conf": lines(site(plan, server))})  # fmt: skip


def frame(server: Server) -> Iterator[str]:
    yield "# A whole nginx of its own: nginx -p FOLDER -c nginx.conf, with both files in FOLDER."
    yield "# Where one runs already, put coldpress.conf into its conf.d/ and forget this file."
    if server.brotli_module:
        yield f"load_module {server.brotli_module};"
    yield "worker_processes auto;"
    yield "pid nginx.pid;"
    yield "error_log stderr;"
    yield "events { worker_connections 1024; }"
    yield "http {"
    yield "  access_log off;"
    yield from (f"  {name}_temp_path scratch;" for name in SCRATCH)
    yield "  server_tokens off;"
    yield "  sendfile on;"
    yield "  tcp_nopush on;"
    yield "  include coldpress.conf;"
    yield "}"


def site(plan: Deployment, server: Server) -> Iterator[str]:
    yield f"# {plan.name}. Made by `python3 build.py hosts nginx`."
    yield "# For https, let certbot add the certificate, or put a proxy in front."
    yield f'geo ${DOLLAR} {{ default "$"; }}'
    names = varying(plan)
    for name in names:
        yield from header_map(plan, name)
    if plan.lost:
        yield from lost_map(plan)
    yield "server {"
    body = (
        f"listen {server.listen};",
        f"server_name {plan.domain};",
        f"root {quoted(server.root)};",
        "index index.html;",
        # Without this a redirect to the slash form names this server's own port.
        "absolute_redirect off;",
        f"error_page 403 404 =404 {f'${LOST}' if plan.lost else f'{plan.base_path}/404.html'};",
        *types(),
        "gzip_static on;",
        *(["brotli_static on;"] if server.brotli_module else []),
        "gzip on;",
        "gzip_vary on;",
        "gzip_min_length 1000;",
        f"gzip_types {' '.join(sorted(TEXTUAL - {'text/html'}))};",
        *(f"add_header {name} {value(text)} always;" for name, text in constant(plan)),
        *(f"add_header {name} ${variable(name)} always;" for name in names),
        "location ~ /\\.(?!well-known(?:/|$)) { return 404; }",
        *redirects(plan),
        *places(plan, server),
    )
    yield from (f"  {line}" for line in body)
    yield "}"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def value(text: str) -> str:
    """nginx reads $ as a variable even inside quotes, and knows no other way to write it."""
    return quoted(text.replace("$", f"${{{DOLLAR}}}"))


def types() -> Iterator[str]:
    yield "types {"
    by_type: dict[str, list[str]] = {}
    for ending, kind in TYPES.items():
        by_type.setdefault(kind, []).append(ending)
    yield from (f"  {kind} {' '.join(endings)};" for kind, endings in by_type.items())
    yield "}"
    yield "default_type application/octet-stream;"
    yield "charset utf-8;"
    yield f"charset_types {' '.join(sorted(TEXTUAL - {'text/html'}))};"


# ----------------------------------------------------------------------------- headers


def constant(plan: Deployment) -> Iterator[tuple[str, str]]:
    return ((k, v) for k, v in plan.always.items() if k != "Content-Security-Policy")


def varying(plan: Deployment) -> list[str]:
    names = dict.fromkeys(["Content-Security-Policy", *plan.pages])
    names |= dict.fromkeys(name for one in plan.varied for name in one.values)
    return list(names)


def variable(name: str) -> str:
    return "coldpress_" + name.lower().replace("-", "_")


def header_map(plan: Deployment, name: str) -> Iterator[str]:
    """$uri is the file's: /about/index.html, and /404.html when something is not found. A header
    with an empty value is not sent."""
    yield f"map $uri ${variable(name)} {{"
    if name == "Content-Security-Policy":
        yield f"  default {value(plan.policy)};"
        yield f"  ~\\.svg$ {value(plan.svg_policy)};"
    else:
        yield f"  default {value(plan.pages.get(name, ''))};"
    for one in plan.varied:
        if name in one.values or (name in plan.pages and one in plan.files):
            pattern = re.escape(one.folder) if one.is_folder else f"{re.escape(one.pattern)}$"
            yield f"  {quoted(f'~^{pattern}')} {value(one.values.get(name, ''))};"
    yield "}"


def lost_map(plan: Deployment) -> Iterator[str]:
    """Which 404.html: that of the language the address lies in."""
    yield f"map $uri ${LOST} {{"
    yield f"  default {plan.base_path}/404.html;"
    for folder in plan.lost:
        yield f"  {quoted(f'~^{re.escape(folder)}')} {folder}404.html;"
    yield "}"


# ----------------------------------------------------------------------------- addresses


def redirects(plan: Deployment) -> Iterator[str]:
    for rule in plan.redirects:
        if not rule.is_splat:
            yield f"location = {quoted(rule.source)} {{ {answer(rule)} }}"
        elif not rule.keeps_rest:
            yield f"location ^~ {quoted(rule.folder)} {{ {answer(rule)} }}"
        else:
            how = "permanent" if rule.code == 301 else "redirect"
            pattern = quoted(f"^{re.escape(rule.folder)}(.*)$")
            to = quoted(encoded(rule.start) + "$1")
            yield f"location ^~ {quoted(rule.folder)} {{ rewrite {pattern} {to} {how}; }}"


def answer(rule: Rule) -> str:
    """The visitor's ?query goes along, unless the new address brings its own."""
    query = "" if {"?", "#"} & set(rule.to) else "$is_args$args"
    return f"return {rule.code} {quoted(encoded(rule.to) + query)};"


def places(plan: Deployment, server: Server) -> Iterator[str]:
    base, root = plan.base_path, server.root.rstrip("/")
    pages = [f"{folder}404.html" for folder in (f"{base}/", *plan.lost)]
    if not base:
        yield from (f"location = {page} {{ internal; }}" for page in pages)
        for path, kind in plan.types.items():
            yield f"location = {quoted(path)} {{ types {{ }} default_type {quoted(kind)}; }}"
        return
    for page in pages:
        file = quoted(root + page.removeprefix(base))
        yield f"location = {page} {{ internal; alias {file}; }}"
    for path, kind in plan.types.items():
        file = quoted(root + path.removeprefix(base))
        yield f"location = {quoted(path)} {{ types {{ }} default_type {quoted(kind)};"
        yield f"  alias {file}; }}"
    yield f"location = {base} {{ return 301 {base}/$is_args$args; }}"
    yield f"location {base}/ {{ alias {quoted(f'{root}/')}; }}"
    yield "location / { return 404; }"


NGINX = Host("nginx", "nginx", emit, precompressed=True, serves="folder", lost_languages=True)
