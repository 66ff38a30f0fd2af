"""Statements → utterances: the same act of saying in two or more reports.

Block: speaker and a shared content word. Score: how much of the shorter rendering the longer one holds, and in how
many words. Two people never share an utterance, however alike their words; two statements of one report are one only if
they share their words as well (a headline and its body). An utterance counts its independent routes: reports that had
the words from the same first party are one, and so are copies and versions of one piece.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from math import log

from hearsay.link.pairwise import Pairs, Rule, cluster, pairs_in_memory
from hearsay.link.revisions import Standing
from hearsay.link.words import content_words, fold, plain
from hearsay.model import (
    Basis,
    Difference,
    Reading,
    Relay,
    Report,
    Span,
    Statement,
    Utterance,
    UtteranceRelation,
    When,
    digest,
)

STEP = "link.utterances@1"
ENOUGH = 3  # shared content words below which the shorter rendering must stand in the longer one whole
NARRATED = 5  # the same where a medium tells: its lines on one beat share words that people's sayings do not
NEWS = timedelta(days=7)  # reports further apart tell of two sayings, unless the later one repeats the words
REPEATED = 0.8  # part of the shorter rendering's weight that shows such a repetition
MANY = 8  # shared content words from which more prove nothing more
LITTLE = 0.3  # part of the shorter rendering's weight below which the longer one holds too little of it
QUOTED = 0.15  # what it adds that both renderings claim to be the speaker's own words
SURE = 0.5  # score from which two renderings are one utterance
ALIKE = 0.8  # part of words in common from which two renderings are one wording
LONGEST = 240  # characters of a difference's span (CONTRACT.md)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A statement with its words; `weights` are its content words' weights in this pile, `told` its report's days."""

    statement: Statement
    words: frozenset[str]
    weights: Mapping[str, float]
    told: tuple[date, date] | None


def link_utterances(
    readings: Iterable[Reading],
    *,
    statements: Iterable[Statement],
    whens: Iterable[When] = (),
    copies: Iterable[Relay] = (),
    pairs: Pairs = pairs_in_memory,
) -> tuple[Utterance, ...]:
    """Utterances that stand in two or more reports, sorted by id.

    `whens` date the reports; `copies` says which of them hold another's text or revise it.
    """
    reports = {reading.report.id: reading.report for reading in readings}
    rows = _rows(reports, statements, {when.subject: when for when in whens})
    rule = Rule(name=STEP, keys=_keys, score=_score, threshold=SURE, veto=_veto)
    groups = cluster(rows, rule, pairs=pairs)
    standing = Standing(reports, copies)
    found = (
        _utterance(reports, [rows[id].statement for id in group.ids], group.score, standing)
        for group in groups
        if len({rows[id].statement.report for id in group.ids}) > 1
    )
    return tuple(sorted(found, key=lambda utterance: utterance.id))


def _rows(reports: Mapping[str, Report], statements: Iterable[Statement], whens: Mapping[str, When]) -> dict[str, _Row]:
    ordered = sorted(statements, key=lambda s: s.id)
    words = {s.id: frozenset(content_words(_text(reports, s))) for s in ordered}
    counts = Counter(word for found in words.values() for word in found)
    weights = {word: log(1 + len(ordered) / count) for word, count in counts.items()}
    told = {id: _days(whens.get(id)) for id in reports}
    return {s.id: _Row(statement=s, words=words[s.id], weights=weights, told=told[s.report]) for s in ordered}


def _days(when: When | None) -> tuple[date, date] | None:
    if when is None or when.earliest is None or when.latest is None:
        return None
    return date.fromisoformat(when.earliest), date.fromisoformat(when.latest)


def _far_apart(a: _Row, b: _Row) -> bool:
    """Were the two reports published too long after each other to tell of one saying as news?"""
    return bool(a.told and b.told) and max(a.told[0] - b.told[1], b.told[0] - a.told[1]) > NEWS  # type: ignore[index]


def _text(reports: Mapping[str, Report], statement: Statement) -> str:
    return " ".join(span.of(reports[span.report].text) for span in statement.content)


def _keys(row: _Row) -> Iterator[str]:
    for word in sorted(row.words):
        yield f"{row.statement.speaker}|{word}"


