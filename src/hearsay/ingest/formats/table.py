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
from datetime import date, timedelta
from typing import TypeAlias

from hearsay.errors import ReportError
from hearsay.ingest.bounded import bounded
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
_HEAD = 4096  # bytes by which formats are told
_HEADER_ROWS = 20  # a title and notes may stand over the header
_MAX_COLUMNS = 256
_MAX_CELLS = 100_000  # of one row
_MAX_CELL = 2_000_000  # characters
_MAX_SHEET_ROWS = 1_048_576  # what Excel itself allows
_MAX_SHEET_BYTES = 100_000_000  # of XML, unpacked
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # days as Excel counts them: 1954 to 2119

_EXCEL_DAY_0 = date(1899, 12, 30)
_MAX_BLANK = 10_000  # rows: what follows so many blank ones is left out
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row: TypeAlias = Sequence[object]


def is_delimited(data: bytes, suffix: str) -> bool:
    """Told by the suffix, or by a first line that is a header, with a row of as many cells below it."""
    if suffix in (".csv", ".tsv", ".tab"):
        return True
    if suffix not in ("", ".txt"):
        return False
    text = _SEPARATOR.sub("", head_text(data), count=1)
    return any(_begins_table(text, delimiter, cut=len(data) == _HEAD) for delimiter in _DELIMITERS)


def _begins_table(text: str, delimiter: str, *, cut: bool) -> bool:
    """Does the text begin with a header, short names among which two are known? `cut`: the second row may break off."""
    first = text.partition("\n")[0]
    if delimiter not in first or (delimiter in ",;" and f"{delimiter} " in first):  # as words are listed
        return False
    try:
        rows = [row for _, row in zip(range(2), (row for row in _rows(text, delimiter) if row), strict=False)]
    except ReportError:
        return False
    if len(rows) < 2 or not all(0 < len(cell.strip()) <= 30 for cell in rows[0]):
        return False
    header, row = rows
    return _known(header, ()) >= 2 and (len(row) == len(header) or (cut and 2 <= len(row) < len(header)))


def delimited(data: bytes, uri: str, settings: Settings) -> Iterator[Record | Skipped]:
    """One record or refusal a row. Raises ReportError where the file is no text or has no column for the text."""
    text = decode(data)
    if not text.strip():
        raise ReportError("is empty; nothing to read")
    stated = _SEPARATOR.match(text)
    text = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else _delimiter(text, settings.columns)
    yield from _records(_rows(text, delimiter), uri, "text/csv", settings.columns)


