"""The CSV tables: every row arrives as it is, and no cell of a report runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_sample import sample

from hearsay.export.csv import TABLES, harmless, to_csv
from hearsay.model import Actor, Basis, Dossier, Report, Sourced


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_one_file_a_list_and_one_row_a_value() -> None:
    dossier = sample()
    files = to_csv(dossier)
    assert list(files) == [f"{name}.csv" for name in TABLES]
    for name in ("reports", "statements", "events", "actors", "timexes", "relays", "commitments"):
        assert len(rows(files[f"{name}.csv"])) == len(getattr(dossier, name)), name
    assert len(rows(files["conflicts.csv"])) == sum(len(row.values) for row in dossier.conflicts)
    assert len(rows(files["utterances.csv"])) == sum(len(row.statements) for row in dossier.utterances)


def test_a_statement_has_its_chain_its_words_and_their_places() -> None:
    dossier = sample()
    texts = {report.id: report.text for report in dossier.reports}
    for row, statement in zip(rows(to_csv(dossier)["statements.csv"]), dossier.statements, strict=True):
        assert row["id"] == statement.id
        places = [place.split("–") for place in row["places"].split(" | ")]
        words = " … ".join(texts[statement.report][int(start) : int(end)] for start, end in places)
        assert row["words"].lstrip("'") == " ".join(words.split())
        assert len(row["chain"].split(" → ")) == len(statement.chain) or not statement.chain


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x", " =1", "\u00a0=1", "\n=1"]
)
def test_what_a_spreadsheet_would_run_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    report = Report(id="r1", uri=cell, text="x", headline=Sourced(value=cell))
    hostile = Dossier(
        reports=(report,), actors=(Actor(id="a1", name=cell, kind="person", aliases=(cell, "=2"), basis=Basis(by="t")),)
    )
    files = to_csv(hostile)
    read = [value for text in files.values() for row in rows(text) for value in row.values()]
    assert not [value for value in read if value.lstrip()[:1] in set("=+-@＝＋－＠") and value]
    assert rows(to_csv(hostile, raw=True)["actors.csv"])[0]["name"].strip() == cell.strip()


@given(st.text())
def test_no_cell_begins_like_a_formula_whatever_it_holds(cell: str) -> None:
    made = harmless(cell)
    assert made.endswith(cell)
    assert made.strip(" \ufeff\u00a0\u3000")[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(st.text(max_size=20))
def test_whatever_a_report_holds_its_row_stays_one_row(text: str) -> None:
    hostile = Dossier(reports=(Report(id="r1", uri=text, text=text, outlet=Sourced(value=text)),))
    (row,) = rows(to_csv(hostile)["reports.csv"])
    assert row["id"] == "r1" and row["characters"] == str(len(text))
    to_csv(hostile)["reports.csv"].encode()


def test_raw_is_for_programs_and_the_other_tells_a_spreadsheet_its_encoding() -> None:
    assert all(text.startswith("\ufeff") for text in to_csv(sample()).values())
    assert not any(text.startswith("\ufeff") for text in to_csv(sample(), raw=True).values())


def test_the_same_dossier_gives_the_same_files() -> None:
    assert to_csv(sample()) == to_csv(replace(sample()))
