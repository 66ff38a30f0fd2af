"""Where reports differ about one thing and where they agree: all tables in, Conflicts and Agreements out.

Only things known to be the same are compared: spellings of one actor's name, renderings of one utterance, dates stated
for one event, the same count in reports of one story. A difference is a `conflict` only when both cannot be true of one
thing at one time; else it is `compatible`, or a `development` where both were true when they were told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from hearsay.calendar import bounds
from hearsay.data import alternatives, table
from hearsay.link.contradictions import find_contradictions
from hearsay.link.names import ALIKE, ROMANISED, people
from hearsay.link.passages import Behind, passages
from hearsay.link.quantities import find_counts
from hearsay.link.tables import Tables
from hearsay.link.versions import conflict, version
from hearsay.link.words import plain
from hearsay.model import Actor, Agreement, Conflict, Event, Span, Utterance, timex_id
from hearsay.naming import fold, name_words

HONORIFIC = 3  # letters of "Mr" and the like, which are no titles
FEWEST = 4  # words of a rendering that is worth comparing
CLOCK = re.compile(r"T(\d\d):(\d\d)$")
HOURS = 240  # minutes between two clock times from which they are hardly of one event
MINUTES = 15  # between two clock times that may be one
NEAR = 60  # characters between an event's words and a clock time beside it
_HOUR = re.compile(r"^T\d|-dayT\d")  # a time of day whose day is not stated
_RANGE = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d$")


def find_differences(tables: Tables) -> tuple[Conflict, ...]:
    """Everything in which reports differ, sorted by id."""
    behind = Behind(tables)
    found = {
        row.id: row
        for rows in (
            _spellings(tables, behind),
            _titles(tables, behind),
            _renderings(tables, behind),
            _framings(tables, behind),
            _dates(tables, behind),
            find_counts(tables, behind),
            find_contradictions(tables, behind),
        )
        for row in rows
    }
    return tuple(found[id] for id in sorted(found))


# -- names and titles --------------------------------------------------------------------------------------------------


def _spellings(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """One actor under several spellings, or under another name of the same thing."""
    for actor in tables.actors:
        if actor.kind not in {"person", "place", "facility", "organisation"}:
            continue
        spelt: dict[str, list[Span]] = defaultdict(list)
        for mention in actor.mentions:
            if mention.form == "name":
                spelt[fold(tables.text(mention.span))].append(mention.span)
        kept = _apart(actor, spelt)
        if len({span.report for name in kept for span in spelt[name]}) > 1 and len(kept) > 1:
            values = tuple(version(tables.text(spelt[name][0]), _firsts(spelt[name]), behind) for name in kept)
            note = "One name in several spellings." if actor.kind == "person" else "One thing under several names."
            yield conflict(f"name: {actor.name}", "name", actor.id, values, "compatible", note)


def _apart(actor: Actor, spelt: Mapping[str, list[Span]]) -> list[str]:
    """Spellings that are whole names and not one another's short forms, most used first."""
    kept: list[str] = []
    for name in sorted(spelt, key=lambda name: (-len(spelt[name]), name)):
        words = name_words(name)
        if actor.kind == "person":
            fits = len(words) > 1 and all(people(name, other) in {ROMANISED, ALIKE} for other in kept)
        else:
            fits = len(words) > 1 and not any(_holds(name, other, actor.kind) for other in kept)
        if fits:
            kept.append(name)
    return kept


def _holds(name: str, other: str, kind: str) -> bool:
    """Is one name only the other with words behind it? Of organisations both are told."""
    return kind != "organisation" and (name.startswith(other) or other.startswith(name))


