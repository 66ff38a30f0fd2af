"""Attributions → statements: speakers, addressees and chain links become actors.

In come readings, the actors' index and the solved dates; out comes one Statement for each attribution that is not
folded into another. A statement's routes and origins are those of its own chain; what the same words in other reports
add is counted by `utterances`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hearsay.link.actors import ActorIndex
from hearsay.model import (
    Attribution,
    Candidate,
    Date,
    Hop,
    Link,
    Reading,
    Span,
    Statement,
    Timex,
    When,
    digest,
    timex_id,
)

NEAR = 40  # characters behind a cue in which a time says when it was said
NAMELESS = "nameless"  # what a route starts with where nobody is known


def link_statements(readings: Iterable[Reading], *, actors: ActorIndex, whens: Iterable[When]) -> tuple[Statement, ...]:
    """Statements of all reports, sorted by id."""
    dates = {when.subject: when for when in whens}
    found = (
        _statement(reading, attribution, actors, dates)
        for reading in readings
        for attribution in reading.attributions
        if not attribution.folded
    )
    return tuple(sorted(found, key=lambda statement: statement.id))


def statement_id(attribution: Attribution) -> str:
    """Id of the statement that an attribution makes."""
    return digest("statement", attribution.id)


def _statement(reading: Reading, a: Attribution, actors: ActorIndex, dates: Mapping[str, When]) -> Statement:
    spoken = bool(a.source) and bool(a.chain)
    party = a.chain[0].party if spoken else None
    speaker = actors.at(party) if party else None
    together = actors.all_at(party) if party else ()
    chain = _chain(a.chain if speaker or not spoken else a.chain[1:], actors)
    route = _route(a, chain, speaker)
    return Statement(
        id=statement_id(a),
        report=reading.report.id,
        form=a.form,
        content=a.content,
        cue=a.cue[0] if a.cue else None,
        source=a.source[0] if a.source else None,
        speaker=speaker,
        speakers=tuple(together) if len(together) > 1 else (),
        candidates=(Candidate(actor=speaker, score=a.score),) if speaker else (),
        chain=chain,
        addressee=actors.at(a.addressee) if a.addressee else None,
        kind=a.kind,
        said_on=_said_on(reading, a, dates),
        level=a.level,
        routes=(route,),
        origins=1,
        confidence=a.score,
    )


def _chain(hops: Iterable[Hop], actors: ActorIndex) -> tuple[Link, ...]:
    """Links of a chain, each actor once."""
    links: dict[str, Link] = {}
    for hop in hops:
        actor = (actors.named(hop.name) if hop.name else None) or (actors.at(hop.party) if hop.party else None)
        if actor is not None and actor not in links:
            evidence = tuple(span for span in (hop.party, hop.cue) if span is not None)
            links[actor] = Link(actor=actor, evidence=evidence)
    return tuple(links.values())


def _route(a: Attribution, chain: tuple[Link, ...], speaker: str | None) -> tuple[str, ...]:
    """Actors from whoever had the words first outside the speaker to the reader; a medium had its own words itself."""
    ids = tuple(link.actor for link in chain)
    medium = bool(a.chain) and a.chain[0].role == "medium"
    if speaker is not None and ids[:1] == (speaker,) and not medium:
        ids = ids[1:]
    return ids or (NAMELESS,)


def _said_on(reading: Reading, a: Attribution, dates: Mapping[str, When]) -> Date | None:
    """The time beside the cue ("said on Monday"), as a date."""
    for cue in a.cue:
        for timex in reading.timexes:
            outside = not any(timex.span.touches(part) for part in a.content)
            if (
                outside
                and timex.type in {"DATE", "TIME"}
                and 0 <= timex.span.start - cue.start <= NEAR + cue.end - cue.start
            ):
                return _date(timex, dates, cue)
    return None


def _date(timex: Timex, dates: Mapping[str, When], cue: Span) -> Date | None:
    when = dates.get(timex_id(timex))
    if when is None or when.value is None or when.earliest is None:
        return None
    value = when.value[:10]
    exact = len(value) == 10 and when.earliest == when.latest
    return Date(
        start=value if exact else when.earliest,
        end=value if exact else when.latest,
        granularity="day" if exact else "bounds",
        evidence=(timex.span,) if timex.span.report == cue.report else (),
        inferred=not when.stated,
        why=when.why,
    )
