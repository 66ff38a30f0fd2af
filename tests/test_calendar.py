"""Values on days: what they cover, and how news means them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.calendar import bounds, granularity, is_underspecified, resolve, unit_value
from hearsay.model import Direction

FRIDAY = date(2023, 9, 22)
DAYS = st.dates(date(1800, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-10-19", "2023-10-19", "2023-10-19"),
        ("2023-10-19T16:55", "2023-10-19", "2023-10-19"),
        ("2023-10-19TEV", "2023-10-19", "2023-10-19"),
        ("2023-W37", "2023-09-11", "2023-09-17"),
        ("2019-W10-WE", "2019-03-09", "2019-03-10"),
        ("2023-Q3", "2023-07-01", "2023-09-30"),
        ("2023-H2", "2023-07-01", "2023-12-31"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("199", "1990-01-01", "1999-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("2024/2025", "2024-01-01", "2025-12-31"),
        ("2023-09-12/2023-09-17", "2023-09-12", "2023-09-17"),
    ],
)
def test_bounds(value: str, first: str, last: str) -> None:
    assert bounds(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value",
    ["P10D", "PXDE", "PAST_REF", "XXXX-09-22", "2023-02-30", "2023-13", "2023-W60", "UNDEF-last-month", "", "0000",
     "2025/2024", "2023/", "rubbish"],
)  # fmt: skip
def test_no_bounds(value: str) -> None:
    assert bounds(value) is None
    assert granularity(value) == "unknown"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2023", "year"), ("2023-10", "month"), ("2023-W37", "week"), ("2023-10-19", "day"), ("2023-10-19T06:10", "time"),
     ("2023-Q3", "bounds"), ("2024/2025", "bounds"), ("199", "bounds")],
)  # fmt: skip
def test_granularity(value: str, expected: str) -> None:
    assert granularity(value) == expected


@pytest.mark.parametrize(
    ("value", "direction", "expected"),
    [
        ("XXXX-WXX-5", "past", "2023-09-22"),  # a Friday's report saying Friday means that day
        ("XXXX-WXX-3", "past", "2023-09-20"),
        ("XXXX-WXX-3", "none", "2023-09-20"),
        ("XXXX-WXX-3", "future", "2023-09-27"),
        ("UNDEF-last-D3", "past", "2023-09-13"),
        ("UNDEF-this-D5", "future", "2023-09-22"),
        ("UNDEF-next-D1", "future", "2023-09-25"),
        ("XXXX-09-13", "past", "2023-09-13"),
        ("XXXX-12-24", "past", "2022-12-24"),
        ("XXXX-10-05", "past", "2023-10-05"),  # a year would be named at eleven months' distance
        ("XXXX-12-24", "none", "2023-12-24"),
        ("XXXX-03-31", "future", "2024-03-31"),
        ("XXXX-02-29", "past", "2020-02-29"),
        ("XXXX-12", "past", "2022-12"),
        ("XXXX-10", "future", "2023-10"),
        ("XXXX-09", "past", "2023-09"),
        ("XXXX-Q3", "none", "2023-Q3"),
        ("XXXX-XX-25", "future", "2023-09-25"),
        ("XXXX-XX-25", "past", "2023-08-25"),
        ("XXXX-WXX-WE", "past", "2023-W37-WE"),
        ("XXXX-WXX-WE", "future", "2023-W38-WE"),
        ("UNDEF-this-day", "none", "2023-09-22"),
        ("UNDEF-this-dayTMO", "none", "2023-09-22TMO"),
        ("UNDEF-last-day", "none", "2023-09-21"),
        ("UNDEF-last-week", "none", "2023-W37"),
        ("UNDEF-last-month", "none", "2023-08"),
        ("UNDEF-this-year-03", "none", "2023-03"),
        ("UNDEF-last-year-Q1", "none", "2022-Q1"),
        ("UNDEF-this-month-31", "none", "UNDEF-this-month-31"),
        ("UNDEF-last-century", "none", "19"),
        ("UNDEF-last-M10", "none", "2022-10"),
        ("UNDEF-last-M09", "none", "2022-09"),
        ("UNDEF-next-SU", "none", "2024-SU"),
        ("UNDEF-NOW-week-MINUS-5", "none", "2023-W33"),
        ("UNDEF-NOW-month-MINUS-7", "none", "2023-02"),
        ("UNDEF-NOW-day-PLUS-10", "none", "2023-10-02"),
        ("UNDEF-NOW-year-MINUS-41", "none", "1982"),
        ("UNDEF-NOW-hour-MINUS-3", "none", "2023-09-22"),
        ("XXXX-09-12/XXXX-09-17", "past", "2023-09-12/2023-09-17"),
        ("XXXX-12-30/XXXX-01-02", "past", "2022-12-30/2023-01-02"),
        ("P10D", "past", "P10D"),
        ("PAST_REF", "past", "PAST_REF"),
        ("2011", "past", "2011"),
    ],
)
def test_resolve_on_a_day(value: str, direction: Direction, expected: str) -> None:
    assert resolve(value, FRIDAY, direction=direction) == expected


@pytest.mark.parametrize(
    ("value", "anchor", "expected"),
    [
        ("UNDEF-last-month", "2023-10", "2023-09"),
        ("UNDEF-this-year", "2023-10", "2023"),
        ("XXXX-09-22", "2023-10", "2023-09-22"),
        ("XXXX-WXX-3", "2023-10", "XXXX-WXX-3"),
        ("UNDEF-last-day", "2023-10", "UNDEF-last-day"),
        ("UNDEF-last-week", "2023-W37", "2023-W36"),
        ("XXXX-WXX-3", "2023-W37", "XXXX-WXX-3"),
        ("UNDEF-last-year", "PAST_REF", "UNDEF-last-year"),
    ],
)
def test_a_coarse_anchor_settles_what_it_can(value: str, anchor: str, expected: str) -> None:
    assert resolve(value, anchor, direction="past") == expected


@pytest.mark.parametrize(
    ("value", "reference", "expected"),
    [
        ("UNDEF-REF-day-MINUS-1", date(2019, 3, 3), "2019-03-02"),
        ("UNDEF-that-day", "2019-03-05TNI", "2019-03-05"),
        ("UNDEF-that-dayT04:07", "2019-03-03", "2019-03-03T04:07"),
        ("UNDEF-REF-year-MINUS-1", "1989-Q3", "1988-Q3"),
        ("UNDEF-REF-week-MINUS-1", "2019-04-08", "2019-W14"),
    ],
)
def test_resolve_against_the_reference(value: str, reference: date | str, expected: str) -> None:
    assert resolve(value, FRIDAY, reference=reference) == expected


@given(DAYS, st.sampled_from(["day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century"]))
def test_a_unit_holds_its_day(day: date, unit: str) -> None:
    ends = bounds(unit_value(day, unit))
    assert ends is not None
    assert ends[0] <= day <= ends[1] or unit == "weekend"
    assert resolve(f"UNDEF-this-{unit}", day, direction="future") == unit_value(day, unit)


@given(DAYS, st.integers(1, 7))
def test_a_weekday_in_the_past_is_at_most_six_days_back(day: date, weekday: int) -> None:
    found = date.fromisoformat(resolve(f"XXXX-WXX-{weekday}", day, direction="past"))
    assert found.isoweekday() == weekday
    assert timedelta(0) <= day - found <= timedelta(6)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 12), st.integers(1, 31))
def test_dates_respect_the_tense(day: date, month: int, number: int) -> None:
    value = f"XXXX-{month:02d}-{number:02d}"
    past, future = (resolve(value, day, direction=d) for d in ("past", "future"))
    if bounds(past) and bounds(future):
        near = resolve(value, day)
        assert past <= day.isoformat() or past == near
        assert future >= day.isoformat() or future == near
    else:
        assert past == future == value  # 30 February


@given(st.text(alphabet="UNDEFXlasthiyrmo-0123456789WTQ/PR_", max_size=24), DAYS)
def test_any_string_is_survived(value: str, day: date) -> None:
    settled = resolve(value, day)
    assert settled == value or is_underspecified(value)
    granularity(settled)
