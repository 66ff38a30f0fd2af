"""When an event was, where nothing beside it says so, and which larger event it is part of.

In come merged Rows; out come Dated: each row with a Date, a place and the row it is part of. An event without a date of
its own takes that of an occasion its report tells of (who pledges at a summit pledges on its day); else the day its
report was published bounds it. Every such date is marked as inferred and says why.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from hearsay.calendar import Bounds, bounds, granularity
from hearsay.data import table
from hearsay.link.event_rows import Row, covered, day_of, roles
from hearsay.model import Date, Span, When, digest

OCCASIONS = frozenset({"visit", "meet", "speech", "ceremony", "call", "sign"})
_ANNIVERSARY = re.compile(r"(?:(\d{1,4})(?:st|nd|rd|th) anniversary of|(\d{1,4}) years since)(?: the)? ?$")
NEAR = 1200  # characters between an event and the occasion it may be dated by
SAME_SENTENCE = 250
A_DAY = 40  # characters that an occasion counts as further away for each day before the newest one
LATER = 200  # characters that an occasion told of afterwards counts as further away
ADJACENT = 5
NEWS = 10  # days after an occasion on which a report still tells of it as news
RECENT = 1000  # characters that an occasion of long ago counts as further away


@cache
def lasting() -> frozenset[str]:
    """Senses of states rather than happenings ("war", "sanctions")."""
    return frozenset(row["sense"] for row in table("event_senses") if row["lasting"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A merged row with its date and place, and the row of the event that it is part of."""

    row: Row
    date: Date
    place: str | None
    whole: Row | None = None


def date_events(merged: Mapping[str, Row], *, whens: Mapping[str, When], texts: Mapping[str, str]) -> tuple[Dated, ...]:
    """Every merged row with a date: stated beside it, taken from an occasion, or bounded by publication."""
    by_report: dict[str, list[tuple[Span, Row]]] = defaultdict(list)
    for row in merged.values():
        for mention in row.mentions:
            by_report[mention.trigger.report].append((mention.trigger, row))
    found = []
    for id in sorted(merged):
        row = merged[id]
        stated = _commemorated(row, by_report, texts) or _stated(row, whens) or _due(row)
        if stated is not None:
            found.append(Dated(row=row, date=stated, place=row.place))
            continue
        occasion = _occasion(row, by_report, texts) if row.realis == "actual" else None
        base = _stated(occasion, whens) if occasion is not None else None
        if occasion is not None and base is not None and not _recalled(row, base, whens):
            why = "no date beside it: the day of the occasion that its report tells of"
            taken = replace(base, inferred=True, why=why)
            found.append(Dated(row=row, date=taken, place=row.place or occasion.place, whole=_whole(row, occasion)))
        else:
            found.append(Dated(row=row, date=_bounded(row, whens), place=row.place))
    return tuple(found)


def _recalled(row: Row, base: Date, whens: Mapping[str, When]) -> bool:
    """Was the occasion over long before the report: what it tells as news was not done there?"""
    told = [days[0] for m in row.mentions if (days := _covered(whens, m.trigger.report))]
    ended = bounds(base.end or "") if base.end else None
    return bool(told and ended) and (min(told) - ended[1]).days > NEWS  # type: ignore[index]


def _covered(whens: Mapping[str, When], report: str) -> Bounds | None:
    return covered(whens[report]) if report in whens else None


def _stated(row: Row, whens: Mapping[str, When]) -> Date | None:
    """The finest date that a time expression beside one of the mentions gives."""
    dated = [(m, day_of(whens, m.when)) for m in row.mentions]
    spans = [(m.when, days) for m, days in dated if m.when and days and (days[1] - days[0]).days < 3700]
    if not spans:
        return None
    days = min((d for _, d in spans), key=lambda d: ((d[1] - d[0]).days, -sum(d == e for _, e in spans), d))
    evidence = tuple(sorted({s for s, d in spans if s and d == days}))
    when = whens[digest("timex", evidence[0].report, evidence[0].start, evidence[0].end)]
    return _date(days, when, evidence)


def _date(days: Bounds, when: When, evidence: tuple[Span, ...]) -> Date:
    value = when.value or ""
    grain = granularity(value) if value else "bounds"
    if grain == "year":
        start = end = f"{days[0].year:04d}"
    elif grain == "month":
        start = end = f"{days[0]:%Y-%m}"
    else:
        start, end = days[0].isoformat(), days[1].isoformat()
    grain = "day" if grain == "time" else grain
    return Date(start=start, end=end, granularity=grain, evidence=evidence, inferred=not when.stated, why=when.why)


