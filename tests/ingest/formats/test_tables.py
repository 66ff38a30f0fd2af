"""One row, one report: CSV and its kin, workbooks, and what people call their columns."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from reading import MORE, STORY, only, records

from hearsay.ingest.formats.fields import language_code
from hearsay.ingest.masthead import metadata_date
from hearsay.settings import Settings


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    body = io.BytesIO()
    made.save(body)
    return body.getvalue()


@pytest.mark.parametrize(
    ("header", "delimiter", "name"),
    [
        ("Title,Source,Date,Content,Link", ",", "export.csv"),
        ("HEADLINE;Newspaper;Published;Full_Text;URL", ";", "export.csv"),
        ("headline\toutlet\tpublication date\tbody\tpermalink", "\t", "export.tsv"),
        ("title|publication|pub-date|article text|web url", "|", "export.txt"),
        ("sep=;\r\nÜberschrift;Zeitung;Datum;Volltext;url", ";", "export.csv"),
        ("\ufeffTitre;Media;Date de publication;Texte;Link", ";", "export.csv"),
        ("Press review of May\n\nTitle,Source,Date,Content,Link", ",", "export.csv"),
    ],
)
def test_columns_are_known_by_many_names(header: str, delimiter: str, name: str) -> None:
    row = delimiter.join(
        ["Wall to rise", "The Coast Herald", "2031-05-03", f'"{STORY}\n\n{MORE}"', "https://x.example/1"]
    )
    record = only(f"{header}\n{row}\n", name)
    assert record.uri == "https://x.example/1"
    assert record.text == f"Wall to rise\n\n{STORY}\n\n{MORE}"
    assert record.text[: record.title] == "Wall to rise"
    assert record.meta == {"title": "Wall to rise", "outlet": "The Coast Herald", "date": "2031-05-03"}


@pytest.mark.parametrize(
    "text",
    [
        f"Summary | Source | Share\n\n{STORY}",
        f"Summary, source\n{STORY} {MORE}",
        "Content; date",
        f"Title, text, date: what papers need\n{STORY}",
    ],
)
def test_text_that_begins_like_a_header_stays_text(text: str) -> None:
    assert only(text, "report.txt").text == text


def test_the_users_mapping_wins() -> None:
    table = f"kop,stuk,text\nWall to rise,{STORY},not this\n"
    assert "not this" in only(table, "a.csv").text
    record = only(table, "a.csv", Settings(columns=(("title", "Kop"), ("text", "stuk"))))
    assert record.text == f"Wall to rise\n\n{STORY}"
    assert record.extra == (("text", "not this"),)


def test_a_table_without_a_column_for_the_text_says_which_it_has() -> None:
    _, refused = records("kop,stuk\nWall,to rise\n", "a.csv")
    assert "kop, stuk" in refused["a.csv"]
    assert "--column text=NAME" in refused["a.csv"]


def test_rows_that_cannot_be_used_cost_themselves() -> None:
    table = f'title,text\nOne,"{STORY}"\n\nTwo,\nThree,a text, torn by commas\ntitle,text\nFour,"{MORE}"\n'
    found, refused = records(table, "a.csv")
    assert [(record.uri, record.meta["title"]) for record in found] == [("a.csv:2", "One"), ("a.csv:7", "Four")]
    assert list(refused) == ["a.csv:4", "a.csv:5"]
    assert "quote the text" in refused["a.csv:5"]


def test_the_number_of_a_row_is_no_address_and_a_summary_no_rival_of_the_text() -> None:
    table = f'id,summary,text,body_html,modified,updated_by\n17,short,"{STORY}",<p>no</p>,2031-06-01,Bo\n18,short,,,,\n'
    found, _ = records(table, "a.csv")
    assert [record.uri for record in found] == ["a.csv:2", "a.csv:3"]
    assert [record.text for record in found] == [STORY, "short"]
    assert found[0].meta == {"date": "2031-06-01"}
    assert dict(found[0].extra) == {
        "id": "17",
        "modified": "2031-06-01",
        "summary": "short",
        "updated_by": "Bo",
    }


def test_a_day_of_change_or_of_crawling_is_not_the_day_of_publication() -> None:
    table = f'text,crawled,updated,published\n"{STORY}",2031-07-01,2031-06-01,2031-05-03\n"{MORE}",2031-07-01,,\n'
    first, second = records(table, "a.csv")[0]
    assert first.meta == {"date": "2031-05-03"}
    assert dict(first.extra) == {"crawled": "2031-07-01", "modified": "2031-06-01"}
    assert second.meta == {}


def test_html_in_a_cell_becomes_its_text() -> None:
    table = f'title,content\n<b>Wall</b> to rise,"<p>{STORY}</p><script>x()</script><p>AT&amp;T said</p>"\n'
    assert only(table, "a.csv").text == f"Wall to rise\n\n{STORY}\n\nAT&T said"
    assert only("title,text\nA,AT&amp;T said 3 < 4\n", "a.csv").text == "A\n\nAT&amp;T said 3 < 4"


@pytest.mark.parametrize(
    ("stated", "code"),
    [("en-US", "en"), ("EN", "en"), ("English", "en"), ("deu", "de"), ("ger", "de"), ("Français", "fr"), ("xx", None)],
)
def test_languages_are_known_by_codes_and_names(stated: str, code: str | None) -> None:
    assert language_code(stated) == code


def test_workbooks_give_a_report_a_row_with_true_dates() -> None:
    rows: list[list[object]] = [
        ["Press review"],
        [],
        ["Headline", "Newspaper", "Date", "Full text", "No"],
        ["Wall to rise", "The Coast Herald", datetime.date(2031, 5, 3), STORY, 17],
        ["Wall stands", "The Coast Herald", 47971, MORE, 18],
        ["Wall falls", "The Coast Herald", datetime.datetime(2031, 5, 4, 9, 30), None, 19],
    ]
    found, refused = records(book(("May", rows), ("Notes", [["by hand"]])), "review.csv")
    assert [(record.uri, record.text) for record in found] == [
        ("review.csv:May:4", f"Wall to rise\n\n{STORY}"),
        ("review.csv:May:5", f"Wall stands\n\n{MORE}"),
    ]
    assert {metadata_date(record.meta["date"]) for record in found} == {"2031-05-03"}
    assert found[0].extra == (("No", "17"),)
    assert list(refused) == ["review.csv:May:6", "review.csv:Notes"]


def test_a_workbook_without_reports_is_refused() -> None:
    _, refused = records(book(("One", [["a", "b"], [1, 2]])), "x.xlsx")
    assert "--column" in refused["x.xlsx"]
