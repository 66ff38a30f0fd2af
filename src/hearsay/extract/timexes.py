"""Time expressions of a report: TIMEX3, underspecified where the report alone does not settle them.

In come a report and the spans of its direct quotations, out come `Timex` values in order, not overlapping. Every zone
is read (captions, datelines and page heads date a report as well), none is read across. `extract.timex_grammar` finds
the expressions one by one; here a time of day joins its day ("4 a.m. on Sunday"), a modifier its expression ("late
Tuesday", "more than 30 years"), and the sentence's verbs say whether it points back or ahead, which a bare weekday or
month needs before it can be dated. Dating is left to `hearsay.link.dates`, which sees all reports.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from hearsay.calendar import is_underspecified, split_time
from hearsay.data import table
from hearsay.extract.timex_grammar import Match, joints, matches, modifiers
from hearsay.model import Direction, Report, Span, Timex, TimexType, Zone

_DAY = re.compile(
    r"(?:(?:XXXX|\d{4}|UNDEF-\w+-year)-\d\d|XXXX-XX|UNDEF-\w+-month)-\d\d$"
    r"|XXXX-WXX-[1-7]$|UNDEF-\w+-D\d$|UNDEF-\w+-day"
)
_FREE_TIME = "UNDEF-that-day"
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]{0,3}\s+(?=[\"“‘'(\[]{0,2}[A-Z])|\n\s*\n|\x00")
_CLAUSE_MARK = re.compile(r"[,;:()“”\"]|\s[–—-]\s")
_WRAPPED_LINE = 100
_REACH = 40  # characters in which a modifier can stand before its expression
_BEHIND, _CLAUSE = 12, 25  # how many characters nearer a verb must be that follows, or stands in another clause


def find_timexes(report: Report, *, quotes: tuple[Span, ...] = ()) -> tuple[Timex, ...]:
    """The time expressions of a report, sorted by span.

    `quotes` are the spans of direct quotations: what is relative inside one counts from the day of speaking (anchor
    "said"), elsewhere from the report's date ("published"); absolute values have the anchor "".
    """
    text = _flattened(report.text)
    zones = report.zones or (Zone(span=Span(report=report.id, start=0, end=len(text)), kind="body"),)
    found = [timex for zone in zones for timex in _of_zone(report, text, zone, quotes)]
    return tuple(sorted(found, key=lambda timex: timex.span))


def _flattened(text: str) -> str:
    """A view of equal length in which a line break ends an expression, unless the lines are hard-wrapped."""
    lines = [line for line in text.split("\n") if line.strip()]
    wrapped = len(lines) > 3 and max(map(len, lines)) <= _WRAPPED_LINE
    return text if wrapped else text.replace("\n", "\x00")


def _of_zone(report: Report, text: str, zone: Zone, quotes: tuple[Span, ...]) -> Iterator[Timex]:
    start = zone.span.start
    view = text[start : zone.span.end]
    tenses = _Tenses.of(view)
    for match in _modified(view, _joined(view, matches(view))):
        span = Span(report=report.id, start=start + match.start, end=start + match.end)
        quoted = any(quote.holds(span) for quote in quotes)
        anchor: Literal["published", "said", ""] = ""
        if is_underspecified(match.value) and match.type in ("DATE", "TIME"):
            anchor = "said" if quoted else "published"
        yield Timex(
            span=span,
            type=cast(TimexType, match.type),
            value=match.value,
            mod=match.mod,
            anchor=anchor,
            direction=_stated_direction(match.value) or tenses.at(match.start, match.end),
        )


# -- joining -----------------------------------------------------------------------------------------------------------


def _joined(text: str, found: Sequence[Match]) -> list[Match]:
    """Times of day and days that stand together, as one; fragments that found no day are dropped."""
    joined: list[Match] = []
    for match in found:
        before = joined[-1] if joined else None
        both = _join(text, before, match) if before else None
        if both:
            joined[-1] = both
        else:
            joined.append(match)
    return [match for match in joined if match.type != "-"]


def _join(text: str, left: Match, right: Match) -> Match | None:
    gap = text[left.end : right.start]
    for first, pattern in joints():
        time, day = (left, right) if first == "time" else (right, left)
        clock = _time_of(time)
        if clock and day.type == "DATE" and _DAY.match(day.value) and pattern.fullmatch(gap):
            return Match(start=left.start, end=right.end, type="TIME", value=day.value + clock, mod=day.mod)
    return None


def _time_of(match: Match) -> str:
    """The time that a match brings to a day: of a fragment, or of a time whose day is still open."""
    if match.type == "-":
        return match.value
    day, time = split_time(match.value)
    return time if match.type == "TIME" and day == _FREE_TIME else ""


def _modified(text: str, found: Sequence[Match]) -> Iterator[Match]:
    """The matches, each with the words before it that belong to it."""
    end = 0
    for match in found:
        best = match
        for modifier in modifiers():
            if not _takes(modifier.before, match):
                continue
            words = modifier.pattern.search(text, max(end, match.start - _REACH), match.start)
            if words and words.start() < best.start:
                kind = modifier.type or match.type
                best = replace(match, start=words.start(), type=kind, mod=modifier.mod or match.mod)
        end = best.end
        yield best


def _takes(before: str, match: Match) -> bool:
    if match.value.endswith("_REF") or match.type == "SET":
        return False
    timed = bool(split_time(match.value)[1])
    if before == "TIME":
        return match.type == "TIME" and timed
    return before == ("DURATION" if match.type == "DURATION" else "DATE")


# -- tense -------------------------------------------------------------------------------------------------------------


@cache
def _tense_patterns() -> tuple[tuple[Direction, re.Pattern[str]], ...]:
    return tuple(
        (cast(Direction, row["direction"]), re.compile(rf"(?<![\w'’-])(?:{row['pattern']})(?!\w)", re.IGNORECASE))
        for row in table("time_tense")
    )


def _stated_direction(value: str) -> Direction | None:
    """Where the words themselves point ("last week"), whatever the verbs say."""
    if value.startswith("UNDEF-last-") or "-MINUS-" in value or value == "PAST_REF":
        return "past"
    if value.startswith("UNDEF-next-") or "-PLUS-" in value or value == "FUTURE_REF":
        return "future"
    return None


@dataclass(frozen=True, slots=True)
class _Tenses:
    """The verb groups of a stretch of text and its sentence ends, looked up by place."""

    text: str
    ends: tuple[int, ...]
    groups: tuple[tuple[int, int, Direction], ...]

    @classmethod
    def of(cls, text: str) -> _Tenses:
        taken: list[tuple[int, int, Direction]] = []
        covered = bytearray(len(text))
        for direction, pattern in _tense_patterns():
            for found in pattern.finditer(text):
                if not any(covered[found.start() : found.end()]):
                    covered[found.start() : found.end()] = b"\x01" * (found.end() - found.start())
                    taken.append((found.start(), found.end(), direction))
        ends = (0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text) + 1)
        return cls(text, ends, tuple(sorted(taken)))

    def at(self, start: int, end: int) -> Direction:
        """The tense of the verb group that is nearest to text[start:end] in its sentence."""
        place = bisect_left(self.ends, start + 1)
        first, last = self.ends[max(place - 1, 0)], self.ends[min(place, len(self.ends) - 1)]
        low = bisect_left(self.groups, (first, -1, "future"))
        high = bisect_left(self.groups, (last, -1, "future"))
        middle = bisect_left(self.groups, (start, -1, "future"), low, high)
        best: tuple[int, int, Direction] | None = None
        for side in (range(middle - 1, low - 1, -1), range(middle, high)):  # outwards: what is farther cannot be nearer
            for a, b, tense in (self.groups[i] for i in side):
                gap = max(start - b, a - end)
                if best is not None and gap > best[0]:
                    break
                if gap >= 0:
                    here = (self._distance(a, b, start, end), a, tense)
                    best = here if best is None else min(best, here)
        return best[2] if best else "none"

    def _distance(self, a: int, b: int, start: int, end: int) -> int:
        between = self.text[b:start] if b <= start else self.text[end:a]
        return len(between) + _CLAUSE * len(_CLAUSE_MARK.findall(between)) + (_BEHIND if a >= end else 0)
