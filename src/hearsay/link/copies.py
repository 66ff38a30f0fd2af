"""Which reports hold another's text: exact copies by digest, near ones by MinHash, told apart by what they share.

In come Readings, out come Relay rows `duplicate` and `wasDerivedFrom` with the lines that are shared; no report is
dropped. Stories are compared by the 64-bit hashes of their runs of words. Blocking is Broder's ("On the resemblance
and containment of documents", SEQUENCES 1997): the least value of a story's runs under each of BANDS fixed permutations
is a key, so a store can join them, and two stories with resemblance r share a key with probability 1 - (1 - r)^BANDS:
0.999 at 0.11, where two stories of one length have a fifth of their runs in common. Bands hold one row each, because
reports that share few runs are wanted as well, and reports that share none by origin share hardly one by chance. What
is scored is exact: the part of the shorter story that stands in the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from hearsay.link.pairwise import Pairs, Rule, edges, pairs_in_memory
from hearsay.link.words import plain
from hearsay.model import Reading, Relay, RelayKind, Report, Span

Runs: TypeAlias = npt.NDArray[np.uint64]

STEP = "link.copies@1"
RUN = 7  # words in a row that two writers rarely share by chance
REUSED = 0.2  # part of the shorter story's runs that must stand in the other
COPIED = 0.9  # the same, for a duplicate
BANDS = 64
ORIGINS = 20  # copies of a report that are named at most, the closest first
_SEED = 1997
_GOLDEN, _MIX_1, _MIX_2 = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB  # splitmix64
_STRIDE = np.uint64(0xD1342543DE82EF95)


def find_copies(readings: Iterable[Reading], *, pairs: Pairs = pairs_in_memory) -> tuple[Relay, ...]:
    """Reports whose story is largely another's words, sorted by id; the later, shorter or second by id is derived."""
    reports: dict[str, Report] = {}
    stories: dict[str, Runs] = {}
    for reading in readings:
        reports[reading.report.id] = reading.report
        stories[reading.report.id] = runs(own_words(reading))
    same = _exact(reports, stories)
    rule: Rule[str] = Rule(
        name=STEP,
        keys=lambda id: keys(stories[id]),
        score=lambda a, b: contained(stories[a], stories[b]),
        threshold=REUSED,
    )
    close: dict[str, list[str]] = defaultdict(list)
    kinds: dict[tuple[str, str], RelayKind] = {}
    for score, one, two in edges({id: id for id in same}, rule, pairs=pairs):
        first, second = sorted((one, two), key=lambda id: _order(reports[id]))
        if len(close[second]) < ORIGINS:
            close[second].append(first)
            kinds[second, first] = "duplicate" if score >= COPIED else "wasDerivedFrom"
    for first, others in same.items():
        kinds.update({(second, first): "duplicate" for second in others})
    found = (
        Relay(report=second, origin=first, kind=kind, evidence=_shared(reports[second], stories[first]))
        for (second, first), kind in kinds.items()
    )
    return tuple(sorted(found, key=lambda relay: relay.id))


def _exact(reports: Mapping[str, Report], stories: Mapping[str, Runs]) -> dict[str, list[str]]:
    """First report of each story -> the others with the very same runs, so that a block holds a story once."""
    groups: dict[bytes, list[str]] = defaultdict(list)
    for id in sorted(reports, key=lambda id: _order(reports[id])):
        groups[stories[id].tobytes() or id.encode()].append(id)
    return {ids[0]: ids[1:] for ids in groups.values()}


def _order(report: Report) -> tuple[str, int, str]:
    """What comes first is the origin: the earlier, then the longer report."""
    value = report.published.value if report.published else ""
    return (value if value and "X" not in value else "9999", -len(report.text), report.id)


# -- stories as numbers ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=200_000)
def _word(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _mixed(values: Runs) -> Runs:
    """Splitmix64: every bit of a value depends on every other."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_MIX_1)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_MIX_2)
    return values ^ (values >> np.uint64(31))


def _hashes(words: tuple[str, ...]) -> Runs:
    """One hash a run of RUN words, in order; the same on every machine."""
    if len(words) < RUN:
        return np.empty(0, dtype=np.uint64)
    numbers = np.fromiter(map(_word, words), dtype=np.uint64, count=len(words))
    total = np.zeros(len(words) - RUN + 1, dtype=np.uint64)
    for i in range(RUN):
        total = total * _STRIDE + numbers[i : len(words) - RUN + 1 + i]
    return _mixed(total)


def runs(text: str) -> Runs:
    """Hashes of all runs of RUN words of a text, sorted, each once."""
    return np.unique(_hashes(plain(text)))


def contained(one: Runs, other: Runs) -> float:
    """Part of the runs of the shorter story that stand in the other, 0..1."""
    return len(np.intersect1d(one, other, assume_unique=True)) / max(1, min(len(one), len(other)))


@cache
def _permutations() -> tuple[Runs, Runs]:
    """Odd factors and summands of BANDS permutations of the 64-bit numbers, as columns."""
    seeds = np.uint64(_SEED) + np.arange(1, 2 * BANDS + 1, dtype=np.uint64) * np.uint64(_GOLDEN)
    drawn = _mixed(seeds).reshape(2, BANDS, 1)
    return drawn[0] | np.uint64(1), drawn[1]


def keys(story: Runs) -> Iterator[str]:
    """The story's MinHash bands as blocking keys; a story shorter than a run has none."""
    if not len(story):
        return
    factors, summands = _permutations()
    least = (story * factors + summands).min(axis=1)
    for band, value in enumerate(least.tolist()):
        yield f"{band:02x}{value >> 16:012x}"


# -- the words ---------------------------------------------------------------------------------------------------------


def own_words(reading: Reading) -> str:
    """Headline and body without quotations: two reporters who heard one speech share its words, not each other's."""
    text = reading.report.text
    quoted = [part for a in reading.attributions if a.form == "direct" for part in a.content]
    parts = []
    for zone in reading.report.zones:
        if zone.kind in {"headline", "body"}:
            at = zone.span.start
            for part in sorted(span for span in quoted if zone.span.holds(span)):
                parts.append(text[at : max(at, part.start)])
                at = max(at, part.end)
            parts.append(text[at : zone.span.end])
    return "\n".join(parts)


def _shared(report: Report, other: Runs) -> tuple[Span, ...]:
    """Body lines of a report that hold runs of the other."""
    found = []
    for zone in report.zones:
        if zone.kind != "body":
            continue
        at = zone.span.start
        for line in zone.span.of(report.text).splitlines(keepends=True):
            if np.isin(_hashes(plain(line)), other).any():
                found.append(Span(report=report.id, start=at, end=at + len(line.rstrip())))
            at += len(line)
    return tuple(found)
