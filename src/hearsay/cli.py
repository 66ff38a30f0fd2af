"""The command line: arguments in, one call into the library, text or files out, an exit code.

Nothing is decided here that the library should decide. Whatever Hearsay raises on purpose becomes one sentence on
standard error and the error's exit code. Heavy modules are imported inside the commands, so that `--help` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from hearsay import __version__
from hearsay.errors import HearsayError, InputError, MissingPath, NothingToRead, OutputError
from hearsay.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from hearsay.model import Dossier, Skipped

    Progress = Callable[[str, int, int], None]

STORE = "hearsay.db"
INTERRUPTED = 130  # what shells expect of a program ended by Ctrl-C
SKIPPED_SHOWN = 20


class Commands(TyperGroup):
    """Turns errors into one sentence and an exit code, whichever command raised them."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except HearsayError as error:
            _say(f"hearsay: {error}")
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            _say("hearsay: interrupted")
            raise typer.Exit(INTERRUPTED) from None


app = typer.Typer(
    name="hearsay", cls=Commands, no_args_is_help=True, add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False,
)  # fmt: skip

Reports = Annotated[list[Path], typer.Argument(help="Files and folders of reports.", metavar="REPORTS...")]
Model = Annotated[Path | None, typer.Option(help="A folder with other reader files.", metavar="FOLDER")]
Source = Annotated[Path, typer.Argument(help="What `hearsay build` wrote: its folder or its .db file.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hearsay {__version__}")
        raise typer.Exit


@app.callback()
def hearsay(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say it, and end.")
    ] = False,
) -> None:
    """Read a pile of news reports; get one sourced record of who said what, through whom, when, and what happened."""


@app.command()
def build(
    reports: Reports,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.", metavar="DIR")] = Path("dossier"),
    workers: Annotated[int, typer.Option(min=1, help="Processes that read reports.", metavar="N")] = 1,
    model: Model = None,
) -> None:
    """Read reports, relate them, and write DIR/hearsay.db, DIR/dossier.json and DIR/dossier.html.

    What DIR/hearsay.db already holds is kept: reports are added to it, and adding one twice changes nothing.
    """
    _must_exist(reports)
    _must_lie_apart(out, reports)
    with _writing(out):
        out.mkdir(parents=True, exist_ok=True)

    from hearsay.export import EXPORTERS
    from hearsay.pipeline import build as run

    settings = Settings(workers=workers, model=model)
    with _progress() as progress:
        dossier = run(reports, store=out / STORE, settings=settings, progress=progress)
    for kind in ("json", "html"):
        _write(out / f"dossier.{kind}", EXPORTERS[kind].write(dossier))
    _summary(dossier, out)


@app.command()
def read(
    reports: Reports,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line and report.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read reports.", metavar="N")] = 1,
    model: Model = None,
) -> None:
    """Read reports without relating them, and print what each one says."""
    _must_exist(reports)

    from hearsay.export.json import reading_to_json
    from hearsay.model import Skipped
    from hearsay.pipeline import read as run
    from hearsay.terminal import show_reading

    nothing = True
    for item in run(reports, Settings(workers=workers, model=model)):
        if isinstance(item, Skipped):
            _say(f"hearsay: not read: {item.uri}: {item.why}")
            continue
        nothing = False
        if json:
            typer.echo(reading_to_json(item).encode())
        else:
            show_reading(_console(), item)
    if nothing:
        raise NothingToRead("no report could be read from what was given; name files or folders of reports")


@app.command()
def show(
    source: Source,
    view: Annotated[
        str, typer.Argument(help="overview, reports, actors, statements, timeline or report.", metavar="[VIEW]")
    ] = "overview",
    name: Annotated[str | None, typer.Argument(help="Which report: its id or address.", metavar="[ID_OR_NAME]")] = None,
) -> None:
    """Show a dossier in the terminal: reports, actors, statements, timeline, or one report with its marks."""
    from hearsay.terminal import VIEWS, show_report

    if view != "report" and view not in VIEWS:
        raise InputError(f"there is no view “{view}”; choose one of {', '.join(VIEWS)}, report")
    if view == "report" and name is None:
        raise InputError("which report? Give its id or address: hearsay show DIR report ID_OR_NAME")
    dossier = _load(source)
    if name is not None and view == "report":
        show_report(_console(), dossier, name)
    else:
        VIEWS[view](_console(), dossier)


@app.command()
def export(
    source: Source,
    format: Annotated[str, typer.Option("--format", "-f", help="json or html.")] = "json",
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="File to write; without it, standard output.", metavar="FILE")
    ] = None,
) -> None:
    """Write a dossier in another form."""
    from hearsay.export import EXPORTERS

    if format not in EXPORTERS:
        raise InputError(f"there is no format “{format}”; choose one of {', '.join(sorted(EXPORTERS))}")
    written = EXPORTERS[format].write(_load(source))
    if out is None:
        typer.echo(written.encode("utf-8", "replace"), nl=False)
    else:
        _write(out, written)


def main() -> None:
    """Entry point of the `hearsay` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter shall not end the run
            stream.reconfigure(errors="replace")
    app()


# -- pieces ------------------------------------------------------------------------------------------------------------


def _load(source: Path) -> Dossier:
    """The dossier in a folder that `build` wrote, or in a store file. Raises MissingPath, StoreError."""
    path = source / STORE if source.is_dir() else source
    if not path.is_file():
        raise MissingPath(f"{path} does not exist; make it with `hearsay build REPORTS... -o {source}`")

    from hearsay.dossier import assemble
    from hearsay.store import open_store

    with closing(open_store(path, read_only=True)) as store:
        return assemble(store)


def _must_exist(paths: list[Path]) -> None:
    """Before anything is written: everything the user named is there."""
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise MissingPath(f"{missing} does not exist; name files or folders of reports")


def _must_lie_apart(out: Path, reports: list[Path]) -> None:
    """A dossier among the reports would be read as a report the next time."""
    around = next((path for path in reports if path.is_dir() and out.resolve().is_relative_to(path.resolve())), None)
    if around is not None:
        raise InputError(f"{out} lies inside {around}, which is to be read; choose a folder outside it with -o")


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """An operating system's refusal to write becomes an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}; choose another place with -o") from error


def _write(path: Path, content: str) -> None:
    """Write a whole file or leave the old one."""
    part = path.with_name(path.name + ".part")
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content.encode("utf-8", "replace"))
        part.replace(path)


def _summary(dossier: Dossier, out: Path) -> None:
    """What was made of what, what was not read and why, and where to look."""
    from hearsay.wording import counts

    typer.echo(f"{counts(dossier)}.")
    for line in _refused(dossier.skipped):
        typer.echo(line)
    typer.echo(f"Look at {out / 'dossier.html'}")


def _refused(skipped: tuple[Skipped, ...]) -> Iterator[str]:
    """Skipped files by name, with the reason."""
    from hearsay.wording import many, one_line

    if skipped:
        yield f"Not read: {many(len(skipped), 'file')}"
    for item in skipped[:SKIPPED_SHOWN]:
        yield f"  {one_line(item.uri)}: {one_line(item.why)}"
    if len(skipped) > SKIPPED_SHOWN:
        yield f"  and {len(skipped) - SKIPPED_SHOWN} more, listed in dossier.json"


@contextmanager
def _progress() -> Iterator[Progress | None]:
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


def _console() -> Console:
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False)


def _say(sentence: str) -> None:
    from hearsay.wording import one_line

    typer.echo(one_line(sentence), err=True)


if __name__ == "__main__":
    main()
