"""Why a dossier says what it says: every value of one row with the words it rests on and the step that made it.

In come a Dossier, an id and the notes which step made which values, out comes an Explanation: facts in a stated order,
each with its reason, its score, and its evidence quoted in context. Nothing is worked out anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hearsay.errors import HearsayError, InputError, MissingPath
from hearsay.lookup import find_actors, find_report
from hearsay.model import (
    Actor,
    Commitment,
    Conflict,
    Date,
    Dossier,
    Event,
    Relay,
    Report,
    Sourced,
    Span,
    Statement,
    Story,
    Timex,
    Utterance,
    When,
    timex_id,
)
from hearsay.wording import actor_names, chain_of, date_of, many, one_line, quoted

_Row = Report | Actor | Statement | Event | Utterance | Relay | Conflict | Commitment | Story
CONTEXT = 60  # characters shown on each side of evidence
QUOTES = 8  # pieces of evidence that one fact shows; the others are counted
ORIGINS = {
    "text": "read in the text",
    "metadata": "stated with the report",
    "address": "read from the address",
    "inference": "inferred",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Evidence in its context: `words` are exactly those of the span, all three on one line."""

    report: str
    uri: str
    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value: `why` is a reason in words, `by` the step and version that made it where the row's differs."""

    name: str
    value: str
    why: str = ""
    by: str = ""
    score: float | None = None
    quotes: tuple[Quote, ...] = ()
    more: int = 0  # pieces of evidence that are not quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One row of a dossier explained; `by` is empty where the store does not say who made it."""

    id: str
    kind: str
    title: str
    by: str = ""
    score: float | None = None
    facts: tuple[Fact, ...] = ()


def explain(dossier: Dossier, name: str, *, made_by: Mapping[str, str] | None = None) -> Explanation:
    """The row of that id; REPORT.FIELD explains one field of a report.

    A report may be named by its address, an actor by a name, and an id by its beginning, where that fits one only.
    Raises MissingPath where nothing, or more than one row, fits.
    """
    return _Explainer(dossier, made_by or {}).explain(name)