def _score(a: _Row, b: _Row) -> float:
    """How much of the shorter rendering the longer one holds, and how many words that is: two translations of a long
    sentence share less of it than two of a short one, but more words than chance would."""
    shared = a.words & b.words
    smaller = min(sum(a.weights[w] for w in a.words), sum(b.weights[w] for w in b.words))
    if not smaller:
        return 0.0
    held = sum(a.weights[word] for word in shared) / smaller
    medium = a.statement.routes[0][0] == a.statement.speaker
    if held < LITTLE or (len(shared) < (NARRATED if medium else ENOUGH) and held < 1):
        return 0.0
    if _far_apart(a, b) and (held < REPEATED or len(shared) < ENOUGH):
        return 0.0
    quoted = a.statement.form != "indirect" and b.statement.form != "indirect"
    return round(min(1.0, 0.6 * held + 0.4 * min(1.0, len(shared) / MANY) + QUOTED * quoted), 4)


def _veto(a: _Row, b: _Row) -> bool:
    if a.statement.speaker != b.statement.speaker:
        return True
    return a.statement.report == b.statement.report and _score(a, b) < SURE


def _utterance(reports: Mapping[str, Report], members: list[Statement], score: float, standing: Standing) -> Utterance:
    members = sorted(members, key=lambda s: s.id)
    witnesses = standing.own(s.report for s in members)
    routes = tuple(sorted({route for s in members if s.report in witnesses for route in s.routes}))
    return Utterance(
        id=digest("utterance", members[0].id),
        speaker=members[0].speaker,
        statements=tuple(s.id for s in members),
        relation=_relation(reports, members),
        differences=tuple(_differences(reports, members)),
        routes=routes,
        origins=len({route[0] for route in routes}),
        basis=Basis(by=STEP, score=round(score, 2), evidence=tuple(s.content[0] for s in members)),
    )


def _relation(reports: Mapping[str, Report], members: list[Statement]) -> UtteranceRelation:
    """How the renderings relate: the same words, a part of them, another translation, or told in other words."""
    wordings = [plain(_text(reports, s)) for s in members]
    longest = max(wordings, key=lambda w: (len(w), w))
    if all(w == longest for w in wordings):
        return "verbatim"
    ratios = [
        SequenceMatcher(None, longest, w, autojunk=False).find_longest_match().size / max(1, len(w)) for w in wordings
    ]
    if min(ratios) >= ALIKE:
        return "partial"
    return "translation" if sum(s.form != "indirect" for s in members) > 1 else "paraphrase"


def _differences(reports: Mapping[str, Report], members: list[Statement]) -> Iterator[Difference]:
    """Where each rendering parts from the longest one, by aligned words."""
    base = max(members, key=lambda s: (sum(c.end - c.start for c in s.content), s.id))
    ours = _placed(reports, base)
    for other in members:
        if other.id == base.id:
            continue
        theirs = _placed(reports, other)
        match = SequenceMatcher(None, [w for w, _ in ours], [w for w, _ in theirs], autojunk=False)
        for op, a, b, c, d in match.get_opcodes():
            mine, yours = _joined(ours[a:b]), _joined(theirs[c:d])
            if op == "equal" or not any(span.end - span.start > 3 for span in (*mine, *yours)):
                continue
            if mine and yours:
                yield Difference(op="changed", spans=(*mine, *yours))
            else:
                yield Difference(op="only_here", spans=mine or yours)


def _placed(reports: Mapping[str, Report], statement: Statement) -> list[tuple[str, Span]]:
    """Words of a statement with the spans they stand at; a word that folding changed in length has none."""
    found = []
    for part in statement.content:
        piece = fold(part.of(reports[part.report].text))
        if len(piece) != part.end - part.start:
            piece = part.of(reports[part.report].text).lower()
        at = 0
        for word in plain(piece):
            start = piece.find(word, at)
            if start >= 0 and part.start + start + len(word) <= part.end:
                at = start + len(word)
                found.append((word, Span(report=part.report, start=part.start + start, end=part.start + at)))
    return found


def _joined(words: list[tuple[str, Span]]) -> tuple[Span, ...]:
    """Neighbouring words as one span, cut at the length a difference may have."""
    if not words:
        return ()
    first, last = words[0][1], words[-1][1]
    return (Span(report=first.report, start=first.start, end=min(last.end, first.start + LONGEST)),)
