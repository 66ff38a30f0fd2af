"""Event mentions with what comparing needs: actors, days, words; and whether one points back ("the meeting").

In come Readings, the actor index and the solved dates; out come Rows, one an event mention. Nothing is merged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Protocol

from hearsay.calendar import Bounds, add, bounds
from hearsay.data import alternatives, table
from hearsay.link.words import is_past
from hearsay.model import EventMention, Reading, Realis, Span, When, digest

_WORD = re.compile(r"\w+")
_TERM = re.compile(r"P(\d{1,3})([DWMY])$")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_CLOCK = re.compile(r"^UNDEF-(?:this|that)-dayT\d|^T\d")  # an hour without a day dates nothing by itself


class ActorIndex(Protocol):
    """Which actors a span names."""

    def at(self, span: Span) -> str | None:
        """The actor named by exactly this span, or None."""

    def all_at(self, span: Span) -> tuple[str, ...]:
        """All actors named there: the members of "the two ministers"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One event mention, or several that are one already.

    `days` is what its time words cover, `words` stems of what its clause says beside names, `head` the trigger's stem,
    `pointing` whether it only points back, `bare` whether nothing stands between its determiner and the trigger,
    `told` the day of its report, `company` everybody its report names, `voices` who speaks of it,
    `due` the end of the term set for it.
    """

    id: str
    mentions: tuple[EventMention, ...]
    report: str
    sense: str
    mode: str | None
    type: str | None
    realis: Realis
    days: Bounds | None
    actors: frozenset[str]
    recipients: frozenset[str]
    place: str | None
    words: frozenset[str]
    head: str
    pointing: bool
    told: date | None
    company: frozenset[str]
    bare: bool = False
    headline: bool = False
    lead: bool = False
    voices: frozenset[str] = frozenset()
    due: date | None = None

    @property
    def parties(self) -> frozenset[str]:
        """Everybody in it, whatever the side."""
        return self.actors | self.recipients

    @property
    def befell(self) -> bool:
        """Is it something that happens to people rather than something that somebody does?"""
        return self.mode is None and (self.type is None or self.sense == "die") and not self.actors


def rows(
    readings: Iterable[Reading],
    *,
    actors: ActorIndex,
    whens: Mapping[str, When],
    voices: Mapping[str, frozenset[str]],
) -> tuple[Row, ...]:
    """One Row an event mention, by report and place in it; `voices`: mention id -> who speaks of it."""
    ordered = sorted(readings, key=lambda r: r.report.id)
    return tuple(
        _voiced(
            _row(reading, mention, actors, whens, company), voices.get(mention.id, frozenset()), reading.report.text
        )
        for reading, company in ((r, _named(actors, [m.span for m in r.mentions])) for r in ordered)
        for mention in sorted(reading.event_mentions, key=lambda m: (m.trigger, m.id))
    )


def _voiced(row: Row, voices: frozenset[str], text: str) -> Row:
    """The row with who speaks of it, who is also its actor where they say "I"."""
    words = _WORD.findall(row.mentions[0].trigger.of(text).lower())
    own = not row.actors and not roles("speaker").isdisjoint(words[:2])
    return replace(row, voices=voices, actors=voices if own else row.actors)


def day_of(whens: Mapping[str, When], span: Span | None) -> Bounds | None:
    """Days that a time expression covers once solved, or None."""
    if span is None:
        return None
    found = whens.get(digest("timex", span.report, span.start, span.end))
    return covered(found) if found else None


def covered(when: When) -> Bounds | None:
    """Days that a solved date covers: its value's, else between its bounds."""
    days = bounds(when.value) if when.value else None
    if days is None and when.earliest and when.latest:
        days = bounds(f"{when.earliest}/{when.latest}")
    return days


