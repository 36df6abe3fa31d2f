"""texts that change -> the translations of them that stay signed, and the digest they are signed
with then. A link to the same page under its new name is no other sentence to translate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from coldpress.frontmatter import split
from coldpress.later import later
from coldpress.model import Source, Written
from coldpress.renaming.edits import Edit
from coldpress.renaming.frontmatter import inside
from coldpress.translations.complete import original_of
from coldpress.translations.standing import substance
from coldpress.yamlspans import field


def signs(sources: Iterable[Source], after: Mapping[str, bytes]) -> Mapping[str, str]:
    """`after`: the new text of each file that changes. What had fallen behind stays so."""
    found = {source.path: source for source in sources}
    made: dict[str, str] = {}
    for path, source in found.items():
        original = found.get(original_of(path))
        if source.matter.translated is None or original is None or original.path not in after:
            continue
        parts = split(after[original.path], original.path, type(original.matter))
        written = later(Written(parts.body, parts.places))
        then = substance(replace(original, matter=parts.matter, written=written))
        if source.matter.translated.of == substance(original) != then:
            made[path] = then
    return made


def signed(matter: str, digest: str) -> Edit | None:
    """Another digest under `translated:`."""
    found = field(matter, "translated")
    entries = found[1].value if found else []
    node = next((value for key, value in entries if key.value == "of"), None)
    return inside(matter, node, digest) if node is not None else None
