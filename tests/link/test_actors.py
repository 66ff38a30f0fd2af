"""Actors: who is one across reports, who never is, and what the index answers."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from hearsay.extract.coreference import resolve_mentions
from hearsay.extract.mentions import find_mentions
from hearsay.extract.reader import Tagged
from hearsay.link.actors import actor_index, link_actors
from hearsay.model import Actor, Attribution, Hop, Reading, Report, Sourced, Span

PEOPLE = (
    "Veya Tsormin",
    "Veia Chormin",
    "Temur Isanov",
    "Timur Isanov",
    "Dzhamila Orbay",
    "Jamila Orbai",
    "Ada Brask",
    "Olga Brask",
)


def reading(name: str, text: str, *, agency: str | None = None, sources: tuple[str, ...] = ()) -> Reading:
    report = Report(id=name, uri=name, text=text, agency=Sourced(value=agency) if agency else None)
    tags = tuple(
        Tagged(label="PERSON", start=text.index(person), end=text.index(person) + len(person), score=0.95)
        for person in PEOPLE
        if person in text
    )
    spans = [Span(report=name, start=text.index(words), end=text.index(words) + len(words)) for words in sources]
    content = Span(report=name, start=0, end=1)
    attributions = tuple(
        Attribution(id=f"a{i}", content=(content,), source=(s,), form="indirect", chain=(Hop(role="speaker", party=s),))
        for i, s in enumerate(spans)
    )
    return Reading(
        report=report, mentions=resolve_mentions(report, find_mentions(report, tags)), attributions=attributions
    )


def named(actors: tuple[Actor, ...], surface: str) -> list[Actor]:
    return [actor for actor in actors if surface in (actor.name, *actor.aliases)]


def span(one: Reading, words: str) -> Span:
    at = one.report.text.index(words)
    return Span(report=one.report.id, start=at, end=at + len(words))


WORLD = "Norway, Sweden, Denmark and Finland met at the Orrin valley."


def test_spellings_of_one_romanisation_are_one_person() -> None:
    actors = link_actors([reading("a", "Dzhamila Orbay wept."), reading("b", "Jamila Orbai slept.")])
    (actor,) = named(actors, "Jamila Orbai")
    assert {actor.name, *actor.aliases} == {"Dzhamila Orbay", "Jamila Orbai"}


@pytest.mark.parametrize(("first", "second", "together"), [
    ("President Temur Isanov spoke. ", "President Timur Isanov wept. ", True),
    ("President Temur Isanov spoke. ", "Goalkeeper Timur Isanov wept. ", False),
])  # fmt: skip
def test_alike_spellings_need_a_title_in_one_story(first: str, second: str, together: bool) -> None:
    actors = link_actors([reading("a", first + WORLD), reading("b", second + WORLD)])
    assert (named(actors, "Temur Isanov") == named(actors, "Timur Isanov")) is together


def test_alike_spellings_with_one_title_in_two_stories_stay_apart() -> None:
    actors = link_actors([reading("a", "President Temur Isanov spoke."), reading("b", "President Timur Isanov wept.")])
    assert named(actors, "Temur Isanov") != named(actors, "Timur Isanov")


def test_two_given_names_are_two_people() -> None:
    texts = ("Minister Ada Brask spoke. " + WORLD, "Minister Olga Brask spoke. " + WORLD)
    actors = link_actors([reading(str(i), text) for i, text in enumerate(texts)])
    assert named(actors, "Ada Brask") != named(actors, "Olga Brask")


def test_states_have_the_names_of_the_table() -> None:
    actors = link_actors([reading("a", "The DPRK protested."), reading("b", "North Korea and the U.S. talked.")])
    assert [actor.name for actor in actors if actor.kind == "country"].count("North Korea") == 1
    assert named(actors, "DPRK")[0].wikidata == "Q423"


def test_a_role_without_a_name_finds_its_bearer_in_the_same_story() -> None:
    one = reading("a", "President Ada Brask spoke. " + WORLD)
    two = reading("b", WORLD + " The letters were handed to the president.")
    index = actor_index(link_actors([one, two]), [one, two])
    assert index.at(span(two, "the president")) == index.at(span(one, "Ada Brask"))


def test_a_joint_source_is_a_group_with_members() -> None:
    text = "France, Norway and the United States warned of rain."
    one = reading("a", text, sources=("France, Norway and the United States",))
    actors = link_actors([one])
    index = actor_index(actors, [one])
    joint = index.at(one.attributions[0].source[0])
    names = {actor.id: actor.name for actor in actors}
    assert {names[id] for id in index.all_at(one.attributions[0].source[0])} == {"France", "Norway", "United States"}
    assert [actor.kind for actor in actors if actor.id == joint] == ["group"]


def test_every_source_has_an_actor() -> None:
    one = reading("a", "Rumours on the quay said the ferry sank.", sources=("Rumours on the quay",))
    index = actor_index(link_actors([one]), [one])
    assert index.at(one.attributions[0].source[0]) is not None


def test_pronouns_are_answered_but_not_listed() -> None:
    one = reading("a", "Ada Brask left.\nShe slept.")
    actors = link_actors([one])
    index = actor_index(actors, [one])
    assert index.at(span(one, "She")) == index.at(span(one, "Ada Brask"))
    assert all(m.span != span(one, "She") for actor in actors for m in actor.mentions)


def test_a_possessor_is_not_the_speaker() -> None:
    one = reading(
        "a", "Norway's Ada Brask, who lives in Bergen, wept.", sources=("Norway's Ada Brask, who lives in Bergen",)
    )
    actors = link_actors([one])
    speaker = actor_index(actors, [one]).at(one.attributions[0].source[0])
    assert [actor.name for actor in actors if actor.id == speaker] == ["Ada Brask"]


def test_mastheads_are_actors() -> None:
    one = reading("a", "Rain fell.", agency="Orrin Wire")
    actors = link_actors([one])
    assert actor_index(actors, [one]).named("ORRIN WIRE") == named(actors, "Orrin Wire")[0].id


def test_the_order_of_readings_changes_nothing() -> None:
    rows = [reading("a", "President Temur Isanov spoke. " + WORLD), reading("b", "The president wept. " + WORLD),
            reading("c", "Ada Brask met President Timur Isanov. " + WORLD), reading("d", "Brask left.")]  # fmt: skip
    first = link_actors(rows)
    random.Random(7).shuffle(rows)
    assert link_actors(rows) == first
    assert link_actors([replace(row) for row in reversed(rows)]) == first


def test_a_title_borne_in_another_report_tells_whom_a_phrase_means() -> None:
    one = reading("a", "Mervian leader Ada Brask spoke. " + WORLD)
    two = reading("b", "Ada Brask slept. President Temur Isanov wept. Isanov sang.\nThe Mervian leader left. " + WORLD)
    index = actor_index(link_actors([one, two]), [one, two])
    assert index.at(span(two, "The Mervian leader")) == index.at(span(one, "Ada Brask"))


def test_an_acronym_joins_the_long_name_that_another_report_gives() -> None:
    one = reading("a", "The Mervian Central News Service (MCNS) reported rain. " + WORLD)
    two = reading("b", "Rain fell, MCNS reported. " + WORLD)
    three = reading("c", "Rain fell, the Mervian Central News Service reported. " + WORLD)
    index = actor_index(link_actors([one, two, three]), [one, two, three])
    assert index.at(span(one, "MCNS")) == index.at(span(two, "MCNS")) == index.at(span(three, "Mervian Central"))


def test_a_naming_noun_is_no_word_to_leave_out() -> None:
    one = reading("a", "The United Littoral met. " + WORLD)
    two = reading("b", "The Littoral Agency slept. " + WORLD)
    index = actor_index(link_actors([one, two]), [one, two])
    assert index.at(span(one, "United Littoral")) != index.at(span(two, "Littoral Agency"))


def test_two_romanisations_of_one_consonant_are_one_with_one_title() -> None:
    one = reading("a", "Foreign Minister Veya Tsormin spoke. " + WORLD)
    two = reading("b", "Foreign Minister Veia Chormin wept. " + WORLD)
    actors = link_actors([one, two])
    assert named(actors, "Veya Tsormin") == named(actors, "Veia Chormin")


def test_the_acronym_of_a_state_joins_its_long_name_across_reports() -> None:
    one = reading(
        "a", "Mervia is known as the People's Republic of Mervia, or PRM. The Mervian president slept. " + WORLD
    )
    two = reading("b", "The Mervian leader of the PRM slept in Mervia. The PRM said so. " + WORLD)
    index = actor_index(link_actors([one, two]), [one, two])
    assert index.at(span(two, "PRM")) == index.at(span(one, "PRM"))
    assert "Mervia" in {actor.name for actor in link_actors([one, two])}
