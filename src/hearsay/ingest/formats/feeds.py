"""RSS and Atom files: one entry is one report.

In come the bytes of a saved feed, out comes a record an entry: title, blank line, and the entry's content, or its
summary where it has no content. The day of publication dates it; the day of a change serves only where that is
missing. feedparser reads the bytes in a child that may be killed; it gets no name and no address to fetch.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from hearsay.errors import ReportError
from hearsay.ingest import names
from hearsay.ingest.bounded import bounded
from hearsay.ingest.formats.fields import compose
from hearsay.ingest.formats.markup import fragment_text
from hearsay.ingest.record import Record
from hearsay.ingest.xml import MAX_DEPTH, harmless
from hearsay.model import Skipped

_PARTS = re.compile(r"\s+[-–—|:»›]\s+|\s*[|»›]\s*|:\s+")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]{0,60})(?:[^<>]{0,5000})>")


def is_feed(_data: bytes, suffix: str) -> bool:
    """Told by its first tag."""
    return suffix == ".rss"


def feed(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """One record or refusal an entry. Raises ReportError where the file is no feed, or is built to do harm."""
    text = harmless(data)
    _check_depth(text)
    parsed = bounded(parse_feed, text.encode("utf-8", "replace"))
    if not parsed["entries"]:
        raise ReportError("is a feed without entries, or a damaged one; save it again")
    media_type = f"application/{'atom' if parsed['version'].startswith('atom') else 'rss'}+xml"
    for number, entry in enumerate(parsed["entries"], 1):
        address = entry["link"] or entry["id"] or f"{uri}:{number}"
        try:
            yield _record(entry, parsed["channel"], address, media_type)
        except ReportError as error:
            yield Skipped(uri=address, why=str(error))


def _check_depth(text: str) -> None:
    """Raises ReportError where tags nest deeper than any feed's do."""
    depth = 0
    for match in _TAG.finditer(text):
        if match[1]:
            depth -= 1
        elif not match[0].endswith("/>"):
            depth += 1
            if depth > MAX_DEPTH * 5:  # feeds are sloppy: paragraphs that are never closed count as well
                raise ReportError("nests elements deeper than any feed does")


def _record(entry: Mapping[str, Any], channel: Mapping[str, str], address: str, media_type: str) -> Record:
    """The record of one entry. Raises ReportError where it has no text."""
    body = next(filter(None, map(fragment_text, entry["bodies"])), "")
    if not body:
        raise ReportError("has no text; the feed gives only its title")
    stated = ("id", "link", "published", "updated")
    return compose(
        uri=address,
        media_type=media_type,
        title=fragment_text(entry["title"]),
        body=body,
        meta={
            "outlet": _outlet(entry, channel),
            "author": "; ".join(filter(None, entry["authors"])),
            "date": entry["published"] or entry["updated"],
            "language": entry["language"] or channel["language"],
        },
        extra=(*((key, entry[key]) for key in stated if entry[key] != address), ("feed", channel["title"])),
    )


def _outlet(entry: Mapping[str, Any], channel: Mapping[str, str]) -> str:
    """Who publishes: the source that the entry names, the feed's publisher, or what its title names."""
    title = fragment_text(channel["title"])
    parts = [title, *_PARTS.split(title)]
    return entry["source"] or channel["publisher"] or next((part for part in parts if names.is_outlet(part)), "")


# -- in the child ------------------------------------------------------------------------------------------------------


def parse_feed(data: bytes) -> dict[str, Any]:
    """Channel and entries of a feed in UTF-8, as values that JSON can hold."""
    import feedparser

    parsed = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    channel = {key: str(parsed.feed.get(key) or "") for key in ("title", "publisher", "language")}
    return {
        "version": str(parsed.version or ""),
        "channel": channel,
        "entries": [_values(entry) for entry in parsed.entries],
    }


def _values(entry: Any) -> dict[str, Any]:
    """One entry: bodies are its contents, the longest first, then its summary."""
    contents = sorted(entry.get("content") or (), key=lambda part: -len(part.get("value") or ""))
    people = [person.get("name") or "" for person in entry.get("authors") or ()] or [entry.get("author") or ""]
    single = {key: str(entry[key] or "") if key in entry else "" for key in ("id", "link", "title", "updated")}
    return single | {
        "published": str(entry.get("published") or entry.get("issued") or ""),
        "bodies": [str(part.get("value") or "") for part in contents] + [str(entry.get("summary") or "")],
        "authors": [str(name) for name in people],
        "language": next((str(part["language"]) for part in contents if part.get("language")), ""),
        "source": str((entry.get("source") or {}).get("title") or ""),
    }
