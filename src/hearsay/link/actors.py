"""Parts → actors: who is one and the same, within a report and across all.

In come readings; out come actors under all their names. First each report's cast (`cast`). Then named parts: equal
names are one row, and rows are compared by name, title and story (`pairwise`): a spelling that is only alike counts
where the title or the story agrees, and two full names that differ are two people. Last what has no name of its own in
its report ("the president", "Lind") joins the one actor of the same story whom its words fit, or stays by itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hearsay.data import table
from hearsay.link.actor_index import ActorIndex, actor_index
from hearsay.link.bearers import moved
from hearsay.link.cast import Part, cast
from hearsay.link.names import (
    ALIKE,
    NONE,
    ROMANISED,
    SAME,
    SHORT,
    acronym_of,
    generic,
    initials,
    other_person,
    people,
    person_words,
    phrase_words,
    role_words,
    romanised,
    skeleton,
    sort_words,
    sorts_agree,
    things,
)
from hearsay.link.pairwise import Pairs, Rule, cluster, pairs_in_memory
from hearsay.model import Actor, ActorKind, ActorMention, Basis, Reading, digest
from hearsay.naming import fold, name_words

__all__ = ["ActorIndex", "actor_index", "link_actors"]

STEP = "link.actors@1"
THRESHOLD = 0.65
NAMES = 4  # names of a row that are compared
SHARED = 2.0  # weight of the names that two reports of one story share at least
COMMON = 500  # reports beyond which a name says nothing about a story
STATE = "="  # what marks the name of a state in a report's world
SHARE = 0.2  # and their share of the shorter cast


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """Parts of one name: what is compared. `near` are the reports of the stories that its own reports belong to."""

    id: str
    key: str
    kind: ActorKind
    names: tuple[str, ...]
    roles: frozenset[str]
    reports: frozenset[str]
    near: frozenset[str]
    world: frozenset[str]
    canonical: str
    titles: frozenset[frozenset[str]]
    phrases: frozenset[str]
    parts: tuple[Part, ...]


def link_actors(readings: Iterable[Reading], *, pairs: Pairs = pairs_in_memory) -> tuple[Actor, ...]:
    """Actors of all reports, sorted by id. `pairs` finds the pairs of names worth comparing."""
    readings = tuple(readings)
    parts = _voted([part for reading in readings for part in cast(reading)])
    near = _stories(parts)
    named = _rows((part for part in parts if part.names and not part.members), near)
    rows = {row.id: row for row in named}
    groups = _Groups()
    for found in cluster({id: row for id, row in rows.items() if not _loose(row)}, RULE, pairs=pairs):
        groups.add([rows[id] for id in found.ids], found.score)
    groups.retell({reading.report.id: reading.report.text for reading in readings}, near)
    nameless = _rows((part for part in parts if not part.names and not part.members), near)
    for row in sorted([*(row for row in named if _loose(row)), *nameless], key=lambda row: (not row.names, row.id)):
        _attach(row, groups)
    homes = {part.id: i for i, group in groups.rows.items() for row in group for part in row.parts}
    return _actors(groups, [part for part in parts if part.members], homes)


# -- rows --------------------------------------------------------------------------------------------------------------


def _voted(parts: Sequence[Part]) -> list[Part]:
    """Parts of one unknown name with the kind that most of its mentions in all reports have."""
    votes: dict[str, Counter[ActorKind]] = defaultdict(Counter)
    for part in parts:
        if part.names and not part.canonical:
            for name in (part.names[0], *(name for name in part.names[1:] if name.isupper())):
                votes[fold(name)][part.kind] += len(part.mentions)
    kinds = {name: min(count, key=lambda kind: (-count[kind], kind)) for name, count in votes.items()}
    return [
        part if part.canonical or not part.names or part.members else _of_kind(part, kinds[fold(part.names[0])])
        for part in parts
    ]


def _of_kind(part: Part, kind: ActorKind) -> Part:
    return part if part.kind == kind else replace(part, kind=kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stories:
    """What each report names (`worlds`), and which reports tell its story (`near`, itself included)."""

    worlds: Mapping[str, frozenset[str]]
    near: Mapping[str, frozenset[str]]


def _stories(parts: Iterable[Part]) -> _Stories:
    """Reports that name the same people and places tell one story. Media, which name themselves, do not count."""
    worlds: dict[str, set[str]] = defaultdict(set)
    media = {row["name"] for row in table("agencies")}
    for part in parts:
        worlds[part.report]  # every report has a world, be it empty
        if part.names and part.canonical not in media and not generic(part.names[0]):
            name = part.canonical or part.names[0]
            state = STATE if part.kind == "country" and part.canonical else ""
            worlds[part.report].add(state + " ".join(map(romanised, name_words(name))))
    where: dict[str, list[str]] = defaultdict(list)
    for report, names in sorted(worlds.items()):
        for name in sorted(names):
            where[name].append(report)
    shared: dict[tuple[str, str], float] = defaultdict(float)
    for name, reports in where.items():
        if len(reports) <= COMMON:
            for i, one in enumerate(reports):
                for two in reports[i + 1 :]:
                    shared[one, two] += _weight(name)
    near = {report: {report} for report in worlds}
    for (one, two), weight in shared.items():
        if weight >= max(SHARED, SHARE * min(len(worlds[one]), len(worlds[two]))):
            near[one].add(two)
            near[two].add(one)
    return _Stories(
        worlds={report: frozenset(names) for report, names in worlds.items()},
        near={report: frozenset(reports) for report, reports in near.items()},
    )


def _rows(parts: Iterable[Part], stories: _Stories) -> list[_Row]:
    by_name: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        by_name[_name_key(part)].append(part)
    return [_row(key, group, stories) for key, group in sorted(by_name.items())]


def _name_key(part: Part) -> str:
    """Parts with equal keys are one without comparing."""
    if part.canonical:
        return f"known {part.canonical}"
    if not part.names:
        return f"nameless {part.id}"
    words = person_words(part.names[0]) if part.kind == "person" else tuple(sorted(name_words(part.names[0])))
    if (part.kind == "person" and len(words) < 2) or generic(part.names[0]):
        return f"single {part.id}"
    return f"{part.kind == 'person'} {''.join(words)}"


def _row(key: str, parts: Sequence[Part], stories: _Stories) -> _Row:
    reports = frozenset(part.report for part in parts)
    kinds = Counter(part.kind for part in parts)
    titles = [title.title for part in parts for title in part.titles]
    said = [text for part in parts if part.kind in ("person", "role") for text in part.nominals]
    return _Row(
        id=digest("row", key),
        key=key,
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        names=tuple(sorted({name for part in parts for name in part.names}, key=lambda n: (-len(name_words(n)), n))),
        roles=frozenset().union(*(role_words(text) for text in (*titles, *said))),
        reports=reports,
        near=frozenset().union(*(stories.near[report] for report in reports)),
        world=frozenset().union(*(stories.worlds[report] for report in reports)),
        canonical=parts[0].canonical,
        titles=frozenset(phrase_words(title) for title in titles),
        phrases=frozenset(t for part in parts for t in part.nominals if not t.lower().startswith("this ")),
        parts=tuple(parts),
    )


def _loose(row: _Row) -> bool:
    """A person known by one word only: joined last, to somebody of the same story."""
    return row.kind == "person" and not row.canonical and len(person_words(row.names[0])) < 2


# -- comparing ---------------------------------------------------------------------------------------------------------


def _keys(row: _Row) -> Iterable[str]:
    """Blocks: each word's consonants; a state's or agency's canonical name."""
    for name in row.names:
        for word in name_words(name):
            if len(word) > 1 and word not in _common():
                yield f"{row.kind == 'person'} {skeleton(word) or word}"
        if row.kind != "person":
            yield from (f"initials {short}" for short in ((fold(name),) if name.isupper() else initials(name)))


