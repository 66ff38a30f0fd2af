"""Attributions become statements: speakers and chains are actors."""

from __future__ import annotations

from pathlib import Path

from pile import dossier, names, said

HEAD = "Vandria opens a bridge\n\nLIRENTH, March 4, 2031 (Norvik News) -- "


def test_the_chain_leads_from_the_speaker_over_the_medium_to_the_agency(tmp_path: Path) -> None:
    found = dossier(
        tmp_path,
        bridge=HEAD
        + 'President Mara Tolvik opened a bridge on Monday.\n\n"We will build a second one," Tolvik said at '
        "the ceremony, the Orlan News Agency reported.",
    )
    statement = said(found, "We will build")
    assert names(found, [link.actor for link in statement.chain]) == ["Mara Tolvik", "Orlan News Agency", "Norvik News"]
    assert names(found, statement.routes[0]) == ["Orlan News Agency", "Norvik News"]


def test_every_link_shows_its_words(tmp_path: Path) -> None:
    found = dossier(tmp_path, bridge=HEAD + 'President Mara Tolvik came.\n\n"It is a good bridge," Tolvik said.')
    statement = said(found, "It is a good")
    text = found.reports[0].text
    assert [span.of(text) for span in statement.chain[0].evidence] == ["Tolvik", "said"]
    assert all(link.evidence for link in statement.chain)


def test_joint_speakers_are_one_link_with_members(tmp_path: Path) -> None:
    found = dossier(
        tmp_path, bridge=HEAD + "Mara Tolvik and Ivo Brandt have warned that the old bridge could fall.\n\nIt rained."
    )
    statement = said(found, "the old bridge")
    assert sorted(names(found, statement.speakers)) == ["Ivo Brandt", "Mara Tolvik"]
    group = next(actor for actor in found.actors if actor.id == statement.speaker)
    assert (group.kind, len(group.members)) == ("group", 2)


def test_a_group_goes_by_the_whole_of_its_words(tmp_path: Path) -> None:
    found = dossier(
        tmp_path,
        bridge=HEAD + "Mara Tolvik, Ivo Brandt and Lena Osk have warned that the old bridge could fall.\n\nIt rained.",
    )
    assert names(found, [str(said(found, "the old bridge").speaker)]) == ["Mara Tolvik, Ivo Brandt and Lena Osk"]


def test_what_is_folded_makes_no_statement(tmp_path: Path) -> None:
    found = dossier(
        tmp_path, bridge=HEAD + "Mara Tolvik pledged to rebuild the old bridge, the Orlan News Agency said on Monday."
    )
    assert [names(found, [s.speaker]) for s in found.statements if s.speaker] == [["Mara Tolvik"]]


def test_the_day_of_saying_stands_beside_the_cue(tmp_path: Path) -> None:
    found = dossier(tmp_path, bridge=HEAD + 'Mara Tolvik came.\n\n"It is a good bridge," Tolvik said on Sunday.')
    date = said(found, "It is a good").said_on
    assert date is not None
    assert (date.start, date.granularity) == ("2031-03-02", "day")
