"""Mentions: what counts as an actor in a report, and how far each mention reaches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.data import alternatives, table
from hearsay.extract.mentions import find_mentions
from hearsay.extract.names import short_for
from hearsay.extract.reader import Tagged
from hearsay.model import Mention, Report


def report(text: str) -> Report:
    return Report(id="r", uri="r", text=text)


def read(text: str, *tagged: tuple[str, str]) -> tuple[Mention, ...]:
    """Mentions of `text`; `tagged` are (label, words) that a reader would find, at their first place."""
    entities = (Tagged(label=a, start=text.index(b), end=text.index(b) + len(b), score=0.9) for a, b in tagged)
    return find_mentions(report(text), tuple(entities))


def shown(text: str, *tagged: tuple[str, str]) -> set[tuple[str, str]]:
    return {(m.span.of(text), m.kind) for m in read(text, *tagged) if m.form != "pronoun"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("France and the U.S. talked.", {("France", "country"), ("U.S.", "country")}),
        ("It gave us nothing.", set()),
        ("The Ministry of Trade and Industry closed.", {("Ministry of Trade and Industry", "organisation")}),
        ("The Ministry of Trade and the Harbour Authority met.",
         {("Ministry of Trade", "organisation"), ("Harbour Authority", "organisation")}),
        ("He left the Orrin valley.", {("Orrin valley", "place")}),
        ("Norway-Sweden talks failed.", {("Norway", "country"), ("Sweden", "country")}),
        ("Two ministers met.", {("Two ministers", "group")}),
        ("She chairs the board.", {("the board", "organisation")}),
        ("They welcomed the military operation.", set()),
        ("Each minister left.", set()),
    ],
)  # fmt: skip
def test_names_and_noun_phrases_without_a_reader(text: str, expected: set[tuple[str, str]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Norwegian Foreign Minister Ada Brask resigned.", "Ada Brask", "Norwegian Foreign Minister"),
        ("Mr. Brask resigned.", "Brask", "Mr."),
        ("His deputy, Ada Brask, resigned.", "Ada Brask", "His deputy"),
        ("Ada Brask, deputy director of the institute, resigned.", "Ada Brask", "deputy director"),
        ("Ada Brask, 61, a surgeon, resigned.", "Ada Brask", "a surgeon"),
        ("The mine's chief engineer, Ada Brask, resigned.", "Ada Brask", "The mine's chief engineer"),
        ("Mr. Tolle's spokesman, Ada Brask, resigned.", "Ada Brask", "Mr. Tolle's spokesman"),
        ("Ada Brask, the minister’s spokesman, resigned.", "Ada Brask", "the minister’s spokesman"),
    ],
)
def test_titles_stand_beside_the_name_and_not_in_it(text: str, name: str, title: str) -> None:
    found = [m for m in read(text, ("PERSON", "Brask")) if m.form == "name" and m.span.of(text) == name]
    assert [m.title.of(text) for m in found if m.title] == [title]


def test_possessive_endings_are_no_part_of_a_name() -> None:
    text = "Brask’s visit, Tolle's answer"
    assert {"Brask", "Tolle"} <= {t for t, _ in shown(text, ("PERSON", "Brask’s"), ("PERSON", "Tolle's"))}


def test_a_reader_that_takes_a_place_for_a_person_is_outvoted_by_the_context() -> None:
    text = "The government of Varland fell. In Varland nobody wept. President Ada Brask of Varland left."
    kinds = {m.kind for m in read(text, ("PERSON", "Varland")) if m.span.of(text) == "Varland"}
    assert kinds == {"country"}


def test_an_acronym_in_brackets_is_found_again() -> None:
    text = "The Varland Press Bureau (VPB) closed. VPB staff wept."
    assert [m.span.start for m in read(text) if m.form == "acronym"] == [text.index("VPB"), text.rindex("VPB")]


def test_two_known_names_joined_by_a_hyphen_are_two() -> None:
    text = "Ada Brask met Ole Tolle. The Brask-Tolle talks failed."
    found = shown(text, ("PERSON", "Ada Brask"), ("PERSON", "Ole Tolle"), ("PERSON", "Brask-Tolle"))
    assert {("Brask", "person"), ("Tolle", "person")} <= found


def test_the_short_name_of_a_state_needs_the_state() -> None:
    with_state = "South Korea protested. The South will vote."
    assert ("South", "country") in shown(with_state)
    assert ("South", "country") not in shown("Rain fell. The South will vote.")


@given(st.text(alphabet="Aa b.,'’-()\n“”", max_size=60), st.integers(0, 60), st.integers(1, 9))
def test_any_text_gives_sorted_spans_of_itself(text: str, start: int, length: int) -> None:
    tag = Tagged(label="PERSON", start=min(start, len(text)), end=min(start + length, len(text)), score=0.5)
    found = find_mentions(report(text), (tag,))
    assert list(found) == sorted(found, key=lambda m: (m.span, m.form))
    assert all(m.span.of(text).strip() == m.span.of(text) != "" for m in found)


@pytest.mark.parametrize(
    ("acronym", "long", "fits"),
    [("VPB", "Varland Press Bureau", True), ("VB", "Bureau Varland", False), ("HA", "Harbour Authority", True)],
)
def test_acronyms_follow_the_initials(acronym: str, long: str, fits: bool) -> None:
    assert short_for(acronym, long.split()) is fits


def test_every_state_is_found_under_each_of_its_names() -> None:
    for row in table("states"):
        for name in (row["name"], *alternatives(row["aliases"])):
            found = {span for span, kind in shown(f"They like {name}, he wrote.") if kind == "country"}
            assert found & {name, name.removeprefix("The ")}, name


def test_role_nouns_are_of_a_known_kind_and_use() -> None:
    kinds = {"person", "organisation", "country", "place", "facility", "group"}
    odd = [
        row for row in table("role_nouns") if row["kind"] not in kinds or row["use"] not in {"nominal", "name", "both"}
    ]
    assert odd == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Orbaland slept. The Orbalandish president left Orbaland.", "Orbalandish"),
        ("Mervia slept. A Mervian security official wept.", "Mervian"),
        ("The Orlese foreign minister left.", "Orlese"),
    ],
)
def test_a_nationality_of_an_unknown_state_is_no_name(text: str, name: str) -> None:
    assert name not in {words for words, _ in shown(text, ("PERSON", name))}


def test_the_state_that_a_nationality_is_made_from_is_a_country() -> None:
    text = "Mervia slept. The Mervian president wept."
    assert ("Mervia", "country") in shown(text, ("PERSON", "Mervia"))


@pytest.mark.parametrize("word", ["defence ministry", "army", "president", "new parliament"])
def test_what_only_states_own_makes_the_owner_a_state(word: str) -> None:
    text = f"Orbaland's {word} wept."
    assert ("Orbaland", "country") in shown(text, ("PERSON", "Orbaland"))


@pytest.mark.parametrize("text", ["Texas slept. The Texan leader wept.", "Europe slept. European leaders wept."])
def test_parts_of_states_and_continents_are_no_states(text: str) -> None:
    name = text.split()[0]
    assert (name, "country") not in shown(text, ("LOCATION", name))


def test_a_long_name_explains_its_acronym() -> None:
    text = "The People's Republic of Mervia (PRM) closed. The PRM slept."
    assert [(m.kind, m.span.start) for m in read(text) if m.span.of(text) == "PRM"] == [
        ("country", text.index("PRM")),
        ("country", text.rindex("PRM")),
    ]


def test_that_before_a_title_is_no_determiner() -> None:
    text = "The grain that Foreign Minister Ada Brask vowed rotted."
    (mention,) = [m for m in read(text, ("PERSON", "Ada Brask")) if m.span.of(text) == "Ada Brask"]
    assert mention.title is not None and mention.title.of(text) == "Foreign Minister"


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("Republican Ada Brask spoke.", "Republican Ada Brask", "Ada Brask"),
        ("Though Brask wins, nobody does.", "Though Brask", "Brask"),
        ("Del. Ada Brask spoke.", "Ada Brask", "Ada Brask"),
        ("Robert C. “Bob” Tolle spoke.", "Robert C.", "Robert C. “Bob” Tolle"),
        ("Ada Brask Speaks Today\n\nOn a wet day old Mayor Ada Brask spoke of rain.", "Ada Brask Speaks", "Ada Brask"),
    ],
)
def test_a_persons_name_is_neither_more_nor_less(text: str, tagged: str, name: str) -> None:
    found = [m.span.of(text) for m in read(text, ("PERSON", tagged)) if m.form == "name" and m.kind == "person"]
    assert set(found) == {name}


def test_a_heading_makes_no_organisation_of_its_capitals() -> None:
    text = "Harbour Rules Face Key Test\n\nThe rules of the old harbour were read to Ada Brask on a wet day."
    found = shown(text, ("ORGANIZATION", "Harbour Rules Face Key Test"), ("PERSON", "Ada Brask"))
    assert "Harbour Rules Face Key Test" not in {words for words, _ in found}


@pytest.mark.parametrize("text", ["The vote of Smith, D-Orrin, fell.", "We slept.", "At 9 p.m. EDT rain fell."])
def test_party_letters_pronouns_and_clocks_are_no_actors(text: str) -> None:
    word = next(word for word in ("D", "We", "EDT") if word in text)
    assert word not in {words for words, _ in shown(text, ("PERSON", word))}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Her 1995 state tax fell.", "Her 1995 state"),
        ("He says 'State papers burned'.", "'State"),
        ("D.C.’s board slept.", "’s board"),
    ],
)
def test_words_that_are_no_noun_phrase(text: str, words: str) -> None:
    assert words not in {found for found, _ in shown(text)}


def test_an_acronym_needs_all_its_initials_unless_it_stands_in_brackets() -> None:
    assert short_for("OHB", ["Orrin", "Harbour", "Bank"])
    assert not short_for("OHBD", ["Orrin", "Harbour", "Bank"])
    assert short_for("OHBD", ["Orrin", "Harbour", "Bank"], beside=True)


def test_loud_words_are_no_acronyms() -> None:
    text = "This BOSS THINKS rain fell, she wrote, and nobody on the whole wet quay knew better."
    assert not {"BOSS", "THINKS"} & {words for words, _ in shown(text, ("ORGANIZATION", "BOSS"), ("PERSON", "THINKS"))}


def test_a_double_family_name_is_one() -> None:
    text = "Ada Brask-Tolle spoke. Mrs. Brask-Tolle left."
    assert {"Ada Brask-Tolle", "Brask-Tolle"} <= {w for w, _ in shown(text, ("PERSON", "Ada Brask-Tolle"))}


def test_a_number_with_a_comma_is_one() -> None:
    assert ("the 5,300 bankers", "group") in shown("He blamed the 5,300 bankers.")


def test_what_it_is_belongs_to_nobody() -> None:
    assert shown("It’s gutless leadership, she said.") == set()


def test_the_and_a_media_word_make_the_name_of_a_paper() -> None:
    text = "Papers such as The Port Orrin Examiner reported rain. The Examiner was wrong."
    assert {("Port Orrin Examiner", "organisation"), ("Examiner", "organisation")} <= shown(text)


def test_a_name_in_a_list_of_states_is_a_state() -> None:
    text = "Norway, Orbaland and Sweden slept."
    assert ("Orbaland", "country") in shown(text, ("PERSON", "Orbaland"))
