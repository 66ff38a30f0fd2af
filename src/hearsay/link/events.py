"""Which mentions tell of one event, within a report and across reports, and what is known of it then.

In come Readings with the corpus' actors, dates and statements; out come Events. Mentions are merged within each report
first (a "the meeting" joins the nearest meeting before it), then the reports' events with each other, both by one
scored comparison through `pairwise`. Days that cannot be one day, and plan and deed, are never merged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

from hearsay.data import alternatives, table
from hearsay.link.event_dates import Dated, contain, date_events
from hearsay.link.event_rows import ActorIndex, Row, function_words, rows
from hearsay.link.pairwise import Cluster, Pairs, Rule, cluster, pairs_in_memory
from hearsay.link.revisions import Standing
from hearsay.model import (
    Event,
    EventMention,
    Occurrence,
    Participant,
    Reading,
    Realis,
    Relay,
    Report,
    Span,
    Statement,
    When,
    digest,
)

VERSION = "link.events@1"
THRESHOLD = 0.6
LABEL = 90
REACH = 600  # characters over which "the meeting" finds a meeting rather than the nearest talks
_SIDES: Mapping[Realis, str] = {
    "actual": "done", "alleged": "done", "planned": "open", "hypothetical": "open", "negated": "not",
}  # fmt: skip
_ORDER: tuple[Realis, ...] = ("actual", "planned", "alleged", "hypothetical", "negated")


def link_events(
    readings: Iterable[Reading],
    *,
    actors: ActorIndex,
    whens: tuple[When, ...],
    statements: tuple[Statement, ...],
    copies: Iterable[Relay] = (),
    pairs: Pairs = pairs_in_memory,
) -> tuple[Event, ...]:
    """Events of all readings, sorted by id.

    `whens` holds the solved dates of timexes and reports, `statements` the corpus' statements, whose content may hold
    mentions, `copies` which reports hold another's text or revise it. The order of the readings never matters.
    """
    readings = sorted(readings, key=lambda reading: reading.report.id)
    reports = {reading.report.id: reading.report for reading in readings}
    solved = {when.subject: when for when in whens}
    lookup = _Sources(statements, reports, Standing(reports, copies))
    mentions = [m for reading in readings for m in reading.event_mentions]
    single = rows(readings, actors=actors, whens=solved, voices={m.id: lookup.voices(m) for m in mentions})
    local = _within_reports(single)
    merged = _join(local, cluster(local, _RULE, pairs=pairs))
    dated = contain(date_events(merged, whens=solved, texts={id: report.text for id, report in reports.items()}))
    return tuple(sorted((_event(d, reports, lookup) for d in dated), key=lambda event: event.id))


# -- merging -----------------------------------------------------------------------------------------------------------


def _score(a: Row, b: Row) -> float:
    """How likely two rows of one sense are one event, 0..1."""
    score = 0.45
    if a.parties and b.parties:
        shared = len(a.parties & b.parties) / max(len(a.parties), len(b.parties))
        score += 0.15 + 0.2 * shared if shared else -0.2
    elif a.befell and b.befell:
        score += 0.2
    elif not a.parties and not b.parties:
        score += 0.1
    score -= 0.2 * _others(a, b) + 0.4 * (_recalled(a, b) or _recalled(b, a))
    if a.days and b.days:
        score += 0.2 if _close(a, b) else 0.05
    if a.place and b.place:
        score += 0.1 if a.place == b.place else -0.1
    score += 0.05 * (a.head == b.head) + 0.12 * min(3, len((a.words & b.words) - {a.head, b.head}))
    alike = a.head == b.head or bool(a.words & b.words)
    if a.report == b.report and alike and ((a.headline and b.lead) or (b.headline and a.lead)):
        score += 0.3
    if a.report != b.report:
        score -= 0.35 * _strangers(a, b)
    return max(0.0, min(1.0, score))


def _others(a: Row, b: Row) -> bool:
    """Has each somebody whom the other lacks, in one report and in so many words?"""
    named = bool(a.parties & b.parties and a.parties - b.parties and b.parties - a.parties)
    return named and a.report == b.report and not a.pointing and not b.pointing


def _recalled(a: Row, b: Row) -> bool:
    """Was the one long before the other's report, which gives no day and so speaks of something new?"""
    return bool(a.days and not b.days and b.told and (b.told - a.days[1]).days > 20)


