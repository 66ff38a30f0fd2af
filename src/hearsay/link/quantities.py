"""Numbers that reports give for one thing: tables in, Conflicts about numbers out.

Two kinds. *Tallies* (dead, missing, arrested) are counts of a running story: they are put side by side by what they
count, and different ones at different times are a development. *Measures* (tonnes of grain, years in prison, the height
of a dam) are compared where two clauses speak of the same in the same words. Bounds and rounding are kept: "more than
200" and 213 agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import combinations

from hearsay.data import alternatives, table
from hearsay.link.passages import Behind, Passage, days_told, passages
from hearsay.link.tables import Tables
from hearsay.link.versions import conflict, version
from hearsay.link.words import content_words, stem
from hearsay.model import Conflict, ConflictStatus, Span, timex_id

OLD = 200  # days before the report from which a count is of something else
SOON = 3  # days between two reports that speak of one state of things
ROUNDED = 0.05  # two measures as near as this are one, rounded or converted
MANY = 200  # facts of one kind in one story that are compared pair by pair
MOVED = 0.15  # part by which a count must have changed where bounds leave it open
ALIKE = 2  # words that two clauses share beside the measure itself
_LASTS = "time of a thing"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """What a number in a text leaves open: `low` and `high` bound it, `value` is the number itself."""

    value: float
    low: float
    high: float

    def agrees(self, other: Number) -> bool:
        """Can both be true of one thing?"""
        return self.low <= other.high * (1 + 1e-9) and other.low <= self.high * (1 + 1e-9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """A number with what it counts, where it stands and the day it is true of."""

    about: str
    number: Number
    span: Span
    day: date | None
    words: frozenset[str]
    things: frozenset[str] = frozenset()


@cache
def _words() -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in table("numerals")}


@cache
def _bounds() -> dict[str, tuple[str, str]]:
    return {words: (row["low"], row["high"]) for row in table("number_bounds") for words in alternatives(row["words"])}


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {unit: (r["dimension"], float(r["factor"])) for r in table("units") for unit in alternatives(r["unit"])}


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _number() -> str:
    """Pattern of a number: its bound, its digits or word, and what multiplies it."""
    small = _any([word for word, value in _words().items() if value < 100])
    large = _any([word for word, value in _words().items() if value >= 100])
    return (
        rf"(?:\b(?P<bound>{_any(list(_bounds()))}) )?(?:[$€£] ?)?"
        rf"(?<![\w.,-])(?P<digits>{_DIGITS}|(?:{small})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)"
        rf"(?:[ -](?P<times>{large})\b)?"
    )


def number_of(match: re.Match[str]) -> Number | None:
    """The number that a match of the number pattern gives; None where its words are none."""
    written = match["digits"].lower()
    value = float(written.replace(",", "")) if written[0].isdigit() else _spelt(written)
    if value is None:
        return None
    value *= _words().get((match["times"] or "").lower(), 1.0)
    low, high = _bounds().get((match["bound"] or "").lower(), ("1", "1"))
    return Number(
        value=value, low=value * float(low) if low else 0.0, high=value * float(high) if high else float("inf")
    )


def _spelt(written: str) -> float | None:
    if written in _words():
        return _words()[written]
    parts = [_words().get(part) for part in re.split(r"[- ]", written)]
    return sum(p for p in parts if p is not None) if all(p is not None for p in parts) else None


def find_counts(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """Tallies of each story that change or differ, and measures that differ."""
    reader = _Reader(tables)
    for story in tables.stories:
        sentences = [passage for id in sorted(story.reports) for passage in passages(tables.reports[id], _TOLD)]
        yield from _tallied(story.id, sentences, reader, behind)
        yield from _measured(story.id, sentences, reader, behind)


_TOLD = ("headline", "body")


class _Reader:
    """Reads numbers out of sentences, with the days they are true of."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.days = days_told(tables.whens)
        self.timexes = {r.report.id: r.timexes for r in tables.readings}

    def text(self, report: str) -> str:
        return self.tables.reports[report].text

    def told(self, report: str) -> date | None:
        return self.days[report][1] if report in self.days else None

    def day(self, sentence: Span) -> date | None:
        """The day that a sentence's count is true of: one it states, else the report's; None where it is long past."""
        told = self.told(sentence.report)
        stated = [
            self.days[timex_id(t)]
            for t in self.timexes[sentence.report]
            if sentence.holds(t.span) and t.type in {"DATE", "TIME"} and timex_id(t) in self.days
        ]
        days = [last for first, last in stated if first == last]
        if told and any(last < told - timedelta(days=OLD) for _, last in stated):
            return None
        return max(days) if days and told and max(days) <= told else told


