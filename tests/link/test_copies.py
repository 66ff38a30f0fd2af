"""Copies: who holds whose text, found without comparing every pair."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearsay.link import copies
from hearsay.link.copies import contained, find_copies, keys, runs
from hearsay.link.words import shingles
from hearsay.model import Reading, Report, Sourced, Span, Zone, report_id

WORDS = [a + b for a in "bdfgklmnprstvz" for b in ("alo", "eri", "ona", "uti", "ivo", "arn", "osk", "elm")]


def story(seed: int, length: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def reading(uri: str, words: list[str], day: str = "") -> Reading:
    text = "\n".join(" ".join(words[i : i + 25]) + "." for i in range(0, len(words), 25))
    id = report_id(text, uri)
    zone = Zone(span=Span(report=id, start=0, end=len(text)), kind="body")
    published = Sourced(value=day) if day else None
    return Reading(report=Report(id=id, uri=uri, text=text, zones=(zone,), published=published))


def named(readings: list[Reading]) -> set[tuple[str, str, str]]:
    uris = {r.report.id: r.report.uri for r in readings}
    return {(uris[relay.report], relay.kind, uris[relay.origin]) for relay in find_copies(readings)}


def test_the_same_dispatch_in_two_outlets_stays_two_reports_and_the_later_is_the_copy() -> None:
    words = story(1, 200)
    pile = [
        reading("late", words, "2031-03-05"),
        reading("early", words, "2031-03-04"),
        reading("other", story(2, 200)),
    ]
    assert named(pile) == {("late", "duplicate", "early")}
    (relay,) = find_copies(pile)
    text = pile[0].report.text
    assert "\n".join(span.of(text) for span in relay.evidence) == text


@pytest.mark.parametrize(
    ("shared", "expected"),
    [(200, "duplicate"), (100, "wasDerivedFrom"), (60, "wasDerivedFrom"), (20, None), (0, None)],
)
def test_a_part_of_another_story(shared: int, expected: str | None) -> None:
    one, two = story(3, 200), story(4, 200)
    pile = [reading("a", one, "2031-03-04"), reading("b", one[:shared] + two[shared:], "2031-03-05")]
    assert named(pile) == ({("b", expected, "a")} if expected else set())


def test_a_brief_inside_a_long_report_is_found() -> None:
    long = story(5, 900)
    assert named([reading("long", long), reading("brief", long[300:390])]) == {("brief", "duplicate", "long")}


def test_many_copies_of_one_dispatch_are_all_linked() -> None:
    words = story(6, 120)
    pile = [reading(f"{i:03}", words, f"2031-03-{1 + i % 28:02}") for i in range(600)]
    found = find_copies(pile)
    assert len(found) == 599
    assert {relay.origin for relay in found} == {pile[0].report.id} or len({relay.origin for relay in found}) == 1


def test_quoted_words_make_no_copy() -> None:
    from hearsay.model import Attribution

    words = story(7, 100)
    pile = []
    for uri in ("a", "b"):
        one = reading(uri, words + story(ord(uri), 30))
        quoted = Span(report=one.report.id, start=0, end=one.report.text.index(" ".join(story(ord(uri), 5)[:5])))
        pile.append(replace(one, attributions=(Attribution(id=uri, content=(quoted,), form="direct"),)))
    assert find_copies(pile) == ()
    assert find_copies([replace(one, attributions=()) for one in pile]) != ()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(8, 80)), min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_readings_changes_nothing(parts: list[tuple[int, int]], shuffler: random.Random) -> None:
    pile = [reading(str(i), story(seed, length)) for i, (seed, length) in enumerate(parts)]
    found = find_copies(pile)
    shuffler.shuffle(pile)
    assert find_copies(pile) == found


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 120))
def test_hashed_runs_compare_as_the_words_do(one: int, two: int, shared: int) -> None:
    a, b = " ".join(story(one, 120)), " ".join(story(one, shared) + story(two, 120 - shared))
    x, y = shingles(a, copies.RUN), shingles(b, copies.RUN)
    assert contained(runs(a), runs(b)) == len(x & y) / max(1, min(len(x), len(y)))


def test_keys_are_the_same_on_every_machine() -> None:
    assert list(keys(runs("one two three four five six seven")))[:2] == ["00daa28fbd5314", "01c041d5791846"]
    assert list(keys(runs("too short"))) == []
