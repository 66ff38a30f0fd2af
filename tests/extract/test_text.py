"""Sentences, paragraphs and the view that the reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.extract.quotes import quotes
from hearsay.extract.text import paragraphs, sentences, story
from hearsay.model import Report, Span, Zone, ZoneKind


def cut(text: str) -> list[str]:
    return [text[s:e] for s, e in sentences(text, 0, len(text), quotes=list(quotes(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        (
            "Mr. Orlo met Gen. Vash on Sept. 3 in Karn. They talked.",
            ["Mr. Orlo met Gen. Vash on Sept. 3 in Karn.", "They talked."],
        ),
        ("The U.S. envoy left. It rained.", ["The U.S. envoy left.", "It rained."]),
        ("J. Orlo paid 3.5 million. He left.", ["J. Orlo paid 3.5 million.", "He left."]),
        ("“We came. We saw,” he said. “We left.”", ["“We came. We saw,” he said.", "“We left.”"]),
        ("No stop at the end", ["No stop at the end"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet='Ab. !?"“”\n', max_size=80))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    for start, end in paragraphs(text):
        kept = "".join(text[s:e] for s, e in sentences(text, start, end))
        assert "".join(kept.split()) == "".join(text[start:end].split())


def report(*zones: tuple[str, ZoneKind]) -> Report:
    text, made = "", []
    for piece, kind in zones:
        made.append(Zone(span=Span(report="r", start=len(text), end=len(text) + len(piece)), kind=kind))
        text += piece
    return Report(id="r", uri="r.txt", text=text, zones=tuple(made))


def test_the_view_leaves_debris_out_and_leads_back() -> None:
    told = report(
        ("Head\n", "headline"), ("KARN (XNA) -- ", "dateline"), ("It rained.", "body"), ("\nabc/de", "signoff")
    )
    view = story(told)
    assert view.text == "Head\n\n\nIt rained."
    at = view.text.index("rained")
    back = view.back(at, at + 6)
    assert back is not None
    assert told.text[slice(*back)] == "rained"


def test_a_span_over_two_zones_comes_back_cut_at_the_first() -> None:
    told = report(("Head", "headline"), ("KARN -- ", "dateline"), ("It rained.", "body"))
    view = story(told)
    back = view.back(0, len(view.text))
    assert back is not None
    assert told.text[slice(*back)] == "Head"


def test_a_span_between_zones_leads_nowhere() -> None:
    view = story(report(("Head", "headline"), ("It rained.", "body")))
    assert view.back(4, 6) is None
