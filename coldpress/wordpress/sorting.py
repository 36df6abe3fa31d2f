"""An export -> the items that become pages, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from coldpress.wordpress.records import Export, Item

FOLDERS: Mapping[str, str] = {"post": "guides", "page": "pages"}
"""Type of item -> folder under content/."""
WRITTEN = frozenset({"publish", "future", "draft", "pending", "private"})
STATES: Mapping[str, str] = {
    "trash": "it is in the bin",
    "auto-draft": "WordPress saved it by itself, before anything was written",
    "inherit": "an earlier version of another item",
}
TYPES: Mapping[str, str] = {
    "revision": "an earlier version of another item",
    "nav_menu_item": "an entry of a menu: menus stand in site.yaml",
    "custom_css": "styles of the old theme",
    "customize_changeset": "a change of the old theme's settings",
    "wp_global_styles": "styles of the old theme",
    "wp_template": "a template of the old theme",
    "wp_template_part": "a template of the old theme",
    "wp_navigation": "a menu: menus stand in site.yaml",
    "wp_font_family": "a font of the old theme",
    "wp_font_face": "a font of the old theme",
    "wp_block": "a block kept for use in several pages, and no imported page uses it",
    "oembed_cache": "a copy of something of another site",
    "user_request": "a request about someone's personal data",
    "wpcf7_contact_form": "a form of a plugin",
    "elementor_library": "a template of a page builder",
}


class Sorted(Struct, frozen=True):
    """Every item stands in exactly one of the three."""

    pages: tuple[Item, ...]
    media: tuple[Item, ...]
    left: tuple[tuple[Item, str], ...]
    """With the reason."""


def sort(export: Export, unreadable: Callable[[str], str]) -> Sorted:
    """`unreadable` says why a text cannot be carried over, or nothing."""
    pages: list[Item] = []
    media: list[Item] = []
    left: list[tuple[Item, str]] = []
    seen: set[int] = set()
    for item in export.items:
        reason = _reason(item) if item.id not in seen else "its number stands twice in the export"
        reason = reason or unreadable(item.body)
        seen.add(item.id)
        if reason:
            left.append((item, reason))
        else:
            (media if item.type == "attachment" else pages).append(item)
    return Sorted(tuple(pages), tuple(media), tuple(left))


def _reason(item: Item) -> str:
    """Why an item becomes nothing here, or nothing when it does."""
    if not item.id:
        return "it has no number, so that the next import would not know it again"
    if item.status == "trash":
        return STATES["trash"]
    if item.type == "attachment":
        return ""
    if item.type not in FOLDERS:
        return TYPES.get(item.type, f"an item of a plugin or theme, of the type {item.type!r}")
    return (
        "" if item.status in WRITTEN else STATES.get(item.status, f"its state is {item.status!r}")
    )
