"""Names as they are compared: a surface in, its folded form and its words out.

Folding drops accents, case, full stops, apostrophes and hyphens, so that "KIM JONG-UN" and "Kim Jong Un" are one form.
Both the reading of one report and the relating of many need it, and neither may import the other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from hearsay.data import table

_POSSESSIVE = re.compile(r"(?:['’´]s|(?<=s)['’´])$")
_DROPPED = re.compile(r"[.'’´`]")
_APART = re.compile(r"[^\w]+|_")


def fold(name: str) -> str:
    """`name` in lower case without accents, stops, hyphens, a possessive ending or a leading article."""
    text = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", name.strip()))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = _APART.sub(" ", _DROPPED.sub("", text)).strip()
    return text[4:] if text.startswith("the ") else text


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(fold(name).split())


@cache
def family_first() -> frozenset[str]:
    """Folded family names that stand before the given name."""
    return frozenset(fold(row["name"]) for row in table("family_first"))


def family_of(words: tuple[str, ...]) -> str:
    """The family name among the words of a person's full name; of a single word, that word."""
    if len(words) > 1 and words[0] in family_first() and words[-1] not in family_first() - {words[0]} | {"un", "il"}:
        return words[0]
    if len(words) > 2 and words[0] in family_first():
        return words[0]
    return words[-1] if words else ""
