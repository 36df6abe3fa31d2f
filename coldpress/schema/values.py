"""What is written -> a typed value, or everything in it that does not fit.

msgspec holds the types, their limits and their values; it stops at the first thing that does not
fit, and an author is told all of them. Every value is text, a list or a group of fields, as YAML
was read: what a text means is decided by the type that is declared for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TypeAlias

from msgspec import Struct
from msgspec import inspect as types

from coldpress.schema.shapes import Moment, UnknownZoneError, zone_named

Loc: TypeAlias = "tuple[int | str, ...]"
"""Way down from the root: `("reviewed", "by")`, `("aliases", 2)`."""
Why = Literal[
    "unknown-field",
    "missing",
    "name",  # of an entry in a mapping
    "type",
    "choice",
    "pattern",
    "short",
    "long",
    "empty",
    "small",
    "impossible",
    "zone",
]
TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("true", "yes", "on", "y", "t", "1"), True),
    **dict.fromkeys(("false", "no", "off", "n", "f", "0"), False),
}
NUMBER = re.compile(r"\s*([+-]?[0-9]+(?:_[0-9]+)*)(?:\.0+)?\s*")
LONGEST_NUMBER = 18
"""Signs of a number. More are a slip, and Python refuses to read thousands of them."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)? ?(Z|[+-]\d\d:?\d\d)?")


class Misfit(Struct, frozen=True):
    """Something that cannot be read as what it should be."""

    loc: Loc
    why: Why
    given: Any
    wanted: types.Type
    """Without `| None`: its limits say what would fit."""