def _bounded(row: Row, whens: Mapping[str, When]) -> Date:
    """Bounds by publication: what has happened was before it, what is planned comes after."""
    told: list[date] = []
    for report in sorted({m.trigger.report for m in row.mentions}):
        days = covered(whens[report]) if report in whens else None
        told += [days[1]] if days else []
    if not told:
        return Date(start=None, end=None, granularity="unknown", inferred=True, why="no date, and none of the report's")
    if row.realis in {"planned", "hypothetical"}:
        why = "no date beside it: not before it was reported"
        return Date(start=min(told).isoformat(), end=None, granularity="bounds", inferred=True, why=why)
    why = "no date beside it: not after it was reported"
    return Date(start=None, end=min(told).isoformat(), granularity="bounds", inferred=True, why=why)


def _due(row: Row) -> Date | None:
    """The day by which something is promised that has only a term ("within ten days")."""
    if row.due is None:
        return None
    why = "the term that is set, counted from the day of the report"
    day = row.due.isoformat()
    evidence = tuple(m.when for m in row.mentions if m.when)
    return Date(start=day, end=day, granularity="day", evidence=evidence, inferred=True, why=why)


def _commemorated(
    row: Row, by_report: Mapping[str, Sequence[tuple[Span, Row]]], texts: Mapping[str, str]
) -> Date | None:
    """The year of what an anniversary is of: "the 75th anniversary of the founding" in 2031 puts it in 1956."""
    for mention in row.mentions:
        report, start = mention.trigger.report, mention.trigger.start
        years = _ANNIVERSARY.search(texts[report][max(0, start - 80) : start])
        near = [
            (start - span.start, other.days[0].year)
            for span, other in by_report[report]
            if years and other.days and other.sense == "anniversary" and 0 < start - span.start < SAME_SENTENCE
        ]
        if years and near and (year := min(near)[1] - int(years[1] or years[2])) > 0:
            why = "counted back from the anniversary that its report tells of"
            when = f"{year:04d}"
            return Date(start=when, end=when, granularity="year", evidence=(mention.trigger,), inferred=True, why=why)
    return None


def _occasion(row: Row, by_report: Mapping[str, Sequence[tuple[Span, Row]]], texts: Mapping[str, str]) -> Row | None:
    """The dated event of the same report that an undated one took place at.

    An occasion (visit, talks, speech) that shares a party, or that is named right by ("at the meeting"); for what
    befell nobody in particular (a flood, deaths), another such event close by. The nearest wins.
    """
    found: list[tuple[float, Row]] = []
    doers = row.actors or (row.voices if row.type and not row.mode else frozenset()) or row.parties
    for mention in row.mentions:
        text = texts[mention.trigger.report]
        for span, other in by_report[mention.trigger.report]:
            if other.id == row.id or not _day_known(other) or other.mode == "report":
                continue
            gap = max(span.start - mention.trigger.end, mention.trigger.start - span.end, 0)
            opening = text[max(0, span.start - 10) : span.start].lower().split()[-1:]
            at = bool(opening) and opening[0] in roles("at")
            reach = NEAR if doers & other.parties else SAME_SENTENCE if at else ADJACENT
            deed = other.mode in OCCASIONS and _deed(row) and gap < reach
            if deed or (row.befell and other.befell and gap < SAME_SENTENCE):
                far = gap * (2 if other.mode == "visit" else 1) * (0.2 if at else 1)
                far += RECENT * _old(other, row) + LATER * (span.start > mention.trigger.start)
                found.append((far, other))
    newest = max((other.days[1] for _, other in found if other.days), default=None)

    def rank(candidate: tuple[float, Row]) -> tuple[float, str]:
        far, other = candidate
        days = (newest - other.days[1]).days if newest and other.days else 0
        return far + A_DAY * min(days, 20), other.id

    return min(found, key=rank)[1] if found else None


def _day_known(row: Row) -> bool:
    if row.sense in lasting():
        return False
    return row.days is not None and row.realis == "actual" and (row.days[1] - row.days[0]).days <= 10


def _old(other: Row, row: Row) -> bool:
    """Is the occasion long past, so that the report only recalls it?"""
    return bool(other.days and row.told and (row.told - other.days[1]).days > 14)


def _deed(row: Row) -> bool:
    """Something that somebody does: it has an actor, or a type that needs one."""
    if row.sense in lasting():
        return False
    return bool(row.parties) or row.mode is not None or row.type is not None


def _whole(row: Row, occasion: Row) -> Row | None:
    return occasion if occasion.mode in OCCASIONS and row.parties & occasion.parties else None


def contain(dated: Sequence[Dated]) -> tuple[Dated, ...]:
    """Talks, ceremonies and speeches of a visitor within the days of the visit are part of it."""
    visits = [d.row for d in dated if d.row.mode == "visit" and d.row.days and d.row.realis == "actual"]
    return tuple(d if d.whole else replace(d, whole=_visit(d.row, visits)) for d in dated)


def _visit(row: Row, visits: Sequence[Row]) -> Row | None:
    if row.mode not in OCCASIONS - {"visit"} or row.days is None or row.realis != "actual":
        return None
    for visit in visits:
        inside = visit.days and visit.days[0] <= row.days[0] and row.days[1] <= visit.days[1]
        if inside and row.parties & visit.actors:
            return visit
    return None
