"""The shape of a sentence without a parser: tokens, their word classes, and where one clause ends and the next begins.

In go a sentence's range and the mentions in it; out comes a Sentence. No dependency parse is at hand, so position rules
(nearest subject, nearest date) lean on two things: closed word classes from `function_words`, and *segments*, the
stretches between commas, stops, relative pronouns and subordinators. Mentions are never cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hearsay.data import alternatives, table
from hearsay.model import Mention, Report, Span, Timex

_TOKEN = re.compile(r"['’](?:s|re|ll|ve|d|m)\b|(?<=s)['’](?=\s)|\d+(?:[.,:]\d+)+|\w+(?:[-.&]\w+)*(?:n['’]t)?|[^\w\s]")
PHRASE = 45  # characters: a longer mention holds a clause, whose own mentions matter
_HARD = frozenset(';:—–()[]"“”…!?«»')


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: code points into the report, its lower-case form, class and mention (index or None)."""

    start: int
    end: int
    word: str
    kind: str
    mention: int | None
    lower: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one sentence; `clause[i]` and `segment[i]` number the hard and the comma-bounded stretch of token i."""

    tokens: tuple[Token, ...]
    clause: tuple[int, ...]
    segment: tuple[int, ...]
    mentions: tuple[Mention, ...]
    report: str = ""

    def kind(self, at: int) -> str:
        """Word class of token `at`, "" beyond the sentence."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def word(self, at: int) -> str:
        """Lower-case word at `at`, "" beyond the sentence."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def span(self, first: int, last: int) -> Span:
        """Tokens `first` to `last`, both included, as a span of the report."""
        return Span(report=self.report, start=self.tokens[first].start, end=self.tokens[last].end)

    def one_mention(self, a: int, b: int) -> bool:
        """Do two tokens lie in one mention?"""
        mention = self.tokens[a].mention
        return mention is not None and mention == self.tokens[b].mention

    def begin(self, at: int) -> int:
        """First token of the mention that token `at` lies in, or `at`."""
        while at > 0 and self.one_mention(at - 1, at):
            at -= 1
        return at

    def covered(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last token that touch a range of the report, or None."""
        inside = [i for i, token in enumerate(self.tokens) if token.start < end and start < token.end]
        return (inside[0], inside[-1]) if inside else None


@cache
def classes() -> dict[str, str]:
    """Class of every function word."""
    return {word: row["class"] for row in reversed(table("function_words")) for word in alternatives(row["words"])}


@cache
def roles(name: str) -> frozenset[str]:
    """Words that play a role around a trigger, from `word_roles`."""
    return frozenset(word for row in table("word_roles") if row["role"] == name for word in alternatives(row["words"]))


def read_sentence(
    report: Report, start: int, end: int, *, mentions: Sequence[Mention], timexes: Sequence[Timex] = ()
) -> Sentence:
    """Tokens, classes and clauses of `report.text[start:end]`; `mentions` and `timexes` may be all of the report's."""
    text = report.text
    here = tuple(m for m in mentions if start <= m.span.start < end)
    dated = {at for t in timexes if start <= t.span.start < end for at in range(t.span.start, t.span.end)}
    longest = sorted(range(len(here)), key=lambda i: _extent(here[i]))
    owner = {at: i for i in longest for at in range(here[i].span.start, here[i].span.end)}
    tokens = []
    edges = {at for m in here for at in (m.span.start, m.span.end)}
    for first, last in _pieces(text, start, end, edges):
        word = text[first:last].lower()
        mention = owner.get(first)
        kind = (
            "name"
            if word == "-" and mention is None and first in edges
            else _class(word, here[mention] if mention is not None else None, first in dated)
        )
        tokens.append(Token(first, last, word, kind, mention, text[first:last].islower()))
    clause, segment = _stretches(tokens)
    return Sentence(tuple(tokens), clause, segment, here, report.id)


def _extent(mention: Mention) -> tuple[bool, int, int]:
    """Order in which mentions claim tokens: the longer one last and so for good, unless it holds a clause."""
    length = mention.span.end - mention.span.start
    return length <= PHRASE, length, mention.span.start


def _pieces(text: str, start: int, end: int, cuts: set[int]) -> Iterator[tuple[int, int]]:
    """Words and marks as ranges; a word is cut where a mention begins or ends in it ("Ada-Olo summit")."""
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        yield from pairwise([first, *(at for at in range(first + 1, last) if at in cuts), last])


def _class(word: str, mention: Mention | None, dated: bool) -> str:
    known = classes().get(word)
    if mention is not None and mention.form != "pronoun" and known != "poss":
        return "name"
    if dated and known not in {"prep", "det", "poss"}:
        return "time"
    if not word[0].isalnum() and known is None:
        return "hard" if word in _HARD else "comma" if word == "," else "mark"
    if word[0].isdigit():
        return "number"
    return known or "word"


def _stretches(tokens: Sequence[Token]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Numbers of the clause and of the segment that each token lies in; a boundary word opens its own stretch."""
    clauses, segments, clause, segment = [], [], 0, 0
    for i, token in enumerate(tokens):
        after = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        complement = token.word == "that" and i > 0 and after in {"det", "poss", "name", "pron", "modal", "be", "have"}
        such = token.word == "as" and i > 0 and tokens[i - 1].word == "such"
        if (token.kind in {"hard", "sub", "rel"} and not such) or complement:
            clause, segment = clause + 1, segment + 1
        elif token.kind == "comma":
            segment += 1
        clauses.append(clause)
        segments.append(segment)
    return tuple(clauses), tuple(segments)