def named_rows(text: str, needed: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a delimited text by field, with their numbers; none where no column of the first row is `needed`."""
    numbered = enumerate(_rows(text, _delimiter(text, (), needed=(needed,))), 1)
    _, header = next(numbered, (0, []))
    names = [field[0] if (field := field_of(name)) else "" for name in header]
    if needed not in names:
        return
    for number, row in numbered:
        values = {name: cell.strip() for name, cell in reversed(list(zip(names, row, strict=False))) if name}
        if any(values.values()):
            yield number, values


def _delimiter(text: str, columns: Columns, *, needed: Sequence[str] = _BODIES) -> str:
    """What parts the cells: the delimiter under which most columns of the header are known, or most columns."""

    def fit(delimiter: str) -> tuple[int, int]:
        rows = [row for _, row in zip(range(_HEADER_ROWS), _rows(text[:20_000], delimiter), strict=False)]
        return max(((_known(row, columns, needed=needed), len(row)) for row in rows), default=(0, 0))

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
        if len(row) > _MAX_CELLS:
            raise ReportError(f"has {len(row)} cells in line {rows.line_num}; no table of reports does")
        yield row


def _known(row: Row, columns: Columns, *, needed: Sequence[str] = _BODIES) -> int:
    """How many cells of a row name a field, if one of them names one that is needed; else 0."""
    known = {
        field[0] for cell in row if isinstance(cell, str) and len(cell) <= 60 and (field := field_of(cell, columns))
    }
    return len(known) if known & {*needed} else 0


def _records(rows: Iterable[Row], uri: str, media_type: str, columns: Columns) -> Iterator[Record | Skipped]:
    """The records below the header. Raises ReportError where no row of the first names the column of the text."""
    numbered = enumerate(rows, 1)
    header = _header(numbered, columns)
    blank = found = 0
    for number, row in numbered:
        if not any(not is_empty(cell) for cell in row):
            blank += 1
            if blank > _MAX_BLANK:
                raise ReportError(f"has more than {_MAX_BLANK} blank rows; what stands below them is left out")
        elif _unique(row[:_MAX_COLUMNS]) != header:  # the header of a table that was pasted below
            blank, found = 0, found + 1
            yield _record(header, row, f"{uri}:{number}", media_type, columns)
    if not found:
        raise ReportError("has no row below its header")


def _header(numbered: Iterator[tuple[int, Row]], columns: Columns) -> list[str]:
    """The names of the columns, from the first row that names the text's. Raises ReportError where none does."""
    seen: list[str] = []
    for number, row in numbered:
        if _known(row[: _MAX_COLUMNS + 1], columns):
            if len(row) > _MAX_COLUMNS:
                raise ReportError(f"has more than {_MAX_COLUMNS} columns; keep those that matter")
            return _unique(row)
        seen = seen or [words(cell)[:30] for cell in row[:50] if not is_empty(cell)][:8]
        if number == _HEADER_ROWS:
            break
    there = ", ".join(seen) or "it is empty"
    raise ReportError(f"has no column that is known to hold the text ({there}); name it with --column text=NAME")


def _unique(cells: Row) -> list[str]:
    """The names of a header, without the empty ones at its end; a name that comes again is numbered."""
    names: list[str] = []
    for cell in cells:
        name = words(cell).strip() if not is_empty(cell) else f"column {len(names) + 1}"
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
    checked_zip(data, total=_MAX_SHEET_BYTES, declares=False)
    sheets = bounded(parse_workbook, data)
    refused: list[Skipped] = []
    for name, rows in sheets:
        address = uri if len(sheets) == 1 else f"{uri}:{name}"
        try:
            yield from _records(_dated(rows), address, WORKBOOK, settings.columns)
        except ReportError as error:
            refused.append(Skipped(uri=address, why=str(error)))
    if len(refused) == len(sheets):
        raise ReportError(refused[0].why if refused else "has no sheet")
    yield from refused


def parse_workbook(data: bytes) -> list[tuple[str, list[list[object]]]]:
    """Name and rows of each sheet, done in a child. Blank cells at the end of a row are cut, days are ISO 8601."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets: list[tuple[str, list[list[object]]]] = []
    for sheet in book.worksheets:
        rows: list[list[object]] = []
        blank = 0
        for row in sheet.iter_rows(max_col=_MAX_COLUMNS + 1, max_row=_MAX_SHEET_ROWS, values_only=True):
            while row and row[-1] is None:
                row = row[:-1]
            blank = 0 if row else blank + 1
            if blank > _MAX_BLANK + 1:
                break
            rows.append([cell if isinstance(cell, int | float | str | None) else words(cell) for cell in row])
        sheets.append((sheet.title, rows))
    return sheets


def _dated(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, days in place of Excel's numbers in columns of dates."""
    dates: set[int] = set()
    for row in rows:
        if not dates:
            dates = {at for at, cell in enumerate(row) if isinstance(cell, str) and _is_date(cell)}
        yield [_day(cell) if at in dates else cell for at, cell in enumerate(row)]


def _is_date(name: str) -> bool:
    field = field_of(name)
    return field is not None and field[0] in ("date", "modified")


def _day(cell: object) -> object:
    """The day that a bare number in a column of dates stands for."""
    if isinstance(cell, int | float) and _FIRST_SERIAL < cell < _LAST_SERIAL:
        return (_EXCEL_DAY_0 + timedelta(days=int(cell))).isoformat()
    return cell
