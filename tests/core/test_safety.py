"""The guard of untrusted texts, and what it tells their author."""

from __future__ import annotations

import pytest

from coldpress.markdown.known import Known
from coldpress.markdown.ledger import Ledger, Text
from coldpress.markdown.safety import clean, removals, scheme_of

PATH = "content/guides/p.md"


def told(written: str, html: str | None = None) -> list[str]:
    """Of HTML as it is written, or as Markdown has made it of `written`."""
    ledger = Ledger(Known(), PATH)
    removals(written if html is None else html, Text(written, PATH, 5), ledger)
    assert {p.level for p in ledger.problems} <= {"error"}
    assert {p.path for p in ledger.problems} <= {PATH}
    return [f"{p.line}:{p.column}: {p.rule}: {p.message}; {p.hint}" for p in ledger.problems]


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
        ("<script>x</script>y", "y"),
        ("<form>x</form>", "x"),
        ('<p onclick="x" class="a b" id="c">y</p>', '<p class="a b" id="c">y</p>'),
        ('<p class="a;b" id="1">y</p>', "<p>y</p>"),
        ('<p style="x">y</p>', "<p>y</p>"),
        ('<a href="javascript:x">y</a>', "<a>y</a>"),
        ('<a href="https://x/" target="_blank">y</a>', '<a href="https://x/">y</a>'),
        ('<a href="tel:1" rel="x">y</a>', '<a href="tel:1">y</a>'),
        ('<img src="data:x" alt="y">', '<img alt="y">'),
        ('<td align="left" width="1">x</td>', "x"),
        ('<p _at="1">y</p>', '<p _at="1">y</p>'),
    ],
)
def test_what_is_left(html: str, left: str) -> None:
    assert clean(html) == left


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("https://x", "https"),
        ("JaVa\tScript:x", "javascript"),
        (" \x01data:x", "data"),
        ("java\u200bscript:x", "javascript"),
        ("a+b.c-1:x", "a+b.c-1"),
        ("/a:b", ""),
        ("?a:b", ""),
        ("1a:b", ""),
        ("a b", ""),
        ("", ""),
    ],
)
def test_a_scheme_as_a_browser_reads_it(url: str, scheme: str) -> None:
    assert scheme_of(url) == scheme


OUT = "take it out"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a <b>b</b>", []),
        ("<br>", []),
        ("a\n\n<p>b", []),
        ("<ul><li>a</ul>", []),
        (
            "ab <script>x</script>",
            ["5:4: unsafe-html: <script> is not allowed in a text; pages have no scripts: " + OUT],
        ),
        (
            "a\n <blink>x</blink>",
            ["6:2: unsafe-html: <blink> is not allowed in a text; take the tag out"],
        ),
        (
            "<video></video><video></video>",
            [
                "5:1: unsafe-html: <video> is not allowed in a text; link to the video instead",
            ]
            * 2,
        ),
        ("x <?php y ?>", ["5:3: unsafe-html: <?php y ?> is not allowed in a text; " + OUT]),
        ("x <!DOCTYPE y>", ["5:3: unsafe-html: <!DOCTYPE y> is not allowed in a text; " + OUT]),
        ("x <![CDATA[y]]>", []),
        (
            "<p onclick='x'>y</p>",
            ["5:1: unsafe-html: the attribute 'onclick' of <p> is not allowed in a text; " + OUT],
        ),
        (
            "<a href='/x' target='_blank'>y</a>",
            [
                "5:1: unsafe-html: the attribute 'target' of <a> is not allowed in a text; "
                "links open in the same tab: take it out"
            ],
        ),
        ("<td rowspan='2'>y</td>", []),
        (
            "<p rowspan='2'>y</p>",
            ["5:1: unsafe-html: the attribute 'rowspan' of <p> is not allowed in a text; " + OUT],
        ),
        (
            "<a href='vbscript:x'>y</a>",
            [
                "5:1: unsafe-link: 'vbscript:' is not allowed in a link or picture; "
                "allowed: https:, mailto:, tel:, sms:"
            ],
        ),
        (
            "<img src='data:x' alt='y'>",
            [
                "5:1: unsafe-link: 'data:' is not allowed in a link or picture; "
                "allowed: https:, mailto:, tel:, sms:"
            ],
        ),
        ("<a href='HTTPS://x'>y</a><a href='tel:1'>z</a><a href='/x'>z</a>", []),
        (
            "<p id='1'>y</p>",
            ["5:1: unsafe-html: '1' is no id; letters, digits and hyphens, a letter first"],
        ),
        (
            "<p class='a;b'>y</p>",
            ["5:1: unsafe-html: 'a;b' is no class; letters, digits and hyphens, a letter first"],
        ),
        ("<p class=''>y</p><p class='a  b-c_1 '>y</p><p id='a:b.c-1_'>y</p>", []),
        (
            "<p id>y</p>",
            ["5:1: unsafe-html: '' is no id; letters, digits and hyphens, a letter first"],
        ),
    ],
)
def test_what_is_told(written: str, said: list[str]) -> None:
    assert told(written) == said


