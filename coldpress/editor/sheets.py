"""a file of the site <-> its fields as a form has them, and the text below.

Saving changes what differs from what the form was given, and nothing else in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

from coldpress.editor.forms import RECORDS, Plain, kept, shown, without_defaults
from coldpress.editor.merging import merged
from coldpress.editor.places import Place
from coldpress.editor.writing import entry
from coldpress.renaming.frontmatter import halves
from coldpress.yamlspans import NotReadableError
from coldpress.yamltree import grow

MOST_BYTES = 2 * 1024 * 1024
FENCED = re.compile(r"\A---\n(.*?)^---\n(.*)\Z", re.DOTALL | re.MULTILINE)
UNREADABLE = "this file cannot be read: 'python3 build.py check' says why"


class RefusedError(Exception):
    """Said to the person at the form; nothing was written."""


class Sheet(Struct, frozen=True):
    """A file, taken apart. `values`: what counts of its fields; the rest is as written."""

    text: str
    start: int
    end: int
    body_start: int
    values: Mapping[str, Plain]

    @property
    def fields(self) -> str:
        return self.text[self.start : self.end]

    @property
    def body(self) -> str:
        return self.text[self.body_start :].replace("\r\n", "\n")


def form_of(sheet: Sheet, place: Place) -> Any:
    found = shown(grown(sheet.fields), place.type_)
    return {RECORDS: found} if place.records else found


def grown(text: str) -> Plain:
    """Raises RefusedError for a text that is no YAML."""
    try:
        return grow(text.replace("\r\n", "\n"), "", 1, MOST_BYTES).data or {}
    except yaml.YAMLError:
        raise RefusedError(UNREADABLE) from None


def sheet_of(root: Path, path: str, place: Place) -> Sheet:
    raw = (root / path).read_bytes()
    if len(raw) > MOST_BYTES:
        raise RefusedError("this file is too large for a form")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedError("this file is no text in UTF-8: 'check' says where") from None
    return sheet(text, path, place)


def sheet(text: str, path: str, place: Place) -> Sheet:
    start, end, body = 0, len(text), len(text)
    if place.page:
        parts = halves(text, path)
        start, end, body = parts.start, parts.end, parts.body
    values = kept(grown(text[start:end]), place.type_, form=False)
    return Sheet(text, start, end, body, values if isinstance(values, dict) else {})


# --------------------------------------------------------------------------- writing


def wanted(raw: str, place: Place) -> tuple[dict[str, Plain], str]:
    """What a form sends -> what should stand in the file."""
    fenced = FENCED.match(raw.replace("\r\n", "\n")) if place.page else None
    if place.page and fenced is None:
        raise RefusedError("what the form sent has no fields")
    found = grown(fenced[1] if fenced else raw)
    if place.records and isinstance(found, dict):
        found = found.get(RECORDS)
    values = kept(found, place.type_, form=True)
    return (values if isinstance(values, dict) else {}), fenced[2] if fenced else ""


def changed(
    path: str, place: Place, sheets: tuple[Sheet, Sheet], values: Mapping[str, Plain], body: str
) -> str:
    """The file with what differs from what the form was given. `sheets`: the file as it is now,
    and as the form got it."""
    now, given = sheets
    becomes = with_changes(now, given, values, place)
    new = body.strip("\n")
    touched = new != given.body.strip("\n")
    if touched and now.body.strip("\n") not in (given.body.strip("\n"), new):
        raise RefusedError("the text was saved elsewhere in the meantime: load this page again")
    try:
        fields = merged(now.fields, now.values, becomes)
    except NotReadableError:
        raise RefusedError(UNREADABLE) from None
    text = now.text[: now.start] + fields + now.text[now.end :]
    if touched:
        text = with_body(text, path, new)
    if sheet(text, path, place).values != becomes:
        raise RefusedError("a value is written in an unusual way here: change it in the file")
    return text


def with_changes(
    now: Sheet, given: Sheet, values: Mapping[str, Plain], place: Place
) -> dict[str, Plain]:
    becomes = dict(now.values)
    if not place.records:
        plain = without_defaults(dict(values), dict(given.values), place.type_)
        values = plain if isinstance(plain, dict) else values
    for name in (*given.values, *(name for name in values if name not in given.values)):
        was, new = given.values.get(name), values.get(name)
        if new == was:
            continue
        if now.values.get(name) not in (was, new):
            message = f"{name!r} was changed elsewhere in the meantime: load this page again"
            raise RefusedError(message)
        if new is None:
            becomes.pop(name, None)
        else:
            becomes[name] = new
    return becomes


def with_body(text: str, path: str, body: str) -> str:
    """The empty lines around it stay."""
    start = halves(text, path).body
    old = text[start:]
    inner = old.strip("\r\n")
    lead = old[: len(old) - len(old.lstrip("\r\n"))] if inner else "\n"
    tail = old[len(old.rstrip("\r\n")) :] if inner else "\n"
    new = body.replace("\n", "\r\n") if "\r\n" in text else body
    return text[:start] + lead + new + tail


def fresh(values: Mapping[str, Plain], body: str) -> str:
    fields = "".join(entry(name, value, 0, "\n") for name, value in values.items())
    return f"---\n{fields}---\n\n{body.strip()}\n"


def save(file: Path, content: bytes) -> None:
    """All of it or nothing: it is written beside the file and takes its name."""
    beside = file.with_name(f".{file.name}.saving")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        if file.exists():
            beside.chmod(file.stat().st_mode)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
