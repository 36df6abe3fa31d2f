"""Content and site.yaml in all languages -> what one language's edition is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import asdict, replace

from coldpress.model import Content, Source
from coldpress.schema import Link, Model, Offer, SiteFacts

M = TypeVar("M", bound=Model)


def content_in(content: Content, lang: str, first: str) -> Content:
    """Its own pages; where there is none, the original's, so that no list and no menu has a hole.
    Data files in its words."""
    if not any(source.lang != first for source in (*content.sources, *content.expired)):
        return content if lang == first else replace(content, scheduled=(), expired=())
    own = {source.id: source for source in content.sources if source.lang == lang}
    originals = {source.id: source for source in content.sources if source.lang == first}
    words = content.words.get(lang, {})
    return replace(
        content,
        sources=tuple((originals | own).values()),
        scheduled=tuple(source for source in content.scheduled if source.lang == lang),
        expired=tuple(source for source in content.expired if source.lang == lang),
        references=_in_words(content.references, words.get("references")),
        findings=_in_words(content.findings, words.get("findings")),
        glossary=_in_words(content.glossary, words.get("glossary")),
        offers=_offers(content.offers, words.get("offers", {})),
        synonyms=words.get("synonyms", content.synonyms if lang == first else {}),
    )


def _in_words(records: Mapping[str, M], words: Mapping[str, Model] | None) -> Mapping[str, M]:
    """An entry without words is reported by `words_trouble`."""
    if not words:
        return records
    return {
        key: replace(record, **asdict(words[key])) if key in words else record
        for key, record in records.items()
    }


def _offers(offers: Mapping[str, Offer], words: Mapping[str, Any]) -> Mapping[str, Offer]:
    """Terms that are a page stay that page: it is translated itself."""

    def told(key: str, offer: Offer) -> dict[str, Any]:
        said = {name: value for name, value in asdict(words[key]).items() if value}
        return {**said, **({"terms": offer.terms} if offer.terms_page else {})}

    return {
        key: replace(offer, **told(key, offer)) if key in words else offer
        for key, offer in offers.items()
    }


def facts_in(facts: SiteFacts, lang: str, labels: Mapping[str, str]) -> SiteFacts:
    """site.yaml in the words of a language. `labels`: page file ("pages/faq.md") -> the label of
    its page in that language."""
    words = facts.translations.get(lang)
    if words is None:
        return facts

    def link(one: Link) -> Link:
        return Link(label=words.labels.get(one.label) or labels.get(one.to) or one.label, to=one.to)

    return replace(
        facts,
        tagline=words.tagline or facts.tagline,
        disclaimer=words.disclaimer or facts.disclaimer,
        booking=replace(facts.booking, label=words.booking or facts.booking.label, variants=()),
        organisation=replace(
            facts.organisation,
            locality=words.locality or facts.organisation.locality,
            hours=words.hours or facts.organisation.hours,
        ),
        navigation=tuple(map(link, facts.navigation)),
        footer={
            words.labels.get(heading, heading): tuple(map(link, links))
            for heading, links in facts.footer.items()
        },
    )


def labels_of(sources: tuple[Source, ...], lang: str) -> Mapping[str, str]:
    """Of the pages in a language, by the file their original lies in, as site.yaml names it."""
    return {
        f"{source.id}.md": source.matter.label or source.matter.title
        for source in sources
        if source.lang == lang
    }
