"""Time values: what a TIMEX3 value covers, and what an underspecified one means on a given day.

In come strings and days, out come strings and days; no text is read here. Values are TIMEX3 (ISO-TimeML):

    2023 2023-10 2023-10-19 2023-W42 2023-W42-WE 2023-Q3 2023-H1 2023-SU 202 (decade) 20 (years 2000 to 2099)
    2023-10-19T16:55 2023-10-19TEV   (TMO TMI TAF TEV TNI TDT: morning midday afternoon evening night daytime)
    2024/2025 (ranges)   P10D PT20M PXDE (durations)   PAST_REF PRESENT_REF FUTURE_REF

What reading alone cannot settle stays underspecified, in a small grammar near HeidelTime's (Strötgen and Gertz 2013):

    XXXX-09-22   XXXX-09   XXXX-Q3   XXXX-SU   XXXX-XX-25   the parts that the text leaves out are X
    XXXX-WXX-3   XXXX-WXX-WE                                Wednesday; the weekend
    UNDEF-(last|this|next|that)-WHAT[-TAIL]                 WHAT: day week weekend month quarter half year decade
                                                            century, D1..D7 (weekday), M01..M12, SP SU FA WI, Q1..Q4;
                                                            TAIL: 09, 09-22, Q3, H1, SU, WE or 15 within WHAT
    UNDEF-(NOW|REF)-UNIT-(PLUS|MINUS)-N                     N units from the anchor; from the reference

Each may carry a time (`UNDEF-this-dayTMO`, `XXXX-WXX-5T16:00`), and two make a range (`XXXX-09-12/XXXX-09-17`).
`that` and `REF` count from the *reference* (the day the text last spoke of), all others from the *anchor* (the day of
publishing or speaking). `resolve` settles what the anchor allows and returns everything else unchanged.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from hearsay.model import Direction, Granularity

Bounds = tuple[date, date]
Anchor = date | str

_SEASON = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}
_CLOSE, _FAR = 60, 300  # days; nearer than the one and farther than the other, a yearless date outweighs the tense
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}

_TIME = re.compile(r"T(?:MO|MI|AF|EV|NI|DT|XX:XX|\d\d(?::\d\d(?::\d\d)?)?)(?:Z|[+-]\d\d(?::?\d\d)?)?$")
_SHAPES = (
    ("day", re.compile(r"(\d{4})-(\d\d)-(\d\d)$")),
    ("month", re.compile(r"(\d{4})-(\d\d)$")),
    ("week", re.compile(r"(\d{4})-W(\d\d)$")),
    ("weekend", re.compile(r"(\d{4})-W(\d\d)-WE$")),
    ("weekday", re.compile(r"(\d{4})-W(\d\d)-([1-7])$")),
    ("part", re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|AU|WI)$")),
    ("span", re.compile(r"(\d{2,4})$")),
)
_NAMED = re.compile(r"UNDEF-(last|this|next|that)-([A-Za-z]+\d{0,2})((?:-(?:\d\d|Q[1-4]|H[12]|SP|SU|FA|WI|WE))*)$")
_COUNTED = re.compile(r"UNDEF-(NOW|REF)-([a-z]+)-(PLUS|MINUS)-(\d{1,4})$")
_OPEN_WEEKDAY = re.compile(r"XXXX-WXX-([1-7]|WE)$")
_OPEN_DAY = re.compile(r"XXXX-XX-(\d\d)$")
_OPEN_YEAR = re.compile(r"XXXX-(\d\d-\d\d|\d\d|Q[1-4]|H[12]|SP|SU|FA|AU|WI)$")


# -- what a value covers -----------------------------------------------------------------------------------------------


def split_time(value: str) -> tuple[str, str]:
    """The date and the time of a value: ("2023-10-19", "T16:55"); the time is "" where there is none."""
    found = _TIME.search(value)
    return (value[: found.start()], found[0]) if found and found.start() else (value, "")


def is_underspecified(value: str) -> bool:
    """Does the value need an anchor before it names days?"""
    return "XXXX" in value or value.startswith("UNDEF") or "/UNDEF" in value


def granularity(value: str) -> Granularity:
    """How fine a value is; quarters, seasons, decades and ranges are "bounds"; durations and PAST_REF "unknown"."""
    core, time = split_time(value)
    if bounds(value) is None:
        return "unknown"
    if time:
        return "time"
    shape = next((name for name, pattern in _SHAPES if pattern.match(core)), "range")
    if shape == "span":
        return "year" if len(core) == 4 else "bounds"
    kinds: dict[str, Granularity] = {"day": "day", "weekday": "day", "month": "month", "week": "week"}
    return kinds.get(shape, "bounds")


@lru_cache(maxsize=1 << 14)  # a pile names few days, and asks for each thousands of times
def bounds(value: str) -> Bounds | None:
    """First and last day that a value covers, or None where it names none (durations, PAST_REF, 30 February).

    Seasons are the northern meteorological ones (SP = March to May; WI begins in December of its year).
    """
    if "/" in value:
        ends = [bounds(part) for part in value.split("/")]
        first, last = ends[0], ends[-1]
        return (first[0], last[1]) if len(ends) == 2 and first and last and first[0] <= last[1] else None
    core = split_time(value)[0]
    for name, pattern in _SHAPES:
        if found := pattern.match(core):
            try:
                return _COVERS[name](*found.groups())
            except (ValueError, OverflowError):
                return None
    return None


def _day(year: str, month: str, day: str) -> Bounds:
    one = date(int(year), int(month), int(day))
    return one, one


def _month(year: str, month: str) -> Bounds:
    return date(int(year), int(month), 1), _month_end(int(year), int(month))


def _week(year: str, week: str) -> Bounds:
    return date.fromisocalendar(int(year), int(week), 1), date.fromisocalendar(int(year), int(week), 7)


def _weekend(year: str, week: str) -> Bounds:
    return date.fromisocalendar(int(year), int(week), 6), date.fromisocalendar(int(year), int(week), 7)


def _weekday(year: str, week: str, day: str) -> Bounds:
    one = date.fromisocalendar(int(year), int(week), int(day))
    return one, one


def _part(year: str, code: str) -> Bounds:
    length = 6 if code[0] == "H" else 3
    start = _SEASON.get(code) or (int(code[1]) - 1) * length + 1
    first = date(int(year), start, 1)
    return first, add(first, "month", length) - timedelta(days=1)


def _span(digits: str) -> Bounds:
    years = 10 ** (4 - len(digits))
    first = int(digits) * years
    return date(first, 1, 1), date(first + years - 1, 12, 31)


_COVERS: dict[str, Callable[..., Bounds]] = {
    "day": _day, "month": _month, "week": _week, "weekend": _weekend, "weekday": _weekday, "part": _part, "span": _span,
}  # fmt: skip


# -- counting ----------------------------------------------------------------------------------------------------------


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add(day: date, unit: str, count: int) -> date:
    """`count` units (day, week, month, quarter, half, year, decade, century) from a day; 31 January + 1 month is the
    last of February. Raises ValueError or OverflowError outside the years 1 to 9999."""
    if unit in _DAYS:
        return day + timedelta(days=_DAYS[unit] * count)
    months = day.year * 12 + day.month - 1 + _MONTHS[unit] * count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def week_value(day: date) -> str:
    """The ISO week of a day: 2023-W37."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def unit_value(day: date, unit: str) -> str:
    """The day, week, weekend, month, quarter, half, year, decade or century that holds a day, as a value."""
    year = f"{day.year:04d}"
    shapes: dict[str, str] = {
        "day": day.isoformat(),
        "week": week_value(day),
        "weekend": week_value(day) + "-WE",
        "month": day.isoformat()[:7],
        "quarter": f"{year}-Q{(day.month + 2) // 3}",
        "half": f"{year}-H{(day.month + 5) // 6}",
        "year": year,
        "decade": year[:3],
        "century": year[:2],
    }
    return shapes.get(unit, day.isoformat())


