"""What a name names: names and a report's tokens in, the same names with the kinds that their contexts say out.

A reader that never saw a place takes it for a person, so all mentions of a name in a report vote, each with the words
around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hearsay.data import table
from hearsay.extract.nominals import head_at, honorifics
from hearsay.extract.tokens import Token, words_of
from hearsay.model import ActorKind
from hearsay.naming import fold

READER_VOTES = 1.5
TITLE_VOTES = 4.0
LISTED_VOTES = 2.0  # of a state beside the name in a list
OFFICE_VOTES = 6.0  # of an office that a nationality made from the name modifies
OWNED = 3  # words behind a possessive in which what is owned is looked for
LONE_VOTES = 0.3  # a mention of one word: people are named in full once, places never are


@dataclass(frozen=True, slots=True)
class Name:
    """A name over tokens `first`..`last` (half-open). `sure` names come from tables or carry their kind in a word."""

    first: int
    last: int
    kind: ActorKind
    sure: bool
    acronym: bool = False
    score: float = 1.0


@cache
def _contexts() -> dict[tuple[str, tuple[str, ...]], tuple[tuple[ActorKind, float], ...]]:
    found: dict[tuple[str, tuple[str, ...]], tuple[tuple[ActorKind, float], ...]] = {}
    for row in table("name_contexts"):
        if row["kind"] == "state":
            continue
        key = (row["where"], tuple(row["words"].split()))
        kind: ActorKind = row["kind"]  # type: ignore[assignment]
        found[key] = (*found.get(key, ()), (kind, float(row["weight"])))
    return found


def vote(words: Sequence[Token], names: Sequence[Name], offices: Mapping[str, Sequence[str]]) -> tuple[Name, ...]:
    """Every name with the kind that its contexts in the report say together.

    `offices` are what nationalities made from a name modify.
    """
    votes: dict[str, dict[ActorKind, float]] = defaultdict(lambda: defaultdict(float))
    keys = [fold(" ".join(w.text for w in words[n.first : n.last])) for n in names]
    for key, name in zip(keys, names, strict=True):
        if name.sure:
            votes[key][name.kind] += 100.0
            continue
        if name.last - name.first == 1:
            votes[key]["place"] += LONE_VOTES
        votes[key][name.kind] += READER_VOTES * name.score
        for kind, weight in _evidence(words, name):
            votes[key][kind] += weight
    for key in sorted(votes.keys() & offices.keys()):
        votes[key]["country"] += OFFICE_VOTES * len(offices[key])
    states = {key for key, name in zip(keys, names, strict=True) if key in offices or _sure_state(name)}
    for i in range(len(names) - 1):
        if _listed(words, names[i], names[i + 1]):
            votes[keys[i]]["country"] += LISTED_VOTES * (keys[i + 1] in states)
            votes[keys[i + 1]]["country"] += LISTED_VOTES * (keys[i] in states)
    full = [(key, name) for key, name in zip(keys, names, strict=True) if " " in key and name.kind == "person"]
    for key, _ in full:
        for part in (key.split()[0], key.split()[-1]):
            if part in votes:
                votes[part]["person"] += TITLE_VOTES
    return tuple(replace(name, kind=_winner(votes[key])) for key, name in zip(keys, names, strict=True))


def _sure_state(name: Name) -> bool:
    return name.sure and name.kind == "country"


def _listed(words: Sequence[Token], one: Name, two: Name) -> bool:
    """Do two names stand beside each other in a list ("Orbaland, Mervia and the United Isles")?"""
    between = {token.lower for token in words[one.last : two.first]}
    return bool(between) and between <= {",", "the", *words_of("coord")}


def _winner(votes: dict[ActorKind, float]) -> ActorKind:
    return max(sorted(votes), key=lambda kind: votes[kind])


def _opens_dateline(words: Sequence[Token], name: Name) -> bool:
    """Does the name open a line that goes on with a date, an agency in brackets or a dash?"""
    line = words[name.first].line
    if name.first > 0 and words[name.first - 1].line == line:
        return False
    marks = {token.text for token in words[name.last : name.last + 12] if token.line == line}
    return bool(marks & {"(", "—", "–", "-", ":"}) and name.last < len(words) and not words[name.last].lower.isalpha()


def _evidence(words: Sequence[Token], name: Name) -> Iterator[tuple[ActorKind, float]]:
    for length in (1, 2, 3):
        before = tuple(w.lower for w in words[max(0, name.first - length) : name.first])
        after = tuple(w.lower for w in words[name.last : name.last + length])
        yield from _contexts().get(("before", before), ())
        yield from _contexts().get(("after", after), ())
    if name.last < len(words) and words[name.last].lower in ("'s", "'"):
        for owned in words[name.last + 1 : name.last + 1 + OWNED]:
            if not owned.word or owned.sentence != words[name.first].sentence:
                break
            if weights := _contexts().get(("owns", (owned.lower,))):
                yield from weights
                break
    token = words[name.first]
    if name.last - name.first == 1 and token.upper and not token.loud:
        yield "organisation", 1.0
        if _opens_dateline(words, name):
            yield "place", 2 * TITLE_VOTES
    if name.first > 0 and name.last < len(words) and words[name.first - 1].text + words[name.last].text == "()":
        yield "organisation", TITLE_VOTES
    if name.first > 1 and words[name.first - 1].lower == "'s":
        yield "place", 1.0
    if name.first > 0 and words[name.first - 1].lower in ("the",):
        yield "organisation", 1.0
    row = head_at(words, name.first - 1) if name.first else None
    if row is not None and row.noun.kind == "person" and row.singular and row.last == name.first:
        yield "person", TITLE_VOTES
    if name.first > 0 and honorific_at(words, name.first - 1):
        yield "person", 2 * TITLE_VOTES


def honorific_at(words: Sequence[Token], i: int) -> bool:
    """Is token `i` an honorific or rank ("Mr", "Gen")?"""
    return words[i].capital and words[i].lower.rstrip(".") in honorifics()
