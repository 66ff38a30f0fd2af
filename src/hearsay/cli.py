"""The command line: arguments in, one call into the library, text or files out, an exit code.

Nothing is decided here that the library should decide. Whatever Hearsay raises on purpose becomes one sentence on
standard error and the error's exit code. Heavy modules are imported inside the commands, so that `--help` is quick.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from hearsay import __version__
from hearsay.errors import HearsayError, InputError, NothingToRead
from hearsay.settings import Settings
from hearsay.shell import (
    STORE,
    console,
    load,
    must_exist,
    must_lie_apart,
    progress,
    refused,
    say,
    write,
    write_all,
    write_dossier,
    writing,
)

if TYPE_CHECKING:
    from hearsay.model import Dossier

INTERRUPTED = 130  # what shells expect of a program ended by Ctrl-C


class Commands(TyperGroup):
    """Turns errors into one sentence and an exit code, whichever command raised them."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except HearsayError as error:
            say(f"hearsay: {error}")
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            say("hearsay: interrupted")
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
    must_exist(reports)
    must_lie_apart(out, reports)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)

    from hearsay.pipeline import build as run

    settings = Settings(workers=workers, model=model)
    with progress() as bar:
        dossier = run(reports, store=out / STORE, settings=settings, progress=bar)
    write_dossier(out, dossier)
    _summary(dossier, out)


@app.command()
def read(
    reports: Reports,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line and report.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read reports.", metavar="N")] = 1,
    model: Model = None,
) -> None:
    """Read reports without relating them, and print what each one says."""
    must_exist(reports)

    from hearsay.export.json import reading_to_json
    from hearsay.model import Skipped
    from hearsay.pipeline import read as run
    from hearsay.terminal import show_reading

    nothing = True
    for item in run(reports, Settings(workers=workers, model=model)):
        if isinstance(item, Skipped):
            say(f"hearsay: not read: {item.uri}: {item.why}")
            continue
        nothing = False
        if json:
            typer.echo(reading_to_json(item).encode())
        else:
            show_reading(console(), item)
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
    dossier = load(source)
    if name is not None and view == "report":
        show_report(console(), dossier, name)
    else:
        VIEWS[view](console(), dossier)


@app.command()
def export(
    source: Source,
    format: Annotated[str, typer.Option("--format", "-f", help="json, html, markdown or csv.")] = "json",
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="File to write (csv: folder); without it, standard output.", metavar="FILE"),
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="csv: cells as they are, also those a spreadsheet runs.")] = False,
) -> None:
    """Write a dossier in another form."""
    from hearsay.export import EXPORTERS, FOLDER_EXPORTERS

    if format not in EXPORTERS and format not in FOLDER_EXPORTERS:
        names = ", ".join(sorted([*EXPORTERS, *FOLDER_EXPORTERS]))
        raise InputError(f"there is no format “{format}”; choose one of {names}")
    if raw and format not in FOLDER_EXPORTERS:
        raise InputError(f"--raw has no meaning for {format}; leave it out, or choose --format csv")
    if format in FOLDER_EXPORTERS:
        if out is None:
            raise InputError(f"{format} is a folder of several files; name one with -o FOLDER")
        write_all(out, FOLDER_EXPORTERS[format].write(load(source), raw))
        return
    written = EXPORTERS[format].write(load(source))
    if out is None:
        typer.echo(written.encode("utf-8", "replace"), nl=False)
    else:
        write(out, written)


def main() -> None:
    """Entry point of the `hearsay` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter shall not end the run
            stream.reconfigure(errors="replace")
    app()


# -- pieces ------------------------------------------------------------------------------------------------------------


def _summary(dossier: Dossier, out: Path) -> None:
    """What was made of what, what was not read and why, and where to look."""
    from hearsay.wording import counts

    typer.echo(f"{counts(dossier)}.")
    for line in refused(dossier.skipped):
        typer.echo(line)
    typer.echo(f"Look at {out / 'dossier.html'}")


if __name__ == "__main__":
    main()
