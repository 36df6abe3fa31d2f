"""recipe -> its key: the digest of everything that goes into the output. Equal key, equal bytes.

The key covers the view (or the bytes, or the file that is copied), the template with every
template it can include, and the generator's own code.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, meta
from msgspec import Struct

from coldpress.model import Recipe
from coldpress.sharing import canonical
from coldpress.specimens import SYNTAX

DRAWN_BY_NAME = ("shortcodes/", "diagrams/", "plates/", "icons/")
"""Folders from which a template takes what the text or a record names: any of them may be meant."""
NAMES = re.compile("include|import|extends")
"""Words of which a template that names another has one: most drawings need not be parsed."""
SYNTAX_ALONE = Environment(**SYNTAX)
CATALOGUE = "catalogue"
"""Shows every template there is."""


class Prints(Struct, frozen=True):
    """What recipes rest on beside their views."""

    templates: Mapping[str, str]
    """Template -> digest of it and all it can include."""
    code: str
    """Digest of the generator."""


def key_of(recipe: Recipe, prints: Prints, digest_of: Callable[[str], str]) -> str:
    """`digest_of` tells the digest of a file in the site's folder."""
    if recipe.variant:
        # Not the code: a picture is slow to make, and its fingerprint names the encoder.
        return hashlib.sha256(repr(recipe.variant).encode()).hexdigest()
    if recipe.drawn:
        # As with a picture: its view names the fonts, the template and what draws it.
        return hashlib.sha256(canonical(recipe.view)).hexdigest()
    template = prints.templates.get(recipe.template, "")
    digest = hashlib.sha256(f"{prints.code}\0{template}\0".encode())
    digest.update(f"{recipe.output}\0{recipe.template}\0{recipe.source}\0".encode())
    digest.update(f"{recipe.markdown_at}\0".encode())
    digest.update(canonical(recipe.view))
    digest.update(recipe.content)
    if recipe.copy_of:
        digest.update(digest_of(recipe.copy_of).encode())
    return digest.hexdigest()


def template_prints(env: Environment) -> Mapping[str, str]:
    """Reads every template once, to see which others it names."""
    names = env.list_templates(extensions=["html", "svg", "xml", "txt", "json"])
    sources = {name: source_of(env, name) for name in names}
    named = {name: references(source, names) for name, source in sources.items()}
    own = {name: hashlib.sha256(source.encode()).digest() for name, source in sources.items()}
    prints = {}
    for name in names:
        within = names if name.startswith(CATALOGUE) else sorted(closure(name, named))
        whole = b"".join(one.encode() + b"\0" + own[one] for one in within)
        prints[name] = hashlib.sha256(whole).hexdigest()
    return prints


def source_of(env: Environment, name: str) -> str:
    """What cannot be read says so itself when it is drawn."""
    assert env.loader is not None
    try:
        return env.loader.get_source(env, name)[0]
    except TemplateSyntaxError as bad:
        return f"{{# {bad} #}}"


def references(source: str, names: list[str]) -> frozenset[str]:
    """Names of the templates that one can draw in."""
    found = named_in(source)
    drawn = {name for name in names if name.startswith(DRAWN_BY_NAME)} if None in found else set()
    return frozenset(name for name in found if name in names) | drawn


@lru_cache(maxsize=1000)
def named_in(source: str) -> frozenset[str | None]:
    """None for a name that is put together. A template that cannot be read names none: it will say
    so itself when it is drawn."""
    if not NAMES.search(source):
        return frozenset()
    try:
        return frozenset(meta.find_referenced_templates(SYNTAX_ALONE.parse(source)))
    except Exception:  # whatever a template can be: its own problem, told with its line
        return frozenset()


def closure(name: str, named: Mapping[str, frozenset[str]]) -> set[str]:
    seen: set[str] = set()
    pending = [name]
    while pending:
        one = pending.pop()
        if one not in seen:
            seen.add(one)
            pending += named.get(one, ())
    return seen