def test_the_place_is_the_one_of_the_mark() -> None:
    """Markdown brings the offset of what an author wrote; the next thing without one is after."""
    written = "abc\n\n<em onclick='x'>d</em> <blink>"
    html = "<p>abc</p>\n<p><em _at=\"\ue0025\ue003\" onclick='x'>d</em> <blink></p>"
    assert told(written, html) == [
        "7:1: unsafe-html: the attribute 'onclick' of <em> is not allowed in a text; take it out",
        "7:24: unsafe-html: <blink> is not allowed in a text; take the tag out",
    ]


def at(tag: str, offset: int) -> str:
    return f'<{tag} _at="\ue002{offset}\ue003">'


def test_a_tag_that_is_never_closed() -> None:
    never = "<em> is never closed; write </em> where it ends"
    assert told("a <em>b", f"<p>a {at('em', 2)}b</p>") == [f"5:3: unclosed-tag: {never}"]
    assert told("a <em>b", f"a {at('em', 2)}b") == [f"5:3: unclosed-tag: {never}"]
    assert told("a <em>b</em>", f"<p>a {at('em', 2)}b</em></p>") == []
    both = told("<b><em>c</b>", f"{at('b', 0)}{at('em', 3)}c</b>")
    assert both == [f"5:4: unclosed-tag: {never}"]
    # What Markdown made of signs, and what HTML lets stay open, is nobody's slip.
    assert told("a *b*", f"<p>a {at('em', 2)}b</p>") == []
    assert told("<li>b", f"<ul>{at('li', 0)}b</ul>") == []
    assert told("<blink>b", f"{at('blink', 0)}b") == [
        "5:1: unsafe-html: <blink> is not allowed in a text; take the tag out"
    ]


def test_an_end_without_a_start_is_nothing() -> None:
    assert told("a</b>c<b>d</b>", f"<p>a</b>c{at('b', 6)}d</b></p>") == []


def test_what_markdown_makes_of_plain_text_needs_no_reader() -> None:
    """And is told all the same when it is not harmless."""
    assert told("[a](javascript:x)", '<p><a href="javascript:x">a</a></p>') == [
        "5:1: unsafe-link: 'javascript:' is not allowed in a link or picture; "
        "allowed: https:, mailto:, tel:, sms:"
    ]
    assert told("[a](b)", '<p><a href="b" title="x">a</a></p><p class="x" id="y">z</p>') == []
    assert told("x", '<table><tr><td align="left">x</td></tr></table><ol start="3"></ol>') == []
    assert told("x", '<p style="y">x</p>') == [
        "5:1: unsafe-html: the attribute 'style' of <p> is not allowed in a text; "
        "give the element a class instead, like {: .quiet }"
    ]
