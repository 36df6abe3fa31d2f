"""An item -> its front matter: what WordPress and its plugins know, and prompts for the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from coldpress.load.times import in_utc
from coldpress.markdown.known import as_written_in
from coldpress.problems import Place, Problem
from coldpress.schema import Moment
from coldpress.wordpress.dialect import escaped
from coldpress.wordpress.figures import seen
from coldpress.wordpress.naming import Named, words_of
from coldpress.wordpress.page import PROMPT, Writing
from coldpress.wordpress.pictures import Missing
from coldpress.wordpress.records import Item

TITLES = ("_yoast_wpseo_title", "rank_math_title")
DESCRIPTIONS = ("_yoast_wpseo_metadesc", "rank_math_description")
NO_INDEX = ("_yoast_wpseo_meta-robots-noindex", "rank_math_robots")
PICTURE = "_thumbnail_id"
CARRIED = frozenset({*TITLES, *DESCRIPTIONS, *NO_INDEX, PICTURE, "_wp_old_slug"})
"""Fields of WordPress and of its plugins that have a home here."""
VARIABLE = re.compile(r"%%([a-z_]+)%%|%([a-z_]+)%")
DIVIDERS = " \t-–—|·•»«:~"
TITLE = range(3, 111)
DESCRIPTION = range(20, 201)
RELATIONS = ("mechanisms", "conditions", "methods")


class Circumstances(Struct, frozen=True):
    """What is the same for all pages of an import."""

    site_title: str
    names: Mapping[str, frozenset[str]]
    """Folder -> names of the pages in it."""
    zone: ZoneInfo | None
    live: bool
    """Public pages that lack nothing go live. Without it, all are drafts."""
    titles: set[str]
    descriptions: set[str]
    """Of other pages: no two may be alike."""


def front_matter(writing: Writing, named: Named, around: Circumstances) -> Iterator[str]:
    item = writing.item
    own = words_of(item.title)
    title = _title(writing, _filled(item, TITLES, own, around.site_title) or own, around)
    yield f"title: {_quoted(title)}"
    if own and own != title and PROMPT not in title:
        yield f"label: {_quoted(own)}"
    described = _filled(item, DESCRIPTIONS, own, around.site_title)
    excerpt = words_of(item.excerpt)
    yield f"description: {_quoted(_description(writing, described or excerpt, title, around))}"
    if described and excerpt and excerpt != described:
        yield f"summary: {_quoted(escaped(excerpt))}"
    if named.aliases:
        yield f"aliases: [{', '.join(named.aliases)}]"
    yield from _times(writing, around.zone)
    yield from _relations(item, around.names)
    yield from _picture(writing)
    if _hidden(item):
        yield "robots: noindex"


def draft(writing: Writing, *, live: bool) -> str:
    """Why a page is a draft, or nothing when it goes live."""
    item = writing.item
    states = {"draft": "a draft", "pending": "waiting for review", "private": "private"}
    if item.status in states:
        return f"it was {states[item.status]} in WordPress"
    if item.password:
        return "it asked for a password in WordPress"
    if writing.prompts:
        return "something is still to be filled in"
    return "" if live else "nobody has read it here yet"


# --------------------------------------------------------------------------- words


def _title(writing: Writing, wanted: str, around: Circumstances) -> str:
    stem = writing.path.rpartition("/")[2].removesuffix(".md")
    title = wanted
    if len(title) < TITLE.start:
        title = f"{PROMPT}a title ({wanted or stem})"
        writing.prompts += 1
        writing.note("prompt", "the title: it had none, or one of two letters")
    elif len(title) >= TITLE.stop:
        title = _cut(title, TITLE.stop - 1)
        writing.note("place", f"the title was longer than {TITLE.stop - 1} letters: {wanted}")
    if title.casefold() in around.titles:
        writing.note("place", f"another page has the title {title!r} as well: say what differs")
        title = f"{_cut(title, TITLE.stop - 4 - len(stem))} ({stem})"
    around.titles.add(title.casefold())
    return title


def _description(writing: Writing, wanted: str, title: str, around: Circumstances) -> str:
    words = wanted
    if len(words) >= DESCRIPTION.stop:
        words = _cut(words, DESCRIPTION.stop - 1)
        letters = DESCRIPTION.stop - 1
        writing.note("place", f"the description was longer than {letters} letters: {wanted}")
    if len(words) < DESCRIPTION.start or words.casefold() in around.descriptions:
        why = f"another page has the same: {wanted}" if words else "WordPress had none"
        why = f"too short: {wanted}" if 0 < len(words) < DESCRIPTION.start else why
        writing.prompts += 1
        writing.note("prompt", f"the description for search results ({why})")
        about = writing.path.rpartition("/")[2] if PROMPT in title else repr(title)
        words = f"{PROMPT}one or two sentences for search results about {about}"
    around.descriptions.add(words.casefold())
    return words


def _cut(words: str, most: int) -> str:
    """At the end of a word."""
    if len(words) <= most:
        return words
    return words[: most - 1].rpartition(" ")[0].rstrip(DIVIDERS + ",;") + "…"


def _filled(item: Item, keys: tuple[str, ...], title: str, site: str) -> str:
    """A field of a search plugin, its variables filled in: `%%title%% %%sep%% %%sitename%%`. The
    site's name goes: every page of ours has it in its frame."""
    written = next((value for key in keys if (value := item.meta.get(key, "").strip())), "")
    known = {"title": title, "excerpt": words_of(item.excerpt)}
    words = VARIABLE.sub(lambda found: known.get(found[1] or found[2], ""), written)
    words = words_of(words).strip(DIVIDERS)
    return words.removesuffix(site).strip(DIVIDERS) if site and words != site else words


