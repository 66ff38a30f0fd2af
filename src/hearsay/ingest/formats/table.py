"""Tables: CSV and its kin, and Excel workbooks. One row is one report.

In come the bytes of a file, out comes a record a row. The first row that names a column for the text is the header; its
names are matched with the table `columns`, and what the user states in `Settings.columns` wins. A row's address is its
`id` or `url`; else the file's name and the number of the row as spreadsheets count.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hearsay.errors import ReportError
from hearsay.ingest.decode import decode
from hearsay.ingest.formats.archives import checked_zip
from hearsay.ingest.formats.fields import Columns, field_of, is_empty, record_of, words
from hearsay.ingest.formats.sniff import head_text
from hearsay.ingest.record import Record
from hearsay.model import Skipped
from hearsay.settings import Settings

_BODIES = ("text", "html", "summary")
_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_HEADER_ROWS = 20  # a title and notes may stand over the header
_MAX_COLUMNS = 256
_MAX_CELL = 2_000_000
_MAX_SHEET_ROWS = 1_048_576  # what Excel itself allows
_MAX_SHEET_BYTES = 100_000_000  # of XML, unpacked
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # days as Excel counts them: 1954 to 2119

Row = Sequence[object]


def is_delimited(data: bytes, suffix: str) -> bool:
    """Told by the suffix, or by a first line that is a header: short names, among them two that are known."""
    if suffix in (".csv", ".tsv", ".tab"):
        return True
    if suffix not in ("", ".txt"):
        return False
    first = _SEPARATOR.sub("", head_text(data), count=1).partition("\n")[0]
    for delimiter in _DELIMITERS:
        cells = [cell.strip(' "\r') for cell in first.split(delimiter)]
        known = {field[0] for cell in cells if (field := field_of(cell))}
        if len(cells) >= 2 and all(0 < len(cell) <= 30 for cell in cells) and len(known) >= 2 and known & {*_BODIES}:
            return True
    return False


def delimited(data: bytes, uri: str, settings: Settings) -> Iterator[Record | Skipped]:
    """One record or refusal a row. Raises ReportError where the file is no text or has no column for the text."""
    text = decode(data)
    if not text.strip():
        raise ReportError("is empty; nothing to read")
    stated = _SEPARATOR.match(text)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else _delimiter(text, settings.columns)
    found = _records(_rows(text, delimiter), uri, "text/csv", settings.columns)
    yield from found


def _delimiter(text: str, columns: Columns) -> str:
    """What parts the cells: the delimiter under which most columns of the header are known, or most columns."""

    def fit(delimiter: str) -> tuple[int, int]:
        rows = [row for _, row in zip(range(_HEADER_ROWS), _rows(text[:20_000], delimiter), strict=False)]
        return max(((_known(row, columns), len(row)) for row in rows), default=(0, 0))

    return max(_DELIMITERS, key=fit)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a delimited text. Raises ReportError where a cell has no bounds."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        limit = csv.field_size_limit(_MAX_CELL)  # a setting of the whole process: held for one row only
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReportError(f"breaks off at line {rows.line_num} ({error}); check the quotation marks") from error
        finally:
            csv.field_size_limit(limit)
        yield row


def _known(row: Row, columns: Columns) -> int:
    """How many cells of a row name a field, if one of them names the text's; else 0."""
    known = {
        field[0] for cell in row if isinstance(cell, str) and len(cell) <= 60 and (field := field_of(cell, columns))
    }
    return len(known) if known & {*_BODIES} else 0


def _records(rows: Iterable[Row], uri: str, media_type: str, columns: Columns) -> Iterator[Record | Skipped]:
    """The records below the header. Raises ReportError where no row of the first names the column of the text."""
    header: list[str] = []
    seen: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() if isinstance(cell, str) else cell for cell in row]
        if not header:
            if _known(cells, columns):
                header = _unique(cells)
                if len(header) > _MAX_COLUMNS:
                    raise ReportError(f"has more than {_MAX_COLUMNS} columns; keep those that matter")
            elif number > _HEADER_ROWS:
                break
            else:
                seen = seen or [words(cell)[:30] for cell in cells if not is_empty(cell)][:8]
        elif any(not is_empty(cell) for cell in cells) and _unique(cells) != header:
            yield _record(header, row, f"{uri}:{number}", media_type, columns)
    if not header:
        there = ", ".join(seen) or "it is empty"
        raise ReportError(f"has no column that is known to hold the text ({there}); name it with --column text=NAME")


