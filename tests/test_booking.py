from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from coldpress.booking import SLOTS, booking_url, content_name, private_words


def test_parameters_name_the_site_the_kind_of_page_and_the_slot() -> None:
    query = parse_qs(urlsplit(booking_url("https://b.example/x", "guide", "faq", "card")).query)
    assert query == {
        "utm_source": ["website"],
        "utm_medium": ["cta"],
        "utm_campaign": ["guide"],
        "utm_content": ["faq-card"],
    }


@pytest.mark.parametrize("slot", SLOTS)
def test_existing_parameters_stay_first_and_the_fragment_last(slot: str) -> None:
    url = booking_url("https://b.example/w?owner=7&a=b#/cart/menu", "page", "x", slot)  # type: ignore[arg-type]
    assert url.startswith("https://b.example/w?owner=7&a=b&utm_source=website")
    assert url.endswith(f"-{slot}#/cart/menu")


def test_a_page_about_a_condition_goes_by_a_number() -> None:
    words = private_words(["arthritis", "low-back-pain"])
    name = content_name("arthritis", words, "conditions/arthritis")
    assert name.startswith("page-")
    assert "arthritis" not in name
    assert name == content_name("arthritis", words, "conditions/arthritis")
    assert content_name("what-is-chronic-pain", words, "guides/w").startswith("page-")
    assert content_name("cold-packs-at-home", words, "guides/c") == "cold-packs-at-home"
    assert content_name("", words, "pages/index") == "home"
