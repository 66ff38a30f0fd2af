"""What somebody bound himself to, and what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pile import dossier, names

from hearsay.model import Commitment, Dossier

FIRST = (
    "Vandria talks with Galmont\n\nLIRENTH, March 4, 2031 (Norvik News) -- President Mara Tolvik met Chancellor Odo"
    " Feld in Lirenth on March 3, 2031.\n\n"
)
LATER = (
    "Vandria after the talks\n\nMARESK, March 20, 2031 (Harbour Press) -- President Mara Tolvik met Chancellor Odo"
    " Feld in Lirenth on March 3, 2031.\n\n"
)


def told(found: Dossier, report: str = "one.txt") -> list[Commitment]:
    uris = {r.id: r.uri.rsplit("/", 1)[-1] for r in found.reports}
    return [c for c in found.commitments if uris[c.spans[0].report] == report]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The harbour bridge will be opened on March 12.", "planned"),
        ('"We shall rebuild the school," Tolvik said.', "planned"),
        ('Tolvik pledged "to rebuild the school before winter".', "promised"),
        ("Tolvik called a rally in Maresk for March 9.", "planned"),
    ],
)
def test_words_that_bind_make_a_commitment(tmp_path: Path, sentence: str, kind: str) -> None:
    assert [c.kind for c in told(dossier(tmp_path, one=FIRST + sentence))] == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "Rain could fall on the harbour bridge.",
        "The harbour bridge was opened on March 2.",
        "The talks will be productive.",
        "Nobody is to blame.",
    ],
)
def test_what_binds_nobody_is_no_commitment(tmp_path: Path, sentence: str) -> None:
    assert told(dossier(tmp_path, one=FIRST + sentence)) == []


def status(tmp_path: Path, promise: str, later: str) -> tuple[str, str | None, list[str]]:
    found = dossier(tmp_path, one=FIRST + promise, two=LATER + later)
    (row,) = told(found)
    texts = {report.id: report.text for report in found.reports}
    events = {event.id: event.label for event in found.events}
    evidence = [span.of(texts[span.report]) for span in row.evidence]
    return row.status, events.get(row.fulfilled_by or ""), evidence


def test_a_later_event_fulfils_it(tmp_path: Path) -> None:
    state, label, evidence = status(
        tmp_path,
        "The dockers called a rally in Maresk for March 9.",
        "On March 9, 2031 the dockers held their rally in Maresk.",
    )
    assert state == "fulfilled"
    assert label
    assert "rally" in " ".join(evidence)


def test_a_day_that_passed_without_it_has_lapsed(tmp_path: Path) -> None:
    assert status(tmp_path, "The harbour bridge will be opened on March 12.", "Herring is cheap this spring.") == (
        "lapsed",
        None,
        [],
    )


def test_what_has_no_day_stays_open(tmp_path: Path) -> None:
    assert status(tmp_path, 'Tolvik pledged "to rebuild the old school".', "Herring is cheap.")[0] == "open"


def test_another_event_of_the_same_people_fulfils_nothing(tmp_path: Path) -> None:
    state, _, _ = status(
        tmp_path, 'Tolvik pledged "to rebuild the old school".', "On March 15, 2031 Tolvik visited Galmont."
    )
    assert state == "open"


def test_the_due_day_is_the_one_in_its_clause(tmp_path: Path) -> None:
    found = dossier(tmp_path, one=FIRST + "The harbour bridge will be opened on March 12.")
    (row,) = told(found)
    assert row.due is not None
    assert row.due.start == row.due.end == "2031-03-12"
    assert row.status == "open"


def test_who_pledges_is_the_speaker(tmp_path: Path) -> None:
    found = dossier(tmp_path, one=FIRST + '"We shall rebuild the school," Tolvik pledged.')
    (row,) = told(found)
    assert names(found, row.who) == ["Mara Tolvik"]
