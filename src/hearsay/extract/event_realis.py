"""Whether an event happened, is planned, feared, claimed or denied: cues around the trigger.

In go a Sentence, a Hit and the attributions of the report; out comes PLOVER's context as a realis. Cues come from the
table `realis_cues`; words that stand in somebody else's mouth say nothing about this trigger.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hearsay.data import alternatives, table
from hearsay.extract.clauses import Sentence, roles
from hearsay.extract.triggers import Hit
from hearsay.model import Attribution, Realis, Span

_PERSONS = frozenset({"person", "role", "group"})


def apart(span: Span, head: Span, attributions: Sequence[Attribution]) -> bool:
    """Does `span` stand in somebody's words that do not hold `head`?"""
    holding = [part for a in attributions for part in a.content if part.holds(span)]
    return any(not part.holds(head) for part in holding)


@cache
def _cues() -> tuple[tuple[Realis | str, str, frozenset[str]], ...]:
    return tuple((row["realis"], row["scope"], frozenset(alternatives(row["cues"]))) for row in table("realis_cues"))


@cache
def _longest() -> int:
    """Words of the longest cue."""
    return max(cue.count(" ") + 1 for _, _, cues in _cues() for cue in cues)


def audible(sentence: Sentence, head: Span, attributions: Sequence[Attribution]) -> list[str]:
    """Words of the sentence, blank where they stand in somebody's words that do not hold the trigger."""
    aside = [part for a in attributions for part in a.content if not part.holds(head)]
    return [
        "" if any(part.start <= token.start and token.end <= part.end for part in aside) else token.word
        for token in sentence.tokens
    ]


def realis(sentence: Sentence, hit: Hit, words: Sequence[str], within: Attribution | None, date: Span | None) -> Realis:
    """The strongest cue in reach of the trigger; `within` is the attribution whose words hold it."""
    given = hit.noun and hit.carrier is None and _definite(sentence, hit)
    begin = hit.left
    while begin > 0 and hit.left - begin < 7 and sentence.segment[begin - 1] == sentence.segment[hit.left]:
        begin -= 1
    if not hit.noun and hit.kind != "base" and sentence.kind(hit.left - 1) == "coord":
        begin = hit.left
    if given:
        begin = max(begin, hit.left - 2) if sentence.kind(hit.left - 1) == "prep" else hit.left
    said = {
        "near": _phrases(words[begin : hit.first]),
        "after": _phrases(words[hit.last + 1 : hit.last + 6]),
        "sentence": _phrases([] if given else words[: hit.first]),
    }
    seen = {value for value, scope, cues in _cues() if not cues.isdisjoint(said[scope])}
    if "would" in seen:
        seen.add("hypothetical" if within is None else "planned")
    verb = hit.verb
    place = sentence.covered(date.start, date.end) if date else None
    if (
        verb
        and sentence.kind(verb[0]) == "to"
        and "actual" not in seen
        and (hit.entry.mode or hit.entry.type != "CONSULT")
    ):
        seen.add("planned")
    if place and sentence.word(place[0] - 1) == "for":
        seen.add("planned")
    if verb and within and _recounted(sentence, verb, within):
        seen.add("alleged")
    order: tuple[Realis, ...] = ("negated", "hypothetical", "alleged", "planned")
    return next((value for value in order if value in seen), "actual")


def _recounted(sentence: Sentence, verb: tuple[int, int], within: Attribution) -> bool:
    """Does a person tell of it as past ("he said the sirens had sounded"), so that only they claim it?"""
    if within.form == "direct" or "had" not in {sentence.word(k) for k in range(verb[0], verb[1] + 1)}:
        return False
    return any(
        m.kind in _PERSONS and m.form != "nominal" and any(m.span.touches(s) for s in within.source)
        for m in sentence.mentions
    )


def _definite(sentence: Sentence, hit: Hit) -> bool:
    """Is the noun taken as known ("the summit", "his visit"), whatever becomes of the verb around it?"""
    kinds = {sentence.kind(k) for k in range(hit.left, hit.first)}
    return "poss" in kinds or "name" in kinds or sentence.word(hit.left) in roles("given")


def _phrases(words: Sequence[str]) -> set[str]:
    """All runs of words that are not longer than a cue can be."""
    return {" ".join(words[k : k + n]) for n in range(1, _longest() + 1) for k in range(len(words) - n + 1)}
