"""Noun phrases that stand for actors: tokens in, phrases with their head nouns out.

"the Northern minister", "his deputy", "two officials of the ministry", "state media". There is no parse: from a noun
of the table one walks left over words that may modify it to a determiner, possessor or number. What may be a phrase
without one (plurals, "state media", "Freeland president" in a headline) is told by number and neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hearsay.data import alternatives, table
from hearsay.extract.tokens import Token, cue_forms, words_of
from hearsay.model import ActorKind

MODIFIERS = 6  # words between a determiner and its noun
HEAD_WORDS = 3
LONGEST = 60  # tokens of a phrase with all that is "of" it


@dataclass(frozen=True, slots=True)
class Noun:
    """A row of role_nouns.tsv."""

    noun: str
    kind: ActorKind
    gender: str
    covers: frozenset[str]
    use: str
    mass: bool  # it needs no article: "state media", "police"


@dataclass(frozen=True, slots=True)
class Head:
    """A noun over tokens `first`..`last` (half-open)."""

    noun: Noun
    first: int
    last: int
    singular: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase over tokens `first`..`last`. `determiner` is its first word in lower case, "" when it has none.

    `owner` is the token range of a possessor ("the dam" of "the dam's engineer"), or None.
    """

    first: int
    last: int
    head: Head
    determiner: str
    owner: tuple[int, int] | None = None


@cache
def nouns() -> dict[tuple[str, ...], tuple[Noun, bool]]:
    """Nouns and whether the form is singular, by their lower-case words."""
    found: dict[tuple[str, ...], tuple[Noun, bool]] = {}
    for row in table("role_nouns"):
        noun = Noun(
            noun=row["noun"],
            kind=row["kind"],  # type: ignore[arg-type]
            gender=row["gender"],
            covers=frozenset(alternatives(row["covers"])),
            use=row["use"],
            mass=row["plural"] == "-",
        )
        found.setdefault(_words(row["noun"]), (noun, row["plural"] != "-" or row["kind"] == "organisation"))
        if row["plural"] not in ("", "-"):
            found.setdefault(_words(row["plural"]), (noun, False))
    return found


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.replace("-", " - ").split())


@cache
def honorifics() -> frozenset[str]:
    """Mr, Dr and their like, in lower case."""
    return frozenset(row["title"].lower() for row in table("titles") if row["class"] in ("honorific", "rank"))


@cache
def modifiers() -> frozenset[str]:
    """Words that stand inside titles: deputy, former, foreign."""
    return frozenset(row["title"].lower() for row in table("titles") if row["class"] in ("modifier", "epithet"))


@cache
def _stops() -> frozenset[str]:
    grammar = words_of(
        "prep", "pron", "obj", "be", "have", "do", "modal", "neg", "sub", "rel", "coord", "adv", "to", "by"
    )
    return grammar | frozenset(row["word"] for row in table("stop_words"))


@cache
def _determiners() -> frozenset[str]:
    """Determiners that point at somebody ("each" and "no" do not)."""
    return frozenset(row["word"] for row in table("pointers"))


@cache
def definite() -> frozenset[str]:
    """Determiners that ask for something known."""
    return frozenset(row["word"] for row in table("pointers") if row["definite"] == "yes")


@cache
def number_words() -> frozenset[str]:
    """Numbers in words."""
    return frozenset(row["word"] for row in table("number_words"))


@cache
def speakers_own() -> frozenset[str]:
    """Possessives of the first and second person: "our children" of a quotation are nobody's actors."""
    rows = table("pronouns")
    return frozenset(row["word"] for row in rows if row["case"] == "possessive" and row["person"] != "3")


@cache
def _openings() -> frozenset[str]:
    """First words of the nouns: most words open none."""
    return frozenset(phrase[0] for phrase in nouns())


def head_at(words: Sequence[Token], i: int) -> Head | None:
    """The longest noun of the table that starts at token `i`."""
    if words[i].lower not in _openings():
        return None
    for length in range(min(HEAD_WORDS, len(words) - i), 0, -1):
        row = nouns().get(tuple(token.lower for token in words[i : i + length]))
        if row is not None:
            return Head(row[0], i, i + length, row[1])
    return None


