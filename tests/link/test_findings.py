"""Where reports differ about one thing, and where they agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from pile import dossier

from hearsay.model import Conflict, Dossier

ONE = (
    "Storm in Vandria\n\nLIRENTH, March 4, 2031 (Norvik News) -- President Mara Tolvik visited Lirenth on March 3,"
    " 2031.\n\n"
)
TWO = (
    "Vandria counts its losses\n\nMARESK, March 6, 2031 (Harbour Press) -- President Mara Tolvik visited Lirenth on"
    " March 3, 2031.\n\n"
)


def differences(found: Dossier, aspect: str) -> list[Conflict]:
    return [conflict for conflict in found.conflicts if conflict.aspect == aspect]


def only(tmp_path: Path, aspect: str, one: str, two: str) -> Conflict:
    (conflict,) = differences(dossier(tmp_path, one=ONE + one, two=TWO + two), aspect)
    return conflict


def test_a_growing_toll_is_a_development(tmp_path: Path) -> None:
    conflict = only(tmp_path, "number", "At least 12 people were killed.", "The death toll climbed to 19.")
    assert conflict.status == "development"
    assert [version.value for version in conflict.values] == ["At least 12 people were killed", "toll climbed to 19"]


def test_a_bound_and_the_number_within_it_agree(tmp_path: Path) -> None:
    conflict = only(tmp_path, "number", "More than 200 people were missing.", "The number of missing stood at 213.")
    assert conflict.status == "compatible"


@pytest.mark.parametrize(
    ("one", "two", "status"),
    [
        ("Vandria will send 90,000 tonnes of rice.", "Vandria would send 120,000 tonnes of rice.", "conflict"),
        ("The storm broke the 38-metre tower in Lirenth.", "The 125-foot tower in Lirenth broke.", "compatible"),
        ("A smuggler faces up to 10 years in prison.", "The smuggler faces up to 14 years in prison.", "conflict"),
    ],
)
def test_measures_of_one_thing(tmp_path: Path, one: str, two: str, status: str) -> None:
    assert only(tmp_path, "number", one, two).status == status


def test_numbers_of_other_things_are_not_compared(tmp_path: Path) -> None:
    found = dossier(
        tmp_path, one=ONE + "Vandria will send 90,000 tonnes of rice.", two=TWO + "The mill ground 400 tonnes of rye."
    )
    assert differences(found, "number") == []


def test_two_spellings_of_a_name_are_compatible(tmp_path: Path) -> None:
    found = dossier(
        tmp_path,
        one=ONE.replace("Mara Tolvik", "Dzhamil Tolvik"),
        two=TWO.replace("Mara Tolvik", "Jamil Tolvik"),
    )
    (conflict,) = differences(found, "name")
    assert conflict.status == "compatible"
    assert [version.value for version in conflict.values] == ["Dzhamil Tolvik", "Jamil Tolvik"]


def test_words_that_take_sides_are_shown_as_framing(tmp_path: Path) -> None:
    conflict = only(
        tmp_path,
        "framing",
        "Vandria fights a war in Galmont.",
        "Vandria carries out a special military operation in Galmont.",
    )
    assert conflict.status == "compatible"
    assert {version.value for version in conflict.values} == {"war in", "special military operation"}


def test_two_renderings_of_one_utterance_are_compatible(tmp_path: Path) -> None:
    one = '"We shall build a second bridge beside the old mill before the river freezes," Tolvik said.'
    two = '"We will put up another bridge near the old mill before the freezing of the river," Tolvik said.'
    conflict = only(tmp_path, "wording", one, two)
    assert conflict.status == "compatible"
    assert len(conflict.values) == 2


def test_a_day_in_two_forms_agrees_and_is_no_conflict(tmp_path: Path) -> None:
    found = dossier(tmp_path, one=ONE.replace("on March 3, 2031", "on Monday"), two=TWO)
    assert differences(found, "date") == []
    assert ("date", "2031-03-03", 2) in {(row.aspect, row.value, row.origins) for row in found.agreements}


def test_spans_of_differences_stay_short(tmp_path: Path) -> None:
    quote = '"We shall build ' + "and build and mend and build " * 20 + 'beside the old mill," Tolvik said.'
    found = dossier(tmp_path, one=ONE + quote, two=TWO + quote.replace("mend", "paint"))
    spans = [span for conflict in found.conflicts for version in conflict.values for span in version.spans]
    assert all(span.end - span.start <= 240 for span in spans)


def test_what_one_denies_and_another_tells_is_a_conflict(tmp_path: Path) -> None:
    one = 'Governor Ivo Brandt said that "the sirens were sounded in good time".'
    two = 'Baker Ana Rossel said that "we heard no sirens in the valley".'
    conflict = only(tmp_path, "scope", one, two)
    assert conflict.status == "conflict"
    assert len(conflict.values) == 2


def test_one_speaker_contradicts_nobody(tmp_path: Path) -> None:
    one = 'Governor Ivo Brandt said that "the sirens were sounded in good time".'
    two = 'Governor Ivo Brandt said that "no sirens were needed in the hills".'
    assert differences(dossier(tmp_path, one=ONE + one, two=TWO + two), "scope") == []


def test_times_of_day_that_exclude_each_other(tmp_path: Path) -> None:
    conflict = only(
        tmp_path,
        "date",
        "The bridge collapsed at 4:07 a.m. on March 3, 2031.",
        "The bridge collapsed at 5:40 a.m. on March 3, 2031.",
    )
    assert conflict.status == "conflict"
    assert [version.value for version in conflict.values] == ["04:07", "05:40"]


def test_times_of_day_a_few_minutes_apart_agree(tmp_path: Path) -> None:
    found = dossier(
        tmp_path,
        one=ONE + "The bridge collapsed at 4:07 a.m. on March 3, 2031.",
        two=TWO + "The bridge collapsed at 4:00 a.m. on March 3, 2031.",
    )
    assert differences(found, "date") == []
