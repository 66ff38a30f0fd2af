"""Attributions of whole reports: what becomes a statement, of what form, nested in what."""

from __future__ import annotations

import re

import pytest

from hearsay.extract.attributions import find_attributions
from hearsay.extract.reader import Tagged
from hearsay.model import Attribution, Mention, Report, Span, Zone, ZoneKind

ID = "report-x"
NAMES = re.compile(r"President Orlo|Orlo|Minister Vash|Vash|KNA|the ministry")


def report(*parts: tuple[str, ZoneKind]) -> Report:
    text, zones = "", []
    for piece, kind in parts:
        zones.append(Zone(span=Span(report=ID, start=len(text), end=len(text) + len(piece)), kind=kind))
        text += piece
    return Report(id=ID, uri="x.txt", text=text, zones=tuple(zones))


def read(told: Report, *tags: tuple[str, str]) -> tuple[Attribution, ...]:
    mentions = [
        Mention(span=Span(report=ID, start=m.start(), end=m.end()), kind="person", form="name")
        for m in NAMES.finditer(told.text)
    ]
    spans = [
        Tagged(label=label, start=at, end=at + len(words), score=0.9)
        for label, words in tags
        if (at := told.text.index(words)) >= 0
    ]
    return find_attributions(told, tags=spans, mentions=mentions)


def body(text: str, *tags: tuple[str, str]) -> list[tuple[str, str, str]]:
    told = report((text, "body"))
    return [
        (a.form, a.cue[0].of(text) if a.cue else "", " … ".join(c.of(text) for c in a.content))
        for a in read(told, *tags)
    ]


@pytest.mark.parametrize(
    ("text", "form", "content"),
    [
        ("Orlo said the road would open.", "indirect", "the road would open"),
        ("Orlo said the road “would open.”", "mixed", "the road “would open.”"),
        ("“The road will open,” Orlo said.", "direct", "“The road will open,”"),
        ("Orlo said that the road would open.", "indirect", "the road would open"),
        ("“The road,” Orlo said, “will open.”", "direct", "“The road,” … “will open.”"),
    ],
)
def test_form_and_borders(text: str, form: str, content: str) -> None:
    assert [(f, c) for f, _, c in body(text)] == [(form, content)]


def test_a_tagged_content_ends_with_its_paragraph() -> None:
    text = "Vash called for a “new road.”\nThe bridge is old, KNA said."
    swallowed = ("content", "a “new road.”\nThe bridge is old")
    assert [c for _, _, c in body(text, ("cue", "called for"), ("source", "Vash"), swallowed)] == [
        "a “new road.”",
        "The bridge is old",
    ]


def test_two_quotations_around_one_cue_are_one_statement() -> None:
    text = "“The road will open,” Orlo said. “The bridge will not.”"
    tags = [
        ("content", "“The road will open,”"),
        ("source", "Orlo"),
        ("cue", "said"),
        ("content", "“The bridge will not.”"),
    ]
    assert [c for _, _, c in body(text, *tags)] == ["“The road will open,” … “The bridge will not.”"]


def test_what_was_only_discussed_is_no_statement() -> None:
    tags = [("source", "Orlo"), ("cue", "discussed"), ("content", "the road with the envoys")]
    assert body("Orlo discussed the road with the envoys.", *tags) == []


def test_an_outer_frame_that_only_says_that_somebody_spoke_is_folded() -> None:
    outer, inner = read(report(("Orlo pledged to open the road, KNA said.", "body")))
    assert (outer.folded, inner.folded, inner.within) == (True, False, outer.id)


def test_an_outer_frame_with_news_of_its_own_stays() -> None:
    told = report(
        (
            "Orlo opened a bridge over the river in the northern valley and called for calm in the towns, KNA said.",
            "body",
        )
    )
    assert [a.folded for a in read(told)] == [False, False]


def test_a_headline_in_the_first_person_is_somebodys_words() -> None:
    told = report(("We shall stand by you!", "headline"), ("\n\n", "body"), ("Orlo opened a bridge.", "body"))
    (only,) = read(told)
    assert (only.form, only.source, only.content[0].of(told.text)) == ("direct", (), "We shall stand by you!")


def test_debris_says_nothing() -> None:
    told = report(("Orlo said the road would open.", "boilerplate"), ("\nIt rained.", "body"))
    assert read(told) == ()
