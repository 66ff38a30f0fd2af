"""Cue words in a sentence: which tokens say that somebody says, and what they take.

Knowledge is in data/cues.tsv, cue_nouns.tsv and clause_words.tsv; this module only matches them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from hearsay.data import alternatives, table
from hearsay.extract.text import Range
from hearsay.model import StatementKind

_TOKEN = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*(?:’s|'s)?|[^\w\s]")


class Token(NamedTuple):
    """A word or mark; `low` is its lower-case form."""

    start: int
    end: int
    low: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A row of the cue table. `takes` says what may follow, `strength` when it counts."""

    name: str
    kind: StatementKind
    takes: frozenset[str]
    strength: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A cue in a sentence: tokens `first` to `last` (exclusive). `inflection` is base, finite or ing."""

    cue: Cue
    first: int
    last: int
    inflection: str


@cache
def words(role: str) -> frozenset[str]:
    """The clause words of a role."""
    return frozenset(w for row in table("clause_words") if row["role"] == role for w in alternatives(row["words"]))


@cache
def attitude_nouns() -> dict[str, tuple[StatementKind, bool]]:
    """Attitude noun -> (kind, whether it is a cue without a verb)."""
    return {
        noun: (row["kind"], row["alone"] == "yes")  # type: ignore[misc]
        for row in table("cue_nouns")
        for noun in alternatives(row["noun"])
    }


@cache
def _forms() -> dict[str, tuple[tuple[tuple[str, ...], Cue, str], ...]]:
    """First word -> (all words, cue, inflection), longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Cue, str]]] = {}
    for row in table("cues"):
        cue = Cue(
            name=row["cue"],
            kind=row["kind"],  # type: ignore[arg-type]
            takes=frozenset(alternatives(row["takes"])),
            strength=row["strength"],
        )
        for form in (row["cue"], *alternatives(row["forms"])):
            parts = tuple(form.split())
            inflection = "base" if form == row["cue"] else "ing" if parts[0].endswith("ing") else "finite"
            index.setdefault(parts[0], []).append((parts, cue, inflection))
    return {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[0]))) for first, rows in index.items()}


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Words and marks of a stretch of text, in order."""
    found = _TOKEN.finditer(text, start, end)
    return [Token(m.start(), m.end(), m.group().lower()) for m in found]


def hits(line: Sequence[Token]) -> Iterator[Hit]:
    """Cues of a tokenised sentence, in order; a longer one hides those inside it."""
    forms, at = _forms(), 0
    while at < len(line):
        for parts, cue, inflection in forms.get(line[at].low, ()):
            after = line[at + len(parts)].low if at + len(parts) < len(line) else ""
            if parts[-1] == "on" and after in words("day"):
                continue  # "insisted on Monday that": the day is not what is insisted on
            if tuple(t.low for t in line[at : at + len(parts)]) == parts:
                yield Hit(cue=cue, first=at, last=at + len(parts), inflection=inflection)
                at += len(parts) - 1
                break
        at += 1


def kind_of(text: str, span: Range) -> StatementKind | None:
    """The kind that the first known cue in a stretch of text makes, or None."""
    line = tokens(text, *span)
    for hit in hits(line):
        if "noun" in hit.cue.takes:
            for token in line[hit.last : hit.last + 5]:
                if token.low in attitude_nouns():
                    return attitude_nouns()[token.low][0]
        return hit.cue.kind
    nouns = (attitude_nouns()[t.low][0] for t in line if t.low in attitude_nouns())
    return next(nouns, None)
