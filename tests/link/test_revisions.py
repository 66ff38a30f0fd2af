"""Versions of one piece: how labels are read, how chains are found, and that no version is a second witness."""

from __future__ import annotations

from pathlib import Path

import pytest
from pile import dossier

from hearsay.data import table
from hearsay.ingest import report_of
from hearsay.ingest.record import Record
from hearsay.link.copies import find_copies
from hearsay.link.revisions import Revision, Standing, link_revisions, revision_of, with_revisions
from hearsay.model import Dossier, Reading, Relay

BODY = (
    "The council of Port Ostra said on Monday that it would rebuild the harbour wall before winter comes to the coast. "
    "The old wall fell in a storm two years ago and took four sheds and the pilot boat with it, nobody was hurt.\n\n"
)
SAID = '"We shall build it higher than the old one was," Mayor Ilva Brandt said.\n\n'
MORE = "Engineers who looked at the plans on Sunday found no fault with them, but warned of the cost of the stone.\n\n"


@pytest.mark.parametrize(
    ("label", "notes", "expected"),
    [
        ("2nd LD", (), (2, "lead")),
        ("LEAD", (), (1, "lead")),
        ("Lead 3", (), (3, "lead")),
        ("1stlead", (), (1, "lead")),
        ("1st Ld-Writethru", ("Eds: UPDATES with vote",), (1, "writethru")),
        ("2ndLd-Writethru", (), (2, "writethru")),
        ("UPDATE 3", (), (3, "update")),
        ("4th UPDATE", (), (4, "update")),
        ("2ND ROUNDUP", (), (2, "update")),
        ("RPT-UPDATE 2", (), (2, "refile")),
        ("REFILE", ("(Refiles to fix typo in headline)",), (1, "refile")),
        ("CORRECTED-UPDATE 1", (), (1, "correction")),
        ("Correction", (), (1, "correction")),
        ("2nd Add", (), (2, "add")),
        ("1st Sub", (), (1, "sub")),
        ("2 of 2", (), (2, "take")),
        ("2nd Take", (), (2, "take")),
        ("URGENT", (), (0, "take")),
        ("Mandatory Kill", (), (1, "kill")),
        ("WITHDRAWAL", (), (1, "kill")),
        ("", ("Corrects in 3rd paragraph the day of the vote",), (1, "correction")),
        ("", ("With AP Photos.", "Eds: UPDATES with vote"), (1, "update")),
        ("", ("Eds: Members are asked to kill the story",), (1, "kill")),
        ("", ("With AP Photos.",), None),
        ("", (), None),
    ],
)
def test_labels_and_notes_are_numbered(label: str, notes: tuple[str, ...], expected: tuple[int, str] | None) -> None:
    found = revision_of(label, notes)
    assert (found and (found.number, found.kind)) == expected


def test_the_note_that_says_what_was_changed_is_kept() -> None:
    notes = ("Embargoed until 0600 GMT", "Eds: UPDATES with vote")
    assert revision_of("2nd LD", notes) == Revision(number=2, kind="lead", note="Eds: UPDATES with vote")


@pytest.mark.parametrize("row", table("revision_words"), ids=lambda row: f"{row['where']}: {row['word']}")
def test_each_word_of_revision_makes_its_kind(row: dict[str, str]) -> None:
    label, notes = ("", (row["example"],)) if row["where"] == "note" else (row["example"], ())
    found = revision_of(label, notes)
    assert found is not None
    assert found.kind == row["kind"]


def reading(uri: str, text: str, **meta: str) -> Reading:
    record = Record(uri=uri, text=text, media_type="text/plain", meta={"language": "en", **meta})
    return Reading(report=report_of(record))


def chain(*readings: Reading) -> set[tuple[str, str]]:
    uris = {r.report.id: r.report.uri for r in readings}
    return {(uris[row.report], uris[row.origin]) for row in link_revisions(readings)}


FIRST = reading("first", f"Ostra votes to rebuild wall\n\nPORT OSTRA, May 3 (Lumen) -- {BODY}{SAID}")
SECOND = reading("second", f"(LEAD) Ostra votes to rebuild wall\n\nPORT OSTRA, May 3 (Lumen) -- {BODY}{SAID}{MORE}")
THIRD = reading(
    "third",
    f"(2nd LD) Ostra votes to rebuild harbour wall\n(ATTN: ADDS cost)\nPORT OSTRA, May 4 (Lumen) -- {BODY}{MORE}",
)
ALERT = reading("alert", f"(URGENT) Ostra votes to rebuild wall: mayor\n\nPORT OSTRA, May 3 (Lumen) -- {BODY}")


