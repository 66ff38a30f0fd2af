"""PDF files: their text in paragraphs, running heads, scans, and files made to do harm."""

from __future__ import annotations

import io
import time
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from hearsay.errors import ReportError
from hearsay.ingest.formats.pdf import is_pdf, pdf
from hearsay.ingest.record import Record


def objects(*bodies: bytes, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return data + b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(content), entries) + content + b"\nendstream"


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def show(lines: list[str]) -> bytes:
    body = "".join(f"({line}) Tj 0 -14 Td\n" for line in lines)
    return f"BT /F1 11 Tf 60 780 Td\n{body}ET".encode("cp1252")


def made(*pages: list[str]) -> bytes:
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        FONT,
    ]
    for i, lines in enumerate(pages):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
        page += b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
        bodies += [page % (first + 2 * i + 1), stream(show(lines))]
    return objects(*bodies)


STORY = ["Wall to rise", "The council of Port Ostra said on Monday that it would rebuild the",
         "harbour wall before the winter, after a quarrel that had gone on for",
         "years between the harbour board and the owners of the ferries.",
         "He denied it."]  # fmt: skip
TEXT = (
    "Wall to rise\nThe council of Port Ostra said on Monday that it would rebuild the harbour wall before the winter, "
    "after a quarrel that had gone on for years between the harbour board and the owners of the ferries.\nHe denied it."
)


def read(data: bytes) -> str:
    (record,) = pdf(data, "file.pdf")
    assert isinstance(record, Record)
    return record.text


def test_lines_that_the_margin_cut_become_paragraphs() -> None:
    assert read(made(STORY)) == TEXT


def test_running_heads_and_page_numbers_do_not_cut_a_sentence() -> None:
    head = "Ostra Herald, 4 March 2031"
    pages = [
        [head, *STORY[:3], "Page 1 of 3"],
        [head, *STORY[3:], "Page 2 of 3"],
        [head, "The end came.", "Page 3 of 3"],
    ]
    assert read(made(*pages)) == f"{head}\n{TEXT}\nThe end came.\nPage 3 of 3"


def test_a_scan_is_refused_with_its_remedy() -> None:
    with pytest.raises(ReportError, match="OCR"):
        read(made([], []))


def test_an_export_gives_its_articles() -> None:
    lines = ["Ferries wait", "12 words", "3 March 2031", "Mill Post", "Copyright 2031 Mill Post",
             "Ferries waited at the port of Ostra.", "Document MILLP00020310303en3300def"]  # fmt: skip
    (record,) = pdf(made(lines), "file.pdf")
    assert (record.uri, getattr(record, "text", "")) == (
        "MILLP00020310303en3300def",
        "Ferries wait\n\nFerries waited at the port of Ostra.",
    )


def locked(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made(STORY))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_locked_file_is_refused_and_one_that_only_forbids_copying_is_read() -> None:
    with pytest.raises(ReportError, match="password"):
        read(locked("secret"))
    assert read(locked("")) == TEXT


def test_files_are_told_by_their_mark() -> None:
    assert is_pdf(made(STORY), ".pdf")
    assert not is_pdf(b"The file %PDF", ".txt")


PAGE = b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /X 5 0 R >> >> /Contents 5 0 R >>"
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
BOMB = zlib.compress(zlib.compress(b"(x) Tj " * 40_000_000, 9), 9)
HOSTILE = {
    "pages that hold themselves": objects(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
    "a count without pages": objects(CATALOGUE, b"<< /Type /Pages /Kids [] /Count 999999999 >>"),
    "a form that draws itself": objects(
        CATALOGUE,
        ONE,
        FONT,
        PAGE,
        stream(b"/X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >>"),
    ),
    "a packed bomb": objects(CATALOGUE, ONE, FONT, PAGE, stream(BOMB, b"/Filter [/FlateDecode /FlateDecode]")),
    "objects that name each other": objects(CATALOGUE, b"3 0 R", b"2 0 R"),
    "tables that lead to themselves": made(STORY).replace(b"/Size", b"/Prev 9 /Size"),
    "arrays in arrays": objects(CATALOGUE, b"[" * 100_000),
    "many pages": objects(
        CATALOGUE, b"<< /Type /Pages /Kids [%s] /Count 9000 >>" % (b"4 0 R " * 9000), FONT, PAGE, b"null"
    ),
    "cut off": made(STORY)[:700],
    "a lying length": made(STORY).replace(b"/Length ", b"/Length 99999999"),
    "a mark and nothing else": b"%PDF-1.7\n" + b"\0" * 100_000,
    "operators without end": objects(CATALOGUE, ONE, FONT, PAGE, stream(b"q " * 3_000_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_time_and_the_next_is_read(name: str) -> None:
    began = time.monotonic()
    try:
        read(HOSTILE[name])
    except ReportError as error:
        assert len(str(error)) > 10
    assert time.monotonic() - began < 10
    assert read(made(STORY)) == TEXT
