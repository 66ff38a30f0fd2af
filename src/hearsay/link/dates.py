"""The days of all reports, and of all their time expressions, solved together.

In come readings (reports with stated dates or parts of them, timexes underspecified), out comes one `When` for each
report (subject: its id) and for each timex (subject: `timex_id`). A stated date is taken; a missing year is the one in
which the reports that tell of the same events lie; a missing date is where most clues of `date_clues` meet. Reports
that were solved help to solve others, in rounds, so the order of the input does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hearsay.calendar import Bounds, bounds, is_underspecified, resolve, split_time
from hearsay.data import table
from hearsay.link.date_clues import Clue, Entry, Pile, clues
from hearsay.link.date_context import dates_the_report, speaking_day, values_in_context
from hearsay.model import Basis, Reading, Report, Sourced, Span, Timex, When, timex_id

_BY = "link.dates@1"
_YEARLESS = re.compile(r"XXXX-\d\d(?:-\d\d)?$")
_ROUNDS = 6
_SURE = 0.65  # share of the weight that leaves little to a rival
_LEAST = 0.05  # weight of clues below which nothing is said
_YEAR_LEAST = 0.22
_LEAD = 2  # body sentences that count as the lead
_NEAR = ((10, 1.0), (45, 0.5), (200, 0.15))  # a report's distance in days from a related one, and what that counts
_WEEKDAY = 0.05  # a weekday that fits a year: less than any other evidence
_LONG = 400  # no clue spans more days


@dataclass(frozen=True, slots=True, kw_only=True)
class _Solved:
    value: str | None
    days: Bounds | None
    stated: bool
    why: str
    score: float
    evidence: tuple[Span, ...] = ()


def solve_dates(readings: Iterable[Reading]) -> tuple[When, ...]:
    """One When for each report and each timex of `readings`, sorted by subject; the order of the input is no matter.

    A report of which nothing can be said has the value None. A timex keeps its underspecified value where the report's
    date is too coarse to settle it.
    """
    pile = Pile(readings)
    solved = _solve(pile)
    rows = [row for id, entry in pile.entries.items() for row in _rows(entry, solved[id])]
    return tuple(sorted(rows, key=lambda row: row.subject))


def _rows(entry: Entry, solved: _Solved) -> Iterator[When]:
    first, last = (day.isoformat() for day in solved.days) if solved.days else (None, None)
    yield When(
        subject=entry.report.id,
        value=solved.value,
        earliest=first,
        latest=last,
        stated=solved.stated,
        why=solved.why,
        basis=Basis(by=_BY, score=solved.score, evidence=solved.evidence),
    )
    yield from _timex_rows(entry, solved)


# -- reports -----------------------------------------------------------------------------------------------------------


def _solve(pile: Pile) -> dict[str, _Solved]:
    solved: dict[str, _Solved] = {}
    for id, entry in pile.entries.items():
        stated = _stated(entry.report)
        if stated and (days := bounds(stated.value)):
            why = _stated_why(entry.report, stated)
            value = split_time(stated.value)[0]
            solved[id] = _Solved(value=value, days=days, stated=True, why=why, score=1.0, evidence=stated.evidence)
    for _ in range(_ROUNDS):
        known = {id: row.value for id, row in solved.items() if row.value and row.days and row.days[0] == row.days[1]}
        todo = [id for id in pile.entries if id not in solved]
        yearless = [id for id in todo if _yearless(pile.entries[id].report)]
        found = {id: row for id in yearless if (row := _solve_year(pile, id, known))}
        if not found:  # years first: they are surer, and help the others
            found = {id: row for id in todo if id not in yearless and (row := _solve_undated(pile, id, known))}
            found = {id: row for id, row in found.items() if row.score >= _SURE} or found  # then what has no rival
        if not found:
            break
        solved.update(found)
    return {id: solved.get(id) or _unsolved(entry.report) for id, entry in pile.entries.items()}


def _stated(report: Report) -> Sourced | None:
    """The most exact date that the report states for itself."""
    dates = [date for date in (report.published, report.dateline and report.dateline.date) if date]
    return min(dates, key=lambda found: (bounds(found.value) is None, len(found.value) < 10), default=None)


def _yearless(report: Report) -> Sourced | None:
    stated = _stated(report)
    return stated if stated and _YEARLESS.match(split_time(stated.value)[0]) else None


def _stated_why(report: Report, stated: Sourced) -> str:
    if stated.origin == "metadata":
        return "The date comes with the report."
    words = "; ".join(" ".join(span.of(report.text).split()) for span in stated.evidence)
    return f"The report gives its date: '{words}'." if words else "The report gives its date."


def _unsolved(report: Report) -> _Solved:
    yearless = _yearless(report)
    if yearless:
        why = f"The report names {yearless.value} without a year, and nothing tells which."
        return _Solved(value=None, days=None, stated=False, why=why, score=0.0, evidence=yearless.evidence)
    why = "The report names no date, and no other report tells of the same events."
    return _Solved(value=None, days=None, stated=False, why=why, score=0.0)


# -- a missing year ----------------------------------------------------------------------------------------------------


def _solve_year(pile: Pile, id: str, known: Mapping[str, str]) -> _Solved | None:
    """The year of a day and month: the one that related reports, named dates and clues point to."""
    entry = pile.entries[id]
    stated = _yearless(entry.report)
    if stated is None:
        return None
    core = split_time(stated.value)[0]
    votes: dict[str, float] = defaultdict(float)
    evidence: dict[str, set[Span]] = defaultdict(set)
    for closeness, other in pile.related(id, known):
        day = date.fromisoformat(known[other][:10])
        value = resolve(core, day)
        votes[value] += closeness * _nearness(bounds(value), (day, day))
    for clue in clues(pile, id, known):
        middle = clue.days[0] + (clue.days[1] - clue.days[0]) // 2
        value = resolve(core, middle)
        votes[value] += clue.weight * _nearness(bounds(value), clue.days)
        evidence[value].update(clue.evidence)
    for value in [v for v in votes if votes[v] > 0 and bounds(v)]:
        votes[value] += _WEEKDAY * any(_fits(entry.report, timex, value) for timex in entry.timexes)
    best = min(votes, key=lambda value: (-votes[value], value), default=None)
    if best is None or votes[best] < _YEAR_LEAST:
        return None
    why = f"The report names {_spoken(entry.report, stated)} without a year; {best[:4]} is the year of the reports"
    why += f" that tell of the same events.{_weekday_note(entry, best)}"
    spans = (*stated.evidence, *sorted(evidence[best])[:6])
    score = round(votes[best] / (sum(votes.values()) or 1.0), 2)
    return _Solved(value=best, days=bounds(best), stated=True, why=why, score=score, evidence=spans)


def _spoken(report: Report, stated: Sourced) -> str:
    words = "; ".join(" ".join(span.of(report.text).split()) for span in stated.evidence)
    return f"'{words}'" if words else stated.value


def _nearness(one: Bounds | None, two: Bounds) -> float:
    if one is None:
        return 0.0
    gap = max((one[0] - two[1]).days, (two[0] - one[1]).days, 0)
    return next((worth for days, worth in _NEAR if gap <= days), 0.0)


def _weekday_in(words: str) -> int | None:
    """The weekday (1 = Monday) that a time expression names."""
    for row in table("time_words"):
        if row["kind"] == "weekday" and re.search(rf"\b{row['forms']}\b", words, re.IGNORECASE):
            return int(row["value"])
    return None


def _fits(report: Report, timex: Timex, value: str) -> bool:
    """Does a weekday that the report names beside a date fall on that date in the year of `value`?"""
    weekday, day = _weekday_in(timex.span.of(report.text)), _day_in_year(timex, value)
    return weekday is not None and day is not None and day.isoweekday() == weekday


def _day_in_year(timex: Timex, value: str) -> date | None:
    if not _YEARLESS.match(timex.value):
        return None
    days = bounds(resolve(timex.value, value))
    return days[0] if days and days[0] == days[1] else None


def _weekday_note(entry: Entry, value: str) -> str:
    """A sentence about the first weekday of the report that speaks against the solved year."""
    ends = bounds(value)
    if ends is None or ends[0] != ends[1]:
        return ""
    text = entry.report.text
    for timex in entry.timexes:
        words = " ".join(timex.span.of(text).split())
        weekday, day = _weekday_in(words), _day_in_year(timex, value)
        if weekday and day and day.isoweekday() != weekday:
            return f" '{words}' was a {day:%A}; the weekday is taken for the error, not the year."
    first = next((t for t in entry.timexes if t.value.startswith("XXXX-WXX-") and t.anchor == "published"), None)
    if first and _weekday_in(first.span.of(text)) != ends[0].isoweekday():
        words = " ".join(first.span.of(text).split())
        return f" {value} was a {ends[0]:%A}; '{words}' in the text does not move the year."
    return ""


# -- a missing date ----------------------------------------------------------------------------------------------------


def _solve_undated(pile: Pile, id: str, known: Mapping[str, str]) -> _Solved | None:
    """Where most clues meet: a day, else a month or a year with its bounds."""
    found = [clue for clue in clues(pile, id, known) if (clue.days[1] - clue.days[0]).days <= _LONG]
    best = _meeting(found)
    if best is None or best[1] < _LEAST:
        return None
    days, weight = best
    held = [clue for clue in found if clue.days[0] <= days[0] and days[1] <= clue.days[1]]
    held.sort(key=lambda clue: (-clue.weight, clue.days, clue.why, clue.evidence))
    reasons = list(dict.fromkeys(clue.why for clue in held))[:3]
    spans = tuple(dict.fromkeys(span for clue in held for span in clue.evidence))
    rival = _meeting([clue for clue in found if clue.days[1] < days[0] or days[1] < clue.days[0]])
    score = weight / (weight + (rival[1] if rival else 0.0))
    why = f"The report names no date; {', and '.join(reasons)}."
    return _Solved(value=_common(days), days=days, stated=False, why=why, score=round(score, 2), evidence=spans[:12])


def _meeting(found: Sequence[Clue]) -> tuple[Bounds, float] | None:
    """The stretch of days that the clues of the greatest weight have in common, and that weight."""
    change: dict[date, float] = defaultdict(float)
    for clue in sorted(found, key=lambda clue: (clue.days, clue.weight, clue.why)):
        change[clue.days[0]] += clue.weight
        change[clue.days[1] + timedelta(days=1)] -= clue.weight
    points = sorted(change)
    level, best = 0.0, None
    for start, end in pairwise(points):
        level = round(level + change[start], 9)
        if best is None or level > best[1]:
            best = ((start, end - timedelta(days=1)), level)
    return best


def _common(days: Bounds) -> str | None:
    """The day, month or year that holds all the days."""
    first, last = (day.isoformat() for day in days)
    return next((first[:n] for n in (10, 7, 4) if first[:n] == last[:n]), None)


# -- time expressions --------------------------------------------------------------------------------------------------


def _timex_rows(entry: Entry, solved: _Solved) -> Iterator[When]:
    report, timexes = entry.report, entry.timexes
    published = _anchor(solved)
    plain = values_in_context(report, timexes, published=published)
    lead = [i for i, timex in enumerate(timexes) if _in_lead(entry, timex)]
    said = speaking_day([timexes[i] for i in lead], [plain[i] for i in lead], published=published)
    values = values_in_context(report, timexes, published=published, said=said) if said else plain
    for timex, value in zip(timexes, values, strict=True):
        days = _days(timex, value, solved) if timex.type in ("DATE", "TIME") else None
        yield When(
            subject=timex_id(timex),
            value=value,
            earliest=days[0].isoformat() if days else None,
            latest=days[1].isoformat() if days else None,
            stated=not timex.anchor,
            why=_timex_why(timex, value, solved, said),
            basis=Basis(by=_BY, score=1.0 if not timex.anchor else max(solved.score, 0.1), evidence=(timex.span,)),
        )


def _days(timex: Timex, value: str, solved: _Solved) -> Bounds | None:
    """The days of a value; of one that the report's date leaves open, all days that it can still mean."""
    if not is_underspecified(value) or solved.days is None:
        return bounds(value)
    ends = [bounds(resolve(value, day, direction=timex.direction)) for day in solved.days]
    return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None


