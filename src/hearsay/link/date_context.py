"""What the time expressions of one report mean, once the day they count from is known.

In come a report's timexes and its anchors (the day of publishing, the day of speaking), out come values in the same
order. Most need the anchor alone; "4 a.m.", "that day" and "a year earlier" count from another expression near by, the
*reference*. Nothing here looks at a second report.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hearsay.calendar import Anchor, bounds, granularity, resolve
from hearsay.data import alternatives, table
from hearsay.model import Report, Timex

_END = re.compile(r"(?<![A-Z]\.)(?<=[.!?])[\"”’')\]]{0,3}\s+(?=[\"“‘'(\[]{0,2}[A-Z])|\n+")
_QUARTER = re.compile(r"\d{4}-Q[1-4]$")
_YEAR_BACK = re.compile(r"UNDEF-(?:REF|NOW)-year-MINUS-1$")
_NEXT_TO = 40  # characters between a time and the day behind it that it belongs to
_MEMORY = 3  # sentences back in which "4 a.m." finds its day


@dataclass(frozen=True, slots=True)
class Sentences:
    """Where the sentences of a text start; a line break ends one."""

    starts: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, text: str) -> Sentences:
        """The sentences of a text."""
        return cls((0, *(found.end() for found in _END.finditer(text) if found.end() < len(text))), len(text))

    def number(self, place: int) -> int:
        """Number of the sentence that holds the character at `place`, from 0."""
        return bisect_right(self.starts, place) - 1

    def around(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence that holds the character at `place`."""
        n = self.number(place)
        return self.starts[n], self.starts[n + 1] if n + 1 < len(self.starts) else self.length


def values_in_context(
    report: Report, timexes: Sequence[Timex], *, published: Anchor | None, said: Anchor | None = None
) -> tuple[str, ...]:
    """The value of each timex of `report` (in text order), as far as the anchors and the context settle it.

    `published` and `said` are days or TIMEX3 values; where one is None, what counts from it stays as read.
    """
    context = _Context.of(report, timexes, [_by_anchor(timex, _anchor(timex, published, said)) for timex in timexes])
    for i, timex in enumerate(timexes):
        if timex.type in ("DATE", "TIME"):
            context.settle(i, _anchor(timex, published, said))
    return tuple(context.values)


def _anchor(timex: Timex, published: Anchor | None, said: Anchor | None) -> Anchor | None:
    return said if timex.anchor == "said" and said is not None else published


def _by_anchor(timex: Timex, anchor: Anchor | None) -> str:
    if anchor is None or timex.type not in ("DATE", "TIME") or _needs_reference(timex.value):
        return timex.value
    return resolve(timex.value, anchor, direction=timex.direction)


def _needs_reference(value: str) -> bool:
    return value.startswith(("UNDEF-that-", "UNDEF-REF-"))


