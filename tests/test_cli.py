"""The command line: what it writes and prints, its one-sentence errors and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
Run = subprocess.CompletedProcess[str]
posix = pytest.mark.skipif(os.name != "posix", reason="terminals and signals of the POSIX kind")


def hearsay(*arguments: str | Path, cwd: Path | None = None) -> Run:
    """Run the real command in a process of its own."""
    command = [sys.executable, "-m", "hearsay.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, timeout=240)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """The examples with their unreadable files, built once."""
    folder = tmp_path_factory.mktemp("built") / "dossier"
    return folder, hearsay("build", EXAMPLES / "reports", EXAMPLES / "junk", "-o", folder)


@pytest.mark.model
def test_build_writes_three_files_and_says_what_it_did(built: tuple[Path, Run]) -> None:
    folder, run = built
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert {path.name for path in folder.iterdir()} >= {"hearsay.db", "dossier.json", "dossier.html"}
    summary = run.stdout.splitlines()
    dossier = json.loads((folder / "dossier.json").read_text("utf-8"))
    assert summary[0] == (
        f"8 reports, {len(dossier['statements'])} statements, {len(dossier['actors'])} actors, "
        f"{len(dossier['events'])} events."
    )
    assert summary[1] == "Not read: 2 files"
    assert [line.split(":")[0].strip() for line in summary[2:4]] == ["binary.txt", "empty.txt"]
    assert summary[-2] == f"Look at {folder / 'dossier.html'}"
    assert summary[-1].startswith(f"Go on: hearsay show {folder} statements | ")


@pytest.mark.model
def test_export_gives_what_build_wrote(built: tuple[Path, Run], tmp_path: Path) -> None:
    folder, _ = built
    run = subprocess.run(
        [sys.executable, "-m", "hearsay.cli", "export", folder, "--format", "json"], capture_output=True, check=True
    )
    assert run.stdout == (folder / "dossier.json").read_bytes()
    page = tmp_path / "new" / "page.html"
    assert hearsay("export", folder / "hearsay.db", "--format", "html", "-o", page).returncode == 0
    assert page.read_bytes() == (folder / "dossier.html").read_bytes()


@pytest.mark.model
@pytest.mark.parametrize("view", ["overview", "reports", "actors", "statements", "timeline"])
def test_every_view_shows_the_examples_without_colour_codes(view: str, built: tuple[Path, Run]) -> None:
    run = hearsay("show", built[0], view)
    assert (run.returncode, run.stderr) == (0, "")
    assert len(run.stdout.splitlines()) > 8
    assert "\x1b" not in run.stdout


@pytest.mark.model
def test_one_report_is_found_by_a_part_of_its_name(built: tuple[Path, Run]) -> None:
    run = hearsay("show", built[0], "report", "merrion")
    assert run.returncode == 0
    assert run.stdout.startswith("zone\t03-merrion.txt\n")
    assert " → Merrion" in run.stdout


@pytest.mark.model
def test_read_json_prints_one_reading_a_line_and_names_what_it_skips() -> None:
    run = hearsay("read", "--json", EXAMPLES / "reports" / "feed.jsonl", EXAMPLES / "junk" / "empty.txt")
    assert run.returncode == 0
    readings = [json.loads(line) for line in run.stdout.splitlines()]
    assert [reading["report"]["uri"] for reading in readings] == ["tidewater-0417", "examiner-1120"]
    assert all(reading["attributions"] for reading in readings)
    assert "not read: " in run.stderr and "empty.txt" in run.stderr


@pytest.mark.model
def test_read_for_people_shows_the_text() -> None:
    run = hearsay("read", EXAMPLES / "reports" / "02-esn.txt")
    assert run.returncode == 0
    assert run.stdout.count("headline\t") == 1 and "\t(mixed, " in run.stdout


def test_version_is_one_line() -> None:
    run = hearsay("--version")
    assert run.returncode == 0
    assert run.stdout.split()[0] == "hearsay" and len(run.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("build", "nowhere.txt"), 2, "nowhere.txt does not exist"),
        (("read", "nowhere.txt"), 2, "nowhere.txt does not exist"),
        (("show", "nowhere"), 2, "nowhere does not exist; make it with `hearsay build"),
        (("show", "."), 2, "hearsay.db does not exist"),
        (("export", "nowhere"), 2, "nowhere does not exist"),
        (("show", ".", "weather"), 2, "there is no view “weather”; choose one of"),
        (("show", ".", "report"), 2, "which report?"),
        (("export", ".", "--format", "papyrus"), 2, "there is no format “papyrus”; choose one of csv, html"),
        (("build", "note.txt", "-o", "note.txt/dossier"), 3, "cannot write note.txt/dossier"),
        (("build", "note.txt", "-o", "note.txt"), 3, "cannot write note.txt"),
        (("build", ".", "-o", "dossier"), 2, "dossier lies inside ., which is to be read"),
        (("show", "note.txt"), 4, "note.txt"),
        (("build", "empty.txt", "-o", "out"), 2, "empty.txt"),
        (("read", "empty.txt"), 2, "no report could be read"),
        (("build", "note.txt", "-o", "out", "--model", "nomodel"), 5, "nomodel"),
    ],
)
def test_an_error_is_one_sentence_and_an_exit_code(
    arguments: tuple[str, ...], code: int, words: str, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("A note that is no store.\n" * 40, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    run = hearsay(*arguments, cwd=tmp_path)
    assert run.returncode == code
    last = run.stderr.splitlines()[-1]
    assert last.startswith("hearsay: ") and words in last
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


@pytest.mark.model
def test_a_damaged_store_is_named_and_not_shown(built: tuple[Path, Run], tmp_path: Path) -> None:
    damaged = tmp_path / "hearsay.db"
    whole = (built[0] / "hearsay.db").read_bytes()
    damaged.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    for command in (("show", damaged), ("build", EXAMPLES / "reports", "-o", tmp_path)):
        run = hearsay(*command)
        assert run.returncode == 4
        assert run.stderr.startswith("hearsay: ") and "hearsay.db" in run.stderr
        assert len(run.stderr.splitlines()) == 1
        assert run.stdout == ""


def test_a_missing_path_is_noticed_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("A note.", "utf-8")
    assert hearsay("build", "note.txt", "nowhere.txt", "-o", "out", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "out").exists()


def test_a_name_with_escape_codes_reaches_no_terminal(tmp_path: Path) -> None:
    run = hearsay("build", "\x1b]0;owned\x07", cwd=tmp_path)
    assert run.returncode == 2
    assert "\x1b" not in run.stderr and "\x07" not in run.stderr


def in_terminal(*arguments: str | Path) -> str:
    """What the command writes when its outputs are a terminal."""
    import pty

    master, slave = pty.openpty()
    command = [sys.executable, "-m", "hearsay.cli", *map(str, arguments)]
    with subprocess.Popen(command, stdout=slave, stderr=slave, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"}):
        os.close(slave)
        written = b""
        try:
            while chunk := os.read(master, 65536):
                written += chunk
        except OSError:  # Linux reports the other end's closing as an error
            pass
    os.close(master)
    return written.decode()


@posix
@pytest.mark.model
def test_a_terminal_gets_a_progress_bar_and_colours(built: tuple[Path, Run], tmp_path: Path) -> None:
    assert "read" in in_terminal("build", EXAMPLES / "reports" / "02-esn.txt", "-o", tmp_path / "out")
    assert "\x1b[1;35m" in in_terminal("show", built[0], "report", "02-esn")


@posix
@pytest.mark.model
def test_a_reader_that_goes_away_is_no_error(built: tuple[Path, Run]) -> None:
    command = [sys.executable, "-m", "hearsay.cli", "export", str(built[0])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""


@posix
@pytest.mark.model
def test_interrupting_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    text = (EXAMPLES / "reports" / "02-esn.txt").read_text("utf-8")
    many.write_text("".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n in range(2000)), "utf-8")
    command = [sys.executable, "-m", "hearsay.cli", "build", str(many), "-o", str(tmp_path / "out")]
    with subprocess.Popen(  # a shell that starts the tests in the background lets them ignore Ctrl-C
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "out" / "hearsay.db").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr == "hearsay: interrupted\n"
