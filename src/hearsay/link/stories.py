"""Reports of one running story, over months: events, utterances and actors in, Stories out.

Two reports belong together when they copy one another, render one utterance, or tell of the same dated events and
people. What everybody tells of (a war, a state) joins nobody. A story is a component of such pairs; a report that
nothing joins to another makes no story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log

from hearsay.data import table
from hearsay.link.pairwise import Pairs, Rule, cluster, pairs_in_memory
from hearsay.link.passages import days_told
from hearsay.link.tables import Tables
from hearsay.model import Actor, Event, Story, digest

STEP = "link.stories@1"
ENOUGH = 1.0
PEOPLED, BARE = 0.6, 0.4  # what a shared event counts, with and without anybody in it
CAST = 0.9  # the most that shared actors count: two stories of one president stay two
FAR = 120  # days between two reports over which shared actors say little
_NAMED = frozenset({"person", "country", "organisation"})  # kinds of actors that name a story
_SURE = ("duplicate", "wasDerivedFrom", "wasRevisionOf")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A report with what may join it to another; `weights` hold what each key counts in this pile."""

    ties: frozenset[str]
    cast: frozenset[str]
    told: date | None
    weights: Mapping[str, float]


def link_stories(tables: Tables, *, pairs: Pairs = pairs_in_memory) -> tuple[Story, ...]:
    """Stories of two or more reports, sorted by id."""
    told = days_told(tables.whens)
    weights = _weights(tables)
    ties, cast = _ties(tables, weights), _cast(tables.actors)
    rows = {
        id: _Row(
            ties=frozenset(ties.get(id, ())),
            cast=frozenset(a for a in cast.get(id, ()) if weights.get(a)),
            told=told[id][0] if id in told else None,
            weights=weights,
        )
        for id in tables.reports
    }
    rule = Rule(name=STEP, keys=_keys, score=_score, threshold=ENOUGH)
    known = {actor.id: actor for actor in tables.actors}
    groups = cluster(rows, rule, pairs=pairs)
    found = (_story(group.ids, known, tables.events, told) for group in groups if len(group.ids) > 1)
    return tuple(sorted(found, key=lambda story: story.id))


def _ties(tables: Tables, weights: dict[str, float]) -> dict[str, set[str]]:
    """Report -> events, utterances and relays that it shares with others; what each counts goes into `weights`."""
    ties: dict[str, set[str]] = defaultdict(set)
    for event in tables.events:
        if _joins(event):
            weights[event.id] = PEOPLED if event.participants else BARE
            for mention in event.mentions:
                ties[mention.span.report].add(event.id)
    place = {statement.id: statement.report for statement in tables.statements}
    for utterance in tables.utterances:
        weights[utterance.id] = ENOUGH
        for id in utterance.statements:
            ties[place[id]].add(utterance.id)
    for relay in tables.relays:
        if relay.kind in _SURE and relay.origin in tables.reports:
            weights[relay.id] = ENOUGH
            ties[relay.report].add(relay.id)
            ties[relay.origin].add(relay.id)
    return ties


def _cast(actors: tuple[Actor, ...]) -> dict[str, set[str]]:
    """Report -> everybody it names."""
    cast: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for mention in actor.mentions:
            cast[mention.span.report].add(actor.id)
    return cast


def _weights(tables: Tables) -> dict[str, float]:
    """Actor -> how much sharing it says: its kind, and how few reports name it."""
    met = Counter(id for ids in _cast(tables.actors).values() for id in ids)
    size = len(tables.reports)
    return {
        actor.id: _telling().get(actor.kind, 0.0) * log(1 + size / met[actor.id]) / log(1 + size)
        for actor in tables.actors
        if met[actor.id] > 1
    }


@cache
def _telling() -> dict[str, float]:
    """Kind of actor -> how much sharing one says; media and states are in every story."""
    return {row["kind"]: float(row["weight"]) for row in table("story_ties")}


def _joins(event: Event) -> bool:
    """Is the event one of a day or so, and no state of things or news item?"""
    return event.date.granularity in {"day", "time", "week"} or (
        event.date.granularity == "bounds" and event.date.start is not None and event.date.end is not None
    )


def _keys(row: _Row) -> Iterator[str]:
    yield from sorted(row.ties | row.cast)


def _score(a: _Row, b: _Row) -> float:
    ties = sum(a.weights[id] for id in sorted(a.ties & b.ties))
    cast = sum(a.weights[id] for id in sorted(a.cast & b.cast))
    apart = abs((a.told - b.told).days) if a.told and b.told else 0
    return ties + min(CAST, cast) * (1.0 if apart <= FAR else 0.4)


def _story(
    ids: tuple[str, ...],
    actors: Mapping[str, Actor],
    events: tuple[Event, ...],
    told: Mapping[str, tuple[date, date]],
) -> Story:
    inside = set(ids)
    mine = [event for event in events if any(m.span.report in inside for m in event.mentions)]
    mine.sort(key=lambda event: (event.date.start or event.date.end or "~", event.date.end or "", event.id))
    ordered = sorted(ids, key=lambda id: (told[id][0].isoformat() if id in told else "~", id))
    return Story(
        id=digest("story", ids[0]),
        title=_title(mine, actors),
        events=tuple(event.id for event in mine),
        reports=tuple(ordered),
    )


def _title(events: list[Event], actors: Mapping[str, Actor]) -> str:
    """Those who take part most: "A, B and C"."""
    counted = Counter(party for event in events for party in {p.actor for p in event.participants} if party in actors)
    known = [a for a in counted if actors[a].kind in _NAMED] or list(counted)
    names = [actors[a].name for a in sorted(known, key=lambda a: (-counted[a], a))[:3]]
    if not names:
        return "Reports of one story"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
