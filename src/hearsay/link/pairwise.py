"""Which rows are one thing: block, score, cluster, written once for all steps that compare pairs.

In come rows and a Rule: `keys` puts a row into blocks, `score` compares two rows of one block, `veto` names pairs that
can never be one. Out come clusters. Blocking needs only (key, id) pairs, so a store can join them in SQL; the default
joins in memory. Best edges are merged first and a veto between any two members stops a merge, so the result does not
depend on the order of the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
Pairs = Callable[[Iterable[tuple[str, str]], int], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Row]):
    """How rows of one table are compared. Scores lie in 0..1; a pair at or above `threshold` is an edge.

    Blocks of more than `limit` rows say nothing about their members and are passed over.
    """

    name: str
    keys: Callable[[Row], Iterable[str]]
    score: Callable[[Row, Row], float]
    threshold: float
    veto: Callable[[Row, Row], bool] = lambda a, b: False
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Ids that are one thing, sorted, and the weakest score that joined them (1.0 for a single row)."""

    ids: tuple[str, ...]
    score: float


def pairs_in_memory(keyed: Iterable[tuple[str, str]], limit: int) -> Iterator[tuple[str, str]]:
    """All pairs of ids that share a key, each once, sorted. `keyed` holds (key, id)."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for key, id in keyed:
        blocks[key].add(id)
    found: set[tuple[str, str]] = set()
    for block in blocks.values():
        if len(block) <= limit:
            members = sorted(block)
            found.update((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
    yield from sorted(found)


def edges(rows: Mapping[str, Row], rule: Rule[Row], *, pairs: Pairs = pairs_in_memory) -> list[tuple[float, str, str]]:
    """Scored pairs at or above the rule's threshold, best first."""
    keyed = ((key, id) for id, row in rows.items() for key in rule.keys(row))
    scored = ((rule.score(rows[a], rows[b]), a, b) for a, b in pairs(keyed, rule.limit))
    return sorted(((s, a, b) for s, a, b in scored if s >= rule.threshold), key=lambda e: (-e[0], e[1], e[2]))


def cluster(rows: Mapping[str, Row], rule: Rule[Row], *, pairs: Pairs = pairs_in_memory) -> tuple[Cluster, ...]:
    """Clusters of `rows` (id -> row), sorted by their smallest id; every row is in exactly one."""
    home = {id: id for id in rows}
    members: dict[str, list[str]] = {id: [id] for id in rows}
    weakest = dict.fromkeys(rows, 1.0)
    for score, a, b in edges(rows, rule, pairs=pairs):
        one, two = sorted((home[a], home[b]))
        if one == two or any(rule.veto(rows[x], rows[y]) for x in members[one] for y in members[two]):
            continue
        for id in members[two]:
            home[id] = one
        members[one] += members.pop(two)
        weakest[one] = min(weakest[one], weakest.pop(two), score)
    groups = (Cluster(ids=tuple(sorted(ids)), score=weakest[root]) for root, ids in members.items())
    return tuple(sorted(groups, key=lambda group: group.ids))
