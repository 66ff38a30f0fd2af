"""What a frame and a sentence are, and the small questions that every part of the grammar of frames asks.

A Sentence comes with its mentions and quotations; a Frame says who said what in it. Nothing here knows a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hearsay.extract.cues import Token, words
from hearsay.extract.text import Range
from hearsay.model import StatementKind

How = Literal["verb", "tail", "head", "middle", "narrated", "citing", "colon", "noun"]
REACH = 12  # tokens between a closing tag's comma and its cue, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One attribution as the grammar sees it. `joins` is where a frame before it must end, or None when it is nested.

    `phrase`: the content is a noun phrase, so a new main clause ends it; a clause may go on with "and" and "while".
    """

    how: How
    cue: Range
    content: tuple[Range, ...]
    source: Range | None
    kind: StatementKind
    strong: bool
    addressee: Range | None = None
    joins: int | None = None
    phrase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence with what was found in it. `mentions` and `quotes` are ranges inside `range`, in text order.

    `opens` is where the main clause begins behind "According to X,".
    """

    text: str
    range: Range
    mentions: tuple[Range, ...]
    quotes: tuple[Range, ...]
    headline: bool = False
    opens: int = 0

    def quoted(self, at: int) -> Range | None:
        """The quotation that holds the character at `at`."""
        return next((q for q in self.quotes if q[0] <= at < q[1]), None)


def is_plural(phrase: str) -> bool:
    """May the phrase be the subject of a plural verb ("residents say", "Seoul and X warn")?"""
    low = phrase.lower()
    return low in words("plural") or bool(re.search(r"s$|\band\b", low)) or low.split()[-1] in words("plural")


def object_of(sentence: Sentence, line: Sequence[Token], i: int) -> tuple[Range | None, int]:
    """The addressee that starts at token `i`, and the token behind it."""
    at = line[i].start
    for k in range(i, min(i + REACH, len(line))):  # "told a news conference in X that", "told the council of Y to"
        if line[k].low in {"that", "to"} and k > i:
            return (at, line[k - 1].end), k
        if line[k].low in {",", ".", ":"} | words("auxiliary") | words("clause_subject"):
            break
    fits = [m for m in sentence.mentions if m[0] <= at < m[1]]
    named = next((m for m in sentence.mentions if at < m[0]), None)  # "told the private channel X"
    between = words("tail") | words("preposition") | {"that"}
    if not fits and named and not any(t.low in between for t in line[i:] if t.end <= named[0]):
        fits = [named]
    if not fits:
        return None, i
    last = max(m[1] for m in fits)
    return (at, last), next((k for k in range(i, len(line)) if line[k].start >= last), len(line))


def verb_start(line: Sequence[Token], i: int) -> int:
    """First token of the verb group that ends at token `i`: auxiliaries and adverbs belong to it."""
    while i > 1 and (line[i - 1].low in words("auxiliary") | words("adverb") or _is_adverb(line[i - 1].low)):
        i -= 1
    return i


def is_gerund(word: str) -> bool:
    return word.endswith("ing") and word not in words("not_gerund")


def _is_adverb(word: str) -> bool:
    return len(word) > 4 and word.endswith("ly") and word not in words("not_adverb")


def is_end(line: Sequence[Token], k: int) -> bool:
    return k == len(line) - 1 and line[k].low in {".", "!", "?"}
