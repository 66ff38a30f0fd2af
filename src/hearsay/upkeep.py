"""A store through its life: reports added, stated anew, taken out, and what a run would do.

In come an open store and what the user names, out come Changes; the store is related again wherever reports changed, so
that after each of these functions it is as if it had been built from the reports that it holds now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hearsay import pipeline
from hearsay.errors import NothingToRead
from hearsay.ingest import ingest
from hearsay.lookup import find_report
from hearsay.model import Reading, Report, Skipped
from hearsay.pile import is_related
from hearsay.pipeline import MakeReader, Progress
from hearsay.settings import Settings
from hearsay.store import Store

Fate = Literal["new", "changed", "restated", "known", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What becomes of one report or file: `why` says why it is refused, `id` is empty there."""

    fate: Fate
    uri: str
    id: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a run did, each tuple sorted by address.

    `changed`: new texts under addresses that the store knew; their `earlier` texts are kept, or were taken out if
    `replaced`. `restated`: known texts about which the user now states something else.
    """

    new: tuple[Report, ...] = ()
    changed: tuple[Report, ...] = ()
    restated: tuple[Report, ...] = ()
    earlier: tuple[Report, ...] = ()
    removed: tuple[Report, ...] = ()
    refused: tuple[Skipped, ...] = ()
    replaced: bool = False

    def __bool__(self) -> bool:
        """Is there anything to relate again?"""
        return bool(self.new or self.changed or self.restated or self.removed)


def add_reports(
    store: Store,
    paths: Iterable[str | Path],
    settings: Settings = Settings(),  # noqa: B008  (frozen)
    *,
    replace: bool = False,
    progress: Progress | None = None,
    reader: MakeReader | None = None,
) -> Changes:
    """Read what the store does not hold yet, and relate everything again if that is anything.

    `replace` takes out the earlier texts of addresses whose text changed. Raises MissingPath, NothingToRead,
    StoreError, OutputError, ModelError.
    """
    before = _reports(store)
    refused = pipeline.add(store, paths, settings, progress=progress, reader=reader)
    after = _reports(store)
    known = {report.uri for report in before.values()}
    fresh = [report for id, report in after.items() if id not in before]
    changed = {report.uri for report in fresh if report.uri in known}
    earlier = [report for report in before.values() if report.uri in changed]
    if replace and earlier:
        gone = {report.id for report in earlier}
        _take_out(store, gone)
        after = {id: report for id, report in after.items() if id not in gone}
    found = Changes(
        new=_sorted(report for report in fresh if report.uri not in known),
        changed=_sorted(report for report in fresh if report.uri in known),
        restated=_sorted(report for id, report in after.items() if before.get(id, report) != report),
        earlier=_sorted(earlier),
        refused=tuple(sorted(refused, key=lambda row: row.uri)),
        replaced=replace,
    )
    if found or not is_related(store, after.values()):
        pipeline.relate(store, progress=progress)
    return found


def remove_reports(store: Store, names: Iterable[str], *, progress: Progress | None = None) -> Changes:
    """Take reports out, by id or address, and relate the rest again; refused files are struck off the list.

    Raises MissingPath before anything is changed where a name fits none or several, NothingToRead where none is left.
    """
    reports = _reports(store)
    refused = {row.uri: row for row in store.rows(Skipped)}
    wanted = list(dict.fromkeys(names))
    struck = [refused[name] for name in wanted if name in refused]
    gone = [find_report(reports.values(), name) for name in wanted if name not in refused or _is_report(reports, name)]
    left = len(reports) - len({report.id for report in gone})
    if gone and not left:
        raise NothingToRead("that would leave no report; delete the folder instead if it is no longer needed")
    if struck:
        store.replace(Skipped, [row for row in refused.values() if row not in struck])
    _take_out(store, {report.id for report in gone})
    if gone or not is_related(store, reports.values()):
        pipeline.relate(store, progress=progress)
    return Changes(removed=_sorted(dict.fromkeys(gone)), refused=tuple(struck))


def plan(
    paths: Iterable[str | Path],
    settings: Settings = Settings(),  # noqa: B008
    *,
    store: Store | None = None,
) -> Iterator[Planned]:
    """What adding the paths to the store would read, know already or refuse, in the order found; nothing is written."""
    known = _reports(store) if store else {}
    uris = {report.uri for report in known.values()}
    for item in ingest([Path(path) for path in paths], settings):
        if isinstance(item, Skipped):
            yield Planned(fate="refused", uri=item.uri, why=item.why)
        elif item.id in known:
            other = pipeline.restates(item, known[item.id])
            yield Planned(fate="restated" if other else "known", uri=item.uri, id=item.id)
        else:
            yield Planned(fate="changed" if item.uri in uris else "new", uri=item.uri, id=item.id)


# -- pieces ------------------------------------------------------------------------------------------------------------


def _reports(store: Store) -> dict[str, Report]:
    return {reading.report.id: reading.report for reading in store.rows(Reading)}


def _is_report(reports: dict[str, Report], name: str) -> bool:
    return any(name in (report.id, report.uri) for report in reports.values())


def _take_out(store: Store, gone: set[str]) -> None:
    """One transaction; what was related stays until it is related again, and the store is known to be behind."""
    if gone:
        store.replace(Reading, [reading for reading in store.rows(Reading) if reading.report.id not in gone])


def _sorted(reports: Iterable[Report]) -> tuple[Report, ...]:
    return tuple(sorted(reports, key=lambda report: (report.uri, report.id)))
