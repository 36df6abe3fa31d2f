"""The schema at a spot of a file: what type stands there, and in which group of fields."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import inspect as types
from msgspec.structs import FieldInfo

from coldpress.schema import SHAPES, Loc, Model, fields_of
from coldpress.schema.values import may_be_none, node_of


def type_at(model: Any, loc: Loc) -> Any:
    """The type that stands at `loc`, or None."""
    found = plain_type(model)
    for step in loc:
        if is_group(found):
            field = fields_of(found).get(str(step))
            found = plain_type(field.type) if field else None
        else:
            parts = get_args(found)
            found = plain_type(parts[1 if get_origin(found) is dict else 0]) if parts else None
    return found


def is_group(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Model)


def owner_at(model: Any, loc: Loc) -> type[Model] | None:
    """The model whose fields stand at `loc`, if it is one."""
    found = type_at(model, loc)
    return found if is_group(found) else None


def plain_type(annotation: Any) -> Any:
    """Without `Annotated` and without `| None`."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return plain_type(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return plain_type(next(part for part in get_args(annotation) if part is not type(None)))
    return annotation


def field_at(model: Any, loc: Loc) -> FieldInfo | None:
    owner = owner_at(model, loc[:-1]) if loc else None
    return fields_of(owner).get(str(loc[-1])) if owner else None


def words_of(field: FieldInfo) -> str:
    """What a field is for."""
    if get_origin(field.type) is not Annotated:
        return ""
    told = (one.description for one in reversed(get_args(field.type)[1:]))
    return next(filter(None, told), "")


def choices(annotation: Any) -> list[str]:
    """The words of which one may stand there, in the schema's order."""
    return [str(word) for word in get_args(plain_type(annotation))]


def may_be_left_out(type_: Any) -> bool:
    """Whether `null` may stand there."""
    return may_be_none(node_of(type_))


def shape_of(wanted: types.Type, otherwise: str) -> str:
    """What a text's pattern asks for, in words."""
    return SHAPES.get(getattr(wanted, "pattern", None) or "", otherwise)