class _Explainer:
    """The rows of one dossier by id, and how each kind is explained."""

    def __init__(self, dossier: Dossier, made_by: Mapping[str, str]) -> None:
        self._dossier = dossier
        self._made_by = made_by
        self._names = actor_names(dossier)
        self._texts = {report.id: report for report in dossier.reports}
        self._whens = {when.subject: when for when in dossier.whens}
        self._statements = {row.id: row for row in dossier.statements}

    def explain(self, name: str) -> Explanation:
        """See `hearsay.explain.explain`."""
        rows = self._rows()
        if name in rows:
            return self._explained(name, rows[name])
        begun = [id for id in rows if name and id.startswith(name)]
        if len(begun) == 1:
            return self._explained(begun[0], rows[begun[0]])
        if len(begun) > 1:
            raise MissingPath(f"“{name}” begins {len(begun)} ids ({', '.join(sorted(begun)[:3])}); give the whole id")
        return self._field(name) or self._named(name)

    def _rows(self) -> dict[str, object]:
        d = self._dossier
        said: tuple[_Row, ...] = (*d.reports, *d.actors, *d.statements, *d.events, *d.utterances, *d.relays)
        rows: tuple[_Row, ...] = (*said, *d.conflicts, *d.commitments, *d.stories)
        return {row.id: row for row in rows} | {timex_id(timex): timex for timex in d.timexes}

    def _named(self, name: str) -> Explanation:
        """A report by its address or an actor by its name."""
        try:
            return self._explained("", find_report(self._dossier.reports, name))
        except MissingPath as error:
            unknown: HearsayError = error
        try:
            found = find_actors(self._dossier, name)
        except InputError:
            raise MissingPath(
                f"nothing here is called “{name}”; `hearsay show DIR reports` and `hearsay export DIR` give ids"
            ) from unknown
        if len(found) > 1:
            ids = ", ".join(f"{actor.name}: {actor.id}" for actor in found[:4])
            raise MissingPath(f"“{name}” fits {len(found)} actors ({ids}); give the id")
        return self._explained("", found[0])

    def _field(self, name: str) -> Explanation | None:
        """One field of a report: what stands before the last full stop names it."""
        owner, dot, field = name.rpartition(".")
        if not dot or field not in FIELDS:
            return None
        try:
            report = find_report(self._dossier.reports, owner)
        except MissingPath:
            return None
        whole = self._explained("", report)
        facts = tuple(fact for fact in whole.facts if fact.name == field)
        return replace(whole, facts=facts or (Fact(name=field, value="", why="nothing in the report supports it"),))

    def _explained(self, id: str, row: object) -> Explanation:
        match row:
            case Report():
                return self._made("Report", row.id, row.uri, self._of_report(row))
            case Actor():
                made = self._made("Actor", row.id, row.name, self._of_actor(row))
                return replace(made, by=row.basis.by, score=row.basis.score)
            case Statement():
                title = f"{chain_of(row, self._names)}: {quoted(self._texts[row.report], row.content, 80)}"
                made = self._made("Statement", row.id, title, self._of_statement(row))
                return replace(made, score=row.confidence)
            case Event():
                return replace(self._made("Event", row.id, row.label, self._of_event(row)), score=row.confidence)
            case Utterance():
                title = f"{self._name(row.speaker)}, in {many(len(row.statements), 'rendering')}"
                made = self._made("Utterance", row.id, title, self._of_utterance(row))
                return replace(made, by=row.basis.by, score=row.basis.score)
            case Relay():
                title = f"{self._uri(row.report)} {row.kind} {self._origin(row)}"
                return self._made("Relay", row.id, title, self._of_relay(row))
            case Conflict():
                return self._made("Conflict", row.id, f"{row.topic}: {row.aspect}", self._of_conflict(row))
            case Commitment():
                return self._made("Commitment", row.id, row.what, self._of_commitment(row))
            case Story():
                return self._made("Story", row.id, row.title, self._of_story(row))
            case Timex():
                words = row.span.of(self._texts[row.span.report].text)
                return self._made("Timex", id, words, self._of_timex(row, id), by="Reading")
        raise MissingPath(f"“{id}” cannot be explained; name a report, actor, statement or event")

    def _made(self, kind: str, id: str, title: str, facts: Iterable[Fact], by: str = "") -> Explanation:
        made = self._made_by.get(by or kind, "")
        return Explanation(id=id, kind=kind.lower(), title=one_line(title), by=made, facts=tuple(facts))

    # -- one kind each ---------------------------------------------------------------------------------------------

    def _of_report(self, row: Report) -> Iterator[Fact]:
        yield from self._sourced("headline", row.headline)
        yield from self._sourced("outlet", row.outlet)
        yield from self._sourced("agency", row.agency)
        for person in row.byline:
            yield from self._sourced("byline", person)
        if row.dateline:
            yield self._fact("dateline", row.dateline.span.of(row.text), (row.dateline.span,))
            yield from self._sourced("dateline", row.dateline.place)
            yield from self._sourced("dateline", row.dateline.date)
        yield from self._published(row)
        yield from self._sourced("revision", row.revision)
        yield self._fact("language", row.language)
        yield from (self._fact(key, value, why=ORIGINS["metadata"]) for key, value in row.extra)
        for relay in self._dossier.relays:
            if relay.report == row.id:
                yield self._fact(relay.kind, f"{self._origin(relay)} ({relay.id})", relay.evidence)

    def _published(self, row: Report) -> Iterator[Fact]:
        when = self._whens.get(row.id)
        stated = tuple(row.published.evidence) if row.published else ()
        if when is not None:
            value = when.value or f"between {when.earliest or '…'} and {when.latest or '…'}"
            yield replace(self._solved("published", when, value), quotes=self._quotes((*when.basis.evidence, *stated)))
        else:
            yield from self._sourced("published", row.published)

    def _of_actor(self, row: Actor) -> Iterator[Fact]:
        yield self._fact("kind", row.kind)
        for alias in row.aliases:
            said = (m.span for m in row.mentions if self._words(m.span).casefold() == alias.casefold())
            yield self._fact("alias", alias, tuple(said)[:1])
        for title in dict.fromkeys(title.title for title in row.titles):
            yield self._fact("title", title, (found.span for found in row.titles if found.title == title))
        for member in row.members:
            yield self._fact("member", f"{self._name(member)} ({member})")
        if row.wikidata:
            yield self._fact("wikidata", row.wikidata)
        if row.basis.evidence:
            yield self._fact("taken for one", row.name, row.basis.evidence, score=row.basis.score)
        yield self._fact("mentions", str(len(row.mentions)), tuple(mention.span for mention in row.mentions))

    def _of_statement(self, row: Statement) -> Iterator[Fact]:
        yield self._fact("words", quoted(self._texts[row.report], row.content), row.content)
        yield self._fact("form", row.form, why=self._how(row))
        yield self._fact("kind", row.kind, _some(row.cue))
        if row.speaker:
            score = next((c.score for c in row.candidates if c.actor == row.speaker), None)
            yield self._fact("speaker", self._who(row.speaker), _some(row.source), score=score)
        for other in row.candidates:
            if other.actor != row.speaker:
                yield self._fact("perhaps", self._who(other.actor), score=other.score)
        for together in row.speakers:
            yield self._fact("together with", self._who(together))
        for place, link in enumerate(row.chain, 1):
            yield self._fact(f"chain {place}", self._who(link.actor), link.evidence)
        if row.addressee:
            yield self._fact("addressee", self._who(row.addressee))
        yield from self._date("said on", row.said_on)
        if row.occasion:
            yield self._fact("occasion", row.occasion)
        yield from self._routes(row.routes, row.origins)
        for utterance in self._dossier.utterances:
            if row.id in utterance.statements:
                yield self._fact("utterance", f"{utterance.id} ({utterance.relation})", by=utterance.basis.by)

    def _of_event(self, row: Event) -> Iterator[Fact]:
        yield self._fact("type", " ".join(filter(None, (row.type, row.mode))) or "none")
        yield from self._date("date", row.date)
        if row.place:
            yield self._fact("place", self._who(row.place))
        for party in row.participants:
            yield self._fact(party.role, self._who(party.actor))
        yield self._fact("realis", row.realis)
        for mention in row.mentions:
            said = self._statements.get(mention.within or "")
            why = f"as {chain_of(said, self._names)} says ({said.id})" if said else ""
            yield self._fact("mention", self._words(mention.span), (mention.span, *_some(mention.time)), why=why)
        if row.part_of:
            yield self._fact("part of", row.part_of)
        yield from self._routes(row.routes, row.origins)

    def _of_utterance(self, row: Utterance) -> Iterator[Fact]:
        yield self._fact("relation", row.relation, row.basis.evidence)
        for id in row.statements:
            said = self._statements[id]
            yield self._fact("rendering", f"{chain_of(said, self._names)} ({id})", said.content)
        for difference in row.differences:
            name = "only here" if difference.op == "only_here" else "worded otherwise"
            yield self._fact(name, " / ".join(map(self._words, difference.spans)), difference.spans)
        yield from self._routes(row.routes, row.origins)

    def _of_relay(self, row: Relay) -> Iterator[Fact]:
        yield self._fact("report", f"{self._uri(row.report)} ({row.report})")
        yield self._fact("kind", row.kind, row.evidence)
        yield self._fact("origin", f"{self._origin(row)} ({row.origin})")
        if row.dispatch:
            others = (r.report for r in self._dossier.relays if r.dispatch == row.dispatch and r.report != row.report)
            shared = ", ".join(self._uri(report) for report in dict.fromkeys(others))
            yield self._fact("dispatch", row.dispatch, why=f"the same piece as in {shared}" if shared else "")

    def _of_timex(self, row: Timex, id: str) -> Iterator[Fact]:
        when = self._whens.get(id)
        if when is None:
            yield self._fact("value", row.value, (row.span,))
        else:
            solved = self._solved("value", when, row.value)
            yield replace(solved, quotes=self._quotes((row.span, *when.basis.evidence)))
        yield self._fact("type", row.type)
        yield from (self._fact(name, value) for name, value in (("mod", row.mod), ("anchor", row.anchor)) if value)

    def _of_conflict(self, row: Conflict) -> Iterator[Fact]:
        yield self._fact("about", row.about)
        yield self._fact("status", row.status, why=row.note)
        for side in row.values:
            yield self._fact("version", side.value, side.spans, why=many(side.origins, "origin"))

    def _of_commitment(self, row: Commitment) -> Iterator[Fact]:
        yield self._fact("kind", row.kind, row.spans)
        yield from (self._fact("who", self._who(actor)) for actor in row.who)
        yield from (self._fact("to", self._who(actor)) for actor in row.to)
        yield from self._date("due", row.due)
        yield self._fact("status", row.status, row.evidence)
        if row.fulfilled_by:
            yield self._fact("fulfilled by", row.fulfilled_by)

    def _of_story(self, row: Story) -> Iterator[Fact]:
        labels = {event.id: event.label for event in self._dossier.events}
        yield from (self._fact("report", f"{self._uri(report)} ({report})") for report in row.reports)
        yield from (self._fact("event", f"{labels.get(event, '')} ({event})") for event in row.events)

    # -- facts -----------------------------------------------------------------------------------------------------

    def _fact(
        self, name: str, value: str, spans: Iterable[Span] = (), *, why: str = "", by: str = "",
        score: float | None = None,
    ) -> Fact:  # fmt: skip
        quotes = self._quotes(spans)
        more = max(0, len(quotes) - QUOTES)
        return Fact(
            name=name, value=one_line(value), why=one_line(why), by=by, score=score, quotes=quotes[:QUOTES], more=more
        )

    def _sourced(self, name: str, value: Sourced | None) -> Iterator[Fact]:
        if value is not None:
            yield self._fact(name, value.value, value.evidence, why=ORIGINS[value.origin])

    def _solved(self, name: str, when: When, value: str) -> Fact:
        why = when.why or ("stated" if when.stated else "inferred")
        return self._fact(name, value, when.basis.evidence, why=why, by=when.basis.by, score=when.basis.score)

    def _date(self, name: str, date: Date | None) -> Iterator[Fact]:
        if date is not None and (date.start or date.end or date.why):
            why = date.why or ("inferred" if date.inferred else "")
            yield self._fact(name, date_of(date) or "unknown", date.evidence, why=why, by=self._made_by.get("When", ""))

    def _routes(self, routes: tuple[tuple[str, ...], ...], origins: int) -> Iterator[Fact]:
        ways = (" → ".join(map(self._name, route)) for route in routes)
        yield self._fact("origins", str(origins), why="; ".join(ways))

    def _how(self, row: Statement) -> str:
        return "the relay's own words stand in quotation marks" if row.level == "relay" else ""

    def _quotes(self, spans: Iterable[Span]) -> tuple[Quote, ...]:
        """The spans in context, each once, in their order."""
        return tuple(self._quote(span) for span in dict.fromkeys(spans) if span.report in self._texts)

    def _quote(self, span: Span) -> Quote:
        text = self._texts[span.report].text
        before = text[max(0, span.start - CONTEXT) : span.start]
        after = text[span.end : span.end + CONTEXT]
        lead = "…" if span.start > CONTEXT else ""
        trail = "…" if span.end + CONTEXT < len(text) else ""
        return Quote(
            report=span.report,
            uri=self._uri(span.report),
            start=span.start,
            end=span.end,
            before=lead + _flat(before),
            words=_flat(span.of(text)),
            after=_flat(after) + trail,
        )

    def _words(self, span: Span) -> str:
        return span.of(self._texts[span.report].text) if span.report in self._texts else ""

    def _uri(self, report: str) -> str:
        return self._texts[report].uri if report in self._texts else report

    def _origin(self, row: Relay) -> str:
        return self._uri(row.origin) if row.origin in self._texts else self._name(row.origin)

    def _name(self, id: str | None) -> str:
        return self._names.get(id or "", id or "somebody")

    def _who(self, id: str) -> str:
        return f"{self._name(id)} ({id})"


FIELDS = frozenset({"headline", "outlet", "agency", "byline", "dateline", "published", "revision", "language"})


def _some(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _flat(text: str) -> str:
    """On one line, but with the blanks at its ends, so that parts still join."""
    inner = one_line(text)
    lead, trail = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' if lead else ''}{inner}{' ' if trail and inner else ''}"
