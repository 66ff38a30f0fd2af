"""An invented story as a hand-made Dossier, for tests of exports: three reports, two of which share one origin."""

# ruff: noqa: E501 - the reports keep their paragraphs on one line
from __future__ import annotations

from dataclasses import replace

from hearsay.model import (
    Actor,
    ActorMention,
    Addition,
    Agreement,
    Basis,
    Candidate,
    Commitment,
    Conflict,
    Date,
    Dateline,
    Decision,
    Difference,
    Dossier,
    Event,
    Link,
    Occurrence,
    Participant,
    Relay,
    Report,
    Skipped,
    Sourced,
    Span,
    Statement,
    Story,
    Timex,
    Title,
    Utterance,
    Version,
    When,
    Zone,
    ZoneKind,
    report_id,
    timex_id,
)

BASIS = Basis(by="test@1")

FIRST = """Maravel will open its harbour to Kestrian ferries, president says
PORT LUNE, March 3 (KNA) -- Maravel's President Odra Pellan on Monday met Kestrian Prime Minister Jon Tarrow and vowed to "open every pier before the winter," the palace said in a statement.
"We have waited forty years for this crossing, and our children will not wait one more," Pellan told Tarrow, according to the statement.
The two leaders signed a harbour pact on Saturday. Forty ferries are to cross each day from June.
Tarrow denied that Kestria had asked for a naval base.
(END)
"""

SECOND = """Pellan vows to open piers

By Lia Moss

Maravel's president has vowed to "open every pier before the winter", KNA reported on Monday, citing the palace.

Fishermen fear that the crossing could be closed in storms. "Nobody asked us," said Bram Ode, who has fished off Port Lune since 1988 \U0001f6a2.

The Quay Gazette is a daily of the harbour towns. Subscribe to our letter for the tides, the catch and the talk of the quays, every morning before the boats leave. Write to the editors with your own news, and tell them where you heard it. All rights reserved; do not copy.
"""

THIRD = """PORT LUNE (MPS) -- At the meeting on March 3, Pellan promised that all piers would be opened before winter comes, Maravel Press Service heard her say.
Forty-five ferries would cross daily, officials said.
"""

SOURCES = (
    ("wire/kna.txt", FIRST, "Kestrian News Agency", "Kestrian News Agency"),
    ("papers/gazette.txt", SECOND, "The Quay Gazette", "Kestrian News Agency"),
    ("wire/mps.txt", THIRD, None, "Maravel Press Service"),
)
IDS = tuple(report_id(text, uri) for uri, text, _, _ in SOURCES)


def at(report: int, words: str, nth: int = 0) -> Span:
    """The nth place where the words stand in a report (1, 2 or 3)."""
    text, start = SOURCES[report - 1][1], -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(report=IDS[report - 1], start=start, end=start + len(words))


def _zones(report: int, *parts: tuple[str, ZoneKind]) -> tuple[Zone, ...]:
    """Zones by the words they begin with; each reaches to the next."""
    starts = [at(report, words).start for words, _ in parts] + [len(SOURCES[report - 1][1])]
    return tuple(
        Zone(span=Span(report=IDS[report - 1], start=starts[i], end=starts[i + 1]), kind=kind)
        for i, (_, kind) in enumerate(parts)
    )


