"""Frozen value types to JSON and back, driven by their type hints alone.

In comes any dataclass of `hearsay.model`, out goes one line of ASCII JSON, and the other way round. Fields that hold
their default are left out and fields that are missing get it, so a field added later needs no migration. A type's
coders are built once; adding a value type needs no line here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from hearsay.model import Reading, Report, Timex, digest, timex_id

T = TypeVar("T")
Coder = Callable[[Any], Any]


def encode(value: object) -> str:
    """One line of JSON; equal values give equal lines. Raises TypeError for a type that is no value type."""
    return json.dumps(_encoder(cast(Hashable, type(value)))(value), separators=(",", ":"))


def decode(kind: type[T], body: str) -> T:
    """The value that `encode` wrote. Raises ValueError where the line does not fit the type."""
    try:
        value: T = _decoder(cast(Hashable, kind))(json.loads(body))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no {kind.__name__}: {error!r}") from error
    return value


def key(value: object, body: str) -> str:
    """The id under which a value is stored: its own, else a digest of its content (`body` is its encoding)."""
    if isinstance(value, Reading):
        return value.report.id
    if isinstance(value, Timex):
        return timex_id(value)
    own = getattr(value, "id", None)
    return own if isinstance(own, str) else digest(type(value).__name__.lower(), body)


def report_of(value: object) -> str | None:
    """Id of the one report a value belongs to, or None for values with members in many."""
    if isinstance(value, Report):
        return value.id
    owner = getattr(value, "report", None)
    if isinstance(owner, Report):
        return owner.id
    if isinstance(owner, str):
        return owner
    span = getattr(value, "span", None)
    return None if span is None else report_of(span)


@cache
def _encoder(hint: Hashable) -> Coder:
    """Value -> what json.dumps takes."""
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        parts = tuple((field.name, field.default, _encoder(hints[field.name])) for field in fields(hint))

        def encode_fields(value: Any) -> dict[str, Any]:
            pairs = ((name, default, code, getattr(value, name)) for name, default, code in parts)
            return {name: code(item) for name, default, code, item in pairs if default is MISSING or item != default}

        return encode_fields
    inner = _item(hint)
    if inner is not None:
        codes = tuple(_encoder(one) for one in inner)
        if len(codes) == 1:
            return lambda value: [codes[0](item) for item in value]
        return lambda value: [code(item) for code, item in zip(codes, value, strict=True)]
    some = _optional(hint)
    if some is not None:
        code = _encoder(some)
        return lambda value: None if value is None else code(value)
    _plain(hint)
    return lambda value: value


@cache
def _decoder(hint: Hashable) -> Coder:
    """What json.loads gives -> value."""
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        parts = {field.name: _decoder(hints[field.name]) for field in fields(hint)}
        return lambda value: hint(**{name: parts[name](item) for name, item in value.items() if name in parts})
    inner = _item(hint)
    if inner is not None:
        codes = tuple(_decoder(one) for one in inner)
        if len(codes) == 1:
            return lambda value: tuple(codes[0](item) for item in value)
        return lambda value: tuple(code(item) for code, item in zip(codes, value, strict=True))
    some = _optional(hint)
    if some is not None:
        code = _decoder(some)
        return lambda value: None if value is None else code(value)
    types = _plain(hint)

    def decode_plain(value: Any) -> Any:
        if not isinstance(value, types):
            raise TypeError(f"{value!r} is no {types}")
        return value

    return decode_plain


def _item(hint: Any) -> tuple[Any, ...] | None:
    """Types of the items of a tuple type (one: any number of it), or None for other types."""
    if get_origin(hint) is not tuple:
        return None
    args = get_args(hint)
    return args[:1] if args[-1] is Ellipsis else args


def _optional(hint: Any) -> Any:
    """X of `X | None`, or None for other types."""
    if get_origin(hint) not in (Union, UnionType):
        return None
    some = tuple(arg for arg in get_args(hint) if arg is not NoneType)
    if len(some) != 1:
        raise TypeError(f"a field of type {hint} cannot be stored: a union may only add None")
    return some[0]


def _plain(hint: Any) -> tuple[type, ...]:
    """What a value of a type that JSON knows itself may be."""
    if get_origin(hint) is Literal:
        return tuple({type(arg) for arg in get_args(hint)})
    if hint is float:
        return (float, int)
    if hint in (str, int, bool):
        return (hint,)
    raise TypeError(f"a field of type {hint} cannot be stored: values are dataclasses, tuples, texts and numbers")
