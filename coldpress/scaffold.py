"""kind, title and what else is known -> a content file full of prompts, written from the schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo

from coldpress.fieldtypes import is_group, plain_type, words_of
from coldpress.frontmatter import split
from coldpress.problems import BuildError, OperationError, Place, error, nearest, one_of, sentences
from coldpress.prompts import PROMPT
from coldpress.schema import KINDS, FrontMatter, Kind, Model, fields_of, kind_named
from coldpress.skeletons import body
from coldpress.slugs import RESERVED, slug_from

UNASKED = ("draft", "translated")
"""The one stands there already, the other in translations alone."""
RELATIONS = tuple(kind.folder for kind in KINDS if kind.folder in fields_of(FrontMatter))


class Wanted(Struct, frozen=True):
    """A page to come. What is empty becomes a prompt."""

    kind: Kind
    title: str
    name: str
    """Of the file, without .md: the last part of the address."""
    description: str = ""
    about: tuple[str, ...] = ()
    """Pages it belongs to, as folder/name."""

    @property
    def path(self) -> str:
        return f"content/{self.kind.folder}/{self.name}.md"

    @property
    def address(self) -> str:
        return self.kind.permalink.format(slug=self.name)


def known_kind(name: str) -> Kind:
    kind = kind_named(name)
    if kind is None:
        names = [kind.name for kind in KINDS]
        hint = sentences(nearest(name, names), one_of(names))
        message = f"there is no kind of page called {name!r}"
        raise BuildError([error("unknown-kind", Place("content"), message, hint)])
    return kind


def name_of(words: str) -> str:
    """The file name closest to the words. Raises BuildError when there is none."""
    slug = slug_from(words)
    if not slug or RESERVED.match(slug) or slug == "index":
        message = f"no file name can be made of {words!r}"
        hint = "use a few words with some of the letters a to z"
        raise BuildError([error("bad-file-name", Place("content"), message, hint)])
    return slug


def check(page: Wanted, source: Path) -> str:
    """The text of the file. Raises BuildError when something given will not do."""
    text = text_of(page, source)
    split(text.encode(), page.path, page.kind.matter)
    if (source / page.path).exists():
        hint = "choose another title, or edit that file"
        raise BuildError([error("file-exists", Place(page.path), "this file exists", hint)])
    return text


def write(page: Wanted, source: Path) -> Path:
    """The file it wrote; no file is ever overwritten. Raises BuildError, or OperationError when it
    cannot be written."""
    text = check(page, source)
    return write_new(source, page.path, text)


def write_new(source: Path, path: str, text: str) -> Path:
    """Raises BuildError when the file exists, OperationError when it cannot be written."""
    file = source / path
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        hint = "edit that file"
        raise BuildError([error("file-exists", Place(path), "this file exists", hint)]) from None
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        hint = "check the folder"
        raise OperationError(f"{path} cannot be written: {why}", hint) from failure
    return file


# --------------------------------------------------------------------------- the text


def text_of(page: Wanted, source: Path) -> str:
    fields = fields_of(page.kind.matter)
    given = _given(page)
    required = {name: field for name, field in fields.items() if field.required}
    optional = {
        name: field for name, field in fields.items() if name not in {*required, *given, *UNASKED}
    }
    lines = ["---"]
    lines += [
        f"{name}: {given.get(name) or _prompt(page, field)}" for name, field in required.items()
    ]
    lines += ["draft: true  # remove this line when the page is ready"]
    lines += [f"{name}: {value}" for name, value in given.items() if name not in required]
    lines += ["", "# The rest may be left out. To use a field, remove its # and write your value."]
    for name, field in optional.items():
        lines += [f"# {line}" for line in _example(name, field)]
    return "\n".join([*lines, "---", "", *body(page.kind, source)])


def _prompt(page: Wanted, field: FieldInfo) -> str:
    """With the title: two drafts that say the same would be told of it."""
    return _quoted(f"{PROMPT}{page.title}: {words_of(field)}")


def _given(page: Wanted) -> dict[str, str]:
    """Fields that are known -> their value as written."""
    given = {"title": _quoted(page.title)}
    if page.description:
        given["description"] = _quoted(page.description)
    for folder in RELATIONS:
        names = [id.partition("/")[2] for id in page.about if id.startswith(f"{folder}/")]
        given |= {folder: f"[{', '.join(names)}]"} if names else {}
    others = [id for id in page.about if id.partition("/")[0] not in RELATIONS]
    return given | ({"related": f"[{', '.join(others)}]"} if others else {})


def _example(name: str, field: FieldInfo) -> list[str]:
    """The lines of an optional field, each saying what belongs there."""
    about = words_of(field)
    type_ = plain_type(field.type)
    if is_group(type_):
        return [f"{name}:  ({about})", *_group(type_, "  ")]
    if get_origin(type_) is tuple:
        item = plain_type(get_args(type_)[0])
        if is_group(item):
            return [f"{name}:  ({about})", *_item(item)]
        return [f"{name}:", f"  - {about}"]
    return [f"{name}: {about}"]


def _group(model: type[Model], margin: str) -> list[str]:
    return [
        f"{margin}{line}"
        for name, field in fields_of(model).items()
        for line in _example(name, field)
    ]


def _item(model: type[Model]) -> list[str]:
    first, *others = _group(model, "")
    return [f"  - {first}", *(f"    {line}" for line in others)]


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