@cache
def _common() -> frozenset[str]:
    """Words that say nothing about who is named: naming nouns, modifiers, particles."""
    nouns = {word for row in table("role_nouns") for word in name_words(row["noun"])}
    return frozenset(nouns | {"of", "the", "and", "for", "s"})


def _score(a: _Row, b: _Row) -> float:
    if a.canonical or b.canonical:
        return _short_of_known(a, b)
    if (a.kind == "person") != (b.kind == "person"):
        return 0.0
    if a.kind == "person":
        return max(_person_score(a, b, one, two) for one in a.names[:3] for two in b.names[:3])
    return max(_thing_score(a, b, one, two) for one in a.names[:NAMES] for two in b.names[:NAMES])


def _short_of_known(a: _Row, b: _Row) -> float:
    """A name that a table does not have may be short for one that it has, in the same story."""
    if (a.canonical and b.canonical) or a.kind != b.kind or a.kind == "country":
        return 0.0
    alike = max(things(one, two) for one in a.names[:3] for two in b.names[:3])
    return {SAME: 1.0, SHORT: 0.7}.get(alike, 0.0) if _one_story(a, b) else 0.0


def _person_score(a: _Row, b: _Row, one: str, two: str) -> float:
    if len(person_words(one)) < 2 or len(person_words(two)) < 2:
        return 0.0
    alike = people(one, two)
    if alike == SHORT:
        return 0.75 if _one_story(a, b) or a.roles & b.roles else 0.0
    if alike == ALIKE:
        return 0.7 if a.roles & b.roles and _one_story(a, b) else 0.0
    return {SAME: 1.0, ROMANISED: 0.9}.get(alike, 0.0)


