"""What a title or noun phrase says about its bearer: words in, a description out.

"the Northern water minister" says: a minister, singular, definite, of the North, water. Coreference compares these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from hearsay.data import alternatives, table
from hearsay.extract.nations import UNKNOWN, Nations
from hearsay.extract.nominals import Noun, definite, head_at, honorifics
from hearsay.extract.tokens import tokens, words_of


@dataclass(frozen=True, slots=True)
class Description:
    """`nouns` are the head nouns (several in "Minister of Defence, General"); `words` what else is said, in lower case.

    `count` is the number that is told, 0 where none is. `states` are canonical names.
    """

    nouns: tuple[Noun, ...]
    singular: bool
    determiner: str
    words: frozenset[str]
    states: frozenset[str]
    count: int
    owned: bool

    @property
    def definite(self) -> bool:
        """Does it ask for somebody known?"""
        return self.determiner in definite()


@lru_cache(maxsize=1 << 16)
def describe(text: str, nations: Nations = UNKNOWN) -> Description:
    """Describe a title or noun phrase. `nations` are states that no table knows."""
    words = tokens(text)
    plain = [token.lower for token in words]
    nouns: list[Noun] = []
    singular = True
    skipped: set[int] = set()
    open_phrase = True  # heads stand before the first preposition of each part between commas
    i = 0
    while i < len(words):
        if plain[i] == ",":
            open_phrase = True
        elif plain[i] == "'s" and open_phrase:
            nouns.clear()  # "the minister's spokesman" is no minister
            skipped.clear()
        elif plain[i] in words_of("prep"):
            open_phrase = False
        head = head_at(words, i) if open_phrase else None
        if head is not None and not _modifies(words, head.last):
            nouns.append(head.noun)
            singular = head.singular
            skipped.update(range(head.first, head.last))
            i = head.last
        else:
            i += 1
    small = words_of("det", "poss", "prep", "coord", "by") | honorifics() | {"."}
    rest = {word for k, word in enumerate(plain) if k not in skipped and word not in small and word[0].isalnum()}
    taught = nations.by_words
    states = _states(plain, taught)
    return Description(
        nouns=tuple(nouns),
        singular=singular,
        determiner=plain[0] if plain and plain[0] in words_of("det", "poss") else "",
        words=frozenset(
            rest - {word for state in states for word in _state_words(state)} - _taught_words(states, taught)
        ),
        states=states,
        count=max((_counts().get(word, 0) for word in plain[:3]), default=0),
        owned="'s" in plain or (bool(plain) and plain[0] in words_of("poss")),
    )


def _modifies(words: Sequence[object], i: int) -> bool:
    """Is the noun that ends at `i` followed by another noun of the table, its head?"""
    return i < len(words) and head_at(words, i) is not None  # type: ignore[arg-type]


@cache
def _counts() -> dict[str, int]:
    return {row["word"]: int(row["count"]) for row in table("number_words")}


@cache
def _state_names() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for row in table("states"):
        cells = (
            row["name"],
            *alternatives(row["aliases"]),
            *alternatives(row["demonyms"]),
            *alternatives(row["shorts"]),
        )
        for name in (*cells, *alternatives(row["capital"])):
            found.setdefault(tuple(token.lower for token in tokens(name)), row["name"])
    return found


@cache
def _state_words(state: str) -> frozenset[str]:
    return frozenset(word for words, name in _state_names().items() if name == state for word in words)


def _taught_words(states: frozenset[str], taught: Mapping[tuple[str, ...], str]) -> frozenset[str]:
    return frozenset(word for words, state in taught.items() if state in states for word in words)


def _states(plain: Sequence[str], taught: Mapping[tuple[str, ...], str]) -> frozenset[str]:
    """Canonical names of the states that the words name; longest match first."""
    found: set[str] = set()
    i = 0
    while i < len(plain):
        for length in range(min(6, len(plain) - i), 0, -1):
            words = tuple(plain[i : i + length])
            state = _state_names().get(words) or taught.get(words)
            if state is not None:
                found.add(state)
                i += length - 1
                break
        i += 1
    return frozenset(found)


def agrees(one: Noun, two: Noun) -> bool:
    """May one person bear both nouns: equal, or one covers the other ("leader", "president")?"""
    return one.noun == two.noun or one.noun in two.covers or two.noun in one.covers
