"""Tree + model -> a typed value, and every problem the schema finds, in the author's words.

The schema (pydantic) decides what a text means. Its errors name a way down from the root; the tree
knows where that stands in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, get_args
from zoneinfo import available_timezones

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from coldpress.fieldtypes import field_at, is_group, owner_at, type_at
from coldpress.problems import Place, Problem, error, nearest, one_of
from coldpress.schema import SHAPES, fields_of
from coldpress.typedmends import (
    in_zone,
    mended,
    renamed,
    retyped,
    spaced,
    together,
)
from coldpress.yamltree import Loc, Tree, Value

EXPECTED: Mapping[str, str] = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a group of fields",
    "model_type": "a group of fields",
    "int_parsing": "a whole number like 3",
    "int_parsing_size": "a whole number like 3",
    "int_from_float": "a whole number like 3",
    "int_type": "a whole number like 3",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "date_type": "a date like 2026-03-01",
    "not_a_day": "a date like 2026-03-01",
    "not_a_moment": "a date and time like 2026-12-01 09:00",
    "is_instance_of": "a date and time like 2026-12-01 09:00",
}
"""pydantic's name of an error -> what was expected, in words."""

HOW: Mapping[str, str] = {
    "a list": "write each item on a line of its own, after two spaces and a dash",
    "a group of fields": "write its fields on the lines below it, two spaces in",
    "text": "put the whole text in quotes: a bracket has made a list of it",
}


MOST_LISTED = 12
"""Names a hint lists; more than that nobody reads."""


def typed(tree: Tree, model: Any) -> tuple[Any, list[Problem]]:
    """The value (None when there are problems) and the problems. `model` is a pydantic model or
    a type of them, like dict[Key, Reference]."""
    _drop_empty(tree, model)
    try:
        return _validate(tree.data, model), []
    except ValidationError as invalid:
        found = _once(tree, model, invalid.errors())
        return None, [_problem(tree, model, one) for one in found]


def _once(tree: Tree, model: Any, found: list[ErrorDetails]) -> list[ErrorDetails]:
    """A slip in a field's name also makes that field missing, and a list of which no item can be
    read is empty: one mistake is not told twice."""
    renamed: set[Loc] = set()
    for one in found:
        mend = _unknown(tree, model, one["loc"]).mend if one["type"] == "extra_forbidden" else None
        renamed |= {(*one["loc"][:-1], mend.becomes)} if mend else set()
    around = {one["loc"][:n] for one in found for n in range(len(one["loc"]))}
    return [
        one
        for one in found
        if not (one["type"] == "missing" and one["loc"] in renamed)
        and not (one["type"] == "too_short" and one["loc"] in around)
    ]


def _validate(data: Value, model: Any) -> Any:
    """A model has its validator already; building one for a mapping takes a millisecond."""
    if is_group(model):
        return model.model_validate(data)
    return TypeAdapter(model).validate_python(data)


def _drop_empty(tree: Tree, model: Any) -> None:
    """`summary:` with nothing after it is as good as no summary, where one may be left out."""
    for loc in tree.empty:
        info = field_at(model, loc)
        parent = _at(tree.data, loc[:-1])
        if info and not info.is_required() and isinstance(parent, dict):
            parent.pop(str(loc[-1]), None)


def _at(data: Value, loc: Loc) -> Value:
    for step in loc:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            # Of a field that is there twice, `loc` may be of the one that was not kept.
            data = data[step] if step < len(data) else None
    return data


def _name(loc: Loc) -> str:
    """`'reviewed.by'`, or `item 2 of 'key_points'`."""
    items = [step for step in loc if isinstance(step, int)]
    name = ".".join(step for step in loc if isinstance(step, str) and step != "[key]")
    if not name:
        return "this file"
    return f"item {items[-1] + 1} of {name!r}" if isinstance(loc[-1], int) else repr(name)


# --------------------------------------------------------------------------- errors in words


def _problem(tree: Tree, model: Any, found: ErrorDetails) -> Problem:
    loc: Loc = found["loc"]
    kind = found["type"]
    if kind == "extra_forbidden":
        return _unknown(tree, model, loc)
    if kind == "missing":
        return _missing(tree, model, loc)
    if loc and loc[-1] == "[key]":
        return _bad_name(tree, loc, found)
    if found["input"] is None:
        return _no_value(tree, model, loc)
    return _wrong_value(tree, model, loc, found)


def _wrong_value(tree: Tree, model: Any, loc: Loc, found: ErrorDetails) -> Problem:
    kind = found["type"]
    if kind in EXPECTED:
        return _wrong_type(tree, model, loc, found)
    if kind.startswith("impossible_"):
        message = f"there is no such day or time: {_written(found)!r}"
        return error("impossible-date", tree.spot(loc), message, "look it up in a calendar")
    if kind == "unknown_zone":
        line = tree.lines[tree.spot(loc).line - tree.first_line]
        return unknown_zone(tree.spot(loc), str(found["ctx"]["zone"]), line)
    return error(
        "bad-value",
        tree.spot(loc),
        *_bad_value(model, loc, found),
        mended(tree, loc, found, type_at(model, loc)),
    )


