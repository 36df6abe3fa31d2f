"""Python looks through all it holds for rings of objects that nobody needs, again and again, and
the more the larger the heap. What stays until the end (code, rows, pages of a site) need not be
looked through: a tenth of the time of an edit.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = 50_000
"""New objects between two looks; Python's own 700 are half of what one page is made of."""


@contextmanager
def growing() -> Iterator[None]:
    """While much is loaded that stays. Afterwards what is new is looked through, and rarely."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(RARELY)
        gc.enable()


def settle() -> None:
    """When nobody waits: throw away what can be, and take all the rest for what stays."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