@cache
def _sayings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word of saying right before a time expression, and right behind it."""
    rows = [row for row in table("cues") if row["kind"] == "say" and row["strength"] in ("strong", "weak")]
    words = sorted({form for row in rows for form in (row["cue"], *alternatives(row["forms"]))})
    said = f"(?:{'|'.join(map(re.escape, words))})"
    return re.compile(rf"\b{said}(?: on| in| late| early| here)?\s$"), re.compile(rf"(?:,|\s){{1,2}}{said}\b")


def dates_the_report(report: Report, timex: Timex) -> bool:
    """Is the expression part of what the report states as its own date (dateline, page head)?"""
    line = report.dateline.date if report.dateline else None
    stated = [span for found in (report.published, line) if found for span in found.evidence]
    return any(span.touches(timex.span) for span in stated)


def dates_a_saying(report: Report, timex: Timex) -> bool:
    """Does the expression say when something was said ("reported Friday"), and not when it happened?"""
    before, behind = _sayings()
    start, end = timex.span.start, timex.span.end
    return bool(before.search(report.text, max(0, start - _NEXT_TO), start) or behind.match(report.text, end))


def _is_day(value: str) -> bool:
    return granularity(value) in ("day", "time")


@dataclass(frozen=True, slots=True)
class _Context:
    """The timexes of a report with their values so far, the numbers of their sentences, and which date a saying."""

    timexes: Sequence[Timex]
    values: list[str]
    numbers: Sequence[int]
    sayings: Sequence[bool]

    @classmethod
    def of(cls, report: Report, timexes: Sequence[Timex], values: list[str]) -> _Context:
        sentences = Sentences.of(report.text)
        numbers = [sentences.number(timex.span.start) for timex in timexes]
        return cls(timexes, values, numbers, [dates_a_saying(report, timex) for timex in timexes])

    def settle(self, i: int, anchor: Anchor | None) -> None:
        """Give timex `i` its value, where it counts from another one."""
        value = self.timexes[i].value
        year_back = _YEAR_BACK.match(value)
        if not year_back and not _needs_reference(value):
            return
        quarter = self._quarter(i)
        base: Anchor | None
        if year_back:
            base = quarter or (anchor if value.startswith("UNDEF-NOW") else self._before(i) or anchor)
        elif value == "UNDEF-that-quarter":
            self.values[i] = quarter or (resolve("UNDEF-last-quarter", anchor) if anchor is not None else value)
            return
        elif value.startswith("UNDEF-that-dayT"):
            base = self._day_of_time(i) or anchor
        else:
            base = self._before(i, days="-day" in value) or anchor
        if base is not None:
            self.values[i] = resolve(value, base)

    def _quarter(self, i: int) -> str | None:
        """The quarter that the text is about: the last one named that is no comparison with the year before."""
        for j in range(i - 1, -1, -1):
            told = self.timexes[j].value
            if _QUARTER.match(self.values[j]) and not _YEAR_BACK.match(told) and "-last-" not in told:
                return self.values[j]
        return None

    def _before(self, i: int, *, days: bool = False) -> str | None:
        """The last value before `i` that names days (a single day, if `days`)."""
        for value in reversed(self.values[:i]):
            if _is_day(value) or (not days and bounds(value) is not None):
                return value
        return None

    def _day_of_time(self, i: int) -> str | None:
        """The day of a time of day: right behind it, else before it, else later in the sentence.

        What is still to come has its day in the same sentence, or it is the day of the report. From earlier sentences,
        a day on which something happened goes before one on which something was said.
        """
        here, timex = self.numbers[i], self.timexes[i]
        days = [j for j, value in enumerate(self.values) if j != i and _is_day(value)]
        behind = [j for j in days if j > i and self.numbers[j] == here and not self.sayings[j]]
        if behind and self.timexes[behind[0]].span.start - timex.span.end <= _NEXT_TO:
            return self.values[behind[0]]
        same = [j for j in days if j < i and self.numbers[j] == here]
        before = [j for j in days if j < i and 0 < here - self.numbers[j] <= _MEMORY and timex.direction != "future"]
        happened = [j for j in before if not self.sayings[j]]
        chosen = same[-1:] or behind[:1] or happened[-1:] or before[-1:]
        return self.values[chosen[0]] if chosen else None


def speaking_day(timexes: Sequence[Timex], values: Sequence[str], *, published: Anchor | None) -> str | None:
    """The day of the occasion that a report opens with: its first past day in the week before it appeared.

    `timexes` and `values` are those of the head and the lead. None where they name no such day.
    """
    last = bounds(published) if isinstance(published, str) else (published, published) if published else None
    for timex, value in zip(timexes, values, strict=True):
        ends = bounds(value)
        if not _is_day(value) or ends is None or timex.anchor == "said" or timex.direction == "future":
            continue
        if last is None or 0 <= (last[1] - ends[0]).days <= 7 + (last[1] - last[0]).days:
            return ends[0].isoformat()
    return None
