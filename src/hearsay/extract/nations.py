"""States that no table knows: a report's tokens in, the names, nationality words and capitals of its states out.

A word that modifies offices and ministries is a nationality where a name of the report, with a usual ending, gives it
("Varland", "the Varlandish president"). "People's Republic of Varland" and "(PRV)" behind it are the same state, and
"Orrin, the capital of Varland" stands for it where it acts. Nothing here knows of another report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from hearsay.data import alternatives, table
from hearsay.extract.nominals import demonyms, head_at, modifiers
from hearsay.extract.tokens import Token, cue_forms, tokens, words_of
from hearsay.naming import fold, known_names, seats

Words = tuple[str, ...]
LEAST = 4  # letters that a state's name and its nationality share at least
ENDING = 2  # letters at the end of a state's name that its nationality may lack
REACH = 4  # words from a nationality to the noun that it modifies
NEAR = 6  # words from a long name to its acronym


@dataclass(frozen=True)
class Nations:
    """What a report tells of states: lower-case words with the state's name, for names, nationalities and capitals."""

    names: tuple[tuple[Words, str], ...] = ()
    demonyms: tuple[tuple[Words, str], ...] = ()
    seats: tuple[tuple[Words, str], ...] = ()

    @cached_property
    def by_words(self) -> dict[Words, str]:
        """The state that words name, be it by a nationality or a capital."""
        return dict((*self.seats, *self.demonyms, *self.names))

    def named(self, text: str) -> str:
        """The state of which `text` is a name or acronym; "" when it is none."""
        return dict(self.names).get(_split(text), "")

    def seated(self, text: str) -> str:
        """The state of which `text` is the capital; "" when it is none."""
        return dict(self.seats).get(_split(text), "")


UNKNOWN = Nations()


@lru_cache(maxsize=1 << 12)
def _split(text: str) -> Words:
    return tuple(token.lower for token in tokens(text))


def learn(words: Sequence[Token]) -> Nations:
    """The states that a report tells of and no table knows."""
    bases = _bases(words)
    found: dict[str, str] = {}
    for i in _candidates(words):
        word = words[i].text
        base = _base_of(word, bases)
        if base or (_alone(word) and _office(words, i) is not None):
            found.setdefault(word.lower(), base or word)
    names: dict[Words, str] = {(state.lower(),): state for word, state in found.items() if state.lower() != word}
    for long, state in _long_names(words):
        names.setdefault(long, names.get((state.lower(),), state))
        names.setdefault((state.lower(),), state)
    return Nations(
        names=tuple(sorted(names.items())),
        demonyms=tuple(sorted(((word,), state) for word, state in found.items())),
        seats=tuple(sorted(_capitals(words, {**names, **{(word,): state for word, state in found.items()}}))),
    )


def marked(words: Sequence[Token], nations: Nations) -> tuple[Token, ...]:
    """The tokens, with those that are nationalities marked."""
    plain = {word for (word,), _ in nations.demonyms}
    plain |= {f"{word}s" for word in plain}
    return tuple(replace(token, demonym=True) if token.lower in plain and token.capital else token for token in words)


def offices(words: Sequence[Token], nations: Nations) -> dict[str, list[str]]:
    """The offices and bodies that each state's nationality modifies, in lower case."""
    found: dict[str, list[str]] = defaultdict(list)
    known = dict(nations.demonyms)
    for i, token in enumerate(words):
        if token.demonym and (state := known.get((token.lower,))) is not None and (noun := _office(words, i)):
            found[state.lower()].append(noun)
    return found


# -- nationalities -----------------------------------------------------------------------------------------------------


@cache
def _endings() -> dict[str, bool]:
    return {row["ending"]: row["alone"] == "yes" for row in table("demonym_endings")}


@cache
def _taken() -> frozenset[str]:
    """Words that a table knows already."""
    known = {word for name in (*known_names(), *seats()) for word in (name,) if " " not in word}
    dates = {row["word"] for row in table("calendar_words")}
    others = {row["word"].lower() for row in table("no_nations")}
    return frozenset(known | dates | others | demonyms())


def _plain_name(token: Token) -> bool:
    return token.capital and not token.upper and token.text.isalpha() and len(token.text) >= LEAST


def _bases(words: Sequence[Token]) -> dict[str, list[str]]:
    """Capitalised words by their first letters."""
    found: dict[str, set[str]] = defaultdict(set)
    for i, token in enumerate(words):
        if _plain_name(token) and token.lower not in _taken() and head_at(words, i) is None:
            found[token.lower[:LEAST]].add(token.text)
    return {start: sorted(names) for start, names in found.items()}


def _candidates(words: Sequence[Token]) -> Iterator[int]:
    """Capitalised words that modify a noun."""
    for i, token in enumerate(words):
        if not _plain_name(token) or token.lower in _taken() or head_at(words, i) is not None:
            continue
        if any(token.lower.endswith(ending) for ending in _endings()) and _modifies(words, i):
            yield i


