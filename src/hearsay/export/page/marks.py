"""The text of a report with its spans marked: blocks of tokens, ready for a template that only opens, writes, closes.

In come a report and the layers of its spans; out come zones of paragraphs of tokens. Their texts joined are exactly
`report.text`. Spans that nest become nested marks; a span that crosses a longer one, or the end of a paragraph, is cut
there, and its first piece carries the id that links point to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from hearsay.model import Report, ZoneKind

Key = tuple[int, int]
_PARAGRAPH = re.compile(r"\n(?:[ \t\r\f\v]*\n)+")
_LINE = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Token:
    """Open a mark, write text, or close the innermost mark. Later pieces of a cut span are `more` of its id."""

    kind: Literal["open", "text", "close"]
    text: str = ""
    id: str = ""
    more: bool = False
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
    """Tokens of text[start:end]; `spans` all touch the stretch."""
    marks, started, prefix = known
    at, ends = start, list[int]()
    for a, minus_b, key in [*_pieces(spans, start, end), (end, -end, None)]:
        while ends and ends[-1] <= a:
            stop = ends.pop()
            yield from _text(text[at:stop])
            yield Token("close")
            at = stop
        yield from _text(text[at:a])
        at = a
        if key:
            id = f"{prefix}-{key[0]}-{key[1]}"
            yield Token("open", "", id, key in started, " ".join(marks[key].layers), marks[key].title)
            started.add(key)
            ends.append(-minus_b)


def _text(text: str) -> Iterator[Token]:
    if text:
        yield Token("text", text)


def _pieces(spans: Iterable[Key], start: int, end: int) -> list[tuple[int, int, Key | None]]:
    """The spans inside a stretch as pieces (start, -end, span) that nest: of two that cross, the shorter is cut."""
    done: list[Key] = []
    out: list[tuple[int, int, Key | None]] = []
    for key in sorted(spans, key=lambda key: (key[0] - key[1], key)):
        low, high = max(key[0], start), min(key[1], end)
        starts = {a for a, b in done if low < a < high < b}
        cuts = sorted({low, high} | starts | {b for a, b in done if a < low < b < high})
        pieces = list(pairwise(cuts))
        done += pieces
        out += [(a, -b, key) for a, b in pieces]
    return sorted(out)
