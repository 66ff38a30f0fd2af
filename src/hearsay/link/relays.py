"""What each report passes on: from media and offices named in its chains, and from other reports whose text it holds.

Declared chains come first: every link between speaker and masthead is an origin of the report. Reports whose shared
utterances came through one medium relay one dispatch of it, which is not at hand; they share a `dispatch` key. Text
reuse comes second and is found elsewhere (`copies`, `revisions`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from hearsay.link.actors import ActorIndex
from hearsay.link.words import content_words, shingles
from hearsay.model import Reading, Relay, Report, Span, Statement, Utterance, digest

PHRASE = 5  # words in a row that show reuse where one report names the other as its source


def link_relays(
    readings: Iterable[Reading],
    *,
    statements: Iterable[Statement],
    utterances: Iterable[Utterance],
    actors: ActorIndex,
    copies: Iterable[Relay],
) -> tuple[Relay, ...]:
    """Relay rows of all reports, sorted by id; `copies` are the rows of reused text and of revisions."""
    reports = {reading.report.id: reading.report for reading in readings}
    known = {s.id: s for s in statements}
    own = {id: _masthead(report, actors) for id, report in reports.items()}
    dispatches = _dispatches(known, utterances, own)
    found = {relay.id: relay for relay in _declared(reports, known.values(), own, dispatches)}
    for relay in (*copies, *_quoted(reports, known.values(), own)):
        found.setdefault(relay.id, relay)
    return tuple(sorted(found.values(), key=lambda relay: relay.id))


def _masthead(report: Report, actors: ActorIndex) -> tuple[str, ...]:
    names = (field.value for field in (report.agency, report.outlet) if field)
    return tuple(dict.fromkeys(actor for name in names if (actor := actors.named(name)) is not None))


def _declared(
    reports: Mapping[str, Report],
    statements: Iterable[Statement],
    own: Mapping[str, tuple[str, ...]],
    dispatches: Mapping[tuple[str, str], str],
) -> Iterator[Relay]:
    """One row a report and party that its chains name beyond the speaker, with all the words that show it."""
    evidence: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for statement in statements:
        links = statement.chain if statement.routes[0][0] == statement.speaker else statement.chain[1:]
        for link in links:
            if link.actor not in own[statement.report]:
                evidence[statement.report, link.actor].update(link.evidence)
    for report in reports.values():
        if len(own[report.id]) > 1 and report.agency:
            evidence[report.id, own[report.id][0]].update(report.agency.evidence)
    for (report_id, actor), spans in sorted(evidence.items()):
        agency = own[report_id][:1] == (actor,)
        yield Relay(
            report=report_id,
            origin=actor,
            kind="wasDerivedFrom" if agency else "hadPrimarySource",
            dispatch=dispatches.get((report_id, actor)),
            evidence=tuple(sorted(spans)),
        )


def _dispatches(
    statements: Mapping[str, Statement], utterances: Iterable[Utterance], own: Mapping[str, tuple[str, ...]]
) -> dict[tuple[str, str], str]:
    """(report, medium) -> key of the dispatch, for reports that have an utterance through one medium in common.

    An agency that wrote both reports sends more than one dispatch: only shared text shows that they are one.
    """
    links: list[tuple[str, tuple[str, str], tuple[str, str]]] = []
    for utterance in utterances:
        by_medium: dict[str, list[Statement]] = defaultdict(list)
        for id in utterance.statements:
            statement = statements[id]
            if statement.routes[0][0] not in own[statement.report]:
                by_medium[statement.routes[0][0]].append(statement)
        for medium, members in by_medium.items():
            ends = sorted({(s.report, medium) for s in members})
            links += [(medium, ends[0], other) for other in ends[1:]]
    home: dict[tuple[str, str], tuple[str, str]] = {}

    def find(node: tuple[str, str]) -> tuple[str, str]:
        while home.get(node, node) != node:
            node = home[node]
        return node

    for _, one, two in links:
        a, b = sorted((find(one), find(two)))
        home[b] = a
        home.setdefault(a, a)
    return {node: digest("dispatch", *find(node)) for node in home}


def _quoted(
    reports: Mapping[str, Report], statements: Iterable[Statement], own: Mapping[str, tuple[str, ...]]
) -> Iterator[Relay]:
    """Reports that name a medium whose own report is at hand, and share its words: that report is the origin.

    A statement told in other words goes back to the one report of the medium in which its speaker says most like it.
    """
    known = tuple(statements)
    spoken: dict[tuple[str, str], set[str]] = defaultdict(set)
    for statement in known:
        if statement.speaker:
            spoken[statement.report, statement.speaker].update(content_words(_words(reports, statement)))
    written: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        for actor in own[report]:
            written[actor].append(report)
    evidence: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for statement in known:
        medium = statement.routes[0][0]
        others = written.get(medium, []) if medium not in own[statement.report] else []
        if not others:
            continue
        said = frozenset().union(*(shingles(s.of(reports[s.report].text), PHRASE) for s in statement.content))
        found = [origin for origin in others if said & shingles(reports[origin].text, PHRASE)]
        if not found and statement.speaker not in (None, medium):
            words = set(content_words(_words(reports, statement)))
            shared = {origin: len(words & spoken[origin, statement.speaker or ""]) for origin in others}
            most = max(shared.values(), default=0)
            best = [origin for origin, count in shared.items() if count == most > 0]
            found = best if len(best) == 1 else []
        for origin in found:
            evidence[statement.report, origin].update(statement.content)
    for (report, origin), spans in sorted(evidence.items()):
        yield Relay(report=report, origin=origin, kind="wasQuotedFrom", evidence=tuple(sorted(spans)))


def _words(reports: Mapping[str, Report], statement: Statement) -> str:
    return " ".join(span.of(reports[span.report].text) for span in statement.content)
