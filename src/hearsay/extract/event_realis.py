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
def _cues() -> tuple[tuple[Realis | str, str, frozenset[str], int], ...]:
    rows = ((row["realis"], row["scope"], frozenset(alternatives(row["cues"]))) for row in table("realis_cues"))
    return tuple((value, scope, cues, max(c.count(" ") + 1 for c in cues)) for value, scope, cues in rows)


def audible(sentence: Sentence, head: Span, attributions: Sequence[Attribution]) -> list[str]:
    """Words of the sentence, blank where they stand in somebody's words that do not hold the trigger."""
    return [
        "" if apart(Span(report=head.report, start=t.start, end=t.end), head, attributions) else t.word
        for t in sentence.tokens
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
    stretches = {
        "near": words[begin : hit.first],
        "after": words[hit.last + 1 : hit.last + 6],
        "sentence": [] if given else words[: hit.first],
    }
    seen = {value for value, scope, cues, longest in _cues() if _has(stretches[scope], cues, longest)}
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


def _has(words: Sequence[str], cues: frozenset[str], longest: int) -> bool:
    return any(" ".join(words[k : k + n]) in cues for n in range(1, longest + 1) for k in range(len(words) - n + 1))
