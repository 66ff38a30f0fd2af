"""Read, relate, tell: the one place that knows ingest, extract, link and store.

In come paths, out comes a Dossier. Reading is done report by report, in as many processes as wished, and kept; a
report that is in the store already is not read again. Relating works on tables: each step takes rows and gives the
rows of one table of its own, so steps run in one order and none is ever revisited.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias, TypeVar

from hearsay import __version__
from hearsay import dossier as dossiers
from hearsay.errors import HearsayError, NothingToRead, ReportError
from hearsay.extract import read as read_report
from hearsay.extract.reader import OnnxReader, Reader
from hearsay.ingest import ingest
from hearsay.link.actors import actor_index, link_actors
from hearsay.link.additions import find_additions
from hearsay.link.commitments import link_commitments
from hearsay.link.copies import find_copies
from hearsay.link.dates import solve_dates
from hearsay.link.events import link_events
from hearsay.link.findings import find_agreements, find_differences
from hearsay.link.relays import link_relays
from hearsay.link.revisions import link_revisions, with_revisions
from hearsay.link.statements import link_statements
from hearsay.link.stories import link_stories
from hearsay.link.tables import Tables
from hearsay.link.utterances import link_utterances
from hearsay.model import (
    Actor,
    Addition,
    Agreement,
    Commitment,
    Conflict,
    Dossier,
    Event,
    Reading,
    Relay,
    Report,
    Skipped,
    Statement,
    Story,
    Utterance,
    When,
)
from hearsay.pile import ReadBy, mark_related
from hearsay.settings import Settings
from hearsay.store import MEMORY, Store, open_store

T = TypeVar("T")
Progress: TypeAlias = Callable[[str, int, int], None]
MakeReader: TypeAlias = Callable[[], Reader]

BATCH = 50  # readings a commit: what a killed run loses at most

STEPS = (
    "dates",
    "actors",
    "statements",
    "events",
    "utterances",
    "relays",
    "stories",
    "additions",
    "differences",
    "agreements",
    "commitments",
)
# Which step in which version makes the rows of a type; its number rises when the same reports give other rows.
MADE_BY = {
    "When": "link.dates@1",
    "Actor": "link.actors@1",
    "Statement": "link.statements@1",
    "Event": "link.events@1",
    "Utterance": "link.utterances@1",
    "Relay": "link.relays@1",
    "Story": "link.stories@1",
    "Addition": "link.additions@1",
    "Conflict": "link.findings@1",
    "Agreement": "link.findings@1",
    "Commitment": "link.commitments@1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedReader:
    """Makes the reader that a run's settings name. A value, so that each process knows which one it has loaded."""

    model: Path | None = None

    def __call__(self) -> Reader:
        """Load it; raises ModelError."""
        return OnnxReader(self.model)


def build(
    paths: Iterable[str | Path],
    *,
    store: str | Path | Store | None = None,
    settings: Settings = Settings(),  # noqa: B008  (frozen)
    progress: Progress | None = None,
    reader: MakeReader | None = None,
) -> Dossier:
    """The dossier of the reports under `paths` and of those that the store holds already.

    `store` is a file that keeps what was read for the next time, or an open store, which stays open; None keeps
    nothing. `progress` is called with a step's name, the items done and the items found so far. `reader` makes another
    reader than the shipped one: a class, or another callable that can be hashed and pickled. Raises MissingPath,
    NothingToRead (not one report could be read), StoreError, OutputError, ModelError.
    """
    with _opened(store) as opened:
        add(opened, paths, settings, progress=progress, reader=reader)
        relate(opened, progress=progress)
        return dossiers.assemble(opened)


def add(
    store: Store,
    paths: Iterable[str | Path],
    settings: Settings = Settings(),  # noqa: B008
    *,
    progress: Progress | None = None,
    reader: MakeReader | None = None,
) -> tuple[Skipped, ...]:
    """Read what the store does not hold yet and keep it, batch by batch; give and list what was refused.

    What another reader or another version of this program has read is read again, from the store where the paths no
    longer give it; so is a report about which something else is stated now. Raises NothingToRead when neither the paths
    nor the store hold a report; what was refused is listed all the same.
    """
    make = reader or ShippedReader(model=settings.model)
    readers = ReadBy(program=__version__, reader=" ".join((_loaded(make).name, *settings.languages)))
    reports = [reading.report for reading in store.rows(Reading)]
    stale = bool(reports) and readers not in store.rows(ReadBy)
    known = {} if stale else {report.id: report for report in reports}
    intake = _Intake(known, progress or _silent)
    items = chain(intake.given(ingest(_paths(paths), settings)), reports if stale else ())
    fresh = intake.readings(
        store.map(partial(_read_one, make, settings.languages), intake.unknown(items), settings.workers)
    )
    if stale:
        store.replace(Reading, fresh)  # one transaction: until all are read again the old ones stand
    restated: dict[str, Reading] = {}
    while batch := list(islice(fresh, BATCH)):
        store.add(batch)
        restated.update((reading.report.id, reading) for reading in batch if reading.report.id in known)
    if restated:
        store.replace(Reading, [restated.get(row.report.id, row) for row in store.rows(Reading)])
    store.replace(ReadBy, [readers])
    earlier = [row for row in store.rows(Skipped) if row.uri not in intake.uris]
    store.replace(Skipped, [*earlier, *intake.refused.values()])
    if next(store.rows(Reading), None) is None:
        raise NothingToRead(_nothing(intake.refused.values()))
    return tuple(intake.refused.values())


