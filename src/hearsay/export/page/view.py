"""What the page's templates ask for: a dossier comes in, an index and ready groups go out; no markup, no storage.

Everything that is shown leads to words. `Index.href` turns a span into the address of its mark (`#r2-140-163`), and
`everything` finds every span of a dossier, so that each such address exists on the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

from hearsay.export.page import dates, strip
from hearsay.export.page.marks import Block, Key, Mark, blocks
from hearsay.model import Actor, Dossier, Event, Relay, Report, Sourced, Span, Statement, Utterance, When, timex_id

_STOP = re.compile(r"""(?<=[a-z\d)"”’%])[.!?]["'”’»)]*\s+(?=["“‘'«(]?[^\W\da-z])|(?<=[.!?])["”’»]\s+|\n+""")
_REACH = 160
_MANY = 12
_SAME_PIECE = ("wasRevisionOf", "wasQuotedFrom", "wasDerivedFrom", "duplicate")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words with the sentence around them."""

    span: Span
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on the time line, with the numbers of the reports and actors that have to do with it."""

    event: Event
    number: int
    reports: tuple[int, ...]
    actors: tuple[int, ...]
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class Day:
    """The events of one date; `number` makes its address."""

    number: int
    label: str
    certain: bool
    events: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement, or one utterance with all its renderings."""

    utterance: Utterance | None
    statements: tuple[Statement, ...]
    reports: tuple[int, ...]
    actors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Everything that one speaker, or several jointly, said; no speaker where nobody is named."""

    number: int
    speakers: tuple[str, ...]
    sayings: tuple[Saying, ...]

    @property
    def count(self) -> int:
        """Statements, renderings of one utterance counted each."""
        return sum(len(saying.statements) for saying in self.sayings)


@dataclass(frozen=True, slots=True)
class Figures:
    """The story in a few numbers. `origins` counts groups of reports that do not merely pass on one another."""

    reports: int
    outlets: tuple[str, ...]
    agencies: tuple[str, ...]
    origins: int
    statements: int
    forms: tuple[tuple[str, int], ...]
    speakers: int
    events: int
    realis: tuple[tuple[str, int], ...]
    published: str
    happened: str


