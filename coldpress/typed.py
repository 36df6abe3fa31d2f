"""Tree + model -> a typed value, and every problem the schema finds, in the author's words.

The schema decides what a text means. What does not fit names a way down from the root; the tree
knows where that stands in the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import inspect as types

from coldpress.fieldtypes import choices, field_at, owner_at, shape_of, type_at, words_of
from coldpress.problems import Problem, error, nearest, one_of
from coldpress.schema import Loc, Misfit, Moment, fields_of, fitted
from coldpress.typedmends import (
    mended,
    renamed,
    retyped,
    spaced,
    together,
)
from coldpress.yamltree import Tree, Value
from coldpress.zones import unknown_zone

EXPECTED: Mapping[type[types.Type], str] = {
    types.StrType: "text",
    types.VarTupleType: "a list",
    types.DictType: "a group of fields",
    types.StructType: "a group of fields",
    types.IntType: "a whole number like 3",
    types.BoolType: "true or false",
    types.DateType: "a date like 2026-03-01",
}
"""What was expected, in words."""

HOW: Mapping[str, str] = {
    "a list": "write each item on a line of its own, after two spaces and a dash",
    "a group of fields": "write its fields on the lines below it, two spaces in",
    "text": "put the whole text in quotes: a bracket has made a list of it",
}


MOST_LISTED = 12
"""Names a hint lists; more than that nobody reads."""


def typed(tree: Tree, model: Any) -> tuple[Any, list[Problem]]:
    """The value (None when there are problems) and the problems. `model` is a Model or a type made
    of them, like dict[Key, Reference]."""
    _drop_empty(tree, model)
    value, misfits = fitted(tree.data, model)
    return value, [_problem(tree, model, one) for one in _once(tree, model, misfits)]


def _once(tree: Tree, model: Any, found: list[Misfit]) -> list[Misfit]:
    """A slip in a field's name also makes that field missing: one mistake is not told twice."""
    renamed: set[Loc] = set()
    for one in found:
        mend = _unknown(tree, model, one.loc).mend if one.why == "unknown-field" else None
        renamed |= {(*one.loc[:-1], mend.becomes)} if mend else set()
    return [one for one in found if not (one.why == "missing" and one.loc in renamed)]


def _drop_empty(tree: Tree, model: Any) -> None:
    """`summary:` with nothing after it is as good as no summary, where one may be left out."""
    for loc in tree.empty:
        info = field_at(model, loc)
        parent = _at(tree.data, loc[:-1])
        if info and not info.required and isinstance(parent, dict):
            parent.pop(str(loc[-1]), None)
            tree.values.pop(loc, None)


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
    name = ".".join(step for step in loc if isinstance(step, str))
    if not name:
        return "this file"
    return f"item {items[-1] + 1} of {name!r}" if isinstance(loc[-1], int) else repr(name)


# --------------------------------------------------------------------------- errors in words


def _problem(tree: Tree, model: Any, found: Misfit) -> Problem:
    loc = found.loc
    if found.why == "unknown-field":
        return _unknown(tree, model, loc)
    if found.why == "missing":
        return _missing(tree, model, loc)
    if found.why == "name":
        return _bad_name(tree, found)
    if found.given is None:
        return _no_value(tree, model, loc)
    return _wrong_value(tree, model, found)


def _wrong_value(tree: Tree, model: Any, found: Misfit) -> Problem:
    loc = found.loc
    if found.why == "type":
        return _wrong_type(tree, model, found)
    if found.why == "impossible":
        message = f"there is no such day or time: {_written(found)!r}"
        return error("impossible-date", tree.spot(loc), message, "look it up in a calendar")
    if found.why == "zone":
        line = tree.lines[tree.spot(loc).line - tree.first_line]
        return unknown_zone(tree.spot(loc), str(found.given).split()[-1], line)
    return error("bad-value", tree.spot(loc), *_bad_value(model, found), mended(tree, loc, found))


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
    need = "write one after the colon" if info and info.required else "write one, or remove it"
    message = f"{_name(loc)} has no value"
    return error("missing-field", tree.spot(loc), message, need + _about(model, loc))


def _about(model: Any, loc: Loc) -> str:
    """` (what the field is for)`, from the schema."""
    info = field_at(model, loc)
    return f" ({words})" if info and (words := words_of(info)) else ""


def _bad_name(tree: Tree, found: Misfit) -> Problem:
    place = tree.keys.get(found.loc, tree.spot(found.loc))
    shape = shape_of(found.wanted, "a shorter name")
    return error("bad-value", place, f"{str(found.given)!r} cannot be a name here", f"use {shape}")


def _expected(wanted: types.Type) -> str:
    if isinstance(wanted, types.StructType) and wanted.cls is Moment:
        return "a date and time like 2026-12-01 09:00"
    return EXPECTED[type(wanted)]


def _wrong_type(tree: Tree, model: Any, found: Misfit) -> Problem:
    loc, given = found.loc, found.given
    expected = _expected(found.wanted)
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


def _bad_value(model: Any, found: Misfit) -> tuple[str, str]:
    """Message and hint for a value of the right type that is not allowed."""
    name, value = _name(found.loc), _written(found)
    about = _about(model, found.loc)
    match found:
        case Misfit(why="choice"):
            allowed = choices(type_at(model, found.loc))
            hint = f"{nearest(value, allowed)} {one_of(allowed)}".strip()
            return f"{name} cannot be {value!r}", hint
        case Misfit(why="short", wanted=types.StrType(min_length=least)):
            message = f"{name} is too short: {len(value)} of at least {least} characters"
            return message, f"write at least {least} characters{about}"
        case Misfit(why="long", wanted=types.StrType(max_length=most)):
            message = f"{name} is too long: {len(found.given)} characters, {most} at most"
            return message, f"shorten it to {most} characters{about}"
        case Misfit(why="empty"):
            return f"{name} is empty", f"give at least one item{about}"
        case Misfit(why="small", wanted=types.IntType(ge=least)):
            return f"{name} cannot be {value!r}", f"write {least} or more{about}"
    return f"{name} cannot be {value!r}", f"write {shape_of(found.wanted, 'another form')}{about}"


def _written(found: Misfit) -> str:
    text = str(found.given)
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
