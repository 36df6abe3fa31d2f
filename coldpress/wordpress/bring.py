"""An export + the site's folder -> content files, pictures and a report. READ THIS FIRST.

    export -> items -> sorted: pages, media, left
    pages -> named -> shaped (HTML in order) -> Markdown + front matter -> compared with
    what is here

Everything is worked out before anything is written. A file is written when it does not exist, or
when an earlier import wrote it and nobody has changed it since: its marker holds a digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from coldpress.load.pictures import FORMATS
from coldpress.markdown.ledger import Text
from coldpress.markdown.limits import excess
from coldpress.model import Options
from coldpress.problems import UsageError
from coldpress.reading import HIDDEN
from coldpress.schema import zone_named
from coldpress.wordpress.addresses import Addresses, host_of
from coldpress.wordpress.dialect import markdown
from coldpress.wordpress.export import read_export
from coldpress.wordpress.ground import Earlier, Ground, ground_of, with_marker
from coldpress.wordpress.links import HOME
from coldpress.wordpress.matter import Circumstances, draft, front_matter
from coldpress.wordpress.naming import Named, name
from coldpress.wordpress.page import PROMPT, Writing
from coldpress.wordpress.pictures import Pictures, Standing, Taken, attached_file
from coldpress.wordpress.places import without_loose_ends
from coldpress.wordpress.records import Export, Item, Note
from coldpress.wordpress.shape import shaped, unreadable
from coldpress.wordpress.sorting import Sorted, sort

Action = Literal["new", "same", "brought up to date", "changed here, left alone"]
READY = "take this line out when the page is ready"
EMPTY = f"{PROMPT}the text of this page; WordPress had none"


class Brought(Struct, frozen=True):
    """A page and what is to be said about it."""

    item: Item
    path: str
    action: Action
    draft: str
    """Why it is a draft, or nothing."""
    notes: tuple[Note, ...]
    named: Named


class Outcome(Struct, frozen=True):
    """Every item of the export is in one of `pages`, `media` and `left`."""

    export: Export
    pages: tuple[Brought, ...]
    media: tuple[tuple[Item, str], ...]
    """With the file it became."""
    left: tuple[tuple[Item, str], ...]
    """With the reason."""
    files: Mapping[str, bytes]
    """What is to be written: path in the site's folder -> content."""
    kept_pictures: tuple[str, ...]
    """Of an earlier import, and changed since: left alone."""
    names: Mapping[str, frozenset[str]]
    """Folder of the site -> names of its pages: a category of such a name has a home."""


def bring(export_file: Path, media: Path | None, options: Options, *, live: bool) -> Outcome:
    """Writes nothing. Raises BuildError for an export that cannot be read, or a folder that is no
    site; OperationError when the folder of the pictures is not there."""
    if media is not None and not media.is_dir():
        raise UsageError(f"there is no folder {media}", "name a copy of wp-content/uploads")
    export = read_export(export_file)
    items = sort(export, unreadable)
    ground = ground_of(options, origin_of(export))
    named = name(items.pages, ground)
    desk = Desk(
        export=export,
        ground=ground,
        named=named,
        addresses=Addresses(
            export,
            {number: one.path for number, one in named.items()},
            home=(options.source / HOME).is_file(),
        ),
        pictures=Pictures(export, media, options.source),
        around=_circumstances(export, ground, live=live),
        blocks={item.id: item.body for item in export.items if item.type == "wp_block"},
    )
    return _outcome(desk, items, [_written(desk, item) for item in items.pages])


def origin_of(export: Export) -> str:
    """How markers name the old site."""
    return f"{host_of(export.address)}{urlsplit(export.address).path}".rstrip("/") or "unknown"


class Desk(Struct, frozen=True):
    """All that is needed to write a page."""

    export: Export
    ground: Ground
    named: Mapping[int, Named]
    addresses: Addresses
    pictures: Pictures
    around: Circumstances
    blocks: Mapping[int, str]
    """Reusable blocks: id -> text."""


class Written(Struct):
    writing: Writing
    text: str
    draft: str


def _circumstances(export: Export, ground: Ground, *, live: bool) -> Circumstances:
    zone = ground.config.facts.timezone
    return Circumstances(
        site_title=export.title,
        names=ground.names,
        zone=zone_named(zone) if zone else None,
        live=live,
        titles=set(ground.titles),
        descriptions=set(ground.descriptions),
    )