def _modifies(words: Sequence[Token], i: int) -> bool:
    if i + 1 >= len(words) or words[i + 1].sentence != words[i].sentence or words[i + 1].start != words[i].end + 1:
        return False
    if _office(words, i) is not None:
        return True
    after = words[i + 1]
    if not after.text.islower() or after.lower in _grammar() or after.lower in cue_forms() or after.text.endswith("ed"):
        return False
    return i > 0 and words[i - 1].sentence == words[i].sentence and not words[i - 1].capital


@cache
def _grammar() -> frozenset[str]:
    small = {word for row in table("function_words") for word in alternatives(row["words"])}
    return frozenset(small | {row["word"] for row in table("stop_words")})


def _office(words: Sequence[Token], i: int) -> str | None:
    """The noun for a person or body that token `i` modifies, with nothing but titles between."""
    for k in range(i + 1, min(i + 1 + REACH, len(words))):
        if words[k].sentence != words[i].sentence or not words[k].word:
            return None
        head = head_at(words, k)
        if head is not None and head.noun.kind in ("person", "organisation", "country"):
            return head.noun.noun
        if words[k].lower not in modifiers():
            return None
    return None


def _base_of(word: str, bases: dict[str, list[str]]) -> str:
    """The name that `word` is made from; the longest of several."""
    fits = [name for name in bases.get(word[:LEAST].lower(), ()) if _made_from(word.lower(), name.lower())]
    return max(fits, key=lambda name: (len(name), name), default="")


def _made_from(word: str, name: str) -> bool:
    """Is `word` the name with an ending, where the name may lose the vowels that it ends in?"""
    shared = next((i for i, (x, y) in enumerate(zip(word, name, strict=False)) if x != y), min(len(word), len(name)))
    lost = name[shared:]
    return shared >= LEAST and word[shared:] in _endings() and len(lost) <= ENDING and all(c in "aeiouy" for c in lost)


def _alone(word: str) -> bool:
    endings = [ending for ending, alone in _endings().items() if alone]
    return any(word.lower().endswith(ending) and len(word) >= LEAST + len(ending) - 1 for ending in endings)


# -- long names and capitals -------------------------------------------------------------------------------------------


def _long_names(words: Sequence[Token]) -> Iterator[tuple[Words, str]]:
    """ "People's Republic of Varland" and its acronym, each with the state's short name."""
    for i, token in enumerate(words):
        head = head_at(words, i) if token.capital and not token.loud else None
        if head is None or f"{head.noun.noun} of" not in _long_heads():
            continue
        last = head.last + 1
        if last >= len(words) or words[head.last].lower != "of" or not _plain_name(words[last]):
            continue
        first = _begun(words, i)
        long = tuple(word.lower for word in words[first : last + 1])
        if fold(" ".join(long)) in known_names() or words[last].lower in _taken():
            continue
        state = words[last].text
        yield long, state
        initials = "".join(word[0] for word in long if word not in ("of", "the", "'s"))
        for near in words[last + 1 : last + 1 + NEAR]:
            if near.upper and near.lower == initials:
                yield (near.lower,), state


@cache
def _long_heads() -> frozenset[str]:
    """Words that open the long name of a state ("republic of")."""
    rows = table("name_contexts")
    return frozenset(row["words"] for row in rows if row["where"] == "before" and row["kind"] == "state")


def _begun(words: Sequence[Token], i: int) -> int:
    """First token of the capitalised words before the noun ("People's Democratic")."""
    while i > 0 and words[i - 1].sentence == words[i].sentence and (words[i - 1].capital or words[i - 1].lower == "'s"):
        if words[i - 1].lower in words_of("det"):
            break
        i -= 1
    return i


def _capitals(words: Sequence[Token], states: dict[Words, str]) -> Iterator[tuple[Words, str]]:
    """ "Orrin, the capital of Varland", "Varland's capital, Orrin", "the Varlandish capital Orrin"."""
    for i, token in enumerate(words):
        if token.lower != "capital" or i == 0:
            continue
        owner = words[i - 2] if words[i - 1].lower == "'s" and i > 1 else words[i - 1]
        behind = [k for k in (i + 1, i + 2) if k < len(words) and words[k].sentence == token.sentence]
        if (state := states.get((owner.lower,))) is not None and behind:
            at = behind[-1] if words[behind[0]].text == "," else behind[0]
            yield from _seat(words, at, state)
        if len(behind) == 2 and words[i + 1].lower == "of" and (state := states.get((words[i + 2].lower,))) is not None:
            opening = [k for k in (i - 2, i - 3) if k >= 0 and words[k].text == ","]
            yield from (seat for k in opening[:1] for seat in _seat(words, k - 1, state))


def _seat(words: Sequence[Token], at: int, state: str) -> Iterable[tuple[Words, str]]:
    if at >= 0 and _plain_name(words[at]) and words[at].lower not in _taken():
        yield (words[at].lower,), state
