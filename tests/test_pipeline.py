"""From paths to a dossier: nothing read twice, nothing lost, the same bytes however it was run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hearsay
from hearsay import Dossier, MissingPath, NothingToRead, Reading, Settings, Skipped
from hearsay.export.json import to_json
from hearsay.extract.reader import Tags
from hearsay.pipeline import build, read, relate
from hearsay.store import open_store
from stub import StubReader

TESTS = Path(__file__).parent


class NoReader(StubReader):
    """Must not be asked for anything."""

    def tag(self, text: str) -> Tags:
        raise AssertionError(f"read again: {text[:40]}")


class Fragile(StubReader):
    """Fails on one report."""

    def tag(self, text: str) -> Tags:
        if "plans another bridge" in text:
            raise IndexError("a bug")
        return super().tag(text)


def export(dossier: Dossier) -> str:
    return to_json(dossier)


@pytest.fixture
def whole(pile: Path) -> str:
    """The pile's export, built in the plainest way."""
    return export(build([pile], reader=StubReader))


# -- what comes out ----------------------------------------------------------------------------------------------------


def test_a_pile_becomes_a_dossier(pile: Path) -> None:
    dossier = build([pile], reader=StubReader)
    assert [report.uri for report in dossier.reports] == ["bridge.txt", "harbour.txt"]
    assert dossier.skipped == ()
    texts = {report.id: report.text for report in dossier.reports}
    said = [span.of(texts[span.report]) for row in dossier.statements for span in row.content]
    assert sum("We will build a second one next year" in words for words in said) == 2
    names = {actor.id: actor.name for actor in dossier.actors}
    speakers = {names[row.speaker] for row in dossier.statements if row.speaker}
    assert any("Tolvik" in name for name in speakers)
    assert dossier.timexes
    assert {when.subject for when in dossier.whens} >= set(texts)


def test_reading_alone_relates_nothing(pile: Path) -> None:
    found = list(read([pile], reader=StubReader))
    assert [row.report.uri for row in found if isinstance(row, Reading)] == ["bridge.txt", "harbour.txt"]
    assert all(row.attributions for row in found if isinstance(row, Reading))


# -- the same bytes ----------------------------------------------------------------------------------------------------


def test_order_repetition_and_processes_do_not_show(pile: Path, whole: str) -> None:
    files = sorted(pile.iterdir())
    assert export(build(files[::-1] + files, reader=StubReader)) == whole
    assert export(build([pile], settings=Settings(workers=2), reader=StubReader)) == whole


def test_a_store_that_grows_gives_what_one_run_gives(pile: Path, tmp_path: Path, whole: str) -> None:
    store = tmp_path / "pile.db"
    build([pile / "harbour.txt"], store=store, reader=StubReader)
    assert export(build([pile / "bridge.txt"], store=store, reader=StubReader)) == whole
    assert export(build([pile], store=store, reader=NoReader)) == whole


class LaterReader(StubReader):
    """Reads nothing but names."""

    name = "stub-2"

    def tag(self, text: str) -> Tags:
        return Tags(entity=super().tag(text).entity)


def test_another_reader_reads_everything_again_also_what_is_gone(pile: Path, tmp_path: Path) -> None:
    store = tmp_path / "pile.db"
    build([pile], store=store, reader=StubReader)
    expected = export(build([pile], reader=LaterReader))
    (pile / "bridge.txt").unlink()
    assert export(build([pile], store=store, reader=LaterReader)) == expected
    assert export(build([pile], store=store, reader=LaterReader)) == expected


