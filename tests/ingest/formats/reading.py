"""What tests of formats share: bytes in, records and refusals out."""

from __future__ import annotations

from hearsay.errors import ReportError
from hearsay.ingest.formats import read
from hearsay.ingest.record import Record
from hearsay.model import Skipped
from hearsay.settings import Settings

STORY = "The council of Port Ostra said on Monday that it would rebuild the harbour wall before winter."
MORE = "“It will stand for a century,” Mayor Ilse Brandvik told the meeting."


def records(data: bytes | str, uri: str, settings: Settings | None = None) -> tuple[list[Record], dict[str, str]]:
    """Records of a file, and why what was refused was refused, by address; the whole file under its own."""
    found: list[Record] = []
    refused: dict[str, str] = {}
    try:
        for item in read(data.encode() if isinstance(data, str) else data, uri, settings or Settings()):
            if isinstance(item, Skipped):
                refused[item.uri] = item.why
            else:
                found.append(item)
    except ReportError as error:
        refused[uri] = str(error)
    return found, refused


def only(data: bytes | str, uri: str, settings: Settings | None = None) -> Record:
    """The one record of a file of which nothing is refused."""
    found, refused = records(data, uri, settings)
    assert refused == {}
    (record,) = found
    return record
