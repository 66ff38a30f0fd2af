"""Words of two renderings brought together."""

from __future__ import annotations

import pytest

from hearsay.link.words import content_words, fold, shingles, stem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strengthen", "strengthened"),
        ("strengthening", "strengthens"),
        ("relation", "relations"),
        ("support", "supporting"),
    ],
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"), [("slept", "sleep"), ("asleep", "sleeping"), ("twenty", "20"), ("children", "child")]
)
def test_irregular_forms_and_numbers_meet_their_word(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_short_words_keep_their_letters() -> None:
    assert stem("bed") == "bed"


def test_content_words_drop_the_small_ones_and_keep_numbers() -> None:
    assert content_words("He said that the 75 ships of Véla will sail") == ("75", "ship", "vela", "sail")


def test_fold_takes_accents_and_case() -> None:
    assert fold("Élan Vital") == "elan vital"


def test_shingles_are_runs_of_words() -> None:
    assert shingles("a b c d", 3) == {("a", "b", "c"), ("b", "c", "d")}
    assert shingles("a b", 3) == frozenset()
