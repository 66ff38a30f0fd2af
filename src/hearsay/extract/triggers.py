"""Which words of a sentence name an event: the trigger lexicon applied with the words around as the only grammar.

In goes a Sentence; out come Hits, each with its lexicon entry, whether it stands as noun or verb, and the phrase it
heads. A verb that only carries an event noun ("held a meeting") joins the noun's hit instead of making its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from hearsay.data import alternatives, table
from hearsay.extract.clauses import Sentence

Kind = Literal["base", "s", "past", "ing", "noun"]
_VOWELS = "aeiou"
_NP_STOP = frozenset(
    {"prep", "to", "by", "comma", "hard", "mark", "sub", "rel", "coord", "be", "have", "do", "modal", "pron", "obj"}
)
_CARRIERS = frozenset({"light", "takes", "keeps"})
_AUX = frozenset({"be", "have", "do", "modal", "neg", "adv", "to"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the trigger lexicon."""

    lemma: str
    pos: str
    type: str | None
    mode: str | None
    sense: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in a sentence. All places are token indices, both ends included.

    `first`..`last` are the trigger's own words, `left`..`right` the phrase around it (auxiliaries of a verb, determiner
    and modifiers of a noun), `carrier` the light verb that carries a noun, if any.
    """

    first: int
    last: int
    entry: Entry
    kind: Kind
    left: int
    right: int
    carrier: tuple[int, int] | None = None
    passive: bool = False

    @property
    def noun(self) -> bool:
        """Does it stand as a noun?"""
        return self.kind == "noun"

    @property
    def verb(self) -> tuple[int, int] | None:
        """The verb group that says it happened: its own, or its carrier's."""
        return self.carrier if self.carrier or self.noun else (self.left, self.last)


def inflections(lemma: str) -> dict[str, Kind]:
    """Regular forms of a verb; a last consonant is doubled as well where that may be so."""
    head, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    stem = head[:-1] if head.endswith("e") else head
    forms: dict[str, Kind] = {head: "base"}
    if head.endswith("y") and head[-2:-1] not in _VOWELS:
        forms |= {f"{head[:-1]}ies": "s", f"{head[:-1]}ied": "past", f"{head}ing": "ing"}
    else:
        forms |= {_plural(head): "s", f"{stem}ed": "past", f"{stem}ing": "ing"}
        if len(head) > 2 and head[-1] not in "aeiouwxyh" and head[-2] in _VOWELS and head[-3] not in _VOWELS:
            forms |= {f"{head}{head[-1]}ed": "past", f"{head}{head[-1]}ing": "ing"}
    return {form + tail: kind for form, kind in forms.items()}


def _plural(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


def _kind(form: str) -> Kind:
    word = form.split(" ")[0]
    return "ing" if word.endswith("ing") else "s" if word.endswith("s") and not word.endswith("ss") else "past"


@cache
def lexicon() -> dict[str, tuple[tuple[tuple[str, ...], Entry, Kind], ...]]:
    """First word of a form -> (words, entry, kind of form), longest form first."""
    index: dict[str, list[tuple[tuple[str, ...], Entry, Kind]]] = defaultdict(list)
    for row in table("event_triggers"):
        needs = frozenset(row["needs"].split(",")) - {""}
        spellings = alternatives(row["lemma"])
        entry = Entry(spellings[0], row["pos"], row["type"] or None, row["mode"] or None, row["sense"], needs)
        only, irregular = row["forms"].startswith("="), alternatives(row["forms"].removeprefix("="))
        forms: dict[str, Kind]
        if entry.pos == "n":
            plurals = irregular or tuple(map(_plural, spellings))
            forms = dict.fromkeys((*spellings, *plurals), "noun")
        else:
            own = {form: _kind(form) for form in irregular}
            regular = {form: kind for lemma in spellings for form, kind in inflections(lemma).items()}
            forms = own if only else regular | own
        for form, kind in forms.items():
            words = tuple(form.split(" "))
            index[words[0]].append((words, entry, kind))
    return {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r[1].pos, r[0]))) for first, rows in index.items()}


