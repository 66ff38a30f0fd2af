"""File formats: one function a format, one table.

In comes a file's bytes, out come Records (text and what the file states about it) or refusals. `FORMATS` is asked in
order; the first whose test accepts the bytes and the suffix reads the file. A new format is a function and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hearsay.ingest.formats.jsonlines import is_json, is_json_lines, json_document, json_lines
from hearsay.ingest.formats.text import is_text, plain_text
from hearsay.ingest.record import Record
from hearsay.model import Skipped

Reader = Callable[[bytes, str], Iterator[Record | Skipped]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: `accepts(first bytes, suffix)` recognises it, `read(bytes, uri)` yields its records."""

    name: str
    accepts: Callable[[bytes, str], bool]
    read: Reader


FORMATS: tuple[Format, ...] = (
    Format(name="JSON lines", accepts=is_json_lines, read=json_lines),
    Format(name="JSON", accepts=is_json, read=json_document),
    Format(name="text", accepts=is_text, read=plain_text),
)


def read(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """The records of one file. Raises ReportError where the file as a whole cannot be read."""
    suffix = "." + uri.rsplit(".", 1)[-1].lower() if "." in uri.rsplit("/", 1)[-1] else ""
    chosen = next(form for form in FORMATS if form.accepts(data[:4096], suffix))
    yield from chosen.read(data, uri)