def _thing_score(a: _Row, b: _Row, one: str, two: str) -> float:
    alike = things(one, two) or (SHORT if acronym_of(one, two) or acronym_of(two, one) else NONE)
    if alike == NONE or not _compatible(a.kind, b.kind):
        return 0.0
    if alike == SAME and not (generic(one) or generic(two)) and a.kind == b.kind:
        return 1.0
    return {SAME: 0.95, ROMANISED: 0.9, SHORT: 0.75, ALIKE: 0.7}[alike] if _one_story(a, b) else 0.0


def _compatible(one: ActorKind, two: ActorKind) -> bool:
    if one == two:
        return True
    return {one, two} in ({"place", "facility"}, {"organisation", "facility"}, {"place", "country"})


def _one_story(a: _Row, b: _Row) -> bool:
    """Do two reports in which the rows stand tell one story?"""
    return not a.near.isdisjoint(b.reports)


def _weight(name: str) -> float:
    """What a shared name says: a state is in all news, a full name in few."""
    return 0.5 if name.startswith(STATE) else 1.5 if " " in name else 1.0


def _veto(a: _Row, b: _Row) -> bool:
    """Two full names of different people, two known actors, or kinds that nothing joins."""
    if a.canonical and b.canonical:
        return a.canonical != b.canonical
    if (a.kind == "person") != (b.kind == "person") or not (a.kind == b.kind or _compatible(a.kind, b.kind)):
        return True
    if a.kind == "person":
        return other_person(a.names[0], b.names[0])
    if any(name.isupper() for row in (a, b) for name in row.names[:1]):
        return False  # an acronym is like no name but the one that it is short for
    return _alike_things(a, b) == NONE and a.canonical == b.canonical == ""


def _alike_things(a: _Row, b: _Row) -> float:
    """How alike the names of two rows are at best; an acronym is short for what has its initials."""
    pairs = [(one, two) for one in a.names[:NAMES] for two in b.names[:NAMES]]
    initials = SHORT if any(acronym_of(one, two) or acronym_of(two, one) for one, two in pairs) else NONE
    return max(initials, *(things(one, two) for one, two in pairs))


RULE: Rule[_Row] = Rule(name="actors", keys=_keys, score=_score, threshold=THRESHOLD, veto=_veto)


# -- what has no name of its own ---------------------------------------------------------------------------------------