# --------------------------------------------------------------------------- the other fields


def _times(writing: Writing, zone: ZoneInfo | None) -> Iterator[str]:
    item = writing.item
    scheduled = item.status == "future"
    if scheduled:
        moment, trouble = _publish_at(item, zone)
        if moment:
            yield f"publish_at: {moment}"
        else:
            writing.prompts += 1
            writing.note("prompt", f"publish_at: {trouble}")
    days = (item.modified[:10], "" if scheduled else item.date[:10])
    changed = next((day for day in days if _is_day(day)), "")
    if changed:
        yield f"updated: {changed}"


def _publish_at(item: Item, zone: ZoneInfo | None) -> tuple[str, str]:
    """The moment, or nothing and why. WordPress keeps it twice, by the site's clock and in UTC:
    what differs is the zone's offset. Without the second, the zone of the new site must do."""
    local, utc = _moment(item.date), _moment(item.date_gmt)
    if utc is not None and local is not None:
        minutes = round((local - utc).total_seconds() / 60)
        sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
        return f"{local:%Y-%m-%d %H:%M}{sign}{minutes // 60 % 24:02}:{minutes % 60:02}", ""
    if utc is not None:
        return f"{utc:%Y-%m-%d %H:%M}Z", ""
    if local is None:
        return "", f"{item.date!r} is no date and time"
    moment = in_utc(Moment(local, None), zone, Place(""))
    if isinstance(moment, Problem):
        return "", moment.message
    return f"{local:%Y-%m-%d %H:%M}", ""


def _moment(written: str) -> datetime | None:
    """WordPress writes zeros for "not yet"."""
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None


def _is_day(written: str) -> bool:
    try:
        return bool(date.fromisoformat(written))
    except ValueError:
        return False


def _relations(item: Item, names: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for folder in RELATIONS:
        found = [term.slug for term in item.terms if term.slug in names.get(folder, ())]
        if found:
            yield f"{folder}: [{', '.join(dict.fromkeys(found))}]"


def _picture(writing: Writing) -> Iterator[str]:
    number = writing.item.meta.get(PICTURE, "")
    if not (number.isascii() and number.isdigit()):
        return
    found = writing.picture("", int(number[:18]))
    if isinstance(found, Missing):
        writing.note("lost", f"the picture of the page (number {number}): {found.reason}")
        return
    src, alt = as_written_in(writing.path, found.path), seen(found.path, found.alt, writing)
    yield f"image: {{src: {_quoted(src)}, alt: {_quoted(alt)}}}"


def _hidden(item: Item) -> bool:
    """Yoast writes 1, Rank Math a list with the word in it."""
    yoast, rank_math = (item.meta.get(key, "") for key in NO_INDEX)
    return yoast == "1" or "noindex" in rank_math


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
