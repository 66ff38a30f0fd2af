"""Who is named: a report and the reader's entities in, mentions of actors out.

Names are found by `names`, noun phrases by `nominals`; here a noun phrase beside a person's name becomes its title, the
others become mentions of their own, and pronouns are listed for coreference. All zones are read. A mention never holds
a possessive ending, and a person's mention never holds the title.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache

from hearsay.data import table
from hearsay.extract.name_kinds import Name
from hearsay.extract.names import find_names
from hearsay.extract.nominals import Phrase, honorifics, lasting, number_words, phrases, stretched
from hearsay.extract.reader import Tagged
from hearsay.extract.tokens import Token, cue_forms, tokens, words_of
from hearsay.model import ActorKind, Mention, Report, Span

AGE = 3  # tokens of an age between a name and its apposition ("Lind, 61, a teacher")


def find_mentions(report: Report, entities: tuple[Tagged, ...]) -> tuple[Mention, ...]:
    """Mentions of actors in `report`, sorted by place.

    `entities` are the reader's, in offsets of `report.text`. Names do not overlap; a name may lie inside a nominal.
    """
    words = tokens(report.text)
    mastheads = [value.value for value in (report.agency, report.outlet) if value is not None]
    names = find_names(words, entities, mastheads)
    found = phrases(words, [(name.first, name.last) for name in names])
    used: dict[tuple[int, int], Phrase] = {}
    mentions: list[Mention] = []
    for name in names:
        before = set(used)
        title = _title(words, name, found, used) if name.kind == "person" else None
        at = _span(report, words, name.first, name.last)
        mentions += _origins(words, at if title is None else _span(report, words, *title), at, name, names)
        mentions += _appositions(report, words, at, [used[key] for key in sorted(set(used) - before)])
        mentions.append(
            Mention(
                span=at,
                kind=name.kind,
                form="acronym" if name.acronym else "name",
                title=None if title is None else _span(report, words, *title),
                score=round(name.score, 2),
            )
        )
    left = [p for p in found if (p.first, p.last) not in used]
    mentions += _nominals(report, words, _starts(words, names, mentions), left, used)
    mentions += _pronouns(report, words, names)
    return tuple(sorted(mentions, key=lambda m: (m.span, m.form)))


def _origins(words: Sequence[Token], begun: Span, at: Span, name: Name, names: Sequence[Name]) -> Iterator[Mention]:
    """The whole of "President Lind of Marsh", as a mention that points to the name."""
    if name.kind != "person" or name.last >= len(words) or words[name.last].lower != "of":
        return
    for other in names:
        if other.first == name.last + 1 and other.kind in ("country", "place"):
            end = words[other.last - 1].end
            start = min(begun.start, at.start)
            yield Mention(span=replace(at, start=start, end=end), kind="person", form="title", antecedents=(at,))


def _appositions(report: Report, words: Sequence[Token], name: Span, used: Sequence[Phrase]) -> Iterator[Mention]:
    """Titles that are phrases of their own beside the name ("his deputy, "), as mentions that point to it."""
    for phrase in used:
        span = _span(report, words, phrase.first, phrase.last)
        if phrase.determiner and not (name.start - span.end < 2 and name.start > span.start):
            yield Mention(span=span, kind="person", form="title", antecedents=(name,))


def _span(report: Report, words: Sequence[Token], first: int, last: int) -> Span:
    return Span(report=report.id, start=words[first].start, end=words[last - 1].end)


def _title(
    words: Sequence[Token], name: Name, found: Sequence[Phrase], used: dict[tuple[int, int], Phrase]
) -> tuple[int, int] | None:
    """Token range of the title before or behind a person's name; phrases that serve as titles are put into `used`."""
    at = name.first
    while at > 0 and words[at - 1].line == words[name.first].line and _honorific(words, at - 1):
        at -= 1
    if 0 < at < name.first and words[at - 1].word and words[at - 1].lower in words_of("poss"):
        at -= 1  # "His Excellency"
    end = name.first
    while (phrase := _leading(words, at, found)) is not None:
        used[phrase.first, phrase.last] = phrase
        end = at - 1 if at == name.first and words[at - 1].text == "," else end
        at = phrase.first
    behind = _behind(words, name, found, used) if at + 2 >= name.first else None
    return (at, end) if at < name.first else behind


