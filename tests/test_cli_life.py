"""The commands over a store's life, in this process with the stub reader: what they do, say and refuse."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hearsay import pipeline
from hearsay.cli import app
from hearsay.dossier import assemble
from hearsay.export import EXPORTERS
from hearsay.model import Reading
from hearsay.pipeline import build
from hearsay.store import open_store
from stub import StubReader

FERRY = 'Ferry runs again\n\nMARESK, March 9 (Norpress) -- The ferry runs, Ivo Brandt said: "It is mended at last."\n'


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stub instead of the neural reader."""
    monkeypatch.setattr(pipeline, "ShippedReader", lambda model=None: StubReader)


def hearsay(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def done(*arguments: str | Path) -> str:
    result = hearsay(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def folder(pile: Path, tmp_path: Path) -> Path:
    """The pile built."""
    done("build", pile, "-o", tmp_path / "dossier")
    return tmp_path / "dossier"


def written(folder: Path) -> dict[str, bytes]:
    return {name: (folder / f"dossier.{name}").read_bytes() for name in ("json", "html")}


def files_of(folder: Path) -> dict[str, bytes]:
    """All files but those that SQLite lays beside a store that is open."""
    beside = ("-shm", "-wal")
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(beside)}


def fresh(pile: Path, tmp_path: Path) -> dict[str, bytes]:
    done("build", pile, "-o", tmp_path / "fresh")
    return written(tmp_path / "fresh")


# -- add and remove ----------------------------------------------------------------------------------------------------


def test_adding_says_what_is_new_what_changed_and_what_was_refused(pile: Path, folder: Path, tmp_path: Path) -> None:
    (pile / "ferry.txt").write_text(FERRY)
    (pile / "empty.txt").write_text("")
    lines = done("add", pile, folder).splitlines()
    assert lines[:4] == ["New: 1 report", "  ferry.txt", "Not read: 1 file", "  empty.txt: is empty; nothing to read"]
    assert lines[-1].startswith("Now 3 reports, ")
    assert written(folder) == fresh(pile, tmp_path)
    assert done("list", folder, "--skipped").splitlines()[1] == "empty.txt\tis empty; nothing to read"
    assert len(done("list", folder).splitlines()) == 4
    (pile / "empty.txt").unlink()
    (pile / "ferry.txt").write_text(FERRY.replace("mended", "painted"))
    lines = done("add", pile, folder).splitlines()
    assert lines[:2] == ["Changed: 1 report", "  ferry.txt"]
    earlier = lines[2].split()[-1]
    assert lines[2].startswith("Earlier texts of what changed are kept; ")
    assert done("remove", folder, earlier).splitlines()[:2] == ["Removed: 1 report", "  ferry.txt"]
    done("remove", folder, "empty.txt")
    shutil.rmtree(tmp_path / "fresh")
    assert written(folder) == fresh(pile, tmp_path)
    assert done("add", pile / "ferry.txt", folder).splitlines()[0] == "Nothing is new."


def test_adding_to_the_file_alone_writes_no_other(pile: Path, folder: Path) -> None:
    before = written(folder)
    (pile / "ferry.txt").write_text(FERRY)
    done("add", pile, folder / "hearsay.db")
    assert written(folder) == before


def test_what_is_stated_with_the_command_stands_in_the_dossier(pile: Path, folder: Path) -> None:
    done("add", pile / "bridge.txt", folder, "--outlet", "Mill Post", "--date", "2031-05-07", "--author", "Ada Quill")
    report = json.loads((folder / "dossier.json").read_text())["reports"][0]
    assert (report["outlet"], report["byline"], report["published"]["value"]) == (
        "Mill Post", ["Ada Quill"], "2031-05-07",
    )  # fmt: skip
    assert report["fields"]["outlet"]["from"] == "metadata"
    assert "Stated anew: 1 report" in done("add", pile / "bridge.txt", folder, "--agency", "Norvik News")
    refused = hearsay("add", pile, folder, "--date", "soon")
    assert (refused.exit_code, refused.stderr) == (
        2, "hearsay: --date “soon” is no date; write it as 2031, 2031-05 or 2031-05-07\n",
    )  # fmt: skip


def test_a_column_may_be_named(tmp_path: Path) -> None:
    table = tmp_path / "pile.csv"
    table.write_text('Blatt,Wortlaut\nMill Post,"Bakers slept all day, Ada Quill said on Monday in Maresk."\n', "utf-8")
    done("build", table, "-o", tmp_path / "out", "--column", "text=Wortlaut", "--column", "outlet=Blatt")
    (report,) = json.loads((tmp_path / "out" / "dossier.json").read_text("utf-8"))["reports"]
    assert (report["outlet"], "Bakers slept" in report["text"]) == ("Mill Post", True)


def test_a_dry_run_writes_nothing(pile: Path, folder: Path, tmp_path: Path) -> None:
    (pile / "ferry.txt").write_text(FERRY)
    (pile / "empty.txt").write_text("")
    before = files_of(folder)
    result = hearsay("add", pile, folder, "--dry-run")
    assert result.stdout.splitlines() == [
        "known\tbridge.txt", "refused\tempty.txt\tis empty; nothing to read", "new\tferry.txt", "known\tharbour.txt",
    ]  # fmt: skip
    assert result.stderr == "1 report to read, 2 known, 1 refused; nothing was written\n"
    assert files_of(folder) == before
    assert "new\tferry.txt" in done("build", pile, "-o", tmp_path / "other", "--dry-run")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("add", "PILE", "nowhere"), 2, "nowhere does not exist; make it with `hearsay build"),
        (("add", "nowhere", "DIR"), 2, "nowhere does not exist; name files or folders"),
        (("add", "AROUND", "DIR"), 2, "lies inside"),
        (("remove", "DIR", "nowhere"), 2, "no report here is called “nowhere”"),
        (("remove", "DIR", "bridge.txt", "harbour.txt"), 2, "would leave no report"),
        (("remove", "DIR", ".txt"), 2, "fits 2 reports"),
        (("explain", "DIR", "nowhere"), 2, "nothing here is called “nowhere”"),
        (("ask", "DIR", "--by", "Mara Tolvig"), 2, "did you mean Mara Tolvik"),
        (("export", "DIR", "--format", "csv"), 2, "name one with -o FOLDER"),
        (("export", "DIR", "--raw"), 2, "--raw has no meaning for json"),
        (("add", "PILE", "DIR", "--column", "text"), 2, "--column “text” is no FIELD=NAME; fields are id, "),
        (("list", "PILE"), 2, "hearsay.db does not exist"),
        (("list", "PILE/bridge.txt"), 4, "is not a store of Hearsay"),
        (("remove", "PILE/bridge.txt", "x"), 4, "is not a store of Hearsay"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: tuple[str, ...], code: int, words: str, pile: Path, folder: Path
) -> None:
    names = {"PILE": pile, "DIR": folder, "AROUND": pile.parent}
    named = [str(names.get(a, a)).replace("PILE", str(pile)) for a in arguments]
    result = hearsay(*named)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr and result.stderr.count("\n") == 1


