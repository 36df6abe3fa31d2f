"""The tuned Markdown gives what the untuned library gives, letter by letter, with far fewer steps.

Texts: the site's own, the case files, inputs of Python-Markdown's own tests (a selection, in
tests/cases/python_markdown), and all of these with seeded mistakes in them.
"""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
import tomllib
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import EmptyBlockProcessor, ParagraphProcessor
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor

from coldpress.markdown import convert, engine, needs
from coldpress.markdown.allowed import VOID
from coldpress.markdown.engine import EXTENSIONS, html_of
from coldpress.markdown.ledger import Ledger, Text
from coldpress.markdown.limits import DEEPEST, DEEPEST_BLOCK
from coldpress.markdown.marks import lines_of, marked
from coldpress.markdown.positions import Placed
from coldpress.markdown.safety import HARMLESS, _Reader, clean
from coldpress.markdown.tree import Element, Node, tree
from coldpress.model import Converted
from tests.texts import CASES, KNOWN, cases, rules, source

ROOT = Path(__file__).resolve().parent.parent
SITE = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "content").rglob("*.md"))]
LIBRARY = sorted((CASES.parent / "python_markdown").glob("*.txt"))
OWN = [text for _, text, _ in cases("*.txt")]
THEIRS = [path.read_text(encoding="utf-8") for path in LIBRARY]
PARTS = (
    *"[]()<>*_`!#:|&;{}=+-.'\"\\~^",
    *("**", "--", "---", "...", "''", "'\"", "\"'", "'90s", "it's", "  \n", "\n\n", "\n    "),
    *("[a](b.md)", "[a](<b> 'c')", "![a](b)", "[a][b]", "\n\n[b]: c.md 'd'\n\n", "[^1]"),
    *("\n\n[^1]: note\n\n", "[@dias2025]", "\n\n*[HTML]: Hyper\n\n", "HTML", "&amp;", "&copy;"),
    *("<b>", "</b>", "<!-- x -->", "<div>", "</div>", "<http://x.org>", "<me@x.org>", "\n## a\n"),
    *("\n\n| a | b |\n|---|:-:|\n| c | d |\n\n", "\n:   d\n", "\n- a\n", "\n1. a\n", "\n> a\n"),
    *("```\nx\n```\n", "{: .a #b }", "\n\n***\n\n", "\na\n===\n", "    code\n", "klzzwxh:0001"),
)


def untuned() -> Markdown:
    extensions = [
        kind(use_align_attribute=True) if kind is TableExtension else kind() for kind in EXTENSIONS
    ]
    plain = Markdown(extensions=extensions, output_format="html")
    plain.inlinePatterns.register(LibraryLink(LINK_RE, plain), "link", 160)
    return plain


class LibraryLink(Placed, LinkInlineProcessor):  # type: ignore[misc]  # as positions.py mixes it
    """Minds its place like ours, and reads a link as the library does."""


def changed(texts: list[str], seed: int, number: int) -> list[str]:
    """`number` texts out of these, each with one to six changes."""
    random = Random(seed)
    made: list[str] = []
    for _ in range(number):
        text = random.choice(texts)
        start = random.randrange(max(len(text) - 600, 1))
        text = text[start : start + 600]
        for _ in range(random.randint(1, 6)):
            at = random.randrange(len(text) + 1)
            cut = random.randrange(12) if random.random() < 0.3 else 0
            text = text[:at] + random.choice(PARTS) + text[at + cut :]
        made.append(text)
    return made


def written(text: str) -> str:
    return marked(lines_of(text), {})


def differing(texts: list[str]) -> list[str]:
    tuned, plain = engine(), untuned()
    return [
        text
        for text in map(written, texts)
        if text.strip() and html_of(text, tuned) != html_of(text, plain)
    ]


# --------------------------------------------------------------------------- the same output


@pytest.mark.parametrize("texts", [SITE, OWN, THEIRS], ids=["site", "cases", "library"])
def test_the_tuned_library_writes_what_the_library_writes(texts: list[str]) -> None:
    assert texts
    assert differing(texts) == []


def test_and_of_texts_full_of_mistakes() -> None:
    assert differing(changed([*OWN, *THEIRS, *SITE], seed=5, number=300)) == []


@settings(max_examples=200, deadline=None)
@given(some.lists(some.sampled_from((*PARTS, "word ", "a")), max_size=30).map("".join))
def test_and_of_any_text(text: str) -> None:
    assert differing([text]) == []


def test_without_references_on_a_page_the_next_page_may_have_some() -> None:
    shared = engine()
    for text in ("[a][b]", "[a][b]\n\n[b]: c.md", "[a][b]"):
        assert html_of(text, shared) == html_of(text, untuned())


