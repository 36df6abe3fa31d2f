"""Words of an offer, of a page that sells by hand -> what will be untrue when its day is over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.model import Page
from coldpress.problems import Place, Problem, advice, error
from coldpress.sentences import Sentence
from coldpress.source_sentences import source_sentences

DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
MOVES = (
    rf"(?i)\b(?:today|tonight|tomorrow|now only|only now|right now"
    rf"|(?:this|next) (?:week(?:end)?|month|year|spring|summer|fall|autumn|winter|{DAYS}|{MONTHS})"
    rf"|(?:until|till|by|before) {DAYS}|\d+ (?:hours?|days?|weeks?) (?:left|only|to go)"
    rf"|(?:hours?|days?|weeks?) left|ends? (?:soon|on {DAYS}|{DAYS})|last (?:chance|days?|week)"
    rf"|limited[- ]time|while (?:it|they|supplies|stocks?) lasts?)\b"
)
"""Words whose meaning moves with the day on which they are read. Compiled for the first offer."""
NAMED = (
    rf"(?i)\b(?:{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?\b|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTHS}"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\d{4}-\d\d-\d\d)"
)
"""A day, in words or figures."""
SELLS = re.compile(
    r"\b\d{1,3} ?% (?:off|discount)|\bhalf[- ]price|\bat half the (?:usual|regular|normal) price"
    r"|\b(?:special|introductory|intro|limited[- ]time|holiday|seasonal|new[- ]client) "
    r"(?:offer|price|rate|deal)s?\b"
    r"|\bdiscount(?:ed)? (?:price|rate|session|visit|package|code)s?\b|\bdiscounts? (?:on|for|of)\b"
    r"|\b(?:promo|coupon) codes?\b|\bcoupons?\b|\bsave (?:up to )?\$ ?\d|\$ ?\d+(?:\.\d\d)? off\b"
    r"|\bfree (?:first |trial |introductory )?(?:session|visit|treatment)s?\b"
    r"|\bfirst (?:session|visit|treatment) (?:is )?(?:for )?(?:free|half)\b"
    r"|\bbuy (?:one|two|three|\d+),? get\b",
    re.IGNORECASE,
)
"""A price cut, written by hand."""
SIGNS = ("%", "$", "price", "offer", "rate", "deal", "discount", "code", "coupon", "buy", "session",
         "visit", "treatment")  # fmt: skip
"""No price cut without one of them: to look is ten times quicker than to try the pattern."""
REFUSED = re.compile(r"\b(?:no|not|never|without|don['’]t|do not|nor)\b", re.IGNORECASE)


def stale(place: Place, field: str, text: str) -> Iterator[Problem]:
    """Nobody may ever build again, and the page stays where it is. "Ends 31 December 2026" is true
    on every later day; "ends soon" is not. So the page says the day, and the words nothing else."""
    if found := re.search(MOVES, text):
        yield error(
            "offer-goes-stale",
            place,
            f"{found[0]!r} is true on some days and false on others, and old pages stay in reach",
            "take it out: the page itself says the last day of the offer",
        )
    elif not field.startswith("terms") and (found := re.search(NAMED, text)):
        yield error(
            "offer-goes-stale",
            place,
            f"the day {found[0]!r} stands in the words, and the page says the one in 'ends'",
            "take it out of the words, so that the two cannot differ",
        )


def by_hand(page: Page, why: str) -> Iterator[Problem]:
    """`why` no offer may stand on the page; nothing when one may."""
    for sentence in source_sentences(page.source):
        if not may_sell(sentence.text):
            continue
        found = SELLS.search(sentence.text)
        if found and not REFUSED.search(sentence.text[: found.start()]):
            yield from sold(page, sentence, found[0], why)


def may_sell(text: str) -> bool:
    """Letters of other scripts can be other forms of these: then the pattern is asked."""
    return not text.isascii() or any(map(text.lower().__contains__, SIGNS))


def sold(page: Page, sentence: Sentence, words: str, why: str) -> Iterator[Problem]:
    if why:
        yield error(
            "offer-on-health-page",
            sentence.place,
            f"{words!r} is an offer, and this page {why}",
            "take it out: an offer never stands beside a health worry",
        )
    elif page.source.expires_at is None:
        yield advice(
            "offer-without-end",
            sentence.place,
            f"{words!r} is an offer that no day takes away",
            "write it in content/data/offers.yaml, or give the page expires_at",
        )
