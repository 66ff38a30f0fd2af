"""Explaining rows: every value with its words in context, its reason, and the step that made it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hearsay.errors import MissingPath
from hearsay.explain import CONTEXT, Explanation, Fact, explain
from hearsay.model import timex_id

sys.path.insert(0, str(Path(__file__).parent / "export"))
from page_sample import sample

DOSSIER = sample()
MADE = {"Statement": "link.statements@7", "When": "link.dates@3", "Report": "ingest@2"}
TEXTS = {report.id: report.text for report in DOSSIER.reports}
IDS = [
    *(row.id for rows in (DOSSIER.reports, DOSSIER.actors, DOSSIER.statements, DOSSIER.events, DOSSIER.utterances,
                          DOSSIER.relays, DOSSIER.conflicts, DOSSIER.commitments, DOSSIER.stories)
      for row in rows),
    *(timex_id(row) for row in DOSSIER.timexes),
]  # fmt: skip


def fact(found: Explanation, name: str) -> Fact:
    return next(fact for fact in found.facts if fact.name == name)


@pytest.mark.parametrize("id", IDS)
def test_every_row_is_explained_with_evidence_that_is_in_the_reports(id: str) -> None:
    found = explain(DOSSIER, id, made_by=MADE)
    assert found.facts and found.title and found.kind
    for one in found.facts:
        for quote in one.quotes:
            text = TEXTS[quote.report]
            assert quote.words.strip() == " ".join(text[quote.start : quote.end].split())
            around = " ".join(text[max(0, quote.start - CONTEXT) : quote.end + CONTEXT].split())
            shown = " ".join((quote.before.lstrip("…") + quote.words + quote.after.rstrip("…")).split())
            assert shown == around


def test_a_statement_tells_its_chain_with_the_words_that_show_each_link() -> None:
    statement = DOSSIER.statements[0]
    found = explain(DOSSIER, statement.id, made_by=MADE)
    assert found.by == "link.statements@7" and found.score == statement.confidence
    names = {actor.id: actor.name for actor in DOSSIER.actors}
    for place, link in enumerate(statement.chain, 1):
        shown = fact(found, f"chain {place}")
        assert shown.value == f"{names[link.actor]} ({link.actor})"
        assert [(quote.start, quote.end) for quote in shown.quotes] == [(s.start, s.end) for s in link.evidence]
    assert fact(found, "origins").value == str(statement.origins)


def test_actors_and_utterances_name_their_own_basis() -> None:
    assert explain(DOSSIER, DOSSIER.actors[0].id, made_by={"Actor": "other"}).by == "test@1"
    assert explain(DOSSIER, DOSSIER.utterances[0].id).by == "test@1"


def test_a_report_says_where_each_field_comes_from_and_one_field_can_be_asked_for() -> None:
    report = DOSSIER.reports[0]
    whole = explain(DOSSIER, report.uri, made_by=MADE)
    assert {"headline", "published", "language"} <= {one.name for one in whole.facts}
    for name in (report.id, report.uri):
        (published,) = explain(DOSSIER, f"{name}.published").facts
        assert published == fact(whole, "published")
        assert published.why and published.by == "test@1"
    missing = next(report for report in DOSSIER.reports if report.revision is None)
    assert explain(DOSSIER, f"{missing.id}.revision").facts[0].why == "nothing in the report supports it"


def test_a_report_names_what_it_passes_on() -> None:
    relay = DOSSIER.relays[0]
    shown = fact(explain(DOSSIER, relay.report), relay.kind)
    assert relay.id in shown.value
    assert [(quote.start, quote.end) for quote in shown.quotes] == [(s.start, s.end) for s in relay.evidence]


def test_rows_are_found_by_name_and_by_the_beginning_of_their_id() -> None:
    actor = DOSSIER.actors[0]
    assert explain(DOSSIER, actor.name.upper()).title == actor.name
    longest = max((row.id for row in DOSSIER.statements), key=len)
    assert explain(DOSSIER, longest).id == longest


@pytest.mark.parametrize("name", ["nowhere", "", "statement", "nowhere.published", "."])
def test_what_is_not_there_is_said(name: str) -> None:
    with pytest.raises(MissingPath):
        explain(DOSSIER, name)
