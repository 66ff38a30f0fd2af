"""PDF: a document with a text layer becomes its text; one that is only pictures of pages is refused.

In come the bytes, out comes one record: pages one after the other, lines that the margin cut joined to paragraphs,
words as they stand (a word that was cut keeps its hyphen). Lines that stand at the head of most pages are kept on the
first, those at the foot on the last, so that no sentence is cut by them. When a file was made says nothing about when
the report was published. The file is parsed in a child (see `bounded`).
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator

from hearsay.errors import ReportError
from hearsay.ingest.bounded import bounded
from hearsay.ingest.formats.exports import export_records, service_of
from hearsay.ingest.formats.wrapping import unwrap
from hearsay.ingest.record import Record
from hearsay.model import Skipped

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 500

_NUMBER = re.compile(r"\d+")
_EDGE = 2  # lines at each end of a page that may be running heads
_RAGGED = 0.85  # share of the margin that a full line of proportional type fills
_LETTERS = 20  # a page with fewer is a picture


def is_pdf(data: bytes, suffix: str) -> bool:
    """Told by the opening mark, which junk may precede."""
    return b"%PDF-" in data[:1024] and suffix == ".pdf"


def pdf(data: bytes, uri: str) -> Iterator[Record | Skipped]:
    """One record, or one an article. Raises ReportError: locked, damaged, too long, or only pictures."""
    pages = [str(page) for page in bounded(parse_pdf, data)]
    if sum(char.isalpha() for page in pages for char in page) < _LETTERS:
        raise ReportError("holds pictures of pages and no text; run character recognition (OCR) on it first")
    running = _running(pages)
    bodies = [_between(_lines(page), running, first=page is pages[0], last=page is pages[-1]) for page in pages]
    text = "\n".join(line for lines in bodies for line in lines)
    if service_of(text):
        yield from export_records(text, uri, media_type=MEDIA_TYPE)
        return
    yield Record(uri=uri, text=unwrap(text, ragged=_RAGGED).strip("\n"), media_type=MEDIA_TYPE)


def _lines(page: str) -> list[str]:
    lines = [line.rstrip() for line in page.split("\n")]
    filled = [i for i, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _between(lines: list[str], running: frozenset[str], *, first: bool, last: bool) -> list[str]:
    """The lines of a page between its running head and foot."""
    head = 0 if first else sum(_form(line) in running for line in lines[:_EDGE])
    foot = 0 if last else sum(_form(line) in running for line in lines[max(head, len(lines) - _EDGE) :])
    return lines[head : len(lines) - foot]


def _form(line: str) -> str:
    """A line with its numbers alike, as running heads differ from page to page."""
    return _NUMBER.sub("0", " ".join(line.split()))


def _running(pages: list[str]) -> frozenset[str]:
    """Forms of lines that stand at the edge of more than half of the pages, and of two at least."""
    counted: Counter[str] = Counter()
    for lines in map(_lines, pages):
        edge = lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]
        counted.update({_form(line) for line in edge if line.strip()})
    return frozenset(form for form, count in counted.items() if count > 1 and count > len(pages) / 2)


# -- in the child ------------------------------------------------------------------------------------------------------


def parse_pdf(data: bytes) -> list[str]:
    """The text of each page. Raises ReportError."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReportError("is locked with a password; save it without one")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise ReportError(f"has {count} pages, over the limit of {MAX_PAGES}; split it")
        return [_clean(page.extract_text() or "") for page in reader.pages]
    except (DependencyError, FileNotDecryptedError) as error:
        raise ReportError("is encrypted; print it to a new PDF, or save its text") from error
    except PyPdfError as error:
        raise ReportError("is a damaged or incomplete PDF; get it again") from error


def _clean(text: str) -> str:
    """Characters written as two halves become one; NUL stands for glyphs without a character."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
