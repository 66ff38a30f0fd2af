"""Coreference: who pronouns, roles and short names stand for in one report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.extract.coreference import resolve_mentions
from hearsay.extract.mentions import find_mentions
from hearsay.extract.quotes import quotes
from hearsay.extract.reader import Tagged
from hearsay.model import Mention, Report, Sourced, Span

PEOPLE = ("Mary Quist", "Ada Brask", "Ole Tolle", "Ivo Brask", "Mila Sorova")


def resolved(text: str, *, agency: str | None = None) -> tuple[Mention, ...]:
    report = Report(id="r", uri="r", text=text, agency=Sourced(value=agency) if agency else None)
    tags = tuple(
        Tagged(label="PERSON", start=at, end=at + len(name), score=0.95)
        for name in PEOPLE
        for at in range(len(text))
        if text.startswith(name, at)
    )
    marks = tuple(Span(report="r", start=a, end=b) for a, b in quotes(text))
    return resolve_mentions(report, find_mentions(report, tags), quotes=marks)


def meant(text: str, words: str, *, last: bool = False) -> list[str]:
    """What the mention `words` (its first or last place) stands for."""
    at = text.rindex(words) if last else text.index(words)
    found = [m for m in resolved(text) if m.span.start == at and m.span.of(text) == words]
    assert found, f"{words} is no mention"
    return [span.of(text) for span in found[0].antecedents]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Ada Brask spoke in Oslo.\nThe bridge will be rebuilt, she said.", "she", ["Ada Brask"]),
        ("Norwegian President Ada Brask spoke.\nThe president left.", "The president", ["Ada Brask"]),
        ("Norwegian President Ada Brask spoke.\nThe Norwegian leader left.", "The Norwegian leader", ["Ada Brask"]),
        ("Norwegian President Ada Brask met Swedish President Ole Tolle.\nThe Swedish leader left.",
         "The Swedish leader", ["Ole Tolle"]),
        ("Norwegian President Ada Brask met Swedish President Ole Tolle.\nThe two leaders left.",
         "The two leaders", ["Ada Brask", "Ole Tolle"]),
        ("Norwegian Foreign Minister Ada Brask met Swedish Foreign Minister Ole Tolle.\nThe two diplomats left.",
         "The two diplomats", ["Ada Brask", "Ole Tolle"]),
        ("Norway and Sweden signed.\nBoth countries gain.", "Both countries", ["Norway", "Sweden"]),
        ("Ada Brask spoke.\nBrask left.", "Brask\x00", ["Ada Brask"]),
        ("The Orrin Post said so.\nIt had seen copies, it added.", "it\x00", ["Orrin Post"]),
        ("Ole Tolle wept.\nHis lawyer, Mary Quist, said that his client was ill.", "his client", ["Ole Tolle"]),
        ("Ole Tolle met Mary Quist. Quist slept.\nThe road is safe, she said.", "she", ["Mary Quist"]),
        ("Minister Mila Sorova met Ole Tolle.\nThe road is safe, she said.", "she", ["Mila Sorova"]),
        ("The government of Norway fell.", "The government of Norway", ["Norway"]),
        ("Ada Brask, who lost, wept.", "who", ["Ada Brask"]),
        ("Mervian President Ada Brask met Orlese President Ole Tolle.\nThe Mervian leader left Mervia.",
         "The Mervian leader", ["Ada Brask"]),
        ("Mervia leader Ada Brask met Orlese President Ole Tolle in Mervia.\nHe slept and the president left.",
         "the president", ["Ole Tolle"]),
        ("The People's Republic of Mervia (PRM) slept.\nThe PRM left.", "PRM\x00", ["People's Republic of Mervia"]),
        ("Deputy Attorney General Ada Brask slept.\nThe attorney general left.", "The attorney general", []),
        ("President Ada Brask slept.\nAn old friend, now president of the Harbour Bank, left.",
         "president of the Harbour Bank", []),
        ("The Orrin University School of Law closed. Orrin University slept.", "Orrin University\x00", []),
        ("Minister Ada Brask left Mervia, a Mervian diplomat said.\nBrask, the diplomat said, slept.",
         "the diplomat", ["a Mervian diplomat"]),
    ],
)  # fmt: skip
def test_stands_for(text: str, words: str, expected: list[str]) -> None:
    last = words.endswith("\x00")
    assert meant(text, words.rstrip("\x00"), last=last) == expected


def test_a_capital_that_acts_is_its_state_and_after_in_the_city() -> None:
    text = "Norway hesitated. Oslo rejected the plan. Rain fell in Oslo."
    acting, city = (m for m in resolved(text) if m.span.of(text) == "Oslo")
    assert (acting.kind, [s.of(text) for s in acting.antecedents]) == ("country", ["Norway"])
    assert (city.kind, city.antecedents) == ("place", ())


def test_a_bare_family_name_is_the_one_whose_title_it_bears() -> None:
    text = "Judge Ada Brask met Captain Ivo Brask. They parted.\nCaptain Brask slept."
    assert meant(text, "Brask", last=True) == ["Ivo Brask"]


def test_the_first_person_is_left_alone() -> None:
    text = "Ada Brask spoke.\n“I know what we did,” she said."
    assert not any(m.antecedents for m in resolved(text) if m.span.of(text) in ("I", "we"))


@pytest.mark.parametrize(
    "lead",
    [
        "Velport, the capital of Mervia, slept.",
        "Mervia's capital, Velport, slept.",
        "The Mervian capital Velport slept.",
    ],
)
def test_a_capital_that_the_report_names_is_its_state_where_it_acts(lead: str) -> None:
    text = f"The Mervian army left Mervia. {lead} Rain fell. Velport rejected the plan."
    report = Report(id="r", uri="r", text=text)
    places = [at for at in range(len(text)) if text.startswith("Velport", at)]
    tags = tuple(Tagged(label="LOCATION", start=at, end=at + 7, score=0.95) for at in places)
    acting = [m for m in resolve_mentions(report, find_mentions(report, tags)) if m.span.start == places[-1]]
    assert [(m.kind, [s.of(text) for s in m.antecedents]) for m in acting] == [("country", ["Mervia"])]


def test_a_capital_that_opens_a_longer_name_is_no_state() -> None:
    text = "The Oslo County police slept."
    assert all(m.kind != "country" for m in resolved(text))


def test_it_was_said_means_nobody() -> None:
    text = "The Orrin Post closed.\nIt was reported that rain fell."
    assert meant(text, "It") == []


def test_an_agency_does_not_call_itself_state_media() -> None:
    text = "TASS said so, state media reported. KCNA agreed."
    found = next(m for m in resolved(text, agency="TASS") if m.span.of(text) == "state media")
    assert [s.of(text) for s in found.antecedents] == ["KCNA"]


@given(st.text(alphabet="AaBe .,’'\n“”", max_size=80))
def test_antecedents_are_mentions_of_the_same_text(text: str) -> None:
    found = resolved(text + " Ada Brask spoke, and he left.")
    spans = {m.span for m in found}
    assert all(span in spans and span != m.span for m in found for span in m.antecedents)
