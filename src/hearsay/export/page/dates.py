"""Dates in words: a `Date` or `When` comes in, English for people goes out, as exact as what is known and no more.

Values are ISO 8601 at the known precision. What cannot be understood is shown as written: a page never fails on a date.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name, monthrange
from datetime import date

from hearsay.model import Date, When

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T([\d:]+))?)?)?$")
_WEEK = re.compile(r"(\d{4})-W(\d{2})$")


def in_words(when: Date | None) -> str:
    """ "13 September 2023", "12–17 September 2023", "between 3 and 12 September 2023", "no date"."""
    if when is None or when.granularity == "unknown" or not (when.start or when.end):
        return "no date"
    if when.granularity == "bounds":
        return between(when.start, when.end)
    start, end = when.start or when.end or "", when.end or when.start or ""
    cut = {"month": 7, "year": 4}.get(when.granularity)
    if cut:
        return span_of(start[:cut], end[:cut])
    if when.granularity == "week" and start != end and day_of(start):
        return f"week of {one(start)}"
    return span_of(start, end)


def published(when: When | None) -> str:
    """The date of a report with its interval: "22 September 2023", "between 20 and 22 September 2023", "no date"."""
    if when is None:
        return "no date"
    if when.earliest and when.earliest == when.latest:
        return one(when.earliest)
    if when.earliest or when.latest:
        return between(when.earliest, when.latest)
    return one(when.value) if when.value else "no date"


def between(start: str | None, end: str | None) -> str:
    """An interval in which a date lies; either end may be open."""
    if start and end:
        return one(start) if start == end else f"between {_shortened(start, end)} and {one(end)}"
    return f"on or after {one(start)}" if start else f"on or before {one(end or '')}"


def span_of(start: str, end: str) -> str:
    """A stretch of time: "12–17 September 2023", "August – October 2023"."""
    if start == end:
        return one(start)
    first, last = _shortened(start, end), one(end)
    near = first.isdigit() and (len(first) < 3 or last.isdigit())
    return f"{first}–{last}" if near else f"{first} – {last}"


def one(value: str) -> str:
    """A single ISO value in words; anything else as it stands."""
    if week := _WEEK.match(value):
        monday = _monday(int(week[1]), int(week[2]))
        return f"week of {one(monday)}" if monday else value
    found = _ISO.match(value)
    if not found or (found[2] and not 1 <= int(found[2]) <= 12):
        return value
    year, month, day, time = found.groups()
    words = " ".join(filter(None, (str(int(day)) if day else "", month_name[int(month)] if month else "", year)))
    return f"{words}, {time[:5]}" if time else words


def as_written(value: str) -> str:
    """A date whose year a report leaves out, in words: "3 March, year not given", "a Monday"; else as `one`."""
    if found := re.match(r"XXXX-(\d{2})(?:-(\d{2}))?$", value):
        month = month_name[int(found[1])] if 1 <= int(found[1]) <= 12 else ""
        day = f"{int(found[2])} " if found[2] else ""
        return f"{day}{month}, year not given" if month else value
    if found := re.match(r"XXXX-WXX-([1-7])$", value):
        return f"a {day_name[int(found[1]) - 1]}"
    return one(value)


def day_of(value: str | None) -> date | None:
    """The first day that an ISO value covers, or None."""
    if value and (week := _WEEK.match(value)):
        value = _monday(int(week[1]), int(week[2]))
    found = _ISO.match(value or "")
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def middle(when: Date) -> date | None:
    """The day at which a dated event is drawn: its first, or the middle of a month or year; None where uncertain."""
    if when.granularity in ("bounds", "unknown"):
        return None
    first = day_of(when.start or when.end)
    if first is None:
        return None
    if when.granularity == "month":
        return first.replace(day=monthrange(first.year, first.month)[1] // 2)
    return first.replace(month=7) if when.granularity == "year" else first


def order(when: Date | None) -> tuple[int, str, str]:
    """Sort key: dated first, in order of time; what has no date last."""
    if when is None or when.granularity == "unknown" or not (when.start or when.end):
        return (1, "", "")
    return (0, when.start or when.end or "", when.end or "")


def _shortened(start: str, end: str) -> str:
    """The first date without what it shares with the second: 12 (September 2023)."""
    a, b = _ISO.match(start), _ISO.match(end)
    if not a or not b or a[1] != b[1] or a[4] or b[4]:
        return one(start)
    if a[3] and b[3] and a[2] == b[2]:
        return str(int(a[3]))
    return one(start).removesuffix(a[1]).strip() or one(start)


def _monday(year: int, week: int) -> str | None:
    try:
        return date.fromisocalendar(year, week, 1).isoformat()
    except ValueError:
        return None
