"""Words of a text for comparing reports: folded, without small words, cut to a rough stem.

A stem here only has to bring "strengthen", "strengthened" and "strengthening" together; it is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from hearsay.data import alternatives, table

_WORD = re.compile(r"[^\W_]+")
_OTHER = re.compile(r"[^\x00-\x7f]")
_ENDINGS = ("ations", "ation", "ingly", "ments", "ment", "ings", "ness", "ities", "ity", "ing", "ies", "ied", "ely",
            "ed", "es", "ly", "er", "al", "s", "e", "y")  # fmt: skip
ROOT = 4  # letters that a stem keeps at least


@cache
def _small() -> frozenset[str]:
    return frozenset(row["word"] for row in table("small_words"))


def fold(text: str) -> str:
    """Lower case, without accents."""
    if text.isascii():
        return text.lower()
    return _OTHER.sub(_base, unicodedata.normalize("NFKD", text)).lower()


def _base(char: re.Match[str]) -> str:
    return "" if unicodedata.combining(char[0]) else char[0]


@cache
def _irregular() -> dict[str, str]:
    return {form: row["word"] for row in table("irregular") for form in alternatives(row["form"])}


@cache
def stem(word: str) -> str:
    """The word without its ending, where at least ROOT letters are left; irregular forms are those of their word."""
    word = _irregular().get(word, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= ROOT:
            return word[: -len(ending)]
    return word


def is_past(word: str) -> bool:
    """May the folded word be a verb in the past: "signed", "held"?"""
    return word.endswith("ed") or word in _irregular()


def plain(text: str) -> tuple[str, ...]:
    """All words, folded, in order."""
    return tuple(_WORD.findall(fold(text)))


def content_words(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, in order."""
    return tuple(stem(word) for word in plain(text) if word not in _small() and (len(word) > 2 or word.isdigit()))


def shingles(text: str, size: int) -> frozenset[tuple[str, ...]]:
    """All runs of `size` words of a text."""
    found = plain(text)
    return frozenset(tuple(found[i : i + size]) for i in range(len(found) - size + 1))