# -- questions ---------------------------------------------------------------------------------------------------------


def test_asking_and_explaining(folder: Path) -> None:
    rows = [line.split("\t") for line in done("ask", folder, "--by", "mara", "--about", "building").splitlines()]
    assert rows[0][-1] == "id" and len(rows) == 3
    found = [json.loads(line) for line in done("ask", folder, "--by", "MARA", "--json").splitlines()]
    assert {row["uri"] for row in found} == {"bridge.txt", "harbour.txt"}
    assert "Tolvik" in found[0]["chain"][0]["name"]
    nothing = hearsay("ask", folder, "--about", "tunnels")
    assert (nothing.exit_code, nothing.stderr) == (0, "hearsay: no statement fits; ask for less\n")
    explained = done("explain", folder, rows[1][-1])
    assert explained.startswith("statement\t") and "link.statements@" in explained.splitlines()[0]
    assert "[Tolvik]" in explained or "[Mara Tolvik]" in explained
    assert "2031-06" not in done("explain", folder, "bridge.txt.headline")


def test_options_and_their_values_are_completed() -> None:
    words = {"_HEARSAY_COMPLETE": "complete_bash", "COMP_WORDS": "hearsay ask dossier --kind pl", "COMP_CWORD": "4"}
    assert CliRunner().invoke(app, [], env=words, prog_name="hearsay").stdout.split() == ["pledge"]
    words = {"_HEARSAY_COMPLETE": "complete_bash", "COMP_WORDS": "hearsay ex", "COMP_CWORD": "1"}
    assert CliRunner().invoke(app, [], env=words, prog_name="hearsay").stdout.split() == ["explain", "export"]


