"""Chains: through whom words reached the reader."""

from __future__ import annotations

import re

import pytest

from hearsay.extract.attributions import find_attributions
from hearsay.extract.chains import assemble_chains
from hearsay.model import Mention, Report, Sourced, Span, Zone

ID = "report-x"
PEOPLE = re.compile(r"President Orlo|Minister Vash|Orlo|Vash|Dorn")
BODIES = re.compile(r"Karn News Agency|KNA|[Ss]tate media|the interior ministry|Channel Six")


def report(text: str, *, agency: str = "", outlet: str = "") -> Report:
    zone = Zone(span=Span(report=ID, start=0, end=len(text)), kind="body")
    return Report(
        id=ID,
        uri="x.txt",
        text=text,
        zones=(zone,),
        agency=Sourced(value=agency) if agency else None,
        outlet=Sourced(value=outlet) if outlet else None,
    )


def mentions(text: str) -> list[Mention]:
    first: dict[str, Span] = {}
    found = []
    for pattern, kind in ((PEOPLE, "person"), (BODIES, "organisation")):
        for m in pattern.finditer(text):
            span = Span(report=ID, start=m.start(), end=m.end())
            key = m.group().split()[-1]
            known = first.setdefault(key, span)
            found.append(Mention(span=span, kind=kind, form="name", antecedents=() if known == span else (known,)))  # type: ignore[arg-type]
    return sorted(found, key=lambda m: m.span)


def chains(text: str, *, agency: str = "", outlet: str = "") -> dict[str, list[str]]:
    """First words of each statement's content -> names of its chain."""
    told = report(text, agency=agency, outlet=outlet)
    known = mentions(text)
    done = assemble_chains(told, find_attributions(told, tags=(), mentions=known), known)
    return {
        " ".join(a.content[0].of(text).split()[:3]): [
            hop.name or (hop.party.of(text) if hop.party else "") for hop in a.chain
        ]
        for a in done
        if not a.folded
    }


def test_a_closing_tag_stands_between_speaker_and_agency() -> None:
    text = "Orlo pledged to rebuild the town, KNA said."
    assert chains(text, agency="XNA")["to rebuild the"] == ["Orlo", "KNA", "XNA"]


def test_three_steps() -> None:
    text = "Orlo pledged to rebuild the town, state media said."
    assert chains(text, agency="XNA", outlet="The Valley Post")["to rebuild the"] == [
        "Orlo", "state media", "XNA", "The Valley Post",
    ]  # fmt: skip


def test_a_declaration_for_the_whole_piece_holds_until_the_reporter_speaks() -> None:
    text = (
        "Orlo opened a bridge in the far valley on Monday, according to state media.\n"
        "Vash stressed the need for more bridges.\n"
        "The valley has been cut off for years and nobody lives there.\n"
        "Dorn praised the village for its patience."
    )
    got = chains(text, agency="XNA")
    assert got["the need for"] == ["Vash", "state media", "XNA"]
    assert got["the village for"] == ["Dorn", "XNA"]


def test_a_tag_in_the_lead_holds_for_those_it_names_and_for_the_occasion_only() -> None:
    text = (
        "Orlo received Vash at a meeting in the far valley on Monday, state media reported.\n"
        "Vash stressed the need for more bridges.\n"
        "At the meeting, Dorn praised the village for its patience.\n"
    )
    got = chains(text, agency="XNA")
    assert got["the need for"] == ["Vash", "state media", "XNA"]
    assert got["the village for"] == ["Dorn", "state media", "XNA"]


def test_a_tag_holds_for_what_follows_of_the_same_speaker_until_another() -> None:
    text = (
        "It rained.\nThe road was wet.\nThe talks began late.\n"
        "Orlo praised the valley, Karn News Agency reported.\n"
        "Orlo vowed to come again.\n"
        "Vash vowed to stay."
    )
    got = chains(text, outlet="The Valley Post")
    assert got["to come again"] == ["Orlo", "Karn News Agency", "The Valley Post"]
    assert got["to stay"] == ["Vash", "The Valley Post"]


def test_a_medium_that_was_spoken_to_is_a_link_but_not_the_publisher_itself() -> None:
    text = "“I shall stay,” Orlo told the private broadcaster Channel Six.\n“I shall go,” Vash told XNA."
    got = chains(text, agency="XNA")
    assert got["“I shall stay,”"] == ["Orlo", "the private broadcaster Channel Six", "XNA"]
    assert got["“I shall go,”"] == ["Vash", "XNA"]


def test_agency_and_outlet_are_one_link_where_they_are_the_same() -> None:
    text = "Orlo vowed to come again."
    assert chains(text, agency="XNA", outlet="XNA")["to come again"] == ["Orlo", "XNA"]


def test_a_ministry_that_speaks_for_itself_is_no_relay_of_what_follows() -> None:
    text = "At least 40 people died in the flood, the interior ministry said.\nOrlo vowed to come again."
    assert chains(text, agency="XNA")["to come again"] == ["Orlo", "XNA"]


@pytest.mark.parametrize("verb", ["presented", "delivered"])
def test_a_report_speaks_for_whoever_presented_it(verb: str) -> None:
    text = f"Vash {verb} a report on the harvest.\nThe report “stressed the need for rain.”"
    assert next(iter(chains(text, agency="XNA").values())) == ["Vash", "XNA"]


def test_an_office_stands_nearer_to_the_speaker_than_the_medium_that_quotes_it() -> None:
    text = (
        "KNA reported that Orlo vowed to stay in the valley, according to the interior ministry.\n"
        "Orlo vowed to come again."
    )
    got = chains(text, outlet="The Valley Post")
    assert got["to stay in"] == ["Orlo", "the interior ministry", "KNA", "The Valley Post"]
    assert got["to come again"] == ["Orlo", "the interior ministry", "KNA", "The Valley Post"]


def test_a_pledge_from_somebody_is_that_ones() -> None:
    text = "Vash came home with a pledge from President Orlo that no tax would rise, state media reported."
    assert chains(text, agency="XNA")["no tax would"] == ["President Orlo", "state media", "XNA"]
