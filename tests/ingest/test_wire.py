"""Wire copy as the agencies file it: slugs, priorities, labels, notes, embargoes, datelines and sign-offs."""

from __future__ import annotations

import pytest

from hearsay.ingest import report_of
from hearsay.ingest.record import Record
from hearsay.model import Report, Sourced

LEAD = "The council of Port Ostra said on Monday that it would rebuild the harbour wall before winter."
NEXT = "Mayor Ilva Brandt told the engineers that the port would meet the cost of the work."


def read(text: str) -> Report:
    return report_of(Record(uri="r.txt", text=text, media_type="text/plain", meta={"language": "en"}))


def zones(report: Report) -> list[tuple[str, str]]:
    return [(zone.kind, zone.span.of(report.text).strip()) for zone in report.zones]


def value(sourced: Sourced | None) -> str | None:
    return sourced.value if sourced else None


COPY = [
    # agency, copy, (kind, words) of the layout in order, headline, revision
    (
        "Associated Press",
        f"BC-EU--Ostra-Wall, 1st Ld-Writethru,330\n\nOstra votes to rebuild wall\n\n"
        f"Eds: UPDATES with mayor's comments. With AP Photos.\n\nBy JANA SOREL\nAssociated Press\n\n"
        f"PORT OSTRA, Vandria (AP) — {LEAD}\n\n{NEXT}\n\n___\n\nIvo Rand in Tolna contributed to this report.",
        [
            ("slug", "BC-EU--Ostra-Wall, 1st Ld-Writethru,330"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "Eds: UPDATES with mayor's comments. With AP Photos."),
            ("byline", "By JANA SOREL"),
            ("dateline", "PORT OSTRA, Vandria (AP) —"),
        ],
        "1st Ld-Writethru",
    ),
    (
        "Associated Press",
        f"u i BC-Ostra-Wall 2ndLd-Writethru 05-03 0330\nOstra votes to rebuild wall\nEmbargoed until 0600 GMT\n"
        f"PORT OSTRA (AP) _ {LEAD}\n{NEXT}\nMORE",
        [
            ("slug", "u i BC-Ostra-Wall 2ndLd-Writethru 05-03 0330"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "Embargoed until 0600 GMT"),
            ("dateline", "PORT OSTRA (AP) _"),
            ("signoff", "MORE"),
        ],
        "2ndLd-Writethru",
    ),
    (
        "Associated Press",
        f"AP-Ostra-Wall, 2nd Add,120\n\nPORT OSTRA: in winter.\n\n{NEXT}\n\n{LEAD}\n\n(AP)",
        [("slug", "AP-Ostra-Wall, 2nd Add,120"), ("signoff", "(AP)")],
        "2nd Add",
    ),
    (
        "Reuters",
        f"OSTRA-WALL/ (UPDATE 2)\n\nUPDATE 2-Ostra votes to rebuild wall\n\n(Adds mayor, details in paragraphs 3-5)\n\n"
        f"By Jana Sorel\n\nPORT OSTRA, May 3 (Reuters) - {LEAD}\n\n{NEXT}\n\n"
        "(Reporting by Jana Sorel; editing by Ivo Rand)\n\n"
        "((jana.sorel@wires.example; +49 30 555 0101))",
        [
            ("slug", "OSTRA-WALL/ (UPDATE 2)"),
            ("slug", "UPDATE 2-"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "(Adds mayor, details in paragraphs 3-5)"),
            ("byline", "By Jana Sorel"),
            ("dateline", "PORT OSTRA, May 3 (Reuters) -"),
            ("credit", "(Reporting by Jana Sorel; editing by Ivo Rand)"),
            ("credit", "((jana.sorel@wires.example; +49 30 555 0101))"),
        ],
        "UPDATE 2",
    ),
    (
        "Reuters",
        f"REFILE-Ostra votes to rebuild wall\n\n(Refiles to fix typo in headline)\n\n"
        f"PORT OSTRA, May 3 (Reuters) - {LEAD}",
        [
            ("slug", "REFILE-"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "(Refiles to fix typo in headline)"),
            ("dateline", "PORT OSTRA, May 3 (Reuters) -"),
        ],
        "REFILE",
    ),
    (
        "Agence France-Presse",
        f"Ostra-wall-politics 1stlead\n\nATTENTION - ADDS quotes ///\n\nOstra votes to rebuild wall\n\n"
        f"Port Ostra, May 3, 2031 (AFP) - {LEAD}\n\n{NEXT}\n\nab/cd\n\nAFP",
        [
            ("slug", "Ostra-wall-politics 1stlead"),
            ("editor_note", "ATTENTION - ADDS quotes ///"),
            ("headline", "Ostra votes to rebuild wall"),
            ("dateline", "Port Ostra, May 3, 2031 (AFP) -"),
            ("signoff", "ab/cd"),
            ("signoff", "AFP"),
        ],
        "1stlead",
    ),
    (
        "dpa",
        f"2ND ROUNDUP: Ostra votes to rebuild wall\n\n(Adds mayor's quote in 3rd paragraph)\n\n"
        f"Port Ostra (dpa) - {LEAD}\n\n"
        f"{NEXT} dpa ab cd ef",
        [
            ("slug", "2ND ROUNDUP:"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "(Adds mayor's quote in 3rd paragraph)"),
            ("dateline", "Port Ostra (dpa) -"),
            ("signoff", "dpa ab cd ef"),
        ],
        "2ND ROUNDUP",
    ),
    (
        "Yonhap",
        f"(3rd LD) Ostra votes to rebuild wall\n(ATTN: ADDS more details in last 4 paras)\n"
        f"PORT OSTRA, May 3 (Yonhap) -- {LEAD}\n"
        f"{NEXT}\n(END)",
        [
            ("slug", "(3rd LD)"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "(ATTN: ADDS more details in last 4 paras)"),
            ("dateline", "PORT OSTRA, May 3 (Yonhap) --"),
            ("signoff", "(END)"),
        ],
        "3rd LD",
    ),
    (
        "Kyodo",
        f"2ND LD: Ostra votes to rebuild wall\n\n(EDS: ADDING MAYOR'S COMMENT)\n\nPORT OSTRA, May 3, Kyodo - {LEAD}\n\n"
        f"{NEXT}\n\n==Kyodo",
        [
            ("slug", "2ND LD:"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "(EDS: ADDING MAYOR'S COMMENT)"),
            ("dateline", "PORT OSTRA, May 3, Kyodo -"),
            ("signoff", "==Kyodo"),
        ],
        "2ND LD",
    ),
    (
        "Xinhua",
        f"1st LD-Writethru: Ostra votes to rebuild wall\n\nPORT OSTRA, May 3 (Xinhua) -- {LEAD}\n\n{NEXT} Enditem",
        [
            ("slug", "1st LD-Writethru:"),
            ("headline", "Ostra votes to rebuild wall"),
            ("dateline", "PORT OSTRA, May 3 (Xinhua) --"),
            ("signoff", "Enditem"),
        ],
        "1st LD-Writethru",
    ),
    (
        "TASS",
        f"URGENT: Ostra votes to rebuild wall\n\nPORT OSTRA, May 3. /TASS/. {LEAD}\n\n{NEXT}\n\n/TASS/",
        [
            ("slug", "URGENT:"),
            ("headline", "Ostra votes to rebuild wall"),
            ("dateline", "PORT OSTRA, May 3. /TASS/."),
            ("signoff", "/TASS/"),
        ],
        "URGENT",
    ),
    (
        "EFE",
        f"OSTRA WALL\n(Update 2)\nOstra votes to rebuild wall\n\nPort Ostra, May 3 (EFE).- {LEAD}\n\n"
        f"{NEXT} EFE\n\nab-cd/ef",
        [
            ("headline", "Ostra votes to rebuild wall"),
            ("dateline", "Port Ostra, May 3 (EFE).-"),
            ("signoff", "EFE"),
            ("signoff", "ab-cd/ef"),
        ],
        "Update 2",
    ),
    (
        "Anadolu Agency",
        f"UPDATE 2 - Ostra votes to rebuild wall\n\n"
        "UPDATES WITH MAYOR'S REMARKS; CHANGES HEADLINE, DECK\n\nBy Jana Sorel\n\n"
        f"PORT OSTRA (AA) – {LEAD}\n\n{NEXT}",
        [
            ("slug", "UPDATE 2 -"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "UPDATES WITH MAYOR'S REMARKS; CHANGES HEADLINE, DECK"),
            ("byline", "By Jana Sorel"),
            ("dateline", "PORT OSTRA (AA) –"),
        ],
        "UPDATE 2",
    ),
    (
        "PTI",
        f"FGN15\nOSTRA-WALL 2NDLD COUNCIL\nOstra votes to rebuild wall\n(Eds: Updating with mayor's quotes)\n"
        f"Port Ostra, May 3 (PTI) {LEAD}\n{NEXT} PTI SKU RKS",
        [
            ("slug", "FGN15"),
            ("slug", "OSTRA-WALL 2NDLD COUNCIL"),
            ("headline", "Ostra votes to rebuild wall"),
            ("editor_note", "(Eds: Updating with mayor's quotes)"),
            ("dateline", "Port Ostra, May 3 (PTI)"),
            ("signoff", "PTI SKU RKS"),
        ],
        "2NDLD",
    ),
    (
        "ANSA",
        f"++ Ostra votes to rebuild wall (2) ++\n\n(updates)\n\n"
        f"(ANSA) - PORT OSTRA, MAY 3 - {LEAD}\n\n{NEXT}\n\n(ANSA).",
        [
            ("editor_note", "(updates)"),
            ("dateline", "(ANSA) - PORT OSTRA, MAY 3 -"),
            ("signoff", "(ANSA)."),
        ],
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("agency", "copy", "layout", "revision"), COPY, ids=[f"{case[0]}: {case[1][:20].strip()}" for case in COPY]
)
def test_a_piece_of_wire_copy(agency: str, copy: str, layout: list[tuple[str, str]], revision: str | None) -> None:
    report = read(copy)
    found = zones(report)
    assert [zone for zone in found if zone in layout] == layout, found
    body = " ".join(words for kind, words in found if kind == "body")
    assert LEAD in body
    assert value(report.agency) == agency
    assert value(report.revision) == revision
    if "(ANSA)" not in copy and "2nd Add" not in copy:
        assert value(report.headline) == "Ostra votes to rebuild wall"
    told = [words for kind, words in found if kind == "body" and words not in (LEAD, NEXT, f"{LEAD}\n\n{NEXT}")]
    assert "2nd Add" in copy or told in ([], [f"{LEAD}\n{NEXT}"]), told


DATELINES = [
    ("PORT OSTRA (AP) — ", "Port Ostra", None, "Associated Press"),
    ("PORT OSTRA, Vandria (AP) _ ", "Port Ostra", None, "Associated Press"),
    ("PORT OSTRA, May 3 (AP) -- ", "Port Ostra", "XXXX-05-03", "Associated Press"),
    ("PORT OSTRA, May 3 (Reuters) - ", "Port Ostra", "XXXX-05-03", "Reuters"),
    ("PORT OSTRA/TOLNA, May 3 (Reuters) - ", "Port Ostra/Tolna", "XXXX-05-03", "Reuters"),
    ("(Reuters) - ", None, None, "Reuters"),
    ("May 3 (Reuters) - ", None, "XXXX-05-03", "Reuters"),
    ("Port Ostra, May 3, 2031 (AFP) - ", "Port Ostra", "2031-05-03", "Agence France-Presse"),
    ("Port Ostra (AFP) – ", "Port Ostra", None, "Agence France-Presse"),
    ("PORT OSTRA (dpa) - ", "Port Ostra", None, "dpa"),
    ("Port Ostra/Tolna (dpa) – ", "Port Ostra/Tolna", None, "dpa"),
    ("PORT OSTRA, May 3 (Yonhap) -- ", "Port Ostra", "XXXX-05-03", "Yonhap"),
    ("PORT OSTRA, May 3 (Kyodo) - ", "Port Ostra", "XXXX-05-03", "Kyodo"),
    ("PORT OSTRA, May 3 KYODO - ", "Port Ostra", "XXXX-05-03", "Kyodo"),
    ("PORT OSTRA, May 3 (Xinhua) -- ", "Port Ostra", "XXXX-05-03", "Xinhua"),
    ("PORT OSTRA, May 3 (Xinhua) — ", "Port Ostra", "XXXX-05-03", "Xinhua"),
    ("PORT OSTRA, May 3. /TASS/. ", "Port Ostra", "XXXX-05-03", "TASS"),
    ("PORT OSTRA, May 3 (Itar-Tass) -- ", "Port Ostra", "XXXX-05-03", "TASS"),
    ("Port Ostra, May 3 (EFE).- ", "Port Ostra", "XXXX-05-03", "EFE"),
    ("Port Ostra, 3 May (EFE).- ", "Port Ostra", "XXXX-05-03", "EFE"),
    ("Port Ostra, May 3 (EFE) .- ", "Port Ostra", "XXXX-05-03", "EFE"),
    ("PORT OSTRA (AA) - ", "Port Ostra", None, "Anadolu Agency"),
    ("PORT OSTRA, Vandria (AA) – ", "Port Ostra", None, "Anadolu Agency"),
    ("Port Ostra, May 3 (PTI) ", "Port Ostra", "XXXX-05-03", "PTI"),
    ("Port Ostra, May 3 (PTI): ", "Port Ostra", "XXXX-05-03", "PTI"),
    ("Port Ostra (Vandria), May 3 (PTI) ", "Port Ostra", "XXXX-05-03", "PTI"),
    ("(ANSA) - PORT OSTRA, MAY 3 - ", "Port Ostra", "XXXX-05-03", "ANSA"),
    ("(ANSA) - Port Ostra, May 3 - ", "Port Ostra", "XXXX-05-03", "ANSA"),
    ("(ANSAmed) - PORT OSTRA, MAY 3 - ", "Port Ostra", "XXXX-05-03", "ANSA"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "place", "date", "agency"), DATELINES, ids=[case[0] for case in DATELINES])
def test_datelines_of_the_agencies(line: str, place: str | None, date: str | None, agency: str) -> None:
    report = read(f"Ostra votes to rebuild wall\n\n{line}{LEAD}\n\n{NEXT}")
    assert report.dateline is not None
    assert report.dateline.span.of(report.text) == line.strip()
    assert (value(report.dateline.place), value(report.dateline.date)) == (place, date)
    assert value(report.agency) == agency
