"""What one report tells as a fact and another says never was: tables in, Conflicts out.

Compared are events of one kind in reports of one story, one told as having happened and one as not having happened, in
clauses that share their words and people; and things of which one speaker says that there were none ("no siren") and
another what became of them ("the sirens were sounded").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from hearsay.data import alternatives, table
from hearsay.link.passages import Behind
from hearsay.link.tables import Tables
from hearsay.link.versions import conflict, version
from hearsay.link.words import content_words, stem
from hearsay.model import Conflict, Event, Span, Statement

COMMON = 400  # clauses of one story that may share a word that still tells them apart
LETTERS = 5  # of a noun that tells of what there was none
SHARED = 2  # words that the two clauses share, people and places included


def find_contradictions(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """Told and denied events, and things that were and were not."""
    yield from _events(tables, behind)
    yield from _things(tables, behind)


def _events(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """Pairs of a told and a denied event, one for each denied event."""
    told: dict[tuple[str | None, str], list[tuple[Event, Span]]] = defaultdict(list)
    denied = []
    for event in tables.events:
        for span in (mention.span for mention in event.mentions):
            if event.realis == "negated" and not _limit("general").search(tables.text(span)):
                denied.append((event, span))
            elif event.realis in {"actual", "alleged"}:
                for word in sorted(set(content_words(tables.text(span)))):
                    told[tables.story_of.get(span.report), word].append((event, span))
    for event, span in denied:
        words = sorted(set(content_words(tables.text(span))))
        blocks = [told[tables.story_of.get(span.report), word] for word in words]
        near = [pair for block in blocks if len(block) <= COMMON for pair in block]
        insisted = _insists(span, behind, tables)
        pairs = [
            (
                _alike(event, span, other, where, tables) + (insisted and _other_voice(span, where, behind)),
                other.id,
                where,
            )
            for other, where in near
            if _alike(event, span, other, where, tables)
        ]
        best = max(pairs, default=None)
        if best is not None and best[0] >= SHARED:
            sides = tuple(version(tables.text(s), [s], behind) for s in (best[2], span))
            note = "One report tells it as a fact, the other says that it was not so."
            yield conflict(f"whether it happened: {event.label}", "scope", event.id, sides, "conflict", note)


def _alike(event: Event, span: Span, other: Event, where: Span, tables: Tables) -> int:
    """How many words and people two clauses share; 0 where they cannot be of one thing."""
    story = tables.story_of.get(span.report)
    if story is None or tables.story_of.get(where.report) != story or span.report == where.report:
        return 0
    words = set(content_words(tables.text(span))) & set(content_words(tables.text(where)))
    people = {p.actor for p in event.participants} & {p.actor for p in other.participants}
    same = (event.type, event.mode) == (other.type, other.mode)
    return len(words) + len(people) if words and same and (people or event.type) else 0


def _insists(span: Span, behind: Behind, tables: Tables) -> bool:
    """Does somebody deny it outright, rather than a report mention that it was not so?"""
    statement = behind.statement(span)
    if statement is None or statement.cue is None:
        return False
    return statement.kind == "deny" or bool(_limit("insists").search(tables.text(statement.cue)))


def _other_voice(span: Span, where: Span, behind: Behind) -> bool:
    one, two = behind.statement(span), behind.statement(where)
    return one is None or two is None or one.speaker != two.speaker


@cache
def _limit(role: str) -> re.Pattern[str]:
    words = [word for row in table("denials") if row["role"] == role for word in alternatives(row["words"])]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@cache
def _none() -> re.Pattern[str]:
    thing, became = rf"[a-z]{{{LETTERS},}}", _limit("became").pattern
    lacking = rf"(?P<lacking>{thing})(?: [a-z]+ [A-Z]\w+)? {became} without\b"
    return re.compile(rf"{_limit('none').pattern} (?P<thing>{thing})|\b{lacking}")


@cache
def _some() -> re.Pattern[str]:
    became = _limit("became").pattern
    return re.compile(
        rf"(?<!no )\b(?P<thing>[a-z]{{{LETTERS},}})(?: [a-z]+ [A-Z]\w+)? {became} "
        r"(?!no\b|not\b|never\b|without\b)\w+(?:ed|en|ng)\b"
    )


def _things(tables: Tables, behind: Behind) -> Iterator[Conflict]:
    """What one speaker says there was none of, and another what was done with it."""
    none: dict[tuple[str, str], list[tuple[Span, Statement]]] = defaultdict(list)
    some: dict[tuple[str, str], list[tuple[Span, Statement]]] = defaultdict(list)
    for statement in tables.statements:
        story = tables.story_of.get(statement.report)
        for part in statement.content if story else ():
            text = tables.reports[part.report].text
            for pattern, found in ((_none(), none), (_some(), some)):
                for match in pattern.finditer(text, part.start, part.end):
                    found[story or "", stem(_thing(match))].append((part, statement))
    for story, thing in sorted(none.keys() & some.keys()):
        pairs = [(a, b) for a, s in some[story, thing] for b, t in none[story, thing] if _apart(s, t)]
        if pairs:
            told, denied = (sorted({pair[side] for pair in pairs}) for side in (0, 1))
            sides = (version(tables.text(told[0]), told, behind), version(tables.text(denied[0]), denied, behind))
            note = "One speaker tells what became of it, another says that there was none."
            yield conflict(f"was there any: {thing}", "scope", story, sides, "conflict", note)


def _thing(match: re.Match[str]) -> str:
    found = match.groupdict()
    return (found["thing"] or found.get("lacking") or "").lower()


def _apart(a: Statement, b: Statement) -> bool:
    """Are they of two known speakers?"""
    return a.speaker is not None and b.speaker is not None and a.speaker != b.speaker
