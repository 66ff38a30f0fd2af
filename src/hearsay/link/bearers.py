"""Who bears a title anywhere in the pile: people's parts in, the same parts with misplaced noun phrases moved out.

One report alone gives "the Marshian leader" to whoever is most present. All reports together know who is called so: a
phrase whose words no title of its person has, and whose words a title of exactly one other person of that report has,
is that other person's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from hearsay.data import table
from hearsay.link.cast import Part, core
from hearsay.link.names import phrase_words, said_roles
from hearsay.model import ActorMention
from hearsay.naming import fold

People = Mapping[int, Sequence[Part]]


def moved(people: People, texts: Mapping[str, str]) -> dict[str, Part]:
    """The parts that lose or gain mentions, by their ids. `people` are the named people; `texts` the reports' texts."""
    titles = {who: [_words(title.title) for part in parts for title in part.titles] for who, parts in people.items()}
    present: dict[str, dict[int, Part]] = defaultdict(dict)
    for who, parts in sorted(people.items()):
        for part in parts:
            present[part.report].setdefault(who, part)
    taken: dict[str, list[ActorMention]] = defaultdict(list)
    given: dict[str, list[ActorMention]] = defaultdict(list)
    for who, parts in sorted(people.items()):
        for part in parts:
            for mention in part.mentions:
                heir = _heir(who, mention.span.of(texts[part.report]), titles, present[part.report])
                if mention.form == "nominal" and heir is not None:
                    taken[part.id].append(mention)
                    given[heir.id].append(mention)
    return {
        part.id: _changed(part, taken[part.id], given[part.id], texts[part.report])
        for parts in people.values()
        for part in parts
        if part.id in taken or part.id in given
    }


def _heir(who: int, text: str, titles: Mapping[int, list[frozenset[str]]], present: Mapping[int, Part]) -> Part | None:
    """The one other person of the report who bears the words of the phrase, where `who` does not."""
    words = _words(text)
    if not words or not said_roles(text) or any(words <= known for known in titles[who]):
        return None
    bearers = [other for other in present if other != who and any(words <= known for known in titles[other])]
    return present[bearers[0]] if len(bearers) == 1 else None


@cache
def _words(text: str) -> frozenset[str]:
    """What a title says, without "veteran" and the like, which tell nobody apart."""
    return phrase_words(text) - _epithets()


@cache
def _epithets() -> frozenset[str]:
    return frozenset(fold(row["title"]) for row in table("titles") if row["class"] == "epithet")


def _changed(part: Part, taken: Sequence[ActorMention], given: Sequence[ActorMention], text: str) -> Part:
    mentions = sorted({*part.mentions, *given} - set(taken), key=lambda m: (m.span, m.form))
    nominals = {core(m.span.of(text)) for m in mentions if m.form == "nominal"}
    gone = {core(m.span.of(text)) for m in taken} - nominals
    return replace(
        part,
        mentions=tuple(mentions),
        nominals=tuple(sorted({*(t for t in part.nominals if t not in gone), *nominals})),
    )