LINKS = (
    *("[a](b)", "![a](b)", "[a](b'c')", '[a](b"c")', "[a](b 'c')", "[a](<b> 'c')", "[a](<b c>)"),
    *("[a](b(c)d)", "[a](b\\)c)", "[a]()", "[a]( b )", "[a](b\nc)", "[a[b]c](d)", "[a]b](c)"),
    *(
        "[`a](b)`",
        "[*a](b)*",
        "[a](b_c_d_e)",
        "[a](b`c`d)",
        "[a](&amp;)",
        "[[a](b)](c)",
        "![[a](b)](c)",
    ),
    *(
        "\\[a](b)",
        "\\![a](b)",
        "!\\[a](b)",
        "[a](b",
        "[a] (b)",
        "[a](b)(c)",
        "[](b)",
        "[a](b)[c](d)",
    ),
)


@pytest.mark.parametrize("text", LINKS)
def test_links_of_every_form(text: str) -> None:
    assert differing([text, f"x {text} y {text}", f"*x {text}*", f"- {text}\n- {text}"]) == []


# --------------------------------------------------------------------------- what is relied on


INTERNALS: tuple[tuple[Any, str, str], ...] = (
    (InlineProcessor, "run", "f6c93631f287"),
    (InlineProcessor, "_InlineProcessor__handleInline", "fe27babc114a"),
    (InlineProcessor, "_InlineProcessor__applyPattern", "8862b35197c0"),
    (InlineProcessor, "_InlineProcessor__processPlaceholders", "3f4a6088e773"),
    (BlockParser, "parseBlocks", "1737e188f149"),
    (LinkInlineProcessor, "handleMatch", "ee8e0e843ea4"),
    (LinkInlineProcessor, "getText", "7d0978a16aae"),
    (LinkInlineProcessor, "getLink", "fa42883beb88"),
    (Markdown, "is_block_level", "dc551fffd52a"),
)
"""What tuned.py and positions.py replace or call, and a digest of its code as it was read."""


@pytest.mark.parametrize(("owner", "name", "digest"), INTERNALS, ids=[row[1] for row in INTERNALS])
def test_the_librarys_methods_are_those_that_were_read(owner: Any, name: str, digest: str) -> None:
    found = hashlib.sha256(inspect.getsource(getattr(owner, name)).encode()).hexdigest()[:12]
    assert found == digest, (
        f"Python-Markdown {markdown.__version__} has another {name}: read it beside "
        f"coldpress/markdown/tuned.py, then put {found!r} here"
    )


def test_the_version_is_bounded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    bound = next(one for one in project["project"]["dependencies"] if one.startswith("markdown"))
    assert bound == "markdown>=3.11.3,<3.12"
    assert (3, 11, 3) <= markdown.__version_info__[:3] < (3, 12)


def test_every_pattern_of_the_engine_is_known() -> None:
    tuned = engine()
    quotes: Any = tuned.treeprocessors["smarty"]
    assert {one.pattern for one in tuned.inlinePatterns} <= needs.INLINE.keys()
    assert {one.pattern for one in quotes.inlinePatterns} <= needs.SMARTY.keys()
    always = {EmptyBlockProcessor, ParagraphProcessor}
    assert {type(one) for one in tuned.parser.blockprocessors} == needs.BLOCK.keys() | always
    assert not any(one.ANCESTOR_EXCLUDES for one in tuned.inlinePatterns)


SIMPLE = [
    (pattern, signs, worth_it)
    for table, worth_it in ((needs.INLINE, needs.inline), (needs.SMARTY, needs.smarty))
    for pattern, signs in table.items()
    if "++" not in pattern
]


@pytest.mark.parametrize(("pattern", "signs", "worth_it"), SIMPLE, ids=[row[0] for row in SIMPLE])
@settings(max_examples=50, deadline=None)
@given(data=some.data())
def test_what_a_pattern_matches_holds_its_sign(
    pattern: str, signs: needs.Signs, worth_it: Callable[[str], bool], data: some.DataObject
) -> None:
    text = data.draw(some.from_regex(re.compile(pattern, re.DOTALL)))
    assert any(sign in text for sign in signs)
    assert worth_it(text)


# --------------------------------------------------------------------------- safety


def test_html_that_is_passed_over_holds_nothing_to_report() -> None:
    tuned, passed = engine(), 0
    for text in [*SITE, *OWN, *THEIRS, *changed([*OWN, *THEIRS], seed=7, number=200)]:
        html = html_of(written(text), tuned)
        if "<" in text or not HARMLESS.fullmatch(html):
            continue
        passed += 1
        ledger = Ledger(KNOWN, "x.md")
        reader = _Reader(Text(text, "x.md"), ledger)
        reader.feed(html)
        reader.close()
        reader.finish()
        assert ledger.problems == []
    assert passed > 100


