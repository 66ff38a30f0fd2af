"""The doctor: sound here, and it names what is wrong where something is."""

from __future__ import annotations

import re
import shutil
import tempfile
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pytest

from hearsay import doctor
from hearsay.data import table
from hearsay.doctor import Check, examine, wal_reset
from hearsay.ingest.formats import FORMATS

ROOT = Path(__file__).parents[1]
READER = files("hearsay.data") / "reader"


def checks(model: Path | None = None) -> dict[str, Check]:
    return {check.name: check for check in examine(model)}


@pytest.mark.model
def test_here_everything_works_and_each_format_is_named() -> None:
    found = checks()
    assert {check.name: check.found for check in found.values() if check.state == "broken"} == {}
    assert {f"format {form.name}" for form in FORMATS} <= set(found)
    assert found["reader"].found.startswith("reader-")
    assert all(check.advice for check in found.values() if check.state != "ok")


@pytest.mark.parametrize(
    ("number", "faulty"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_versions_of_sqlite_that_can_lose_commits_are_known(number: tuple[int, int, int], faulty: bool) -> None:
    assert wal_reset(number) is faulty


@pytest.mark.model
def test_a_damaged_or_missing_model_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(str(READER), folder)
    (folder / "tokenizer.json").write_text("{}")
    (folder / "labels.json").unlink()
    found = checks(folder)
    assert found["tokenizer.json"].state == "note"
    assert found["labels.json"].state == "broken"
    assert found["reader"].state == "broken"
    monkeypatch.setattr(doctor, "files", lambda package: tmp_path)
    assert {check.name: check.state for check in doctor._model(None)}["tokenizer.json"] == "broken"


def test_a_library_that_is_missing_is_named_with_what_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name in ("numpy", "openpyxl") else find_spec(name))
    libraries = {check.name: check for check in doctor._libraries()}
    assert (libraries["numpy"].state, libraries["numpy"].advice) == ("broken", "pip install numpy")
    formats = {check.name: check for check in doctor._formats()}
    assert formats["format Excel workbook"].state == "missing"
    assert formats["format text"].state == "ok"


def test_a_folder_for_temporary_files_that_is_not_there_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert doctor._room().state == "broken"
    assert doctor._store().state == "broken"


def test_every_library_of_a_format_is_one_that_the_project_installs() -> None:
    declared = (ROOT / "pyproject.toml").read_text("utf-8")
    for row in table("format_libraries"):
        wanted = re.search(rf'^    "{row["package"]}>=', declared, re.MULTILINE)
        assert wanted or row["package"] == "lxml"  # which comes with trafilatura
        assert find_spec(row["module"]), row


def test_every_library_that_the_project_needs_is_looked_for() -> None:
    declared = (ROOT / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1].split("]")[0]
    looked = {package.lower() for package in doctor.LIBRARIES.values()}
    looked |= {row["package"].lower() for row in table("format_libraries")}
    assert {name.lower() for name in re.findall(r'"([\w-]+)>=', declared)} <= looked
