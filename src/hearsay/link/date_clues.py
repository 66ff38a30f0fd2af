"""What other reports tell about the day of a report: clues, each a stretch of days and how much it counts.

In come the readings of a pile and the reports whose day is known, out come `Clue`s for one that is not. An undated
report that says "last month" of an event which a dated report puts on 13 September appeared in October; "this morning"
gives the day, "nine days after" it the ninth. Events are matched by the words around the two time expressions, weighed
by how rare they are in the pile; only reports that share rare names or long runs of words are compared, so cost grows
with the pile and not with its square.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from math import log, sqrt

from hearsay.calendar import Bounds, add, bounds, is_underspecified, resolve
from hearsay.data import alternatives, table
from hearsay.link.date_context import Sentences, dates_a_saying, dates_the_report, values_in_context
from hearsay.link.words import content_words, shingles
from hearsay.model import Direction, Reading, Span, Timex

_NAME = re.compile(r"[A-Z][\w’'-]{2,}")
_COUNTED = re.compile(r"P(\d{1,3})(D|W|M|Y)$")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_SLACK = {"D": 0, "W": 3, "M": 15, "Y": 180}  # days by which a count of units is rounded
_WINDOWS = (  # how far from an event a report can lie that speaks of it so: days before and behind
    (re.compile(r"XXXX-WXX|UNDEF-\w+-(?:day|D\d|week|weekend)|UNDEF-NOW-(?:day|hour|minute)"), 15, 25),
    (re.compile(r"UNDEF-(?:NOW-week|\w+-month)"), 70, 130),
)
_WIDE = (400, 800)
_RUN = 6  # words of a run that two reports hardly share by chance
_COMMON = 60  # a name or run in more reports than this says nothing
_RELATED = 24  # reports that are compared with one
_WEIGHTS = ((6, 1.0), (14, 0.6), (10_000, 0.3))  # distance from the time expression in words, and what a word counts
_OTHER_KIND = 0.4
_ENOUGH = 0.15  # similarity of two contexts that are taken for one event
_SAME_PIECE = 0.5  # share of common runs above which two reports are one piece
_LONGEST_FACT = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """The report appeared on one of `days` (first and last), says `why`; `weight` in about 0..2."""

    days: Bounds
    weight: float
    why: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The sentence around a time expression: its words with weights, its names, the kinds of its events."""

    words: Mapping[str, float]
    names: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """Something that a dated report puts on certain days."""

    days: Bounds
    context: Context
    span: Span


