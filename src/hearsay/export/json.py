"""The JSON dossier, format 1: the contract that other programs read.

In comes a Dossier, out comes one JSON object with every list in it, empty or not; `docs/dossier.schema.json` states it
formally. Spans carry their text; scores have two decimals; what nothing supports is null. The same dossier gives the
same bytes. A reading alone, before anything is related, goes out as one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hearsay import __version__
from hearsay.model import (
    Actor,
    Attribution,
    Commitment,
    Conflict,
    Date,
    Dossier,
    Event,
    EventMention,
    Mention,
    Reading,
    Relay,
    Report,
    Sourced,
    Span,
    Statement,
    Timex,
    Utterance,
    When,
)

FORMAT = 1
Json = dict[str, Any]
Texts = Mapping[str, str]
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(dossier: Dossier) -> str:
    """The dossier as JSON text with a final newline; keys in the contract's order."""
    texts = {report.id: report.text for report in dossier.reports}
    whens = {when.subject: when for when in dossier.whens}
    content = {
        "format": FORMAT,
        "hearsay": __version__,
        "reports": [_report(report, whens.get(report.id), texts) for report in dossier.reports],
        "actors": [_actor(actor, texts) for actor in dossier.actors],
        "statements": [_statement(statement, texts) for statement in dossier.statements],
        "timexes": [_timex(timex, texts) for timex in dossier.timexes],
        "events": [_event(event, texts) for event in dossier.events],
        "utterances": [_utterance(utterance, texts) for utterance in dossier.utterances],
        "relays": [_relay(relay, texts) for relay in dossier.relays],
        "conflicts": [_conflict(conflict, texts) for conflict in dossier.conflicts],
        "agreements": [
            {
                "about": row.about,
                "aspect": row.aspect,
                "value": row.value,
                "spans": _spans(row.spans, texts),
                "origins": row.origins,
            }
            for row in dossier.agreements
        ],
        "additions": [{"report": row.report, "spans": _spans(row.spans, texts)} for row in dossier.additions],
        "commitments": [_commitment(commitment, texts) for commitment in dossier.commitments],
        "stories": [
            {"id": row.id, "title": row.title, "events": list(row.events), "reports": list(row.reports)}
            for row in dossier.stories
        ],
        "decisions": [
            {"kind": row.kind, "subjects": list(row.subjects), "value": row.value, "by": row.by, "at": row.at}
            for row in dossier.decisions
        ],
        "skipped": [{"uri": row.uri, "why": row.why} for row in dossier.skipped],
    }
    return _dump(content, indent=1) + "\n"


def reading_to_json(reading: Reading) -> str:
    """One reading as one line of JSON, without a newline: what one report tells by itself."""
    report = reading.report
    texts = {report.id: report.text}
    content = {
        "report": _report(report, None, texts),
        "attributions": [_attribution(row, texts) for row in reading.attributions],
        "mentions": [_mention(row, texts) for row in reading.mentions],
        "timexes": [_timex(row, texts) for row in reading.timexes],
        "events": [_event_mention(row, texts) for row in reading.event_mentions],
    }
    return _dump(content)


def statement_to_json(dossier: Dossier, statements: Iterable[Statement]) -> Iterator[str]:
    """Statements of the dossier, one line of JSON each, with the report's `uri` and the `name` of each link."""
    texts = {report.id: report.text for report in dossier.reports}
    uris = {report.id: report.uri for report in dossier.reports}
    names = {actor.id: actor.name for actor in dossier.actors}
    for statement in statements:
        row = _statement(statement, texts)
        chain = [{**link, "name": names.get(link["actor"])} for link in row["chain"]]
        yield _dump({**row, "uri": uris[statement.report], "chain": chain})


# -- parts -------------------------------------------------------------------------------------------------------------


def _dump(content: Json, indent: int | None = None) -> str:
    """JSON with characters as they are; a lone surrogate (a file name may hold one) has no bytes and is escaped."""
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _span(span: Span, texts: Texts) -> Json:
    return {"report": span.report, "start": span.start, "end": span.end, "text": span.of(texts[span.report])}