def _titles(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """One person whom two reports give different titles throughout."""
    for actor in tables.actors:
        borne: dict[str, dict[str, Span]] = defaultdict(dict)
        for title in actor.titles if actor.kind == "person" else ():
            head = fold(title.title.split(" of ")[0]).split(" ")
            if len(head[-1]) > HONORIFIC and head[0] not in _possessive():
                borne[title.span.report].setdefault(head[-1], title.span)
        by_title: dict[str, list[Span]] = defaultdict(list)
        for report in sorted(borne):
            others = [set(borne[other]) for other in borne if other != report]
            if any(not set(borne[report]) & other for other in others):
                for word, span in sorted(borne[report].items()):
                    by_title[word].append(span)
        if len(by_title) > 1:
            values = tuple(
                version(tables.text(spans[0]), _firsts(spans), behind) for _, spans in sorted(by_title.items())
            )
            yield conflict(
                f"title: {actor.name}", "name", actor.id, values, "compatible", "Reports give different titles."
            )


@cache
def _possessive() -> frozenset[str]:
    return frozenset(w for row in table("function_words") if row["class"] == "poss" for w in alternatives(row["words"]))


def _firsts(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The first span of each report."""
    firsts: dict[str, Span] = {}
    for span in sorted(spans):
        firsts.setdefault(span.report, span)
    return tuple(firsts[report] for report in sorted(firsts))


# -- wording and framing -----------------------------------------------------------------------------------------------


def _renderings(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """One utterance in other words: translations, direct here and indirect there."""
    statements = {statement.id: statement for statement in tables.statements}
    for utterance in tables.utterances:
        rendered: dict[str, list[Span]] = defaultdict(list)
        for id in utterance.statements:
            for part in statements[id].content[:1]:
                rendered[" ".join(plain(tables.text(part)))].append(part)
        texts = [
            t for t in sorted(rendered) if len(t.split()) >= FEWEST and not any(t != o and t in o for o in rendered)
        ]
        if len({span.report for t in texts for span in rendered[t]}) > 1 and len(texts) > 1 and _changed(utterance):
            values = tuple(version(tables.text(rendered[t][0]), _firsts(rendered[t]), behind) for t in texts)
            note = "One utterance in other words: translated, shortened or told indirectly."
            yield conflict("wording of one utterance", "wording", utterance.id, values, "compatible", note)


def _changed(utterance: Utterance) -> bool:
    return any(difference.op == "changed" for difference in utterance.differences)


@cache
def _frames() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    rows = table("framing")
    return tuple((r["matter"], r["frame"], re.compile(rf"\b{r['pattern']}\b", re.IGNORECASE)) for r in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Framed:
    """A phrase that names a matter in one side's words, with whom its sentence names."""

    frame: str
    span: Span
    cast: frozenset[str]


def _framings(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """One matter under names that take sides, in reports of one story that speak of the same people and places."""
    named: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for actor in tables.actors:
        for mention in actor.mentions:
            named[mention.span.report].append((mention.span, actor.id))
    found: dict[tuple[str, str], list[_Framed]] = defaultdict(list)
    for report in tables.reports.values():
        story = tables.story_of.get(report.id)
        for passage in passages(report) if story else ():
            cast = frozenset(id for span, id in named[report.id] if passage.span.holds(span))
            for matter, frame, pattern in _frames():
                for match in pattern.finditer(report.text, passage.span.start, passage.span.end):
                    span = Span(report=report.id, start=match.start(), end=match.end())
                    found[story or "", matter].append(_Framed(frame=frame, span=span, cast=cast))
    for (story, matter), rows in sorted(found.items()):
        casts: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            casts[row.frame] |= row.cast
        same = [row for row in rows if any(len(row.cast & casts[o]) > 1 for o in casts if o != row.frame)]
        by_frame: dict[str, list[Span]] = defaultdict(list)
        for row in same:
            by_frame[row.frame].append(row.span)
        if len(by_frame) > 1 and len({row.span.report for row in same}) > 1:
            values = tuple(version(tables.text(s[0]), _firsts(s), behind) for _, s in sorted(by_frame.items()))
            note = "The words take sides; what they name is the same."
            yield conflict(f"framing: {matter}", "framing", story, values, "compatible", note)


# -- dates -------------------------------------------------------------------------------------------------------------


def _dates(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """Days and clock times that reports state for one event and that cannot all be right."""
    solved = {when.subject: when for when in tables.whens}
    values = {
        t.span: when.value
        for r in tables.readings
        for t in r.timexes
        if (when := solved.get(timex_id(t))) and when.value
    }
    hours = {t.span for r in tables.readings for t in r.timexes if _HOUR.search(t.value)}
    for event in tables.events:
        if event.realis in {"actual", "planned", "alleged"}:
            times = [m.time for m in event.mentions if m.time is not None and m.time in values and m.time not in hours]
            yield from _days_apart(event, [(time, values[time]) for time in times], behind)
    yield from _clocks_apart(_clocks(tables, values, hours), tables, behind)


def _days_apart(event: Event, stated: list[tuple[Span, str]], behind: Behind) -> Iterator[Conflict]:
    spans: dict[tuple[date, date], list[Span]] = defaultdict(list)
    exact: dict[tuple[date, date], bool] = {}
    for span, value in stated:
        days = bounds(value)
        if days is not None and (days[1] - days[0]).days <= 31:
            spans[days].append(span)
            exact[days] = exact.get(days, False) or bool(_RANGE.match(value))
    clashing = [a for a in spans if any(_clash(a, b, exact[a] and exact[b]) for b in spans)]
    if len({span.report for days in clashing for span in spans[days]}) > 1:
        versions = tuple(version(_day_text(days), _firsts(spans[days]), behind) for days in sorted(clashing))
        note = "The days that are stated for one event exclude each other."
        yield conflict(f"date: {event.label}", "date", event.id, versions, "conflict", note)


def _clash(a: tuple[date, date], b: tuple[date, date], exact: bool) -> bool:
    """Do the two leave no common day? Two stated ranges must be the same."""
    return a[0] > b[1] or b[0] > a[1] or (exact and a != b)


def _day_text(days: tuple[date, date]) -> str:
    return days[0].isoformat() if days[0] == days[1] else f"{days[0].isoformat()}/{days[1].isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """A time of day in a report: minutes after midnight, the day ("" where none is given), what was at that time."""

    minutes: int
    day: str
    span: Span
    about: frozenset[str]

    def clashes(self, other: _Clock) -> bool:
        """Do the two exclude each other, if they are of one thing?"""
        apart = abs(self.minutes - other.minutes)
        return MINUTES < apart <= HOURS and (self.day == other.day or "" in {self.day, other.day})


def _clocks(tables: Tables, values: Mapping[Span, str], hours: set[Span]) -> list[_Clock]:
    """Times of day with the events beside them and the buildings and the like in their sentence."""
    near: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for event in tables.events:
        for mention in event.mentions if event.realis in {"actual", "alleged"} and event.mode is None else ():
            near[mention.span.report].append((mention.span, event.id))
    sites: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for actor in tables.actors:
        for shown in actor.mentions if actor.kind == "facility" else ():
            sites[shown.span.report].append((shown.span, actor.id))
    found = []
    for span, value in sorted(values.items()):
        clock = CLOCK.search(value)
        if clock is not None and tables.story_of.get(span.report):
            about = {id for s, id in near[span.report] if _beside(s, span)}
            about |= {id for s, id in sites[span.report] if _beside(s, span)}
            day = "" if span in hours else CLOCK.sub("", value)
            minutes = int(clock[1]) * 60 + int(clock[2])
            found.append(_Clock(minutes=minutes, day=day, span=span, about=frozenset(about)))
    return found


def _beside(event: Span, time: Span) -> bool:
    return -NEAR <= time.start - event.end <= NEAR or -NEAR <= event.start - time.end <= NEAR


def _clocks_apart(clocks: list[_Clock], tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """Times of day of one event, or of one building's fate, that exclude each other."""
    together: dict[str, list[_Clock]] = defaultdict(list)
    for clock in clocks:
        for id in clock.about:
            together[id].append(clock)
    labels = {event.id: event.label for event in tables.events} | {actor.id: actor.name for actor in tables.actors}
    told: set[frozenset[Span]] = set()
    for id, rows in sorted(together.items()):
        clash = [row for row in rows if any(row.clashes(o) and row.span.report != o.span.report for o in rows)]
        reached = [row for row in clocks if any(row.about & other.about for other in clash)] if clash else []
        spans = frozenset(row.span for row in reached)
        if clash and spans not in told:
            told.add(spans)
            at: dict[int, list[Span]] = defaultdict(list)
            for row in reached:
                at[row.minutes].append(row.span)
            versions = tuple(version(f"{m // 60:02d}:{m % 60:02d}", _firsts(at[m]), behind) for m in sorted(at))
            note = "The times of day that are stated for one event exclude each other."
            yield conflict(f"time: {labels[id]}", "date", id, versions, "conflict", note)


# -- agreements --------------------------------------------------------------------------------------------------------


def find_agreements(tables: Tables) -> tuple[Agreement, ...]:
    """Days and places in which two or more independent origins agree about one event, sorted by event."""
    behind = Behind(tables)
    solved = {when.subject: when for when in tables.whens}
    whens = {t.span: solved[timex_id(t)] for r in tables.readings for t in r.timexes if timex_id(t) in solved}
    owner = {mention.span: actor for actor in tables.actors for mention in actor.mentions}
    wheres = {e.trigger: e.where for r in tables.readings for e in r.event_mentions if e.where is not None}
    found = []
    for event in tables.events:
        agreed: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for mention in event.mentions:
            when = whens.get(mention.time) if mention.time is not None else None
            if mention.time is not None and when is not None and when.value and len(when.value) == len("2000-01-01"):
                agreed["date", when.value].append(mention.time)
            where = wheres.get(mention.span)
            if where is not None and where in owner:
                agreed["place", owner[where].name].append(where)
        for (aspect, value), spans in sorted(agreed.items()):
            origins = behind.origins(spans)
            if origins > 1 and len({span.report for span in spans}) > 1:
                row = Agreement(about=event.id, aspect=aspect, value=value, spans=tuple(sorted(spans)), origins=origins)
                found.append(row)
    return tuple(sorted(found, key=lambda row: (row.about, row.aspect, row.value)))