class Entry:
    """A reading with what is computed from its text once, when asked for."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.report = reading.report
        self.timexes = tuple(sorted(reading.timexes, key=lambda timex: timex.span))

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of the text."""
        return Sentences.of(self.report.text)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """All runs of `_RUN` words."""
        return shingles(self.report.text, _RUN)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all words that carry meaning."""
        return frozenset(content_words(self.report.text))

    @cached_property
    def keys(self) -> frozenset[str]:
        """What puts a report into blocks: its names and its runs."""
        return _names(self.report.text) | {" ".join(run) for run in self.runs}

    def context(self, timex: Timex) -> Context:
        """What stands around a time expression; nearer words weigh more."""
        text = self.report.text
        start, end = self.sentences.around(timex.span.start)
        if _is_counted_from(self, timex):  # only the event, not what is told of the day of writing
            end = min((cut for cut in (text.find(",", timex.span.end, end),) if cut > 0), default=end)
        sides = text[start : timex.span.start], text[timex.span.end : end]
        words: dict[str, float] = {}
        for side in (reversed(content_words(sides[0])), content_words(sides[1])):
            for distance, stem in enumerate(side):
                weight = next(weight for reach, weight in _WEIGHTS if distance < reach)
                words[stem] = max(weight, words.get(stem, 0.0))
        events = (e for e in self.reading.event_mentions if start <= e.trigger.start < end)
        kinds = frozenset(kind for e in events for kind in (e.type, e.mode) if kind)
        return Context(words=words, names=_names(" ".join(sides)), kinds=kinds)

    def tells(self, timex: Timex) -> bool:
        """Does the expression date something that happens, not the report itself or a saying?"""
        zone = next((zone.kind for zone in self.report.zones if zone.span.holds(timex.span)), "body")
        if zone not in ("headline", "caption", "body") or dates_the_report(self.report, timex):
            return False
        return not dates_a_saying(self.report, timex)


def _names(text: str) -> frozenset[str]:
    return frozenset(stem for name in _NAME.findall(text) for stem in content_words(name)) - _calendar_words()


@lru_cache(maxsize=1)
def _calendar_words() -> frozenset[str]:
    """Months and weekdays, which are no names here."""
    rows = [row for row in table("time_words") if row["kind"] in ("month", "anyday", "weekdays")]
    return frozenset(stem for row in rows for form in alternatives(row["forms"]) for stem in content_words(form))


class Pile:
    """All readings, with the index that finds related reports."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.entries = {r.report.id: Entry(r) for r in sorted(readings, key=lambda r: r.report.id)}
        self._facts: dict[tuple[str, str], tuple[_Fact, ...]] = {}

    @cached_property
    def _index(self) -> Mapping[str, tuple[str, ...]]:
        index: dict[str, list[str]] = defaultdict(list)
        for id, entry in self.entries.items():
            for key in entry.keys:
                index[key].append(id)
        return {key: tuple(ids) for key, ids in index.items() if 1 < len(ids) <= _COMMON}

    @cached_property
    def _frequency(self) -> Counter[str]:
        return Counter(stem for entry in self.entries.values() for stem in entry.stems)

    @cached_property
    def _rarities(self) -> Mapping[str, float]:
        return {word: log((1 + len(self.entries)) / count) for word, count in self._frequency.items()}

    def rarity(self, word: str) -> float:
        """How much a word tells in this pile: next to nothing in every report, more the rarer."""
        return self._rarities.get(word, log(1 + len(self.entries)))

    def related(self, id: str, known: Mapping[str, str]) -> list[tuple[float, str]]:
        """(closeness 0..1, report id) of the known reports that share names or runs with one, closest first."""
        score: dict[str, float] = defaultdict(float)
        for key in sorted(self.entries[id].keys & self._index.keys()):
            for other in self._index[key]:
                if other != id and other in known:
                    score[other] += 1.0 / len(self._index[key])
        best = sorted(((s, other) for other, s in score.items()), key=lambda pair: (-pair[0], pair[1]))[:_RELATED]
        return [(s / best[0][0] * s / (s + 2.0), other) for s, other in best]

    def same_piece(self, a: str, b: str) -> float:
        """Share of the shorter report's runs that the longer has as well."""
        one, two = self.entries[a].runs, self.entries[b].runs
        return len(one & two) / max(1, min(len(one), len(two)))

    def facts(self, id: str, published: str) -> tuple[_Fact, ...]:
        """What a report puts on days, given the day it appeared."""
        if (id, published) not in self._facts:
            entry = self.entries[id]
            values = values_in_context(entry.report, entry.timexes, published=published)
            self._facts[id, published] = tuple(
                _Fact(days=days, context=entry.context(timex), span=timex.span)
                for timex, value in zip(entry.timexes, values, strict=True)
                if timex.type in ("DATE", "TIME") and timex.anchor != "said" and entry.tells(timex)
                if (days := bounds(value)) and (days[1] - days[0]).days < _LONGEST_FACT
            )
        return self._facts[id, published]

    def similarity(self, one: Context, two: Context) -> float:
        """Likeness of two contexts, 0..1; 0 below two common words.

        The cosine of their words weighed by rarity, and of their names, which counts less where the kinds of their
        events differ: in a pile about one story all its names are common.
        """
        shared = sorted(one.words.keys() & two.words.keys())
        if len(shared) < 2:
            return 0.0
        common = sum(self.rarity(word) ** 2 * one.words[word] * two.words[word] for word in shared)
        words = common / sqrt(self._norm(one.words) * self._norm(two.words)) if common else 0.0
        names = len(one.names & two.names) / sqrt(max(1, len(one.names)) * max(1, len(two.names)))
        return (words + names * (1.0 if one.kinds & two.kinds else _OTHER_KIND)) / 2

    def _norm(self, words: Mapping[str, float]) -> float:
        return sum((self.rarity(word) * weight) ** 2 for word, weight in sorted(words.items()))


# -- clues -------------------------------------------------------------------------------------------------------------