def unknown_zone(place: Place, zone: str, line: str = "") -> Problem:
    """`line`: as it stands in the file, if it is known."""
    message = f"unknown time zone {zone!r}"
    known = [name for name in available_timezones() if "/" in name and name[:4] != "Etc/"]
    hint = nearest(zone, known) or "write one like America/Los_Angeles"
    at = line.find(zone, place.column - 1)
    spot = Place(place.path, place.line, at + 1) if at >= 0 else place
    return error("unknown-zone", spot, message, hint, in_zone(spot, zone))


def _unknown(tree: Tree, model: Any, loc: Loc) -> Problem:
    owner = owner_at(model, loc[:-1])
    known = fields_of(owner) if owner else {}
    message = f"unknown field {str(loc[-1])!r}"
    place = tree.keys.get(loc, tree.spot(loc))
    every = one_of(known) if len(known) <= MOST_LISTED else "all fields are in docs/fields.md"
    hint = nearest(str(loc[-1]), known) or every
    mend = renamed(tree, loc, known, _at(tree.data, loc[:-1]))
    return error("unknown-field", place, message, hint, mend)


def _missing(tree: Tree, model: Any, loc: Loc) -> Problem:
    return error(
        "missing-field",
        tree.spot(loc[:-1]),
        f"{_name(loc)} is missing",
        f"add a line '{loc[-1]}: ...'{_about(model, loc)}",
    )


def _no_value(tree: Tree, model: Any, loc: Loc) -> Problem:
    info = field_at(model, loc)
    need = "write one after the colon" if info and info.is_required() else "write one, or remove it"
    message = f"{_name(loc)} has no value"
    return error("missing-field", tree.spot(loc), message, need + _about(model, loc))


def _about(model: Any, loc: Loc) -> str:
    """` (what the field is for)`, from the schema."""
    info = field_at(model, loc)
    return f" ({info.description})" if info and info.description else ""


def _bad_name(tree: Tree, loc: Loc, found: ErrorDetails) -> Problem:
    place = tree.keys.get(loc[:-1], tree.spot(loc[:-1]))
    shape = SHAPES.get(found.get("ctx", {}).get("pattern", ""), "a shorter name")
    return error("bad-value", place, f"{str(loc[-2])!r} cannot be a name here", f"use {shape}")


def _wrong_type(tree: Tree, model: Any, loc: Loc, found: ErrorDetails) -> Problem:
    expected = EXPECTED[found["type"]]
    given = found["input"]
    block = tree.values.get(loc) == tree.keys.get(loc)
    if expected == "text" and isinstance(given, dict) and given and not block:
        return _taken_apart(tree, loc, given)
    if expected == "a list" and str(given).startswith("-"):
        message = "a space is missing after the dash"
        hint = "write each item like this: - /old/"
        return error("missing-space", tree.spot(loc), message, hint, spaced(tree, loc, str(given)))
    what = "a list" if isinstance(given, list) else "a group of fields"
    if isinstance(given, str):
        what = "text" if expected in HOW else repr(_written(found))
    hint = HOW.get(expected, f"write {expected}")
    if expected == "text" and isinstance(given, dict):
        hint = "write it on one line, after the colon"
    message = f"{_name(loc)} is {what}, expected {expected}"
    mend = retyped(tree, loc, found, type_at(model, loc))
    return error("wrong-type", tree.spot(loc), message, hint + _about(model, loc), mend)


def _taken_apart(tree: Tree, loc: Loc, given: Mapping[str, Any]) -> Problem:
    """`- Take care: no cold` is a group of one field to YAML."""
    message = f"{_name(loc)} contains a colon and is not in quotes"
    name, value = next(iter(given.items()), ("", ""))
    hint = "put the whole text in quotes"
    if len(given) == 1 and isinstance(value, str):
        hint = f"put the value in quotes: {json.dumps(f'{name}: {value}', ensure_ascii=False)}"
    return error("unquoted-colon", tree.spot(loc), message, hint, together(tree, loc, given))


def _bad_value(model: Any, loc: Loc, found: ErrorDetails) -> tuple[str, str]:
    """Message and hint for a value of the right type that is not allowed."""
    context = found.get("ctx", {})
    name, value = _name(loc), _written(found)
    match found["type"]:
        case "literal_error":
            allowed = [str(word) for word in get_args(type_at(model, loc))]
            hint = f"{nearest(value, allowed)} {one_of(allowed)}".strip()
            return f"{name} cannot be {value!r}", hint
        case "string_pattern_mismatch":
            shape = SHAPES.get(context["pattern"], "another form")
            return f"{name} cannot be {value!r}", f"write {shape}{_about(model, loc)}"
        case "string_too_short":
            least = context["min_length"]
            message = f"{name} is too short: {len(value)} of at least {least} characters"
            return message, f"write at least {least} characters{_about(model, loc)}"
        case "string_too_long":
            most = context["max_length"]
            message = f"{name} is too long: {len(found['input'])} characters, {most} at most"
            return message, f"shorten it to {most} characters{_about(model, loc)}"
        case "too_short":
            return f"{name} is empty", f"give at least one item{_about(model, loc)}"
    said = re.sub(r"^(Value error, |Input )", "", found["msg"])
    return f"{name} cannot be {value!r}", said[:1].lower() + said[1:]


def _written(found: ErrorDetails) -> str:
    text = str(found["input"])
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
