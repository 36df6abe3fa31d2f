"""rules and schema -> the generated pages of docs/: errors, fields, and JSON Schema files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo

from coldpress.editor import extension
from coldpress.fieldtypes import is_group, may_be_left_out, plain_type, words_of
from coldpress.problems import UsageError, nearest
from coldpress.rulebook import Rule, rule_named, rulebook
from coldpress.schema import (
    KINDS,
    Finding,
    FindingWords,
    FrontMatter,
    GlossaryTerm,
    HubMatter,
    Key,
    Model,
    Moment,
    Offer,
    OfferWords,
    Reference,
    ReferenceWords,
    SiteFacts,
    Synonym,
    TermWords,
    fields_of,
)
from coldpress.vscode import editor_files

NOTE = (
    "<!-- Made by `python3 build.py docs` from the code. Do not edit: it will be overwritten. -->"
)

TRANSLATED: Mapping[str, type[Model]] = {
    "references": ReferenceWords,
    "findings": FindingWords,
    "glossary": TermWords,
    "offers": OfferWords,
}
DATA: Mapping[str, type[Model]] = {
    "references": Reference,
    "findings": Finding,
    "glossary": GlossaryTerm,
    "synonyms": Synonym,
    "offers": Offer,
}
WORDS: Mapping[str, str] = {
    "str": "text",
    "int": "whole number",
    "bool": "true or false",
    "date": "date, like 2026-03-01",
    "Moment": "date and time, like 2026-12-01 09:00",
}


def documents() -> Mapping[str, str]:
    """Path of every generated file, relative to the project, and its text."""
    generated = {"docs/errors.md": _errors(), "docs/fields.md": _fields(), **_schemas()}
    return {**generated, "frontmatter.json": extension.settings(), **editor_files()}


# --------------------------------------------------------------------------- errors


def rule_text(name: str) -> str:
    """What `explain` prints. Raises UsageError for a rule that does not exist."""
    rule = rule_named(name)
    if rule is None:
        hint = nearest(name, (rule.name for rule in rulebook())) or "all rules: docs/errors.md"
        raise UsageError(f"there is no rule {name!r}", hint)
    head = f"{rule.name} ({rule.level}): {rule.title}"
    return "\n\n".join([head, rule.why, "Wrong:", rule.wrong, "Right:", rule.right])


def rule_list() -> str:
    """A line a rule: its name, its level, what is wrong."""
    rules = rulebook()
    wide = max(len(rule.name) for rule in rules)
    return "\n".join(f"{rule.name:<{wide}}  {rule.level:<6}  {rule.title}" for rule in rules)


def _errors() -> str:
    rules = rulebook()
    intro = (
        "Every problem a build can report. An **error** stops the build, and the live site stays "
        "as it was. **Advice** never does."
    )
    return "\n\n".join([NOTE, "# Errors and advice", intro, *map(_error, rules)]) + "\n"


def _error(rule: Rule) -> str:
    """Its heading is its name, so that docs/errors.md#its-name leads here."""
    title = f"{rule.title[:1].upper()}{rule.title[1:]}."
    parts = [f"## {rule.name}", f"*{rule.level}* · {title}", rule.why]
    return "\n\n".join([*parts, "Wrong:", rule.wrong, "Right:", rule.right])


# --------------------------------------------------------------------------- fields


def _fields() -> str:
    parts = [NOTE, "# Fields", "What may stand in each file, and what belongs there."]
    parts += ["## Every content file", _about_kinds(), _table(FrontMatter, "")]
    for kind in KINDS:
        own = {*fields_of(kind.matter)} - {*fields_of(FrontMatter)}
        if own:
            parts += [f"## Only in content/{kind.folder}/", _table(kind.matter, "", own)]
    parts += ["## site.yaml", _table(SiteFacts, "")]
    for name, model in DATA.items():
        intro = f"A name, then these fields under it. {(model.__doc__ or '').strip()}"
        parts += [f"## content/data/{name}.yaml", intro, _table(model, "")]
    for name, model in TRANSLATED.items():
        intro = f"The same names as in `{name}.yaml`, and only the words. {model.__doc__}"
        parts += [f"## content/data/{name}.es.yaml", intro, _table(model, "")]
    return "\n\n".join(parts) + "\n"


def _about_kinds() -> str:
    rows = [f"| {kind.name} | content/{kind.folder}/ | {kind.permalink} |" for kind in KINDS]
    return "\n".join(["| kind | folder | address |", "| --- | --- | --- |", *rows])


def _table(model: type[Model], prefix: str, only: set[str] | None = None) -> str:
    rows = [
        row
        for name, field in fields_of(model).items()
        if only is None or name in only
        for row in _rows(prefix + name, field)
    ]
    return "\n".join(["| field | what it takes | what it is |", "| --- | --- | --- |", *rows])


def _rows(name: str, field: FieldInfo) -> Iterator[str]:
    """The field's own row, and those of the fields under it."""
    needed = "**required**: " if field.required else ""
    about = words_of(field).replace("|", "\\|")
    or_null = " or null" if needed and may_be_left_out(field.type) else ""
    takes = f"{needed}{_takes(field.type)}{or_null}{_default(field)}"
    yield f"| `{name}` | {takes} | {about} |"
    inner = plain_type(field.type)
    dots = name
    while not is_group(inner) and (parts := get_args(inner)) and get_origin(inner) is not Literal:
        dots += ".*" if get_origin(inner) is dict else ""
        inner = plain_type(parts[1 if get_origin(inner) is dict else 0])
    if is_group(inner):
        for sub, subfield in fields_of(inner).items():
            yield from _rows(f"{dots}.{sub}", subfield)


def _takes(annotation: Any) -> str:
    """What a field takes, in words."""
    inner = plain_type(annotation)
    origin, parts = get_origin(inner), get_args(inner)
    if origin is Literal:
        return "one of: " + ", ".join(map(str, parts))
    if origin is tuple:
        return f"list of {_takes(parts[0])}"
    if origin is dict:
        return f"names, each with {_takes(parts[1])}"
    if is_group(inner):
        return "group of fields"
    return WORDS[inner.__name__]


def _default(field: FieldInfo) -> str:
    """` (default)`, when there is one worth telling."""
    value = field.default
    if field.required or value in (msgspec.NODEFAULT, None, (), ""):
        return ""
    shown = ", ".join(value) if isinstance(value, tuple) else str(value).lower()
    return f" ({value if isinstance(value, str) else shown})"


# --------------------------------------------------------------------------- JSON Schema


def _schemas() -> Mapping[str, str]:
    """One file for site.yaml, each data file and the front matter of each kind."""
    models: dict[str, Any] = {"site": SiteFacts}
    models |= {name: dict[Key, model] for name, model in DATA.items()}  # type: ignore[valid-type]
    models |= {kind.name: kind.matter for kind in KINDS} | {"hub": HubMatter}
    return {f"docs/schema/{name}.json": _schema(model) for name, model in models.items()}


def _schema(model: Any) -> str:
    # Of what a moment is made is no concern of who writes one.
    schema = msgspec.json.schema(model, schema_hook=lambda _part: {"type": "string"})
    if (name := Moment.__name__) in (groups := schema.get("$defs", {})):
        groups[name] = {"type": "string", "description": WORDS[name]}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"
