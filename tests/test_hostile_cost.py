"""Text made to be slow: whatever is repeated, ten times as much of it costs about ten times as much, and never raises.

Times are compared with each other, never with a clock's number: a loaded machine slows both. What is quadratic takes a
hundred times as long and fails; the floor keeps a hiccup in a short run from failing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from hearsay.extract import read
from hearsay.ingest import report_of
from hearsay.ingest.record import Record
from hearsay.model import Report
from stub import StubReader

MOST = 40  # times as long, for ten times the text
FLOOR = 0.1  # seconds

PARTS = {
    "quotes": '"',
    "quotes that open": '("a ',
    "curly quotes that open": "“a ",
    "curly quotes that close": "a” ",
    "apostrophes": "'a ",
    "possessives": "'s ",
    "commas": ", ",
    "said": "said, ",
    "somebody said": "Orlo said, ",
    "statements": '"It rained," Orlo said. ',
    "according to": "according to ",
    "digits": "7",
    "dates": "4 May 2031 ",
    "verbs without a stop": "visited Orlo on Monday ",
    "capitals": "ORLO ",
    "datelines": "ORLO, May 4 (ABC) -- ",
    "round brackets": "(",
    "square brackets": "[",
    "acronyms": "/AB/ ",
    "dashes": "--",
    "stops": ".",
    "sentences": ". ",
    "of": "the minister of ",
    "hyphens": "a-",
    "short lines": "Orlo\n",
    "paragraphs": "Orlo said on Monday that it rained.\n\n",
    "blanks": " ",
    "carriage returns": "\r",
}


def repeated(part: str, length: int) -> str:
    """`part` over and over, `length` characters."""
    return (part * (length // len(part) + 1))[:length]


def reported(text: str) -> Report:
    """The text as a report."""
    return report_of(Record(uri="hostile.txt", text=text, media_type="text/plain"))


def seconds(work: Callable[[], object]) -> float:
    """Processor time of the quicker of two runs: the first may load tables."""
    runs = []
    for _ in range(2):
        start = time.process_time()
        work()
        runs.append(time.process_time() - start)
    return min(runs)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_zoning_ten_times_the_text_costs_about_ten_times_as_much(part: str) -> None:
    small, large = (repeated(part, length) for length in (10_000, 100_000))
    once = seconds(lambda: reported(small))
    assert seconds(lambda: reported(large)) <= MOST * max(once, FLOOR)


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_reading_ten_times_the_text_costs_about_ten_times_as_much(part: str) -> None:
    small, large = (reported(repeated(part, length)) for length in (1_500, 15_000))
    once = seconds(lambda: read(small, StubReader()))
    start = time.process_time()
    read(large, StubReader())
    assert time.process_time() - start <= MOST * max(once, FLOOR)


@pytest.mark.parametrize("ending", ["the minister of", "the minister of the", "“", "said", "according to", "'", "("])
def test_a_text_may_end_anywhere(ending: str) -> None:
    reading = read(reported(f"Orlo spoke\n\nIt rained on Monday, Orlo said of {ending}"), StubReader())
    assert reading.report.text.endswith(ending)