def phrases(words: Sequence[Token], names: Sequence[tuple[int, int]]) -> tuple[Phrase, ...]:
    """All noun phrases of a report, in order; `names` are the token ranges of the proper names."""
    taken = {i for first, last in names for i in range(first, last)}
    ends = {last: first for first, last in names}
    found: list[Phrase] = []
    i = 0
    while i < len(words):
        head = None if i in taken else head_at(words, i)
        if head is None or head.noun.use == "name":
            i += 1
            continue
        if _compound(words, head, taken):  # "government official": the last noun is the head
            i += 1
            continue
        phrase = _phrase(words, head, found, ends, taken)
        if phrase is not None:
            found.append(phrase)
        i = head.last
    return tuple(found)


def _compound(words: Sequence[Token], head: Head, taken: set[int]) -> bool:
    following = head_at(words, head.last) if head.last < len(words) and head.last not in taken else None
    if following is None or following.noun.use == "name" or words[head.last].start > words[head.last - 1].end + 1:
        return False
    return words[head.first].sentence == words[head.last].sentence


def _phrase(
    words: Sequence[Token], head: Head, before: Sequence[Phrase], names: dict[int, int], taken: set[int]
) -> Phrase | None:
    """The phrase of `head`, or None when nothing says that it is one."""
    j = head.first
    while j > 0 and head.first - j <= MODIFIERS and words[j - 1].sentence == words[head.first].sentence:
        token = words[j - 1]
        if token.lower in _determiners() and (token.lower != "that" or (head.singular and not words[j].capital)):
            return Phrase(j - 1, head.last, head, token.lower)
        if token.lower == "'s" or (j >= 2 and token.lower == "'" and _possessive(words, j - 1)):
            if words[j - 2].lower in words_of("pron", "rel", "det"):
                return None  # "it's gutless leadership"
            owner = _owner(words, j - 1, before, names)
            start = owner if owner is not None else j - 2
            return Phrase(start, head.last, head, "'s", (start, j - 1))
        if token.lower in words_of("poss"):
            return Phrase(j - 1, head.last, head, token.lower, (j - 1, j))
        if not head.singular and (token.lower in number_words() or (token.text.isdigit() and len(token.text) < 4)):
            number = _number(words, j - 1)
            further = words[number - 1].lower if number > 0 else ""
            first = number - 1 if further in words_of("det", "poss") and further != "that" else number
            return Phrase(first, head.last, head, words[first].lower if first < number else token.lower)
        if token.lower == "that" and words[j].capital:
            break  # "that Foreign Minister Lind vowed": no determiner
        if token.lower in words_of("det"):
            return None
        if not _modifies(words, j - 1):
            break
        j -= 1
    return _bare(words, head, taken)


def _number(words: Sequence[Token], i: int) -> int:
    """First token of the number that ends at `i` ("5,300")."""
    while i > 1 and words[i - 1].text == "," and words[i - 2].text.isdigit() and words[i].start == words[i - 2].end + 1:
        i -= 2
    return i


def _possessive(words: Sequence[Token], i: int) -> bool:
    """Does the apostrophe close a word in s, rather than open a quotation?"""
    before = words[i - 1]
    return before.lower.endswith("s") and words[i].start == before.end


def _owner(words: Sequence[Token], mark: int, before: Sequence[Phrase], names: dict[int, int]) -> int | None:
    """First token of the possessor that ends before the possessive mark."""
    if mark in names:
        first = names[mark]
        if first > 1 and words[first - 1].text == "." and words[first - 2].lower in honorifics():
            first -= 1
        if first > 0 and words[first - 1].lower in honorifics():
            first -= 1
        return next((p.first for p in reversed(before) if p.first < first < p.last), first)
    return next((p.first for p in reversed(before[-3:]) if p.last == mark), None)