class UnfitError(Exception):
    """It has no meaning in its type."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def fitted(given: Any, wanted: Any) -> tuple[Any, list[Misfit]]:
    """The value, None when there are misfits. `wanted` is a Model, or any type made of them, like
    dict[Key, Reference]."""
    misfits: list[Misfit] = []
    value = _value(given, node_of(wanted), (), misfits)
    return (None if misfits else value), misfits


@cache
def node_of(wanted: Any) -> types.Type:
    return types.type_info(wanted)


def plain(node: types.Type, given: Any = None) -> types.Type:
    """Without what is only said of it, and without `| None`. Where one text may stand for a list
    of them: that of the two which is given."""
    while isinstance(node, types.Metadata):
        node = node.type
    if not isinstance(node, types.UnionType):
        return node
    parts = [plain(one) for one in node.types if not isinstance(one, types.NoneType)]
    text = isinstance(given, str)
    return next((one for one in parts if isinstance(one, types.StrType) is text), parts[0])


def may_be_none(node: types.Type) -> bool:
    while isinstance(node, types.Metadata):
        node = node.type
    return isinstance(node, types.UnionType) and node.includes_none


# --------------------------------------------------------------------------- groups and lists


def _value(given: Any, node: types.Type, loc: Loc, misfits: list[Misfit]) -> Any:
    if given is None and may_be_none(node):
        return None
    wanted = plain(node, given)
    try:
        if of_parts := PARTS.get(type(wanted)):
            return of_parts(given, wanted, loc, misfits)
        return SCALARS[type(wanted)](given, wanted)
    except UnfitError as unfit:
        misfits.append(Misfit(loc, unfit.why, given, wanted))
        return None


def _group(given: Any, wanted: types.StructType, loc: Loc, misfits: list[Misfit]) -> Any:
    if wanted.cls is Moment:
        return _moment(given)
    if not isinstance(given, Mapping):
        raise UnfitError("type")
    before = len(misfits)
    values = {}
    for field in wanted.fields:
        name = field.encode_name
        if name in given:
            values[field.name] = _value(given[name], field.type, (*loc, name), misfits)
        elif field.required:
            misfits.append(Misfit((*loc, name), "missing", given, plain(field.type)))
    known = {field.encode_name for field in wanted.fields}
    misfits += (
        Misfit((*loc, name), "unknown-field", one, wanted)
        for name, one in given.items()
        if name not in known
    )
    return wanted.cls(**values) if len(misfits) == before else None


def _list(given: Any, wanted: types.VarTupleType, loc: Loc, misfits: list[Misfit]) -> Any:
    if not isinstance(given, list | tuple):
        raise UnfitError("type")
    if len(given) < (wanted.min_length or 0):
        raise UnfitError("empty")
    item = wanted.item_type
    return tuple(_value(one, item, (*loc, at), misfits) for at, one in enumerate(given))


def _mapping(given: Any, wanted: types.DictType, loc: Loc, misfits: list[Misfit]) -> Any:
    if not isinstance(given, Mapping):
        raise UnfitError("type")
    for name in given:
        try:
            _text(name, plain(wanted.key_type))
        except UnfitError:
            misfits.append(Misfit((*loc, name), "name", name, plain(wanted.key_type)))
    item = wanted.value_type
    return {name: _value(one, item, (*loc, name), misfits) for name, one in given.items()}


PARTS: Mapping[type[types.Type], Callable[[Any, Any, Loc, list[Misfit]], Any]] = {
    types.StructType: _group,
    types.VarTupleType: _list,
    types.DictType: _mapping,
}


# --------------------------------------------------------------------------- single values


def _text(given: Any, wanted: Any) -> str:
    if not isinstance(given, str):
        raise UnfitError("type")
    if wanted.min_length is not None and len(given) < wanted.min_length:
        raise UnfitError("short")
    if wanted.max_length is not None and len(given) > wanted.max_length:
        raise UnfitError("long")
    if wanted.pattern is not None and not _has_shape(given, wanted.pattern):
        raise UnfitError("pattern")
    return given


def _has_shape(text: str, pattern: str) -> bool:
    """The whole of it: `$` alone would let a line break at the end pass. Where any letter will do,
    the marks of a letter will: an é may be written as two signs."""
    if re.fullmatch(pattern, text):
        return True
    bare = "".join(sign for sign in text if not unicodedata.category(sign).startswith("M"))
    return "\\w" in pattern and bool(re.fullmatch(pattern, bare))


def _choice(given: Any, wanted: types.LiteralType) -> str | int | bool | None:
    """Of words, or of numbers: those are written in digits."""
    for one in wanted.values:
        if given == one or (isinstance(one, int) and given == str(one)):
            return one
    raise UnfitError("choice")


def _truth(given: Any, _wanted: types.BoolType) -> bool:
    if isinstance(given, bool):
        return given
    found = TRUTHS.get(given.lower()) if isinstance(given, str) else None
    if found is None:
        raise UnfitError("type")
    return found


def _number(given: Any, wanted: types.IntType) -> int:
    found = NUMBER.fullmatch(given) if isinstance(given, str) else None
    if isinstance(given, int) and not isinstance(given, bool):
        number = given
    elif found and len(found[1]) <= LONGEST_NUMBER:
        number = int(found[1])
    else:
        raise UnfitError("type")
    if wanted.ge is not None and number < wanted.ge:
        raise UnfitError("small")
    return number


def _day(given: Any, _wanted: types.DateType) -> date:
    """Only `2026-03-01`."""
    if isinstance(given, date):
        return given
    if not isinstance(given, str) or not DAY.fullmatch(given):
        raise UnfitError("type")
    try:
        return date.fromisoformat(given)
    except ValueError as none:
        raise UnfitError("impossible") from none


def _moment(given: Any) -> Moment:
    """`2026-12-01 09:00 America/Los_Angeles`, `2026-12-01T09:00-08:00` or without a zone."""
    if isinstance(given, Moment):
        return given
    words = given.split() if isinstance(given, str) else []
    name = words.pop() if len(words) > 1 and words[-1][0].isalpha() else ""
    try:
        zone = zone_named(name) if name else None
        written = " ".join(words)
        if not MOMENT.fullmatch(written):
            raise UnfitError("type")
        return Moment(datetime.fromisoformat(written.replace(" ", "T", 1).replace(" ", "")), zone)
    except UnknownZoneError as unknown:
        raise UnfitError("zone") from unknown
    except ValueError as none:
        raise UnfitError("impossible") from none


def _any(given: Any, _wanted: types.AnyType) -> Any:
    return given


SCALARS: Mapping[type[types.Type], Callable[[Any, Any], Any]] = {
    types.StrType: _text,
    types.LiteralType: _choice,
    types.DateType: _day,
    types.BoolType: _truth,
    types.IntType: _number,
    types.AnyType: _any,
}
