"""What only one report says: reports of one story in, Additions out.

A sentence of a report is an addition when much of what it says stands in no other report of its story. Words weigh by
how rare they are in the pile. Where only a part of a sentence is new, the clause with the new words is cited. A
rendering of an utterance that other reports render as well adds only what stands nowhere but in it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from hearsay.link.passages import Passage, passages
from hearsay.link.tables import Tables
from hearsay.link.words import content_words
from hearsay.model import Addition, Report, Span, Statement, Utterance

LONGEST = 400  # characters of a span (CONTRACT.md)
NEW = 0.45  # part of a sentence's weight that must stand in no one sentence of another report
FRESH = 2  # words that must stand nowhere in the other reports
RETOLD = 0.6  # part of a sentence's letters from which it is no more than the rendering
COMMON = 400  # sentences of one story that may share a word that still tells them apart
RUN = 4  # content words from which a run that only one rendering has is worth telling
_CLAUSE = re.compile(r"[;,–—]\s+|\s-\s|\s(?=(?:and|but|while|after|which|who|where|as)\s)")


def find_additions(tables: Tables) -> tuple[Addition, ...]:
    """What each report of a story adds, by report and place."""
    reports = tables.reports
    rendered = _rendered(tables.statements, tables.utterances)
    cut = {id: passages(report) for id, report in reports.items()}
    weights = _weights(cut)
    found = []
    for story in tables.stories:
        heard = _Heard([passage for id in sorted(story.reports) for passage in _all(reports[id])])
        for id in sorted(story.reports):
            for passage in cut[id]:
                if _retold(passage.span, rendered.get(id, ())):
                    continue
                span = _new(passage, heard, weights, reports[id].text)
                if span is not None:
                    found.append(Addition(report=id, spans=(span,)))
    found += _only_here(reports, tables.utterances)
    return tuple(sorted(set(found), key=lambda addition: (addition.report, addition.spans)))


def _rendered(statements: Iterable[Statement], utterances: Iterable[Utterance]) -> dict[str, list[Span]]:
    """Report -> content of its statements that other reports render too."""
    shared = {id for utterance in utterances for id in utterance.statements}
    found: dict[str, list[Span]] = defaultdict(list)
    for statement in statements:
        if statement.id in shared:
            found[statement.report] += statement.content
    return found


def _retold(passage: Span, rendered: Iterable[Span]) -> bool:
    """Is most of the sentence the rendering of a shared utterance?"""
    inside = sum(max(0, min(passage.end, s.end) - max(passage.start, s.start)) for s in rendered)
    return inside >= RETOLD * (passage.end - passage.start)


def _only_here(reports: Mapping[str, Report], utterances: Iterable[Utterance]) -> Iterator[Addition]:
    """The longer runs of words that one rendering of an utterance has alone."""
    for utterance in utterances:
        for difference in utterance.differences:
            for span in difference.spans if difference.op == "only_here" else ():
                if len(set(content_words(span.of(reports[span.report].text)))) >= RUN:
                    yield Addition(report=span.report, spans=(span,))


def _all(report: Report) -> tuple[Passage, ...]:
    return passages(report, ("headline", "caption", "body"))


def _weights(cut: Mapping[str, Sequence[Passage]]) -> Mapping[str, float]:
    counts = Counter(word for found in cut.values() for word in {w for p in found for w in p.words})
    return {word: log(1 + len(cut) / count) for word, count in counts.items()}


class _Heard:
    """What the reports of a story say, by word: what others than one report know, and what one sentence holds."""

    def __init__(self, told: Sequence[Passage]) -> None:
        self._told = told
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, passage in enumerate(told):
            for word in sorted(set(passage.words)):
                self._places[word].append(place)

    def fresh(self, words: Iterable[str], report: str) -> set[str]:
        """Those of the words that no other report uses."""
        return {w for w in words if all(self._told[place].span.report == report for place in self._places[w])}

    def held(self, words: set[str], report: str, weights: Mapping[str, float]) -> float:
        """The most of the words' weight that one sentence of another report holds; words of everybody tell nothing."""
        held: dict[int, float] = defaultdict(float)
        for word in sorted(words):
            places = self._places[word]
            for place in places if len(places) <= COMMON else ():
                if self._told[place].span.report != report:
                    held[place] += weights[word]
        return max(held.values(), default=0.0)


def _new(passage: Passage, heard: _Heard, weights: Mapping[str, float], text: str) -> Span | None:
    """The passage, or the clause of it, that no other report has."""
    words, report = set(passage.words), passage.span.report
    if len(heard.fresh(words, report)) < FRESH:
        return None
    whole = sum(weights[word] for word in sorted(words))
    if 1 - heard.held(words, report, weights) / whole >= NEW:
        return _cut(passage.span)
    new = (
        span for span in _clauses(passage.span, text) if len(heard.fresh(content_words(span.of(text)), report)) >= FRESH
    )
    return next((_cut(span) for span in new), None)


def _clauses(span: Span, text: str) -> Iterator[Span]:
    at = span.start
    for stop in _CLAUSE.finditer(text, span.start, span.end):
        if stop.start() > at:
            yield Span(report=span.report, start=at, end=stop.start())
        at = stop.end()
    if at < span.end:
        yield Span(report=span.report, start=at, end=span.end)


def _cut(span: Span) -> Span:
    return Span(report=span.report, start=span.start, end=min(span.end, span.start + LONGEST))
