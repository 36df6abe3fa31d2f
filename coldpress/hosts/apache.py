"""Apache 2.4: .htaccess in the published folder; httpd.conf is a server of its own around it.

https://httpd.apache.org/docs/2.4/howto/htaccess.html · .../mod/mod_rewrite.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.hosts.model import Deployment, Host, HostFiles, Rule, Server
from coldpress.hosts.types import TEXTUAL, TYPES, UNKNOWN
from coldpress.hosts.writing import METHODS, encoded, lines

PACKED = r"(?:\.br|\.gz)?$"
"""A file sent in its compressed form has that name by the time headers are set."""
MODULES = (
    "mpm_event", "authz_core", "dir", "mime", "env", "setenvif", "headers", "rewrite", "alias",
    "filter", "deflate",
)  # fmt: skip
COMPRESSED = (("br", "br", "br"), ("gzip", "gz", "gzip"))
"""Word in Accept-Encoding, file ending, Content-Encoding: the first that fits is sent."""


def emit(plan: Deployment, server: Server) -> HostFiles:
    files = {".htaccess": lines(rules(plan))}
    return HostFiles(files, {"httpd.conf": lines(frame(plan, server))})


def frame(plan: Deployment, server: Server) -> Iterator[str]:
    yield "# A whole Apache of its own: apache2 -f /path/to/httpd.conf -DFOREGROUND. Where one runs"
    yield "# already (shared hosting), .htaccess in the site's folder is all it takes."
    yield "Define MODULES /usr/lib/apache2/modules"
    for name in MODULES:
        yield f"<IfModule !{name}_module>"
        yield f"  LoadModule {name}_module ${{MODULES}}/mod_{name}.so"
        yield "</IfModule>"
    yield "ServerTokens Prod"
    # TRACE is answered before .htaccess is read.
    yield "TraceEnable off"
    yield f"ErrorDocument 405 {plan.base_path}/404.html"
    yield f"ServerName {plan.domain}"
    yield f"Listen {server.listen}"
    yield "User nobody"
    yield "Group #65534"
    yield "PidFile ${TMPDIR}/coldpress-httpd.pid"
    yield "ErrorLog /dev/stderr"
    yield "TypesConfig /dev/null"
    root = server.root.rstrip("/")
    if plan.base_path:
        yield f'DocumentRoot "{root}"'
        yield f'Alias "{plan.base_path}/" "{root}/"'
        yield f'RedirectMatch 301 "^{re.escape(plan.base_path)}$" "{plan.base_path}/"'
        yield f'<LocationMatch "^/(?!{re.escape(plan.base_path[1:])}(?:/|$))">'
        yield "  RedirectMatch 404 ."
        yield "</LocationMatch>"
    else:
        yield f'DocumentRoot "{root}"'
    yield "<Directory />"
    yield "  Require all denied"
    yield "  AllowOverride None"
    yield "</Directory>"
    yield f'<Directory "{root}">'
    yield "  Require all granted"
    yield "  AllowOverride All"
    yield "  Options FollowSymLinks"
    yield "</Directory>"


def rules(plan: Deployment) -> Iterator[str]:
    yield f"# {plan.name}. Made by `python3 build.py`; your own lines would be lost."
    yield "Options -Indexes -MultiViews"
    yield "DirectoryIndex index.html"
    yield f"ErrorDocument 403 {plan.base_path}/404.html"
    yield f"ErrorDocument 404 {plan.base_path}/404.html"
    # Its own page comes with an empty Allow.
    yield f"ErrorDocument 405 {plan.base_path}/404.html"
    for folder in plan.lost:
        yield f'<If "%{{REQUEST_URI}} =~ m#^{re.escape(folder)}#">'
        yield from (f"  ErrorDocument {code} {folder}404.html" for code in (403, 404, 405))
        yield "</If>"
    yield "AddDefaultCharset utf-8"
    yield from types(plan)
    yield from headers(plan)
    yield from rewriting(plan)


def types(plan: Deployment) -> Iterator[str]:
    for ending, kind in TYPES.items():
        yield f"AddType {kind} .{ending}"
    textual = [ending for ending, kind in TYPES.items() if kind in TEXTUAL]
    yield f"AddCharset utf-8 {' '.join(f'.{ending}' for ending in textual)}"
    for path, kind in plan.types.items():
        yield f'<Files "{path.rpartition("/")[2]}">'
        yield f'  ForceType "{kind}"'
        yield "</Files>"


# ----------------------------------------------------------------------------- headers


def headers(plan: Deployment) -> Iterator[str]:
    """`always`: on 404 and redirects as well."""
    svg = rf"\.svg{PACKED}"
    yield "<IfModule mod_headers.c>"
    for name, value in plan.always.items():
        if name != "Content-Security-Policy":
            yield f"  Header always set {name} {quoted(value)}"
    yield f"  {conditional('Content-Security-Policy', plan.policy, '!~', svg)}"
    yield f"  {conditional('Content-Security-Policy', plan.svg_policy, '=~', svg)}"
    others = "|".join(pattern(one.folder, is_folder=one.is_folder) for one in plan.files)
    for name, value in plan.pages.items():
        yield f"  {conditional(name, value, '!~', f'^(?:{others})' if others else '^$')}"
    for one in plan.varied:
        where = f"^{pattern(one.folder, is_folder=one.is_folder)}"
        for name, value in one.values.items():
            yield f"  {conditional(name, value, '=~', where)}"
    # Only where this server has no type of its own: with nosniff, a browser is told one.
    yield f'  Header set Content-Type {UNKNOWN} "expr=-z %{{CONTENT_TYPE}}"'
    yield f'  Header always set Allow {quoted(METHODS)} "expr=%{{REQUEST_STATUS}} == 405"'
    yield "</IfModule>"


def pattern(path: str, *, is_folder: bool) -> str:
    return re.escape(path) if is_folder else re.escape(path) + PACKED


def conditional(name: str, value: str, is_it: str, where: str) -> str:
    return f'Header always set {name} {quoted(value)} "expr=%{{REQUEST_URI}} {is_it} m#{where}#"'


def quoted(text: str) -> str:
    """% begins a variable in a header's value."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{plain}"'


