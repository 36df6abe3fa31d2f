"""What HTML may be in a text: one list for the guard, for its report and for the tree."""

from __future__ import annotations

from collections.abc import Mapping


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = names(
    """a abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s small span strong sub sup
    table tbody td tfoot th thead tr u ul wbr"""
)
DROPPED_WITH_CONTENT = names(
    """embed frameset iframe math noembed noframes noscript object plaintext script select
    style svg template textarea title xmp"""
)
EVERYWHERE = names("class dir id lang title")
OF_TAG: Mapping[str, frozenset[str]] = {
    "a": names("href"),
    "img": names("alt height src width"),
    "ol": names("start"),
    "td": names("align colspan rowspan"),
    "th": names("align colspan rowspan scope"),
}
SCHEMES = names("http https mailto sms tel term")
"""`term:` is ours, for the glossary; it never reaches a page."""
ADVERTISED = "https:, mailto:, tel:, sms:"

VOID = names("area base br col embed hr img input link meta source track wbr")
MAY_STAY_OPEN = VOID | names("p li dt dd tr td th thead tbody tfoot caption")
BLOCKS = names(
    """blockquote br caption dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre
    table tbody td tfoot th thead tr ul"""
)

INSTEAD: Mapping[str, str] = {
    "script": "pages have no scripts: take it out",
    "style": "give the element a class instead, like {: .quiet }",
    "iframe": "link to the page instead",
    "form": "link to a page that has the form",
    "svg": "use ':: diagram NAME', or save the picture beside the text",
    "details": "use '::: question \"Does it hurt?\"'",
    "video": "link to the video instead",
    "target": "links open in the same tab: take it out",
    "markdown": "for Markdown inside a box use a block like '::: tip \"Title\"'",
}
"""Tag or attribute -> what to do instead."""
