"""Small views that appear on many pages: a card, a rating, a reference."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from coldpress.model import Page, Site
from coldpress.schema import ConditionMatter, Finding, Reference

WRITTEN_IN = "en"
"""Language of the titles of all our publications. A title is not translated: a screen reader on a
page in another language has to be told."""
NAMED = 3
"""Authors named before "et al." (content standards, section 6)."""


def page_url(site: Site, page: Page) -> str:
    return site.config.base_path + page.route.url


def is_own(site: Site, page: Page) -> bool:
    """In the edition's own language, not the original of what is not translated yet."""
    return page.source.lang == site.lang


def card(site: Site, page: Page, number: int = 1, beside: Page | None = None) -> dict[str, Any]:
    """`beside`: the page that shows it as one of those it is tied to. The rating is then that of
    the two together: what a chamber does for arthritis says nothing of sore muscles."""
    matter = page.source.matter
    return {
        "title": page.title,
        "label": page.label,
        "lang": "" if is_own(site, page) else page.source.lang,
        "only": "" if is_own(site, page) else site.languages[site.lang].only[page.source.lang],
        "url": page_url(site, page),
        "description": matter.description,
        "plate": matter.plate or "",
        "icon": matter.icon or "",
        "rating": own_rating(site, page) if beside is None else shared_rating(site, page, beside),
        "regions": list(matter.body_regions) if isinstance(matter, ConditionMatter) else [],
        "number": number,
    }


def own_rating(site: Site, page: Page) -> dict[str, Any] | None:
    """The first that a page gives."""
    if not is_own(site, page) or not page.source.matter.ratings:
        return None
    first = page.source.matter.ratings[0]
    return rating(site, first.finding, first.label)


def shared_rating(site: Site, one: Page, other: Page) -> dict[str, Any] | None:
    """That of the cell in which two pages meet on the table pages, which may say that nothing was
    found. None where they meet in no table."""
    names = {page.source.kind.name: page.source.name for page in (one, other)}
    if names.keys() == {"mechanism", "condition"}:
        found = site.evidence.matrix.get((names["mechanism"], names["condition"]), ())
    elif names.keys() == {"condition", "method"}:
        found = site.evidence.methods.get((names["condition"], names["method"]), ())
    else:
        return None
    if not found:
        word = site.strings["no_studies"]
        return {"label": "", "level": 0, "word": word, "split": False, "against": False}
    outcome = site.evidence.findings[found[0]].outcome
    return rating(site, found[0], outcome[:1].upper() + outcome[1:])


def rating(site: Site, key: str, label: str) -> dict[str, Any]:
    """The badge: from data only. `word` says the direction too when the evidence is against."""
    finding = site.evidence.findings[key]
    meter = site.evidence.meters[key]
    word = site.strings[f"word_{meter.grade}"]
    against = finding.direction == "against"
    if against:
        word = site.strings["word_against"].format(word=word)
    return {
        "label": label,
        "grade": meter.grade,
        "level": meter.level,
        "word": word,
        "split": meter.split,
        "against": against,
        "sentence": finding.sentence,
        "url": subject_url(site, finding),
    }


def subject_url(site: Site, finding: Finding) -> str:
    """The page a finding is about: its condition's, else its mechanism's."""
    for id in (f"conditions/{finding.condition}", f"mechanisms/{finding.mechanism}"):
        if id in site.by_id:
            return page_url(site, site.by_id[id])
    return ""


def reference(site: Site, key: str, number: int) -> dict[str, Any]:
    record = site.evidence.references[key]
    return {
        "number": number,
        "key": key,
        "lang": "" if site.lang == WRITTEN_IN else WRITTEN_IN,
        "note": source_line(site, record),
        "authors": authors(record.authors),
        "title": record.title,
        "journal": record.journal or "",
        "published": published(record),
        "url": f"https://doi.org/{record.doi}" if record.doi else record.url,
        "link": link_text(record),
        "secondary": record.verified_level == "secondary",
        "kind": site.strings[f"study_{record.study_type}"],
        "found": record.in_short or "",
        "limits": record.caution or "",
    }


def published(record: Reference) -> str:
    """ "2007;41:365-369". The year once: a newspaper's name often ends with its date, and some
    records say the year before the issue as well."""
    year = str(record.year or "")
    place = record.volume_pages or ""
    if not year:
        return place
    place = re.sub(rf"^{year}[\s,:;.]+", "", place)
    dated = re.search(rf"\b{year}$", record.journal or "")
    if dated or re.search(rf"\b[A-Z][a-z]+ {year}\b", place):
        return place[:1].upper() + place[1:]
    return f"{year};{place}" if place else year


def link_text(record: Reference) -> str:
    if record.doi:
        return f"doi:{record.doi}"
    if record.pmid and "pubmed" in record.url:
        return f"PubMed {record.pmid}"
    return urlsplit(record.url).netloc.removeprefix("www.")


def authors(written: str | None) -> str:
    """The first three people, then et al; an organisation's name is kept whole. No full stop at
    the end: the list puts one."""
    if not written:
        return ""
    people = written.removesuffix(", et al.").split(", ")
    if len(people) <= NAMED or not all(map(surname, people[:2])):
        return written.removesuffix(".")
    return ", ".join(people[:NAMED]) + ", et al"


def source_line(site: Site, record: Reference) -> str:
    """For a citation's note: "Algafly and George, 2007. Lab study."."""
    people = [name for name in map(surname, (record.authors or "").split(", ")) if name]
    if not people:
        who = record.authors or record.title
    elif len(people) == 1:
        who = people[0]
    elif len(people) == 2 and "et al" not in (record.authors or ""):
        who = f"{people[0]} {site.strings['and']} {people[1]}"
    else:
        who = f"{people[0]} {site.strings['and_others']}"
    kind = site.strings[f"study_{record.study_type}"]
    if record.year is None:
        return f"{who}. {kind}."
    return site.strings["citation_note"].format(authors=who, year=record.year, kind=kind)


def surname(author: str) -> str:
    """ "Algafly AA" -> "Algafly"; anything that is not a person's name so written -> ""."""
    match = re.fullmatch(r"([^\d()]+?) [A-ZÀ-Þ]{1,4}(?: Jr)?", author.strip())
    return match[1] if match else ""
