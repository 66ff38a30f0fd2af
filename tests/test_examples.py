"""The example's gold quotes its reports exactly, and the reports hold the traps that its README promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
EXPECTED: dict[str, Any] = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))


def texts() -> dict[str, str]:
    """Text of every example report, by file name or record id."""
    found = {path.name: path.read_text(encoding="utf-8") for path in sorted((EXAMPLES / "reports").glob("*.txt"))}
    for line in (EXAMPLES / "reports" / "feed.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        found[record["id"]] = record["title"] + "\n\n" + record["text"]
    return found


def quoted(node: Any) -> Iterator[tuple[str, str]]:
    """Every (report, words) pair in a part of the gold."""
    if isinstance(node, list):
        for item in node:
            yield from quoted(item)
    elif isinstance(node, dict):
        if "file" in node:
            words = [node[key] for key in ("text", "headline", "revision", "cue") if node.get(key)]
            words += [*node.get("parts", []), *node.get("boilerplate", [])]
            yield from ((node["file"], text) for text in words)
        for value in node.values():
            yield from quoted(value)


def test_gold_covers_every_report() -> None:
    assert {report["file"] for report in EXPECTED["reports"]} == set(texts())
    assert len(texts()) == 8


@pytest.mark.parametrize("part", [key for key, value in EXPECTED.items() if isinstance(value, list)])
def test_gold_quotes_the_reports_exactly(part: str) -> None:
    known = texts()
    assert [(file, text) for file, text in quoted(EXPECTED[part]) if text not in known[file]] == []


def test_time_expressions_stand_where_gold_says() -> None:
    known = texts()
    for timex in EXPECTED["timex"]:
        assert known[timex["file"]][timex["start"] : timex["end"]] == timex["text"]


def test_every_name_in_a_chain_is_an_actor() -> None:
    names = {actor["name"] for actor in EXPECTED["actors"]}
    links = {one for said in EXPECTED["statements"] for link in said["chain"] for one in link.split(" + ")}
    assert links <= names


def test_the_readme_counts_what_the_gold_holds() -> None:
    page = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for key, noun in (("actors", "actors"), ("statements", "statements"), ("timex", "time expressions"),
                      ("events", "events")):  # fmt: skip
        assert f"{len(EXPECTED[key])} {noun}" in page
