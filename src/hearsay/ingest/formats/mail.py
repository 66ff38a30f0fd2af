"""Mails and saved pages in mail form (MHTML): the article, and what the headers state.

In come the bytes of a mail, out comes one record. Of a mail the innermost forwarded one counts, and of its parts the
text or the page that says more; of MHTML the page that was saved, whose Date is the day it was saved and no day of
publication. Lines that the mail program cut at its margin are joined. Parts are bounded in number and depth, nothing
that is attached is opened, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from email.message import Message
from functools import cache
from typing import Any

from hearsay.data import alternatives, table
from hearsay.errors import ReportError
from hearsay.ingest import names
from hearsay.ingest.bounded import bounded
from hearsay.ingest.decode import decode, repair
from hearsay.ingest.formats.html import lines_of, parse_markup, parsed, record_of
from hearsay.ingest.formats.wrapping import unwrap
from hearsay.ingest.record import Record
from hearsay.ingest.votes import Vote, address_votes

MEDIA_TYPE = "message/rfc822"
MAX_PARTS = 500
MAX_DEPTH = 30  # parts inside parts

_HEADERS = re.compile(rb"(?:[A-Za-z][\w-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,40}){2}")
_OF_MAIL = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Return-Path|Content-Type):", re.IGNORECASE | re.MULTILINE)
_HEADER_LINE = re.compile(r"[ \t>*]{0,4}(?P<name>[A-Z][\w-]{0,20}|À)\s?:\*?[ \t]{1,4}(?P<value>\S.{0,500})")
_NAMED = re.compile(r"\"?(?P<name>[^\"<>@]{2,80}?)\"?\s{0,4}(?:<[^<>]{3,200}>|\[mailto:[^\]]{3,200}\])?")
_VIA = re.compile(r".{1,60}\b(?:via|at)\s(?=[A-Z])")
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)


def is_mail(data: bytes, suffix: str) -> bool:
    """Told by the suffix, or by headers that only mails have."""
    if suffix in (".eml", ".mht", ".mhtml"):
        return True
    head = data[:4096].replace(b"\r\n", b"\n")
    return suffix in ("", ".txt", ".msg", ".mail") and bool(
        _HEADERS.match(head) and _OF_MAIL.search(_first_block(head))
    )


def _first_block(head: bytes) -> bytes:
    return head.split(b"\n\n", 1)[0]


def mail(data: bytes, uri: str) -> Iterator[Record]:
    """The mail as one record. Raises ReportError where it is cut off, has too many parts, or holds no text."""
    found = bounded(parse_mail, data)
    yield record_of(found, uri, media_type=found["media_type"])


# -- in the child ------------------------------------------------------------------------------------------------------


def parse_mail(data: bytes) -> dict[str, Any]:
    """Lines and votes of a mail, as values that JSON can hold. Raises ReportError."""
    from email import message_from_bytes
    from email.policy import compat32

    if len(_BOUNDARY.findall(data)) > MAX_PARTS:
        raise ReportError(f"has more than {MAX_PARTS} parts; save the article alone")
    message = message_from_bytes(data, policy=compat32)
    saved = message.get("Snapshot-Content-Location") or "saved by" in _header(message, "From").casefold()
    if saved or (message.get_content_type() == "multipart/related" and not message.get("To")):
        return _saved_page(message)
    while (inner := _forwarded(message)) is not None:
        message = inner
    votes = list(_header_votes(message))
    fields, text = _unwrapped(repair(_body(message)))
    if fields:
        votes = [_unsent(vote) for vote in votes] + list(_forward_votes(fields))
    if not text.strip():
        raise ReportError("holds no text; save the article from it")
    lines = [(line.rstrip("\r"), "") for line in unwrap(text.strip("\r\n")).split("\n")]
    return {"lines": lines, "votes": [asdict(vote) for vote in votes], "media_type": MEDIA_TYPE}


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are no containers, in order. Raises ReportError where there are too many."""
    waiting = [(message, 0)]
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        part, depth = waiting.pop(0)
        if part.is_multipart() and depth < MAX_DEPTH:
            children: Any = part.get_payload()
            waiting[:0] = [(child, depth + 1) for child in children]
        else:
            yield part
    raise ReportError(f"has more than {MAX_PARTS} parts; save the article alone")


def _header(message: Message, name: str) -> str:
    """A header with its encoded words decoded."""
    from email.header import decode_header

    raw = str(message.get(name) or "")[:2000]
    try:
        parts = decode_header(raw)
        joined = "".join(
            part if isinstance(part, str) else part.decode(charset or "latin-1", "replace") for part, charset in parts
        )
    except (LookupError, ValueError):
        joined = raw
    return repair(" ".join(joined.split()))