def _strangers(a: Row, b: Row) -> bool:
    """Do the two reports speak of other people, or of other times?"""
    known = len(a.company & b.company) / max(1, min(len(a.company), len(b.company)))
    far = a.told and b.told and abs((a.told - b.told).days) > 60 and not (a.days and b.days)
    return known < 0.15 or bool(far)


def _close(a: Row, b: Row) -> bool:
    return a.days is not None and b.days is not None and max(_length(a), _length(b)) <= 31


def _length(row: Row) -> int:
    return (row.days[1] - row.days[0]).days if row.days else 0


def _veto(a: Row, b: Row) -> bool:
    """Can the two never be one event: other days, or one planned and the other done?"""
    if _SIDES[a.realis] != _SIDES[b.realis] or _reversed(a, b):
        return True
    if any(x.days and x.days[0] > y.told for x, y in ((a, b), (b, a)) if y.told and _SIDES[y.realis] == "done"):
        return True
    if a.days is None or b.days is None:
        return False
    slack = timedelta(days=1 if a.mode == b.mode == "report" and a.actors & b.actors and a.report != b.report else 0)
    return a.days[0] > b.days[1] + slack or b.days[0] > a.days[1] + slack


@cache
def _directed() -> frozenset[str]:
    return frozenset(row["sense"] for row in table("event_senses") if row["directed"])


def _reversed(a: Row, b: Row) -> bool:
    """Did A do to B in one what B did to A in the other ("X invited Y", "Y invited X")?"""
    crossed = (a.actors & b.recipients) or (b.actors & a.recipients)
    return a.sense in _directed() and bool(crossed) and not a.actors & b.actors


def _keys(row: Row) -> tuple[str, ...]:
    """Blocks: the sense, alone and with each party and the months about the report's day (big blocks drop out)."""
    months = () if row.told is None else (row.told.year * 12 + row.told.month, row.told.year * 12 + row.told.month + 1)
    return (row.sense, *(f"{row.sense} {key}" for key in (*sorted(row.parties), *months)))


_RULE: Rule[Row] = Rule(name=VERSION, keys=_keys, score=_score, threshold=THRESHOLD, veto=_veto)


def _within_reports(single: Sequence[Row]) -> dict[str, Row]:
    """Rows joined inside each report: what points back first, then what is alike."""
    found: dict[str, Row] = {}
    by_report: dict[str, list[Row]] = defaultdict(list)
    for row in single:
        by_report[row.report].append(row)
    for report in sorted(by_report):
        here = _leads(by_report[report])
        home: dict[str, str] = {}
        for i, row in enumerate(here):
            antecedent = _antecedent(row, here[:i]) if row.pointing else None
            home[row.id] = home[antecedent.id] if antecedent else row.id
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in here:
            groups[home[row.id]].append(row)
        joined = {row.id: row for row in (join(group) for group in groups.values())}
        found |= _join(joined, cluster(joined, _RULE))
    return found


def _leads(here: Sequence[Row]) -> list[Row]:
    """The report's rows with the first of each sense behind the headline marked: headlines sum up the lead."""
    first: dict[str, str] = {}
    for row in here:
        if not row.headline:
            first.setdefault(row.sense, row.id)
    return [replace(row, lead=first.get(row.sense) == row.id) for row in here]


@cache
def _points_to() -> dict[str, tuple[str, ...]]:
    """Sense of a general noun -> senses that it may point back to."""
    return {row["sense"]: alternatives(row["points_to"]) for row in table("event_senses")}


def _antecedent(row: Row, before: Sequence[Row]) -> Row | None:
    """The nearest earlier mention that "the summit" can point to: the same word first, then the same sense."""
    senses = {row.sense, *_points_to().get(row.sense, ())}
    fitting = [r for r in before if r.sense in senses and (row.bare or not _apart(r, row))]
    alike = [r for r in fitting if _SIDES[r.realis] == _SIDES[row.realis]]
    fitting = alike or (fitting if row.realis == "actual" else [])
    told = [] if row.bare else [r for r in fitting if (r.words & row.words) - {row.head}]
    if told:
        return told[-1]
    at = row.mentions[0].trigger.start
    same = [r for r in fitting if row.head in {r.head, *r.words} and at - r.mentions[0].trigger.start < REACH]
    return (same or fitting)[-1] if fitting else None


