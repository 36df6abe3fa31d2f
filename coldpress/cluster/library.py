"""Dask's own libraries, when they are installed: an extra that most sites never need."""

from __future__ import annotations

try:
    import distributed as distributed
    import fsspec as fsspec
except ImportError as absent:
    distributed = fsspec = None
    MISSING = absent.name or "distributed"
else:
    MISSING = ""
