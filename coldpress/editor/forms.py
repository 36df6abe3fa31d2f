"""schema -> the fields of a form; a file's values -> what the form shows, and back.

A form knows lists and groups, but no mapping with names of its own, and it asks for the required
fields of a group that is not there. So a mapping is a list of records with an `id`, and a group
that may be left out is a list of one or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, get_args, get_origin

from msgspec.structs import FieldInfo

from coldpress.fieldtypes import is_group, may_be_left_out, plain_type, words_of
from coldpress.schema import Model, Moment, fields_of, fitted
from coldpress.schema.values import node_of, plain

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""As a file has it: every value the text it is written as, nothing empty."""
TRUTH = ("true", "false")
ID, VALUE, ITEMS, RECORDS = "id", "value", "items", "records"


def as_list(type_: Any) -> bool:
    """Whether a group is shown as a list of one or none."""
    group = plain_type(type_)
    asks = any(field.required for field in fields_of(group).values())
    return may_be_left_out(type_) and asks


def record(type_: Any) -> dict[str, Any]:
    """Name -> type of the fields that stand for the value of a mapping."""
    inner = plain_type(type_)
    if is_group(inner):
        return {name: field.type for name, field in fields_of(inner).items()}
    return {ITEMS if get_origin(inner) is tuple else VALUE: type_}


# --------------------------------------------------------------------------- file -> form


def shown(value: Plain, type_: Any) -> Any:
    """What the form gets. A value of another shape is left out: `check` tells of it."""
    inner = plain_type(type_)
    if value is None:
        return None
    if is_group(inner):
        group = _group(value, inner) if isinstance(value, dict) else {}
        return [group] if as_list(type_) else group
    if get_origin(inner) is tuple:
        item = get_args(inner)[0]
        return [shown(one, item) for one in value] if isinstance(value, list) else []
    if get_origin(inner) is dict:
        return _records(value, get_args(inner)[1]) if isinstance(value, dict) else []
    return _scalar(value, inner) if isinstance(value, str) else None


def _group(value: Mapping[str, Plain], model: type[Model]) -> dict[str, Any]:
    known = fields_of(model)
    return {name: shown(one, known[name].type) for name, one in value.items() if name in known}


def _records(value: Mapping[str, Plain], type_: Any) -> list[dict[str, Any]]:
    if is_group(plain_type(type_)):
        return [{ID: name, **(shown(one, type_) or {})} for name, one in value.items()]
    (field,) = record(type_)
    return [{ID: name, field: shown(one, type_)} for name, one in value.items()]


def _scalar(value: str, type_: Any) -> Any:
    """A number or a truth value where it is one, else the text as it is."""
    text = counted(value, type_)
    if type_ is bool and text in TRUTH:
        return text == "true"
    return int(text) if type_ is int and text.isdecimal() else text


def counted(value: str, type_: Any) -> str:
    """How a value is written plainly: `no` is false, 010 is 10."""
    if type_ not in (bool, int):
        return value
    found, misfits = fitted(value, type_)
    return value if misfits else str(found).lower()


# --------------------------------------------------------------------------- form -> file


def kept(value: Plain, type_: Any, *, form: bool) -> Plain:
    """What counts of a value: nothing empty in it, every value as text. `form`: it comes from a
    form, else from a file."""
    inner = plain_type(type_)
    if isinstance(value, list) and is_group(inner) and form:
        value = next(iter(value), None)
    if is_group(inner):
        fields = {name: field.type for name, field in fields_of(inner).items()}
        return _kept_group(value, fields, form=form) if isinstance(value, dict) else None
    if get_origin(inner) is tuple:
        item = get_args(inner)[0]
        items = value if isinstance(value, list) else []
        return [one for every in items if (one := kept(every, item, form=form))] or None
    if get_origin(inner) is dict:
        return _kept_mapping(value, get_args(inner)[1], form=form)
    return counted(value, inner) if isinstance(value, str) and value else None


def _kept_group(value: Mapping[str, Plain], fields: Mapping[str, Any], *, form: bool) -> Plain:
    """In the order of the schema; fields it does not know are not ours to change."""
    found = ((name, kept(value.get(name), type_, form=form)) for name, type_ in fields.items())
    return {name: one for name, one in found if one is not None} or None


def _kept_mapping(value: Plain, type_: Any, *, form: bool) -> Plain:
    if not form:
        rows = value.items() if isinstance(value, dict) else ()
        return {name: kept(one, type_, form=False) for name, one in rows} or None
    made: dict[str, Plain] = {}
    for row in value if isinstance(value, list) else []:
        if isinstance(row, dict) and isinstance(name := row.get(ID), str) and name:
            made[name] = kept(_record_value(row, type_), type_, form=True)
    return made or None


