"""Is everything here that Hearsay needs: versions, the store's engine, the reader's files, the formats, room to work.

Nothing comes in, out come Checks, one by one, each with what to do where something is wrong. Nothing is changed but a
store in a folder for temporary files, which is deleted again.
"""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from hearsay import __version__
from hearsay.data import table
from hearsay.errors import HearsayError

State = Literal["ok", "note", "missing", "broken"]

OLDEST = (3, 11)  # Python
LIBRARIES = {
    "ftfy": "ftfy", "jinja2": "Jinja2", "numpy": "numpy", "onnxruntime": "onnxruntime", "py3langid": "py3langid",
    "rapidfuzz": "rapidfuzz", "rich": "rich", "tokenizers": "tokenizers", "typer": "typer",
}  # fmt: skip
# Versions of SQLite that can lose commits when two connections write and checkpoint at once in WAL mode.
WAL_RESET = ((3, 7, 0), (3, 51, 3))
WAL_MENDED = ((3, 44, 6), (3, 50, 7))  # older lines that have the mend
ROOM = 500_000_000  # bytes a run of some thousand reports may take
SENTENCE = "The harbour will open on Monday, the mayor said."


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding. `broken` means that nothing can be built, `missing` that one format cannot be read."""

    name: str
    state: State
    found: str
    advice: str = ""


def examine(model: Path | None = None) -> Iterator[Check]:
    """All checks, in the order in which one would look. `model` is a folder with other reader files."""
    yield _python()
    yield Check(name="Hearsay", state="ok", found=__version__)
    yield from _libraries()
    yield _sqlite()
    yield _store()
    yield from _model(model)
    yield from _formats()
    yield _room()
    yield _letters()


def wal_reset(number: tuple[int, int, int]) -> bool:
    """Has this version of SQLite the fault that a WAL reset can lose commits?"""
    mended = any(number[:2] == line[:2] and number >= line for line in WAL_MENDED)
    return WAL_RESET[0] <= number < WAL_RESET[1] and not mended


# -- checks ------------------------------------------------------------------------------------------------------------


def _python() -> Check:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info >= OLDEST:
        return Check(name="Python", state="ok", found=found)
    return Check(name="Python", state="broken", found=found, advice="install Python 3.11 or newer")


def _libraries() -> Iterator[Check]:
    for module, package in LIBRARIES.items():
        if find_spec(module) is None:
            yield Check(name=package, state="broken", found="not installed", advice=f"pip install {package}")
        else:
            yield Check(name=package, state="ok", found=_installed(package))


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "installed"


def _sqlite() -> Check:
    found = sqlite3.sqlite_version
    if not wal_reset(sqlite3.sqlite_version_info[:3]):
        return Check(name="SQLite", state="ok", found=found)
    return Check(
        name="SQLite",
        state="note",
        found=f"{found}, which can lose commits when two programs write to one file at once",
        advice="Hearsay lets one writer in at a time, so nothing is lost; let no other program write to a store",
    )


def _store() -> Check:
    from hearsay.model import Reading, Report
    from hearsay.store import open_store

    reading = Reading(report=Report(id="report-0", uri="check", text=SENTENCE))
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "check.db"
            with closing(open_store(path)) as store:
                store.add([reading])
            with closing(open_store(path, read_only=True)) as store:
                kept = list(store.rows(Reading)) == [reading]
    except (HearsayError, OSError) as error:
        return Check(name="store", state="broken", found=str(error), advice="set TMPDIR to a folder you can write to")
    if not kept:
        return Check(name="store", state="broken", found="does not give back what it was given", advice="report this")
    return Check(name="store", state="ok", found="keeps what it is given")


def _model(folder: Path | None) -> Iterator[Check]:
    """The reader's files against the digests they were shipped with, and whether they work."""
    shipped = files("hearsay.data") / "reader"
    for line in (shipped / "SHA256SUMS").read_text("utf-8").splitlines():
        expected, name = line.split()
        file = (folder or shipped) / name
        if not file.is_file():
            yield Check(name=name, state="broken", found="is missing", advice="install Hearsay again")
            continue
        found = sha256(file.read_bytes()).hexdigest()
        if found == expected:
            yield Check(name=name, state="ok", found=f"sha256 {found}")
        elif folder is None:
            advice = f"install Hearsay again; expected {expected}"
            yield Check(name=name, state="broken", found=f"sha256 {found}", advice=advice)
        else:
            yield Check(name=name, state="note", found=f"sha256 {found}", advice="this is not the shipped reader")
    yield _reader(folder)


def _reader(folder: Path | None) -> Check:
    try:
        from hearsay.extract.reader import OnnxReader

        reader = OnnxReader(folder)
        found = {tagged.label for tagged in reader.tag(SENTENCE).attribution}
    except (HearsayError, ImportError) as error:
        return Check(name="reader", state="broken", found=str(error), advice="install Hearsay again")
    if not found:
        return Check(name="reader", state="broken", found="finds nothing in a plain sentence", advice="report this")
    return Check(name="reader", state="ok", found=f"{reader.name} reads")


def _formats() -> Iterator[Check]:
    """Every format that is read, and the libraries it lacks."""
    from hearsay.ingest.formats import FORMATS

    for form in FORMATS:
        needs = [row for row in table("format_libraries") if row["format"] == form.name]
        lacks = [row["package"] for row in needs if find_spec(row["module"]) is None]
        if lacks:
            found, advice = f"{' and '.join(lacks)} not installed", f"pip install {' '.join(lacks)}"
            yield Check(name=f"format {form.name}", state="missing", found=found, advice=advice)
        else:
            found = ", ".join(f"{row['package']} {_installed(row['package'])}" for row in needs)
            yield Check(name=f"format {form.name}", state="ok", found=found or "needs nothing more")


def _room() -> Check:
    folder = tempfile.gettempdir()
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"check")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        found = f"{folder} cannot be written ({error.strerror})"
        return Check(name="temporary files", state="broken", found=found, advice="set TMPDIR to another folder")
    found = f"{folder}, {free // 1_000_000} MB free"
    if free < ROOM:
        return Check(name="temporary files", state="note", found=found, advice="large piles will need more room")
    return Check(name="temporary files", state="ok", found=found)


def _letters() -> Check:
    found = sys.stdout.encoding or "unknown"
    if found.lower().replace("-", "") == "utf8":
        return Check(name="output", state="ok", found=found)
    advice = "letters that it lacks are shown as “?”; set PYTHONUTF8=1"
    return Check(name="output", state="note", found=found, advice=advice)
