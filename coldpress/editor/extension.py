"""schema -> frontmatter.json: the forms of VS Code's Front Matter extension."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from msgspec.structs import FieldInfo

from coldpress.editor.forms import default, label
from coldpress.fieldtypes import is_group, may_be_left_out, plain_type, words_of
from coldpress.schema import KINDS, HubMatter, Model, Moment, fields_of

SIMPLE: Mapping[Any, Mapping[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "number"},
    str: {"type": "string"},
    Moment: {"type": "string"},
}
DAY = {"type": "datetime", "dateFormat": "yyyy-MM-dd"}


def settings() -> str:
    return json.dumps(front_matter(), indent=2, ensure_ascii=False) + "\n"


def front_matter() -> dict[str, Any]:
    """https://frontmatter.codes/docs/settings/overview"""
    types = {kind.name: kind.matter for kind in KINDS} | {"hub": HubMatter}
    groups: dict[str, type[Model]] = {}
    content_types = [
        {
            "name": name,
            "pageBundle": False,
            "fields": [*_fields(model, groups)],
        }
        for name, model in types.items()
    ]
    return {
        "$schema": "https://frontmatter.codes/frontmatter.schema.json",
        "frontMatter.framework.id": "other",
        "frontMatter.content.publicFolder": "",
        "frontMatter.content.pageFolders": [
            {
                "title": kind.folder.capitalize(),
                "path": f"[[workspace]]/content/{kind.folder}",
                "contentTypes": [kind.name],
            }
            for kind in KINDS
        ],
        "frontMatter.taxonomy.frontMatterType": "YAML",
        "frontMatter.taxonomy.contentTypes": content_types,
        "frontMatter.taxonomy.fieldGroups": [
            {"id": name, "fields": [*_fields(model, {})]} for name, model in groups.items()
        ],
    }


def _fields(model: type[Model], groups: dict[str, type[Model]]) -> Iterator[dict[str, Any]]:
    for name, field in fields_of(model).items():
        about = {"title": label(name), "name": name, "description": words_of(field)}
        needed = field.required and not may_be_left_out(field.type)
        yield about | _type(field, groups) | ({"required": True} if needed else {})


def _type(field: FieldInfo, groups: dict[str, type[Model]]) -> dict[str, Any]:
    inner = plain_type(field.type)
    if is_group(inner):
        return {"type": "fields", "fields": [*_fields(inner, groups)]}
    if get_origin(inner) is tuple:
        return _list(plain_type(get_args(inner)[0]), groups)
    proposed = {} if (one := default(field)) is None else {"default": one}
    if get_origin(inner) is Literal:
        return {"type": "choice", "choices": [*map(str, get_args(inner))], **proposed}
    if inner is bool:
        return {"type": "boolean", "default": proposed.get("default") == "true"}
    return dict(SIMPLE.get(inner, DAY))


def _list(item: Any, groups: dict[str, type[Model]]) -> dict[str, Any]:
    if is_group(item):
        groups[item.__name__] = item
        return {"type": "block", "fieldGroup": [item.__name__]}
    if get_origin(item) is Literal:
        return {"type": "choice", "multiple": True, "choices": [*map(str, get_args(item))]}
    return {"type": "list"}