def _apart(a: Row, b: Row) -> bool:
    """Do the two name different people?"""
    return bool(a.parties and b.parties and not a.parties & b.parties)


def _join(rows: Mapping[str, Row], clusters: Sequence[Cluster]) -> dict[str, Row]:
    found = (join([rows[id] for id in group.ids]) for group in clusters)
    return {row.id: row for row in found}


def join(group: Sequence[Row]) -> Row:
    """Several rows as one: everybody in them, the narrowest days, the strongest realis."""
    group = sorted(group, key=lambda row: row.id)
    told = [row for row in group if not row.pointing] or group
    dated = sorted((r for r in group if r.days), key=lambda r: (_length(r), r.id))
    kept = {row.realis for row in told}
    claimed = all(m.within or m.realis != "actual" for row in told for m in row.mentions)
    if "alleged" in kept and claimed:
        kept.discard("actual")
    return replace(
        group[0],
        mentions=tuple(sorted((m for row in group for m in row.mentions), key=lambda m: (m.trigger, m.id))),
        mode=_commonest([row.mode for row in group]),
        type=_commonest([row.type for row in group]),
        realis=next(realis for realis in _ORDER if realis in kept),
        days=dated[0].days if dated else None,
        actors=frozenset().union(*(row.actors for row in group)),
        recipients=frozenset().union(*(row.recipients for row in group)),
        place=_commonest([row.place for row in group]),
        words=frozenset().union(*(row.words for row in group)),
        pointing=all(row.pointing for row in group),
        headline=any(row.headline for row in group),
        due=min((row.due for row in group if row.due), default=None),
        voices=frozenset().union(*(row.voices for row in group)),
        sense=_commonest([row.sense for row in told]) or group[0].sense,
        head=_commonest([row.head for row in told]) or group[0].head,
        told=min((row.told for row in group if row.told), default=None),
        company=frozenset().union(*(row.company for row in group)),
    )


def _commonest(values: Iterable[str | None]) -> str | None:
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value), default=None)


# -- what an event shows -----------------------------------------------------------------------------------------------


class _Sources:
    """Statements by report, and who is a relay: whose words or whose reporting an event rests on."""

    def __init__(self, statements: Sequence[Statement], reports: Mapping[str, Report], standing: Standing) -> None:
        self.reports = reports
        self.standing = standing
        self.by_report: dict[str, list[Statement]] = defaultdict(list)
        for statement in sorted(statements, key=lambda s: s.id):
            self.by_report[statement.report].append(statement)
        self.relays = {link.actor for s in statements for link in s.chain[1:]}
        self.usual = {report: _usual(found) for report, found in self.by_report.items()}

    def around(self, mention: EventMention) -> Statement | None:
        """The innermost statement whose content holds the trigger."""
        head = mention.head or mention.trigger
        holding = [s for s in self.by_report[mention.trigger.report] if any(part.holds(head) for part in s.content)]
        return min(holding, key=lambda s: (sum(p.end - p.start for p in s.content), s.id), default=None)

    def voices(self, mention: EventMention) -> frozenset[str]:
        """Who says of the event what holds the mention."""
        statement = self.around(mention)
        spoken = (statement.speaker, *statement.speakers) if statement else ()
        return frozenset(actor for actor in spoken if actor)

    def route(self, mention: EventMention) -> tuple[str, ...]:
        """Actors by whom the mention reached us, the nearest to the event first.

        What a statement holds came by its chain, and so did a saying that is itself the statement's cue; the rest came
        as most of its report did.
        """
        statement = self.around(mention)
        if statement is None:
            head = mention.head or mention.trigger
            spoken = [s for s in self.by_report[head.report] if s.cue and s.cue.touches(head) and len(s.chain) > 1]
            return _actors(spoken[0])[1:] if spoken else self.usual.get(head.report, ())
        chain = _actors(statement)
        return chain[1:] if len(chain) > 1 and chain[0] not in self.relays else chain