# -- resolving ---------------------------------------------------------------------------------------------------------


def resolve(value: str, anchor: Anchor, *, direction: Direction = "none", reference: Anchor | None = None) -> str:
    """The value as it stands on the day of `anchor`, or unchanged where that cannot be said.

    `anchor` may be coarser than a day ("2023-10"): what is the same on its first and last day is settled, the rest is
    left. `direction` is the tense: a bare weekday is the last one, the anchor's own day included, unless it points to
    the future; a bare date or month without tense is the nearest one. `reference` serves `that` and `REF` and stands
    in for the anchor's precision: "a year earlier" than 2023-Q3 is 2022-Q3.
    """
    if not is_underspecified(value):
        return value
    if "/" in value:
        return _range(value, anchor, direction=direction, reference=reference)
    core, time = split_time(value)
    base = reference if reference is not None and _counts_from_reference(core) else anchor
    if isinstance(base, str) and (shifted := _keep_precision(core, base)):
        return shifted + time
    ends = bounds(base) if isinstance(base, str) else (base, base)
    if ends is None:
        return value
    try:
        first, last = (_on(core, end, direction) for end in ends)
    except (ValueError, OverflowError):
        return value
    return first + time if first is not None and first == last else value


def _counts_from_reference(core: str) -> bool:
    return core.startswith(("UNDEF-that-", "UNDEF-REF-"))


def _range(value: str, anchor: Anchor, *, direction: Direction, reference: Anchor | None) -> str:
    """Both ends of a range; an end that would precede its start is the next one after it (30 December to 2 January)."""
    start, _, end = value.partition("/")
    start = resolve(start, anchor, direction=direction, reference=reference)
    one = bounds(start)
    if one is None:
        return value
    end = resolve(end, anchor, direction=direction, reference=reference)
    two = bounds(end)
    if two is None or two[0] < one[0]:
        end = resolve(value.partition("/")[2], one[0], direction="future")
    return f"{start}/{end}" if bounds(end) else value


