"""The corpus: reports in every form in which they arrive, against what each must become.

`corpus/files` holds invented reports as people have them, `corpus/make.py` makes the forms that are no plain text, and
`corpus/expected.json` says for each file, report by report, what its masthead holds, how its body begins and ends, what
must not be told as story, or why it is refused. A value that is known to come out wrong stands in `corpus/known.tsv`
with its reason; once it comes out right, the row has to go.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from corpus.make import build
from hearsay.ingest import ingest
from hearsay.model import Report, Skipped, Sourced
from hearsay.settings import Settings

HERE = Path(__file__).parent / "corpus"
Expected: TypeAlias = dict[str, Any]
Found: TypeAlias = dict[str, list[Report | Skipped]]

COUNTED = ("headline", "published", "outlet", "agency")
FIELDS = (*COUNTED, "place", "revision", "language", "byline", "opens", "closes", "not_told", "refused")
FLOORS = {"headline": 0.97, "published": 0.97, "outlet": 0.95, "agency": 0.97}  # they only rise; the goal is 0.95


def _expected() -> dict[str, list[Expected]]:
    rows: dict[str, list[Expected]] = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))

    def whole(row: Expected) -> Expected:
        """The row of a report that stands in another file too: what is expected of it there, unless stated anew."""
        return {**whole(rows[row["like"]][row.get("nth", 0)]), **row} if "like" in row else row

    return {name: [whole(row) for row in of] for name, of in rows.items()}


def _known() -> dict[tuple[str, str], str]:
    lines = (HERE / "known.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {(file, field): reason for file, field, reason in rows}


EXPECTED = _expected()
KNOWN = _known()


def _cases() -> Iterator[Any]:
    for name, rows in EXPECTED.items():
        for field in ("count", *FIELDS):
            if field == "count" or any(field in row for row in rows):
                reason = KNOWN.get((name, field))
                marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
                yield pytest.param(name, field, id=f"{name}:{field}", marks=marks)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What every file of the corpus gives, by its name."""
    made = tmp_path_factory.mktemp("made")
    build(HERE / "files", made)
    files = {str(path.relative_to(root)): path for root in (HERE / "files", made) for path in root.rglob("*.*")}
    files |= {str(path.relative_to(made)): path for path in made.rglob("*") if path.is_file()}
    files["sidecar"] = HERE / "sidecar"  # a folder: its table states what its files do not
    return {name: list(ingest([path], Settings())) for name, path in sorted(files.items())}


def told(report: Report) -> str:
    """What is told as story, blanks made even."""
    zones = (zone for zone in report.zones if zone.kind in ("headline", "caption", "body"))
    return " ".join(" ".join(zone.span.of(report.text) for zone in zones).split())


def body(report: Report) -> str:
    """The body, blanks made even."""
    zones = (zone for zone in report.zones if zone.kind == "body")
    return " ".join(" ".join(zone.span.of(report.text) for zone in zones).split())


def value(report: Report, field: str) -> Any:
    """What a report says of one field of a row."""
    held: Any = report.dateline.place if field == "place" and report.dateline else getattr(report, field, None)
    if isinstance(held, Sourced):
        return held.value
    return [name.value for name in held] if isinstance(held, tuple) else held


def right(item: Report | Skipped, row: Expected, field: str) -> bool:
    """Is the field as it should be?"""
    want = row[field]
    if isinstance(item, Skipped):
        return field == "refused" and bool(re.search(want, item.why))
    if field == "opens":
        return body(item).startswith(want)
    if field == "closes":
        return body(item).endswith(want)
    if field == "not_told":
        return not any(words in told(item) for words in want)
    if field == "revision":  # "3rd LD" in "(3rd LD)"
        return str(want).casefold() in (value(item, field) or "").casefold()
    return field != "refused" and bool(value(item, field) == want)


def shown(item: Report | Skipped, field: str) -> str:
    """What to show where a field is wrong."""
    if isinstance(item, Skipped):
        return f"refused: {item.why}"
    if field in ("opens", "closes", "not_told"):
        return body(item) if field != "not_told" else told(item)
    return repr(value(item, field)) if field != "refused" else item.text[:200]


@pytest.mark.parametrize(("name", "field"), list(_cases()))
def test_what_each_file_becomes(name: str, field: str, found: Found) -> None:
    items, rows = found[name], EXPECTED[name]
    if field == "count":
        forms = [type(item).__name__ for item in items]
        whys = [item.why for item in items if isinstance(item, Skipped)]
        assert forms == ["Skipped" if "refused" in row else "Report" for row in rows], whys
        return
    assert len(items) == len(rows)
    for item, row in zip(items, rows, strict=True):
        if field in row:
            assert right(item, row, field), f"{row[field]!r} expected, {shown(item, field)}"


def test_every_file_is_expected_and_every_expectation_has_a_file(found: Found) -> None:
    assert sorted(found) == sorted(EXPECTED)
    assert len(found) >= 120
    assert {name for name, _ in KNOWN} <= set(found)


def test_zones_partition_every_text(found: Found) -> None:
    for items in found.values():
        for report in items:
            if isinstance(report, Report):
                assert "".join(zone.span.of(report.text) for zone in report.zones) == report.text


def test_mastheads_are_right(found: Found, capsys: pytest.CaptureFixture[str]) -> None:
    shares = {}
    for field in COUNTED:
        marks = []
        for name, rows in EXPECTED.items():
            items = found[name] if len(found[name]) == len(rows) else [Skipped(uri=name, why="")] * len(rows)
            marks += [right(item, row, field) for item, row in zip(items, rows, strict=True) if field in row]
        shares[field] = sum(marks) / len(marks)
    with capsys.disabled():
        line = ", ".join(f"{field} {share:.1%}" for field, share in shares.items())
        print(f"\ncorpus of {len(found)} files: {line}")
    assert not {field: share for field, share in shares.items() if share < FLOORS[field]}
