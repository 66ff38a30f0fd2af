"""Events across reports: what is merged, what is kept apart, and what is known of the whole, in an invented world."""

from __future__ import annotations

from itertools import permutations

import pytest

from hearsay.link.events import link_events
from hearsay.model import (
    Basis,
    Event,
    EventMention,
    Link,
    Mention,
    Reading,
    Realis,
    Report,
    Span,
    Statement,
    Timex,
    When,
    Zone,
    digest,
    timex_id,
)

PEOPLE = ("Brandt", "Lund", "Velia", "Anselm", "Orm")


class Names:
    """An index in which every name is one actor wherever it stands."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def at(self, span: Span) -> str | None:
        name = span.of(self.texts[span.report])
        return name if name in PEOPLE else None

    def all_at(self, span: Span) -> tuple[str, ...]:
        name = self.at(span)
        return (name,) if name else ()


class World:
    """Reports made of text, with event mentions cited by their words."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self.whens: list[When] = []
        self.statements: list[Statement] = []

    def report(self, text: str, *, published: str = "2031-05-10") -> World:
        id = digest("report", text)
        zone = Zone(span=Span(report=id, start=0, end=len(text)), kind="body")
        mentions = tuple(
            Mention(span=Span(report=id, start=at, end=at + len(name)), kind="person", form="name")
            for name in PEOPLE
            for at in range(len(text))
            if text.startswith(name, at)
        )
        report = Report(id=id, uri=text[:9], text=text, zones=(zone,))
        self.readings.append(Reading(report=report, mentions=mentions))
        self._date(id, published)
        return self

    def event(
        self,
        words: str,
        head: str,
        *,
        sense: str = "meet",
        mode: str | None = "meet",
        type: str | None = "CONSULT",
        day: tuple[str, str] | None = None,
        realis: Realis = "actual",
        where: str = "",
    ) -> World:
        """A mention in the last report; names within `words` are actors, `day` is (words, ISO value)."""
        reading = self.readings[-1]
        text, id = reading.report.text, reading.report.id

        def span(cited: str, after: int = 0) -> Span:
            start = text.index(cited, after)
            return Span(report=id, start=start, end=start + len(cited))

        trigger = span(words)
        when = None
        if day:
            timex = Timex(span=span(day[0], trigger.start), type="DATE", value=day[1])
            when = timex.span
            self._date(timex_id(timex), day[1])
        mention = EventMention(
            id=digest("event-mention", id, trigger.start),
            trigger=trigger,
            head=span(head, trigger.start),
            sense=sense,
            type=type,
            mode=mode,
            actor=tuple(m.span for m in reading.mentions if trigger.holds(m.span) and m.span.of(text) != where),
            when=when,
            where=span(where, trigger.start) if where else None,
            realis=realis,
        )
        self.readings[-1] = Reading(
            report=reading.report, mentions=reading.mentions, event_mentions=(*reading.event_mentions, mention)
        )
        return self

    def said(self, words: str, *chain: str) -> World:
        report = self.readings[-1].report
        start = report.text.index(words)
        content = Span(report=report.id, start=start, end=start + len(words))
        self.statements.append(
            Statement(
                id=digest("statement", report.id, start),
                report=report.id,
                form="indirect",
                content=(content,),
                cue=None,
                source=None,
                speaker=chain[0],
                chain=tuple(Link(actor=actor) for actor in chain),
            )
        )
        return self

    def link(self) -> tuple[Event, ...]:
        return self._link(self.readings)

    def _link(self, readings: list[Reading] | tuple[Reading, ...]) -> tuple[Event, ...]:
        texts = {r.report.id: r.report.text for r in readings}
        return link_events(readings, actors=Names(texts), whens=tuple(self.whens), statements=tuple(self.statements))

    def any_order(self) -> set[tuple[Event, ...]]:
        return {self._link(order) for order in permutations(self.readings)}

    def _date(self, subject: str, value: str) -> None:
        day = value if len(value) == 10 else None
        self.whens.append(
            When(subject=subject, value=value, earliest=day, latest=day, stated=True, why="", basis=Basis(by="test"))
        )


def test_one_meeting_in_two_reports_is_one_event() -> None:
    world = World().report("Brandt met Lund on Monday in Anselm.")
    world.event("Brandt met Lund", "met", day=("Monday", "2031-05-05"), where="Anselm")
    world.report("Lund and Brandt held talks last week.").event("Lund and Brandt held talks", "talks")
    (event,) = world.link()
    assert event.date.start == "2031-05-05"
    assert not event.date.inferred
    assert event.place == "Anselm"
    assert {p.actor for p in event.participants} == {"Brandt", "Lund"}
    assert len({m.span.report for m in event.mentions}) == 2


def test_two_days_are_two_events() -> None:
    world = World().report("Brandt visited Velia in 2029. Brandt visited Velia in 2030.")
    world.event("Brandt visited Velia in 2029", "visited", sense="visit", mode="visit", day=("2029", "2029"))
    world.event("Brandt visited Velia in 2030", "visited", sense="visit", mode="visit", day=("2030", "2030"))
    assert sorted(e.date.start or "" for e in world.link()) == ["2029", "2030"]


@pytest.mark.parametrize("realis", ["planned", "negated"])
def test_plan_and_deed_stay_apart(realis: Realis) -> None:
    world = World().report("Brandt will meet Lund. ", published="2031-05-01")
    world.event("Brandt will meet Lund", "meet", realis=realis)
    world.report("Brandt met Lund. ").event("Brandt met Lund", "met")
    assert {e.realis for e in world.link()} == {realis, "actual"}


def test_what_a_report_tells_of_is_not_later_than_the_report() -> None:
    world = World().report("Brandt met Lund. ", published="2031-05-01").event("Brandt met Lund", "met")
    world.report("Brandt met Lund on Friday.").event("Brandt met Lund", "met", day=("Friday", "2031-05-09"))
    assert len(world.link()) == 2


