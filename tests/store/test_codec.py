"""What goes into a store comes out of it: every value type, through JSON and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearsay.model import Report, Skipped, Span, Timex, Zone, timex_id
from hearsay.store.codec import decode, encode, key, report_of
from strategies import VALUE_TYPES, values


@pytest.mark.parametrize("kind", VALUE_TYPES, ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_value_comes_back(kind: type, data: st.DataObject) -> None:
    value = data.draw(values(kind))
    body = encode(value)
    assert decode(kind, body) == value
    assert encode(decode(kind, body)) == body
    assert body.isascii()
    assert "\n" not in body


def test_a_file_name_that_is_no_text_comes_back() -> None:
    skipped = Skipped(uri="caf\udce9.txt", why="not readable")
    assert decode(Skipped, encode(skipped)) == skipped


def test_a_body_written_before_a_field_existed_gets_its_default() -> None:
    assert decode(Report, '{"id": "r", "uri": "u", "text": "t"}') == Report(id="r", uri="u", text="t")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"report": "r", "start": 1}',
        '{"report": "r", "start": "1", "end": 2}',
        '{"report": null, "start": 1, "end": 2}',
    ],
)
def test_a_body_that_does_not_fit_is_refused(body: str) -> None:
    with pytest.raises(ValueError):
        decode(Span, body)


def test_a_field_that_cannot_come_back_is_refused_at_once() -> None:
    @dataclass(frozen=True)
    class Loose:
        anything: Any

    with pytest.raises(TypeError, match="cannot be stored"):
        encode(Loose(anything=[1]))


def test_rows_without_an_id_are_keyed_by_content() -> None:
    one, two = Skipped(uri="a", why="empty"), Skipped(uri="b", why="empty")
    assert key(one, encode(one)) == key(one, encode(Skipped(uri="a", why="empty")))
    assert key(one, encode(one)) != key(two, encode(two))


def test_rows_know_their_report() -> None:
    span = Span(report="r", start=0, end=1)
    timex = Timex(span=span, type="DATE", value="2031")
    assert report_of(Zone(span=span, kind="body")) == "r"
    assert (key(timex, ""), report_of(timex)) == (timex_id(timex), "r")
    assert report_of(Skipped(uri="a", why="empty")) is None
