"""JSON: lines of one object each, and documents that hold objects, alone, in a list or deep inside an answer.

In come the bytes of a file, out comes a record for each object that has a text. Names are matched with the table
`columns` (`id` or `url`, `title`, `text` or `html`, `outlet`, `agency`, `author`, `date`, `language` and their like);
others are kept as they are. Objects of IPTC ninjs are read as such. A line or object that cannot be used costs itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from hearsay.errors import ReportError
from hearsay.ingest.decode import decode
from hearsay.ingest.formats.fields import Columns, body_of, record_of, sort_fields
from hearsay.ingest.formats.ninjs import is_ninjs, ninjs
from hearsay.ingest.record import Record
from hearsay.model import Skipped
from hearsay.settings import Settings

MEDIA_TYPE = "application/jsonl"
_DEPTH = 6  # objects and lists around a report in the answers of news services
_MOST_OBJECTS = 300_000  # in one document; lines have no such bound
_NO_JSON = "is not valid JSON"


def is_json_lines(_data: bytes, suffix: str) -> bool:
    """Told by its brackets."""
    return suffix in (".jsonl", ".ndjson", ".jsonlines")


def json_lines(data: bytes, uri: str, settings: Settings) -> Iterator[Record | Skipped]:
    """One record or refusal a line that is not blank. Raises ReportError for an empty or undecodable file."""
    text = decode(data)
    if not text.strip():
        raise ReportError("is empty; nothing to read")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            address = f"{uri}:{number}"
            try:
                yield record(json.loads(line), address, settings.columns)
            except (ValueError, RecursionError):
                yield Skipped(uri=address, why=f"{_NO_JSON}; each line must be one JSON object")
            except ReportError as error:
                yield Skipped(uri=address, why=str(error))


def is_json(_data: bytes, suffix: str) -> bool:
    """A JSON document that is not JSON lines."""
    return suffix == ".json"


def json_document(data: bytes, uri: str, settings: Settings) -> Iterator[Record | Skipped]:
    """The records of the objects inside. Raises ReportError where the document is broken or holds no report."""
    text = decode(data)
    if not text.strip():
        raise ReportError("is empty; nothing to read")
    if text.count("{") > _MOST_OBJECTS:
        raise ReportError(f"holds more than {_MOST_OBJECTS} objects; split it, or write JSON lines")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ReportError(f"{_NO_JSON}{where}; it may be cut off, get it again") from error
    if isinstance(value, dict) and value.get("type") in ("FeatureCollection", "Feature", "Topology"):
        raise ReportError("is GeoJSON: it holds map data and no reports")
    items = _items(value, settings.columns, 0)
    if not items:
        raise ReportError('holds no object with a text; give it under the key "text", or name the key with --column')
    for number, item in enumerate(items, 1):
        address = f"{uri}:{number}" if len(items) > 1 or isinstance(value, list) else uri
        try:
            yield record(item, address, settings.columns)
        except ReportError as error:
            yield Skipped(uri=address, why=str(error))


def record(value: object, address: str, columns: Columns = ()) -> Record:
    """The record of one parsed object; `address` serves where it states none. Raises ReportError."""
    if not isinstance(value, dict):
        raise ReportError("is not a JSON object; each line must be one")
    if is_ninjs(value):
        return ninjs(value, address)
    inner = value.get("_source")  # as search engines wrap what they found
    return record_of(inner if isinstance(inner, dict) else value, uri=address, media_type=MEDIA_TYPE, columns=columns)


def _items(value: object, columns: Columns, depth: int) -> list[object]:
    """The objects that are, or stand beside, reports: the first list that holds some, or the object itself."""
    if depth > _DEPTH:
        return []
    if isinstance(value, list):
        inside = [_items(item, columns, depth + 1) for item in value]
        if depth and not any(inside):
            return []
        return [found for item, items in zip(value, inside, strict=True) for found in (items or [item])]
    if not isinstance(value, dict):
        return []
    if _has(value, ("text", "html"), columns) or is_ninjs(value):
        return [value]
    beside = {name: item for name, item in value.items() if not isinstance(item, dict | list)}
    nested: list[object] = []
    for item in value.values():
        inner = _items(item, columns, depth + 1)
        if isinstance(item, dict) and len(inner) == 1 and isinstance(inner[0], dict):
            inner = [{**beside, **inner[0]}]  # what stands around the one text belongs to it
        nested += inner
    return nested or ([value] if _has(value, ("summary",), columns) else [])


def _has(value: Mapping[str, object], fields: tuple[str, ...], columns: Columns) -> bool:
    own = sort_fields(value, columns)[0]
    return any(body_of(own.get(field)) for field in fields)
