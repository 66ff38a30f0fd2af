"""Bytes to reports.

In come the paths that a user named, out come Reports, zoned and with their mastheads, and a Skipped for everything that
could not be read: one file or one record is refused, the run goes on. Two records with one text and one address are one
report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from os import PathLike
from pathlib import Path

from hearsay.errors import ReportError
from hearsay.ingest import formats
from hearsay.ingest.files import checked, walk
from hearsay.ingest.language import language_of
from hearsay.ingest.masthead import masthead
from hearsay.ingest.record import Record
from hearsay.ingest.sidecar import NAME, sidecar_of
from hearsay.ingest.zones import zone
from hearsay.model import Report, Skipped, Sourced, Span, Zone, report_id
from hearsay.settings import Settings

__all__ = ["ingest", "report_of"]


def ingest(paths: Iterable[str | PathLike[str]], settings: Settings) -> Iterator[Report | Skipped]:
    """Every report under the paths, each once, in the order of the paths and of the names below them.

    Raises MissingPath, before anything is read, where a path does not exist.
    """
    return _reports(checked(paths), settings)


def _reports(paths: Iterable[Path], settings: Settings) -> Iterator[Report | Skipped]:
    seen: set[str] = set()
    for path in paths:
        for record in _told(path, settings):
            if isinstance(record, Skipped):
                yield record
            elif (id := report_id(record.text, record.uri)) not in seen:
                seen.add(id)
                yield report_of(record)


def _told(path: Path, settings: Settings) -> Iterator[Record | Skipped]:
    """The records under a path with what the user states about them: for the run, and, winning, for each file."""
    sidecar = sidecar_of(path, settings.max_bytes)
    met: set[str] = set()
    for found in walk(path):
        if isinstance(found, Skipped):
            yield found
        elif sidecar is None or found[1] != NAME:
            for record in _records(*found, settings):
                if isinstance(record, Record):
                    record = replace(record, meta={**record.meta, **dict(settings.stated)})
                    record = sidecar.tell(record, found[1], met) if sidecar else record
                yield record
    if sidecar is not None:
        yield from sidecar.refused
        yield from sidecar.unmet(met)


def _records(file: Path, uri: str, settings: Settings) -> Iterator[Record | Skipped]:
    """The records of one file, or why it is refused."""
    try:
        if not file.is_file():
            raise ReportError("is not a regular file; name a text file")
        size = file.stat().st_size
        limit = _limit(file, settings)
        if size > limit:
            raise ReportError(f"has {size} bytes, over the limit of {limit}; split it or raise the limit")
        for number, record in enumerate(formats.read(file.read_bytes(), uri, settings)):
            if number >= settings.max_reports:
                raise ReportError(f"has more than {settings.max_reports} records; the rest is left out, split the file")
            yield record
    except OSError as error:
        yield Skipped(uri=uri, why=f"cannot be read ({error.strerror}); check its rights")
    except ReportError as error:
        yield Skipped(uri=uri, why=str(error))


def _limit(file: Path, settings: Settings) -> int:
    """The bytes that a file may have: archives may have what they may unpack to, their members what files may."""
    if formats.suffix_of(file.name) not in (".zip", ".tar", ".gz", ".tgz"):
        return settings.max_bytes
    return formats.archives.Budget.of(settings).total


def report_of(record: Record) -> Report:
    """The report of one record: its text zoned and its masthead read."""
    id = report_id(record.text, record.uri)
    zones = zone(record.text, title=record.title)
    head = masthead(id, record.text, zones, record.meta)
    story = " ".join(record.text[start:end] for start, end, kind in zones if kind in ("headline", "body"))
    return Report(
        id=id,
        uri=record.uri,
        text=record.text,
        media_type=record.media_type,
        language=record.meta.get("language", "").strip().lower()[:35] or language_of(story or record.text),
        zones=tuple(Zone(span=Span(report=id, start=start, end=end), kind=kind) for start, end, kind in zones),
        headline=_headline(record, head.headline),
        outlet=head.outlet,
        agency=head.agency,
        byline=head.byline,
        dateline=head.dateline,
        published=head.published,
        revision=head.revision,
        extra=record.extra,
    )


def _headline(record: Record, read: Sourced | None) -> Sourced | None:
    """The headline that was read; one that is stated and stands nowhere at the head of the text rests on no words."""
    stated = record.meta.get("title", "")
    if record.title or not stated or (read is not None and read.value == stated):
        return read
    return Sourced(value=stated, origin="metadata")