def test_exports_of_several_files_and_of_one(folder: Path, tmp_path: Path) -> None:
    done("export", folder, "-f", "csv", "-o", tmp_path / "tables")
    assert "statements.csv" in {path.name for path in (tmp_path / "tables").iterdir()}
    assert (tmp_path / "tables" / "reports.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")
    done("export", folder, "-f", "csv", "-o", tmp_path / "tables", "--raw")
    assert (tmp_path / "tables" / "reports.csv").read_bytes().startswith(b"id,")
    assert done("export", folder, "-f", "markdown").startswith("# Dossier\n")


# -- stores that are not as they should be -----------------------------------------------------------------------------

LOOKS = (("list",), ("show",), ("ask",), ("export",), ("explain", "bridge.txt"))


@pytest.mark.parametrize("how", ["added", "removed"])
def test_a_run_that_stopped_before_relating_is_said_and_finished(
    how: str, pile: Path, folder: Path, tmp_path: Path
) -> None:
    (pile / "ferry.txt").write_text(FERRY)
    store = open_store(folder / "hearsay.db")
    if how == "added":
        pipeline.add(store, [pile], reader=StubReader)
    else:
        store.replace(Reading, [row for row in store.rows(Reading) if row.report.uri != "bridge.txt"])
    store.close()
    for look in LOOKS:
        result = hearsay(look[0], folder, *look[1:])
        assert (result.exit_code, result.stdout) == (4, "")
        assert "was stopped before its end; run it again" in result.stderr
    done("add", pile, folder)
    assert written(folder) == fresh(pile, tmp_path)


def test_a_store_of_a_later_version_another_program_or_a_full_writer(pile: Path, folder: Path, tmp_path: Path) -> None:
    later, other = tmp_path / "later.db", tmp_path / "other.db"
    shutil.copy(folder / "hearsay.db", later)
    with sqlite3.connect(later) as db:
        db.execute("UPDATE meta SET value = '999' WHERE key = 'version'")
    db.close()
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE things (name TEXT)")
    db.close()
    for path, words in ((later, "was written by a later Hearsay"), (other, "is a database of another program")):
        content = path.read_bytes()
        for looking in (("list", path), ("add", pile, path), ("remove", path, "bridge.txt")):
            result = hearsay(*looking)
            assert (result.exit_code, result.stdout) == (4, ""), looking
            assert words in result.stderr and result.stderr.count("\n") == 1
        assert path.read_bytes() == content
    writer = open_store(folder / "hearsay.db")
    for command in (("add", pile, folder), ("remove", folder, "bridge.txt"), ("build", pile, "-o", folder)):
        result = hearsay(*command)
        assert result.exit_code == 4 and "is in use by another process" in result.stderr
    assert "bridge.txt" in done("list", folder)  # reading goes on beside a writer
    writer.close()


def _damaged(content: bytes) -> Iterator[bytes]:
    """Files cut off, and files with bytes that the disk lost."""
    chance = random.Random(4)
    for part in (0.0, 0.001, 0.01, 0.2, 0.5, 0.9, 0.999):
        yield content[: int(len(content) * part)]
    for _ in range(40):
        broken = bytearray(content)
        start = chance.randrange(len(content))
        broken[start : start + chance.choice((1, 16, 4096))] = os.urandom(chance.choice((1, 16, 4096)))
        yield bytes(broken)


def test_a_damaged_store_is_one_sentence_or_still_readable(pile: Path, folder: Path, tmp_path: Path) -> None:
    with sqlite3.connect(folder / "hearsay.db") as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    content = (folder / "hearsay.db").read_bytes()
    seen = set()
    for number, broken in enumerate(_damaged(content)):
        path = tmp_path / f"damaged{number}.db"
        path.write_bytes(broken)
        for command in (("export", path), ("add", pile, path)):
            result = hearsay(*command)
            assert result.exception is None or isinstance(result.exception, SystemExit), (number, result.exception)
            assert result.exit_code in (0, 4), (number, command, result.output)
            if result.exit_code:
                assert result.stderr.startswith("hearsay: ") and result.stderr.count("\n") == 1
            seen.add(result.exit_code)
    assert seen == {0, 4}


def test_the_dossier_of_a_grown_store_is_that_of_one_run(pile: Path, folder: Path) -> None:
    with_store = open_store(folder / "hearsay.db", read_only=True)
    assert EXPORTERS["json"](assemble(with_store)) == EXPORTERS["json"](build([pile], reader=StubReader))
    with_store.close()
