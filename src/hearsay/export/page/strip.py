"""The time line as a picture: events and publications come in, positions on a strip go out.

A single old date must not squeeze everything else into one point. So the strip shows the stretch in which most days
lie, and what lies outside is gathered at its two edges and said so.
"""

from __future__ import annotations

from calendar import month_abbr
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, LEFT, RIGHT = 960, 56, 904
STEP, TALLEST = 9, 9
APART = 22
_DAYS, _MONTHS, _MOST = (1, 2, 3, 5, 7, 10, 14, 21), (1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000), 7
_LEAST = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Dot:
    """One event: position from the axis upwards, its realis, and how many dots it stands for if the stack is full."""

    y: int
    realis: str


@dataclass(frozen=True, slots=True)
class Stack:
    """The events of one bin; `day` names the first of them."""

    x: float
    day: str
    href: str
    count: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Everything to draw; `ticks` are (x, day), `reports` (x, numbers of the reports published there)."""

    stacks: tuple[Stack, ...]
    ticks: tuple[tuple[float, str], ...]
    reports: tuple[tuple[float, tuple[int, ...]], ...]
    earlier: int
    later: int
    height: int


def draw(events: Iterable[tuple[date, str, str]], reports: Iterable[tuple[date, int]]) -> Strip | None:
    """Lay out events (day, realis, link) and reports (day, number); None where fewer than two days are known."""
    events, reports = sorted(events), sorted(reports)
    days = sorted([day for day, _, _ in events] + [day for day, _ in reports])
    if not events or days[0] == days[-1]:
        return None
    first, last = _window(days, [day for day, _ in reports])
    reach = max((last - first).days, 1)

    def place(day: date) -> float:
        inside = min(max((day - first).days / reach, -0.03), 1.03)
        return round(LEFT + inside * (RIGHT - LEFT), 1)

    width = (RIGHT - LEFT) / reach
    bins: dict[float, list[tuple[date, str, str]]] = defaultdict(list)
    for event in events:
        x = place(event[0])
        bins[x if width >= STEP else _grid(x, STEP)].append(event)
    stacks = tuple(
        Stack(
            x, members[0][0].isoformat(), members[0][2], len(members),
            tuple(Dot(i * STEP, realis) for i, (_, realis, _) in enumerate(members[:TALLEST])),
        )
        for x, members in sorted(bins.items())
    )  # fmt: skip
    issued: dict[float, list[int]] = defaultdict(list)
    for day, number in reports:
        issued[place(day) if width >= APART else _grid(place(day), APART)].append(number)
    tallest = max(len(stack.dots) for stack in stacks)
    return Strip(
        stacks,
        tuple((place(day), label) for day, label in _ticks(first, last)),
        tuple((x, tuple(sorted(numbers))) for x, numbers in sorted(issued.items())),
        sum(day < first for day, _, _ in events),
        sum(day > last for day, _, _ in events),
        tallest * STEP,
    )


def _window(days: Sequence[date], issued: Sequence[date]) -> tuple[date, date]:
    """The time around the publications (else around the middle of all days), cut to what there is."""
    low, high = (issued[0], issued[-1]) if issued else (days[len(days) // 8], days[-1 - len(days) // 8])
    slack = max(2 * (high - low), _LEAST)
    inside = [day for day in days if low - day <= slack and day - high <= slack]
    return min(inside), max(inside)


def _grid(x: float, step: int) -> float:
    return round((x - LEFT) / step) * step + LEFT


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """At most seven round dates with their labels: days, months or years, as the stretch is long."""
    reach = (last - first).days
    if reach <= 120:
        step = next(step for step in _DAYS if reach // step < _MOST)
        days = [first + timedelta(days=n) for n in range(0, reach + 1, step)]
        return [(day, f"{day.day} {month_abbr[day.month]}") for day in days]
    step = next(step for step in _MONTHS if reach // (30 * step) < _MOST)
    low, high = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    months = [date(n // 12, n % 12 + 1, 1) for n in range(low - low % step, high + 1, step) if n >= low]
    return [(m, f"{m.year}" if step >= 12 else f"{month_abbr[m.month]} {m.year}") for m in months if m >= first]
