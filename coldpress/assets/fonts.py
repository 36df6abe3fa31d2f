"""a font as its authors publish it -> the cut this site ships, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

from coldpress.assets.cuts import Cut, shipped


def cut_font(content: bytes, cut: Cut, cache: Path | None) -> bytes:
    """The cut as WOFF2. The fonts that come with Coldpress come cut as well; a site's own are cut
    once and kept in `cache`."""
    ready = shipped(content, cut)
    if ready.is_file():
        return ready.read_bytes()
    from coldpress.assets.cutting import kept_cut

    return kept_cut(content, cut, cache)