def _modifies(words: Sequence[Token], i: int) -> bool:
    token = words[i]
    if token.text == "-":
        return True
    if token.lower.endswith("ing") and token.lower not in modifiers() and not _pointed(words, i):
        return False  # "watching soldiers"
    verb = token.lower in cue_forms() and token.lower not in modifiers()
    return token.word and token.lower not in _stops() and not verb


def _pointed(words: Sequence[Token], i: int) -> bool:
    return i > 0 and words[i - 1].lower in words_of("det", "poss")


def _demonym(token: Token) -> bool:
    return token.demonym or token.lower in demonyms()


@cache
def demonyms() -> frozenset[str]:
    """The words of known nationalities, in lower case."""
    return frozenset(
        w for row in table("states") for name in alternatives(row["demonyms"]) for w in name.lower().split()
    )


def _bare(words: Sequence[Token], head: Head, taken: set[int]) -> Phrase | None:
    """A phrase without determiner: plurals and mass nouns with what surely belongs to them."""
    j = head.first
    while j > 0 and words[j - 1].sentence == words[j].sentence and head.first - j < MODIFIERS:
        token = words[j - 1]
        capital = token.capital and not token.loud
        if j - 1 in taken or (
            token.word and (capital or _demonym(token) or token.lower in modifiers() or head_at(words, j - 1))
        ):
            j -= 1
        elif token.text == "-" and j >= 2 and words[j - 2].word:
            j -= 2
        else:
            break
    while j < head.first and words[j].lower in _stops() and j not in taken:
        j += 1
    earlier = words[j - 1].lower if j > 0 and words[j - 1].sentence == words[j].sentence else ""
    if earlier in words_of("pron", "rel", "modal", "to", "poss"):
        return None  # "who heads", "to chair": a verb
    return Phrase(j, head.last, head, "")


def lasting(words: Sequence[Token], phrase: Phrase) -> bool:
    """May a phrase without determiner stand for an actor on its own (rather than be a title or a verb)?"""
    noun = phrase.head.noun
    if (noun.mass or _modifier(phrase)) and not _ends_phrase(words, phrase.last):
        return False  # "military operation", "the state tax"
    if phrase.determiner in speakers_own():
        return False
    if phrase.determiner or not phrase.head.singular:
        return bool(phrase.determiner) or phrase.first == phrase.head.first or _typed_left(words, phrase)
    if noun.kind == "organisation":
        return noun.mass
    return noun.kind == "person" and (phrase.first < phrase.head.first or words[phrase.first].loud)


def _modifier(phrase: Phrase) -> bool:
    """May the noun as well stand before another: "state"?"""
    noun = phrase.head.noun
    return noun.kind == "country" and phrase.head.singular and noun.noun in modifiers()


def _ends_phrase(words: Sequence[Token], i: int) -> bool:
    """Can token `i` not belong to a noun phrase that is still going on?"""
    if i >= len(words) or not words[i].word or words[i].sentence != words[i - 1].sentence:
        return True
    token = words[i]
    return token.lower in _stops() or token.lower in cue_forms() or token.lower.endswith("ed") or token.capital


def _typed_left(words: Sequence[Token], phrase: Phrase) -> bool:
    return all(words[i].word or words[i].text == "-" for i in range(phrase.first, phrase.head.first))


def stretched(words: Sequence[Token], phrase: Phrase, starts: dict[int, int]) -> int:
    """End of the phrase with an "of" complement; `starts` gives where actors' names and phrases that start here end."""
    end = phrase.last
    loose = phrase.head.noun.kind in ("person", "group") and phrase.determiner not in definite()
    joins = ("of", "in", "at", "from", "for") if loose else ("of",)
    if end < len(words) and words[end].lower in joins and words[end].sentence == words[end - 1].sentence:
        for start in (end + 1, end + 2):
            if start == end + 2 and (start > len(words) or words[end + 1].lower not in words_of("det")):
                break
            if start in starts and starts[start] - phrase.first <= LONGEST:
                return starts[start]
    return end
