"""Which reports are one running story, and what only one of them says."""

from __future__ import annotations

from pathlib import Path

from pile import dossier

BRIDGE = (
    "Vandria opens a bridge\n\nLIRENTH, March 4, 2031 (Norvik News) -- President Mara Tolvik met Chancellor Odo Feld"
    " in Lirenth on March 3, 2031.\n\n"
)
AGAIN = (
    "Bridge opened in Vandria\n\nMARESK, March 5, 2031 (Harbour Press) -- President Mara Tolvik met Chancellor Odo Feld"
    " in Lirenth on March 3, 2031.\n\n"
)
STRANGE = (
    "Opera reopens in Galmont\n\nGALMONT, March 5, 2031 (Galmont Post) -- Soprano Ina Wessel visited the opera house in"
    " Galmont on March 2, 2031.\n\n"
)


def test_reports_of_one_meeting_are_a_story_and_a_stranger_is_none(tmp_path: Path) -> None:
    found = dossier(tmp_path, one=BRIDGE, two=AGAIN, three=STRANGE)
    names = {report.id: report.uri.rsplit("/", 1)[-1] for report in found.reports}
    assert [[names[id] for id in story.reports] for story in found.stories] == [["one.txt", "two.txt"]]
    (story,) = found.stories
    known = {event.id: event for event in found.events}
    dates = [known[id].date.start or known[id].date.end or "~" for id in story.events]
    assert dates == sorted(dates)
    assert story.title


def test_a_story_keeps_its_id_whatever_is_added_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    alone = dossier(tmp_path / "a", one=BRIDGE, two=AGAIN)
    beside = dossier(tmp_path / "b", one=BRIDGE, two=AGAIN, three=STRANGE)
    assert [story.id for story in alone.stories] == [story.id for story in beside.stories]


def additions(tmp_path: Path, one: str, two: str) -> list[str]:
    found = dossier(tmp_path, one=BRIDGE + one, two=AGAIN + two)
    texts = {report.id: report.text for report in found.reports}
    return [span.of(texts[span.report]) for addition in found.additions for span in addition.spans]


def test_what_one_report_alone_says_is_an_addition(tmp_path: Path) -> None:
    shared = "The two discussed ferries and fishing quotas over a long lunch."
    alone = "Forty masons have been working on the northern pier since autumn."
    assert additions(tmp_path, f"{shared}\n\n{alone}", shared) == [alone]


def test_only_the_new_clause_of_a_sentence_is_cited(tmp_path: Path) -> None:
    shared = "The two discussed ferries, harbours and fishing quotas over a long lunch at the palace in the old town"
    assert additions(tmp_path, f"{shared}, while guards chased a runaway goat.", f"{shared}.") == [
        "while guards chased a runaway goat."
    ]


def test_another_translation_of_an_utterance_is_no_addition(tmp_path: Path) -> None:
    one = '"We shall build a second bridge beside the old mill before the river freezes," Tolvik said.'
    two = '"We will put up another bridge near the old mill before the freezing of the river," Tolvik said.'
    assert additions(tmp_path, one, two) == []


def test_page_furniture_adds_nothing(tmp_path: Path) -> None:
    assert (
        additions(tmp_path, "The two shook hands.\n\nRelated Articles\n\nBack to top button", "They shook hands.") == []
    )
