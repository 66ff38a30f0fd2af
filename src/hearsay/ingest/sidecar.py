"""What a user states about files, in a table that lies beside them: `reports.csv` in a folder that is read.

In comes the folder, out comes a Sidecar: for each file named in the column `file` (its path below the folder, archives'
members included) its outlet, agency, author, date, title and language. What the user states wins over what files and
texts say, and stands as metadata. A row that fits no file is named as skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from hearsay.errors import ReportError
from hearsay.ingest.decode import decode
from hearsay.ingest.formats.fields import META, compose_meta
from hearsay.ingest.formats.table import named_rows
from hearsay.ingest.record import Record
from hearsay.model import Skipped

NAME = "reports.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """`stated`: values by file; `lines`: the row that states them; `refused`: rows that state nothing usable."""

    stated: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    refused: tuple[Skipped, ...] = ()

    def tell(self, record: Record, uri: str, met: set[str]) -> Record:
        """The record with what the user states about its file; files that were met are noted in `met`.

        `uri` is the file's address. A row for the record's own address wins over one for the whole file.
        """
        known = [name for name in (uri, *_around(record.uri)) if name in self.stated]
        met.update(known)
        stated = {key: value for name in known for key, value in self.stated[name].items()}
        if not stated:
            return record
        title = stated.get("title", "")
        if title:
            lead = len(record.text) - len(record.text.lstrip())
            begins = record.text.startswith(title, lead)
            record = replace(record, title=lead + len(title) if begins else 0)
        return replace(record, meta=record.meta | stated)

    def unmet(self, met: set[str]) -> Iterator[Skipped]:
        """What the user stated about files that are not there."""
        for name in self.stated:
            if name not in met:
                why = f"names “{name}”, of which nothing was read; correct the column “file”"
                yield Skipped(uri=f"{NAME}:{self.lines[name]}", why=why)


def _around(address: str) -> Iterator[str]:
    """The address and, for a record of a table or a list, the file that holds it."""
    yield address.rpartition(":")[0]
    yield address


def sidecar_of(folder: Path, limit: int) -> Sidecar | None:
    """What lies beside the files of a folder; None where there is no table with a column `file`.

    `limit`: bytes that it may have.
    """
    path = folder / NAME
    if not folder.is_dir() or not path.is_file():
        return None
    try:
        if path.stat().st_size > limit:
            return None
        rows = list(named_rows(decode(path.read_bytes()), "file"))
    except (OSError, ReportError):
        return None  # read like any other file, it is refused by name
    if not rows:
        return None
    stated: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    refused: list[Skipped] = []
    for number, row in rows:
        name = row.get("file", "").replace("\\", "/").removeprefix("./")
        values = compose_meta({key: value for key, value in row.items() if key in META})
        if not name or not values:
            refused.append(Skipped(uri=f"{NAME}:{number}", why="states nothing about a file; fill “file” and a column"))
        elif name in stated:
            refused.append(Skipped(uri=f"{NAME}:{number}", why=f"names “{name}” again; keep one of the rows"))
        else:
            stated[name], lines[name] = values, number
    return Sidecar(stated=stated, lines=lines, refused=tuple(refused))
