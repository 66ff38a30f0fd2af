"""Whether what a store relates is of the reports it holds, and which steps made it.

In come a store's reports and the notes that a finished run left, out comes whether the two fit: a run that was stopped
between reading and relating leaves reports that no statement tells of yet, and nobody shall take that for a result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearsay.model import Report, digest
from hearsay.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBy:
    """Which version of this program and which reader the readings of a store come from."""

    program: str
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Left by a run that related everything: the pile it was, and which step in which version made which values."""

    pile: str
    steps: tuple[tuple[str, str], ...] = ()


def mark_related(store: Store, reports: Iterable[Report], steps: Mapping[str, str]) -> None:
    """Note that all tables of the store are of these reports."""
    note = Related(pile=_pile(store, reports), steps=tuple(sorted(steps.items())))
    store.replace(Related, [note])


def is_related(store: Store, reports: Iterable[Report]) -> bool:
    """Are the tables of the store of these reports, which are all it holds?"""
    note = next(store.rows(Related), None)
    return note is not None and note.pile == _pile(store, reports)


def made_by(store: Store) -> dict[str, str]:
    """Step and version by the name of the value type it made: {"Actor": "link.actors@1"}."""
    note = next(store.rows(Related), None)
    read = next(store.rows(ReadBy), None)
    steps = dict(note.steps) if note else {}
    return {**steps, **({"Report": f"ingest of hearsay {read.program}", "Reading": read.reader} if read else {})}


def _pile(store: Store, reports: Iterable[Report]) -> str:
    """Digest of what relating rests on: who read it, the texts, and what is stated about them."""
    heads = sorted(repr((r.id, r.headline, r.outlet, r.agency, r.byline, r.published, r.language)) for r in reports)
    return digest("pile", *(repr(row) for row in store.rows(ReadBy)), *heads)
