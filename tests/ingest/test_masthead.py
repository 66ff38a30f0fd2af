"""Mastheads: who published, who wrote, where and when, each with the words that say so."""

from __future__ import annotations

import pytest

from hearsay.data import alternatives, table
from hearsay.ingest import report_of
from hearsay.ingest.datelines import parse
from hearsay.ingest.dates import find, is_date_line
from hearsay.ingest.masthead import metadata_date
from hearsay.ingest.names import is_outlet, known
from hearsay.ingest.record import Record
from hearsay.model import Report, Sourced

LEAD = "The council of Port Ostra said on Monday that it would rebuild the harbour wall before winter."
NEXT = "Mayor Ilva Brandt told the engineers that the port would meet the cost of the work."


def read(text: str, **meta: str) -> Report:
    return report_of(Record(uri="r.txt", text=text, media_type="text/plain", meta={"language": "en", **meta}))


def value(sourced: Sourced | None) -> str | None:
    return sourced.value if sourced else None


WHO = [
    # text around the story, outlet, agency
    ("BUSAN, May 3 (Yonhap) -- {}", "Yonhap", "Yonhap"),
    ("OSTRA, (Reuters) – {}", None, "Reuters"),
    ("Ostra, May 3 (EFE).- {} EFE\n\nab/cd", None, "EFE"),
    ("Ostra, May 3, 2031 (LUMEN) - {}\n\n© LUMEN 2031. All rights reserved.", "LUMEN", "LUMEN"),
    ("Ostra votes on wall\n\nOSTRA, May 3 (Lumen) - {}\n\nOur Standards: The Lumen Code", "Lumen", "Lumen"),
    ("(2nd LD) Ostra votes on wall\nOSTRA, May 3 (Lumen) -- {}", "Lumen", "Lumen"),
    ("OSTRA, May 3 (Lumen) -- {}", None, "Lumen"),
    ("LUM :: Chronicle :: 03.05.2031 10:15\n\nWALL TO RISE\n\nOstra, 3 May. /LUM/. {}\n\n/LUM/", "LUM", "LUM"),
    ("Ostra, OLA – {}\n\nOlani News Agency (OLA)", "OLA", "OLA"),
    ("Ostra, OLA – {}\n\nAccording to Lumen Agency reports, it is old.\n\nOLA", "OLA", "Lumen Agency"),
    ("Ships (Photo: Lumen Agency)\n\nOstra, OLA – {}\n\nLumen Agency reported that it is old.", "OLA", "Lumen Agency"),
    ("Wall to rise\n\n{}\n\nIzvor: Tanjug/\n\n{}", None, "Tanjug"),
    ("Wall to rise\n\n{}\n\nSource: Lumen", None, "Lumen"),
    ("The Salt Coast Herald\n\nWall to rise\n\nOSTRA — {}", "The Salt Coast Herald", None),
    ("THE SALT COAST HERALD\n\nWall to rise\n\nOSTRA, May 3 (AP) — {}", "The Salt Coast Herald", "Associated Press"),
    ("Wall to rise | The Salt Coast Herald\n\n{}", "The Salt Coast Herald", None),
    ("World | The Salt Coast Herald | 3 May 2031\n\nWall to rise\n\n{}", "The Salt Coast Herald", None),
    ("Wall to rise\n\n{}\n\nCopyright 2031 The Associated Press. All rights reserved.", None, "Associated Press"),
    ("Wall to rise\n\n{}\n\n© 2031 The Salt Coast Herald. All rights reserved.", "The Salt Coast Herald", None),
    ("Wall to rise\n\nBy JANA SOREL, Associated Press\n\n{}", None, "Associated Press"),
    ("Wall to rise\n\n{} (ANI)", None, "ANI"),
    ("Wall to rise\n\n{}\n\n- AFP", None, "Agence France-Presse"),
    ("DOVAN TELEGRAPH AGENCY\n\nWall to rise\n\nOstra, May 3. DTA. {}", "DTA", "DTA"),
    ("Wall to rise\n\n{} The state agency LUM reported it in two lines.", None, None),
    ("Wall to rise\n\n{} He told the Herald so. According to LUM, it is old.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("page", "outlet", "agency"), WHO, ids=[page[:40] for page, _, _ in WHO])
def test_outlet_and_agency(page: str, outlet: str | None, agency: str | None) -> None:
    report = read(page.replace("{}", LEAD, 1).replace("{}", NEXT))
    assert (value(report.outlet), value(report.agency)) == (outlet, agency)


def test_every_value_names_words_that_hold_it() -> None:
    text = f" date 2031-05-03 (2nd LD) Wall to rise\nBy Jana Sorel\nOSTRA BAY, May 3 (Lumen) -- {LEAD}\n(END)"
    report = read(text)

    def words(sourced: Sourced | None) -> list[str]:
        assert sourced is not None
        return [span.of(text) for span in sourced.evidence]

    assert report.dateline is not None
    assert words(report.headline) == ["Wall to rise"]
    assert words(report.agency) == ["Lumen"]
    assert words(report.outlet) == ["(2nd LD)", "(END)"]
    assert words(report.revision) == ["(2nd LD)"]
    assert words(report.published) == ["2031-05-03", "May 3"]
    assert words(report.dateline.place) == ["OSTRA BAY"]
    assert words(report.dateline.date) == ["May 3"]
    assert [words(name) for name in report.byline] == [["Jana Sorel"]]
    assert report.dateline.span.of(text) == "OSTRA BAY, May 3 (Lumen) --"


def test_metadata_wins_and_says_so() -> None:
    text = f"The Salt Coast Herald\n\nWall to rise\n\nBy Jana Sorel\n\nOSTRA, May 3 (Lumen) - {LEAD}"
    report = read(
        text, outlet="The Hill Gazette", agency="AP", author="By Ada Lund and Bo Ek", date="2031-05-04T08:00:00Z"
    )
    found = [report.outlet, report.agency, report.published, *report.byline]
    assert [value(item) for item in found] == [
        "The Hill Gazette",
        "Associated Press",
        "2031-05-04",
        "Ada Lund",
        "Bo Ek",
    ]
    assert {item.origin for item in found if item} == {"metadata"}


WHEN = [
    (f"OSTRA, May 3 (Lumen) - {LEAD}", "XXXX-05-03"),
    (f"OSTRA, May 3, 2031 (Lumen) - {LEAD}", "2031-05-03"),
    (f" date 2031-05-03 Wall to rise\n\nOSTRA, May 2 (Lumen) - {LEAD}", "2031-05-03"),
    (f"LUM :: News :: 03.05.2031 16:55\n\nWall to rise\n\nOstra, 3 May. /LUM/. {LEAD}", "2031-05-03"),
    (f"Wall to rise\n\nBy Jana Sorel\n3 May 2031\n\n{LEAD}", "2031-05-03"),
    (f"Wall to rise\n\nPublished: Monday, May 3, 2031 at 10:15 GMT\n\n{LEAD}", "2031-05-03"),
    (f"World | Saturday 3 May 2031 06.10\n\nWall to rise\n\n{LEAD}", "2031-05-03"),
    (f"Wall to rise\n\nPosted by admin on May 3, 2031\n\n{LEAD}", "2031-05-03"),
    (f"Wall to rise\n\n3/5/2031\n\nOSTRA, May 3 (Lumen) - {LEAD}", "2031-05-03"),
    (f"Wall to rise\n\n{LEAD}", None),
    (f"Wall to rise\n\n{LEAD} It fell on 3 May 2030.", None),
    (f"Wall to rise\n\n{LEAD}\n\nRelated: Ferry strike of 3 May 2030 is over", None),
    (f"Wall to rise\n\nOSTRA, Feb 30 (Lumen) - {LEAD}", None),
]


@pytest.mark.parametrize(("text", "expected"), WHEN, ids=[text[:40] for text, _ in WHEN])
def test_published_is_what_the_page_states(text: str, expected: str | None) -> None:
    assert value(read(text).published) == expected


BYLINES = [
    ("By Jana Sorel and Pim Adder", ["Jana Sorel", "Pim Adder"]),
    ("By Jana Sorel, in Ostra and Tolna", ["Jana Sorel"]),
    ("By Jana Sorel in Ostra", ["Jana Sorel"]),
    ("By JANA SOREL, Associated Press", ["Jana Sorel"]),
    ("By Jana Sorel, Political Editor", ["Jana Sorel"]),
    ("Jana Sorel in Port Ostra", ["Jana Sorel"]),
    ("By our foreign staff", ["our foreign staff"]),
    ("Staff Reporter", ["Staff Reporter"]),
]


@pytest.mark.parametrize(("line", "names"), BYLINES)
def test_byline(line: str, names: list[str]) -> None:
    assert [name.value for name in read(f"Wall to rise\n\n{line}\n\n{LEAD}\n\n{NEXT}").byline] == names


def test_reporters_below_the_story_sign_where_nobody_does_above() -> None:
    report = read(f"Wall to rise\n\n{LEAD} (Reporting by J. Sorel and Pim Adder; Editing by T. Quill)")
    assert [name.value for name in report.byline] == ["J. Sorel", "Pim Adder"]


DATELINES = [
    # line, place, date, wire
    ("BUSAN, Sept. 22 (Yonhap) -- The", "BUSAN", "XXXX-09-22", "Yonhap"),
    ("Madrid, Sep 22 (EFE).- The", "Madrid", "XXXX-09-22", "EFE"),
    ("OSTRA, (Reuters) – The", "OSTRA", None, "Reuters"),
    ("Ostra, OLA – The", "Ostra", None, "OLA"),
    ("DAMASCUS, SANA- The", "DAMASCUS", None, "SANA"),
    ("Ostra, 5 March. /LUM/. The", "Ostra", "XXXX-03-05", "LUM"),
    ("Moscow. May 3. Interfax - The", "Moscow", "XXXX-05-03", "Interfax"),
    ("OSTRA, Dovania: Five weeks on", "OSTRA", None, None),
    ("OSTRA, March 26 — The", "OSTRA", "XXXX-03-26", None),
    ("GREY PRISON, East Bank, Jan 1 (Reuters) - The", "GREY PRISON", "XXXX-01-01", "Reuters"),
    ("New Delhi [India], May 3 (ANI): The", "New Delhi", "XXXX-05-03", "ANI"),
    ("WASHINGTON/OTTAWA, March 5 (Reuters) - The", "WASHINGTON/OTTAWA", "XXXX-03-05", "Reuters"),
    ("St. Petersburg, March 5 (Tass) - The", "St. Petersburg", "XXXX-03-05", "Tass"),
    ("RIO DE JANEIRO, May 3 (dpa) - The", "RIO DE JANEIRO", "XXXX-05-03", "dpa"),
    ("LONDON, UK — The", "LONDON", None, None),
    ("BRUSSELS (5 March) – The", "BRUSSELS", "XXXX-03-05", None),
    ("Havana, Mar 5 (Prensa Latina) The", "Havana", "XXXX-03-05", "Prensa Latina"),
    ("(Reuters) - The", None, None, "Reuters"),
    ("OSTRA, Dovania (AP) _", "OSTRA", None, "AP"),
    ("OSTRA _", "OSTRA", None, None),
    ("OSTRA, 5 March (Lumen)", "OSTRA", "XXXX-03-05", "Lumen"),
]


@pytest.mark.parametrize(("line", "place", "date", "wire"), DATELINES)
def test_datelines(line: str, place: str | None, date: str | None, wire: str | None) -> None:
    head = parse(line)
    assert head is not None
    parts = [line[part.start : part.end] if part else None for part in (head.place, head.wire)]
    assert (parts, head.date.value if head.date else None) == ([place, wire], date)


@pytest.mark.parametrize(
    "line",
    [
        "Brandt, for her part, said the wall - the old one - was gone",
        "Sen. Ada Lund (I-Ost.) was against it",
        "World | Thursday 7 March 2031 06.10",
        "On March 5, the mayor said (Lumen) - that the wall",
        "EXCLUSIVE: The wall will rise",
        "Ilva Brandt said Monday (March 5) - the day of the vote",
        "The Salt Coast Herald, Monday 3 May 2031",
        "Ostra, 5 March, The Head of State",
        "",
    ],
)
def test_no_dateline(line: str) -> None:
    assert parse(line) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Thursday 7 March 2031 06.10", ["2031-03-07"]),
        ("05.03.2031 16:55", ["2031-03-05"]),
        ("2031-03-05T16:55:00+01:00", ["2031-03-05"]),
        ("15/3/2031", ["2031-03-15"]),
        ("3/15/2031", ["2031-03-15"]),
        ("3/5/2031", ["2031"]),
        ("Sept. 22nd", ["XXXX-09-22"]),
        ("5. ožujka 2031.", ["2031-03-05"]),
        ("31 February 2031", []),
        ("99.99.2031", []),
    ],
)
def test_dates_of_mastheads(text: str, values: list[str]) -> None:
    assert [found.value for found in find(text)] == values


