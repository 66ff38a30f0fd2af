"""Assembling a dossier: stated orders, solved dates, and the questions pages ask."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from hearsay.dossier import assemble
from hearsay.model import (
    Actor,
    Basis,
    Date,
    Dossier,
    Event,
    Participant,
    Reading,
    Relay,
    Report,
    Span,
    Statement,
    Timex,
    When,
    timex_id,
)
from hearsay.store import MEMORY, Store, open_store

BASIS = Basis(by="test@1")


def reading(id: str, uri: str, *starts: int) -> Reading:
    timexes = tuple(
        Timex(span=Span(report=id, start=start, end=start + 2), type="DATE", value="XXXX-WXX-3") for start in starts
    )
    return Reading(report=Report(id=id, uri=uri, text="on Wednesday " * 3), timexes=timexes)


def statement(id: str, report: str, start: int, **more: Any) -> Statement:
    content = (Span(report=report, start=start, end=start + 1),)
    fields = {"form": "indirect", "cue": None, "source": None, "speaker": None, **more}
    return Statement(id=id, report=report, content=content, **fields)


def event(id: str, start: str | None, **more: Any) -> Event:
    return Event(id=id, label=id, type=None, date=Date(start=start, end=start, granularity="day"), **more)


def actor(id: str, name: str) -> Actor:
    return Actor(id=id, name=name, kind="person", basis=BASIS)


TABLES: dict[type, list[Any]] = {
    Reading: [reading("r1", "b.txt", 9, 0), reading("r2", "a.txt", 3)],
    When: [
        When(
            subject=timex_id(Timex(span=Span(report="r1", start=9, end=11), type="DATE", value="")),
            value="2031-05-07", earliest="2031-05-07", latest="2031-05-07", stated=False, why="", basis=BASIS,
        ),
        When(
            subject=timex_id(Timex(span=Span(report="r1", start=0, end=2), type="DATE", value="")),
            value=None, earliest=None, latest=None, stated=False, why="", basis=BASIS,
        ),
        When(subject="r1", value="2031", earliest=None, latest=None, stated=True, why="", basis=BASIS),
    ],
    Actor: [actor("a2", "Brandt"), actor("a1", "Tolvik"), actor("a0", "Tolvik")],
    Statement: [
        statement("s3", "r1", 8, speaker="a1"),
        statement("s2", "r1", 2, speakers=("a1", "a2")),
        statement("s1", "r2", 20, speaker="a2"),
    ],
    Event: [
        event("e1", None, place="a1"),
        event("e3", "2031-05-07", participants=(Participant(actor="a1", role="actor"),)),
        event("e2", "2031-05"),
    ],
    Relay: [
        Relay(report="r1", origin="a1", kind="wasQuotedFrom"),
        Relay(report="r2", origin="a1", kind="wasQuotedFrom"),
    ],
}  # fmt: skip


def filled(order: random.Random) -> Store:
    store = open_store(MEMORY)
    for kind, rows in TABLES.items():
        mixed = order.sample(rows, len(rows))
        if kind is Reading:
            store.add(mixed)
        else:
            store.replace(kind, mixed)
    return store


@pytest.fixture
def dossier() -> Iterator[Dossier]:
    store = filled(random.Random(1))
    yield assemble(store)
    store.close()


def test_lists_have_their_stated_order(dossier: Dossier) -> None:
    assert [row.uri for row in dossier.reports] == ["a.txt", "b.txt"]
    assert [(row.span.report, row.span.start) for row in dossier.timexes] == [("r2", 3), ("r1", 0), ("r1", 9)]
    assert [row.id for row in dossier.actors] == ["a2", "a0", "a1"]
    assert [row.id for row in dossier.statements] == ["s1", "s2", "s3"]
    assert [row.id for row in dossier.events] == ["e2", "e3", "e1"]
    assert [row.report for row in dossier.relays] == ["r2", "r1"]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_writing_does_not_show(dossier: Dossier, seed: int) -> None:
    store = filled(random.Random(seed))
    assert assemble(store) == dossier
    store.close()


def test_time_expressions_carry_the_value_that_was_solved(dossier: Dossier) -> None:
    assert [row.value for row in dossier.timexes] == ["XXXX-WXX-3", "XXXX-WXX-3", "2031-05-07"]


def test_an_empty_store_gives_an_empty_dossier() -> None:
    store = open_store(MEMORY)
    assert assemble(store) == Dossier(reports=())
    store.close()
