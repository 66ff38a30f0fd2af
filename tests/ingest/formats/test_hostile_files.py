"""Files made to do harm are refused within seconds, each with a reason."""

from __future__ import annotations

import io
import time
import zipfile

import openpyxl
import pytest
from reading import STORY, records

LIMIT = 10.0  # seconds
LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def workbook(sheet: str) -> bytes:
    """A workbook whose one sheet is the XML given."""
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return made.getvalue()


CASES: dict[str, tuple[str | bytes, str, str]] = {
    "billion laughs": (f'<!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]><rss>&a9;</rss>', "x.rss", "declares"),
    "quadratic blowup": (
        f'<!DOCTYPE nitf [<!ENTITY a "{"x" * 9999}">]><nitf>{"&a;" * 9999}</nitf>',
        "x.xml",
        "declares",
    ),
    "entity beyond the head": (
        f'<!DOCTYPE nitf [<!ENTITY a "{"x" * 99999}">]><nitf>&a;</nitf>',
        "x.nitf",
        "no element",
    ),
    "external entity": (
        '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/hostname">]><nitf>&x;</nitf>',
        "x.xml",
        "declares",
    ),
    "parameter entity": ('<!DOCTYPE nitf [<!ENTITY % x SYSTEM "http://x.example/a"> %x;]><nitf/>', "x.xml", "declares"),
    "second document type": ('<!DOCTYPE a SYSTEM "b"><!DOCTYPE c [<!ENTITY d "e">]><nitf/>', "x.nitf", "declares"),
    "hidden in utf-16": ('<!DOCTYPE nitf [<!ENTITY a "b">]><nitf>&a;</nitf>'.encode("utf-16"), "x.xml", "declares"),
    "deep xml": ("<nitf>" + "<p>" * 300_000, "x.xml", "deep"),
    "deep feed": ("<rss><channel>" + "<a>" * 300_000, "x.xml", "deeper"),
    "many elements": ("<nitf>" + "<p/>" * 400_000 + "</nitf>", "x.xml", "elements"),
    "long tag": ("<nitf " + " ".join(f"a{n}='x'" for n in range(150_000)) + "/>", "x.xml", "tag"),
    "cut off xml": (f"<nitf><body><body.content><p>{STORY}", "x.xml", "well-formed"),
    "open brackets": ("<nitf>" + "<" * 3_000_000, "x.xml", "well-formed"),
    "open cdata": ("<newsItem>" + "<![CDATA[" * 300_000, "x.xml", "well-formed"),
    "deep json": ("[" * 5_000_000, "x.json", "JSON"),
    "deep objects": ('{"a":' * 1_000_000, "x.json", "objects"),
    "vast number": ('{"text": ' + "9" * 1_000_000 + "}", "x.json", "JSON"),
    "many objects": ("[" + "{}," * 2_000_000 + "{}]", "x.json", "objects"),
    "many bad lines": ('{"a":1}\n' * 500_000, "x.jsonl", "1000 records"),
    "endless cell": ('title,text\na,"' + "x" * 5_000_000, "x.csv", "quotation marks"),
    "endless row": ("title,text\n" + "," * 5_000_000, "x.csv", "cells"),
    "endless header": (",".join(f"text{n}" for n in range(50_000)), "x.csv", "column"),
    "blank rows": ("title,text\n" + "\n" * 5_000_000, "x.csv", "blank rows"),
    "only blank cells": ("title,text\n" + ",\n" * 9000, "x.csv", "no row"),
    "workbook with entities": (
        workbook(f'<!DOCTYPE w [<!ENTITY a "b">]>{SHEET}</worksheet>'),
        "x.xlsx",
        "document type",
    ),
    "workbook that unpacks": (workbook(f"{SHEET}{' ' * 50_000_000}</worksheet>"), "x.xlsx", "bombs"),
    "workbook of nonsense": (workbook("nonsense"), "x.xlsx", "damaged"),
    "row beyond the sheet": (
        workbook(f'{SHEET}<sheetData><row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData></worksheet>'),
        "x.xlsx",
        "column",
    ),
    "cut off workbook": (workbook(f"{SHEET}</worksheet>")[:-400], "x.xlsx", "zip"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_is_refused_within_seconds(case: str) -> None:
    data, name, why = CASES[case]
    began = time.monotonic()
    found, refused = records(data, name)
    assert time.monotonic() - began < LIMIT
    assert found == []
    assert why in refused[name]
