"""Names compared: romanisations, word orders, initials; and what never is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.link.names import ALIKE, NONE, ROMANISED, SAME, SHORT, generic, people, sorts_agree, things
from hearsay.naming import family_of, fold, name_words


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("Bae Min-ho", "BAE MIN HO", SAME),
        ("Núria Brask", "Nuria Brask", SAME),
        ("Min-ho Bae", "Bae Min-ho", SAME),
        ("Dzhamila Orbay", "Jamila Orbai", ROMANISED),
        ("Oleg Tolskiy", "Oleg Tolsky", ROMANISED),
        ("Omar al-Hadid", "Omar el Hadid", SAME),
        ("Mahmoud Khatib", "Mahmud Hatib", ROMANISED),
        ("Ri Min-ho", "Lee Min Ho", ROMANISED),
        ("A. Brask", "Ada Brask", SHORT),
        ("Brask", "Ada Brask", SHORT),
        ("Temur Isanov", "Timur Isanov", ALIKE),
        ("Ada Brask", "Olga Brask", NONE),
        ("Bae Min-ho", "Bae Sun-mi", NONE),
        ("Brusk", "Ada Brask", NONE),
        ("O. Brask", "Ada Brask", NONE),
    ],
)
def test_people(one: str, two: str, alike: float) -> None:
    assert people(one, two) == people(two, one) == alike


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("Ministry of River Trade", "River Trade Ministry", SAME),
        ("the Orrin dam", "Orrin Dam", SAME),
        ("Orrin", "Orrin province", SHORT),
        ("Hale Spaceport", "Hale Cosmodrome", SHORT),
        ("Orrin River", "Orrin valley", NONE),
        ("Orrin Post", "Orrin University", NONE),
        ("Health Ministry", "Finance Ministry", NONE),
    ],
)
def test_things(one: str, two: str, alike: float) -> None:
    assert things(one, two) == things(two, one) == alike


def test_ministries_have_names_that_recur_from_state_to_state() -> None:
    assert generic("Ministry of Health")
    assert not generic("Orrin Post")


def test_one_sort_of_thing_under_two_nouns() -> None:
    assert sorts_agree("the army", "the Northern military")
    assert not sorts_agree("the Southern army", "the Northern military")


@pytest.mark.parametrize(
    ("name", "family"), [("Kim Min-ho", "kim"), ("Ada Brask", "brask"), ("Min-ho Kim", "kim"), ("Brask", "brask")]
)
def test_family_names_may_come_first(name: str, family: str) -> None:
    assert family_of(name_words(name)) == family


@given(st.text(max_size=30))
def test_folding_is_idempotent_and_every_name_is_itself(name: str) -> None:
    assert fold(fold(name)) == fold(name) or fold(name).startswith("the ")
    assert not name_words(name) or people(name, name) == SAME