def _leading(words: Sequence[Token], at: int, found: Sequence[Phrase]) -> Phrase | None:
    """The person's phrase that ends at token `at`, or at a comma before it ("his deputy, ")."""
    for phrase in reversed(found):
        if phrase.head.noun.kind != "person" or not phrase.head.singular or not at - 10 < phrase.last <= at:
            continue
        if words[phrase.first].sentence != words[at - 1].sentence:
            continue
        if phrase.last == at:
            return phrase
        if words[at - 1].text == "," and phrase.determiner and _reaches(words, phrase, at - 1):
            return phrase
    return None


def _honorific(words: Sequence[Token], i: int) -> bool:
    if words[i].text == ".":
        return i > 0 and words[i - 1].lower in honorifics() and words[i - 1].capital
    return words[i].lower in honorifics() and words[i].capital


def _reaches(words: Sequence[Token], phrase: Phrase, stop: int) -> bool:
    """Does the phrase, with an "of" complement, end at the comma `stop`?"""
    if phrase.last == stop:
        return True
    between = words[phrase.last : stop]
    return (
        0 < len(between) < 8
        and between[0].lower in ("of", "for", "at", "in")
        and all(token.word and (token.capital or token.lower not in cue_forms()) for token in between)
    )


def _behind(
    words: Sequence[Token], name: Name, found: Sequence[Phrase], used: dict[tuple[int, int], Phrase]
) -> tuple[int, int] | None:
    """The apposition behind a name: ", 61, a teacher", ", department director of the committee"."""
    at = name.last
    if at >= len(words) or words[at].text != ",":
        return None
    starts = {at + 1}
    if at + AGE < len(words) and words[at + 1].text.isdigit() and words[at + 2].text == ",":
        starts.add(at + AGE)
    for phrase in reversed(found):
        if phrase.first in starts and phrase.head.noun.kind == "person" and phrase.head.singular:
            if phrase.determiner and phrase.last < len(words) and words[phrase.last].lower in cue_forms():
                return None  # "Lind, the diplomat said, slept"
            used[phrase.first, phrase.last] = phrase
            return phrase.first, phrase.last
    return None


def _starts(words: Sequence[Token], names: Sequence[Name], mentions: Sequence[Mention]) -> dict[int, Name]:
    """Names by the tokens that they and their titles start at."""
    starts = {name.first: name for name in names}
    offsets = {words[name.first].start: name for name in names}
    at = {token.start: i for i, token in enumerate(words)}
    for mention in mentions:
        if mention.title is not None and mention.span.start in offsets and mention.title.start < mention.span.start:
            starts.setdefault(at[mention.title.start], offsets[mention.span.start])
    return starts


def _nominals(
    report: Report,
    words: Sequence[Token],
    names: dict[int, Name],
    found: Sequence[Phrase],
    used: Collection[tuple[int, int]],
) -> Iterator[Mention]:
    """Phrases that stand for actors on their own, with their "of" complements."""
    ends = {first: name.last for first, name in names.items()}
    named = {name.first for name in names.values() if name.kind == "organisation"}
    for phrase in reversed(found):
        last = stretched(words, phrase, ends)
        ends.setdefault(phrase.first, last)
        if not lasting(words, phrase) and last == phrase.last:
            continue
        if phrase.last in named:
            continue  # "the state agency XYZ": the name says more
        if phrase.head.noun.kind == "person" and any(first == phrase.first for first, _ in used):
            continue  # "the deputy" of "the deputy minister", which is a title
        kind = _kind(phrase)
        if phrase.head.noun.kind == "group" and _counted(phrase):
            continue  # "63 people"
        if phrase.head.noun.kind in ("place", "facility", "group") and not phrase.determiner:
            continue
        yield Mention(span=_span(report, words, phrase.first, last), kind=kind, form="nominal")


def _counted(phrase: Phrase) -> bool:
    return phrase.determiner.isdigit() or phrase.determiner in number_words()


def _kind(phrase: Phrase) -> ActorKind:
    noun = phrase.head.noun
    if noun.kind == "person" and not phrase.head.singular:
        return "group"
    return noun.kind


@cache
def _pronoun_kinds() -> dict[str, ActorKind]:
    kinds: dict[str, ActorKind] = {"n": "organisation", "c": "group", "m": "person", "f": "person"}
    return {row["word"]: kinds["c" if row["number"] == "p" else row["gender"]] for row in table("pronouns")}


def _pronouns(report: Report, words: Sequence[Token], names: Sequence[Name]) -> Iterator[Mention]:
    taken = {i for name in names for i in range(name.first, name.last)}
    for i, token in enumerate(words):
        kind = _pronoun_kinds().get(token.lower)
        if kind is None or i in taken or (token.text.isupper() and len(token.text) > 1 and not token.loud):
            continue
        yield Mention(span=_span(report, words, i, i + 1), kind=kind, form="pronoun")