def _spans(spans: Iterable[Span], texts: Texts) -> list[Json]:
    return [_span(span, texts) for span in spans]


def _maybe(span: Span | None, texts: Texts) -> Json | None:
    return None if span is None else _span(span, texts)


def _date(date: Date | None, texts: Texts) -> Json | None:
    if date is None:
        return None
    return {
        "start": date.start,
        "end": date.end,
        "granularity": date.granularity,
        "evidence": _spans(date.evidence, texts),
        "inferred": date.inferred,
        "why": date.why,
    }


def _routes(routes: Iterable[Iterable[str]]) -> list[list[str]]:
    return [list(route) for route in routes]


def _value(sourced: Sourced | None) -> str | None:
    return None if sourced is None else sourced.value


# -- reports -----------------------------------------------------------------------------------------------------------


def _report(report: Report, when: When | None, texts: Texts) -> Json:
    dateline = report.dateline
    return {
        "id": report.id,
        "uri": report.uri,
        "text": report.text,
        "language": report.language,
        "headline": _value(report.headline),
        "outlet": _value(report.outlet),
        "agency": _value(report.agency),
        "byline": [author.value for author in report.byline],
        "dateline": None if dateline is None else {"place": _value(dateline.place), "date": _value(dateline.date)},
        "published": _published(report, when, texts),
        "revision": _value(report.revision),
        "zones": [{**_span(zone.span, texts), "kind": zone.kind} for zone in report.zones],
        "fields": _fields(report, when, texts),
        "metadata": dict(report.extra),
    }


def _published(report: Report, when: When | None, texts: Texts) -> Json | None:
    """The solved date; before solving, what the report itself states, however little that says."""
    if when is not None:
        return {
            "value": when.value,
            "earliest": when.earliest,
            "latest": when.latest,
            "stated": when.stated,
            "why": when.why,
            "evidence": _spans(when.basis.evidence, texts),
        }
    stated = report.published
    if stated is None:
        return None
    return {
        "value": stated.value,
        "earliest": None,
        "latest": None,
        "stated": True,
        "why": "",
        "evidence": _spans(stated.evidence, texts),
    }


def _fields(report: Report, when: When | None, texts: Texts) -> Json:
    """What each masthead field rests on, for the fields that have a value."""
    single = {
        "headline": report.headline,
        "outlet": report.outlet,
        "agency": report.agency,
        "published": report.published,
        "revision": report.revision,
    }
    found = {name: _field(value.evidence, value.origin, texts) for name, value in single.items() if value is not None}
    if report.byline:
        evidence = [span for author in report.byline for span in author.evidence]
        found["byline"] = _field(evidence, report.byline[0].origin, texts)
    if report.dateline is not None:
        found["dateline"] = _field([report.dateline.span], "text", texts)
    if when is not None and when.value is not None and not when.stated:
        found["published"] = _field(when.basis.evidence, "inference", texts)
    return dict(sorted(found.items()))


def _field(evidence: Iterable[Span], origin: str, texts: Texts) -> Json:
    return {"evidence": _spans(evidence, texts), "from": origin}


# -- corpus level ------------------------------------------------------------------------------------------------------


def _actor(actor: Actor, texts: Texts) -> Json:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "members": list(actor.members),
        "titles": [{**_span(row.span, texts), "title": row.title} for row in actor.titles],
        "mentions": [{**_span(row.span, texts), "form": row.form} for row in actor.mentions],
        "wikidata": actor.wikidata,
    }


def _statement(statement: Statement, texts: Texts) -> Json:
    return {
        "id": statement.id,
        "report": statement.report,
        "form": statement.form,
        "content": _spans(statement.content, texts),
        "cue": _maybe(statement.cue, texts),
        "source": _maybe(statement.source, texts),
        "speaker": statement.speaker,
        "speakers": list(statement.speakers),
        "candidates": [{"actor": row.actor, "score": round(row.score, 2)} for row in statement.candidates],
        "chain": [{"actor": link.actor, "evidence": _spans(link.evidence, texts)} for link in statement.chain],
        "addressee": statement.addressee,
        "kind": statement.kind,
        "said_on": _date(statement.said_on, texts),
        "occasion": statement.occasion,
        "level": statement.level,
        "routes": _routes(statement.routes),
        "origins": statement.origins,
        "confidence": round(statement.confidence, 2),
    }