class Index:
    """Looks up reports, actors and numbers of one dossier; unknown ids and broken spans are answered, never raised."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.reports = {report.id: report for report in dossier.reports}
        self.actors = {actor.id: actor for actor in dossier.actors}
        self.events = {event.id: event for event in dossier.events}
        self.statements = {statement.id: statement for statement in dossier.statements}
        self.whens = {when.subject: when for when in dossier.whens}
        utterances = [utterance.id for utterance in dossier.utterances]
        kinds: dict[str, Iterable[str]] = {
            "R": self.reports, "a": self.actors, "e": self.events, "s": self.statements, "u": utterances
        }  # fmt: skip
        numbered = [(letter, n, id) for letter, ids in kinds.items() for n, id in enumerate(ids, 1)]
        self.numbers = {id: n for _, n, id in numbered}
        self._homes = {id: f"{letter}{n}" for letter, n, id in numbered}
        self._places: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for actor in dossier.actors:
            for mention in actor.mentions:
                if self.valid(mention.span):
                    self._places[actor.id][mention.span.report].append(mention.span)

    def valid(self, span: Span | None) -> bool:
        """Does the span name characters of a report at hand?"""
        report = self.reports.get(span.report) if span else None
        return bool(span and report and 0 <= span.start < span.end <= len(report.text))

    def href(self, span: Span | None) -> str:
        """Address of the marked words, or "" where the span names none."""
        if span is None or not self.valid(span):
            return ""
        return f"#r{self.numbers[span.report]}-{span.start}-{span.end}"

    def words(self, span: Span | None) -> str:
        """The characters of a span, white space made single; "" where it names none."""
        return " ".join(span.of(self.reports[span.report].text).split()) if span and self.valid(span) else ""

    def number(self, id: str | None) -> int:
        """Running number of a report, actor, event, statement or utterance; 0 if unknown."""
        return self.numbers.get(id or "", 0)

    def home(self, id: str | None) -> str:
        """Address of the item itself: "#e7" for the seventh event; "" where nothing on the page has this id."""
        found = self._homes.get(id or "")
        return f"#{found}" if found else ""

    def name(self, id: str | None) -> str:
        """Name of an actor, label of a report or event; the id itself where unknown."""
        if id in self.actors:
            return self.actors[id].name
        if id in self.events:
            return self.events[id].label
        return self.label(self.reports[id]) if id in self.reports else id or ""

    def label(self, report: Report) -> str:
        """What a report is called in a few words: who published it, else its file name."""
        publisher = report.outlet or report.agency
        return publisher.value if publisher else report.uri.rsplit("/", 1)[-1]

    def when(self, report: Report) -> When | None:
        """The solved publication date of a report."""
        return self.whens.get(report.id)

    def published(self, report: Report) -> str:
        """The publication date in words, from the solved row or else as the report states it."""
        if when := self.when(report):
            return dates.published(when)
        return dates.as_written(report.published.value) if report.published else "no date"

    def near(self, id: str | None, spans: Iterable[Span | None] = ()) -> tuple[Span, ...]:
        """The mention of an actor that lies nearest to the given spans, or its first one; none if it has no words."""
        places = self._places.get(id or "", {})
        anchors = [span for span in spans if span is not None and span.report in places]
        if anchors:
            return (min((abs(m.start - a.start), m) for a in anchors for m in places[a.report])[1],)
        return next((tuple(mentions[:1]) for mentions in places.values()), ())

    def excerpt(self, span: Span | None) -> Excerpt | None:
        """The sentence around a span, cut to a readable length."""
        if span is None or not self.valid(span):
            return None
        text = self.reports[span.report].text
        low, high = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
        stops = [stop.end() for stop in _STOP.finditer(text, low, span.start + 2) if stop.end() <= span.start]
        before = text[stops[-1] if stops else low : span.start]
        if low and not stops:
            before = "…" + before.partition(" ")[2]
        stop = _STOP.search(text, max(span.end - 1, 0), high)
        after = text[span.end : max(stop.end(), span.end) if stop else high]
        if high < len(text) and not stop:
            after = after.rpartition(" ")[0] + "…"
        head, tail = (" ".join(part.split()) for part in (before, after))
        return Excerpt(span, head + _space(before[-1:]), self.words(span), _space(after[:1]) * bool(tail) + tail)

    def ordered(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """The spans that name words, each once, in the order of the reports."""
        valid = {span for span in spans if self.valid(span)}
        return tuple(sorted(valid, key=lambda span: (self.numbers[span.report], span.start, span.end)))

    def reports_of(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """Numbers of the reports in which spans lie, sorted."""
        return tuple(sorted({self.numbers[span.report] for span in spans if span.report in self.reports}))

    def actors_of(self, ids: Iterable[str | None]) -> tuple[int, ...]:
        """Numbers of actors, sorted; unknown ones left out."""
        return tuple(sorted({self.numbers[id] for id in ids if id in self.actors}))

    def actors_about(self, id: str) -> tuple[int, ...]:
        """Numbers of the actors of an event, or of those who said a statement; of an actor its own."""
        if id in self.events:
            event = self.events[id]
            return self.actors_of([*(one.actor for one in event.participants), event.place])
        said = [self.statements[id]] if id in self.statements else []
        said += [self.statements[s] for u in self.dossier.utterances if u.id == id for s in u.statements
                 if s in self.statements]  # fmt: skip
        return self.actors_of([id, *(speaker for one in said for speaker in (one.speaker, *one.speakers))])


def _space(text: str) -> str:
    return " " if text.isspace() else ""


def spans_in(value: object) -> Iterator[Span]:
    """Every span inside a value, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_in(getattr(value, field.name))


def text_marks(index: Index) -> dict[str, dict[Key, Mark]]:
    """For each report its marked spans with their layers: content, cue, source, time, event, actor; or none."""
    layers: dict[Span, set[str]] = defaultdict(set)
    titles: dict[Span, str] = {}
    dossier = index.dossier
    for span in spans_in(tuple(getattr(dossier, field.name) for field in fields(dossier) if field.name != "reports")):
        layers[span]
    for report in dossier.reports:
        for span in spans_in((report.headline, report.outlet, report.agency, report.byline, report.dateline,
                              report.published, report.revision)):  # fmt: skip
            layers[span]
    for name, span in _layers(dossier):
        layers[span].add(name)
    for timex in dossier.timexes:
        when = index.whens.get(timex_id(timex))
        value = (when.value if when else None) or timex.value
        titles[timex.span] = " to ".join(dates.as_written(part) for part in value.split("/"))
    marks: dict[str, dict[Key, Mark]] = {report.id: {} for report in dossier.reports}
    for span in sorted(layers):
        if index.valid(span):
            mark = Mark(tuple(sorted(layers[span])), titles.get(span, ""))
            marks[span.report][span.start, span.end] = mark
    return marks


