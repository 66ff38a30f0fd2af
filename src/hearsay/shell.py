"""What every command needs: a dossier loaded, files written whole, progress, one sentence on standard error.

In come paths and sentences of the command line, out come dossiers, files and lines. Heavy modules are imported inside
the functions, so that `--help` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from hearsay.errors import InputError, MissingPath, OutputError, StoreError

if TYPE_CHECKING:
    from rich.console import Console

    from hearsay.model import Dossier, Report, Skipped
    from hearsay.store import Store

    Progress = Callable[[str, int, int], None]

STORE = "hearsay.db"
SHOWN = 20  # names of one kind that a summary gives


def store_path(source: Path) -> Path:
    """The store file of a folder that `build` wrote, or the file itself. Raises MissingPath."""
    path = source / STORE if source.is_dir() else source
    if not path.is_file():
        raise MissingPath(f"{path} does not exist; make it with `hearsay build REPORTS... -o {source}`")
    return path


@contextmanager
def reading_store(source: Path) -> Iterator[Store]:
    """The store of `source`, open for reading. Raises MissingPath, StoreError."""
    path = store_path(source)

    from hearsay.store import open_store

    with closing(open_store(path, read_only=True)) as store:
        yield store


@contextmanager
def writing_store(path: Path) -> Iterator[Store]:
    """The store of a file, open for writing. Raises StoreError, OutputError."""
    from hearsay.store import open_store

    with closing(open_store(path)) as store:
        yield store


def load(source: Path) -> Dossier:
    """The dossier of a folder that `build` wrote, or of a store file. Raises MissingPath, StoreError."""
    with reading_store(source) as store:
        return assembled(store)


def assembled(store: Store) -> Dossier:
    """The dossier of a store. Raises StoreError where a run was stopped before it had related all reports."""
    from hearsay.dossier import assemble
    from hearsay.pile import is_related

    try:
        dossier = assemble(store)
    except KeyError:  # a row tells of a report that was taken out since; to look before would read the store twice
        dossier = None
    if dossier is None or not is_related(store, dossier.reports):
        raise StoreError("a run on this store was stopped before its end; run it again, and it goes on where it was")
    return dossier


def counts_of(dossier: Dossier) -> str:
    """One sentence of figures."""
    from hearsay.wording import counts

    return counts(dossier)


def named(title: str, reports: tuple[Report, ...]) -> Iterator[str]:
    """Reports by address under a title with their number; nothing where there are none."""
    from hearsay.wording import many, one_line

    if reports:
        yield f"{title}: {many(len(reports), 'report')}"
    yield from (f"  {one_line(report.uri)}" for report in reports[:SHOWN])
    if len(reports) > SHOWN:
        yield f"  and {len(reports) - SHOWN} more"


def must_exist(paths: list[Path]) -> None:
    """Before anything is written: everything the user named is there."""
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise MissingPath(f"{missing} does not exist; name files or folders of reports")


def must_lie_apart(out: Path, reports: list[Path]) -> None:
    """A dossier among the reports would be read as a report the next time."""
    around = next((path for path in reports if path.is_dir() and out.resolve().is_relative_to(path.resolve())), None)
    if around is not None:
        raise InputError(f"{out} lies inside {around}, which is to be read; choose a folder outside it with -o")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """An operating system's refusal to write becomes an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}; choose another place with -o") from error


def write(path: Path, content: str) -> None:
    """Write a whole file or leave the old one."""
    part = path.with_name(path.name + ".part")
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content.encode("utf-8", "replace"))
        part.replace(path)


def write_all(folder: Path, files: Mapping[str, str]) -> None:
    """Write several files into one folder."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write(folder / name, content)


def write_dossier(folder: Path, dossier: Dossier) -> None:
    """The files of a dossier beside its store: for programs and for people."""
    from hearsay.export import EXPORTERS

    for kind in ("json", "html"):
        write(folder / f"dossier.{kind}", EXPORTERS[kind].write(dossier))


def refused(skipped: tuple[Skipped, ...], title: str = "Not read") -> Iterator[str]:
    """Skipped files by name, with the reason."""
    from hearsay.wording import many, one_line

    if skipped:
        yield f"{title}: {many(len(skipped), 'file')}"
    for item in skipped[:SHOWN]:
        yield f"  {one_line(item.uri)}: {one_line(item.why)}"
    if len(skipped) > SHOWN:
        yield f"  and {len(skipped) - SHOWN} more; `hearsay list DIR --skipped` names them all"


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A progress bar where standard error is a terminal; elsewhere silence."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    if not sys.stderr.isatty():
        yield None
        return
    columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield report


def console() -> Console:
    """Standard output for people: styled at a terminal, plain in a pipe."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


def say(sentence: str) -> None:
    """One line on standard error, safe for a terminal."""
    from hearsay.wording import one_line

    typer.echo(one_line(sentence), err=True)
