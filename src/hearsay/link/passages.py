"""Sentences of reports, and who stands behind a stretch of one: what all findings rest on.

In come Readings, statements and relays; out come Passages (a sentence with its content words) and, for any span, the
party that had it first: the first relay of the statement it stands in, else whoever wrote the report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from hearsay.calendar import bounds
from hearsay.data import table
from hearsay.link.tables import Tables
from hearsay.link.words import content_words
from hearsay.model import Relay, Report, Span, Statement, When

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’»'“)\]]{0,3}\s+(?=[\"“‘«'(\[]{0,2}[A-Z0-9])")
_WORD = re.compile(r"[\w.]+$")
_CAUSE = ("duplicate", "wasDerivedFrom", "wasRevisionOf")  # kinds of relay that bring another report's own sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence of a report; `words` are the stems of its content words, in order."""

    span: Span
    words: tuple[str, ...]
    zone: str


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["abbreviation"] for row in table("abbreviations"))


def passages(report: Report, zones: Iterable[str] = ("body",)) -> tuple[Passage, ...]:
    """Sentences of the report's zones of these kinds, without the white space around them."""
    wanted = frozenset(zones)
    found = []
    for zone in report.zones:
        if zone.kind in wanted:
            for start, end in _sentences(report.text, zone.span.start, zone.span.end):
                span = Span(report=report.id, start=start, end=end)
                found.append(Passage(span=span, words=content_words(span.of(report.text)), zone=zone.kind))
    return tuple(found)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text, start, end):
        at = line.start()
        for stop in _END.finditer(text, line.start(), line.end()):
            word = _WORD.search(text, max(at, stop.start() - 20), stop.start())
            if text[stop.start()] == "." and word and _abbreviated(word.group()):
                continue
            yield from _trimmed(text, at, stop.end())
            at = stop.end()
        yield from _trimmed(text, at, line.end())


def _abbreviated(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or "." in word or word.lower() in _abbreviations()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    last = start + len(piece.rstrip())
    if first < last:
        yield first, last


class Behind:
    """Answers which party stands behind a span: two spans with one party are one origin."""

    def __init__(self, tables: Tables) -> None:
        self._report = tables.reports
        self._statements: dict[str, list[Statement]] = defaultdict(list)
        for statement in tables.statements:
            self._statements[statement.report].append(statement)
        self._copied: dict[str, list[Relay]] = defaultdict(list)
        for relay in sorted(tables.relays, key=lambda relay: relay.id):
            if relay.kind in _CAUSE and relay.origin in self._report:
                self._copied[relay.report].append(relay)

    def statement(self, span: Span) -> Statement | None:
        """The innermost statement whose content holds the span."""
        holding = [s for s in self._statements[span.report] if any(part.holds(span) for part in s.content)]
        return min(holding, key=lambda s: (sum(p.end - p.start for p in s.content), s.id), default=None)

    def party(self, span: Span) -> str:
        """Who had it first, as a key: an actor id, or the name of whoever wrote the report."""
        statement = self.statement(span)
        if statement is not None and statement.routes and statement.routes[0]:
            first = statement.routes[0][0]
            if first in {link.actor for link in statement.chain}:
                return first
        return self._writer(span.report, span)

    def origins(self, spans: Iterable[Span]) -> int:
        """How many parties stand behind the spans, at least one."""
        return max(1, len({self.party(span) for span in spans}))

    def _writer(self, report: str, span: Span) -> str:
        for relay in self._copied[report]:
            if any(shown.touches(span) for shown in relay.evidence):
                report = relay.origin
                break
        mast = self._report[report]
        named = mast.agency or mast.outlet
        return named.value if named else report


def days_told(whens: Iterable[When]) -> Mapping[str, tuple[date, date]]:
    """First and last possible day of each dated subject (report or time expression)."""
    found = {}
    for when in whens:
        days = bounds(when.value) if when.value else None
        if days is None and when.earliest and when.latest:
            days = bounds(f"{when.earliest}/{when.latest}")
        if days is not None:
            found[when.subject] = days
    return found
