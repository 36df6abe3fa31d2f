"""--explain PATH: why an output was made again, or was not, naming what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coldpress.problems import UsageError, nearest

if TYPE_CHECKING:
    from coldpress.memory.session import OutputRow, Rows, Session
    from coldpress.memory.watch import Name
    from coldpress.pipeline import Built


def explained(asked: str, built: Built, before: Rows, session: Session) -> str:
    output = output_named(asked, built)
    row, old = session.rows.outputs.get(output), before.outputs.get(output)
    if row is None:
        return f"{output}: made from the other outputs, for the host"
    if old is None:
        return f"{output}: made, because no build before this one had it"
    if row is old or row == old:
        return f"{output}: not made again; none of the {len(row.names)} things it reads changed"
    reasons = list(changes(row, old, built, before, session))
    what = "made again" if row.key != old.key else "looked at again, and it came out the same"
    said = "\n".join(
        f"  {reason}" for reason in reasons or ["what it reads is a different set now"]
    )
    return f"{output}: {what}, because\n{said}"


def output_named(asked: str, built: Built) -> str:
    """By its file in output/, its address, or the content file it shows."""
    plain = asked.removeprefix(built.site.config.base_path).lstrip("/")
    for one in (plain, f"{plain}index.html", f"{plain}/index.html".lstrip("/")):
        if one in built.rows:
            return one
    pages = {o: row for o, row in built.rows.items() if row.source and o.endswith(".html")}
    shown = {row.source: output for output, row in pages.items()}
    if asked in shown:
        return shown[asked]
    hint = nearest(plain, built.rows) or "give a file in output/, an address, or a content file"
    raise UsageError(f"no output is called {asked!r}", hint)


def changes(
    row: OutputRow, old: OutputRow, built: Built, before: Rows, session: Session
) -> list[str]:
    """What differs, in words."""
    from coldpress.memory.watch import Answers

    said: list[str] = []
    if before.code != session.rows.code:
        said.append("the generator itself changed")
    text, earlier = session.rows.texts.get(row.source), before.texts.get(row.source)
    if text != earlier:
        said.append(f"{row.source} changed")
    if row.template and row.template != old.template:
        said.append(f"it is drawn by {row.template} now")
    now = Answers(built.site)
    changed = now.changed(before.answers)
    for name in row.names:
        if name in changed:
            said.append(f"{in_words(name)} changed")
    gone = len(set(old.names) - set(row.names))
    if gone and not said:
        said.append(f"it no longer reads {gone} things it read before")
    return said


def in_words(name: Name) -> str:
    first, *rest = name
    key = " ".join(str(part) for part in rest)
    words = {
        "heads": f"the front matter or address of {key}" if key else "some page's front matter",
        "bodies": f"the text of {key}",
        "strings": f"the words {key!r} of the interface",
        "config": "site.yaml",
        "evidence": f"the evidence: {key}",
        "glossary": f"the glossary: {key}",
        "media": f"the picture {key}",
        "today": "the day",
        "assets": "the styles, fonts or icons",
        "relations": f"what {key} is related to",
    }
    return words.get(str(first), f"{first} {key}".strip())
