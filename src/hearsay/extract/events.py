"""What happened, was planned, is claimed or denied: every mention of an event in a report.

In come a Report with its mentions, timexes and attributions; out come EventMentions, sorted by place. Triggers come
from the lexicon `event_triggers` (PLOVER types and modes), participants and dates from position rules inside the
clause, realis from the cue table `realis_cues`. The trigger span is the trigger's short clause: what a reader would
underline.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hearsay.data import alternatives, table
from hearsay.extract.clauses import Sentence, read_sentence
from hearsay.extract.text import paragraphs, sentences, told
from hearsay.extract.triggers import Hit, hits
from hearsay.model import Attribution, EventMention, Mention, Realis, Report, Span, Timex, digest

MAX_TRIGGER = 160
_PLACES = frozenset({"place", "country", "facility"})
_GIVEN = frozenset({"the", "this", "that", "these", "those", "both"})
_PERSONS = frozenset({"person", "role", "group"})
_ASKING = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})
_PARTIES = frozenset({"person", "organisation", "country", "group", "role"})
_WHERE = frozenset({"in", "at", "to", "near", "outside", "inside", "into"})
_PHRASE_END = frozenset({"coord", "hard", "mark", "pron", "modal", "be", "have"})
_SUBJECT_END = frozenset({"prep", "to", "by", "coord", "hard", "comma", "rel", "sub", "mark"})
_VERBAL = frozenset({"modal", "be", "have", "do"})
_OPENING = frozenset({"after", "before", "since", "until", "as"})
_QUOTES = frozenset('"“”')
_OCCASIONS = frozenset({"meet", "visit", "speech", "ceremony"})
_DURING = frozenset({"after", "at", "during", "before", "following"})
_RECIPIENT = frozenset({"with", "to", "against", "for", "on", "at"})


def find_events(
    report: Report,
    *,
    mentions: tuple[Mention, ...],
    timexes: tuple[Timex, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[EventMention, ...]:
    """Event mentions of the headline, captions and body, sorted by place.

    `mentions`, `timexes` and `attributions` are those of the same report. Never raises on any text.
    """
    found: list[EventMention] = []
    for start, end in told(report):
        for paragraph in paragraphs(report.text, start, end):
            for first, last in sentences(report.text, *paragraph):
                sentence = read_sentence(report.text, first, last, mentions=mentions, timexes=timexes)
                dates = tuple(t for t in timexes if first <= t.span.start < last and t.type in {"DATE", "TIME"})
                said = tuple(a for a in attributions if any(p.start < last and first < p.end for p in a.content))
                found += _events(report, sentence, dates, said)
    return tuple(sorted(found, key=lambda e: (e.trigger, e.id)))


def _events(
    report: Report, sentence: Sentence, dates: tuple[Timex, ...], attributions: tuple[Attribution, ...]
) -> list[EventMention]:
    here = hits(sentence)
    owned = _owners(report, sentence, here, dates, attributions)
    found = []
    each: list[tuple[int, Timex | None]] = [(i, when) for i in range(len(here)) for when in (owned.get(i) or (None,))]
    for i, when in each:
        hit = here[i]
        actor, recipient = _participants(sentence, here, i)
        occasion = _occasion(report, sentence, here, i, attributions)
        if not _counts(sentence, hit, len(actor) + len(recipient), dated=when is not None or occasion):
            continue
        date = None if when is None or "count" in hit.entry.needs else when.span
        until = sentence.covered(date.start, date.end) if date else None
        if "count" in hit.entry.needs:
            actor, recipient = (), ()
        undergone = "undergo" in hit.entry.needs and not recipient
        actor, recipient = ((), actor) if undergone else (actor, recipient)
        head = _span(report, sentence, hit.first, hit.last)
        within = _within(head, attributions)
        realis = _realis(sentence, hit, _audible(sentence, head, attributions), within, date)
        trigger = _clause(report, sentence, here, i)
        found.append(
            EventMention(
                id=digest("event-mention", report.id, head.start, head.end, when.span.start if when else ""),
                trigger=trigger,
                head=head,
                sense=hit.entry.sense,
                type=hit.entry.type,
                mode=hit.entry.mode,
                actor=actor,
                recipient=recipient,
                when=None if realis == "actual" and until and sentence.kind(until[0] - 1) == "by" else date,
                where=_place(sentence, here, i),
                realis=realis,
                within=within.id if within else None,
                score=0.6 if hit.entry.needs else 0.8,
            )
        )
    return found


def _counts(sentence: Sentence, hit: Hit, participants: int, *, dated: bool) -> bool:
    """Has the trigger the company its lexicon row asks for? `dated`: a day or an occasion stands beside it."""
    spoken = any(sentence.kind(k) in {"pron", "obj", "poss"} for k in range(hit.left - 1, hit.right + 2))
    needed = {
        "any": participants >= 1 or spoken,
        "pair": participants + spoken >= 2,
        "day": dated,
        "passive": hit.passive,
    }
    return all(needed.get(need, True) for need in hit.entry.needs)


def _occasion(
    report: Report, sentence: Sentence, here: Sequence[Hit], i: int, attributions: Sequence[Attribution]
) -> bool:
    """Does a neighbouring phrase name the occasion of a saying ("after the summit", "at a reception")?"""
    at = sentence.segment[here[i].first]
    head = _span(report, sentence, here[i].first, here[i].last)
    return here[i].entry.mode == "speech" and any(
        other.noun
        and other.entry.mode in _OCCASIONS
        and sentence.word(other.left - 1) in _DURING
        and 0 <= at - sentence.segment[other.first] <= (1 if sentence.segment[other.first] == 0 else 0)
        and not _apart(_span(report, sentence, other.first, other.last), head, attributions)
        for other in here
    )


def _span(report: Report, sentence: Sentence, first: int, last: int) -> Span:
    return Span(report=report.id, start=sentence.tokens[first].start, end=sentence.tokens[last].end)


def _within(head: Span, attributions: Sequence[Attribution]) -> Attribution | None:
    """The innermost attribution whose content holds the trigger."""
    holding = [a for a in attributions if any(part.holds(head) for part in a.content)]
    return min(holding, key=lambda a: (sum(p.end - p.start for p in a.content), a.id), default=None)


# -- dates -------------------------------------------------------------------------------------------------------------


def _owners(
    report: Report,
    sentence: Sentence,
    here: Sequence[Hit],
    dates: Sequence[Timex],
    attributions: Sequence[Attribution],
) -> dict[int, list[Timex]]:
    """Hit index -> the time expression that dates it: each goes to the trigger it stands with, the nearest one wins.

    A plural with two dates joined by "and" ("visits in 2019 and 2023") has both. A date inside what somebody says does
    not date the saying.
    """
    claims: dict[int, list[tuple[bool, int, int, Timex]]] = {}
    for n, timex in enumerate(dates):
        place = sentence.covered(timex.span.start, timex.span.end)
        if place is None or not here:
            continue
        best = _owner(sentence, here, place)
        head = _span(report, sentence, here[best].first, here[best].last) if best is not None else None
        if best is not None and head and not _apart(timex.span, head, attributions):
            gap = max(place[0] - here[best].last, here[best].first - place[1])
            claims.setdefault(best, []).append((timex.value.endswith("_REF"), gap, n, timex))
    nearest = {i: min(found, key=lambda claim: claim[:3])[3] for i, found in claims.items()}
    return {
        i: [first, *(t for t in dates if here[i].noun and _joined(sentence, first, t))] for i, first in nearest.items()
    }


def _apart(span: Span, head: Span, attributions: Sequence[Attribution]) -> bool:
    """Does `span` stand in somebody's words that do not hold `head`?"""
    holding = [part for a in attributions for part in a.content if part.holds(span)]
    return any(not part.holds(head) for part in holding)


