"""Event mentions: triggers, participants, dates and realis, on sentences of an invented world."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearsay.data import alternatives, table
from hearsay.extract.events import find_events
from hearsay.model import Attribution, EventMention, Mention, Report, Span, Timex, Zone, report_id

KINDS = {"Velia": "country", "Port Anselm": "place"}


def read(
    text: str, *, names: tuple[str, ...] = (), dates: tuple[str, ...] = (), said: str = "", kind: str = "body"
) -> tuple[EventMention, ...]:
    """Events of a report that is one zone of `kind`; `names` and `dates` are cited by their words."""
    id = report_id(text, "t")

    def span(words: str) -> Span:
        return Span(report=id, start=text.index(words), end=text.index(words) + len(words))

    zone = Zone(span=Span(report=id, start=0, end=len(text)), kind=kind)  # type: ignore[arg-type]
    return find_events(
        Report(id=id, uri="t", text=text, zones=(zone,)),
        mentions=tuple(Mention(span=span(n), kind=KINDS.get(n, "person"), form="name") for n in names),  # type: ignore[arg-type]
        timexes=tuple(Timex(span=span(d), type="DATE", value="") for d in dates),
        attributions=(Attribution(id="a", content=(span(said),), form="indirect"),) if said else (),
    )


def heads(text: str, events: tuple[EventMention, ...]) -> list[str]:
    return [event.head.of(text) for event in events if event.head]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Premier Olo Brandt held a budget meeting with his ministers.", ["meeting"]),
        ("The envoy's latest summit meeting with Queen Ada ended well.", ["meeting", "ended"]),
        ("The talks were held in Port Anselm.", ["talks"]),
        ("The ministers signed an agreement.", ["signed"]),
        ("Brandt plans to visit the island.", ["visit"]),
        ("The visit surprised many.", ["visit"]),
        ("A ferry sank off the coast and dozens died.", ["sank", "died"]),
        ("She came to power in spring.", ["came to power"]),
        ("The green hills are lovely.", []),
    ],
)
def test_triggers(text: str, expected: list[str]) -> None:
    assert heads(text, read(text)) == expected


def test_trigger_is_a_short_clause() -> None:
    text = "After lunch, Olo Brandt held a budget meeting with his ministers, and the rain went on."
    (event,) = read(text, names=("Olo Brandt",))
    assert event.trigger.of(text) == "Olo Brandt held a budget meeting with his ministers"
    assert (event.type, event.mode) == ("CONSULT", "meet")


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Brandt invited Ada Lund to the coast.", ["Brandt"], ["Ada Lund"]),
        ("Ada Lund was arrested by Velia on Monday.", ["Velia"], ["Ada Lund"]),
        ("Brandt and Ada Lund met in Port Anselm.", ["Brandt", "Ada Lund"], []),
        ("The visit by Ada Lund pleased many.", ["Ada Lund"], []),
        ("Brandt, who accused Velia of fraud, left.", ["Brandt"], ["Velia"]),
    ],
)
def test_participants(text: str, actors: list[str], recipients: list[str]) -> None:
    event = read(text, names=tuple(n for n in ("Brandt", "Ada Lund", "Velia", "Port Anselm") if n in text))[0]
    assert [s.of(text) for s in event.actor] == actors
    assert [s.of(text) for s in event.recipient] == recipients


def test_date_and_place_belong_to_their_own_clause() -> None:
    text = "Brandt met Ada Lund in Port Anselm on Monday, and a bridge collapsed on Friday."
    met, collapsed = read(text, names=("Brandt", "Ada Lund", "Port Anselm"), dates=("Monday", "Friday"))
    assert met.when and met.when.of(text) == "Monday"
    assert met.where and met.where.of(text) == "Port Anselm"
    assert collapsed.when and collapsed.when.of(text) == "Friday"
    assert collapsed.where is None


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("Brandt visited Velia.", "actual"),
        ("Brandt will visit Velia.", "planned"),
        ("Brandt did not visit Velia.", "negated"),
        ("Brandt could visit Velia.", "hypothetical"),
        ("Brandt allegedly visited Velia.", "alleged"),
        ("There were fears that Brandt visited Velia.", "hypothetical"),
        ("Brandt could regret the visit.", "actual"),
        ("Ahead of the visit, Brandt rested.", "planned"),
    ],
)
def test_realis(text: str, realis: str) -> None:
    assert [event.realis for event in read(text, names=("Brandt", "Velia")[: text.count("Velia") + 1])] == [realis]


def test_a_plural_with_two_dates_is_two_mentions() -> None:
    text = "Brandt recalled the visits to Velia in 2019 and 2023."
    visits = [e for e in read(text, names=("Brandt", "Velia"), dates=("2019", "2023")) if e.mode == "visit"]
    assert [e.when.of(text) for e in visits if e.when] == ["2019", "2023"]
    assert len({e.id for e in visits}) == 2


def test_a_request_reaches_to_its_infinitive() -> None:
    text = "Brandt invited Ada Lund to visit Velia again."
    invited, visit = read(text, names=("Brandt", "Ada Lund", "Velia"))
    assert invited.trigger.of(text) == "Brandt invited Ada Lund to visit Velia again"
    assert (invited.realis, visit.realis) == ("actual", "planned")
    assert [s.of(text) for s in visit.actor] == ["Ada Lund"]


def test_a_date_inside_somebodys_words_does_not_date_the_saying() -> None:
    text = "The rest is paid by Friday, Velia Radio said."
    assert "said" not in heads(
        text, read(text, names=("Velia Radio",), dates=("Friday",), said="The rest is paid by Friday")
    )


def test_called_for_a_later_day_is_planned() -> None:
    text = "Velia called a rally for Sunday."
    (rally,) = read(text, names=("Velia",), dates=("Sunday",))
    assert (rally.mode, rally.realis) == ("demo", "planned")


def test_where_points_at_the_place_before_it() -> None:
    text = "They went on to Port Anselm, where a ferry sank."
    assert [e.where.of(text) for e in read(text, names=("Port Anselm",)) if e.where] == ["Port Anselm"]


def test_a_coordinated_verb_shares_the_subject() -> None:
    text = "Brandt thanked Ada Lund and warned Velia."
    warned = read(text, names=("Brandt", "Ada Lund", "Velia"))[1]
    assert [s.of(text) for s in warned.actor] == ["Brandt"]


def test_nobody_is_made_the_subject_of_a_clause_of_its_own() -> None:
    text = "Brandt wept after a dam burst and killed dozens."
    assert all(not event.actor for event in read(text, names=("Brandt",)))


def test_a_running_count_is_not_dated_by_its_day() -> None:
    text = "The death toll stood at 40 on Monday."
    (toll,) = read(text, dates=("Monday",))
    assert toll.when is None


def test_what_is_called_off_is_not_a_visit() -> None:
    text = "Brandt cancelled a visit to Velia."
    assert [(e.sense, e.realis) for e in read(text, names=("Brandt", "Velia"))] == [("cancel", "actual")]


def test_an_endless_sentence_is_read_in_pieces() -> None:
    assert len(read("He met her and left, visit " * 400)) > 300


def test_a_dated_report_is_an_event_and_an_undated_saying_is_not() -> None:
    text = "The premier is well, Velia Radio reported Friday. The premier rests, Velia Radio said."
    events = read(text, names=("Velia Radio",), dates=("Friday",))
    assert heads(text, events) == ["reported"]
    assert events[0].mode == "report"


def test_within_is_the_attribution_that_asserts_it() -> None:
    text = "Brandt said the dam collapsed and the governor resigned."
    inside = {e.head.of(text): e.within for e in read(text, said="the dam collapsed") if e.head}
    assert inside == {"collapsed": "a", "resigned": None}


def test_other_zones_tell_no_events() -> None:
    assert read("Brandt visited Velia.", kind="boilerplate") == ()


@given(st.text(alphabet="Brandt visited, Velia (on) 3.5 \"Monday\"' — meeting held will's\n", max_size=200))
def test_any_text_gives_spans_within_bounds(text: str) -> None:
    for event in read(text or "x"):
        assert 0 <= event.trigger.start < event.trigger.end <= max(len(text), 1)
        assert event.trigger.end - event.trigger.start <= 160 or event.head == event.trigger
        assert event.head and event.trigger.holds(event.head)


def test_every_trigger_row_fires() -> None:
    for row in table("event_triggers"):
        if row["pos"] == "n" and not row["needs"]:
            for noun in alternatives(row["forms"]) or alternatives(row["lemma"]):
                text = f"They spoke after the {noun}."
                assert heads(text, read(text))[-1:] == [noun], row
