"""base path -> which links a browser may fetch before they are clicked: pages of this site.

Never the booking page, which would otherwise hear of visitors who only pointed at the button: links
to another origin match nothing, nor do links with the campaign words that all booking links carry.

https://html.spec.whatwg.org/multipage/speculative-loading.html
"""

from __future__ import annotations

from typing import Any

OUTPUT = "speculationrules.json"
"""Pages name it in a header, Speculation-Rules: hosts that send none do without."""


def prefetching(base: str) -> dict[str, Any]:
    """`moderate`: once a link is pointed at for a moment, or touched. A name with a dot is no page
    to go on to: feeds, data, drawings."""
    pages = {"href_matches": f"{base}/*"}
    others = {"href_matches": [f"{base}/*.*", rf"{base}/*\?*utm_*"]}
    where = {"and": [pages, {"not": others}]}
    return {"prefetch": [{"where": where, "eagerness": "moderate"}]}
