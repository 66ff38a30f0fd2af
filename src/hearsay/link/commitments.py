"""Promises, plans, invitations, agreements, demands, threats and hopes, and what became of them.

In come all tables, out come Commitments. Two ways lead to one: a statement of such a kind ("promised to ..."), or words
in a sentence that bind somebody to what is still to come ("will open on Tuesday"). A commitment is fulfilled only where
a later report tells, as a fact, of an event in the same words, with the same people or place, on no day that
contradicts it; it has lapsed when its day is past and no report says that it was kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import log

from hearsay.calendar import add
from hearsay.data import alternatives, table
from hearsay.link.passages import Behind, Passage, days_told, passages
from hearsay.link.tables import Tables
from hearsay.link.words import content_words, plain
from hearsay.model import Commitment, Date, Event, Granularity, Reading, Span, Statement, Timex, digest, timex_id

LONGEST = 240  # characters of a commitment's span
WHAT = 100  # characters of its short words
SHARED = 2  # words that a fulfilment shares with what was promised
PERSON, DAY, OWN = (
    0.15,
    0.3,
    0.1,
)  # what each person, the right day, and words in the event's own clause add to the words
COMMON = 400  # sentences of one story that may share a word that still tells them apart
VAGUE = 3  # words from which a clause says by itself what is promised
KEPT = 0.6  # score from which an event answers a promise
_TERM = re.compile(r"P(\d{1,3})([DWMY])$")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_END = re.compile(
    r"[;,]\s|\s[–—-]{1,2}\s|[.!?][\"”’»]?\s|,?[”\"»]\s|\s(?=(?:and|but|while|as|after|which|who|when|where) )"
)
_OPENING = re.compile(
    r"(?:and |but |that |where |when |while |which |(?:he|she|it|they|which|who) (?:said|added) (?:that )?)+",
    re.IGNORECASE,
)


_MEETING = frozenset({"visit", "meet", "invite"})  # modes that answer each other: who is invited comes and meets


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A commitment's words in one report, before anything is known of what became of it."""

    kind: str
    span: Span
    sentence: Span
    who: tuple[str, ...]
    to: tuple[str, ...] = ()
    more: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """All its words: the first clause, and clauses that only go on ("and will get it by Friday")."""
        return (self.span, *self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A sentence of a later report with the events in it."""

    passage: Passage
    told: date
    events: tuple[tuple[Event, Span], ...]
    cast: frozenset[str]


def link_commitments(tables: Tables) -> tuple[Commitment, ...]:
    """All commitments, sorted by id."""
    context = _Context(tables)
    found: list[_Found] = []
    for reading in sorted(tables.readings, key=lambda reading: reading.report.id):
        found += _of_report(reading, context)
    return tuple(sorted((_settled(row, context) for row in found), key=lambda row: row.id))


class _Context:
    """What a report's commitments are read and judged by."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.behind = Behind(tables)
        self.days = days_told(tables.whens)
        self.statements: dict[str, list[Statement]] = defaultdict(list)
        for statement in tables.statements:
            self.statements[statement.report].append(statement)
        self.timexes: dict[str, tuple[Timex, ...]] = {r.report.id: r.timexes for r in tables.readings}
        self._latest = {
            story.id: max((day for id in story.reports if (day := self.told(id))), default=None)
            for story in tables.stories
        }
        self.named = _named(tables)
        self.events: dict[str, list[tuple[Event, Span]]] = defaultdict(list)
        for event in tables.events:
            for mention in event.mentions:
                self.events[mention.span.report].append((event, mention.span))
        self.sentences = _sentences(tables, self.days, self.named, self.events)
        self._by_word: dict[tuple[str, str], list[_Sentence]] = defaultdict(list)
        for story, rows in sorted(self.sentences.items()):
            for row in rows:
                for word in sorted(set(row.passage.words)) if row.events else ():
                    self._by_word[story, word].append(row)
        counts = Counter(word for rows in self.sentences.values() for row in rows for word in set(row.passage.words))
        size = sum(len(rows) for rows in self.sentences.values())
        self.weights = {word: log(1 + size / count) for word, count in counts.items()}

    def told(self, report: str) -> date | None:
        """The last day on which the report may have been published."""
        return self.days[report][1] if report in self.days else None

    def latest(self, report: str) -> date | None:
        """The day of the latest report of the same story."""
        story = self.tables.story_of.get(report)
        return self._latest.get(story, self.told(report)) if story else self.told(report)

    def speaking_of(self, words: frozenset[str], report: str) -> list[_Sentence]:
        """Sentences of the report's story, with events in them, that share a word that not everybody uses, in order."""
        story = self.tables.story_of.get(report, "")
        lists = [self._by_word.get((story, word), []) for word in sorted(words)]
        found = {row.passage.span: row for rows in lists if len(rows) <= COMMON for row in rows}
        return [found[span] for span in sorted(found)]

    def came_to_nothing(self, event: Span) -> bool:
        """Does the rest of the event's sentence say that it never was?"""
        text = self.tables.reports[event.report].text
        return bool(_limit("never").search(re.split(r";|\n", text[event.start : event.end + LONGEST])[0]))

    def actors_in(self, span: Span) -> tuple[tuple[Span, str], ...]:
        """Actors named within a span, in order."""
        return tuple((s, id) for s, id in self.named[span.report] if span.holds(s))


def _named(tables: Tables) -> dict[str, list[tuple[Span, str]]]:
    """Report -> its mentions of actors by name, in order; pronouns count for whom they stand for."""
    owner = {mention.span: actor.id for actor in tables.actors for mention in actor.mentions}
    found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
    for reading in tables.readings:
        for mention in reading.mentions:
            ids = [owner[s] for s in (mention.span, *mention.antecedents) if s in owner][:1]
            found[reading.report.id] += [(mention.span, id) for id in ids]
    return defaultdict(list, {report: sorted(rows) for report, rows in found.items()})


def _sentences(
    tables: Tables,
    days: Mapping[str, tuple[date, date]],
    named: Mapping[str, list[tuple[Span, str]]],
    events: Mapping[str, list[tuple[Event, Span]]],
) -> dict[str, list[_Sentence]]:
    """Story -> sentences of its dated reports, with the events that happened in them."""
    found: dict[str, list[_Sentence]] = defaultdict(list)
    for report in tables.reports.values():
        if report.id not in days:
            continue
        for passage in passages(report, ("headline", "caption", "body")):
            row = _Sentence(
                passage=passage,
                told=days[report.id][0],
                events=tuple((e, s) for e, s in events[report.id] if passage.span.holds(s)),
                cast=frozenset(id for s, id in named[report.id] if passage.span.holds(s)),
            )
            found[tables.story_of.get(report.id, report.id)].append(row)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Promise:
    """What an event is compared with: words, people and places, the day set, and the day of the report."""

    words: frozenset[str]
    cast: frozenset[str]
    due: Date | None
    told: date
    modes: frozenset[str]
    speaker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """The event that answers a promise, and where a report tells of it."""

    event: Event
    span: Span


# -- finding -----------------------------------------------------------------------------------------------------------


@cache
def _kinds() -> dict[str, dict[str, str]]:
    return {row["kind"]: row for row in table("commitment_kinds")}


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = table("commitment_cues")
    return tuple((row["kind"], re.compile(rf"\b(?:{row['pattern']})", re.IGNORECASE), row["needs"]) for row in rows)


@cache
def _limit(role: str) -> re.Pattern[str]:
    words = [word for row in table("commitment_limits") if row["role"] == role for word in alternatives(row["words"])]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _of_report(reading: Reading, context: _Context) -> list[_Found]:
    """The commitments of one report, each stretch of text in one of them."""
    found: list[_Found] = []
    for passage in passages(reading.report):
        rows = [row for s in context.statements[reading.report.id] for row in _said(s, passage, context)]
        rows += _worded(passage, context)
        for row in sorted(rows, key=lambda row: (row.kind == "planned", row.span)):
            if not any(row.span.touches(other.span) for other in found):
                found.append(row)
    return _joined(sorted(found, key=lambda row: row.span), context)


def _joined(found: list[_Found], context: _Context) -> list[_Found]:
    """The commitments with those that say little by themselves joined to the one before in their sentence."""
    kept: list[_Found] = []
    for row in found:
        before = kept[-1] if kept and kept[-1].sentence == row.sentence and kept[-1].kind == row.kind else None
        if before is not None and set(row.who) <= set(before.who) and len(_words((row.span,), context)) < SHARED:
            kept[-1] = replace(before, more=(*before.more, row.span))
        else:
            kept.append(row)
    return kept


def _said(statement: Statement, passage: Passage, context: _Context) -> Iterator[_Found]:
    """The commitment that a statement is by its kind."""
    rule, cue = _kinds().get(statement.kind), statement.cue
    if rule is None or cue is None or not passage.span.touches(cue):
        return
    text = context.tables.text(statement.content[0])
    words = plain(text)
    if context.tables.text(cue).lower() in alternatives(rule["without"]) or len(words) < 2:
        return
    verbal = words[0] in {"to", "that"} or bool(re.search(r"\b(?:to|would|will|shall|be)\b", text))
    if not verbal and rule["nouns"] != "yes":
        return
    if (
        (_limit("past").search(text) and not re.search(r"\b(?:would|will|shall)\b", text))
        or words[:2] == ("not", "to")
        or words[0] == "whether"
    ):
        return
    who = statement.speakers or ((statement.speaker,) if statement.speaker else ())
    span = _cut(statement.content[0])
    if statement.kind in {"demand", "threat", "invite"}:
        span = _cut(Span(report=span.report, start=min(cue.start, span.start), end=span.end))
    to = (statement.addressee,) if statement.addressee and statement.addressee not in who else ()
    yield _Found(kind=rule["commitment"], span=span, sentence=passage.span, who=who, to=to)


def _worded(passage: Passage, context: _Context) -> Iterator[_Found]:
    """Commitments that the words of a sentence make."""
    text = context.tables.reports[passage.span.report].text
    for kind, pattern, needs in _cues():
        for match in pattern.finditer(text, passage.span.start, passage.span.end):
            cue = Span(report=passage.span.report, start=match.start(), end=match.end())
            span = _clause(_within(passage.span, cue, context), cue, text)
            ahead = Span(report=cue.report, start=cue.start, end=passage.span.end)
            dated = bool(_timexes(ahead, context)) or (span is not None and bool(_timexes(span, context)))
            if span is not None and _binds(span, cue, needs, context, dated=dated):
                who = _who(span, cue, context, within=kind == "demanded")
                statement = context.behind.statement(cue) if kind == "planned" else None
                said = _kinds()[statement.kind]["commitment"] if statement and statement.kind == "pledge" else kind
                yield _Found(kind=said, span=span, sentence=passage.span, who=who)


def _within(sentence: Span, cue: Span, context: _Context) -> Span:
    """The sentence, cut where the words begin that somebody says."""
    statement = context.behind.statement(cue)
    starts = [part.start for part in statement.content if part.holds(cue)] if statement else []
    return Span(report=sentence.report, start=max([sentence.start, *starts]), end=sentence.end)


def _clause(sentence: Span, cue: Span, text: str) -> Span | None:
    """The clause around a cue: from the break before it to the break behind it."""
    first = sentence.start
    for stop in _END.finditer(text, sentence.start, cue.start):
        first = stop.end()
    opening = _OPENING.match(text, first, cue.start)
    first = opening.end() if opening else first
    behind = _END.search(text, cue.end, sentence.end)
    last = behind.start() if behind else sentence.end
    last = last - 1 if text[last - 1 : last] in {".", ","} else last
    span = Span(report=sentence.report, start=first, end=last)
    return _cut(span) if len(plain(span.of(text))) > 2 else None


def _binds(span: Span, cue: Span, needs: str, context: _Context, *, dated: bool) -> bool:
    """Does the clause bind somebody, rather than guess, fear or suppose?"""
    statement = context.behind.statement(cue)
    if _limit("doubt").search(context.tables.text(span)):
        return False
    if statement is not None and statement.kind in {"warn", "speculate", "accuse", "deny"}:
        return False
    direct = statement is not None and statement.form == "direct"
    if needs in {"says", "own"} and statement is None:
        return False
    if needs == "passive":
        return dated or not direct
    if needs in {"actor", "own"}:
        pledged = needs == "own" and statement is not None and statement.kind == "pledge"
        return dated or pledged or _doer(span, cue, context)
    return dated or needs != "date"


def _doer(span: Span, cue: Span, context: _Context) -> bool:
    """Does somebody, or a pronoun for somebody, stand right before the cue?"""
    text = context.tables.reports[span.report].text
    before = text[span.start : cue.start].split()
    if before and _limit("self").fullmatch(before[-1].strip("“”\"'‘’«")):
        return True
    return any(len(text[s.end : cue.start].split()) < 2 and s.end <= cue.start for s, _ in context.actors_in(span))


def _who(span: Span, cue: Span, context: _Context, *, within: bool = False) -> tuple[str, ...]:
    """Who stands in the cue's own words (`within`), before it in its clause, or speaks; never a medium that relays."""
    inside = [id for s, id in context.actors_in(span) if within and cue.holds(s)]
    before = [id for s, id in context.actors_in(span) if s.end <= cue.start]
    if inside or before:
        return ((inside or before)[0],)
    spoken = [s for s in context.statements[span.report] if s.cue is not None and s.cue.touches(cue)]
    statement = next(iter(spoken), None) or context.behind.statement(cue)
    if statement is None or (statement.routes and statement.speaker in statement.routes[0]):
        return ()
    return statement.speakers or ((statement.speaker,) if statement.speaker else ())


def _cut(span: Span) -> Span:
    return Span(report=span.report, start=span.start, end=min(span.end, span.start + LONGEST))


# -- what became of it -------------------------------------------------------------------------------------------------


def _settled(row: _Found, context: _Context) -> Commitment:
    due = _due(row, context)
    kept = _kept(row, due, context)
    latest = context.latest(row.span.report)
    evidence: tuple[Span, ...] = ()
    status, fulfilled = _open(row, due), None
    if kept is not None:
        broken = kept.event.realis == "negated" or context.came_to_nothing(kept.span)
        status, evidence = ("contradicted" if broken else "fulfilled"), (kept.span,)
        fulfilled = None if broken else kept.event.id
    elif due is not None and latest and due.end and due.end < latest.isoformat():
        status = "lapsed"
    text = " ".join(context.tables.text(row.span).split()).strip("“”\"'‘’,. ")
    return Commitment(
        id=digest("commitment", row.span.report, row.span.start, row.kind),
        who=row.who,
        to=row.to,
        kind=row.kind,
        what=text if len(text) <= WHAT else text[:WHAT].rsplit(" ", 1)[0] + "…",
        spans=row.spans,
        due=due,
        status=status,
        fulfilled_by=fulfilled,
        evidence=evidence,
    )


def _open(row: _Found, due: Date | None) -> str:
    """Open, or unknown where nobody could tell whether it was kept: a plan without anybody or any day."""
    return "open" if due is not None or row.who or row.kind != "planned" else "unknown"


def _words(spans: tuple[Span, ...], context: _Context) -> frozenset[str]:
    """What the words of spans say beside names and words of time and promising."""
    text = " ".join(map(context.tables.text, spans))
    names = [context.tables.text(s) for span in spans for s, _ in context.actors_in(span)]
    proper = {word for name in names for part in name.split() if part[:1].isupper() for word in content_words(part)}
    times = {w for span in spans for t in _timexes(span, context) for w in content_words(context.tables.text(t.span))}
    return frozenset(content_words(text)) - proper - times - _small()


def _timexes(span: Span, context: _Context) -> list[Timex]:
    return [t for t in context.timexes.get(span.report, ()) if span.touches(t.span) and t.type != "SET"]


def _due(row: _Found, context: _Context) -> Date | None:
    """The day or term set for it: a time in its clause, not before the report."""
    told = context.told(row.span.report)
    if _limit("condition").match(context.tables.text(row.sentence).lstrip("“\"‘'«")):
        return None
    overdue = bool(_limit("overdue").search(context.tables.text(row.span)))
    for timex in (timex for span in row.spans for timex in _timexes(span, context)):
        term = _TERM.match(timex.value)
        if timex.type == "DURATION" and term and told:
            try:
                day = add(told, _UNITS[term[2]], int(term[1])).isoformat()
            except (ValueError, OverflowError):
                continue
            why = "the term that is set, counted from the day of the report"
            return Date(start=day, end=day, granularity="day", evidence=(timex.span,), inferred=True, why=why)
        days = context.days.get(timex_id(timex))
        if timex.type in {"DATE", "TIME"} and days and (told is None or days[1] >= told or overdue):
            first, last = days[0].isoformat(), days[1].isoformat()
            grain: Granularity = "day" if first == last else "bounds"
            return Date(start=first, end=last, granularity=grain, evidence=(timex.span,), why="the time set for it")
    return None


def _kept(row: _Found, due: Date | None, context: _Context) -> _Kept | None:
    """The event of a later report that keeps or breaks it, if one does."""
    told = context.told(row.span.report)
    judged = row.kind == "invited" or due is not None or _limit("act").search(context.tables.text(row.span))
    if told is None or not (judged or row.kind == "demanded") or row.kind == "hoped":
        return None
    cast = frozenset({id for _, id in context.actors_in(row.sentence)} | set(row.who) | set(row.to))
    own, around = _words(row.spans, context), _words((row.sentence,), context)
    modes = frozenset(m for e, s in context.events[row.span.report] if row.span.touches(s) for m in _modes(e))
    said = context.behind.statement(row.span)
    speaker = said.speaker if said else None
    promises = [
        _Promise(words=words, cast=cast, due=due, told=told, modes=modes, speaker=speaker)
        for words in (own, around if len(own) < VAGUE else own)
        if words
    ]
    best: tuple[float, str, _Kept] | None = None
    for sentence in context.speaking_of(own | around, row.span.report):
        if sentence.told <= told:
            continue
        for event, span in sentence.events:
            score = max(_keeps(promise, sentence, event, span, context) for promise in promises)
            if score >= KEPT and (best is None or (score, event.id) > best[:2]):
                best = (score, event.id, _Kept(event=event, span=span))
    return None if best is None else best[2]


def _keeps(promise: _Promise, sentence: _Sentence, event: Event, span: Span, context: _Context) -> float:
    """How well an event of a later sentence answers the promise: its words, its people, its day. 0 where it cannot."""
    talked = event.mode is None and event.type == "CONSULT"
    if event.realis not in {"actual", "negated"} or event.mode == "invite" or talked or not _timely(promise, event):
        return 0.0
    spoken = context.behind.statement(span)
    if _limit("again").search(context.tables.text(span)) or (
        spoken and spoken.speaker and spoken.speaker == promise.speaker
    ):
        return 0.0
    parties = {party.actor for party in event.participants} | {event.place}
    due, first = promise.due, event.date.start
    on_day = bool(due and due.start and due.end and first and due.start <= first <= due.end and event.date.evidence)
    own = promise.words.intersection(content_words(context.tables.text(span)))
    alike = bool(promise.modes) and event.mode in promise.modes
    much = len(own) >= SHARED
    ours = not promise.cast or bool(promise.cast & (parties | sentence.cast if much else parties)) or (much and alike)
    if not (ours or on_day) or (promise.modes and event.mode and not alike):
        return 0.0
    shared = promise.words.intersection(sentence.passage.words)
    people = len(promise.cast & (sentence.cast | parties))
    comes = alike and event.mode in _MEETING and people > 1
    told = much or (on_day and (own or ours)) or (own and (alike or len(promise.words) <= SHARED))
    single_day = on_day and due is not None and due.start == due.end and (alike or ours)
    if not comes and not (told and (len(shared) >= SHARED or single_day or len(promise.words) <= SHARED)):
        return 0.0
    whole = sum(context.weights.get(word, 1.0) for word in sorted(promise.words))
    held = sum(context.weights[word] for word in sorted(shared)) / whole
    return round(held + PERSON * min(2, people) + DAY * (on_day or comes) + OWN * (bool(own) + alike), 6)


def _timely(promise: _Promise, event: Event) -> bool:
    """May the event have been after the promise, and not after the day set for it?"""
    first, last = event.date.start, event.date.end
    known = last or first or ""
    if known and known < promise.told.isoformat()[: len(known)]:
        return False
    return not (promise.due and promise.due.end and first and first > promise.due.end)


def _modes(event: Event) -> frozenset[str]:
    """Modes of events that would be what is planned here."""
    if event.mode is None or (event.realis not in {"planned", "hypothetical"} and event.mode != "invite"):
        return frozenset()
    return _MEETING if event.mode in _MEETING else frozenset({event.mode})


@cache
def _small() -> frozenset[str]:
    words = [
        word for row in table("commitment_limits") if row["role"] == "small" for word in alternatives(row["words"])
    ]
    return frozenset(content_words(" ".join(words)))
