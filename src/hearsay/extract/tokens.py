"""Words of a report with their places: text in, tokens out.

Rules over words need no parse, only where words start and end, which sentence and line they stand in, and whether a
line is set in capitals. Possessive endings and hyphens are tokens of their own, so that a name never carries them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from hearsay.data import alternatives, table
from hearsay.extract.text import paragraphs, sentences

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|['’´]s\b|[^\W_]+(?:['’´&][^\W_]+)*|\S")
_INITIAL = re.compile(r"[^\W\d_]\.$")
_OWNER = re.compile(r"['’´]s$", re.IGNORECASE)
LOUD = 0.7  # share of capitalised words from which a line is a heading, where capitals tell nothing


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark. `sentence` and `line` count through the report; `loud` lines capitalise nearly every word.

    `lower` is the word in lower case, typographic apostrophes made plain. `demonym` marks a nationality that the report
    teaches.
    """

    start: int
    end: int
    text: str
    lower: str
    sentence: int
    line: int
    loud: bool
    demonym: bool = False

    @property
    def word(self) -> bool:
        """Is it a word, not a mark?"""
        return self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        """Does it start with a capital letter?"""
        return self.text[0].isupper()

    @property
    def upper(self) -> bool:
        """Is it an all-capitals word of two letters or more?"""
        return len(self.text) > 1 and self.text.isupper()


@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    """Tokens of a whole report, in order; the texts read last are remembered, as several steps need their words."""
    found: list[Token] = []
    sentence = 0
    for line, (start, end) in enumerate(paragraphs(text)):
        loud = _loud(text[start:end])
        for first, last in sentences(text, start, end):
            sentence += 1
            for begun, stop in _pieces(text, first, last):
                word = text[begun:stop]
                found.append(Token(begun, stop, word, plain(word), sentence, line, loud))
    return tuple(found)


def plain(word: str) -> str:
    """A word in lower case, typographic apostrophes made plain."""
    return word.lower().replace("’", "'").replace("´", "'")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        owner = _OWNER.search(match.group())
        if owner and owner.start() > 0:
            yield first, first + owner.start()
            yield first + owner.start(), last
        elif last - first == 1 and match.group().isupper() and _INITIAL.match(text, first, min(end, last + 1)):
            yield first, last
        else:
            yield first, last


def _loud(line: str) -> bool:
    if line.rstrip().endswith(".") and not line.isupper():
        return False  # a sentence, however many names it has
    words = list(re.findall(r"[^\W\d_]{4,}", line))
    return bool(words) and sum(word[0].isupper() for word in words) >= LOUD * len(words)


@cache
def words_of(*classes: str) -> frozenset[str]:
    """Function words of the given classes."""
    return frozenset(
        word for row in table("function_words") if row["class"] in classes for word in alternatives(row["words"])
    )


@cache
def cue_forms() -> frozenset[str]:
    """Every form of every cue verb that is one word."""
    return frozenset(
        form for row in table("cues") for form in (row["cue"], *alternatives(row["forms"])) if " " not in form
    )
