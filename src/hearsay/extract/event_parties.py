"""Who takes part in an event and where it is: position rules around the trigger, inside its clause.

In go a Sentence and its Hits; out come spans of mentions. The subject of a verb is looked for as a reader would: the
noun phrase before it, past what a preposition governs or an apposition adds, or the subject of the verb it is
coordinated with. Nothing here knows of dates or of what is planned or denied.
"""

from __future__ import annotations

from collections.abc import Sequence

from hearsay.extract.clauses import Sentence, roles
from hearsay.extract.triggers import Hit
from hearsay.model import Span

_PLACES = frozenset({"place", "country", "facility"})
_SITES = frozenset({"place"})
_PERSONS = frozenset({"person", "role", "group"})
_PARTIES = frozenset({"person", "organisation", "country", "group", "role"})
_VERBAL = frozenset({"modal", "be", "have", "do"})
_QUOTES = frozenset('"“”')


def participants(sentence: Sentence, here: Sequence[Hit], i: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans of the mentions on the subject side and on the other side of trigger `i` of `here`."""
    hit = here[i]
    before: list[int] = []
    if hit.noun:
        before = [m for m in _mentions_in(sentence, hit.left, hit.first - 1) if _party(sentence, m)]
        if hit.entry.type is None and hit.entry.mode is None:
            before = [m for m in before if sentence.mentions[m].kind != "country"]
    verb = hit.verb
    if _fronted(sentence, hit) and not before:
        before = _main_subject(sentence, hit)
        behind = _behind(sentence, here, i)
        return _spans(sentence, before), _spans(sentence, [m for m in behind["other"] if m not in before])
    if verb is not None:
        subject = _subject(sentence, here[:i], verb[0])
        before = subject + before if not hit.passive or hit.noun else before
        behind = _behind(sentence, here, i)
        if hit.passive and not hit.noun:
            return _spans(sentence, behind["by"]), _spans(sentence, subject)
        if hit.passive:
            return _spans(sentence, behind["by"] + before), _spans(sentence, behind["other"])
        owners = behind["of"] if hit.entry.mode == "meet" or not behind["other"] else []
        other = [m for m in behind["other"] + owners if m not in before]
        return _spans(sentence, before + behind["by"]), _spans(sentence, other)
    behind = _behind(sentence, here, i)
    if before or behind["by"]:
        return _spans(sentence, before + behind["by"]), _spans(sentence, behind["other"])
    return _spans(sentence, behind["of"]), _spans(sentence, [m for m in behind["other"] if m not in behind["of"]])


def _spans(sentence: Sentence, mentions: Sequence[int]) -> tuple[Span, ...]:
    return tuple(sentence.mentions[m].span for m in dict.fromkeys(mentions))


def _mentions_in(sentence: Sentence, first: int, last: int) -> list[int]:
    """Mentions with a token in `first`..`last`, in order."""
    found = (sentence.tokens[k].mention for k in range(max(first, 0), min(last + 1, len(sentence.tokens))))
    return list(dict.fromkeys(m for m in found if m is not None))


def _party(sentence: Sentence, mention: int) -> bool:
    return sentence.mentions[mention].kind in _PARTIES


def _subject(sentence: Sentence, earlier: Sequence[Hit], at: int) -> list[int]:
    """The subject of the verb group that begins at token `at`, with what is coordinated with it.

    A finite verb takes the noun phrase before it, passing over phrases that a preposition governs; if no mention ends
    that phrase, nobody is the subject. A coordinated verb and an infinitive share the subject of the verb before them
    (but "invited Ada to come"); else they take the nearest free mention.
    """
    k = at - 1
    while sentence.kind(k) in {"adv", "neg", "time"} or sentence.word(k) in _QUOTES:
        k -= 1
    if sentence.kind(at) == "to" or sentence.kind(k) in {"coord", "prep", "by"}:
        leading = [h for h in earlier if h.verb and sentence.clause[h.first] == sentence.clause[at]]
        asked = sentence.kind(at) == "to" and leading and leading[-1].entry.type == "REQUEST"
        if leading and leading[-1].verb and not asked:
            return _subject(sentence, earlier[: earlier.index(leading[-1])], leading[-1].verb[0])
        return _nearest_free(sentence, k)
    while k >= 0:
        if sentence.kind(k) == "comma":
            k = _before_apposition(sentence, k)
            continue
        if sentence.kind(k) in {"pron", "obj"} or sentence.kind(k) == "rel" or sentence.word(k) == "that":
            return _pointed(sentence, k)
        first = _phrase_start(sentence, k)
        if first > k:
            return []
        if sentence.kind(first - 1) in {"prep", "by"} and sentence.word(first - 1) not in roles("opening"):
            k = first - 2
            continue
        k = k if sentence.tokens[k].mention is not None or sentence.kind(first - 1) != "comma" else first - 2
        mention = sentence.tokens[k].mention if k >= 0 else None
        if mention is None or not _party(sentence, mention):
            return []
        return _coordinated(sentence, sentence.begin(k))
    return []


def _fronted(sentence: Sentence, hit: Hit) -> bool:
    """Does the trigger open the sentence in a phrase of its own ("Opening the talks, ...", "In a speech, ...")?"""
    ing = sentence.word(hit.verb[0]).endswith("ing") if hit.verb else False
    said = hit.noun and hit.verb is None and hit.entry.mode == "speech"
    commas = "comma" in {sentence.kind(k) for k in range(hit.last, len(sentence.tokens))}
    return commas and ((ing and hit.left <= 1) or (said and sentence.segment[hit.first] == 0 and hit.left <= 2))


def _main_subject(sentence: Sentence, hit: Hit) -> list[int]:
    """The first free mention behind the fronted phrase."""
    for k in range(hit.right + 1, len(sentence.tokens)):
        mention = sentence.tokens[k].mention
        if mention is None or sentence.segment[k] == sentence.segment[hit.last] or not _party(sentence, mention):
            continue
        if sentence.kind(k) == "poss":
            continue
        if sentence.kind(sentence.begin(k) - 1) in {"comma", "word", "det"}:
            return [mention]
    return []


def _phrase_start(sentence: Sentence, k: int) -> int:
    """First token of the noun phrase that ends at token `k`; k + 1 if none does."""
    first = k + 1
    while first > 0 and sentence.kind(first - 1) in {"word", "name", "number", "det", "poss", "time"}:
        if sentence.segment[first - 1] != sentence.segment[k]:
            break
        first -= 1
    return first


def _before_apposition(sentence: Sentence, comma: int) -> int:
    """The token before the comma that opens the apposition which the comma at `comma` closes; -1 if there is none."""
    for k in range(comma - 1, max(-1, comma - 16), -1):
        if sentence.kind(k) == "hard":
            break
        if sentence.kind(k) == "comma":
            return k - 1
    return -1


def _pointed(sentence: Sentence, k: int) -> list[int]:
    """The mention that a pronoun at token `k` is, or that a relative pronoun there points at."""
    if sentence.kind(k) in {"pron", "obj"}:
        mention = sentence.tokens[k].mention
        return [mention] if mention is not None else []
    kinds = _PERSONS if sentence.word(k) == "who" else _PARTIES
    fallback: list[int] = []
    for back in range(k - 1, max(-1, k - 14), -1):
        mention = sentence.tokens[back].mention
        if mention is None or sentence.mentions[mention].kind not in kinds:
            continue
        if not _governed(sentence, sentence.begin(back)):
            return [mention]
        fallback = fallback or [mention]
    return fallback


def _nearest_free(sentence: Sentence, k: int) -> list[int]:
    """The nearest mention to the left that no preposition governs, in this clause."""
    while k >= 0 and not (sentence.kind(k) in {"hard", "sub", "rel"} and sentence.word(k) not in _QUOTES):
        mention = sentence.tokens[k].mention
        if mention is not None and _party(sentence, mention):
            begin = sentence.begin(k)
            if not _governed(sentence, begin):
                return _coordinated(sentence, begin)
            k = begin
        k -= 1
    return []


def _governed(sentence: Sentence, begin: int) -> bool:
    """Does a preposition or a possessive govern the noun phrase whose mention begins at `begin`?"""
    k = begin - 1
    while k >= 0 and sentence.kind(k) in {"word", "det", "number", "poss"} and begin - k < 7:
        if sentence.kind(k) == "poss" or sentence.segment[k] != sentence.segment[begin]:
            return False
        k -= 1
    return sentence.kind(k) in {"prep", "by", "to"}


def _coordinated(sentence: Sentence, begin: int) -> list[int]:
    """The mention at token `begin` and those joined to its left: "A, B and C"."""
    found = [sentence.tokens[begin].mention]
    k, linked = begin - 1, 0
    while k >= 0 and begin - k < 14:
        token = sentence.tokens[k]
        if token.mention is not None:
            if not linked or not _party(sentence, token.mention):
                break
            found.append(token.mention)
            while k > 0 and sentence.tokens[k - 1].mention == token.mention:
                k -= 1
            begin, linked = k, 0
        elif token.kind == "coord":
            linked += 1
        elif token.kind == "comma":
            linked += len(found) > 1
            if len(found) == 1 and not linked:
                break
        elif token.kind not in {"word", "det"} or begin - k > 5:
            break
        k -= 1
    return [m for m in reversed(found) if m is not None]


def _behind(sentence: Sentence, here: Sequence[Hit], i: int) -> dict[str, list[int]]:
    """Parties behind a trigger by what brings them in: "by", "of" (also between), "other" (object, with, against)."""
    hit = here[i]
    found: dict[str, list[int]] = {"by": [], "of": [], "other": []}
    bring = "" if hit.noun and hit.carrier is None else "object"
    limit = here[i + 1].left if i + 1 < len(here) else len(sentence.tokens)
    for k in range(hit.right + 1, min(len(sentence.tokens), hit.right + 26)):
        token = sentence.tokens[k]
        if sentence.clause[k] != sentence.clause[hit.last] and token.word not in _QUOTES:
            break
        if k >= limit and not (here[i + 1].noun and k <= here[i + 1].first and hit.noun is False):
            break
        if bring == "" and token.kind not in {"prep", "by", "to", "time"}:
            break
        if token.kind in _VERBAL:
            break
        if token.kind in {"prep", "by", "to"}:
            other = token.kind == "by" and k > hit.right + 1 and sentence.word(k - 1).endswith("ed")
            bring = "another's" if other else token.word
        elif token.kind == "comma" and not _listed(sentence, k):
            break
        elif token.mention is not None and _party(sentence, token.mention):
            _place_party(sentence, found, token.mention, bring)
    return found


def _listed(sentence: Sentence, k: int) -> bool:
    """Does the comma at token `k` stand between two names of a list, and not before a new clause?"""
    after = sentence.tokens[k + 1].mention if k + 1 < len(sentence.tokens) else None
    if after is None or sentence.kind(k - 1) != "name":
        return False
    end = k + 1
    while end < len(sentence.tokens) and sentence.tokens[end].mention == after:
        end += 1
    return sentence.kind(end) in {"comma", "coord"}


def _place_party(sentence: Sentence, found: dict[str, list[int]], mention: int, bring: str) -> None:
    if bring == "by":
        found["by"].append(mention)
    elif bring in roles("belonging"):
        found["of"].append(mention)
    elif bring == "object" or (
        bring in roles("recipient")
        and not (bring in roles("apart") and sentence.mentions[mention].kind in {"place", "facility"})
    ):
        found["other"].append(mention)


def place(sentence: Sentence, here: Sequence[Hit], i: int) -> Span | None:
    """Where trigger `i` happened: a place after in, at, to; what a verb visits or strikes; what "where" points at.

    A city that is the subject counts as well ("Geneva hosted talks"); a state only after a preposition or a visit.
    """
    hit = here[i]
    governs, kinds = not hit.noun, _PLACES if hit.entry.mode == "visit" else _SITES
    if hit.entry.mode == "visit" and not hit.noun:
        kinds = kinds | {"organisation"}
    limit = here[i + 1].left if i + 1 < len(here) else len(sentence.tokens)
    for k in range(hit.right + 1, min(limit, hit.right + 20)):
        if sentence.clause[k] != sentence.clause[hit.last]:
            break
        if sentence.kind(k) in {"prep", "to", "by"}:
            governs, kinds = sentence.word(k) in roles("where"), _PLACES
        mention = sentence.tokens[k].mention
        if mention is not None and governs and sentence.mentions[mention].kind in kinds:
            return sentence.mentions[mention].span
    return _place_before(sentence, hit)


def _place_before(sentence: Sentence, hit: Hit) -> Span | None:
    """A city that is the verb's subject, or the place that the clause's "where" points back at."""
    before = sentence.tokens[hit.verb[0] - 1].mention if hit.verb and hit.verb[0] > 0 else None
    if before is not None and sentence.mentions[before].kind == "place":
        return sentence.mentions[before].span
    opens = hit.left
    while opens > 0 and sentence.clause[opens - 1] == sentence.clause[hit.left]:
        opens -= 1
    if sentence.word(opens) != "where":
        return None
    places = (m for m in _mentions_in(sentence, opens - 12, opens - 1) if sentence.mentions[m].kind in _PLACES)
    return next((sentence.mentions[m].span for m in places), None)
