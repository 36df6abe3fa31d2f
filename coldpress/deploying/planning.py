"""What shall be at a place + what is there -> Plan; and the order in which it is safe to do it.

Assets first, so that no page asks for what is not there yet; then other files; then pages; pages
and lists that lead to other pages last, so that no link leads nowhere. What is removed goes after
all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from coldpress.deploying.model import Batch, Entry, Plan, There
from coldpress.deploying.record import generation_of
from coldpress.hosts import is_fingerprinted, kept

STEPS = ("assets", "files", "pages", "lists")
LISTS = frozenset({"_redirects", ".htaccess", "robots.txt", "llms.txt"})
FEEDS = re.compile(r"^(?:.+/)?feed\.(?:xml|json)$|^sitemap(?:-[\w-]+)?\.xml$")


def plan_of(wanted: Mapping[str, Entry], there: There, builds: int, *, every: bool = False) -> Plan:
    """`builds`: for how many old assets stay. `every`: upload all, whatever is known."""
    ours = {**{path: Entry("", 0) for path in there.unsure}, **there.files}
    stay = [path for path in kept(there.builds, wanted.keys(), builds) if path in there.files]
    present = ours.keys() | there.foreign
    new = [path for path in wanted if path not in present]
    changed = [
        path for path, one in wanted.items() if path in present and (every or ours.get(path) != one)
    ]
    removed = [path for path in ours if path not in wanted and path not in stay]
    after = {**{path: there.files[path] for path in stay}, **wanted}
    uploads = (*new, *changed)
    return Plan(
        new=tuple(sorted(new)),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(removed)),
        kept=tuple(stay),
        unchanged=len(wanted) - len(uploads),
        size=sum(wanted[path].size for path in uploads),
        after=There(after, _history(wanted, there, builds), generation=generation_of(dict(wanted))),
    )


def begun(plan: Plan, there: There) -> There:
    """What can be said of the place while the plan is carried out: should it be cut off, the next
    deployment does all of this again."""
    touched = frozenset((*plan.uploads, *plan.removed))
    sure = {path: one for path, one in there.files.items() if path not in touched}
    return replace(there, files=sure, unsure=touched | there.unsure, foreign=frozenset())


def _history(wanted: Mapping[str, Entry], there: There, builds: int) -> tuple[frozenset[str], ...]:
    """Fingerprinted files of this deployment and of as many before it as are ever asked for."""
    now = frozenset(filter(is_fingerprinted, wanted))
    before = there.builds[1:] if there.builds[:1] == (now,) else there.builds
    return (now, *before)[: builds + 1]


def batches(plan: Plan, headers: Mapping[str, Mapping[str, str]]) -> Iterator[Batch]:
    """`headers`: of each path, where the place keeps some. In the order to send them."""
    pages = frozenset(path for path in plan.after.files if path.endswith(".html"))
    folders = {folder for path in pages for folder in _above(path)}
    groups: dict[tuple[int, tuple[tuple[str, str], ...]], list[str]] = {}
    for path in plan.uploads:
        own = tuple(sorted(headers.get(path, {}).items()))
        groups.setdefault((_step(path, folders), own), []).append(path)
    for (step, own), paths in sorted(groups.items()):
        yield Batch(STEPS[step], tuple(paths), dict(own))


def _step(path: str, folders: set[str]) -> int:
    plain = path.removesuffix(".br").removesuffix(".gz")
    if plain.startswith(("assets/", "media/", "pagefind/")):
        return 0
    if (
        plain in LISTS
        or FEEDS.match(plain)
        or (plain.endswith("index.html") and plain[: -len("index.html")] in folders)
    ):
        return 3
    return 2 if plain.endswith((".html", ".htm")) else 1


def _above(page: str) -> Iterator[str]:
    """`a/b/index.html` -> `a/`, and the home page's folder: those have pages below them."""
    folder = page.removesuffix("index.html").rstrip("/")
    if page == "index.html":
        return
    while "/" in folder:
        folder = folder.rpartition("/")[0]
        yield f"{folder}/"
    yield ""