def _reports() -> tuple[Report, ...]:
    zones = (
        _zones(1, ("Maravel will", "headline"), ("PORT LUNE", "dateline"), ("Maravel's", "body"), ("(END)", "signoff")),
        _zones(
            2, ("Pellan vows", "headline"), ("By Lia", "byline"), ("Maravel's", "body"), ("The Quay", "boilerplate")
        ),
        _zones(3, ("PORT LUNE", "dateline"), ("At the", "body")),
    )
    place = (at(1, "PORT LUNE, March 3"), None, at(3, "PORT LUNE"))
    return tuple(
        Report(
            id=id,
            uri=uri,
            text=text,
            zones=parts,
            headline=Sourced(value=text.splitlines()[0], evidence=(at(n, text.splitlines()[0]),)) if n < 3 else None,
            outlet=Sourced(value=outlet, evidence=(at(n, "KNA" if n == 1 else outlet),)) if outlet else None,
            agency=Sourced(value=agency, evidence=(at(n, "MPS" if n == 3 else "KNA"),)),
            byline=(Sourced(value="Lia Moss", evidence=(at(2, "Lia Moss"),)),) if n == 2 else (),
            dateline=Dateline(span=span, place=Sourced(value="Port Lune", evidence=(at(n, "PORT LUNE"),)), date=None)
            if span
            else None,
            published=Sourced(value="XXXX-03-03", evidence=(at(1, "March 3"),)) if n == 1 else None,
        )
        for n, (id, (uri, text, outlet, agency), parts, span) in enumerate(
            zip(IDS, SOURCES, zones, place, strict=True), 1
        )
    )


def _actors() -> tuple[Actor, ...]:
    def actor(id: str, name: str, kind: str, *places: Span, **more: object) -> Actor:
        mentions = tuple(ActorMention(span=span, form="name") for span in places)
        return replace(Actor(id=f"actor-{id}", name=name, kind=kind, mentions=mentions, basis=BASIS), **more)  # type: ignore[arg-type]

    return (
        actor(
            "pellan",
            "Odra Pellan",
            "person",
            at(1, "Odra Pellan"),
            at(1, "Pellan", 1),
            at(2, "Pellan"),
            at(2, "Maravel's president"),
            at(3, "Pellan"),
            aliases=("Pellan",),
            titles=(Title(span=at(1, "President"), title="President"),),
        ),
        actor(
            "tarrow",
            "Jon Tarrow",
            "person",
            at(1, "Jon Tarrow"),
            at(1, "Tarrow", 1),
            at(1, "Tarrow", 2),
            titles=(Title(span=at(1, "Prime Minister"), title="Prime Minister"),),
        ),
        actor("both", "the two leaders", "group", at(1, "The two leaders"), members=("actor-pellan", "actor-tarrow")),
        actor("palace", "Palace of Maravel", "organisation", at(1, "the palace"), at(2, "the palace")),
        actor("kna", "Kestrian News Agency", "organisation", at(1, "KNA"), at(2, "KNA")),
        actor("mps", "Maravel Press Service", "organisation", at(3, "MPS"), at(3, "Maravel Press Service")),
        actor("gazette", "The Quay Gazette", "organisation", at(2, "The Quay Gazette")),
        actor("lune", "Port Lune", "place", at(1, "PORT LUNE"), at(2, "Port Lune"), at(3, "PORT LUNE")),
        actor("ode", "Bram Ode", "person", at(2, "Bram Ode")),
        actor("officials", "officials", "group", at(3, "officials")),
    )


DAY = Date(
    start="2031-03-03",
    end="2031-03-03",
    granularity="day",
    evidence=(at(1, "Monday"),),
    inferred=True,
    why="Monday, counted from the day of publication",
)


def _chain(*links: tuple[str, Span]) -> tuple[Link, ...]:
    return tuple(Link(actor=f"actor-{id}", evidence=(span,)) for id, span in links)


