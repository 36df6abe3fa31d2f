"""What touches a glossary word stays on its line: a browser may end a line on either side of a
button, and a line that begins with a comma looks torn.
"""

from __future__ import annotations

import re

from coldpress.markdown.tree import Element, Inset, Node

BEFORE = re.compile(r"[^\s/—–-]*\Z")
AFTER = re.compile(r"[^\s/—–-]*")
"""A dash and a slash may end a line."""
MARKS = frozenset({"em", "strong"})


def glued(nodes: list[Node]) -> list[Node]:
    """Every word with a definition, and the letters, signs and citation that stand right beside it
    -> one element that is not broken. The citation's blank goes, as it does after any word."""
    if not any(map(_term, nodes)):
        return nodes
    done: list[Node] = []
    rest = list(reversed(nodes))
    while rest:
        node = rest.pop()
        if not _term(node):
            done.append(node)
            continue
        whole = [*_cut(done, BEFORE), node, *_cut(rest, AFTER), *_citation(rest)]
        done.append(Element("span", {"class": "nb"}, whole) if len(whole) > 1 else node)
    return done


def _term(node: Node) -> bool:
    if isinstance(node, Element) and node.tag in MARKS and len(node.children) == 1:
        node = node.children[0]
    return isinstance(node, Inset) and node.name == "term"


def _cut(nodes: list[Node], pattern: re.Pattern[str]) -> list[Node]:
    """What `pattern` finds in the last node is taken off it."""
    text = nodes[-1] if nodes else None
    found = pattern.search(text) if isinstance(text, str) else None
    if not isinstance(text, str) or not found or not found[0]:
        return []
    nodes[-1] = text[: found.start()] + text[found.end() :]
    return [found[0]]


def _citation(rest: list[Node]) -> list[Node]:
    """The next node, if nothing but a blank is before it."""
    blank = bool(rest) and isinstance(rest[-1], str) and not rest[-1].strip()
    at = -2 if blank else -1
    node = rest[at] if len(rest) >= -at else None
    if not isinstance(node, Inset) or node.name != "cite":
        return []
    del rest[at:]
    return [node]
