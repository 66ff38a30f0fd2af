"""What people see at a terminal, and what other programs see in a pipe."""

from __future__ import annotations

from io import StringIO
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from hearsay.model import (
    Actor,
    ActorMention,
    Basis,
    Date,
    Dossier,
    Event,
    Link,
    Occurrence,
    Report,
    Sourced,
    Span,
    Statement,
    When,
    Zone,
)
from hearsay.terminal import VIEWS, show_report
from hearsay.wording import one_line, plain

TEXT = (
    "Mayor opens \x1b[31mferry\n\n"
    "PORT ARLE, May 3 (Norpress) -- “[bold]We sail[/bold],” Mayor Ilse Brandt said.\n\n"
    "Advertisement\n"
)
ID = "report-1"


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(report=ID, start=start, end=start + len(words))


def zone(kind: str, words: str) -> Zone:
    return Zone(span=span(words), kind=kind)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    basis = Basis(by="test")
    headline, body = TEXT.split("\n\n")[0], TEXT[TEXT.index("“") : TEXT.index("Advert")]
    report = Report(
        id=ID,
        uri="ferry.txt",
        text=TEXT,
        zones=(
            zone("headline", headline + "\n\n"),
            zone("dateline", "PORT ARLE, May 3 (Norpress) -- "),
            zone("body", body),
            zone("boilerplate", "Advertisement\n"),
        ),
        headline=Sourced(value=headline),
        agency=Sourced(value="Norpress"),
        outlet=Sourced(value="Arle Echo"),
    )
    mayor = Actor(
        id="actor-1",
        name="Ilse Brandt",
        kind="person",
        aliases=("Ilse Brandt", "Brandt"),
        mentions=(ActorMention(span=span("Ilse Brandt"), form="name"),),
        basis=basis,
    )
    agency = Actor(id="actor-2", name="Norpress", kind="organisation", basis=basis)
    said = Statement(
        id="statement-1",
        report=ID,
        form="direct",
        content=(span("“[bold]We sail[/bold],”"),),
        cue=span("said"),
        source=span("Mayor Ilse Brandt"),
        speaker=mayor.id,
        chain=(Link(actor=mayor.id), Link(actor=agency.id)),
        said_on=Date(start="2031-05-03", end="2031-05-03", granularity="day"),
        kind="pledge",
    )
    undated = Event(
        id="event-0",
        label="Later voyage",
        type=None,
        date=Date(start=None, end=None, granularity="unknown"),
        realis="planned",
    )
    opening = Event(
        id="event-1",
        label="Ferry opened",
        type="COOPERATE",
        date=Date(start="2031-05-03", end="2031-05-04", granularity="bounds"),
        mentions=(Occurrence(span=span("opens")),),
    )
    when = When(subject=ID, value="2031-05-03", earliest=None, latest=None, stated=True, why="It says so.", basis=basis)
    return Dossier(
        reports=(report,),
        whens=(when,),
        actors=(mayor, agency),
        statements=(said,),
        events=(undated, opening),
    )


def piped(view: str, dossier: Dossier) -> str:
    out = StringIO()
    VIEWS[view](Console(file=out, markup=False, highlight=False), dossier)
    return out.getvalue()


def on_screen(dossier: Dossier) -> str:
    out = StringIO()
    show_report(Console(file=out, force_terminal=True, color_system="standard", width=100), dossier, "ferry")
    return out.getvalue()


@pytest.mark.parametrize(
    ("view", "rows"),
    [
        ("reports", ["2031-05-03\tNorpress → Arle Echo\tMayor opens \ufffd[31mferry\tferry.txt\treport-1\ten"]),
        ("actors", ["Ilse Brandt\tperson\t1\t1\tBrandt", "Norpress\torganisation\t0\t0\t"]),
        ("statements", ["ferry.txt\tIlse Brandt → Norpress\tpledge\t2031-05-03\t“[bold]We sail[/bold],”\tstatement-1"]),
        (
            "timeline",
            [
                "2031-05-03 – 2031-05-04\tactual\tCOOPERATE\tFerry opened\t1 report, 1 origin",
                "undated\tplanned\t\tLater voyage\t0 reports, 1 origin",
            ],
        ),
    ],
)
def test_in_a_pipe_each_row_is_one_plain_line(view: str, rows: list[str], dossier: Dossier) -> None:
    assert piped(view, dossier).splitlines()[1:] == rows


def test_in_a_pipe_a_report_is_zones_and_statements_line_by_line(dossier: Dossier) -> None:
    out = StringIO()
    show_report(Console(file=out), dossier, ID)
    assert out.getvalue().splitlines() == [
        "zone\tferry.txt",
        "headline\tMayor opens \ufffd[31mferry",
        "dateline\tPORT ARLE, May 3 (Norpress) --",
        "body\t“[bold]We sail[/bold],” Mayor Ilse Brandt said.",
        "boilerplate\tAdvertisement",
        "Ilse Brandt → Norpress\t(direct, pledge, 2031-05-03, 1 origin)\t“[bold]We sail[/bold],”",
    ]


def test_marks_are_coloured_and_markup_in_a_report_is_only_text(dossier: Dossier) -> None:
    shown = on_screen(dossier)
    assert "\x1b[1;35msaid\x1b[0m" in shown  # the cue
    assert "\x1b[4;1;36mIlse Brandt\x1b[0m" in shown or "\x1b[1;4;36mIlse Brandt\x1b[0m" in shown  # source and mention
    assert "[bold]We sail[/bold]" in shown
    assert "boilerplate" in shown and "Ilse Brandt → Norpress" in shown
    assert "\x1b[31mferry" not in shown  # the report's own escape sequence does not reach the terminal


@given(st.text())
def test_plain_text_keeps_offsets_and_holds_nothing_a_terminal_obeys(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert all(letter in "\n\t" or category(letter) not in ("Cc", "Cs") for letter in shown)
    assert "\n" not in one_line(text) and "\t" not in one_line(text)
    shown.encode()
