"""Word documents: their text, exports in them, and files made to do harm."""

from __future__ import annotations

import io
import time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from hearsay.errors import ReportError
from hearsay.ingest.formats.docx import docx
from hearsay.ingest.record import Record
from hearsay.model import Skipped

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(text: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def document(body: str, *, before: str = "", part: str = "word/document.xml") -> bytes:
    xml = (
        f'<?xml version="1.0"?>{before}<w:document xmlns:w="{SPACE}" xmlns:mc="m"><w:body>{body}</w:body></w:document>'
    )
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(part, xml)
    return file.getvalue()


def read(data: bytes) -> list[Record | Skipped]:
    return list(docx(data, "file.docx"))


def one(body: str) -> Record:
    (record,) = read(document(body))
    assert isinstance(record, Record)
    return record


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("Wall to rise") + paragraph("") + paragraph("He denied it."), "Wall to rise\n\nHe denied it."),
        ("<w:p><w:r><w:t>The coun</w:t></w:r><w:r><w:t>cil said.</w:t></w:r></w:p>", "The council said."),
        ("<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>", "One\ntwo\tthree"),
        (
            "<w:p><w:ins><w:r><w:t>He said</w:t></w:r></w:ins><w:del><w:r><w:delText>denied</w:delText></w:r></w:del>"
            "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
            "<w:hyperlink><w:r><w:t> so.</w:t></w:r></w:hyperlink></w:p>",
            "He said so.",
        ),
        (
            f"<w:tbl><w:tr><w:tc>{paragraph('Year')}</w:tc><w:tc>{paragraph('Cost')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{paragraph('2031')}</w:tc><w:tc>{paragraph('10 million')}</w:tc></w:tr></w:tbl>",
            "Year | Cost\n2031 | 10 million",
        ),
        (
            f"<w:p><w:r><w:t>Lead.</w:t></w:r><mc:AlternateContent><mc:Choice>{paragraph('Box.')}</mc:Choice>"
            f"<mc:Fallback>{paragraph('Box.')}</mc:Fallback></mc:AlternateContent></w:p>",
            "Lead.\nBox.",
        ),
    ],
)
def test_the_text_of_a_document(body: str, text: str) -> None:
    assert one(body).text.strip("\n") == text


def test_a_first_paragraph_styled_as_title_is_the_headline() -> None:
    record = one(paragraph("Wall to rise", "Title") + paragraph("He denied it."))
    assert record.text[: record.title] == "Wall to rise"
    assert one(paragraph("He denied it.") + paragraph("What next", "Heading1")).title == 0


def test_a_nexis_export_gives_its_articles() -> None:
    lines = ["Wall to rise", "Ostra Herald", "March 4, 2031 Tuesday", "Copyright 2031 Ostra Herald",
             "Length:\u00a012 words", "Body", "The council said so.", "He denied it.",
             "Load-Date: March 9, 2031", "End of Document"]  # fmt: skip
    found = read(document("".join(map(paragraph, lines * 2))))
    assert [item.text for item in found if isinstance(item, Record)] == [
        "Wall to rise\n\nThe council said so.\nHe denied it."
    ] * 2
    assert [item.uri for item in found] == ["file.docx:1", "file.docx:2"]


GOOD = document(paragraph("He denied it."))
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE = {
    "cut off": GOOD[: len(GOOD) // 2],
    "no story": document("x", part="word/other.xml"),
    "a bomb": document(f"<w:p>{' ' * 50_000_000}</w:p>"),
    "entities": document(paragraph("&b;"), before=LAUGHS),
    "an outer file": document(paragraph("&c;"), before='<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/hostname">]>'),
    "levels without end": document("<w:p>" * 50_000 + "</w:p>" * 50_000),
    "tables in tables": document("<w:tbl><w:tr><w:tc>" * 5_000),
    "a million rows": document("<w:tr><w:tc><w:t>a</w:t></w:tc></w:tr>" * 1_000_000),
    "no words": document(""),
    "no zip": b"PK\x03\x04" + b"x" * 1000,
}
REFUSED = set(HOSTILE) - {"a million rows"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_read_or_refused_in_time_and_the_next_is_read(name: str) -> None:
    began = time.monotonic()
    try:
        read(HOSTILE[name])
        assert name not in REFUSED
    except ReportError as error:
        assert len(str(error)) > 10
    assert time.monotonic() - began < 10
    assert one(paragraph("He denied it.")).text == "He denied it."
