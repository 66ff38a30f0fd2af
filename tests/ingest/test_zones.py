"""Zones: a partition of any text, and debris told from story."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearsay.data import table
from hearsay.ingest.zones import zone

LEAD = "The council of Port Ostra said on Monday that it would rebuild the harbour wall before winter."
NEXT = "Mayor Ilva Brandt told the engineers that the port would meet the cost of the work."
BOTH = f"{LEAD}\n\n{NEXT}"


def zones(text: str, *, title: int = 0) -> list[tuple[str, str]]:
    """Zones as (kind, text without the blanks around it)."""
    return [(kind, text[start:end].strip()) for start, end, kind in zone(text, title=title)]


def kind_of(text: str, part: str) -> set[str]:
    """Kinds of the zones that share a character with `part`."""
    at = text.rindex(part)
    return {kind for start, end, kind in zone(text) if start < at + len(part) and at < end}


CHUNKS = st.sampled_from(
    [LEAD, NEXT, " date 2031-05-03 ", "(2nd LD) ", "ATTN: ADDS photo", "PORT OSTRA, May 3 (Lumen) -- ", "\n", "\n\n",
     "\r\n", "Related Articles", "(photo: Lumen)", "By Jana Sorel", "World | 3 May 2031", "© Lumen 2031", "/LUM/",
     "ab/cd", "(END)", "FILE PHOTO: Ships. ", "The Salt Coast Herald", "\u2028", "\x85", "“", "(", "0 Komentari", ":"]
)  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(CHUNKS, st.text(max_size=8)), max_size=14).map("".join)))
def test_zones_partition_any_text(text: str) -> None:
    found = zone(text)
    assert "".join(text[start:end] for start, end, _ in found) == text
    assert all(start < end for start, end, _ in found)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30), st.lists(CHUNKS, max_size=6).map("".join))
def test_a_stated_title_is_the_headline(title: str, body: str) -> None:
    text = f"{title}\n\n{body}"
    found = zone(text, title=len(title))
    assert "".join(text[start:end] for start, end, _ in found) == text
    if title.strip():
        assert found[0][2] == "headline"


@pytest.mark.parametrize(
    "line", ["(" * 20000, "a/" * 20000, "A " * 20000, "1." * 20000, "By " * 9000, '"' * 20000, "- " * 9000]
)
@pytest.mark.timeout(20)
def test_a_hostile_line_takes_no_more_time_than_its_length(line: str) -> None:
    text = f"{line}\n{LEAD}\n{line}"
    assert sum(end - start for start, end, _ in zone(text)) == len(text)


HEADS = [
    (
        f" date 2031-05-03 (2nd LD) Ostra votes on wall\nATTN: ADDS photo\nPORT OSTRA, May 3 (Lumen) -- {LEAD}",
        [
            ("dateline", "date 2031-05-03"),
            ("slug", "(2nd LD)"),
            ("headline", "Ostra votes on wall"),
            ("editor_note", "ATTN: ADDS photo"),
            ("dateline", "PORT OSTRA, May 3 (Lumen) --"),
            ("body", LEAD),
        ],
    ),
    (
        f"UPDATE 3-Wall to rise\n\n(Adds mayor, vote)\n\nBy Jana Sorel\n\nPORT OSTRA, May 3 (Lumen) - {LEAD}",
        [
            ("slug", "UPDATE 3-"),
            ("headline", "Wall to rise"),
            ("editor_note", "(Adds mayor, vote)"),
            ("byline", "By Jana Sorel"),
            ("dateline", "PORT OSTRA, May 3 (Lumen) -"),
            ("body", LEAD),
        ],
    ),
    (
        f" date 2031-05-03 Ships lie off the port on Sunday, May 2, 2031 (photo: Lumen)\n\nTolna, OLA – {LEAD}",
        [
            ("dateline", "date 2031-05-03"),
            ("caption", "Ships lie off the port on Sunday, May 2, 2031 (photo: Lumen)"),
            ("dateline", "Tolna, OLA –"),
            ("body", LEAD),
        ],
    ),
    (
        f"The Salt Coast Herald\nINTERNATIONAL\n\nOstra votes to rebuild wall\n\nBy our foreign staff\n\n{LEAD}",
        [
            ("credit", "The Salt Coast Herald"),
            ("slug", "INTERNATIONAL"),
            ("headline", "Ostra votes to rebuild wall"),
            ("byline", "By our foreign staff"),
            ("body", LEAD),
        ],
    ),
    (
        f"World 0\n\n\nWe shall build it!\n\n{LEAD}\n\nIzvor: Lumen/\n\nWe shall build it!\n\n"
        f"{NEXT}\n\n0 Komentari\n\nMožda vas zanima",
        [
            ("boilerplate", "World 0"),
            ("headline", "We shall build it!"),
            ("body", LEAD),
            ("credit", "Izvor: Lumen/"),
            ("boilerplate", "We shall build it!"),
            ("body", NEXT),
            ("boilerplate", "0 Komentari"),
            ("boilerplate", "Možda vas zanima"),
        ],
    ),
    (
        f"Home › Regions › Ostra\nLUM :: Chronicle :: 03.05.2031 10:15\n\nWALL TO RISE\n\nOstra, 3 May. /LUM/. {LEAD}",
        [
            ("slug", "Home › Regions › Ostra"),
            ("slug", "LUM :: Chronicle :: 03.05.2031 10:15"),
            ("headline", "WALL TO RISE"),
            ("dateline", "Ostra, 3 May. /LUM/."),
            ("body", LEAD),
        ],
    ),
    (
        f"Ostra's wall | The Salt Coast Herald\nJana Sorel in Port Ostra\nMon 3 May 2031 06.10 BST\n{LEAD}",
        [
            ("headline", "Ostra's wall"),
            ("credit", "| The Salt Coast Herald"),
            ("byline", "Jana Sorel in Port Ostra"),
            ("dateline", "Mon 3 May 2031 06.10 BST"),
            ("body", LEAD),
        ],
    ),
    (
        f"Ostra votes on wall KELMAR BAY, May 3 (Lumen) -- {LEAD}",
        [("headline", "Ostra votes on wall"), ("dateline", "KELMAR BAY, May 3 (Lumen) --"), ("body", LEAD)],
    ),
    (
        f"FILE PHOTO: Ships off the port, May 1, 2031. LUMEN/Ana Rook/File Photo KELMAR BAY (Lumen) - {LEAD}",
        [
            ("caption", "FILE PHOTO: Ships off the port, May 1, 2031. LUMEN/Ana Rook/File Photo"),
            ("dateline", "KELMAR BAY (Lumen) -"),
            ("body", LEAD),
        ],
    ),
    (
        f"The wall will stand again.\nBy Jana Sorel\nPORT OSTRA — {LEAD}",
        [
            ("headline", "The wall will stand again."),
            ("byline", "By Jana Sorel"),
            ("dateline", "PORT OSTRA —"),
            ("body", LEAD),
        ],
    ),
    (
        f"BREAKING: Wall falls\n\nWall falls\n\n{LEAD}",
        [("headline", "BREAKING: Wall falls"), ("boilerplate", "Wall falls"), ("body", LEAD)],
    ),
    (
        f"NEWS / WORLD / OSTRA\nUpdated 3 hours ago\n‘We shall build’: mayor speaks\nThe wall will rise by winter.\n"
        f"By LUMEN STAFF  |  May 3, 2031 at 6:10 p.m. EDT\n4 min\n{LEAD}",
        [
            ("slug", "NEWS / WORLD / OSTRA"),
            ("boilerplate", "Updated 3 hours ago"),
            ("headline", "‘We shall build’: mayor speaks"),
            ("body", "The wall will rise by winter."),
            ("slug", "By LUMEN STAFF  |  May 3, 2031 at 6:10 p.m. EDT"),
            ("boilerplate", "4 min"),
            ("body", LEAD),
        ],
    ),
    (
        f"Wall to rise\nBy Jana Sorel\nMay 3, 2031 10:15 AM UTC Updated 2 hours ago\n3 May 2031 — {LEAD}",
        [
            ("headline", "Wall to rise"),
            ("byline", "By Jana Sorel"),
            ("dateline", "May 3, 2031 10:15 AM UTC Updated 2 hours ago"),
            ("dateline", "3 May 2031 —"),
            ("body", LEAD),
        ],
    ),
    (f"KELMAR BAY, (Reuters) – {LEAD}", [("dateline", "KELMAR BAY, (Reuters) –"), ("body", LEAD)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HEADS, ids=[text[:24].strip() for text, _ in HEADS])
def test_head_of_a_report(text: str, expected: list[tuple[str, str]]) -> None:
    assert zones(text) == expected


FEET = [
    ("EFE", f"Madrid, May 3 (EFE).- {BOTH} EFE\n\nab/cd\n\nRelated Articles\n\nBack to top button", "EFE"),
    ("initials", f"{BOTH}\n\nab/cd/ef", "ab/cd/ef"),
    ("code", f"{BOTH} (K/AB2/P1)", "(K/AB2/P1)"),
    ("end", f"{BOTH}\n(END)", "(END)"),
    ("glued end", f"{BOTH} (END)", "(END)"),
    ("slashed", f"{BOTH}\n\n/LUM/", "/LUM/"),
    ("staff credits", f"{BOTH} (Reporting by Jana Sorel; Editing by T. Quill)", "(Reporting by Jana Sorel; Editing"),
    ("loose credits", f"{BOTH} Reporting by Jana Sorel; Editing by T. Quill", "Reporting by Jana Sorel"),
    ("helpers", f"{BOTH}\n\nAdditional reporting by Pim Adder in Tolna.", "Additional reporting by Pim Adder"),
    ("contributor", f"{BOTH}\n\nPim Adder in Tolna contributed to this report.", "Pim Adder in Tolna contributed"),
    ("desk", f"{BOTH}\n\n- Herald staff in Tolna", "- Herald staff in Tolna"),
    ("agency line", f"{BOTH}\n\nOlani News Agency (OLA)", "Olani News Agency (OLA)"),
    ("copyright", f"{BOTH}\n\n© LUMEN 2031. All rights reserved.", "© LUMEN 2031"),
    ("long copyright", f"{BOTH}\n\nCopyright 2031 Lumen Press. This may not be rewritten.", "This may not be"),
    ("terms", f"{BOTH}\n\nUse of LUM materials is permitted only with a link.", "Use of LUM materials"),
    ("standards", f"{BOTH}\n\nOur Standards: The Lumen Code", "Our Standards"),
    ("list", f"{BOTH}\n\nMost read in World: 1. Ferries strike  2. Cheese wins", "Ferries strike"),
    ("list below", f"{BOTH}\n\nMore on this story\nFerry fares rise again\nBakers open late", "Bakers open late"),
    ("strip", f"{BOTH}\n\nFollow us | Corrections: desk@paper.example | More by Jana Sorel", "Follow us"),
    ("author", f"{BOTH}\n\nJana Sorel is a reporter. Follow her on X @jsorel.", "Jana Sorel is"),
    ("address", f"{BOTH}\n\ndesk@paper.example", "desk@paper.example"),
    ("dpa", f"Kelmar (dpa) - {BOTH} dpa ab xx yy", "dpa ab xx yy"),
    ("advert", f"{LEAD}\n\nAdvertisement Continue reading the main story\n\n{NEXT}", "Advertisement"),
    ("link inside", f"{LEAD}\n\nRead more: Ferry fares rise again\n\n{NEXT}", "Ferry fares"),
    ("caption inside", f"{LEAD}\n\nShips off the port, May 1, 2031. (AP Photo/Ana Rook, File)\n\n{NEXT}", "Ships off"),
    ("caption signed", f"{LEAD}\n\nShips lie off the port, May 1, 2031. REUTERS/Ana Rook\n\n{NEXT}", "Ships lie off"),
    ("picture", f"{LEAD}\n\nPhoto: The lower street, seen from the school. (R. Verd)\n\n{NEXT}", "The lower street"),
    (
        "file picture",
        f"{LEAD}\n\nFile - In this May 1, 2031 file photo, ships lie at anchor. (Ana Rook/Lumen)\n\n{NEXT}",
        "ships lie",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "debris"), [case[1:] for case in FEET], ids=[case[0] for case in FEET])
def test_debris_is_not_body_and_the_story_is(text: str, debris: str) -> None:
    assert "body" not in kind_of(text, debris)
    assert kind_of(text, LEAD) == {"body"}
    assert kind_of(text, NEXT) == {"body"}


STORY = [
    "By Monday evening the wall stood.",
    "Photo opportunities were few, according to the port.",
    "Sources: three officials and an engineer said they had seen the plan.",
    "In this photo, she said, nothing moves.",
    "Copyright law was discussed as well, the mayor said.",
    "The post of harbour master stays vacant.",
    "Follow the money, the mayor said.",
    "Share prices fell by a tenth on the news.",
    '"Sign up for the work," said the mayor.',
    '"Print it," she said.',
    "Politics was not discussed.",
    "Related: that was the word she used, she said.",
    "Sen. Ada Lund (I-Ost.) said the wall was a folly.",
    "The port (photo below) is closed to ships of any size.",
    "Read the letter, the mayor told the council.",
    "The paper, the Herald, was told by the port.",
    "Brandt said: the wall will stand.",
]


@pytest.mark.parametrize("sentence", STORY)
@pytest.mark.parametrize("place", ["middle", "last"])
def test_sentences_that_look_like_debris_stay_story(sentence: str, place: str) -> None:
    text = f"{LEAD}\n\n{NEXT}\n\n{sentence}" if place == "last" else f"{LEAD}\n\n{sentence}\n\n{NEXT}"
    assert kind_of(text, sentence) == {"body"}


@pytest.mark.parametrize("row", table("debris"), ids=lambda row: f"{row['match']}: {row['pattern']}")
def test_each_row_of_page_furniture_is_left_out(row: dict[str, str]) -> None:
    text = f"{LEAD}\n\n{NEXT}\n\n{row['example']}"
    assert kind_of(text, row["example"]) & {"body", "headline", "caption"} == set()
    assert kind_of(text, NEXT) == {"body"}


@pytest.mark.parametrize("row", table("wire_marks"), ids=lambda row: row["example"])
def test_each_wire_mark_is_told_from_the_headline(row: dict[str, str]) -> None:
    if row["kind"] == "revision":
        text = f"{row['example']}\n\nPORT OSTRA, May 3 (Lumen) - {LEAD}"
        assert zones(text)[:2][0][0] == "slug"
        assert zones(text)[1] == (
            "headline",
            "Ministers meet" + (" over grain levy" if "grain" in row["example"] else ""),
        )
    elif row["kind"] == "label":  # a label is no place
        assert zones(f"{row['example']}\n\n{LEAD}")[0] == ("headline", row["example"])
    elif row["kind"] in ("keyword", "filed"):
        text = f"{row['example']}\n\nMinisters meet\n\nPORT OSTRA, May 3 (Lumen) - {LEAD}"
        assert zones(text)[:2] == [("slug", row["example"]), ("headline", "Ministers meet")]
    else:
        kind = {"note": "editor_note", "embargo": "editor_note", "end": ("signoff", "boilerplate")}[row["kind"]]
        text = f"Ministers meet\n{LEAD}\n{NEXT}\n{row['example']}"
        assert zones(text)[-1][0] in kind
        assert kind_of(text, NEXT) == {"body"}


@pytest.mark.parametrize("row", table("sections"), ids=lambda row: row["name"])
def test_each_section_is_no_headline(row: dict[str, str]) -> None:
    text = f"{row['name']}\n\nOstra votes to rebuild wall\n\n{LEAD}"
    assert zones(text)[0][0] in ("slug", "boilerplate")
    assert zones(text)[1] == ("headline", "Ostra votes to rebuild wall")


CREDITS = [
    (row["role"], word)
    for row in table("credits")
    if row["role"] in ("photo", "source", "caption", "work", "unsigned")
    for word in row["words"].split("|")
]


@pytest.mark.parametrize(("role", "word"), CREDITS)
def test_each_credit_word_opens_a_line_that_is_no_story(role: str, word: str) -> None:
    colon = ":" if role in ("photo", "source") else ""
    line = word if role == "unsigned" else f"{word}{colon} Jana Sorel"
    text = f"Ostra votes to rebuild wall\n\n{line}\n\n{LEAD}\n\n{NEXT}"
    assert "body" not in kind_of(text, line)
    assert kind_of(text, NEXT) == {"body"}
