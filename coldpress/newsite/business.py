"""the options of `new-site`, and the answers of who sits at the terminal -> a business."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from coldpress.asking import Terminal
from coldpress.problems import BuildError, Place, error
from coldpress.reading import hidden
from coldpress.schema import SHAPES, WebAddress, fitted
from coldpress.schema.shapes import BASE
from coldpress.slugs import RESERVED, slug_from

LONGEST = 60
"""Signs of a name, a town or a topic: titles and descriptions are made with them."""
MOST_TOPICS = 6
TAKEN = frozenset({"index"})
"""Names of files that the guides' folder has already."""
PROVIDERS: Mapping[str, str] = {
    "calendly.com": "calendly",
    "as.me": "acuity",
    "acuityscheduling.com": "acuity",
    "squareup.com": "square",
    "mindbodyonline.com": "mindbody",
    "joinblvd.com": "boulevard",
    "vagaro.com": "vagaro",
    "booker.com": "booker",
}


class Wish(Struct, frozen=True):
    """What the command line says. Empty: not said."""

    name: str = ""
    town: str = ""
    booking: str = ""
    topics: str = ""
    base_url: str = ""


class Business(Struct, frozen=True):
    name: str
    town: str
    booking: str
    topics: tuple[str, ...]
    base_url: str
    stand_in: bool
    """Nobody has said where the site will live."""

    @property
    def provider(self) -> str:
        host = urlsplit(self.booking).hostname or ""
        found = (who for end, who in PROVIDERS.items() if f".{host}".endswith(f".{end}"))
        return next(found, "other")


def told(wish: Wish) -> Business:
    """Raises BuildError with everything that will not do."""
    questions = ((wish.name, wrong_words), (wish.town, wrong_words),
                 (wish.booking, wrong_booking), (wish.topics, wrong_topics),
                 (wish.base_url, wrong_base))  # fmt: skip
    wrong = [f"{value!r}: {why}" for value, check in questions if (why := check(value))]
    if wrong:
        hint = "say it again, or leave the options out and answer on the terminal"
        raise BuildError(error("bad-value", Place("site.yaml"), one, hint) for one in wrong)
    return _made(wish)


def asked(wish: Wish, terminal: Terminal) -> Business:
    """As `told`, and what was not said is asked for, until it will do."""
    ask = terminal.ask
    name = wish.name or ask("What is the business called?", wrong_words)
    town = wish.town or ask("In which town is it?", wrong_words)
    question = "Where do people book (a full address that starts with https://)?"
    booking = wish.booking or ask(question, wrong_booking)
    question = "What is it about? One to six topics, commas between:"
    topics = wish.topics or ask(question, wrong_topics)
    return told(Wish(name, town, booking, topics, wish.base_url))


def _made(wish: Wish) -> Business:
    name = _one_line(wish.name)
    base = wish.base_url or f"https://{slug_from(name) or 'our-site'}.example"
    topics = tuple(topics_in(wish.topics))
    return Business(name, _one_line(wish.town), wish.booking, topics, base, not wish.base_url)


def topics_in(words: str) -> list[str]:
    return [topic for part in words.split(",") if (topic := _one_line(part))]


def _one_line(words: str) -> str:
    return " ".join(words.split())


def wrong_words(words: str) -> str:
    """Why it cannot be a name, a town or a topic; nothing when it can."""
    if not re.search(r"\w", words):
        return "a few words, please"
    if len(words) > LONGEST:
        return f"at most {LONGEST} signs, please; this has {len(words)}"
    if any(hidden(words, Place("site.yaml"))) or not words.isprintable():
        return "there is a hidden sign in it: type it instead of pasting it"
    return ""


def wrong_booking(words: str) -> str:
    try:
        usable = not fitted(words, WebAddress)[1] and bool(urlsplit(words).hostname)
    except ValueError:
        usable = False
    return "" if usable else "a full address that starts with https://, please"


def wrong_base(words: str) -> str:
    """Not said is not wrong."""
    return "" if not words or re.fullmatch(BASE.strip("^$"), words) else f"write {SHAPES[BASE]}"


def wrong_topics(words: str) -> str:
    topics = topics_in(words)
    if not 1 <= len(topics) <= MOST_TOPICS:
        return f"one to {MOST_TOPICS} topics, please, with commas between"
    if trouble := next((f"{one!r}: {why}" for one in topics if (why := wrong_words(one))), ""):
        return trouble
    slugs = [slug_from(topic) for topic in topics]
    return next(
        (why for topic, slug in zip(topics, slugs, strict=True)
         if (why := _wrong_slug(topic, slug, slugs))), ""
    )  # fmt: skip


def _wrong_slug(topic: str, slug: str, slugs: list[str]) -> str:
    if not slug or slug in TAKEN or RESERVED.match(slug):
        return f"no address can be made of {topic!r}: use some of the letters a to z"
    return f"{topic!r} stands there twice" if slugs.count(slug) > 1 else ""
