"""Sides of a difference, put together in one way: values with spans in, Conflict rows out."""

from __future__ import annotations

from collections.abc import Iterable

from hearsay.link.passages import Behind
from hearsay.model import Conflict, ConflictStatus, Span, Version, digest

LONGEST = 240  # characters of a span (CONTRACT.md)
VALUE = 120  # characters of a value


def version(value: str, spans: Iterable[Span], behind: Behind) -> Version:
    """One side: its value, its spans cut to what the format allows, and how many origins give it."""
    spans = tuple(sorted(set(spans)))
    cut = tuple(Span(report=s.report, start=s.start, end=min(s.end, s.start + LONGEST)) for s in spans)
    value = " ".join(value.split())
    short = value if len(value) <= VALUE else value[:VALUE].rsplit(" ", 1)[0] + "…"
    return Version(value=short, spans=cut, origins=behind.origins(spans))


def conflict(
    topic: str, aspect: str, about: str, values: tuple[Version, ...], status: ConflictStatus, note: str
) -> Conflict:
    """A difference; its id depends on what it is about and on the first words of each side."""
    first = tuple((v.spans[0].report, v.spans[0].start) for v in values)
    id = digest("conflict", about, aspect, topic, *sorted(first))
    return Conflict(id=id, topic=topic, aspect=aspect, about=about, values=values, status=status, note=note)
