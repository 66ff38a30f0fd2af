"""Hostile files: each is refused by name or read, within bounds of time and memory, and the pile around it goes on.

The files of `corpus/hostile.py` are laid in a few folders together with good reports; each folder is read by a process
of its own (`corpus/watch.py`), which may be killed without harm to the others.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from corpus.hostile import HOSTILE, LEAD, SECRET

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are set in the manner of Unix"),
    pytest.mark.timeout(600),  # for all of them: the first test reads the piles
]

SECONDS = 10.0  # of the processor: the clock depends on what else the machine does
MEMORY = 2**30
BATCHES = 4
WATCH = Path(__file__).parent / "corpus" / "watch.py"
GOOD = {
    "0-first.txt": f"Lisk builds wall\n\n{LEAD}",
    "m-middle.jsonl": json.dumps({"id": "m-middle.jsonl", "title": "Lisk builds wall", "text": LEAD}),
    "zz-last.csv": f'id,title,text\nzz-last.csv,Lisk builds wall,"{LEAD}"\n',
}
# Files that break a bound today, and how; those that would take the suite's time are not run.
NOT_RUN = {
    "many-short-lines.txt": "a fifth of a millisecond a line",
}
KNOWN: dict[str, str] = {}


@dataclass
class Outcome:
    """What became of one file."""

    seconds: float = 0.0
    peak: int = 0
    items: list[dict[str, Any]] = field(default_factory=list)


def _watch(folder: Path) -> tuple[dict[str, Outcome], bool]:
    """What became of every file of the folder that was opened, and whether the run came to its end."""
    run = subprocess.run(
        [sys.executable, str(WATCH), str(folder), SECRET],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        check=False,
        timeout=500,
    )
    events = [json.loads(line) for line in run.stdout.splitlines() if line.endswith(b"}")]
    outcomes: dict[str, Outcome] = {}
    last = Outcome()
    peak, began = 0, 0.0
    for event in events:
        last.seconds = event["seconds"] - began
        last.peak = event["peak"] if event["peak"] > peak else 0  # only what this file added
        if "file" in event and event["file"] not in outcomes:
            peak, began, last = event["peak"], event["seconds"], Outcome()
            outcomes[event["file"]] = last
        elif "uri" in event:
            last.items.append(event)
    return outcomes, bool(events) and "done" in events[-1]


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Outcome], bool]]:
    """All hostile files among good ones, in a few folders."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "secret").write_text(SECRET)
    folders = [root / str(number) / "pile" for number in range(BATCHES)]
    for folder in folders:
        folder.mkdir(parents=True)
        for name, text in GOOD.items():
            (folder / name).write_text(text)
    names = [name for name in HOSTILE if name not in NOT_RUN]
    for number, name in enumerate(names):
        data = HOSTILE[name]().replace(b"{secret}", str(root / "secret").encode())
        (folders[number % BATCHES] / name).write_bytes(data)
    os.mkfifo(folders[0] / "pipe.txt")
    (folders[0] / "loop").symlink_to(folders[0])
    (folders[0] / "nowhere.txt").symlink_to(folders[0] / "nothing")
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(_watch, folders))
    strangers = [*root.rglob("*escaped*"), *Path("/tmp").glob("hearsay-escaped*")]
    assert not strangers, "an archive wrote outside itself"
    return found


def _cases() -> list[Any]:
    def mark(name: str) -> list[pytest.MarkDecorator]:
        if name in NOT_RUN:
            return [pytest.mark.xfail(run=False, reason=NOT_RUN[name])]
        return [pytest.mark.xfail(strict=True, reason=KNOWN[name])] if name in KNOWN else []

    return [pytest.param(name, id=name, marks=mark(name)) for name in HOSTILE]


@pytest.mark.parametrize("name", _cases())
def test_is_read_or_refused_within_bounds(name: str, batches: list[tuple[dict[str, Outcome], bool]]) -> None:
    outcome = next((outcomes[name] for outcomes, _ in batches if name in outcomes), None)
    assert outcome is not None, "not reached: the run ended before it"
    assert outcome.items, "neither read nor refused: the run ended in it"
    assert outcome.seconds <= SECONDS
    assert outcome.peak <= MEMORY
    for item in outcome.items:
        assert "why" not in item or 10 <= len(item["why"]) <= 300, item
        assert not item.get("told"), "tells what stands in another file"
        assert item.get("length", 0) <= 20_000_000


@pytest.mark.parametrize("number", range(BATCHES))
def test_the_pile_goes_on(number: int, batches: list[tuple[dict[str, Outcome], bool]]) -> None:
    outcomes, ended = batches[number]
    assert ended
    for name in GOOD:
        assert [item.get("headline") for item in outcomes[name].items if item["uri"] == name] == ["Lisk builds wall"]


def test_what_is_no_file_is_refused(batches: list[tuple[dict[str, Outcome], bool]]) -> None:
    items = [item for outcomes, _ in batches for outcome in outcomes.values() for item in outcome.items]
    whys = {item["uri"]: item.get("why", "") for item in items}
    assert "not a regular file" in whys["pipe.txt"]
    assert whys["nowhere.txt"]
    assert not any(uri.startswith("loop/") for uri in whys)


def test_there_are_enough() -> None:
    assert len(HOSTILE) >= 40
    assert {*KNOWN, *NOT_RUN} <= set(HOSTILE)