def _text(part: Message) -> str:
    """The characters of a part, as it declares them or as its bytes show."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = str(part.get_content_charset() or "utf-8")
    try:
        text = data.decode("cp1252" if charset in ("iso-8859-1", "us-ascii") else charset)
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    text = text.replace("\r\n", "\n")
    flowed = str(part.get_param("format") or "").casefold() == "flowed"
    return re.sub(r"(?<=\S) \n(?=[^\s>])", " ", text) if flowed else text  # RFC 3676: the line goes on


def _saved_page(message: Message) -> dict[str, Any]:
    """The page that a browser saved: the part of its address, or the first page."""
    address = _header(message, "Snapshot-Content-Location")
    pages = [part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReportError("holds no page; save it again as HTML")
    page = next((part for part in pages if address and _header(part, "Content-Location") == address), pages[0])
    found = parse_markup(_text(page))
    if "export" in found:
        raise ReportError("is an export of a database, saved as a web archive; save it as HTML, RTF or text")
    votes = list(address_votes(address or _header(page, "Content-Location"), "Content-Location"))
    day, subject = _header(message, "Date"), _header(message, "Subject")
    votes.append(Vote(field="crawled", value=day, origin="metadata", where="header date", weight=0.9))
    votes.append(Vote(field="headline", value=subject, origin="metadata", where="header subject", weight=0.4))
    return found | {"votes": found["votes"] + [asdict(vote) for vote in votes], "media_type": "multipart/related"}


def _forwarded(message: Message) -> Message | None:
    """The mail that is attached to this one as a whole."""
    for part in _parts_or_mails(message):
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload()
            return inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Message) else None
    return None


def _parts_or_mails(message: Message) -> list[Message]:
    """The direct parts of a mixed mail."""
    payload: Any = message.get_payload()
    return list(payload) if isinstance(payload, list) and message.get_content_type() != "message/rfc822" else []


def _body(message: Message) -> str:
    """The mail's text, or its page's where that says clearly more."""
    texts = {"text/plain": "", "text/html": ""}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in texts and not texts[kind] and part.get_content_disposition() != "attachment":
            texts[kind] = _text(part)
    plain, page = texts["text/plain"], texts["text/html"]
    if page:
        shown = "\n".join(line.text for line in lines_of(parsed(page)))
        if len(plain.split()) < 0.6 * len(shown.split()):
            return shown
    return plain


# -- headers -----------------------------------------------------------------------------------------------------------


@cache
def _rules(source: str) -> dict[str, tuple[str, float]]:
    rows = (row for row in table("page_fields") if row["source"] == source)
    return {name: (row["field"], float(row["weight"] or 0)) for row in rows for name in alternatives(row["name"])}


@cache
def _prefix() -> re.Pattern[str]:
    names_of = "|".join(map(re.escape, _rules("prefix")))
    return re.compile(rf"(?:(?:{names_of})(?:\[\d{{1,3}}\])?\s?:\s{{0,4}}|\[[^\[\]]{{2,40}}\]\s{{1,4}}){{1,6}}")


def _vote(source: str, name: str, value: str) -> Iterator[Vote]:
    field, weight = _rules(source).get(name, ("", 0.0))
    where = f"{source} {name.casefold()}"
    if field == "headline":
        value = _prefix().sub("", value, count=1) if _prefix().match(value) else value
    elif field == "outlet":
        named = _NAMED.fullmatch(value.strip())
        bare = _VIA.sub("", named["name"].strip()) if named else ""
        if not (names.known(bare) or names.is_outlet(bare)):
            field = "sender"  # a person who passed it on has not published it
        else:
            value = bare
    if field and value.strip():
        yield Vote(field=field, value=value, origin="metadata", where=where, weight=weight)


def _header_votes(message: Message) -> Iterator[Vote]:
    for name in _rules("header"):
        yield from _vote("header", name, _header(message, name))


def _unwrapped(text: str) -> tuple[list[tuple[str, str]], str]:
    """The header lines of the mail that this one forwards, and its text; no lines where none is forwarded."""
    marks = _rules("forward_mark")
    lines = text.split("\n")
    for i, line in enumerate(lines[:200]):
        bare = line.strip(" -_>*")
        if bare in marks or (_HEADER_LINE.match(line) and _block(lines, i)):
            start = i if bare not in marks else next((j for j in range(i + 1, len(lines)) if lines[j].strip(" >")), i)
            fields = _block(lines, start)
            if fields:
                rest = lines[start + len(fields) :]
                return fields, "\n".join(line.removeprefix("> ") for line in rest)
    return [], text


def _block(lines: list[str], start: int) -> list[tuple[str, str]]:
    """Header lines from `start` on, at least three of which the table knows; else none."""
    fields: list[tuple[str, str]] = []
    for line in lines[start : start + 12]:
        found = _HEADER_LINE.match(line)
        if found is None or found["name"] not in _rules("forward"):
            break
        fields.append((found["name"], found["value"].strip()))
    return fields if len(fields) >= 3 else []


def _forward_votes(fields: list[tuple[str, str]]) -> Iterator[Vote]:
    for name, value in fields:
        yield from _vote("forward", name, value)


def _unsent(vote: Vote) -> Vote:
    """A header of the mail that forwards: when it was sent says nothing about the article."""
    if vote.field == "published":
        return replace(vote, field="crawled")
    return replace(vote, field="sender") if vote.field == "outlet" else replace(vote, weight=0.1)
