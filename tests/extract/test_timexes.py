"""What counts as a time expression, what it means, and what is none."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.calendar import bounds, is_underspecified
from hearsay.data import alternatives, table
from hearsay.extract.timex_grammar import compiled, joints, matches, modifiers
from hearsay.extract.timexes import find_timexes
from hearsay.model import Report, Span, Timex, Zone


def read(text: str, *, quotes: tuple[tuple[int, int], ...] = (), zones: tuple[Zone, ...] = ()) -> tuple[Timex, ...]:
    report = Report(id="r", uri="r", text=text, zones=zones)
    return find_timexes(report, quotes=tuple(Span(report="r", start=a, end=b) for a, b in quotes))


def found(text: str) -> list[tuple[str, str]]:
    return [(timex.span.of(text), timex.value) for timex in read(text)]


@pytest.mark.parametrize(
    ("text", "phrase", "value"),
    [
        # days
        ("VELLIN, Sept. 22 (Norpress) --", "Sept. 22", "XXXX-09-22"),
        ("Vellin, Mar 6, 2019 (NP) -", "Mar 6, 2019", "2019-03-06"),
        ("They met on Wednesday, June 19, 2024 to talk.", "Wednesday, June 19, 2024", "2024-06-19"),
        ("Filed 05.03.2019 16:55 here", "05.03.2019 16:55", "2019-03-05T16:55"),
        ("Filed 2019-03-05T16:55 here", "2019-03-05T16:55", "2019-03-05T16:55"),
        ("Filed 2020/11/23.", "2020/11/23", "2020-11-23"),
        ("Filed 23/11/2020.", "23/11/2020", "2020-11-23"),
        ("World | Thursday 7 March 2019 06.10", "Thursday 7 March 2019 06.10", "2019-03-07T06:10"),
        ("the dyke broke at 05.40 on 3 March and", "05.40 on 3 March", "XXXX-03-03T05:40"),
        ("on the 2nd of May 1987", "the 2nd of May 1987", "1987-05-02"),
        ("by March 31, the mayor said", "March 31", "XXXX-03-31"),
        ("Thursday, 7 March, is a holiday", "Thursday, 7 March", "XXXX-03-07"),
        ("on New Year's Eve", "New Year's Eve", "XXXX-12-31"),
        # weekdays and what is near
        ("the council met Friday.", "Friday", "XXXX-WXX-5"),
        ("he left last Wednesday for", "last Wednesday", "UNDEF-last-D3"),
        ("ready by this Friday", "this Friday", "UNDEF-this-D5"),
        ("he came yesterday", "yesterday", "UNDEF-last-day"),
        ("talks ended this morning in", "this morning", "UNDEF-this-dayTMO"),
        ("a speech tonight", "tonight", "UNDEF-this-dayTNI"),
        ("it sank Tuesday night", "Tuesday night", "XXXX-WXX-2TNI"),
        ("it sank late Tuesday", "late Tuesday", "XXXX-WXX-2"),
        ("it sank early on Sunday", "early on Sunday", "XXXX-WXX-7"),
        ("by midday today 58 had", "midday today", "UNDEF-this-dayT12:00"),
        ("the bell rang at 4:07 a.m. and", "4:07 a.m.", "UNDEF-that-dayT04:07"),
        ("gone by 7 o'clock", "7 o'clock", "UNDEF-that-dayT07:00"),
        ("logged 7:56:35 pm", "7:56:35 pm", "UNDEF-that-dayT19:56"),
        ("noon Thursday", "noon Thursday", "XXXX-WXX-4T12:00"),
        ("eleven minutes past four", "eleven minutes past four", "UNDEF-that-dayT04:11"),
        ("the day before, he", "the day before", "UNDEF-REF-day-MINUS-1"),
        ("five weeks ago", "five weeks ago", "UNDEF-NOW-week-MINUS-5"),
        ("A week earlier he was in office", "A week earlier", "UNDEF-REF-week-MINUS-1"),
        ("over the weekend", "the weekend", "XXXX-WXX-WE"),
        # weeks, months, years
        ("reported last week by", "last week", "UNDEF-last-week"),
        ("by the end of the week", "the end of the week", "UNDEF-this-week"),
        ("a trip last month", "last month", "UNDEF-last-month"),
        ("and in March this year, the", "March this year", "UNDEF-this-year-03"),
        ("passed in October 2018 without", "October 2018", "2018-10"),
        ("inspected in October and", "October", "XXXX-10"),
        ("in May he", "May", "XXXX-05"),
        ("in power since 1998", "1998", "1998"),
        ("a plan for 2024-25 was signed", "2024-25", "2024/2025"),
        ("the budget 2024/2025", "2024/2025", "2024/2025"),
        ("rain in the month of May", "the month of May", "XXXX-05"),
        ("in the 70s", "the 70s", "197"),
        ("for another week", "another week", "P1W"),
        ("in the 1990s", "the 1990s", "199"),
        ("in the previous century", "the previous century", "UNDEF-last-century"),
        ("in the 19th century", "the 19th century", "18"),
        ("in the third quarter of 2020", "the third quarter of 2020", "2020-Q3"),
        ("third-quarter profit", "third-quarter", "XXXX-Q3"),
        ("next year's first quarter", "next year's first quarter", "UNDEF-next-year-Q1"),
        ("this summer", "this summer", "UNDEF-this-SU"),
        ("in the autumn of 2001", "the autumn of 2001", "2001-FA"),
        ("abroad from September 12 to 17 when", "from September 12 to 17", "XXXX-09-12/XXXX-09-17"),
        # lengths of time and repetition
        ("a 10-day trip", "10-day", "P10D"),
        ("decades of friendship", "decades", "PXDE"),
        ("Five weeks after the flood", "Five weeks", "P5W"),
        ("twenty minutes before", "twenty minutes", "PT20M"),
        ("2 1/2 years", "2 1/2 years", "P2Y6M"),
        ("half an hour", "half an hour", "PT30M"),
        ("every Friday", "every Friday", "XXXX-WXX-5"),
        ("every evening", "every evening", "XXXX-XX-XXTEV"),
        ("paid annually.", "annually", "P1Y"),
        # vague
        ("the recent visit", "recent", "PAST_REF"),
        ("the longest to date by", "to date", "PRESENT_REF"),
        ("they now have", "now", "PRESENT_REF"),
        ("study future plans", "future", "FUTURE_REF"),
    ],
)
def test_one_expression(text: str, phrase: str, value: str) -> None:
    assert found(text) == [(phrase, value)]


@pytest.mark.parametrize(
    "text",
    [
        "his latest summit", "a long-term plan", "the new era", "the 75th anniversary of the treaty",
        "They may march on", "Mayor April Dunn spoke", "1,998 people", "the 2000 people there", "it costs $1998",
        "a second front", "a 52-year-old baker", "three-quarters of it",
        "Flight 1987-B", "a day of mourning", "won 3:2", "on the 31st of June",
        "a private daily, which said",
    ],
)  # fmt: skip
def test_no_expression(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "phrase", "mod"),
    [
        ("for more than 30 years", "more than 30 years", "MORE_THAN"),
        ("at least two days", "at least two days", "EQUAL_OR_MORE"),
        ("nearly a year", "nearly a year", "APPROX"),
        ("late last week", "late last week", "END"),
        ("early next year", "early next year", "START"),
        ("in mid-November", "mid-November", "MID"),
        ("in mid-1996", "mid-1996", "MID"),
    ],
)
def test_modifiers_belong_to_the_expression(text: str, phrase: str, mod: str) -> None:
    [timex] = read(text)
    assert (timex.span.of(text), timex.mod) == (phrase, mod)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The ferry sank on Sunday.", "past"),
        ("The camp will be opened on Tuesday.", "future"),
        ("The camp would be paid for on Tuesday.", "future"),
        ("The party called a rally in Vellin for Sunday.", "future"),
        ("Thursday will be a day of mourning.", "future"),
        ("He promised on Tuesday to punish them.", "past"),
        ("The ministry plans to open the bridge on Friday.", "future"),
        ("It had been seen by witnesses in October.", "past"),
        ("The sirens were silent, and the mayor will speak. On Monday nobody came.", "past"),
        ("Sunday", "none"),
    ],
)
def test_the_verbs_say_where_a_weekday_points(text: str, direction: str) -> None:
    assert read(text)[0].direction == direction


def test_anchors() -> None:
    text = 'On Monday he said: "Today we sign, as in 2019." He leaves today for three days.'
    start, end = text.index('"'), text.rindex('"') + 1
    assert [(t.span.of(text), t.anchor) for t in read(text, quotes=((start, end),))] == [
        ("Monday", "published"), ("Today", "said"), ("2019", ""), ("today", "published"), ("three days", ""),
    ]  # fmt: skip


def test_expressions_do_not_cross_zones_and_lines() -> None:
    text = "It rained on Friday\n5 March is a holiday"
    assert [phrase for phrase, _ in found(text)] == ["Friday", "5 March"]
    glued = "Rain fell in March2019 is over"
    zones = (
        Zone(span=Span(report="r", start=0, end=18), kind="headline"),
        Zone(span=Span(report="r", start=18, end=len(glued)), kind="body"),
    )
    assert [t.span.of(glued) for t in read(glued, zones=zones)] == ["March", "2019"]


def test_hard_wrapped_lines_do_not_end_an_expression() -> None:
    text = "The council met in the old hall on the evening of\nMarch\n5 to hear the mayor, who had\nlittle to say.\n"
    assert [t.span.of(text) for t in read(text)] == ["evening of\nMarch\n5"]


def test_every_zone_is_read() -> None:
    text = "(photo, June 2 2020)\n\nThe bridge opened Friday."
    zones = (
        Zone(span=Span(report="r", start=0, end=22), kind="caption"),
        Zone(span=Span(report="r", start=22, end=len(text)), kind="body"),
    )
    assert [t.value for t in read(text, zones=zones)] == ["2020-06-02", "XXXX-WXX-5"]


def test_tables_compile_and_names_are_unique() -> None:
    names = [row["name"] for row in table("time_rules")]
    assert len(names) == len(set(names))
    assert len(modifiers()) == len(table("time_modifiers"))
    assert len(joints()) == len(table("time_joints"))
    for row in table("time_rules"):
        assert compiled(row["pattern"]).match("\x00") is None, row["name"]


def test_every_month_and_weekday_is_read() -> None:
    for row in table("time_words"):
        for form in alternatives(row["forms"]):
            if row["kind"] == "month":
                assert matches(f"{form} 5, 2020")[0].value == f"2020-{row['value']}-05", form
            if row["kind"] == "weekday":
                assert matches(form.upper())[0].value == f"XXXX-WXX-{row['value']}", form


WORDS = (
    """on in the of last next May March Friday 5 17 2019 12:30 a.m. week weeks three every early ago, . " '80s Sept."""
)


@given(st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=30).map(" ".join))
def test_spans_are_sorted_and_apart_and_values_are_known(text: str) -> None:
    timexes = read(text)
    for timex in timexes:
        assert timex.span.of(text).strip() == timex.span.of(text) != ""
        relative = timex.type in ("DATE", "TIME") and is_underspecified(timex.value)
        assert relative == (timex.anchor != "")
        if timex.type in ("DATE", "TIME") and not relative and "_REF" not in timex.value:
            assert bounds(timex.value) is not None, timex.value
    for one, two in pairwise(timexes):
        assert one.span.end <= two.span.start


@pytest.mark.parametrize(
    "text",
    [
        "1" * 60_000,
        " " * 60_000,
        "the " * 20_000,
        "March " * 10_000,
        "\n" * 60_000,
        "a.m. 1-" * 9_000,
        "will be " * 8_000,
    ],
    ids=["digits", "blanks", "the", "March", "newlines", "marks", "verbs"],
)
def test_hostile_text_costs_little(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 20
