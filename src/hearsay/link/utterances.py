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
from difflib import SequenceMatcher
from math import log

from hearsay.link.pairwise import Pairs, Rule, cluster, pairs_in_memory
from hearsay.link.revisions import Standing
from hearsay.link.words import content_words, plain
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
    digest,
)

STEP = "link.utterances@1"
ENOUGH = 3  # shared content words below which only the very same words count
MANY = 8  # shared content words from which more prove nothing more
LITTLE = 0.3  # part of the shorter rendering's weight below which the longer one holds too little of it
QUOTED = 0.15  # what it adds that both renderings claim to be the speaker's own words
SURE = 0.5  # score from which two renderings are one utterance
ALIKE = 0.8  # part of words in common from which two renderings are one wording
LONGEST = 240  # characters of a difference's span (CONTRACT.md)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A statement with its words; `weights` are its content words' weights in this pile."""

    statement: Statement
    words: frozenset[str]
    weights: Mapping[str, float]


def link_utterances(
    readings: Iterable[Reading],
    *,
    statements: Iterable[Statement],
    copies: Iterable[Relay] = (),
    pairs: Pairs = pairs_in_memory,
) -> tuple[Utterance, ...]:
    """Utterances that stand in two or more reports, sorted by id; `copies`: which hold another's text or revise it."""
    reports = {reading.report.id: reading.report for reading in readings}
    rows = _rows(reports, statements)
    rule = Rule(name=STEP, keys=_keys, score=_score, threshold=SURE, veto=_veto)
    groups = cluster(rows, rule, pairs=pairs)
    standing = Standing(reports, copies)
    found = (
        _utterance(reports, [rows[id].statement for id in group.ids], group.score, standing)
        for group in groups
        if len({rows[id].statement.report for id in group.ids}) > 1
    )
    return tuple(sorted(found, key=lambda utterance: utterance.id))


def _rows(reports: Mapping[str, Report], statements: Iterable[Statement]) -> dict[str, _Row]:
    ordered = sorted(statements, key=lambda s: s.id)
    words = {s.id: frozenset(content_words(_text(reports, s))) for s in ordered}
    counts = Counter(word for found in words.values() for word in found)
    weights = {word: log(1 + len(ordered) / count) for word, count in counts.items()}
    return {s.id: _Row(statement=s, words=words[s.id], weights=weights) for s in ordered}


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
    if held < LITTLE or (len(shared) < ENOUGH and held < 1):
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
    """Words of a statement with the spans they stand at."""
    found = []
    for part in statement.content:
        text = reports[part.report].text
        at = part.start
        for word in plain(part.of(text)):
            start = _find(text, word, at, part.end)
            if start is None:
                continue
            at = start + len(word)
            found.append((word, Span(report=part.report, start=start, end=at)))
    return found


def _find(text: str, word: str, start: int, end: int) -> int | None:
    at = text.lower().find(word, start, end) if text.isascii() else _folded_find(text, word, start, end)
    return at if at >= 0 else None


def _folded_find(text: str, word: str, start: int, end: int) -> int:
    piece = text[start:end].lower()
    at = piece.find(word) if len(piece) == end - start else -1
    return start + at if at >= 0 else -1


def _joined(words: list[tuple[str, Span]]) -> tuple[Span, ...]:
    """Neighbouring words as one span, cut at the length a difference may have."""
    if not words:
        return ()
    first, last = words[0][1], words[-1][1]
    return (Span(report=first.report, start=first.start, end=min(last.end, first.start + LONGEST)),)
