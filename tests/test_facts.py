from __future__ import annotations

import brotli

from coldpress.facts import facts_of
from coldpress.model import OutLink

PAGE = b"""<!doctype html><html lang="en"><head><title>A title</title>
<meta name="description" content="About it"><link rel="canonical" href="https://x.example/a/">
</head><body><h1 id="a">Head <b>line</b></h1><p id="b">Two words</p><p id="b"></p>
<svg><title>Not the title</title></svg><img src="x.png"><img src="y.png" alt="">
<a href="/b/#c" rel="next">b</a>
<a href="https://book.example/?utm_content=home-card">Book</a>
<script type="application/ld+json">{}</script><span class="todo">Phone number</span>
</body></html>"""


def test_a_page_is_read_once_and_wholly() -> None:
    facts = facts_of("a/index.html", PAGE, budget=10_000)
    assert facts.title == "A title"
    assert facts.description == "About it"
    assert facts.canonical == "https://x.example/a/"
    assert facts.ids == {"a", "b"}
    assert facts.doubled_ids == ("b",)
    assert facts.headings == ((1, "Head line"),)
    assert facts.images_without_alt == ("x.png",)
    assert OutLink("a", "/b/#c", "next") in facts.links
    assert facts.slots == ("card",)
    assert facts.scripts == 0, "data is not a script"
    assert facts.missing == ("Phone number",)


def test_scripts_are_counted() -> None:
    assert facts_of("a.html", b"<script>1</script><script src=x></script>", 10_000).scripts == 2


def test_the_compressed_size_is_exact_once_it_matters() -> None:
    """Far below the limit a quick upper bound will do; over it, what a server would send."""
    page = b"<p>" + b"".join(b"word%d " % (n * 7919 % 10_007) for n in range(4000))
    rough = facts_of("a.html", page, budget=100_000).compressed
    exact = facts_of("a.html", page, budget=10).compressed
    assert exact == len(brotli.compress(page)) < rough
    near = facts_of("a.html", page, budget=rough).compressed
    assert exact < near < rough, "a page near its limit is weighed better"


def test_xml_that_cannot_be_parsed_is_noticed() -> None:
    assert facts_of("feed.xml", b"<a>&</a>", 0).malformed
    assert not facts_of("feed.xml", b"<a>&amp;</a>", 0).malformed
    assert facts_of("robots.txt", b"<", 0).malformed == ""
