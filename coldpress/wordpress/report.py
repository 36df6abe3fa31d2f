"""An outcome -> import-report.md and the few lines a terminal shows.

The report says how things are, not what was done just now: a second import of the same export
writes the same report. Its counts add up to the number of items in the export, or it is wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from coldpress.wordpress.bring import Brought, Outcome
from coldpress.wordpress.matter import CARRIED, RELATIONS
from coldpress.wordpress.naming import words_of
from coldpress.wordpress.pictures import ALT, FILE
from coldpress.wordpress.records import Item, Sort, Term

FILE_NAME = "import-report.md"
SORTS: tuple[tuple[Sort, str], ...] = (
    ("prompt", "to be filled in (the page says 'replace this')"),
    ("place", "to be looked over"),
    ("address", "links and addresses that could not be kept"),
    ("lost", "left out"),
    ("word", "for information"),
)
MOST_NAMED = 200
"""Pages that one line of the report names."""


def summary(outcome: Outcome) -> str:
    """For a terminal."""
    actions = Counter(page.action for page in outcome.pages)
    drafts = sum(bool(page.draft) for page in outcome.pages)
    lines = [f"{len(outcome.export.items)} items in the export:"]
    lines += [f"  {number:>5}  {words}" for number, words in counts(outcome)]
    lines.append(
        "pages: " + ", ".join(f"{number} {action}" for action, number in sorted(actions.items()))
    )
    lines.append(f"{drafts} of them are drafts; {_waiting(outcome)} things wait for a person")
    return "\n".join(lines)


def counts(outcome: Outcome) -> list[tuple[int, str]]:
    """Every item of the export is counted once."""
    return [
        (len(outcome.pages), "pages"),
        (len(outcome.media), "pictures beside them"),
        (len(outcome.left), "not carried over, each with its reason in the report"),
    ]


def _waiting(outcome: Outcome) -> int:
    return sum(note.sort in ("prompt", "place") for page in outcome.pages for note in page.notes)


def report(outcome: Outcome) -> str:
    parts = (_head, _pages, _notes, _pictures, _left, _terms, _addresses, _rest)
    return "\n".join(line for part in parts for line in part(outcome))


def _head(outcome: Outcome) -> Iterator[str]:
    export = outcome.export
    yield f"# What came from {_plain(words_of(export.title) or export.address)}"
    yield ""
    yield "Written by `python3 build.py import`, which replaces this file each time."
    yield ""
    yield f"| of {len(export.items)} items | |"
    yield "|---|---|"
    for number, words in counts(outcome):
        yield f"| {number} | {words} |"
    yield ""


def _pages(outcome: Outcome) -> Iterator[str]:
    yield from ("## Pages", "")
    if outcome.pages:
        yield from ("| in WordPress | number | file | a draft, because |", "|---|---|---|---|")
    for page in outcome.pages:
        why = "changed here since; left alone" if "left alone" in page.action else page.draft
        yield f"| {_title(page.item)} | {page.item.id} | {page.path} | {why} |"
    yield ""


def _notes(outcome: Outcome) -> Iterator[str]:
    """Page by page: that is how someone works through them."""
    yield from ("## What waits for a person, page by page", "")
    for page in outcome.pages:
        if page.notes:
            yield from (f"### {page.path}", "")
            for sort, words in SORTS:
                found = [note.words for note in page.notes if note.sort == sort]
                if found:
                    yield f"- {words}:"
                    yield from (f"    - {_plain(one)}" for one in found)
            yield ""


def _pictures(outcome: Outcome) -> Iterator[str]:
    yield from ("## Pictures", "")
    for item, path in outcome.media:
        kept = " (changed here since; left alone)" if path in outcome.kept_pictures else ""
        yield f"- {_plain(item.meta.get(FILE) or item.file_url)}: {path}{kept}"
    yield ""


def _left(outcome: Outcome) -> Iterator[str]:
    """By reason; within it each item, so that nothing is only a number."""
    yield from ("## Not carried over", "")
    by_reason: dict[str, list[Item]] = defaultdict(list)
    for item, reason in outcome.left:
        by_reason[reason].append(item)
    for reason, items in sorted(by_reason.items()):
        yield f"- {len(items)}: {_plain(reason)}"
        yield from (f"    - {item.type} {item.id}: {_title(item)}" for item in items)
    yield ""


def _terms(outcome: Outcome) -> Iterator[str]:
    yield from ("## Categories and tags", "")
    pages: dict[Term, list[Brought]] = defaultdict(list)
    for page in outcome.pages:
        for term in page.item.terms:
            pages[term].append(page)
    for term, found in sorted(pages.items()):
        homes = [folder for folder in RELATIONS if term.slug in outcome.names.get(folder, ())]
        home = f"set as {', '.join(homes)}" if homes else "no home here"
        names = ", ".join(_stem(page.path) for page in found[:MOST_NAMED])
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        yield f"- {_plain(term.name)} ({_plain(term.taxonomy)}), {home}: {names}{more}"
    yield ""


def _addresses(outcome: Outcome) -> Iterator[str]:
    """Those of lists are nobody's alias: they need a line in site.yaml."""
    yield from ("## Old addresses", "")
    kept = sum(len(page.named.aliases) for page in outcome.pages)
    yield f"- {kept} lead on to their page (`aliases` in its front matter)"
    lost = [(old, page.path) for page in outcome.pages for old in page.named.lost]
    yield f"- {len(lost)} cannot be written as an alias: let your host redirect them"
    yield from (f"    - {_plain(old)}: {path}" for old, path in lost)
    yield "- lists by category, tag, author and date have no page: see `redirects` in site.yaml"
    yield ""


def _rest(outcome: Outcome) -> Iterator[str]:
    export = outcome.export
    yield from ("## What else stays behind", "")
    if export.authors:
        yield f"- authors: {_plain(', '.join(export.authors))} (pages here name reviewers only)"
    if comments := sum(item.comments for item in export.items):
        yield f"- comments of readers: {comments}"
    if export.removed:
        yield f"- characters that an export must not have, taken out: {export.removed}"
    carried = CARRIED | {ALT, FILE}
    fields = Counter(key for item in export.items for key in item.meta if key not in carried)
    yield from (f"- field {_plain(key)}: {number} times" for key, number in sorted(fields.items()))
    yield ""


# --------------------------------------------------------------------------- words


def _title(item: Item) -> str:
    return _plain(words_of(item.title)) or "(no title)"


def _stem(path: str) -> str:
    return PurePosixPath(path).stem


def _plain(words: Iterable[str] | str) -> str:
    """As a reader of the file sees it: nothing in it is Markdown, a table stays a table."""
    text = " ".join(str(words).split())
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text
