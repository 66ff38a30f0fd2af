"""Plain text: one file is one report, and its name is its address."""

from __future__ import annotations

from collections.abc import Iterator

from hearsay.errors import ReportError
from hearsay.ingest.decode import decode
from hearsay.ingest.record import Record


def is_text(_data: bytes, _suffix: str) -> bool:
    """Whatever no other format claims is tried as text; the decoder refuses what is none."""
    return True


def plain_text(data: bytes, uri: str) -> Iterator[Record]:
    """The file as one record. Raises ReportError for an empty or undecodable file."""
    text = decode(data)
    if not text.strip():
        raise ReportError("is empty; nothing to read")
    yield Record(uri=uri, text=text, media_type="text/plain")