def test_each_version_revises_the_one_before_it() -> None:
    expected = {("first", "alert"), ("second", "first"), ("third", "second")}
    assert chain(THIRD, FIRST, ALERT, SECOND) == expected
    assert chain(ALERT, SECOND, FIRST, THIRD) == expected


def test_a_revision_shows_its_label_and_its_notes() -> None:
    (row,) = link_revisions([SECOND, THIRD])
    assert row.kind == "wasRevisionOf"
    assert [span.of(THIRD.report.text) for span in row.evidence] == ["(2nd LD)", "(ATTN: ADDS cost)"]


DAY = "PORT OSTRA, May 3 (Lumen) -- "
OTHERS = {
    "another agency": f"(2nd LD) Ostra votes to rebuild wall\n\nPORT OSTRA, May 3 (Norvik) -- {BODY}{SAID}",
    "a week later": f"(2nd LD) Ostra votes to rebuild wall\n\nPORT OSTRA, May 9 (Lumen) -- {BODY}{SAID}",
    "no label": f"Ostra votes to rebuild wall\n\n{DAY}{BODY}{SAID}{MORE}",
    "another headline": f"(2nd LD) Tolna bakers open late\n\n{DAY}{BODY}{SAID}",
    "another text": f"(2nd LD) Ostra votes to rebuild wall\n\n{DAY}{MORE}",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_version(text: str) -> None:
    assert chain(FIRST, reading("x", text)) == set()


def test_versions_under_one_keyword_may_change_their_headline() -> None:
    one = reading("one", f"BC-EU--Ostra-Wall,330\nWall to rise again\nPORT OSTRA (AP) — {BODY}{SAID}")
    two = reading("two", f"AM-EU--Ostra-Wall, 1st Ld-Writethru,350\nCouncil has vote\nPORT OSTRA (AP) — {BODY}{MORE}")
    assert chain(one, two) == {("two", "one")}


NOTE = "Eds: Please kill the story. The council did not vote."
KILL = f"BC-KILL--Ostra-Wall, Mandatory Kill\n\nOstra votes to rebuild wall\n\n{NOTE}\n\n"


def test_a_kill_withdraws_what_it_names() -> None:
    kill = reading(
        "kill", f"{KILL}PORT OSTRA, May 3 (Lumen) -- The story on the council of Port Ostra has no substitute."
    )
    (row,) = link_revisions([kill, FIRST])
    assert row.report == kill.report.id
    assert NOTE in [s.of(kill.report.text) for s in row.evidence]
    other = reading("other", f"Wall to rise\n\nTOLNA, May 3 (Norvik) -- {MORE}{SAID}")
    reports = {r.report.id: r.report for r in (kill, FIRST, other)}
    standing = Standing(reports, [row])
    assert standing.own([FIRST.report.id, other.report.id]) == {other.report.id}
    assert standing.own([FIRST.report.id]) == {FIRST.report.id}


def test_versions_are_not_copies_of_each_other_as_well() -> None:
    pile = [FIRST, SECOND, THIRD]
    rows = with_revisions(find_copies(pile), link_revisions(pile))
    assert {row.kind for row in rows} == {"wasRevisionOf"}


def test_a_far_version_is_no_witness_beside_the_first() -> None:
    standing = Standing({}, [Relay(report=a, origin=b, kind="wasRevisionOf") for a, b in (("3", "2"), ("2", "1"))])
    assert standing.own(["1", "3"]) == {"1"}
    assert standing.own(["2", "3", "x"]) == {"2", "x"}
    assert standing.own([]) == frozenset()


def origins(found: Dossier) -> list[int]:
    return [utterance.origins for utterance in found.utterances]


def test_a_later_lead_corroborates_nothing(tmp_path: Path) -> None:
    lead = "Vandria's president Mara Tolvik opened a bridge in Lirenth on Monday before many people and a band.\n\n"
    said = '"We shall build a second bridge beside the old mill before the river freezes," President Mara Tolvik said.'
    for name in ("same", "other"):
        (tmp_path / name).mkdir()
    one = f"Vandria opens bridge\n\nLIRENTH, March 4, 2031 (Norvik News) -- {lead}{said}\n"
    two = f"(2nd LD) Vandria opens bridge\n\nLIRENTH, March 4, 2031 (Norvik News) -- {lead}{MORE}{said}\n"
    far = f"Bridge stands\n\nMARESK, March 5, 2031 (Harbour Press) -- The river was high and the wind cold.\n\n{said}\n"
    same = dossier(tmp_path / "same", one=one, two=two)
    assert origins(same) == [1]
    assert [relay.kind for relay in same.relays if relay.origin in {r.id for r in same.reports}] == ["wasRevisionOf"]
    assert max(origins(dossier(tmp_path / "other", one=one, two=two, far=far))) == 2