def _record_value(row: dict[str, Plain], type_: Any) -> Plain:
    if is_group(plain_type(type_)):
        return row
    (field,) = record(type_)
    return row.get(field)


def without_defaults(value: Plain, was: Plain, model: type[Model]) -> Plain:
    """A form writes down what it proposes. What was not in the file and is what counts anyway
    stays out of it."""
    if not isinstance(value, dict):
        return value
    before = was if isinstance(was, dict) else {}
    return {
        name: one
        for name, one in value.items()
        if name in before or name not in fields_of(model) or one != default(fields_of(model)[name])
    }


def default(field: FieldInfo) -> str | None:
    """As it would be written."""
    value = field.default
    if field.required or not isinstance(value, str | int):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


# --------------------------------------------------------------------------- fields of a form

DATES = {"format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False, "default": ""}
RELATIONS = ("mechanisms", "conditions", "methods")
"""Fields that name pages of the folder they are called after."""
LONG = frozenset({"found", "limits", "disclaimer", "definition", "sentence", "summary"})
"""Texts of more than a line on a screen."""


def fields(model: type[Model], patterns: Mapping[str, str]) -> list[dict[str, Any]]:
    """The form of a group. `patterns`: regular expression -> what it asks for, in words."""
    return [widget(name, one.type, patterns, one) for name, one in fields_of(model).items()]


def widget(
    name: str,
    type_: Any,
    patterns: Mapping[str, str],
    field: FieldInfo | None = None,
) -> dict[str, Any]:
    """One field."""
    required = field is not None and field.required and not may_be_left_out(type_)
    about: dict[str, Any] = {"label": label(name), "name": name, "required": required}
    if field is not None and (words := words_of(field)):
        about["hint"] = words
    inner = plain_type(type_)
    if is_group(inner):
        below = fields(inner, patterns)
        if as_list(type_):
            return about | {"widget": "list", "max": 1, "collapsed": False, "fields": below}
        return about | {"widget": "object", "collapsed": True, "fields": below}
    if get_origin(inner) is dict:
        return about | {"widget": "list", "fields": _record_fields(type_, patterns)}
    if get_origin(inner) is tuple:
        return about | _list(name, get_args(inner)[0], patterns)
    return about | _scalar_widget(name, type_, patterns, field)


def _record_fields(type_: Any, patterns: Mapping[str, str]) -> list[dict[str, Any]]:
    value = get_args(plain_type(type_))[1]
    inner = plain_type(value)
    below = (
        fields(inner, patterns)
        if is_group(inner)
        else [widget(name, one, patterns) for name, one in record(value).items()]
    )
    return [{"label": "Name", "name": ID, "widget": "string", "required": True}, *below]


def _list(name: str, item: Any, patterns: Mapping[str, str]) -> dict[str, Any]:
    inner = plain_type(item)
    if is_group(inner):
        return {"widget": "list", "fields": fields(inner, patterns)}
    if get_origin(inner) is Literal:
        return {"widget": "select", "multiple": True, "options": [*map(str, get_args(inner))]}
    if name in RELATIONS:
        return {
            "widget": "relation",
            "collection": name,
            "multiple": True,
            "search_fields": ["title"],
            "display_fields": ["title"],
            "value_field": "{{slug}}",
        }
    return {"widget": "list", "field": {"label": "One", "name": "one", "widget": "string"}}


def _scalar_widget(
    name: str,
    type_: Any,
    patterns: Mapping[str, str],
    field: FieldInfo | None,
) -> dict[str, Any]:
    inner = plain_type(type_)
    proposed = {} if field is None or (one := default(field)) is None else {"default": one}
    if get_origin(inner) is Literal:
        options = [*map(str, get_args(inner))]
        return {"widget": "select", "options": options, **proposed}
    if inner is bool:
        return {"widget": "boolean", "default": proposed.get("default") == "true"}
    if inner is int:
        numbers = {key: int(value) for key, value in proposed.items()}
        return {"widget": "number", "value_type": "int", **numbers}
    if inner is not str:
        return {"widget": "string"} if inner is Moment else {"widget": "datetime", **DATES}
    if name == "src":
        return {"widget": "image", "choose_url": False}
    shape = _pattern(type_, patterns)
    return {"widget": "text" if name in LONG else "string", **shape, **proposed}


def _pattern(type_: Any, patterns: Mapping[str, str]) -> dict[str, Any]:
    found = getattr(plain(node_of(type_)), "pattern", None) or ""
    return {"pattern": [found, patterns[found]]} if found in patterns else {}


def label(name: str) -> str:
    return (name[:1].upper() + name[1:]).replace("_", " ")
