"""The same act of saying in several reports, and how many independent routes it came by."""

from __future__ import annotations

from pathlib import Path

from pile import dossier, names, said

ONE = "Vandria opens a bridge\n\nLIRENTH, March 4, 2031 (Norvik News) -- President Mara Tolvik opened a bridge.\n\n"
TWO = (
    "Bridge opened in Vandria\n\n"
    "MARESK, March 5, 2031 (Harbour Press) -- The new crossing at the mill was opened by President Mara Tolvik.\n\n"
)
LONG = "We shall build a second bridge beside the old mill before the river freezes"


def test_a_quotation_cut_short_is_one_utterance_with_what_is_missing(tmp_path: Path) -> None:
    found = dossier(
        tmp_path, one=ONE + f'"{LONG}," Tolvik said.', two=TWO + '"We shall build a second bridge," Tolvik said.'
    )
    (utterance,) = found.utterances
    texts = {report.id: report.text for report in found.reports}
    missing = [span.of(texts[span.report]) for d in utterance.differences if d.op == "only_here" for span in d.spans]
    assert utterance.relation == "partial"
    assert missing == ["beside the old mill before the river freezes"]


def test_two_translations_of_one_sentence_are_one_utterance(tmp_path: Path) -> None:
    found = dossier(
        tmp_path,
        one=ONE + f'"{LONG}," Tolvik said.',
        two=TWO + '"We will put up another bridge near the old mill before the freezing of the river," Tolvik said.',
    )
    assert [u.relation for u in found.utterances] == ["translation"]


def test_two_people_with_the_same_words_stay_apart(tmp_path: Path) -> None:
    found = dossier(
        tmp_path, one=ONE + f'"{LONG}," Tolvik said.', two=TWO + f'Minister Ivo Brandt came.\n\n"{LONG}," Brandt said.'
    )
    assert found.utterances == ()


def test_two_relays_of_one_agency_are_one_origin(tmp_path: Path) -> None:
    tag = f'"{LONG}," Tolvik said, the Orlan News Agency reported.'
    found = dossier(tmp_path, one=ONE + tag, two=TWO + tag)
    (utterance,) = found.utterances
    assert utterance.origins == 1
    assert sorted(names(found, route)[-1] for route in utterance.routes) == ["Harbour Press", "Norvik News"]
    assert {names(found, route)[0] for route in utterance.routes} == {"Orlan News Agency"}
    assert said(found, "We shall").origins == 1


def test_two_agencies_that_heard_it_are_two_origins(tmp_path: Path) -> None:
    quote = f'"{LONG}," Tolvik said.'
    found = dossier(tmp_path, one=ONE + quote, two=TWO + "The river was high and the wind cold that day.\n\n" + quote)
    assert [u.origins for u in found.utterances] == [2]
    assert said(found, "We shall").origins == 2


def test_a_copy_adds_no_origin(tmp_path: Path) -> None:
    body = (
        "President Mara Tolvik opened a bridge over the river on Monday in front of two thousand people and a band.\n\n"
        f'"{LONG}," Tolvik said.\n\nThe old bridge had been closed since a barge struck its middle pillar in a storm.'
    )
    found = dossier(
        tmp_path,
        one="Vandria opens a bridge\n\nLIRENTH, March 4, 2031 (Norvik News) -- " + body,
        two="The Harbour Post\n\nBridge opened in Vandria\n\n5 March 2031\n\n" + body,
    )
    assert [u.origins for u in found.utterances] == [1]
