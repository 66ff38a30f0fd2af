"""RTF files: their text, exports in them, and files made to do harm."""

from __future__ import annotations

import time

import pytest

from hearsay.errors import ReportError
from hearsay.ingest.formats.rtf import is_rtf, rtf
from hearsay.ingest.record import Record
from hearsay.model import Skipped

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fcharset204 Arial;}}"
    r"{\colortbl;\red0\green0\blue0;}{\info{\title Secret name}}"
)


def read(source: str) -> list[Record | Skipped]:
    return list(rtf(source.encode("latin-1"), "file.rtf"))


def text_of(source: str) -> str:
    (record,) = read(source)
    assert isinstance(record, Record)
    return record.text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"\pard\b Wall to rise\b0\par\par He denied it.\par}", "Wall to rise\n\nHe denied it."),
        (r"\pard \ldblquote No\rdblquote , \'e9t\'e9 \u8217?s\par}", "“No”, été ’s"),
        (r"\pard \u-10179?\u-8704? ends\par}", "\U0001f600 ends"),
        (r"\f1 \'cf\'f0\'e8\'e2\'e5\'f2\par}", "Привет"),
        (r"{\field{\*\fldinst{HYPERLINK \"https://x.example/a\"}}{\fldrslt The wall}} rises\par}", "The wall rises"),
        (r"{\pict\wmetafile8 0102ff}He denied it.\par}", "He denied it."),
        (r"\pard The council said", "The council said"),
    ],
)
def test_the_text_of_a_file(source: str, text: str) -> None:
    assert text_of(HEAD + source) == text


def test_an_export_in_a_table_gives_its_articles() -> None:
    rows = {
        "HD": "Wall to rise", "WC": "12 words", "PD": "4 March 2031", "SN": "Norvik News",
        "LP": r"The council said so.\par He denied it.", "AN": "Document NORVN00020310304en3400abc",
    }  # fmt: skip
    table = "".join(rf"\trowd\cellx900\cellx9000 {code}\cell {value}\cell\row" for code, value in rows.items())
    (record,) = read(HEAD + table * 1 + "}")
    assert isinstance(record, Record)
    assert record.uri == "NORVN00020310304en3400abc"
    assert record.text == "Wall to rise\n\nThe council said so.\nHe denied it."
    assert record.meta["date"] == "2031-03-04"


def test_a_nexis_export_gives_its_articles() -> None:
    article = (
        r"\pard {\field{\*\fldinst{HYPERLINK \"https://x.example\"}}{\fldrslt %s}}\par Ostra Herald\par "
        r"March 4, 2031 Tuesday\par\par Copyright 2031 Ostra Herald\par\par {\b Length:} 12\~words\par "
        r"{\b Body}\par\par "
        r"The council said so.\par\par {\b Load-Date:} March 9, 2031\par\par {\b End of Document}\par\page "
    )
    found = read(HEAD + article % "Wall to rise" + article % "Ferries wait" + "}")
    assert [item.text for item in found if isinstance(item, Record)] == [
        "Wall to rise\n\nThe council said so.",
        "Ferries wait\n\nThe council said so.",
    ]


def test_files_are_told_by_their_opening_group() -> None:
    assert is_rtf(HEAD.encode(), ".doc")
    assert not is_rtf(b"Words about {\\rtf", ".rtf")


HOSTILE = {
    "deep groups": HEAD + "{" * 100_000 + "x" + "}" * 100_000 + "}",
    "groups never closed": "{\\rtf1" + "{\\b " * 1_000_000,
    "a picture of eight million digits": HEAD + "{\\pict " + "ab" * 4_000_000 + "} He said so.\\par}",
    "links never closed": HEAD + "{\\field{\\*\\fldinst{HYPERLINK " * 20_000,
    "fonts without end": HEAD + "{\\fonttbl{\\f1\\fcharset0 A;}}" * 50_000 + "x}",
    "backslashes": HEAD + "\\" * 3_000_000,
    "braces closed too often": HEAD + "}" * 1_000_000,
    "binary": "{\\rtf1\\bin999999999 " + "\0\1\2" * 1000,
    "a character out of range": HEAD + r"\u99999999? x}",
    "nothing": "{\\rtf1}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_time_and_the_next_is_read(name: str) -> None:
    began = time.monotonic()
    try:
        read(HOSTILE[name])
    except ReportError as error:
        assert len(str(error)) > 10
    assert time.monotonic() - began < 10
    assert text_of(HEAD + r"\pard He denied it.\par}") == "He denied it."
