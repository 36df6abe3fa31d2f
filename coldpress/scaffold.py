"""kind + title -> a content file that is ready to fill in, written from the schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from coldpress.frontmatter import split
from coldpress.problems import BuildError, OperationError, Place, error, nearest, one_of, sentences
from coldpress.schema import KINDS, Kind, fields_of, kind_named
from coldpress.slugs import RESERVED, slug_from
from coldpress.typed import plain_type

PROMPT = "replace this: "
"""`check` finds these words and says what is still to be filled in."""

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "mechanism": (
        "See it happen",
        "What studies found",
        "How long it lasts",
        "What it cannot do",
        "When to get help",
    ),
    "condition": (
        "What cold may do",
        "Which kind of cold",
        "How to try it safely at home",
        "What a session is like",
        "What it cannot do",
        "Who should not",
        "When to get help",
    ),
    "method": (
        "What happens",
        "How cold and how long",
        "What it reaches",
        "What the evidence says",
        "Risks",
        "Who should not",
        "When to get help",
    ),
    "guide": ("The short answer",),
    "page": (),
}
"""Headings every page of a kind has, so that readers find their way."""


def new(kind: str, title: str, source: Path) -> Path:
    """The file it wrote: content/<folder>/<name from the title>.md. Raises BuildError when the
    kind or the title will not do or the file exists, OperationError when it cannot be written."""
    row = _kind(kind)
    path = f"content/{row.folder}/{_name(title)}.md"
    text = _text(row, title)
    split(text.encode(), path, row.matter)
    file = source / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as exists:
        hint = "choose another title, or edit that file"
        raise BuildError([error("file-exists", Place(path), "this file exists", hint)]) from exists
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        raise OperationError(f"{path} cannot be written: {why}", "check the folder") from failure
    return file


def _kind(name: str) -> Kind:
    kind = kind_named(name)
    if kind is None:
        names = [kind.name for kind in KINDS]
        hint = sentences(nearest(name, names), one_of(names))
        message = f"there is no kind of page called {name!r}"
        raise BuildError([error("unknown-kind", Place("content"), message, hint)])
    return kind


def _name(title: str) -> str:
    slug = slug_from(title)
    if not slug or RESERVED.match(slug) or slug == "index":
        message = f"no file name can be made of the title {title!r}"
        hint = "use a longer title with some of the letters a to z"
        raise BuildError([error("bad-file-name", Place("content"), message, hint)])
    return slug


# --------------------------------------------------------------------------- the text


def _text(kind: Kind, title: str) -> str:
    fields = fields_of(kind.matter)
    required = {name: field for name, field in fields.items() if field.is_required()}
    optional = {name: field for name, field in fields.items() if name not in {*required, "draft"}}
    lines = ["---", f"title: {_quoted(title)}"]
    lines += [
        f"{name}: {_quoted(PROMPT + (field.description or ''))}"
        for name, field in required.items()
        if name != "title"
    ]
    lines += ["draft: true  # remove this line when the page is ready", ""]
    lines += ["# The rest may be left out. To use a field, remove its # and write your own value."]
    for name, field in optional.items():
        lines += [f"# {line}" for line in _example(name, field)]
    return "\n".join([*lines, "---", "", *_body(kind)])


def _body(kind: Kind) -> Iterator[str]:
    yield f"{PROMPT}one or two paragraphs that answer the reader's question first."
    yield ""
    for heading in SECTIONS.get(kind.name, ()):
        yield from (f"## {heading}", "", f"{PROMPT}the text of this part.", "")


def _example(name: str, field: FieldInfo) -> list[str]:
    """The lines of an optional field, each saying what belongs there."""
    about = field.description or ""
    type_ = plain_type(field.annotation)
    if _is_group(type_):
        return [f"{name}:  ({about})", *_group(type_, "  ")]
    if get_origin(type_) is tuple:
        item = plain_type(get_args(type_)[0])
        if _is_group(item):
            return [f"{name}:  ({about})", *_item(item)]
        return [f"{name}:", f"  - {about}"]
    return [f"{name}: {about}"]


def _is_group(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _group(model: type[BaseModel], margin: str) -> list[str]:
    return [
        f"{margin}{line}"
        for name, field in fields_of(model).items()
        for line in _example(name, field)
    ]


def _item(model: type[BaseModel]) -> list[str]:
    first, *others = _group(model, "")
    return [f"  - {first}", *(f"    {line}" for line in others)]


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