class _Groups:
    """Rows that are one actor, by the group's number, and the words by which a group is found."""

    def __init__(self) -> None:
        self.rows: dict[int, list[_Row]] = {}
        self.scores: dict[int, float] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._next = 0

    def add(self, rows: Sequence[_Row], score: float, group: int | None = None) -> int:
        """Put rows into a group, or into a new one; its number."""
        if group is None:
            group, self._next = self._next, self._next + 1
            self.rows[group], self.scores[group] = [], 1.0
        self.rows[group] += rows
        self.scores[group] = min(score, self.scores[group])
        for row in rows:
            for word in _telling(row):
                self._by_word[word].add(group)
        return group

    def retell(self, texts: Mapping[str, str], stories: _Stories) -> None:
        """Give noun phrases to the people who bear them as titles anywhere in the pile."""
        people = {i: [part for row in rows for part in row.parts] for i, rows in self.rows.items() if _people(rows)}
        changed = moved(people, texts)
        for rows in self.rows.values():
            rows[:] = [
                _row(row.key, [changed.get(part.id, part) for part in row.parts], stories)
                if any(part.id in changed for part in row.parts)
                else row
                for row in rows
            ]

    def join(self, groups: Iterable[int]) -> int:
        """Make several groups one; its number."""
        first, *others = sorted(groups)
        for other in others:
            self.add(self.rows.pop(other), self.scores.pop(other), first)
        return first

    def like(self, row: _Row) -> list[int]:
        """Groups that share a telling word with the row, in order."""
        found = {group for word in _telling(row) for group in self._by_word.get(word, ())}
        return sorted(group for group in found if group in self.rows)


def _people(rows: Sequence[_Row]) -> bool:
    return all(row.kind == "person" for row in rows)


def _telling(row: _Row) -> frozenset[str]:
    """Words by which a row may be found: of its names, titles and noun phrases, and what their nouns cover."""
    titles = [title.title for part in row.parts for title in part.titles]
    words = {word for text in (*titles, *row.phrases) for word in phrase_words(text)}
    words |= {word for noun in row.roles for word in noun.split()}
    words |= {word for text in row.phrases for word in sort_words(text)}
    return frozenset(words | {romanised(word) for name in row.names for word in name_words(name)})


def _attach(row: _Row, groups: _Groups) -> None:
    """Put `row` into the one group that it fits best; two that fit alike, or none: a group of its own."""
    fits = sorted(((fit, i) for i in groups.like(row) if (fit := _fit(row, groups.rows[i])) >= THRESHOLD), reverse=True)
    equal = sorted(i for fit, i in fits if fit == fits[0][0])
    if not equal:
        groups.add([row], 1.0)
    elif len(equal) == 1:
        groups.add([row], fits[0][0], equal[0])
    elif row.kind in ("person", "role") or any(other.names for i in equal for other in groups.rows[i]):
        groups.add([row], 1.0)  # it could be either
    else:
        groups.add([row], fits[0][0], groups.join(equal))


def _fit(row: _Row, group: Sequence[_Row]) -> float:
    if row.names:
        same = [other for other in group if other.kind == "person"]
        alike = max((people(row.names[0], other.names[0]) for other in same if other.names), default=NONE)
        if alike < SHORT or not any(_one_story(row, other) for other in same):
            return 0.0
        return 0.8 if any(row.roles & other.roles for other in same) else 0.7
    told = sorted(row.phrases)
    most = max((len(phrase_words(text)) for text in told), default=0)
    said = [text for text in told if len(phrase_words(text)) == most]  # "the ministry" adds nothing to a fuller phrase
    best = max((_fits_phrase(row, text, other) for text in said for other in group), default=0.0)
    return best if best and any(_one_story(row, other) for other in group) else 0.0


def _fits_phrase(row: _Row, text: str, other: _Row) -> float:
    """Do the words of a noun phrase occur in the titles, names or noun phrases of the other row?"""
    words = phrase_words(text)
    vague = text.lower().startswith(("a ", "an ")) and len(words) < 2  # "an engineer" may be any
    person = row.kind in ("person", "role")
    here = not row.reports.isdisjoint(other.reports)
    if not words or (here and not person) or (vague and row.kind != "facility"):
        return 0.0  # within its own report coreference has decided, but for titles that other reports give
    if person != (other.kind in ("person", "role")):
        return 0.0
    if not person and not (row.kind == other.kind or _compatible(row.kind, other.kind)):
        return 0.0
    titles = other.titles
    phrases = {phrase_words(text) for text in other.phrases}
    names = {phrase_words(name) for name in other.names} if not person else set()
    if words in titles or words in names or (words in phrases and not here):
        return 0.95 if here else 0.9
    if any(words < known or (known < words and _places(words - known, row)) for known in titles):
        return 0.85 if here else 0.8
    if not person and any(sorts_agree(text, name) for name in other.names):
        return 0.8
    if here:
        return 0.0
    if not person:
        return 0.75 if any(sorts_agree(text, two) for two in other.phrases) else 0.0
    return 0.7 if not other.names and any(len(words & known) > 1 for known in phrases) else 0.0


