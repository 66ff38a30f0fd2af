"""From paths to reports: formats, decoding, addresses, and what is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearsay.errors import MissingPath, ReportError
from hearsay.ingest import ingest
from hearsay.ingest.decode import decode
from hearsay.model import Report, Skipped
from hearsay.settings import Settings

STORY = "The council of Port Ostra said on Monday that it would rebuild the harbour wall before winter."


def read(*paths: Path, **choices: int) -> tuple[list[Report], dict[str, str]]:
    found = list(ingest(paths, Settings(**choices)))  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Report)], {s.uri: s.why for s in found if isinstance(s, Skipped)}


def test_addresses_are_relative_to_the_folder_named_and_sorted(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.txt", ".hidden", "a/.secret/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{STORY} {name}", encoding="utf-8")
    assert [report.uri for report in read(tmp_path)[0]] == ["a/y.txt", "a/z.txt", "b.txt"]
    assert [report.uri for report in read(tmp_path / "a" / "z.txt")[0]] == ["z.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "r.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "sub" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    reports, skipped = read(tmp_path)
    assert [report.uri for report in reports] == ["sub/r.txt"]
    assert list(skipped) == ["gone"]


def test_a_missing_path_is_named_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(STORY, encoding="utf-8")
    with pytest.raises(MissingPath, match="nowhere"):
        ingest([tmp_path / "r.txt", tmp_path / "nowhere"], Settings())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF\x00\x01\x02", "binary"),
        (bytes(range(1, 32)) * 9, "binary"),
        (b"caf\x81 \x8d", "UTF-8"),
        (b"\xff\xfeo\xd8", "utf-16"),
        (STORY.encode() * 20, "bytes"),
    ],
)
def test_a_bad_file_costs_that_file_and_says_what_to_do(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    reports, skipped = read(tmp_path, max_bytes=1000)
    assert [report.uri for report in reports] == ["good.txt"]
    assert list(skipped) == ["bad.txt"]
    assert why in skipped["bad.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "r.txt").chmod(0)
    assert "rights" in read(tmp_path)[1]["r.txt"]


def test_special_files_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "regular" in read(tmp_path)[1]["pipe"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_give_one_text(encoding: str) -> None:
    text = "“It will stand,” said the mayor — in the café.\r\n\r\nEnd\n"
    assert decode(text.encode(encoding)) == text


def test_mojibake_is_repaired_and_nothing_else() -> None:
    broken = "It’s a café — the mayor’s".encode().decode("cp1252")
    assert decode(f"{broken}\r\n“It stands”".encode()) == "It’s a café — the mayor’s\r\n“It stands”"
    kept = "“curled” 'straight' &amp; ﬁne … \u200bﬀ １２\r\n\ttab\x1b[0m e\u0301 "
    assert decode(kept.encode()) == kept


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=200))
def test_plain_characters_are_never_changed(text: str) -> None:
    assert decode(text.encode()) == text


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ReportError as error:
        assert str(error)
    else:
        text.encode("utf-8")


def write(folder: Path, *lines: object, name: str = "feed.jsonl") -> Path:
    path = folder / name
    rows = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_json_lines_are_titles_and_bodies_with_stated_values(tmp_path: Path) -> None:
    row: dict[str, object] = {
        "id": "a1",
        "url": "https://x.example/a",
        "title": "Wall to rise",
        "text": STORY,
        "outlet": "The Coast Herald",
        "date": "2031-05-03",
        "language": "EN",
        "author": ["Ada Lund", "Bo Ek"],
        "desk": {"name": "world"},
        "n": 3,
    }
    (report,), _ = read(write(tmp_path, row))
    assert report.uri == "a1"
    assert report.text == f"Wall to rise\n\n{STORY}"
    assert report.headline is not None and report.headline.origin == "metadata"
    assert report.headline.evidence[0].of(report.text) == "Wall to rise"
    assert report.outlet is not None and report.outlet.value == "The Coast Herald"
    assert report.published is not None and report.published.value == "2031-05-03"
    assert [name.value for name in report.byline] == ["Ada Lund", "Bo Ek"]
    assert report.language == "en"
    assert report.extra == (("desk", '{"name": "world"}'), ("n", "3"), ("url", "https://x.example/a"))
    assert [zone.kind for zone in report.zones] == ["headline", "body"]


def test_a_body_that_begins_with_its_title_is_not_given_it_twice(tmp_path: Path) -> None:
    (report,), _ = read(write(tmp_path, {"title": "Wall to rise", "text": f"Wall to rise\n\n{STORY}"}))
    assert report.text == f"Wall to rise\n\n{STORY}"
    assert report.uri == "feed.jsonl:1"


def test_a_bad_line_costs_that_line(tmp_path: Path) -> None:
    good = {"url": "https://x.example/1", "text": STORY}
    bad = ["{not json", [1], {"title": "no text"}, {"text": 3}, "[" * 100_000, {"text": "  "}]
    reports, skipped = read(write(tmp_path, good, *bad, "", {"text": STORY + " More."}))
    assert [report.uri for report in reports] == ["https://x.example/1", "feed.jsonl:9"]
    assert list(skipped) == [f"feed.jsonl:{n}" for n in range(2, 8)]
    assert all(skipped.values())


def test_json_lines_are_told_by_content_too(tmp_path: Path) -> None:
    reports, _ = read(write(tmp_path, {"id": "a", "text": STORY}, {"id": "b", "text": STORY}, name="feed.txt"))
    assert [report.uri for report in reports] == ["a", "b"]


def test_json_documents_hold_one_report_or_a_list(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps([{"id": "a", "text": STORY}, {"no": "text"}]), encoding="utf-8")
    (tmp_path / "one.json").write_text(json.dumps({"text": STORY}, indent=1), encoding="utf-8")
    (tmp_path / "other.json").write_text(json.dumps({"version": 3}), encoding="utf-8")
    (tmp_path / "torn.json").write_text('{"text": ', encoding="utf-8")
    reports, skipped = read(tmp_path)
    assert [report.uri for report in reports] == ["a", "one.json"]
    assert sorted(skipped) == ["list.json:2", "other.json", "torn.json"]


def test_a_lone_surrogate_cannot_reach_a_report(tmp_path: Path) -> None:
    (report,), _ = read(write(tmp_path, '{"text": "' + STORY + ' \\ud800 end", "id": "\\udfff"}'))
    (report.text + report.uri).encode("utf-8")


def test_more_records_than_allowed_are_named(tmp_path: Path) -> None:
    reports, skipped = read(write(tmp_path, *({"id": str(n), "text": STORY} for n in range(4))), max_reports=2)
    assert len(reports) == 2
    assert "2 records" in skipped["feed.jsonl"]


def test_the_same_text_at_the_same_address_is_one_report(tmp_path: Path) -> None:
    for name in ("one/r.txt", "two/r.txt", "two/s.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    reports, _ = read(tmp_path / "one", tmp_path / "two", tmp_path / "one" / "r.txt")
    assert [report.uri for report in reports] == ["r.txt", "s.txt"]
    assert len({report.id for report in reports}) == 2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (STORY, "en"),
        ("Der Stadtrat hat am Montag beschlossen, die Mauer des Hafens noch vor dem Winter neu zu bauen.", "de"),
        ("Gradsko vijeće odlučilo je u ponedjeljak da će prije zime obnoviti lučki zid, rekao je gradonačelnik.", "hr"),
        ("Le conseil a voté lundi la reconstruction du mur du port avant l'hiver, a dit la mairesse.", "fr"),
        ("Très bien", "en"),
    ],
)
def test_language(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "r.txt").write_text(text, encoding="utf-8")
    assert read(tmp_path)[0][0].language == language