@pytest.mark.parametrize(
    "html",
    [
        "<script>",
        "<p onclick=x>",
        '<p onclick="x">',
        '<p class="1a">',
        '<p class="a 1b">',
        '<p id="1">',
        '<p style="a">',
        '<a href="javascript:x">',
        '<a href="java&#115;cript&colon;x">',
        '<a href="data:x">',
        '<img src="javascript:x">',
        '<p href="x">',
        "<!-- x -->",
        "<?x?>",
        "<P>",
        "<p",
        "<p><",
    ],
)
def test_nothing_dangerous_is_passed_over(html: str) -> None:
    assert HARMLESS.fullmatch(html) is None
    assert HARMLESS.fullmatch(f"<p>a</p>{html}<p>b</p>") is None


class Slow(HTMLParser):
    """The standard library's way to the same tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path: list[Element] = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.path) > 1:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


def slow_tree(html: str) -> list[Node]:
    reader = Slow()
    reader.feed(html)
    reader.close()
    return reader.path[0].children


TAGS = (
    *("<p>", "</p>", "<b>", "</b>", '<a href="x?a=1&amp;b=2">', "</a>", "<br>", "<br/>", "<td>"),
    *("<table>", "<pre>", "\n\n", "&lt;", "&amp;lt;", "&nbsp;", "&#39;", "a < b", "a > b", '"'),
    *("<img alt='\"<>&' src=x.jpg>", "<p title='a>b'>", "<script>x</script>", "<!-- x -->", "é"),
    *("<li id=a class='b c'>", "<h2 _at='\ue0041\ue003'>", "&", "<", ">", "x"),
)


@settings(max_examples=300, deadline=None)
@given(some.lists(some.sampled_from(TAGS), max_size=25).map("".join))
def test_the_tree_of_clean_html_is_the_standard_parsers(html: str) -> None:
    assert tree(clean(html)) == slow_tree(clean(html))


def test_a_tag_that_is_not_as_the_guard_writes_it_stays_text() -> None:
    assert tree("<p>a <B onx=1> b</p>") == [Element("p", {}, ["a <B onx=1> b"])]


# --------------------------------------------------------------------------- a pure function


def called_from(depth: int, work: Callable[[], Any]) -> Any:
    return work() if depth == 0 else called_from(depth - 1, work)


NESTED: tuple[tuple[str, Callable[[int], str], int], ...] = (
    ("quotations", lambda depth: "> " * depth + "x", DEEPEST),
    ("lists", lambda depth: "\n".join("    " * n + "- x" for n in range(depth)), DEEPEST // 2 + 1),
)


@pytest.mark.parametrize(("_name", "text", "first"), NESTED, ids=[row[0] for row in NESTED])
@pytest.mark.parametrize("depth", [0, 300])
def test_how_deep_is_too_deep_does_not_hang_on_the_caller(
    _name: str, text: Callable[[int], str], first: int, depth: int
) -> None:
    assert called_from(depth, lambda: rules(text(first))) == ["nested-too-deeply"]
    assert called_from(depth, lambda: rules(text(first - 1))) == []


def test_blocks_in_blocks_have_an_end_too() -> None:
    def nested(depth: int) -> str:
        return '::: tip "x"\n' * depth + "\ny\n\n" + ":::\n" * depth

    assert rules(nested(DEEPEST_BLOCK)) == []
    assert rules(nested(DEEPEST_BLOCK + 1)) == ["nested-too-deeply"]
    found = convert(source(nested(300)), KNOWN)[1]
    assert [(p.rule, p.line) for p in found] == [("nested-too-deeply", DEEPEST_BLOCK + 1)]


def test_a_page_that_is_too_deep_leaves_nothing_to_the_next() -> None:
    shared, next_page = engine(), source("a\n\n- b\n\n    c\n- d\n")
    convert(source("\n".join("    " * n + "- > x" for n in range(400))), KNOWN, shared)
    assert convert(next_page, KNOWN, shared) == convert(next_page, KNOWN, engine())


def test_a_thread_keeps_its_converter_and_the_pages_do_not_notice() -> None:
    texts = [*OWN[:40], *OWN[:40]]
    kept = [convert(source(text), KNOWN) for text in texts]
    assert kept == [convert(source(text), KNOWN, engine()) for text in texts]
    assert any(isinstance(converted, Converted) for converted, _ in kept)


# --------------------------------------------------------------------------- what it is for


def calls(work: Callable[[], object]) -> int:
    """Calls made, of Python and of C: the same on a busy machine as on an idle one."""
    counter = count()

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            next(counter)

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return next(counter)


def test_the_tuned_library_takes_a_third_of_the_steps() -> None:
    text = written(max(SITE, key=len))
    tuned, plain = engine(), untuned()
    assert html_of(text, tuned) == html_of(text, plain)
    assert calls(lambda: html_of(text, tuned)) * 3 < calls(lambda: html_of(text, plain))