def _places(words: frozenset[str], row: _Row) -> bool:
    """Are the words names that the row's own reports know?"""
    known_words = {word for name in row.world for word in name.strip(STATE).split()}
    return all(romanised(word) in known_words for word in words)


# -- actors ------------------------------------------------------------------------------------------------------------


def _actors(groups: _Groups, joint: Sequence[Part], homes: Mapping[str, int]) -> tuple[Actor, ...]:
    found: dict[int, Actor] = {}
    for i, rows in groups.rows.items():
        found[i] = _actor([part for row in rows for part in row.parts], groups.scores[i], ())
    together: dict[tuple[str, ...], list[Part]] = defaultdict(list)
    for part in joint:
        ids = tuple(sorted({found[homes[id]].id for id in part.members if id in homes}))
        together[ids if len(ids) > 1 else (*ids, part.id)].append(part)
    groups_of = [
        _actor(parts, 1.0, ids if len(ids) > 1 and not ids[-1].startswith("part-") else ())
        for ids, parts in sorted(together.items())
    ]
    return tuple(sorted([*found.values(), *groups_of], key=lambda actor: actor.id))


def _actor(parts: Sequence[Part], score: float, members: tuple[str, ...]) -> Actor:
    mentions = sorted({mention for part in parts for mention in part.mentions}, key=lambda m: (m.span, m.form))
    name = _best_name(parts, members)
    kinds = Counter({part.kind: 0 for part in parts})
    for part in parts:
        kinds[part.kind] += len(part.mentions) * (2 if part.names else 1)
    first = mentions[0].span if mentions else None
    names = sorted({surface for part in parts for surface in part.names})
    return Actor(
        id=digest("actor", *(members or ())) if members else digest("actor", *(_place(mentions) or (name,))),
        name=name,
        kind="group" if members else min(kinds, key=lambda kind: (-kinds[kind], kind)),
        aliases=tuple(surface for surface in names if surface != name),
        members=members,
        titles=tuple(sorted({title for part in parts for title in part.titles}, key=lambda t: t.span)),
        mentions=tuple(mention for mention in mentions if mention.form != "pronoun"),
        wikidata=next((part.wikidata for part in parts if part.wikidata), None),
        basis=Basis(by=STEP, score=round(score, 2), evidence=(first,) if first else ()),
    )


def _place(mentions: Sequence[ActorMention]) -> tuple[object, ...]:
    if not mentions:
        return ()
    span = mentions[0].span
    return span.report, span.start, span.end


def _best_name(parts: Sequence[Part], members: tuple[str, ...]) -> str:
    """The table's name; else the fullest name, the one met most; else the fullest noun phrase."""
    canonical = Counter(part.canonical for part in parts if part.canonical)
    if canonical and not members:
        return min(canonical, key=lambda name: (-canonical[name], name))
    counts: Counter[str] = Counter()
    for part in parts:
        for name in part.names:
            counts[name] += sum(m.form in ("name", "acronym") for m in part.mentions) or 1
    if counts and not members and all(part.kind == "country" for part in parts):
        plain = {name: count for name, count in counts.items() if not name.isupper()} or counts
        return min(plain, key=lambda name: (-plain[name], len(name), name))  # states go by their short names
    if counts and not members:
        full = max(len(name_words(name)) for name in counts)
        return min(
            (name for name in counts if len(name_words(name)) == full),
            key=lambda name: (name.isupper(), -counts[name], name),
        )
    phrases = {text for part in parts for text in part.nominals} or {"?"}
    return min(phrases, key=lambda text: (-len(phrase_words(text)), len(text), text))
