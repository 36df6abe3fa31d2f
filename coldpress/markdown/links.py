"""A link as written -> its final address, with every problem about it."""

from __future__ import annotations

import re
from urllib.parse import unquote

from msgspec import Struct

from coldpress.markdown.allowed import SCHEMES
from coldpress.markdown.known import as_written_in, beside
from coldpress.markdown.ledger import Ledger
from coldpress.markdown.safety import INVISIBLE, scheme_of
from coldpress.problems import MOVED, Mend, Place, Problem, advice, error, meant, nearest, sentences

MAIL = re.compile(r"[^@/\s]+@[^@/\s]+\.[a-z]+")
PARTS = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)


class Target(Struct, frozen=True):
    url: str
    """"" when the words stay and the link goes."""
    external: bool = False


NOWHERE = Target("")


def resolve(written: str, place: Place, ledger: Ledger, spot: Place | None = None) -> Target:
    """`spot`: where the address itself begins, when it stands there as written."""
    target = _resolve(written, place, ledger, spot)
    if target.url:
        ledger.link(written, target.url, place)
    return target


def _resolve(written: str, place: Place, ledger: Ledger, spot: Place | None) -> Target:
    scheme = scheme_of(written)
    if scheme in ("http", "https") or written.startswith("//"):
        for problem in _external(written, scheme, place):
            ledger.add(problem)
        return Target(written, external=True)
    if scheme in SCHEMES - {"term"}:
        return Target(written)
    if scheme:
        return NOWHERE
    if written.startswith("#") and len(written) > 1:
        return Target(written)
    return _internal(written, place, ledger, spot)


def _external(written: str, scheme: str, place: Place) -> list[Problem]:
    found: list[Problem] = []
    if scheme != "https":
        found.append(
            advice(
                "insecure-link",
                place,
                f"the link {written!r} does not start with https:",
                "write https:// if the site offers it, nearly all do",
            )
        )
    host = re.split(r"[/?#\\]", INVISIBLE.sub("", written).partition("//")[2])[0]
    if "@" in host:
        found.append(
            error(
                "password-in-link",
                place,
                "the link has a user name or password in it (before '@')",
                "take out everything between // and @",
            )
        )
    return found


def _internal(written: str, place: Place, ledger: Ledger, spot: Place | None) -> Target:
    parts = PARTS.fullmatch(written)
    assert parts is not None, "matches any text"
    path, query, anchor = parts[1], parts[2] or "", parts[3] or ""
    if "utm_" in query:
        ledger.add(
            error(
                "tracked-internal-link",
                place,
                f"{written!r} leads to a page of this site with a 'utm_' label",
                "take out everything from '?' on: the label would hide where the visit began",
                Mend(spot, path + query, path) if spot and path else None,
            )
        )
    if path.startswith("/") and not path.endswith(".md"):
        return Target(f"{ledger.known.base_path}{written}")
    file = f"content{unquote(path)}" if path.startswith("/") else beside(ledger.path, unquote(path))
    if file in ledger.known.urls and path:
        return Target(f"{ledger.known.url_of(file)}{query}{anchor}")
    if file in ledger.known.unreadable:
        return NOWHERE
    if file in ledger.known.hidden:
        ledger.add(_hidden(written, place))
        return NOWHERE
    right = _meant(path, file, ledger)
    mend = Mend(spot, path, right) if spot and right and path else None
    ledger.add(_broken(written, path, anchor, file, place, ledger, mend))
    return NOWHERE


def _hidden(written: str, place: Place) -> Problem:
    return advice(
        "link-to-hidden-page",
        place,
        f"{written!r} leads to a page that is not live at this moment",
        "nothing to do: the words stay, and become a link when the page is live",
    )


def _broken(
    written: str,
    path: str,
    anchor: str,
    file: str,
    place: Place,
    ledger: Ledger,
    mend: Mend | None,
) -> Problem:
    if not path:
        message, hint = "the link leads nowhere", "write the file or the address between ( and )"
        return error("broken-link", place, message, hint)
    return error(
        "broken-link",
        place,
        f"{written!r} leads to no page of this site",
        _offer(path, anchor, file, ledger, sure=mend is not None),
        mend,
    )


def _meant(path: str, file: str, ledger: Ledger) -> str:
    """The address to write when only one page can be meant: one that has moved, whatever the case
    of its letters and its ending, or one with a slip in its name."""
    if MAIL.fullmatch(path):
        return f"mailto:{path}"
    wanted = _stem(path)
    pages = sorted(ledger.known.urls)
    same = [known for known in pages if _stem(known) == wanted and wanted]
    slip = "" if same else meant(re.sub(r"\.html?$", ".md", file), pages)
    found = same[0] if len(same) == 1 else slip
    # A file whose own name has to change first (About.md) is not what anyone should link to.
    return as_written_in(ledger.path, found) if found and found == found.lower() else ""


def _offer(path: str, anchor: str, file: str, ledger: Ledger, *, sure: bool) -> str:
    if MAIL.fullmatch(path):
        return f"did you mean 'mailto:{path}'?"
    if re.match(r"www\.|[a-z0-9-]+\.(com|org|net|gov|edu)\b", path):
        return f"did you mean 'https://{path}'?"
    if file in ledger.known.media:
        return "show a picture with ![words](file), links lead to pages"
    wanted = _stem(path)
    same = [known for known in sorted(ledger.known.urls) if _stem(known) == wanted and wanted]
    by_url = {url.strip("/"): known for known, url in ledger.known.urls.items()}
    same = same or [by_url[path.strip("/")]] if path.strip("/") in by_url else same
    if same:
        return f"did you mean {as_written_in(ledger.path, same[0]) + anchor!r}?"
    written = path.replace("\\", "/")
    near = nearest(written, [as_written_in(ledger.path, known) for known in ledger.known.urls])
    named = path.endswith(".md") and "\\" not in path
    if near and sure:
        return near
    return sentences(near, MOVED if named else "link to the file, like ../guides/name.md")


def _stem(path: str) -> str:
    """The bare name, whatever the folder, the case and the ending."""
    name = re.split(r"[\\/]", path.rstrip("/\\"))[-1].casefold()
    return re.sub(r"\.(md|html?|markdown)$", "", name)
