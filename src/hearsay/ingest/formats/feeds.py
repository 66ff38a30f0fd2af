"""RSS and Atom files: one entry is one report.

In come the bytes of a saved feed, out comes a record an entry: title, blank line, and the entry's content, or its
summary where it has no content. The day of publication dates it; the day of a change serves only where that is
missing. feedparser reads the bytes; it is given no name and no address, so nothing is fetched.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hearsay.errors import ReportError
from hearsay.ingest import names
from hearsay.ingest.formats.fields import compose
from hearsay.ingest.formats.markup import fragment_text
from hearsay.ingest.record import Record
from hearsay.ingest.xml import MAX_DEPTH, harmless
from hearsay.model import Skipped

_PARTS = re.compile(r"\s+[-–—|:»›]\s+|\s*[|»›]\s*|:\s+")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]{0,60})(?:[^<>]{0,5000})>")
_KEPT = ("published", "updated", "link", "comments")


def is_feed(_data: bytes, suffix: str) -> bool:
    """Told by its first tag."""
    return suffix == ".rss"


def feed(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """One record or refusal an entry. Raises ReportError where the file is no feed, or is built to do harm."""
    import feedparser

    text = harmless(data)
    _check_depth(text)
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not parsed.entries:
        raise ReportError("is a feed without entries, or a damaged one; save it again")
    atom = "application/atom+xml"
    for number, entry in enumerate(parsed.entries, 1):
        address = f"{uri}:{number}"
        try:
            record = _record(entry, parsed.feed, address)
            yield replace(record, media_type=atom) if str(parsed.version).startswith("atom") else record
        except ReportError as error:
            yield Skipped(uri=str(entry.get("link") or address), why=str(error))


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


def _record(entry: Any, channel: Any, address: str) -> Record:
    """The record of one entry. Raises ReportError where it has no text."""
    contents = sorted((part.get("value") or "" for part in entry.get("content") or ()), key=len, reverse=True)
    bodies = (fragment_text(text) for text in (*contents, entry.get("summary") or "", entry.get("description") or ""))
    body = next(filter(None, bodies), "")
    if not body:
        raise ReportError("has no text; the feed gives only its title")
    published = entry.get("published") or entry.get("issued") or ""
    people = [person.get("name") or "" for person in entry.get("authors") or ()] or [entry.get("author") or ""]
    language = (contents and entry.content[0].get("language")) or channel.get("language") or ""
    return compose(
        uri=str(entry.get("link") or entry.get("id") or address),
        media_type="application/rss+xml",
        title=fragment_text(entry.get("title") or ""),
        body=body,
        meta={
            "outlet": _outlet(entry, channel),
            "author": "; ".join(filter(None, people)),
            "date": published or entry.get("updated") or entry.get("created") or "",
            "language": str(language),
        },
        extra=(
            *((key, str(entry[key])) for key in _KEPT if key in entry),
            ("id", str(entry.get("id") or "")),
            ("feed", str(channel.get("title") or "")),
        ),
    )


def _outlet(entry: Any, channel: Any) -> str:
    """Who publishes: the source that the entry names, the feed's publisher, or what its title names."""
    source = (entry.get("source") or {}).get("title") or channel.get("publisher") or ""
    title = fragment_text(str(channel.get("title") or ""))
    parts = [title, *_PARTS.split(title)]
    return str(source) or next((part for part in parts if names.is_outlet(part)), "")