def _statements() -> tuple[Statement, ...]:
    vow = 'vowed to "open every pier before the winter'
    return (
        Statement(
            id="statement-1",
            report=IDS[0],
            form="mixed",
            content=(at(1, vow[9:] + ',"'),),
            cue=at(1, "vowed"),
            source=at(1, "Odra Pellan"),
            speaker="actor-pellan",
            kind="pledge",
            said_on=DAY,
            occasion="event-meet",
            chain=_chain(("pellan", at(1, "Odra Pellan")), ("palace", at(1, "the palace")), ("kna", at(1, "KNA"))),
            origins=2,
            confidence=0.93,
        ),
        Statement(
            id="statement-2",
            report=IDS[0],
            form="direct",
            content=(at(1, "We have waited forty years for this crossing, and our children will not wait one more"),),
            cue=at(1, "told"),
            source=at(1, "Pellan", 1),
            speaker="actor-pellan",
            addressee="actor-tarrow",
            said_on=DAY,
            chain=_chain(("pellan", at(1, "Pellan", 1)), ("palace", at(1, "the statement"))),
            confidence=0.88,
        ),
        Statement(
            id="statement-3",
            report=IDS[0],
            form="indirect",
            content=(at(1, "Kestria had asked for a naval base"),),
            cue=at(1, "denied"),
            source=at(1, "Tarrow", 2),
            speaker="actor-tarrow",
            kind="deny",
            confidence=0.8,
        ),
        Statement(
            id="statement-4",
            report=IDS[1],
            form="mixed",
            content=(at(2, '"open every pier before the winter"'),),
            cue=at(2, "vowed"),
            source=at(2, "Maravel's president"),
            speaker="actor-pellan",
            kind="pledge",
            said_on=DAY,
            chain=_chain(
                ("pellan", at(2, "Maravel's president")),
                ("palace", at(2, "the palace")),
                ("kna", at(2, "KNA")),
                ("gazette", at(2, "The Quay Gazette")),
            ),
            origins=2,
            confidence=0.91,
        ),
        Statement(
            id="statement-5",
            report=IDS[1],
            form="direct",
            content=(at(2, "Nobody asked us"),),
            cue=at(2, "said"),
            source=at(2, "Bram Ode, who has fished off Port Lune since 1988"),
            speaker="actor-ode",
            confidence=0.9,
        ),
        Statement(
            id="statement-6",
            report=IDS[2],
            form="indirect",
            content=(at(3, "all piers would be opened before winter comes"),),
            cue=at(3, "promised"),
            source=at(3, "Pellan"),
            speaker="actor-pellan",
            kind="pledge",
            said_on=DAY,
            chain=_chain(("pellan", at(3, "Pellan")), ("mps", at(3, "MPS"))),
            origins=2,
            confidence=0.77,
        ),
        Statement(
            id="statement-7",
            report=IDS[2],
            form="indirect",
            content=(at(3, "Forty-five ferries would cross daily"),),
            cue=at(3, "said"),
            source=at(3, "officials"),
            speaker=None,
            kind="say",
            confidence=0.45,
            candidates=(Candidate(actor="actor-officials", score=0.4), Candidate(actor="actor-palace", score=0.31)),
        ),
    )


def _events() -> tuple[Event, ...]:
    def event(id: str, label: str, date: Date, *places: Span, **more: object) -> Event:
        mentions = tuple(Occurrence(span=span) for span in places)
        return replace(Event(id=f"event-{id}", label=label, type=None, date=date, mentions=mentions), **more)  # type: ignore[arg-type]

    def day(value: str | None, words: Span | None = None) -> Date:
        return Date(
            start=value, end=value, granularity="day" if value else "unknown", evidence=(words,) if words else ()
        )

    both = (Participant(actor="actor-pellan", role="actor"), Participant(actor="actor-tarrow", role="recipient"))
    return (
        event(
            "meet",
            "Pellan meets Tarrow",
            day("2031-03-03", at(3, "March 3")),
            at(1, "met"),
            at(3, "meeting"),
            type="CONSULT",
            mode="meet",
            participants=both,
            place="actor-lune",
            origins=2,
            routes=(("actor-palace", "actor-kna"), ("actor-mps",)),
        ),
        event(
            "pact",
            "The harbour pact is signed",
            Date(start="2031-02-24", end="2031-03-03", granularity="bounds", evidence=(at(1, "on Saturday"),)),
            at(1, "signed"),
            participants=both,
            mode="sign",
        ),
        event(
            "ferries",
            "Ferries cross each day",
            Date(start="2031-06", end="2031-06", granularity="month", evidence=(at(1, "June"),)),
            at(1, "cross each day"),
            at(3, "would cross"),
            realis="planned",
        ),
        event("base", "Kestria asks for a naval base", day(None), at(1, "asked for a naval base"), realis="negated"),
        event("closed", "The crossing is closed", day(None), at(2, "be closed in storms"), realis="hypothetical"),
        event(
            "fished",
            "Bram Ode begins to fish",
            Date(start="1988", end="1988", granularity="year", evidence=(at(2, "1988"),)),
            at(2, "fished off Port Lune"),
            realis="alleged",
            confidence=0.4,
        ),
    )