ELSEWHERE = """
import sys
from pathlib import Path
from stub import StubReader
from hearsay.export.json import to_json
from hearsay.pipeline import build
sys.stdout.buffer.write(to_json(build([Path(sys.argv[1])], reader=StubReader)).encode())
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_seed_of_hashes_does_not_show(pile: Path, whole: str, seed: str) -> None:
    path = os.pathsep.join([str(TESTS), *sys.path])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    command = [sys.executable, "-c", ELSEWHERE, str(pile)]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == whole


def test_relating_again_changes_nothing(pile: Path, tmp_path: Path, whole: str) -> None:
    store = open_store(tmp_path / "pile.db")
    build([pile], store=store, reader=StubReader)
    relate(store)
    assert export(build([pile], store=store, reader=NoReader)) == whole
    store.close()


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_a_file_that_is_refused_is_listed_once_and_costs_no_other(pile: Path, tmp_path: Path) -> None:
    (pile / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    store = tmp_path / "pile.db"
    for reader in (StubReader, NoReader):
        dossier = build([pile, pile], store=store, reader=reader)
        assert [row.uri for row in dossier.skipped] == ["picture.txt"]
        assert dossier.skipped[0].why
        assert len(dossier.reports) == 2
    (pile / "picture.txt").unlink()
    (pile / "picture.txt").write_text("Ferry runs again\n\nThe ferry to Ostmark runs again, its owner said.\n")
    mended = build([pile], store=store, reader=StubReader)
    assert mended.skipped == ()
    assert len(mended.reports) == 3


@pytest.mark.parametrize("workers", [1, 2])
def test_a_report_that_breaks_the_reader_costs_only_itself(pile: Path, workers: int) -> None:
    dossier = build([pile], settings=Settings(workers=workers), reader=Fragile)
    assert [report.uri for report in dossier.reports] == ["bridge.txt"]
    assert [row.uri for row in dossier.skipped] == ["harbour.txt"]
    assert "IndexError: a bug" in dossier.skipped[0].why


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(NothingToRead, match="name files or folders"):
        build([tmp_path], reader=StubReader)
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(NothingToRead, match=r"empty\.txt: "):
        build([tmp_path], reader=StubReader)


def test_a_path_that_is_not_there(pile: Path) -> None:
    with pytest.raises(MissingPath, match="nowhere"):
        build([pile, pile / "nowhere"], reader=StubReader)


PIECES = st.sampled_from(
    [
        "Mara Tolvik", "Ivo Brandt, the minister", "she", " said", " told reporters", " that ", "“We go,”", "“", "”",
        '"', "VELMORA, May 3 (Norvik News) --", "next Wednesday", "on June 31", "last month", "in 2031",
        "the two ministers", " signed a treaty", " will visit Ostmark", ". ", ", ", "\n", "\n\n", " ", "(", ")",
        "--", "a\u0301", "🌊",
        "\u200d", "\xa0", "By ", "©", "1,000", "Ltd.", "'s", "…",
    ]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join), min_size=1, max_size=3))
def test_no_text_breaks_a_run(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number}.txt").write_bytes(text.encode("utf-8"))
        try:
            dossier = build([folder], reader=StubReader)
        except NothingToRead as error:
            assert "please report this" not in str(error)
            return
    assert not [row for row in dossier.skipped if "please report this" in row.why]
    content = json.loads(export(dossier))
    assert len(content["reports"]) + len(content["skipped"]) == len(texts)
    for report in content["reports"]:
        assert "".join(zone["text"] for zone in report["zones"]) == report["text"]


# -- being stopped -----------------------------------------------------------------------------------------------------

STOPPED = """
import os, sys
from pathlib import Path
from stub import StubReader
from hearsay import pipeline

class Dying(StubReader):
    read = 0

    def tag(self, text):
        Dying.read += 1
        if Dying.read > 4:
            os._exit(9)
        return super().tag(text)

pipeline.BATCH = 2
pipeline.build([Path(sys.argv[1])], store=sys.argv[2], reader=Dying)
"""


def test_a_run_that_died_goes_on_where_it_was(pile: Path, tmp_path: Path) -> None:
    for number in range(6):
        text = f"Ferry {number} runs again\n\nThe ferry runs on line {number}, Ivo Brandt said.\n"
        (pile / f"ferry{number}.txt").write_text(text)
    store = tmp_path / "pile.db"
    path = os.pathsep.join([str(TESTS), *sys.path])
    command = [sys.executable, "-c", STOPPED, str(pile), str(store)]
    assert subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, check=False).returncode == 9
    opened = open_store(store)
    assert len(list(opened.rows(Reading))) == 4
    opened.close()
    assert export(build([pile], store=store, reader=StubReader)) == export(build([pile], reader=StubReader))


def test_progress_ends_at_its_total(pile: Path) -> None:
    last: dict[str, tuple[int, int]] = {}

    def progress(step: str, done: int, total: int) -> None:
        assert 0 <= done <= total
        last[step] = (done, total)

    build([pile], reader=StubReader, progress=progress)
    assert last["read"] == (2, 2)
    assert all(done <= total for done, total in last.values())


# -- the package's door ------------------------------------------------------------------------------------------------


def test_importing_the_package_loads_no_numeric_library() -> None:
    heavy = "{'numpy', 'onnxruntime', 'rapidfuzz', 'tokenizers', 'jinja2', 'typer', 'sqlite3'}"
    code = f"import sys, hearsay; print(sorted({heavy} & set(sys.modules)))"
    path = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_public_names_are_there_and_sorted() -> None:
    assert hearsay.__all__ == sorted(hearsay.__all__)
    assert all(hasattr(hearsay, name) for name in hearsay.__all__)
    assert hearsay.build is build


def test_what_is_skipped_comes_through_reading_alone(pile: Path) -> None:
    (pile / "empty.txt").write_text("")

    def names(rows: Iterator[Reading | Skipped]) -> list[str]:
        return [row.uri for row in rows if isinstance(row, Skipped)]

    assert names(read([pile], reader=StubReader)) == ["empty.txt"]


def test_an_export_is_json(whole: str) -> None:
    content = json.loads(whole)
    assert len(content["reports"]) == 2