def _actors(statement: Statement) -> tuple[str, ...]:
    return tuple(link.actor for link in statement.chain)


def _usual(statements: Sequence[Statement]) -> tuple[str, ...]:
    """The way most of a report's statements came: who published it, after whom it relays."""
    routes = Counter(_actors(s)[1:] for s in statements if len(s.chain) > 1)
    return min(routes, key=lambda route: (-routes[route], route), default=())


def _routes(row: Row, sources: _Sources) -> tuple[tuple[tuple[str, ...], ...], int]:
    """Distinct routes, and how many are independent: a first relay counts once, and so does a copied clause.

    A report that names a source for one mention has the others from there as well. What a medium reported is known from
    the medium.
    """
    mentions = row.mentions
    copied: dict[str, str] = {}
    routes, origins = set(), set()
    for report in sorted(sources.standing.own(m.trigger.report for m in mentions)):
        here = [m for m in mentions if m.trigger.report == report]
        sourced = [route for route in map(sources.route, here) if len(route) > 1]
        for mention in here:
            route = sourced[0] if sourced else sources.route(mention)
            words = mention.trigger.of(sources.reports[report].text).lower()
            first = route[0] if route else report
            if row.mode == "report" and row.actors:
                first = min(row.actors)
            if words.count(" ") >= 4:
                first = copied.setdefault(words, first)
            routes.update([route] if route else [])
            origins.add(first)
    return tuple(sorted(routes)), max(1, len(origins))


def _event(dated: Dated, reports: Mapping[str, Report], sources: _Sources) -> Event:
    row = dated.row
    routes, origins = _routes(row, sources)
    within = [(mention, sources.around(mention)) for mention in row.mentions]
    return Event(
        id=event_id(row),
        label=_label(row, reports),
        type=row.type,
        mode=row.mode,
        date=dated.date,
        place=dated.place,
        participants=_participants(row),
        realis=row.realis,
        mentions=tuple(Occurrence(span=m.trigger, time=m.when, within=s.id if s else None) for m, s in within),
        part_of=event_id(dated.whole) if dated.whole else None,
        routes=routes,
        origins=origins,
        confidence=round(sum(m.score for m in row.mentions) / len(row.mentions), 2),
    )


def event_id(row: Row) -> str:
    """Id of the event that a row of mentions makes: its smallest mention decides."""
    return digest("event", min(mention.id for mention in row.mentions))


def _participants(row: Row) -> tuple[Participant, ...]:
    sides = [Participant(actor=a, role="participant" if a in row.recipients else "actor") for a in sorted(row.actors)]
    return (*sides, *(Participant(actor=a, role="recipient") for a in sorted(row.recipients - row.actors)))


def _label(row: Row, reports: Mapping[str, Report]) -> str:
    """A short text for people: the clause of the mention that says most, led by its actor."""

    def telling(mention: EventMention) -> tuple[bool, bool, int, str]:
        named = any(_named(s, reports) for s in (*mention.actor, *mention.recipient))
        inside = any(s.touches(mention.trigger) and _named(s, reports) for s in mention.actor)
        return named, inside, -abs(_words_in(mention, reports) - 7), mention.id

    best = max(row.mentions, key=telling)
    text = reports[best.trigger.report].text
    label = " ".join(best.trigger.of(text).split()).removeprefix("that ")
    names = [s.of(text) for s in best.actor if not s.touches(best.trigger) and _named(s, reports)]
    if names:
        label = f"{' and '.join(names[:2])}: {label}"
    return label if len(label) <= LABEL else label[:LABEL].rsplit(" ", 1)[0] + "…"


def _named(span: Span, reports: Mapping[str, Report]) -> bool:
    """Is it more than a pronoun?"""
    return span.of(reports[span.report].text).lower() not in function_words()


def _words_in(mention: EventMention, reports: Mapping[str, Report]) -> int:
    return len(mention.trigger.of(reports[mention.trigger.report].text).split())
