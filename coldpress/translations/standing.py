"""original + translation -> whether the translation still says what the original says.

A translation keeps a digest of the words it was made from. Spaces, punctuation, layout and dates
may change without it; any word, number or citation makes it stale.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from msgspec.structs import astuple

from coldpress.model import Source, Translation
from coldpress.schema import Model

WORDS = ("label", "summary", "key_points", "ratings", "urgent", "image", "temperature", "reaches")
"""Fields that a reader sees. Where the original has one, a page without it in the translation would
be half in one language and half in the other."""
DIGITS = 12
"""48 bits: enough against accident, short enough to read out."""
TOKEN = re.compile(r"[^\W_]+|[%°±<>≤≥=@−]")


def translation_of(original: Source, translation: Source) -> Translation:
    now = substance(original)
    made = translation.matter.translated
    if made is None:
        return Translation(now, signed=False, changed=None, pending=True)
    changed = None if made.of == now else max(original.matter.updated or made.on, made.on)
    return Translation(now, signed=True, changed=changed, pending=made.checked_by is None)


def told_from(translation: Translation, grace_days: int) -> date | None:
    """First day on which readers are told that the original has changed."""
    if translation.changed is None:
        return None
    try:
        return translation.changed + timedelta(days=grace_days)
    except OverflowError:
        return date.max


def substance(source: Source) -> str:
    """Twelve hexadecimal digits of the words a reader sees."""
    matter = source.matter
    texts = [matter.title, matter.description, *_texts(getattr(matter, n, None) for n in WORDS)]
    return digest_of([*texts, source.body])


def digest_of(texts: Iterable[str]) -> str:
    kept = [TOKEN.findall(_plain(text)) for text in texts]
    return hashlib.sha256(repr(kept).encode()).hexdigest()[:DIGITS]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Model):
        yield from _texts(astuple(value))
    elif value is not None:
        for one in value:
            yield from _texts(one)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