def _joined(sentence: Sentence, one: Timex, two: Timex) -> bool:
    """Does "and" alone stand between two time expressions?"""
    a, b = (sentence.covered(t.span.start, t.span.end) for t in (one, two))
    return a is not None and b is not None and b[0] - a[1] == 2 and sentence.kind(a[1] + 1) == "coord"


def _owner(sentence: Sentence, here: Sequence[Hit], place: tuple[int, int]) -> int | None:
    first, last = place
    for i, hit in enumerate(here):
        if hit.noun and hit.left <= first and last < hit.first:
            return i
    if sentence.kind(last + 1) == "poss":
        return None
    together = [i for i, hit in enumerate(here) if sentence.segment[hit.first] == sentence.segment[first]]
    if not together:
        clause = [i for i, hit in enumerate(here) if sentence.clause[hit.first] == sentence.clause[first]]
        before = [i for i in clause if here[i].last < first]
        after = [i for i in clause if here[i].first > last]
        opens = next(k for k in range(len(sentence.tokens)) if sentence.segment[k] == sentence.segment[first])
        opening = sentence.segment[first] == 0 or not before or "coord" in {sentence.kind(opens + k) for k in (0, 1)}
        return (after[0] if opening and after else before[-1]) if (before or after) else None
    before = [i for i in together if here[i].last < first]
    if before:
        verbs = [i for i in before if here[i].verb and first - here[i].last <= 12]
        near = before[-1]
        return near if first - here[near].right <= 4 or not verbs else verbs[-1]
    return next((i for i in together if here[i].verb), together[0])


