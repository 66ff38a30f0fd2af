"""A store through its life: whatever was added, restated or taken out, it is as if it had been built that way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hearsay import MissingPath, NothingToRead, Settings, pipeline
from hearsay.dossier import assemble
from hearsay.export.json import to_json
from hearsay.extract.reader import Tags
from hearsay.model import Reading
from hearsay.pile import is_related, made_by
from hearsay.pipeline import build, relate
from hearsay.store import MEMORY, Store, open_store
from hearsay.upkeep import add_reports, plan, remove_reports
from stub import StubReader


class NoReader(StubReader):
    """Must not be asked for anything."""

    def tag(self, text: str) -> Tags:
        raise AssertionError(f"read again: {text[:40]}")


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(MEMORY)
    yield opened
    opened.close()


def export(store: Store) -> str:
    return to_json(assemble(store))


def built(*paths: Path, settings: Settings = Settings()) -> str:  # noqa: B008
    return to_json(build(paths, reader=StubReader, settings=settings))


def related(store: Store) -> bool:
    return is_related(store, (reading.report for reading in store.rows(Reading)))


def names(reports: object) -> list[str]:
    return [report.uri for report in reports]  # type: ignore[attr-defined]


def test_only_new_work_is_done_and_named(pile: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = add_reports(store, [pile / "bridge.txt"], reader=StubReader)
    assert (names(first.new), first.changed, first.refused) == (["bridge.txt"], (), ())
    (pile / "empty.txt").write_text("")
    second = add_reports(store, [pile], reader=StubReader)
    assert names(second.new) == ["harbour.txt"]
    assert names(second.refused) == ["empty.txt"]
    assert export(store) == built(pile)
    monkeypatch.setattr(pipeline, "relate", lambda *_, **__: pytest.fail("related again for nothing"))
    assert not add_reports(store, [pile], reader=NoReader)


def test_a_text_that_changed_is_named_and_replaced_on_request(pile: Path, store: Store) -> None:
    add_reports(store, [pile], reader=StubReader)
    (pile / "harbour.txt").write_text(
        'Ferry runs again\n\nThe ferry runs, Ivo Brandt said: "It is repaired at last."\n'
    )
    kept = add_reports(store, [pile], reader=StubReader)
    assert (names(kept.new), names(kept.changed), names(kept.earlier)) == ([], ["harbour.txt"], ["harbour.txt"])
    assert len(list(store.rows(Reading))) == 3
    (pile / "harbour.txt").write_text('Ferry waits\n\nThe ferry waits, Ivo Brandt said: "It is broken once more."\n')
    replaced = add_reports(store, [pile], reader=StubReader, replace=True)
    assert len(replaced.earlier) == 2
    assert export(store) == built(pile)


@pytest.mark.parametrize("gone", ["bridge.txt", "harbour.txt"])
def test_a_report_taken_out_leaves_no_trace(pile: Path, store: Store, gone: str) -> None:
    add_reports(store, [pile], reader=StubReader)
    (report,) = remove_reports(store, [gone]).removed
    assert report.uri == gone
    (pile / gone).unlink()
    assert export(store) == built(pile)
    assert related(store)


def test_a_report_is_taken_out_by_its_id_and_comes_back(pile: Path, store: Store) -> None:
    (pile / "empty.txt").write_text("")
    add_reports(store, [pile], reader=StubReader)
    whole = export(store)
    id = next(reading.report.id for reading in store.rows(Reading))
    assert len(remove_reports(store, [id, id]).removed) == 1
    add_reports(store, [pile], reader=StubReader)
    assert export(store) == whole
    assert names(remove_reports(store, ["empty.txt"]).refused) == ["empty.txt"]
    (pile / "empty.txt").unlink()
    assert export(store) == built(pile)


def test_what_cannot_be_taken_out_changes_nothing(pile: Path, store: Store) -> None:
    add_reports(store, [pile], reader=StubReader)
    whole = export(store)
    with pytest.raises(MissingPath, match="no report here is called “nowhere”"):
        remove_reports(store, ["bridge.txt", "nowhere"])
    with pytest.raises(NothingToRead, match="leave no report"):
        remove_reports(store, ["bridge.txt", "harbour.txt"])
    assert export(store) == whole


def test_what_the_user_states_wins_and_may_be_stated_later(pile: Path, store: Store) -> None:
    stated = Settings(stated=(("outlet", "Mill Post"), ("date", "2031-05-07"), ("author", "Ada Quill")))
    add_reports(store, [pile], reader=StubReader)
    restated = add_reports(store, [pile], stated, reader=StubReader)
    assert names(restated.restated) == ["bridge.txt", "harbour.txt"]
    assert export(store) == built(pile, settings=stated)
    for reading in store.rows(Reading):
        assert reading.report.outlet and reading.report.published
        assert (reading.report.outlet.value, reading.report.outlet.origin) == ("Mill Post", "metadata")
        assert reading.report.published.value == "2031-05-07"
        assert [person.value for person in reading.report.byline] == ["Ada Quill"]
    assert not add_reports(store, [pile], stated, reader=NoReader)
    assert not add_reports(store, [pile], reader=NoReader)  # what was stated stays


def test_a_sidecar_that_comes_later_is_heeded(pile: Path, store: Store) -> None:
    add_reports(store, [pile], reader=StubReader)
    (pile / "reports.csv").write_text("file,outlet\nharbour.txt,Mill Post\n")
    assert {row.uri: row.fate for row in plan([pile], store=store)} == {
        "bridge.txt": "known",
        "harbour.txt": "restated",
    }
    assert names(add_reports(store, [pile], reader=StubReader).restated) == ["harbour.txt"]
    assert export(store) == built(pile)
    assert not add_reports(store, [pile], reader=NoReader)


def test_a_plan_says_what_would_be_done_and_does_nothing(pile: Path, store: Store) -> None:
    add_reports(store, [pile], reader=StubReader)
    whole = export(store)
    (pile / "empty.txt").write_text("")
    (pile / "harbour.txt").write_text("Harbour closed\n\nThe harbour is closed.\n")
    (pile / "rail.txt").write_text("Rail opened\n\nThe rail is open.\n")
    planned = {row.uri: row.fate for row in plan([pile], store=store)}
    assert planned == {"bridge.txt": "known", "empty.txt": "refused", "harbour.txt": "changed", "rail.txt": "new"}
    assert next(row.why for row in plan([pile], store=store) if row.fate == "refused")
    stated = {row.uri: row.fate for row in plan([pile], Settings(stated=(("outlet", "Mill Post"),)), store=store)}
    assert stated["bridge.txt"] == "restated"
    assert {row.fate for row in plan([pile])} == {"new", "refused"}
    assert export(store) == whole


def test_a_store_that_was_not_related_to_the_end_is_known_and_finished(pile: Path, store: Store) -> None:
    pipeline.add(store, [pile], reader=StubReader)
    assert not related(store)
    add_reports(store, [pile], reader=NoReader)
    assert related(store)
    assert export(store) == built(pile)


def test_the_steps_that_are_noted_are_those_that_rows_name(pile: Path, store: Store) -> None:
    add_reports(store, [pile], reader=StubReader)
    relate(store)
    noted = made_by(store)
    dossier = assemble(store)
    assert {row.basis.by for row in dossier.actors} == {noted["Actor"]}
    assert {row.basis.by for row in dossier.whens} == {noted["When"]}
    assert {row.basis.by for row in dossier.utterances} <= {noted["Utterance"]}
    assert noted["Reading"].startswith("stub-1")