# --------------------------------------------------------------------------- one page


def _written(desk: Desk, item: Item) -> Written:
    named = desk.named[item.id]
    earlier = desk.ground.earlier.get(item.id)
    standing: Standing = "new"
    if earlier is not None:
        standing = "known" if earlier.untouched else "changed"
    uploads = [one.id for one in desk.pictures.attached.values() if one.parent == item.id]
    writing = Writing(
        item, named.path, standing, desk.pictures, desk.addresses, desk.blocks.get, uploads
    )
    body = markdown(shaped(item.body, writing))
    if not body:
        writing.prompts += 1
        writing.note("prompt", "the text: WordPress had none")
        body = EMPTY
    for problem in excess(Text(body, named.path)):
        writing.note("place", f"{problem.message}; {problem.hint}")
    _tell(writing, named)
    lines = ["---", *front_matter(writing, named, desk.around)]
    why = draft(writing, live=desk.around.live)
    lines += [f"draft: true  # {READY}"] if why else []
    return Written(writing, HIDDEN.sub("", "\n".join([*lines, "---", "", body, ""])), why)


def _tell(writing: Writing, named: Named) -> None:
    item = writing.item
    if PurePosixPath(named.path).stem != named.wanted:
        writing.note("place", f"called {named.wanted!r} in WordPress: another name than its file")
    for old in named.lost:
        writing.note("address", f"an old address that a page cannot keep: {old}")
    if item.password:
        writing.note("place", "it asked for a password in WordPress: here everyone could read it")
    if item.comments:
        writing.note("lost", f"{item.comments} comments of readers")


# --------------------------------------------------------------------------- all of them


def _outcome(desk: Desk, items: Sorted, written: list[Written]) -> Outcome:
    texts, loose = without_loose_ends(
        {one.writing.path: one.text for one in written},
        {one.path: one.text for one in desk.ground.earlier.values() if not one.untouched},
    )
    for one in written:
        for place in loose.get(one.writing.path, ()):
            one.writing.note("address", f"a link to a place that is not on the page: {place}")
    origin = origin_of(desk.export)
    pages: list[Brought] = []
    files: dict[str, bytes] = {}
    for one in written:
        text = with_marker(texts[one.writing.path], one.writing.item.id, origin)
        action = _action(desk.ground.earlier.get(one.writing.item.id), text)
        if action in ("new", "brought up to date"):
            files[one.writing.path] = text.encode()
        pages.append(_brought(one, action, desk.named))
    reused = {number for one in written for number in one.writing.reused}
    media, left = _media(items, desk.pictures)
    return Outcome(
        export=desk.export,
        pages=tuple(pages),
        media=media,
        left=(*(_with_use(item, reason, reused) for item, reason in items.left), *left),
        files={**files, **desk.pictures.files},
        kept_pictures=tuple(sorted(desk.pictures.kept)),
        names=desk.ground.names,
    )


def _action(earlier: Earlier | None, text: str) -> Action:
    if earlier is None:
        return "new"
    if not earlier.untouched:
        return "changed here, left alone"
    return "same" if earlier.text == text else "brought up to date"


def _brought(one: Written, action: Action, named: Mapping[int, Named]) -> Brought:
    item = one.writing.item
    notes = tuple(sorted(one.writing.notes))
    return Brought(item, one.writing.path, action, one.draft, notes, named[item.id])


def _media(
    items: Sorted, pictures: Pictures
) -> tuple[tuple[tuple[Item, str], ...], tuple[tuple[Item, str], ...]]:
    """Files that became pictures of pages, and the others with the reason."""
    media: list[tuple[Item, str]] = []
    left: list[tuple[Item, str]] = []
    for item in items.media:
        found = pictures.used.get(item.id)
        if isinstance(found, Taken):
            media.append((item, found.path))
        else:
            left.append((item, found.reason if found else _unused(item)))
    return tuple(media), tuple(left)


def _unused(item: Item) -> str:
    suffix = PurePosixPath(attached_file(item)).suffix.lower()
    if suffix in FORMATS:
        return "no imported page shows it"
    return f"pages carry pictures only, no files of the kind {suffix or 'without a name'}"


def _with_use(item: Item, reason: str, reused: set[int]) -> tuple[Item, str]:
    used = item.type == "wp_block" and item.id in reused
    return item, "its text stands in the pages that used it" if used else reason
