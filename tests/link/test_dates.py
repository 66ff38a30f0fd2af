"""Dates of an invented pile: a bridge falls at Orlo in the land of Vessia, and eight reports tell of it."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.extract.timexes import find_timexes
from hearsay.link.date_context import values_in_context
from hearsay.link.dates import solve_dates
from hearsay.model import Dateline, Reading, Report, Sourced, Span, When, Zone, timex_id


def reading(
    id: str, text: str, *, published: str | None = None, words: str = "", zones: tuple[Zone, ...] = ()
) -> Reading:
    """A reading as far as dates need it. `words` are those of the text that state the date."""
    at = text.find(words)
    spans = (Span(report=id, start=at, end=at + len(words)),) if words else ()
    stated = Sourced(value=published, evidence=spans) if published else None
    report = Report(id=id, uri=id, text=text, published=stated, zones=zones)
    marks = [i for i, c in enumerate(text) if c == '"']
    pairs = zip(marks[::2], marks[1::2], strict=False)
    quotes = tuple(Span(report=id, start=a, end=b + 1) for a, b in pairs)
    return Reading(report=report, timexes=find_timexes(report, quotes=quotes))


COLLAPSE = reading(
    "a-collapse",
    "ORLO, May 14, 2021 (Norpress) - The Karst bridge over the Tamna collapsed on Wednesday and threw a night train "
    "into the river, the Vessian interior ministry said on Thursday. Divers from Dorvania will arrive by Sunday.",
    published="2021-05-14",
    words="May 14, 2021",
)
ELSEWHERE = reading(
    "b-elsewhere",
    "QUILL, May 14, 2020 (Norpress) - The finance committee of Halland adopted its budget on Thursday after a long "
    "session about harbour fees.",
    published="2020-05-14",
    words="May 14, 2020",
)
YEARLESS = reading(
    "c-yearless",
    "Orlo, May 15 (Vess) - Divers searched the Tamna below the Karst bridge, which collapsed on Wednesday. "
    "On Thursday, May 14, the ministry asked for help. The Vessian interior ministry counts nineteen dead from "
    "the night train.",
    published="XXXX-05-15",
    words="May 15",
)
NINE_DAYS = reading(
    "d-nine",
    "Nine days after the Karst bridge collapsed, the clock of the Orlo station is silent. Nobody repairs it.",
)
MORNING = reading(
    "e-morning",
    "Divers from Dorvania packed their boats on the Tamna this morning and left the night train where it lies, in the "
    "mud below Orlo. Of the Karst bridge one pier still stands.",
)
DIVERS = reading(
    "f-divers",
    "ORLO, June 3, 2021 (Norpress) - The search for the night train under the Karst bridge at Orlo ended on Wednesday, "
    "when divers from Dorvania packed their boats on the Tamna.",
    published="2021-06-03",
    words="June 3, 2021",
)
LAST_MONTH = reading(
    "g-month",
    "President Olm visited the Karst bridge at Orlo, which collapsed last month into the Tamna with a night train. "
    "He had promised on Monday to come.",
)
NOTHING = reading("h-nothing", "Bread is made of flour, water and salt. Bake it for an hour.")
PILE = (COLLAPSE, ELSEWHERE, YEARLESS, NINE_DAYS, MORNING, DIVERS, LAST_MONTH, NOTHING)


def solved(*readings: Reading) -> dict[str, When]:
    return {row.subject: row for row in solve_dates(readings)}


def value_of(rows: dict[str, When], source: Reading, phrase: str) -> str | None:
    timex = next(t for t in source.timexes if t.span.of(source.report.text) == phrase)
    return rows[timex_id(timex)].value


def test_stated_dates_are_taken_with_their_words() -> None:
    row = solved(COLLAPSE)["a-collapse"]
    assert (row.value, row.earliest, row.latest, row.stated) == ("2021-05-14", "2021-05-14", "2021-05-14", True)
    assert "May 14, 2021" in row.why
    assert row.basis.evidence == COLLAPSE.report.published.evidence  # type: ignore[union-attr]


def test_a_missing_year_comes_from_reports_of_the_same_events_against_the_weekday() -> None:
    row = solved(*PILE)["c-yearless"]
    assert row.value == "2021-05-15"
    assert "'Thursday, May 14' was a Friday; the weekday is taken for the error" in row.why


def test_without_such_reports_a_year_stays_open() -> None:
    row = solved(YEARLESS, ELSEWHERE)["c-yearless"]
    assert (row.value, row.earliest, row.stated) == (None, None, False)


@pytest.mark.parametrize(
    ("id", "value", "earliest", "latest"),
    [
        ("d-nine", "2021-05-21", "2021-05-21", "2021-05-21"),
        ("e-morning", "2021-06-02", "2021-06-02", "2021-06-02"),
        ("g-month", "2021-06", "2021-06-01", "2021-06-30"),
        ("h-nothing", None, None, None),
    ],
)
def test_missing_dates(id: str, value: str | None, earliest: str | None, latest: str | None) -> None:
    row = solved(*PILE)[id]
    assert (row.value, row.earliest, row.latest, row.stated) == (value, earliest, latest, False)
    assert bool(row.basis.evidence) == (value is not None)
    assert row.why.endswith(".")


def test_expressions_are_dated_from_their_report() -> None:
    rows = solved(*PILE)
    assert value_of(rows, COLLAPSE, "Wednesday") == "2021-05-12"
    assert value_of(rows, COLLAPSE, "Sunday") == "2021-05-16"
    assert value_of(rows, MORNING, "this morning") == "2021-06-02TMO"


def test_a_report_known_to_the_month_dates_months_but_no_weekdays() -> None:
    rows = solved(*PILE)
    assert value_of(rows, LAST_MONTH, "last month") == "2021-05"
    monday = rows[timex_id(LAST_MONTH.timexes[1])]
    assert (monday.value, monday.earliest, monday.latest) == ("XXXX-WXX-1", "2021-05-31", "2021-06-28")


def test_the_same_piece_appeared_with_its_twin() -> None:
    twin = reading("z-twin", COLLAPSE.report.text.partition(" - ")[2])
    assert solved(COLLAPSE, twin)["z-twin"].value == "2021-05-14"


def test_today_in_a_quotation_is_the_day_of_speaking() -> None:
    text = (
        "VELLIN, July 9, 2022 (Norpress) - Premier Ruun opened the harbour on Thursday. "
        '"Today we open the sea," she said. '
        "The feast goes on today."
    )
    source = reading("q", text, published="2022-07-09", words="July 9, 2022")
    rows = solved(source)
    assert [rows[timex_id(t)].value for t in source.timexes] == [
        "2022-07-09", "2022-07-07", "2022-07-07", "2022-07-09",
    ]  # fmt: skip


def test_a_caption_dates_the_occasion() -> None:
    text = 'Ruun at the harbour on July 7, 2022 (photo: NP)\nThe premier spoke. "Today we open the sea," she said.'
    cut = text.index("\n") + 1
    zones = (
        Zone(span=Span(report="q", start=0, end=cut), kind="caption"),
        Zone(span=Span(report="q", start=cut, end=len(text)), kind="body"),
    )
    source = reading("q", text, published="2022-07-08", zones=zones)
    assert value_of(solved(source), source, "Today") == "2022-07-07"


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("The wall fell on Sunday. It broke at 4 a.m., the mayor said on Monday.", "4 a.m.", "2021-05-09T04:00"),
        ("The wall fell on Sunday, he said on Monday. It broke at 4 a.m.", "4 a.m.", "2021-05-09T04:00"),
        ("A vote at 5 p.m. (1500 GMT) Friday will decide.", "5 p.m.", "2021-05-14T17:00"),
        ("They met on May 3. The day before, they had quarrelled.", "The day before", "2021-05-02"),
        ("It was dismissed on Monday. A week earlier it had stood.", "A week earlier", "2021-W18"),
        ("Third-quarter profit fell. A year earlier it had risen.", "A year earlier", "2019-Q3"),
    ],
)  # fmt: skip
def test_expressions_that_count_from_others(text: str, phrase: str, expected: str) -> None:
    anchor = date(2020, 11, 3) if "quarter" in text else date(2021, 5, 13)
    source = reading("x", text)
    values = values_in_context(source.report, source.timexes, published=anchor)
    found = {t.span.of(text): value for t, value in zip(source.timexes, values, strict=True)}
    assert found[phrase] == expected


@given(st.permutations(PILE))
def test_the_order_of_the_reports_is_no_matter(pile: list[Reading]) -> None:
    assert solve_dates(pile) == solve_dates(PILE)


def test_a_dateline_serves_where_the_report_states_nothing_else() -> None:
    span = Span(report="l", start=0, end=12)
    line = Dateline(span=span, place=None, date=Sourced(value="2021-05-14", evidence=(span,)))
    report = Report(id="l", uri="l", text="May 14, 2021 - Rain.", dateline=line)
    assert solved(Reading(report=report))["l"].value == "2021-05-14"


def test_cost_grows_with_the_pile_and_not_with_its_square() -> None:
    def pile(size: int) -> list[Reading]:
        words = random.Random(size)
        names = ["".join(words.choices("abdeiklmnorstu", k=6)).title() for _ in range(size)]
        made = []
        for i, name in enumerate(names):
            day = (date(2020, 1, 1) + timedelta(days=i % 300)).isoformat()
            text = f"The mayor of {name} opened the {name}er bridge on Monday. A storm had closed it last month."
            made.append(reading(f"p{i}", text, published=None if i % 3 == 0 else day))
            made.append(reading(f"s{i}", f"A storm closed the {name}er bridge on Sunday.", published=day))
        return made

    def cost(size: int) -> float:
        readings = pile(size)
        start = time.process_time()
        solve_dates(readings)
        return time.process_time() - start

    cost(20)
    small, large = cost(100), cost(800)
    assert large < 8 * small * 3
