"""Hypothesis strategies for every value type, read off its hints, and for dossiers whose spans fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from hearsay import model
from hearsay.model import Dossier, Reading, Report, Span, report_id

T = TypeVar("T")

VALUE_TYPES: tuple[type, ...] = tuple(
    sorted(
        (kind for kind in vars(model).values() if isinstance(kind, type) and kind.__module__ == model.__name__),
        key=lambda kind: kind.__name__,
    )
)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=4),
    int: st.integers(min_value=0, max_value=2**40),
    float: st.floats(min_value=0, max_value=1),
    bool: st.booleans(),
}
_ID = st.text(alphabet="0123456789abcdef", min_size=1, max_size=4)


@cache
def values(kind: type[T]) -> st.SearchStrategy[T]:
    """Values of one type; their ids and spans refer to nothing."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: _ID if name == "id" else _of(hint) for name, hint in hints.items()})


@cache
def _of(hint: Any) -> st.SearchStrategy[Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, UnionType):
        return st.none() | st.one_of([_of(arg) for arg in args if arg is not NoneType])
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(_of(args[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*[_of(arg) for arg in args])
    return _PLAIN[hint] if hint in _PLAIN else values(hint)


def reports() -> st.SearchStrategy[Report]:
    """Reports whose ids and spans fit their texts."""
    return values(Report).map(_own)


def readings() -> st.SearchStrategy[Reading]:
    """Readings whose spans fit their reports."""
    return values(Reading).map(lambda row: fitted(replace(row, report=_own(row.report)), [_own(row.report)]))


def dossiers() -> st.SearchStrategy[Dossier]:
    """Dossiers of one report or more, whose spans fit their reports; other ids refer to nothing."""

    def own(dossier: Dossier) -> Dossier:
        known = sorted({_own(report) for report in dossier.reports}, key=lambda report: report.id)
        return replace(fitted(replace(dossier, reports=()), known), reports=tuple(known))

    return values(Dossier).filter(lambda dossier: bool(dossier.reports)).map(own)


def _own(report: Report) -> Report:
    named = replace(report, id=report_id(report.text, report.uri))
    return fitted(named, [named])


def fitted(value: T, known: Sequence[Report]) -> T:
    """The value with every span, and every `report` of a row, moved into one of the known reports."""
    if isinstance(value, Span):
        report = known[value.end % len(known)]
        start, end = sorted((value.start % (len(report.text) + 1), value.end % (len(report.text) + 1)))
        return cast(T, Span(report=report.id, start=start, end=end))
    if isinstance(value, tuple):
        return cast(T, tuple(fitted(item, known) for item in value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts = {field.name: fitted(getattr(value, field.name), known) for field in fields(value)}
    if isinstance(parts.get("report"), str):
        parts["report"] = known[0].id
    return cast(T, replace(value, **parts))
