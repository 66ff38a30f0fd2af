#!/usr/bin/env python3
"""How fast Hearsay reads and relates, stage by stage, and how much of reading is the encoder.

In come the example reports, repeated under other addresses until there are about `--reports` of them; out goes a table:
seconds, reports a second, and each stage's time as a share of the encoder's. Seconds belong to one machine and hour;
the shares, taken within one run in one process, are what can be compared. Copies are harder to relate than news is:
every name and sentence has as many doubles as there are copies.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from hearsay import Report, Settings
from hearsay.extract import read
from hearsay.extract.reader import OnnxReader, Reader, Tags
from hearsay.ingest import ingest
from hearsay.pipeline import relate
from hearsay.store import open_store

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
T = TypeVar("T")


class TimedReader:
    """Another reader, and the seconds that were spent in it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.name = reader.name
        self.seconds = 0.0

    def tag(self, text: str) -> Tags:
        """Tag one text and count the time."""
        tags, seconds = timed(lambda: self._reader.tag(text))
        self.seconds += seconds
        return tags


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` gives, and the seconds it took."""
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def write_copies(folder: Path, copies: int) -> None:
    """The examples `copies` times over, each time under addresses of their own."""
    for number in range(copies):
        target = folder / f"copy{number:03}"
        target.mkdir()
        for path in sorted(EXAMPLES.iterdir()):
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".jsonl":
                text = "".join(renamed(line, number) for line in text.splitlines())
            (target / path.name).write_text(text, encoding="utf-8")


def renamed(line: str, number: int) -> str:
    """A record of JSON lines with another id."""
    record = json.loads(line)
    return json.dumps({**record, "id": f"{record['id']}-{number:03}"}) + "\n"


def rows(wanted: int) -> Iterator[tuple[str, float]]:
    """Stages with their seconds; first of all ("reports", how many there are)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_copies(folder, max(1, wanted // 8))
        _, tables = timed(lambda: list(ingest([folder / "copy000"], Settings())))
        items, seconds = timed(lambda: list(ingest([folder], Settings())))
    reports = [item for item in items if isinstance(item, Report)]
    yield "reports", len(reports)
    yield "load tables, once", tables
    yield "ingest", seconds
    reader, loading = timed(lambda: TimedReader(OnnxReader()))
    readings, extracting = timed(lambda: [read(report, reader) for report in reports])
    yield "load the model, once", loading
    yield "extract: encoder", reader.seconds
    yield "extract: rules", extracting - reader.seconds
    with closing(open_store(":memory:")) as store:
        yield "keep", timed(lambda: store.add(readings))[1]
        yield "link", timed(lambda: relate(store))[1]


def main() -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100, help="about how many (default 100)")
    table = dict(rows(parser.parse_args().reports))
    count = table.pop("reports")
    unit = table["extract: encoder"]
    print(f"{count:.0f} reports: the examples, repeated. One process; shares are of the encoder's time.\n")
    print(f"{'stage':22}{'seconds':>9}{'reports/s':>11}{'share':>8}")
    for stage, seconds in table.items():
        print(f"{stage:22}{seconds:9.2f}{count / max(seconds, 1e-9):11.1f}{seconds / unit:8.2f}")
    extract = unit + table["extract: rules"]
    print(
        f"\nThe encoder takes {unit / extract:.0%} of extract; extract runs at {count / extract:.1f} reports a second."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
