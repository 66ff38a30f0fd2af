"""What each report passes on."""

from __future__ import annotations

from pathlib import Path

from pile import dossier, names

from hearsay.model import Dossier, Relay

ONE = "Vandria opens a bridge\n\nLIRENTH, March 4, 2031 (Norvik News) -- President Mara Tolvik opened a bridge.\n\n"
TWO = "Bridge opened in Vandria\n\nMARESK, March 5, 2031 (Harbour Press) -- The river was high and the wind cold.\n\n"
TAG = '"We shall build a second bridge beside the old mill," Tolvik said, the Orlan News Agency reported.'


def to_actors(found: Dossier) -> dict[str, list[Relay]]:
    reports = {report.id for report in found.reports}
    rows: dict[str, list[Relay]] = {}
    for relay in found.relays:
        if relay.origin not in reports:
            rows.setdefault(names(found, [relay.origin])[0], []).append(relay)
    return rows


def test_a_medium_in_a_chain_is_a_primary_source_with_its_words(tmp_path: Path) -> None:
    found = dossier(tmp_path, one=ONE + TAG)
    (relay,) = to_actors(found)["Orlan News Agency"]
    assert relay.kind == "hadPrimarySource"
    assert "the Orlan News Agency" in [span.of(found.reports[0].text) for span in relay.evidence]


def test_reports_with_an_utterance_through_one_medium_share_its_dispatch(tmp_path: Path) -> None:
    found = dossier(tmp_path, one=ONE + TAG, two=TWO + "President Mara Tolvik came.\n\n" + TAG)
    keys = {relay.dispatch for relay in to_actors(found)["Orlan News Agency"]}
    assert len(keys) == 1
    assert None not in keys


def test_reports_that_share_nothing_share_no_dispatch(tmp_path: Path) -> None:
    other = '"The harvest will be poor in all provinces," said Minister Ivo Brandt, the Orlan News Agency reported.'
    found = dossier(tmp_path, one=ONE + TAG, two=TWO + other)
    assert {relay.dispatch for relay in to_actors(found)["Orlan News Agency"]} == {None}


def test_the_report_of_the_named_medium_itself_is_the_origin_where_it_is_at_hand(tmp_path: Path) -> None:
    own = (
        "Bridge opened\n\n"
        "Lirenth, 4 March 2031. /ORLAN/. The President got acquainted in detail with the new bridge.\n\n"
        "/ORLAN/"
    )
    relayed = ONE + 'The president "got acquainted in detail with the new bridge," state agency ORLAN said.'
    found = dossier(tmp_path, own=own, two=relayed)
    ids = {report.uri: report.id for report in found.reports}
    assert (ids["two.txt"], ids["own.txt"]) in {(relay.report, relay.origin) for relay in found.relays}


def test_a_statement_in_other_words_goes_back_to_its_medium_where_the_speaker_says_the_like(tmp_path: Path) -> None:
    dateline = "Lirenth, 4 March 2031. /ORLAN/. "
    quote = '"The gates in Lirenth were opened an hour before," Minister Ivo Brandt said.'
    own = f"Gates held\n\n{dateline}{quote}\n\n/ORLAN/"
    other = f"Harvest poor\n\n{dateline}The harvest was poor in all provinces, Minister Ivo Brandt said.\n\n/ORLAN/"
    told = TWO + 'Minister Ivo Brandt said that "they were opened in time," state agency ORLAN reported.'
    found = dossier(tmp_path, own=own, other=other, told=told)
    ids = {report.uri: report.id for report in found.reports}
    quoted = {(relay.report, relay.origin) for relay in found.relays if relay.kind == "wasQuotedFrom"}
    assert (ids["told.txt"], ids["other.txt"]) not in quoted
    assert (ids["told.txt"], ids["own.txt"]) in quoted


def test_a_copy_is_derived_from_the_earlier_report(tmp_path: Path) -> None:
    body = (
        "President Mara Tolvik opened a bridge over the river on Monday in front of two thousand people and a band.\n\n"
        "The old bridge had been closed since a barge struck its middle pillar in a winter storm many years ago."
    )
    found = dossier(
        tmp_path,
        early="Vandria opens a bridge\n\nLIRENTH, March 4, 2031 (Norvik News) -- " + body,
        late="Bridge opened in Vandria\n\nMARESK, March 6, 2031 (Harbour Press) -- " + body + "\n\nIt rained all week.",
    )
    ids = {report.uri: report.id for report in found.reports}
    copies = [
        (r.report, r.origin)
        for r in found.relays
        if r.kind in {"duplicate", "wasDerivedFrom"} and r.origin in ids.values()
    ]
    assert copies == [(ids["late.txt"], ids["early.txt"])]
