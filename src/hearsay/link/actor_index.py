"""Which actor is meant here: actors and readings in, answers for spans and names out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearsay.link.cast import best_fit, places
from hearsay.model import Actor, Reading, Span
from hearsay.naming import fold

Entry = tuple[Span, Span, bool, tuple[str, ...]]  # a mention, with its title, does it only possess, its actors


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorIndex:
    """Answers who a span or a masthead name stands for. Build it with `actor_index`."""

    entries: Mapping[str, tuple[Entry, ...]]
    names: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    groups: Mapping[tuple[str, ...], str]

    def at(self, span: Span) -> str | None:
        """Id of the actor whose mention fits `span` best; the group where several are meant; None where nobody is."""
        found = self._found(span)
        if len(found) > 1:
            return self.groups.get(tuple(sorted(found)), found[0])
        return found[0] if found else None

    def all_at(self, span: Span) -> tuple[str, ...]:
        """Ids of the actors meant at `span`: the members of a group, or the one."""
        found = self._found(span)
        if len(found) == 1:
            return self.members.get(found[0]) or found
        return found

    def named(self, name: str) -> str | None:
        """Id of the actor of that name, as mastheads give it."""
        return self.names.get(fold(name))

    def _found(self, span: Span) -> tuple[str, ...]:
        near = [entry for entry in self.entries.get(span.report, ()) if span.touches(entry[1])]
        best = best_fit(span, (entry[:3] for entry in near))
        return next((entry[3] for entry in near if entry[0] == best), ())


def actor_index(actors: Iterable[Actor], readings: Iterable[Reading]) -> ActorIndex:
    """The index of `actors` over the mentions of `readings`, pronouns included."""
    actors = tuple(actors)
    owner: dict[Span, str] = {}
    for actor in sorted(actors, key=lambda actor: (bool(actor.members), actor.id)):
        for shown in actor.mentions:
            owner[shown.span] = actor.id
    entries: dict[str, list[Entry]] = defaultdict(list)
    seen: set[Span] = set()
    for reading in readings:
        meant = {mention.span: mention.antecedents for mention in reading.mentions}
        for span, whole, possesses in places(reading.report.text, reading.mentions):
            if span in owner:
                ids: tuple[str, ...] = (owner[span],)
            else:
                ids = tuple(sorted({owner[other] for other in meant[span] if other in owner}))
            if ids:
                entries[reading.report.id].append((span, whole, possesses, ids))
                seen.add(span)
    for span, id in owner.items():
        if span not in seen:
            entries[span.report].append((span, span, False, (id,)))
    return ActorIndex(
        entries={report: tuple(sorted(rows)) for report, rows in sorted(entries.items())},
        names=_names(actors),
        members={actor.id: actor.members for actor in actors if actor.members},
        groups={actor.members: actor.id for actor in actors if actor.members},
    )


def _names(actors: tuple[Actor, ...]) -> dict[str, str]:
    """Folded names and aliases; where several actors share one, organisations first, then those met most."""
    found: dict[str, str] = {}
    for actor in sorted(actors, key=lambda a: (a.kind != "organisation", -len(a.mentions), a.id)):
        for name in (actor.name, *actor.aliases):
            found.setdefault(fold(name), actor.id)
    return found
