"""A tree of sanitised HTML, and what was written -> the tree with calls, final links, ids.

Everything an element can be on a page passes here once, in the order of the page: so citations,
terms and headings are met in the order a reader meets them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from coldpress.markdown import leftovers
from coldpress.markdown.citations import cited_at, run_together, unknown_citation, unwritten
from coldpress.markdown.directives import Directive
from coldpress.markdown.gluing import glued
from coldpress.markdown.ledger import Ledger, Text
from coldpress.markdown.links import resolve
from coldpress.markdown.marks import ATTRIBUTE, TOKEN, bare, offset_in
from coldpress.markdown.pictures import Wanted, figure, picture
from coldpress.markdown.shortcodes import SHORTCODES
from coldpress.markdown.tables import table
from coldpress.markdown.tree import INLINE, Edge, Element, Inset, Node, plain
from coldpress.model import Heading
from coldpress.problems import Mend, Place, error, meant, nearest

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Inside(Struct, frozen=True):
    code: bool = False
    heading: bool = False
    link: bool = False


TOP = Inside()


class Weaver:
    def __init__(self, text: Text, directives: Mapping[int, Directive], ledger: Ledger) -> None:
        self.text = text
        self.directives = directives
        self.ledger = ledger
        self.offset = 0
        self.level = 1

    def nodes(self, nodes: list[Node], inside: Inside = TOP) -> list[Node]:
        woven: list[Node] = []
        for node in nodes:
            if isinstance(node, str):
                woven += (node,) if node == "\n" else self.words(node, inside)
            elif isinstance(node, Element):
                woven += self.element(node, inside)
        return glued(woven)

    def place(self) -> Place:
        return self.text.place(self.offset)

    def element(self, element: Element, inside: Inside) -> Iterable[Node]:
        if element.attrs:
            self.attributes(element)
        return ELEMENTS.get(element.tag, Weaver.any)(self, element, inside)

    def attributes(self, element: Element) -> None:
        own = offset_in(element.attrs.pop(ATTRIBUTE, ""))
        self.offset = self.offset if own is None else own
        element.attrs = {
            name: TOKEN.sub("", bare(value)).strip() for name, value in element.attrs.items()
        }
        if own is not None and "id" in element.attrs and element.tag not in HEADINGS:
            self.claim(element.attrs["id"])

    def claim(self, wanted: str) -> None:
        if wanted in self.ledger.ids:
            message = f"the id {wanted!r} is already taken on this page"
            self.ledger.add(error("doubled-anchor", self.place(), message, "choose another"))
        self.ledger.ids.add(wanted)

    # ------------------------------------------------------------------ words

    def words(self, words: str, inside: Inside) -> Sequence[Node]:
        if inside.code:
            return [TOKEN.sub(lambda found: self.text.rest_of_line(int(found[1])), bare(words))]
        if "\ue000" not in words:
            return self.plain(words, inside)
        woven: list[Node] = []
        done = 0
        for found in TOKEN.finditer(words):
            woven += self.plain(words[done : found.start()], inside)
            woven += self.token(int(found[1]), inside)
            done = found.end()
        return [*woven, *self.plain(words[done:], inside)]

    def plain(self, words: str, inside: Inside) -> tuple[str, ...]:
        self.ledger.problems += leftovers.problems_in(words, self.text, self.offset)
        if not inside.link and ("@" in words or "\ue002" in words):
            known = self.ledger.known.references
            found = unwritten(words, self.text, self.offset, known)
            # In a heading it would be a citation that cannot stand there.
            sure = (replace(one, mend=None) if inside.heading else one for one in found)
            self.ledger.problems += sure
        return (bare(words),) if words else ()

    def token(self, offset: int, inside: Inside) -> Iterator[Node]:
        self.offset = offset
        written = self.directives.get(offset)
        if written is None:
            yield from self.citation(offset, inside)
        elif written.form == "leaf" and written.name:
            self.source(written)
            yield Inset(written.name, self.with_id(written), self.place())
        elif written.form != "leaf":
            opens = written.form == "open"
            yield Edge(opens, written.name, self.with_id(written), self.place())

    def with_id(self, written: Directive) -> dict[str, object]:
        """A question can be linked to."""
        if written.name != "question":
            return dict(written.args)
        return {**written.args, "id": self.ledger.free_id(written.args["title"])}

    def source(self, written: Directive) -> None:
        """What a chart's numbers stand on is cited."""
        for name, kind in SHORTCODES[written.name].names.items():
            if kind == "references":
                self.ledger.citations[written.args[name]] = None

    def citation(self, offset: int, inside: Inside) -> Iterator[Node]:
        parts = cited_at(self.text.written, offset)
        if inside.heading or inside.link:
            where = "heading" if inside.heading else "link"
            self.ledger.add(
                error(
                    "misplaced-citation",
                    self.place(),
                    f"a citation cannot stand in a {where}",
                    f"move it to the text after the {where}",
                )
            )
            return
        for part in parts:
            if part.key and (joined := run_together(self.text, part)):
                self.ledger.add(joined)
            if part.key in self.ledger.known.references:
                self.ledger.citations[part.key] = None
            else:
                self.ledger.add(unknown_citation(self.text, part, self.ledger.known.references))
        good = [part for part in parts if part.key in self.ledger.known.references]
        if good:
            keys, locators = [part.key for part in good], [part.locator for part in good]
            yield Inset("cite", {"keys": keys, "locators": locators}, self.place())

    # ------------------------------------------------------------------ elements

    def any(self, element: Element, inside: Inside) -> tuple[Node]:
        if element.tag in ("code", "pre", "kbd"):
            inside = replace(inside, code=True)
        element.children = self.nodes(element.children, inside)
        return (element,)

    def paragraph(self, element: Element, inside: Inside) -> Iterator[Node]:
        """A paragraph that holds nothing but a picture is a figure; nothing but a block, that."""
        element.children = self.nodes(element.children, inside)
        whole = [child for child in element.children if not isinstance(child, str) or child.strip()]
        only = whole[0] if len(whole) == 1 else None
        if not whole:
            return
        if isinstance(only, Inset) and only.name == "image":
            yield figure(only, element.attrs.get("class", ""))
        elif isinstance(only, Edge) or (isinstance(only, Inset) and only.name not in INLINE):
            yield only
        else:
            yield element

    def link(self, element: Element, inside: Inside) -> Iterator[Node]:
        written = element.attrs.get("href")
        inner = replace(inside, link=written is not None)
        place, spot = self.place(), self.text.address_at(self.offset, written or "")
        element.children = self.nodes(element.children, inner)
        if written is None:
            yield from self.without_address(element, place)
        elif element.attrs.get("class", "").startswith("footnote-"):
            yield element
        elif written.startswith("term:"):
            yield from self.term(written.removeprefix("term:"), element, inside, place, spot)
        else:
            target = resolve(written, place, self.ledger, spot)
            element.attrs["href"] = target.url
            if target.external:
                element.attrs["rel"] = "noopener"
            yield from [element] if target.url else element.children

    def without_address(self, element: Element, place: Place) -> Iterator[Node]:
        """An anchor has an id; any other lost its address to the guard, which reads it as a
        browser does: one with no site, or with a space in its site, is none."""
        if "id" in element.attrs:
            yield element
            return
        if not self.ledger.told_at(place):
            message, hint = "the link has an address no browser can read", "write it in full"
            self.ledger.add(error("broken-link", place, message, hint))
        yield from element.children

    def term(
        self, key: str, element: Element, inside: Inside, place: Place, spot: Place | None
    ) -> Iterator[Node]:
        known = self.ledger.known.glossary
        if key not in known:
            hint = nearest(key, known) or "terms stand in content/data/glossary.yaml"
            message = f"there is no glossary term {key!r}"
            right = meant(key, known)
            mend = Mend(spot, f"term:{key}", f"term:{right}") if spot and right else None
            self.ledger.add(error("unknown-term", place, message, hint, mend))
        first = key in known and key not in self.ledger.terms
        if not first or inside.heading or inside.link:
            yield from element.children
            return
        self.ledger.terms[key] = None
        yield Inset("term", {"id": key, "text": plain(element.children)}, place)

    def image(self, element: Element, _inside: Inside) -> Iterator[Node]:
        attrs = element.attrs
        decorative = "decorative" in attrs.get("class", "").split()
        src, alt = attrs.get("src", ""), attrs.get("alt", "")
        explain = f"![]({src}){{: .decorative }}"
        wanted = Wanted(
            src, alt, decorative, self.place(), explain, self.text.address_at(self.offset, src)
        )
        path = picture(wanted, self.ledger)
        if path is None:
            return
        args = {
            "src": path,
            "alt": alt,
            "decorative": decorative,
            "caption": attrs.get("title", ""),
        }
        yield Inset("image", args, self.place())

    def heading(self, element: Element, inside: Inside) -> Iterator[Node]:
        place = self.place()
        element.children = self.nodes(element.children, replace(inside, heading=True))
        words, level = plain(element.children), int(element.tag[1])
        if not words:
            message, hint = "the heading has no words", "write some, or take the # signs out"
            self.ledger.add(error("empty-heading", place, message, hint))
            return
        self.check_level(level, words, place)
        if "id" in element.attrs:
            self.claim(element.attrs["id"])
        else:
            element.attrs["id"] = self.ledger.free_id(words)
        self.ledger.headings.append(Heading(level, element.attrs["id"], words))
        yield element

    def check_level(self, level: int, words: str, place: Place) -> None:
        if level == 1:
            self.ledger.add(
                error(
                    "one-title",
                    place,
                    f"{words!r} is a heading of level 1, the page's title is the only one",
                    "write it with two signs: ##",
                )
            )
        elif level > self.level + 1:
            self.ledger.add(
                error(
                    "skipped-heading",
                    place,
                    f"{words!r} is a heading of level {level} after one of level {self.level}",
                    f"write it with {self.level + 1} signs: {'#' * (self.level + 1)}",
                )
            )
        self.level = level

    def table(self, element: Element, inside: Inside) -> Iterator[Node]:
        place = self.place()
        element.children = self.nodes(element.children, inside)
        label = self.ledger.headings[-1].text if self.ledger.headings else ""
        yield table(element, label, place)


ELEMENTS: Mapping[str, Callable[[Weaver, Element, Inside], Iterable[Node]]] = {
    "a": Weaver.link,
    "img": Weaver.image,
    "p": Weaver.paragraph,
    "table": Weaver.table,
    **dict.fromkeys(HEADINGS, Weaver.heading),
}
