"""DOCX: a Word document becomes its text, and an export of a database its articles.

In come the bytes of a zip, out come one record or the articles of an export. Paragraphs are lines, cells of a row stand
in one line; deleted words, field codes and the doubles that Word keeps for old programs are left out. The title is the
first paragraph, where it has the style of a title. When a document was made or saved says nothing about when the report
was published. The file is parsed in a child (see `bounded`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

from hearsay.errors import ReportError
from hearsay.ingest.bounded import bounded
from hearsay.ingest.formats.exports import export_records, service_of
from hearsay.ingest.record import Record
from hearsay.model import Skipped

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_BYTES = 60_000_000  # of the unpacked text
MAX_RATIO = 300  # text packs to a tenth; a bomb to a thousandth
MAX_DEPTH = 300

_STORY = "word/document.xml"
_TITLES = frozenset(("title", "heading1", "headline"))
_LEFT_OUT = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback", "footnoteReference", "pict"))


def is_docx(_data: bytes, suffix: str) -> bool:
    """Told by the members of the zip, before any format is asked."""
    return suffix == ".docx"


def docx(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """One record, or one an article. Raises ReportError where the file is damaged, too large, or holds no text."""
    found = bounded(parse_docx, data)
    text, title = str(found["text"]), str(found["title"])
    if not text.strip():
        raise ReportError("holds no text; if it is a scan, it must be read by character recognition first")
    if service_of(text):
        yield from export_records(text, uri, media_type=MEDIA_TYPE)
        return
    body = text.strip("\n")
    first = body.split("\n", 1)[0]
    if title and title != first:
        title = ""  # a heading further down is one of several
    yield Record(uri=uri, text=body, media_type=MEDIA_TYPE, title=len(title), meta={"title": title} if title else {})


# -- in the child ------------------------------------------------------------------------------------------------------


def parse_docx(data: bytes) -> dict[str, Any]:
    """Text and title of a document. Raises ReportError."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    try:
        with ZipFile(io.BytesIO(data)) as packed:
            member = packed.getinfo(_STORY)
            if member.file_size > MAX_BYTES or member.file_size > MAX_RATIO * max(member.compress_size, 1000):
                raise ReportError(
                    f"unpacks to {member.file_size} bytes, more than a document of its size; save its text"
                )
            story = packed.read(member)
    except KeyError as error:
        raise ReportError("is no Word document; save it as .docx or text") from error
    except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ReportError("is a damaged, incomplete or locked document; open it and save it again") from error
    try:
        events = iterparse(io.BytesIO(story), events=("start", "end"), forbid_dtd=True)
        return _Text().read(events)
    except DefusedXmlException as error:
        raise ReportError("declares entities, as no Word document does; save its text") from error
    except ParseError as error:
        raise ReportError("is damaged inside; open it and save it again") from error


class _Text:
    """A document while it is read: lines, and what of the open paragraph and row is known."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.cells: list[list[str]] = []  # of the open rows, innermost last
        self.style = self.title = ""

    def read(self, events: Any) -> dict[str, Any]:
        """Text and title of a stream of parse events; elements are dropped once they are read."""
        hidden = depth = 0
        for event, element in events:
            tag = element.tag.rpartition("}")[2]
            depth += 1 if event == "start" else -1
            if depth > MAX_DEPTH:
                raise ReportError(f"is nested more than {MAX_DEPTH} levels deep; save its text")
            if tag in _LEFT_OUT:
                hidden += 1 if event == "start" else -1
            elif not hidden and event == "start":
                self._opens(tag, element)
            elif not hidden:
                self._closes(tag, element)
            if event == "end" and tag != "tc":
                element.clear()
        return {"text": "\n".join(self.lines), "title": self.title}

    def _opens(self, tag: str, element: Any) -> None:
        if tag == "p":
            self._flush()
            self.style = ""
        elif tag == "pStyle":
            self.style = next((value for name, value in element.items() if name.endswith("val")), "").casefold()
        elif tag == "tr":
            self._flush()
            self.cells.append([])
        elif tag == "tc" and self.cells:
            self.cells[-1].append("")

    def _closes(self, tag: str, element: Any) -> None:
        if tag == "t":
            self.words.append(element.text or "")
        elif tag == "tab":
            self.words.append("\t")
        elif tag in ("br", "cr"):
            self.words.append("\n")
        elif tag == "noBreakHyphen":
            self.words.append("-")
        elif tag == "p":
            self._flush(ends=True)
        elif tag == "tr" and self.cells:
            row = [cell.strip("\n") for cell in self.cells.pop()]
            self._add(" | ".join(filter(None, row)))

    def _flush(self, *, ends: bool = False) -> None:
        """The open paragraph becomes lines, or part of the open cell."""
        text = "".join(self.words)
        self.words = []
        if ends and not self.title and self.style in _TITLES:
            self.title = text.strip()
        if text or ends:
            self._add(text)

    def _add(self, text: str) -> None:
        if self.cells and self.cells[-1]:
            self.cells[-1][-1] += f"\n{text}" if self.cells[-1][-1] else text
        else:
            self.lines.append(text.strip(" "))
