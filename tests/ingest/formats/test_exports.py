"""Exports of Nexis and Factiva: every article, its fields, and nothing of the covers and searches around them."""

from __future__ import annotations

import json
import time

import pytest

from hearsay.errors import ReportError
from hearsay.ingest.formats.exports import export, export_records, is_export, service_of
from hearsay.ingest.record import Record
from hearsay.model import Skipped

LEAD = "The council of Port Ostra said on Monday that it would rebuild the harbour wall before the winter."
QUOTE = "“We will not wait,” Mayor Ada Lund told reporters at the quay."


def read(text: str) -> list[Record]:
    found = list(export_records(text, "file.rtf", media_type="text/rtf"))
    assert not [item for item in found if isinstance(item, Skipped)]
    return [item for item in found if isinstance(item, Record)]


NEXIS = f"""User Name: Ann Desk
Date and Time: Monday, March 10, 2031 9:00:00 AM CET
Job Number: 123456
Documents (2)
1. Council to rebuild wall
Client/Matter: -None-
Search Terms: harbour wall
Search Type: NAtural Language
2. Ferries wait

Page 1 of 4
Council to rebuild wall

Ostra Herald
March 4, 2031 Tuesday
Late Edition - Final

Copyright 2031 Ostra Herald Company All Rights Reserved

Section: Section A; Column 0; Foreign Desk; Pg. 1
Length: 212 words
Byline: By ADA QUILL and PER MOSS
Dateline: PORT OSTRA
Highlight: A long quarrel ends.
Body

{LEAD}

{QUOTE}
Page 2 of 4
Section: that word opens a line of the text.

Graphic

PHOTO: The wall (PHOTOGRAPH BY A. NAME)
Load-Date: March 9, 2031


End of Document

Ferries wait

Agence France Presse -- English
March 3, 2031 Monday 10:15 AM GMT

Copyright 2031 Agence France Presse All Rights Reserved

Length: 98 words
Body

Ferries waited at Port Ostra on Monday, the harbour board said.

Classification

Language: ENGLISH
Publication-Type: Newswire
Subject: FERRIES (90%)
Load-Date: March 3, 2031


End of Document
"""


def test_nexis_gives_one_record_an_article_without_cover_and_page_heads() -> None:
    wall, ferries = read(NEXIS)
    assert wall.text == (f"Council to rebuild wall\n\n{LEAD}\n\n{QUOTE}\nSection: that word opens a line of the text.")
    assert wall.meta == {
        "title": "Council to rebuild wall",
        "outlet": "Ostra Herald",
        "author": "Ada Quill; Per Moss",
        "date": "2031-03-04",
    }
    assert (wall.uri, ferries.uri) == ("file.rtf:1", "file.rtf:2")
    assert ferries.text == "Ferries wait\n\nFerries waited at Port Ostra on Monday, the harbour board said."
    assert ferries.meta["outlet"] == "Agence France Presse"
    assert ferries.meta["date"] == "2031-03-03"


def test_the_day_nexis_loaded_an_article_is_kept_and_is_not_its_date() -> None:
    wall = read(NEXIS)[0]
    extra = dict(wall.extra)
    (loaded,) = (vote for vote in json.loads(extra["votes"]) if vote["field"] == "crawled")
    assert (loaded["value"], loaded["won"]) == ("2031-03-09", False)
    assert extra["dateline"] == "PORT OSTRA"
    assert extra["graphic"].startswith("PHOTO: The wall")
    assert extra["length"] == "212 words"
    assert extra["copyright"] == "Copyright 2031 Ostra Herald Company All Rights Reserved"


OLDER = """

                               1 of 2 DOCUMENTS


                                Ostra Herald

                             March 4, 2031 Tuesday
                              Late Edition - Final

Council to rebuild wall

BYLINE: By Ada Quill

SECTION: Foreign; Pg. 1

LENGTH: 212 words

DATELINE: PORT OSTRA, March 4

   The council of Port Ostra said on Monday that it would rebuild the
harbour wall before the winter, after a quarrel that had gone on for
years between the harbour board and the owners of the ferries.

   He denied it.

LOAD-DATE: March 9, 2031

LANGUAGE: ENGLISH

SUBJECT: HARBOURS (90%)

PUBLICATION-TYPE: Newspaper

                 Copyright 2031 Ostra Herald Company
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                                 Mill Post

                             March 3, 2031 Monday

HEADLINE: Ferries wait

LENGTH: 12 words

Ferries waited at Port Ostra.

LOAD-DATE: March 3, 2031
"""


def test_older_nexis_texts_name_the_source_first_and_wrap_their_lines() -> None:
    wall, ferries = read(OLDER)
    assert wall.text == (
        "Council to rebuild wall\n\n"
        "The council of Port Ostra said on Monday that it would rebuild the harbour wall before the winter, after a "
        "quarrel that had gone on for years between the harbour board and the owners of the ferries.\n\nHe denied it."
    )
    assert wall.meta == {
        "title": "Council to rebuild wall", "outlet": "Ostra Herald", "author": "Ada Quill", "date": "2031-03-04",
    }  # fmt: skip
    assert ferries.meta == {"title": "Ferries wait", "outlet": "Mill Post", "date": "2031-03-03"}
    assert ferries.text == "Ferries wait\n\nFerries waited at Port Ostra."


