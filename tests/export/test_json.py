"""The JSON dossier keeps its contract: the schema, exact spans, every list, stable bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from hearsay.export import EXPORTERS
from hearsay.export.json import reading_to_json, to_json
from hearsay.model import (
    Basis,
    Dateline,
    Dossier,
    Event,
    Reading,
    Report,
    Skipped,
    Sourced,
    Span,
    Statement,
    Timex,
    When,
    Zone,
)
from hearsay.model import Date as ModelDate
from strategies import dossiers, readings

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "dossier.schema.json"
TEXT = "VELMORA, May 3 -- “The dam holds,” Orsa Lund said. 🌊 It does."
# Large values: a failure is told as found, shrinking one takes minutes.
LARGE = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@cache
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    return loaded


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(report="r1", start=start, end=start + len(words))


def dossier() -> Dossier:
    """One report with one of everything that matters here."""
    dateline = Dateline(
        span=span("VELMORA, May 3"),
        place=Sourced(value="Velmora", evidence=(span("VELMORA"),)),
        date=Sourced(value="XXXX-05-03", evidence=(span("May 3"),)),
    )
    report = Report(
        id="r1",
        uri="dam.txt",
        text=TEXT,
        zones=(Zone(span=Span(report="r1", start=0, end=len(TEXT)), kind="body"),),
        agency=Sourced(value="Velmora Wire", origin="metadata"),
        byline=(Sourced(value="A. Reed", evidence=(span("Orsa"),)), Sourced(value="B. Moss", evidence=(span("Lund"),))),
        dateline=dateline,
        published=Sourced(value="XXXX-05-03", evidence=(span("May 3"),)),
        extra=(("desk", "rivers"),),
    )
    statement = Statement(
        id="s1", report="r1", form="direct", content=(span("“The dam holds,”"),), cue=span("said"), source=None,
        speaker=None, confidence=0.98765,
    )  # fmt: skip
    when = When(
        subject="r1", value="2031-05-03", earliest="2031-05-03", latest="2031-05-03", stated=False,
        why="Its dateline gives the day, another report the year.", basis=Basis(by="link.dates@1"),
    )  # fmt: skip
    return Dossier(
        reports=(report,),
        whens=(when,),
        statements=(statement,),
        timexes=(Timex(span=span("May 3"), type="DATE", value="2031-05-03"),),
        events=(Event(id="e1", label="dam", type=None, date=ModelDate(start=None, end=None, granularity="unknown")),),
        skipped=(Skipped(uri="caf\udce9.bin", why="not text"),),
    )


def exported() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(to_json(dossier()))
    return content


def undeclared(value: Any, rule: dict[str, Any], where: str = "") -> Iterator[str]:
    """Keys of an export that the schema does not know."""
    while "$ref" in rule:
        rule = schema()["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    for option in rule.get("anyOf", []):
        if value is not None and option.get("type") != "null":
            yield from undeclared(value, option, where)
            return
    if isinstance(value, list):
        for item in value:
            yield from undeclared(item, rule["items"], f"{where}[]")
    elif isinstance(value, dict):
        free = rule.get("additionalProperties")
        for key, item in value.items():
            if key in rule.get("properties", {}):
                yield from undeclared(item, rule["properties"][key], f"{where}.{key}")
            elif free is None:
                yield f"{where}.{key}"


def spans_of(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"report", "start", "end", "text"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans_of(item)


@LARGE
@given(dossiers())
def test_every_dossier_fits_the_schema_and_its_spans_their_reports(some: Dossier) -> None:
    text = to_json(some)
    content = json.loads(text)
    Draft202012Validator(schema()).validate(content)
    assert not list(undeclared(content, schema()))
    texts = {report["id"]: report["text"] for report in content["reports"]}
    for found in spans_of(content):
        assert found["text"] == texts[found["report"]][found["start"] : found["end"]]
    assert to_json(some) == text


def test_an_empty_dossier_has_every_list() -> None:
    content = json.loads(to_json(Dossier(reports=())))
    Draft202012Validator(schema()).validate(content)
    assert list(content) == schema()["required"]
    assert all(content[name] == [] for name in content if name not in ("format", "hearsay"))
    assert content["format"] == 1


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("statements", {"confidence": 1.5}),
        ("statements", {"form": "reported"}),
        ("statements", {"chain": [{"actor": "a1"}]}),
        ("reports", {"zones": [{"report": "r1", "start": 0, "end": 3, "kind": "body"}]}),
        ("events", {"date": None}),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(name: str, change: dict[str, Any]) -> None:
    content = exported()
    assert Draft202012Validator(schema()).is_valid(content)
    content[name][0].update(change)
    assert not Draft202012Validator(schema()).is_valid(content)


@pytest.mark.parametrize("path", [("relays",), ("statements", 0, "chain"), ("reports", 0, "published"), ("format",)])
def test_the_schema_misses_what_is_left_out(path: tuple[Any, ...]) -> None:
    content = exported()
    holder: Any = content
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    assert not Draft202012Validator(schema()).is_valid(content)


def test_a_report_says_what_its_fields_rest_on() -> None:
    report = exported()["reports"][0]
    assert report["dateline"] == {"place": "Velmora", "date": "XXXX-05-03"}
    assert report["byline"] == ["A. Reed", "B. Moss"]
    assert report["published"]["value"] == "2031-05-03"
    assert report["published"]["stated"] is False
    assert report["metadata"] == {"desk": "rivers"}
    fields = {name: (field["from"], [s["text"] for s in field["evidence"]]) for name, field in report["fields"].items()}
    assert fields == {
        "agency": ("metadata", []),
        "byline": ("text", ["Orsa", "Lund"]),
        "dateline": ("text", ["VELMORA, May 3"]),
        "published": ("inference", []),
    }


def test_spans_count_code_points_and_scores_have_two_decimals() -> None:
    content = exported()
    statement = content["statements"][0]
    assert statement["content"] == [{"report": "r1", "start": 18, "end": 34, "text": "“The dam holds,”"}]
    assert statement["confidence"] == 0.99
    assert statement["source"] is None
    assert content["timexes"][0]["mod"] is None


def test_the_text_is_readable_and_the_bytes_are_utf8() -> None:
    text = to_json(dossier())
    assert text.endswith("}\n")
    assert "🌊" in text
    data = EXPORTERS["json"](dossier())
    assert data == text.encode("utf-8")
    assert json.loads(data)["skipped"] == [{"uri": "caf\udce9.bin", "why": "not text"}]


@LARGE
@given(readings())
def test_a_reading_is_one_line_with_exact_spans(reading: Reading) -> None:
    line = reading_to_json(reading)
    assert "\n" not in line
    content = json.loads(line)
    assert {"report", "attributions", "mentions", "timexes", "events"} <= content.keys()
    for found in spans_of(content):
        assert found["text"] == reading.report.text[found["start"] : found["end"]]
    assert [row["within"] for row in content["attributions"]] == [row.within for row in reading.attributions]


def test_a_reading_leaves_dates_as_the_report_states_them() -> None:
    only = dossier()
    line = json.loads(reading_to_json(Reading(report=only.reports[0], timexes=only.timexes)))
    assert line["report"]["published"]["value"] == "XXXX-05-03"
    assert line["report"]["fields"]["published"]["from"] == "text"


@pytest.mark.parametrize("name", sorted(EXPORTERS))
def test_a_format_names_the_ending_of_its_files(name: str) -> None:
    endings = {"markdown": ".md"}
    assert EXPORTERS[name].suffix == endings.get(name, f".{name}")