def _anchor(solved: _Solved) -> str | None:
    """What relative expressions count from: the report's date, as exact as it is known."""
    if solved.days is None:
        return None
    first, last = (day.isoformat() for day in solved.days)
    return first if first == last else f"{first}/{last}"


def _in_lead(entry: Entry, timex: Timex) -> bool:
    """Does the timex stand in the headline, a caption or the first sentences of the body?"""
    zones = entry.report.zones
    if dates_the_report(entry.report, timex):
        return False
    if any(zone.kind in ("headline", "caption") and zone.span.holds(timex.span) for zone in zones):
        return True
    bodies = [zone.span for zone in zones if zone.kind == "body"] or [Span(report=entry.report.id, start=0, end=1)]
    start = min(bodies).start
    if zones and not any(body.holds(timex.span) for body in bodies):
        return False
    return entry.sentences.number(timex.span.start) - entry.sentences.number(start) < _LEAD


def _timex_why(timex: Timex, value: str, solved: _Solved, said: str | None) -> str:
    if not timex.anchor:
        return "The words say it in full."
    if is_underspecified(value):
        return "The report's date is not known well enough."
    if timex.anchor == "said" and said:
        return f"Counted from the day of speaking, {said}."
    return f"Counted from the report's date, {solved.value or 'unknown'}."