def hits(sentence: Sentence) -> tuple[Hit, ...]:
    """Triggers of a sentence in order, each phrase once; light verbs and modifying nouns are taken in."""
    found = _matches(sentence)
    found = [hit for i, hit in enumerate(found) if not _modifies(hit, found[i + 1 : i + 2])]
    found = [_clipped(hit, found[i - 1 : i]) for i, hit in enumerate(found)]
    return tuple(_carried(sentence, found))


def _matches(sentence: Sentence) -> list[Hit]:
    found: list[Hit] = []
    at = 0
    while at < len(sentence.tokens):
        hit = _match(sentence, at)
        if hit is None:
            at += 1
        else:
            found.append(hit)
            at = hit.last + 1
    return found


def _match(sentence: Sentence, at: int) -> Hit | None:
    token = sentence.tokens[at]
    if token.kind == "time" or (token.mention is not None and not _common(sentence, at)):
        return None
    fitting = [
        (words, entry, kind)
        for words, entry, kind in lexicon().get(token.word, ())
        if all(sentence.word(at + k) == word for k, word in enumerate(words))
    ]
    fitting = [row for row in fitting if len(row[0]) == len(fitting[0][0])]
    nouns = [row for row in fitting if row[1].pos == "n"]
    verbs = [row for row in fitting if row[1].pos == "v"]
    if not fitting:
        return None
    last = at + len(fitting[0][0]) - 1
    if token.mention is not None and verbs and not nouns and (verbs[0][2] != "past" or "undergo" in verbs[0][1].needs):
        return None
    if token.mention is not None and nouns and not _ends_mention(sentence, last):
        return None
    if not verbs and _gerund(sentence, at, last):
        return None
    noun = bool(nouns) and (not verbs or stands_as_noun(sentence, at, last, verbs[0][2]))
    if not noun and not nouns and _nominal(sentence, at, verbs[0][2]):
        return None
    _, entry, kind = nouns[0] if noun else verbs[0]
    if noun:
        left, right = _noun_phrase(sentence, at, last)
        return Hit(at, last, entry, kind, left, right)
    left = _verb_group(sentence, at)
    return Hit(at, last, entry, kind, left, last, passive=_passive(sentence, left, at, last, kind))


def _common(sentence: Sentence, at: int) -> bool:
    """Is the token a common word of a nominal mention ("a burst pipe", "the budget meeting"), not part of a name?"""
    return sentence.mentions[sentence.tokens[at].mention or 0].form == "nominal" and sentence.tokens[at].lower


def _ends_mention(sentence: Sentence, last: int) -> bool:
    return sentence.mentions[sentence.tokens[last].mention or 0].span.end == sentence.tokens[last].end


def stands_as_noun(sentence: Sentence, at: int, last: int, verb: Kind) -> bool:
    """Is a form that could be either a noun here? `verb` is the kind of verb form it would be."""
    before = at - 1
    while sentence.kind(before) == "adv":
        before -= 1
    kind, after = sentence.kind(before), sentence.kind(last + 1)
    if kind in {"to", "modal", "do", "pron", "neg", "rel"}:
        return False
    if kind in {"be", "have"}:
        return verb not in {"past", "ing"}
    if kind in {"det", "poss", "prep", "number", "by"}:
        return verb != "ing" or kind in {"det", "poss"} or after in {"prep", "comma", "hard", "by", "to"}
    if verb == "past":
        return False
    return after not in {"det", "poss", "name", "obj", "number"}


def _gerund(sentence: Sentence, at: int, last: int) -> bool:
    """Does a noun in -ing have an object, so that it is another verb's form ("hearing the report")?"""
    free = sentence.kind(at - 1) not in {"det", "poss", "word", "name"}
    return sentence.word(at).endswith("ing") and free and sentence.kind(last + 1) in {"det", "poss", "name"}


def _nominal(sentence: Sentence, at: int, kind: Kind) -> bool:
    """Does a verb form stand where only a noun or an adjective can ("the ruling party")?"""
    if kind == "ing" and sentence.kind(at - 1) in {"det", "poss"}:
        return True
    if kind in {"base", "s"} and sentence.word(at + 1) == "of":
        return True
    return kind in {"base", "s"} and sentence.kind(at - 1) in {"det", "poss", "prep", "by"}


