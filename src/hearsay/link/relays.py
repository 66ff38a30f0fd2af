"""What each report passes on: from media and offices named in its chains, and from other reports whose text it holds.

Declared chains come first: every link between speaker and masthead is an origin of the report. Reports whose shared
utterances came through one medium relay one dispatch of it, which is not at hand; they share a `dispatch` key. Text
reuse comes second: a report that holds long runs of another's words is derived from it, or a duplicate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from hearsay.link.actors import ActorIndex
from hearsay.link.pairwise import Pairs, Rule, edges, pairs_in_memory
from hearsay.link.words import plain, shingles
from hearsay.model import Reading, Relay, RelayKind, Report, Span, Statement, Utterance, digest

RUN = 7  # words in a row that two writers rarely share by chance
PHRASE = 5  # the same, where one of them names the other as its source
REUSED = 0.2  # part of the shorter report's runs that must stand in the other
COPIED = 0.9  # the same, for a duplicate


def link_relays(
    readings: Iterable[Reading],
    *,
    statements: Iterable[Statement],
    utterances: Iterable[Utterance],
    actors: ActorIndex,
    copies: Iterable[Relay],
) -> tuple[Relay, ...]:
    """Relay rows of all reports, sorted by id; `copies` are what `find_copies` gave."""
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
    """Reports that name a medium whose own report is at hand, and share its words: that report is the origin."""
    written: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        for actor in own[report]:
            written[actor].append(report)
    evidence: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for statement in statements:
        medium = statement.routes[0][0]
        for origin in written.get(medium, ()) if medium not in own[statement.report] else ():
            said = frozenset().union(*(shingles(s.of(reports[s.report].text), PHRASE) for s in statement.content))
            if origin != statement.report and said & shingles(reports[origin].text, PHRASE):
                evidence[statement.report, origin].update(statement.content)
    for (report, origin), spans in sorted(evidence.items()):
        yield Relay(report=report, origin=origin, kind="wasQuotedFrom", evidence=tuple(sorted(spans)))


# -- text reuse --------------------------------------------------------------------------------------------------------


def find_copies(readings: Iterable[Reading], *, pairs: Pairs = pairs_in_memory) -> tuple[Relay, ...]:
    """Reports whose story is largely another's words; the later, shorter or second by id is the derived one."""
    told = {reading.report.id: reading for reading in readings}
    reports = {id: reading.report for id, reading in told.items()}
    runs = {id: shingles(_own_words(reading), RUN) for id, reading in told.items()}
    rule: Rule[str] = Rule(
        name="link.relays@1",
        keys=lambda id: (" ".join(run) for run in sorted(runs[id])),
        score=lambda a, b: len(runs[a] & runs[b]) / max(1, min(len(runs[a]), len(runs[b]))),
        threshold=REUSED,
    )
    found = []
    for score, one, two in edges({id: id for id in reports}, rule, pairs=pairs):
        first, second = sorted((one, two), key=lambda id: (_stated(reports[id]), -len(reports[id].text), id))
        kind: RelayKind = "duplicate" if score >= COPIED else "wasDerivedFrom"
        found.append(Relay(report=second, origin=first, kind=kind, evidence=_shared(reports[second], runs[first])))
    return tuple(sorted(found, key=lambda relay: relay.id))


def _stated(report: Report) -> str:
    value = report.published.value if report.published else ""
    return value if value and "X" not in value else "9999"


def _own_words(reading: Reading) -> str:
    """Headline and body without quotations: two reporters who heard one speech share its words, not each other's."""
    text = reading.report.text
    quoted = [part for a in reading.attributions if a.form == "direct" for part in a.content]
    parts = []
    for zone in reading.report.zones:
        if zone.kind in {"headline", "body"}:
            at = zone.span.start
            for part in sorted(span for span in quoted if zone.span.holds(span)):
                parts.append(text[at : max(at, part.start)])
                at = max(at, part.end)
            parts.append(text[at : zone.span.end])
    return "\n".join(parts)


def _shared(report: Report, runs: frozenset[tuple[str, ...]]) -> tuple[Span, ...]:
    """Body lines of a report that hold runs of the other."""
    found = []
    for zone in report.zones:
        if zone.kind != "body":
            continue
        at = zone.span.start
        for line in zone.span.of(report.text).splitlines(keepends=True):
            words = plain(line)
            if any(tuple(words[i : i + RUN]) in runs for i in range(len(words) - RUN + 1)):
                found.append(Span(report=report.id, start=at, end=at + len(line.rstrip())))
            at += len(line)
    return tuple(found)