def _layers(dossier: Dossier) -> Iterator[tuple[str, Span]]:
    for statement in dossier.statements:
        yield from (("q", span) for span in statement.content)
        yield from (("u", span) for span in (statement.cue,) if span)
        yield from (("o", span) for span in (statement.source,) if span)
    yield from (("t", timex.span) for timex in dossier.timexes)
    yield from (("v", mention.span) for event in dossier.events for mention in event.mentions)
    yield from (("m", mention.span) for actor in dossier.actors for mention in actor.mentions)


def texts(index: Index) -> dict[str, tuple[Block, ...]]:
    """The marked text of each report."""
    marks = text_marks(index)
    return {r.id: blocks(r, marks[r.id], prefix=f"r{index.numbers[r.id]}") for r in index.dossier.reports}


def timeline(index: Index) -> tuple[Day, ...]:
    """Events by date, in order; those without a date last."""
    groups: dict[tuple[tuple[int, str, str], str], list[Happening]] = defaultdict(list)
    for event in index.dossier.events:
        key = (dates.order(event.date), dates.in_words(event.date))
        groups[key].append(_happening(index, event))
    return tuple(
        Day(number, key[1], happenings[0].event.date.granularity not in ("bounds", "unknown"), tuple(happenings))
        for number, (key, happenings) in enumerate(sorted(groups.items(), key=lambda item: item[0]), 1)
    )


def _happening(index: Index, event: Event) -> Happening:
    spans = index.ordered(mention.span for mention in event.mentions)
    people = [participant.actor for participant in event.participants]
    named = [span for span in spans if index.words(span).casefold() in event.label.casefold()]
    shown = max(named, key=lambda span: span.end - span.start) if named else next(iter(spans), None)
    return Happening(
        event, index.numbers[event.id], index.reports_of(spans), index.actors_of([*people, event.place]),
        index.excerpt(shown),
    )  # fmt: skip


def overview(index: Index, days: Iterable[Day]) -> strip.Strip | None:
    """The strip above the time line."""
    dots: list[tuple[date, str, str]] = [
        (at, happening.event.realis, f"#d{day.number}")
        for day in days
        for happening in day.events
        if (at := dates.middle(happening.event.date))
    ]
    issued = []
    for report in index.dossier.reports:
        when = index.when(report)
        if day_at := dates.day_of((when.earliest or when.value) if when else None):
            issued.append((day_at, index.numbers[report.id]))
    return strip.draw(dots, issued)


def voices(index: Index) -> tuple[Voice, ...]:
    """Statements by speaker, those who say most first; renderings of one utterance together."""
    grouped: set[str] = set()
    by_speaker: dict[tuple[str, ...], list[Saying]] = defaultdict(list)
    for utterance in index.dossier.utterances:
        members = tuple(index.statements[id] for id in utterance.statements if id in index.statements)
        if members and not grouped & {member.id for member in members}:
            grouped |= {member.id for member in members}
            by_speaker[_speakers(members[0], utterance)].append(_saying(index, members, utterance))
    for statement in index.dossier.statements:
        if statement.id not in grouped:
            by_speaker[_speakers(statement)].append(_saying(index, (statement,)))
    ranked = sorted(
        by_speaker.items(), key=lambda item: (not item[0], -len(item[1]), [index.name(id) for id in item[0]], item[0])
    )
    return tuple(
        Voice(number, speakers, tuple(sorted(sayings, key=lambda saying: _saying_order(index, saying))))
        for number, (speakers, sayings) in enumerate(ranked, 1)
    )


def _speakers(statement: Statement, utterance: Utterance | None = None) -> tuple[str, ...]:
    one = statement.speaker or (utterance.speaker if utterance else None)
    return (one,) if one else statement.speakers


def _saying(index: Index, statements: tuple[Statement, ...], utterance: Utterance | None = None) -> Saying:
    people = [id for s in statements for id in (s.speaker, *s.speakers, s.addressee, *(link.actor for link in s.chain))]
    reports = tuple(sorted({index.number(statement.report) for statement in statements}))
    return Saying(utterance, statements, reports, index.actors_of(people))


def _saying_order(index: Index, saying: Saying) -> tuple[object, ...]:
    first = saying.statements[0]
    start = first.content[0].start if first.content else 0
    return (saying.utterance is None, dates.order(first.said_on), index.number(first.report), start)


def cast(index: Index) -> tuple[Actor, ...]:
    """Actors, the most mentioned first."""
    return tuple(sorted(index.dossier.actors, key=lambda actor: (-len(actor.mentions), actor.name, actor.id)))


