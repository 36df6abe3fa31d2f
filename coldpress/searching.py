"""Site -> what search knows: one small file of words, synonyms and results, read in the browser.

    pages: sign -> {u: address, t: title, l: label, h: words of headings, d: description,
                    w: where it stands, r: "bars|split or against|words of the rating"}
    body:  word -> the signs of the pages that use it, doubled or trebled when they do so often
    also:  what people type -> the signs of the pages that answer it, the best first
    skip:  words that find nothing

A large site names the address of Pagefind instead of `body`, and only pages that `also` needs.
assets/js/search.js reads it. Views and outputs need it both: the page names what is published.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from itertools import filterfalse
from pathlib import Path
from unicodedata import combining, normalize

from coldpress import shipped
from coldpress.model import Asset, Page, Site

PAGEFIND = "pagefind"
"""The optional library, and the folder of its files."""
OFTEN = 3
"""A word counts this many times on a page at most."""
UNLISTED = frozenset({"search", "not-found"})
WORD = re.compile(r"[^\W_]{2,}")
SKIPPED = Path(__file__).with_name("search_skipped.yaml")
"""Words that stand on nearly every page, by language."""


def signs() -> Iterator[str]:
    """A sign for each page: digits and letters first, then signs of one character without end."""
    yield from "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from map(chr, range(0x4E00, 0xA000))


def searched(site: Site) -> tuple[Page, ...]:
    """Pages that search may find."""
    return tuple(
        page
        for page in site.pages
        if page.source.matter.robots == "index" and page.source.layout not in UNLISTED
    )


def is_large(site: Site) -> bool:
    """More pages than one small file should hold."""
    return len(searched(site)) > site.config.facts.budgets.search_pages


def uses_pagefind(site: Site) -> bool:
    return is_large(site) and has_pagefind()


def has_pagefind() -> bool:
    return find_spec(PAGEFIND) is not None


def search_index(site: Site) -> Asset:
    """The file, named after its content."""
    written = json.dumps(search_data(site), ensure_ascii=False, separators=(",", ":"))
    content = written.encode()
    mark = hashlib.sha256(content).hexdigest()[:8]
    return Asset("search.json", f"assets/search.{mark}.json", content)


def search_data(site: Site) -> dict[str, object]:
    pages = searched(site)
    sign_of = {page.id: sign for page, sign in zip(pages, signs(), strict=False)}
    also = synonyms(site, sign_of)
    if uses_pagefind(site):
        named = set("".join(also.values()))
        return {
            "pagefind": f"{site.config.base_path}/{PAGEFIND}/pagefind.js",
            "pages": {sign_of[p.id]: result(site, p) for p in pages if sign_of[p.id] in named},
            "also": also,
        }
    shown = {sign_of[page.id]: {**result(site, page), **heads(site, page)} for page in pages}
    return {
        "pages": shown,
        "also": also,
        "skip": " ".join(sorted(skipped(site.lang))),
        "body": body(site, pages, shown),
    }


def synonyms(site: Site, sign_of: Mapping[str, str]) -> dict[str, str]:
    """A phrase that stands in several entries leads to the pages of all of them, in their order.
    Pages that are not on the site now are passed over."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for synonym in site.synonyms.values():
        for phrase in synonym.words:
            found[plain(phrase)].update({sign_of[i]: None for i in synonym.pages if i in sign_of})
    return {phrase: "".join(all_of) for phrase, all_of in sorted(found.items()) if all_of}


def result(site: Site, page: Page) -> dict[str, str]:
    """What a result shows."""
    said = {
        "u": site.config.base_path + page.route.url,
        "t": page.title,
        "d": page.source.matter.description,
        "w": where(site, page),
        "r": rating(site, page),
    }
    return {name: text for name, text in said.items() if text}


def heads(site: Site, page: Page) -> dict[str, str]:
    shown = set(words(f"{page.title} {page.label}", site.lang))
    label = {} if page.label == page.title else {"l": page.label}
    inside = words(" ".join(headings(site, page)), site.lang)
    inner = [word for word in dict.fromkeys(inside) if word not in shown]
    return {**label, **({"h": " ".join(inner)} if inner else {})}


def headings(site: Site, page: Page) -> Iterator[str]:
    yield from (heading.text for heading in page.converted.headings)
    if page.source.layout == "glossary":
        for term in site.glossary.values():
            yield f"{term.term} {term.spanish or term.english or ''}"


def where(site: Site, page: Page) -> str:
    """The folder's own page: "Where it hurts"."""
    hub = site.by_id.get(f"{page.source.kind.folder}/index")
    return hub.label if hub and hub.source.is_hub else site.strings["other_pages"]


def rating(site: Site, page: Page) -> str:
    """The first rating of the page: bars of four, how they are drawn, the words."""
    if not page.source.matter.ratings:
        return ""
    first = page.source.matter.ratings[0]
    meter = site.evidence.meters[first.finding]
    against = site.evidence.findings[first.finding].direction == "against"
    word = site.strings[f"word_{meter.grade}"]
    said = site.strings["word_against"].format(word=word) if against else word
    way = "split" if meter.split else "against" if against else ""
    return f"{meter.level}|{way}|{first.label}: {said}"


def body(
    site: Site, pages: Iterable[Page], shown: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """`shown`: what a result shows of each page, by sign, in their order. Words that a page's
    title, headings or description have are left out: they count there."""
    found: dict[str, str] = defaultdict(str)
    for page, (sign, one) in zip(pages, shown.items(), strict=True):
        known = set(words(" ".join(one.get(name, "") for name in "tlhd"), site.lang))
        text = f"{page.source.matter.summary or ''} {page.converted.text}"
        for word, times in Counter(words(text, site.lang)).items():
            if word not in known:
                found[word] += sign * min(times, OFTEN)
    return dict(sorted(found.items()))


def words(text: str, lang: str) -> list[str]:
    passed = skipped(lang)
    return [word for word in WORD.findall(plain(text)) if word not in passed]


@cache
def skipped(lang: str) -> frozenset[str]:
    """Without accents, as words are compared."""
    table = shipped.words(SKIPPED)
    return frozenset(plain(table.get(lang, "")).split())


def plain(text: str) -> str:
    """Without capitals and accents."""
    if text.isascii():
        return text.lower()
    return "".join(filterfalse(combining, normalize("NFKD", text.lower())))


def has_search_page(site: Site) -> bool:
    return any(page.source.layout == "search" for page in site.pages)