def clues(pile: Pile, id: str, known: Mapping[str, str]) -> tuple[Clue, ...]:
    """Clues to the day of report `id` from the reports of `known` (id -> the day each appeared)."""
    entry = pile.entries[id]
    found: list[Clue] = list(_own(entry))
    related = pile.related(id, known)
    for closeness, other in related:
        share = pile.same_piece(id, other)
        if share >= _SAME_PIECE and (days := bounds(known[other])):
            why = f"it carries the same piece as a report of {known[other]}"
            found.append(Clue(days=days, weight=2 * share * closeness, why=why, evidence=()))
    for timex in filter(entry.tells, entry.timexes):
        context = entry.context(timex)
        for closeness, other in related:
            found += _from_facts(pile, entry, timex, context, pile.facts(other, known[other]), closeness)
    return tuple(found)


def _from_facts(
    pile: Pile, entry: Entry, timex: Timex, context: Context, facts: Sequence[_Fact], closeness: float
) -> Iterator[Clue]:
    """The clue of the fact that is most like the context of a timex, if any is like it enough."""
    scored = [(pile.similarity(context, fact.context), fact) for fact in facts]
    for score, fact in sorted(scored, key=lambda pair: (-pair[0], pair[1].span))[:1]:
        if score >= _ENOUGH and (days := _after(entry, timex, fact.days) or _spoken_of(timex, fact.days)):
            phrase = " ".join(timex.span.of(entry.report.text).split())
            first, last = fact.days
            when = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
            why = f"it says '{phrase}' of what another report dates {when}"
            yield Clue(days=days, weight=score * closeness, why=why, evidence=(timex.span, fact.span))


def _own(entry: Entry) -> Iterator[Clue]:
    """A day that the report names in full, past, is on the day it appeared or shortly before, more often than not."""
    for timex in entry.timexes:
        day = bounds(timex.value)
        if timex.type in ("DATE", "TIME") and not timex.anchor and day and day[0] == day[1]:
            why = f"it names {timex.value[:10]}"
            days = (day[0], _shift(day[0], 7))
            yield Clue(days=days, weight=0.2, why=why, evidence=(timex.span,))


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _is_counted_from(entry: Entry, timex: Timex) -> bool:
    """Does the report open a sentence with "Nine days after" an event, counting up to the day of writing?"""
    if timex.type != "DURATION" or not _COUNTED.match(timex.value):
        return False
    text, (start, _) = entry.report.text, entry.sentences.around(timex.span.start)
    opens = not re.search(r"\w", text[start : timex.span.start].rpartition(":")[2])
    return opens and _follows().match(text, timex.span.end) is not None


def _after(entry: Entry, timex: Timex, event: Bounds) -> Bounds | None:
    """The day of writing that lies so many units behind an event."""
    counted = _COUNTED.match(timex.value)
    if not counted or not _is_counted_from(entry, timex):
        return None
    slack, count, unit = timedelta(days=_SLACK[counted[2]]), int(counted[1]), _UNITS[counted[2]]
    try:
        return add(event[0], unit, count) - slack, add(event[1], unit, count) + slack
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1)
def _follows() -> re.Pattern[str]:
    """What follows a count of days that runs from an event to the day of writing."""
    return re.compile("|".join(rf"\s{{1,2}}{re.escape(row['word'])}\b" for row in table("time_after")))


def _spoken_of(timex: Timex, event: Bounds) -> Bounds | None:
    """The days on which `timex` can mean the days of `event`."""
    if timex.anchor != "published" or timex.value.startswith(("UNDEF-that", "UNDEF-REF")):
        return None
    return _days_meaning(timex.value, timex.direction, event)


@lru_cache(maxsize=4096)
def _days_meaning(value: str, direction: Direction, event: Bounds) -> Bounds | None:
    before, behind = next(((b, a) for pattern, b, a in _WINDOWS if pattern.match(value)), _WIDE)
    fit: list[date] = []
    for offset in range(-before, behind + 1):
        day = _shift(event[0], offset)
        settled = resolve(value, day, direction=direction)
        days = None if is_underspecified(settled) else bounds(settled)
        if days and days[0] <= event[1] and event[0] <= days[1]:
            fit.append(day)
    return (fit[0], fit[-1]) if fit else None