def minor(index: Index) -> frozenset[str]:
    """Ids of actors that are mentioned once and say nothing, where there are so many that they hide the others."""
    said = spoken(index)
    once = [actor.id for actor in index.dossier.actors if len(actor.mentions) < 2 and not said[actor.id]]
    return frozenset(once if len(once) > _MANY else ())


def spoken(index: Index) -> Counter[str]:
    """How many statements each actor made, alone or with others."""
    said = Counter[str]()
    for statement in index.dossier.statements:
        said.update({id for id in (statement.speaker, *statement.speakers) if id})
    return said


def concordance(index: Index, actor: Actor) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """The words an actor is mentioned by, the most frequent first, each with all its places."""
    places: dict[str, list[Span]] = defaultdict(list)
    for mention in actor.mentions:
        if index.valid(mention.span):
            places[index.words(mention.span)].append(mention.span)
    return tuple((words, tuple(spans)) for words, spans in sorted(places.items(), key=lambda p: (-len(p[1]), p[0])))


def origins(dossier: Dossier) -> int:
    """Groups of reports that do not merely pass on one another: those joined by relays of a piece count once."""
    home = {report.id: report.id for report in dossier.reports}

    def root(id: str) -> str:
        while home[id] != id:
            id = home[id]
        return id

    carriers: dict[str, str] = {}
    for relay in dossier.relays:
        if relay.report not in home:
            continue
        if relay.origin in home and relay.kind in _SAME_PIECE:
            home[root(relay.report)] = root(relay.origin)
        if relay.dispatch:
            home[root(relay.report)] = root(carriers.setdefault(relay.dispatch, relay.report))
    return sum(id == origin for id, origin in home.items())


def figures(index: Index, speakers: int) -> Figures:
    """The story in a few numbers."""
    dossier = index.dossier
    forms = Counter(statement.form for statement in dossier.statements)
    realis = Counter(event.realis for event in dossier.events)
    return Figures(
        reports=len(dossier.reports),
        outlets=_values(report.outlet for report in dossier.reports),
        agencies=_values(report.agency for report in dossier.reports),
        origins=origins(dossier),
        statements=len(dossier.statements),
        forms=tuple((form, forms[form]) for form in ("direct", "mixed", "indirect")),
        speakers=speakers,
        events=len(dossier.events),
        realis=tuple((kind, realis[kind]) for kind in ("actual", "planned", "alleged", "hypothetical", "negated")),
        published=_reach(
            date for report in dossier.reports if (when := index.when(report)) for date in (when.earliest, when.latest)
        ),
        happened=_reach(
            date for event in dossier.events if dates.middle(event.date) for date in (event.date.start, event.date.end)
        ),
    )


def _values(found: Iterable[Sourced | None]) -> tuple[str, ...]:
    return tuple(sorted({value.value for value in found if value}))


def _reach(values: Iterable[str | None]) -> str:
    known = sorted(value for value in values if value)
    return dates.span_of(known[0][:10], known[-1][:10]) if known else ""


def masthead(report: Report) -> tuple[tuple[str, Sourced], ...]:
    """The masthead's values in reading order, dates in words; the solved date of publication is not among them."""
    place = report.dateline.place if report.dateline else None
    day = report.dateline.date if report.dateline else None
    if day and report.published and day.value == report.published.value:
        day = None
    rows = (("Outlet", report.outlet), ("Agency", report.agency), *(("Byline", one) for one in report.byline),
            ("Place", place), ("Dateline date", day), ("Stated date", report.published),
            ("Revision", report.revision))  # fmt: skip
    return tuple(
        (name, replace(value, value=dates.as_written(value.value)) if "date" in name else value)
        for name, value in rows
        if value
    )


def relays(index: Index) -> tuple[tuple[int, tuple[Relay, ...]], ...]:
    """Relays by the report that passes on, in the order of the reports."""
    by_report: dict[int, list[Relay]] = defaultdict(list)
    for relay in index.dossier.relays:
        by_report[index.number(relay.report)].append(relay)
    return tuple((number, tuple(rows)) for number, rows in sorted(by_report.items()) if number)


def title(index: Index) -> str:
    """The title of the story that the most reports tell; else the actors spoken of most."""
    stories = sorted(index.dossier.stories, key=lambda story: (-len(story.reports), -len(story.events), story.id))
    if stories:
        return stories[0].title
    names = [actor.name for actor in cast(index)[:3]]
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names) or "News reports"
