"""Read, relate, tell: the one place that knows ingest, extract, link and store.

In come paths, out comes a Dossier. Reading is done report by report, in as many processes as wished, and kept; a
report that is in the store already is not read again. Relating works on tables: each step takes rows and gives the
rows of one table of its own, so steps run in one order and none is ever revisited.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias, TypeVar

from hearsay import dossier as dossiers
from hearsay.errors import HearsayError, NothingToRead, ReportError
from hearsay.extract import read as read_report
from hearsay.extract.reader import OnnxReader, Reader
from hearsay.ingest import ingest
from hearsay.link.actors import actor_index, link_actors
from hearsay.link.dates import solve_dates
from hearsay.link.events import link_events
from hearsay.link.relays import link_relays
from hearsay.link.statements import link_statements
from hearsay.link.utterances import link_utterances
from hearsay.model import Actor, Dossier, Event, Reading, Relay, Report, Skipped, Statement, Utterance, When
from hearsay.settings import Settings
from hearsay.store import MEMORY, Store, open_store

T = TypeVar("T")
Progress: TypeAlias = Callable[[str, int, int], None]
MakeReader: TypeAlias = Callable[[], Reader]

BATCH = 50  # readings a commit: what a killed run loses at most

STEPS = ("dates", "actors", "statements", "events", "utterances", "relays")


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
) -> None:
    """Read what the store does not hold yet and keep it, batch by batch; list what was refused.

    Raises NothingToRead when neither the paths nor the store hold a report; what was refused is listed all the same.
    """
    tell = progress or _silent
    known = {reading.report.id for reading in store.rows(Reading)}
    kept = len(known)
    seen: set[str] = set()
    refused: dict[str, Skipped] = {}
    found = done = 0

    def fresh(items: Iterable[Report | Skipped]) -> Iterator[Report | Skipped]:
        nonlocal found
        for item in items:
            seen.add(item.uri)
            if isinstance(item, Report) and item.id in known:
                continue
            if isinstance(item, Report):
                known.add(item.id)
            found += 1
            yield item

    def readings(items: Iterable[Reading | Skipped]) -> Iterator[Reading]:
        nonlocal done
        for item in items:
            done += 1
            tell("read", done, found)
            if isinstance(item, Skipped):
                refused.setdefault(item.uri, item)
            else:
                yield item

    fruit = readings(_read_all(store, fresh(ingest(_paths(paths), settings)), settings, reader))
    while batch := list(islice(fruit, BATCH)):
        store.add(batch)
        kept += len(batch)
    earlier = [row for row in store.rows(Skipped) if row.uri not in seen]
    store.replace(Skipped, [*earlier, *refused.values()])
    if not kept:
        raise NothingToRead(_nothing(refused.values()))


def read(
    paths: Iterable[str | Path],
    settings: Settings = Settings(),  # noqa: B008
    *,
    reader: MakeReader | None = None,
) -> Iterator[Reading | Skipped]:
    """Every report under `paths` read for itself, in the order found; nothing is kept or related."""
    with _opened(None) as store:
        yield from _read_all(store, ingest(_paths(paths), settings), settings, reader)


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
    keep("events", Event, link_events(readings, actors=index, whens=whens, statements=statements))
    utterances = keep("utterances", Utterance, link_utterances(readings, statements=statements, pairs=store.pairs))
    relays = link_relays(readings, statements=statements, utterances=utterances, actors=index, pairs=store.pairs)
    keep("relays", Relay, relays)


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


def _read_all(
    store: Store, items: Iterable[Report | Skipped], settings: Settings, reader: MakeReader | None
) -> Iterator[Reading | Skipped]:
    """Readings of reports in the store's pool; what was refused passes through."""
    make = reader or ShippedReader(model=settings.model)
    yield from store.map(partial(_read_one, make), items, settings.workers)


def _read_one(make: MakeReader, item: Report | Skipped) -> Reading | Skipped:
    """One report read, or refused with a reason: a report that breaks the reader must not break the run."""
    if isinstance(item, Skipped):
        return item
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