@pytest.mark.parametrize("name", ["months", "weekdays"])
def test_each_name_of_months_and_days_is_read(name: str) -> None:
    for row in table(name):
        for form in alternatives(row["forms"]):
            line = f"5 {form} 2031" if name == "months" else f"{form}, 5 May 2031"
            assert is_date_line(line), line
            assert find(line)[0].value == (f"2031-{int(row['number']):02d}-05" if name == "months" else "2031-05-05")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2031-05-03", "2031-05-03"),
        ("20310503", "2031-05-03"),
        ("2031-05-03T23:59:59Z", "2031-05-03"),
        ("Sat, 03 May 2031 10:15:00 GMT", "2031-05-03"),
        ("2031-05", "2031-05"),
        ("2031", "2031"),
        ("2031-13-40", None),
        ("soon", None),
        ("", None),
    ],
)
def test_metadata_dates(stated: str, expected: str | None) -> None:
    assert metadata_date(stated) == expected


def test_each_name_of_a_medium_belongs_to_one_row() -> None:
    for row in table("agencies"):
        assert row["kind"] in {"agency", "outlet", "state_medium", "broadcaster"}
        assert row["own_copy"] in {"yes", "no"}
        for name in (row["name"], *alternatives(row["aliases"])):
            medium = known(name)
            assert medium is not None and medium.name == row["name"], name


@pytest.mark.parametrize("row", [row for row in table("agencies") if row["kind"] in ("agency", "state_medium")])
def test_each_wire_is_known_in_a_dateline(row: dict[str, str]) -> None:
    assert value(read(f"OSTRA, May 3 ({row['name']}) - {LEAD}").agency) == row["name"]


@pytest.mark.parametrize("row", table("media_words"), ids=lambda row: row["word"])
def test_each_media_word_makes_a_name_an_outlet(row: dict[str, str]) -> None:
    name = f"ostra{row['word']}" if row["word"].startswith(".") else f"The Ostra {row['word']}"
    assert is_outlet(name)
    assert not is_outlet(f"{name} said it would rise again")


@pytest.mark.parametrize("line", ["Wall to rise again", "World News", "Staff Reporter", "Ilva Brandt", "", "3.14"])
def test_other_lines_are_no_outlets(line: str) -> None:
    assert not is_outlet(line)
