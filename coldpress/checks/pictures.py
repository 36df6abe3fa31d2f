"""Pictures stay light, and do not move by themselves: advice about those that a page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldpress.checks.places import place_of
from coldpress.model import Made, Media, Site
from coldpress.problems import Place, Problem, advice

EACH = 40_000
PAGE = 120_000
LARGEST = 3


def pictures(site: Site, made: Mapping[str, Made]) -> Iterator[Problem]:
    for edition in site.editions:
        for id, paths in edition.pictured.items():
            found = [site.media[path] for path in paths if site.media[path].variants]
            if found:
                yield from moving(found)
                page = made[edition.by_id[id].route.output]
                weights = {media.path: weight(media, made) for media in found}
                yield from heavy(edition, page, weights)


def weight(media: Media, made: Mapping[str, Made]) -> int:
    """Of the file a large screen gets, in the format most browsers choose."""
    return max(made[one.output].facts.size for one in media.variants if one.format == "AVIF")


def moving(shown: list[Media]) -> Iterator[Problem]:
    for media in shown:
        if media.moves:
            message = "this picture moves; the page shows its first frame"
            hint = "take a picture that says it standing still, or draw a diagram"
            yield advice("moving-picture", Place(media.path), message, hint)


def heavy(site: Site, page: Made, weights: Mapping[str, int]) -> Iterator[Problem]:
    for path, size in weights.items():
        if size > EACH:
            message = f"this picture is still {size:,} bytes at its lowest quality, aim: {EACH:,}"
            hint = "take a calmer one, cut it to what matters, or make it smaller"
            yield advice("pictures-too-heavy", Place(path), message, hint)
    if sum(weights.values()) > PAGE:
        largest = sorted(weights, key=lambda path: (-weights[path], path))[:LARGEST]
        named = ", ".join(f"{path.rpartition('/')[2]} {weights[path]:,}" for path in largest)
        message = f"the pictures of this page are {sum(weights.values()):,} bytes, aim: {PAGE:,}"
        yield advice("pictures-too-heavy", place_of(site, page), message, f"largest: {named}")
