"""How alike two names are: surfaces in, a score and a verdict out.

People's names come in several romanisations, word orders and lengths. Spellings are reduced by the rules of
romanisation.tsv; what is left apart may still be alike (one letter, or the vowels), which is never enough by itself:
the caller asks for a title or another sign besides.
"""

from __future__ import annotations

import re
from functools import cache

from hearsay.data import alternatives, table
from hearsay.naming import family_first, family_of, fold, name_words

SAME, ROMANISED, SHORT, ALIKE, NONE = 1.0, 0.9, 0.7, 0.5, 0.0
ACRONYM = 2  # letters that are too few for an acronym to be told by its initials
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]+")


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = table("romanisation")
    return tuple((re.compile(row["pattern"]), row["result"]) for row in rows if row["only"] != "alike")


@cache
def _alike_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = table("romanisation")
    return tuple((re.compile(row["pattern"]), row["result"]) for row in rows if row["only"] == "alike")


@cache
def _droppable() -> frozenset[str]:
    return frozenset(row["word"] for row in table("particles") if row["drop"] == "yes")


@cache
def romanised(word: str) -> str:
    """A folded word with one spelling for each sound: "dzhamil" and "jamil" are one."""
    for pattern, result in _rules():
        word = pattern.sub(result, word)
    return _DOUBLE.sub(r"\1", word)


def skeleton(word: str) -> str:
    """The consonants of a romanised word; its first letter too where that is a vowel, as one sign for all vowels.

    Consonants that letters of other scripts are brought to by turns ("ts" and "ch") are one.
    """
    plain = romanised(word)
    for pattern, result in _alike_rules():
        plain = pattern.sub(result, plain)
    return ("a" if plain[:1] in "aeiou" else "") + _VOWELS.sub("", plain)


def person_words(name: str) -> tuple[str, ...]:
    """Words of a person's name without particles that other spellings lack."""
    words = name_words(name)
    kept = tuple(word for word in words if word not in _droppable())
    return kept or words


def people(one: str, two: str) -> float:
    """How alike two people's names are: SAME, ROMANISED, SHORT (one is part of the other), ALIKE or NONE."""
    a, b = person_words(one), person_words(two)
    if not a or not b:
        return NONE
    if "".join(a) == "".join(b) or sorted(a) == sorted(b):
        return SAME
    if len(a) == 1 or len(b) == 1:
        return _single(a, b)
    c, d = tuple(map(romanised, a)), tuple(map(romanised, b))
    if "".join(c) == "".join(d) or sorted(c) == sorted(d):
        return ROMANISED
    if _initials(a, b) or _initials(b, a) or set(c) < set(d) or set(d) < set(c):
        return SHORT
    return ALIKE if _alike(c, d) else NONE


