"""page file + a person's sign-off -> the file with a new `reviewed:`, every other byte kept."""

from __future__ import annotations

import codecs
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import msgspec

from coldpress.clinical import clinical_digest
from coldpress.frontmatter import FENCE, split
from coldpress.model import Page, Site
from coldpress.problems import BuildError, OperationError, UsageError, nearest, sentences
from coldpress.schema import Review, Translated
from coldpress.translations.words import SIGNED, language_of, signed_before, signed_text


def sign(site: Site, source: Path, name: str, *, by: str, credential: str, due: date) -> Page:
    """The page, signed today. `name` is its id (conditions/arthritis) or its file. Raises
    OperationError when there is no such page, a field will not do, or the file cannot be written.
    """
    page = page_named(site, name)
    if due <= site.today:
        raise UsageError(f"--next {due} is not after today ({site.today})", "a year is usual")
    if not by.strip() or not credential.strip():
        raise UsageError("a sign-off has a person's name and credential", "give both in quotes")
    digest = clinical_digest(page, site.evidence)
    review = Review(
        by=one_line(by), credential=one_line(credential), on=site.today, next=due, text=digest
    )
    write(source / page.source.path, page, review, written(review))
    return page


def sign_translation(site: Site, source: Path, name: str, *, by: str | None) -> Page:
    """The translation, which from now on says what its original says today. `name`: its file.
    `by`: the person who has read both, if one has. Raises OperationError when there is no such
    translation or the file cannot be written."""
    path = name.removeprefix("./")
    pages = {
        page.source.path: (edition, page)
        for edition in site.editions
        for page in edition.pages
        if page.id in edition.translations
    }
    if path not in pages:
        hint = nearest(path, pages) or "write its file, like content/pages/about.es.md"
        raise UsageError(f"{name!r} is no translation on this site", hint)
    edition, page = pages[path]
    old = page.source.matter.translated
    signed = Translated(
        of=edition.translations[page.id].of,
        on=site.today,
        checked_by=one_line(by) if by else old.checked_by if old else None,
    )
    lines = ["translated:", f'  of: "{signed.of}"', f"  on: {signed.on}"]
    if signed.checked_by:
        lines.append(f"  checked_by: {quoted(signed.checked_by)}")
    write(source / path, page, signed, lines)
    return page


def sign_data(site: Site, source: Path, name: str) -> None:
    """Every entry of a translated data file, which from now on says what its original says today.
    Raises OperationError when there is no such file or nothing can be written."""
    originals = {
        "findings": site.evidence.findings,
        "references": site.evidence.references,
        "glossary": site.glossary,
        "offers": site.offers,
    }
    data, lang = name.rpartition("/")[2].partition(".")[0], language_of(name)
    if data not in originals or lang not in site.others or not (source / name).is_file():
        hint = "write its file, like content/data/findings.es.yaml"
        raise UsageError(f"{name!r} is no translated data file of this site", hint)
    file = source / f"content/data/{SIGNED}.{lang}.yaml"
    old = signed_before(source, file.relative_to(source).as_posix()) if file.exists() else {}
    replace(file, signed_text(old, data, originals[data]).encode())


def one_line(words: str) -> str:
    return " ".join(words.split())


def page_named(site: Site, name: str) -> Page:
    id = name.removeprefix("./").removeprefix("content/").removesuffix(".md")
    if id not in site.by_id:
        known = nearest(id, site.by_id)
        hint = sentences(known, "write it like conditions/arthritis; drafts cannot be signed")
        raise UsageError(f"there is no page {name!r} on the site", hint)
    return site.by_id[id]


def write(file: Path, page: Page, sign_off: Review | Translated, lines: Sequence[str]) -> None:
    """`lines`: the sign-off as it stands in the file. Read back before anything is replaced: what
    is not exactly as meant is not written."""
    raw, field = file.read_bytes(), lines[0].rstrip(":")
    signed = with_block(raw, field, lines)
    if not adds_only(field, sign_off, page, raw, signed):
        raise OperationError(
            f"{page.source.path} could not be signed: its '{field}:' is written in an unusual way",
            f"take {field}: and the lines under it out, then sign again",
        )
    replace(file, signed)


def adds_only(
    field: str, sign_off: Review | Translated, page: Page, raw: bytes, signed: bytes
) -> bool:
    """Whether nothing but the sign-off is another."""
    kind = type(page.source.matter)
    try:
        before, after = (split(text, page.source.path, kind) for text in (raw, signed))
    except BuildError:
        return False
    wanted = msgspec.structs.replace(before.matter, **{field: sign_off})
    return after.matter == wanted and after.body == before.body


def replace(file: Path, content: bytes) -> None:
    beside = file.with_name(f".{file.name}.signing")
    try:
        beside.write_bytes(content)
        if file.exists():
            shutil.copymode(file, beside)
        beside.replace(file)
    except OSError as failure:
        beside.unlink(missing_ok=True)
        why = (failure.strerror or "unknown reason").lower()
        raise OperationError(f"{file.name} cannot be written: {why}", "check the folder") from None


def with_block(raw: bytes, name: str, new_lines: Iterable[str]) -> bytes:
    """The old block's lines are replaced; without one, the new one stands last in the fields."""
    lines = raw.splitlines(keepends=True)
    bare = (line.removeprefix(codecs.BOM_UTF8).rstrip() for line in lines)
    fences = [n for n, line in enumerate(bare) if line == FENCE.encode()]
    opening, closing = fences[0], fences[1]
    start, end = block(lines, name, opening + 1, closing)
    ending = b"\r\n" if lines[opening].endswith(b"\r\n") else b"\n"
    new = b"".join(line.encode() + ending for line in new_lines)
    return b"".join([*lines[:start], new, *lines[end:]])


def block(lines: list[bytes], name: str, first: int, closing: int) -> tuple[int, int]:
    """Where `name:` starts and ends: it and the indented lines under it. Empty lines and notes
    after them stay."""
    for start in range(first, closing):
        if re.match(rf"{name}\s*:".encode(), lines[start]):
            end = start + 1
            for n in range(start + 1, closing):
                if lines[n].strip() and not lines[n].startswith((b" ", b"\t")):
                    break
                end = n + 1 if lines[n].strip() else end
            return start, end
    return closing, closing


def written(review: Review) -> tuple[str, ...]:
    return (
        "reviewed:",
        f"  by: {quoted(review.by)}",
        f"  credential: {quoted(review.credential)}",
        f"  on: {review.on}",
        f"  next: {review.next}",
        f'  text: "{review.text}"',
    )


def quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
