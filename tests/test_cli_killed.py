"""`hearsay add` killed a hundred times, at moments of chance: nothing that was added is lost, nothing is added twice.

One process loads the program and forks a child for each try, so that a try costs its work and not its start.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hearsay.export.json import to_json
from hearsay.pipeline import build
from stub import StubReader

TESTS = Path(__file__).parent
KILLS = 100
REPORTS = 40

# Forks a child that runs the command, kills it after a time of chance, and says how it ended and what was kept by then.
KILLER = """
import json, os, random, signal, sqlite3, sys, time
from stub import StubReader
from hearsay import pipeline
from hearsay.cli import app
import hearsay.export.html, hearsay.export.json, hearsay.upkeep, hearsay.terminal, hearsay.store.sqlite

pile, folder, kills, how = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
commands = [["add", pile, folder]]
if how == "remove":
    commands.append(["remove", folder, "extra-1.txt"])

class Slow(StubReader):
    name = "stub-1"

    def tag(self, text):
        time.sleep(0.02)
        return super().tag(text)

pipeline.ShippedReader = lambda model=None: Slow
pipeline.BATCH = 3
chance = random.Random(20)
ends = []
list(pipeline.read([pile], reader=Slow))  # loads what is loaded late, so that children need not
for number in range(kills):
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            app(commands[number % len(commands)])
        except SystemExit as error:
            os._exit(error.code or 0)
        except KeyboardInterrupt:  # before the command had begun
            os._exit(130)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(99)
    time.sleep(chance.expovariate(1 / 0.12))
    os.kill(child, signal.SIGINT if chance.random() < 0.3 else signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with sqlite3.connect(f"file:{folder}/hearsay.db?mode=ro", uri=True) as db:
        kept = sorted(id for (id,) in db.execute("SELECT id FROM reading"))
    db.close()
    ends.append((os.waitstatus_to_exitcode(status), kept))
json.dump(ends, sys.stdout)
"""


@pytest.fixture
def large(pile: Path) -> Path:
    for number in range(REPORTS):
        text = (
            f"Ferry {number} runs again\n\nMARESK, March {number % 28 + 1} (Norpress) -- The ferry runs on line "
            f'{number}, Ivo Brandt said. "Line {number} is mended," Mara Tolvik told reporters.\n'
        )
        (pile / f"ferry{number:02}.txt").write_text(text)
    return pile


def killed(pile: Path, folder: Path, how: str) -> list[tuple[int, list[str]]]:
    path = os.pathsep.join([str(TESTS), *sys.path])
    command = [sys.executable, "-c", KILLER, str(pile), str(folder), str(KILLS), how]
    run = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, timeout=240)
    assert run.returncode == 0, run.stderr
    print(run.stderr)  # shown where the test fails
    return [(code, kept) for code, kept in json.loads(run.stdout)]


def finish(*command: str | Path) -> int:
    """Let a command run to its end; its exit code."""
    program = (
        "import sys; from stub import StubReader; from hearsay import pipeline; from hearsay.cli import app\n"
        "pipeline.ShippedReader = lambda model=None: StubReader\n"
        "app(sys.argv[1:])"
    )
    path = os.pathsep.join([str(TESTS), *sys.path])
    line = [sys.executable, "-c", program, *map(str, command)]
    return subprocess.run(line, env={**os.environ, "PYTHONPATH": path}, capture_output=True, timeout=120).returncode


@pytest.mark.skipif(os.name != "posix", reason="forks and signals of the POSIX kind")
@pytest.mark.parametrize("how", ["add", "remove"])
def test_a_hundred_kills_lose_nothing(large: Path, tmp_path: Path, how: str) -> None:
    folder, first = tmp_path / "dossier", tmp_path / "extra-1.txt"
    folder.mkdir()
    first.write_text('Bakers slept\n\nThe bakers slept, Ada Quill said: "We rest on Mondays."\n')
    build([first], store=folder / "hearsay.db", reader=StubReader)
    ends = killed(large, folder, how)
    # Done, aborted or stopped before it began, nothing left to remove, interrupted, killed.
    assert {code for code, _ in ends} <= {0, 1, 2, 130, -signal.SIGINT, -signal.SIGKILL}
    assert len({len(kept) for _, kept in ends}) > 2  # kills came while reports were added
    assert sum(code != 0 for code, _ in ends) > KILLS // 4
    for (_, before), (_, after) in itertools.pairwise(ends):
        assert len(set(before) - set(after)) <= (how == "remove")  # what was kept once is never lost
    with closing(sqlite3.connect(folder / "hearsay.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert finish("add", large, folder) == 0
    assert finish("remove", folder, "extra-1.txt") in (0, 2)
    assert (folder / "dossier.json").read_text("utf-8") == to_json(build([large], reader=StubReader))
