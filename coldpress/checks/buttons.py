"""site.yaml's words for the booking button -> words by which nobody would know it again."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Site
from coldpress.offering import about_health, chosen
from coldpress.problems import Problem, advice, error


def buttons(site: Site) -> Iterator[Problem]:
    facts = site.config.facts.booking
    words = (facts.label, *facts.variants)
    for number, variant in enumerate(facts.variants):
        place = site.config.place(f"booking.variants.{number}")
        if first_word(variant) != first_word(facts.label):
            # WCAG 2.2, 3.2.4: what does the same is called the same from page to page.
            yield error(
                "button-words",
                place,
                f"{variant!r} and {facts.label!r} do not sound like the same button",
                f"start both with {facts.label.split()[0]!r}: people must know it again",
            )
        elif same(variant) in map(same, words[: number + 1]):
            yield error("button-words", place, f"{variant!r} is there already", "write other words")
    if facts.variants:
        yield from unused(site, words)


def unused(site: Site, words: tuple[str, ...]) -> Iterator[Problem]:
    pages = [page.id for page in site.pages if not about_health(page.source)]
    used = {chosen(id, "booking", len(words)) for id in pages}
    for number in sorted(set(range(len(words))) - used):
        field = f"booking.variants.{number - 1}" if number else "booking.label"
        yield advice(
            "unused-wording",
            site.config.place(field),
            f"no page gets the button {words[number]!r}",
            "take a wording out: the site has few pages on which one may be tried",
        )


def first_word(text: str) -> str:
    return text.split()[0].casefold() if text.split() else ""


def same(text: str) -> str:
    return " ".join(text.split()).casefold()