# ----------------------------------------------------------------------------- addresses


def rewriting(plan: Deployment) -> Iterator[str]:
    yield "<IfModule mod_rewrite.c>"
    yield "  RewriteEngine On"
    yield f"  RewriteBase {plan.base_path}/"
    yield f"  RewriteCond %{{REQUEST_METHOD}} !^(?:{METHODS.replace(', ', '|')})$"
    yield "  RewriteRule ^ - [R=405,L]"
    yield r"  RewriteRule (?:^|/)\.(?!well-known(?:/|$)) - [R=404,L]"
    # Asked for by name: by now the error document has REDIRECT_STATUS, a visitor has not.
    yield "  RewriteCond %{ENV:REDIRECT_STATUS} ^$"
    yield rf"  RewriteRule ^{languages(plan)}404\.html$ - [R=404,L]"
    for rule in plan.redirects:
        yield f"  {redirect(plan, rule)}"
    for word, ending, _encoding in COMPRESSED:
        yield f"  RewriteCond %{{HTTP:Accept-Encoding}} {accepted(word)} [NC]"
        yield f"  RewriteCond %{{REQUEST_FILENAME}}.{ending} -f"
        yield f"  RewriteRule ^(.+)$ $1.{ending} [L]"
    yield "</IfModule>"
    yield from compressed(plan)


def languages(plan: Deployment) -> str:
    """In a pattern: the folder of any language, or none."""
    folders = [re.escape(folder.removeprefix(f"{plan.base_path}/")) for folder in plan.lost]
    return f"(?:{'|'.join(folders)})?" if folders else ""


def accepted(word: str) -> str:
    """br and br;q=0.5, not br;q=0, which refuses it."""
    return rf"(?:^|,)\s*{word}\s*(?:$|,|;\s*q=(?:1|0\.0*[1-9]))"


def redirect(plan: Deployment, rule: Rule) -> str:
    """Inside a folder's own file the pattern begins after the folder. Where a visitor's text goes
    into the new address Apache encodes all of it; else (NE) it stands as we have encoded it."""
    inside = re.escape(rule.folder.removeprefix(f"{plan.base_path}/"))
    if rule.keeps_rest:
        return f'RewriteRule "^{inside}(.*)$" "{literal(rule.start)}$1" [R={rule.code},L]'
    rest = ".*" if rule.is_splat else ""
    to = literal(encoded(rule.to))
    return f'RewriteRule "^{inside}{rest}$" "{to}" [R={rule.code},L,NE]'


def literal(address: str) -> str:
    """%1 and $1 would be what a pattern has caught."""
    return address.replace("%", "\\%").replace("$", "\\$")


def compressed(plan: Deployment) -> Iterator[str]:
    """What a file ending in .html.br is, and that it is compressed already."""
    yield "RemoveLanguage .br"
    yield "RemoveType .gz"
    yield "RemoveEncoding .gz .br"
    for ending, kind in TYPES.items():
        if kind not in TEXTUAL:
            continue
        for _word, packed, encoding in COMPRESSED:
            yield f'<FilesMatch "\\.{ending}\\.{packed}$">'
            yield f'  ForceType "{kind}; charset=utf-8"'
            yield "  SetEnv no-gzip 1"
            yield "  SetEnv no-brotli 1"
            yield "  <IfModule mod_headers.c>"
            yield f"    Header set Content-Encoding {encoding}"
            yield "  </IfModule>"
            yield "</FilesMatch>"
    for path, kind in plan.types.items():
        name = re.escape(path.rpartition("/")[2])
        yield f'<FilesMatch "^{name}\\.(?:br|gz)$">'
        yield f'  ForceType "{kind}"'
        yield "</FilesMatch>"
    textual = "|".join(ending for ending, kind in TYPES.items() if kind in TEXTUAL)
    yield "<IfModule mod_headers.c>"
    yield f'  <FilesMatch "\\.(?:{textual}){PACKED}">'
    yield "    Header merge Vary Accept-Encoding"
    yield "  </FilesMatch>"
    yield "</IfModule>"


APACHE = Host("apache", "Apache", emit, precompressed=True, serves="folder", lost_languages=True)
