"""File formats: one function a format, one table.

In come a file's bytes, out come Records (text and what the file states about it) or refusals. What the file is, is told
by its bytes: `true_suffix` turns the name's suffix into the one that the content deserves, and archives are opened.
Then `FORMATS` is asked in order; the first that accepts the bytes and that suffix reads the file. A new format is a
function and a line here; a new sign is a row of the table `file_kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hearsay.errors import ReportError
from hearsay.ingest.formats import archives
from hearsay.ingest.formats.docx import docx, is_docx
from hearsay.ingest.formats.exports import export, is_export
from hearsay.ingest.formats.feeds import feed, is_feed
from hearsay.ingest.formats.html import html, is_html
from hearsay.ingest.formats.jsonlines import is_json, is_json_lines, json_document, json_lines
from hearsay.ingest.formats.mail import is_mail, mail
from hearsay.ingest.formats.newsml import is_newsml, newsml
from hearsay.ingest.formats.nitf import is_nitf, nitf
from hearsay.ingest.formats.pdf import is_pdf, pdf
from hearsay.ingest.formats.rtf import is_rtf, rtf
from hearsay.ingest.formats.sniff import true_suffix
from hearsay.ingest.formats.table import delimited, is_delimited, is_workbook, workbook
from hearsay.ingest.formats.text import is_text, plain_text
from hearsay.ingest.record import Record
from hearsay.model import Skipped
from hearsay.settings import Settings

_MOST_REFUSED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: `accepts(first bytes, suffix)` recognises it, `read(bytes, uri)` yields its records.

    Where `chosen`, `read` takes the run's Settings as a third argument.
    """

    name: str
    accepts: Callable[[bytes, str], bool]
    read: Callable[..., Iterator[Record | Skipped]]
    chosen: bool = False


FORMATS: tuple[Format, ...] = (
    Format(name="JSON lines", accepts=is_json_lines, read=json_lines, chosen=True),
    Format(name="JSON", accepts=is_json, read=json_document, chosen=True),
    Format(name="Excel workbook", accepts=is_workbook, read=workbook, chosen=True),
    Format(name="feed", accepts=is_feed, read=feed),
    Format(name="mail", accepts=is_mail, read=mail),
    Format(name="NITF", accepts=is_nitf, read=nitf),
    Format(name="NewsML", accepts=is_newsml, read=newsml),
    Format(name="HTML", accepts=is_html, read=html),
    Format(name="RTF", accepts=is_rtf, read=rtf),
    Format(name="DOCX", accepts=is_docx, read=docx),
    Format(name="PDF", accepts=is_pdf, read=pdf),
    Format(name="export", accepts=is_export, read=export),
    Format(name="CSV", accepts=is_delimited, read=delimited, chosen=True),
    Format(name="text", accepts=is_text, read=plain_text),
)


def read(
    data: bytes,
    uri: str,
    settings: Settings = Settings(),  # noqa: B008  (frozen)
) -> Iterator[Record | Skipped]:
    """The records of one file, or of the files in an archive. Raises ReportError where the file cannot be read."""
    yield from _read(data, uri, settings, archives.Budget.of(settings), 0)


def suffix_of(uri: str) -> str:
    """The suffix of a file's name, lower case, with its point; "" where it has none."""
    name = uri.rsplit("/", 1)[-1]
    return "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _read(data: bytes, uri: str, settings: Settings, budget: archives.Budget, depth: int) -> Iterator[Record | Skipped]:
    suffix = true_suffix(data, suffix_of(uri))
    if suffix in archives.SUFFIXES:
        if depth == archives.MAX_DEPTH:
            raise ReportError(f"is an archive inside {depth} others; unpack it yourself")
        for member in archives.members(data, uri, suffix, budget):
            yield from (member,) if isinstance(member, Skipped) else _member(*member, settings, budget, depth + 1)
        return
    form = next(form for form in FORMATS if form.accepts(data[:4096], suffix))
    try:
        yield from _sparing(form.read(data, uri, settings) if form.chosen else form.read(data, uri))
    except ReportError:
        raise
    except Exception as error:  # what a hostile file makes of a library costs that file
        raise ReportError(f"cannot be read as {form.name} ({type(error).__name__}); save it again") from error


def _sparing(items: Iterator[Record | Skipped]) -> Iterator[Record | Skipped]:
    """The items, until too many are refused. Raises ReportError there: such a file holds something else."""
    used = refused = 0
    for item in items:
        used, refused = (used, refused + 1) if isinstance(item, Skipped) else (used + 1, refused)
        if refused > _MOST_REFUSED and refused > used:
            raise ReportError(f"has more than {_MOST_REFUSED} records that cannot be used; the rest is left out")
        yield item


def _member(
    uri: str, data: bytes, settings: Settings, budget: archives.Budget, depth: int
) -> Iterator[Record | Skipped]:
    """The records of one file in an archive, or why it is refused: the others go on."""
    try:
        yield from _read(data, uri, settings, budget, depth)
    except ReportError as error:
        yield Skipped(uri=uri, why=str(error))
