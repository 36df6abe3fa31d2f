"""Memory that is free again -> the system. A site is read and made in pieces, and the C library
keeps what they leave, for later: of 10,000 pages a fifth of what a build holds, in every process.
"""

from __future__ import annotations

import ctypes
import os


def give_back() -> None:
    """A tenth of a millisecond. Only where the C library says how (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim is not None:
        trim(0)