def restates(report: Report, stored: Report) -> bool:
    """Does metadata state something about the report that the stored one does not have so?"""
    names = ("headline", "outlet", "agency", "published")
    told = ((getattr(report, name), getattr(stored, name)) for name in names)
    stated = any(new is not None and new.origin == "metadata" and new != old for new, old in told)
    return stated or (report.byline != stored.byline and any(name.origin == "metadata" for name in report.byline))


class _Intake:
    """What one run takes in: the addresses it was given, the reports it knows, how far it is, what it refused."""

    def __init__(self, known: Mapping[str, Report], tell: Progress) -> None:
        self.uris: set[str] = set()
        self.refused: dict[str, Skipped] = {}
        self._stored = known
        self._known = set(known)
        self._tell = tell
        self._found = self._done = 0

    def given(self, items: Iterable[Report | Skipped]) -> Iterator[Report | Skipped]:
        """The items, their addresses noted."""
        for item in items:
            self.uris.add(item.uri)
            yield item

    def unknown(self, items: Iterable[Report | Skipped]) -> Iterator[Report | Skipped]:
        """Each report once, and none that is known, unless it was stated anew."""
        again: set[str] = set()
        for item in items:
            if isinstance(item, Report):
                restated = item.id not in again and restates(item, self._stored.get(item.id, item))
                if item.id in self._known and not restated:
                    continue
                self._known.add(item.id)
                again.add(item.id)
            self._found += 1
            yield item

    def readings(self, items: Iterable[Reading | Skipped]) -> Iterator[Reading]:
        """The readings; what was refused is noted, once an address."""
        for item in items:
            self._done += 1
            self._tell("read", self._done, self._found)
            if isinstance(item, Skipped):
                self.refused.setdefault(item.uri, item)
            else:
                yield item


def read(
    paths: Iterable[str | Path],
    settings: Settings = Settings(),  # noqa: B008
    *,
    reader: MakeReader | None = None,
) -> Iterator[Reading | Skipped]:
    """Every report under `paths` read for itself, in the order found; nothing is kept or related."""
    make = reader or ShippedReader(model=settings.model)
    with _opened(None) as store:
        yield from store.map(
            partial(_read_one, make, settings.languages), ingest(_paths(paths), settings), settings.workers
        )


def relate(store: Store, *, progress: Progress | None = None) -> None:
    """Relate all readings of the store: each step writes one table, from the readings and the tables before it."""
    tell = progress or _silent
    readings = tuple(store.rows(Reading))

    def keep(step: str, kind: type[T], rows: tuple[T, ...]) -> tuple[T, ...]:
        store.replace(kind, rows)
        tell(step, STEPS.index(step) + 1, len(STEPS))
        return rows

    whens = keep("dates", When, solve_dates(readings))
    actors = keep("actors", Actor, link_actors(readings, pairs=store.pairs))
    index = actor_index(actors, readings)
    statements = keep("statements", Statement, link_statements(readings, actors=index, whens=whens))
    revisions = link_revisions(readings, pairs=store.pairs)
    copies = with_revisions(find_copies(readings, pairs=store.pairs), revisions)
    events = keep(
        "events", Event, link_events(readings, actors=index, whens=whens, statements=statements, copies=copies)
    )
    utterances = link_utterances(readings, statements=statements, whens=whens, copies=copies, pairs=store.pairs)
    keep("utterances", Utterance, utterances)
    relays = link_relays(readings, statements=statements, utterances=utterances, actors=index, copies=copies)
    keep("relays", Relay, relays)
    tables = Tables(
        readings=readings,
        whens=whens,
        actors=actors,
        statements=statements,
        events=events,
        utterances=utterances,
        relays=relays,
    )
    tables = replace(tables, stories=keep("stories", Story, link_stories(tables, pairs=store.pairs)))
    keep("additions", Addition, find_additions(tables))
    keep("differences", Conflict, find_differences(tables))
    keep("agreements", Agreement, find_agreements(tables))
    keep("commitments", Commitment, link_commitments(tables))
    mark_related(store, (reading.report for reading in readings), MADE_BY)


@contextmanager
def _opened(store: str | Path | Store | None) -> Iterator[Store]:
    """A store that is closed behind us, unless it came open."""
    if store is not None and not isinstance(store, str | Path):
        yield store
        return
    opened = open_store(MEMORY if store is None else store)
    try:
        yield opened
    finally:
        opened.close()


def _paths(paths: Iterable[str | Path]) -> list[Path]:
    return [Path(path) for path in paths]


def _read_one(make: MakeReader, languages: tuple[str, ...], item: Report | Skipped) -> Reading | Skipped:
    """One report read, or refused with a reason: a report that breaks the reader must not break the run.

    A report in a language that is not to be read is kept as it is, for a reader that can.
    """
    if isinstance(item, Skipped):
        return item
    if item.language.partition("-")[0] not in languages:
        return Reading(report=item)
    reader = _loaded(make)
    try:
        return read_report(item, reader)
    except ReportError as error:
        return Skipped(uri=item.uri, why=str(error))
    except HearsayError:
        raise
    except Exception as error:
        return Skipped(uri=item.uri, why=f"reading it failed ({type(error).__name__}: {error}); please report this")


@cache
def _loaded(make: Hashable) -> Reader:
    """The reader of this process, loaded once."""
    assert callable(make)
    reader: Reader = make()
    return reader


def _nothing(refused: Iterable[Skipped]) -> str:
    """Why there is nothing: the first reasons by name."""
    reasons = [f"{row.uri}: {row.why}" for row in sorted(refused, key=lambda row: row.uri)]
    if not reasons:
        return "no report was found in what was given; name files or folders that hold news reports"
    more = f" (and {len(reasons) - 3} more)" if len(reasons) > 3 else ""
    return f"no report could be read: {'; '.join(reasons[:3])}{more}"


def _silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