def _single(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """One name is a single word: to be short for the other it must be its family name or its given name."""
    if len(a) == len(b):
        return ROMANISED if romanised(a[0]) == romanised(b[0]) else NONE
    short, long = (a[0], b) if len(a) == 1 else (b[0], a)
    return SHORT if romanised(short) in {romanised(family_of(long)), romanised(long[0]), romanised(long[-1])} else NONE


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "R. Lind" and "Rosa Lind": the family name equal, the other words initials."""
    if romanised(short[-1]) != romanised(long[-1]) or not all(len(word) == 1 for word in short[:-1]):
        return False
    return short[0] == long[0][0]


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Word by word in one order: equal, one letter apart, or the same consonants."""
    if len(a) != len(b):
        return False
    orders = [b, (b[-1], *b[:-1]), (*b[1:], b[0])] if {a[0], b[0], a[-1], b[-1]} & family_first() else [b]
    return any(all(near(x, y) for x, y in zip(a, order, strict=True)) for order in orders)


def near(one: str, two: str) -> bool:
    """Are two romanised words equal, one letter apart (in words of three or more), or equal but for their vowels?"""
    if one == two:
        return True
    if min(len(one), len(two)) < 3:
        return False
    consonants = skeleton(one), skeleton(two)
    return _one_apart(one, two) or (consonants[0] == consonants[1] and len(consonants[0]) > 2)


def _one_apart(one: str, two: str) -> bool:
    """Is one letter changed, missing or added?"""
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def other_person(one: str, two: str) -> bool:
    """Do two full names certainly name two people?"""
    return len(person_words(one)) > 1 and len(person_words(two)) > 1 and people(one, two) == NONE


def things(one: str, two: str) -> float:
    """How alike two names of organisations, places or facilities are; the order of words and "of" do not matter.

    A naming noun may be missing, or be another word for the same ("Lind" and "Lind province", "Hale spaceport" and
    "Hale cosmodrome"): SHORT. Different naming nouns name different things, whatever else is equal.
    """
    a, b = _content(one), _content(two)
    if not a or not b:
        return NONE
    if a == b:
        return SAME
    if sorted(map(romanised, a)) == sorted(map(romanised, b)):
        return ROMANISED
    (proper, head), (other, second) = _headed(one), _headed(two)
    if not proper or not other or (head and second and not _one_sort(head, second)):
        return NONE
    if (head and not second and not other <= proper) or (second and not head and not proper <= other):
        return NONE  # "Marsh Agency" and "United Marsh": no word of the one without a noun may be missing
    if proper <= other or other <= proper:
        return SHORT
    close = len(proper) == len(other) and all(any(near(romanised(x), romanised(y)) for y in other) for x in proper)
    return ALIKE if close and len(a) > 1 else NONE


def acronym_of(short: str, long: str) -> bool:
    """Are the capitals of `short` the initials of the words of `long`, with or without its small words?"""
    return short.isalpha() and short.isupper() and fold(short) in initials(long)


@cache
def initials(name: str) -> tuple[str, ...]:
    """The initials of a name of several words, with and without its small words."""
    words = [word for word in name_words(name) if word != "s"]
    letters = {"".join(word[0] for word in words), "".join(word[0] for word in words if word in _content(name))}
    return tuple(sorted(letter for letter in letters if len(letter) > ACRONYM))


@cache
def _content(name: str) -> frozenset[str]:
    small = {row["word"] for row in table("particles")} | {"the", "s", "in", "at"}
    return frozenset(word for word in name_words(name) if word not in small)


@cache
def _headed(name: str) -> tuple[frozenset[str], str]:
    """The words of a name without its naming noun, and that noun ("" when it has none)."""
    words = [word for word in name_words(name) if word != "s"]
    if "of" in words[1:]:
        cut = words.index("of", 1)
        for length in (2, 1):
            noun = " ".join(words[max(0, cut - length) : cut])
            if noun in _naming_nouns():
                rest = words[: max(0, cut - length)] + words[cut + 1 :]
                return frozenset(word for word in rest if word in _content(name)), noun
    for length in (2, 1):
        for start in (len(words) - length, 0):
            noun = " ".join(words[start : start + length]) if start >= 0 else ""
            if noun in _naming_nouns():
                rest = words[:start] + words[start + length :]
                return frozenset(word for word in rest if word in _content(name)), noun
    return _content(name), ""


@cache
def _naming_nouns() -> dict[str, frozenset[str]]:
    """Nouns that name organisations, places and facilities, with what else their bearers are called."""
    kinds = {"organisation", "place", "facility"}
    return {row["noun"]: frozenset(alternatives(row["covers"])) for row in table("role_nouns") if row["kind"] in kinds}


def _one_sort(one: str, two: str) -> bool:
    nouns = _naming_nouns()
    return one == two or one in nouns[two] or two in nouns[one]


def sorts_agree(one: str, two: str) -> bool:
    """Do two noun phrases name one sort of thing, neither against the other ("the army", "the Northern military")?"""
    (rest, head), (other, second) = _headed(one), _headed(two)
    if not head or not second or not _one_sort(head, second):
        return False
    small = {row["word"] for row in table("pointers")} | {row["word"] for row in table("pronouns")}
    return rest - small <= other - small or other - small <= rest - small


def sort_words(text: str) -> frozenset[str]:
    """The words of a noun phrase's naming noun and of what its bearers are also called."""
    head = _headed(text)[1]
    return frozenset(word for noun in (head, *_naming_nouns().get(head, ())) for word in noun.split())


def generic(name: str) -> bool:
    """Does the name tell only what a thing is, as "Foreign Ministry" does? Such names recur from state to state."""
    return bool(_headed(name)[1]) and _headed(name)[1] in _shared_nouns()


@cache
def _shared_nouns() -> frozenset[str]:
    return frozenset(
        row["noun"] for row in table("role_nouns") if row["kind"] == "organisation" and row["use"] == "both"
    )


@cache
def said_roles(text: str) -> frozenset[str]:
    """The nouns for people in a title or noun phrase."""
    words = name_words(text)
    nouns = {" ".join(words[i : i + length]) for length in (3, 2, 1) for i in range(len(words) - length + 1)}
    return frozenset(nouns & _people_nouns().keys())


@cache
def role_words(text: str) -> frozenset[str]:
    """The nouns for people in a title or noun phrase, with what else their bearers are called."""
    said = said_roles(text)
    return said.union(*(_people_nouns()[noun] for noun in said))


@cache
def _people_nouns() -> dict[str, frozenset[str]]:
    return {
        row["noun"].replace("-", " "): frozenset(alternatives(row["covers"]))
        for row in table("role_nouns")
        if row["kind"] == "person"
    }


@cache
def phrase_words(text: str) -> frozenset[str]:
    """What a noun phrase says: its words without determiners, particles and possessives."""
    small = {row["word"] for row in table("pointers")} | {row["word"] for row in table("pronouns")}
    return _content(text) - small