def test_the_meeting_points_back_to_the_nearest_one() -> None:
    world = World().report("Brandt met Lund on Monday. Orm held a meeting with Velia. The meeting went on.")
    world.event("Brandt met Lund", "met", day=("Monday", "2031-05-05"))
    world.event("Orm held a meeting with Velia", "meeting")
    world.event("The meeting", "meeting")
    sizes = {frozenset(p.actor for p in e.participants): len(e.mentions) for e in world.link()}
    assert sizes == {frozenset({"Brandt", "Lund"}): 1, frozenset({"Orm", "Velia"}): 2}


def test_the_disaster_points_back_to_the_collapse() -> None:
    world = World().report("A dam collapsed on Monday. The disaster is the worst.")
    world.event("A dam collapsed", "collapsed", sense="collapse", mode=None, type=None, day=("Monday", "2031-05-05"))
    world.event("The disaster", "disaster", sense="disaster", mode=None, type=None)
    (event,) = world.link()
    assert len(event.mentions) == 2


def test_reports_of_other_people_and_times_are_not_mixed() -> None:
    world = World().report("Brandt and Lund say a dam collapsed.")
    world.event("a dam collapsed", "collapsed", sense="collapse", mode=None, type=None)
    world.report("Orm and Velia say a bridge collapsed.", published="2033-01-01")
    world.event("a bridge collapsed", "collapsed", sense="collapse", mode=None, type=None)
    assert len(world.link()) == 2


def test_a_deed_at_an_occasion_takes_its_day_and_says_so() -> None:
    world = World().report("Brandt met Lund on Monday. Brandt praised the coast.")
    world.event("Brandt met Lund", "met", day=("Monday", "2031-05-05"))
    world.event("Brandt praised the coast", "praised", sense="praise", mode=None, type="SUPPORT")
    meeting, praise = sorted(world.link(), key=lambda e: e.type or "")
    assert (praise.date.start, praise.date.inferred, praise.part_of) == ("2031-05-05", True, meeting.id)
    assert praise.date.why


def test_an_anniversary_dates_what_it_is_of() -> None:
    world = World().report("In 2031 Brandt marks the 75th anniversary of the founding of Velia.")
    world.event("In 2031 Brandt marks the 75th anniversary", "anniversary", sense="anniversary", day=("2031", "2031"))
    world.event("the founding", "founding", sense="establish", mode=None)
    founding = next(e for e in world.link() if e.mode is None)
    assert (founding.date.start, founding.date.granularity, founding.date.inferred) == ("1956", "year", True)


def test_an_undated_deed_is_bounded_by_its_report() -> None:
    world = World().report("Brandt praised the coast.")
    world.event("Brandt praised the coast", "praised", sense="praise", mode=None, type="SUPPORT")
    (event,) = world.link()
    assert (event.date.start, event.date.end, event.date.granularity) == (None, "2031-05-10", "bounds")


def test_talks_within_a_visit_are_part_of_it() -> None:
    world = World().report("Brandt came to Velia on May 4 and 6. Brandt met Lund on Monday.")
    world.event(
        "Brandt came to Velia", "came", sense="visit", mode="visit", day=("May 4 and 6", "2031-05-04/2031-05-06")
    )
    world.event("Brandt met Lund", "met", day=("Monday", "2031-05-05"))
    visit, talks = sorted(world.link(), key=lambda e: e.mode or "", reverse=True)
    assert talks.part_of == visit.id
    assert visit.part_of is None


def test_two_reports_of_one_relay_are_one_origin() -> None:
    world = World()
    for paper, opening in (("Anselm", "Orm: "), ("Velia", "Hear: ")):
        world.report(f"{opening}Brandt met Lund, Orm said.").event("Brandt met Lund", "met")
        world.said("Brandt met Lund", "Orm", paper)
    world.report("Orm writes that again, Lund said.").said("writes", "Lund", "Orm")
    (event,) = world.link()
    assert event.origins == 1
    assert event.routes == (("Orm", "Anselm"), ("Orm", "Velia"))


def test_a_mention_names_the_statement_that_asserts_it() -> None:
    world = World().report("Brandt met Lund, Orm said.").event("Brandt met Lund", "met")
    world.said("Brandt met Lund", "Orm", "Anselm")
    (event,) = world.link()
    assert [m.within for m in event.mentions] == [world.statements[0].id]


def test_who_says_i_is_the_actor() -> None:
    world = World().report('"I met nobody in Anselm," Orm said.').event("I met nobody", "met")
    world.said("I met nobody in Anselm", "Orm", "Velia")
    (event,) = world.link()
    assert [p.actor for p in event.participants] == ["Orm"]


def test_a_medium_that_two_papers_cite_is_one_origin() -> None:
    world = World()
    for paper in ("Anselm", "Velia"):
        world.report(f"{paper} hears that Orm wrote of it on Monday.")
        world.event("Orm wrote", "wrote", sense="media", mode="report", type=None, day=("Monday", "2031-05-05"))
    (event,) = world.link()
    assert event.origins == 1


def test_the_order_of_the_reports_changes_nothing() -> None:
    world = World().report("Brandt met Lund on Monday.")
    world.event("Brandt met Lund", "met", day=("Monday", "2031-05-05"))
    world.report("Lund and Brandt held talks. The talks were long.")
    world.event("Lund and Brandt held talks", "talks").event("The talks", "talks")
    world.report("Orm met Velia. ").event("Orm met Velia", "met")
    assert len(world.any_order()) == 1


def test_nothing_comes_of_nothing() -> None:
    assert link_events((), actors=Names({}), whens=(), statements=()) == ()