def _noun_phrase(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Left and right end of the noun phrase around a noun, its determiner or possessor taken in."""
    left = first
    while left > 0 and first - left < 8 and sentence.segment[left - 1] == sentence.segment[first]:
        kind = sentence.kind(left - 1)
        if kind in _NP_STOP or (kind == "adv" and sentence.kind(left - 2) in _NP_STOP):
            break
        left -= 1
        if kind == "det" or (kind == "poss" and not sentence.word(left).endswith("s")):
            break
        if kind == "poss" and sentence.word(left) not in {"'s", "’s"}:
            break
    return left, last


def _verb_group(sentence: Sentence, at: int) -> int:
    left = at
    while left > 0 and at - left < 5 and sentence.kind(left - 1) in _AUX:
        left -= 1
    while sentence.kind(left) == "adv" and left < at:
        left += 1
    return left


def _passive(sentence: Sentence, left: int, at: int, last: int, kind: Kind) -> bool:
    if kind != "past":
        return False
    aux = [sentence.kind(i) for i in range(left, at)]
    if "be" in aux or "have" in aux:
        return "be" in aux
    return sentence.kind(last + 1) == "by"


def _modifies(hit: Hit, following: list[Hit]) -> bool:
    """Is this noun only a modifier of the noun hit right behind it ("summit meeting")?"""
    return bool(following) and following[0].noun and following[0].left <= hit.first and hit.noun


def _clipped(hit: Hit, before: list[Hit]) -> Hit:
    """A noun phrase does not reach over the verb before it ("discuss border talks")."""
    if hit.noun and before and not before[0].noun and hit.left <= before[0].last:
        return replace(hit, left=before[0].last + 1)
    return hit


def _carried(sentence: Sentence, found: list[Hit]) -> Iterator[Hit]:
    """Light verbs joined with the noun they carry; weak nouns that nothing carries are dropped."""
    used: set[int] = set()
    for i, hit in enumerate(found):
        if not hit.noun:
            continue
        carrier = _carrier(sentence, found, i)
        if carrier is not None:
            verb = found[carrier]
            used.add(carrier)
            own = verb if "keeps" in verb.entry.needs else hit
            found[i] = replace(
                own,
                entry=replace(own.entry, needs=frozenset()),
                carrier=(verb.left, verb.last),
                passive=verb.passive or verb.first > hit.last,
                left=min(hit.left, verb.left),
                right=max(hit.right, verb.last),
            )
        elif "light" in hit.entry.needs:
            used.add(i)
    for i, hit in enumerate(found):
        if i not in used and not ("light" in hit.entry.needs and not hit.noun):
            yield hit


def _carrier(sentence: Sentence, found: list[Hit], i: int) -> int | None:
    """Index of the verb that carries noun `i`: right before its phrase, or right behind it in the passive."""
    hit = found[i]
    if i > 0:
        verb = found[i - 1]
        said = "day" in verb.entry.needs and hit.entry.mode == "speech" and not hit.entry.needs
        if not verb.noun and (said or verb.entry.needs & _CARRIERS) and hit.left - verb.last <= 5:
            between = [sentence.kind(k) for k in range(verb.last + 1, hit.left)]
            governed = "light" not in verb.entry.needs or said
            several = between[:1] == ["det"] and between[-1:] == ["prep"] and sentence.word(hit.left - 1) == "of"
            if several or (
                len(between) <= 1 and all(kind in {"adv", "word"} or (governed and kind == "prep") for kind in between)
            ):
                return i - 1
    if i + 1 < len(found):
        verb = found[i + 1]
        gap = range(hit.last + 1, verb.left)
        if (
            not verb.noun
            and verb.entry.needs & _CARRIERS
            and (verb.kind == "past" or "follows" in verb.entry.needs)
            and len(gap) <= 14
            and sentence.clause[hit.last] == sentence.clause[verb.first]
            and all(sentence.kind(k) not in {"comma", "be", "modal"} for k in gap)
            and all(sentence.kind(k + 1) == "name" for k in gap if sentence.kind(k) == "coord")
        ):
            return i + 1
    return None