def _row(
    reading: Reading, mention: EventMention, actors: ActorIndex, whens: Mapping[str, When], company: frozenset[str]
) -> Row:
    report = reading.report
    head = mention.head or mention.trigger
    told = whens.get(report.id)
    published = covered(told) if told else None
    clock = any(t.span == mention.when and _CLOCK.search(t.value) for t in reading.timexes)
    days = None if clock else day_of(whens, mention.when)
    later = mention.realis == "actual" and bool(published and days and days[0] > published[1])
    if later and is_past(head.of(report.text).lower().split()[0]):  # "signed a plan for 2031": the plan is for 2031
        mention, days, later = replace(mention, when=None), None, False
    names = (*mention.actor, *mention.recipient)
    return Row(
        id=mention.id,
        mentions=(mention,),
        report=report.id,
        sense=mention.sense or head.of(report.text).lower(),
        mode=mention.mode,
        type=mention.type,
        realis="planned" if later else mention.realis,
        days=days,
        actors=_named(actors, mention.actor),
        recipients=_named(actors, mention.recipient),
        place=actors.at(mention.where) if mention.where else None,
        words=_words(report.text, mention.trigger, (*names, *([mention.where] if mention.where else []))),
        head=stem(head.of(report.text).lower().split()[-1]),
        pointing=days is None and not mention.recipient and _pointing(report.text, mention, head),
        told=published[1] if published else None,
        company=company,
        due=_term(reading, mention, published[1] if published else None),
        bare=_before(report.text, head) in roles("pointing"),
        headline=any(z.kind == "headline" and z.span.holds(mention.trigger) for z in report.zones),
    )


def _term(reading: Reading, mention: EventMention, told: date | None) -> date | None:
    """The end of a term that begins with the report, for what is still to come."""
    if told is None or mention.realis != "planned":
        return None
    values = [t.value for t in reading.timexes if t.span == mention.when and t.type == "DURATION"]
    found = _TERM.match(values[0]) if values else None
    try:
        return add(told, _UNITS[found[2]], int(found[1])) if found else None
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _named(actors: ActorIndex, spans: Sequence[Span]) -> frozenset[str]:
    return frozenset(actor for span in spans for actor in actors.all_at(span))


@cache
def function_words() -> frozenset[str]:
    """Words that hold a clause together."""
    return frozenset(word for row in table("function_words") for word in alternatives(row["words"]))


@cache
def roles(name: str) -> frozenset[str]:
    """Words that play a role around a trigger, from `word_roles`."""
    return frozenset(word for row in table("word_roles") if row["role"] == name for word in alternatives(row["words"]))


@cache
def _light() -> frozenset[str]:
    """Stems of verbs that only carry an event noun: they say nothing of which event it is."""
    light = (row for row in table("event_triggers") if "light" in row["needs"] and row["pos"] == "v")
    forms = (f for row in light for f in (*alternatives(row["lemma"]), *alternatives(row["forms"].removeprefix("="))))
    return frozenset(stem(form.split(" ")[0]) for form in forms)


def stem(word: str) -> str:
    """A word without its commonest English endings: enough to match "visits" with "visit"."""
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _words(text: str, trigger: Span, names: Sequence[Span]) -> frozenset[str]:
    """Stems of what the trigger's clause says beside its participants and function words."""
    found = set()
    for match in _WORD.finditer(text, trigger.start, trigger.end):
        word = match.group().lower()
        named = any(n.start <= match.start() < n.end for n in names)
        if (not named or match.group().islower()) and word not in function_words() and len(word) > 2:
            found.add(stem(word))
    return frozenset(found) - _light()


def _pointing(text: str, mention: EventMention, head: Span) -> bool:
    """Does the mention point back ("the meeting", "his trip")?"""
    opening = mention.trigger.of(text).split(" ")[0].lower()
    bare = (
        opening in roles("pointing")
        and len(mention.trigger.of(text)[: head.start - mention.trigger.start].split()) <= 3
    )
    return bare or _before(text, head) in roles("pointing")


def _before(text: str, head: Span) -> str:
    """The word before a trigger."""
    words = _WORD.findall(text[max(0, head.start - 20) : head.start].lower())
    return words[-1] if words else ""