# -- tallies -----------------------------------------------------------------------------------------------------------


@cache
def _tallies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    between = r"(?: [a-z][a-z'’-]*){0,3}? "
    found = []
    for row in table("tallies"):
        ahead = re.compile(rf"\b(?:{row['before']}) {_number()}", re.IGNORECASE)
        back = re.compile(rf"{_number()}(?! ?(?:%|per ?cent|[a-z]+-)){between}{row['after']}\b", re.IGNORECASE)
        found += [(row["subject"], ahead), (row["subject"], back)]
    return tuple(found)


def _tallied(story: str, sentences: list[Passage], reader: _Reader, behind: Behind) -> Iterator[Conflict]:
    facts: dict[str, list[_Fact]] = defaultdict(list)
    for passage in sentences:
        day = reader.day(passage.span)
        if day is None:
            continue
        text = reader.text(passage.span.report)
        for subject, pattern in _tallies():
            for match in pattern.finditer(text, passage.span.start, passage.span.end):
                number = number_of(match)
                span = Span(report=passage.span.report, start=match.start(), end=match.end())
                if number is not None and not any(span.touches(fact.span) for fact in facts[subject]):
                    row = _Fact(about=subject, number=number, span=span, day=day, words=frozenset(passage.words))
                    facts[subject].append(row)
    for subject, rows in sorted(facts.items()):
        yield from _side_by_side(story, subject, rows, reader, behind)


def _side_by_side(story: str, subject: str, rows: list[_Fact], reader: _Reader, behind: Behind) -> Iterator[Conflict]:
    by_value: dict[tuple[float, float], list[_Fact]] = defaultdict(list)
    for row in rows:
        by_value[row.number.low, row.number.high].append(row)
    if len(by_value) < 2 or len({row.span.report for row in rows}) < 2:
        return
    distinct = list({(r.number, r.day, behind.party(r.span)): r for r in reversed(rows)}.values())[:MANY]
    apart = [(a, b) for a, b in combinations(distinct, 2) if not a.number.agrees(b.number)]
    against = [(a, b) for a, b in apart if a.day == b.day and _two_voices(a, b, behind)]
    for a, b in against[:1]:
        sides = tuple(version(reader.tables.text(r.span), [r.span], behind) for r in (a, b))
        note = "Two sources give counts for the same day that exclude each other."
        yield conflict(f"number of {subject} on {a.day}", "number", story, sides, "conflict", note)
    ordered = sorted(by_value.values(), key=lambda found: (min(f.day or date.min for f in found), found[0].span))
    versions = tuple(version(reader.tables.text(found[0].span), [f.span for f in found], behind) for found in ordered)
    moved = any(a.day != b.day and _moved(a.number.value, b.number.value) for a, b in combinations(distinct, 2))
    status: ConflictStatus = "development" if apart or moved else "compatible"
    note = "The count changed while the story ran." if status == "development" else "Rounded or bounded, they agree."
    yield conflict(f"number of {subject}", "number", story, versions, status, note)


def _moved(one: float, two: float) -> bool:
    """Are two counts further apart than rounding would put them?"""
    return abs(one - two) > MOVED * max(one, two)


def _two_voices(a: _Fact, b: _Fact, behind: Behind) -> bool:
    """Do two different people say so?"""
    one, two = behind.statement(a.span), behind.statement(b.span)
    return bool(one and two and one.speaker and two.speaker and one.speaker != two.speaker)


