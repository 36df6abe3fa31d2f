"""What a page lists: where it stands, questions with their answers, terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from coldpress.views.graph.ids import Ids
from coldpress.views.plain import plain

Node = dict[str, Any]


def breadcrumbs(view: Node, ids: Ids) -> Node:
    """The last one is the page itself and needs no address."""
    trail = view["page"]["crumbs"]
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": crumb["label"],
            "item": ids.whole(crumb["url"]),
        }
        for place, crumb in enumerate(trail, start=1)
    ]
    del items[-1]["item"]
    return {"@type": "BreadcrumbList", "@id": ids.crumbs, "itemListElement": items}


def questions(view: Node) -> Iterator[Node]:
    for call in calls(piece for part in view["page"]["sections"] for piece in part["body"]):
        answer = {"@type": "Answer", "text": plain(call["body"])}
        yield {"@type": "Question", "name": call["title"], "acceptedAnswer": answer}


def calls(pieces: Iterable[Node]) -> Iterator[Node]:
    """Every question, however deep it stands."""
    for piece in pieces:
        if piece["name"] == "question":
            yield piece
        elif piece["name"]:
            yield from calls(piece["body"])


def datasets(view: Node, ids: Ids) -> Iterator[Node]:
    """The tables to take away; the address of one is that of its first file."""
    for table in view["page"]["tables"]:
        files = [(file["form"], ids.whole(file["url"])) for file in table["files"]]
        yield {
            "@type": "Dataset",
            "@id": files[0][1],
            "name": table["label"],
            "description": view["t"]["tables_note"],
            "distribution": [
                {"@type": "DataDownload", "contentUrl": url, "encodingFormat": form}
                for form, url in files
            ],
        }


def terms(view: Node, ids: Ids) -> Node:
    """The glossary: a term's address is that of its place on the page."""
    defined = [
        {
            "@type": "DefinedTerm",
            "@id": f"{ids.page}#{term['id']}",
            "name": term["term"],
            "description": term["definition"],
        }
        for group in view["page"]["glossary"]
        for term in group["terms"]
    ]
    name = view["page"]["title"]
    return {"@type": "DefinedTermSet", "@id": ids.terms, "name": name, "hasDefinedTerm": defined}
