"""A picture as written -> the file it means, with every problem about it."""

from __future__ import annotations

import re
from urllib.parse import unquote

from msgspec import Struct

from coldpress.markdown.known import as_written_in, beside
from coldpress.markdown.ledger import Ledger
from coldpress.markdown.tree import Inset, Node
from coldpress.markdown.typography import curly
from coldpress.problems import Mend, Place, Problem, error, meant, nearest, sentences
from coldpress.reading import UNSHOWN, unshown


class Wanted(Struct, frozen=True):
    src: str
    alt: str
    decorative: bool
    place: Place
    explain: str
    """How to say that a picture is decorative, in the way this one is written."""
    spot: Place | None = None
    """Where the file's name begins, when it stands there as written."""


def picture(wanted: Wanted, ledger: Ledger) -> str | None:
    """Path of the file, or None when there is none."""
    if not wanted.alt.strip() and not wanted.decorative:
        ledger.add(
            error(
                "missing-alt",
                wanted.place,
                f"the picture {wanted.src!r} has no words for readers who cannot see it",
                f"say what it shows; if it only decorates: {wanted.explain}",
            )
        )
    path = beside(ledger.path, unquote(wanted.src))
    media = ledger.known.media.get(path)
    if media is not None:
        ledger.media[path] = None
        ledger.link(wanted.src, f"{ledger.known.base_path}/{media.output}", wanted.place)
        return path
    if path not in ledger.known.refused:
        ledger.add(_missing(wanted, path, ledger))
    return None


def _missing(wanted: Wanted, path: str, ledger: Ledger) -> Problem:
    if UNSHOWN.search(path):
        return error("missing-image", wanted.place, *unshown(wanted.src))
    return error(
        "missing-image",
        wanted.place,
        f"there is no picture {wanted.src!r}",
        _offer(wanted.src, path, ledger),
        _mend(wanted, path, ledger),
    )


def _mend(wanted: Wanted, path: str, ledger: Ledger) -> Mend | None:
    """Only the case of the letters is wrong, or the folder, or there is one slip in the name."""
    name = path.rpartition("/")[2].casefold()
    media = sorted(ledger.known.media)
    same = [known for known in media if known.rpartition("/")[2].casefold() == name]
    right = same[0] if len(same) == 1 else meant(path, media)
    if wanted.spot is None or not right or len(same) > 1:
        return None
    return Mend(wanted.spot, wanted.src, as_written_in(ledger.path, right))


def _offer(src: str, path: str, ledger: Ledger) -> str:
    if re.match(r"[a-z]+:|//", src, re.IGNORECASE):
        return "save the picture beside the text and write its file name"
    media = sorted(ledger.known.media)
    name = path.rpartition("/")[2].casefold()
    same = [known for known in media if known.rpartition("/")[2].casefold() == name]
    written = [as_written_in(ledger.path, known) for known in same or media]
    if same:
        letters = not path.endswith(same[0].rpartition("/")[2])
        return f"did you mean {written[0]!r}?" + letters * " capital letters count"
    here = [known for known in written if "/" not in known]
    return sentences(
        nearest(src, written),
        "beside the text: " + ", ".join(here) if here else "put the file beside the text",
    )


def figure(image: Inset, classes: str) -> Inset:
    """A picture that is all of its paragraph, which had these `classes`."""
    args = {name: value for name, value in image.args.items() if name != "caption"}
    caption = image.args["caption"]
    children: list[Node] = [curly(caption)] if caption else []
    wide = " ".join(name for name in re.split(r"\s+", classes) if name and name != "decorative")
    return Inset("figure", {**args, "classes": wide}, image.place, children)