# -- measures ----------------------------------------------------------------------------------------------------------


@cache
def _measure() -> re.Pattern[str]:
    units = _any(list(_units()))
    return re.compile(
        rf"{_number()}(?P<joint>[- ]?)(?P<unit>{units})(?!\w)"
        r"(?:(?: of (?P<what>[a-z]+))|(?P<tail>(?: [A-Za-z-]+){1,3}))?"
    )


def _measured(story: str, sentences: list[Passage], reader: _Reader, behind: Behind) -> Iterator[Conflict]:
    """Measures of one thing in two reports that exclude each other, or that agree in other units."""
    facts: dict[str, list[_Fact]] = defaultdict(list)
    for passage in sentences:
        text = reader.text(passage.span.report)
        for match in _measure().finditer(text, passage.span.start, passage.span.end):
            fact = _fact(match, passage, reader)
            if fact is not None:
                facts[fact.about].append(fact)
    for about, rows in sorted(facts.items()):
        sides: dict[ConflictStatus, set[_Fact]] = defaultdict(set)
        for a, b in combinations(rows[:MANY], 2):
            if a.span.report != b.span.report and a.number != b.number and _same_thing(a, b):
                status = _measure_status(a, b)
                if status == "compatible" or about != _LASTS or _soon(a, b):
                    sides[status] |= {a, b}  # a three-day visit and a two-day visit of another month are two visits
        for status, facts_apart in sorted(sides.items()):
            by_value: dict[float, list[Span]] = defaultdict(list)
            for fact in facts_apart:
                by_value[fact.number.value].append(fact.span)
            values = tuple(version(reader.tables.text(min(s)), s, behind) for _, s in sorted(by_value.items()))
            yield conflict(f"number: {about}", "number", story, values, status, _NOTES[status])


def _same_thing(a: _Fact, b: _Fact) -> bool:
    """Do the two clauses speak of one thing: the same noun, and words in common beside it?"""
    return len(a.words & b.words) >= ALIKE and (not a.things or bool(a.things & b.things))


def _measure_status(a: _Fact, b: _Fact) -> ConflictStatus:
    largest = max(a.number.value, b.number.value)
    if abs(a.number.value - b.number.value) <= ROUNDED * largest or a.number.agrees(b.number):
        return "compatible"
    return "conflict" if _soon(a, b) or " of " in a.about else "development"


def _soon(a: _Fact, b: _Fact) -> bool:
    """Do the two reports lie so near each other that they speak of one state of things?"""
    return a.day is not None and b.day is not None and abs((a.day - b.day).days) <= SOON


_NOTES = {
    "compatible": "The same measure, rounded, bounded or in other units.",
    "conflict": "Two measures of one thing that exclude each other.",
    "development": "The measure differs between reports of different days.",
}


def _fact(match: re.Match[str], passage: Passage, reader: _Reader) -> _Fact | None:
    number = number_of(match)
    dimension, factor = _units().get(match["unit"], ("", 1.0))
    if number is None or not dimension:
        return None
    number = Number(value=number.value * factor, low=number.low * factor, high=number.high * factor)
    what = match["what"] or ""
    things = frozenset(match["tail"].lower().split()) if match["joint"] == "-" and match["tail"] else frozenset()
    bound = (match["bound"] or "").lower()
    if dimension in {"time", "share"} and not (what or things or bound):
        return None
    if not number.low:  # "up to ten years" is compared as the most that there can be
        number = Number(value=number.value, low=number.value, high=number.value)
    span = Span(report=passage.span.report, start=match.start(), end=match.end("what") if what else match.end("unit"))
    own = map(stem, content_words(reader.tables.text(span)))
    words = frozenset(map(stem, passage.words)) - set(own)  # twice: "soldiers" and "soldier" lose one ending each time
    about = f"{dimension} of {what}" if what else f"{dimension} of a thing" if things else f"{dimension}, {bound}"
    return _Fact(about=about, number=number, span=span, day=reader.told(span.report), words=words, things=things)
