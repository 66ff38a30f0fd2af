"""Store to Dossier.

In come the tables of a store, out comes one frozen Dossier whose every list has a stated order: reports by address;
what belongs to a report in that order and by position; actors by name; events by date; the rest by id. So the same
pile of reports gives the same dossier, in whatever order it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from hearsay.model import (
    Actor,
    Addition,
    Agreement,
    Commitment,
    Conflict,
    Decision,
    Dossier,
    Event,
    Reading,
    Relay,
    Report,
    Skipped,
    Span,
    Statement,
    Story,
    Timex,
    Utterance,
    When,
    timex_id,
)
from hearsay.store import Store

T = TypeVar("T")


def assemble(store: Store) -> Dossier:
    """The dossier of all that the store holds, as far as it was related."""
    reports: list[Report] = []
    timexes: list[Timex] = []
    for reading in store.rows(Reading):
        reports.append(reading.report)
        timexes += reading.timexes
    reports.sort(key=lambda report: (report.uri, report.id))
    rank = {report.id: place for place, report in enumerate(reports)}
    whens = {when.subject: when for when in store.rows(When)}

    uttered = {id: utterance for utterance in store.rows(Utterance) for id in utterance.statements}

    def place(span: Span) -> tuple[int, int, int]:
        return rank[span.report], span.start, span.end

    def places(spans: Iterable[Span]) -> list[tuple[int, int, int]]:
        return sorted(place(span) for span in spans)

    def in_order(kind: type[T], order: Callable[[T], object]) -> tuple[T, ...]:
        return tuple(sorted(store.rows(kind), key=order))  # type: ignore[arg-type]

    return Dossier(
        reports=tuple(reports),
        whens=tuple(whens.values()),
        timexes=tuple(_resolved(timex, whens) for timex in sorted(timexes, key=lambda timex: place(timex.span))),
        actors=in_order(Actor, lambda row: (row.name, row.id)),
        statements=tuple(
            _counted(row, uttered)
            for row in in_order(Statement, lambda row: (rank[row.report], places(row.content), row.id))
        ),
        events=in_order(Event, _by_date),
        utterances=in_order(Utterance, lambda row: row.id),
        relays=in_order(Relay, lambda row: (rank[row.report], row.id)),
        conflicts=in_order(Conflict, lambda row: row.id),
        agreements=in_order(Agreement, lambda row: (row.about, row.aspect, row.value, places(row.spans))),
        additions=in_order(Addition, lambda row: (rank[row.report], places(row.spans))),
        commitments=in_order(Commitment, lambda row: row.id),
        stories=in_order(Story, lambda row: row.id),
        decisions=in_order(Decision, lambda row: (row.at, row.kind, row.subjects, row.value, row.by)),
        skipped=in_order(Skipped, lambda row: (row.uri, row.why)),
    )


def _resolved(timex: Timex, whens: dict[str, When]) -> Timex:
    """The time expression with the value that solving all reports together gave it."""
    when = whens.get(timex_id(timex))
    return timex if when is None or when.value is None else replace(timex, value=when.value)


def _counted(statement: Statement, uttered: dict[str, Utterance]) -> Statement:
    """The statement with the routes of all reports that render the same utterance."""
    utterance = uttered.get(statement.id)
    return statement if utterance is None else replace(statement, routes=utterance.routes, origins=utterance.origins)


def _by_date(event: Event) -> tuple[str, str, str]:
    """Undated events come last; "2023-09" comes before the days in it."""
    return event.date.start or event.date.end or "~", event.date.end or "", event.id