def _unique(cells: Row) -> list[str]:
    """The names of a header, without the empty ones at its end; a name that comes again is numbered."""
    names: list[str] = []
    for cell in cells:
        name = words(cell) if not is_empty(cell) else f"column {len(names) + 1}"
        names.append(name if name not in names else f"{name} ({len(names) + 1})")
    while names and is_empty(cells[len(names) - 1]):
        names.pop()
    return names


def _record(header: list[str], row: Row, address: str, media_type: str, columns: Columns) -> Record | Skipped:
    if any(not is_empty(cell) for cell in row[len(header) :]):
        return Skipped(uri=address, why="has more cells than the header has names; quote the text")
    try:
        record = record_of(dict(zip(header, row, strict=False)), uri=address, media_type=media_type, columns=columns)
    except ReportError as error:
        return Skipped(uri=address, why=str(error))
    if record.uri.isdecimal():  # the number of a row in some database is no address
        extra = tuple(sorted((*record.extra, ("id", record.uri))))
        links = [value for name, value in extra if (field := field_of(name)) and field[0] == "url"]
        return replace(record, uri=links[0] if links else address, extra=extra)
    return record


# -- workbooks ---------------------------------------------------------------------------------------------------------


def is_workbook(_data: bytes, suffix: str) -> bool:
    """Told by the members of its zip."""
    return suffix == ".xlsx"


def workbook(data: bytes, uri: str, settings: Settings) -> Iterator[Record | Skipped]:
    """One record or refusal a row of each sheet that names a column for the text. Raises ReportError."""
    from openpyxl import load_workbook

    checked_zip(data, total=_MAX_SHEET_BYTES, declares=False)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # whatever a damaged or hostile workbook makes of the library
        raise ReportError(f"is no sound Excel workbook ({type(error).__name__}); save it again, or as CSV") from error
    sheets = book.worksheets
    refused: list[Skipped] = []
    found = False
    for sheet in sheets:
        address = uri if len(sheets) == 1 else f"{uri}:{sheet.title}"
        rows = sheet.iter_rows(max_col=_MAX_COLUMNS + 1, max_row=_MAX_SHEET_ROWS, values_only=True)
        media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        try:
            for item in _records(_bounded(rows), address, media_type, settings.columns):
                found = True
                yield item
        except ReportError as error:
            if len(sheets) == 1:
                raise
            refused.append(Skipped(uri=address, why=str(error)))
    if not found and refused:
        raise ReportError(f"has no sheet of reports: {refused[0].why}")
    yield from refused


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows as they can be read, days in place of Excel's numbers. Raises ReportError where they cannot."""
    dates: set[int] = set()
    try:
        for row in rows:
            while row and row[-1] is None:
                row = row[:-1]
            if not dates:
                dates = {at for at, cell in enumerate(row) if isinstance(cell, str) and _is_date(cell)}
            yield [_day(cell) if at in dates else cell for at, cell in enumerate(row)]
    except ReportError:
        raise
    except Exception as error:
        raise ReportError(f"is no sound Excel workbook ({type(error).__name__}); save it again, or as CSV") from error


def _is_date(name: str) -> bool:
    field = field_of(name)
    return field is not None and field[0] in ("date", "modified")


def _day(cell: object) -> object:
    """The day that a bare number in a column of dates stands for."""
    from openpyxl.utils.datetime import from_excel

    if isinstance(cell, int | float) and not isinstance(cell, bool) and _FIRST_SERIAL < cell < _LAST_SERIAL:
        return from_excel(cell)
    return cell
