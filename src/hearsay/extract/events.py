"""What happened, was planned, is claimed or denied: every mention of an event in a report.

In come a Report with its mentions, timexes and attributions; out come EventMentions, sorted by place. Triggers come
from the lexicon `event_triggers` (PLOVER types and modes), participants and dates from position rules inside the
clause, realis from the cue table `realis_cues`. The trigger span is the trigger's short clause: what a reader would
underline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hearsay.extract.clauses import Sentence, read_sentence, roles
from hearsay.extract.event_parties import participants, place
from hearsay.extract.event_realis import apart, audible
from hearsay.extract.event_realis import realis as realis_of
from hearsay.extract.text import paragraphs, sentences, told
from hearsay.extract.triggers import Hit, hits
from hearsay.model import Attribution, EventMention, Mention, Report, Span, Timex, digest

MAX_TRIGGER = 160
MAX_SENTENCE = 1000
_ASKING = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})
_PHRASE_END = frozenset({"coord", "hard", "mark", "pron", "modal", "be", "have"})
_SUBJECT_END = frozenset({"prep", "to", "by", "coord", "hard", "comma", "rel", "sub", "mark"})
_OCCASIONS = frozenset({"meet", "visit", "speech", "ceremony"})


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
            for first, last in (
                piece for s in sentences(report.text, *paragraph) for piece in _pieces(report.text, *s)
            ):
                sentence = read_sentence(report, first, last, mentions=mentions, timexes=timexes)
                dates = tuple(t for t in timexes if first <= t.span.start < last and _dates(report.text, t))
                said = tuple(a for a in attributions if any(p.start < last and first < p.end for p in a.content))
                found += _events(report, sentence, dates, said)
    return tuple(sorted(found, key=lambda e: (e.trigger, e.when or e.trigger, e.id)))


def _dates(text: str, timex: Timex) -> bool:
    """Can the time expression date something: a day or time, or a term ("within ten days")?"""
    if timex.type in {"DATE", "TIME"}:
        return True
    words = text[max(0, timex.span.start - 8) : timex.span.end].lower().split()
    return timex.type == "DURATION" and not roles("term").isdisjoint(words[:2])


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at blanks where it is longer than any sentence is: rules look at every pair of its triggers."""
    while end - start > MAX_SENTENCE:
        blank = text.rfind(" ", start + 1, start + MAX_SENTENCE)
        cut = blank if blank > 0 else start + MAX_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def _events(
    report: Report, sentence: Sentence, dates: tuple[Timex, ...], attributions: tuple[Attribution, ...]
) -> list[EventMention]:
    here = hits(sentence)
    owned = _owners(sentence, here, dates, attributions)
    found = []
    each: list[tuple[int, Timex | None]] = [(i, when) for i in range(len(here)) for when in (owned.get(i) or (None,))]
    for i, when in each:
        hit = here[i]
        actor, recipient = participants(sentence, here, i)
        occasion = _occasion(sentence, here, i, attributions)
        if not _counts(sentence, hit, len(actor) + len(recipient), dated=when is not None or occasion):
            continue
        date = None if when is None or "count" in hit.entry.needs else when.span
        until = sentence.covered(date.start, date.end) if date else None
        if "count" in hit.entry.needs:
            actor, recipient = (), ()
        undergone = "undergo" in hit.entry.needs and not recipient
        actor, recipient = ((), actor) if undergone else (actor, recipient)
        head = sentence.span(hit.first, hit.last)
        actor = actor or _speakers(head, attributions, recipient)
        within = _within(head, attributions)
        realis = realis_of(sentence, hit, audible(sentence, head, attributions), within, date)
        trigger = _clause(sentence, here, i)
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
                when=None if realis == "actual" and until and _ends(sentence, until[0], when) else date,
                where=place(sentence, here, i),
                realis=realis,
                within=within.id if within else None,
                score=0.6 if hit.entry.needs else 0.8,
            )
        )
    return found


def _ends(sentence: Sentence, at: int, when: Timex | None) -> bool:
    """Is the time only the end of a stretch ("by Monday", "within ten days") in which something has happened?"""
    return sentence.kind(at - 1) == "by" or (when is not None and when.type == "DURATION")


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


def _occasion(sentence: Sentence, here: Sequence[Hit], i: int, attributions: Sequence[Attribution]) -> bool:
    """Does a neighbouring phrase name the occasion of a saying ("after the summit", "at a reception")?"""
    at = sentence.segment[here[i].first]
    head = sentence.span(here[i].first, here[i].last)
    return here[i].entry.mode == "speech" and any(
        other.noun
        and other.entry.mode in _OCCASIONS
        and sentence.word(other.left - 1) in roles("during")
        and 0 <= at - sentence.segment[other.first] <= (1 if sentence.segment[other.first] == 0 else 0)
        and not apart(sentence.span(other.first, other.last), head, attributions)
        for other in here
    )


def _speakers(head: Span, attributions: Sequence[Attribution], others: Sequence[Span]) -> tuple[Span, ...]:
    """Whose saying the trigger is, where it is the cue of a statement and its subject stands far off."""
    sources = (a.source[0] for a in attributions if a.source and any(cue.touches(head) for cue in a.cue))
    return tuple(span for span in sources if not any(span.touches(other) for other in others))[:1]


def _within(head: Span, attributions: Sequence[Attribution]) -> Attribution | None:
    """The innermost attribution whose content holds the trigger."""
    holding = [a for a in attributions if any(part.holds(head) for part in a.content)]
    return min(holding, key=lambda a: (sum(p.end - p.start for p in a.content), a.id), default=None)


# -- dates -------------------------------------------------------------------------------------------------------------


def _owners(
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
        head = sentence.span(here[best].first, here[best].last) if best is not None else None
        if best is not None and head and not apart(timex.span, head, attributions):
            gap = max(place[0] - here[best].last, here[best].first - place[1])
            claims.setdefault(best, []).append((timex.value.endswith("_REF"), gap, n, timex))
    nearest = {i: min(found, key=lambda claim: claim[:3])[3] for i, found in claims.items()}
    return {
        i: [first, *(t for t in dates if here[i].noun and _joined(sentence, first, t))] for i, first in nearest.items()
    }


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


# -- the trigger's clause ----------------------------------------------------------------------------------------------


def _clause(sentence: Sentence, here: Sequence[Hit], i: int) -> Span:
    """The trigger with its near subject, object and first phrases, at most MAX_TRIGGER characters."""
    hit = here[i]
    first, last = hit.left, _right_end(sentence, here, i)
    verb = hit.verb
    if verb is not None and verb[0] == hit.left and sentence.kind(hit.left) != "to" and hit.kind != "ing":
        first = _left_end(sentence, here, i)
    while last + 1 < len(sentence.tokens) and sentence.one_mention(last, last + 1):
        last += 1
    while first < hit.left and sentence.tokens[last].end - sentence.tokens[first].start > MAX_TRIGGER:
        first += 1
    while last > hit.last and sentence.tokens[last].end - sentence.tokens[first].start > MAX_TRIGGER:
        last -= 1
    return sentence.span(first, last)


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
    return _list_start(sentence, sentence.begin(k))


def _list_start(sentence: Sentence, k: int) -> int:
    """Start of the list "A, B and C" whose last name begins at token `k`; `k` where there is none."""
    joint = frozenset({"coord"})
    while sentence.kind(k) in {"name", "det"} and sentence.kind(k - 1) in joint and sentence.kind(k - 2) == "name":
        k, joint = sentence.begin(k - 2), frozenset({"coord", "comma"})
    return k


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
