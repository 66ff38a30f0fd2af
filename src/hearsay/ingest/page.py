"""A report while its masthead is read: its text, its zones, and the dateline that opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from hearsay.ingest import datelines, dates, lines
from hearsay.model import Origin, Sourced, Span, ZoneKind

At: TypeAlias = tuple[int, int]  # start and end in the report's text


@dataclass(frozen=True)
class Page:
    """One report. `report` is its id; `zones` are (start, end, kind) and partition `text`."""

    report: str
    text: str
    zones: Sequence[tuple[int, int, ZoneKind]]

    def words(self, at: At) -> str:
        """The characters there."""
        return self.text[at[0] : at[1]]

    def sourced(self, value: str, *places: At, origin: Origin = "text") -> Sourced:
        """A value with the places it rests on, each once."""
        evidence = tuple(Span(report=self.report, start=start, end=end) for start, end in dict.fromkeys(places))
        return Sourced(value=value, evidence=evidence, origin=origin)

    def trimmed(self, at: At, strip: str | None = None) -> At:
        """The place without the characters to strip (blanks, if none are given) at both ends."""
        words = self.words(at)
        return at[0] + len(words) - len(words.lstrip(strip)), at[0] + len(words.rstrip(strip))

    @cached_property
    def story(self) -> At:
        """From the start of the first body zone to the end of the last."""
        body = [(start, end) for start, end, kind in self.zones if kind == "body"]
        return (body[0][0], body[-1][1]) if body else (len(self.text), len(self.text))

    def parts(self, *kinds: ZoneKind, above: bool | None = None) -> Iterator[At]:
        """Trimmed zones of these kinds; `above`: only those over (True) or only those under (False) the story."""
        for start, end, kind in self.zones:
            placed = above is None or (end <= self.story[0] if above else start >= self.story[1])
            if kind in kinds and placed:
                yield self.trimmed((start, end))

    @cached_property
    def opening(self) -> tuple[int, datelines.Head] | None:
        """The dateline that names a place or a wire, with its start; date lines and scraped heads are none."""
        for start, end in self.parts("dateline"):
            words = self.text[start:end]
            line = re.split(r"[\n\r]", self.text[start : end + 200], maxsplit=1)[0]  # what follows tells a dateline too
            head = datelines.parse(line)
            if head and start + head.end >= end and not dates.is_date_line(words) and not list(lines.heads(words)):
                return start, head
        return None

    @cached_property
    def wire(self) -> At | None:
        """Where the dateline names its wire."""
        if self.opening is None or self.opening[1].wire is None:
            return None
        start, part = self.opening[0], self.opening[1].wire
        return start + part.start, start + part.end

    @property
    def bare(self) -> bool:
        """Does the dateline name its wire without a bracket, as outlets are named?"""
        return self.opening is not None and self.opening[1].bare

    @cached_property
    def wires(self) -> frozenset[str]:
        """The dateline's wire, case folded: the report may sign with it."""
        return frozenset({self.words(self.wire).casefold()} if self.wire else ())
