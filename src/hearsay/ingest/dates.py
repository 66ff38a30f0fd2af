"""Dates as mastheads write them: datelines, page heads, date lines and scraped heads.

In comes a short stretch of a report, out come its dates as (start, end, TIMEX3 value); a missing year stays open
(XXXX-09-22). This is the small grammar of mastheads; the dates inside the story are read in `hearsay.extract`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from hearsay.data import alternatives, table
from hearsay.ingest.patterns import credit_words


class Found(NamedTuple):
    """A date in a text; `value` is TIMEX3, to the day."""

    start: int
    end: int
    value: str


@cache
def _numbers(name: str) -> dict[str, int]:
    return {form.casefold(): int(row["number"]) for row in table(name) for form in alternatives(row["forms"])}


@cache
def _grammar() -> re.Pattern[str]:
    def names(table_name: str) -> str:
        return "|".join(map(re.escape, sorted(_numbers(table_name), key=lambda form: (-len(form), form))))

    month = rf"(?P<{{}}>{names('months')})\b\.?"
    day = r"(?P<{}>[0-3]?\d)(?:st|nd|rd|th)?"
    year = r"(?:,?\s{{1,3}}(?P<{}>[12]\d{{3}}))?(?!\d)"
    weekday = rf"(?:(?:{names('weekdays')})\b[.,]{{0,2}}\s{{1,3}}(?:the\s)?)?"
    forms = (
        r"(?P<y1>[12]\d{3})(?P<sep1>[-/.])(?P<m1>[01]?\d)(?P=sep1)(?P<d1>[0-3]?\d)(?!\d)",
        r"(?P<d2>[0-3]?\d)(?P<sep2>[-/.])(?P<m2>[0-3]?\d)(?P=sep2)\s?(?P<y2>[12]\d{3})(?!\d)",
        weekday + month.format("m3") + r"\s{1,3}" + day.format("d3") + year.format("y3"),
        weekday + day.format("d4") + r"\.?\s{1,3}(?:of\s|de\s)?" + month.format("m4") + year.format("y4"),
    )
    return re.compile(rf"(?<![\w./-])(?:{'|'.join(forms)})", re.IGNORECASE)


_DIGIT = re.compile(r"\d")
_TIME = re.compile(
    r"(?<![\d.,])T?(?:at\s)?[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d)?(?:\.\d{1,6})?"
    r"\s?(?:[aApP]\.?[mM]\.?)?(?:\s?\(?(?:Z|[A-Z]{2,5}|[+-]\d\d:?\d\d)\)?(?![\w]))?(?!\d)",
)


def value_of(year: str | None, month: int, day: int) -> str | None:
    """TIMEX3 value of a calendar day, or None where there is no such day."""
    try:
        date(int(year or 2000), month, day)  # 2000 was a leap year: 29 February may stand without its year
    except ValueError:
        return None
    return f"{year or 'XXXX'}-{month:02d}-{day:02d}"


def _read(match: re.Match[str]) -> str | None:
    group = match.groupdict()
    if group["y1"]:
        return value_of(group["y1"], int(group["m1"]), int(group["d1"]))
    if group["y2"]:
        first, second = int(group["d2"]), int(group["m2"])
        if group["sep2"] == "/" and first != second and first <= 12 and second <= 12:
            return group["y2"]  # 3/5/2019 is May or March: only the year is certain
        day, month = (second, first) if second > 12 else (first, second)
        return value_of(group["y2"], month, day)
    n = "3" if group["m3"] else "4"
    return value_of(group["y" + n], _numbers("months")[group["m" + n].casefold()], int(group["d" + n]))


def find(text: str) -> list[Found]:
    """All dates of a short text, in order."""
    if not _DIGIT.search(text):
        return []
    found = ((match, _read(match)) for match in _grammar().finditer(text))
    return [Found(match.start(), match.end(), value) for match, value in found if value]


def blank(text: str) -> str:
    """The text with dates, the times behind them and the words that label them blanked out, offsets kept."""
    found = find(text)
    for item in found:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    for pattern in (_TIME, credit_words("date_label")) if found else ():
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def is_date_line(line: str) -> bool:
    """Is the line a date, with a weekday, a time or a label at most?"""
    return len(line) <= 120 and bool(find(line)) and not any(char.isalpha() for char in blank(line))
