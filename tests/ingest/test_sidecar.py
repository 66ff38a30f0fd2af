"""What a user states about files in `reports.csv` wins, is marked as theirs, and is held against what is there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from hearsay.ingest import ingest
from hearsay.model import Report, Skipped
from hearsay.settings import Settings

TEXT = (
    "Wall to rise\n\nPORT OSTRA, May 3 (Harbour Press) -- The council of Port Ostra said on Monday that it would"
    " rebuild the harbour wall before winter.\n"
)


def read(folder: Path, **choices: object) -> tuple[dict[str, Report], dict[str, str]]:
    found = list(ingest([folder], Settings(**choices)))  # type: ignore[arg-type]
    return {r.uri: r for r in found if isinstance(r, Report)}, {s.uri: s.why for s in found if isinstance(s, Skipped)}


def lay(folder: Path, *rows: str) -> None:
    (folder / "reports.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_what_the_user_states_wins_and_is_marked(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text(TEXT, encoding="utf-8")
    lay(
        tmp_path,
        "file;outlet;agency;author;date;title;language",
        "sub/a.txt;The Coast Herald;Norvik News Agency;Ada Lund;4 May 2031;Wall to rise;English",
    )
    reports, skipped = read(tmp_path)
    assert skipped == {}
    report = reports["sub/a.txt"]
    assert report.text == TEXT
    stated = [report.outlet, report.agency, report.byline[0], report.published, report.headline]
    assert [value and (value.value, value.origin) for value in stated] == [
        ("The Coast Herald", "metadata"),
        ("Norvik News Agency", "metadata"),
        ("Ada Lund", "metadata"),
        ("2031-05-04", "metadata"),
        ("Wall to rise", "metadata"),
    ]
    assert report.language == "en"


def test_a_title_that_is_not_in_the_text_rests_on_no_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    lay(tmp_path, "file,title", "a.txt,Harbour plans")
    headline = read(tmp_path)[0]["a.txt"].headline
    assert headline is not None
    assert (headline.value, headline.evidence, headline.origin) == ("Harbour plans", (), "metadata")


def test_a_row_speaks_for_a_file_of_many_reports_and_for_one_of_them(tmp_path: Path) -> None:
    rows = (json.dumps({"text": f"{TEXT} {number}"}) for number in range(3))
    (tmp_path / "feed.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    lay(tmp_path, "file,outlet", "feed.jsonl,Harbour Post", "feed.jsonl:2,Mill Post", "b.txt.gz,Quay Ledger")
    reports, skipped = read(tmp_path)
    assert skipped == {}
    assert {uri: report.outlet and report.outlet.value for uri, report in reports.items()} == {
        "feed.jsonl:1": "Harbour Post",
        "feed.jsonl:2": "Mill Post",
        "feed.jsonl:3": "Harbour Post",
        "b.txt.gz/b.txt": "Quay Ledger",
    }


def test_rows_that_fit_nothing_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    lay(tmp_path, "file,outlet", "gone.txt,Harbour Post", "a.txt,", "a.txt,Mill Post", "./a.txt,Quay Ledger")
    reports, skipped = read(tmp_path)
    assert list(reports) == ["a.txt"]
    assert sorted(skipped) == ["reports.csv:2", "reports.csv:3", "reports.csv:5"]
    assert "gone.txt" in skipped["reports.csv:2"]


def test_a_table_of_reports_by_that_name_is_read_as_reports(tmp_path: Path) -> None:
    lay(tmp_path, "title,text", "Wall to rise,The council of Port Ostra said that it would rebuild the wall.")
    reports, _ = read(tmp_path)
    assert list(reports) == ["reports.csv:2"]


def test_the_sidecar_goes_before_what_is_stated_for_the_whole_run(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", encoding="utf-8")
    lay(tmp_path, "file,outlet", "a.txt,Mill Post")
    reports, _ = read(tmp_path, stated=(("outlet", "Harbour Post"),))
    assert [report.outlet and report.outlet.value for report in reports.values()] == ["Mill Post", "Harbour Post"]