# -- participants ------------------------------------------------------------------------------------------------------


def _participants(sentence: Sentence, here: Sequence[Hit], i: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans of the mentions on the subject side and on the other side of trigger `i`."""
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
        other = [m for m in behind["other"] + behind["of"] * (hit.entry.mode == "meet") if m not in before]
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
        if sentence.kind(first - 1) in {"prep", "by"} and sentence.word(first - 1) not in _OPENING:
            k = first - 2
            continue
        k = k if sentence.tokens[k].mention is not None or sentence.kind(first - 1) != "comma" else first - 2
        mention = sentence.tokens[k].mention if k >= 0 else None
        if mention is None or not _party(sentence, mention):
            return []
        return _coordinated(sentence, _begin(sentence, k))
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
        if sentence.kind(_begin(sentence, k) - 1) in {"comma", "word", "det"}:
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
        if not _governed(sentence, _begin(sentence, back)):
            return [mention]
        fallback = fallback or [mention]
    return fallback


def _nearest_free(sentence: Sentence, k: int) -> list[int]:
    """The nearest mention to the left that no preposition governs, in this clause."""
    while k >= 0 and not (sentence.kind(k) in {"hard", "sub", "rel"} and sentence.word(k) not in _QUOTES):
        mention = sentence.tokens[k].mention
        if mention is not None and _party(sentence, mention):
            begin = _begin(sentence, k)
            if not _governed(sentence, begin):
                return _coordinated(sentence, begin)
            k = begin
        k -= 1
    return []


def _begin(sentence: Sentence, k: int) -> int:
    """First token of the mention that token `k` lies in."""
    while k > 0 and _one_mention(sentence, k - 1, k):
        k -= 1
    return k


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
        if sentence.clause[k] != sentence.clause[hit.last] and token.word not in '"“”':
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
    elif bring in {"of", "between", "among"}:
        found["of"].append(mention)
    elif bring in {"object", *_RECIPIENT} and not (
        bring in {"at", "on", "to"} and sentence.mentions[mention].kind in {"place", "facility"}
    ):
        found["other"].append(mention)


def _place(sentence: Sentence, here: Sequence[Hit], i: int) -> Span | None:
    """The place named after in, at, to, near within the trigger's clause, or the object of a visit."""
    hit = here[i]
    governs = hit.entry.mode == "visit" and not hit.noun
    limit = here[i + 1].left if i + 1 < len(here) else len(sentence.tokens)
    for k in range(hit.right + 1, min(limit, hit.right + 20)):
        if sentence.clause[k] != sentence.clause[hit.last]:
            break
        if sentence.kind(k) in {"prep", "to", "by"}:
            governs = sentence.word(k) in _WHERE
        mention = sentence.tokens[k].mention
        visited = (
            hit.entry.mode == "visit"
            and not hit.noun
            and mention is not None
            and sentence.mentions[mention].kind == "organisation"
        )
        if mention is not None and governs and (visited or sentence.mentions[mention].kind in _PLACES):
            return sentence.mentions[mention].span
    before = sentence.tokens[hit.verb[0] - 1].mention if hit.verb and hit.verb[0] > 0 else None
    if before is not None and sentence.mentions[before].kind == "place":
        return sentence.mentions[before].span
    return None


# -- realis ------------------------------------------------------------------------------------------------------------


@cache
def _cues() -> tuple[tuple[Realis | str, str, frozenset[str], int], ...]:
    rows = ((row["realis"], row["scope"], frozenset(alternatives(row["cues"]))) for row in table("realis_cues"))
    return tuple((realis, scope, cues, max(c.count(" ") + 1 for c in cues)) for realis, scope, cues in rows)


def _audible(sentence: Sentence, head: Span, attributions: Sequence[Attribution]) -> list[str]:
    """Words of the sentence, blank where they stand in somebody's words that do not hold the trigger."""
    return [
        "" if _apart(Span(report=head.report, start=t.start, end=t.end), head, attributions) else t.word
        for t in sentence.tokens
    ]


def _realis(
    sentence: Sentence, hit: Hit, words: Sequence[str], within: Attribution | None, date: Span | None
) -> Realis:
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
    seen = {realis for realis, scope, cues, longest in _cues() if _has(stretches[scope], cues, longest)}
    if "would" in seen:
        seen.add("hypothetical" if within is None else "planned")
    verb = hit.verb
    place = sentence.covered(date.start, date.end) if date else None
    if verb and sentence.kind(verb[0]) == "to" and hit.entry.type != "CONSULT":
        seen.add("planned")
    if place and sentence.word(place[0] - 1) == "for":
        seen.add("planned")
    if verb and within and _recounted(sentence, verb, within):
        seen.add("alleged")
    order: tuple[Realis, ...] = ("negated", "hypothetical", "alleged", "planned")
    return next((realis for realis in order if realis in seen), "actual")


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
    return "poss" in kinds or "name" in kinds or sentence.word(hit.left) in _GIVEN


def _has(words: Sequence[str], cues: frozenset[str], longest: int) -> bool:
    return any(" ".join(words[k : k + n]) in cues for n in range(1, longest + 1) for k in range(len(words) - n + 1))


# -- the trigger's clause ----------------------------------------------------------------------------------------------


def _clause(report: Report, sentence: Sentence, here: Sequence[Hit], i: int) -> Span:
    """The trigger with its near subject, object and first phrases, at most MAX_TRIGGER characters."""
    hit = here[i]
    first, last = hit.left, _right_end(sentence, here, i)
    verb = hit.verb
    if verb is not None and verb[0] == hit.left and sentence.kind(hit.left) != "to" and hit.kind != "ing":
        first = _left_end(sentence, here, i)
    while last + 1 < len(sentence.tokens) and _one_mention(sentence, last, last + 1):
        last += 1
    while first < hit.left and sentence.tokens[last].end - sentence.tokens[first].start > MAX_TRIGGER:
        first += 1
    while last > hit.last and sentence.tokens[last].end - sentence.tokens[first].start > MAX_TRIGGER:
        last -= 1
    return _span(report, sentence, first, last)


def _left_end(sentence: Sentence, here: Sequence[Hit], i: int) -> int:
    """Start of the subject right before the verb group, not reaching into another trigger or over a comma."""
    hit = here[i]
    floor = here[i - 1].last + 1 if i > 0 else 0
    k, passed = hit.left, False
    while k > floor and hit.left - k < 12 and sentence.segment[k - 1] == sentence.segment[hit.left]:
        kind = sentence.kind(k - 1)
        of = sentence.word(k - 1) == "of" and sentence.kind(k - 2) in {"word", "name"}
        joint = kind == "coord" and sentence.kind(k) == sentence.kind(k - 2) == "name"
        if kind in _SUBJECT_END and not joint and (passed or not of):
            break
        passed = passed or of
        if sentence.word(k - 1) == "that" and sentence.kind(k) != "word":
            break
        k -= 1
    while k < hit.left and sentence.kind(k) in {"time", "adv"}:
        k += 1
    while k > 0 and _one_mention(sentence, k - 1, k):
        k -= 1
    return k


def _one_mention(sentence: Sentence, a: int, b: int) -> bool:
    mention = sentence.tokens[a].mention
    return mention is not None and mention == sentence.tokens[b].mention


def _right_end(sentence: Sentence, here: Sequence[Hit], i: int) -> int:
    """End of the object and of at most two phrases behind the trigger, before the next trigger or boundary."""
    hit = here[i]
    if i + 1 < len(here) and _asks(sentence, hit, here[i + 1]):
        return _right_end(sentence, here, i + 1)
    last, phrases = hit.right, 0
    limit = here[i + 1].left if i + 1 < len(here) else len(sentence.tokens)
    for k in range(hit.right + 1, min(limit, hit.right + 14)):
        kind = sentence.kind(k)
        if sentence.segment[k] != sentence.segment[hit.last] or kind in _PHRASE_END:
            break
        if kind in {"prep", "by", "to"}:
            phrases += 1
            if phrases > 2:
                break
        elif kind not in {"det", "poss"}:
            last = k
    return last


def _asks(sentence: Sentence, hit: Hit, following: Hit) -> bool:
    """Is the next trigger the infinitive that a request, promise or threat is about ("invited Ada to visit")?"""
    near = sentence.segment[hit.last] == sentence.segment[following.first] and following.left - hit.right <= 6
    return near and hit.entry.type in _ASKING and not following.noun and sentence.kind(following.left) == "to"