def sample() -> Dossier:
    """The whole story, with something in every list."""
    monday = Timex(span=at(1, "Monday"), type="DATE", value="XXXX-WXX-1", anchor="published")
    return Dossier(
        reports=_reports(),
        whens=(
            When(
                subject=IDS[0],
                value="2031-03-03",
                earliest="2031-03-03",
                latest="2031-03-03",
                stated=True,
                why="The dateline gives day and month, the weekday the year.",
                basis=BASIS,
            ),
            When(
                subject=IDS[1],
                value=None,
                earliest="2031-03-03",
                latest="2031-03-05",
                stated=False,
                why="It cites what was reported on that Monday.",
                basis=replace(BASIS, evidence=(at(2, "on Monday"),)),
            ),
            When(
                subject=timex_id(monday),
                value="2031-03-03",
                earliest=None,
                latest=None,
                stated=True,
                why="",
                basis=BASIS,
            ),
        ),
        timexes=(monday, Timex(span=at(1, "June"), type="DATE", value="2031-06")),
        actors=_actors(),
        statements=_statements(),
        events=_events(),
        utterances=(
            Utterance(
                id="utterance-1",
                speaker="actor-pellan",
                statements=("statement-1", "statement-4", "statement-6"),
                relation="translation",
                origins=2,
                basis=BASIS,
                differences=(Difference(op="changed", spans=(at(1, "every pier"), at(3, "all piers"))),),
                routes=(("actor-palace", "actor-kna"), ("actor-mps",)),
            ),
        ),
        relays=(
            Relay(
                report=IDS[1],
                origin=IDS[0],
                kind="wasQuotedFrom",
                dispatch="kna-0303",
                evidence=(at(2, "KNA reported on Monday"),),
            ),
            Relay(
                report=IDS[0],
                origin="actor-palace",
                kind="hadPrimarySource",
                evidence=(at(1, "the palace said in a statement"),),
            ),
        ),
        conflicts=(
            Conflict(
                id="conflict-1",
                topic="How many ferries cross each day",
                aspect="number",
                about="event-ferries",
                status="conflict",
                note="Both speak of the same crossing.",
                values=(
                    Version(value="40", spans=(at(1, "Forty ferries"),)),
                    Version(value="45", spans=(at(3, "Forty-five ferries"),)),
                ),
            ),
        ),
        agreements=(
            Agreement(
                about="event-meet",
                aspect="date",
                value="3 March",
                spans=(at(1, "March 3"), at(3, "March 3")),
                origins=2,
            ),
        ),
        additions=(
            Addition(report=IDS[1], spans=(at(2, "Fishermen fear that the crossing could be closed in storms."),)),
        ),
        commitments=(
            Commitment(
                id="commitment-1",
                who=("actor-pellan",),
                to=("actor-tarrow",),
                kind="promised",
                what="to open every pier",
                spans=(at(1, "open every pier before the winter"),),
                due=Date(start=None, end="2031-12-01", granularity="bounds"),
                status="open",
            ),
        ),
        stories=(
            Story(
                id="story-1",
                title="The harbour crossing",
                events=("event-pact", "event-meet", "event-ferries"),
                reports=IDS,
            ),
            Story(id="story-2", title="A fisher's life", events=("event-fished",), reports=IDS[1:2]),
        ),
        decisions=(
            Decision(kind="same", subjects=("actor-pellan", "gone"), value="one person", by="Ed", at="2031-04-01"),
        ),
        skipped=(Skipped(uri="papers/broken.pdf", why="not a text format"),),
    )