def _keep_precision(core: str, base: str) -> str | None:
    """A year counted from a quarter is that quarter; `that day` of a coarser reference is nothing new."""
    found = _COUNTED.match(core)
    part = re.match(r"(\d{4})-([QH]\d)$", base)
    if found and part and found[2] == "year":
        years = int(found[4]) * (1 if found[3] == "PLUS" else -1)
        return f"{int(part[1]) + years:04d}-{part[2]}"
    return base if part and core == "UNDEF-that-quarter" else None


def _on(core: str, day: date, direction: Direction) -> str | None:
    """The value of an underspecified date on one day."""
    for pattern, settle in _SETTLE:
        if found := pattern.match(core):
            return settle(found, day, direction)
    return None


def _settle_weekday(found: re.Match[str], day: date, direction: Direction) -> str:
    if found[1] == "WE":
        back = day.weekday() < 5 and direction != "future"
        return week_value(day - timedelta(days=7) if back else day) + "-WE"
    ahead = (int(found[1]) - day.isoweekday()) % 7
    return (day + timedelta(days=ahead if direction == "future" or not ahead else ahead - 7)).isoformat()


def _settle_day(found: re.Match[str], day: date, direction: Direction) -> str | None:
    first = day.replace(day=1)
    months = (add(first, "month", n).isoformat()[:7] for n in (-2, -1, 0, 1, 2))
    return _choose([f"{month}-{found[1]}" for month in months], day, direction)


def _settle_year(found: re.Match[str], day: date, direction: Direction) -> str | None:
    reach = 8 if found[1] == "02-29" else 2  # 29 February can be eight years away
    years = range(max(1, day.year - reach), min(9999, day.year + reach) + 1)
    tense = "none" if found[1][0] in "QH" else direction  # books are told of as the nearest, whatever the tense
    return _choose([f"{year:04d}-{found[1]}" for year in years], day, tense)


def _choose(values: list[str], day: date, direction: Direction) -> str | None:
    """The last value that has begun, the first that has not ended, or the nearest (the earlier of two).

    Without a year nobody means a day ten months away when the same day is at hand: there the tense is mistaken.
    """
    real = [(value, ends) for value in values if (ends := bounds(value))]
    nearest = min((_distance(ends, day), ends[0], value) for value, ends in real)
    if direction == "past":
        told = max((ends[0], _distance(ends, day), value) for value, ends in real if ends[0] <= day)
    elif direction == "future":
        told = min((ends[1], _distance(ends, day), value) for value, ends in real if ends[1] >= day)
    else:
        return nearest[2]
    return nearest[2] if nearest[0] <= _CLOSE and told[1] >= _FAR else told[2]


def _distance(ends: Bounds, day: date) -> int:
    return max((ends[0] - day).days, (day - ends[1]).days, 0)


def _settle_counted(found: re.Match[str], day: date, _: Direction) -> str:
    count = int(found[4]) * (1 if found[3] == "PLUS" else -1)
    if found[2] in _DAYS or found[2] in _MONTHS:
        return unit_value(add(day, found[2], count), found[2])
    hours = {"hour": 3600, "minute": 60}.get(found[2], 1)  # within the day, unless it is days long
    return (day + timedelta(days=int(count * hours / 86400))).isoformat()


def _settle_named(found: re.Match[str], day: date, direction: Direction) -> str | None:
    which, what, tail = found.groups()
    step = {"last": -1, "next": 1}.get(which, 0)
    if what[0] == "D" and what[1:].isdigit():
        monday = day - timedelta(days=day.weekday())
        return (monday + timedelta(days=7 * step + int(what[1:]) - 1)).isoformat()
    if what in _DAYS or what in _MONTHS:
        return _within(unit_value(add(day, what, step), what), tail)
    if what == "weekend":
        back = step < 0 or (step == 0 and direction == "past" and day.weekday() < 5)
        return week_value(day + timedelta(days=-7 if back else 7 * step)) + "-WE"
    return _named_part(what, step, day)


def _named_part(what: str, step: int, day: date) -> str | None:
    """Last March, this summer, next Q3: strictly before, within the year, strictly after."""
    code = what[1:] if what[0] == "M" else what
    values = [f"{year:04d}-{code}" for year in (day.year - 2, day.year - 1, day.year, day.year + 1, day.year + 2)]
    real = [(value, ends) for value in values if (ends := bounds(value))]
    if step < 0:
        return max((ends[1], value) for value, ends in real if ends[1] < day)[1]
    if step > 0:
        return min((ends[0], value) for value, ends in real if ends[0] > day)[1]
    return min((_distance(ends, day), value) for value, ends in real)[1] if code in _SEASON else values[2]


def _within(whole: str, tail: str) -> str | None:
    """A part of a unit: 2024 and -03 is 2024-03; the part must exist."""
    value = whole + tail
    return value if not tail or bounds(value) else None


_Settle = Callable[[re.Match[str], date, Direction], str | None]
_SETTLE: tuple[tuple[re.Pattern[str], _Settle], ...] = (
    (_OPEN_WEEKDAY, _settle_weekday),
    (_OPEN_DAY, _settle_day),
    (_OPEN_YEAR, _settle_year),
    (_COUNTED, _settle_counted),
    (_NAMED, _settle_named),
)
