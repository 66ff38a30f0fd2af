"""JSON lines: one object a line, one report an object; and JSON documents that hold one such object or a list of them.

Keys: `id` or `url` (the address), `title`, `text`, `outlet`, `agency`, `author`, `date`, `language`; others are kept as
they are. The report's text is the title, a blank line and the body. A line that cannot be used costs that line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from hearsay.errors import ReportError
from hearsay.ingest.decode import decode, repair
from hearsay.ingest.record import Record
from hearsay.model import Skipped

MEDIA_TYPE = "application/jsonl"
_STATED = ("title", "outlet", "agency", "author", "date", "language")


def is_json_lines(data: bytes, suffix: str) -> bool:
    """Told by the suffix, or by a first line that opens an object with a quoted key."""
    if suffix in (".jsonl", ".ndjson", ".jsonlines"):
        return True
    first, _, rest = data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    opens = first[:1] == b"{" and first[1:].lstrip()[:1] == b'"'
    return opens and (suffix in ("", ".txt") or (suffix == ".json" and rest.lstrip()[:1] == b"{"))


def json_lines(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """One record or refusal a line that is not blank. Raises ReportError for an empty or undecodable file."""
    text = decode(data)
    if not text.strip():
        raise ReportError("is empty; nothing to read")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            address = f"{uri}:{number}"
            try:
                yield record(json.loads(line), address)
            except (ValueError, RecursionError):
                yield Skipped(uri=address, why="is not valid JSON; each line must be one JSON object")
            except ReportError as error:
                yield Skipped(uri=address, why=str(error))


def is_json(data: bytes, suffix: str) -> bool:
    """A `.json` file that is not JSON lines."""
    return suffix == ".json" and data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def json_document(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """The records of a list of objects, or of one. Raises ReportError where the document is neither."""
    try:
        value = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise ReportError("is not valid JSON") from error
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        address = f"{uri}:{number}" if isinstance(value, list) else uri
        try:
            yield record(item, address)
        except ReportError as error:
            yield Skipped(uri=address, why=str(error))


def record(value: object, address: str) -> Record:
    """The record of one parsed object; `address` serves where it states none. Raises ReportError."""
    if not isinstance(value, dict):
        raise ReportError("is not a JSON object; each line must be one")
    body = value.get("text")
    if not isinstance(body, str) or not body.strip():
        raise ReportError('has no text; give it under the key "text"')
    body = _clean(body)
    stated = {key: _words(value[key]) for key in _STATED if value.get(key) not in (None, "", [])}
    title = stated.get("title", "").strip()
    begins = bool(title) and body.lstrip().startswith(title)
    text = body if begins or not title else f"{title}\n\n{body}"
    lead = len(body) - len(body.lstrip()) if begins else 0
    used = {"id", "url", "text", *_STATED} - ({"url"} if value.get("id") not in (None, "") else set())
    return Record(
        uri=_clean(str(value.get("id") or value.get("url") or address)),
        text=text,
        media_type=MEDIA_TYPE,
        title=lead + len(title) if title else 0,
        meta=stated,
        extra=tuple((_clean(str(key)), _words(value[key])) for key in sorted(value) if key not in used),
    )


def _words(value: object) -> str:
    """A metadata value as text: lists of names are joined, other structures are written as JSON."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _clean("; ".join(value))
    return _clean(json.dumps(value, ensure_ascii=False, sort_keys=True))


def _clean(text: str) -> str:
    """Escapes can smuggle in mojibake and lone surrogates, which no file can hold; both are repaired."""
    return repair(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