def _timex(timex: Timex, texts: Texts) -> Json:
    return {
        **_span(timex.span, texts),
        "type": timex.type,
        "value": timex.value,
        "mod": timex.mod or None,
        "anchor": timex.anchor or None,
    }


def _event(event: Event, texts: Texts) -> Json:
    return {
        "id": event.id,
        "label": event.label,
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "date": _date(event.date, texts),
        "place": event.place,
        "participants": [{"actor": row.actor, "role": row.role} for row in event.participants],
        "realis": event.realis,
        "mentions": [
            {**_span(row.span, texts), "time": _maybe(row.time, texts), "within": row.within} for row in event.mentions
        ],
        "part_of": event.part_of,
        "routes": _routes(event.routes),
        "origins": event.origins,
        "confidence": round(event.confidence, 2),
    }


def _utterance(utterance: Utterance, texts: Texts) -> Json:
    return {
        "id": utterance.id,
        "speaker": utterance.speaker,
        "statements": list(utterance.statements),
        "relation": utterance.relation,
        "differences": [{"op": row.op, "spans": _spans(row.spans, texts)} for row in utterance.differences],
        "routes": _routes(utterance.routes),
        "origins": utterance.origins,
    }


def _relay(relay: Relay, texts: Texts) -> Json:
    return {
        "report": relay.report,
        "origin": relay.origin,
        "dispatch": relay.dispatch,
        "kind": relay.kind,
        "evidence": _spans(relay.evidence, texts),
    }


def _conflict(conflict: Conflict, texts: Texts) -> Json:
    return {
        "id": conflict.id,
        "topic": conflict.topic,
        "aspect": conflict.aspect,
        "about": conflict.about,
        "values": [
            {"value": row.value, "spans": _spans(row.spans, texts), "origins": row.origins} for row in conflict.values
        ],
        "status": conflict.status,
        "note": conflict.note,
    }


def _commitment(commitment: Commitment, texts: Texts) -> Json:
    return {
        "id": commitment.id,
        "who": list(commitment.who),
        "to": list(commitment.to),
        "kind": commitment.kind,
        "what": commitment.what,
        "spans": _spans(commitment.spans, texts),
        "due": _date(commitment.due, texts),
        "status": commitment.status,
        "fulfilled_by": commitment.fulfilled_by,
        "evidence": _spans(commitment.evidence, texts),
    }


# -- text level --------------------------------------------------------------------------------------------------------


def _attribution(attribution: Attribution, texts: Texts) -> Json:
    return {
        "id": attribution.id,
        "source": _spans(attribution.source, texts),
        "cue": _spans(attribution.cue, texts),
        "content": _spans(attribution.content, texts),
        "addressee": _maybe(attribution.addressee, texts),
        "form": attribution.form,
        "kind": attribution.kind,
        "level": attribution.level,
        "chain": [
            {
                "role": hop.role,
                "party": _maybe(hop.party, texts),
                "cue": _maybe(hop.cue, texts),
                "name": hop.name or None,
            }
            for hop in attribution.chain
        ],
        "within": attribution.within,
        "score": round(attribution.score, 2),
    }


def _mention(mention: Mention, texts: Texts) -> Json:
    return {
        **_span(mention.span, texts),
        "kind": mention.kind,
        "form": mention.form,
        "title": _maybe(mention.title, texts),
        "antecedents": _spans(mention.antecedents, texts),
        "score": round(mention.score, 2),
    }


def _event_mention(event: EventMention, texts: Texts) -> Json:
    return {
        "id": event.id,
        "trigger": _span(event.trigger, texts),
        "type": event.type,
        "mode": event.mode,
        "actor": _spans(event.actor, texts),
        "recipient": _spans(event.recipient, texts),
        "when": _maybe(event.when, texts),
        "where": _maybe(event.where, texts),
        "realis": event.realis,
        "within": event.within,
        "score": round(event.score, 2),
    }
