"""The embedded store: nothing is lost, nothing doubled, one writer, and errors that say what to do."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearsay.errors import HearsayError, OutputError, StoreError
from hearsay.link.pairwise import pairs_in_memory
from hearsay.model import Date, Event, Reading, Report, Skipped, Span, Timex, report_id
from hearsay.store import MEMORY, Store, open_store


def reading(number: int, text: str = "The ferry is late.") -> Reading:
    uri = f"{number:03}.txt"
    return Reading(report=Report(id=report_id(text, uri), uri=uri, text=text))


def event(id: str, label: str) -> Event:
    return Event(id=id, label=label, type=None, date=Date(start=None, end=None, granularity="unknown"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pile.db"


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, path: Path) -> Iterator[Store]:
    opened = open_store(MEMORY if request.param == "memory" else path)
    yield opened
    opened.close()


# -- rows --------------------------------------------------------------------------------------------------------------


def test_adding_twice_or_in_another_order_changes_nothing(store: Store) -> None:
    pile = [reading(number) for number in range(7)]
    store.add(pile)
    once = list(store.rows(Reading))
    store.add(reversed(pile))
    assert list(store.rows(Reading)) == once
    assert once == sorted(pile, key=lambda row: row.report.id)


def test_a_report_that_is_there_stays_as_it_was_read(store: Store) -> None:
    first = reading(1)
    store.add([first])
    span = Span(report=first.report.id, start=0, end=3)
    store.add([Reading(report=first.report, timexes=(Timex(span=span, type="DATE", value="2031"),))])
    assert list(store.rows(Reading)) == [first]


def test_what_was_never_written_is_empty(store: Store) -> None:
    assert list(store.rows(Timex)) == []


def test_replacing_leaves_only_the_new_rows(store: Store) -> None:
    store.replace(Event, [event("b", "flood"), event("a", "storm")])
    assert [row.id for row in store.rows(Event)] == ["a", "b"]
    store.replace(Event, [event("c", "thaw")])
    assert [row.id for row in store.rows(Event)] == ["c"]


def test_of_two_rows_with_one_id_the_same_one_stays_in_either_order(store: Store) -> None:
    rows = [event("a", "storm"), event("a", "flood")]
    store.replace(Event, rows)
    kept = list(store.rows(Event))
    store.replace(Event, rows[::-1])
    assert list(store.rows(Event)) == kept
    assert len(kept) == 1


def test_a_step_that_fails_half_way_leaves_the_earlier_rows(store: Store) -> None:
    store.replace(Event, [event("a", "storm")])

    def broken() -> Iterator[Event]:
        yield event("b", "flood")
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        store.replace(Event, broken())
    assert [row.id for row in store.rows(Event)] == ["a"]


def test_more_rows_than_a_page_come_back_once_each(store: Store) -> None:
    pile = [Skipped(uri=str(number), why="empty") for number in range(1203)]
    store.replace(Skipped, pile)
    assert sorted(int(row.uri) for row in store.rows(Skipped)) == list(range(1203))


def test_rows_outlive_the_process(path: Path) -> None:
    first = open_store(path)
    first.add([reading(1)])
    first.close()
    second = open_store(path)
    assert [row.report.uri for row in second.rows(Reading)] == ["001.txt"]
    second.close()


# -- pairs and map -----------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    keyed=st.lists(st.tuples(st.text(max_size=2), st.sampled_from("abcdefg")), max_size=30),
    limit=st.integers(min_value=0, max_value=5),
)
def test_pairs_are_those_of_the_join_in_memory(keyed: list[tuple[str, str]], limit: int) -> None:
    store = open_store(MEMORY)
    assert list(store.pairs(iter(keyed), limit)) == list(pairs_in_memory(keyed, limit))
    store.close()


def test_pairs_of_two_steps_may_be_drawn_in_turn(store: Store) -> None:
    one = store.pairs([("k", "a"), ("k", "b"), ("k", "c")], 10)
    assert next(one) == ("a", "b")
    store.replace(Event, [event("x", "storm")])
    assert list(store.pairs([("k", "y"), ("k", "z"), ("lone\udce9", "z")], 10)) == [("y", "z")]
    assert list(one) == [("a", "c"), ("b", "c")]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(store: Store, workers: int) -> None:
    assert list(store.map(abs, range(-20, 0), workers)) == list(range(20, 0, -1))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_worker_is_raised(store: Store, workers: int) -> None:
    with pytest.raises(ValueError, match="ten"):
        list(store.map(int, ["1", "ten"], workers))


def test_a_worker_that_dies_is_told() -> None:
    store = open_store(MEMORY)
    with pytest.raises(HearsayError, match="worker process died"):
        list(store.map(os._exit, [9], 2))
    store.close()


# -- one writer --------------------------------------------------------------------------------------------------------


def test_a_second_writer_is_kept_out_until_the_first_ends(path: Path) -> None:
    first = open_store(path)
    with pytest.raises(StoreError, match=r"pile\.db is in use by another process"):
        open_store(path)
    first.close()
    first.close()
    open_store(path).close()


def test_a_reader_sees_what_is_committed_and_cannot_write(path: Path) -> None:
    writer = open_store(path)
    writer.add([reading(1)])
    reader = open_store(path, read_only=True)
    writer.add([reading(2)])
    assert len(list(reader.rows(Reading))) == 2
    with pytest.raises(OutputError):
        reader.add([reading(3)])
    assert list(reader.pairs([("k", "a"), ("k", "b")], 5)) == [("a", "b")]
    reader.close()
    writer.close()


WRITER = """
import sys
from hearsay.model import Reading, Report, report_id
from hearsay.store import open_store
store = open_store(sys.argv[1])
for number in range(int(sys.argv[2]), 100000):
    uri = f"{number}.txt"
    store.add([Reading(report=Report(id=report_id("x" * 3000, uri), uri=uri, text="x" * 3000))])
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_writer_loses_nothing_it_committed(path: Path) -> None:
    said = -1
    for round_ in range(3):
        command = [sys.executable, "-c", WRITER, str(path), str(said + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            for _ in range(15 + 7 * round_):
                said = int(writer.stdout.readline())
            time.sleep(0.003 * round_)
            writer.send_signal(signal.SIGKILL)
            rest = writer.stdout.read().split("\n")[:-1]
            said = int(rest[-1]) if rest else said
        store = open_store(path)
        kept = {int(row.report.uri.removesuffix(".txt")) for row in store.rows(Reading)}
        store.close()
        assert set(range(said + 1)) <= kept


# -- errors ------------------------------------------------------------------------------------------------------------


def test_a_file_that_is_no_database(path: Path) -> None:
    path.write_text("Dear diary, today the ferry was late again. " * 100)
    with pytest.raises(StoreError, match=r"pile\.db is not a store of Hearsay; name another file"):
        open_store(path)
    assert path.read_text().startswith("Dear diary")


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE meta (key, value)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"pile\.db is a database of another program"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_store_of_a_later_version_is_left_alone(path: Path) -> None:
    open_store(path).close()
    later = sqlite3.connect(path)
    later.execute("UPDATE meta SET value = '999' WHERE key = 'version'")
    later.commit()
    later.close()
    with pytest.raises(StoreError, match=r"later Hearsay .*999.*update Hearsay"):
        open_store(path)


def test_a_lock_of_another_program_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("hearsay.store.sqlite.WAIT", 0.05)
    with pytest.raises(StoreError, match="in use by another process; wait"):
        open_store(path)
    other.close()
    open_store(path).close()


FILLED = """
import resource, signal, sys
from hearsay.errors import OutputError
from hearsay.model import Skipped
from hearsay.store import open_store
store = open_store(sys.argv[1])
store.replace(Skipped, [Skipped(uri="a", why="before")])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    store.replace(Skipped, [Skipped(uri=str(number), why="x" * 900) for number in range(2000)])
except OutputError as error:
    print(error)
print([row.why for row in store.rows(Skipped)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on files")
def test_a_full_disk_is_told_and_costs_nothing(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FILLED, str(path)], capture_output=True, text=True, check=True)
    message, kept = done.stdout.splitlines()
    assert "cannot be written" in message
    assert "free space" in message
    assert kept == "['before']"


def test_a_store_where_nothing_can_be_written_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(path)
    store.add([reading(1)])
    store.close()
    monkeypatch.setattr("hearsay.store.sqlite.os.access", lambda *_: False)
    reader = open_store(path, read_only=True)
    assert len(list(reader.rows(Reading))) == 1
    assert not path.with_name("pile.db-shm").exists()
    reader.close()


def test_a_damaged_file_is_told(path: Path) -> None:
    store = open_store(path)
    store.add([reading(number, "long " * 2000) for number in range(20)])
    store.close()
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = b"\xff" * (len(content) // 2 - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"pile\.db is damaged .*build the store again"):
        list(open_store(path).rows(Reading))


def test_a_row_that_cannot_be_read_is_named(path: Path) -> None:
    store = open_store(path)
    store.add([reading(1)])
    store.close()
    damaged = sqlite3.connect(path)
    damaged.execute("UPDATE reading SET body = '{}'")
    damaged.commit()
    damaged.close()
    with pytest.raises(StoreError, match=r"pile\.db is damaged: its reading report-\w+ cannot be read"):
        list(open_store(path, read_only=True).rows(Reading))


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder; name a file"):
        open_store(tmp_path)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        open_store(tmp_path / "file" / "pile.db")


def test_reading_a_store_that_is_not_there(path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist; build a store first"):
        open_store(path, read_only=True)
    assert not path.exists()
