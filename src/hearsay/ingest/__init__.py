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
from hearsay.ingest.zones import zone
from hearsay.model import Report, Skipped, Span, Zone, report_id
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
        for found in walk(path):
            if isinstance(found, Skipped):
                yield found
                continue
            for record in _records(*found, settings):
                if isinstance(record, Skipped):
                    yield record
                elif (id := report_id(record.text, record.uri)) not in seen:
                    seen.add(id)
                    yield report_of(replace(record, meta={**record.meta, **dict(settings.stated)}))


def _records(file: Path, uri: str, settings: Settings) -> Iterator[Record | Skipped]:
    """The records of one file, or why it is refused."""
    try:
        if not file.is_file():
            raise ReportError("is not a regular file; name a text file")
        size = file.stat().st_size
        if size > settings.max_bytes:
            raise ReportError(f"has {size} bytes, over the limit of {settings.max_bytes}; split it or raise the limit")
        for number, record in enumerate(formats.read(file.read_bytes(), uri, settings)):
            if number >= settings.max_reports:
                raise ReportError(f"has more than {settings.max_reports} records; the rest is left out, split the file")
            yield record
    except OSError as error:
        yield Skipped(uri=uri, why=f"cannot be read ({error.strerror}); check its rights")
    except ReportError as error:
        yield Skipped(uri=uri, why=str(error))


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
        headline=head.headline,
        outlet=head.outlet,
        agency=head.agency,
        byline=head.byline,
        dateline=head.dateline,
        published=head.published,
        revision=head.revision,
        extra=record.extra,
    )
