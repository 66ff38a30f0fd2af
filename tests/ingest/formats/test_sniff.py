"""Files are read as what they are, whatever they are called; what holds no text is refused by its kind."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from reading import STORY, only, records

from hearsay.errors import ReportError
from hearsay.ingest.formats.sniff import true_suffix


def packed(*names: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name in names:
            archive.writestr(name, STORY)
    return body.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "true"),
    [
        (b"%PDF-1.7\n", ".txt", ".pdf"),
        (b"\n\n%PDF-1.4\n", "", ".pdf"),
        (b"{\\rtf1\\ansi x}", ".doc", ".rtf"),
        (packed("a.txt"), ".txt", ".zip"),
        (packed("[Content_Types].xml", "word/document.xml"), ".zip", ".docx"),
        (packed("xl/workbook.xml"), ".csv", ".xlsx"),
        (b"\x1f\x8b\x08\0", ".txt", ".gz"),
        (b"\xef\xbb\xbf\n<!-- saved from --><!DOCTYPE HTML><html>", ".txt", ".html"),
        ("<html><p>x</p></html>".encode("utf-16"), ".txt", ".html"),
        (b"<?xml version='1.0'?><!-- a --><?style x?><rss version='2.0'>", ".xml", ".rss"),
        (b"<rdf:RDF xmlns:rdf='x'>", ".txt", ".rss"),
        (b"<!DOCTYPE nitf SYSTEM 'nitf.dtd' [ <!ENTITY a 'b'> ]><nitf>", ".xml", ".nitf"),
        (b"<newsMessage xmlns='x'>", "", ".newsml"),
        (b'{"text": "x"}', ".txt", ".json"),
        (b'{"text": "x"}\n{"text": "y"}\n', ".json", ".jsonl"),
        (b'{"text": "x"}', ".jsonl", ".jsonl"),
        (b'[{"text": "x"}]', ".csv", ".json"),
        (b'{\n  "text": "x"\n}', ".txt", ".json"),
        (b"[ALERT] The wall [of Ostra] stands", ".txt", ".txt"),
        (b"{photo} The wall stands", ".txt", ".txt"),
        (b"The wall stands", ".html", ""),
        (b"The wall stands", ".pdf", ""),
        (b"The wall stands", ".docx", ""),
        (b"The wall stands", ".json", ""),
        (b"<Brandvik> we will build", ".txt", ".txt"),
        (b"The file began with %PDF-1.4 he said", ".txt", ".txt"),
    ],
)
def test_content_outweighs_the_name(data: bytes, suffix: str, true: str) -> None:
    assert true_suffix(data, suffix) == true


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"\xff\xd8\xff\xe0", "JPEG picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office file of before 2007"),
        (b"PAR1\x15\x04", "Parquet"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
        (b"SQLite format 3\0", "SQLite"),
        (packed("mimetype", "content.xml"), "OpenDocument"),
        (packed("META-INF/container.xml"), "EPUB"),
        (b"<?xml version='1.0'?><svg></svg>", "<svg>"),
        (b"PK\x03\x04 cut off", "incomplete zip"),
        (bytes(range(1, 32)) * 9, "binary"),
    ],
)
def test_what_holds_no_text_is_refused_by_its_kind(data: bytes, kind: str) -> None:
    found, refused = records(data, "report.txt")
    assert found == []
    assert kind in refused["report.txt"]


def test_a_lying_name_does_not_keep_a_report_out() -> None:
    assert only(STORY, "report.json").text == STORY
    assert only(STORY, "report.pdf").text == STORY
    assert only(json.dumps({"id": "a", "text": STORY}), "report.txt").uri == "a"
    assert only(packed("in.txt"), "report.txt").uri == "report.txt/in.txt"


@given(st.binary(max_size=200), st.sampled_from(["", ".txt", ".json", ".html", ".zip", ".xml"]))
@example(b"<", ".xml")
@example(b"<!--", ".html")
@example(b"<?xml", ".xml")
def test_any_bytes_are_named_or_refused(data: bytes, suffix: str) -> None:
    try:
        assert true_suffix(data, suffix) is not None
    except ReportError as error:
        assert str(error)
