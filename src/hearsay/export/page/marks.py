"""The text of a report with its spans marked: blocks of tokens, ready for a template that only opens, writes, closes.

In come a report and the layers of its spans; out come zones of paragraphs of tokens. Their texts joined are exactly
`report.text`. Spans that nest become nested marks; a span that crosses another, or the end of a paragraph, is cut
there, and its first piece carries the id that links point to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from hearsay.model import Report, ZoneKind

Key = tuple[int, int]
_PARAGRAPH = re.compile(r"\n(?:[ \t\r\f\v]*\n)+")
_LINE = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Token:
    """Open a mark (`id` empty on later pieces of a cut span), write text, or close the innermost mark."""

    kind: Literal["open", "text", "close"]
    text: str = ""
    id: str = ""
    classes: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `gap` is the white space that follows it."""

    tokens: tuple[Token, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class Block:
    """One zone of a report. `length` counts its characters."""

    kind: ZoneKind
    paragraphs: tuple[Paragraph, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of one stretch of text: the layers it belongs to and a note for people."""

    layers: tuple[str, ...] = ()
    title: str = ""


def blocks(report: Report, marks: Mapping[Key, Mark], *, prefix: str) -> tuple[Block, ...]:
    """The whole text as zones, paragraphs and tokens. `marks` are spans (start, end) inside the text.

    Ids are `prefix-start-end`. Gaps between zones are taken for body, so that no character is lost.
    """
    spans = sorted(marks, key=lambda key: (key[0], -key[1]))
    splitter = _PARAGRAPH if _PARAGRAPH.search(report.text.strip()) else _LINE
    started: set[Key] = set()
    out = []
    for start, end, kind in _zones(report):
        paragraphs = tuple(
            Paragraph(
                tuple(_tokens(report.text, a, b, _within(spans, a, b), (marks, started, prefix))), report.text[b:c]
            )
            for a, b, c in _split(report.text, start, end, splitter)
        )
        out.append(Block(kind, paragraphs, end - start))
    return tuple(out)


def _zones(report: Report) -> Iterator[tuple[int, int, ZoneKind]]:
    """Zones in order, with anything they leave out as body."""
    at, size = 0, len(report.text)
    for zone in sorted(report.zones, key=lambda zone: (zone.span.start, zone.span.end)):
        start, end = max(zone.span.start, at), min(zone.span.end, size)
        if start >= end:
            continue
        if start > at:
            yield at, start, "body"
        yield start, end, zone.kind
        at = end
    if at < size:
        yield at, size, "body"


def _split(text: str, start: int, end: int, splitter: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
    """Paragraphs of a zone as (start, end, end of the white space behind it)."""
    at = start
    for gap in splitter.finditer(text, start, end):
        yield at, gap.start(), gap.end()
        at = gap.end()
    if at < end:
        yield at, end, end


def _within(spans: Iterable[Key], start: int, end: int) -> list[Key]:
    return [key for key in spans if key[0] < end and start < key[1]]


def _tokens(
    text: str, start: int, end: int, spans: list[Key], known: tuple[Mapping[Key, Mark], set[Key], str]
) -> Iterator[Token]:
    """Tokens of text[start:end]; `spans` are sorted by start, longest first, and all touch the stretch."""
    marks, started, prefix = known
    at = start
    open_ends: list[int] = []
    queue = sorted((max(a, start), -min(b, end), (a, b)) for a, b in spans)
    while queue or open_ends:
        edge = open_ends[-1] if open_ends else end
        if queue and queue[0][0] < edge:
            a, minus_b, key = queue.pop(0)
            stop = min(-minus_b, edge)
            if -minus_b > edge:  # it crosses the end of an open mark: the rest is taken up behind it
                queue.append((edge, minus_b, key))
                queue.sort()
            if a > at:
                yield Token("text", text[at:a])
                at = a
            mark = marks[key]
            id = "" if key in started else f"{prefix}-{key[0]}-{key[1]}"
            started.add(key)
            yield Token("open", id=id, classes=" ".join(mark.layers), title=mark.title)
            open_ends.append(stop)
        elif open_ends:
            stop = open_ends.pop()
            if stop > at:
                yield Token("text", text[at:stop])
                at = stop
            yield Token("close")
    if at < end:
        yield Token("text", text[at:end])
