"""Paragraphs, sentences and the story's own text, without changing a character.

The reader sees a *view*: the zones that tell the story, joined by blank lines, with a way back to the report's offsets.
Sentences and paragraphs are half-open ranges whose joined text is the text they were cut from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from hearsay.data import table
from hearsay.model import Report

TOLD = frozenset({"headline", "caption", "body"})
GAP = "\n\n"
LONGEST = 3000  # characters of a sentence: a longer one is no prose, and is cut so that work stays linear

Range = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"\s*")
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’»'“)\]]{0,3}(?=\s)")
_WORD_BEFORE = re.compile(r"[\w.]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The told part of a report's text. `pieces` are (start in the view, start in the report, length), in order."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def back(self, start: int, end: int) -> Range | None:
        """A range of the view as a range of the report, cut where it leaves its first zone; None if nothing is left."""
        at = bisect_right(self.pieces, (start, len(self.text) + 1, 0)) - 1
        if at < 0:
            return None
        here, there, length = self.pieces[at]
        first, last = max(0, start - here), min(length, end - here)
        return (there + first, there + last) if first < last else None


def story(report: Report) -> View:
    """The zones of `report` that tell the story; neighbouring ones of one kind stay together."""
    pieces: list[tuple[int, int, int]] = []
    parts: list[str] = []
    at = 0
    for zone in report.zones:
        piece = zone.span.of(report.text)
        if zone.kind in TOLD and piece.strip():
            parts.append(piece)
            pieces.append((at, zone.span.start, len(piece)))
            at += len(piece) + len(GAP)
    return View(text=GAP.join(parts), pieces=tuple(pieces))


def told(report: Report) -> Iterator[Range]:
    """Ranges of the report's text that tell the story, in order."""
    for zone in report.zones:
        if zone.kind in TOLD:
            yield zone.span.start, zone.span.end


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """Lines with something in them; wire copy and scraped pages put one paragraph on a line."""
    for line in _LINE.finditer(text, start, len(text) if end is None else end):
        if line.group().strip():
            yield line.span()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in table("abbreviations"))


def sentences(text: str, start: int, end: int, *, quotes: Sequence[Range] = ()) -> Iterator[Range]:
    """Sentences of one paragraph. A stop in a quotation, number, initial or after an abbreviation ends none."""
    begun = start
    for stop in _END.finditer(text, start, end):
        after = text[stop.end() : stop.end() + 40].lstrip()
        if stop.end() >= end or not after or after[0].islower() or _shortened(text, begun, stop.start(), stop.group()):
            continue
        if any(q[0] < stop.start() and stop.end() < q[1] for q in quotes):
            continue
        yield from _cut(text, begun, stop.end())
        begun = _SPACE.match(text, stop.end(), end).end()  # type: ignore[union-attr]
    if text[begun:end].strip():
        yield from _cut(text, begun, end)


def _cut(text: str, start: int, end: int) -> Iterator[Range]:
    """The stretch in pieces of at most LONGEST characters, cut at spaces where there are any."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        stop = space if space > start else start + LONGEST
        yield start, stop
        start = stop
    yield start, end


def _shortened(text: str, begun: int, stop: int, mark: str) -> bool:
    """Is the stop at `stop` part of an abbreviation or of an initial?"""
    if mark != ".":
        return False
    word = _WORD_BEFORE.search(text[max(begun, stop - 24) : stop])
    last = word.group() if word else ""
    return last.lower() in _abbreviations() or (len(last) == 1 and last.isupper())