CODED = f"""
HD   Council to rebuild wall
BY   By Ada Quill
WC   212 words
PD   4 March 2031
ET   10:15
SN   Norvik News
SC   NORVN
LA   English
CY   (c) 2031 Norvik News Limited

LP
     {LEAD}

     {QUOTE}

TD
     IN Port Ostra the ferries wait.

     He denied it.

CO   ostrah : Ostra Harbour Board
IN   i72 : Transport
NS   gcat : Political/General News
RE   ostra : Port Ostra
PUB  Norvik News Limited
AN   Document NORVN00020310304en3400abc

HD   Ferries wait
WC   12 words
PD   3 March 2031
SN   Reuters News
LP
     Ferries waited at Port Ostra.
AN   Document LBA0000020310303dx3300def

Search Summary
Text     harbour wall
Date     All Dates
"""


def test_factiva_codes() -> None:
    wall, ferries = read(CODED)
    assert wall.uri == "NORVN00020310304en3400abc"
    assert (
        wall.text == f"Council to rebuild wall\n\n{LEAD}\n\n{QUOTE}\n\nIN Port Ostra the ferries wait.\n\nHe denied it."
    )
    assert wall.meta == {
        "title": "Council to rebuild wall", "outlet": "Norvik News", "author": "Ada Quill", "date": "2031-03-04",
    }  # fmt: skip
    assert dict(wall.extra)["companies"] == "ostrah : Ostra Harbour Board"
    assert dict(wall.extra)["regions"] == "ostra : Port Ostra"
    assert ferries.meta == {"title": "Ferries wait", "outlet": "Reuters News", "date": "2031-03-03"}


TABLED = "\n".join(
    (
        "HD | Council to rebuild wall|", "WC | 212 words|", "PD | 4 March 2031|", "SN | Norvik News|", "LP |",
        f"{LEAD}|", "TD |", QUOTE, "He denied it.|", "AN | Document NORVN00020310304en3400abc|",
    )
)  # fmt: skip


def test_factiva_codes_in_the_cells_of_a_table() -> None:
    (wall,) = read(TABLED)
    assert wall.text.split() == f"Council to rebuild wall {LEAD} {QUOTE} He denied it.".split()
    assert wall.uri == "NORVN00020310304en3400abc"


UNCODED = f"""World News
Council to rebuild wall
By Ada Quill
212 words
4 March 2031
10:15
Norvik News
NORVN
English
(c) 2031 Norvik News Limited

{LEAD}

{QUOTE}

Document NORVN00020310304en3400abc

Ferries wait
12 words
3 March 2031
Mill Post
MILLP
English
Copyright 2031 Mill Post

Ferries waited at Port Ostra.

Document MILLP00020310303en3300def

Search Summary
Text harbour wall
"""


def test_factiva_without_codes() -> None:
    wall, ferries = read(UNCODED)
    assert wall.text == f"Council to rebuild wall\n\n{LEAD}\n\n{QUOTE}"
    assert wall.meta == {
        "title": "Council to rebuild wall", "outlet": "Norvik News", "author": "Ada Quill", "date": "2031-03-04",
    }  # fmt: skip
    assert (ferries.uri, ferries.meta["outlet"]) == ("MILLP00020310303en3300def", "Mill Post")


def test_an_article_without_text_is_named_and_the_others_are_read() -> None:
    found = list(export_records(CODED.replace("     Ferries waited at Port Ostra.\n", ""), "f.txt", media_type="x"))
    assert [type(item) for item in found] == [Record, Skipped]
    assert "text" in (found[1].why if isinstance(found[1], Skipped) else "")


@pytest.mark.parametrize("cut", [0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize(
    "export", [NEXIS, OLDER, CODED, TABLED, UNCODED], ids=["nexis", "older", "codes", "table", "plain"]
)
def test_an_export_that_is_cut_off_still_gives_what_is_there(export: str, cut: float) -> None:
    for item in export_records(export[: int(len(export) * cut)], "f.txt", media_type="x"):
        assert isinstance(item, Skipped) or item.text.strip()


@pytest.mark.parametrize(
    ("text", "service"),
    [
        (NEXIS, "nexis"),
        (OLDER, "nexis"),
        (CODED, "factiva"),
        (TABLED, "factiva"),
        (UNCODED, "factiva"),
        (f"Council to rebuild wall\n\n{LEAD}\n\n{QUOTE}\n", ""),
        (f"Council to rebuild wall\nBy Ada Quill\nSection: World\n212 words\n\n{LEAD}\n", ""),
        ("", ""),
    ],
)
def test_exports_are_told_by_their_marks(text: str, service: str) -> None:
    assert service_of(text) == service


def test_a_text_file_that_only_looks_like_an_export_is_one_report() -> None:
    plain = f"Council to rebuild wall\n212 words\n\n{LEAD}\n".encode()
    assert is_export(plain, ".txt")
    (record,) = export(plain, "wall.txt")
    assert isinstance(record, Record)
    assert (record.uri, record.text) == ("wall.txt", plain.decode())
    assert [type(item) for item in export(CODED.encode("utf-16"), "file.txt")] == [Record, Record]


HOSTILE = {
    "blank lines": CODED + "\n" * 5_000_000,
    "a field without end": NEXIS.replace("212 words", "212 words" + "\nmore words" * 400_000),
    "headlines without end": CODED + "HD  Wall\n" * 400_000,
    "codes and nothing else": CODED + "LP\n" * 450_000,
    "covers without end": "Documents (2)\n" * 400_000 + NEXIS,
    "one line": CODED + "x " * 5_000_000,
    "labels without end": NEXIS + "Load-Date: \n" * 400_000 + "End of Document\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_export_is_read_or_refused_in_time(name: str) -> None:
    began = time.monotonic()
    try:
        for item in export(HOSTILE[name].encode(), "f.txt"):
            assert isinstance(item, Skipped) or item.text.strip()
    except ReportError as error:
        assert "split" in str(error)
    assert time.monotonic() - began < 10
